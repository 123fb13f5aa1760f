"""Letters: one for a meeting, the register of all, and what they share."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from satuhati.reports.papers import paper_body
from satuhati.text import translator
from satuhati.web.letters.actions import (
    AlreadyWithdrawnError,
    issue_letter,
    save_letter_settings,
    withdraw_letter,
)
from satuhati.web.letters.forms import LetterForm, LetterSettingsForm
from satuhati.web.letters.models import Letter
from satuhati.web.letters.queries import (
    get_letter_for,
    get_letter_settings_for,
    get_letters_for,
    get_letters_of_meeting_for,
    get_meetings_named_for,
    get_signers_for,
    get_years_for,
)
from satuhati.web.letters.tasks import sheet_of, write_letter
from satuhati.web.meetings.actions import note_invited
from satuhati.web.meetings.models import Meeting
from satuhati.web.meetings.queries import get_invited_for, get_meeting_for, open_followups
from satuhati.web.tenancy import papers
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.once import is_first, new_once
from satuhati.web.tenancy.pages import page

CARRIED = 5
"""Open follow-ups that the agenda of a letter begins with."""


@page("meetings.edit")
def new_letter(request: HttpRequest, meeting: str) -> HttpResponse:
    """The letter to a planned meeting: filled in, looked at, issued with its number."""
    who, t = request.who, translator(request.lang)
    found = get_meeting_for(who, meeting)
    if found is None:
        raise Http404
    if found.status != "planned":
        messages.error(request, t("Letters invite to planned meetings only."))
        return redirect("meeting", who.community.code, found.public_id)
    today = today_in(who.community)
    settings = get_letter_settings_for(who)
    form = LetterForm(
        request.POST or None,
        t=t,
        community=who.community,
        meeting=found,
        invited=get_invited_for(who, found),
        agenda=[f"Tindak lanjut: {one.text}" for one in open_followups()[:CARRIED]],
        settings=settings,
        signers=get_signers_for(who, settings, min(today, found.date)),
        today=today,
    )
    body = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("what") == "issue":
            if not is_first(request):
                return redirect("meeting", who.community.code, found.public_id)
            return _issued(request, form, found)
        body = paper_body(form.letter().paper())
    context = {
        "meeting": found,
        "form": form,
        "body": body,
        "before": [one for one in get_letters_of_meeting_for(who, found) if not one.withdrawn_on],
        "once": new_once(request),
    }
    return render(request, "letters/new.html", context, status=400 if form.errors else 200)


def _issued(request: HttpRequest, form: LetterForm, meeting: Meeting) -> HttpResponse:
    who, t = request.who, translator(request.lang)
    with transaction.atomic():
        made = issue_letter(
            by=who, meeting=meeting, date=form.cleaned_data["date"], sheet=form.letter(),
            settings=form.settings,
        )  # fmt: skip
        if form.cleaned_data["sent"]:
            note_invited(by=who, meeting=meeting, on=today_in(who.community))
        for kind in papers.FORMS:  # ready before anybody asks
            ask = partial(write_letter.enqueue, who.community.pk, made.pk, kind)
            transaction.on_commit(ask)
    messages.success(request, t("Letter {number} is issued.", number=made.printed))
    return redirect("letter", who.community.code, made.year, made.number)


def _letter(request: HttpRequest, year: int, number: int) -> Letter:
    found = get_letter_for(request.who, year, number)
    if found is None:
        raise Http404
    return found


@page("meetings.edit", methods=("GET",))
def letter(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """A letter as it was issued, to look at and to download."""
    found = _letter(request, year, number)
    meeting = get_meetings_named_for(request.who, [found]).get(found.meeting)
    context = {
        "letter": found,
        "meeting": meeting,
        "body": paper_body(sheet_of(found).paper()),
        "may_mark": meeting is not None and meeting.status == "planned"
        and meeting.notice_on is None and found.withdrawn_on is None,
    }  # fmt: skip
    return render(request, "letters/letter.html", context)


@page("meetings.edit", methods=("GET",))
def letter_file(request: HttpRequest, year: int, number: int, form: str) -> HttpResponse:
    """A letter as PDF or DOCX."""
    found = _letter(request, year, number)
    if form not in papers.FORMS:
        raise Http404
    community = request.who.community
    place = papers.place_of(community, sheet_of(found).record(), form)
    name = re.sub(r"[^0-9A-Za-z]+", "-", f"surat {found.printed}").strip("-")
    return papers.given(
        request, place, f"{name}.{form}",
        partial(write_letter.enqueue, community.pk, found.pk, form),
        reverse("letter", args=[community.code, found.year, found.number]),
    )  # fmt: skip


@page("meetings.edit")
def withdraw(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Take a letter back: it stays in the register, and its number stays its own."""
    who, t = request.who, translator(request.lang)
    found = _letter(request, year, number)
    why = " ".join(request.POST.get("why", "").split())
    error = ""
    if request.method == "POST":
        if not why:
            error = t("Say why in a few words: the register shows it.")
        elif len(why) > 300:
            error = t("At most {n} letters, please.", n=300)
        else:
            try:
                withdraw_letter(by=who, letter=found, on=today_in(who.community), why=why)
                messages.success(request, t("The letter is withdrawn. Its number stays its own."))
            except AlreadyWithdrawnError:
                messages.error(request, t("This letter was withdrawn before."))
            return redirect("letter", who.community.code, found.year, found.number)
    context = {"letter": found, "why": why, "error": error}
    return render(request, "letters/withdraw.html", context, status=400 if error else 200)


@page("meetings.edit", methods=("GET",))
def letters(request: HttpRequest) -> HttpResponse:
    """The register of letters (*buku agenda surat*) of a year, to print."""
    who = request.who
    years = get_years_for(who)
    now = today_in(who.community).year
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else now
    rows = get_letters_for(who, year)
    meetings = get_meetings_named_for(who, rows)
    context = {
        "year": year,
        "years": sorted({*years, now, year}, reverse=True),
        "rows": [(row, meetings.get(row.meeting)) for row in rows],
        "may_set": who.may("settings.edit"),
    }
    return render(request, "letters/register.html", context)


@page("settings.edit")
def letter_settings(request: HttpRequest) -> HttpResponse:
    """Letterhead, number, who signs, copies."""
    who, t = request.who, translator(request.lang)
    found = get_letter_settings_for(who)
    today = today_in(who.community)
    form = LetterSettingsForm(request.POST or None, t=t, settings=found, today=today)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            save_letter_settings(
                by=who, settings=found, revision=form.cleaned_data["revision"],
                fields=form.values(),
            )  # fmt: skip
        except ChangedMeanwhileError as error:
            conflict = _both(form, error.row)
        else:
            messages.success(request, t("Saved."))
            return redirect("letter_settings", who.community.code)
    context = {"form": form, "conflict": conflict}
    status = 409 if conflict is not None else 400 if form.errors else 200
    return render(request, "letters/settings.html", context, status=status)


def _both(form: LetterSettingsForm, row: Any) -> list[tuple[str, str]]:
    """After a conflict: what is saved now where it differs, and the form ready to save over it."""
    mine = form.values()
    now = [
        (str(form.fields[name].label), str(getattr(row, name) or "–"))
        for name in mine
        if getattr(row, name) != mine[name]
    ]
    form.data = form.data.copy()
    form.data["revision"] = str(row.revision)
    return now
