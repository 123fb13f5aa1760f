"""The latest closed tie round of each community, as networks over its roster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from satuhati.core.networks.network import Network, from_edges

EXCHANGES = ("information", "resources", "support")
ENOUGH_RESPONSE = 0.7


@dataclass(frozen=True, slots=True)
class Roster:
    """Who was asked in one round, who answered, and their reported ties by relation.

    Arrays and tuples are aligned with ``ids``: the roster, in order of code. Ties to or from
    actors that are not on the roster are left out of the networks (``outside`` counts them).
    Without a roster on record, those tied are taken as the roster, and those who named someone
    as having answered.
    """

    round: str
    wave: int
    closed_on: date
    ids: tuple[str, ...]
    responded: npt.NDArray[np.bool_]
    persons: npt.NDArray[np.bool_]
    sectors: tuple[str | None, ...]
    wards: tuple[str | None, ...]
    chair: str | None
    networks: Mapping[str, Network]
    ties: pl.DataFrame
    present_sectors: tuple[str, ...]
    outside: int

    @property
    def response(self) -> float:
        return float(self.responded.mean()) if len(self.ids) else 0.0

    def union(self, relations: tuple[str, ...]) -> Network:
        """All ties of these relations together, direction ignored."""
        edges = [self.networks[r].edges for r in relations if r in self.networks]
        stacked = np.concatenate(edges) if edges else np.empty((0, 2), dtype=np.int64)
        return from_edges(self.ids, stacked, directed=False)


def latest_rounds(rounds: pl.DataFrame) -> pl.DataFrame:
    """The latest closed round of each community: ``community, round, wave, closed_on``."""
    closed = rounds.filter(pl.col("closed_on").is_not_null()).sort(
        "community", "wave", "closed_on", "id"
    )
    return closed.group_by("community", maintain_order=True).agg(
        round=pl.col("id").last(), wave=pl.col("wave").last(), closed_on=pl.col("closed_on").last()
    )


def build_rosters(
    rounds: pl.DataFrame,
    roster: pl.DataFrame,
    ties: pl.DataFrame,
    actors: pl.DataFrame,
    wards: pl.DataFrame,
    chairs: pl.DataFrame,
    consents: pl.DataFrame | None = None,
) -> dict[str, Roster]:
    """By community. ``actors``: ``community, actor, sector, kind, area``; ``wards``: ``community,
    area, ward``; ``chairs``: ``community, actor``; ``consents``: the table of that name.

    Of who took their consent to ties back after the round closed no tie is used, and they count
    as one who did not answer. An answer given without a name, the consent being ended before the
    round closed, is counted: its figures name nobody.
    """
    latest = latest_rounds(rounds)
    if latest.height == 0:
        return {}
    on = ["community", "round"]
    reported = ties.filter(pl.col("origin").fill_null("reported") == "reported")
    reported = reported.join(latest.select(on), on=on, how="semi")
    asked = roster.join(latest.select(on), on=on, how="semi").select(
        "community", "actor", "responded"
    )
    if consents is not None:
        gone = taken_back(consents).join(latest.select("community", "closed_on"), on="community")
        gone = gone.filter(pl.col("withdrawn_on") > pl.col("closed_on"))
        for end in ("source", "target"):
            reported = reported.join(
                gone, left_on=["community", end], right_on=["community", "actor"], how="anti"
            )
        silent = gone.select("community", "actor", out=pl.lit(True))
        asked = asked.join(silent, on=["community", "actor"], how="left").select(
            "community", "actor",
            responded=pl.col("responded") & pl.col("out").is_null(),
        )  # fmt: skip
    named = pl.concat(
        [
            reported.select("community", actor="source", responded=pl.lit(True)),
            reported.select("community", actor="target", responded=pl.lit(False)),
        ]
    ).join(asked.select("community").unique(), on="community", how="anti")
    people = (
        pl.concat([asked, named])
        .group_by("community", "actor")
        .agg(pl.col("responded").any())
        .join(actors, on=["community", "actor"], how="left")
        .join(wards.select("community", "area", "ward"), on=["community", "area"], how="left")
        .sort("community", "actor")
    )
    register = actors.drop_nulls("sector").group_by("community").agg(pl.col("sector").unique())
    sectors_of = dict(register.iter_rows())
    chair_of = dict(chairs.select("community", "actor").iter_rows())
    ties_of = {k[0]: f for k, f in reported.group_by(["community"], maintain_order=True)}
    facts = {r["community"]: r for r in latest.iter_rows(named=True)}
    out: dict[str, Roster] = {}
    for (community,), group in people.group_by(["community"], maintain_order=True):
        mine = ties_of.get(community, reported.clear())
        out[str(community)] = _roster(
            group,
            mine,
            facts[str(community)],
            chair_of.get(community),
            tuple(sorted(sectors_of.get(community, []))),
        )
    return out


def taken_back(consents: pl.DataFrame) -> pl.DataFrame:
    """Who withdrew their consent to ties and has given none since: ``community, actor,
    withdrawn_on``."""
    return (
        consents.filter(pl.col("strand") == "ties")
        .group_by("community", "actor")
        .agg(
            given=pl.col("withdrawn_on").is_null().any(), withdrawn_on=pl.col("withdrawn_on").max()
        )
        .filter(~pl.col("given"))
        .drop("given")
    )


def _roster(
    people: pl.DataFrame,
    ties: pl.DataFrame,
    fact: Mapping[str, object],
    chair: str | None,
    present: tuple[str, ...],
) -> Roster:
    ids = tuple(people["actor"].to_list())
    place = {actor: i for i, actor in enumerate(ids)}
    networks: dict[str, Network] = {}
    outside = 0
    for relation in sorted(ties["relation"].unique().to_list()):
        pairs = ties.filter(pl.col("relation") == relation).select("source", "target").rows()
        edges = [(place[a], place[b]) for a, b in pairs if a in place and b in place]
        outside += len(pairs) - len(edges)
        networks[relation] = from_edges(ids, np.array(edges, dtype=np.int64).reshape(-1, 2))
    closed = fact["closed_on"]
    wave = fact["wave"]
    if not isinstance(closed, date) or not isinstance(wave, int):
        raise TypeError("a closed round has a date and a wave")
    return Roster(
        round=str(fact["round"]),
        wave=wave,
        closed_on=closed,
        ids=ids,
        responded=people["responded"].to_numpy().astype(np.bool_),
        persons=(people["kind"] == "person").fill_null(False).to_numpy().astype(np.bool_),
        sectors=tuple(people["sector"].to_list()),
        wards=tuple(people["ward"].to_list()),
        chair=chair if chair in place else None,
        networks=networks,
        ties=ties,
        present_sectors=present,
        outside=outside,
    )
