"""What is done to rounds of a survey."""

from __future__ import annotations

import datetime as dt
import random
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max

from satuhati.web.answers.models import AnswerLink
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.register.models import Actor, Consent
from satuhati.web.surveys.asking import FRAME_OF
from satuhati.web.surveys.awareness import add_items
from satuhati.web.surveys.beside import (
    AnswerFlag,
    AnswerLeftOut,
    HouseholdDrawn,
    SurveyAsked,
    SurveySetup,
    random_key,
)
from satuhati.web.surveys.households import Drawn
from satuhati.web.surveys.marking import mark_answers
from satuhati.web.surveys.models import Answer, Instrument, Item, Round
from satuhati.web.surveys.signals import answers_taken_back, counted, round_closing
from satuhati.web.surveys.taking import STRAND, Filled, SurveyClosedError, is_open, put_on_record
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.keys import created, until_free
from satuhati.web.tenancy.who import NotAllowedError, Who


@action("survey.open", "surveys.edit", data=False)
def open_round(
    *,
    by: Who,
    instrument: Instrument,
    questions: Sequence[str],
    own: Sequence[tuple[str, str]] = (),
    how: str,
    people: Sequence[Actor],
    until: dt.date,
    anonymous: bool,
    open_address: bool,
    reason: str = "",
    seed: int | None = None,
    frame_size: int | None = None,
    note: str | None = None,
    households: Sequence[Drawn] = (),
    drawn: Mapping[str, Any] | None = None,
    services: Sequence[Any] = (),
    panel_of: Round | None = None,
) -> Outcome[tuple[Round, SurveySetup]]:
    """A round with its questions and those who are asked.

    ``own`` are the group's own questions: kind and wording. They are added to the questionnaire
    for good, so that answers to them can be found again in the next round.
    """
    community = by.community
    assert community is not None
    own_names = _add_own(by, instrument, own)
    known = add_items(instrument, services)
    _append(instrument, [*own_names, *known])
    asked = [n for n in questions if n not in {*own_names, *known}]
    names = [*asked, *own_names, *known]
    last = Round.objects.filter(instrument=instrument, population=instrument.population)
    wave = (last.aggregate(n=Max("wave"))["n"] or 0) + 1
    made = created(
        Round, community, instrument=instrument, wave=wave, population=instrument.population,
        start=today_in(community), end=until,
        frame=panel_of.frame if panel_of is not None else FRAME_OF[how],
        invited=len(people) or len(households) or None,
        population_size=len(people) if how == "census" else None, anonymous=anonymous,
        mode="self" if people or open_address else "interviewer", note=note or None,
    )  # fmt: skip
    setup = SurveySetup.objects.create(
        community=community, round=made.public_id, items=names, how=how, reason=reason, seed=seed,
        frame_size=frame_size, open_salt=secrets.token_urlsafe(12) if open_address else "",
        draw=None if drawn is None else dict(drawn), services=[s.public_id for s in services],
        panel_of=panel_of.public_id if panel_of is not None else "",
    )  # fmt: skip
    HouseholdDrawn.objects.bulk_create(
        (HouseholdDrawn(community=community, round=made.public_id, code=h.code, weight=h.weight,
                        stratum=h.stratum) for h in households), batch_size=500,
    )  # fmt: skip
    SurveyAsked.objects.bulk_create(
        SurveyAsked(community=community, round=made.public_id, person=actor.public_id)
        for actor in people
    )
    details = {"rows": len(people) or len(households), "frame": made.frame}
    return Outcome((made, setup), "rounds", made.public_id, details)


def _add_own(by: Who, instrument: Instrument, own: Sequence[tuple[str, str]]) -> list[str]:
    """The names of the group's own questions; one that is there with the same words is used."""
    names: list[str] = []
    there = {i.name: i for i in Item.objects.filter(instrument=instrument)}
    for kind, text in own:
        like = [
            i.name for i in there.values() if (i.text_id, i.type, i.scale) == (text, kind, None)
        ]
        same = like[0] if like else None
        if same is None:
            n = 1
            while f"sendiri{n}" in there:
                n += 1
            low, high = {"likert": (1, 5), "binary": (0, 1)}.get(kind, (None, None))
            same = f"sendiri{n}"
            there[same] = Item.objects.create(
                community=by.community, public_id=f"{instrument.public_id}_{same}",
                instrument=instrument, name=same, type=kind, low=low, high=high, text_id=text,
            )  # fmt: skip
        if same not in names:
            names.append(same)
    return names


def _append(instrument: Instrument, names: Sequence[str]) -> None:
    """Columns of a questionnaire behind those it has."""
    new = [n for n in names if n not in instrument.item_order]
    if new:
        instrument.item_order = [*instrument.item_order, *new]
        instrument.revision += 1
        instrument.save(update_fields=["item_order", "revision"])


