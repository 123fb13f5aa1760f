"""*Siapa akan datang?*: a link for each, what they replied, who is missing, who might ask them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from satuhati.text import translator
from satuhati.web.answers.actions import renew_link
from satuhati.web.answers.messages import messages_for
from satuhati.web.answers.models import AnswerLink
from satuhati.web.meetings.models import Meeting
from satuhati.web.meetings.outlook import get_outlook_for, outlook_words
from satuhati.web.meetings.queries import get_meeting_for
from satuhati.web.meetings.replying import (
    TooLateError,
    answer_words,
    give_reply,
    is_open,
    read_answer,
    reason_words,
)
from satuhati.web.meetings.texts import personal_invitation
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.pages import page


def _found(request: HttpRequest, meeting: str) -> Meeting:
    found = get_meeting_for(request.who, meeting)
    if found is None:
        raise Http404
    return found


@never_cache
@page("meetings.edit", methods=("GET",))
def guests(request: HttpRequest, meeting: str) -> HttpResponse:
    """Who will come to a meeting, and the invitation of each with a link of their own."""
    who, t = request.who, translator(request.lang)
    found = _found(request, meeting)
    if not is_open(found):
        return redirect("meeting", who.community.code, found.public_id)
    outlook = get_outlook_for(who, found)
    sent = messages_for(
        request,
        [guest.actor for guest in outlook.guests],
        lambda actor, address: personal_invitation(t, found, actor, address),
    )
    context = {
        "meeting": found,
        "outlook": outlook,
        "sent": sent,
        "mine": None,
        **outlook_words(request.lang),
        "answers": answer_words(request.lang),
        "reasons": reason_words(request.lang),
    }
    return render(request, "meetings/guests.html", context)


@page("meetings.view", methods=("POST",))
def reply(request: HttpRequest, meeting: str) -> HttpResponse:
    """One's own reply, or one that a keeper notes for somebody who telephoned."""
    who, t = request.who, translator(request.lang)
    found = _found(request, meeting)
    own = who.membership.actor_id if who.membership else None
    code = request.POST.get("actor", "")
    actor = (
        get_object_or_404(Actor.objects.all(), public_id=code)
        if code
        else get_object_or_404(Actor.objects.all(), pk=own)
    )
    answer, reason = read_answer(request)
    try:
        give_reply(by=who, meeting=found, actor=actor, answer=answer, reason=reason)
    except ValueError:
        messages.error(request, t("Please choose an answer."))
    except TooLateError:
        messages.error(request, t("This meeting is over or called off: it takes no reply."))
    else:
        messages.success(request, t("Noted. Thank you."))
    if code and who.may("meetings.edit"):
        return redirect("guests", who.community.code, found.public_id)
    return redirect("meeting", who.community.code, found.public_id)


@page("links.issue", methods=("POST",))
def renew(request: HttpRequest, actor: str) -> HttpResponse:
    """A new link to answer by, as when the old one went to the wrong group."""
    who, t = request.who, translator(request.lang)
    link = get_object_or_404(AnswerLink.objects.select_related("actor"), actor__public_id=actor)
    renew_link(by=who, link=link)
    messages.success(
        request, t("{name} has a new link; the old one opens nothing.", name=link.actor.name)
    )
    there = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(there, None):
        return redirect(there)
    return redirect("meetings", who.community.code)
