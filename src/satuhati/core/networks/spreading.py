"""Who spreads news far: diffusion centrality."""

from __future__ import annotations

import igraph
import numpy as np

from satuhati.core.networks.network import Floats, Network, both_ways, graph

DENSE = 60  # of fewer actors all eigenvalues are had sooner than the largest


def diffusion_centrality(
    network: Network, *, probability: float | None = None, periods: int | None = None
) -> Floats:
    """Expected number of times that news from each actor is heard (n,): Σ_t (q A)^t · 1.

    ``A`` has a one where i can tell j (the direction of the tie), ``probability`` q is that of
    telling at one meeting, t runs over 1 … ``periods``. Defaults are those of the authors: q = 1 /
    λ₁, the first eigenvalue of A, and T the longest shortest path, direction ignored, at least 1.
    With T = 1 it is q times the number of ties; without end it is Katz–Bonacich centrality.
    Raises ``ValueError`` for a probability outside (0, 1] or periods below 1.

    Where λ₁ is 0 (no ties, or none that return) q is 1.

    Banerjee, A., Chandrasekhar, A. G., Duflo, E. & Jackson, M. O. (2013). The diffusion of
    microfinance. Science 341, 1236498.
    """
    if probability is not None and not 0 < probability <= 1:
        raise ValueError("probability must be above 0 and at most 1")
    if periods is not None and periods < 1:
        raise ValueError("periods must be at least 1")
    n = network.n
    if not network.m:
        return np.zeros(n)
    arcs = both_ways(network)
    q = min(1.0, 1 / root) if (root := _largest(network)) > 1e-9 else 1.0
    q = q if probability is None else probability
    steps = periods or max(1, int(graph(network).diameter(directed=False)))
    total: Floats = np.zeros(n)
    heard: Floats = np.ones(n)
    for _ in range(steps):
        told = np.bincount(arcs[:, 0], weights=heard[arcs[:, 1]], minlength=n)
        heard = np.asarray(q * told, dtype=np.float64)
        total += heard
    return total


def _largest(network: Network) -> float:
    """The spectral radius of the matrix of ties: of a 0/1 matrix a real eigenvalue (Perron)."""
    drawn: igraph.Graph = graph(network)
    most = 0.0
    for part in drawn.connected_components("strong" if network.directed else "weak"):
        n = len(part)
        if n < 2:
            continue
        pairs = np.array(drawn.induced_subgraph(part).get_edgelist(), dtype=np.int64)
        if not network.directed:
            pairs = np.concatenate([pairs, pairs[:, ::-1]])
        if n <= DENSE:
            matrix = np.zeros((n, n))
            matrix[pairs[:, 0], pairs[:, 1]] = 1.0
            values = np.linalg.eigvals(matrix)
        else:
            from scipy.sparse import coo_array  # large networks only: start-up time
            from scipy.sparse.linalg import eigs

            spots = (pairs[:, 0], pairs[:, 1])
            inside = coo_array((np.ones(len(pairs)), spots), shape=(n, n)).tocsr()
            values = eigs(inside, k=1, which="LR", v0=np.ones(n), return_eigenvectors=False)
        most = max(most, float(np.abs(values).max()))
    return most
