"""``satuhati meeting rhythm``: when to meet, as a fixed rule or in turn.

Core and formats are imported inside the command: only a command that runs pays their start-up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from satuhati.cli._common import (
    Json,
    Lang,
    guarded,
    print_json,
    print_table,
    print_warnings,
    words,
)
from satuhati.cli.meeting_calendar import Zone, write_calendar
from satuhati.cli.meeting_wishes import read_wishes
from satuhati.errors import Doubt, InputError, Problem
from satuhati.text import Text

if TYPE_CHECKING:
    from satuhati.core.meetings.calendar import Slot
    from satuhati.core.meetings.rhythm import Limit, Limits, Plan, Wishes
    from satuhati.text import Translator

NAMES_SHOWN = 10
FRIDAY = 5
FRIDAY_PRAYER = (11 * 60 + 30, 13 * 60)
"""Start times from 11.30 until before 13.00: the widest span of the prayer in Indonesia."""


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
    nth: Annotated[
        int,
        typer.Option("--week", min=1, max=4, help="Which weekday of the month: second = 2."),
    ] = 2,
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
    for each date, first so that the member worst off comes as often as possible, then for
    attendance. Beside it, what a plain vote would choose. An hour nobody named counts as 0.

    Example:

    satuhati meeting rhythm availability.csv --members members.csv --kind rotation --year 2026
    """
    from satuhati.core.meetings import calendar, rhythm
    from satuhati.formats.tables import read_table

    t = words(lang)
    if quorum != quorum:
        raise InputError(
            Problem("option_invalid", fields={
                "option": "--quorum", "value": "nan", "why": Text("bukan angka", "not a number")})
        )  # fmt: skip
    table = read_table(availability)
    listed = None if members is None else read_table(members)
    doubts: list[Doubt] = [*table.doubts, *(listed.doubts if listed is not None else ())]
    wishes = read_wishes(table, listed)
    limits = rhythm.limits_of(wishes, quorum)
    when = year if year is not None else dt.datetime.now().astimezone().year
    n_fixed = [len(calendar.fixed_dates(when, frequency, s, nth)) for s in wishes.slots]
    vote = rhythm.plain_vote(wishes, limits, n_fixed)
    plan = None
    if not wishes.slots:
        doubts.append(Doubt("no_rows", {"file": table.name}))
    elif not wishes.probability.any():
        doubts.append(Doubt("rhythm_nobody"))
    elif kind is Kind.fixed:
        plan = rhythm.fixed(wishes, limits, n_fixed)
    else:
        plan = rhythm.rotation(wishes, limits, calendar.n_rotating(frequency))
    if listed is None:
        doubts.append(Doubt("rhythm_no_members"))
    doubts += _about_members(wishes, plan, t)
    if plan is None:
        doubts += _impossible(wishes, limits, quorum, t)
    schedule = [] if plan is None else _schedule(wishes, plan, kind, frequency, when, nth)
    doubts += _about_dates(schedule, t)
    if plan is not None and not plan.optimal:
        doubts.append(
            Doubt("rhythm_not_proven",
                  {"worst": t.number(plan.worst_member, 2), "bound": t.number(plan.bound, 2)})
        )  # fmt: skip
    result = {
        "kind": kind.value,
        "pattern": None if plan is None else _pattern(wishes, plan, kind, frequency, nth, t),
        "dates": [day for day, _ in schedule],
        "expected_attendance": None if plan is None else plan.expected_attendance,
        "worst_member": None if plan is None else plan.worst_member,
        "worst_member_id": _name(wishes, plan),
        "sections_short": None if plan is None else plan.sections_short,
        "optimal": plan is not None and plan.optimal,
        "bound": None if plan is None else plan.bound,
        "baseline_votes": {
            "pattern": None
            if vote is None
            else _pattern(wishes, vote, Kind.fixed, frequency, nth, t),
            "expected_attendance": None if vote is None else vote.expected_attendance,
            "worst_member": None if vote is None else vote.worst_member,
            "worst_member_id": _name(wishes, vote),
            "sections_short": None if vote is None else vote.sections_short,
        },
        "excluded_by_vote": [] if vote is None else _excluded(wishes, vote),
        "why": None if plan is None or vote is None else _why(wishes, limits, plan, vote, kind, t),
        "frequency": frequency.value,
        "year": when,
        "quorum": quorum,
        "hours": len(wishes.slots),
        "hours_allowed": int(limits.allowed.size),
        "schedule": [
            {"date": day, "weekday": s.weekday, "start": s.clock} for day, s in schedule
        ],
        "members": {
            m: {
                "section": wishes.section[i],
                "must": wishes.must[i],
                "answered": wishes.answered[i],
                "expected": None if plan is None else float(plan.expected[i]),
                "expected_vote": None if vote is None else float(vote.expected[i]),
            }
            for i, m in enumerate(wishes.members)
        },
        "written": [],
        "warnings": doubts,
    }  # fmt: skip
    if ics is not None and plan is not None:
        write_calendar(
            ics, schedule, title=t("Meeting"), pattern=str(result["pattern"]), zone=zone,
            source=table.name,
        )  # fmt: skip
        result["written"] = [ics.name]
    elif ics is not None:
        doubts.append(Doubt("rhythm_no_calendar", {"file": ics.name}))
    if json:
        print_json(result, t.lang)
        return
    _show(result, t)
    print_warnings(doubts, t)


def _some(names: Sequence[str]) -> str:
    more = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f", … (+{more})" if more > 0 else "")


def _name(wishes: Wishes, plan: Plan | None) -> str | None:
    index = None if plan is None else plan.worst_index
    return None if index is None else wishes.members[index]


