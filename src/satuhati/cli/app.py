"""Assembles the commands; each noun registers its own, so that start-up stays light."""

from __future__ import annotations

import importlib
import importlib.util
import os

import typer

# The matrices here are small: threads of the linear algebra cost more than they give. Must be
# set before NumPy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

NOUNS = (
    "profile",
    "folder",
    "survey",
    "network",
    "meeting",
    "fieldnotes",
    "outreach",
    "indicator",
    "plan",
    "demo",
)

app = typer.Typer(
    name="satuhati",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="From a community's records to a triangulated profile of its capacity.",
)


for _noun in NOUNS:
    if importlib.util.find_spec(f"satuhati.cli.{_noun}"):
        importlib.import_module(f"satuhati.cli.{_noun}").register(app)


def main() -> None:
    """Entry point of the ``satuhati`` command."""
    app()
