"""``satuhati demo``: the packaged example, from its records to the report.

Core and formats are imported inside the command: ``--help`` must not wait for Polars.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from satuhati.cli._common import Json, Lang, guarded, print_json, words


def register(app: typer.Typer) -> None:
    app.command("demo")(demo)


@guarded
def demo(
    out: Annotated[
        Path, typer.Option("--out", help="Folder to write the reports to; made if missing.")
    ] = Path("satuhati-demo"),
    check: Annotated[
        bool, typer.Option("--check", help="Only prove that it works; keep nothing.")
    ] = False,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Report of the synthetic example community, its dates moved by whole weeks up to today.

    Example: satuhati demo --out satuhati-demo
    """
    t = words(lang)
    from satuhati.cli.profile import as_object, write_reports
    from satuhati.core.profile.assemble import dossier
    from satuhati.examples.generate import example_folder
    from satuhati.formats.atomic import make_folder, temporary_folder, write_all
    from satuhati.formats.package import read_any
    from satuhati.reports.narrative import summary
    from satuhati.schema.measures import measures

    data, doubts = read_any(example_folder())
    latest = data.latest_dates()["as_of"].max()
    if isinstance(latest, date):
        today = date.today()  # noqa: DTZ011  the reader's own day; the core has no clock
        data = data.shifted((today - latest).days // 7 * 7)
    full = dossier(data, data.communities[0])
    target = temporary_folder() if check else make_folder(out)
    with target as place:
        written = write_reports(
            full,
            t.lang,
            html=place / "laporan.html",
            pdf=place / "laporan.pdf",
            docx=place / "laporan.docx",
        )
        result = as_object(full.profile, doubts, t.lang)
        text = json.dumps(result, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
        write_all({place / "profil.json": text.encode()})
        written.append(place / "profil.json")
        if as_json:
            print_json(result, t.lang)
            return
        if not check:
            for sentence in summary(full, measures(), t):
                print(sentence)
            print()
            print(t("All people and figures of the example are invented."))
        for path in written:
            print(t("Report: {path}", path=path.name if check else path))
