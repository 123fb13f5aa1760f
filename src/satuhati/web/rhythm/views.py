"""*Kapan sebaiknya rapat?*: ask the members, close, look at the proposal, take it."""

from __future__ import annotations

import datetime as dt
import urllib.parse
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from satuhati.core.meetings.calendar import Slot
from satuhati.reports.rhythm import doubts, turn_note, why
from satuhati.text import Translator, name_some, translator
from satuhati.web.answers.messages import messages_for
from satuhati.web.meetings.queries import members_on
from satuhati.web.register.models import Actor
from satuhati.web.rhythm.actions import (
    RoundClosedError,
    ask_proposal,
    ask_wishes,
    close_round,
    remove_round,
    say_wishes,
)
from satuhati.web.rhythm.forms import GRID, LimitsForm, RoundForm, offered, read_hours
from satuhati.web.rhythm.models import WishRound, is_open
from satuhati.web.rhythm.queries import (
    get_asked_for,
    get_counts_for,
    get_open_rounds_for,
    get_proposal_for,
    get_round_for,
    get_rounds_for,
)
from satuhati.web.rhythm.rotation_actions import take_rotation
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.once import is_first, new_once
from satuhati.web.tenancy.pages import page

OPEN_FOR = dt.timedelta(days=7)


@page("meetings.edit", methods=("GET",))
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds of asking."""
    rows = [(one, is_open(one)) for one in get_rounds_for(request.who)[:50]]
    return render(request, "rhythm/rounds.html", {"rounds": rows})


@page("meetings.edit")
def ask(request: HttpRequest) -> HttpResponse:
    """Which hours to ask about, until when, and what the rhythm has to keep."""
    who, t = request.who, translator(request.lang)
    today = today_in(who.community)
    members = members_on(today)
    given = request.POST if request.method == "POST" else None
    form = RoundForm(
        given, t=t, today=today, members=members, initial={"closes_on": today + OPEN_FOR}
    )
    lines, wrong = offered(t), ""
    hours: list[tuple[str, Slot]] = []
    grid = request.POST.get("grid") == "1"
    if given is not None:
        lines, hours, wrong = read_hours(given, t)
        if grid:
            hours, wrong = [("", slot) for slot in GRID], ""
        bad = wrong or (not grid and any(line.error for line in lines))
        if form.is_valid() and not bad:
            if not is_first(request):
                return redirect("rounds", who.community.code)
            made = ask_wishes(by=who, hours=hours, required=_people(form), fields={
                **form.values(),
                **{k: form.cleaned_data[k] for k in ("name", "kind", "frequency", "closes_on")},
                "head": Actor.objects.filter(public_id=form.cleaned_data["head"]).first(),
                "grid": grid,
            })  # fmt: skip
            messages.success(request, t("The members can answer now. Send each their link."))
            return redirect("round", who.community.code, made.pk)
    context = {
        "form": form, "lines": lines, "wrong": wrong, "grid": grid, "members": members,
        "days": [(str(n), day) for n, day in enumerate(_days(t), 1)], "once": new_once(request),
    }  # fmt: skip
    failed = given is not None
    return render(request, "rhythm/ask.html", context, status=400 if failed else 200)


def _days(t: Translator) -> list[str]:
    monday = dt.date(2024, 1, 1)
    return [t.weekday(monday + dt.timedelta(days=n)) for n in range(7)]


def _people(form: LimitsForm) -> list[Actor]:
    return list(Actor.objects.filter(public_id__in=form.cleaned_data["required"]))


def _found(request: HttpRequest, key: int) -> WishRound:
    found = get_round_for(request.who, key)
    if found is None:
        raise Http404
    return found


@never_cache
@page("meetings.edit", methods=("GET",))
def one_round(request: HttpRequest, round: int) -> HttpResponse:
    """While open: who has answered, and the message of each. Closed: the proposal and its why."""
    found, t = _found(request, round), translator(request.lang)
    if is_open(found):
        return _asking(request, found, t)
    return _proposed(request, found, t)


def _asking(request: HttpRequest, found: WishRound, t: Translator) -> HttpResponse:
    who = request.who
    asked = get_asked_for(who, found)
    sent = messages_for(
        request,
        [one.member.actor for one in asked],
        lambda actor, address: t(
            "Hello {name}, when should we meet ({round})? Please tap the hours that suit you, "
            "until {date}: {address} Nobody sees your answer before that. The link is yours alone.",
            name=actor.name or actor.public_id, round=found.name, date=t.date(found.closes_on),
            address=address,
        ),
    )  # fmt: skip
    people = [(one, sent[one.member.actor.pk]) for one in asked]
    people.sort(key=lambda p: p[0].answered)
    context = {
        "round": found, "people": people, "answered": sum(a.answered for a in asked),
    }  # fmt: skip
    return render(request, "rhythm/asking.html", context)


def _proposed(request: HttpRequest, found: WishRound, t: Translator) -> HttpResponse:
    who = request.who
    proposal = get_proposal_for(who, found, request.lang)
    members = members_on(today_in(who.community))
    form = LimitsForm(t=t, members=members, initial={
        "rotation": "1" if found.rotation else "0", "nth": str(found.nth),
        "quorum": f"{found.quorum:g}", "each_sector": str(found.each_sector),
        "required": list(found.required.values_list("public_id", flat=True)),
    })  # fmt: skip
    context: dict[str, Any] = {
        "round": found,
        "proposal": proposal,
        "waiting": proposal is None and found.asked_at is not None,
        "counts": get_counts_for(who, found),
        "form": form,
        "once": new_once(request),
    }
    if proposal is not None:
        context |= {
            "why": why(proposal, t),
            "doubts": [d.message(request.lang) for d in doubts(proposal, t)],
            "excluded": name_some(proposal.excluded_by_vote),
            "turns": [(turn, turn_note(turn, t)) for turn in proposal.turns],
            "take": "",
            "take_nearest": "",
        }
        if proposal.plan is not None and not found.rotation:
            context["take"] = _take(found, proposal.turns[0].slot)
        elif proposal.nearest is not None:
            context["take_nearest"] = _take(found, proposal.nearest.slot)
    return render(request, "rhythm/proposed.html", context)


def _take(found: WishRound, slot: Slot) -> str:
    """The schedule's page with this rule filled in; its dates are looked at there."""
    asked = {
        "name": found.name, "kind": found.kind, "frequency": found.frequency,
        "weekday": slot.weekday, "nth": found.nth, "time": slot.clock, "place": "",
        "start": today_in(found.community).isoformat(),
    }  # fmt: skip
    code = found.community.code
    return reverse("new_schedule", args=[code]) + "?" + urllib.parse.urlencode(asked)


