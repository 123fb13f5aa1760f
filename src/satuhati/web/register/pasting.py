"""A pasted list becomes the working group: paste, look, save. And two records become one.

What was read is kept in the cache under a word that only this person has, so that the preview
needs neither JavaScript nor trust in what a form sends back.
"""

from __future__ import annotations

import secrets
import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from satuhati.errors import InputError
from satuhati.formats.people_list import read_people_text
from satuhati.formats.people_result import PastedList, PastedPerson
from satuhati.formats.people_same import Known, likely_same
from satuhati.formats.people_sheet import read_people_sheet
from satuhati.framework import SECTIONS
from satuhati.schema import TABLES
from satuhati.schema.choices import choice_label
from satuhati.text import Translator, translator
from satuhati.web.register.actions import Listed, merge_actors, take_in_people
from satuhati.web.register.models import Actor
from satuhati.web.register.queries import get_person_for
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.schema_forms import field_for, said

DAY, LONGEST = 86400, 200_000
SHEETS = (".xlsx", ".csv", ".tsv", ".txt")
MERGED = ("name", "sector", "phone", "area", "sex", "age_band", "schooling", "organization",
          "joined", "left")  # fmt: skip


def _key(request: HttpRequest, word: str) -> str:
    return f"paste-{request.user.pk}-{request.who.community.pk}-{word}"


@page("register.edit")
def paste(request: HttpRequest) -> HttpResponse:
    """Paste a list, or send one as a file."""
    t = translator(request.lang)
    error, problems = "", []
    if request.method == "POST":
        sent = request.FILES.get("file")
        try:
            if sent is not None:
                found = _from_file(sent, t)
            else:
                text = request.POST.get("text", "")
                if len(text) > LONGEST:
                    error = t("That is too much at once. Paste the list alone.")
                found = read_people_text(text[:LONGEST])
        except InputError as wrong:
            problems = [p.line(t.lang) for p in wrong.problems[:50]]
        except forms.ValidationError as wrong:
            error = wrong.message
        else:
            if not error and not found.people:
                said_of = [d.message(t.lang) for d in found.doubts]
                error = " ".join(said_of) or t("No name was found in it.")
            if not error:
                word = secrets.token_urlsafe(12)
                cache.set(_key(request, word), found, DAY)
                return redirect("look_over", request.who.community.code, word)
    context = {
        "error": error,
        "problems": problems,
        "text": request.POST.get("text", ""),
        "limit": settings.MAX_UPLOAD_MB,
    }
    status = 400 if error or problems else 200
    return render(request, "register/paste.html", context, status=status)


def _from_file(sent: Any, t: Translator) -> PastedList:
    name = Path(sent.name or "daftar").name
    if Path(name).suffix.lower() not in SHEETS:
        raise forms.ValidationError(t("Send an Excel workbook (.xlsx) or a .csv file."))
    if sent.size > settings.MAX_UPLOAD_MB * 1_000_000:
        limit = t.number(settings.MAX_UPLOAD_MB)
        raise forms.ValidationError(t("The file is larger than {limit} MB.", limit=limit))
    with tempfile.TemporaryDirectory(prefix="satuhati-list-") as place:
        path = Path(place) / f"list{Path(name).suffix.lower()}"
        with path.open("wb") as out:
            for piece in sent.chunks():
                out.write(piece)
        return read_people_sheet(path, name=name)


