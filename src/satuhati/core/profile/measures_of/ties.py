"""Measures read from reported ties of the latest closed round, over its roster."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from satuhati.core.intervals import wilson
from satuhati.core.networks.cohesion import components
from satuhati.core.networks.exchange import (
    Share,
    crossing_ties,
    multiplex_pairs,
    outside_group_share,
    pairs_still_connected_without,
    sector_pairs,
    sectors_reached,
    two_steps,
)
from satuhati.core.networks.network import from_edges, without_direction
from satuhati.core.networks.positions import centralization
from satuhati.core.profile.context import Context, finding, no_finding
from satuhati.core.profile.kinds import registered
from satuhati.core.profile.rosters import ENOUGH_RESPONSE, EXCHANGES, Roster
from satuhati.schema.measures import Measure

Kernel = Callable[[Roster, str], tuple[Share, int] | None]
"""(roster, relation) -> the share and what n counts; ``None`` where the relation was not asked."""


def _per_community(name: str, kernel: Kernel) -> None:
    """Register a kernel that looks at one roster at a time.

    A relation without a single tie was not asked, as far as the records tell. With everyone
    answering, figures of the roster are complete; otherwise the interval is Wilson's for a
    finite population, and a response under 70 % is not enough.
    """

    @registered("network", name)
    def compute(ctx: Context, measure: Measure, relation: str) -> pl.DataFrame:
        found = []
        for community, roster in ctx.rosters.items():
            if relation and relation not in roster.networks:
                continue
            result = kernel(roster, relation)
            if result is None or result[0].of == 0:
                continue
            part, n = result
            raw = part.count / part.of * 100
            lo = hi = None
            if measure.interval == "finite":
                bounds = wilson(part.count, part.of, part.of / max(roster.response, 1e-9))
                if bounds is not None and roster.response < 1:
                    lo, hi = bounds[0] * 100, bounds[1] * 100
            found.append(
                {
                    "community": community,
                    "record": f"ties:{roster.round}",
                    "raw": raw,
                    "lo": lo,
                    "hi": hi,
                    "n": n,
                    "numerator": float(part.count),
                    "denominator": float(part.of),
                    "start": roster.closed_on,
                    "end": roster.closed_on,
                    "insufficient": roster.response < ENOUGH_RESPONSE,
                    "table": "ties",
                    "ids": _ids(roster, relation),
                    "rows": len(_ids(roster, relation)),
                }
            )
        return finding(pl.DataFrame(found, infer_schema_length=None)) if found else no_finding()


def _ids(roster: Roster, relation: str) -> list[str]:
    rows = roster.ties
    if relation:
        rows = rows.filter(pl.col("relation") == relation)
    return sorted(rows["id"].to_list())


def _giving(roster: Roster, relation: str) -> tuple[Share, int]:
    """Respondents who are persons with at least one tie out."""
    who = roster.responded & roster.persons
    out = np.zeros(len(roster.ids), dtype=np.bool_)
    out[roster.networks[relation].edges[:, 0]] = True
    return Share(int((out & who).sum()), int(who.sum())), int(who.sum())


def _receiving(roster: Roster, relation: str) -> tuple[Share, int]:
    """Persons on the roster named at least once."""
    into = np.zeros(len(roster.ids), dtype=np.bool_)
    into[roster.networks[relation].edges[:, 1]] = True
    who = roster.persons
    return Share(int((into & who).sum()), int(who.sum())), int(who.sum())


def _density(roster: Roster, relation: str) -> tuple[Share, int]:
    """Ties that respondents told, of all they could have told on the roster."""
    told = roster.responded[roster.networks[relation].edges[:, 0]]
    possible = int(roster.responded.sum()) * (len(roster.ids) - 1)
    return Share(int(told.sum()), possible), len(roster.ids)


def _across_rw(roster: Roster, relation: str) -> tuple[Share, int]:
    part = crossing_ties(roster.networks[relation], roster.wards)
    return part, part.of


def _outside_sector(roster: Roster, relation: str) -> tuple[Share, int]:
    part = outside_group_share(roster.networks[relation], roster.sectors)
    return part, part.of


def _sector_pairs(roster: Roster, relation: str) -> tuple[Share, int]:
    pairs = sector_pairs(roster.networks[relation], roster.sectors, roster.present_sectors)
    return pairs.tied, len(roster.ids)


def _leader_bridges(roster: Roster, _: str) -> tuple[Share, int] | None:
    if roster.chair is None:
        return None
    others = [s for s in roster.present_sectors if s != "pokja"]
    network = roster.union((*EXCHANGES, "collaboration"))
    reached = sectors_reached(network, roster.chair, roster.sectors, others)
    return reached.share, len(roster.ids)


def _without_leader(roster: Roster, _: str) -> tuple[Share, int] | None:
    if roster.chair is None:
        return None
    network = roster.union((*EXCHANGES, "collaboration"))
    if np.unique(components(network)).size == network.n:
        return None
    return pairs_still_connected_without(network, roster.chair), len(roster.ids)


def _multiplex(roster: Roster, _: str) -> tuple[Share, int] | None:
    asked = {r: roster.networks[r] for r in EXCHANGES if r in roster.networks}
    if len(asked) < 2:
        return None
    part = multiplex_pairs({r: without_direction(n) for r, n in asked.items()})
    return part, part.of


def _two_steps(roster: Roster, relation: str) -> tuple[Share, int] | None:
    """Actors outside the working group within two ties of it, whatever their direction."""
    pokja = [i for i, s in zip(roster.ids, roster.sectors, strict=True) if s == "pokja"]
    if not pokja:
        return None
    network = from_edges(roster.ids, roster.networks[relation].edges, directed=False)
    return two_steps(network, pokja).others, len(roster.ids)


for _name, _kernel in {
    "density": _density,
    "giving": _giving,
    "receiving": _receiving,
    "across_rw": _across_rw,
    "outside_sector": _outside_sector,
    "sector_pairs": _sector_pairs,
    "leader_bridges": _leader_bridges,
    "connected_without_leader": _without_leader,
    "multiplex": _multiplex,
    "two_steps": _two_steps,
}.items():
    _per_community(_name, _kernel)


@registered("network", "goto_organizations")
def goto_organizations(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    """Organisations named by other sectors as one to go to, of all (organisation, other sector).

    Organisations are those of the roster and those named; sectors are those of respondents. An
    organisation need not be on the roster to be named, so this reads ties, not the networks.
    """
    kinds = ctx.sectors.select("community", "actor", "sector", "kind")
    found = []
    for community, roster in ctx.rosters.items():
        ties = roster.ties.filter(pl.col("relation") == "goto")
        if ties.height == 0:
            continue
        mine = kinds.filter(pl.col("community") == community)
        kind_of = dict(mine.select("actor", "kind").iter_rows())
        sector_of = dict(mine.select("actor", "sector").iter_rows())
        organisations = {
            a
            for a in (*roster.ids, *ties["target"].to_list())
            if kind_of.get(a) in ("organization", "association", "informal_group")
        }
        answering = {
            s for s, r in zip(roster.sectors, roster.responded, strict=True) if r and s is not None
        }
        named = {
            (target, sector_of.get(source))
            for source, target in ties.select("source", "target").iter_rows()
            if target in organisations
        }
        cases = [(o, s) for o in sorted(organisations) for s in answering if s != sector_of.get(o)]
        if not cases:
            continue
        met = sum(case in named for case in cases)
        found.append(
            {
                "community": community,
                "record": f"ties:{roster.round}",
                "raw": met / len(cases) * 100,
                "n": int(roster.responded.sum()),
                "numerator": float(met),
                "denominator": float(len(cases)),
                "start": roster.closed_on,
                "end": roster.closed_on,
                "insufficient": roster.response < ENOUGH_RESPONSE,
                "table": "ties",
                "ids": sorted(ties["id"].to_list()),
                "rows": ties.height,
            }
        )
    return finding(pl.DataFrame(found, infer_schema_length=None)) if found else no_finding()


@registered("network", "centralization")
def degree_centralization(ctx: Context, measure: Measure, _: str) -> pl.DataFrame:
    """Freeman's degree centralization over all ties, direction ignored, in percent."""
    found = []
    for community, roster in ctx.rosters.items():
        value = centralization(roster.union(tuple(roster.networks)))["degree"]
        if value is None:
            continue
        found.append(
            {
                "community": community,
                "record": f"ties:{roster.round}",
                "raw": value * 100,
                "n": len(roster.ids),
                "start": roster.closed_on,
                "end": roster.closed_on,
                "insufficient": roster.response < ENOUGH_RESPONSE,
                "table": "ties",
                "ids": _ids(roster, ""),
                "rows": roster.ties.height,
            }
        )
    return finding(pl.DataFrame(found, infer_schema_length=None)) if found else no_finding()
