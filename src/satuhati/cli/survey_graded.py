"""``satuhati survey graded``: how sharply and at what level each item tells people apart.

Core and formats are imported inside the command: only a command that runs pays their start-up.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from satuhati.cli._common import Json, Lang, guarded, print_json, print_table, words, working
from satuhati.cli._instruments import Instrument, read_scales
from satuhati.cli._surveys import (
    TOO_MANY_ANSWERS,
    Answers,
    High,
    Low,
    Scales,
    columns_of,
    invalid,
    matrix,
    not_with,
    of_scale,
    parse_items,
    read_items,
)

if TYPE_CHECKING:
    from satuhati.core.surveys.graded import Graded
    from satuhati.text import Translator


def register(survey: typer.Typer) -> None:
    survey.command("graded")(graded_command)


@guarded
def graded_command(
    answers: Answers,
    items: Annotated[
        str | None, typer.Option("--items", help="The items, with commas between.")
    ] = None,
    scale: Scales = None,
    instrument: Instrument = None,
    low: Low = None,
    high: High = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Graded response model: slope a and thresholds b of items with ordered answers.

    "a" tells how sharply an item separates people, "b" at what level (0 = the average person,
    in standard deviations) each higher answer becomes as likely as not; "information" is given
    at -2, -1, 0, 1 and 2. With --items all must run in one direction; with --scale or
    --instrument one model for each scale, reversed items turned.

    Example:

    satuhati survey graded answers.csv --items t1,t2,t3,t4
    """
    from satuhati.core.surveys.graded import graded

    t = words(lang)
    if items is None:
        _each_scale(answers, scale, instrument, low, high, t, json=json)
        return
    for option, given in (("--scale", scale), ("--instrument", instrument)):
        if given is not None:
            raise invalid(option, str(given), not_with("--items"))
    table, numbers = read_items(answers, parse_items(items))
    try:
        with working(t("Fitting the model …")):
            found = graded(matrix(numbers), list(numbers))
    except ValueError:
        raise invalid("--items", items, TOO_MANY_ANSWERS) from None
    warnings = [*table.doubts, *found.warnings]
    if json:
        print_json({**_figures(found), "warnings": warnings}, t.lang)
        return
    _print(t("Graded response model"), found, t)
    for doubt in warnings:
        print(f"! {doubt.message(t.lang)}")


def _each_scale(
    answers: Path,
    scale: list[str] | None,
    instrument: str | None,
    low: float | None,
    high: float | None,
    t: Translator,
    *,
    json: bool,
) -> None:
    """A model for each scale; doubts with its name in front."""
    from satuhati.core.surveys.graded import graded
    from satuhati.core.surveys.scoring import response_range, turn

    scales, _, numbers, doubts = read_scales(answers, scale, instrument, low, high)
    told = [d.message(t.lang) for d in doubts]
    found: dict[str, Graded] = {}
    with working(t("Fitting the model …")):
        for s in scales:
            X = columns_of(numbers, s)
            first, last, more = response_range(X, s)
            try:
                found[s.name] = graded(turn(X, s.keys, first, last), s.items)
            except ValueError:
                raise invalid("--scale", s.name, TOO_MANY_ANSWERS) from None
            told += [of_scale(s.name, d, t) for d in (*more, *found[s.name].warnings)]
    if json:
        shown = {name: _figures(one) for name, one in found.items()}
        print_json({"scales": shown, "warnings": told}, t.lang)
        return
    for name, one in found.items():
        _print(t("Graded response model of {scale}", scale=name), one, t)
    for line in told:
        print(f"! {line}")


def _figures(found: Graded) -> dict[str, Any]:
    return {
        "n": found.n,
        "loglik": found.loglik,
        "parameters": found.parameters,
        "items": found.items,
        "converged": found.converged,
    }


def _print(title: str, found: Graded, t: Translator) -> None:
    print_table(
        title,
        [t("Item"), t("Slope a"), t("Thresholds b"), t("Information at 0")],
        [
            [
                name,
                t.number(item.a, 2),
                "  ".join(t.number(b, 2) for b in item.b),
                t.number(item.information[2], 2),
            ]
            for name, item in found.items.items()
        ],
        right=(1, 3),
    )
    print(t("Persons: {n}; log-likelihood: {loglik}", n=found.n, loglik=t.number(found.loglik, 2)))
