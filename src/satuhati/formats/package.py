"""A community's records, whatever they came in: a folder of CSV files or an Excel workbook."""

from __future__ import annotations

from pathlib import Path

from satuhati.core.community import CommunityData
from satuhati.errors import Doubt, InputError, Problem
from satuhati.formats.csvtext import MAX_MB
from satuhati.formats.folder import read_folder

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xltx", ".xlsb")


def read_any(
    path: str | Path, *, community: str | None = None, max_mb: float = MAX_MB
) -> tuple[CommunityData, tuple[Doubt, ...]]:
    """Read a package folder or a workbook; ``community`` picks one of several.

    Raises :class:`InputError`: see :func:`~satuhati.formats.folder.read_folder` and
    :func:`~satuhati.formats.workbook_read.read_workbook`.
    """
    place = Path(path)
    if place.suffix.lower() in WORKBOOKS and not place.is_dir():
        from satuhati.formats.workbook_read import read_workbook  # start-up time

        return read_workbook(place, community=community, max_mb=max_mb)
    if place.is_file():
        fields = {"extension": place.suffix, "known": "folder, .xlsx"}
        code = "unsupported_extension" if place.suffix else "not_a_folder"
        raise InputError(Problem(code, place.name, fields=fields))
    return read_folder(place, community=community, max_mb=max_mb)
