"""``satuhati survey export``: answers with labels and a codebook, for other programs.

Core and formats are imported inside the command: only a command that runs pays their start-up.
"""

from __future__ import annotations

from enum import StrEnum
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


class Format(StrEnum):
    """In what form the answers go out."""

    csv = "csv"
    xlsx = "xlsx"
    sav = "sav"
    parquet = "parquet"
    all = "all"


def register(survey: typer.Typer) -> None:
    survey.command("export")(export_command)


@guarded
def export_command(
    folder: Annotated[Path, typer.Argument(help="Folder of CSV files, or one Excel workbook.")],
    instrument: Annotated[
        str, typer.Option("--instrument", help="Code of the questionnaire (table instruments).")
    ],
    out: Annotated[Path, typer.Option("--out", help="The folder the files go to.")],
    format: Annotated[
        list[Format],
        typer.Option("--format", help="Repeatable. sav is SPSS; all is everything."),
    ] = [Format.all],  # noqa: B006  Typer's way of a default list
    round: Annotated[
        list[str] | None, typer.Option("--round", help="Only this round. Repeatable.")
    ] = None,
    background: Annotated[
        str | None,
        typer.Option(
            "--background",
            help="What to keep about people, the most wanted first (sex,age_band,…); 'none'.",
        ),
    ] = None,
    texts: Annotated[
        bool, typer.Option("--texts", help="Free text too. Read it first: it can name people.")
    ] = False,
    threshold: Annotated[
        int,
        typer.Option("--smallest", min=3, help="Fewest people that may share a background."),
    ] = 5,
    community: Annotated[
        str | None, typer.Option("--community", help="Which community, if there are several.")
    ] = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Answers to a questionnaire with labels, a codebook (XLSX, DDI XML) and a check in R.

    Nobody is named and no order of arrival is kept; what people look like from outside is
    emptied until every combination of it is shared by five answers. Labels are in the language
    of --lang; the codebooks hold both. The R script, written with csv, works alpha and one-factor
    models out again from the file.

    Example:

    satuhati survey export records/ --instrument warga --out export/ --format sav
    """
    t = words(lang)
    from satuhati.core.surveys.anonymity import BACKGROUND
    from satuhati.core.surveys.release import release
    from satuhati.formats.choose import choose, the_one
    from satuhati.formats.package import read_any
    from satuhati.formats.release import FORMATS, write_release

    data, doubts = read_any(folder, community=community)
    data = choose(data, community)
    kept: tuple[str, ...] = BACKGROUND
    if background is not None:
        named = (name.strip() for name in background.split(","))
        kept = tuple(name for name in named if name and name != "none")
    found = release(
        data,
        the_one(data),
        instrument,
        rounds=round or None,
        background=kept,
        texts=texts,
        threshold=threshold,
    )
    chosen = FORMATS if Format.all in format else tuple(dict.fromkeys(f.value for f in format))
    files, cut = write_release(found, out, chosen, t.lang)
    warnings = [*doubts, *found.warnings, *cut]
    if json:
        print_json(
            {
                "instrument": found.instrument,
                "rounds": [r.code for r in found.rounds],
                "n": found.frame.height,
                "variables": len(found.variables),
                "out": str(out),
                "files": list(files),
                "warnings": warnings,
            },
            t.lang,
        )
        return
    print_table(
        t("Answers of {instrument}", instrument=found.instrument),
        [t("Round"), t("Wave"), t("Answers")],
        [[r.code, t.number(r.wave), t.number(r.answered)] for r in found.rounds],
        right=(1, 2),
    )
    for name in files:
        print(t("Written: {file}", file=out / name))
    print_warnings(warnings, t)
