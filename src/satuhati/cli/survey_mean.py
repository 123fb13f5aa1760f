"""``satuhati survey mean``: means of a variable or of scales, and shares, under a sampling design.

Core and formats are imported inside the command: only a command that runs pays their start-up.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from satuhati.cli._common import Json, Lang, guarded, print_json, print_table, print_warnings, words
from satuhati.cli._instruments import Instrument, read_scales
from satuhati.cli._surveys import (
    COLUMNS_SHOWN,
    Answers,
    High,
    Low,
    Scales,
    columns_of,
    invalid,
    of_scale,
    span,
)
from satuhati.errors import InputError, Problem
from satuhati.text import Text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from satuhati.core.surveys.means import DesignMean
    from satuhati.formats.tables import TextTable
    from satuhati.text import Translator

    FloatArray = npt.NDArray[np.float64]


def register(survey: typer.Typer) -> None:
    survey.command("mean")(mean_command)


@dataclasses.dataclass(frozen=True, slots=True)
class Design:
    """How the sample was drawn: names of columns, and the population as a column or a number."""

    weights: str | None
    strata: str | None
    clusters: str | None
    fpc: str | None

    def of(self, table: TextTable, y: FloatArray, *, share: bool = False) -> DesignMean:
        """The mean (or share) of y, whose rows are those of the table."""
        from satuhati.core.surveys.means import design_mean, design_share

        population: Any = self.number(table)
        used = y == y
        w = _positive(table, self.weights, used, Text("bobot di atas 0", "a weight above 0"))
        if self.fpc is not None and population is None:
            population = _positive(
                table, self.fpc, used, Text("jumlah di atas 0", "a number above 0"), required=True
            )
        try:
            return (design_share if share else design_mean)(
                y,
                w,
                _labels(table, self.strata, used),
                _labels(table, self.clusters, used),
                population,
            )
        except ValueError:  # weights and population are above 0 by now
            why = Text("harus satu angka yang sama di seluruh stratum",
                       "has to be one number throughout a stratum")  # fmt: skip
            raise invalid("--fpc", str(self.fpc), why) from None

    def number(self, table: TextTable) -> float | None:
        """The population, where ``--fpc`` is a number and not a column."""
        if self.fpc is None or self.fpc in table.cells:
            return None
        return _positive_number(self.fpc)

    def require(self, table: TextTable, *more: str | None) -> None:
        """All columns named are there."""
        fpc = self.fpc if self.number(table) is None else None
        columns = [*more, self.weights, self.strata, self.clusters, fpc]
        table.require(*(c for c in columns if c is not None))


@guarded
def mean_command(
    answers: Answers,
    variable: Annotated[
        str | None, typer.Option("--variable", help="The column to take the mean of.")
    ] = None,
    scale: Scales = None,
    instrument: Instrument = None,
    low: Low = None,
    high: High = None,
    weights: Annotated[
        str | None, typer.Option("--weights", help="Column of sampling weights, above 0.")
    ] = None,
    strata: Annotated[str | None, typer.Option("--strata", help="Column of strata.")] = None,
    clusters: Annotated[
        str | None, typer.Option("--clusters", help="Column of clusters (first stage).")
    ] = None,
    fpc: Annotated[
        str | None,
        typer.Option(
            "--fpc",
            help="Clusters (persons, where there are none) in the whole stratum: a column, or "
            "one number.",
        ),
    ] = None,
    share: Annotated[
        str | None,
        typer.Option("--share", help="Instead of the mean, the share of answers equal to this."),
    ] = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """The mean of a variable, or of scales, with the error of the sampling design.

    Weights, strata, clusters and finite population as the sample was drawn; degrees of freedom
    are clusters minus strata. "deff" is the variance over that of a simple random sample. With
    --share the share (0-1) of one answer, with Wilson's interval. Scales (--scale or
    --instrument, instead of --variable) are in percent of maximum (0-100).

    Example:

    satuhati survey mean answers.csv --variable trust --weights w --clusters rt --fpc n_rt

    satuhati survey mean answers.csv --instrument standard --weights w --strata rw
    """
    t = words(lang)
    design = Design(weights, strata, clusters, fpc)
    if variable is None:
        if share is not None:
            raise invalid(
                "--share", share, Text("hanya bersama --variable", "only with --variable")
            )
        if scale or instrument is not None:
            _scale_means(answers, scale, instrument, low, high, design, t, json=json)
            return
        why = Text("beri --variable, --scale, atau --instrument",
                   "give --variable, --scale or --instrument")  # fmt: skip
        raise invalid("--variable", "–", why)
    other = ("--scale", scale), ("--instrument", instrument), ("--min", low), ("--max", high)
    for option, given in other:
        if given is not None:
            raise invalid(option, str(given), "--variable")
    from satuhati.formats.tables import read_table

    table = read_table(answers)
    design.require(table, variable)
    y = table.numbers(variable) if share is None else _equal(table, variable, share)
    found = design.of(table, y, share=share is not None)
    warnings = [*table.doubts, *found.warnings]
    if json:
        shown = {**_figures(found), "rows": table.n_rows, "warnings": warnings}
        print_json({"variable": variable, "share": share, **shown}, t.lang)
        return
    print_table(
        t("Mean of {variable}", variable=variable)
        if share is None
        else t("Share of {answer} in {variable}", answer=share, variable=variable),
        [t("Figure"), t("Value")],
        [
            [t("Mean") if share is None else t("Share"), t.number(found.value, 3)],
            [t("Standard error"), t.number(found.se, 3)],
            [t("95 % interval"), span(found.interval, t, 3)],
            [t("Degrees of freedom"), t.number(found.df)],
            [t("Design effect"), t.number(found.deff, 2)],
            [t("Answers"), t.number(found.n)],
        ],
        right=(1,),
    )
    print_warnings(warnings, t)


def _figures(found: DesignMean) -> dict[str, Any]:
    """As the contract names them."""
    told = {f.name: getattr(found, f.name) for f in dataclasses.fields(found)}
    return {"estimate": told.pop("value"), **told}


def _scale_means(
    answers: Path,
    scale: list[str] | None,
    instrument: str | None,
    low: float | None,
    high: float | None,
    design: Design,
    t: Translator,
    *,
    json: bool,
) -> None:
    """Every scale scored person by person, then its mean under the design."""
    from satuhati.core.surveys.rounds import clipped
    from satuhati.core.surveys.scoring import score

    scales, table, numbers, doubts = read_scales(answers, scale, instrument, low, high)
    design.require(table)
    told = [d.message(t.lang) for d in doubts]
    found: dict[str, DesignMean] = {}
    for s in scales:
        scored = score(columns_of(numbers, s), s)
        mean = design.of(table, scored.percent)
        found[s.name] = dataclasses.replace(mean, interval=clipped(mean.interval))
        told += [of_scale(s.name, d, t) for d in (*scored.warnings, *found[s.name].warnings)]
    if json:
        shown = {name: _figures(one) for name, one in found.items()}
        print_json({"scales": shown, "rows": table.n_rows, "warnings": told}, t.lang)
        return
    print_table(
        t("Means of scales (percent of maximum)"),
        [
            t("Scale"),
            t("Persons"),
            t("Mean"),
            t("Standard error"),
            t("95 % interval"),
            t("Degrees of freedom"),
            t("Design effect"),
        ],
        [
            [
                name,
                t.number(one.n),
                t.number(one.value, 1),
                t.number(one.se, 2),
                span(one.interval, t, 1),
                t.number(one.df),
                t.number(one.deff, 2),
            ]
            for name, one in found.items()
        ],
        right=range(1, 7),
    )
    for doubt in told:
        print(f"! {doubt}")


def _equal(table: TextTable, column: str, answer: str) -> FloatArray:
    """1 where the cell is this answer, 0 where it is another, ``nan`` where it is empty."""
    import numpy as np

    cells = table.texts(column)
    if answer not in cells:
        known = ", ".join(sorted({c for c in cells if c is not None})[:COLUMNS_SHOWN])
        raise invalid("--share", answer, known or "–")
    return np.array([np.nan if c is None else float(c == answer) for c in cells])


def _positive(
    table: TextTable,
    column: str | None,
    used: npt.NDArray[np.bool_],
    expected: Text,
    *,
    required: bool = False,
) -> FloatArray | None:
    """A column of numbers above 0 in the rows used; what other rows hold does not matter."""
    import numpy as np

    if column is None:
        return None
    values = table.numbers(column)
    cells = table.cells[column]
    problems: list[Problem] = []
    for i in np.flatnonzero(used):
        line = table.lines[int(i)]
        if np.isnan(values[i]):
            if required:
                problems.append(Problem("value_required", table.name, line, column))
        elif values[i] <= 0:
            fields = {"value": cells[int(i)], "expected": expected, "example": "2.5"}
            problems.append(Problem("value_type", table.name, line, column, fields))
    if problems:
        raise InputError(problems)
    return np.where(used, values, 1.0)


def _labels(
    table: TextTable, column: str | None, used: npt.NDArray[np.bool_]
) -> list[str | None] | None:
    """A column of names, which must be there in the rows used."""
    if column is None:
        return None
    cells = table.texts(column)
    problems = [
        Problem("value_required", table.name, line, column)
        for line, cell, u in zip(table.lines, cells, used, strict=True)
        if u and cell is None
    ]
    if problems:
        raise InputError(problems)
    return cells


def _positive_number(text: str) -> float | None:
    """A number above 0, or ``None`` where it is the name of a column instead."""
    try:
        value = float(text)
    except ValueError:
        return None
    if not 0 < value < float("inf"):
        raise invalid("--fpc", text, "> 0")
    return value
