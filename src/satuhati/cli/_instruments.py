"""Scales of a questionnaire, for every command with ``--scale``: ``--instrument NAME|FILE``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from satuhati.cli._surveys import invalid, not_with, once, parse_scales, read_items
from satuhati.errors import Doubt, InputError, Problem
from satuhati.text import Text

KINDS = ("likert", "binary", "number")
FORMULA_STARTS = ("=", "+", "-", "@")
"""A spreadsheet would run a header that begins so as a formula."""

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from satuhati.core.surveys.scales import Scale
    from satuhati.formats.tables import TextTable

Instrument = Annotated[
    str | None,
    typer.Option(
        "--instrument",
        help="Scales, reversals and answer range of a questionnaire: a name from `survey "
        "instrument list`, or an XLSForm (.xlsx).",
    ),
]


def instrument_scales(name: str) -> tuple[list[Scale], list[Doubt]]:
    """The scales of a questionnaire of ours, a scoring key, or an XLSForm.

    Items of one scale share one range; a scale whose items do not is left out, with a doubt.
    """
    from satuhati.core.surveys.scales import Scale
    from satuhati.formats.xlsform.items import items_of
    from satuhati.formats.xlsform.ours import FORMS, our_form
    from satuhati.schema.scoring_keys import scoring_keys

    keys = scoring_keys()
    doubts: list[Doubt] = []
    silent: dict[str, Iterable[float]] = {}
    rows: list[dict[str, Any]]
    if name in keys:
        rows = [
            {"scale": s.code, "name": item, "low": s.low, "high": s.high,
             "reversed": item in s.reversed, "type": "likert"}
            for s in keys[name].scales
            for item in s.items
        ]  # fmt: skip
    elif name in FORMS:
        rows = items_of(our_form(name))
    elif Path(name).suffix.lower() == ".xlsx":
        from satuhati.formats.xlsform.read import read_form

        form, found = read_form(Path(name))
        rows, doubts = items_of(form), list(found)
        silent = {
            q.name: map(float, codes) for q in form.questions() if (codes := q.silent_codes())
        }
    else:
        fields: dict[str, object] = {"name": name, "known": ", ".join([*FORMS, *keys])}
        raise InputError(Problem("form_unknown", fields=fields))
    scales: list[Scale] = []
    for code in dict.fromkeys(r["scale"] for r in rows if r["scale"]):
        items = [r for r in rows if r["scale"] == code and r["type"] in KINDS]
        ends = {(r["low"], r["high"]) for r in items}
        low, high = next(iter(ends)) if len(ends) == 1 else (None, None)
        if low is None or high is None or not low < high:
            doubts.append(Doubt("instrument_ranges", {"scale": code}))
            continue
        if str(code).startswith(FORMULA_STARTS):
            why = Text("nama skala tidak boleh diawali = + - @",
                       "the name of a scale must not begin with = + - @")  # fmt: skip
            raise invalid("--instrument", str(code), why)
        turned = frozenset(r["name"] for r in items if r["reversed"])
        names = tuple(r["name"] for r in items)
        none = frozenset(c for n in names for c in silent.get(n, ()))
        scales.append(Scale(code, names, turned, low, high, none))
    if not scales:
        why = Text("tidak punya skala", "has no scale")
        fields = {"option": "--instrument", "value": name, "why": why}
        raise InputError(Problem("option_invalid", fields=fields))
    return scales, doubts


def scales_asked(
    scale: Sequence[str] | None,
    instrument: str | None,
    low: float | None,
    high: float | None,
    *,
    option: str = "--scale",
) -> tuple[list[Scale], list[Doubt]]:
    """The scales of ``--scale`` or of ``--instrument``; exactly one of the two is asked for."""
    if instrument is None:
        if not scale:
            given = f"{option} NAME=ITEM,ITEM,…", "--instrument NAME|FILE.xlsx"
            raise invalid(
                option, "–", Text("beri {} atau {}".format(*given), "give {} or {}".format(*given))
            )
        return parse_scales(scale, low, high, option=option), []
    if scale:
        raise invalid(option, ", ".join(scale), not_with("--instrument"))
    if low is not None or high is not None:
        ends = "--min" if low is not None else "--max"
        raise invalid(ends, f"{low if low is not None else high:g}", not_with("--instrument"))
    return instrument_scales(instrument)


def present(
    scales: Sequence[Scale], columns: Collection[str], instrument: str | None
) -> tuple[list[Scale], list[Doubt]]:
    """Of a questionnaire's scales those that were asked: a file may hold a part of it.

    A scale of which some items are there is kept, and reading it says which are not.
    """
    if instrument is None:
        return list(scales), []
    kept = [s for s in scales if any(item in columns for item in s.items)]
    absent = [s.name for s in scales if s not in kept]
    if not kept:
        first = scales[0].items[0]
        listed = ", ".join(list(columns)[:40])
        fields = {"scale": scales[0].name, "name": first, "known": listed}
        raise InputError(Problem("scale_item_unknown", fields=fields))
    return kept, [Doubt("instrument_absent", {"scales": ", ".join(absent)})] if absent else []


def read_scales(
    path: Path,
    scale: Sequence[str] | None,
    instrument: str | None,
    low: float | None,
    high: float | None,
    *,
    option: str = "--scale",
) -> tuple[list[Scale], TextTable, dict[str, npt.NDArray[np.float64]], list[Doubt]]:
    """Scales, the table, its answers to their items, and what is to be said of both."""
    scales, doubts = scales_asked(scale, instrument, low, high, option=option)
    if instrument is not None:
        from satuhati.formats.tables import read_table

        table = read_table(path)
        scales, absent = present(scales, table.cells, instrument)
        doubts += absent
        once([s.name for s in scales], option)
        table, numbers = read_items(path, scales, table=table)
    else:
        table, numbers = read_items(path, scales)
    return scales, table, numbers, [*table.doubts, *doubts]
