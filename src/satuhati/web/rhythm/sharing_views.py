"""*Ruang dan orang bersama*: hours for several schedules at once, looked at and taken over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from satuhati.reports.sharing import doubts, why
from satuhati.text import Translator, translator
from satuhati.web.meetings.queries import members_on
from satuhati.web.meetings.series_actions import NotAsSeenError
from satuhati.web.register.models import Actor
from satuhati.web.rhythm.models import SharedHours
from satuhati.web.rhythm.sharing import (
    Together,
    get_adoptions_for,
    get_closed_rounds_for,
    get_schedules_to_share_for,
    get_sheet_for,
    get_together_for,
    get_usual_places_for,
    in_names,
    lines_of,
    mark_of,
)
from satuhati.web.rhythm.sharing_actions import ask_together, take_together
from satuhati.web.rhythm.sharing_forms import TogetherForm, offered, read_lines, sections_of
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.pages import page

HALF = 7
"""From July on the next year is offered first: this one is half over."""


@never_cache
@page("meetings.edit")
def together(request: HttpRequest) -> HttpResponse:
    """The sheet, and above it what was proposed."""
    who, t = request.who, translator(request.lang)
    today = today_in(who.community)
    members = members_on(today)
    sheet, series = get_sheet_for(who), get_schedules_to_share_for(who)
    rounds, sections = get_closed_rounds_for(who), sections_of(members, t)
    given = request.POST if request.method == "POST" else None
    form = TogetherForm(given, t=t, year=today.year, initial=_begin(sheet, today.month, today.year))
    wrong = ""
    if given is not None:
        lines, chosen, wrong = read_lines(who, given, series, rounds, sections, t)
        bad = wrong or any(line.errors for line in lines)
        if form.is_valid() and not bad:
            ask_together(by=who, fields=form.values(), lines=chosen)
            return redirect("together", who.community.code)
    else:
        lines = offered(
            series, rounds, get_usual_places_for(who, series), sections, sheet, _names(sheet)
        )
    failed = given is not None
    made = get_together_for(who, sheet) if sheet is not None and not failed else None
    context: dict[str, Any] = {
        "form": form,
        "lines": lines,
        "wrong": wrong,
        "rounds": [(str(r.pk), r.name) for r in rounds],
        "sections": sections,
        "members": members,
        "sheet": sheet,
        "made": made,
        "waiting": sheet is not None and sheet.asked_at is not None and sheet.result is None
        and not failed,
    }  # fmt: skip
    if sheet is not None and made is not None:
        context |= _told(request, sheet, made, t)
    return render(request, "rhythm/together.html", context, status=400 if failed else 200)


def _begin(sheet: SharedHours | None, month: int, year: int) -> dict[str, Any]:
    if sheet is None:
        return {"year": str(year if month < HALF else year + 1)}
    return {
        "year": str(max(sheet.year, year)), "weeks": [str(n) for n in sheet.weeks],
        "minutes": sheet.minutes, "quorum": f"{sheet.quorum:g}",
    }  # fmt: skip


def _names(sheet: SharedHours | None) -> dict[str, str]:
    codes = {code for line in lines_of(sheet) for code in line.people} if sheet else set()
    rows = Actor.objects.filter(public_id__in=codes)
    return {a.public_id: a.name or a.public_id for a in rows}


def _told(
    request: HttpRequest, sheet: SharedHours, made: Together, t: Translator
) -> dict[str, Any]:
    """What the page says of a proposal, and what taking it over would do."""
    who, today = request.who, today_in(request.who.community)
    adoptions = get_adoptions_for(who, sheet, made, today)
    names = {s.public_id: s.name for s in get_schedules_to_share_for(who)}
    told = in_names(made, names, request.lang)
    sizes = {size.name: size for size in made.sizes}
    alone = {one.series: one for one in made.alone}
    by_name = {p.group: n for p, n in zip(made.sharing.places, told.sharing.places, strict=True)}
    rows = []
    for one in adoptions:
        code = one.series.public_id
        best = alone.get(code)
        better = best is not None and best.value > one.place.value + 0.05
        rows.append((one, by_name[code], sizes.get(code), best if better else None))
    return {
        "told": told,
        "why": why(told.sizes, told.sharing, t),
        "doubts": [
            d.message(request.lang) for d in doubts(told.sizes, told.sharing, sheet.quorum, 1.0, t)
        ],
        "rows": rows,
        "mark": mark_of(sheet, adoptions),
        "changes": sum(len(a.moves) + len(a.new) for a, *_ in rows),
    }


@page("meetings.edit", methods=("POST",))
def take_over(request: HttpRequest) -> HttpResponse:
    """The proposal becomes the rule of each schedule, as it was shown."""
    who, t = request.who, translator(request.lang)
    sheet, code = get_sheet_for(who), who.community.code
    if sheet is None or sheet.result is None:
        return redirect("together", code)
    try:
        n = take_together(
            by=who, sheet=sheet, mark=request.POST.get("mark", ""), today=today_in(who.community)
        )
    except NotAsSeenError:
        messages.warning(
            request,
            t("What would change is different by now, so nothing is saved yet. Please look again."),
        )
        return redirect("together", code)
    messages.success(
        request, t.plural("{n} meeting is planned anew.", "{n} meetings are planned anew.", n)
    )
    return redirect("schedules", code)
