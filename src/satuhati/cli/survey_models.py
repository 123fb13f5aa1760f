"""``satuhati survey mean | aggregate``: design-based means, agreement in groups.

Core and formats are imported inside the commands: only a command that runs pays their start-up.
"""

from __future__ import annotations

from enum import StrEnum
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

    from satuhati.formats.tables import TextTable

    FloatArray = npt.NDArray[np.float64]


class Null(StrEnum):
    """What answers would look like if they were mere noise."""

    uniform = "uniform"
    slight = "slight"
    moderate = "moderate"
    heavy = "heavy"


def register(survey: typer.Typer) -> None:
    survey.command("mean")(mean_command)
    survey.command("aggregate")(aggregate_command)


@guarded
def mean_command(
    answers: Answers,
    variable: Annotated[str, typer.Option("--variable", help="The column to take the mean of.")],
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
    """The mean of one variable with the error of its sampling design.

    Weights, strata, clusters and finite population as the sample was drawn; degrees of freedom
    are clusters minus strata. "deff" is the variance over that of a simple random sample. With
    --share the share (0-1) of one answer, with Wilson's interval.

    Example:

    satuhati survey mean answers.csv --variable trust --weights w --clusters rt --fpc n_rt
    """
    from satuhati.core.surveys.means import design_mean, design_share
    from satuhati.formats.tables import read_table

    t = words(lang)
    table = read_table(answers)
    number = _positive_number(fpc) if fpc is not None and fpc not in table.cells else None
    columns = [variable, weights, strata, clusters, fpc if number is None else None]
    table.require(*(c for c in columns if c is not None))
    y = table.numbers(variable) if share is None else _equal(table, variable, share)
    used = y == y
    w = _positive(table, weights, used, Text("bobot di atas 0", "a weight above 0"))
    population: Any = number
    if fpc is not None and number is None:
        population = _positive(
            table, fpc, used, Text("jumlah di atas 0", "a number above 0"), required=True
        )
    try:
        found = (design_mean if share is None else design_share)(
            y,
            w,
            _labels(table, strata, used),
            _labels(table, clusters, used),
            population,
        )
    except ValueError as error:
        raise invalid("--fpc", str(fpc), str(error)) from None
    warnings = [*table.doubts, *found.warnings]
    if json:
        print_json(
            {
                "variable": variable,
                "share": share,
                "estimate": found.value,
                "se": found.se,
                "interval": found.interval,
                "df": found.df,
                "deff": found.deff,
                "n": found.n,
                "rows": table.n_rows,
                "warnings": warnings,
            },
            t.lang,
        )
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


@guarded
def aggregate_command(
    answers: Answers,
    group: Annotated[str, typer.Option("--group", help="Column that names each person's group.")],
    scale: Scales = None,
    instrument: Instrument = None,
    low: Low = None,
    high: High = None,
    null: Annotated[
        Null,
        typer.Option(
            "--null", help="Answers by mere noise: uniform, or skewed (5 or 7 options only)."
        ),
    ] = Null.uniform,
    options: Annotated[
        int | None,
        typer.Option(
            "--options",
            min=2,
            help="Response options (default: all whole numbers of the scale, else a slider).",
        ),
    ] = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Whether a scale may be averaged to groups: ICC(1), ICC(2), r_wg(j), AD.

    ICC(1) is the share of variance that lies between groups, ICC(2) the reliability of a group
    mean, r_wg(j) the agreement within groups, AD the average deviation from the group's mean in
    the unit of the response scale. Groups under 5 persons are not shown one by one.

    Example:

    satuhati survey aggregate answers.csv --group rw --scale "trust=t1,t2-,t3" --min 1 --max 5
    """
    from satuhati.core.surveys.aggregation import aggregate

    t = words(lang)
    scales, table, numbers, said = read_scales(answers, scale, instrument, low, high)
    labels = table.texts(group)
    found = {
        s.name: aggregate(columns_of(numbers, s), labels, s, null=null.value, options=options)
        for s in scales
    }
    if json:
        doubts = [d.message(t.lang) for d in said]
        for name, a in found.items():
            doubts += [of_scale(name, d, t) for d in a.warnings]
        print_json({"group": group, "scales": found, "warnings": doubts}, t.lang)
        return
    print_table(
        t("Scales averaged by {group}", group=group),
        [
            t("Scale"),
            t("Persons"),
            t("Groups"),
            t("ICC(1)"),
            t("ICC(2)"),
            t("Mean r_wg(j)"),
            t("Median r_wg(j)"),
            t("Mean AD"),
        ],
        [
            [
                name,
                t.number(a.n),
                t.number(a.groups),
                t.number(a.icc1, 3),
                t.number(a.icc2, 3),
                t.number(a.rwg_mean, 3),
                t.number(a.rwg_median, 3),
                t.number(a.ad_mean, 3),
            ]
            for name, a in found.items()
        ],
        right=(1, 2, 3, 4, 5, 6, 7),
    )
    print_warnings(said, t)
    for name, a in found.items():
        for doubt in a.warnings:
            print(f"! {of_scale(name, doubt, t)}")


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
