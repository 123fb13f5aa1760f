"""What is done to households that were drawn: their answer is counted with their weight."""

from __future__ import annotations

from typing import Any

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.register.models import Area
from satuhati.web.surveys.beside import HouseholdDrawn, SurveySetup
from satuhati.web.tenancy.who import Who

STATES = ("refused", "away", "gone")
"""Why a household gave no answer: it would not, was not met, is not there (any more)."""


def facts_of(household: HouseholdDrawn) -> dict[str, Any]:
    """The columns of an answer that come from the draw. The place is the RW at the finest."""
    found = {"weight": household.weight, "stratum": household.stratum}
    word = household.stratum.casefold()
    for area in Area.objects.select_related("parent"):
        if word in (area.public_id.casefold(), area.name.casefold()):
            coarse = area.parent if area.level == "rt" else area
            if coarse is not None and coarse.level == "rw":
                found["area"] = coarse
            break
    return found


@action("survey.visit", "surveys.edit", data=False)
def note_visit(*, by: Who, setup: SurveySetup, household: str, state: str) -> Outcome[None]:
    """Note why a household gave no answer, or take the note back. None takes its place."""
    if state not in ("", *STATES):
        raise ValueError("state")
    HouseholdDrawn.objects.filter(round=setup.round, code=household).exclude(
        state="answered"
    ).update(state=state)
    return Outcome(None, "rounds", setup.round, {"state": state})
