"""The page behind a meeting's QR code: *saya hadir*, in one tap."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django_scopes import scope

from satuhati.text import translator
from satuhati.web.accounts import throttle
from satuhati.web.answers.links import link_of
from satuhati.web.answers.models import AnswerLink
from satuhati.web.meetings.check_in import (
    NotNowError,
    check_in,
    get_checked_in_for,
    meeting_of,
    takes_check_ins,
)
from satuhati.web.meetings.queries import get_invited_for
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.who import Who

COOKIE, SALT = "tautan-jawab", "satuhati.answer-link"
LIFE = 60 * 60 * 24 * 400
WINDOW, GUESSES = 600, 60
"""Many phones of one room share an address."""


def remember_link(response: HttpResponse, token: str) -> None:
    """This phone belongs to who opened this answer link: their check-in needs no choice of name."""
    response.set_signed_cookie(
        COOKIE, token, salt=SALT, max_age=LIFE, path="/h/", httponly=True, samesite="Lax"
    )


def _remembered(request: HttpRequest) -> AnswerLink | None:
    try:
        return link_of(request.get_signed_cookie(COOKIE, salt=SALT, max_age=LIFE))
    except (KeyError, signing.BadSignature):
        return None


@never_cache
@page("public")
def arrive(request: HttpRequest, token: str) -> HttpResponse:
    """Check in to the meeting of this code: as oneself on one's own phone, else by name."""
    place, t = throttle.address_of(request), translator(request.lang)
    if throttle.tries("check-in", place, seconds=WINDOW) >= GUESSES:
        return throttle.too_often(request, WINDOW)
    meeting = meeting_of(token)
    if meeting is None:
        throttle.count("check-in", place, seconds=WINDOW)
        return render(request, "personal/no_code.html", status=404)
    link = _remembered(request)
    request.who = who = Who(None, "resident", meeting.community, None, request.lang)
    with scope(community=meeting.community):
        holds = takes_check_ins(meeting)
        invited = get_invited_for(who, meeting) if holds else []
        stranger = link is not None and link.community_id != meeting.community_id
        mine = link.actor if link is not None and not stranger else None
        guests = {one.actor.public_id: one.actor for one in invited}
        if request.method == "POST":
            code = request.POST.get("actor", "")
            actor = guests.get(code) or (mine if mine and mine.public_id == code else None)
            try:
                if actor is None or stranger:
                    raise NotNowError
                new = check_in(by=who, meeting=meeting, actor=actor, link=link)
            except NotNowError:
                messages.error(request, t("This could not be noted. Please tell the secretary."))
            else:
                said = t("You are on the list. Thank you for coming.")
                messages.success(
                    request, said if new else t("You were on the list already. Thank you.")
                )
            return redirect("check_in", token)
        there = get_checked_in_for(who, meeting)
        context = {
            "meeting": meeting,
            "holds": holds,
            "mine": mine,
            "done": mine is not None and mine.pk in there,
            "home": link.community.name if stranger and link is not None else "",
            "guests": [a for a in guests.values() if a.pk not in there] if not stranger else [],
        }
        return render(request, "personal/check_in.html", context)
