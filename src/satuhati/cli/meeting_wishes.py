"""The wishes of ``meeting rhythm`` and ``share``: tables become arrays, every problem at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from satuhati.errors import InputError, Problem
from satuhati.text import Text

if TYPE_CHECKING:
    from satuhati.core.meetings.rhythm import Wishes
    from satuhati.core.meetings.sharing import Group
    from satuhati.formats.tables import TextTable

T = TypeVar("T")

REQUIRED = frozenset({"y", "yes", "ya", "1", "true"})
NOT_REQUIRED = frozenset({"n", "no", "tidak", "0", "false"})
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?")


class Person(NamedTuple):
    """What the list of members says of one."""

    section: str | None
    sector: str | None
    must: bool


NOBODY = Person(None, None, False)


def read_wishes(table: TextTable, listed: TextTable | None) -> Wishes:
    """Both tables as arrays, every problem of both in one report."""
    import numpy as np  # start-up time: only a command that runs

    from satuhati.core.meetings.calendar import Slot
    from satuhati.core.meetings.rhythm import Wishes

    problems: list[Problem] = []

    def tried(read: Callable[[], T]) -> T | None:
        try:
            return read()
        except InputError as error:
            problems.extend(error.problems)
            return None

    tried(lambda: table.require("member", "weekday", "start", "probability"))
    if listed is not None:
        tried(lambda: listed.require("member"))
    if problems:
        raise InputError(problems)
    for column in ("member", "weekday", "start", "probability"):
        tried(lambda column=column: table.texts(column, required=True))  # type: ignore[misc]
    weekday = tried(lambda: _weekdays(table))
    start = tried(lambda: _starts(table))
    chance = tried(lambda: _chances(table))
    people = tried(lambda: _people(listed)) if listed is not None else {}
    problems += _repeated(table)
    names = [m for m in table.cells["member"] if m is not None]
    if people is not None and listed is not None:
        problems += [
            Problem("reference_unknown", table.name, line, "member",
                    {"id": m, "table": listed.name})
            for line, m in zip(table.lines, table.cells["member"], strict=True)
            if m is not None and m not in people
        ]  # fmt: skip
    if problems or weekday is None or start is None or chance is None or people is None:
        raise InputError(sorted(problems, key=lambda p: (p.file or "", p.row or 0)))
    order = sorted(set(names) | set(people))
    at = {m: i for i, m in enumerate(order)}
    hours = [Slot(d, m) for d, m in zip(weekday, start, strict=True)]
    slots = sorted(set(hours))
    place = {s: i for i, s in enumerate(slots)}
    probability = np.zeros((len(order), len(slots)))
    for m, s, p in zip(names, hours, chance, strict=True):
        probability[at[m], place[s]] = p
    answered = set(names)
    return Wishes(
        tuple(order),
        tuple(slots),
        probability,
        tuple(people.get(m, NOBODY).section for m in order),
        tuple(people.get(m, NOBODY).must for m in order),
        tuple(m in answered for m in order),
        tuple(people.get(m, NOBODY).sector for m in order),
    )


def read_groups(table: TextTable, listed: TextTable, people: TextTable | None) -> list[Group]:
    """The groups in order, each with its members' wishes; every problem in one report."""
    from satuhati.core.meetings.sharing import Group

    for one in (table, listed, *(() if people is None else (people,))):
        one.require("group")
    table.require("member", "weekday", "start", "probability")
    if people is not None:
        people.require("member")
    names, problems = _named_groups(listed)
    for one in (table, *(() if people is None else (people,))):
        for line, name in zip(one.lines, one.cells["group"], strict=True):
            if name is None:
                problems.append(Problem("value_required", one.name, line, "group"))
            elif name not in names:
                fields = {"id": name, "table": listed.name}
                problems.append(Problem("reference_unknown", one.name, line, "group", fields))
    answers, lists = _by_group(table), None if people is None else _by_group(people)
    found = []
    for name, row in names.items():
        try:
            wishes = read_wishes(
                answers.get(name, _rows(table, ())),
                None if people is None or lists is None else lists.get(name, _rows(people, ())),
            )
        except InputError as error:
            problems += error.problems
            continue
        room = listed.cells["room"][row] if "room" in listed.cells else None
        rooms = tuple(dict.fromkeys(r.strip() for r in (room or "").split(";") if r.strip()))
        who = listed.cells["facilitator"][row] if "facilitator" in listed.cells else None
        found.append(Group(name, wishes, rooms, who))
    if problems:
        raise InputError(sorted(problems, key=lambda p: (p.file or "", p.row or 0)))
    return found


