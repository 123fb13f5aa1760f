"""GraphML and GEXF 1.3, read without entities and written so that others read them unchanged.

GraphML: Brandes, Eiglsperger, Herman, Himsolt & Marshall 2002. GEXF 1.3: <https://gexf.net>.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from satuhati.errors import InputError, Problem

Column = tuple[str | None, ...]

# A number that other programs give back as it was: no leading zeros (a code), few digits.
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?([eE][+-]?[0-9]{1,2})?", re.ASCII)
_NUMERIC = {"int", "integer", "long", "float", "double", "short", "byte"}
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Line breaks and tabs as references: a parser would otherwise turn them into blanks.
_ESCAPES = str.maketrans({
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;",
    "\t": "&#9;", "\n": "&#10;", "\r": "&#13;",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file says of a network, before it is judged."""

    directed: bool
    ids: tuple[str, ...]
    actors: Mapping[str, Column]
    ties: tuple[tuple[str, str], ...]
    columns: Mapping[str, Column]


def kind(column: Sequence[str | None]) -> str:
    """``boolean``, ``double`` or ``string``: the narrowest that loses nothing but case."""
    values = [x for x in column if x is not None]
    if values and all(x.lower() in ("true", "false") for x in values):
        return "boolean"
    if values and all(_NUMBER.fullmatch(x) for x in values):
        return "double"
    return "string"


# -- writing -----------------------------------------------------------------------------


def to_graphml(graph: Parsed, name: str) -> bytes:
    """GraphML; raises :class:`InputError` for characters that XML cannot hold."""
    text = _escaper(name)
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ]
    for letter, owner, columns in (("v", "node", graph.actors), ("e", "edge", graph.columns)):
        for i, (title, column) in enumerate(columns.items()):
            out.append(
                f'  <key id="{letter}{i}" for="{owner}" attr.name="{text(title)}" '
                f'attr.type="{kind(column)}"/>'
            )
    out.append(f'  <graph edgedefault="{_direction(graph)}">')
    for i, data in enumerate(_cells(graph.actors, len(graph.ids), text)):
        inside = "".join(f'<data key="v{k}">{x}</data>' for k, x in data)
        out.append(f'    <node id="{text(graph.ids[i])}">{inside}</node>')
    for i, data in enumerate(_cells(graph.columns, len(graph.ties), text)):
        a, b = (text(x) for x in graph.ties[i])
        inside = "".join(f'<data key="e{k}">{x}</data>' for k, x in data)
        out.append(f'    <edge source="{a}" target="{b}">{inside}</edge>')
    out += ["  </graph>", "</graphml>", ""]
    return "\n".join(out).encode()


def to_gexf(graph: Parsed, name: str) -> bytes:
    """GEXF 1.3; a numeric ``weight`` is the edge's own weight, ``name`` is the label.

    Raises :class:`InputError` for characters that XML cannot hold.
    """
    text = _escaper(name)
    weight = graph.columns.get("weight")
    own = weight is not None and None not in weight and kind(weight) == "double"
    columns = {k: v for k, v in graph.columns.items() if not (own and k == "weight")}
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
        f'  <graph mode="static" defaultedgetype="{_direction(graph)}" idtype="string">',
    ]
    for owner, some in (("node", graph.actors), ("edge", columns)):
        if some:
            out.append(f'    <attributes class="{owner}" mode="static">')
            out += [
                f'      <attribute id="{i}" title="{text(title)}" type="{kind(column)}"/>'
                for i, (title, column) in enumerate(some.items())
            ]
            out.append("    </attributes>")
    labels = graph.actors.get("name", graph.ids)
    out.append("    <nodes>")
    for i, data in enumerate(_cells(graph.actors, len(graph.ids), text)):
        head = f'id="{text(graph.ids[i])}" label="{text(labels[i] or graph.ids[i])}"'
        out.append(f"      <node {head}>{_attvalues(data)}</node>")
    out += ["    </nodes>", "    <edges>"]
    for i, data in enumerate(_cells(columns, len(graph.ties), text)):
        a, b = (text(x) for x in graph.ties[i])
        heavy = f' weight="{weight[i]}"' if own and weight is not None else ""
        out.append(
            f'      <edge id="{i}" source="{a}" target="{b}"{heavy}>{_attvalues(data)}</edge>'
        )
    out += ["    </edges>", "  </graph>", "</gexf>", ""]
    return "\n".join(out).encode()


