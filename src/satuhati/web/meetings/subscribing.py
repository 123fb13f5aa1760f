"""*Kalender saya*: the address by which one's own calendar program follows the meetings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from satuhati.text import translator
from satuhati.web.accounts.actions import say_who_one_is
from satuhati.web.accounts.queries import get_people_unclaimed_for
from satuhati.web.answers.links import token_of
from satuhati.web.answers.models import AnswerLink, new_salt
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.meetings.calendars import whole_address
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.who import NotAllowedError, Who


@action("answer_link.own", "meetings.view", data=False)
def make_own_link(*, by: Who) -> Outcome[AnswerLink]:
    """One's own link, made if there is none: it answers invitations and carries the calendar."""
    link, _ = AnswerLink.objects.get_or_create(actor=_self(by), community=by.community)
    return Outcome(link, "actors", link.actor.public_id)


@action("answer_link.renew_own", "meetings.view", data=False)
def renew_own_link(*, by: Who) -> Outcome[AnswerLink]:
    """A new address; the old one opens nothing any more."""
    link: AnswerLink = AnswerLink.objects.select_for_update().get(actor=_self(by))
    link.salt, link.used_at = new_salt(), None
    link.save(update_fields=["salt", "used_at"])
    return Outcome(link, "actors", link.actor.public_id)


def _self(by: Who) -> Any:
    """One's own row of the register. Who has none (an administrator of the server) has no link."""
    if by.membership is None or by.membership.actor_id is None:
        raise NotAllowedError("answer_link")
    return by.membership.actor


@never_cache
@page("meetings.view")
def my_calendar(request: HttpRequest) -> HttpResponse:
    """The address to subscribe to; made, or made anew, on asking."""
    who, t = request.who, translator(request.lang)
    own = who.membership.actor_id if who.membership else None
    link = AnswerLink.objects.filter(actor=own).first() if own else None
    if request.method == "POST":
        if "siapa" in request.POST:
            people = Actor.objects.filter(kind="person")
            chosen = get_object_or_404(people, public_id=request.POST["siapa"])
            say_who_one_is(by=who, actor=chosen)
        elif link is None:
            make_own_link(by=who)
        elif request.POST.get("what") == "renew":
            renew_own_link(by=who)
            messages.success(
                request, t("You have a new address. Calendars with the old one get nothing more.")
            )
        return redirect("my_calendar", who.community.code)
    context = {
        "own": own,
        "feed": feed_address(request, link) if link else "",
        # Who began a community is in its register only after its list is pasted.
        "people": get_people_unclaimed_for(who) if _may_say(who) else [],
    }
    return render(request, "meetings/my_calendar.html", context)


def _may_say(who: Who) -> bool:
    member = who.membership
    return member is not None and member.actor_id is None and who.may("links.issue")


def feed_address(request: HttpRequest, link: AnswerLink) -> str:
    """The whole address of a person's calendar."""
    return whole_address(request, "answer_calendar", token_of(link))
