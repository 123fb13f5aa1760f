"""``satuhati meeting rhythm``: when to meet, as a fixed rule or in turn.

Core and formats are imported inside the command: only a command that runs pays their start-up.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from enum import StrEnum
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
from satuhati.cli.meeting_attendance import turnout_of
from satuhati.cli.meeting_calendar import Zone, write_calendar
from satuhati.cli.meeting_wishes import read_wishes
from satuhati.errors import Doubt
from satuhati.text import name_some

if TYPE_CHECKING:
    from satuhati.core.meetings.proposal import Choice, Proposal
    from satuhati.text import Translator


class Kind(StrEnum):
    fixed = "fixed"
    rotation = "rotation"


class Frequency(StrEnum):
    weekly = "weekly"
    monthly = "monthly"
    quarterly = "quarterly"
    half_yearly = "half_yearly"
    yearly = "yearly"


@guarded
def rhythm_command(
    availability: Annotated[
        Path,
        typer.Argument(
            help="member, weekday (1 = Monday), start (HH:MM), probability (0-1): "
            ".csv, .csv.gz, .parquet."
        ),
    ],
    members: Annotated[
        Path | None,
        typer.Option("--members", help="member, section, sector, must (yes or empty)."),
    ] = None,
    attendance: Annotated[
        Path | None,
        typer.Option(
            "--attendance",
            help="meeting, member, status: numbers present then count how often each has come.",
        ),
    ] = None,
    kind: Annotated[
        Kind, typer.Option("--kind", help="One fixed rule, or an hour for each date in turn.")
    ] = Kind.fixed,
    frequency: Annotated[
        Frequency, typer.Option("--frequency", help="How often to meet.")
    ] = Frequency.monthly,
    quorum: Annotated[
        float,
        typer.Option("--quorum", min=0, help="Least expected number present of each section."),
    ] = 1.0,
    year: Annotated[
        int | None,
        typer.Option("--year", min=1900, max=9998, help="Year of the dates (default: this year)."),
    ] = None,
    week: closing.Week = "2",
    sector_quorum: Annotated[
        float,
        typer.Option("--sector-quorum", min=0, help="Least expected number present per sector."),
    ] = 0.0,
    each: Annotated[
        float | None,
        typer.Option(
            "--each",
            min=0,
            help="Dates a year each member who answered must be able to expect (default: 1 in a "
            "rotation, where possible).",
        ),
    ] = None,
    holidays: closing.Holidays = True,
    ramadan: closing.Ramadan = closing.RAMADAN,
    friday_prayer: closing.Friday = True,
    closed: closing.ClosedDays = None,
    closed_table: closing.ClosedTable = None,
    ics: Annotated[
        Path | None,
        typer.Option("--ics", help="Write the dates to this calendar file (.ics)."),
    ] = None,
    zone: Annotated[
        Zone, typer.Option("--zone", help="Time zone of the hours in the calendar file.")
    ] = Zone.WIB,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """The hour at which most come, every section is there, and nobody is forgotten.

    fixed: of the hours that every section (at least Q expected) and every required member
    (probability at least .5) can keep, the one of greatest expected attendance. rotation: an hour
    for each date, first so that the member worst off comes as often as possible, then so that
    nobody is left out all year, then for attendance. Beside it, what a plain vote would choose. An
    hour nobody named counts as 0. A date on a national holiday, a Ramadan evening, in the Friday
    prayer or on a local day moves to another week of its month.

    Example:

    satuhati meeting rhythm availability.csv --members members.csv --kind rotation --year 2026
    """
    from satuhati.core.meetings.proposal import propose
    from satuhati.formats.tables import read_table
    from satuhati.reports import rhythm as say

    t = words(lang)
    real_numbers({"--quorum": quorum, "--sector-quorum": sector_quorum, "--each": each})
    when = year if year is not None else dt.datetime.now().astimezone().year
    nth = closing.nth_of(week)
    asked = closing.Asked(holidays, ramadan, friday_prayer, closed, closed_table)
    shut, unknown = closing.closed_of(asked, [when])
    table = read_table(availability)
    listed = None if members is None else read_table(members)
    doubts: list[Doubt] = [*table.doubts, *(listed.doubts if listed is not None else ())]
    wishes = read_wishes(table, listed)
    if attendance is not None:
        past = read_table(attendance)
        doubts += past.doubts
        wishes = replace(wishes, turnout=tuple(turnout_of(past, wishes.members, doubts)))
    with only_ours():
        found = propose(
            wishes,
            kind=kind.value,
            frequency=frequency.value,
            quorum=quorum,
            year=when,
            nth=nth,
            closed=shut,
            sector_quorum=sector_quorum,
            each=each,
        )
    if not wishes.slots:
        doubts.append(Doubt("no_rows", {"file": table.name}))
    elif found.nobody:
        doubts.append(Doubt("rhythm_nobody"))
    if listed is None:
        doubts.append(Doubt("rhythm_no_members"))
    doubts += [*unknown, *say.doubts(found, t)]
    result = _result(found, wishes.turnout, doubts, t)
    if ics is not None and found.plan is not None:
        write_calendar(
            ics, [(turn.date, turn.slot) for turn in found.turns], title=t("Meeting"),
            pattern=result["pattern"], zone=zone, source=table.name,
        )  # fmt: skip
        result["written"] = [ics.name]
    elif ics is not None:
        doubts.append(Doubt("rhythm_no_calendar", {"file": ics.name}))
    if json:
        print_json(result, t.lang)
        return
    _show(result, [say.turn_note(turn, t) for turn in found.turns], t)
    print_warnings(doubts, t)


def _result(
    found: Proposal, turnout: tuple[float, ...], doubts: list[Doubt], t: Translator
) -> dict[str, Any]:
    """The keys of the contract, and more."""
    from satuhati.reports.rhythm import why

    plan, vote = found.plan, found.vote

    def figures(choice: Choice | None) -> dict[str, Any]:
        return {
            "pattern": None if choice is None else choice.pattern(t.lang),
            "expected_attendance": None if choice is None else choice.expected_attendance,
            "worst_member": None if choice is None else choice.worst_member,
            "worst_member_id": None if choice is None else choice.worst_member_id,
            "sections_short": None if choice is None else choice.sections_short,
        }

    ours = figures(plan)
    return {
        "kind": found.kind,
        "pattern": ours.pop("pattern"),
        "dates": list(found.dates),
        "moved": [
            {"date": turn.date, "rule_date": turn.rule_date, "reason": turn.reason(t.lang)}
            for turn in found.turns
            if turn.reason is not None and turn.moved
        ],
        "closed": [
            {"date": turn.date, "reason": turn.reason(t.lang)}
            for turn in found.turns
            if turn.reason is not None and turn.closed
        ],
        "periods_without": list(found.lost),
        **ours,
        "optimal": plan is not None and plan.optimal,
        "bound": None if plan is None else plan.bound,
        "baseline_votes": figures(vote),
        "excluded_by_vote": list(found.excluded_by_vote),
        "why": why(found, t),
        "frequency": found.frequency,
        "year": found.year,
        "quorum": found.quorum,
        "sector_quorum": found.sector_quorum,
        "each": found.each,
        "expects_less": [*found.never, *found.seldom],
        "hours": len(found.slots),
        "hours_allowed": found.hours_allowed,
        "schedule": [
            {"date": turn.date, "weekday": turn.slot.weekday, "start": turn.slot.clock}
            for turn in found.turns
        ],
        "members": {
            m: {
                "section": found.section[i],
                "must": found.must[i],
                "answered": found.answered[i],
                "turnout": turnout[i] if turnout else None,
                "expected": None if plan is None else plan.expected[i],
                "expected_vote": None if vote is None else vote.expected[i],
            }
            for i, m in enumerate(found.members)
        },
        "written": [],
        "warnings": doubts,
    }


def _show(result: dict[str, Any], notes: list[str], t: Translator) -> None:

    vote = result["baseline_votes"]
    if result["pattern"] is None:
        print(t("No rhythm suits these wishes; what stands in the way is named below."))
    else:
        print(result["pattern"])
        print(result["why"])
        named = t("proven") if result["optimal"] else t("not proven")
        both = (result, vote)
        worst = (f"{t.number(r['worst_member'], 1)} ({r['worst_member_id']})" for r in both)
        rows = [
            [t("Expected present"), *(t.number(r["expected_attendance"], 1) for r in both)],
            [t("Worst-off member: dates a year"), *worst],
            [t("Dates on which a section is short"),
             *(t.number(r["sections_short"]) for r in both)],
        ]  # fmt: skip
        print_table(
            t("Proposal ({proof}) and plain vote", proof=named),
            ["", t("Proposal"), t("Plain vote: {pattern}", pattern=vote["pattern"])],
            rows,
            right=(1, 2),
        )
        if result["frequency"] != "weekly":
            print_table(
                t("Dates of {year}", year=str(result["year"])),
                [t("Date"), t("Hour"), *([""] if any(notes) else [])],
                (
                    [
                        t.date(r["date"]),
                        r["start"].replace(":", "."),
                        *([note] if any(notes) else []),
                    ]
                    for r, note in zip(result["schedule"], notes, strict=True)
                ),
            )
    for name in result["written"]:
        print(t("Calendar file: {file}", file=name))
    if result["excluded_by_vote"]:
        print(
            t("Not counted on at the plain vote's hour: {names}.",
              names=name_some(result["excluded_by_vote"]))
        )  # fmt: skip
