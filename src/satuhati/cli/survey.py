"""``satuhati survey``: scale scores and their reliability.

Core and formats are imported inside the commands: only a command that runs pays their start-up.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from satuhati.cli._common import (
    Json,
    Lang,
    guarded,
    parent_exists,
    print_json,
    print_table,
    print_warnings,
    words,
)
from satuhati.errors import Doubt, InputError, Problem

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from satuhati.core.surveys.reliability import Reliability
    from satuhati.core.surveys.scales import Scale
    from satuhati.core.surveys.scoring import ScaleScores
    from satuhati.formats.tables import TextTable
    from satuhati.text import Translator

COLUMNS_SHOWN = 40


class MissingMethod(StrEnum):
    """How empty cells enter the covariances."""

    pairwise = "pairwise"
    listwise = "listwise"


Answers = Annotated[
    Path, typer.Argument(help="One row per person, one column per item: .csv, .csv.gz, .parquet.")
]
Scales = Annotated[
    list[str],
    typer.Option("--scale", help='"A=A1-,A2,A3": a minus marks a reversed item. Repeatable.'),
]
Low = Annotated[
    float | None, typer.Option("--min", help="Low end of the response scale (default: observed).")
]
High = Annotated[
    float | None, typer.Option("--max", help="High end of the response scale (default: observed).")
]


def register(app: typer.Typer) -> None:
    survey = typer.Typer(no_args_is_help=True, help="Survey answers: scores and reliability.")
    survey.command("score")(score_command)
    survey.command("reliability")(reliability_command)
    app.add_typer(survey, name="survey")


@guarded
def score_command(
    answers: Answers,
    scale: Scales,
    out: Annotated[Path, typer.Option("--out", help="Where the scores go (CSV).")],
    low: Low = None,
    high: High = None,
    min_answered: Annotated[
        float,
        typer.Option(
            "--min-answered", min=0.0, max=1.0, help="Least share of a scale's items answered."
        ),
    ] = 0.5,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Score scales person by person: mean of the answered items and percent of maximum.

    SCORES.csv has one line per person: ROW (the line in ANSWERS), and for each scale NAME (mean
    in the unit of the response scale), NAME_percent (0-100) and NAME_answered (items). A cell is
    empty where fewer than half of the items (--min-answered) were answered.

    Example:

    satuhati survey score answers.csv --scale "trust=t1,t2-,t3" --min 1 --max 5 --out scores.csv
    """
    from satuhati.core.surveys.means import mean_estimate
    from satuhati.core.surveys.scoring import score

    t = words(lang)
    parent_exists(out, "--out")
    scales = _scales(scale, low, high)
    header = ["row"]
    for one in scales:
        header += [one.name, f"{one.name}_percent", f"{one.name}_answered"]
    _once(header, "--scale")
    if out.exists() and answers.exists() and out.samefile(answers):
        raise _invalid("--out", out.name, "= ANSWERS")
    table, numbers = _read(answers, scales)
    scored = [score(_columns(numbers, s), s, min_answered=min_answered) for s in scales]
    _write_scores(out, header, table.lines, scored)

    result: dict[str, Any] = {}
    for found in scored:
        percent = mean_estimate(found.percent)
        result[found.scale.name] = {
            "n": int((found.answered > 0).sum()),
            "n_scored": found.n_scored,
            "n_items": len(found.scale.items),
            "mean": mean_estimate(found.mean).value,
            "percent": percent.value,
            "percent_interval": percent.interval,
            "missing_rate": found.missing_rate,
            "low": found.low,
            "high": found.high,
            "warnings": found.warnings,
        }
    warnings = [*table.doubts, *(d for found in scored for d in found.warnings)]
    if json:
        print_json(
            {"scales": result, "rows": table.n_rows, "out": str(out), "warnings": warnings}, t.lang
        )
        return
    print_table(
        t("Scale scores"),
        [
            t("Scale"),
            t("Persons scored"),
            t("Mean"),
            t("Percent of maximum"),
            t("95 % interval"),
            t("Empty cells (%)"),
        ],
        [
            [
                name,
                t.number(r["n_scored"]),
                t.number(_shown(r["mean"]), 2),
                t.number(_shown(r["percent"]), 1),
                _range(r["percent_interval"], t, 1),
                t.number(_share(r["missing_rate"]), 1),
            ]
            for name, r in result.items()
        ],
        right=(1, 2, 3, 4, 5),
    )
    print_warnings(warnings, t)
    print(t("Written: {file}", file=out))


