"""*Musyawarah baca profil*: cell by cell, a few at a time, on a phone passed around."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from satuhati.text import translator
from satuhati.web.meetings.models import Meeting
from satuhati.web.meetings.queries import get_meeting_for
from satuhati.web.profile.queries import is_behind
from satuhati.web.profile.shown import note_shown
from satuhati.web.profile.tasks import ask_once
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.pages import page
from satuhati.web.together.actions import read_cell, take_back
from satuhati.web.together.forms import SPEAKERS, VERDICTS, Sheet, opened, sent, understood
from satuhati.web.together.queries import (
    FEW,
    CellToRead,
    ToRead,
    get_cells_for,
    get_present_for,
    get_reading_for,
)


def _meeting(request: HttpRequest, code: str) -> Meeting:
    found = get_meeting_for(request.who, code)
    if found is None or found.kind != "profile_reading" or found.status == "cancelled":
        raise Http404
    return found


@page("reading.view", methods=("GET",))
def together(request: HttpRequest, reading: str) -> HttpResponse:
    """The next few cells to read, and those read."""
    found = _meeting(request, reading)
    cells = get_cells_for(request.who, found)
    if is_behind(request.who, cells.snapshot):
        ask_once(request.who.community.pk)
    context = {
        "meeting": found,
        "cells": cells,
        "few": cells.left[:FEW],
        "begun": found.date <= today_in(request.who.community),
        "may_edit": request.who.may("reading.edit"),
    }
    return render(request, "together/cells.html", context)


@page("reading.view", methods=("GET",))
def printed(request: HttpRequest, reading: str) -> HttpResponse:
    """On paper for the meeting: the machine's verdicts, and room for the group's."""
    found = _meeting(request, reading)
    cells = get_cells_for(request.who, found)
    shown = [*cells.read, *cells.left[: max(2 * FEW - len(cells.read), 0)]]
    for cell in shown:
        note_shown(request.who, cells.snapshot, f"sel/{'/'.join(cell.where)}")
    context = {
        "meeting": found,
        "cells": cells,
        "shown": [(c, get_reading_for(request.who, found, c.reading)) for c in shown],
    }
    return render(request, "together/print.html", context)


@page("reading.view")
def one(
    request: HttpRequest, reading: str, component: str, level: str, population: str
) -> HttpResponse:
    """One cell: what the machine says and from what; what the group says to it."""
    who, t = request.who, translator(request.lang)
    found = _meeting(request, reading)
    cells = get_cells_for(who, found)
    cell = cells.find((component, level, population))
    if cell is None or cells.snapshot is None:
        raise Http404
    present = get_present_for(who, found)
    if request.method != "POST":
        sheet = opened(cell.reading, cell.verdict, get_reading_for(who, found, cell.reading))
        return _shown(request, found, cells, cell, sheet, present)
    who.require("reading.edit")
    if found.date > today_in(who.community):
        raise Http404
    sheet = sent(request.POST, present, t)
    if sheet.wrong:
        return _shown(request, found, cells, cell, sheet, present, status=400)
    try:
        read_cell(
            by=who, meeting=found, where=cell.where, proposed=cell.about["verdict"],
            snapshot=cells.snapshot, said=understood(sheet, present), revision=sheet.revision,
        )  # fmt: skip
    except ChangedMeanwhileError:
        now = get_cells_for(who, found).find(cell.where)
        assert now is not None
        sheet.revision = now.reading.revision if now.reading else -1
        return _shown(request, found, cells, now, sheet, present, conflict=True, status=409)
    messages.success(request, t("Noted, with every voice."))
    after = cells.after(cell.where)
    if after is None or "stop" in request.POST:
        return redirect("read_together", who.community.code, found.public_id)
    return redirect("read_cell", who.community.code, found.public_id, *after.where)


def _shown(
    request: HttpRequest, meeting: Meeting, cells: ToRead, cell: CellToRead, sheet: Sheet,
    present: list[Any], *, conflict: bool = False, status: int = 200,
) -> HttpResponse:  # fmt: skip
    note_shown(request.who, cells.snapshot, f"sel/{'/'.join(cell.where)}")
    context = {
        "meeting": meeting,
        "cells": cells,
        "cell": cell,
        "sheet": sheet,
        "present": present,
        "statements": get_reading_for(request.who, meeting, cell.reading) if conflict else [],
        "conflict": conflict,
        "speakers": SPEAKERS,
        "verdicts": VERDICTS,
        "may_edit": request.who.may("reading.edit"),
        "begun": meeting.date <= today_in(request.who.community),
    }
    return render(request, "together/cell.html", context, status=status)


@page("reading.edit", methods=("POST",))
def undo(
    request: HttpRequest, reading: str, component: str, level: str, population: str
) -> HttpResponse:
    """As if the cell had not been read."""
    found = _meeting(request, reading)
    cell = get_cells_for(request.who, found).find((component, level, population))
    if cell is None or cell.reading is None:
        raise Http404
    take_back(by=request.who, meeting=found, reading=cell.reading)
    t = translator(request.lang)
    messages.success(request, t("Taken back; the cell may be read anew."))
    return redirect("read_together", request.who.community.code, found.public_id)
