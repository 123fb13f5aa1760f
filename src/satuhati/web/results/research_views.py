"""*Mode peneliti*: a round in full, for who may use it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from markupsafe import Markup

from satuhati.text import Translator, translator
from satuhati.web.results import model_tables, tables
from satuhati.web.results.methods import METHODS
from satuhati.web.results.queries import Found, scale_word
from satuhati.web.results.stored import STUDY
from satuhati.web.results.tables import Table
from satuhati.web.results.views import csv_file, found_or_404
from satuhati.web.surveys.queries import get_response_for
from satuhati.web.tenancy.memory import remembered
from satuhati.web.tenancy.pages import page

Make = Callable[[Mapping[str, Any], Translator], list[Table]]

PARTS: dict[str, Make] = {
    "reliability": tables.reliability,
    "structure": model_tables.structure,
    "comparability": model_tables.comparability,
    "groups": tables.groups,
    "agreement": tables.agreement,
    "response": tables.response,
}


def _tabs(t: Translator) -> list[tuple[str, str]]:
    return [
        ("survey_research", t("Reliability")),
        ("survey_structure", t("Structure")),
        ("survey_comparability", t("Comparability")),
        ("survey_groups", t("Groups")),
        ("survey_agreement", t("Agreement")),
        ("survey_response", t("Response")),
    ]


def _begun(request: HttpRequest, code: str, name: str) -> tuple[dict[str, Any], Found]:
    """What every page of the mode begins with."""
    who, t = request.who, translator(request.lang)
    on = bool(who.community.researcher_mode)
    found = found_or_404(request, code, kind=STUDY) if on else found_or_404(request, code)
    return {
        "on": on,
        "found": found,
        "seen": found.seen,
        "round": found.seen.round,
        "ready": on and found.stored is not None,
        "research": True,
        "parts": _tabs(t),
        "part": name,
        "tables": "",
    }, found


def _rendered(
    request: HttpRequest, found: Found, part: str, make: Callable[[Mapping[str, Any]], list[Table]]
) -> str:
    """The tables as they stand on the page; set once for these figures, for they are long."""
    stored, round = found.stored, found.seen.round
    assert stored is not None

    def render_tables() -> str:
        every = make(found.payload)
        if not every:
            return ""
        given = {
            "tables": every,
            "methods": METHODS,
            "code": request.who.community.code,
            "round": round,
            "lang": request.lang,
            "t": translator(request.lang),
            "by_item": {
                item: one["mean"]["scale"]
                for one in found.payload["scales"]
                for item in one["mean"]["items"]
            },
        }
        html = render_to_string("results/tables.html", given, using="jinja2")
        return Markup(html)  # noqa: S704  set by our own template, which escapes

    key = ("study", stored.pk, stored.made_at, part, request.lang)
    return remembered(request.who.community, key, render_tables)


def _part(request: HttpRequest, code: str, part: str, name: str) -> HttpResponse:
    t = translator(request.lang)
    context, found = _begun(request, code, name)
    if context["ready"]:
        context["tables"] = _rendered(request, found, part, lambda p: PARTS[part](p, t))
    return render(request, "results/research.html", context)


@page("research.view", methods=("GET",))
def reliability(request: HttpRequest, survey: str) -> HttpResponse:
    """How far each scale can be trusted."""
    return _part(request, survey, "reliability", "survey_research")


@page("research.view", methods=("GET",))
def structure(request: HttpRequest, survey: str) -> HttpResponse:
    """Which items go together."""
    return _part(request, survey, "structure", "survey_structure")


@page("research.view", methods=("GET",))
def comparability(request: HttpRequest, survey: str) -> HttpResponse:
    """Whether groups understand the questions alike."""
    return _part(request, survey, "comparability", "survey_comparability")


@page("research.view", methods=("GET",))
def groups(request: HttpRequest, survey: str) -> HttpResponse:
    """Means by background, one scale at a time (``?skala=``)."""
    t = translator(request.lang)
    context, found = _begun(request, survey, "survey_groups")
    if context["ready"]:
        scale = tables.fitting(found.payload["scales"], request.GET.get("skala"))
        context |= {
            "scale": scale,
            "choose": [
                (s["mean"]["scale"], scale_word(s["mean"]["scale"], t))
                for s in found.payload["scales"]
            ],
            "tables": _rendered(
                request, found, f"groups {scale}", lambda p: tables.groups(p, t, scale)
            )
            if scale
            else "",
        }
    return render(request, "results/research.html", context)


@page("research.view", methods=("GET",))
def agreement(request: HttpRequest, survey: str) -> HttpResponse:
    """Whether answers may be averaged within areas."""
    return _part(request, survey, "agreement", "survey_agreement")


@page("research.view", methods=("GET",))
def response(request: HttpRequest, survey: str) -> HttpResponse:
    """Who answered, and who is missing."""
    t = translator(request.lang)
    context, found = _begun(request, survey, "survey_response")
    if context["ready"]:
        context["tables"] = _rendered(request, found, "response", lambda p: tables.response(p, t))
        if found.seen.setup is not None:
            context["asked"] = get_response_for(request.who, found.seen)
    return render(request, "results/research.html", context)


@page("research.view", methods=("GET",))
def download(request: HttpRequest, survey: str, table: str) -> HttpResponse:
    """A table of the mode as CSV: figures in full, the empty cells empty."""
    t = translator(request.lang)
    context, found = _begun(request, survey, "")
    if not context["ready"]:
        raise Http404
    every = {one.key: one for make in PARTS.values() for one in make(found.payload, t)}
    if table not in every:
        raise Http404
    return csv_file(request, found, table, *every[table].as_file())
