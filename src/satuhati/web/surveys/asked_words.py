"""What is known of a questionnaire from its own form: the words of answers, what not all are asked.

The tables have neither; a questionnaire without a form of its own says nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from satuhati.formats.xlsform.asked import OTHER
from satuhati.formats.xlsform.markup import plain_words
from satuhati.text import Text
from satuhati.web.surveys.models import Instrument
from satuhati.web.surveys.sheet import form_of

SOMETHING_ELSE = Text("Lainnya", "Something else")


@dataclass(frozen=True, slots=True)
class Asked:
    """``words``: item → code → words. ``conditional``: items that only some people are asked."""

    words: dict[str, dict[str, Text]] = field(default_factory=dict)
    conditional: tuple[str, ...] = ()


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
        tuple(sorted(name for name, asks in form.conditions().items() if asks)),
    )  # fmt: skip
