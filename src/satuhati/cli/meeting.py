"""``satuhati meeting``: who takes part (and, in :mod:`satuhati.cli.meeting_rhythm`, when to meet).

Core and formats are imported inside the commands: only a command that runs pays their start-up.
"""

from __future__ import annotations

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
from satuhati.cli.meeting_attendance import attendance_of
from satuhati.cli.meeting_outlook import outlook, show_outlook
from satuhati.cli.meeting_rhythm import rhythm_command
from satuhati.cli.meeting_share import share_command
from satuhati.errors import Doubt, InputError, Problem
from satuhati.text import name_some

if TYPE_CHECKING:
    import polars as pl

    from satuhati.formats.tables import TextTable
    from satuhati.text import Translator

OFFICIAL = frozenset(
    {"section", "sector", "post", "role", "institution", "organization", "agency",
     "seksi", "sektor", "jabatan", "peran", "instansi", "lembaga"}
)  # fmt: skip
"""Attributes of an appointment: attendance by them is an official act and never suppressed."""

NOT_GROUPS = frozenset({"member", "community", "name", "nama", "phone", "telepon", "email", "must"})
STREAK = 3


def register(app: typer.Typer) -> None:
    meeting = typer.Typer(no_args_is_help=True, help="Meetings: when, and who takes part.")
    meeting.command("rhythm")(rhythm_command)
    meeting.command("share")(share_command)
    meeting.command("participation")(participation_command)
    app.add_typer(meeting, name="meeting")


