"""A synthetic community, and the seeded script that makes it. No person in it is real."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

FOLDER = "kelapa_dua_wetan"


def example_folder() -> Path:
    """The packaged copy (with its problems and the default seed), as a folder."""
    return Path(str(files("satuhati.examples").joinpath(FOLDER)))
