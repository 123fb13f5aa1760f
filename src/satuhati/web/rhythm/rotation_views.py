"""Another year of hours in turn: one tap, a look at what it will be, and it is planned."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from satuhati.core.meetings.another_year import ANSWERS, TURNS, AnotherYear
from satuhati.reports.another_year import changes
from satuhati.reports.rhythm import doubts, turn_note, why
from satuhati.text import name_some, translator
from satuhati.web.meetings.keeping import runs_out
from satuhati.web.meetings.queries import Schedule, get_last_planned_for, get_schedules_for
from satuhati.web.meetings.schedule import rule_of, turns_of
from satuhati.web.rhythm.models import Rotation
from satuhati.web.rhythm.rotation import (
    get_basis_for,
    get_next_year_for,
    get_people_for,
    get_rotation_for,
    get_taken_days_for,
    get_year_for,
    goes_on,
    in_names,
)
from satuhati.web.rhythm.rotation_actions import ask_next_year, continue_rotation
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.pages import page


def _running(request: HttpRequest, series: str) -> Schedule:
    """A schedule in force that is no fixed rule."""
    who = request.who
    running, _ = get_schedules_for(who, today_in(who.community))
    found = next((s for s in running if s.series.public_id == series), None)
    if found is None or rule_of(found.series) is not None:
        raise Http404
    return found


@page("meetings.edit", methods=("POST",))
def ask_turns(request: HttpRequest, series: str) -> HttpResponse:
    """The one tap: another year is computed, to be looked at."""
    who, t = request.who, translator(request.lang)
    today = today_in(who.community)
    schedule = _running(request, series)
    found, code = schedule.series, who.community.code
    basis = get_basis_for(who, found)
    way = goes_on(found, basis)
    if not way:
        messages.warning(
            request, t("Its rule is in words of your own: set a new schedule for the next year.")
        )
        return redirect("new_schedule", code)
    if not runs_out(schedule, today):
        messages.success(request, t("It is planned already."))
        return redirect("schedules", code)
    if request.POST.get("cara") == TURNS and turns_of(found) is not None:
        way = TURNS
    year = get_next_year_for(who, found, today)
    ask_next_year(by=who, series=found, year=year, way=way, round=basis)
    return redirect("next_turns", code, series)


@never_cache
@page("meetings.edit", methods=("GET",))
def next_turns(request: HttpRequest, series: str) -> HttpResponse:
    """What would be planned, and where the new year forces a change."""
    who, today = request.who, today_in(request.who.community)
    schedule = _running(request, series)
    found = get_rotation_for(who, schedule.series)
    if found is not None and found.last != get_last_planned_for(who, schedule.series):
        found = None  # planned meanwhile: what was computed is of another year
    made = get_year_for(who, found) if found is not None else None
    context: dict[str, Any] = {
        "series": schedule.series,
        "year": found.year if found is not None and found.asked_at else None,
        "may_go_on": runs_out(schedule, today),
        "waiting": found is not None and found.asked_at is not None and found.result is None,
        "made": made,
        "turns": turns_of(schedule.series) is not None,
    }
    if found is not None and made is not None:
        context |= _told(request, found, made)
    return render(request, "rhythm/next_turns.html", context)


def _told(request: HttpRequest, found: Rotation, made: AnotherYear) -> dict[str, Any]:
    """What the page says of a year that was computed."""
    who, t = request.who, translator(request.lang)
    today = today_in(who.community)
    made = in_names(made, request.lang)
    taken = get_taken_days_for(who, found.series, made)
    people = get_people_for(who, found, today)
    told = [
        (turn, turn_note(turn, t), turn.date in taken, turn.date < today) for turn in made.turns
    ]
    said: list[str] = []
    if made.proposal is not None:
        said = [d.message(request.lang) for d in doubts(made.proposal, t)]
    return {
        "rotation": found,
        "by_answers": made.way == ANSWERS,
        "why": why(made.proposal, t) if made.proposal is not None else None,
        "doubts": said,
        "changes": changes(made, t),
        "left": name_some(people.left),
        "required_left": name_some(people.required_left),
        "head_left": people.head_left,
        "dates": told,
        "new": sum(not (is_taken or past) for _, _, is_taken, past in told),
    }


@page("meetings.edit", methods=("POST",))
def take_turns(request: HttpRequest, series: str) -> HttpResponse:
    """The year that was looked at is planned, as it was shown."""
    who, t = request.who, translator(request.lang)
    schedule = _running(request, series)
    found, code = get_rotation_for(who, schedule.series), who.community.code
    made = get_year_for(who, found) if found is not None else None
    sent = request.POST.get("revision", "")
    if found is None or made is None or made.pattern is None or not sent.isdecimal():
        messages.success(request, t("It is planned already."))
        return redirect("schedules", code)
    today = today_in(who.community)
    times = {turn.date: turn.slot.clock for turn in made.turns if turn.date >= today}
    try:
        n = continue_rotation(
            by=who, rotation=found, revision=int(sent), times=times, rule=made.pattern.id
        )
    except ChangedMeanwhileError:
        messages.warning(
            request, t("Somebody had this year computed anew meanwhile. Please look at it again.")
        )
        return redirect("next_turns", code, series)
    if n:
        messages.success(
            request, t.plural("{n} meeting is planned.", "{n} meetings are planned.", n)
        )
    else:
        messages.success(request, t("It is planned already."))
    return redirect("schedules", code)
