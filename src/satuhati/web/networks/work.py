"""Exchange that ordinary work put on record: who helped with a follow-up, who carried out together.

Ties of origin ``work`` go from who gives to who receives; what people report goes from who names to
who is named, and to each of the three questions the named one is who gives. Beside each other both
are shown from giving to receiving sector.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from django.apps import apps
from django.db.models import F

from satuhati.framework import SECTORS
from satuhati.web.meetings.models import FollowUpPartner
from satuhati.web.networks.models import RosterEntry, Tie, TieRound
from satuhati.web.networks.naming import EXCHANGES
from satuhati.web.tenancy.who import Who

YEAR = dt.timedelta(days=365)
FEW = 5
Flow = tuple[int, int, str]
"""Giver, receiver, relation."""


def _helped(after: dt.date, until: dt.date) -> Any:
    """Help given with follow-ups done in a period: from the helper to whose task it was."""
    return FollowUpPartner.objects.filter(
        role="helps",
        exchange__in=EXCHANGES,
        followup__done_on__gt=after,
        followup__done_on__lte=until,
    ).exclude(delivered=False).exclude(actor=F("followup__owner"))  # fmt: skip


def _together(after: dt.date, until: dt.date) -> Any:
    """Who carried out activities of a period. The plan stands above this context."""
    partners: Any = apps.get_model("web", "ActivityPartner")
    return partners.objects.filter(activity__done_on__gt=after, activity__done_on__lte=until)


def flows(after: dt.date, until: dt.date) -> Counter[Flow]:
    """How often each gave what to whom; joint activities tie both ways."""
    found: Counter[Flow] = Counter(
        _helped(after, until).values_list("actor", "followup__owner", "exchange")
    )
    joint: dict[int, set[int]] = {}
    rows = _together(after, until).exclude(actor=None).values_list("activity", "actor")
    for activity, actor in rows:
        joint.setdefault(activity, set()).add(actor)
    for actors in joint.values():
        found.update((a, b, "collaboration") for a, b in permutations(sorted(actors), 2))
    return found


def work_ties(round_: TieRound, on: dt.date) -> list[dict[str, Any]]:
    """The ties of origin ``work`` since the round before, or of a year; weight: how often."""
    before = TieRound.objects.filter(closed_on__lt=on).exclude(pk=round_.pk).order_by("-closed_on")
    last = before.values_list("closed_on", flat=True).first() or on - YEAR
    return [
        {"round": round_, "source_id": giver, "target_id": receiver, "relation": relation,
         "origin": "work", "weight": float(n)}
        for (giver, receiver, relation), n in sorted(flows(last, on).items())
    ]  # fmt: skip


# -- sector by sector -----------------------------------------------------------------------------

Cells = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Pairs of those asked, whoever gave: on record and told, only on record, only told."""

    both: int
    work: int
    told: int

    @property
    def jaccard(self) -> float | None:
        """Pairs in both of pairs in either (Jaccard 1901); ``None`` without any."""
        either = self.both + self.work + self.told
        return self.both / either if either else None

    @property
    def comparable(self) -> bool:
        """Five pairs or more on record, and five or more told."""
        return min(self.both + self.work, self.both + self.told) >= FEW

    @property
    def exact(self) -> bool:
        """Whether counts may be shown. The team knows who is on record, so a count near none or
        near all would tell of single pairs whether they named each other."""
        return self.comparable and min(self.both, self.work) >= FEW


@dataclass(frozen=True, slots=True)
class Exchange:
    """One kind of exchange, as recorded and as reported, from giving to receiving sector.

    ``overlap`` compares the two person by person, ``between`` the same for two sectors each;
    both are empty while no round is closed.
    """

    relation: str
    recorded: Cells
    reported: Cells
    sectors: tuple[str, ...]
    overlap: Overlap | None = None
    between: tuple[tuple[str, str, Overlap], ...] = ()

    @property
    def both(self) -> int:
        return len(self._crossing(self.recorded) & self._crossing(self.reported))

    @property
    def only_recorded(self) -> int:
        return len(self._crossing(self.recorded) - self._crossing(self.reported))

    @property
    def only_reported(self) -> int:
        return len(self._crossing(self.reported) - self._crossing(self.recorded))

    @staticmethod
    def _crossing(cells: Cells) -> set[frozenset[str]]:
        """Pairs of different sectors, either way."""
        return {frozenset(pair) for pair, n in cells.items() if n and pair[0] != pair[1]}


