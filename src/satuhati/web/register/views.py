"""*Warga*: people, organisations, the working group's structure, areas, assets."""

from __future__ import annotations

import urllib.parse
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from satuhati.framework import SECTIONS, SECTORS
from satuhati.schema import TABLES
from satuhati.text import Translator, translator
from satuhati.web.audit.recording import Outcome, record
from satuhati.web.register import listfiles
from satuhati.web.register.actions import (
    InUseError,
    add_actor,
    add_areas,
    add_asset,
    edit_actor,
    edit_asset,
    edit_term,
    post_of,
    remove_actor,
    set_term,
)
from satuhati.web.register.forms import AreasForm, TermForm
from satuhati.web.register.models import Actor, Area, Asset, Term
from satuhati.web.register.queries import (
    SORTS,
    Filter,
    get_areas_for,
    get_assets_for,
    get_expiring_terms_for,
    get_people_for,
    get_person_for,
    get_structure_for,
    get_terms_of,
    posts_of,
)
from satuhati.web.tenancy import regions
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.memory import remembered
from satuhati.web.tenancy.once import is_first, new_once
from satuhati.web.tenancy.pages import listed, page
from satuhati.web.tenancy.schema_forms import SchemaForm, said, told

PER_PAGE = 40
PERSON = ("name", "sector", "phone", "area", "sex", "age_band", "schooling", "organization",
          "outside", "joined", "left")  # fmt: skip
GROUP = ("name", "kind", "sector", "phone", "area", "authority", "outside", "joined", "left")
ASSET = ("name", "kind", "direction", "actor", "area", "since", "used_on", "used_for")
LIST = ("name", "kind", "sector", "area", "sex", "age_band", "organization", "outside", "joined",
        "left", "phone")  # fmt: skip


def tabs(request: HttpRequest, current: str, t: Translator) -> list[dict[str, Any]]:
    code = request.who.community.code
    words = (
        ("people", t("People")),
        ("structure", t("The working group")),
        ("groups", t("Organisations")),
        ("areas", t("Areas")),
        ("assets", t("Assets")),
    )
    return [
        {"url": reverse(name, args=[code]), "label": word, "current": name == current}
        for name, word in words
    ]


def _filter(request: HttpRequest) -> Filter:
    get = request.GET.get
    sort = get("urut", "nama")
    return Filter(
        words=get("cari", "").strip()[:100],
        sector=get("sektor", "") if get("sektor") in SECTORS else "",
        section=get("seksi", "") if get("seksi") in SECTIONS else "",
        area=get("wilayah", ""),
        sort=sort if sort in SORTS else "nama",
        former=get("dulu") == "ya",
    )


@page("register.view", methods=("GET",))
def people(request: HttpRequest) -> HttpResponse:
    return _listing(request, "person", "people")


@page("register.view", methods=("GET",))
def groups(request: HttpRequest) -> HttpResponse:
    return _listing(request, "group", "groups")


def _listing(request: HttpRequest, kind: str, tab: str) -> HttpResponse:
    who, t = request.who, translator(request.lang)
    chosen, number = _filter(request), request.GET.get("p")
    today = today_in(who.community)

    def read() -> dict[str, Any]:
        shown = listed(get_people_for(who, kind, chosen), PER_PAGE, number)
        return {
            "page": shown,
            "posts": posts_of(who, shown.object_list),
            "areas": list(Area.objects.filter(level__in=("rw", "dusun")).order_by("name")),
            "expiring": get_expiring_terms_for(who, 60) if kind == "person" else [],
        }

    context = {
        **remembered(who.community, ("people", kind, chosen, number, today), read),
        "tabs": tabs(request, tab, t),
        "chosen": chosen,
        "query": urllib.parse.urlencode(chosen.query),
        "sectors": SECTORS,
        "sections": SECTIONS,
        "kind": kind,
        "may_edit": who.may("register.edit"),
        "may_export": who.may("register.export"),
    }
    return render(request, "register/people.html", context)


