"""*Warga*: lists of people, organisations, posts, areas, assets; on screen, paper, as files."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from satuhati.formats.plainsheet import csv_text, workbook
from satuhati.text import Translator, translator
from satuhati.web.audit.recording import Outcome, record
from satuhati.web.register.listing import Column, RegisterList
from satuhati.web.register.lists import LISTS, Assets, Organizations, People, Terms
from satuhati.web.register.queries import (
    get_area_tree_for,
    get_expiring_terms_for,
    get_structure_for,
)
from satuhati.web.tenancy import regions
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.memory import remembered
from satuhati.web.tenancy.pages import listed as page_of
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.who import Who

PER_PAGE = 50
EXPIRING_DAYS = 60
PAGES = {
    "person": "people", "group": "groups", "terms": "structure", "areas": "areas",
    "assets": "assets",
}  # fmt: skip
FILES = {"person": "warga", "group": "organisasi", "terms": "susunan-pokja", "areas": "wilayah",
         "assets": "aset"}  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _expiring(who: Who) -> list[Any]:
    """Terms that end soon."""
    key = ("expiring", today_in(who.community))
    return remembered(
        who.community, key, lambda: get_expiring_terms_for(who, EXPIRING_DAYS)
    )  # fmt: skip


def tabs(who: Who, current: str, t: Translator) -> list[dict[str, Any]]:
    """The pages of *Warga*."""
    words = {
        "person": t("People"),
        "terms": t("The working group"),
        "group": t("Organisations"),
        "areas": t("Areas"),
        "assets": t("Assets"),
    }
    code = who.community.code  # type: ignore[union-attr]
    return [
        {"url": reverse(PAGES[key], args=[code]), "label": word, "current": key == current}
        for key, word in words.items()
    ]


def _searched(request: HttpRequest, kind: type[RegisterList]) -> HttpResponse | None:
    """A search was sent: what was typed is kept in the session, as a name has no place in an
    address; the filters stand in the address."""
    if request.method != "POST":
        return None
    words = request.POST.get("cari", "").strip()[:200]
    request.session[f"cari-{kind.code}"] = words
    kept = {
        k: v
        for k, v in request.POST.items()
        if k not in ("csrfmiddlewaretoken", "cari") and v and len(v) <= 200
    }
    if words:
        kept["cari"] = "1"
    here = reverse(PAGES[kind.code], args=[request.who.community.code])
    return redirect(f"{here}?{urlencode(kept)}" if kept else here)


def asked_list(request: HttpRequest, kind: type[RegisterList]) -> RegisterList:
    """The list as the address and the session ask for it."""
    words = request.session.get(f"cari-{kind.code}", "") if request.GET.get("cari") else ""
    return kind(request.who, translator(request.lang), request.GET.dict(), words)


def _query(request: HttpRequest, *without: str) -> str:
    """The rest of the address's query string."""
    kept = {k: v for k, v in request.GET.items() if k not in without and len(v) <= 200}
    return urlencode(kept)


def listed(request: HttpRequest, kind: type[RegisterList], template: str, **more: Any) -> Any:
    """A list's page."""
    sent = _searched(request, kind)
    if sent is not None:
        return sent
    asked = asked_list(request, kind)
    number = request.GET.get("p")

    def read() -> Any:
        found = page_of(asked.rows(), PER_PAGE, number)
        asked.complete(found.object_list)
        shown = [c for c in asked.columns() if c.only != "file"]
        return found, [(row, [c.of(row) for c in shown]) for row in found.object_list]

    key = (kind.code, asked.key, number, request.lang)
    found, rows = remembered(request.who.community, key, read)
    context = {
        "list": asked,
        "page": found,
        "columns": _heads(request, asked),
        "rows": rows,
        "query": _query(request, "p"),
        "tabs": tabs(request.who, kind.code, asked.t),
        "may_edit": request.who.may("register.edit"),
        "may_export": request.who.may("register.export"),
        "nothing": not (asked.active or asked.words or found.paginator.count),
        **more,
    }
    return render(request, f"register/{template}.html", context)


