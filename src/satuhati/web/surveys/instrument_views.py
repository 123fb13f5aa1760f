"""*Kuesioner*: the group's own questions as XLSForm; checked, tried on, taken in, compared."""

from __future__ import annotations

import datetime as dt
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from satuhati.errors import InputError, MissingExtraError, Problem
from satuhati.formats.packageforms import MAX_FORM_MB
from satuhati.formats.xlsform.model import Form
from satuhati.formats.xlsform.ours import FORMS, our_form
from satuhati.formats.xlsform.stored import of_plain, to_plain
from satuhati.framework import POPULATIONS
from satuhati.text import LANGUAGES, translator
from satuhati.web.surveys.instrument_actions import note_pretest, take_in_form
from satuhati.web.surveys.instrument_queries import (
    InstrumentSeen,
    beside,
    get_form_for,
    get_instrument_for,
    get_instruments_for,
    get_pretest_for,
    get_versions_for,
    get_workbook_for,
)
from satuhati.web.surveys.preview import preview_of
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.files import own_name
from satuhati.web.tenancy.pages import page

DAY = 86400
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def limit_mb() -> int:
    return min(MAX_FORM_MB, settings.MAX_UPLOAD_MB)


def _found(request: HttpRequest, code: str) -> InstrumentSeen:
    seen = get_instrument_for(request.who, code)
    if seen is None:
        raise Http404
    return seen


def _key(request: HttpRequest, word: str) -> str:
    return f"form-{request.user.pk}-{request.who.community.pk}-{word}"


@page("surveys.view", methods=("GET",))
def instruments(request: HttpRequest) -> HttpResponse:
    """All questionnaires, and the ready ones."""
    lang = request.lang
    there = get_instruments_for(request.who)
    taken = {s.kept.base for s in there if s.kept is not None}
    ready = [
        (code, plan.title(lang), plan.population, sum(1 for _ in plan.items()))
        for code, plan in FORMS.items()
        if f"satuhati_{code}" not in taken
    ]
    context = {"instruments": there, "ready": ready}
    return render(request, "surveys/instruments.html", context)


@page("surveys.edit")
def upload(request: HttpRequest) -> HttpResponse:
    """Send an XLSForm; what is wrong in it is said with sheet, row and column."""
    who, t = request.who, translator(request.lang)
    wrong = ""
    problems: tuple[Problem, ...] = ()
    population = request.POST.get("population", "")
    if request.method == "POST":
        sent = request.FILES.get("file")
        if sent is None:
            wrong = t("Choose a file first.")
        elif Path(sent.name or "").suffix.lower() != ".xlsx":
            wrong = t("Send an XLSForm as an Excel workbook (.xlsx).")
        elif (sent.size or 0) > limit_mb() * 1_000_000:
            wrong = t("The file is larger than {limit} MB.", limit=t.number(limit_mb()))
        else:
            name, content = own_name(sent.name or "", ".xlsx"), sent.read()
            try:
                form, doubts = _read(name, content)
            except InputError as error:
                problems = tuple(error.problems[:50])
            except MissingExtraError:
                wrong = t("This server cannot read questionnaires yet. Whoever looks after it "
                          "has to install the part for them.")  # fmt: skip
            else:
                word = secrets.token_urlsafe(12)
                kept = {"form": to_plain(form), "content": content, "name": name,
                        "doubts": doubts,
                        "population": population if population in POPULATIONS else ""}  # fmt: skip
                cache.set(_key(request, word), kept, DAY)
                return redirect("check_instrument", who.community.code, word)
    context = {
        "wrong": wrong, "limit": limit_mb(), "population": population, "populations": POPULATIONS,
        "problems": [p.line(request.lang) for p in problems],
    }  # fmt: skip
    status = 400 if wrong or problems else 200
    return render(request, "surveys/instrument_upload.html", context, status=status)


def _read(name: str, content: bytes) -> tuple[Form, list[dict[str, str]]]:
    from satuhati.formats.xlsform.read import form_of_bytes  # openpyxl and pyxform: only here

    form, doubts = form_of_bytes(name, content, max_mb=limit_mb())
    return form, [{lang: d.message(lang) for lang in LANGUAGES} for d in doubts]