@page("register.export", methods=("GET",))
def download(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """The list as it is filtered, for a spreadsheet."""
    who, t = request.who, translator(request.lang)
    if kind not in ("person", "group") or form not in ("csv", "xlsx"):
        raise Http404
    found = list(get_people_for(who, kind, _filter(request)))
    columns = [TABLES["actors"].column(name) for name in LIST]
    held = posts_of(who, found)
    header = [t("ID"), *(c.label(t.lang) for c in columns), t("Posts")]

    def words(actor: Actor) -> list[str]:
        values = [said("actors", c, getattr(actor, c.name), t) for c in columns]
        plain = ["" if v == "–" else v for v in values]
        return [actor.public_id, *plain, "; ".join(held.get(actor.pk, []))]

    rows = [words(a) for a in found]
    record(who, "register.export", Outcome(None, "actors", "", {"rows": len(rows), "form": form}))
    name = f"{'warga' if kind == 'person' else 'organisasi'}-{who.community.code}.{form}"
    if form == "csv":
        content, media = listfiles.as_csv(header, rows), "text/csv; charset=utf-8"
    else:
        content = listfiles.as_xlsx(t("People"), header, rows)
        media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(content, content_type=media)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page("register.view", methods=("GET",))
def person(request: HttpRequest, actor: str) -> HttpResponse:
    """A person or organisation, with posts held."""
    who, t = request.who, translator(request.lang)
    found = get_person_for(who, actor)
    if found is None:
        raise Http404
    own = who.membership is not None and who.membership.actor_id == found.pk
    columns = PERSON if found.kind == "person" else GROUP
    facts = [
        (column.label(t.lang), said("actors", column, getattr(found, column.name), t))
        for name in columns[1:]
        if (column := TABLES["actors"].column(name)).name != "phone"
        or own
        or who.may("register.edit")
    ]
    context = {
        "person": found,
        "facts": [(label, value) for label, value in facts if value != "–"],
        "terms": get_terms_of(who, found),
        "assets": Asset.objects.filter(actor=found).order_by("pk"),
        "members": Actor.objects.filter(organization=found).order_by("name")[:50],
        "may_edit": who.may("register.edit"),
        "back": "people" if found.kind == "person" else "groups",
    }
    return render(request, "register/person.html", context)


def _actor_form(request: HttpRequest, kind: str, actor: Actor | None) -> SchemaForm:
    houses = Actor.objects.exclude(kind="person").order_by("name")
    return SchemaForm(
        request.POST or None,
        table="actors",
        columns=PERSON if kind == "person" else GROUP,
        t=translator(request.lang),
        references={"area": Area.objects.order_by("name"), "organization": houses},
        instance=actor,
        initial={} if kind == "person" or actor else {"kind": "organization"},
    )


@page("register.edit")
def new(request: HttpRequest, kind: str) -> HttpResponse:
    who, t = request.who, translator(request.lang)
    if kind not in ("person", "group"):
        raise Http404
    form = _actor_form(request, kind, None)
    if kind == "person":
        form.fields["name"].required = True
    if request.method == "POST" and form.is_valid():
        back = "people" if kind == "person" else "groups"
        if not is_first(request):
            return redirect(back, who.community.code)
        fields = form.values() | ({"kind": "person"} if kind == "person" else {})
        made = add_actor(by=who, **fields)
        messages.success(request, t("Entered."))
        return redirect("person", who.community.code, made.public_id)
    title = t("A new person") if kind == "person" else t("A new organisation")
    return _form(request, form, title, t("Save"), once=new_once(request))


@page("register.edit")
def edit(request: HttpRequest, actor: str) -> HttpResponse:
    who, t = request.who, translator(request.lang)
    found = get_person_for(who, actor)
    if found is None:
        raise Http404
    form = _actor_form(request, "person" if found.kind == "person" else "group", found)
    conflict: Any = None
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            edit_actor(by=who, actor=found, revision=revision, fields=form.values())
        except ChangedMeanwhileError as error:
            conflict, form = told(form, error.row, t)
        else:
            messages.success(request, t("Saved."))
            return redirect("person", who.community.code, found.public_id)
    return _form(request, form, found.name or found.public_id, t("Save"), conflict=conflict)


@page("register.edit", methods=("POST",))
def remove(request: HttpRequest, actor: str) -> HttpResponse:
    who, t = request.who, translator(request.lang)
    found = get_person_for(who, actor)
    if found is None:
        raise Http404
    back = "people" if found.kind == "person" else "groups"
    try:
        remove_actor(by=who, actor=found)
    except InUseError:
        messages.error(
            request,
            t("Other records speak of {name}, so the entry stays. Fill in the day they left.",
              name=found.name or found.public_id),
        )  # fmt: skip
        return redirect("edit_person", who.community.code, found.public_id)
    messages.success(request, t("Removed."))
    return redirect(back, who.community.code)


def _form(request: HttpRequest, form: Any, title: str, save: str, **more: Any) -> HttpResponse:
    t = translator(request.lang)
    context = {
        "form": form,
        "title": title,
        "save": save,
        "back": reverse("people", args=[request.who.community.code]),
        "back_text": t("Residents"),
        **more,
    }
    return render(request, "form_page.html", context, status=400 if form.errors else 200)


# -- posts ----------------------------------------------------------------------------------------


@page("register.view", methods=("GET",))
def structure(request: HttpRequest) -> HttpResponse:
    """The working group by section: posts, holders, deputies."""
    who, t = request.who, translator(request.lang)
    today = today_in(who.community)
    context = {
        "tabs": tabs(request, "structure", t),
        "groups": remembered(who.community, ("posts", today), lambda: get_structure_for(who)),
        "expiring": remembered(
            who.community, ("expiring", today), lambda: get_expiring_terms_for(who, 60)
        ),
        "may_edit": who.may("register.edit"),
    }
    return render(request, "register/structure.html", context)


@page("register.edit")
def new_term(request: HttpRequest) -> HttpResponse:
    """Somebody takes a post."""
    who, t = request.who, translator(request.lang)
    form = TermForm(request.POST or None, t=t, initial={"actor": request.GET.get("orang", "")})
    if request.method == "POST" and form.is_valid():
        if is_first(request):
            data = form.cleaned_data
            post = post_of(who, data["kind"], form.post_name(), data["section"] or None)
            set_term(by=who, post=post, **form.term())
            messages.success(request, t("The post is filled."))
        return redirect("structure", who.community.code)
    return _form(request, form, t("Fill a post"), t("Save"), once=new_once(request))


@page("register.edit")
def change_term(request: HttpRequest, term: str) -> HttpResponse:
    """Change a term: its end, its decree, the deputy."""
    who, t = request.who, translator(request.lang)
    found = Term.objects.select_related("post", "actor").filter(public_id=term).first()
    if found is None:
        raise Http404
    form = SchemaForm(
        request.POST or None,
        table="terms",
        columns=("start", "end", "deputy", "decree"),
        t=t,
        references={"deputy": Actor.objects.filter(kind="person").order_by("name")},
        instance=found,
    )
    conflict: Any = None
    if request.method == "POST" and form.is_valid():
        fields = form.values()
        if fields["end"] and fields["end"] < fields["start"]:
            form.add_error("end", t("The end lies before the start."))
        else:
            revision = form.cleaned_data["revision"]
            try:
                edit_term(by=who, term=found, revision=revision, fields=fields)
            except ChangedMeanwhileError as error:
                conflict, form = told(form, error.row, t)
            else:
                messages.success(request, t("Saved."))
                return redirect("structure", who.community.code)
    lead = f"{found.post.name}: {found.actor.name or found.actor.public_id}"
    return _form(request, form, t("Term of office"), t("Save"), conflict=conflict, lead=lead)


# -- areas and assets -----------------------------------------------------------------------------


@page("register.view")
def areas(request: HttpRequest) -> HttpResponse:
    """RT and RW as a tree, under the village and what lies above it."""
    who, t = request.who, translator(request.lang)
    form = AreasForm(request.POST if request.method == "POST" else None, t=t)
    if request.method == "POST":
        if not who.may("register.edit"):
            raise Http404
        if form.is_valid():
            made = add_areas(by=who, **form.cleaned_data)
            messages.success(request, t.plural("{n} area added.", "{n} areas added.", made))
            return redirect("areas", who.community.code)
    context = {
        "tabs": tabs(request, "areas", t),
        "areas": get_areas_for(who),
        "village": regions.village(who.community.official_code or ""),
        "form": form,
        "may_edit": who.may("register.edit"),
    }
    return render(request, "register/areas.html", context, status=400 if form.errors else 200)


@page("register.view", methods=("GET",))
def assets(request: HttpRequest) -> HttpResponse:
    """Skills, rooms, tools, time and money: offered, wanted, used."""
    who, t = request.who, translator(request.lang)
    context = {
        "tabs": tabs(request, "assets", t),
        "page": Paginator(get_assets_for(who), PER_PAGE).get_page(request.GET.get("p")),
        "may_edit": who.may("register.edit"),
    }
    return render(request, "register/assets.html", context)


@page("register.edit")
def asset(request: HttpRequest, asset: str = "") -> HttpResponse:
    """Enter an asset, or change one."""
    who, t = request.who, translator(request.lang)
    found = Asset.objects.filter(public_id=asset).first() if asset else None
    if asset and found is None:
        raise Http404
    form = SchemaForm(
        request.POST or None,
        table="assets",
        columns=ASSET,
        t=t,
        references={
            "actor": Actor.objects.order_by("name"),
            "area": Area.objects.order_by("name"),
        },
        instance=found,
    )
    conflict: Any = None
    if request.method == "POST" and form.is_valid():
        if found is None:
            if is_first(request):
                add_asset(by=who, **form.values())
                messages.success(request, t("Entered."))
            return redirect("assets", who.community.code)
        revision = form.cleaned_data["revision"]
        try:
            edit_asset(by=who, asset=found, revision=revision, fields=form.values())
        except ChangedMeanwhileError as error:
            conflict, form = told(form, error.row, t)
        else:
            messages.success(request, t("Saved."))
            return redirect("assets", who.community.code)
    more: dict[str, Any] = {"conflict": conflict}
    if found is None:
        more["once"] = new_once(request)
    return _form(request, form, t("An asset"), t("Save"), **more)
