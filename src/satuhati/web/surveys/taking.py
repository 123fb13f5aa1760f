"""One form that was filled in becomes an answer, whichever way it came."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from satuhati.web.register.consent_actions import in_force
from satuhati.web.register.models import Actor, Area, Consent
from satuhati.web.register.purposes import VERSION
from satuhati.web.surveys.beside import (
    AnswerFlag,
    HouseholdDrawn,
    SurveyAsked,
    SurveySetup,
    random_key,
)
from satuhati.web.surveys.checks import FAST, is_fast
from satuhati.web.surveys.household_actions import facts_of
from satuhati.web.surveys.models import Answer, Round
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.keys import created

STRAND = "survey"
SUBMISSION = re.compile(r"[A-Za-z0-9_-]{16,64}")


class SurveyClosedError(Exception):
    """Answers are taken only while the round is open."""


class AnsweredAlreadyError(Exception):
    """This person, or this form, was taken before with other answers."""


class NotAskedError(Exception):
    """The person is not among those asked in this round."""


class NoConsentError(Exception):
    """Answers are taken only from those who agree."""


def is_open(setup: SurveySetup, round: Round) -> bool:
    return setup.closed_on is None and today_in(setup.community) <= round.end


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that was filled in: its own id, the answers, what was said about who gave them.

    ``computed`` are values nobody gave: they may differ when the same form arrives once more, a
    day later perhaps. ``household``: the code of the one that was drawn.
    """

    submission: str
    values: Mapping[str, Any]
    about: Mapping[str, Any]
    agreed: bool
    seconds: float | None = None
    computed: Collection[str] = ()
    household: str = ""


def put_on_record(
    setup: SurveySetup, round: Round, form: Filled, answering: Actor | None, *,
    received: bool = False,
) -> bool:  # fmt: skip
    """Whether the form is new: it is taken once however often it arrives.

    Of an anonymous round nothing is kept of who answered but that they did. ``received``: it came
    while the round was open, and is looked at only now. The caller has looked at the right and
    keeps the trail.
    """
    if not SUBMISSION.fullmatch(form.submission):
        raise ValueError("submission")
    code = f"{round.public_id}-{form.submission}"
    asked = _asked(setup, answering)
    drawn = _drawn(setup, form.household)
    # The same form once more is no second answer, even after the round has closed.
    before = _there(round, code)
    if before is not None:
        if not _same(before.values, form):
            raise AnsweredAlreadyError
        return False
    now = SurveySetup.objects.select_related("community").get(pk=setup.pk)
    if not (is_open(now, round) or (received and now.closed_on is None)):
        raise SurveyClosedError
    if not form.agreed:
        raise NoConsentError
    if asked is not None and asked.state in ("answered", "withdrawn"):
        raise AnsweredAlreadyError
    if drawn is not None and drawn.state == "answered":
        raise AnsweredAlreadyError
    named = None if round.anonymous else answering
    fields = columns_of(form.about)
    if named is not None:
        fields |= {k: v for k, v in _facts(named).items() if v is not None or k not in fields}
    if drawn is not None:
        fields |= facts_of(drawn)
    try:
        with transaction.atomic():
            Answer.objects.create(
                pk=random_key(), community=setup.community, public_id=code, round=round,
                instrument_id=round.instrument_id, actor=named, values=dict(form.values),
                **fields,
            )  # fmt: skip
    except IntegrityError:  # the same form a moment earlier
        there = _there(round, code)
        if there is None or not _same(there.values, form):
            raise AnsweredAlreadyError from None
        return False
    if is_fast({n: v for n, v in form.values.items() if n not in form.computed}, form.seconds):
        AnswerFlag.objects.create(
            community=setup.community, round=round.public_id, answer=code, kind=FAST
        )
    if asked is not None:
        SurveyAsked.objects.filter(pk=asked.pk).update(state="answered", draft=None)
    if drawn is not None:
        HouseholdDrawn.objects.filter(pk=drawn.pk).update(state="answered")
    if named is not None and in_force(named, STRAND) is None:
        created(Consent, setup.community, actor=named, strand=STRAND, purpose_version=VERSION,
                given_on=today_in(setup.community))  # fmt: skip
    return True


def _same(there: Mapping[str, Any], form: Filled) -> bool:
    """Whether an answer holds what the form says; a column added meanwhile is no difference."""
    names = {*there, *form.values} - set(form.computed)
    return all(there.get(n) == form.values.get(n) for n in names)


def _there(round: Round, code: str) -> Answer | None:
    """An answer by its code, found by the unique key that begins with its questionnaire."""
    rows = Answer.objects.filter(
        instrument_id=round.instrument_id, public_id=code, round_id=round.pk
    )
    return next(iter(rows[:1]), None)


def _asked(setup: SurveySetup, actor: Actor | None) -> SurveyAsked | None:
    """The person's place among those asked, locked: of two forms at once one comes first."""
    if actor is None:
        return None
    found: SurveyAsked | None = (
        SurveyAsked.objects.select_for_update()
        .filter(round=setup.round, person=actor.public_id)
        .first()
    )
    if found is None:
        raise NotAskedError
    return found


def _drawn(setup: SurveySetup, code: str) -> HouseholdDrawn | None:
    """The household whose form it is, locked. Of a draw only those drawn are asked."""
    if setup.how != "households":
        return None
    found: HouseholdDrawn | None = (
        HouseholdDrawn.objects.select_for_update().filter(round=setup.round, code=code).first()
    )
    if found is None:
        raise NotAskedError
    return found


def _facts(actor: Actor) -> dict[str, Any]:
    return {"area_id": actor.area_id, "sex": actor.sex, "age_band": actor.age_band,
            "schooling": actor.schooling}  # fmt: skip


def columns_of(about: Mapping[str, Any]) -> dict[str, Any]:
    """What was said about who answered, as columns of an answer."""
    fields = dict(about)
    code = fields.pop("area", None)
    fields["area"] = Area.objects.filter(public_id=code).first() if code else None
    return fields
