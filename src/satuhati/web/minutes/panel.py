"""Minutes, attendance list and photos of a meeting on its page."""

from __future__ import annotations

from django.http import HttpRequest

from satuhati.web.meetings.models import Meeting
from satuhati.web.meetings.panels import FINISH, Panel, add_panel
from satuhati.web.minutes.models import Minutes
from satuhati.web.minutes.photos import EVENT, SHEET, get_photos_for


def papers_panel(request: HttpRequest, meeting: Meeting) -> Panel | None:
    """What there is to print, approve and show; for members the minutes shown to them."""
    keeper = request.who.may("meetings.edit")
    kept = Minutes.objects.filter(meeting=meeting.public_id).first()
    shared = bool(kept and kept.shared and meeting.minutes_on)
    photos = [p for p in get_photos_for(request.who, meeting) if p.kind == EVENT]
    if not keeper and not shared and not photos:
        return None
    return Panel(
        "minutes/panel.html",
        {"keeper": keeper, "shared": shared, "public": bool(kept and kept.public),
         "photos": photos},
    )  # fmt: skip


def sheet_panel(request: HttpRequest, meeting: Meeting) -> Panel | None:
    """The signed sheet beside the list that is entered from it."""
    found = [p for p in get_photos_for(request.who, meeting) if p.kind == SHEET]
    return Panel("minutes/beside.html", {"photos": found})


add_panel(papers_panel)
add_panel(sheet_panel, FINISH)
