"""``satuhati survey``: scale scores and their reliability.

Core and formats are imported inside the commands: only a command that runs pays their start-up.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from satuhati.cli import (
    survey_cfa,
    survey_compare,
    survey_dif,
    survey_export,
    survey_factors,
    survey_graded,
    survey_groups,
    survey_instrument,
    survey_models,
)
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
from satuhati.cli._instruments import Instrument, read_scales
from satuhati.cli._surveys import (
    Answers,
    High,
    Low,
    Scales,
    as_percent,
    columns_of,
    invalid,
    matrix,
    not_with,
    of_scale,
    once,
    shown,
    span,
)
from satuhati.text import Text

if TYPE_CHECKING:
    from satuhati.core.surveys.reliability import Reliability
    from satuhati.core.surveys.resampling import ScaleBootstrap
    from satuhati.core.surveys.scoring import ScaleScores
    from satuhati.text import Translator


class MissingMethod(StrEnum):
    """How empty cells enter the covariances."""

    pairwise = "pairwise"
    listwise = "listwise"


def register(app: typer.Typer) -> None:
    survey = typer.Typer(no_args_is_help=True, help="Survey answers, from scores to models.")
    survey.command("score")(score_command)
    survey.command("reliability")(reliability_command)
    survey_models.register(survey)
    survey_compare.register(survey)
    survey_factors.register(survey)
    survey_cfa.register(survey)
    survey_graded.register(survey)
    survey_dif.register(survey)
    survey_groups.register(survey)
    survey_export.register(survey)
    survey_instrument.register(survey)
    app.add_typer(survey, name="survey")


@guarded
def score_command(
    answers: Answers,
    out: Annotated[Path, typer.Option("--out", help="Where the scores go (CSV).")],
    scale: Scales = None,
    instrument: Instrument = None,
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
    from satuhati.core.surveys.rounds import clipped
    from satuhati.core.surveys.scoring import score

    t = words(lang)
    parent_exists(out, "--out")
    scales, table, numbers, doubts = read_scales(answers, scale, instrument, low, high)
    header = ["row"]
    for one in scales:
        header += [one.name, f"{one.name}_percent", f"{one.name}_answered"]
    once(header, "--scale")
    if out.exists() and answers.exists() and out.samefile(answers):
        why = Text("itu berkas jawabannya sendiri", "that is the file of answers itself")
        raise invalid("--out", out.name, why)
    scored = [score(columns_of(numbers, s), s, min_answered=min_answered) for s in scales]
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
            "percent_interval": clipped(percent.interval),
            "missing_rate": found.missing_rate,
            "low": found.low,
            "high": found.high,
            "warnings": found.warnings,
        }
    warnings = [*doubts, *(d for found in scored for d in found.warnings)]
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
                t.number(shown(r["mean"]), 2),
                t.number(shown(r["percent"]), 1),
                span(r["percent_interval"], t, 1),
                t.number(as_percent(r["missing_rate"]), 1),
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
    scale: Scales = None,
    instrument: Instrument = None,
    low: Low = None,
    high: High = None,
    missing: Annotated[
        MissingMethod,
        typer.Option("--missing", help="Empty cells: all persons of each pair, or complete rows."),
    ] = MissingMethod.pairwise,
    bootstrap: Annotated[
        int,
        typer.Option(
            "--bootstrap",
            min=0,
            max=100_000,
            help="Draws for intervals that do not assume "
            "normal answers, e.g. 2000 (default: none).",
        ),
    ] = 0,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the draws.")] = 1,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Reliability of scales: alpha with Feldt's interval, omega, and each item's part.

    Item figures are those of the keyed items: the mean of a reversed item is shown turned.
    "missing" is the share (0-1) of persons who left the item empty.

    Example:

    satuhati survey reliability answers.csv --scale "trust=t1,t2-,t3" --min 1 --max 5

    satuhati survey reliability answers.csv --instrument sci2
    """
    from satuhati.core.results import plain
    from satuhati.core.surveys.reliability import reliabilities

    t = words(lang)
    scales, _, numbers, doubts = read_scales(answers, scale, instrument, low, high)
    X, columns = matrix(numbers), list(numbers)
    found = reliabilities(X, columns, scales, missing=missing.value)
    drawn: dict[str, ScaleBootstrap] = {}
    if bootstrap:
        from satuhati.core.surveys.resampling import FEWEST_DRAWS, bootstrap_scales

        if bootstrap < FEWEST_DRAWS:
            why = Text(f"sekurangnya {FEWEST_DRAWS}", f"{FEWEST_DRAWS} at least")
            raise invalid("--bootstrap", str(bootstrap), why)
        if missing is not MissingMethod.pairwise:
            raise invalid("--bootstrap", str(bootstrap), not_with(f"--missing {missing.value}"))
        drawn = bootstrap_scales(X, columns, scales, resamples=bootstrap, seed=seed)
    if json:
        told = [d.message(t.lang) for d in doubts]
        for name, r in found.items():
            told += [of_scale(name, d, t) for d in r.warnings]
        shown_scales = plain(found, t.lang)
        for name, one in drawn.items():
            shown_scales[name]["bootstrap"] = plain(one, t.lang)
        print_json({"scales": shown_scales, "warnings": told}, t.lang)
        return
    for name, r in found.items():
        _print_reliability(name, r, drawn.get(name), t)
    print_warnings(doubts, t)


def _print_reliability(
    name: str, r: Reliability, drawn: ScaleBootstrap | None, t: Translator
) -> None:
    figures = [
        [t("Persons"), t.number(r.n)],
        [t("Items"), t.number(r.n_items)],
        [t("Alpha"), t.number(r.alpha, 3)],
        [t("95 % interval"), span(r.alpha_interval, t, 3)],
        *(
            [[t("95 % interval (bootstrap)"), span(drawn.alpha.interval, t, 3)]]
            if drawn and drawn.alpha
            else []
        ),
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
                t.number(as_percent(s.missing), 1),
            ]
            for item, s in r.items.items()
        ],
        right=(1, 2, 3, 4, 5),
    )
    for doubt in r.warnings:
        print(f"! {of_scale(name, doubt, t)}")


def _write_scores(
    out: Path, header: Sequence[str], lines: Sequence[int], scored: Sequence[ScaleScores]
) -> None:
    """All of the file or none of it.

    Cells are numbers or empty, so that no spreadsheet can take one for a formula; scale names,
    which become the header, are checked where they are parsed.
    """
    from satuhati.formats.atomic import write_all

    columns: list[list[str]] = []
    for found in scored:
        columns.append([_cell(v) for v in found.mean.tolist()])
        columns.append([_cell(v) for v in found.percent.tolist()])
        columns.append([str(v) for v in found.answered.tolist()])
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(zip(map(str, lines), *columns, strict=True))
    write_all({out: text.getvalue().encode()})


def _cell(value: float) -> str:
    return "" if value != value else repr(value)