@dataclass(frozen=True, slots=True)
class Exchanges:
    """All kinds of exchange of a period, beside the latest closed round if there is one."""

    kinds: tuple[Exchange, ...]
    joint: Cells
    joint_sectors: tuple[str, ...]
    helped: int
    activities: int
    since: dt.date
    until: dt.date
    round: TieRound | None
    asked: int = 0
    answered: int = 0
    """Of the latest round: what was told is told by these. Of fewer than five nothing is."""

    @property
    def told(self) -> bool:
        """Whether a round stands beside what work put on record."""
        return self.round is not None and self.answered >= FEW


def get_exchanges_for(who: Who, today: dt.date) -> Exchanges:
    """Exchange of the last year from ordinary work, and as told in the latest closed round."""
    after = today - YEAR
    work = Counter(
        _helped(after, today).values_list("exchange", "actor__sector", "followup__owner__sector")
    )
    latest = (
        TieRound.objects.filter(closed_on__isnull=False).order_by("-wave", "-closed_on").first()
    )
    told: Counter[tuple[str, str | None, str | None]] = Counter()
    roster = RosterEntry.objects.filter(round=latest)
    asked, answered = roster.count(), roster.filter(responded=True).count()
    enough = latest is not None and answered >= FEW  # of fewer the sectors would tell of people
    if enough:
        ties = Tie.objects.filter(round=latest, relation__in=EXCHANGES).exclude(origin="work")
        told.update(ties.values_list("relation", "target__sector", "source__sector"))
    kinds = []
    compared = _compared(latest, after, today) if latest is not None and enough else {}
    for relation in EXCHANGES:
        recorded, reported = _of(work, relation), _of(told, relation)
        overlap, between = compared.get(relation, (None, ()))
        order = _order([recorded, reported])
        kinds.append(Exchange(relation, recorded, reported, order, overlap, between))
    sectors: dict[int, set[str]] = {}
    for activity, sector in _together(after, today).values_list("activity", "sector"):
        sectors.setdefault(activity, set()).add(sector)
    joint: Counter[tuple[str, str]] = Counter()
    for found in sectors.values():
        joint.update(permutations(sorted(found), 2))
    return Exchanges(
        kinds=tuple(kinds),
        joint=dict(joint),
        joint_sectors=_order([dict(joint)]),
        helped=sum(work.values()),
        activities=sum(len(found) > 1 for found in sectors.values()),
        since=after + dt.timedelta(days=1),
        until=today,
        round=latest,
        asked=asked,
        answered=answered,
    )


def _compared(
    latest: TieRound, after: dt.date, until: dt.date
) -> dict[str, tuple[Overlap, tuple[tuple[str, str, Overlap], ...]]]:
    """What was told in a round beside what work put on record, pair by pair of those asked."""
    roster = RosterEntry.objects.filter(round=latest)
    sector = {pk: code or "" for pk, code in roster.values_list("actor", "actor__sector")}
    work: dict[str, set[frozenset[int]]] = {r: set() for r in EXCHANGES}
    told: dict[str, set[frozenset[int]]] = {r: set() for r in EXCHANGES}
    helped = _helped(after, until).values_list("exchange", "actor", "followup__owner")
    said = Tie.objects.filter(round=latest, relation__in=EXCHANGES).exclude(origin="work")
    for found, rows in ((work, helped), (told, said.values_list("relation", "source", "target"))):
        for relation, a, b in rows:
            if a in sector and b in sector and a != b:
                found[relation].add(frozenset((a, b)))
    place = {code: i for i, code in enumerate((*SECTORS, ""))}
    result = {}
    for relation in EXCHANGES:
        one, other = work[relation], told[relation]
        cells: dict[tuple[str, str], list[int]] = {}
        for pair in one | other:
            a, b = sorted((sector[pk] for pk in pair), key=lambda code: place.get(code, 99))
            which = 0 if pair in one and pair in other else 1 if pair in one else 2
            cells.setdefault((a, b), [0, 0, 0])[which] += 1
        ordered = sorted(cells, key=lambda pair: [place.get(code, 99) for code in pair])
        result[relation] = (
            Overlap(len(one & other), len(one - other), len(other - one)),
            tuple((a, b, Overlap(*cells[a, b])) for a, b in ordered),
        )
    return result


def _of(counts: Counter[tuple[str, str | None, str | None]], relation: str) -> Cells:
    return {(a or "", b or ""): n for (kind, a, b), n in counts.items() if kind == relation}


def _order(some: list[Cells]) -> tuple[str, ...]:
    there = {sector for cells in some for pair in cells for sector in pair}
    return tuple(sector for sector in (*SECTORS, "") if sector in there)
