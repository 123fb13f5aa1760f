"""``satuhati survey aggregate``: agreement within groups, and difference between them.

Core and formats are imported inside the commands: only a command that runs pays their start-up.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from satuhati.cli import survey_mean
from satuhati.cli._common import Json, Lang, guarded, print_json, print_table, print_warnings, words
from satuhati.cli._instruments import Instrument, read_scales
from satuhati.cli._surveys import Answers, High, Low, Scales, columns_of, of_scale


class Null(StrEnum):
    """What answers would look like if they were mere noise."""

    uniform = "uniform"
    slight = "slight"
    moderate = "moderate"
    heavy = "heavy"


def register(survey: typer.Typer) -> None:
    survey_mean.register(survey)
    survey.command("aggregate")(aggregate_command)


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