def _direction(graph: Parsed) -> str:
    return "directed" if graph.directed else "undirected"


def _attvalues(data: list[tuple[int, str]]) -> str:
    inside = "".join(f'<attvalue for="{k}" value="{x}"/>' for k, x in data)
    return f"<attvalues>{inside}</attvalues>" if inside else ""


def _cells(
    columns: Mapping[str, Column], rows: int, text: Callable[[str], str]
) -> Iterator[list[tuple[int, str]]]:
    """Per row the number of each filled column and its escaped text, true/false in lower case."""
    lower = [kind(c) == "boolean" for c in columns.values()]
    for i in range(rows):
        row = [(k, c[i]) for k, c in enumerate(columns.values())]
        yield [(k, text(x.lower() if lower[k] else x)) for k, x in row if x is not None]


def _escaper(name: str) -> Callable[[str], str]:
    def escape(value: str) -> str:
        if _ILLEGAL.search(value):
            shown = _ILLEGAL.sub("\ufffd", value)
            raise InputError(Problem("graph_character", name, fields={"value": shown}))
        return value.translate(_ESCAPES)

    return escape


# -- reading -----------------------------------------------------------------------------


def from_graphml(data: bytes, name: str) -> Parsed:
    """Read GraphML: its first graph, node and edge data by the names of their keys.

    A complete node attribute ``id`` is the actor's id (igraph numbers nodes itself and keeps the
    id it read there). ``NaN`` in a column of numbers is missing. Raises :class:`InputError`.
    """
    root = _root(data, name, "graphml")
    keys: dict[str, tuple[str, str, str, str | None]] = {}
    for key in _children(root, "key"):
        default = next((x.text for x in _children(key, "default")), None)
        title = key.get("attr.name") or key.get("id", "")
        owner, type_ = key.get("for", "all"), key.get("attr.type", "string")
        keys[key.get("id", "")] = (owner, title, type_, default)
    graph = _one_graph(root, name)
    if any(True for _ in _children(graph, "hyperedge")):
        raise _unreadable(name, "hyperedge")
    nodes, edges = list(_children(graph, "node")), list(_children(graph, "edge"))

    def table(elements: list[Any], owner: str) -> dict[str, Column]:
        mine = {k: v for k, v in keys.items() if v[0] in (owner, "all")}
        columns: dict[str, list[str | None]] = {
            v[1]: [_value(v[3], v[2])] * len(elements) for v in mine.values()
        }
        for i, element in enumerate(elements):
            for item in _children(element, "data"):
                if (key := mine.get(item.get("key", ""))) is not None:
                    columns[key[1]][i] = _value(item.text, key[2])
        # A key for "all" that nothing here uses is not a column of these.
        used = {v[1] for v in mine.values() if v[0] == owner}
        return {k: tuple(c) for k, c in columns.items() if k in used or any(c)}

    actors = table(nodes, "node")
    ids = tuple(node.get("id", "") for node in nodes)
    ends = _ends(edges)
    own = actors.get("id")
    if own is not None and None not in own and len(set(own)) == len(own):
        renamed = {a: b or "" for a, b in zip(ids, own, strict=True)}
        ends = tuple((renamed.get(a, a), renamed.get(b, b)) for a, b in ends)
        ids = tuple(renamed[x] for x in ids)
        actors = {k: v for k, v in actors.items() if k != "id"}
    default = graph.get("edgedefault", "directed") == "directed"
    said = [e.get("directed") for e in edges]
    each = [default if x is None else x.lower() in ("true", "1") for x in said]
    return Parsed(_direction_of(each, default, name), ids, actors, ends, table(edges, "edge"))


