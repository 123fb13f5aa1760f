"""``satuhati survey graded``: how sharply and at what level each item tells people apart.

Core and formats are imported inside the command: only a command that runs pays their start-up.
"""

from __future__ import annotations

from typing import Annotated

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
from satuhati.cli._surveys import Answers, invalid, matrix, parse_items, read_items


def register(survey: typer.Typer) -> None:
    survey.command("graded")(graded_command)


@guarded
def graded_command(
    answers: Answers,
    items: Annotated[str, typer.Option("--items", help="The items, with commas between.")],
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Graded response model: slope a and thresholds b of items with ordered answers.

    "a" tells how sharply an item separates people, "b" at what level (0 = the average person,
    in standard deviations) each higher answer becomes as likely as not; "information" is given
    at -2, -1, 0, 1 and 2. Items must all run in one direction.

    Example:

    satuhati survey graded answers.csv --items t1,t2,t3,t4
    """
    from satuhati.core.surveys.graded import graded

    t = words(lang)
    table, numbers = read_items(answers, parse_items(items))
    try:
        with working(t("Fitting the model …")):
            found = graded(matrix(numbers), list(numbers))
    except ValueError as error:
        raise invalid("--items", items, str(error)) from None
    warnings = [*table.doubts, *found.warnings]
    if json:
        print_json(
            {
                "n": found.n,
                "loglik": found.loglik,
                "parameters": found.parameters,
                "items": found.items,
                "converged": found.converged,
                "warnings": warnings,
            },
            t.lang,
        )
        return
    print_table(
        t("Graded response model"),
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
    print_warnings(warnings, t)
