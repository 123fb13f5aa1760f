"""How far figures of a round can be trusted: what came back, what chance gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from satuhati.core.networks import cohesion, positions
from satuhati.core.networks.bootstrap import density_bootstrap
from satuhati.core.networks.brokerage import ROLES, brokerage, expectation
from satuhati.core.networks.clusters import leiden
from satuhati.core.networks.groups import (
    ei_index,
    ei_permutations,
    group_densities,
    known_only,
    label,
    two_sided,
)
from satuhati.core.networks.network import Network
from satuhati.core.networks.nonresponse import treatments

PERMUTATIONS = 999
RESAMPLES = 400
SPREAD = 1e-9


@dataclass(frozen=True, slots=True)
class Reading:
    """The three figures under one treatment of those who did not answer."""

    density: float | None
    reciprocity: float | None
    transitivity: float | None


@dataclass(frozen=True, slots=True)
class Brokering:
    """How often a role is played, how often chance would, and by how many deviations more."""

    times: int
    chance: float
    z: float | None


@dataclass(frozen=True, slots=True)
class Sureness:
    """Beside the figures of one picture.

    Densities are of the pairs that those who answered could tell of: silence is no missing tie.
    ``told`` are ties between two who both answered, of which ``returned`` were told by both.
    ``low`` and ``high`` bound the density if others like these were asked (vertex bootstrap,
    95 %); ``ei_low`` and ``ei_high`` bound 95 % of E-I indices with sectors dealt out by chance.
    """

    told: int
    returned: int
    density: float | None
    low: float | None
    high: float | None
    transitivity: float | None
    centralization: float | None
    clusters: int
    modularity: float | None
    ei: float | None
    ei_low: float | None
    ei_high: float | None
    ei_p: float | None
    within: float | None
    between: float | None
    brokerage: dict[str, Brokering]
    readings: dict[str, Reading]


def sureness(
    network: Network,
    answered: Sequence[bool],
    sectors: Sequence[str | None],
    *,
    resamples: int = RESAMPLES,
    seed: int = 1,
) -> Sureness:
    """What stands beside the figures of a directed network; see the functions it calls.

    Figures that need two sectors, or ties, are ``None`` without; so is the interval under five
    actors.
    """
    several = treatments(network, answered)
    spread = density_bootstrap(network, answered=answered, resamples=resamples, seed=seed)
    low, high = spread.interval or (None, None)
    known, labels = known_only(network, label(sectors))
    ei = ei_low = ei_high = p = within = between = None
    roles: dict[str, Brokering] = {}
    if len(labels.names) > 1 and known.m:
        ei = ei_index(known, labels.codes)
        permuted = ei_permutations(known, labels.codes, PERMUTATIONS, seed)
        ei_low, ei_high = (float(x) for x in np.quantile(permuted, (0.025, 0.975)))
        p = None if ei is None else two_sided(ei, permuted)
        within, between = group_densities(
            known, labels, [a for a, s in zip(answered, sectors, strict=True) if s is not None]
        )
        totals = brokerage(known, labels.codes).sum(axis=0)
        mean, sd = expectation(labels, cohesion.density(known) or 0.0)
        roles = {
            role: Brokering(
                int(totals[i]), float(mean[i]),
                float((totals[i] - mean[i]) / sd[i]) if sd[i] > SPREAD else None,
            )
            for i, role in enumerate(ROLES)
        }  # fmt: skip
    apart = leiden(network, seed=seed)
    return Sureness(
        told=several.told,
        returned=several.returned,
        density=several.available.density,
        low=low,
        high=high,
        transitivity=cohesion.transitivity(network) if network.n else None,
        centralization=positions.centralization(network)["indegree"],
        clusters=apart.count,
        modularity=apart.modularity,
        ei=ei,
        ei_low=ei_low,
        ei_high=ei_high,
        ei_p=p,
        within=within,
        between=between,
        brokerage=roles,
        readings={
            name: Reading(one.density, one.reciprocity_edgewise, one.transitivity)
            for name, one in (
                ("available", several.available),
                ("reconstruction", several.reconstruction),
                ("deletion", several.deletion),
            )
        },
    )
