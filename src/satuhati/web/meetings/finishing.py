"""*Rapat selesai*: who was there, what was decided, who does what. One page, one save."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from satuhati.schema.choices import choice_label
from satuhati.text import Language, Translator, translator
from satuhati.web.meetings.actions import NewTask, Present, hold_meeting
from satuhati.web.meetings.board import get_chair_on
from satuhati.web.meetings.check_in import get_checked_in_for
from satuhati.web.meetings.models import Attendance, Meeting, Reply
from satuhati.web.meetings.panels import FINISH, panels_of
from satuhati.web.meetings.queries import (
    Invited,
    get_actors_named_for,
    get_decisions_for,
    get_invited_for,
    get_meeting_for,
    get_people_named_for,
    get_replies_for,
)
from satuhati.web.meetings.texts import closed_words
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.once import forget, is_first, new_once
from satuhati.web.tenancy.pages import page

TASKS = 5
"""Empty lines for decisions and tasks; whoever needs more saves and opens the page again."""
LONGEST = 1000
TYPED = ("decision", "task", "owner", "due", "caller", "shares")
NOT_THERE = (
    "absent", "absent:not_informed", "represented", "ill", "excused", "excused:work",
    "excused:family", "excused:other_meeting", "excused:distance", "excused:other",
)  # fmt: skip
"""What may be chosen of somebody who was not tapped: a status, with a reason if one is known."""


@dataclass(slots=True)
class Line:
    """A decision and its task as typed."""

    n: int
    decision: str = ""
    task: str = ""
    owner: str = ""
    due: str = ""
    caller: str = ""
    shares: str = ""
    error: str = ""
    partners: tuple[str, ...] = ()


@dataclass(slots=True)
class Seat:
    """A person on the list: tapped or not, and why not."""

    invited: Invited
    came: bool = False
    why: str = "absent"
    spoke: bool = False
    saved_as: str = ""


@dataclass(slots=True)
class Sheet:
    """The page as it stands, from the records or as it was sent."""

    seats: list[Seat]
    lines: list[Line]
    also: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> bool:
        return bool(self.errors) or any(line.error for line in self.lines)


def word_of(code: str, lang: Language) -> str:
    """A status, with its reason if it has one, in words."""
    status, _, reason = code.partition(":")
    said = choice_label("attendance", "status", status)(lang)
    return f"{said}: {choice_label('attendance', 'reason', reason)(lang)}" if reason else said


def _code(row: Attendance | Reply) -> str:
    status = row.answer if isinstance(row, Reply) else row.status
    return f"{status}:{row.reason}" if row.reason else status


def _choices(one: Invited) -> tuple[str, ...]:
    """What may be chosen of somebody: also what stands in their row already, if it is rarer."""
    saved = _code(one.row) if one.row and one.row.status != "present" else ""
    return NOT_THERE if not saved or saved in NOT_THERE else (*NOT_THERE, saved)


def opened(
    invited: list[Invited],
    replies: Mapping[int, Reply],
    *,
    there: Collection[int] = (),
    spoke: Collection[str] = (),
) -> Sheet:
    """The page as the records have it; on a new list only who checked in is tapped.

    Who replied that they cannot come is entered as such: a promise to come still waits for a tap.
    ``there``: keys of those who checked in; ``spoke``: ids of those whose turns were counted.
    """
    seats = []
    for one in invited:
        row, reply = one.row, replies.get(one.actor.pk)
        if row is None:
            why = "absent" if reply is None or reply.answer == "present" else _code(reply)
            why = why if why in NOT_THERE else "absent"
            came = one.actor.pk in there or one.actor.public_id in spoke
            seats.append(Seat(one, came, why, came and one.actor.public_id in spoke))
        elif row.status == "present":
            seats.append(Seat(one, came=True, spoke=bool(row.spoke)))
        else:
            seats.append(Seat(one, why=_code(row), spoke=bool(row.spoke)))
    return Sheet(seats, [Line(n) for n in range(TASKS)])


def sent(
    given: Mapping[str, str], invited: list[Invited], meeting: Meeting, t: Translator
) -> Sheet:
    """The page as a person sent it, with what is wrong in it."""
    sheet = Sheet([], [], also=given.get("also", ""))
    codes = {one.actor.public_id for one in invited}
    for one in invited:
        code = one.actor.public_id
        why = given.get(f"why-{code}", "absent")
        sheet.seats.append(
            Seat(
                one,
                came=given.get(f"came-{code}") == "1",
                why=why if why in _choices(one) else "absent",
                spoke=given.get(f"spoke-{code}") == "1",
            )
        )
    for n in range(TASKS):
        line = Line(n, **{k: given.get(f"{k}-{n}", "").strip() for k in TYPED})  # type: ignore[arg-type]
        if line.caller not in codes:
            line.caller = ""
        line.error = _wrong(line, codes, meeting, t)
        sheet.lines.append(line)
    return sheet


def _wrong(line: Line, codes: set[str], meeting: Meeting, t: Translator) -> str:
    if max(len(line.decision), len(line.task)) > LONGEST:
        return t("This is longer than {n} letters. Please shorten it.", n=t.number(LONGEST))
    if line.task and line.owner not in codes:
        return t("Who does this? Choose one person.")
    if not line.task and (line.owner or line.due or line.shares):
        return t("Write the task, or clear its person and date.")
    if line.due and (day := _day(line.due)) is None:
        return t("This is no date. Write it as 2026-12-31.")
    if line.due and day is not None and day < meeting.date:
        return t("The date lies before the meeting.")
    return ""


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


@page("meetings.edit")
def finish_meeting(request: HttpRequest, meeting: str) -> HttpResponse:
    """After a meeting: tap who was there, write what was decided and who does what."""
    who, t = request.who, translator(request.lang)
    found = get_meeting_for(who, meeting)
    if found is None:
        raise Http404
    if found.minutes_on is not None:
        messages.error(request, closed_words(t))
        return redirect("meeting", who.community.code, found.public_id)
    invited = get_invited_for(who, found)
    if request.method != "POST":
        sheet = opened(
            invited,
            get_replies_for(who, found),
            there=get_checked_in_for(who, found),
            spoke=set(request.GET.getlist("bicara")),
        )
        return _shown(request, found, sheet, t)
    sheet = sent(request.POST, invited, found, t)
    if found.date > today_in(who.community):
        sheet.errors.append(
            t(
                "This meeting is still to come, on {date}. If it was held earlier, change its "
                "date first.",
                date=t.date(found.date),
            )
        )
    also, unknown = get_people_named_for(who, sheet.also)
    sheet.errors += [
        t(
            "“{name}” is not in the register, or more than one person has this name. Add the "
            "person first, or take the line out.",
            name=name,
        )
        for name in unknown
    ]
    for line in sheet.lines:
        partners, strange = get_actors_named_for(who, line.shares)
        line.partners = tuple(one.public_id for one in partners)
        if strange and not line.error:
            line.error = t(
                "“{name}” is not in the register, or more than one has this name.", name=strange[0]
            )
    if found.status != "held" and not also and not any(s.came for s in sheet.seats):
        sheet.errors.append(t("Tap who was there: so far nobody is."))
    if sheet.wrong:
        return _shown(request, found, sheet, t, status=400)
    if not is_first(request):
        return _saved(request, found)
    try:
        hold_meeting(
            by=who,
            meeting=found,
            revision=_number(request.POST.get("revision", "")),
            attendance=_present(sheet, also),
            tasks=[
                NewTask(
                    line.decision,
                    line.task,
                    line.owner,
                    _day(line.due),
                    line.caller,
                    line.partners,
                )
                for line in sheet.lines
                if line.decision or line.task
            ],
        )
    except ChangedMeanwhileError as error:
        forget(request)
        return _told(request, error.row, sheet, t)
    messages.success(request, t("The meeting is on record. Thank you."))
    return _saved(request, found)


def _saved(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """On to the meeting. ``tersimpan`` tells the script that its notes on the phone may go."""
    there = reverse("meeting", args=[request.who.community.code, meeting.public_id])
    return redirect(f"{there}?tersimpan")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _present(sheet: Sheet, also: list[Any]) -> list[Present]:
    # That nobody spoke is not what an untouched list says: without a tap it is not recorded.
    noted = any(seat.spoke for seat in sheet.seats)
    found = []
    for seat in sheet.seats:
        status, _, reason = ("present" if seat.came else seat.why).partition(":")
        spoke = seat.spoke if noted and seat.came else None
        deputy = seat.invited.deputy if status == "represented" else None
        found.append(Present(seat.invited.actor, status, reason or None, spoke, deputy))
    known = {seat.invited.actor.pk for seat in sheet.seats}
    found += [Present(actor, "present") for actor in also if actor.pk not in known]
    return found


def _told(request: HttpRequest, meeting: Any, sheet: Sheet, t: Translator) -> HttpResponse:
    """Somebody saved meanwhile: what they wrote is shown beside what was sent; nothing is lost.

    Of whom this sheet says nothing (not tapped, no reason), theirs stands; whom either heard
    speaking, spoke. Who is on theirs alone, named by hand, joins the sheet.
    """
    there = {seat.invited.actor.pk: seat for seat in sheet.seats}
    sheet.seats = []
    for one in get_invited_for(request.who, meeting):
        seat = there.get(one.actor.pk, Seat(one))
        seat.invited = one
        sheet.seats.append(seat)
        if one.row is None:
            continue
        theirs, mine = _code(one.row), "present" if seat.came else seat.why
        seat.spoke = seat.spoke or bool(one.row.spoke)
        if theirs != mine:
            seat.saved_as = word_of(theirs, request.lang)
            if mine == "absent":
                seat.came, seat.why = theirs == "present", theirs
    sheet.errors.append(
        t("Somebody else has saved this list meanwhile. Where the two differ it says so below. "
          "Look them over and save again; decisions they wrote are kept.")
    )  # fmt: skip
    return _shown(request, meeting, sheet, t, status=409)


def _shown(
    request: HttpRequest, meeting: Meeting, sheet: Sheet, t: Translator, status: int = 200
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "sheet": sheet,
        "choices_of": lambda seat: [
            (code, word_of(code, request.lang)) for code in _choices(seat.invited)
        ],
        "chair": get_chair_on(meeting.date),  # first among those who may have called for a task
        "saved": get_decisions_for(request.who, meeting),
        "once": new_once(request),
        "panels": panels_of(request, meeting, FINISH),
    }
    return render(request, "meetings/finish.html", context, status=status)