class DecreeForm(forms.Form):
    """What holds for the whole list: since when, by which decree."""

    def __init__(self, *args: Any, t: Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = TABLES["terms"]
        for name in ("start", "end", "decree"):
            self.fields[name] = field_for("terms", terms.column(name), t)
        self.t = t

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        start, end = data.get("start"), data.get("end")
        if start and end and end < start:
            self.add_error("end", self.t("The end lies before the start."))
        return data


@page("register.edit")
def look_over(request: HttpRequest, word: str) -> HttpResponse:
    """The list by section, asking only what it could not tell; then all is saved at once."""
    who, t = request.who, translator(request.lang)
    found: PastedList | None = cache.get(_key(request, word))
    if found is None:
        messages.warning(request, t("That list is no longer at hand. Please paste it again."))
        return redirect("paste", who.community.code)
    there = list(Actor.objects.filter(kind="person").order_by("name"))
    known = [Known(a.name or "", a.phone or "", a.sex, "") for a in there]
    same: dict[int, tuple[Actor, str]] = {}
    for pair in sorted(likely_same(found.people, known), key=lambda p: p.strength):
        same[pair.one] = (there[pair.other], pair.why.message(t.lang))
    posted = request.POST if request.method == "POST" else None
    form = DecreeForm(
        posted,
        t=t,
        initial={"start": today_in(who.community), "decree": who.community.decree or ""},
    )
    if posted is not None and form.is_valid():
        people = [
            _listed(n, one, posted, same.get(n))
            for n, one in enumerate(found.people)
            if posted.get(f"in-{n}") == "yes"
        ]
        if not people:
            form.add_error(None, t("Nobody is ticked."))
        elif cache.add(f"taken-{_key(request, word)}", 1, DAY):
            counts = take_in_people(by=who, people=people, **form.cleaned_data)
            cache.delete(_key(request, word))
            said_of = t.plural("{n} person entered.", "{n} people entered.", counts["people"])
            messages.success(request, said_of)
            return redirect("structure", who.community.code)
        else:
            return redirect("structure", who.community.code)
    context = {
        "form": form,
        "groups": _groups(found, same, posted, t),
        "ignored": [
            (i.line, i.text, i.why.message(t.lang) if i.why else "") for i in found.ignored
        ],
        "doubts": [d.message(t.lang) for d in found.doubts],
        "headless": [SECTIONS[s].label(t.lang) for s in found.headless],
        "kinds": [
            (k, choice_label("posts", "kind", k)(t.lang))
            for k in TABLES["posts"].column("kind").choices
        ],
        "sections": [(code, term.label(t.lang)) for code, term in SECTIONS.items()],
        "count": len(found.people),
    }
    return render(request, "register/look_over.html", context, status=400 if form.errors else 200)


def _groups(
    found: PastedList, same: dict[int, tuple[Actor, str]], posted: Any, t: Translator
) -> list[dict[str, Any]]:
    """The preview: people by section, in the order of the list."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for n, one in enumerate(found.people):
        post = one.posts[0] if one.posts else None
        groups.setdefault((post.section if post else None) or "", []).append(
            {
                "n": n,
                "one": one,
                "name": posted.get(f"name-{n}", one.name) if posted else one.name,
                "posts": ", ".join(p.name for p in one.posts),
                "ask_post": not one.posts or "post" in one.questions,
                "ask_section": "section" in one.questions,
                "ask_name": "name" in one.questions,
                "same": same.get(n),
                "ticked": posted.get(f"in-{n}") == "yes" if posted else True,
            }
        )
    order = ["", *SECTIONS]
    return [
        {"title": SECTIONS[code].label(t.lang) if code else t("Chair and core"), "people": people}
        for code, people in sorted(groups.items(), key=lambda g: order.index(g[0]))
    ]


def _listed(n: int, one: PastedPerson, posted: Any, same: tuple[Actor, str] | None) -> Listed:
    """A person as they are to be saved, with what was answered in the preview."""
    kinds = TABLES["posts"].column("kind").choices
    posts = [(p.kind, p.name, p.section) for p in one.posts]
    kind, section = posted.get(f"kind-{n}", ""), posted.get(f"section-{n}", "")
    if section in SECTIONS and not kind:
        posts = [(k, name, section) for k, name, _ in posts]
    if kind in kinds:
        code = section if section in SECTIONS else (posts[0][2] if posts else None)
        posts = [(kind, post_word(kind, code), code if kind.startswith("section") else None)]
    return Listed(
        name=(posted.get(f"name-{n}") or one.name).strip()[:300],
        posts=tuple(posts),
        sector=one.sector or ("pokja" if posts else None),
        sex=one.sex,
        phone=one.phone or None,
        rt=one.rt,
        rw=one.rw,
        organization=one.organization,
        same_as=same[0] if same and posted.get(f"same-{n}") == "yes" else None,
    )


def post_word(kind: str, section: str | None) -> str:
    """A post's usual name in Indonesian."""
    if kind in ("section_head", "section_member") and section:
        head = "Ketua" if kind == "section_head" else "Anggota"
        return f"{head} {SECTIONS[section].label.id}"
    word = choice_label("posts", "kind", kind).id
    return word[:1].upper() + word[1:]


@page("register.edit", methods=("GET",))
def duplicates(request: HttpRequest) -> HttpResponse:
    """Who may stand in the register twice."""
    t = translator(request.lang)
    there = list(Actor.objects.filter(kind="person").order_by("name", "pk"))
    pairs = likely_same([Known(a.name or "", a.phone or "", a.sex, "") for a in there])
    context = {
        "pairs": [(there[p.one], there[p.other], p.why.message(t.lang)) for p in pairs[:100]],
        "people": there,
    }
    return render(request, "register/duplicates.html", context)


@page("register.edit")
def merge(request: HttpRequest) -> HttpResponse:
    """Two records side by side; the chosen values stay, and all that spoke of either."""
    who, t = request.who, translator(request.lang)
    given = request.POST if request.method == "POST" else request.GET
    one, two = get_person_for(who, given.get("a", "")), get_person_for(who, given.get("b", ""))
    if one is None or two is None or one.pk == two.pk or one.kind != two.kind:
        messages.error(request, t("Please choose two different people."))
        return redirect("duplicates", who.community.code)
    columns = [TABLES["actors"].column(name) for name in MERGED]
    if request.method == "POST":
        chosen = {
            c.name: getattr(two if given.get(f"take-{c.name}") == "b" else one, c.name)
            for c in columns
        }
        if chosen["organization"] in (one, two):
            chosen["organization"] = None
        counts = merge_actors(by=who, keep=one, drop=two, fields=chosen)
        total = sum(n for table, n in counts.items() if table != "dropped")
        messages.success(
            request,
            t.plural("The two are one now; {n} record was moved.",
                     "The two are one now; {n} records were moved.", total),
        )  # fmt: skip
        return redirect("person", who.community.code, one.public_id)
    rows = [
        (c.name, c.label(t.lang), said("actors", c, getattr(one, c.name), t),
         said("actors", c, getattr(two, c.name), t))
        for c in columns
    ]  # fmt: skip
    return render(request, "register/merge.html", {"one": one, "two": two, "rows": rows})
