"""Reads of what came out of rounds. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from satuhati.schema.measures import Measure, measures
from satuhati.text import Translator
from satuhati.web.results.stored import GROUP, StoredResults
from satuhati.web.results.tasks import ask_for
from satuhati.web.surveys.queries import RoundSeen, get_round_for
from satuhati.web.tenancy.who import Who

SMALL = 5
"""Of fewer answers nothing is shown: the core's rule, said here without loading it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A round and its figures as they are kept. ``fresh``: of the records as they are now."""

    seen: RoundSeen
    stored: StoredResults | None
    fresh: bool

    @property
    def payload(self) -> dict[str, Any]:
        return self.stored.payload if self.stored is not None else {}

    @property
    def closed(self) -> bool:
        """Nothing of a round is shown while somebody may still answer."""
        return self.seen.setup is None or self.seen.setup.closed_on is not None

    @property
    def enough(self) -> bool:
        return self.seen.answers >= SMALL


def get_results_for(who: Who, code: str, kind: str = GROUP) -> Found | None:
    """The figures of a round; those that are behind are asked for, those of an open round never."""
    seen = get_round_for(who, code)
    if seen is None or who.community is None:
        return None
    found = Found(seen, None, True)
    if not found.closed or not found.enough:
        return found
    # The figures themselves are read only by a page that is not kept yet.
    stored = StoredResults.objects.filter(round=code, kind=kind).defer("payload").first()
    fresh = stored is not None and stored.is_of(who.community.data_version)
    if not fresh:
        ask_for(who.community.pk, code, kind)
    return Found(seen, stored, fresh)


def measure_of(scale: str) -> Measure | None:
    """The measure of the profile that reads a scale; the first, where several do."""
    return next((m for m in measures().values() if m.kind == "scale" and m.of == scale), None)


def scale_word(scale: str, t: Translator) -> str:
    """What a scale is called: as in the profile, else its own name, readable."""
    measure = measure_of(scale)
    return measure.label(t.lang) if measure is not None else scale.replace("_", " ").strip()


def is_turned(scale: str) -> bool:
    """Whether the profile reads the scale the other way round (100: never refused unfairly)."""
    measure = measure_of(scale)
    return measure is not None and (measure.anchor_low or 0) > (measure.anchor_high or 0)


def as_told(
    scale: str, value: float | None, interval: Sequence[float] | None
) -> tuple[float | None, tuple[float, float] | None]:
    """A mean on 0-100 and its range in the direction in which the scale is told, everywhere."""
    ends = (interval[0], interval[1]) if interval else None
    if not is_turned(scale):
        return value, ends
    turned = (100 - ends[1], 100 - ends[0]) if ends else None
    return None if value is None else 100 - value, turned