def _heads(request: HttpRequest, asked: RegisterList) -> list[dict[str, Any]]:
    """The columns on the page, each with the address that sorts by it."""
    rest = _query(request, "p", "urut")
    found = []
    for column in asked.columns():
        if column.only == "file":
            continue
        down = asked.sort == column.sort
        key = f"-{column.sort}" if down else column.sort
        state = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(asked.sort)
        href = f"?{rest}{'&' if rest else ''}urut={key}" if column.sort else ""
        found.append({"title": column.title, "href": href, "sorted": state if column.sort else ""})
    return found


def _cells(asked: RegisterList, row: Any, without: str) -> list[Any]:
    return [c.of(row) for c in asked.columns() if c.only != without]


@page("register.view")
def people(request: HttpRequest) -> HttpResponse:
    """People: who they are, what they do, where they live."""
    found: HttpResponse = listed(request, People, "people", expiring=_expiring(request.who))
    return found


@page("register.view")
def groups(request: HttpRequest) -> HttpResponse:
    """Organisations, informal groups, associations."""
    found: HttpResponse = listed(request, Organizations, "groups")
    return found


@page("register.view")
def assets(request: HttpRequest) -> HttpResponse:
    """What residents offer and look for."""
    found: HttpResponse = listed(request, Assets, "assets")
    return found


@page("register.view")
def structure(request: HttpRequest) -> HttpResponse:
    """The working group by section; former terms and searches as a list."""
    if request.method == "POST" or request.GET.get("daftar"):
        found: HttpResponse = listed(request, Terms, "terms")
        return found
    who, t = request.who, translator(request.lang)
    today = today_in(who.community)
    parts = remembered(who.community, ("structure", today), lambda: get_structure_for(who))
    context = {
        "parts": parts,
        "people": len({t.actor_id for part in parts for p in part.posts for t in p.terms}),
        "expiring": _expiring(who),
        "tabs": tabs(who, "terms", t),
        "today": today,
        "may_edit": who.may("register.edit"),
        "may_export": who.may("register.export"),
    }
    return render(request, "register/structure.html", context)


@page("register.view", methods=("GET",))
def areas(request: HttpRequest) -> HttpResponse:
    """RT, RW and what lies above, as a tree."""
    who, t = request.who, translator(request.lang)
    key = ("area tree", today_in(who.community))
    tree = remembered(who.community, key, lambda: get_area_tree_for(who))
    found = Paginator(tree, PER_PAGE * 4).get_page(request.GET.get("p"))
    context = {
        "page": found,
        "above": regions.village(who.community.official_code or ""),
        "tabs": tabs(who, "areas", t),
        "may_edit": who.may("register.edit"),
        "may_export": who.may("register.export"),
    }
    return render(request, "register/areas.html", context)


# -- on paper and as files -----------------------------------------------------------------------


def _list_named(request: HttpRequest, kind: str) -> RegisterList:
    if kind not in LISTS:
        raise Http404
    return asked_list(request, LISTS[kind])


@page("register.view", methods=("GET",))
def printed(request: HttpRequest, kind: str) -> HttpResponse:
    """The whole list as asked for, on paper."""
    asked = _list_named(request, kind)
    rows = asked.complete(list(asked.rows()))
    context = {
        "list": asked,
        "titles": [c.title for c in asked.columns() if c.only != "file"],
        "rows": [_cells(asked, row, "file") for row in rows],
        "back": f"{reverse(PAGES[kind], args=[request.who.community.code])}?{_query(request)}",
        "today": today_in(request.who.community),
    }
    return render(request, "register/print.html", context)


@page("register.export", methods=("GET",))
def download(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """The whole list as asked for, as CSV or Excel."""
    asked = _list_named(request, kind)
    if form not in ("csv", "xlsx"):
        raise Http404
    columns: list[Column] = [c for c in asked.columns() if c.only != "page"]
    titles = [c.title for c in columns]
    rows = asked.complete(list(asked.rows()))
    cells = ([c.of(row) for c in columns] for row in rows)
    if form == "csv":
        # Spreadsheet programs take the mark at the beginning for UTF-8.
        response = HttpResponse("\ufeff" + csv_text(titles, cells), "text/csv; charset=utf-8")
    else:
        response = HttpResponse(workbook(asked.title(), titles, cells), XLSX)
    name = f"{FILES[kind]}-{request.who.community.code}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    record(
        request.who, "register.export", Outcome(None, "", kind, {"rows": len(rows), "form": form})
    )
    return response
