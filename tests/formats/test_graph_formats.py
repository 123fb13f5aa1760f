"""CSV, GraphML and GEXF: round trips, what igraph and NetworkX read, hostile files."""

import tempfile
import warnings
from dataclasses import replace
from pathlib import Path

import igraph
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.errors import InputError
from satuhati.formats.graphs import Graph, read_graph, write_graph

DATA = Path(__file__).parents[1] / "data"
HOSTILE = '=1+1 <&">\'\n\t;, "ü" 𝔸 ]]> null'

# Everything XML can hold; CSV also loses outer blanks, the empty text and NA.
xml_text = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\n\r<&>\"'=+-@;,"),
    min_size=1,
    max_size=8,
)
csv_text = xml_text.filter(
    lambda x: x == x.strip() and x not in ("", "NA") and "\r" not in x and "\n" not in x
)


@st.composite
def graphs(draw: st.DrawFn, text: st.SearchStrategy[str], *, isolates: bool = True) -> Graph:
    ids = tuple(draw(st.lists(text, unique=True, max_size=6)))
    title = text.filter(
        lambda x: x.lower() not in ("id", "source", "target", "weight", "label", "name")
    )
    value = st.none() | text | st.sampled_from(["1", "-2.5", "007", "1e400", "true", "NaN"])

    def columns(rows: int) -> dict[str, tuple[str | None, ...]]:
        column = st.lists(value, min_size=rows, max_size=rows).map(tuple)
        many = draw(st.dictionaries(title, column, max_size=3))
        return {k: tuple(x and x.lower() if _boolean(c) else x for x in c) for k, c in many.items()}

    pairs: list[tuple[str, str]] = []
    directed = draw(st.booleans())
    if len(ids) > 1:
        chosen = st.tuples(st.sampled_from(ids), st.sampled_from(ids))
        seen = set()
        for a, b in draw(st.lists(chosen, max_size=8)):
            key = (a, b) if directed or a < b else (b, a)
            if a != b and key not in seen:
                seen.add(key)
                pairs.append((a, b))
    ties = columns(len(pairs))
    if draw(st.booleans()):
        ties["weight"] = tuple(draw(st.sampled_from(["1", "2.5"])) for _ in pairs)
    return Graph(directed, ids, columns(len(ids)), tuple(pairs), ties)


def _boolean(column: tuple[str | None, ...]) -> bool:
    return all(x is None or x.lower() in ("true", "false") for x in column)


def there_and_back(graph: Graph, ending: str) -> Graph:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"map.{ending}"
        actors = Path(folder) / "actors.csv" if ending == "csv" else None
        write_graph(graph, path, actors)
        return read_graph(path, actors, directed=graph.directed)


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_xml_gives_back_what_it_got(ending: str, data: st.DataObject) -> None:
    graph = data.draw(graphs(xml_text))
    found = there_and_back(graph, ending)
    # GEXF has no place for an empty column of weights: there is no tie to bear one.
    if not graph.ties:
        graph = replace(graph, columns={k: v for k, v in graph.columns.items() if k != "weight"})
        found = replace(found, columns={k: v for k, v in found.columns.items() if k != "weight"})
    assert found == graph
    assert found.warnings == ()


@settings(max_examples=60, deadline=None)
@given(graph=graphs(csv_text))
def test_csv_gives_back_what_it_got(graph: Graph) -> None:
    assert there_and_back(graph, "csv") == graph


@settings(max_examples=60, deadline=None)
@given(graph=graphs(xml_text))
def test_networkx_reads_the_same_graph(graph: Graph) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for ending, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
            path = Path(folder) / f"map.{ending}"
            write_graph(graph, path)
            theirs = read(path)
            assert list(theirs.nodes) == list(graph.ids)
            assert theirs.is_directed() == graph.directed
            ours = {frozenset(p) if not graph.directed else p for p in graph.ties}
            assert {frozenset(p) if not graph.directed else p for p in theirs.edges()} == ours


