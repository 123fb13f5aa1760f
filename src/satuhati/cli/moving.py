"""``satuhati import`` and ``satuhati export``: a whole community into the server, and out of it.

Django, core and formats are imported inside the commands: ``--help`` must not wait for them.
"""

from __future__ import annotations

from pathlib import Path
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
from satuhati.cli.serve import Data, need_web, prepared, use_data
from satuhati.schema import TABLES

if TYPE_CHECKING:
    from satuhati.text import Translator
    from satuhati.web.profile.moving import Taken


def register(app: typer.Typer) -> None:
    app.command("import")(import_command)
    app.command("export")(export_command)


@guarded
def import_command(
    folder: Annotated[Path, typer.Argument(help="A package folder, or a workbook (.xlsx).")],
    community: Annotated[
        str | None, typer.Option("--community", help="Only this community of several.")
    ] = None,
    code: Annotated[
        str | None, typer.Option("--as", help="The code it has on the server; default: its own.")
    ] = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Also change and remove records the server has already."),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    data: Data = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Take a community into the server: its records become those of the folder, or nothing changes.

    Says what is new, changed and removed. Accounts and roles stay as they are.

    Example: satuhati import records/ --dry-run
    """
    t = words(lang)
    need_web(t)
    use_data(data)
    prepared(pages=False)
    from satuhati.web.profile.moving import import_package

    with working(t("Copying …")):
        taken, doubts = import_package(
            folder, only=community, code=code, replace=replace, dry_run=dry_run
        )
    if json:
        found = [
            {"code": one.code, "name": one.name, "new": one.new, "tables": one.tables}
            for one in taken
        ]
        print_json({"communities": found, "dry_run": dry_run, "warnings": list(doubts)}, t.lang)
        return
    for one in taken:
        print_changes(one, t)
    print_warnings(doubts, t)
    if dry_run:
        print(t("Nothing was changed."))
        return
    names = ", ".join(one.name for one in taken)
    print(t("Taken in: {names}.", names=names))
    print(t("Next: satuhati user add … --community {code}", code=taken[0].code))


def print_changes(one: Taken, t: Translator) -> None:
    """What taking a community in changes, a row a table."""
    if one.new:
        title = t("{name} ({code}), new on this server", name=one.name, code=one.code)
    else:
        title = f"{one.name} ({one.code})"
    counts = ("added", "changed", "removed", "same")
    print_table(
        title,
        [t("Table"), t("New"), t("Changed"), t("Removed"), t("As before")],
        [(label(row["table"], t), *(t.number(row[c]) for c in counts)) for row in one.tables],
        right=range(1, 5),
    )


def label(table: str, t: Translator) -> str:
    if table.startswith("answers/"):
        return t("Answers: {name}", name=table.partition("/")[2])
    if table == "forms":
        return t("Questionnaires as workbooks")
    return TABLES[table].label(t.lang)


@guarded
def export_command(
    community: Annotated[str, typer.Argument(help="The community's code on the server.")],
    folder: Annotated[Path, typer.Argument(help="The folder to write (new or empty).")],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a package that is there.")
    ] = False,
    data: Data = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Write all records of a community as a package folder, for moving or analysing them.

    It holds everything, undisguised: keep it as you keep the attendance book.

    Example: satuhati export kelapa-dua-wetan records/
    """
    t = words(lang)
    need_web(t)
    use_data(data)
    prepared(pages=False)
    from satuhati.formats.folder import forms_in
    from satuhati.web.profile.moving import export_package

    with working(t("Copying …")):
        found = export_package(community, folder, overwrite=overwrite)
    frames = {**found.tables, **{f"answers/{n}": f for n, f in found.answers.items()}}
    tables = {name: frame.height for name, frame in frames.items() if frame.height}
    if json:
        result = {"community": community, "folder": str(folder), "tables": tables, "warnings": []}
        print_json(result, t.lang)
        return
    rows = [(label(name, t), t.number(n)) for name, n in tables.items()]
    if forms := len(forms_in(folder)):
        rows.append((label("forms", t), t.number(forms)))
    print_table(community, [t("Table"), t("Rows")], rows, right=[1])
    print(t("Written: {file}", file=folder))
