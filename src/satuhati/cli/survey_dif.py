"""``satuhati survey dif``: do items work alike for all groups?

Core and formats are imported inside the command: only a command that runs pays their start-up.
"""

from __future__ import annotations

from typing import Annotated

import typer

from satuhati.cli._common import Json, Lang, guarded, print_json, print_table, print_warnings, words
from satuhati.cli._instruments import Instrument, read_scales
from satuhati.cli._surveys import Answers, High, Low, Scales, columns_of


def register(survey: typer.Typer) -> None:
    survey.command("dif")(dif_command)


@guarded
def dif_command(
    answers: Answers,
    group: Annotated[str, typer.Option("--group", help="Column of groups to compare.")],
    scale: Scales = None,
    instrument: Instrument = None,
    low: Low = None,
    high: High = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Items that people of equal standing answer differently by group (ordinal logistic DIF).

    Uniform: the item is easier for a group at every standing; non-uniform: it depends on the
    standing. How much it matters is told by the rise of McFadden's R-squared: from .035 moderate,
    from .070 large. With groups under 100 persons this is shown, not judged.

    Example:

    satuhati survey dif answers.csv --scale "trust=t1,t2-,t3" --min 1 --max 5 --group sex
    """
    from satuhati.core.surveys.dif import item_dif

    t = words(lang)
    scales, table, numbers, doubts = read_scales(answers, scale, instrument, low, high)
    labels = table.texts(group)
    found = {s.name: item_dif(columns_of(numbers, s), labels, s) for s in scales}
    warnings = [*doubts]
    for one in found.values():
        warnings += [d for d in one.warnings if d not in warnings]
    if json:
        told = {
            name: {
                "groups": one.groups,
                "items": {
                    item: {
                        "n": x.n,
                        "uniform": _step(x.uniform),
                        "nonuniform": _step(x.nonuniform),
                        "r_squared": x.r_squared,
                        "size": x.size,
                    }
                    for item, x in one.items.items()
                },
            }
            for name, one in found.items()
        }
        print_json({"scales": told, "warnings": warnings}, t.lang)
        return
    sizes = {
        "negligible": t("negligible"),
        "moderate": t("moderate"),
        "large": t("large"),
        None: "",
    }
    for name, one in found.items():
        people = ", ".join(f"{g} {t.number(n)}" for g, n in one.groups.items())
        print_table(
            t("Items of {scale} between groups: {people}", scale=name, people=people),
            [
                t("Item"),
                t("Uniform (chi-square)"),
                "p",
                t("Non-uniform (chi-square)"),
                "p",
                t("Rise of R-squared"),
                t("Size"),
            ],
            [
                [
                    item,
                    *(
                        cell
                        for step in (x.uniform, x.nonuniform)
                        for cell in (
                            t.number(step[0] if step else None, 2),
                            t.number(step[2] if step else None, 3),
                        )
                    ),
                    t.number(x.r_squared, 4),
                    sizes[x.size],
                ]
                for item, x in one.items.items()
            ],
            right=(1, 2, 3, 4, 5),
        )
    print_warnings(warnings, t)


def _step(step: tuple[float, int, float] | None) -> dict[str, float | int] | None:
    return None if step is None else {"chisq": step[0], "df": step[1], "pvalue": step[2]}
