"""The roster of ``satuhati network describe``: who was asked, and who answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from satuhati.errors import InputError, Problem

if TYPE_CHECKING:
    from satuhati.formats.tables import TextTable

YES = ("yes", "ya", "y", "1", "true")
NO = ("no", "tidak", "t", "n", "0", "false")


def read_answered(
    table: TextTable, ids: Sequence[str], listed: Sequence[str], file: str
) -> tuple[bool, ...]:
    """Who of ``ids`` answered; ``listed`` are the roster's own ids, in its order.

    The column ``answered`` holds yes or no; empty is no. Raises :class:`InputError` for another
    word, and when roster and ``ids`` (those of ``file``) are not the same people.
    """
    table.require("answered")
    problems = []
    flags: dict[str, bool] = {}
    for line, actor, cell in zip(table.lines, listed, table.cells["answered"], strict=True):
        word = (cell or "no").lower()
        if word not in YES + NO:
            fields = {"value": word, "choices": "yes, no"}
            problems.append(Problem("value_choice", table.name, line, "answered", fields))
        flags[actor] = word in YES
    here, there = set(flags), set(ids)
    for code, who in (("actors_extra", here - there), ("actors_missing", there - here)):
        if who:
            names = ", ".join(sorted(who)[:12]) + (", …" if len(who) > 12 else "")
            fields = {"names": names, "other": file}
            problems.append(Problem(code, table.name, fields=fields))
    if problems:
        raise InputError(problems)
    return tuple(flags[actor] for actor in ids)
