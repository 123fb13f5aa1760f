"""Questionnaires that travel with a package: given out with it, taken in as on their own page.

All are read and held against what is here before anything is written; what does not belong, or is
here with other content under the same version, stops the whole package.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django_scopes import scope

from satuhati.core.community import CommunityData
from satuhati.errors import InputError, MissingExtraError, Problem
from satuhati.formats.packageforms import FORMS, MAX_FORM_MB, PackageForm
from satuhati.formats.xlsform.asked import pages_ask
from satuhati.formats.xlsform.items import instrument_code
from satuhati.formats.xlsform.model import Form
from satuhati.formats.xlsform.stored import to_plain, without_columns
from satuhati.text import LANGUAGES, Text
from satuhati.web.surveys.kept_forms import InstrumentForm
from satuhati.web.surveys.models import Instrument
from satuhati.web.surveys.sheet import PERSONAL, form_of
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

_UNKNOWN = Text("tabel instruments tidak memuat '{code}'", "table instruments has no '{code}'")
_VERSION = Text("versinya '{form}', di tabel '{table}'", "its version is '{form}', '{table}' there")
_ITEMS = Text("tabel items tidak memuat {names}", "table items lacks {names}")


@dataclass(frozen=True, slots=True)
class Along:
    """A form of a package that was read and may be taken in."""

    file: PackageForm
    form: Form
    doubts: tuple[dict[str, str], ...] = ()


def forms_of(community: Community) -> tuple[PackageForm, ...]:
    """The forms that are kept of a community's questionnaires and still ask what its rows say."""
    with scope(community=community):
        versions = {i.public_id: i for i in Instrument.objects.all()}
        return tuple(
            PackageForm(kept.instrument, kept.version, kept.name, bytes(kept.workbook))
            for kept in InstrumentForm.objects.order_by("instrument")
            if (there := versions.get(kept.instrument)) is not None
            and (there.version or "1") == kept.version
            and form_of(there) is not None
        )


def read_along(files: Iterable[PackageForm], data: CommunityData) -> tuple[Along, ...]:
    """Every form of a package, checked as on the page and against the tables beside it.

    Raises :class:`InputError` with all that is wrong.
    """
    from satuhati.formats.xlsform.read import form_of_bytes  # openpyxl and pyxform: only here

    versions = {r["id"]: r["version"] or "1" for r in data["instruments"].iter_rows(named=True)}
    items: dict[str, set[str]] = {}
    for row in data["items"].iter_rows(named=True):
        items.setdefault(row["instrument"], set()).add(row["name"])
    found, problems = [], []
    for file in files:
        name = f"{file.instrument}.xlsx"
        try:
            form, doubts = form_of_bytes(name, file.content, max_mb=MAX_FORM_MB)
        except InputError as error:
            problems += [replace(p, file=f"{FORMS}/{p.file or name}") for p in error.problems]
            continue
        except MissingExtraError:
            raise InputError(Problem("package_form_unread", file.path)) from None
        why = _belongs(file, form, versions, items.get(file.instrument, set()))
        if why is not None:
            problems.append(Problem("package_form_other", file.path, fields={"why": why}))
        told: list[dict[str, str]] = [{lang: d.message(lang) for lang in LANGUAGES} for d in doubts]
        found.append(Along(file, form, tuple(told)))
    if problems:
        raise InputError(problems)
    return tuple(found)


def _belongs(
    file: PackageForm, form: Form, versions: dict[str, str], items: set[str]
) -> Text | None:
    """Why it does not belong to the tables; ``None`` if it does."""
    version = versions.get(file.instrument)
    if version is None:
        return _said(_UNKNOWN, code=file.instrument)
    if (form.version or "1") != version:
        return _said(_VERSION, form=form.version or "1", table=version)
    lacking = sorted({q.name for q, _ in pages_ask(form) if q.answered} - items - set(PERSONAL))
    if lacking:
        names = ", ".join(lacking[:8]) + (", …" if len(lacking) > 8 else "")
        return _said(_ITEMS, names=names)
    return None


def _said(text: Text, **fields: str) -> Text:
    return Text(text.id.format(**fields), text.en.format(**fields))


def _kept() -> dict[str, InstrumentForm]:
    return {k.instrument: k for k in InstrumentForm.objects.defer("workbook")}


def compared_forms(community: Community, along: Sequence[Along]) -> list[dict[str, Any]]:
    """As of a table: how many forms are new, replaced and the same. What is here and not in the
    package stays. Raises :class:`InputError` for one that is here otherwise."""
    with scope(community=community):
        kept = _kept()
    problems = [
        Problem("form_version_differs", one.file.path,
                fields={"id": one.file.instrument, "version": there.version, "items": "–"})
        for one in along
        if (there := kept.get(one.file.instrument)) is not None and _clashes(there, one)
    ]  # fmt: skip
    if problems:
        raise InputError(problems)
    codes = {one.file.instrument: one for one in along}
    added = [c for c in codes if c not in kept]
    changed = [c for c in codes if c in kept and not _is_same(kept[c], codes[c])]
    if not along:
        return []
    return [{
        "table": FORMS, "added": len(added), "changed": len(changed), "removed": 0,
        "same": len(along) - len(added) - len(changed), "examples": [*changed, *added][:5],
    }]  # fmt: skip


def _is_same(there: InstrumentForm, one: Along) -> bool:
    return there.version == (one.form.version or "1") and there.whole() == one.form


def _clashes(there: InstrumentForm, one: Along) -> bool:
    """Whether the same version is here with other content: answers belong to the words read."""
    if there.version != (one.form.version or "1") or there.whole() == one.form:
        return False
    # Kept before filters of choices were computed here: the same form, with its columns.
    return there.whole() != without_columns(one.form)


def take_along(by: Who, community: Community, along: Sequence[Along]) -> int:
    """Keep the forms of a package; how many. In the transaction that put its tables in place."""
    compared_forms(community, along)
    with scope(community=community):
        kept = _kept()
        taken = [o for o in along if (there := kept.get(o.file.instrument)) is None
                 or not _is_same(there, o)]  # fmt: skip
        InstrumentForm.objects.filter(instrument__in=[o.file.instrument for o in taken]).delete()
        InstrumentForm.objects.bulk_create(
            InstrumentForm(
                community=community, instrument=one.file.instrument,
                base=instrument_code(one.form.id), version=one.form.version or "1",
                form=to_plain(one.form), workbook=one.file.content, name=one.file.name[:200],
                doubts=list(one.doubts), taken_by=by.user, taken_on=today_in(community),
            )
            for one in taken
        )  # fmt: skip
    return len(taken)
