"""What a profile is made of: cells with evidence, verdicts, gaps, strategies. All frozen.

Values are 0-100 on the anchors of the measure; intervals are 95 %; dates are inclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from satuhati.core.results import Interval
from satuhati.errors import Doubt

Verdict = Literal["agreement", "partial agreement", "silence", "dissonance", "no evidence"]
Status = Literal["ok", "too few", "not enough", "none", "not applicable"]
Direction = Literal["supports", "mixed", "contradicts"]
Place = Literal["low", "middle", "high"]
VoicePlace = Literal["low", "middle", "high", "split"]
"""``split``: pieces of one record stand in different places."""


@dataclass(frozen=True, slots=True)
class Trace:
    """The rows behind a piece of evidence: ids of ``table``; empty for anonymous rows."""

    table: str
    ids: tuple[str, ...]
    n: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One measure's word on one cell.

    ``record`` names the raw record behind it; pieces of one record are one voice. ``raw`` is the
    figure in its own unit before anchoring, ``numerator`` / ``denominator`` its counts where it
    is a share. ``subject`` is what it is about when a measure speaks of several things (a
    service), ``frame`` the sampling frame, ``scored`` whether it takes part in the verdict
    (context measures are only shown). For field notes ``direction`` is set and ``value`` is not.
    """

    measure: str
    component: str
    level: str
    population: str
    method: str
    record: str
    value: float | None
    interval: Interval | None
    n: int
    direction: Direction | None
    status: Status
    trace: Trace
    place: Place | None = None
    scored: bool = True
    min_n: int = 0
    raw: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    subject: str | None = None
    subject_name: str | None = None
    frame: str | None = None
    period: tuple[date, date] | None = None
    target: float | None = None
    counts: dict[str, int] = field(default_factory=dict)
    reason: str | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """One record's place in a cell, the hull of its pieces."""

    record: str
    method: str
    place: VoicePlace
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OneSourceTest:
    """How many of the ``of`` verdicts recomputed without one record equal the verdict."""

    held: int
    of: int
    changed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What two readers or a meeting said of a proposed verdict."""

    stance: Literal["confirmed", "contested"]
    verdict: Verdict | None
    by: str
    date: date
    reason: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One component x level x population: its verdict and everything behind it."""

    component: str
    level: str
    population: str
    convergence: Verdict
    one_source_test: OneSourceTest
    evidence: tuple[Evidence, ...]
    voices: tuple[Voice, ...] = ()
    target: float = 60.0
    target_is_own: bool = False
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A cell with a sufficient piece lying wholly under the target.

    ``shortfall`` is target minus value; ``certain_shortfall`` target minus the interval's upper
    end (equal for a count). ``voices`` is how many records of the cell lie below the target, of
    how many; gaps are ranked by ``certain_shortfall``, then by the share of voices.
    """

    component: str
    level: str
    population: str
    measure: str
    value: float
    interval: Interval | None
    target: float
    target_is_own: bool
    shortfall: float
    certain_shortfall: float
    voices_below: int
    voices: int
    survives_one_source: bool
    convergence: Verdict
    strategies: tuple[str, ...]
    subject: str | None = None
    subject_name: str | None = None


@dataclass(frozen=True, slots=True)
class KnowledgeGap:
    """A cell or piece that cannot be judged yet, and the cheapest next way to know."""

    component: str
    level: str
    population: str
    status: Status
    measure: str
    n: int
    needed: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate strategy with the gaps that call for it (indices into ``Profile.gaps``)."""

    strategy: str
    gaps: tuple[int, ...]
    cautions: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Light:
    """One of the three lamps: rhythm, participation, known by residents."""

    name: Literal["rhythm", "participation", "known"]
    state: Literal["bright", "dim", "unlit", "unknown"]
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Mirror:
    """What the working group predicted, what was measured, and the gap (predicted - measured)."""

    measure: str
    subject: str | None
    subject_name: str | None
    wave: int | None
    date: date
    predicted: float
    measured: float | None
    interval: Interval | None
    gap: float | None
    people: int | None


@dataclass(frozen=True, slots=True)
class WavePoint:
    """A piece of evidence as it stood at the end of a wave."""

    wave: int
    as_of: date
    value: float | None
    interval: Interval | None
    n: int
    status: Status


@dataclass(frozen=True, slots=True)
class Change:
    """One measure over the waves; ``apart`` when first and last intervals do not overlap."""

    measure: str
    component: str
    level: str
    population: str
    subject: str | None
    subject_name: str | None
    points: tuple[WavePoint, ...]
    difference: float | None
    apart: bool | None
    frame: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """The triangulated profile of one community at one date. Never a total."""

    community: str
    name: str
    as_of: date | None
    components: tuple[Cell, ...]
    functions: tuple[Cell, ...]
    normative_functions: tuple[Evidence, ...]
    conditioning_influences: tuple[Evidence, ...]
    outcomes: tuple[Evidence, ...]
    lights: tuple[Light, ...]
    gaps: tuple[Gap, ...]
    knowledge_gaps: tuple[KnowledgeGap, ...]
    strategies: tuple[Suggestion, ...]
    mirrors: tuple[Mirror, ...]
    changes: tuple[Change, ...]
    absent_strands: tuple[str, ...]
    warnings: tuple[Doubt, ...] = ()
