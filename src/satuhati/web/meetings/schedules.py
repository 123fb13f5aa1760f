"""The page of the schedules: what is in force, what each is for, and whether it is kept."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from satuhati.text import translator
from satuhati.web.meetings.absence import state_none, take_back
from satuhati.web.meetings.actions import edit_meeting
from satuhati.web.meetings.keeping import (
    can_go_on,
    confirmed_empty,
    get_gaps_for,
    get_statements_for,
    mechanisms,
    runs_out,
)
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.meetings.queries import (
    get_last_planned_for,
    get_schedules_for,
    get_series_meetings_for,
)
from satuhati.web.meetings.schedule import next_year, rule_of, turns_of
from satuhati.web.meetings.series_actions import continue_schedule, edit_schedule
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.form_pages import form_page, save_changes
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.schema_forms import SchemaForm

SHOWN = 12
"""Periods that are asked of at once; a weekly schedule may have fifty."""


@page("meetings.view", methods=("GET",))
def schedules(request: HttpRequest) -> HttpResponse:
    """The fixed schedules in force, the five mechanisms, and periods without a meeting."""
    who, t = request.who, translator(request.lang)
    today = today_in(who.community)
    running, ended = get_schedules_for(who, today)
    statements = get_statements_for(who, today)
    gaps = get_gaps_for(who, today, statements)
    context = {
        "running": running,
        "ended": ended,
        "may_edit": who.may("meetings.edit"),
        "mechanisms": mechanisms(running),
        "running_out": {s.series.pk: can_go_on(s) for s in running if runs_out(s, today)},
        "gaps": [(gap, gap.words(t)) for gap in gaps[:SHOWN]],
        "more": max(0, len(gaps) - SHOWN),
        "statements": statements,
    }
    return render(request, "meetings/schedules.html", context)


@page("meetings.edit")
def edit_one(request: HttpRequest, series: str) -> HttpResponse:
    """What a schedule is called and is for. Its dates are changed as meetings."""
    who, t = request.who, translator(request.lang)
    found = get_object_or_404(MeetingSeries.objects.all(), public_id=series)
    # By a rule that can be read the frequency is known: another would contradict the rule.
    own_words = rule_of(found) is None and turns_of(found) is None
    form = SchemaForm(
        request.POST or None,
        table="meeting_series",
        columns=("name", "mechanism", "quorum", *(("frequency", "rule") if own_words else ())),
        t=t,
        instance=found,
    )
    conflict: Any = None
    if request.method == "POST" and form.is_valid():
        form, conflict = save_changes(request, form, partial(edit_schedule, by=who, series=found))
        if conflict is None:
            return redirect("schedules", who.community.code)
    back = reverse("schedules", args=[who.community.code])
    return form_page(
        request, form, t("Change the schedule"), back=back, back_text=t("Fixed schedule"),
        conflict=conflict,
        lead=t("To change its hour or day, open one of its meetings and change it from there on."),
    )  # fmt: skip


@page("meetings.edit", methods=("POST",))
def go_on(request: HttpRequest, series: str) -> HttpResponse:
    """One tap plans another year by the same rule."""
    who, t = request.who, translator(request.lang)
    today = today_in(who.community)
    running, _ = get_schedules_for(who, today)
    found = next((s for s in running if s.series.public_id == series), None)
    if found is None:
        raise Http404
    rule = rule_of(found.series)
    if rule is None and turns_of(found.series) is not None:
        return redirect("next_turns", who.community.code, series)
    if rule is None:
        messages.warning(
            request, t("Its rule is in words of your own: set a new schedule for the next year.")
        )
        return redirect("new_schedule", who.community.code)
    if not runs_out(found, today):
        messages.success(request, t("It is planned already."))
        return redirect("schedules", who.community.code)
    mine = get_series_meetings_for(who, found.series)
    days = next_year(found.series, mine, today, request.lang)
    n = continue_schedule(
        by=who, series=found.series, last=get_last_planned_for(who, found.series),
        dates=[day.date for day in days], time=rule.slot.clock,
    )  # fmt: skip
    if n:
        messages.success(
            request, t.plural("{n} meeting is planned.", "{n} meetings are planned.", n)
        )
    else:
        messages.success(request, t("It is planned already."))
    return redirect("schedules", who.community.code)


@page("meetings.edit", methods=("POST",))
def part_of(request: HttpRequest, series: str) -> HttpResponse:
    """A meeting that is on record outside a schedule was the schedule's."""
    who, t = request.who, translator(request.lang)
    found = get_object_or_404(MeetingSeries.objects.all(), public_id=series)
    alone = Meeting.objects.filter(series=None, kind=found.kind, status="held")
    meeting = get_object_or_404(alone, public_id=request.POST.get("rapat", ""))
    edit_meeting(by=who, meeting=meeting, revision=meeting.revision, fields={"series": found})
    messages.success(request, t("Noted: it was a meeting of “{name}”.", name=found.name))
    return redirect("schedules", who.community.code)


@page("meetings.edit", methods=("POST",))
def none_held(request: HttpRequest, series: str) -> HttpResponse:
    """*Memang tidak ada*: the secretary says so of a period."""
    who, t = request.who, translator(request.lang)
    found = get_object_or_404(MeetingSeries.objects.all(), public_id=series)
    try:
        start = dt.date.fromisoformat(request.POST.get("mulai", ""))
    except ValueError:
        raise Http404 from None
    gap = state_none(by=who, series=found, start=start, today=today_in(who.community))
    if gap is not None:
        messages.success(
            request, t("Noted: {period}, no meeting. Honest records help.", period=gap.words(t))
        )
    return redirect("schedules", who.community.code)


@page("meetings.edit", methods=("POST",))
def none_taken_back(request: HttpRequest, statement: str) -> HttpResponse:
    """It was stated by mistake."""
    who, t = request.who, translator(request.lang)
    rows = confirmed_empty().objects.filter(strand="meetings")
    take_back(by=who, statement=get_object_or_404(rows, public_id=statement))
    messages.success(request, t("Taken back."))
    return redirect("schedules", who.community.code)
