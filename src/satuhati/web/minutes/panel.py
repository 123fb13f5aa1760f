"""Minutes, attendance list and photos of a meeting on its page."""

from __future__ import annotations

from django.http import HttpRequest

from satuhati.web.meetings.models import Meeting
from satuhati.web.meetings.panels import Panel, add_panel
from satuhati.web.minutes.models import Minutes


def papers_panel(request: HttpRequest, meeting: Meeting) -> Panel | None:
    """What there is to print, approve and show; for members the minutes shown to them."""
    keeper = request.who.may("meetings.edit")
    kept = Minutes.objects.filter(meeting=meeting.public_id).first()
    shared = bool(kept and kept.shared and meeting.minutes_on)
    if not keeper and not shared:
        return None
    return Panel(
        "minutes/panel.html",
        {"keeper": keeper, "shared": shared, "public": bool(kept and kept.public),
         "written": kept is not None},
    )  # fmt: skip


add_panel(papers_panel)
