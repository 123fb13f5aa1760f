"""The table of attendance, as ``meeting participation`` and ``meeting rhythm`` read it.

Core is imported inside the functions: only a command that runs pays its start-up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from satuhati.errors import Doubt, InputError, Problem

if TYPE_CHECKING:
    import polars as pl

    from satuhati.formats.tables import TextTable

YES = frozenset({"y", "yes", "ya", "1", "true", "hadir", "present"})
NO = frozenset({"n", "no", "tidak", "0", "false", "absent"})


def turnout_of(table: TextTable, members: tuple[str, ...], doubts: list[Doubt]) -> list[float]:
    """How often each of these members has come, partially pooled; empty when nothing is on record.

    A member without a record gets the mean of the others.
    """
    from satuhati.core.meetings.participation import participation
    from satuhati.core.meetings.quorum import pooled_turnout

    found = participation(attendance_of(table, None, doubts)).members
    counts = {r["member"]: (r["attended"], r["invited"]) for r in found.iter_rows(named=True)}
    if not any(invited for _, invited in counts.values()):
        doubts.append(Doubt("turnout_nobody"))
        return []
    everyone = [*counts, *(m for m in members if m not in counts)]
    rows = [counts.get(m, (0, 0)) for m in everyone]
    pooled = pooled_turnout([k for k, _ in rows], [n for _, n in rows]).probability
    by_name = dict(zip(everyone, map(float, pooled), strict=True))
    return [by_name[m] for m in members]


def attendance_of(
    table: TextTable, meeting_columns: str | None, doubts: list[Doubt]
) -> pl.DataFrame:
    """``community, meeting, member, status, order`` as the core has it."""
    import polars as pl

    from satuhati.core.meetings.participation import STATUSES

    if "status" not in table.cells and "present" in table.cells:
        table.require("meeting", "member")
        status = _present(table)
        doubts.append(Doubt("attendance_present_read"))
    else:
        table.require("meeting", "member", "status")
        status = table.choices("status", STATUSES)
    member = table.texts("member", required=True)
    meeting = _meetings(table, meeting_columns, doubts)
    return pl.DataFrame(
        {
            "community": [""] * table.n_rows,
            "meeting": meeting,
            "member": member,
            "status": status,
            "order": meeting,
        },
        schema={"community": pl.String, "meeting": pl.Int64, "member": pl.String,
                "status": pl.String, "order": pl.Int64},
    )  # fmt: skip


def _present(table: TextTable) -> list[str | None]:
    problems, out = [], []
    for line, cell in zip(table.lines, table.cells["present"], strict=True):
        word = (cell or "").lower()
        out.append("present" if word in YES else "absent" if word in NO else None)
        if cell is not None and out[-1] is None:
            problems.append(
                Problem("value_choice", table.name, line, "present",
                        {"value": cell, "choices": "Y, N"})
            )  # fmt: skip
    if problems:
        raise InputError(problems)
    return out


def _meetings(table: TextTable, asked: str | None, doubts: list[Doubt]) -> list[int]:
    """Each row's meeting as a number, in order of first appearance."""
    columns = ["meeting"]
    if asked is not None:
        columns = [c.strip() for c in asked.split(",") if c.strip()]
        if not columns:
            raise InputError(
                Problem("option_invalid", fields={
                    "option": "--meeting-columns", "value": asked, "why": "kosong / empty"})
            )  # fmt: skip
    elif "committee" in table.cells:
        owners: dict[str | None, set[str | None]] = {}
        for m, c in zip(table.cells["meeting"], table.cells["committee"], strict=True):
            owners.setdefault(m, set()).add(c)
        shared = sum(len(o) > 1 for o in owners.values())
        if shared:
            columns = [c for c in ("committee", "meeting", "date") if c in table.cells]
            doubts.append(
                Doubt("meeting_key_widened", {"n": shared, "columns": " + ".join(columns)})
            )
    parts = [table.texts(c, required=True) for c in columns]
    seen: dict[tuple[str | None, ...], int] = {}
    return [seen.setdefault(key, len(seen)) for key in zip(*parts, strict=True)]
