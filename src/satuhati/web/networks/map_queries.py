"""Reads of the pictures of ties: which is asked for, and what this reader may see of whom."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from satuhati.schema.listening import RELATIONS
from satuhati.web.networks.naming import EXCHANGES
from satuhati.web.networks.stored import StoredPictures
from satuhati.web.register.models import Actor, Consent
from satuhati.web.tenancy import rules
from satuhati.web.tenancy.who import Who

FEWEST = 5
"""People under which figures of a group are for keepers only: ``core.suppression``'s rule."""
MEASURES = ("contacts", "named", "sectors")


def get_pictures_for(who: Who) -> StoredPictures | None:
    """The pictures of the reader's community, of the records as they are or as they were."""
    found: StoredPictures | None = StoredPictures.objects.first()
    return found


# -- names ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Names:
    """Whom this reader may see by name. ``named`` holds those; everybody else is of a sector."""

    named: Mapping[str, str]
    persons: frozenset[str]
    open_ids: bool

    def code(self, actor: str) -> str:
        """The public id of who may be named; a stable stand-in that leads to nobody otherwise."""
        return actor if self.open_ids and actor in self.named else stand_in(actor)


def stand_in(actor: str) -> str:
    """The same for the same person, and of no use without the server's secret."""
    key = settings.SECRET_KEY.encode()
    return "x" + hmac.new(key, f"networks {actor}".encode(), hashlib.sha256).hexdigest()[:10]


def get_names_for(who: Who, actors: Iterable[str]) -> Names:
    """Organisations are named; people to keepers if their consent is in force, and oneself."""
    wanted = set(actors)
    rows = [r for r in Actor.objects.values_list("public_id", "name", "kind") if r[0] in wanted]
    persons = frozenset(code for code, _, kind in rows if kind == "person")
    agreed: set[str] = set()
    if who.may("networks.names"):
        agreed = set(
            Consent.objects.filter(strand="ties", withdrawn_on__isnull=True).values_list(
                "actor__public_id", flat=True
            )
        )
    named = {
        code: name for code, name, _ in rows if name and (code not in persons or code in agreed)
    }
    return Names(named, persons, open_ids=who.role != "researcher")


def own_code(who: Who) -> str | None:
    """The reader's own row in the register."""
    actor = who.membership.actor if who.membership else None
    return actor.public_id if actor is not None else None


# -- what is asked for ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """Which picture, which relation (``""``: all), what the size of a mark tells."""

    wave: int
    origin: str
    relation: str
    measure: str

    @property
    def query(self) -> str:
        return (
            f"gelombang={self.wave}&asal={self.origin}&hubungan={self.relation}"
            f"&ukuran={self.measure}"
        )


