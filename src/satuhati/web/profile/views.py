"""*Laporan*. Pages show the stored snapshot; nothing is analysed in a request."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from markupsafe import Markup

from satuhati.text import Translator, translator
from satuhati.web.audit.recording import Outcome, record
from satuhati.web.profile.models import Snapshot
from satuhati.web.profile.queries import (
    evidence_of,
    get_page_for,
    get_rows_for,
    ids_open_to,
    is_behind,
    is_open,
    latest_snapshot,
)
from satuhati.web.profile.tasks import ask_once
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.who import Who

PER_PAGE = 50
TEAM_ONLY = ("keikutsertaan", "jejaring")
"""Sections that speak of single persons; who sees aggregates only does not get them."""
RESEARCH = ("mutu",)


def tabs(who: Who, current: str, t: Translator) -> list[dict[str, Any]]:
    """The pages of *Laporan* that this reader may open."""
    words = {
        "": t("Capacity"),
        "celah": t("Gaps and strategies"),
        "perubahan": t("Changes"),
        "cermin": t("Two mirrors"),
        "keikutsertaan": t("Participation"),
        "layanan": t("Services"),
        "jejaring": t("Networks"),
        "konteks": t("Context"),
        "mutu": t("Quality of the data"),
        "unduh": t("Download"),
    }
    code = who.community.code if who.community else ""
    found = []
    for key, word in words.items():
        if key in TEAM_ONLY and not who.may("report.rows"):
            continue
        if key in RESEARCH and not _research(who):
            continue
        if key == "unduh":
            address = reverse("downloads", args=[code])
        else:
            address = (
                reverse("section", args=[code, key]) if key else reverse("report", args=[code])
            )
        found.append({"url": address, "label": word, "current": key == current})
    return found


def _research(who: Who) -> bool:
    return bool(who.community and who.community.researcher_mode and who.may("research.view"))


def _ready(request: HttpRequest, *, whole: bool = False) -> tuple[Snapshot | None, bool]:
    """The newest snapshot; if it is behind, a new one is asked for (once)."""
    snapshot = latest_snapshot(request.who, whole=whole)
    behind = is_behind(request.who, snapshot)
    if behind:
        ask_once(request.who.community.pk)
    return snapshot, behind


def _context(request: HttpRequest, snapshot: Snapshot | None, behind: bool) -> dict[str, Any]:
    return {"snapshot": snapshot, "behind": behind, "research": _research(request.who)}


@page("report.view", methods=("GET",))
def report(request: HttpRequest) -> HttpResponse:
    """Both matrices and social capital: what each way of knowing says, cell by cell."""
    return _section(request, "matriks", "")


@page("report.view", methods=("GET",))
def section(request: HttpRequest, key: str) -> HttpResponse:
    who = request.who
    if key not in ("celah", "perubahan", "cermin", "keikutsertaan", "layanan", "jejaring",
                   "konteks", "mutu"):  # fmt: skip
        raise Http404
    if key in TEAM_ONLY and not who.may("report.rows"):
        raise Http404
    if key in RESEARCH and not _research(who):
        raise Http404
    return _section(request, key, key)


def _section(request: HttpRequest, key: str, tab: str) -> HttpResponse:
    snapshot, behind = _ready(request)
    t = translator(request.lang)
    context = _context(request, snapshot, behind)
    found = get_page_for(request.who, snapshot, key) if snapshot is not None else None
    context |= {
        "tabs": tabs(request.who, tab, t),
        "title": found.data["title"] if found else t("Report"),
        "body": Markup(found.html) if found else None,  # noqa: S704  set by our own templates
    }
    return render(request, "profile/section.html", context)


@page("report.view", methods=("GET",))
def cell(request: HttpRequest, component: str, level: str, population: str) -> HttpResponse:
    """One cell: why it has its verdict, every piece, and the rows behind each."""
    snapshot, behind = _ready(request)
    key = f"sel/{component}/{level}/{population}"
    found = get_page_for(request.who, snapshot, key) if snapshot is not None else None
    if found is None:
        raise Http404
    context = _context(request, snapshot, behind)
    context |= {
        "about": found.data,
        "body": Markup(found.html),  # noqa: S704  set by our own templates
        "where": (component, level, population),
        "may_rows": request.who.may("report.rows"),
    }
    return render(request, "profile/cell.html", context)


@page("report.rows", methods=("GET",))
def rows(request: HttpRequest, component: str, level: str, population: str, n: int) -> HttpResponse:
    """The rows behind a piece of evidence, as far as the reader may see them."""
    who = request.who
    t = translator(request.lang)
    snapshot, behind = _ready(request, whole=True)
    piece = evidence_of(snapshot, component, level, population, n) if snapshot else None
    if snapshot is None or piece is None:
        raise Http404
    trace = piece["trace"]
    open_here = is_open(who, trace["table"]) and bool(trace["ids"])
    ids = ids_open_to(who, trace["table"], trace["ids"]) if open_here else trace["ids"]
    listed = Paginator(ids, PER_PAGE).get_page(request.GET.get("p"))
    found = get_rows_for(who, trace["table"], list(listed), t) if open_here else None
    if found is not None:
        details = {"rows": len(found.rows), "cell": f"{component}/{level}/{population}"}
        record(who, "rows.read", Outcome(None, trace["table"], "", details))
    about = get_page_for(who, snapshot, f"sel/{component}/{level}/{population}")
    context = _context(request, snapshot, behind)
    context |= {
        "about": about.data if about else {},
        "where": (component, level, population),
        "rows": found,
        "n": trace["n"],
        "own_only": len(ids) < len(trace["ids"]),
        "page": listed,
    }
    return render(request, "profile/rows.html", context)


@page("report.view", methods=("GET",))
def freshness(request: HttpRequest) -> HttpResponse:
    """The line that says how old the figures are; refreshed by itself while they are behind."""
    snapshot, behind = _ready(request)
    context = _context(request, snapshot, behind)
    response = render(request, "profile/freshness.html", context)
    if not behind and request.htmx:
        response.headers["HX-Refresh"] = "true"
    return response
