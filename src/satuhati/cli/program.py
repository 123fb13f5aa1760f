"""Assembles the commands; each noun registers its own, so that start-up stays light."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterable

import typer

# The matrices here are small: threads of the linear algebra cost more than they give. Must be
# set before NumPy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# The first word of a command, and the module it stands in.
NOUNS = {
    "profile": "profile",
    "folder": "folder",
    "survey": "survey",
    "network": "network",
    "meeting": "meeting",
    "fieldnotes": "fieldnotes",
    "outreach": "outreach",
    "indicator": "indicator",
    "plan": "plan",
    "serve": "serve",
    "demo": "demo",
    "user": "user",
    "import": "moving",
    "export": "moving",
    "check": "check",
    "backup": "backup",
    "restore": "backup",
}
HELP = "From a community's records to a triangulated profile of its capacity."


def assemble(nouns: Iterable[str] = NOUNS) -> typer.Typer:
    """The program with these nouns; ``satuhati.cli.app`` has them all."""
    app = typer.Typer(
        name="satuhati",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=HELP,
    )

    @app.callback(help=HELP)
    def satuhati() -> None:
        """Keeps the noun in the command even where only one is assembled."""

    for module in dict.fromkeys(NOUNS[noun] for noun in nouns):
        importlib.import_module(f"satuhati.cli.{module}").register(app)
    return app


def main() -> None:
    """Entry point of the ``satuhati`` command: loads only the noun that is asked for."""
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    assemble((asked,) if asked in NOUNS else NOUNS)()
