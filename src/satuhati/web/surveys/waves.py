"""Which earlier round a round may be held against, and how.

The same people asked again are a *panel*: their change is that of persons, paired. Another sample
of the same population is a *repeated cross-section*: the change is that of two means, and a person
who is in both by chance is not looked for. Rounds whose people were found in different ways are
*apart*: of residents at a health desk and residents at their doors the difference is no change.
(Kish 1965, Survey sampling, §12.4; Firebaugh 1997, Analyzing repeated surveys.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from satuhati.web.surveys.beside import SurveySetup
from satuhati.web.surveys.models import Answer, Round
from satuhati.web.surveys.queries import RoundSeen, counted_answers, counted_rounds
from satuhati.web.tenancy.who import Who

Kind = Literal["panel", "cross_section", "apart"]


@dataclass(frozen=True, slots=True)
class Against:
    """A round's earlier round, and what their difference is."""

    earlier: Round
    kind: Kind


def earlier_of(round: Round) -> Against | None:
    """The round of the wave before, or the one whose people were asked again."""
    setup = SurveySetup.objects.filter(round=round.public_id).first()
    counted = counted_rounds().filter(instrument=round.instrument_id, population=round.population)
    if setup is not None and setup.panel_of:
        found = counted.filter(public_id=setup.panel_of).first()
        return Against(found, "panel") if found is not None else None
    before = counted.filter(wave__lt=round.wave).order_by("-wave", "-end", "-pk")
    same = before.filter(frame=round.frame).first()
    if same is not None:
        return Against(same, "cross_section")
    other = before.first()
    return Against(other, "apart") if other is not None else None


def panel_rounds() -> list[Round]:
    """Closed rounds with names, whose people can be asked again."""
    named = counted_rounds().filter(anonymous=False).select_related("instrument")
    with_people = Answer.objects.filter(actor__isnull=False).values("round")
    return list(named.filter(pk__in=with_people).order_by("-end", "-pk"))


@dataclass(frozen=True, slots=True)
class Since:
    """What a closed round is held against; of a panel, who answered when."""

    earlier: Round
    kind: Kind
    stayed: int = 0
    left: int = 0
    came: int = 0


def get_since_for(who: Who, seen: RoundSeen) -> Since | None:
    """The round before a closed one, and what their difference is; its figures are results."""
    if seen.setup is not None and seen.setup.closed_on is None:
        return None
    found = earlier_of(seen.round)
    if found is None or found.kind != "panel":
        return None if found is None else Since(found.earlier, found.kind)
    before, after = (
        set(counted_answers().filter(round=one, actor__isnull=False)
            .values_list("actor", flat=True))
        for one in (found.earlier, seen.round)
    )  # fmt: skip
    return Since(found.earlier, "panel", len(before & after), len(before - after),
                 len(after - before))  # fmt: skip
