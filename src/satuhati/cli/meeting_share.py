"""``satuhati meeting share``: an hour for each of several groups that share rooms and facilitators.

Core and formats are imported inside the command: only a command that runs pays their start-up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from satuhati.cli import meeting_closed as closing
from satuhati.cli._common import (
    Json,
    Lang,
    guarded,
    only_ours,
    print_json,
    print_table,
    print_warnings,
    real_numbers,
    words,
)
from satuhati.cli.meeting_rhythm import Frequency
from satuhati.cli.meeting_wishes import read_groups
from satuhati.errors import Doubt
from satuhati.text import name_some

if TYPE_CHECKING:
    from satuhati.core.meetings.sharing import Group, Place, Sharing
    from satuhati.text import Translator


@guarded
def share_command(
    availability: Annotated[
        Path,
        typer.Argument(
            help="group, member, weekday (1 = Monday), start (HH:MM), probability (0-1): "
            ".csv, .csv.gz, .parquet."
        ),
    ],
    groups: Annotated[
        Path,
        typer.Option(
            "--groups", help="group, room (several with ;), facilitator: what each needs, or empty."
        ),
    ],
    members: Annotated[
        Path | None,
        typer.Option("--members", help="group, member, section, sector, must (yes or empty)."),
    ] = None,
    frequency: Annotated[
        Frequency, typer.Option("--frequency", help="How often each group meets.")
    ] = Frequency.monthly,
    weeks: Annotated[
        str,
        typer.Option("--weeks", help="Which weekdays of the month may be used, with commas."),
    ] = "1,2,3,4",
    minutes: Annotated[
        int,
        typer.Option(
            "--minutes", min=1, max=720, help="How long a meeting takes, with tidying up."
        ),
    ] = 120,
    quorum: Annotated[
        float,
        typer.Option("--quorum", min=0, help="Least expected number present of each section."),
    ] = 1.0,
    least: Annotated[
        float, typer.Option("--least", min=0, help="Least expected number present in each group.")
    ] = 1.0,
    year: Annotated[
        int | None,
        typer.Option("--year", min=1900, max=9998, help="Year of the dates (default: this year)."),
    ] = None,
    holidays: closing.Holidays = True,
    ramadan: closing.Ramadan = closing.RAMADAN,
    friday_prayer: closing.Friday = True,
    closed: closing.ClosedDays = None,
    closed_table: closing.ClosedTable = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """An hour for every group, so that most come and nobody needs what another is using.

    One group at a time in a room; a facilitator in one place at a time. Groups may take different
    weeks of the month. Sections and required members hold in each group as in meeting rhythm.
    Beside it, what comes about when each group in turn takes the best that is left.

    Example:

    satuhati meeting share availability.csv --groups groups.csv --year 2026
    """
    from satuhati.core.meetings.sharing import share
    from satuhati.formats.tables import read_table
    from satuhati.reports import sharing as say

    t = words(lang)
    real_numbers({"--quorum": quorum, "--least": least})
    when = year if year is not None else dt.datetime.now().astimezone().year
    nths = _weeks(weeks)
    asked = closing.Asked(holidays, ramadan, friday_prayer, closed, closed_table)
    shut, unknown = closing.closed_of(asked, [when])
    tables = [read_table(path) for path in (availability, groups, members) if path is not None]
    doubts: list[Doubt] = [d for table in tables for d in table.doubts]
    wanted = read_groups(tables[0], tables[1], tables[2] if members is not None else None)
    with only_ours():
        found = share(
            wanted, frequency=frequency.value, year=when, weeks=nths, closed=shut, quorum=quorum,
            least=least, minutes=minutes,
        )  # fmt: skip
    doubts += [*unknown, *say.doubts(say.sizes_of(wanted), found, quorum, least, t)]
    if not wanted:
        doubts.append(Doubt("no_rows", {"file": tables[1].name}))
    result = _result(wanted, found, frequency.value, when, doubts, t)
    if json:
        print_json(result, t.lang)
        return
    _show(result, t)
    print_warnings(doubts, t)


def _weeks(text: str) -> list[int]:
    """``1,2,3,4``; ``last`` only alone: it may be the fourth."""
    found = [closing.nth_of(part.strip(), "--weeks") for part in text.split(",")]
    if len(found) > 1 and -1 in found:
        raise closing.wrong(
            "--weeks", text,
            "yang terakhir dapat jatuh pada pekan keempat: pakai last sendiri",
            "the last may be the fourth: use last alone",
        )  # fmt: skip
    return found


def _pattern(place: Place, frequency: str, t: Translator) -> str:
    from satuhati.core.meetings.calendar import fixed_words

    return fixed_words(frequency, place.slot, place.nth)(t.lang)


def _result(
    groups: Sequence[Group],
    found: Sharing,
    frequency: str,
    year: int,
    doubts: list[Doubt],
    t: Translator,
) -> dict[str, Any]:
    from satuhati.reports.sharing import sizes_of, why

    sizes = {g.name: len(g.wishes.members) for g in groups}
    return {
        "groups": {
            p.group: {
                "pattern": _pattern(p, frequency, t),
                "weekday": p.slot.weekday,
                "start": p.slot.clock,
                "week": None if frequency == "weekly" else p.nth,
                "room": p.room,
                "facilitator": p.facilitator,
                "members": sizes[p.group],
                "expected_attendance": p.value,
                "dates": [day.date for day in p.days],
                "moved": [
                    {"date": d.date, "rule_date": d.rule_date, "reason": d.reason(t.lang)}
                    for d in p.days
                    if d.reason is not None and d.moved
                ],
                "closed": [
                    {"date": d.date, "reason": d.reason(t.lang)}
                    for d in p.days
                    if d.reason is not None and d.closed
                ],
            }
            for p in found.places
        },
        "expected_attendance": found.total,
        "why": why(sizes_of(groups), found, t),
        "optimal": found.optimal,
        "bound": found.bound,
        "baseline_first_come": {
            "expected_attendance": found.first_come,
            "without_hour": list(found.left_over),
        },
        "clashes": [
            {
                "groups": list(s.groups),
                "limits": [{"kind": one.kind, "name": one.name} for one in s.limits],
                "rooms": list(s.rooms),
                "facilitators": list(s.facilitators),
            }
            for s in found.stuck
        ],
        "frequency": frequency,
        "year": year,
        "n_groups": len(groups),
        "n_members": sum(sizes.values()),
        "warnings": doubts,
    }


def _show(result: dict[str, Any], t: Translator) -> None:

    if not result["groups"]:
        print(t("Not every group can have an hour; what stands in the way is named below."))
        return
    print(result["why"])
    proof = t("proven") if result["optimal"] else t("not proven")
    print_table(
        t("Hours of the groups ({proof})", proof=proof),
        [t("Group"), t("Rule"), t("Room"), t("Facilitator"), t("Expected present")],
        (
            [
                name,
                g["pattern"],
                g["room"] or "–",
                g["facilitator"] or "–",
                f"{t.number(g['expected_attendance'], 1)} / {t.number(g['members'])}",
            ]
            for name, g in result["groups"].items()
        ),
        right=(4,),
    )
    moved = [
        f"{name}: {t.date(m['date'])} ({m['reason']})"
        for name, g in result["groups"].items()
        for m in g["moved"]
    ]
    if moved:
        print(t("Moved to a free week: {dates}.", dates=name_some(moved)))
