"""The letters of a meeting on its page."""

from __future__ import annotations

from django.http import HttpRequest

from satuhati.web.letters.queries import get_letters_of_meeting_for
from satuhati.web.meetings.models import Meeting
from satuhati.web.meetings.panels import Panel, add_panel


def letters_panel(request: HttpRequest, meeting: Meeting) -> Panel | None:
    """For those who arrange meetings: its letters, and the way to a new one."""
    if not request.who.may("meetings.edit"):
        return None
    found = get_letters_of_meeting_for(request.who, meeting)
    if meeting.status != "planned" and not found:
        return None
    return Panel("letters/panel.html", {"letters": found, "planned": meeting.status == "planned"})


add_panel(letters_panel)
