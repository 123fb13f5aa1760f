"""Before a round is closed what phones sent becomes answers; what is taken back goes here too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from satuhati.web.openrosa.sorting import finish_round, forget_answers
from satuhati.web.surveys.beside import SurveySetup
from satuhati.web.surveys.models import Round
from satuhati.web.surveys.signals import answers_taken_back, round_closing


@receiver(round_closing, dispatch_uid="openrosa.closing")
def take_in_what_came(sender: object, setup: SurveySetup, round: Round, **_: Any) -> None:
    finish_round(setup.community, setup, bool(round.anonymous))


@receiver(answers_taken_back, dispatch_uid="openrosa.taken_back")
def forget_what_came(sender: object, setup: SurveySetup, codes: Sequence[str], **_: Any) -> None:
    forget_answers(setup, set(codes))
