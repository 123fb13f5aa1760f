"""What the checks notice when a round is closed: marks beside answers, nothing taken out."""

from __future__ import annotations

from collections.abc import Sequence

from satuhati.web.surveys.beside import AnswerFlag, SurveySetup
from satuhati.web.surveys.checks import STRAIGHT, TWICE, is_straight, twice
from satuhati.web.surveys.models import Answer, Instrument, Item
from satuhati.web.surveys.sheet import sheet_of


def mark_answers(setup: SurveySetup, answers: Sequence[Answer]) -> None:
    ratings = {
        i.name: bool(i.reversed)
        for i in Item.objects.filter(instrument__in={a.instrument_id for a in answers})
        if i.type == "likert"
    }
    # What is computed from answers is no answer of its own.
    instruments = Instrument.objects.filter(pk__in={a.instrument_id for a in answers})
    computed = set().union(*(sheet_of(i, i.item_order).computed for i in instruments))
    same = twice(
        (a.public_id, {n: v for n, v in a.values.items() if n not in computed}) for a in answers
    )
    found = [(a.public_id, STRAIGHT) for a in answers if is_straight(a.values, ratings)]
    found += [(code, TWICE) for code in sorted(same)]
    AnswerFlag.objects.bulk_create(
        (AnswerFlag(community=setup.community, round=setup.round, answer=code, kind=kind)
         for code, kind in found), ignore_conflicts=True,
    )  # fmt: skip
