"""A questionnaire taken into a package folder: its rows in ``instruments`` and ``items``."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from satuhati.core.community import CommunityData, table_schema
from satuhati.errors import Doubt, InputError, Problem
from satuhati.formats.atomic import make_folder, temporary_folder, write_all
from satuhati.formats.csvwrite import write_csv
from satuhati.formats.datapackage import DESCRIPTOR, describe
from satuhati.formats.folder import forms_in, read_descriptor, read_folder, tables_in
from satuhati.formats.packageforms import FORMS, PackageForm, form_resources
from satuhati.formats.xlsform.items import to_instrument
from satuhati.formats.xlsform.model import Form
from satuhati.schema import TABLES

_COMPARED = ("name", "type", "scale", "low", "high", "reversed", "text_id", "text_en")


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did: the instrument's row, its items, and whether anything was written."""

    instrument: dict[str, Any]
    items: tuple[dict[str, Any], ...]
    keys: tuple[str, ...]
    written: bool


def import_form(
    form: Form,
    folder: str | Path,
    *,
    population: str | None = None,
    community: str | None = None,
    place: str | None = None,
    workbook: bytes | None = None,
) -> tuple[Taken, tuple[Doubt, ...]]:
    """Add a form's instrument and items to a folder, whole or not at all.

    With ``workbook`` the form itself is kept too, under ``forms/``: it travels with the package.

    A version that is there already with the same items changes nothing; with other items it is
    refused. Another version becomes an instrument of its own (``code_v2``), beside the old one and
    its answers. Raises :class:`InputError`.
    """
    place_of = Path(folder)
    data, doubts = read_folder(place_of)
    owner = _owner(data, place_of, community)
    made, more = to_instrument(form, population=population, place=place)
    code, version = made.instrument["id"], made.instrument["version"]
    mine = data["instruments"].filter(pl.col("community") == owner)
    versions = {r["id"]: r["version"] or "1" for r in mine.iter_rows(named=True)}
    if code in versions and versions[code] != version:
        code = f"{code}_v{_slug(version)}"
        made, more = to_instrument(form, code=code, population=population, place=place)
    doubts = (*doubts, *more)
    kept = None
    if workbook is not None:
        kept = PackageForm(code, version, Path(place or f"{code}.xlsx").name, workbook)
    if code in versions:
        if versions[code] == version:
            _same(data, owner, code, version, made.items, place)
            if kept is not None:
                _keep(data, place_of, kept, place)
            same = Doubt("form_same_already", {"id": code, "version": version})
            return Taken(made.instrument, made.items, made.keys, False), (*doubts, same)
        fields = {"id": code, "version": version, "items": versions[code]}
        raise InputError(Problem("form_version_differs", place, fields=fields))
    tables = dict(data.tables)
    for name, rows in (("instruments", (made.instrument,)), ("items", made.items)):
        schema = table_schema(TABLES[name].columns)
        added = pl.DataFrame([{"community": owner, **r} for r in rows], schema=schema)
        tables[name] = pl.concat([data.tables[name], added])
    _write(CommunityData.of(tables, data.answers), place_of, kept)
    return Taken(made.instrument, made.items, made.keys, True), doubts


def _owner(data: CommunityData, folder: Path, community: str | None) -> str:
    """The community that gets the questionnaire; of a folder without one, the folder's name."""
    there = data.communities
    if not there:
        return community or folder.resolve().name
    listed = ", ".join(there)
    if community is not None and community not in there:
        fields: dict[str, object] = {"id": community, "known": listed}
        raise InputError(Problem("community_unknown", folder.name, fields=fields))
    if community is None and len(there) > 1:
        fields = {"n": len(there), "known": listed}
        raise InputError(Problem("community_not_chosen", folder.name, fields=fields))
    return community or there[0]


def _keep(data: CommunityData, folder: Path, form: PackageForm, place: str | None) -> None:
    """The workbook of a questionnaire whose rows are there; another one of its version is not."""
    there = next((f for f in forms_in(folder) if f.instrument == form.instrument), None)
    if there is None:
        _write(data, folder, form)
    elif there.content != form.content and not _asks_the_same(there, form):
        fields: dict[str, object] = {"id": form.instrument, "version": form.version, "items": "–"}
        raise InputError(Problem("form_version_differs", place, fields=fields))


def _asks_the_same(one: PackageForm, other: PackageForm) -> bool:
    """A workbook saved anew has other bytes and may be the same form."""
    from satuhati.formats.xlsform.read import form_of_bytes

    return form_of_bytes(one.name, one.content)[0] == form_of_bytes(other.name, other.content)[0]


def _write(data: CommunityData, folder: Path, form: PackageForm | None = None) -> None:
    """The two tables, the form and the descriptor, together or not at all; nothing else."""
    files: dict[Path, bytes] = {}
    with temporary_folder() as aside:
        for name in ("instruments", "items"):
            packed = folder / f"{name}.csv.gz"
            frame = data.tables[name]
            bare = len(data.communities) <= 1
            write_csv(frame.drop("community") if bare else frame, aside / f"{name}.csv")
            content = (aside / f"{name}.csv").read_bytes()
            if packed.exists():
                files[packed] = gzip.compress(content, mtime=0)
            else:
                files[folder / f"{name}.csv"] = content
    listed = {r["path"]: r for r in form_resources(read_descriptor(folder))}
    if form is not None:
        listed[form.path] = form.resource()
        make_folder(folder / FORMS)
        files[folder / form.path] = form.content
    if listed or (folder / DESCRIPTOR).exists():
        there = {*tables_in(folder), "instruments", "items"}
        described = describe(
            data, tables=[n for n in TABLES if n in there],
            forms=[listed[path] for path in sorted(listed)],
        )  # fmt: skip
        files[folder / DESCRIPTOR] = (
            json.dumps(described, ensure_ascii=False, indent=1) + "\n"
        ).encode()
    write_all(files)


def _slug(version: str) -> str:
    return "".join(c if c.isalnum() and c.isascii() else "_" for c in version)[:20]


def _same(
    data: CommunityData, community: str, code: str, version: str,
    items: tuple[dict[str, Any], ...], place: str | None,
) -> None:  # fmt: skip
    """Refuse a version whose items are not those on record."""
    there = {
        row["name"]: tuple(row[c] for c in _COMPARED)
        for row in data["items"]
        .filter((pl.col("community") == community) & (pl.col("instrument") == code))
        .iter_rows(named=True)
    }
    asked = {row["name"]: tuple(row[c] for c in _COMPARED) for row in items}
    differ = [n for n in dict.fromkeys((*asked, *there)) if asked.get(n) != there.get(n)]
    if differ:
        fields: dict[str, object] = {
            "id": code,
            "version": version,
            "items": ", ".join(differ[:10]) + (", …" if len(differ) > 10 else ""),
        }
        raise InputError(Problem("form_version_differs", place, fields=fields))