def from_gexf(data: bytes, name: str) -> Parsed:
    """Read GEXF of any version, one level of nodes; a label that says more than the id is kept.

    Raises :class:`InputError`.
    """
    root = _root(data, name, "gexf")
    graph = _one_graph(root, name)
    titles: dict[str, dict[str, tuple[str, str, str | None]]] = {"node": {}, "edge": {}}
    for group in _children(graph, "attributes"):
        for a in _children(group, "attribute"):
            default = next((x.text for x in _children(a, "default")), None)
            known = titles.setdefault(group.get("class", "node"), {})
            title = a.get("title") or a.get("id", "")
            known[a.get("id", "")] = (title, a.get("type", "string"), default)
    nodes = [n for group in _children(graph, "nodes") for n in _children(group, "node")]
    edges = [e for group in _children(graph, "edges") for e in _children(group, "edge")]

    def table(elements: list[Any], owner: str) -> dict[str, Column]:
        mine = titles[owner]
        columns: dict[str, list[str | None]] = {
            v[0]: [_value(v[2], v[1])] * len(elements) for v in mine.values()
        }
        for i, element in enumerate(elements):
            for group in _children(element, "attvalues"):
                for item in _children(group, "attvalue"):
                    # "id" instead of "for" is how GEXF 1.0 wrote it
                    key = mine.get(item.get("for") or item.get("id", ""))
                    if key is not None:
                        columns[key[0]][i] = _value(item.get("value"), key[1])
        return {k: tuple(c) for k, c in columns.items()}

    actors, columns = table(nodes, "node"), table(edges, "edge")
    ids = tuple(n.get("id", "") for n in nodes)
    labels = tuple(n.get("label") or None for n in nodes)
    names = actors.get("name", ids)
    told = zip(labels, names, ids, strict=True)
    if "label" not in actors and any(x not in (None, y, z) for x, y, z in told):
        actors["label"] = labels
    weights = tuple(_value(e.get("weight"), "double") for e in edges)
    if any(w is not None for w in weights) and "weight" not in columns:
        columns["weight"] = weights
    default = graph.get("defaultedgetype", "undirected") == "directed"
    said = [e.get("type") for e in edges]
    each = [default if x is None else x == "directed" for x in said]
    return Parsed(_direction_of(each, default, name), ids, actors, _ends(edges), columns)


def _root(data: bytes, name: str, tag: str) -> Any:
    # Imported here: only these two formats need it.
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise _unreadable(name, "DOCTYPE") from None
    except (ParseError, LookupError, ValueError) as error:
        raise _unreadable(name, f"XML: {error}") from None
    if _local(root) != tag:
        raise _unreadable(name, f"<{_local(root)}>, <{tag}>?")
    return root


def _one_graph(root: Any, name: str) -> Any:
    graphs = list(_children(root, "graph"))
    if len(graphs) != 1:
        raise _unreadable(name, f"{len(graphs)} × <graph>")
    return graphs[0]


def _unreadable(name: str, why: str) -> InputError:
    return InputError(Problem("file_unreadable", name, fields={"why": why}))


def _local(element: Any) -> str:
    """The element's name without its namespace, of which there are several in use."""
    return str(element.tag).rpartition("}")[2]


def _children(element: Any, tag: str) -> Iterator[Any]:
    return (child for child in element if _local(child) == tag)


def _value(value: str | None, type_: str) -> str | None:
    if value is None or value == "":
        return None
    if type_ == "boolean":
        return value.strip().lower()
    if type_ in _NUMERIC:
        value = value.strip()
        return None if value.lower() == "nan" else value
    return value


def _ends(edges: list[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((e.get("source", ""), e.get("target", "")) for e in edges)


def _direction_of(each: list[bool], default: bool, name: str) -> bool:
    if len(set(each)) > 1:
        raise InputError(Problem("graph_mixed_direction", name))
    return each[0] if each else default
