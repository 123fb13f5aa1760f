"""A pasted list becomes the working group: paste, look over, save.

What was read is kept in the cache under a word that only this person has, so that the preview
needs neither JavaScript nor trust in what a form sends back.
"""

from __future__ import annotations

import secrets
import tempfile
from dataclasses import replace
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
from satuhati.formats.people_result import PastedList
from satuhati.formats.people_sheet import read_people_sheet
from satuhati.framework import SECTIONS
from satuhati.schema import TABLES
from satuhati.schema.choices import choice_label
from satuhati.text import Translator, translator
from satuhati.web.register.preview import Preview
from satuhati.web.register.queries import holding
from satuhati.web.register.taking_in import take_in_people
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.schema_forms import field_for

DAY, LONGEST, MOST_MB = 86400, 200_000, 10
SHEETS = (".xlsx", ".csv", ".tsv", ".txt")


def _key(request: HttpRequest, word: str) -> str:
    return f"paste-{request.user.pk}-{request.who.community.pk}-{word}"


def limit_mb() -> int:
    return min(MOST_MB, settings.MAX_UPLOAD_MB)


@page("register.edit")
def paste(request: HttpRequest) -> HttpResponse:
    """Paste a list, or send one as a file."""
    t = translator(request.lang)
    problems: list[str] = []
    wrong = {"text": "", "file": ""}
    if request.method == "POST":
        which = "file" if request.POST.get("what") == "file" else "text"
        try:
            found = _from_file(request, t) if which == "file" else _from_text(request, t)
        except InputError as error:
            problems = [p.line(t.lang) for p in error.problems[:50]]
        except forms.ValidationError as error:
            wrong[which] = error.messages[0]
        else:
            word = secrets.token_urlsafe(12)
            cache.set(_key(request, word), found, DAY)
            return redirect("look_over", request.who.community.code, word)
    context = {
        "wrong": wrong,
        "problems": problems,
        "text": request.POST.get("text", ""),
        "limit": limit_mb(),
    }
    status = 400 if problems or any(wrong.values()) else 200
    return render(request, "register/paste.html", context, status=status)


def _from_text(request: HttpRequest, t: Translator) -> PastedList:
    text = request.POST.get("text", "")
    if len(text) > LONGEST:
        raise forms.ValidationError(t("That is too much at once. Paste the list alone."))
    return _with_people(read_people_text(text), t)


def _from_file(request: HttpRequest, t: Translator) -> PastedList:
    sent = request.FILES.get("file")
    if sent is None:
        raise forms.ValidationError(t("Choose a file first."))
    name = Path(sent.name or "daftar").name
    suffix = Path(name).suffix.lower()
    if suffix not in SHEETS:
        raise forms.ValidationError(t("Send an Excel workbook (.xlsx) or a .csv file."))
    if (sent.size or 0) > limit_mb() * 1_000_000:
        limit = t.number(limit_mb())
        raise forms.ValidationError(t("The file is larger than {limit} MB.", limit=limit))
    with tempfile.TemporaryDirectory(prefix="satuhati-list-") as place:
        path = Path(place) / f"list{suffix}"
        with path.open("wb") as out:
            for piece in sent.chunks():
                out.write(piece)
        return _with_people(read_people_sheet(path, name=name, max_mb=limit_mb()), t)


def _with_people(found: PastedList, t: Translator) -> PastedList:
    """Raises if nobody was read, with the reason."""
    if not found.people:
        said = " ".join(d.message(t.lang) for d in found.doubts)
        raise forms.ValidationError(said or t("No name was found in it."))
    return found


class DecreeForm(forms.Form):
    """What holds for the whole list: since when, by which decree."""

    def __init__(self, *args: Any, t: Translator, others: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = TABLES["terms"]
        for name in ("start", "end", "decree"):
            self.fields[name] = field_for("terms", terms.column(name), t)
        self.fields["end"].help_text = t("As the decree says. Leave it empty if it does not.")
        if others:
            self.fields["ends_others"] = forms.BooleanField(
                required=False,
                label=t("This list takes the place of the one before"),
                help_text=t("Whoever is in office now and not on this list stops the day before."),
            )
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
        if cache.get(f"taken-{_key(request, word)}"):  # sent twice: it is saved already
            return redirect("structure", who.community.code)
        messages.warning(request, t("That list is no longer at hand. Please paste it again."))
        return redirect("paste", who.community.code)
    posted = request.POST if request.method == "POST" else None
    saving = posted is not None and posted.get("what") != "again"
    if posted is not None and not saving:
        found = _again(found, posted)
        cache.set(_key(request, word), found, DAY)
    preview = Preview(found, posted, t)
    today = today_in(who.community)
    form = DecreeForm(
        posted,
        t=t,
        others=holding(today).count(),
        initial={"start": today, "decree": who.community.decree or ""},
    )
    if saving and form.is_valid():
        people = preview.chosen()
        if not people:
            form.add_error(None, t("Nobody is ticked."))
        elif not preview.errors:
            taken = f"taken-{_key(request, word)}"
            if cache.add(taken, 1, DAY):
                try:
                    counts = take_in_people(by=who, people=people, **form.cleaned_data)
                except Exception:
                    cache.delete(taken)  # nothing was saved: it may be sent once more
                    raise
                cache.delete(_key(request, word))
                _say_saved(request, counts, t)
            return redirect("structure", who.community.code)
    context = {
        "form": form,
        "preview": preview,
        "kinds": [
            (k, choice_label("posts", "kind", k)(t.lang))
            for k in TABLES["posts"].column("kind").choices
        ],
        "sections": [(code, term.label(t.lang)) for code, term in SECTIONS.items()],
        "saving": saving,
    }
    bad = saving and (form.errors or preview.errors)
    return render(request, "register/look_over.html", context, status=400 if bad else 200)


def _again(found: PastedList, posted: Any) -> PastedList:
    """The list with lines that were written anew: who is read in them joins the others."""
    people, left = list(found.people), []
    for n, line in enumerate(found.ignored):
        written = str(posted.get(f"line-{n}", "")).strip()[:500]
        read = read_people_text(written) if written and written != line.text else PastedList()
        if read.people:
            people += [replace(p, lines=(line.line,)) for p in read.people]
        else:
            left.append(replace(line, text=written or line.text))
    return replace(found, people=tuple(people), ignored=tuple(left))


def _say_saved(request: HttpRequest, counts: dict[str, int], t: Translator) -> None:
    said = [t.plural("{n} person entered.", "{n} people entered.", counts["people"])]
    if counts["known"]:
        said.append(
            t.plural("{n} was on record already.", "{n} were on record already.", counts["known"])
        )
    if counts["ended"]:
        said.append(
            t.plural("{n} earlier term has ended.", "{n} earlier terms have ended.",
                     counts["ended"])
        )  # fmt: skip
    messages.success(request, " ".join(said))
