"""What contexts above show on a meeting's page: each puts its panel here when the app starts.

A panel gets the request and the meeting, and returns its template and what the template needs, or
``None`` where it has nothing to say to this reader.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from satuhati.web.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a page: its template, which reads ``panel.data``."""

    template: str
    data: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[HttpRequest, Meeting], Panel | None]
MEETING, FINISH = "meeting", "finish"
"""The page of a meeting, and the page that takes who came."""
_makers: dict[str, list[Maker]] = {MEETING: [], FINISH: []}


def add_panel(maker: Maker, where: str = MEETING) -> None:
    """Show a panel on each meeting's page, after those that are there."""
    if maker not in _makers[where]:
        _makers[where].append(maker)


def panels_of(request: HttpRequest, meeting: Meeting, where: str = MEETING) -> list[Panel]:
    """The panels of a meeting for this reader."""
    return [panel for make in _makers[where] if (panel := make(request, meeting)) is not None]