@guarded
def reliability_command(
    answers: Answers,
    scale: Scales,
    low: Low = None,
    high: High = None,
    missing: Annotated[
        MissingMethod,
        typer.Option("--missing", help="Empty cells: all persons of each pair, or complete rows."),
    ] = MissingMethod.pairwise,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Reliability of scales: alpha with Feldt's interval, omega, and each item's part.

    Item figures are those of the keyed items: the mean of a reversed item is shown turned.
    "missing" is the share (0-1) of persons who left the item empty.

    Example:

    satuhati survey reliability answers.csv --scale "trust=t1,t2-,t3" --min 1 --max 5
    """
    from satuhati.core.surveys.reliability import reliabilities

    t = words(lang)
    scales = _scales(scale, low, high)
    table, numbers = _read(answers, scales)
    found = reliabilities(_matrix(numbers), list(numbers), scales, missing=missing.value)
    if json:
        doubts = [d.message(t.lang) for d in table.doubts]
        for name, r in found.items():
            doubts += [_of_scale(name, d, t) for d in r.warnings]
        print_json({"scales": found, "warnings": doubts}, t.lang)
        return
    for name, r in found.items():
        _print_reliability(name, r, t)
    print_warnings(table.doubts, t)


def _print_reliability(name: str, r: Reliability, t: Translator) -> None:
    figures = [
        [t("Persons"), t.number(r.n)],
        [t("Items"), t.number(r.n_items)],
        [t("Alpha"), t.number(r.alpha, 3)],
        [t("95 % interval"), _range(r.alpha_interval, t, 3)],
        [t("Standardized alpha"), t.number(r.alpha_standardized, 3)],
        [t("Total omega"), t.number(r.omega_total, 3)],
        [t("Hierarchical omega"), t.number(r.omega_hierarchical, 3)],
    ]
    if r.spearman_brown is not None:
        figures.append([t("Spearman-Brown (two items)"), t.number(r.spearman_brown, 3)])
    print_table(
        t("Reliability of {scale}", scale=name), [t("Figure"), t("Value")], figures, right=(1,)
    )
    print_table(
        t("Items of {scale}", scale=name),
        [
            t("Item"),
            t("Item-rest correlation"),
            t("Alpha if dropped"),
            t("Mean"),
            t("SD"),
            t("Empty cells (%)"),
        ],
        [
            [
                item,
                t.number(s.r_rest, 3),
                t.number(s.alpha_if_dropped, 3),
                t.number(s.mean, 2),
                t.number(s.sd, 2),
                t.number(_share(s.missing), 1),
            ]
            for item, s in r.items.items()
        ],
        right=(1, 2, 3, 4, 5),
    )
    for doubt in r.warnings:
        print(f"! {_of_scale(name, doubt, t)}")


def _of_scale(name: str, doubt: Doubt, t: Translator) -> str:
    """The doubt with its scale in front, unless it names it itself."""
    message = doubt.message(t.lang)
    return message if "scale" in doubt.fields else f"{name}: {message}"


def _scales(texts: Sequence[str], low: float | None, high: float | None) -> list[Scale]:
    from satuhati.core.surveys.scales import parse_scale

    scales: list[Scale] = []
    problems: list[Problem] = []
    for text in texts:
        try:
            scales.append(parse_scale(text, low, high))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    _once([s.name for s in scales], "--scale")
    return scales


def _once(names: Sequence[str], option: str) -> None:
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise _invalid(option, ", ".join(repeated), "x 2")


def _invalid(option: str, value: str, why: str) -> InputError:
    fields = {"option": option, "value": value, "why": why}
    return InputError(Problem("option_invalid", fields=fields))


def _read(
    path: Path, scales: Sequence[Scale]
) -> tuple[TextTable, dict[str, npt.NDArray[np.float64]]]:
    """The table, and the answers to every item of the scales; all problems at once."""
    from satuhati.formats.tables import read_table

    table = read_table(path)
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
                numbers[item] = table.numbers(item, low=s.low, high=s.high)
            except InputError as error:
                problems.extend(error.problems)
    if problems:
        raise InputError(sorted(_apart(problems), key=lambda p: p.row or 0))
    return table, numbers


def _apart(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once: an item of two scales is read twice only when it is wrong."""
    seen: set[tuple[int | None, str | None]] = set()
    out = []
    for p in problems:
        if (p.row, p.column) not in seen:
            seen.add((p.row, p.column))
            out.append(p)
    return out


def _matrix(numbers: dict[str, npt.NDArray[np.float64]]) -> npt.NDArray[np.float64]:
    import numpy as np

    return np.column_stack(list(numbers.values()))


def _columns(numbers: dict[str, npt.NDArray[np.float64]], scale: Scale) -> npt.NDArray[np.float64]:
    return _matrix({item: numbers[item] for item in scale.items})


def _write_scores(
    out: Path, header: Sequence[str], lines: Sequence[int], scored: Sequence[ScaleScores]
) -> None:
    """All of the file or none of it: written beside its place, then moved there.

    Cells are numbers or empty, so that no spreadsheet can take one for a formula; scale names,
    which become the header, are checked where they are parsed.
    """
    columns: list[list[str]] = []
    for found in scored:
        columns.append([_cell(v) for v in found.mean.tolist()])
        columns.append([_cell(v) for v in found.percent.tolist()])
        columns.append([str(v) for v in found.answered.tolist()])
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(zip(map(str, lines), *columns, strict=True))
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)  # mkstemp makes it private
        os.replace(temporary, out)
        temporary = None
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(Problem("output_unwritable", out.name, fields={"why": why})) from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _cell(value: float) -> str:
    return "" if value != value else repr(value)


def _shown(value: float | None) -> float | None:
    return None if value is None or value != value else value


def _share(value: float | None) -> float | None:
    """A share as percent."""
    known = _shown(value)
    return None if known is None else 100 * known


def _range(interval: tuple[float, float] | None, t: Translator, decimals: int) -> str:
    if interval is None:
        return "–"
    return f"{t.number(interval[0], decimals)} – {t.number(interval[1], decimals)}"
