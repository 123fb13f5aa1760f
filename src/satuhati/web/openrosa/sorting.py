"""What phones sent becomes answers: a job of the worker, and before a round is closed.

Each submission goes the way of a form that is entered on a page (``surveys.taking``); its entry
in the trail was made when it came. Small transactions, so that phones are not kept waiting.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
import time
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from django_tasks import task

from satuhati.web.openrosa.models import TABLE, Submission
from satuhati.web.openrosa.turns import are_busy, last_turn
from satuhati.web.register.models import Actor
from satuhati.web.surveys.beside import AnswerFlag, SurveySetup, random_key
from satuhati.web.surveys.checks import CLOCK, FAST
from satuhati.web.surveys.models import Answer, Round
from satuhati.web.surveys.taking import (
    AnsweredAlreadyError,
    Filled,
    NoConsentError,
    NotAskedError,
    SurveyClosedError,
    columns_of,
    put_on_record,
)
from satuhati.web.tenancy.files import KeptFile, drop
from satuhati.web.tenancy.models import Community

BATCH, FEW, MOST = 25, 100, 5_000
LONGEST = 0.1
"""Seconds of one transaction: so long a phone may have to wait for us."""
WAIT = dt.timedelta(seconds=3)
REFUSED = {AnsweredAlreadyError: "already", NotAskedError: "not_asked",
           SurveyClosedError: "closed", NoConsentError: "consent"}  # fmt: skip
_lock = threading.Lock()
_asked_until = 0.0


def ask_soon() -> None:
    """Have the worker sort in a moment. What comes until then needs no job of its own."""
    global _asked_until
    with _lock:
        now = time.monotonic()
        if now < _asked_until:
            return
        _asked_until = now + WAIT.total_seconds()
    sort_submissions.using(run_after=timezone.now() + WAIT).enqueue()


@task()
def sort_submissions() -> None:
    """Sort what waits; if it is much, in several jobs, so that others get their turn.

    While phones keep sending it is a few at a time: what is taken can wait, who sends cannot.
    """
    from satuhati.web.openrosa.attached import PHOTOS_AT_ONCE, clean_files

    sort_waiting(MOST, few_while_busy=True)
    with scopes_disabled():
        rest = Submission.objects.filter(state="").exists()
    if clean_files() >= PHOTOS_AT_ONCE or rest:
        later = WAIT if are_busy() else dt.timedelta(0)
        if not later or cache.add("collect-sort-later", 1, timeout=later.total_seconds()):
            sort_submissions.using(run_after=timezone.now() + later).enqueue()


def sort_waiting(most: int = MOST, *, few_while_busy: bool = False) -> int:
    """Make answers of up to ``most`` submissions of all communities; how many."""
    done = 0
    while done < most:
        if few_while_busy and done >= FEW and are_busy():
            break
        with scopes_disabled():
            first = Submission.objects.filter(state="").values_list("community", "round")[:1]
            found = list(first)
        if not found:
            break
        community = Community.objects.get(pk=found[0][0])
        with scope(community=community), last_turn():
            done += _sort_some(community, found[0][1])
    return done


def sort_round(community: Community, round_code: str) -> int:
    """Make answers of all that waits of one round; how many. The scope is open."""
    done = 0
    while n := _sort_some(community, round_code):
        done += n
    return done


def _sort_some(community: Community, round_code: str) -> int:
    with transaction.atomic():
        waiting = list(
            Submission.objects.select_for_update().filter(round=round_code, state="")[:BATCH]
        )
        if not waiting:
            return 0
        setup = SurveySetup.objects.select_related("community").filter(round=round_code).first()
        round = Round.objects.filter(public_id=round_code).first()
        begun, done = time.monotonic(), 0
        ends: dict[tuple[str, str], list[int]] = {}
        for one in waiting:
            if done and time.monotonic() - begun > LONGEST:
                break
            done += 1
            ends.setdefault(_sorted(one, setup, round, community), []).append(one.pk)
        gone = {"values": None} if round is None or round.anonymous else {}
        for (state, reason), keys in ends.items():
            rows = Submission.objects.filter(pk__in=keys)
            rows.update(state=state, reason=reason, **gone)
    return done


def code_of(one: Submission) -> str:
    """The form's own id in the answer's: of the first of a chain, whatever Collect calls it."""
    return hashlib.sha256(f"{one.round}:{one.root}".encode()).hexdigest()[:32]


def _sorted(
    one: Submission, setup: SurveySetup | None, round: Round | None, community: Community
) -> tuple[str, str]:
    if setup is None or round is None or setup.closed_on is not None:
        return "refused", "closed"
    given = one.values or {}
    there = Answer.objects.filter(
        instrument_id=round.instrument_id, public_id=f"{round.public_id}-{code_of(one)}"
    )
    try:
        if one.replaces and (answer := next(iter(there[:1]), None)) is not None:
            _correct(answer, given, setup)
        else:
            _take(one, given, setup, round)
    except tuple(REFUSED) as error:
        return "refused", REFUSED[type(error)]
    if given.get("clock"):
        _flag(one, setup, CLOCK)
    return "taken", ""


def _take(one: Submission, given: dict[str, Any], setup: SurveySetup, round: Round) -> None:
    person, household = None, ""
    if setup.how == "households":
        household = given.get("person", "")
    elif given.get("person"):
        person = Actor.objects.filter(public_id=given["person"]).first()
        if person is None:
            raise NotAskedError
    form = Filled(
        code_of(one), given["values"], given["about"], agreed=True,
        seconds=0.0 if given.get("fast") else None, household=household,
    )  # fmt: skip
    with transaction.atomic():  # its entry in the trail was made when the form came
        put_on_record(setup, round, form, person, received=True)


def _correct(answer: Answer, given: dict[str, Any], setup: SurveySetup) -> None:
    """The answer says what the newer form says. What it said before stays with the submission."""
    answer.values = given["values"]
    changed = ["values"]
    if answer.actor_id is None:
        about = dict(given["about"])
        if answer.area_id is not None and setup.how == "households":
            about["area"] = answer.area.public_id  # as the draw has it
        for name, value in columns_of(about).items():
            setattr(answer, name, value)
            changed.append(name)
    answer.revision += 1
    answer.save(update_fields=[*changed, "revision"])
    AnswerFlag.objects.filter(round=setup.round, answer=answer.public_id, kind=FAST).delete()
    if given.get("fast"):
        AnswerFlag.objects.create(community=setup.community, round=setup.round,
                                  answer=answer.public_id, kind=FAST)  # fmt: skip


def _flag(one: Submission, setup: SurveySetup, kind: str) -> None:
    AnswerFlag.objects.get_or_create(
        community=setup.community, round=setup.round, kind=kind,
        answer=f"{setup.round}-{code_of(one)}",
    )  # fmt: skip


def finish_round(community: Community, setup: SurveySetup, anonymous: bool) -> None:
    """Before a round is closed: all that came is sorted. In the transaction of closing.

    Of an anonymous round what is kept of submissions, so that a late repetition is known, is
    written anew in another order, as the answers are.
    """
    sort_round(community, setup.round)
    if not anonymous:
        return
    rows = list(Submission.objects.filter(round=setup.round))
    Submission.objects.filter(round=setup.round).delete()
    for one in rows:
        one.pk = random_key()
    Submission.objects.bulk_create(sorted(rows, key=lambda s: s.pk), batch_size=500)


def forget_answers(setup: SurveySetup, codes: set[str]) -> None:
    """What phones sent of answers that were taken back goes, with its files.

    That something came stays, so that a repetition does not bring it back.
    """
    gone = [
        one for one in Submission.objects.filter(round=setup.round).exclude(values=None)
        if f"{setup.round}-{code_of(one)}" in codes
    ]  # fmt: skip
    Submission.objects.filter(pk__in=[one.pk for one in gone]).update(values=None, state="taken")
    for file in KeptFile.objects.filter(table=TABLE, code__in=[str(one.pk) for one in gone]):
        drop(file)