@guarded
def participation_command(
    attendance: Annotated[
        Path,
        typer.Argument(
            help="meeting, member, status (present, represented, excused, ill, absent): "
            ".csv, .csv.gz, .parquet."
        ),
    ],
    members: Annotated[
        Path | None,
        typer.Option("--members", help="member and any attributes (section, sector, sex …)."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", help="Attributes to show, with commas (default: all of --members)."),
    ] = None,
    meeting_columns: Annotated[
        str | None,
        typer.Option(
            "--meeting-columns",
            help="Columns that together name one meeting, e.g. committee,meeting,date.",
        ),
    ] = None,
    threshold: Annotated[
        int,
        typer.Option("--threshold", min=3, help="Personal subgroups under this size stay empty."),
    ] = 5,
    quorum: Annotated[
        int | None,
        typer.Option("--quorum", min=1, help="Members needed (default: more than half)."),
    ] = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Attendance of every member, how evenly it is spread, and who has been missing lately.

    rate = (present + represented) / invited. Excused and ill members were not there: they are
    counted apart, and count as missed in the current streak. Meetings are in the order in which
    they first appear. Several rows of one member for one meeting become one, the best status:
    present at one session is present.

    Without a column 'status', a column 'present' (Y/N) is read. Where committees number their
    meetings separately, a meeting is committee + meeting + date unless --meeting-columns says
    otherwise.

    Example:

    satuhati meeting participation attendance.csv --members members.csv
    """
    from satuhati.core.meetings.participation import participation
    from satuhati.formats.tables import read_table

    t = words(lang)
    table = read_table(attendance)
    doubts: list[Doubt] = list(table.doubts)
    rows = attendance_of(table, meeting_columns, doubts)
    found = participation(rows)
    summary = _summary(found.communities, table.name, doubts)
    subgroups: dict[str, Any] = {}
    if members is not None:
        listed = read_table(members)
        doubts += listed.doubts
        attributes, columns = _attributes(listed, by)
        _compare(found.members, attributes, doubts)
        subgroups = _subgroups(found.members, attributes, columns, threshold, doubts)
    result = {
        "members": {r["member"]: _member(r) for r in found.members.iter_rows(named=True)},
        "gini": summary["gini"],
        "top20_share": summary["top20_share"],
        "median_rate": summary["median_rate"],
        "meetings": summary["meetings"],
        "overall": {
            "invited": summary["invited"],
            "attended": summary["attended"],
            "rate": summary["value"],
            "interval": _interval(summary),
            "design_effect": summary["deff"],
        },
        "longest_streak": summary["longest_streak"],
        "merged_rows": summary["merged_rows"],
        "subgroups": subgroups,
        **outlook(found.members, quorum, STREAK, doubts),
        "warnings": doubts,
    }
    if json:
        print_json(result, t.lang)
        return
    _show(result, doubts, t)


def _summary(communities: pl.DataFrame, name: str, doubts: list[Doubt]) -> dict[str, Any]:
    empty = dict.fromkeys(communities.columns)
    if communities.is_empty():
        doubts.append(Doubt("no_rows", {"file": name}))
        return {**empty, "meetings": 0, "invited": 0, "attended": 0, "merged_rows": 0}
    summary = communities.row(0, named=True)
    if summary["merged_rows"]:
        doubts.append(Doubt("attendance_merged", {"n": summary["merged_rows"]}))
    if summary["unknown_rows"]:
        doubts.append(Doubt("attendance_status_missing", {"n": summary["unknown_rows"]}))
    if summary["gini"] is None:
        doubts.append(Doubt("gini_undefined"))
    return summary


def _attributes(table: TextTable, by: str | None) -> tuple[pl.DataFrame, list[str]]:
    import polars as pl

    ids = table.texts("member", required=True)
    first: dict[str | None, int] = {}
    problems = []
    for line, one in zip(table.lines, ids, strict=True):
        if one in first:
            problems.append(
                Problem("row_repeated", table.name, line, "member",
                        {"what": one, "first": first[one]})
            )  # fmt: skip
        first.setdefault(one, line)
    if problems:
        raise InputError(problems)
    columns = [c for c in table.header if c.lower() not in NOT_GROUPS]
    if by is not None:
        columns = [c.strip() for c in by.split(",") if c.strip()]
        table.require(*columns)
    frame = pl.DataFrame(
        {"community": [""] * len(ids), "member": ids, **{c: table.cells[c] for c in columns}},
        schema={"community": pl.String, "member": pl.String, **dict.fromkeys(columns, pl.String)},
    )
    return frame, columns


def _compare(attended: pl.DataFrame, listed: pl.DataFrame, doubts: list[Doubt]) -> None:
    here, there = set(attended["member"]), set(listed["member"])
    for code, names in (
        ("members_never_invited", there - here),
        ("members_unlisted", here - there),
    ):
        if names:
            doubts.append(Doubt(code, {"n": len(names), "names": name_some(sorted(names))}))


def _subgroups(
    members: pl.DataFrame,
    attributes: pl.DataFrame,
    columns: list[str],
    threshold: int,
    doubts: list[Doubt],
) -> dict[str, Any]:
    from satuhati.core.meetings.participation import subgroup_participation
    from satuhati.core.suppression import suppress

    found = subgroup_participation(members, attributes, columns)
    out: dict[str, Any] = {}
    for column in columns:
        rows = [r for r in found.iter_rows(named=True) if r["attribute"] == column]
        for r in rows:
            r["group"] = r["group"] if r["group"] is not None else "unknown"
        hidden: frozenset[str] = frozenset()
        if column.lower() not in OFFICIAL:
            hidden, _ = suppress({r["group"]: r["members"] for r in rows}, threshold=threshold)
            if hidden:
                doubts.append(
                    Doubt("cells_suppressed",
                          {"table": column, "n": len(hidden), "needed": threshold})
                )  # fmt: skip
        out[column] = {
            r["group"]: {
                "status": "too few", "members": None, "n": None, "attended": None, "rate": None,
                "interval": None,
            }
            if r["group"] in hidden
            else {
                "status": "ok", "members": r["members"], "n": r["n"], "attended": r["attended"],
                "rate": r["value"], "interval": _interval(r),
            }
            for r in rows
        }  # fmt: skip
    return out


def _interval(row: dict[str, Any]) -> list[float] | None:
    return None if row["lo"] is None else [row["lo"], row["hi"]]


def _member(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "invited": row["invited"],
        "present": row["present"],
        "represented": row["represented"],
        "excused": row["excused"],
        "ill": row["ill"],
        "absent": row["absent"],
        "rate": row["value"],
        "interval": _interval(row),
        "consecutive_missed": row["consecutive_missed"],
    }


def _percent(value: float | None, t: Translator) -> str:
    return "–" if value is None else f"{t.number(value * 100)} %"


def _between(interval: list[float] | None, t: Translator) -> str:
    if interval is None:
        return "–"
    return f"{t.number(interval[0] * 100)}–{t.number(interval[1] * 100)}"


def _show(result: dict[str, Any], doubts: list[Doubt], t: Translator) -> None:
    overall = result["overall"]
    if overall["rate"] is None:
        print(t("No attendance is on record yet."))
        print_warnings(doubts, t)
        return
    print(
        t(
            "{k} of every 10 invitations were followed, in person or through a deputy "
            "({members} members, {meetings} meetings).",
            k=t.number(overall["rate"] * 10, 1),
            members=t.number(len(result["members"])),
            meetings=t.number(result["meetings"]),
        )
    )
    missing = [m for m, r in result["members"].items() if r["consecutive_missed"] >= STREAK]
    if missing:
        print(
            t("To be checked on, missing the last three meetings or more: {names}.",
              names=name_some(missing))
        )  # fmt: skip
    for groups in result["subgroups"].values():
        never = [g for g, r in groups.items() if r["rate"] == 0]
        if never:
            print(t("Never there so far: {names}.", names=name_some(never)))
    header = [
        t("Member"), t("Came"), t("of whom a deputy"), t("Excused"), t("Ill"), t("Absent"),
        t("Rate"), "95 %", t("Missed in a row"),
    ]  # fmt: skip
    print_table(
        t("Participation by member"),
        header,
        (
            [
                m,
                f"{t.number(r['present'] + r['represented'])}/{t.number(r['invited'])}",
                *(t.number(r[k]) for k in ("represented", "excused", "ill", "absent")),
                _percent(r["rate"], t),
                _between(r["interval"], t),
                t.number(r["consecutive_missed"]),
            ]
            for m, r in result["members"].items()
        ),
        right=range(1, len(header)),
    )
    for column, groups in result["subgroups"].items():
        print_table(
            t("Participation by {column}", column=column),
            [column, t("Members"), t("Invited"), t("Attended"), t("95 % interval")],
            (
                [g, t.number(r["members"]), t.number(r["n"]),
                 _percent(r["rate"], t) if r["status"] == "ok" else t("too few"),
                 _between(r["interval"], t)]
                for g, r in groups.items()
            ),
            right=range(1, 5),
        )  # fmt: skip
    print(
        t(
            "Overall {rate} (95 % interval {interval}); median member {median}. Unevenness (Gini: "
            "0 = all alike, 1 = one member alone) {gini}; the most active fifth of the members "
            "accounts for {top} of all attendances.",
            rate=_percent(overall["rate"], t),
            interval=_between(overall["interval"], t),
            median=_percent(result["median_rate"], t),
            gini=t.number(result["gini"], 2),
            top=_percent(result["top20_share"], t),
        )
    )
    show_outlook(result, t)
    print_warnings(doubts, t)
