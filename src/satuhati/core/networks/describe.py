"""Everything about one network in one call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from satuhati.core.networks import cohesion, positions
from satuhati.core.networks.bonds import Bonds, bonds
from satuhati.core.networks.bootstrap import VertexBootstrap, vertex_bootstrap
from satuhati.core.networks.brokerage import ROLES, brokerage, expectation
from satuhati.core.networks.clusters import leiden
from satuhati.core.networks.cohesion import Dyads
from satuhati.core.networks.groups import (
    Labels,
    ei_index,
    ei_permutations,
    group_densities,
    known_only,
    label,
    two_sided,
)
from satuhati.core.networks.network import Floats, Network, indegree, outdegree
from satuhati.core.networks.nonresponse import Nonresponse, treatments
from satuhati.core.networks.periphery import core_periphery
from satuhati.core.networks.spreading import diffusion_centrality
from satuhati.errors import Doubt
from satuhati.text import name_some

PERMUTATIONS = 999
PERMUTATIONS_ENOUGH = 199  # below, the smallest two-sided p is above .01
SPREAD = 1e-9  # a brokerage role whose standard deviation is under this cannot be tested


@dataclass(frozen=True, slots=True)
class NodeFigures:
    """One actor. ``degree`` is in + out in a directed network, contacts in an undirected one.

    ``constraint`` and ``effective_size`` are ``None`` for an actor without ties, ``in_core`` where
    core and periphery cannot be told apart; ``brokerage`` holds the five roles, or ``None``
    without groups or when the actor's group is not known.
    """

    indegree: int
    outdegree: int
    degree: int
    betweenness: float
    constraint: float | None
    effective_size: float | None
    core: int
    closeness: float
    in_core: bool | None
    cluster: int
    diffusion: float
    brokerage: dict[str, int] | None


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """Ties and groups. ``ei_expected`` is the mean index with labels shuffled.

    ``brokerage`` counts open paths by role; ``brokerage_expected`` and ``brokerage_z`` compare
    with ties placed at random at this density among groups of these sizes.
    """

    groups: dict[str, int]
    ei_index: float | None
    ei_expected: float | None
    ei_pvalue: float | None
    permutations: int
    within_density: float | None
    between_density: float | None
    brokerage: dict[str, int]
    brokerage_expected: dict[str, float]
    brokerage_z: dict[str, float | None]
    bonds: Bonds | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """A network described; see the functions named in each field for formula and source."""

    actors: int
    ties: int
    directed: bool
    isolates: int
    density: float | None
    reciprocity_edgewise: float | None
    reciprocity_dyadic: float | None
    transitivity: float | None
    dyads: Dyads
    triads: dict[str, int] | None
    centralization: dict[str, float | None]
    centralization_closeness: float | None
    components: int
    cutpoints: tuple[str, ...]
    core_periphery_fit: float | None
    clusters: int
    modularity: float | None
    nodes: dict[str, NodeFigures]
    group: GroupFigures | None
    warnings: tuple[Doubt, ...]
    bootstrap: VertexBootstrap | None = None
    nonresponse: Nonresponse | None = None


def describe(
    network: Network,
    groups: Sequence[str | None] | None = None,
    *,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
    resamples: int = 0,
    answered: Sequence[bool] | None = None,
    authority: Sequence[int | None] | None = None,
) -> Description:
    """Describe a network, and its ties across ``groups`` (one per actor, in order) if given.

    Actors without ties count in every figure. Reciprocity is ``None`` when undirected. A figure
    that cannot be had is ``None`` and a doubt says why. ``permutations`` and ``seed`` serve the
    E-I index, ``resamples`` (0: none) and ``seed`` the vertex bootstrap. ``answered`` (one per
    actor, in order; a directed network only) adds the treatments of non-respondents; the other
    figures stay those of the ties as given. ``authority`` (one per actor; a higher number is a
    higher standing) tells linking ties from bridging ones; without it none is
    linking. Raises ``ValueError`` when ``groups`` or ``answered`` does not match the actors,
    ``permutations`` is negative, or ``resamples`` is 1 or negative.
    """
    if permutations < 0:
        raise ValueError("permutations must not be negative")
    n = network.n
    doubts: list[Doubt] = []
    if not network.m:
        doubts.append(Doubt("network_empty", {"n": n}))
    if n < 3:
        doubts.append(Doubt("network_too_small", {"n": n}))
    if not network.directed:
        doubts.append(Doubt("ties_undirected"))
    dyads = cohesion.dyad_census(network)
    transitive = cohesion.transitivity(network) if n else None
    if transitive is None and network.m:
        doubts.append(Doubt("transitivity_undefined"))
    indegrees, outdegrees = indegree(network), outdegree(network)
    figures: GroupFigures | None = None
    roles: dict[str, dict[str, int]] = {}
    if groups is not None:
        if len(groups) != n:
            raise ValueError("groups must name one group per actor")
        figures, roles, more = describe_groups(network, label(groups), permutations, seed)
        ranks = [None] * n if authority is None else authority
        figures = replace(figures, bonds=bonds(network, groups, ranks))
        doubts.extend(more)
    sure = vertex_bootstrap(network, resamples=resamples, seed=seed) if resamples else None
    if sure is not None:
        doubts.extend(d for d in sure.warnings if d not in doubts)
    treated = None if answered is None else treatments(network, answered)
    if treated is not None:
        doubts.extend(treated.warnings)
    between = positions.betweenness(network)
    degrees = indegrees + outdegrees if network.directed else indegrees
    split = core_periphery(network)
    near = positions.closeness(network)
    spread = positions.closeness_centralization(network, near)
    if spread is None and n > 2 and network.m:
        doubts.append(Doubt("closeness_apart"))
    apart = leiden(network, seed=seed)
    in_core: list[bool | None] = [None] * n if split.core is None else split.core.tolist()
    return Description(
        actors=n,
        ties=network.m,
        directed=network.directed,
        isolates=int((degrees == 0).sum()),
        density=cohesion.density(network),
        reciprocity_edgewise=cohesion.reciprocity_edgewise(dyads) if network.directed else None,
        reciprocity_dyadic=cohesion.reciprocity_dyadic(dyads) if network.directed else None,
        transitivity=transitive,
        dyads=dyads,
        triads=cohesion.triad_census(network),
        centralization=positions.centralization(network, between),
        centralization_closeness=spread,
        components=int(cohesion.components(network).max(initial=-1)) + 1,
        cutpoints=tuple(network.ids[i] for i in cohesion.cutpoints(network)),
        core_periphery_fit=split.fit,
        clusters=apart.count,
        modularity=apart.modularity,
        nodes={
            actor: NodeFigures(int(i), int(o), int(d), float(b), _known(c), _known(e), int(k),
                               float(c_), inside, group_, float(far), roles.get(actor))
            for actor, i, o, d, b, c, e, k, c_, inside, group_, far in zip(
                network.ids, indegrees, outdegrees, degrees, between,
                positions.constraint(network), positions.effective_size(network),
                positions.core(network), near, in_core, apart.members,
                diffusion_centrality(network), strict=True,
            )
        },
        group=figures,
        warnings=tuple(doubts),
        bootstrap=sure,
        nonresponse=treated,
    )  # fmt: skip


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def describe_groups(
    network: Network, labels: Labels, permutations: int, seed: int
) -> tuple[GroupFigures, dict[str, dict[str, int]], tuple[Doubt, ...]]:
    """The group figures, each actor's brokerage by role, and the doubts about them.

    Actors whose group is not known are left out, with their ties, and counted in a doubt.
    """
    doubts: list[Doubt] = []
    unknown = int((labels.codes < 0).sum())
    if unknown:
        doubts.append(Doubt("group_unknown", {"n": unknown}))
    network, labels = known_only(network, labels)
    sizes = labels.sizes
    if len(labels.names) < 2:
        doubts.append(Doubt("group_single"))
    alone = [name for name, size in zip(labels.names, sizes, strict=True) if size == 1]
    if alone:
        doubts.append(Doubt("group_one_actor", {"names": name_some(alone)}))
    observed = ei_index(network, labels.codes)
    permuted = np.zeros(0)
    pvalue = None
    if observed is None:
        doubts.append(Doubt("group_no_ties"))
    elif len(labels.names) > 1:
        permuted = ei_permutations(network, labels.codes, permutations, seed)
        pvalue = two_sided(observed, permuted)
        if not permutations:
            doubts.append(Doubt("permutations_none"))
        elif permutations < PERMUTATIONS_ENOUGH:
            doubts.append(
                Doubt("permutations_few", {"n": permutations, "needed": PERMUTATIONS_ENOUGH})
            )
    within, between = group_densities(network, labels)
    counts = brokerage(network, labels.codes)
    totals = counts.sum(axis=0)
    mean, sd = expectation(labels, cohesion.density(network) or 0.0, directed=network.directed)
    z = _z(totals.astype(np.float64), mean, sd)
    flat = [role for role, value in z.items() if value is None]
    if flat and network.m:
        doubts.append(Doubt("brokerage_not_testable", {"names": ", ".join(flat)}))
    figures = GroupFigures(
        groups={name: int(size) for name, size in zip(labels.names, sizes, strict=True)},
        ei_index=observed,
        ei_expected=float(permuted.mean()) if permuted.size else None,
        ei_pvalue=pvalue,
        permutations=int(permuted.size),
        within_density=within,
        between_density=between,
        brokerage={role: int(v) for role, v in zip(ROLES, totals, strict=True)},
        brokerage_expected={role: float(v) for role, v in zip(ROLES, mean, strict=True)},
        brokerage_z=z,
    )
    by_actor = {
        actor: {role: int(v) for role, v in zip(ROLES, row, strict=True)}
        for actor, row in zip(network.ids, counts, strict=True)
    }
    return figures, by_actor, tuple(doubts)


def _z(totals: Floats, mean: Floats, sd: Floats) -> dict[str, float | None]:
    return {
        role: float((t - e) / s) if s > SPREAD else None
        for role, t, e, s in zip(ROLES, totals, mean, sd, strict=True)
    }