@dataclass(slots=True)
class View:
    """A picture as asked for. ``pairs`` are positions in ``spots`` and the relations between."""

    asked: Asked
    picture: dict[str, Any]
    places: Mapping[str, tuple[float, float]]
    sectors: Mapping[str, str | None]
    waves: list[int]
    origins: list[str]
    relations: list[str]
    pairs: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    near: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    named: Counter[int] = field(default_factory=Counter)

    @property
    def few_told(self) -> bool:
        """Whether so few answered that lines would show whom single ones named."""
        return self.asked.origin == "reported" and int(self.picture["answered"]) < FEWEST

    @property
    def robust(self) -> bool:
        return bool(self.picture["robust"])

    @property
    def sure(self) -> Mapping[str, Any] | None:
        """What stands beside the figures of the relation asked for; not of pictures kept before."""
        found: Mapping[str, Any] | None = self.picture.get("sure", {}).get(self.asked.relation)
        return found

    @property
    def spots(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.picture["spots"]
        return found

    def sector(self, i: int) -> str | None:
        return self.sectors.get(self.spots[i]["id"])

    def other_sectors(self, i: int) -> set[str]:
        own = self.sector(i)
        return {s for j in self.near[i] if (s := self.sector(j)) is not None and s != own}

    def heard(self, i: int) -> bool:
        """Whether its own ties are known: of who was silent only what others say is."""
        return self.asked.origin != "reported" or bool(self.spots[i]["answered"])

    @property
    def alone(self) -> list[int]:
        """Those who are tied to nobody, of those whose ties are known."""
        return [i for i in range(len(self.spots)) if not self.near[i] and self.heard(i)]

    @property
    def unknown(self) -> list[int]:
        """Those who did not answer and whom nobody named: nothing is known of them."""
        return [i for i in range(len(self.spots)) if not self.near[i] and not self.heard(i)]

    def value(self, i: int) -> int:
        """What the size of the mark tells, in the relations asked for."""
        if self.asked.measure == "named":
            return self.named[i]
        return len(self.other_sectors(i) if self.asked.measure == "sectors" else self.near[i])


def get_view_for(who: Who, payload: Mapping[str, Any], given: Mapping[str, str]) -> View | None:
    """The picture asked for; what is not there gives way to the newest wave and all relations."""
    every: list[dict[str, Any]] = payload.get("pictures", [])
    if not every:
        return None
    waves = sorted({p["wave"] for p in every})
    wave = next((w for w in waves if str(w) == given.get("gelombang")), waves[-1])
    of_wave = {p["origin"]: p for p in every if p["wave"] == wave}
    origin = given.get("asal", "")
    if origin not in of_wave:
        told = of_wave["reported"]
        empty = not told["arcs"] or told["answered"] < FEWEST
        origin = "work" if empty and "work" in of_wave else "reported"
    picture = of_wave[origin]
    relations = [r for r in RELATIONS if r in picture["arcs"]]
    relation = given.get("hubungan", "")
    measures = MEASURES if picture["robust"] else ("named",)
    measure = given.get("ukuran", "")
    asked = Asked(
        wave,
        origin,
        relation if relation in relations else "",
        measure if measure in measures else measures[0],
    )
    view = View(
        asked, picture, payload["places"], payload["sectors"], waves, list(of_wave), relations
    )
    named_by: dict[int, set[int]] = defaultdict(set)
    for one in relations:
        if asked.relation not in ("", one):
            continue
        for a, b, _ in picture["arcs"][one]:
            kinds = view.pairs.setdefault((min(a, b), max(a, b)), [])
            if one not in kinds:
                kinds.append(one)
            view.near[a].add(b)
            view.near[b].add(a)
            named_by[b].add(a)
    view.named = Counter({i: len(by) for i, by in named_by.items()})
    return view


def given(view: View, relation: str) -> tuple[list[dict[str, Any]], bool]:
    """Ties from sector to sector, and whether ``first`` is who gives and ``second`` who receives.

    Work is kept so; to each question that is asked it is the named one who gives. Other relations
    that are told have no giver: they go from who names to who is named.
    """
    flows = [f for f in view.picture["flows"] if f["relation"] == relation]
    if view.asked.origin != "reported":
        return flows, True
    if relation not in EXCHANGES:
        return flows, False
    return [{**f, "first": f["second"], "second": f["first"]} for f in flows], True


def few_people(view: View, names: Names) -> set[str]:
    """Sectors with one to four people: who keeps no records does not see their figures."""
    people = Counter(
        view.sectors.get(s["id"]) for s in view.spots if s["id"] in names.persons
    )  # fmt: skip
    return {s for s, n in people.items() if s is not None and 0 < n < FEWEST}


@dataclass(frozen=True, slots=True)
class OwnTies:
    """Whom a member named, by relation; of who named them only how many."""

    named: dict[str, list[str]]
    unnamed: Counter[str]
    named_by: int
    wave: int


def get_own_ties_for(who: Who, payload: Mapping[str, Any]) -> OwnTies | None:
    """A member's own ties in the newest wave; names of others only with their consent."""
    view = get_view_for(who, payload, {"asal": "reported"})
    code = own_code(who)
    if view is None or code is None or view.asked.origin != "reported":
        return None
    mine = next((i for i, s in enumerate(view.spots) if s["id"] == code), None)
    if mine is None:
        return None
    chosen = {
        r: [view.spots[b]["id"] for a, b, _ in view.picture["arcs"][r] if a == mine]
        for r in view.relations
    }
    others = {b for ids in chosen.values() for b in ids}
    agreed = set(
        Consent.objects.filter(
            strand="ties", withdrawn_on__isnull=True, actor__public_id__in=others
        ).values_list("actor__public_id", flat=True)
    )
    names = {
        c: name
        for c, name, kind in Actor.objects.filter(public_id__in=others).values_list(
            "public_id", "name", "kind"
        )
        if name and (kind != "person" or c in agreed)
    }
    return OwnTies(
        {r: sorted(names[b] for b in ids if b in names) for r, ids in chosen.items()},
        Counter({r: sum(b not in names for b in ids) for r, ids in chosen.items()}),
        view.named[mine],
        view.asked.wave,
    )


def may_direct(who: Who) -> bool:
    """Whether a file may say who named whom: the columns of ``ties`` are for administrators."""
    return rules.sees(who.role, "admin")
