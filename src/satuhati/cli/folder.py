"""``satuhati folder``: a community's records as a folder of CSV files or an Excel workbook.

Core and formats are imported inside the commands: only a command that runs pays their start-up.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
from satuhati.errors import Doubt
from satuhati.schema import STRANDS, TABLES

if TYPE_CHECKING:
    from satuhati.core.community import CommunityData
    from satuhati.text import Translator

MaxMb = Annotated[
    float,
    typer.Option(
        "--max-mb", envvar="SATUHATI_MAX_MB", min=1, help="Largest input to read, in MB, unpacked."
    ),
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace what is there, if it is of the same kind.")
]


def register(app: typer.Typer) -> None:
    folder = typer.Typer(
        no_args_is_help=True, help="A community's records: check, start, convert, upgrade."
    )
    folder.command("check")(check_command)
    folder.command("new")(new_command)
    folder.command("fromxlsx")(fromxlsx_command)
    folder.command("toxlsx")(toxlsx_command)
    folder.command("upgrade")(upgrade_command)
    app.add_typer(folder, name="folder")


@guarded
def check_command(
    path: Annotated[Path, typer.Argument(help="A package folder, or a workbook (.xlsx).")],
    community: Annotated[
        str | None, typer.Option("--community", help="Only this community of several.")
    ] = None,
    max_mb: MaxMb = 200,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Check a folder or workbook: types, codes, references; what is there and what is not.

    Every problem is listed with file, row and column (up to 50), and the exit code is 2.

    Example: satuhati folder check records/
    """
    t = words(lang)
    from satuhati.formats.package import read_any
    from satuhati.schema.choices import strand_label

    data, warnings = read_any(path, community=community, max_mb=max_mb)
    found = contents(data)
    if json:
        print_json({**found, "warnings": list(warnings)}, t.lang)
        return
    names = [c["name"] for c in found["communities"]]
    title = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    rows = [
        (TABLES[name].label(t.lang), f"{name}.csv", t.number(n))
        for name, n in found["tables"].items()
    ]
    rows += [
        (t("Answers: {name}", name=name), f"answers/{name}.csv", t.number(n))
        for name, n in found["answers"].items()
    ]
    if rows:
        print_table(title or path.name, [t("Table"), t("File"), t("Rows")], rows, right=[2])
    if found["absent"]:
        labels = [strand_label(s)(t.lang) for s in found["absent"]]
        print(t("No evidence yet: {strands}.", strands=", ".join(labels)))
    print_warnings(warnings, t)
    print(t("No problems found."))


def contents(data: CommunityData) -> dict[str, Any]:
    """Rows per table, and strands with and without any; as ``folder check --json`` prints it."""
    tables = {n: data.tables[n].height for n in TABLES if data.tables[n].height}
    answers = {n: f.height for n, f in data.answers.items()}
    present = {TABLES[n].strand for n in tables}
    present |= {"surveys"} if any(answers.values()) else set()
    community = data.tables["community"]
    return {
        "communities": community.select("id", "name", "synthetic").to_dicts(),
        "schema_version": data.schema_version,
        "tables": tables,
        "answers": answers,
        "strands": {s: s in present for s in STRANDS},
        "absent": [s for s in STRANDS if s not in present],
    }


@guarded
def new_command(
    path: Annotated[
        Path, typer.Argument(help="The folder to make (new or empty), or a workbook (.xlsx).")
    ],
    every: Annotated[
        bool, typer.Option("--all", help="Every table, not only those most begin with.")
    ] = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Start an empty folder or workbook: a header for each table, and how to fill them in.

    Example: satuhati folder new records/   or   satuhati folder new records.xlsx
    """
    t = words(lang)
    from satuhati.formats.folder import TEMPLATE, new_folder

    tables = tuple(TABLES) if every else TEMPLATE
    if path.suffix.lower() == ".xlsx":
        _new_workbook(path, tables, json, t)
        return
    files = new_folder(path, tables=tables)
    if json:
        print_json({"folder": str(path), "files": list(files), "warnings": []}, t.lang)
        return
    print(t("Made {folder} with {n} files; README.md says where to begin.",
            folder=path, n=t.number(len(files))))  # fmt: skip


def _new_workbook(path: Path, tables: tuple[str, ...], json: bool, t: Translator) -> None:
    from satuhati.core.community import CommunityData
    from satuhati.formats.workbook_write import write_workbook

    names = write_workbook(CommunityData.of({}), path, lang=t.lang, tables=tables)
    if json:
        print_json({"workbook": str(path), "sheets": list(names), "warnings": []}, t.lang)
        return
    print(t("Made {workbook} with {n} sheets; the first says where to begin.",
            workbook=path, n=t.number(len(names))))  # fmt: skip


@guarded
def fromxlsx_command(
    file: Annotated[Path, typer.Argument(help="The workbook (.xlsx).")],
    path: Annotated[Path, typer.Argument(help="The folder to write; must be new or empty.")],
    overwrite: Overwrite = False,
    max_mb: MaxMb = 200,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Turn an Excel workbook into a folder of CSV files, checking everything on the way.

    Example: satuhati folder fromxlsx records.xlsx records/
    """
    t = words(lang)
    from satuhati.formats.folder import write_folder
    from satuhati.formats.workbook_read import read_workbook

    data, warnings = read_workbook(file, max_mb=max_mb)
    write_folder(data, path, overwrite=overwrite)
    if json:
        found = contents(data)
        print_json({"folder": str(path), **found, "warnings": list(warnings)}, t.lang)
        return
    print_warnings(warnings, t)
    print(t("Wrote {place}.", place=path))


@guarded
def toxlsx_command(
    path: Annotated[Path, typer.Argument(help="The package folder.")],
    file: Annotated[Path, typer.Argument(help="The workbook to write (.xlsx).")],
    overwrite: Overwrite = False,
    max_mb: MaxMb = 200,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Turn a folder into an Excel workbook with drop-downs and a help sheet.

    Sheets, columns and choices bear Indonesian words, with --lang en English ones.

    Example: satuhati folder toxlsx records/ records.xlsx
    """
    t = words(lang)
    from satuhati.formats.folder import forms_in, read_folder, tables_in
    from satuhati.formats.workbook_write import write_workbook

    data, warnings = read_folder(path, max_mb=max_mb)
    if forms := forms_in(path):
        names = ", ".join(one.instrument for one in forms[:8])
        warnings = (*warnings, Doubt("package_forms_left", {"names": names}))
    write_workbook(data, file, overwrite=overwrite, lang=t.lang, tables=tables_in(path))
    if json:
        found = contents(data)
        print_json({"workbook": str(file), **found, "warnings": list(warnings)}, t.lang)
        return
    print_warnings(warnings, t)
    print(t("Wrote {place}.", place=file))


@guarded
def upgrade_command(
    path: Annotated[Path, typer.Argument(help="The package folder.")],
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Bring an older folder to the present schema version; the old one is kept beside it.

    Example: satuhati folder upgrade records/
    """
    t = words(lang)
    from satuhati.formats.upgrade import upgrade_folder

    done = upgrade_folder(path)
    if json:
        backup = str(done.backup) if done.backup else None
        result = {"folder": str(path), "from": done.found, "to": done.now, "backup": backup}
        print_json({**result, "warnings": []}, t.lang)
    elif done.backup is None:
        print(t("Already at version {version}; nothing to do.", version=done.now))
    else:
        print(t("Brought from version {old} to {new}; the old folder is kept as {backup}.",
                old=done.found, new=done.now, backup=done.backup))  # fmt: skip
