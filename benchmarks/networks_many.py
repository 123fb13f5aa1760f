"""Very many small networks, beside a loop over igraph and one over NetworkX in the same run.

84,000 networks of 30 actors who name none to five others (about 75 ties each): density, edgewise
reciprocity, transitivity, components, mean constraint and E-I of five groups. CPU seconds of this
process for ours and igraph; NetworkX is timed on ``--sample`` networks and extrapolated. Ours by
machine code (the extra ``fast``) and by arrays alone (the plain install); what loading and first
use of the machine code cost a process is measured in one of its own, its code kept on disk. Then
the whole command from a Parquet file to a Parquet file, start-up and reading and all, as CPU and
as elapsed seconds. Run:

    python benchmarks/networks_many.py [--networks 84000] [--sample 300] [--runs 5]
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import numpy as np
import polars as pl

from satuhati.core.networks.many import ManyFigures, ManyNetworks, describe_many

ACTORS, MOST, GROUPS = 30, 5, 5


def made_up(networks: int) -> ManyNetworks:
    rng = np.random.default_rng(1)
    parts: list[Any] = []
    for low in range(0, networks, 4000):
        k = min(4000, networks - low)
        rank = rng.random((k, ACTORS, ACTORS))
        rank[:, np.arange(ACTORS), np.arange(ACTORS)] = 2  # nobody names themselves
        named = rank.argsort(axis=2)[:, :, :MOST]
        some = np.arange(MOST) < rng.integers(0, MOST + 1, (k, ACTORS))[:, :, None]
        net, source, which = np.nonzero(some)
        parts.append((net + low, source, named[net, source, which]))
    net, source, target = (np.concatenate(p) for p in zip(*parts, strict=True))
    groups = rng.integers(0, GROUPS, networks * ACTORS)
    return ManyNetworks(np.full(networks, ACTORS), net, source, target, groups)


def each(many: ManyNetworks, networks: int) -> list[tuple[Any, Any]]:
    starts = np.searchsorted(many.network, np.arange(networks + 1))
    edges = np.stack([many.source, many.target], axis=1)
    assert many.groups is not None
    groups = many.groups.reshape(-1, ACTORS)
    return [(edges[starts[i] : starts[i + 1]], groups[i]) for i in range(networks)]


def external(edges: Any, group: Any) -> float:
    crossing = int((group[edges[:, 0]] != group[edges[:, 1]]).sum())
    return (2 * crossing - len(edges)) / len(edges)


def by_igraph(parts: list[tuple[Any, Any]]) -> list[tuple[float, ...]]:
    found = []
    for edges, group in parts:
        graph = igraph.Graph(n=ACTORS, edges=edges, directed=True)
        found.append(
            (
                graph.density(), graph.reciprocity(), graph.transitivity_undirected(),
                len(graph.connected_components("weak")), np.nanmean(graph.constraint()),
                external(edges, group),
            )
        )  # fmt: skip
    return found


def by_networkx(parts: list[tuple[Any, Any]]) -> list[tuple[float, ...]]:
    found = []
    for edges, group in parts:
        graph = nx.DiGraph()
        graph.add_nodes_from(range(ACTORS))
        graph.add_edges_from(edges.tolist())
        flat = graph.to_undirected()
        found.append(
            (
                nx.density(graph), nx.overall_reciprocity(graph), nx.transitivity(flat),
                nx.number_connected_components(flat),
                np.nanmean(list(nx.constraint(graph).values())), external(edges, group),
            )
        )  # fmt: skip
    return found


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def columns(found: ManyFigures) -> Any:
    return np.stack(
        [found.density, found.reciprocity_edgewise, found.transitivity, found.components,
         found.constraint, found.ei_index], axis=1,
    )  # fmt: skip


def whole(many: ManyNetworks) -> tuple[float, float]:
    """CPU and elapsed seconds of the command."""
    with tempfile.TemporaryDirectory() as folder:
        ties, actors = Path(folder) / "ties.parquet", Path(folder) / "actors.parquet"
        size = int(many.sizes[0])
        pl.DataFrame({"k": many.network, "source": many.source, "target": many.target}).cast(
            pl.String
        ).write_parquet(ties)
        pl.DataFrame(
            {"k": np.repeat(np.arange(len(many.sizes)), size),
             "id": np.tile(np.arange(size), len(many.sizes)), "sector": many.groups}
        ).cast(pl.String).write_parquet(actors)  # fmt: skip
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(
            [Path(sys.executable).with_name("satuhati"), "network", "batch", ties, "--by", "k",
             "--actors", actors, "--group", "sector", "--out", Path(folder) / "m.parquet"],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        spent = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, spent


def loading() -> float:
    """CPU seconds that the first call of machine code takes beyond one of arrays."""
    code = (
        "import sys, time, numpy as np\n"
        "from satuhati.core.networks.many import ManyNetworks, describe_many\n"
        "one = ManyNetworks(np.array([2]), *np.array([[0], [0], [1]]))\n"
        "describe_many(one)\n"
        "start = time.process_time()\n"
        "describe_many(one, compiled=True)\n"
        "print(time.process_time() - start)"
    )
    run = [sys.executable, "-c", code]
    return float(subprocess.run(run, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--networks", type=int, default=84_000)
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    many = made_up(asked.networks)
    parts = each(many, asked.networks)
    igraph_spent, peer = cpu(lambda: by_igraph(parts))
    some, slow = cpu(lambda: by_networkx(parts[: asked.sample]))
    networkx_spent = some / asked.sample * asked.networks
    print(
        f"{asked.networks:,} networks of {ACTORS}, {many.network.size:,} ties, equal figures; "
        f"CPU s: loop over igraph {igraph_spent:.1f}, over NetworkX {networkx_spent:.0f} "
        f"(extrapolated from {asked.sample}: {some:.2f})"
    )
    for name, compiled in (("machine code", True), ("arrays alone", False)):
        found = describe_many(many, compiled=compiled)  # warm
        np.testing.assert_allclose(columns(found), peer, rtol=1e-9)
        np.testing.assert_allclose(columns(found)[: asked.sample], slow, rtol=1e-9)
        runs = [cpu(lambda c=compiled: describe_many(many, compiled=c)) for _ in range(asked.runs)]
        ours = statistics.median(spent for spent, _ in runs)
        print(
            f"  {name}: warm {ours:.3f} s, {igraph_spent / ours:.1f}x igraph, "
            f"{networkx_spent / ours:.0f}x NetworkX"
        )
    print(f"  loading machine code: {loading():.2f} CPU s in a process of its own")
    used, spent = whole(many)
    print(f"  whole process, files and all: {used:.1f} CPU s, {spent:.1f} s elapsed")


if __name__ == "__main__":
    main()
