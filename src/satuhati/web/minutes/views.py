"""*Notulen*: drafted from the record, edited, approved, shown; and the papers of a meeting."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from satuhati.reports.papers import paper_body
from satuhati.text import translator
from satuhati.web.meetings.models import Meeting
from satuhati.web.meetings.queries import (
    get_decisions_for,
    get_loose_followups_for,
    get_meeting_for,
)
from satuhati.web.meetings.texts import closed_words
from satuhati.web.minutes.actions import (
    MinutesApprovedError,
    NotApprovedError,
    NotHeldError,
    approve_minutes,
    edit_minutes,
    reopen_minutes,
    show_minutes,
)
from satuhati.web.minutes.content import attendance_sheet, get_minutes_for, minutes_sheet
from satuhati.web.minutes.forms import MinutesForm
from satuhati.web.minutes.models import Minutes
from satuhati.web.minutes.tasks import PAPERS, sheet_for, write_meeting_paper
from satuhati.web.norms.queries import get_invoked_for
from satuhati.web.tenancy import papers
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.pages import page


def held(request: HttpRequest, meeting: str) -> Meeting:
    """A meeting that was held; others have no minutes."""
    found = get_meeting_for(request.who, meeting)
    if found is None or found.status != "held":
        raise Http404
    return found


def _home(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return redirect("minutes", request.who.community.code, meeting.public_id)


@page("meetings.view", methods=("GET",))
def minutes(request: HttpRequest, meeting: str) -> HttpResponse:
    """The minutes as they stand: for members once they are shown to them."""
    who = request.who
    found = held(request, meeting)
    kept = get_minutes_for(who, found)
    keeper = who.may("meetings.edit")
    if not keeper and not (kept.shared and found.minutes_on):
        raise Http404
    context = {
        "meeting": found,
        "minutes": kept,
        "body": paper_body(minutes_sheet(who, found, kept).paper()),
        "keeper": keeper,
        "steps": kept.steps.select_related("by").order_by("pk") if keeper and kept.pk else [],
        "today": today_in(who.community),
    }
    return render(request, "minutes/minutes.html", context)


@page("meetings.edit")
def edit(request: HttpRequest, meeting: str) -> HttpResponse:
    """Write the minutes. Approved ones are reopened first."""
    who, t = request.who, translator(request.lang)
    found = held(request, meeting)
    kept = get_minutes_for(who, found)
    if found.minutes_on is not None:
        messages.error(request, closed_words(t))
        return _home(request, found)
    form = MinutesForm(
        request.POST or None, t=t, minutes=kept, decisions=get_decisions_for(who, found),
        loose=get_loose_followups_for(who, found),
    )  # fmt: skip
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            edit_minutes(
                by=who, meeting=found, minutes=kept, revision=form.cleaned_data["revision"],
                fields=form.values(), decisions=form.words("decision"), tasks=form.words("task"),
            )  # fmt: skip
        except ChangedMeanwhileError as error:
            conflict = _both(form, error.row) if isinstance(error.row, Minutes) else []
        except MinutesApprovedError:
            messages.error(request, closed_words(t))
            return _home(request, found)
        else:
            messages.success(request, t("Saved."))
            return _home(request, found)
    status = 409 if conflict is not None else 400 if form.errors else 200
    rules = get_invoked_for(who, found)
    context = {"meeting": found, "form": form, "conflict": conflict, "rules": rules}
    return render(request, "minutes/edit.html", context, status=status)


def _both(form: MinutesForm, row: Minutes) -> list[tuple[str, str]]:
    """After a conflict: what is saved where it differs, and the form ready to save over it."""
    mine = form.values()
    form.data = form.data.copy()
    form.data["revision"] = str(row.revision)
    return [
        (str(form.fields[name].label), str(getattr(row, name) or "–"))
        for name in mine
        if getattr(row, name) != mine[name]
    ]


@page("meetings.edit", methods=("POST",))
def approve(request: HttpRequest, meeting: str) -> HttpResponse:
    """The minutes are approved, on a day between the meeting and today."""
    who, t = request.who, translator(request.lang)
    found = held(request, meeting)
    today = today_in(who.community)
    try:
        on = dt.date.fromisoformat(request.POST.get("on", "") or str(today))
    except ValueError:
        on = None
    if on is None or not found.date <= on <= today:
        messages.error(request, t("The day of approval lies between the meeting and today."))
        return _home(request, found)
    try:
        approve_minutes(by=who, meeting=found, minutes=get_minutes_for(who, found), on=on)
        messages.success(request, t("The minutes are approved."))
    except MinutesApprovedError:
        messages.error(request, t("These minutes were approved before."))
    except (ChangedMeanwhileError, NotHeldError):
        messages.error(request, t("Somebody changed this meanwhile. Please look once more."))
    return _home(request, found)


@page("meetings.edit", methods=("POST",))
def reopen(request: HttpRequest, meeting: str) -> HttpResponse:
    """Open approved minutes again, with the reason on record."""
    who, t = request.who, translator(request.lang)
    found = held(request, meeting)
    why = " ".join(request.POST.get("why", "").split())[:300]
    if not why:
        messages.error(request, t("Say in a few words why the minutes are reopened."))
        return _home(request, found)
    try:
        reopen_minutes(by=who, meeting=found, minutes=get_minutes_for(who, found), why=why)
        messages.success(
            request, t("The minutes are open again. Approve them when they are right.")
        )
    except (NotApprovedError, ChangedMeanwhileError):
        messages.error(request, t("Somebody changed this meanwhile. Please look once more."))
    return _home(request, found)


@page("meetings.edit", methods=("POST",))
def show(request: HttpRequest, meeting: str) -> HttpResponse:
    """Who may read the approved minutes."""
    who, t = request.who, translator(request.lang)
    found = held(request, meeting)
    reach = request.POST.get("reach", "")
    if reach not in ("keepers", "members", "public"):
        raise Http404
    try:
        show_minutes(
            by=who, meeting=found, minutes=get_minutes_for(who, found),
            shared=reach != "keepers", public=reach == "public",
        )  # fmt: skip
        messages.success(request, t("Saved."))
    except (NotApprovedError, ChangedMeanwhileError):
        messages.error(request, t("Somebody changed this meanwhile. Please look once more."))
    return _home(request, found)


@page("meetings.view", methods=("GET",))
def meeting_paper(request: HttpRequest, meeting: str, paper: str, form: str) -> HttpResponse:
    """The minutes or the attendance list as PDF or DOCX."""
    who = request.who
    found = get_meeting_for(who, meeting)
    if found is None or paper not in PAPERS or form not in papers.FORMS:
        raise Http404
    if not who.may("meetings.edit"):
        shown = paper == "notulen" and found.minutes_on and get_minutes_for(who, found).shared
        if not shown:
            raise Http404
    if paper == "notulen" and found.status != "held":
        raise Http404
    community = who.community
    place = papers.place_of(community, [paper, sheet_for(who, found, paper).record()], form)
    ask = partial(write_meeting_paper.enqueue, community.pk, found.public_id, paper, form)
    name = f"{paper}-{found.date}.{form}"
    back = reverse("meeting", args=[community.code, found.public_id])
    return papers.given(request, place, name, ask, back)


@page("meetings.edit", methods=("GET",))
def printed(request: HttpRequest, meeting: str) -> HttpResponse:
    """Minutes with the attendance list, or before the meeting a list to sign, for the printer."""
    who = request.who
    found = get_meeting_for(who, meeting)
    if found is None:
        raise Http404
    if found.status == "held":
        sheet = minutes_sheet(who, found, get_minutes_for(who, found)).paper()
    else:
        sheet = attendance_sheet(who, found).paper()
    context = {"meeting": found, "title": sheet.title, "body": paper_body(sheet)}
    return render(request, "minutes/print.html", context)
