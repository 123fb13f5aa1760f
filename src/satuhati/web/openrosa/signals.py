"""Before a round is closed, what phones sent becomes answers."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from satuhati.web.openrosa.sorting import finish_round
from satuhati.web.surveys.beside import SurveySetup
from satuhati.web.surveys.models import Round
from satuhati.web.surveys.signals import round_closing


@receiver(round_closing, dispatch_uid="openrosa.closing")
def take_in_what_came(sender: object, setup: SurveySetup, round: Round, **_: Any) -> None:
    finish_round(setup.community, setup, bool(round.anonymous))