def example(directed: bool = True) -> Graph:
    return Graph(
        directed,
        ("Bu Ani", HOSTILE, "007"),
        {
            "name": ("Ani", None, "Tujuh"),
            "sector": ("warga", "pokja <a&b>", None),
            "age": ("41", "38.5", None),
            "head": ("true", "false", None),
            "code": ("007", "1", "2"),
        },
        (("Bu Ani", HOSTILE), (HOSTILE, "007"), ("Bu Ani", HOSTILE)),
        {"relation": ("info", "info", "support"), "weight": ("2", "0.5", "1")},
    )


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_types_are_what_other_programs_expect(tmp_path: Path, ending: str, directed: bool) -> None:
    path = tmp_path / f"map.{ending}"
    graph = example(directed)
    write_graph(graph, path)
    text = path.read_text(encoding="utf-8")
    assert "NaN" not in text
    assert "True" not in text
    theirs = nx.read_graphml(path) if ending == "graphml" else nx.read_gexf(path)
    assert theirs.nodes["Bu Ani"]["age"] == 41.0
    assert theirs.nodes["Bu Ani"]["head"] is True
    assert theirs.nodes[HOSTILE]["sector"] == "pokja <a&b>"
    assert theirs.nodes["Bu Ani"]["code"] == "007"  # a code, not the number seven
    assert "age" not in theirs.nodes["007"]
    assert theirs.number_of_edges() == 3
    assert sorted(d["weight"] for _, _, d in theirs.edges(data=True)) == [0.5, 1.0, 2.0]