def _named_groups(listed: TextTable) -> tuple[dict[str, int], list[Problem]]:
    """Each group and its row (from 0); a group without a name or named twice is a problem."""
    names: dict[str, int] = {}
    problems = []
    for row, (line, name) in enumerate(zip(listed.lines, listed.cells["group"], strict=True)):
        if name is None:
            problems.append(Problem("value_required", listed.name, line, "group"))
        elif name in names:
            fields = {"what": name, "first": listed.lines[names[name]]}
            problems.append(Problem("row_repeated", listed.name, line, "group", fields))
        else:
            names[name] = row
    return names, problems


def _by_group(table: TextTable) -> dict[str, TextTable]:
    """The rows of each group as a table of their own, which remembers its lines."""
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(table.cells["group"]):
        if name is not None:
            rows.setdefault(name, []).append(row)
    return {name: _rows(table, mine) for name, mine in rows.items()}


def _rows(table: TextTable, rows: Sequence[int]) -> TextTable:
    cells = {column: [values[r] for r in rows] for column, values in table.cells.items()}
    return replace(table, cells=cells, lines=[table.lines[r] for r in rows], doubts=())


def _converted(
    table: TextTable,
    column: str,
    convert: Callable[[str], T | None],
    expected: Text,
    example: str,
) -> list[T]:
    out: list[T] = []
    problems = []
    for line, cell in zip(table.lines, table.cells[column], strict=True):
        if cell is None:  # told as a required value
            continue
        value = convert(cell)
        if value is not None:
            out.append(value)
        else:
            problems.append(
                Problem("value_type", table.name, line, column,
                        {"value": cell, "expected": expected, "example": example})
            )  # fmt: skip
    if problems:
        raise InputError(problems)
    return out


def _weekdays(table: TextTable) -> list[int]:
    def convert(cell: str) -> int | None:
        return int(cell[0]) if re.fullmatch(r"[1-7](\.0+)?", cell) else None

    expected = Text("hari 1 (Senin) sampai 7 (Minggu)", "a weekday 1 (Monday) to 7 (Sunday)")
    return _converted(table, "weekday", convert, expected, "2")


def _starts(table: TextTable) -> list[int]:
    def convert(cell: str) -> int | None:
        found = CLOCK.fullmatch(cell)
        if found is None:
            return None
        hour, minute = int(found[1]), int(found[2])
        return hour * 60 + minute if hour <= 23 and minute <= 59 else None

    return _converted(table, "start", convert, Text("jam (HH:MM)", "an hour (HH:MM)"), "19:30")


def _chances(table: TextTable) -> list[float]:
    def convert(cell: str) -> float | None:
        try:
            value = float(cell)
        except ValueError:
            return None
        return value if 0 <= value <= 1 else None

    expected = Text("peluang dari 0 sampai 1", "a probability from 0 to 1")
    return _converted(table, "probability", convert, expected, "0.8")


def _people(table: TextTable) -> dict[str, Person]:
    """Each member's section, sector and whether required; repeated members and unreadable 'must'
    are errors."""
    none: list[str | None] = [None] * table.n_rows
    ids = table.texts("member", required=True)
    out: dict[str, Person] = {}
    first: dict[str, int] = {}
    problems = []
    more = (table.cells.get(c, none) for c in ("section", "sector", "must"))
    for line, member, section, sector, must in zip(table.lines, ids, *more, strict=True):
        word = (must or "no").lower()
        if word not in REQUIRED | NOT_REQUIRED:
            problems.append(
                Problem("value_choice", table.name, line, "must",
                        {"value": must, "choices": "yes, ya, (kosong / empty)"})
            )  # fmt: skip
        if member in out:
            problems.append(
                Problem("row_repeated", table.name, line, "member",
                        {"what": member, "first": first[member]})
            )  # fmt: skip
        elif member is not None:
            first[member] = line
            out[member] = Person(section, sector, word in REQUIRED)
    if problems:
        raise InputError(problems)
    return out


def _repeated(table: TextTable) -> list[Problem]:
    seen: dict[tuple[str, str, str], int] = {}
    problems = []
    cells = (table.cells[c] for c in ("member", "weekday", "start"))
    for line, member, day, start in zip(table.lines, *cells, strict=True):
        found = CLOCK.fullmatch(start or "")
        if member is None or day is None or found is None:
            continue
        key = (member, day[0], f"{int(found[1])}:{found[2]}")
        if key in seen:
            problems.append(
                Problem("key_repeated", table.name, line, "member",
                        {"columns": "member, weekday, start", "first": seen[key]})
            )  # fmt: skip
        seen.setdefault(key, line)
    return problems
