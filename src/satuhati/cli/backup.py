"""``satuhati backup`` and ``satuhati restore``: all of a server's data folder in one file.

The web app's part is imported inside the commands: ``--help`` must not wait for it.
"""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from satuhati.cli._common import (
    Json,
    Lang,
    guarded,
    print_json,
    print_warnings,
    words,
    working,
)
from satuhati.cli.serve import Data, need_web, use_data
from satuhati.errors import Doubt, InputError, Problem


def register(app: typer.Typer) -> None:
    app.command("backup")(backup)
    app.command("restore")(restore)


def data_folder(given: Path | None) -> Path:
    """The data folder of a server on SQLite. Raises :class:`InputError` for PostgreSQL."""
    use_data(given)
    from satuhati.web import environment

    if environment.text("DATABASE_URL"):
        raise InputError(Problem("backup_postgresql"))
    return environment.data_path()


@guarded
def backup(
    file: Annotated[Path, typer.Argument(help="The archive to write, such as satuhati.tar.gz.")],
    data: Data = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the file if it exists.")
    ] = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Everything that cannot be made again: database, uploads and secret. The server may run on.

    Whoever has the file can read all records: keep it as safe as the server.

    Example: satuhati backup /media/usb/satuhati-2026-11-21.tar.gz
    """
    t = words(lang)
    need_web(t)
    folder = data_folder(data)
    from satuhati.web.backup import make_backup

    with working(t("Copying …")):
        made = make_backup(folder, file, overwrite=overwrite)
    size = file.stat().st_size
    doubts = [Doubt("secret_elsewhere")] if "SATUHATI_SECRET_KEY" in os.environ else []
    if json:
        print_json({"file": str(file), "size": size, **shown(made), "warnings": doubts}, t.lang)
        return
    communities = t.plural("{n} community", "{n} communities", made.communities)
    print(
        t(
            "Backup: {file} ({communities}, {size} MB).",
            file=file,
            communities=communities,
            size=t.number(size / 1e6, 1),
        )
    )
    print(t("It holds every record and the server's secret: keep it as safe as the server."))
    print_warnings(doubts, t)


@guarded
def restore(
    file: Annotated[Path, typer.Argument(help="An archive that 'satuhati backup' wrote.")],
    data: Data = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="Also into a folder that is not empty; it is moved aside."),
    ] = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Put a backup in place, all of it or nothing. Stop the server first.

    Example: satuhati restore satuhati-2026-11-21.tar.gz --data /srv/satuhati
    """
    t = words(lang)
    need_web(t)
    folder = data_folder(data)
    from satuhati.web.backup import restore as put_back

    with working(t("Copying …")):
        found, aside = put_back(file, folder, force=force)
    doubts = [Doubt("set_aside", {"folder": str(aside)})] if aside is not None else []
    if json:
        print_json({"data": str(folder), **shown(found), "warnings": doubts}, t.lang)
        return
    print(
        t(
            "Restored into {folder}: {communities}, as of {moment} UTC.",
            folder=folder,
            communities=t.plural("{n} community", "{n} communities", found.communities),
            moment=found.made_at[:16].replace("T", " "),
        )
    )
    print_warnings(doubts, t)
    print(t("Start it with: {command}", command=f"satuhati serve --data {folder}"))


def shown(made: Any) -> dict[str, Any]:
    """A backup for ``--json``: counts instead of the list of files."""
    return {**asdict(made), "files": len(made.files)}
