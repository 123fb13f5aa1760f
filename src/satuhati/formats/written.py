"""Single cells as people write them: a date, a text cut to one line. Without Polars."""

from __future__ import annotations

import datetime as dt
import re

from satuhati.text import Text

EXPECTED: dict[str, tuple[Text, str]] = {
    "integer": (Text("bilangan bulat", "a whole number"), "12"),
    "number": (Text("angka", "a number"), "2.5"),
    "boolean": (Text("ya atau tidak", "true or false"), "true / false"),
    "date": (Text("tanggal", "a date"), "2026-11-21"),
    "time": (Text("jam", "a time of day"), "19:30"),
}
"""What a kind of column holds, as a message says it, and an example."""

ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")


def shown(value: object) -> str:
    """A cell's content fit for one line of a report."""
    text = " ".join(str(value)[:200].split())
    return text if len(text) <= 60 else text[:57] + "…"


def read_date(text: str) -> dt.date | None:
    """``2026-11-21`` or, day first, ``21/11/2026``; ``None`` for what is no date at all.

    Raises ``ValueError`` for a date that the calendar does not have.
    """
    if match := ISO_DATE.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(text):
        day, _, month, year = match.groups()
    else:
        return None
    return dt.date(int(year), int(month), int(day))
