"""``satuhati serve``: the web app and its worker.

Django is imported inside the command: ``--help`` must not wait for it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from satuhati.cli._common import Lang, guarded, words
from satuhati.errors import InputError, MissingExtraError, Problem
from satuhati.text import Translator

PORT = 8000
Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")]
Host = Annotated[str, typer.Option("--host", help="Address to listen on.")]
Data = Annotated[
    Path | None,
    typer.Option("--data", help="Folder of database, uploads and secret. Also SATUHATI_DATA."),
]


def register(app: typer.Typer) -> None:
    app.command("serve")(serve)


def use_data(folder: Path | None) -> None:
    """Let the web app keep its things in ``folder``; before any of it is imported."""
    if folder is not None:
        os.environ["SATUHATI_DATA"] = str(folder.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "satuhati.web.settings")


def need_web(t: Translator) -> None:
    """Raises :class:`MissingExtraError` where the web extra is not installed."""
    try:
        import django  # noqa: F401  optional extra: web
        import granian  # noqa: F401
    except ModuleNotFoundError:
        raise MissingExtraError("web", t("the web app")) from None


def need_port(host: str, port: int) -> None:
    """Raises :class:`InputError` where something else listens already."""
    from satuhati.web.server import is_free

    if not is_free(host, port):
        raise InputError(Problem("port_taken", fields={"port": port}))


def prepared(*, pages: bool = True) -> None:
    """Bring the data folder up to date; wrong settings are said plainly.

    Without ``pages`` only what the database needs.
    """
    from django.core.exceptions import ImproperlyConfigured

    from satuhati.web.server import prepare, prepare_database

    try:
        prepare() if pages else prepare_database()
    except ImproperlyConfigured as error:
        raise InputError(Problem("setting_wrong", fields={"why": str(error)})) from None


@guarded
def serve(
    port: Port = PORT,
    host: Host = "127.0.0.1",
    data: Data = None,
    lang: Lang = None,
) -> None:
    """Serve your communities: the web app and its worker, until stopped with Ctrl+C.

    Example: satuhati serve --port 8000 --data data/
    """
    t = words(lang)
    need_web(t)
    use_data(data)
    need_port(host, port)
    prepared()
    from satuhati.web.server import supervise

    def ready() -> None:
        shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::", "::1") else host  # noqa: S104
        print(t("Satu Hati is at http://{host}:{port}/  (stop: Ctrl+C)", host=shown, port=port),
              flush=True)  # fmt: skip

    raise typer.Exit(supervise(host, port, ready))
