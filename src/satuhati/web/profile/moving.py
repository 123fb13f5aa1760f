"""Whole communities in and out, for the command line of the server. Loads Polars."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from satuhati.core.community import CommunityData
from satuhati.errors import Doubt, InputError, Problem
from satuhati.formats.folder import forms_in, write_folder
from satuhati.formats.package import read_any
from satuhati.formats.packageforms import PackageForm
from satuhati.web.profile.forms_along import Along, compared_forms, forms_of, read_along
from satuhati.web.profile.jobs import compared, note_export, put_in_place, renamed
from satuhati.web.profile.package import from_database
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import program

CODE = re.compile(r"[A-Za-z0-9_-]{1,60}")
RESERVED = ("baru", "banding")
"""Words that stand where a community's code stands in an address."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A community of a package: what taking it in changes, table by table."""

    code: str
    name: str
    new: bool
    tables: list[dict[str, Any]]

    @property
    def loses(self) -> int:
        """Rows here that would be other or no more."""
        return sum(t["changed"] + t["removed"] for t in self.tables)


def import_package(
    path: Path,
    *,
    only: str | None = None,
    code: str | None = None,
    replace: bool = False,
    dry_run: bool = False,
) -> tuple[list[Taken], tuple[Doubt, ...]]:
    """Take in the communities of a package folder or workbook, all of them or none.

    ``only`` picks one; ``code`` is what it is called here. Records that are here already are
    changed or removed with ``replace`` alone; with ``dry_run`` nothing is. Raises
    :class:`InputError` for what is wrong with the package.
    """
    data, doubts = read_any(path, community=only)
    if code is not None and len(data.communities) > 1:
        fields = {"value": "–", "choices": ", ".join(data.communities[:8])}
        raise InputError(Problem("community_choice", path.name, fields=fields))
    forms = forms_in(path) if path.is_dir() else ()
    named = {code or own: data.only(own) for own in data.communities}
    wrong = [c for c in named if not CODE.fullmatch(c) or c in RESERVED]
    if wrong:
        raise InputError([Problem("community_code", path.name, fields={"value": c}) for c in wrong])
    all_its = only is None and len(named) == 1
    along = {to: _along(forms, records, all_its=all_its) for to, records in named.items()}
    with transaction.atomic():
        taken = [_take_in(to, records, replace, along[to]) for to, records in named.items()]
        if dry_run:
            transaction.set_rollback(True)
            return taken, doubts
        losing = [t for t in taken if t.loses and not replace]
        if losing:
            raise InputError(
                [
                    Problem("import_loses", path.name, fields={"code": t.code, "n": t.loses})
                    for t in losing
                ]
            )
    return taken, doubts


def _along(
    forms: tuple[PackageForm, ...], data: CommunityData, *, all_its: bool
) -> tuple[Along, ...]:  # fmt: skip
    """The forms of a community's questionnaires; in a package of it alone all must be its own."""
    own = set(data["instruments"]["id"])
    return read_along([f for f in forms if all_its or f.instrument in own], data)


def _take_in(
    code: str, data: CommunityData, replace: bool, along: tuple[Along, ...] = ()
) -> Taken:  # fmt: skip
    records = renamed(data, code)
    name = str(data["community"]["name"][0])
    community = Community.objects.filter(code=code).first()
    if community is None:
        made = Community.objects.create(code=code, name=name)
        told = compared_forms(made, along)
        put_in_place(by=program(made), data=records, along=along)
        return Taken(code, name, True, compared(CommunityData.of({}), records) + told)
    # An empty community's own row, as it is made with its name, is no record yet.
    now = from_database(community)
    tables = compared(now, records)
    if not any(f.height for n, f in now.tables.items() if n != "community"):
        tables = [{**t, "changed": 0} if t["table"] == "community" else t for t in tables]
    taken = Taken(code, name, False, tables + compared_forms(community, along))
    differs = any(t["added"] or t["changed"] or t["removed"] for t in taken.tables)
    if differs and (replace or not taken.loses):
        put_in_place(by=program(community), data=records, along=along)
    return taken


def export_package(code: str, folder: Path, *, overwrite: bool = False) -> CommunityData:
    """Write a community's package folder, and put it on record. Raises :class:`InputError`."""
    community = Community.objects.filter(code=code).first()
    if community is None:
        known = Community.objects.order_by("code").values_list("code", flat=True)[:8]
        fields = {"id": code, "known": ", ".join(known) or "–"}
        raise InputError(Problem("community_unknown", fields=fields))
    data = from_database(community)
    write_folder(data, folder, overwrite=overwrite, forms=forms_of(community))
    note_export(program(community), data)
    return data
