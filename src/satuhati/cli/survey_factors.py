"""``satuhati survey factors``: how many things a set of items measures, and which.

Core and formats are imported inside the command: only a command that runs pays their start-up.
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
    TOO_MANY_ANSWERS,
    Answers,
    invalid,
    matrix,
    not_with,
    parse_items,
    read_items,
    span,
)

if TYPE_CHECKING:
    from satuhati.core.surveys.dimensionality import Exploration
    from satuhati.text import Translator


def register(survey: typer.Typer) -> None:
    survey.command("factors")(factors_command)


@guarded
def factors_command(
    answers: Answers,
    items: Annotated[
        str | None, typer.Option("--items", help="The items, with commas between.")
    ] = None,
    instrument: Instrument = None,
    nfactors: Annotated[
        int | None,
        typer.Option(
            "--nfactors", min=1, help="Factors to extract (default: as the parallel analysis says)."
        ),
    ] = None,
    polychoric: Annotated[
        bool,
        typer.Option("--polychoric", help="Polychoric correlations, for few ordered answers."),
    ] = False,
    repetitions: Annotated[
        int, typer.Option("--repetitions", min=20, help="Shuffles of the parallel analysis.")
    ] = 100,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the shuffles.")] = 1,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """How many factors lie behind the items (parallel analysis, MAP), and their loadings.

    Minimum residuals with oblimin rotation: factors may correlate ("phi"). RMSEA and TLI tell
    how well so many factors fit; KMO whether the items share enough to be factored.

    Example:

    satuhati survey factors answers.csv --items a1,a2,a3,c1,c2,c3 --nfactors 2
    """
    from satuhati.core.surveys.dimensionality import explore

    t = words(lang)
    if items is not None or instrument is None:
        if instrument is not None:
            raise invalid("--items", str(items), not_with("--instrument"))
        table, numbers = read_items(answers, parse_items(items or ""))
        doubts = list(table.doubts)
    else:
        _, table, numbers, doubts = read_scales(answers, None, instrument, None, None)
    try:
        with working(t("Shuffling answers …")):
            found = explore(
                matrix(numbers),
                list(numbers),
                nfactors=nfactors,
                ordered=polychoric,
                repetitions=repetitions,
                seed=seed,
            )
    except ValueError:
        raise invalid("--polychoric", ", ".join(numbers), TOO_MANY_ANSWERS) from None
    warnings = [*doubts, *found.warnings]
    if json:
        from satuhati.core.results import plain

        result = plain(found, t.lang)
        # An analysis that could not be done still has the contract's keys.
        for key in ("parallel", "map"):
            result[key] = result[key] or {"suggested": None}
        print_json({**result, "warnings": warnings}, t.lang)
        return
    _print(found, t)
    print_warnings(warnings, t)


def _print(found: Exploration, t: Translator) -> None:
    print_table(
        t("Factors"),
        [t("Figure"), t("Value")],
        [
            [t("Persons"), t.number(found.n)],
            [
                t("Factors by parallel analysis"),
                t.number(found.parallel.suggested if found.parallel else None),
            ],
            [t("Factors by MAP"), t.number(found.map.suggested if found.map else None)],
            [t("Factors extracted"), t.number(found.nfactors)],
            ["KMO", t.number(found.kmo, 3)],
            ["RMSEA", t.number(found.rmsea, 3)],
            [t("90 % interval"), span(found.rmsea_interval, t, 3)],
            ["TLI", t.number(found.tli, 3)],
            ["SRMR", t.number(found.srmr, 3)],
        ],
        right=(1,),
    )
    if not found.loadings:
        return
    factors = list(found.phi)
    print_table(
        t("Loadings"),
        [t("Item"), *factors, t("Communality")],
        [
            [
                item,
                *(t.number(row[f], 2) for f in factors),
                t.number(found.communality[item], 2),
            ]
            for item, row in found.loadings.items()
        ],
        right=range(1, len(factors) + 2),
    )
    if len(factors) > 1:
        print_table(
            t("Correlations of the factors"),
            ["", *factors],
            [[a, *(t.number(found.phi[a][b], 2) for b in factors)] for a in factors],
            right=range(1, len(factors) + 1),
        )
