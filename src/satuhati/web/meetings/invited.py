"""*Siapa akan datang?*: a link for each, what they replied, who is missing, who might ask them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from satuhati.text import translator
from satuhati.web.answers.actions import renew_link
from satuhati.web.answers.messages import messages_for
from satuhati.web.answers.models import AnswerLink
from satuhati.web.meetings.models import Meeting
from satuhati.web.meetings.outlook import Guest, get_outlook_for, outlook_words
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
from satuhati.web.tenancy.pages import listed, page


def _found(request: HttpRequest, meeting: str) -> Meeting:
    found = get_meeting_for(request.who, meeting)
    if found is None:
        raise Http404
    return found


PER_PAGE = 25
"""People on a page: each has a message and a form of their own, and phones are weak."""
ALL, SILENT = "semua", "belum"


@dataclass(frozen=True, slots=True)
class Looked:
    """Which of those invited one looks at: by words, and all or who has not answered.

    The words may be a person's name, so they are kept in the session and never in an address.
    """

    words: str
    state: str
    number: str

    @classmethod
    def of(cls, request: HttpRequest, meeting: Meeting) -> Looked:
        given = request.GET
        words = request.session.get(_kept(meeting), "") if given.get("cari") else ""
        state = given.get("lihat", ALL)
        number = given.get("p", "1")
        return cls(words, state if state == SILENT else ALL, number if number.isdecimal() else "1")

    @property
    def query(self) -> str:
        """What an address says of it, but for the page."""
        parts = [("cari", "1")] if self.words else []
        return urlencode(parts + ([("lihat", SILENT)] if self.state == SILENT else []))

    @property
    def here(self) -> str:
        """The same with the page."""
        return "&".join(part for part in (self.query, f"p={self.number}") if part)

    def among(self, guests: Sequence[Guest]) -> list[Guest]:
        """Those whose name or post holds every word."""
        wanted = self.words.casefold().split()
        return [
            g
            for g in guests
            if (self.state == ALL or g.reply is None)
            and all(w in f"{g.actor.name or ''} {g.invited.post}".casefold() for w in wanted)
        ]


def _kept(meeting: Meeting) -> str:
    return f"cari-tamu-{meeting.public_id}"


def _there(request: HttpRequest, meeting: Meeting) -> str:
    """The page somebody came from, of which only our own words are believed."""
    sent = QueryDict(request.POST.get("di", "")[:200])
    kept = {k: v for k, v in sent.items() if (k, v) in (("cari", "1"), ("lihat", SILENT))}
    if sent.get("p", "").isdecimal():
        kept["p"] = sent["p"]
    address = reverse("guests", args=[request.who.community.code, meeting.public_id])
    return f"{address}?{urlencode(kept)}" if kept else address


@never_cache
@page("meetings.edit")
def guests(request: HttpRequest, meeting: str) -> HttpResponse:
    """Who will come to a meeting, and the invitation of each with a link of their own."""
    who, t = request.who, translator(request.lang)
    found = _found(request, meeting)
    if not is_open(found):
        return redirect("meeting", who.community.code, found.public_id)
    if request.method == "POST":
        words = " ".join(request.POST.get("cari", "").split())[:100]
        request.session[_kept(found)] = words
        state = SILENT if request.POST.get("lihat") == SILENT else ALL
        there = reverse("guests", args=[who.community.code, found.public_id])
        query = Looked(words, state, "1").query
        return redirect(f"{there}?{query}" if query else there)
    outlook = get_outlook_for(who, found)
    looked = Looked.of(request, found)
    listing = listed(looked.among(outlook.guests), PER_PAGE, looked.number)
    sent = messages_for(
        request,
        [guest.actor for guest in listing.object_list],
        lambda actor, address: personal_invitation(t, found, actor, address),
    )
    context = {
        "meeting": found,
        "outlook": outlook,
        "listing": listing,
        "looked": looked,
        "searchable": len(outlook.guests) > PER_PAGE or looked.words or looked.state != ALL,
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
        return redirect(_there(request, found))
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