@page("meetings.edit", methods=("POST",))
def close(request: HttpRequest, round: int) -> HttpResponse:
    """No more answers; the proposal is computed."""
    who = request.who
    found = _found(request, round)
    close_round(by=who, round=found, on=today_in(who.community))
    return redirect("round", who.community.code, found.pk)


@page("meetings.edit", methods=("POST",))
def try_limits(request: HttpRequest, round: int) -> HttpResponse:
    """The proposal by other limits."""
    who, t = request.who, translator(request.lang)
    found = _found(request, round)
    members = members_on(today_in(who.community))
    form = LimitsForm(request.POST, t=t, members=members)
    if is_open(found) or not form.is_valid():
        messages.error(request, t("These limits cannot be read. Please choose again."))
        return redirect("round", who.community.code, found.pk)
    ask_proposal(by=who, round=found, fields=form.values(), required=_people(form))
    return redirect("round", who.community.code, found.pk)


@page("meetings.edit", methods=("POST",))
def take_turns(request: HttpRequest, round: int) -> HttpResponse:
    """A rotation becomes a schedule: its dates, each at its own hour, are planned."""
    who, t = request.who, translator(request.lang)
    found, today = _found(request, round), today_in(who.community)
    proposal = get_proposal_for(who, found, request.lang)
    if proposal is None or proposal.plan is None or not found.rotation:
        raise Http404
    turns = [turn for turn in proposal.turns if turn.date >= today and not turn.closed]
    if turns and is_first(request):
        fields = {
            "name": found.name, "kind": found.kind, "frequency": found.frequency,
            "rule": proposal.plan.pattern.id, "start": turns[0].date,
        }  # fmt: skip
        take_rotation(
            by=who, round=found, fields=fields,
            times={turn.date: turn.slot.clock for turn in turns},
        )  # fmt: skip
        messages.success(
            request, t.plural("{n} meeting is planned.", "{n} meetings are planned.", len(turns))
        )
    return redirect("schedules", who.community.code)


@page("meetings.edit", methods=("POST",))
def remove(request: HttpRequest, round: int) -> HttpResponse:
    """The round and all that was said in it go."""
    who, t = request.who, translator(request.lang)
    remove_round(by=who, round=_found(request, round))
    messages.success(request, t("The round is gone, and with it what everybody said."))
    return redirect("rounds", who.community.code)


def read_wishes(request: HttpRequest) -> tuple[dict[str, str], bool]:
    """What a person tapped: by the key of the hour, and whether they follow the head."""
    hours = {
        key.removeprefix("hour-"): value
        for key, value in request.POST.items()
        if key.startswith("hour-")
    }
    return hours, request.POST.get("with_head") == "1"


@page("meetings.view")
def answer_rounds(request: HttpRequest) -> HttpResponse:
    """A signed-in member says which hours suit; by link see ``web.personal``."""
    who, t = request.who, translator(request.lang)
    actor = who.membership.actor if who.membership else None
    asked = get_open_rounds_for(who, actor) if actor is not None else []
    if request.method == "POST":
        wanted = request.POST.get("round", "")
        found = next((a.round for a in asked if str(a.round.pk) == wanted), None)
        try:
            if found is None or actor is None:
                raise RoundClosedError
            hours, with_head = read_wishes(request)
            say_wishes(by=who, round=found, actor=actor, hours=hours, with_head=with_head)
        except RoundClosedError:
            messages.error(request, t("This round is closed: it takes no more answers."))
        else:
            messages.success(request, t("Thank you, your answer is noted."))
        return redirect("answer_rounds", who.community.code)
    return render(request, "rhythm/answer.html", {"rounds": asked})
