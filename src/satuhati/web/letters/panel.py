"""The letters of a meeting on its page."""

from __future__ import annotations

from django.http import HttpRequest

from satuhati.reports.papers.blocks import long_date
from satuhati.web.letters.queries import get_letters_of_meeting_for, get_numbers_of_for
from satuhati.web.meetings.bonds import add_teller
from satuhati.web.meetings.models import Meeting
from satuhati.web.meetings.panels import Panel, add_panel


def letters_panel(request: HttpRequest, meeting: Meeting) -> Panel | None:
    """For those who arrange meetings: its letters, and the way to a new one."""
    if not request.who.may("meetings.edit"):
        return None
    found = get_letters_of_meeting_for(request.who, meeting)
    if meeting.status != "planned" and not found:
        return None
    planned = meeting.status == "planned"
    day = long_date(meeting.date)
    counts = [one for one in found if one.withdrawn_on is None]
    moved = planned and any(one.content.get("day") != day for one in counts)
    return Panel("letters/panel.html", {"letters": found, "planned": planned, "moved": moved})


add_panel(letters_panel)
add_teller(get_numbers_of_for)
