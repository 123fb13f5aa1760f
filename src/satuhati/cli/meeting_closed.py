"""Closed times of ``satuhati meeting rhythm`` and ``meeting share``: options become one calendar.

Core and formats are imported inside: only a command that runs pays their start-up.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from satuhati.errors import Doubt, InputError, Problem
from satuhati.text import Text

if TYPE_CHECKING:
    from satuhati.core.meetings.calendar import Closed, Window
    from satuhati.formats.tables import TextTable

CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?::00)?")
RAMADAN = "17:30-21:00"
NONE = frozenset({"none", "no", "tidak", "-"})
LAST_WORDS = frozenset({"last", "terakhir", "-1"})
LOCAL = Text("hari setempat", "a local day")

Holidays = Annotated[
    bool, typer.Option("--holidays/--no-holidays", help="Keep off national holidays.")
]
Ramadan = Annotated[
    str,
    typer.Option("--ramadan", help="Start times closed on Ramadan evenings (none: they are open)."),
]
Friday = Annotated[
    bool,
    typer.Option("--friday-prayer/--no-friday-prayer", help="Keep off the Friday prayer."),
]
ClosedDays = Annotated[
    list[str] | None,
    typer.Option("--closed", metavar="DATE[:NAME]", help="A local day without meetings; repeat."),
]
ClosedTable = Annotated[
    Path | None,
    typer.Option(
        "--closed-table",
        help="date or weekday (1 = Monday), from, until (HH:MM), name: what has its time locally.",
    ),
]
Week = Annotated[
    str,
    typer.Option("--week", help="Which weekday of the month: 1 to 4, or last. Second = 2."),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as they were given."""

    holidays: bool
    ramadan: str
    friday_prayer: bool
    days: Sequence[str] | None
    table: Path | None


def wrong(option: str, value: str, id_: str, en: str) -> InputError:
    fields = {"option": option, "value": value, "why": Text(id_, en)}
    return InputError(Problem("option_invalid", fields=fields))


def clock(text: str) -> int | None:
    """``19:30`` or ``19.30`` as a minute of the day."""
    found = CLOCK.fullmatch(text)
    return None if found is None else int(found[1]) * 60 + int(found[2])


def nth_of(week: str, option: str = "--week") -> int:
    """``2`` or ``last`` as a rule has it."""
    from satuhati.core.meetings.calendar import LAST, NTH

    if week.lower() in LAST_WORDS:
        return LAST
    if week.isdecimal() and int(week) in NTH:
        return int(week)
    raise wrong(
        option, week,
        "pilih 1 sampai 4, atau last (terakhir): tidak setiap bulan punya yang kelima",
        "choose 1 to 4, or last: not every month has a fifth",
    )  # fmt: skip


def closed_of(asked: Asked, years: Sequence[int]) -> tuple[Closed, list[Doubt]]:
    """All that is closed in these years, and what is not known of them."""
    from satuhati.core.meetings.closures import closed_in_indonesia, national_holidays
    from satuhati.formats.tables import read_table

    days, windows = _local_days(asked.days or ()), []
    hours = _ramadan_hours(asked.ramadan)
    doubts: list[Doubt] = []
    if asked.table is not None:
        table = read_table(asked.table)
        doubts += table.doubts
        windows = _local_table(table)
    if asked.holidays or hours is not None:
        doubts += [
            Doubt("rhythm_holidays_unknown", {"year": str(year)})
            for year in years
            if not national_holidays(year)
        ]
    return (
        closed_in_indonesia(
            years, holidays=asked.holidays, ramadan_hours=hours,
            friday_prayer=asked.friday_prayer, days=days, windows=windows,
        ),
        doubts,
    )  # fmt: skip


def _ramadan_hours(text: str) -> tuple[int, int] | None:
    if text.lower() in NONE:
        return None
    parts = [clock(part.strip()) for part in text.split("-")]
    if len(parts) == 2:
        since, until = parts
        if since is not None and until is not None and since < until:
            return since, until
    raise wrong(
        "--ramadan", text,
        "tulis jam mulai dan akhir, misalnya 17:30-21:00, atau none",
        "write a first and a last hour, such as 17:30-21:00, or none",
    )  # fmt: skip


def _local_days(given: Sequence[str]) -> dict[dt.date, Text]:
    found: dict[dt.date, Text] = {}
    for one in given:
        day, _, name = one.partition(":")
        try:
            date = dt.date.fromisoformat(day.strip())
        except ValueError:
            raise wrong(
                "--closed", one,
                "tulis tanggal lalu nama, misalnya 2026-08-18:Sedekah bumi",
                "write a date and a name, such as 2026-08-18:Harvest feast",
            ) from None  # fmt: skip
        found[date] = Text(name.strip(), name.strip()) if name.strip() else LOCAL
    return found


def _local_table(table: TextTable) -> list[Window]:
    """Local days and weekly hours; every problem of the table in one report."""
    from satuhati.core.meetings.calendar import Window

    if "date" not in table.cells:
        table.require("weekday")
    none: list[str | None] = [None] * table.n_rows
    cells = [table.cells.get(c, none) for c in ("date", "weekday", "from", "until", "name")]
    problems: list[Problem] = []
    found: list[Window] = []

    def bad(line: int, column: str, value: str, expected: Text, example: str) -> None:
        fields = {"value": value, "expected": expected, "example": example}
        problems.append(Problem("value_type", table.name, line, column, fields))

    for line, date, weekday, since, until, name in zip(table.lines, *cells, strict=True):
        day: dt.date | None = None
        if date is None and weekday is None:
            column = "date" if "date" in table.cells else "weekday"
            problems.append(Problem("value_required", table.name, line, column))
        if date is not None:
            try:
                day = dt.date.fromisoformat(date)
            except ValueError:
                bad(line, "date", date, Text("tanggal", "a date"), "2026-11-21")
        if weekday is not None and not re.fullmatch(r"[1-7](\.0+)?", weekday):
            expected = Text(
                "hari 1 (Senin) sampai 7 (Minggu)", "a weekday 1 (Monday) to 7 (Sunday)"
            )
            bad(line, "weekday", weekday, expected, "2")
            weekday = None
        span = []
        for column, value, otherwise in (("from", since, 0), ("until", until, 24 * 60)):
            minute = otherwise if value in (None, "24:00") else clock(value or "")
            if minute is None:
                bad(line, column, value or "", Text("jam (HH:MM)", "an hour (HH:MM)"), "19:30")
            span.append(otherwise if minute is None or value is None else minute)
            if value == "24:00":
                span[-1] = 24 * 60
        if span[0] >= span[1]:
            expected = Text("sesudah jam mulainya", "after its first hour")
            bad(line, "until", until or "24:00", expected, "21:00")
        label = Text(name, name) if name else LOCAL
        found.append(Window(label, day, day, int(weekday[0]) if weekday else None, *span))
    if problems:
        raise InputError(problems)
    return found
