"""*Jejaring*: the map, who bridges, who is not connected yet, what goes between sectors.

The figures are the core's, computed by the worker; a page counts and draws what is kept. Names
are those of people who agreed, and for keepers only; everybody else sees the whole without names.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from markupsafe import Markup

from satuhati.text import translator
from satuhati.web.audit.recording import Outcome, record
from satuhati.web.networks import map_words as say
from satuhati.web.networks import sure_words as how
from satuhati.web.networks.map_queries import (
    FEWEST,
    MEASURES,
    Names,
    View,
    few_people,
    get_names_for,
    get_own_ties_for,
    get_pictures_for,
    get_view_for,
    given,
)
from satuhati.web.networks.map_tasks import ask_for_pictures
from satuhati.web.networks.naming import EXCHANGES
from satuhati.web.networks.queries import any_round_closed
from satuhati.web.networks.stored import StoredPictures
from satuhati.web.tenancy.pages import page


def ready(request: HttpRequest) -> tuple[dict[str, Any], StoredPictures | None, View | None, Names]:
    """What every page begins with; pictures that are behind are asked for."""
    who, t = request.who, translator(request.lang)
    stored = get_pictures_for(who)
    fresh = (
        stored is not None and stored.whole and stored.data_version == who.community.data_version
    )
    if not fresh:
        ask_for_pictures(who.community.pk)
    view = get_view_for(who, stored.payload, request.GET.dict()) if stored is not None else None
    names = get_names_for(who, [s["id"] for s in view.spots] if view else [])
    people = sum(s["id"] in names.persons for s in view.spots) if view else 0
    keeper = who.may("networks.names")
    research = who.role == "researcher" and bool(who.community.researcher_mode)
    context: dict[str, Any] = {
        "stored": stored,
        "fresh": fresh,
        "view": view,
        "names": names,
        "keeper": keeper,
        "may_files": who.may("networks.files") and (who.role != "researcher" or research),
        "too_few": view is not None
        and (view.few_told or (not keeper and not research and 0 < people < FEWEST)),
        # Without a closed round there is nothing to wait for.
        "nothing": view is None and not any_round_closed(who),
        "response": say.response_line(view, t) if view else "",
        "sure": view.sure if view else None,
        "sector_name": lambda code: say.sector(code, t),
        "relation_name": lambda code: say.relation(code, t),
        "show": (lambda i: say.shown_name(view, names, i, t)) if view else None,
    }
    return context, stored, view, names


def note_read(request: HttpRequest, what: str, names: Names) -> None:
    """Reading people's names is put on record."""
    people = len(names.persons & names.named.keys())
    if people:
        record(
            request.who, "network.read", Outcome(None, "ties", "", {"page": what, "rows": people})
        )


@page("networks.map", methods=("GET",))
def landing(request: HttpRequest) -> HttpResponse:
    """The whole in one sentence, one's own ties, and where to look further."""
    t = translator(request.lang)
    context, stored, view, _ = ready(request)
    if stored is not None and view is not None:
        context |= {
            "sentence": say.map_sentence(view, t),
            "own": get_own_ties_for(request.who, stored.payload),
            "change": next(
                (
                    c
                    for c in stored.payload["changes"]
                    if c["after"] == view.asked.wave and "twice" in c  # not of a form before
                ),
                None,
            ),
        }
    return render(request, "networks/landing.html", context)


def _drawn(request: HttpRequest, context: dict[str, Any], view: View, names: Names) -> None:
    t = translator(request.lang)
    order = say.present(view)
    context |= {
        "sentence": say.map_sentence(view, t),
        "sure_sentences": how.sentences(view, t),
        "sure_rows": how.rows(view, t),
        "readings": how.readings(view, t),
        "svg": Markup(say.drawn(view, names, t, live=True)),  # noqa: S704  drawn by us
        "sectors": order + ([None] if any(not view.sector(i) for i in range(len(view.spots)))
                            else []),
        "hollow": any(not view.near[i] for i in range(len(view.spots))),
        "measures": say.measures(t),
        "larger": say.larger(view, t),
        "ringed": say.ringed(view, t),
        "measure_keys": MEASURES if view.robust else ("named",),
        "origins": {"reported": t("told when asked"), "work": t("from work done together")},
        "few": set() if context["keeper"] else few_people(view, names),
        "by_sector": [
            {
                "sector": s,
                "n": len(members := [i for i in range(len(view.spots)) if view.sector(i) == s]),
                "alone": sum(i in view.alone for i in members),
                "mean": sum(len(view.near[i]) for i in members) / len(members),
            }
            for s in [*order, None]
            if any(view.sector(i) == s for i in range(len(view.spots)))
        ],
    }  # fmt: skip
    if context["keeper"]:
        context["order"] = sorted(
            range(len(view.spots)),
            key=lambda i: (-view.value(i), say.shown_name(view, names, i, t).casefold()),
        )


