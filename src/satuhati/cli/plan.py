"""``satuhati plan``: which of the four strategies fit the gaps that the records show.

Core and formats are imported inside the command: ``--help`` must not wait for Polars.
"""

from __future__ import annotations

from pathlib import Path
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
)
from satuhati.cli.profile import choose, figure, measure_words, parse_date, where_words


def register(app: typer.Typer) -> None:
    plan = typer.Typer(no_args_is_help=True, help="From gaps to strategies.")
    plan.command("suggest")(suggest)
    app.add_typer(plan, name="plan")


@guarded
def suggest(
    folder: Annotated[Path, typer.Argument(help="Folder of CSV files, or one Excel workbook.")],
    community: Annotated[
        str | None, typer.Option("--community", help="Which community, if there are several.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Last day that counts (default: the latest).")
    ] = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Gaps, the most certain first, and the strategies each of them points to.

    Example: satuhati plan suggest records/
    """
    t = words(lang)
    end = parse_date(as_of, "--as-of")
    from satuhati.core.profile.build import profile
    from satuhati.core.results import plain
    from satuhati.formats.package import read_any
    from satuhati.framework import STRATEGIES

    data, doubts = read_any(folder, community=community)
    found = profile(data, choose(data.communities, community), end)
    pieces = {
        (p.measure, p.population, p.subject): p
        for cell in (*found.components, *found.functions)
        for p in cell.evidence
    }
    cautions = {s.strategy: s.cautions for s in found.strategies}
    rows = []
    for gap in found.gaps:
        piece = pieces.get((gap.measure, gap.population, gap.subject))
        reason = t(
            "{measure}: {value}, wholly under the target of {target}",
            measure=measure_words(gap.measure, t),
            value=figure(gap.value, gap.interval, t),
            target=t.number(gap.target),
        )
        rows.append(
            {
                "component": gap.component,
                "level": gap.level,
                "population": gap.population,
                "strategies": list(gap.strategies),
                "reason": reason,
                "evidence": [] if piece is None else [plain(piece, t.lang)],
                "shortfall": gap.certain_shortfall,
                "cautions": [
                    d.message(t.lang) for s in gap.strategies for d in cautions.get(s, ())
                ],
            }
        )
    if as_json:
        warnings = plain((*doubts, *found.warnings), t.lang)
        print_json({"gaps": rows, "warnings": warnings}, t.lang)
        return
    if not rows:
        print(t("No gap is certain yet."))
    else:
        print_table(
            t("Gaps and the strategies they point to"),
            (t("Where"), t("Reason"), t("Strategies")),
            (
                (
                    where_words(g.component, g.level, g.population, t),
                    str(row["reason"]),
                    ", ".join(STRATEGIES[s].label(t.lang) for s in g.strategies),
                )
                for g, row in zip(found.gaps, rows, strict=True)
            ),
        )
    print_warnings((*doubts, *found.warnings), t)
