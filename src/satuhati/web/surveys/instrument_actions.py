"""What is done to questionnaires: take a form in, note its pretest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from satuhati.errors import InputError, Problem
from satuhati.formats.xlsform.items import instrument_code, to_instrument
from satuhati.formats.xlsform.model import Form
from satuhati.formats.xlsform.pretest import PRETEST
from satuhati.formats.xlsform.stored import to_plain, without_columns
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.surveys.kept_forms import InstrumentForm, PretestStep
from satuhati.web.surveys.models import Instrument, Item
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.edits import save_over
from satuhati.web.tenancy.keys import until_free
from satuhati.web.tenancy.who import Who

_COMPARED = ("name", "type", "scale", "low", "high", "reversed", "text_id", "text_en")


@dataclass(frozen=True, slots=True)
class TakenForm:
    """The instrument of a form, and whether it is new."""

    instrument: Instrument
    new: bool


@action("instrument.take_in", "surveys.edit")
def take_in_form(
    *,
    by: Who,
    form: Form,
    workbook: bytes,
    name: str,
    population: str | None,
    doubts: Sequence[dict[str, str]] = (),
) -> Outcome[TakenForm]:
    """A form as an instrument with its items; how it is asked is kept beside.

    Another version stands beside the one before, whose answers belong to the words people read.
    The same version once more changes nothing; with other questions it is refused. Raises
    ``InputError``.
    """
    found: TakenForm = until_free(lambda: _take_in(by, form, workbook, name, population, doubts))
    details = {"rows": len(found.instrument.item_order), "new": found.new}
    return Outcome(found, "instruments", found.instrument.public_id, details)


def _take_in(
    by: Who, form: Form, workbook: bytes, name: str, population: str | None,
    doubts: Sequence[dict[str, str]],
) -> TakenForm:  # fmt: skip
    community = by.community
    assert community is not None
    base = instrument_code(form.id)
    made, _ = to_instrument(form, population=population, place=name)
    code, version = base, made.instrument["version"]
    there = Instrument.objects.filter(public_id=code).first()
    if there is not None and (there.version or "1") != version:
        slug = "".join(c if c.isalnum() and c.isascii() else "_" for c in version)[:20]
        code = f"{base}_v{slug}"
        made, _ = to_instrument(form, code=code, population=population, place=name)
        there = Instrument.objects.filter(public_id=code).first()
    kept = InstrumentForm.objects.filter(instrument=code).defer("workbook").first()
    if there is not None:
        _must_be_same(there, made.items, version, name)
        if kept is not None and (was := kept.whole()) != form:
            if was != without_columns(form):
                _differs(code, version, name, [])
            # Kept before filters of choices were computed here: the same form, with its columns.
            kept.form, kept.doubts = to_plain(form), list(doubts)
            kept.save(update_fields=["form", "doubts"])
        if kept is None:
            _keep(by, code, base, version, form, workbook, name, doubts)
        return TakenForm(there, False)
    row = made.instrument
    instrument: Instrument = Instrument.objects.create(
        community=community, public_id=code, name=row["name"], version=version,
        population=row["population"], citation=row["citation"],
        item_order=[i["name"] for i in made.items],
    )  # fmt: skip
    Item.objects.bulk_create(
        Item(community=community, public_id=item["id"], instrument=instrument,
             **{c: item[c] for c in _COMPARED})
        for item in made.items
    )  # fmt: skip
    if kept is not None:  # of an instrument that a package took away
        kept.delete()
    _keep(by, code, base, version, form, workbook, name, doubts)
    return TakenForm(instrument, True)


def _keep(
    by: Who, code: str, base: str, version: str, form: Form, workbook: bytes, name: str,
    doubts: Sequence[dict[str, str]],
) -> None:  # fmt: skip
    InstrumentForm.objects.create(
        community=by.community, instrument=code, base=base, version=version, form=to_plain(form),
        workbook=workbook, name=name[:200], doubts=list(doubts), taken_by=by.user,
        taken_on=today_in(by.community),
    )  # fmt: skip


def _must_be_same(
    there: Instrument, items: Sequence[dict[str, Any]], version: str, place: str
) -> None:
    own = {i.name: tuple(getattr(i, c) for c in _COMPARED)
           for i in Item.objects.filter(instrument=there)}  # fmt: skip
    asked = {i["name"]: tuple(i[c] for c in _COMPARED) for i in items}
    # Questions the group added in a round stand behind the form's own.
    differ = [n for n in asked if asked[n] != own.get(n)]
    if differ:
        _differs(there.public_id, version, place, differ)


def _differs(code: str, version: str, place: str, names: Sequence[str]) -> None:
    listed = ", ".join(names[:10]) + (", …" if len(names) > 10 else "")
    fields: dict[str, object] = {"id": code, "version": version, "items": listed or "–"}
    raise InputError(Problem("form_version_differs", place, fields=fields))


STEPS = tuple(step.code for step in PRETEST)


@action("instrument.pretest", "surveys.edit", data=False)
def note_pretest(
    *,
    by: Who,
    instrument: Instrument,
    step: str,
    revision: int,
    done_on: dt.date | None,
    who: str,
    note: str,
) -> Outcome[PretestStep]:
    """Tick a step of the pretest, or take the tick away. Raises ``ChangedMeanwhileError``."""
    if step not in STEPS:
        raise ValueError("step")
    row: PretestStep = until_free(
        lambda: PretestStep.objects.get_or_create(
            community=by.community, instrument=instrument.public_id, step=step
        )
    )[0]
    fields = {"done_on": done_on, "who": who.strip(), "note": note.strip(), "by": by.user}
    changed = save_over(row, revision, fields)
    return Outcome(row, "instruments", instrument.public_id, {"fields": sorted({*changed})})