def test_igraph_reads_graphml_and_gives_it_back(tmp_path: Path) -> None:
    # igraph reads & in an id as &#38;, however it is written; in data it reads it right.
    plain = {x: x.replace("&", "+") for x in example().ids}
    graph = replace(
        example(),
        ids=tuple(plain.values()),
        ties=tuple((plain[a], plain[b]) for a, b in example().ties),
    )
    path, again = tmp_path / "map.graphml", tmp_path / "igraph.graphml"
    write_graph(graph, path)
    theirs = igraph.Graph.Read_GraphML(str(path))
    assert theirs.is_directed()
    assert tuple(theirs.vs["id"]) == graph.ids
    assert theirs.vs["sector"][1] == "pokja <a&b>"
    assert theirs.vs["head"][:2] == [True, False]
    assert theirs.es["weight"] == [2.0, 0.5, 1.0]
    assert theirs.es["relation"] == ["info", "info", "support"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # igraph says that it renames the id
        theirs.write_graphml(str(again))
    back = read_graph(again)
    assert (back.ids, back.ties) == (graph.ids, graph.ties)
    assert back.actors["age"] == ("41", "38.5", None)  # igraph writes NaN for a missing number
    assert back.columns["relation"] == graph.columns["relation"]


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_networkx_files_are_read(tmp_path: Path, ending: str) -> None:
    theirs = nx.DiGraph()
    theirs.add_node("a", sector="warga", head=True)
    theirs.add_edge("a", "b", weight=2.5, relation="info")
    path = tmp_path / f"nx.{ending}"
    (nx.write_graphml if ending == "graphml" else nx.write_gexf)(theirs, path)
    found = read_graph(path)
    assert found.directed
    assert found.ids == ("a", "b")
    assert found.ties == (("a", "b"),)
    assert found.actors["sector"] == ("warga", None)
    assert found.actors["head"] == ("true", None)
    assert found.columns["weight"] == ("2.5",)


def test_arang_dak_equals_itself_after_all_formats(tmp_path: Path) -> None:
    first = read_graph(DATA / "arang_dak_ties.csv.gz", DATA / "arang_dak_actors.csv.gz")
    assert (len(first.ids), len(first.ties)) == (108, 2595)
    found = first
    for ending in ("graphml", "gexf", "csv", "graphml"):
        found = there_and_back(found, ending)
    assert found == first


XML = '<?xml version="1.0"?>'
NS = 'xmlns="http://graphml.graphdrawing.org/xmlns"'


def graphml(inside: str, kind: str = "directed") -> str:
    return f'{XML}<graphml {NS}><graph edgedefault="{kind}">{inside}</graph></graphml>'


AB = '<node id="a"/><node id="b"/>'


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("x.graphml", "", "file_unreadable"),
        ("x.graphml", "<graphml", "file_unreadable"),
        ("x.graphml", f"{XML}<gexf/>", "file_unreadable"),
        ("x.graphml", f"{XML}<graphml {NS}/>", "file_unreadable"),
        ("x.graphml", f'{XML}<!DOCTYPE a [<!ENTITY b "c">]><graphml>&b;</graphml>',
         "file_unreadable"),
        ("x.graphml", f'{XML}<!DOCTYPE a SYSTEM "file:///etc/passwd"><graphml/>',
         "file_unreadable"),
        ("x.gexf", '<?xml version="1.0" encoding="none"?><gexf/>', "file_unreadable"),
        ("x.graphml", graphml(AB + "<hyperedge/>"), "file_unreadable"),
        ("x.graphml", graphml(AB + '<edge source="a" target="a"/>'), "tie_to_self"),
        ("x.graphml", graphml(AB + '<edge source="a" target="c"/>'), "tie_unknown_actor"),
        ("x.graphml", graphml(AB + '<node id="a"/>'), "graph_actor_repeated"),
        ("x.graphml", graphml(AB + '<edge source="a" target="b" directed="false"/>'
                              '<edge source="b" target="a"/>'), "graph_mixed_direction"),
        ("x.csv", "source,target,weight\na,b,0\n", "tie_weight"),
        ("x.csv", "source,target,weight\na,b,-1\n", "tie_weight"),
        ("x.csv", "source,target\na,\n", "value_required"),
        ("x.csv", "a,b\na,b\n", "column_missing"),
        ("x.net", "*Vertices 2", "unsupported_extension"),
    ],
)  # fmt: skip
def test_bad_files_are_named(tmp_path: Path, name: str, text: str, code: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_graph(path)
    assert caught.value.problems[0].code == code


def test_an_empty_graph_keeps_its_direction(tmp_path: Path) -> None:
    for directed in (True, False):
        graph = Graph(directed, ("a",), {}, (), {})
        for ending in ("graphml", "gexf", "csv"):
            assert there_and_back(graph, ending) == graph


def test_repeated_ties_are_merged_with_a_doubt(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("source,target,relation\na,b,x\na,b,x\na,b,y\nb,a,x\n", encoding="utf-8")
    found = read_graph(path)
    assert len(found.ties) == 3
    assert [d.code for d in found.warnings] == ["actors_unlisted", "ties_repeated"]
    assert len(read_graph(path, directed=False).ties) == 2


def test_what_a_format_cannot_hold_is_refused_and_nothing_written(tmp_path: Path) -> None:
    for graph, name, code in (
        (Graph(True, ("a\x01",), {}, (), {}), "x.graphml", "graph_character"),
        (Graph(True, ("a\x01",), {}, (), {}), "x.gexf", "graph_character"),
        (Graph(True, ("NA",), {}, (), {}), "x.csv", "graph_id_csv"),
        (Graph(True, ("a ",), {}, (), {}), "x.csv", "graph_id_csv"),
        (Graph(True, ("a",), {}, (), {"source": ()}), "x.csv", "column_repeated"),
        (Graph(True, ("a",), {}, (), {}), "x.txt", "unsupported_extension"),
    ):
        with pytest.raises(InputError) as caught:
            write_graph(graph, tmp_path / name)
        assert caught.value.problems[0].code == code
    assert list(tmp_path.iterdir()) == []


def test_csv_says_what_it_loses(tmp_path: Path) -> None:
    doubts = write_graph(
        Graph(False, ("a", "b"), {"note": (" x", "NA")}, (), {}), tmp_path / "x.csv"
    )
    assert [(d.code, d.fields) for d in doubts] == [
        ("graph_direction_lost", {}),
        ("graph_actors_lost", {"n": 2, "columns": 1}),
        ("graph_cells_trimmed", {"n": 2}),
    ]


def test_formulas_are_guarded_and_read_back(tmp_path: Path) -> None:
    graph = Graph(True, ("=cmd()", "@x"), {}, (("=cmd()", "@x"),), {})
    write_graph(graph, tmp_path / "x.csv", tmp_path / "a.csv")
    assert (tmp_path / "x.csv").read_bytes() == b"source,target\r\n'=cmd(),'@x\r\n"
    assert read_graph(tmp_path / "x.csv", tmp_path / "a.csv") == graph
