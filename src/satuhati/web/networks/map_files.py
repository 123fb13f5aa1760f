"""The picture as files: tables, GraphML and GEXF, SVG and PNG as seen on screen."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from satuhati.formats.graphxml import Column, Parsed, to_gexf, to_graphml
from satuhati.formats.plainsheet import csv_text
from satuhati.text import translator
from satuhati.web.audit.recording import Outcome, record
from satuhati.web.networks import map_words as say
from satuhati.web.networks.map_queries import Names, View, may_direct
from satuhati.web.networks.map_views import ready
from satuhati.web.tenancy.pages import page

FORMS = {
    "ikatan": ("csv", "text/csv; charset=utf-8"),
    "pelaku": ("csv", "text/csv; charset=utf-8"),
    "graphml": ("graphml", "application/graphml+xml"),
    "gexf": ("gexf", "application/gexf+xml"),
    "svg": ("svg", "image/svg+xml"),
    "png": ("png", "image/png"),
}
MARK = "\ufeff"  # spreadsheet programs take it for UTF-8


def graph_of(view: View, names: Names, *, directed: bool) -> Parsed:
    """The picture as a network file has it: text throughout, what is not known left empty.

    Whoever may not be named has a stand-in for an id and no name. Undirected, a pair is tied once
    per relation, by the stronger of the two weights.
    """
    codes = [names.code(s["id"]) for s in view.spots]
    columns: dict[str, list[str | None]] = {
        "name": [_plain(names.named[s["id"]]) if s["id"] in names.named else None
                 for s in view.spots],
        "sector": [view.sector(i) for i in range(len(codes))],
        "answered": ["true" if s["answered"] else "false" for s in view.spots],
        "named_by": [str(view.named[i]) for i in range(len(codes))],
    }  # fmt: skip
    if view.robust:
        columns["contacts"] = [str(len(view.near[i])) for i in range(len(codes))]
        columns["other_sectors"] = [str(len(view.other_sectors(i))) for i in range(len(codes))]
    for axis, name in enumerate(("x", "y")):
        columns[name] = [f"{view.places[s['id']][axis]:.4f}" for s in view.spots]
    ends: list[tuple[str, str]] = []
    kinds: list[str | None] = []
    weights: list[str | None] = []
    for relation in view.relations:
        if view.asked.relation not in ("", relation):
            continue
        found: dict[tuple[int, int], float | None] = {}
        for a, b, weight in view.picture["arcs"][relation]:
            pair = (a, b) if directed or a < b else (b, a)
            before = found.get(pair)
            known = [w for w in (before, weight) if w is not None]
            found[pair] = max(known) if known else None
        for (a, b), weight in sorted(found.items()):
            ends.append((codes[a], codes[b]))
            kinds.append(relation)
            weights.append(None if weight is None else f"{weight:.15g}")
    ties: dict[str, Column] = {"relation": tuple(kinds)}
    if any(w is not None for w in weights):
        ties["weight"] = tuple(weights)
    ties["wave"] = (str(view.asked.wave),) * len(ends)
    actors = {name: tuple(c) for name, c in columns.items() if any(x is not None for x in c)}
    return Parsed(directed, tuple(codes), actors, tuple(ends), ties)


def _plain(text: str) -> str:
    """XML cannot hold control characters."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def _content(form: str, view: View, names: Names, graph: Parsed, request: HttpRequest) -> bytes:
    if form == "ikatan":
        way = ["true" if graph.directed else "false"] * len(graph.ties)
        rows = zip(*zip(*graph.ties, strict=True), *graph.columns.values(), way, strict=True)
        head = ("source", "target", *graph.columns, "directed")
        return (MARK + csv_text(head, rows if graph.ties else ())).encode()
    if form == "pelaku":
        people = zip(graph.ids, *graph.actors.values(), strict=True)
        return (MARK + csv_text(("id", *graph.actors), people)).encode()
    if form == "graphml":
        return to_graphml(graph, "peta.graphml")
    if form == "gexf":
        return to_gexf(graph, "peta.gexf")
    t = translator(request.lang)
    cleaned = Names({k: _plain(n) for k, n in names.named.items()}, names.persons, names.open_ids)
    svg = str(say.drawn(view, cleaned, t, live=False))
    if form == "svg":
        return ('<?xml version="1.0" encoding="UTF-8"?>\n' + svg + "\n").encode()
    from satuhati.web.networks.raster import to_png  # Pillow: only whoever wants a picture file

    return to_png(svg)


@page("networks.files", methods=("GET",))
def download(request: HttpRequest, form: str) -> HttpResponse:
    """What the page shows, as a file; put on record."""
    if form not in FORMS:
        raise Http404
    context, _, view, names = ready(request)
    if view is None or context["too_few"] or not context["may_files"]:
        raise Http404
    who = request.who
    graph = graph_of(view, names, directed=may_direct(who))
    content = _content(form, view, names, graph, request)
    extension, kind = FORMS[form]
    response = HttpResponse(content, kind)
    stem = form if extension == "csv" else "peta"
    name = f"jejaring-{stem}-{who.community.code}-{view.asked.wave}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    rows = len(graph.ties) if form != "pelaku" else len(graph.ids)
    record(who, "network.download", Outcome(None, "ties", "", {"rows": rows, "form": form}))
    return response
