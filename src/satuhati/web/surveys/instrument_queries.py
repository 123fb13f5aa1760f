"""Reads of questionnaires: those of the records, their forms, versions and pretests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from satuhati.formats.xlsform.asked import pages_ask
from satuhati.formats.xlsform.model import Form, Question
from satuhati.formats.xlsform.ours import FORMS
from satuhati.formats.xlsform.pretest import PRETEST, Step
from satuhati.web.surveys.kept_forms import InstrumentForm, PretestStep
from satuhati.web.surveys.models import Instrument, Round
from satuhati.web.surveys.sheet import form_of
from satuhati.web.tenancy.who import Who

OURS = frozenset(f"satuhati_{code}" for code in FORMS)


@dataclass(frozen=True, slots=True)
class InstrumentSeen:
    """A questionnaire, its form if it has one, how often it was asked, its pretest."""

    instrument: Instrument
    kept: InstrumentForm | None
    rounds: int
    steps: int
    """Steps of the pretest that are done."""

    @property
    def is_own(self) -> bool:
        """Brought by the group: nobody tried it out before."""
        return self.kept is not None and self.kept.base not in OURS

    @property
    def untested(self) -> bool:
        return self.is_own and self.steps < len(PRETEST)


def get_instruments_for(who: Who) -> list[InstrumentSeen]:
    """All questionnaires, by name."""
    return _seen(Instrument.objects.order_by("name", "public_id"))


def get_instrument_for(who: Who, code: str) -> InstrumentSeen | None:
    found = _seen(Instrument.objects.filter(public_id=code))
    return found[0] if found else None


def get_untested_for(who: Who) -> set[str]:
    """Codes of the group's own questionnaires whose pretest is not finished."""
    return {s.instrument.public_id for s in get_instruments_for(who) if s.untested}


def _seen(instruments: Iterable[Instrument]) -> list[InstrumentSeen]:
    kept = {k.instrument: k for k in InstrumentForm.objects.defer("workbook", "form")}
    rounds = dict(Round.objects.values_list("instrument").annotate(Count("pk")))
    steps = dict(
        PretestStep.objects.filter(done_on__isnull=False)
        .values_list("instrument")
        .annotate(Count("pk"))
    )
    return [
        InstrumentSeen(i, kept.get(i.public_id), rounds.get(i.pk, 0), steps.get(i.public_id, 0))
        for i in instruments
    ]


def get_form_for(who: Who, seen: InstrumentSeen) -> Form | None:
    """The form an instrument came with, if it is kept and still asks the same."""
    return form_of(seen.instrument)


def get_workbook_for(who: Who, code: str) -> InstrumentForm | None:
    return InstrumentForm.objects.filter(instrument=code).first()


def get_versions_for(who: Who, seen: InstrumentSeen) -> list[InstrumentForm]:
    """Other versions of the same form."""
    if seen.kept is None:
        return []
    found = InstrumentForm.objects.filter(base=seen.kept.base).exclude(pk=seen.kept.pk)
    return list(found.defer("workbook", "form").order_by("taken_on", "pk"))


@dataclass(frozen=True, slots=True)
class StepSeen:
    """A step of the pretest, and what was noted of it."""

    step: Step
    noted: PretestStep | None

    @property
    def done(self) -> bool:
        return self.noted is not None and self.noted.done_on is not None


def get_pretest_for(who: Who, seen: InstrumentSeen) -> list[StepSeen]:
    noted = {s.step: s for s in PretestStep.objects.filter(instrument=seen.instrument.public_id)}
    return [StepSeen(step, noted.get(step.code)) for step in PRETEST]


@dataclass(frozen=True, slots=True)
class Beside:
    """A question in two versions, and what differs."""

    name: str
    before: Question | None
    after: Question | None
    differs: list[str] = field(default_factory=list)


_COMPARED = ("label", "hint", "kind", "choices", "required", "relevant", "constraint",
             "calculation", "scoring", "choice_filter")  # fmt: skip


def beside(before: Form, after: Form) -> list[Beside]:
    """Two versions question by question, in the order of the later one; what went stands last."""
    old = {q.name: q for q, _ in pages_ask(before)}
    new = {q.name: q for q, _ in pages_ask(after)}
    found = []
    for name in (*new, *(n for n in old if n not in new)):
        a, b = old.get(name), new.get(name)
        differs = []
        if a is not None and b is not None:
            differs = [c for c in _COMPARED if _part(a, c) != _part(b, c)]
        found.append(Beside(name, a, b, differs))
    return found


def _part(q: Question, column: str) -> Any:
    return getattr(q, column)