@page("networks.map", methods=("GET",))
def picture(request: HttpRequest) -> HttpResponse:
    """The map of ties of one wave, its figures in a table, and files of the same."""
    context, _, view, names = ready(request)
    if view is not None:
        _drawn(request, context, view, names)
        note_read(request, "map", names)
    return render(request, "networks/map.html", context)


def _together(request: HttpRequest, stored: StoredPictures, view: View) -> View:
    """The same picture with all relations: who bridges is counted over them together."""
    asked = {**request.GET.dict(), "hubungan": ""}
    return get_view_for(request.who, stored.payload, asked) or view


@page("networks.map", methods=("GET",))
def paper(request: HttpRequest) -> HttpResponse:
    """The map on one sheet with a paragraph on bridges."""
    context, stored, view, names = ready(request)
    if stored is not None and view is not None:
        t = translator(request.lang)
        _drawn(request, context, view, names)
        context["paragraph"] = say.bridges_paragraph(
            _together(request, stored, view), names, t, keeper=context["keeper"], about=view
        )
        note_read(request, "print", names)
    return render(request, "networks/print.html", context)


@page("networks.map", methods=("GET",))
def bridges(request: HttpRequest) -> HttpResponse:
    """Who joins sectors, and what hangs on single people."""
    t = translator(request.lang)
    context, stored, view, names = ready(request)
    if stored is not None and view is not None:
        view = _together(request, stored, view)
        found = say.bridging(view) if view.robust else []
        # What hangs on one person is nobody else's affair, with or without a name.
        shown = [
            (i, s) for i, s in found
            if context["keeper"] or view.spots[i]["id"] not in names.persons
        ]  # fmt: skip
        context |= {
            "paragraph": say.bridges_paragraph(view, names, t, keeper=context["keeper"]),
            "found": [
                {
                    "i": i,
                    "sector": view.sector(i),
                    "sentence": say.bridge_sentence(view, s, view.sector(i), t),
                    "reached": len(s["sectors"]),
                    "could": s["could"],
                    "kept": s["kept"],
                    "pairs": s["pairs"],
                }
                for i, s in shown[: say.BRIDGES]
            ],
            "count": len(found),
            "more": max(0, len(shown) - say.BRIDGES),
        }
        note_read(request, "bridges", names)
    return render(request, "networks/bridges.html", context)


@page("networks.names", methods=("GET",))
def alone(request: HttpRequest) -> HttpResponse:
    """Who is not tied to anybody yet, or to nobody outside the own sector. Keepers only."""
    context, _, view, names = ready(request)
    if view is not None:
        heard = [i for i in range(len(view.spots)) if view.heard(i)]
        groups = {
            "alone": view.alone,
            # Of few answers not even who answered stands: others who were silent may name them.
            "inside": [i for i in heard if view.near[i] and not view.other_sectors(i)]
            if view.robust else [],
        }  # fmt: skip
        context |= {
            "silent": len(view.spots) - len(heard),
            "groups": {
                key: {
                    "named": [i for i in found if view.spots[i]["id"] in names.named],
                    "unnamed": sum(view.spots[i]["id"] not in names.named for i in found),
                    "n": len(found),
                }
                for key, found in groups.items()
            },
        }
        note_read(request, "alone", names)
    return render(request, "networks/alone.html", context)


@page("networks.map", methods=("GET",))
def between(request: HttpRequest) -> HttpResponse:
    """Information, resources and support from sector to sector, each apart."""
    t = translator(request.lang)
    context, _, view, names = ready(request)
    if view is not None:
        few = set() if context["keeper"] else few_people(view, names)
        others = [r for r in view.relations if r not in EXCHANGES]
        tables = []
        for relation in (*EXCHANGES, *others):
            flows, gives = given(view, relation)
            known = [f for f in flows if not few & {f["first"], f["second"]}]
            tables.append(
                {
                    "relation": relation,
                    "cells": {(f["first"], f["second"]): f for f in known},
                    "sentence": say.flow_sentence(known, t, whole=not few, gives=gives),
                    "gives": gives,
                    "empty": not any(f["ties"] for f in flows),
                }
            )
        context |= {"tables": tables, "order": say.present(view), "few": few}
    return render(request, "networks/between.html", context)
