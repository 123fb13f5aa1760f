"""An older package folder brought to the present schema version; the old one is kept."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from satuhati.errors import InputError, Problem
from satuhati.formats.codebook import codebook
from satuhati.formats.csvtext import MAX_MB
from satuhati.formats.datapackage import DESCRIPTOR, describe
from satuhati.formats.folder import (
    ANSWERS,
    README,
    NewFolder,
    entries,
    read_descriptor,
    read_folder,
    unwritable,
    version_of,
)
from satuhati.formats.guard import guard_name, guarded
from satuhati.formats.packageforms import FORMS, form_resources
from satuhati.formats.rawtable import read_csv
from satuhati.schema import SCHEMA_VERSION
from satuhati.schema.upgrades import UPGRADES, Package, Rows, Upgrade, upgraded


@dataclass(frozen=True, slots=True)
class Upgraded:
    """Versions before and after; where the old folder lies (``None``: nothing was to be done)."""

    found: int
    now: int
    backup: Path | None


def upgrade_folder(
    path: str | Path,
    *,
    registry: Mapping[int, Upgrade] = UPGRADES,
    to: int = SCHEMA_VERSION,
    max_mb: float = MAX_MB,
) -> Upgraded:
    """Upgrade a package in place and keep the old one beside it as ``<name>.v<version>``.

    Values are not checked: that is ``folder check``'s work, on the result. Files that are not of
    the package are copied. Raises :class:`InputError`: not a folder, a newer version, a version
    that cannot be upgraded, an unreadable file, a place that cannot be written.
    """
    folder = Path(path)
    files = [p for p in entries(folder) if p.is_file() and not p.is_symlink()]
    found = version_of(folder)
    if found == to:
        return Upgraded(found, to, None)
    missing = [v for v in range(found, to) if v not in registry]
    if found > to or missing:
        code = "package_newer" if found > to else "package_too_old"
        raise InputError(Problem(code, DESCRIPTOR, fields={"found": found, "known": to}))
    inside = folder / ANSWERS
    files += [p for p in entries(inside) if p.is_file()] if inside.is_dir() else []
    forms = folder / FORMS
    files += [p for p in entries(forms) if p.is_file()] if forms.is_dir() else []
    package: Package = {}
    for file in files:
        stem = _stem(folder, file)
        if stem:
            package[stem] = _rows(file, max_mb)
    package = upgraded(package, found, to, registry)
    backup = _free(folder, found)
    try:
        with NewFolder(folder, backup=backup) as new:
            for file in files:
                if not _stem(folder, file):
                    copy = new / file.relative_to(folder)
                    copy.parent.mkdir(exist_ok=True)
                    shutil.copy2(file, copy)
            for stem, rows in package.items():
                _write(new / f"{stem}.csv", rows)
            _describe(new, read_descriptor(folder) or {}, to)
    except OSError as error:
        raise unwritable(folder, error) from None
    return Upgraded(found, to, backup)


def _stem(folder: Path, file: Path) -> str | None:
    name = file.relative_to(folder).as_posix()
    for ending in (".csv.gz", ".csv"):
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return None


def _rows(file: Path, max_mb: float) -> Rows:
    cells = read_csv(file, max_mb=max_mb).cells.fill_null("")
    return list(cells.iter_rows(named=True))


def _free(folder: Path, version: int) -> Path:
    """A name for the backup that is not taken."""
    place = folder.resolve()
    name = place.with_name(f"{place.name}.v{version}")
    n = 2
    while name.exists():
        name = place.with_name(f"{place.name}.v{version}-{n}")
        n += 1
    return name


def _write(path: Path, rows: Rows) -> None:
    path.parent.mkdir(exist_ok=True)
    header = list(dict.fromkeys(column for row in rows for column in row))
    columns = [
        pl.Series("t", [row.get(c) or None for row in rows], dtype=pl.String)
        .to_frame()
        .select(guarded(pl.col("t")))["t"]
        .to_list()
        for c in header
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([guard_name(c) for c in header])
        writer.writerows(zip(*columns, strict=True))


def _describe(new: Path, old: dict[str, object], version: int) -> None:
    """A fresh descriptor and codebook; where the values need mending first, the bare version."""
    forms = form_resources(old)
    said: dict[str, object] = old | {"schema_version": version, "resources": forms}
    place = new / DESCRIPTOR
    place.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    try:
        data, _ = read_folder(new)
    except InputError:
        return
    text = json.dumps(describe(data, forms=forms), ensure_ascii=False, indent=1) + "\n"
    place.write_text(text, encoding="utf-8")
    (new / README).write_text(codebook(data), encoding="utf-8", newline="\n")
