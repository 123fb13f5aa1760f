"""What a rhythm must keep to, by name: light enough for a page to load."""

from __future__ import annotations

from typing import NamedTuple


class Limit(NamedTuple):
    """A wish that must hold at every date, or over the year.

    Of a ``section``, a ``sector`` or a whole ``group`` (so many present), a required ``member``,
    the calendar (``closed``: an hour that can be held), or ``each``: a member who expects so many
    dates.
    """

    kind: str
    name: str
