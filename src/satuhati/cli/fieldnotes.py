"""``satuhati fieldnotes``: do coders agree?

Core and formats are imported inside the commands: only a command that runs pays their start-up.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from satuhati.errors import Doubt, InputError, Problem

if TYPE_CHECKING:
    from satuhati.core.fieldnotes.agreement import Agreement
    from satuhati.formats.tables import TextTable
    from satuhati.text import Translator


class MetricName(StrEnum):
    """How far apart two values are."""

    nominal = "nominal"
    ordinal = "ordinal"
    interval = "interval"
    ratio = "ratio"


def register(app: typer.Typer) -> None:
    fieldnotes = typer.Typer(no_args_is_help=True, help="Field notes: do coders agree?")
    fieldnotes.command("agreement")(agreement_command)
    app.add_typer(fieldnotes, name="fieldnotes")


@guarded
def agreement_command(
    codings: Annotated[
        Path, typer.Argument(help="unit, coder, value — one row a coding: .csv, .csv.gz, .parquet.")
    ],
    metric: Annotated[
        MetricName, typer.Option("--metric", help="Words are nominal; the others need numbers.")
    ] = MetricName.nominal,
    bootstrap: Annotated[
        int, typer.Option("--bootstrap", min=0, max=100_000, help="Resamples of units (0: none).")
    ] = 1000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the resamples.")] = 0,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Krippendorff's alpha with its interval, Fleiss' kappa, and Cohen's for two coders.

    Any number of coders; an empty value is a coding that was not given. From .800 on agreement is
    called reliable, from .667 tentative. Fleiss' kappa needs the same number of coders for every
    unit.

    Example:

    satuhati fieldnotes agreement codings.csv --metric ordinal --seed 1
    """
    from satuhati.core.fieldnotes.agreement import agreement
    from satuhati.core.results import plain
    from satuhati.formats.tables import read_table

    t = words(lang)
    table = read_table(codings)
    units, coders, values = _codings(table, metric.value)
    found = agreement(units, coders, values, metric=metric.value, bootstrap=bootstrap, seed=seed)
    doubts = [*table.doubts, *found.warnings]
    if not table.n_rows:
        doubts.append(Doubt("no_rows", {"file": table.name}))
    if json:
        result = plain(found, t.lang)
        result.update({"bootstrap": bootstrap, "seed": seed, "warnings": doubts})
        print_json(result, t.lang)
        return
    _show(found, t)
    print_warnings(doubts, t)


def _codings(table: TextTable, metric: str) -> tuple[list[str], list[str], list[str] | list[float]]:
    table.require("unit", "coder", "value")
    units = table.texts("unit", required=True)
    coders = table.texts("coder", required=True)
    first: dict[tuple[str | None, str | None], int] = {}
    problems = []
    for line, key in zip(table.lines, zip(units, coders, strict=True), strict=True):
        if key in first:
            problems.append(
                Problem("row_repeated", table.name, line, "coder",
                        {"what": f"{key[0]}, {key[1]}", "first": first[key]})
            )  # fmt: skip
        first.setdefault(key, line)
    if problems:
        raise InputError(problems)
    words_given = table.texts("value")
    keep = [i for i, v in enumerate(words_given) if v is not None]
    values: list[str] | list[float]
    if metric == "nominal":
        values = [str(words_given[i]) for i in keep]
    else:
        numbers = table.numbers("value", low=0 if metric == "ratio" else None)
        values = [float(numbers[i]) for i in keep]
    return [str(units[i]) for i in keep], [str(coders[i]) for i in keep], values


def _show(found: Agreement, t: Translator) -> None:
    if found.label is None:
        print(t("Agreement cannot be told from these codings."))
    elif found.label == "reliable":
        print(t("The coders agree well enough to rely on the codes."))
    elif found.label == "tentative":
        print(t("The coders agree well enough for tentative conclusions only."))
    else:
        print(t("The coders do not agree well enough: go through the codebook together."))

    def figure(value: float | None) -> str:
        return t.number(value, 3)

    between = "–" if found.interval is None else " – ".join(figure(v) for v in found.interval)
    rows = [
        [t("Krippendorff's alpha ({metric})", metric=found.metric),
         figure(found.krippendorff_alpha), between],
        [t("Fleiss' kappa"), figure(found.fleiss_kappa), "–"],
    ]  # fmt: skip
    if found.cohen_kappa is not None:
        rows += [
            [t("Cohen's kappa"), figure(found.cohen_kappa.unweighted), "–"],
            [t("Cohen's kappa, linear weights"), figure(found.cohen_kappa.linear), "–"],
            [t("Cohen's kappa, quadratic weights"), figure(found.cohen_kappa.quadratic), "–"],
        ]
    print_table(
        t("Agreement: {coders} coders, {units} units", coders=t.number(found.coders),
          units=t.number(found.units)),
        [t("Coefficient"), t("Value"), "95 %"],
        rows,
        right=(1, 2),
    )  # fmt: skip
