"""What is known of a questionnaire from its own form: the words of answers, what not all are asked.

The tables have neither; a questionnaire without a form of its own says nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from satuhati.formats.xlsform.asked import OTHER
from satuhati.formats.xlsform.expressions import named
from satuhati.formats.xlsform.markup import plain_words
from satuhati.formats.xlsform.model import Form
from satuhati.text import Text
from satuhati.web.surveys.models import Instrument
from satuhati.web.surveys.sheet import form_of

SOMETHING_ELSE = Text("Lainnya", "Something else")


@dataclass(frozen=True, slots=True)
class Asked:
    """``words``: item → code → words. ``conditional``: items that only some people are asked, with
    the questions that decide who, near and further ones; in order, for it is hashed as it stands.
    """

    words: dict[str, dict[str, Text]] = field(default_factory=dict)
    conditional: dict[str, tuple[str, ...]] = field(default_factory=dict)


def asked_of(instrument: Instrument) -> Asked:
    """What the form that is kept of a questionnaire says."""
    form = form_of(instrument)
    if form is None:
        return Asked()
    return Asked(
        {
            q.name: {c.name: Text(
                plain_words(c.words("id")) or c.name, plain_words(c.words("en")) or c.name)
                     for c in q.choices} | ({OTHER: SOMETHING_ELSE} if q.other else {})
            for q in form.questions()
            if q.choices
        },
        _decided(form),
    )  # fmt: skip


def _decided(form: Form) -> dict[str, tuple[str, ...]]:
    """The conditional questions of a form, each with all whose answers decide whether it is put."""
    conditions = form.conditions()
    needs = {
        q.name: set().union(*(named(c) for c in conditions[q.name]), named(q.calculation or ""))
        for q in form.questions()
    }
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(n for n, asks in conditions.items() if asks):
        reached: set[str] = set()
        waiting = list(needs[name])
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached.add(one)
                waiting += needs.get(one, ())
        found[name] = tuple(sorted(reached))
    return found
