"""Every Indian village comes back from our files as it went, and other programs read them."""

from __future__ import annotations

import math
import runpy
from functools import cache
from pathlib import Path

import igraph
import networkx as nx
import polars as pl
import pytest
from lxml import etree

from satuhati.formats.graphs import Graph, read_graph, write_graph

TESTS = Path(__file__).parents[1]
DATA = TESTS / "data"
VILLAGES = pl.read_csv(DATA / "village_ties_india.csv.gz", infer_schema=False)
SOME = ["1", "37", "77"]


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(DATA / "reference" / "gexf-1.3" / "gexf.xsd"))


def village(name: str) -> Graph:
    part = VILLAGES.filter(pl.col("village") == name)
    ends = list(part.select("source", "target").iter_rows())
    ids = tuple(dict.fromkeys(x for pair in ends for x in pair))
    return Graph(
        directed=False,
        ids=(*ids, "alone"),
        actors={
            "name": (*(f"Rumah {x}" if x != "3" else None for x in ids), "Rumah =1+1 <&> “ü”"),
            "sector": tuple("warga" if i % 3 else None for i in range(len(ids) + 1)),
            "answered": tuple("true" if i % 2 else "false" for i in range(len(ids) + 1)),
            "people": tuple(str(i % 7) for i in range(len(ids) + 1)),
        },
        ties=tuple(ends),
        columns={
            "relation": tuple("support" for _ in ends), "weight": tuple("1.5" for _ in ends),
        },
    )  # fmt: skip


@pytest.mark.parametrize("ending", ["graphml", "gexf", "csv"])
@pytest.mark.parametrize("name", SOME)
def test_a_village_equals_itself(name: str, ending: str, tmp_path: Path) -> None:
    graph = village(name)
    path = tmp_path / f"v.{ending}"
    actors = tmp_path / "a.csv" if ending == "csv" else None
    write_graph(graph, path, actors)
    found = read_graph(path, actors, directed=False)
    assert found.ids == graph.ids
    assert found == graph


def test_all_villages_without_attributes(tmp_path: Path) -> None:
    names = VILLAGES["village"].unique(maintain_order=True).to_list()
    assert len(names) == 75
    total = 0
    for name in names:
        ends = list(
            VILLAGES.filter(pl.col("village") == name).select("source", "target").iter_rows()
        )
        ids = tuple(dict.fromkeys(x for pair in ends for x in pair))
        graph = Graph(False, ids, {}, tuple(ends), {})
        write_graph(graph, tmp_path / "v.graphml")
        assert read_graph(tmp_path / "v.graphml") == graph
        total += len(ends)
    assert total == 66862


def test_igraph_and_networkx_take_them_unchanged(tmp_path: Path) -> None:
    graph = village("1")
    write_graph(graph, tmp_path / "v.graphml")
    write_graph(graph, tmp_path / "v.gexf")
    for text in ((tmp_path / "v.graphml").read_text(), (tmp_path / "v.gexf").read_text()):
        for word in ("True", "False", "NaN", "nan"):
            assert f'"{word}"' not in text
            assert f">{word}<" not in text
    one = igraph.Graph.Read_GraphML(str(tmp_path / "v.graphml"))
    assert (one.vcount(), one.ecount(), one.is_directed()) == (len(graph.ids), 868, False)
    assert set(one.vs["answered"]) == {True, False}
    assert one.es["weight"] == [1.5] * 868
    for found in (nx.read_graphml(tmp_path / "v.graphml"), nx.read_gexf(tmp_path / "v.gexf")):
        assert set(found.nodes) == set(graph.ids)
        assert all(isinstance(x, str) for x in found.nodes)
        assert {frozenset(e) for e in found.edges} == {frozenset(e) for e in graph.ties}
        assert found.nodes["alone"]["answered"] in (True, False)
        assert not any(
            isinstance(v, float) and math.isnan(v) for _, d in found.nodes(data=True)
            for v in d.values()
        )  # fmt: skip


@pytest.mark.parametrize("directed", [True, False])
def test_gexf_is_valid_by_its_published_schema(directed: bool, tmp_path: Path) -> None:
    graph = village("37")
    path = tmp_path / "v.gexf"
    bare = Graph(directed, ("a", "b"), {}, (), {})
    for one in (Graph(directed, graph.ids, graph.actors, graph.ties, graph.columns), bare):
        write_graph(one, path)
        document = etree.parse(path)
        assert schema().validate(document), schema().error_log
    broken = path.read_text().replace('idtype="string"', 'idtype="words"')
    assert not schema().validate(etree.fromstring(broken.encode())), "the schema looks at it"


def test_the_page_of_villages_is_what_the_script_makes() -> None:
    made = runpy.run_path(str(TESTS.parent / "scripts" / "villages.py"))["made"]
    for path, text in made().items():
        assert path.read_text(encoding="utf-8") == text, f"run scripts/villages.py: {path.name}"
