"""Everything a report shows: the profile and the fuller figures around it. All frozen.

Reports only render; what they say is computed here, once, for pages and documents alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from satuhati.core.profile.results import Direction, Profile
from satuhati.core.results import Interval


@dataclass(frozen=True, slots=True)
class CommunityFacts:
    """Who the report is about; ``kinds`` of geographic, social, interest."""

    code: str
    name: str
    place: str | None
    decree: str | None
    synthetic: bool
    kinds: tuple[str, ...]
    context: dict[str, str]
    adults: int | None
    households: int | None


@dataclass(frozen=True, slots=True)
class Subgroup:
    """Participation of one subgroup; ``rate`` is ``None`` where it is suppressed."""

    grouping: str
    group: str
    members: int | None
    invited: int | None
    present: int | None
    rate: float | None
    interval: Interval | None
    residents_share: float | None = None
    active_share: float | None = None


@dataclass(frozen=True, slots=True)
class MeetingMark:
    """A meeting on the calendar strip."""

    date: date
    kind: str
    status: str
    invited: int
    present: int


@dataclass(frozen=True, slots=True)
class Participation:
    """Attendance in the window: overall, by subgroup, reasons for absence."""

    start: date
    end: date
    meetings: int
    members: int
    rate: float | None
    interval: Interval | None
    gini: float | None
    top20_share: float | None
    subgroups: tuple[Subgroup, ...]
    reasons: dict[str, int]
    calendar: tuple[MeetingMark, ...]
    never_present_sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapNode:
    """An actor on the network map; position in [0, 1] x [0, 1]; no name unless consented."""

    code: str
    sector: str | None
    kind: str
    x: float
    y: float
    degree: int
    betweenness: float
    label: str | None
    answered: bool = True


@dataclass(frozen=True, slots=True)
class MapTie:
    """A tied pair by node index and the relations that join it."""

    source: int
    target: int
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NetworkMap:
    """The reported ties of one wave, and sector x sector counts of people tied.

    ``density`` is of the pairs that those who answered could tell of, and ``isolates`` answered:
    of who was silent and named by nobody nothing is known.
    """

    wave: int
    nodes: tuple[MapNode, ...]
    ties: tuple[MapTie, ...]
    relations: tuple[str, ...]
    responded: int
    roster: int
    density: float | None
    components: int
    isolates: int
    exchange: tuple[tuple[str, str, str, int], ...]  # (relation, sector, sector, ties)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the cascade; ``share`` of those asked, 0-1; ``None`` where under five took it."""

    stage: str
    n: int | None
    share: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class AreaShare:
    """Who has heard in one area; counts and share are ``None`` where they are suppressed.

    ``at_least_half`` still says on which side of the half the area lies, so that a hidden count
    does not hide which RW to visit first; it is ``None`` where fewer than five were asked.
    """

    area: str
    area_name: str
    asked: int | None
    heard: int | None
    share: float | None
    interval: Interval | None
    at_least_half: bool | None = None


@dataclass(frozen=True, slots=True)
class Funnel:
    """Awareness of one service by one sampling frame at the latest count."""

    service: str
    service_name: str
    frame: str
    start: date
    end: date
    asked: int
    steps: tuple[Step, ...]
    areas: tuple[AreaShare, ...]
    channels: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A coded passage; who said it is named by role only."""

    component: str
    level: str
    population: str
    direction: Direction
    text: str
    source_kind: str
    source_title: str
    date: date
    coding: str


@dataclass(frozen=True, slots=True)
class ScaleReliability:
    """Reliability of one scale in one round."""

    instrument: str
    round: str
    wave: int
    population: str
    scale: str
    n: int
    n_items: int
    alpha: float | None
    alpha_interval: Interval | None
    omega_total: float | None
    missing_rate: float


@dataclass(frozen=True, slots=True)
class RoundQuality:
    """What a survey round or tie round rests on."""

    kind: str  # survey | ties
    code: str
    label: str
    wave: int
    population: str | None
    frame: str | None
    start: date | None
    end: date | None
    invited: int | None
    answered: int
    note: str | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a report shows of one community.

    ``topics_without_rule``: what a working group usually has a written rule for, and this one has
    not; empty where norms are not on record at all.
    """

    facts: CommunityFacts
    profile: Profile
    participation: Participation | None
    network: NetworkMap | None
    funnels: tuple[Funnel, ...]
    quotations: tuple[Quotation, ...]
    reliability: tuple[ScaleReliability, ...]
    rounds: tuple[RoundQuality, ...]
    rows: dict[str, int]
    settings: tuple[dict[str, str], ...]
    topics_without_rule: tuple[str, ...] = ()