@action("survey.answer", "answers.give", data=False)
def take_answers(
    *,
    by: Who,
    setup: SurveySetup,
    round: Round,
    form: Filled,
    link: AnswerLink | None = None,
    opened: bool = False,
    person: Actor | None = None,
) -> Outcome[bool]:
    """One form; whether it is new.

    Either by the link of somebody who is asked, by the open address (``opened``), or entered by
    who arranges surveys, for ``person`` where the round keeps names.
    """
    if not (link is not None or (opened and setup.open_salt) or by.may("surveys.edit")):
        raise NotAllowedError("survey")
    if not by.may("surveys.edit"):
        person = None
    new = put_on_record(setup, round, form, link.actor if link is not None else person)
    return Outcome(new, "rounds", round.public_id)


@action("survey.draft", "answers.give", data=False)
def keep_draft(
    *, by: Who, setup: SurveySetup, round: Round, link: AnswerLink, draft: Mapping[str, str]
) -> Outcome[None]:
    """What somebody filled in so far, to return to. Never of an anonymous round."""
    if round.anonymous:
        raise NotAllowedError("draft")
    if not is_open(setup, round):
        raise SurveyClosedError
    SurveyAsked.objects.filter(round=setup.round, person=link.actor.public_id, state="").update(
        draft=dict(draft)
    )
    return Outcome(None, "rounds", round.public_id)


@action("survey.refuse", "answers.give", data=False)
def refuse(*, by: Who, setup: SurveySetup, link: AnswerLink) -> Outcome[None]:
    """Somebody does not wish to take part: nothing of theirs is kept, and nobody reminds them."""
    SurveyAsked.objects.filter(round=setup.round, person=link.actor.public_id, state="").update(
        state="refused", draft=None
    )
    return Outcome(None, "rounds", setup.round)


@action("survey.take_back", "answers.give")
def take_back(*, by: Who, setup: SurveySetup, round: Round, link: AnswerLink) -> Outcome[int]:
    """Somebody takes their consent back: their answers of this round go, in full.

    Of an anonymous round nobody can say which answers are theirs.
    """
    if round.anonymous:
        raise NotAllowedError("take_back")
    mine = Answer.objects.filter(round=round, actor=link.actor)
    codes = list(mine.values_list("public_id", flat=True))
    AnswerFlag.objects.filter(round=setup.round, answer__in=codes).delete()
    AnswerLeftOut.objects.filter(round=setup.round, answer__in=codes).delete()
    mine.delete()
    answers_taken_back.send(SurveySetup, setup=setup, codes=codes)
    asked = SurveyAsked.objects.filter(round=setup.round, person=link.actor.public_id)
    asked.update(state="withdrawn", draft=None)
    Consent.objects.filter(actor=link.actor, strand=STRAND, withdrawn_on__isnull=True).update(
        withdrawn_on=today_in(setup.community)
    )
    counted.send(Round, setup=setup, round=round)
    return Outcome(len(codes), "rounds", round.public_id, {"rows": len(codes)})


@action("survey.close", "surveys.edit")
def close_round(*, by: Who, setup: SurveySetup, round: Round) -> Outcome[int]:
    """No more answers; the checks are made, and the round becomes part of the profile.

    The rows are written anew in a random order, so that nothing keeps how they came.
    """
    found = SurveySetup.objects.select_for_update().get(pk=setup.pk)
    if found.closed_on is not None:
        return Outcome(0, "rounds", round.public_id)
    round_closing.send(SurveySetup, setup=setup, round=round)
    today = today_in(setup.community)
    found.closed_on = today
    found.save(update_fields=["closed_on"])
    SurveyAsked.objects.filter(round=setup.round).update(draft=None)
    answers = list(Answer.objects.filter(round=round))
    random.SystemRandom().shuffle(answers)
    if round.anonymous:
        Answer.objects.filter(pk__in=[a.pk for a in answers]).delete()
        for one in answers:
            one.pk = random_key()
        Answer.objects.bulk_create(answers, batch_size=500)
    Round.objects.filter(pk=round.pk).update(end=min(today, round.end))
    mark_answers(setup, answers)
    counted.send(Round, setup=found, round=round)
    return Outcome(len(answers), "rounds", round.public_id, {"rows": len(answers)})


def _count_again(round: Round) -> None:
    setup = SurveySetup.objects.filter(round=round.public_id).first()
    if setup is not None:
        counted.send(Round, setup=setup, round=round)


@action("survey.leave_out", "surveys.check")
def leave_out(*, by: Who, round: Round, answer: str, reason: str) -> Outcome[None]:
    """A person leaves an answer out of the figures and says why. The answer stays."""
    if not reason.strip():
        raise ValueError("reason")
    Answer.objects.get(round=round, public_id=answer)
    until_free(lambda: AnswerLeftOut.objects.update_or_create(
        community=by.community, round=round.public_id, answer=answer,
        defaults={"reason": reason.strip(), "by": by.user, "on": today_in(by.community)},
    ))  # fmt: skip
    _count_again(round)
    return Outcome(None, "rounds", round.public_id, {"fields": ["left_out"]})


@action("survey.take_in", "surveys.check")
def take_in(*, by: Who, round: Round, answer: str) -> Outcome[None]:
    """An answer that was left out counts again."""
    AnswerLeftOut.objects.filter(round=round.public_id, answer=answer).delete()
    _count_again(round)
    return Outcome(None, "rounds", round.public_id, {"fields": ["left_out"]})
