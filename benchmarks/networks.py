"""Describing networks, beside NetworkX computing the same figures in the same run.

CPU seconds of this process, median of ``--runs`` (five), and the ratio. Run:

    python benchmarks/networks.py [--runs 5] [--peer-runs 5]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import numpy as np
import polars as pl

from satuhati.core.networks.describe import describe
from satuhati.core.networks.layout import layout
from satuhati.core.networks.network import Network, from_edges, from_pairs

DATA = Path(__file__).parents[1] / "tests" / "data"


def random_network(actors: int, ties: int, seed: int) -> Network:
    """A directed network with exactly this many ties, drawn evenly."""
    rng = np.random.default_rng(seed)
    keys = rng.choice(actors * (actors - 1), ties, replace=False)
    source, target = keys // (actors - 1), keys % (actors - 1)
    target += target >= source
    return from_edges(tuple(map(str, range(actors))), np.stack([source, target], axis=1))


def villages() -> list[Network]:
    table = pl.read_csv(DATA / "village_ties_india.csv.gz", infer_schema=False)
    return [
        from_pairs(part["source"].to_list(), part["target"].to_list(), directed=False)[0]
        for _, part in table.group_by("village", maintain_order=True)
    ]


def graph_of(network: Network) -> nx.Graph:
    graph = nx.DiGraph() if network.directed else nx.Graph()
    graph.add_nodes_from(range(network.n))
    graph.add_edges_from(network.edges.tolist())
    return graph


def peer(graph: nx.Graph) -> tuple[object, ...]:
    """What ``describe`` computes without groups, as far as NetworkX has it."""
    flat = graph.to_undirected()
    return (
        nx.density(graph),
        nx.overall_reciprocity(graph) if graph.is_directed() else None,
        nx.transitivity(flat),
        dict(graph.degree),
        nx.betweenness_centrality(graph, normalized=False),
        nx.constraint(graph),
        nx.effective_size(graph),
        nx.core_number(graph),
        nx.number_connected_components(flat),
        list(nx.articulation_points(flat)),
    )


def cpu(work: Callable[[], object], runs: int) -> float:
    spent = []
    for _ in range(runs):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def compare(name: str, networks: list[Network], runs: int, peer_runs: int) -> None:
    graphs = [graph_of(network) for network in networks]
    ours = cpu(lambda: [describe(network) for network in networks], runs)
    theirs = cpu(lambda: [peer(graph) for graph in graphs], peer_runs)
    print(f"{name}: describe {ours:.4f} s, NetworkX {theirs:.3f} s, ratio {theirs / ours:.0f}x")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peer-runs", type=int, default=5)
    asked = parser.parse_args()
    big = random_network(500, 5000, seed=1)
    groups = [str(i % 5) for i in range(big.n)]
    describe(big)  # warm
    compare("500 actors, 5,000 ties", [big], asked.runs, asked.peer_runs)
    spent = cpu(lambda: describe(big, groups), asked.runs)
    print(f"500 actors, 5,000 ties, 5 groups, 999 permutations: describe {spent:.4f} s")
    print(f"500 actors, 5,000 ties: layout {cpu(lambda: layout(big), asked.runs):.4f} s")
    compare("75 Indian villages, 66,862 ties", villages(), asked.runs, asked.peer_runs)


if __name__ == "__main__":
    main()
