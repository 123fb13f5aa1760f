"""What the commands of ``satuhati survey`` share: reading answers and scales, wording figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from satuhati.errors import Doubt, InputError, Problem
from satuhati.text import Text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from satuhati.core.surveys.scales import Scale
    from satuhati.formats.tables import TextTable
    from satuhati.text import Translator

COLUMNS_SHOWN = 40

Answers = Annotated[
    Path, typer.Argument(help="One row per person, one column per item: .csv, .csv.gz, .parquet.")
]
Scales = Annotated[
    list[str] | None,
    typer.Option("--scale", help='"A=A1-,A2,A3": a minus marks a reversed item. Repeatable.'),
]
Low = Annotated[
    float | None, typer.Option("--min", help="Low end of the response scale (default: observed).")
]
High = Annotated[
    float | None, typer.Option("--max", help="High end of the response scale (default: observed).")
]


def of_scale(name: str, doubt: Doubt, t: Translator) -> str:
    """The doubt with its scale in front, unless it names it itself."""
    message = doubt.message(t.lang)
    return message if "scale" in doubt.fields else f"{name}: {message}"


def parse_scales(
    texts: Sequence[str], low: float | None, high: float | None, *, option: str = "--scale"
) -> list[Scale]:
    from satuhati.core.surveys.scales import parse_scale

    scales: list[Scale] = []
    problems: list[Problem] = []
    for text in texts:
        try:
            scales.append(parse_scale(text, low, high))
        except InputError as error:
            problems.extend(
                Problem(p.code, fields={**p.fields, "option": option}) for p in error.problems
            )
    if problems:
        raise InputError(problems)
    once([s.name for s in scales], option)
    return scales


def parse_items(text: str) -> list[Scale]:
    """``--items a,b,c`` as the one scale they make."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise invalid("--items", text, Text("tulis BUTIR,BUTIR,…", "write ITEM,ITEM,…"))
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise invalid("--items", ", ".join(repeated), TWICE)
    return parse_scales([f"items={','.join(names)}"], None, None, option="--items")


def once(names: Sequence[str], option: str) -> None:
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise invalid(option, ", ".join(repeated), TWICE)


TWICE = Text("disebut dua kali", "given twice")
TOO_MANY_ANSWERS = Text(
    "sebuah butir punya lebih dari 15 jawaban berbeda; cara ini untuk jawaban bertingkat",
    "an item has more than 15 different answers; this is for answers in steps",
)


def not_with(other: str) -> Text:
    """Two options that cannot be given together."""
    return Text(f"tidak bersama {other}", f"not together with {other}")


def invalid(option: str, value: str, why: str | Text) -> InputError:
    fields = {"option": option, "value": value, "why": why}
    return InputError(Problem("option_invalid", fields=fields))


def read_items(
    path: Path, scales: Sequence[Scale], *, table: TextTable | None = None
) -> tuple[TextTable, dict[str, npt.NDArray[np.float64]]]:
    """The table, and the answers to every item of the scales; all problems at once."""
    from satuhati.formats.tables import read_table

    table = table or read_table(path)
    listed = ", ".join(table.header[:COLUMNS_SHOWN])
    known = listed + (", …" if len(table.header) > COLUMNS_SHOWN else "")
    problems = [
        Problem(
            "scale_item_unknown",
            table.name,
            fields={"scale": s.name, "name": item, "known": known},
        )
        for s in scales
        for item in s.items
        if item not in table.cells
    ]
    if problems:
        raise InputError(problems)
    numbers: dict[str, npt.NDArray[np.float64]] = {}
    for s in scales:
        for item in s.items:
            if item in numbers:
                continue
            try:
                numbers[item] = table.numbers(item, low=s.low, high=s.high, no_answer=s.no_answer)
            except InputError as error:
                problems.extend(error.problems)
    if problems:
        raise InputError(sorted(apart(problems), key=lambda p: p.row or 0))
    return table, numbers


def apart(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once: an item of two scales is read twice only when it is wrong."""
    seen: set[tuple[int | None, str | None]] = set()
    out = []
    for p in problems:
        if (p.row, p.column) not in seen:
            seen.add((p.row, p.column))
            out.append(p)
    return out


def matrix(numbers: dict[str, npt.NDArray[np.float64]]) -> npt.NDArray[np.float64]:
    import numpy as np

    return np.column_stack(list(numbers.values()))


def columns_of(
    numbers: dict[str, npt.NDArray[np.float64]], scale: Scale
) -> npt.NDArray[np.float64]:
    return matrix({item: numbers[item] for item in scale.items})


def shown(value: float | None) -> float | None:
    return None if value is None or value != value else value


def as_percent(value: float | None) -> float | None:
    """A share as percent."""
    known = shown(value)
    return None if known is None else 100 * known


def p_value(p: float | None, t: Translator) -> str:
    """A p-value; zero it never is."""
    return f"< {t.number(0.001, 3)}" if p is not None and p < 0.001 else t.number(p, 3)


def span(interval: tuple[float, float] | None, t: Translator, decimals: int) -> str:
    if interval is None:
        return "–"
    return f"{t.number(interval[0], decimals)} – {t.number(interval[1], decimals)}"
