"""What a person of the working group answers by their own link."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from satuhati.text import translator
from satuhati.web.answers.actions import choose_inviter
from satuhati.web.answers.models import AnswerLink
from satuhati.web.meetings.queries import get_meeting_for
from satuhati.web.meetings.replying import (
    TooLateError,
    answer_words,
    give_reply,
    read_answer,
    reason_words,
)
from satuhati.web.meetings.subscribing import feed_address
from satuhati.web.networks.answering import answer_page
from satuhati.web.networks.queries import get_waiting_for
from satuhati.web.personal.arriving import remember_link
from satuhati.web.personal.by_link import by_link
from satuhati.web.personal.queries import get_asked_for, get_fellows_for
from satuhati.web.rhythm.actions import RoundClosedError, say_wishes
from satuhati.web.rhythm.queries import get_open_rounds_for
from satuhati.web.rhythm.views import read_wishes
from satuhati.web.surveys.queries import get_open_surveys_for
from satuhati.web.tenancy.clock import today_in


@by_link(methods=("GET",))
def answer(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    """All that waits for an answer of this person, and what they said."""
    who, today = request.who, today_in(link.community)
    context = {
        "token": request.token,
        "name": link.actor.name or "",
        "rounds": get_open_rounds_for(who, link.actor),
        "surveys": get_open_surveys_for(who, link.actor),
        "ties": get_waiting_for(who, link.actor),
        "asked": get_asked_for(who, link.actor, today),
        "fellows": get_fellows_for(who, link.actor, today),
        "inviter": link.invited_by,
        "answers": answer_words(request.lang),
        "reasons": reason_words(request.lang),
        "feed": feed_address(request, link),
    }
    response = render(request, "personal/answer.html", context)
    remember_link(response, request.token)
    return response


@by_link(methods=("POST",))
def reply(request: HttpRequest, link: AnswerLink, meeting: str) -> HttpResponse:
    """Hadir, diwakili, izin or sakit."""
    who, t = request.who, translator(request.lang)
    found = get_meeting_for(who, meeting)
    if found is None:
        raise Http404
    said, reason = read_answer(request)
    try:
        give_reply(by=who, meeting=found, actor=link.actor, answer=said, reason=reason, link=link)
    except ValueError:
        messages.error(request, t("Please choose an answer."))
    except TooLateError:
        messages.error(request, t("This meeting is over or called off: it takes no reply."))
    else:
        messages.success(
            request, t("Thank you, your answer is noted. You can change it until the meeting.")
        )
    return redirect("answer", request.token)


@by_link(methods=("POST",))
def wishes(request: HttpRequest, link: AnswerLink, round: int) -> HttpResponse:
    """Which hours suit."""
    who, t = request.who, translator(request.lang)
    asked = get_open_rounds_for(who, link.actor)
    found = next((one.round for one in asked if one.round.pk == round), None)
    hours, with_head = read_wishes(request)
    try:
        if found is None:
            raise RoundClosedError
        say_wishes(
            by=who, round=found, actor=link.actor, hours=hours, with_head=with_head, link=link
        )
    except RoundClosedError:
        messages.error(request, t("This round is closed: it takes no more answers."))
    else:
        messages.success(request, t("Thank you, your answer is noted."))
    return redirect("answer", request.token)


@by_link(methods=("GET", "POST"))
def ties(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    """Whom this person turns to."""
    return answer_page(request, link.actor, back=reverse("answer", args=[request.token]), link=link)


@by_link(methods=("POST",))
def by_whom(request: HttpRequest, link: AnswerLink) -> HttpResponse:
    """Whom this person would like to be asked by."""
    t = translator(request.lang)
    fellows = get_fellows_for(request.who, link.actor, today_in(link.community))
    code = request.POST.get("inviter", "")
    chosen = next((one for one in fellows if one.public_id == code), None)
    choose_inviter(by=request.who, link=link, inviter=chosen)
    messages.success(request, t("Noted. Thank you."))
    return redirect("answer", request.token)
