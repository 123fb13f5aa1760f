"""Questionnaires that travel with a package: their XLSForms, under ``forms/``, beside the tables.

The tables hold what is scored; how a question is asked, and what an answer's code was called,
stands in the workbook a group brought. Each is a resource of ``datapackage.json`` with its size
and SHA-256 (Data Package v2), the questionnaire it belongs to and its version. The tables stay as
they are, and a package without forms is as good as ever.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from satuhati.errors import Doubt, InputError, Problem
from satuhati.formats.csvtext import read_bytes
from satuhati.formats.zipguard import check_workbook

FORMS = "forms"
MAX_FORM_MB = 2
"""As on the page where questionnaires are brought."""
MEDIATYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
INSTRUMENT = "satuhati_instrument"
"""Our own property of a resource: the code of the questionnaire whose form it is."""
_PATH = re.compile(rf"{FORMS}/([\w.-]{{1,200}})\.xlsx", re.ASCII)
_QUIET = (".", "~$", "readme", "desktop.ini", "thumbs.db")


@dataclass(frozen=True, slots=True)
class PackageForm:
    """The workbook of a questionnaire; ``name`` is what the file was called."""

    instrument: str
    version: str
    name: str
    content: bytes

    @property
    def path(self) -> str:
        return f"{FORMS}/{self.instrument}.xlsx"

    def resource(self) -> dict[str, Any]:
        """How it is listed in ``datapackage.json``."""
        return {
            "name": "form-" + re.sub(r"[^a-z0-9._-]", "-", self.instrument.lower()),
            "path": self.path,
            "title": self.name,
            "format": "xlsx",
            "mediatype": MEDIATYPE,
            "bytes": len(self.content),
            "hash": "sha256:" + hashlib.sha256(self.content).hexdigest(),
            "version": self.version,
            INSTRUMENT: self.instrument,
        }


def form_resources(descriptor: Mapping[str, object] | None) -> list[dict[str, Any]]:
    """The resources of a descriptor that are forms, as they are written there."""
    listed = (descriptor or {}).get("resources")
    rows = listed if isinstance(listed, list) else []
    return [r for r in rows if isinstance(r, dict) and INSTRUMENT in r]


def read_forms(
    folder: Path, descriptor: Mapping[str, object] | None
) -> tuple[tuple[PackageForm, ...], list[Problem], list[Doubt]]:
    """The forms a package lists, whole and unchanged since; what is wrong; what is not listed.

    Each is looked at before anything opens it, as on the page: no macros, no bombs, at most
    ``MAX_FORM_MB``. What stands inside is read by whoever takes the form in.
    """
    found: dict[str, PackageForm] = {}
    problems: list[Problem] = []
    inside = folder / FORMS
    if inside.is_symlink():
        return (), [Problem("not_a_regular_file", FORMS)], []
    listed = form_resources(descriptor)
    for resource in listed:
        try:
            form = _read(folder, resource)
        except InputError as error:
            problems += error.problems
            continue
        if form.instrument in found:
            fields: dict[str, object] = {"other": found[form.instrument].path}
            problems.append(Problem("table_twice", form.path, fields=fields))
        found[form.instrument] = form
    known = {str(r.get("path")) for r in listed}
    there = sorted(inside.iterdir()) if inside.is_dir() else []
    doubts = [
        Doubt("file_unknown", {"file": f"{FORMS}/{p.name}"})
        for p in there
        if f"{FORMS}/{p.name}" not in known and not p.name.lower().startswith(_QUIET)
    ]
    return tuple(found[code] for code in sorted(found)), problems, doubts


def _read(folder: Path, resource: Mapping[str, Any]) -> PackageForm:
    path, code = resource.get("path"), resource[INSTRUMENT]
    match = _PATH.fullmatch(path) if isinstance(path, str) else None
    if not isinstance(path, str) or match is None or match[1] != code:
        fields: dict[str, object] = {"why": f"{FORMS}/…"}
        raise InputError(Problem("descriptor_broken", "datapackage.json", fields=fields))
    file = folder / path
    if not file.exists() and not file.is_symlink():
        raise InputError(Problem("package_form_missing", path))
    check_workbook(file, MAX_FORM_MB, path)
    content = read_bytes(file, max_mb=MAX_FORM_MB)
    title, version = resource.get("title"), resource.get("version")
    form = PackageForm(
        code,
        version if isinstance(version, str) else "",
        title if isinstance(title, str) else f"{code}.xlsx",
        content,
    )
    if resource.get("hash") != form.resource()["hash"]:
        raise InputError(Problem("package_form_changed", path))
    return form


def write_forms(forms: Iterable[PackageForm], folder: Path) -> None:
    """Lay them into a folder that is being made."""
    forms = tuple(forms)
    if forms:
        (folder / FORMS).mkdir()
    for form in forms:
        (folder / form.path).write_bytes(form.content)
