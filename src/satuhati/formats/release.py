"""A release of survey answers as files: data in the formats asked for, and what explains them.

Beside the data there are always a codebook as a workbook and as DDI XML. With CSV an R script
comes along that works our figures out again from that file.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection
from pathlib import Path

from satuhati.core.surveys.release import Release
from satuhati.errors import Doubt
from satuhati.formats.atomic import make_folder, write_all
from satuhati.text import Language

FORMATS = ("csv", "xlsx", "sav", "parquet")


def release_files(
    found: Release, formats: Collection[str], lang: Language
) -> tuple[dict[str, bytes], tuple[Doubt, ...]]:
    """Names and contents of all files of a release, and what a format could not hold.

    ``formats``: some of :data:`FORMATS`. Raises ``MissingExtraError`` for SPSS without pyreadstat.
    """
    from satuhati.core.surveys.release_figures import figures  # SciPy: only when files are made
    from satuhati.formats import release_ddi, release_r, release_tables

    stem = file_stem(found)
    files: dict[str, bytes] = {}
    doubts: list[Doubt] = []
    if "csv" in formats:
        files[f"{stem}.csv"] = release_tables.csv_bytes(found)
        script = release_r.script(found, figures(found), f"{stem}.csv", lang)
        files[f"{stem}.R"] = script.encode()
    if "xlsx" in formats:
        files[f"{stem}.xlsx"] = release_tables.data_workbook(found, lang)
    if "parquet" in formats:
        files[f"{stem}.parquet"] = release_tables.parquet_bytes(found)
    if "sav" in formats:
        from satuhati.formats import release_sav  # pyreadstat: an extra

        with tempfile.TemporaryDirectory(prefix="satuhati-spss-") as place:
            path = Path(place) / f"{stem}.sav"
            doubts += release_sav.write_sav(found, path, lang)
            files[path.name] = path.read_bytes()
    files[f"{stem}_codebook.xlsx"] = release_tables.codebook_workbook(found, lang)
    names = [name for name in files if not name.endswith((".R", "_codebook.xlsx"))]
    files[f"{stem}_ddi.xml"] = release_ddi.document(found, names, lang)
    return files, tuple(doubts)


def write_release(
    found: Release, folder: Path, formats: Collection[str], lang: Language
) -> tuple[tuple[str, ...], tuple[Doubt, ...]]:
    """Write all files of a release into ``folder``, all or none; their names, and doubts."""
    files, doubts = release_files(found, formats, lang)
    make_folder(folder)
    write_all({folder / name: content for name, content in files.items()})
    return tuple(files), doubts


def file_stem(found: Release) -> str:
    """A file name for the release: the instrument's code, in plain letters."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", found.instrument).strip("_") or "answers"
