"""``satuhati survey mixed | pool``: levels and slopes of groups; communities drawn to the whole.

Core and formats are imported inside the commands: only a command that runs pays their start-up.
"""

from __future__ import annotations

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
    working,
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
    of_scale,
    once,
    p_value,
    span,
)
from satuhati.text import Text

if TYPE_CHECKING:
    from satuhati.core.surveys.mixed import Mixed
    from satuhati.core.surveys.pooling import Pooled
    from satuhati.text import Translator


def register(survey: typer.Typer) -> None:
    survey.command("mixed")(mixed_command)
    survey.command("pool")(pool_command)


@guarded
def mixed_command(
    answers: Answers,
    outcome: Annotated[str, typer.Option("--outcome", help="The column to explain: a number.")],
    group: Annotated[str, typer.Option("--group", help="Column that names each row's group.")],
    predictor: Annotated[
        list[str] | None,
        typer.Option("--predictor", help="A column of numbers that explains it. Repeatable."),
    ] = None,
    slope: Annotated[
        str | None,
        typer.Option("--slope", help="The predictor whose effect differs from group to group."),
    ] = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """A mixed model by REML: what holds for all, and how much groups differ.

    The level differs by group; with --slope also the effect of one predictor. Fixed effects with
    Satterthwaite's degrees of freedom; SDs of the groups and of what is left.

    Example:

    satuhati survey mixed answers.csv --outcome trust --predictor year --slope year --group rw
    """
    from satuhati.core.surveys.mixed import fit_mixed
    from satuhati.formats.tables import read_table

    t = words(lang)
    names = list(predictor or [])
    once(names, "--predictor")
    if outcome in names:
        raise invalid(
            "--predictor", outcome, Text("sama dengan --outcome", "the same as --outcome")
        )
    if slope is not None and slope not in names:
        names.append(slope)
    table = read_table(answers)
    table.require(outcome, group, *names)
    found = fit_mixed(
        table.numbers(outcome),
        table.texts(group),
        {name: table.numbers(name) for name in names},
        slope=slope,
    )
    warnings = [*table.doubts, *found.warnings]
    if json:
        from satuhati.core.results import plain

        result = {**plain(found, t.lang), "warnings": warnings}
        print_json({"outcome": outcome, "group": group, "slope": slope, **result}, t.lang)
        return
    _print_mixed(found, outcome, t)
    print_warnings(warnings, t)


def _print_mixed(found: Mixed, outcome: str, t: Translator) -> None:
    if not found.converged:
        return
    print_table(
        t("What explains {outcome}", outcome=outcome),
        [
            t("Effect"),
            t("Estimate"),
            t("Standard error"),
            "t",
            t("Degrees of freedom"),
            "p",
            t("95 % interval"),
        ],
        [
            [
                t("Level") if name == "(intercept)" else name,
                t.number(x.estimate, 3),
                t.number(x.se, 3),
                t.number(x.t, 2),
                t.number(x.df, 1),
                p_value(x.p, t),
                span(x.interval, t, 3),
            ]
            for name, x in found.fixed.items()
        ],
        right=range(1, 7),
    )
    rows = [
        [t("Level") if name == "(intercept)" else name, t.number(sd, 3)]
        for name, sd in found.sd.items()
    ]
    if found.correlation is not None:
        rows.append([t("Correlation of level and effect"), t.number(found.correlation, 3)])
    rows.append([t("Within groups (left over)"), t.number(found.residual_sd, 3)])
    if found.icc is not None:
        rows.append([t("Share of variance between groups (ICC)"), t.number(found.icc, 3)])
    rows += [[t("Answers"), t.number(found.n)], [t("Groups"), t.number(found.groups)]]
    print_table(t("How much groups differ"), [t("Figure"), t("Value")], rows, right=(1,))


@guarded
def pool_command(
    answers: Answers,
    group: Annotated[
        str, typer.Option("--group", help="Column that names each person's community.")
    ],
    scale: Scales = None,
    instrument: Instrument = None,
    low: Low = None,
    high: High = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the draws.")] = 1,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Many communities: each mean drawn to the whole by as little as it is known, and its rank.

    Percent of maximum (0-100). A community of few answers is drawn strongly; its interval says
    how little is known, and its ranks where it may stand among the others. Communities under 5
    persons enter but are not shown.

    Example:

    satuhati survey pool answers.csv --group desa --scale "trust=t1,t2-,t3" --min 1 --max 5
    """
    from satuhati.core.surveys.pooling import pool_scores
    from satuhati.core.surveys.scoring import score

    t = words(lang)
    scales, table, numbers, said = read_scales(answers, scale, instrument, low, high)
    labels = table.texts(group)
    found: dict[str, Pooled] = {}
    doubts = [d.message(t.lang) for d in said]
    with working(t("Drawing ranks …")):
        for s in scales:
            scored = score(columns_of(numbers, s), s)
            found[s.name] = pool_scores(scored.percent, labels, seed=seed)
            doubts += [of_scale(s.name, d, t) for d in (*scored.warnings, *found[s.name].warnings)]
    if json:
        print_json({"group": group, "scales": found, "warnings": doubts}, t.lang)
        return
    for name, pooled in found.items():
        _print_pooled(name, pooled, group, t)
    for doubt in doubts:
        print(f"! {doubt}")


def _print_pooled(name: str, p: Pooled, group: str, t: Translator) -> None:
    print_table(
        t("{scale} in all communities", scale=name),
        [t("Figure"), t("Value")],
        [
            [t("Mean of communities (percent of maximum)"), t.number(p.mean, 1)],
            [t("95 % interval"), span(p.interval, t, 1)],
            [t("SD between communities"), t.number(p.sd_between, 1)],
            [t("SD within communities"), t.number(p.sd_within, 1)],
            [t("Share of variance between groups (ICC)"), t.number(p.icc, 3)],
            [t("Persons"), t.number(p.n)],
            [t("Communities"), t.number(p.groups)],
        ],
        right=(1,),
    )
    if not p.by_group:
        return
    print_table(
        t("{scale} by {group}", scale=name, group=group),
        [
            group,
            t("Persons"),
            t("As answered"),
            t("Drawn to the whole"),
            t("95 % interval"),
            t("Ranks it may have"),
            t("Among the highest quarter (%)"),
            t("Among the lowest quarter (%)"),
        ],
        [
            [
                label,
                t.number(g.n),
                t.number(g.mean, 1),
                t.number(g.pooled, 1),
                span(g.interval, t, 1),
                f"{g.rank_interval[0]}–{g.rank_interval[1]}",
                t.number(as_percent(g.p_highest), 0),
                t.number(as_percent(g.p_lowest), 0),
            ]
            for label, g in p.by_group.items()
        ],
        right=range(1, 8),
    )