def _excluded(wishes: Wishes, vote: Plan) -> list[str]:
    """Those who answered and are not counted on (p < .5) at the slot the plain vote chooses."""
    from satuhati.core.meetings.rhythm import LIKELY

    slot = next(s for s, count in enumerate(vote.counts) if count)
    chances = zip(wishes.members, wishes.probability[:, slot], wishes.answered, strict=True)
    return [m for m, p, answered in chances if answered and p < LIKELY]


def _limit(limit: Limit, quorum: float, t: Translator) -> str:
    if limit.kind == "section":
        return t(
            "section {name} (at least {q})",
            name=limit.name,
            q=t.number(quorum, 0 if quorum.is_integer() else 2),
        )
    return t("{name} present", name=limit.name)


def _impossible(wishes: Wishes, limits: Limits, quorum: float, t: Translator) -> list[Doubt]:
    from satuhati.core.meetings.rhythm import clash, nearest

    if not wishes.slots:
        return []
    doubts = []
    for group in clash(limits):
        named = [_limit(one, quorum, t) for one in group]
        doubts.append(
            Doubt("rhythm_alone", {"limit": named[0]})
            if len(named) == 1
            else Doubt("rhythm_clash", {"limits": "; ".join(named)})
        )
    close = nearest(wishes, limits)
    if doubts and close is not None:
        slot, broken = close
        doubts.append(
            Doubt("rhythm_nearest", {
                "slot": wishes.slots[slot].words(),
                "value": t.number(float(wishes.probability[:, slot].sum()), 1),
                "limits": "; ".join(_limit(one, quorum, t) for one in broken),
            })
        )  # fmt: skip
    return doubts


def _about_members(wishes: Wishes, plan: Plan | None, t: Translator) -> list[Doubt]:
    doubts = []
    silent = [m for m, yes in zip(wishes.members, wishes.answered, strict=True) if not yes]
    if silent:
        doubts.append(
            Doubt("rhythm_unanswered", {"n": t.number(len(silent)), "names": _some(silent)})
        )
    if plan is not None:
        rows = zip(wishes.members, plan.expected, wishes.answered, strict=True)
        never = [m for m, expected, answered in rows if answered and expected == 0]
        if never:
            doubts.append(
                Doubt("rhythm_left_out", {"n": t.number(len(never)), "names": _some(never)})
            )
    return doubts


def _about_dates(schedule: list[tuple[dt.date, Slot]], t: Translator) -> list[Doubt]:
    from satuhati.core.meetings.calendar import FIXED_HOLIDAYS

    doubts = []
    feasts = [
        f"{t.date(day)} ({FIXED_HOLIDAYS[day.month, day.day](t.lang)})"
        for day, _ in schedule
        if (day.month, day.day) in FIXED_HOLIDAYS
    ]
    if feasts:
        doubts.append(Doubt("rhythm_holidays", {"dates": ", ".join(feasts)}))
    prayer = {
        s
        for _, s in schedule
        if s.weekday == FRIDAY and FRIDAY_PRAYER[0] <= s.minute < FRIDAY_PRAYER[1]
    }
    return doubts + [Doubt("rhythm_friday", {"slot": s.words()}) for s in sorted(prayer)]


def _schedule(
    wishes: Wishes, plan: Plan, kind: Kind, frequency: str, year: int, nth: int
) -> list[tuple[dt.date, Slot]]:
    from satuhati.core.meetings.calendar import fixed_dates, rotating_dates, spread

    if kind is Kind.fixed:
        slot = wishes.slots[next(s for s, count in enumerate(plan.counts) if count)]
        return [(day, slot) for day in fixed_dates(year, frequency, slot, nth)]
    turns = [wishes.slots[s] for s in spread(plan.counts)]
    return list(zip(rotating_dates(year, frequency, turns, nth), turns, strict=True))


def _pattern(
    wishes: Wishes, plan: Plan, kind: Kind, frequency: str, nth: int, t: Translator
) -> str:
    from satuhati.core.meetings.calendar import fixed_words, rotating_words

    if kind is Kind.fixed:
        slot = wishes.slots[next(s for s, count in enumerate(plan.counts) if count)]
        return fixed_words(frequency, slot, nth)(t.lang)
    return rotating_words(frequency, wishes.slots, plan.counts, nth)(t.lang)


def _why(wishes: Wishes, limits: Limits, plan: Plan, vote: Plan, kind: Kind, t: Translator) -> str:
    told = {
        "hours": t.number(len(wishes.slots)),
        "allowed": t.number(int(limits.allowed.size)),
        "present": t.number(plan.expected_attendance, 1),
        "members": t.number(len(wishes.members)),
        "least": t.number(plan.worst_member, 1),
        "dates": t.number(sum(plan.counts)),
        "vote": t.number(vote.expected_attendance, 1),
        "vote_least": t.number(vote.worst_member, 1),
    }
    if kind is Kind.fixed:
        return t(
            "Of {hours} hours asked about, {allowed} suit every section and everyone required; "
            "this one brings the most people: {present} of {members} on average (the plain "
            "vote's: {vote}).",
            **told,
        )
    return t(
        "Taking turns, even the member worst off can expect to attend {least} of {dates} dates "
        "(by the plain vote {vote_least}), with {present} of {members} present on average (by the "
        "plain vote {vote}).",
        **told,
    )


def _show(result: dict[str, Any], t: Translator) -> None:
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
                [t("Date"), t("Hour")],
                ([t.date(r["date"]), r["start"].replace(":", ".")] for r in result["schedule"]),
            )
    for name in result["written"]:
        print(t("Calendar file: {file}", file=name))
    if result["excluded_by_vote"]:
        print(
            t("Not counted on at the plain vote's hour: {names}.",
              names=_some(result["excluded_by_vote"]))
        )  # fmt: skip