@never_cache
@page("surveys.edit")
def check(request: HttpRequest, word: str) -> HttpResponse:
    """What was read, tried on as it will be asked; taken in with one button."""
    who, t = request.who, translator(request.lang)
    kept = cache.get(_key(request, word))
    if kept is None:
        messages.error(request, t("That file is not here any more. Please send it once more."))
        return redirect("upload_instrument", who.community.code)
    form = of_plain(kept["form"])
    population = request.POST.get("population") or kept["population"] or form.population or ""
    problems: list[str] = []
    if request.method == "POST" and population not in POPULATIONS:
        problems = [t("Please choose who is asked with this questionnaire.")]
    elif request.method == "POST":
        try:
            taken = take_in_form(
                by=who, form=form, workbook=kept["content"], name=kept["name"],
                population=population or None, doubts=kept["doubts"],
            )  # fmt: skip
        except InputError as error:
            problems = [p.line(request.lang) for p in error.problems[:50]]
        else:
            said = t("The questionnaire is taken in.") if taken.new else (
                t("This version is here already; nothing was changed."))  # fmt: skip
            messages.success(request, said)
            return redirect("instrument", who.community.code, taken.instrument.public_id)
    context = {
        "form": form, "doubts": [d[request.lang] for d in kept["doubts"]], "word": word,
        "name": kept["name"], "population": population, "populations": POPULATIONS,
        "problems": problems, "preview": preview_of(form, t, today_in(who.community)),
    }  # fmt: skip
    status = 400 if problems else 200
    return render(request, "surveys/instrument_check.html", context, status=status)


@page("surveys.edit", methods=("POST",))
def take_ready(request: HttpRequest, form: str) -> HttpResponse:
    """One of our own forms, with its sections and conditions."""
    from satuhati.formats.xlsform.write import form_workbook  # openpyxl: only here

    who, t = request.who, translator(request.lang)
    if form not in FORMS:
        raise Http404
    ready = our_form(form)
    try:
        taken = take_in_form(by=who, form=ready, workbook=form_workbook(ready),
                             name=f"{ready.id}.xlsx", population=None)  # fmt: skip
    except InputError as error:
        messages.error(request, error.problems[0].line(request.lang))
        return redirect("instruments", who.community.code)
    messages.success(request, t("The questionnaire is taken in."))
    return redirect("instrument", who.community.code, taken.instrument.public_id)


@page("surveys.view", methods=("GET",))
def instrument(request: HttpRequest, instrument: str) -> HttpResponse:
    """One questionnaire: as it is asked, its pretest, its versions."""
    who, t = request.who, translator(request.lang)
    seen = _found(request, instrument)
    form = get_form_for(who, seen)
    context: dict[str, Any] = {
        "seen": seen, "instrument": seen.instrument, "kept": seen.kept, "form": form,
        "keeper": who.may("surveys.edit"), "pretest": get_pretest_for(who, seen),
        "versions": get_versions_for(who, seen), "today": today_in(who.community),
        "doubts": [d[request.lang] for d in seen.kept.doubts] if seen.kept is not None else [],
    }  # fmt: skip
    context["preview"] = preview_of(form or seen.instrument, t, today_in(who.community))
    return render(request, "surveys/instrument.html", context)


@page("surveys.view", methods=("GET",))
def download(request: HttpRequest, instrument: str) -> HttpResponse:
    """The workbook, as it was sent."""
    seen = _found(request, instrument)
    kept = get_workbook_for(request.who, seen.instrument.public_id)
    if kept is None:
        raise Http404
    answer = HttpResponse(bytes(kept.workbook), content_type=SHEET)
    name = own_name(f"{kept.base}-{kept.version}.xlsx", ".xlsx")
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    answer.headers["Content-Disposition"] = f'attachment; filename="{plain}"'
    return answer


@page("surveys.edit", methods=("POST",))
def pretest(request: HttpRequest, instrument: str) -> HttpResponse:
    """Note a step of the pretest."""
    who, t, seen = request.who, translator(request.lang), _found(request, instrument)
    data = request.POST
    done = None
    try:
        if data.get("done"):
            done = dt.date.fromisoformat(data.get("done_on") or "")
            if done > today_in(who.community):
                raise ValueError
        note_pretest(
            by=who, instrument=seen.instrument, step=data.get("step", ""), done_on=done,
            revision=int(data.get("revision", "0")), who=data.get("who", "")[:200],
            note=data.get("note", "")[:4000],
        )  # fmt: skip
    except ChangedMeanwhileError:
        messages.error(request, t("Somebody else changed this step meanwhile. Please look again."))
    except ValueError:
        messages.error(request, t("Please give the day on which it was done, today at the latest."))
    else:
        messages.success(request, t("Noted."))
    return redirect("instrument", who.community.code, instrument)


@page("surveys.view", methods=("GET",))
def versions(request: HttpRequest, instrument: str, other: str) -> HttpResponse:
    """Two versions beside each other."""
    who = request.who
    after, before = _found(request, instrument), _found(request, other)
    forms = get_form_for(who, before), get_form_for(who, after)
    if forms[0] is None or forms[1] is None:
        raise Http404
    context = {"before": before, "after": after, "rows": beside(forms[0], forms[1])}
    return render(request, "surveys/instrument_versions.html", context)
