"""``satuhati survey mean | aggregate | compare``: means, groups and change.

Core and formats are imported inside the commands: only a command that runs pays their start-up.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from satuhati.cli._common import Json, Lang, guarded, print_json, print_table, print_warnings, words
from satuhati.cli._surveys import (
    Answers,
    High,
    Low,
    Scales,
    columns_of,
    invalid,
    of_scale,
    parse_scales,
    read_items,
    span,
)
from satuhati.errors import Doubt, InputError, Problem
from satuhati.text import Text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from satuhati.core.surveys.scales import Scale
    from satuhati.formats.tables import TextTable
    from satuhati.text import Translator

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
    survey.command("compare")(compare_command)


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
    json: Json = False,
    lang: Lang = None,
) -> None:
    """The mean of one variable with the error of its sampling design.

    Weights, strata, clusters and finite population as the sample was drawn; degrees of freedom
    are clusters minus strata. "deff" is the variance over that of a simple random sample.

    Example:

    satuhati survey mean answers.csv --variable trust --weights w --clusters rt --fpc n_rt
    """
    from satuhati.core.surveys.means import design_mean
    from satuhati.formats.tables import read_table

    t = words(lang)
    table = read_table(answers)
    number = _positive_number(fpc) if fpc is not None and fpc not in table.cells else None
    columns = [variable, weights, strata, clusters, fpc if number is None else None]
    table.require(*(c for c in columns if c is not None))
    y = table.numbers(variable)
    used = y == y
    w = _positive(table, weights, used, Text("bobot di atas 0", "a weight above 0"))
    population: Any = number
    if fpc is not None and number is None:
        population = _positive(
            table, fpc, used, Text("jumlah di atas 0", "a number above 0"), required=True
        )
    try:
        found = design_mean(
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
        t("Mean of {variable}", variable=variable),
        [t("Figure"), t("Value")],
        [
            [t("Mean"), t.number(found.value, 3)],
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
    scale: Scales,
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
    scales = parse_scales(scale, low, high)
    table, numbers = read_items(answers, scales)
    labels = table.texts(group)
    found = {
        s.name: aggregate(columns_of(numbers, s), labels, s, null=null.value, options=options)
        for s in scales
    }
    if json:
        doubts = [d.message(t.lang) for d in table.doubts]
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
    print_warnings(table.doubts, t)
    for name, a in found.items():
        for doubt in a.warnings:
            print(f"! {of_scale(name, doubt, t)}")


@guarded
def compare_command(
    before: Annotated[Path, typer.Argument(help="Answers of the first wave.")],
    after: Annotated[Path, typer.Argument(help="Answers of the second wave.")],
    scale: Scales,
    person: Annotated[
        str | None,
        typer.Option("--id", help="Column that names the person, where the same were asked twice."),
    ] = None,
    low: Low = None,
    high: High = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """What changed between two waves: of the same persons (--id), or of two samples.

    With --id: the mean of the differences, how many persons changed by more than the scale's
    error of measurement, who left and who came. Without: the difference of two means.

    Example:

    satuhati survey compare 2025.csv 2026.csv --scale "trust=t1,t2-,t3" --id code --min 1 --max 5
    """
    t = words(lang)
    scales = parse_scales(scale, low, high)
    first, answers1 = read_items(before, scales)
    second, answers2 = read_items(after, scales)
    doubts: list[Doubt] = [*first.doubts, *second.doubts]
    ids: tuple[dict[str, int], dict[str, int]] | None = None
    if person is None:
        doubts.append(Doubt("change_not_panel"))
    else:
        ids = (_persons(first, person, doubts), _persons(second, person, doubts))
    result = {s.name: _scale_change(s, answers1, answers2, ids) for s in scales}
    panel = None
    if ids is not None:
        stayed = ids[0].keys() & ids[1].keys()
        panel = {
            "stayed": len(stayed),
            "left": len(ids[0]) - len(stayed),
            "came": len(ids[1]) - len(stayed),
        }
        if panel["left"] or panel["came"]:
            fields = {"left": panel["left"], "came": panel["came"], "both": panel["stayed"]}
            doubts.append(Doubt("change_some_left", fields))
    if json:
        worded = [d.message(t.lang) for d in doubts]
        for name, r in result.items():
            worded += [of_scale(name, d, t) for d in r["warnings"]]
        print_json(
            {"paired": ids is not None, "scales": result, "panel": panel, "warnings": worded},
            t.lang,
        )
        return
    _print_changes(result, panel, t)
    print_warnings(doubts, t)
    for name, r in result.items():
        for doubt in r["warnings"]:
            print(f"! {of_scale(name, doubt, t)}")


def _scale_change(
    scale: Scale,
    before: dict[str, FloatArray],
    after: dict[str, FloatArray],
    ids: tuple[dict[str, int], dict[str, int]] | None,
) -> dict[str, Any]:
    """Both waves scored on one response scale, then their change and who is behind it."""
    import dataclasses

    import numpy as np

    from satuhati.core.surveys.change import paired_change, reliable_change, unpaired_change
    from satuhati.core.surveys.reliability import reliability
    from satuhati.core.surveys.scoring import response_range, score

    X, Y = columns_of(before, scale), columns_of(after, scale)
    low, high, range_doubts = response_range(np.vstack([X, Y]), scale)
    known = low < high
    one = dataclasses.replace(scale, low=low, high=high) if known else scale
    x, y = score(X, one).mean, score(Y, one).mean
    warnings: list[Doubt] = [*range_doubts]
    reliable = None
    left: float | None = None
    came: float | None = None
    if ids is None:
        change = unpaired_change(x, y)
    else:
        both = [p for p in ids[0] if p in ids[1]]
        at1 = np.array([ids[0][p] for p in both], dtype=np.int64)
        at2 = np.array([ids[1][p] for p in both], dtype=np.int64)
        change = paired_change(x[at1], y[at2])
        left = _mean([x[i] for p, i in ids[0].items() if p not in ids[1]])
        came = _mean([y[i] for p, i in ids[1].items() if p not in ids[0]])
        rows = np.array(sorted(ids[0].values()), dtype=np.int64)
        kept = x[rows][~np.isnan(x[rows])]
        sd = float(np.std(kept, ddof=1)) if len(kept) > 1 else None
        alpha = reliability(X[rows], one, with_omega=False).alpha
        reliable = reliable_change(x[at1], y[at2], sd, alpha)
        if reliable.threshold is None:
            warnings.append(Doubt("change_reliability_unknown"))
    warnings += change.warnings
    percent = 100 / (high - low) if known else None
    return {
        **{f.name: getattr(change, f.name) for f in dataclasses.fields(change)},
        "percent_before": _scaled(change.mean_before, low, percent),
        "percent_after": _scaled(change.mean_after, low, percent),
        "percent_difference": _scaled(change.difference, 0.0, percent),
        "reliable_change": reliable,
        "left_mean": left,
        "came_mean": came,
        "warnings": warnings,
    }


def _print_changes(result: dict[str, Any], panel: dict[str, int] | None, t: Translator) -> None:
    print_table(
        t("Change between two waves"),
        [
            t("Scale"),
            t("Before"),
            t("After"),
            t("Difference"),
            t("95 % interval"),
            t("Effect size"),
            t("Persons before"),
            t("Persons after"),
        ],
        [
            [
                name,
                t.number(r["mean_before"], 2),
                t.number(r["mean_after"], 2),
                t.number(r["difference"], 2),
                span(r["interval"], t, 2),
                t.number(r["effect_size"], 2),
                t.number(r["n_before"]),
                t.number(r["n_after"]),
            ]
            for name, r in result.items()
        ],
        right=(1, 2, 3, 4, 5, 6, 7),
    )
    if panel is None:
        return
    print_table(
        t("Persons who changed by more than the error of measurement"),
        [t("Scale"), t("Least change that counts"), t("Rose"), t("Fell"), t("Neither")],
        [
            [
                name,
                t.number(r["reliable_change"].threshold, 2),
                t.number(r["reliable_change"].rose),
                t.number(r["reliable_change"].fell),
                t.number(r["reliable_change"].unchanged),
            ]
            for name, r in result.items()
        ],
        right=(1, 2, 3, 4),
    )
    print(
        t(
            "Answered twice: {stayed}; left: {left}; came: {came}.",
            stayed=panel["stayed"],
            left=panel["left"],
            came=panel["came"],
        )
    )


def _persons(table: TextTable, column: str, doubts: list[Doubt]) -> dict[str, int]:
    """Where each person's row is; a person twice in one wave is an error."""
    rows: dict[str, int] = {}
    problems: list[Problem] = []
    nameless = 0
    for i, person in enumerate(table.texts(column)):
        if person is None:
            nameless += 1
        elif person in rows:
            first = table.lines[rows[person]]
            fields = {"columns": column, "first": first}
            problems.append(Problem("key_repeated", table.name, table.lines[i], column, fields))
        else:
            rows[person] = i
    if problems:
        raise InputError(problems)
    if nameless:
        doubts.append(Doubt("change_no_id", {"file": table.name, "n": nameless}))
    return rows


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


def _mean(values: list[Any]) -> float | None:
    known = [float(v) for v in values if v == v]
    return sum(known) / len(known) if known else None


def _scaled(value: float | None, low: float, factor: float | None) -> float | None:
    return None if value is None or factor is None else (value - low) * factor
