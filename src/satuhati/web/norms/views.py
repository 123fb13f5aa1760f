"""*Norma*: written rules and unwritten values, alive or asleep, and a charter to print."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from satuhati.schema.choices import choice_label
from satuhati.text import translator
from satuhati.web.meetings.models import Meeting
from satuhati.web.norms.actions import add_norm, attach, detach, edit_norm, observe, reword
from satuhati.web.norms.models import Norm
from satuhati.web.norms.queries import get_charter_for, get_norm_for, get_past_for
from satuhati.web.tenancy import files
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.form_pages import form_page, save_changes
from satuhati.web.tenancy.once import is_first, new_once
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.schema_forms import SchemaForm

NORM = ("text", "kind", "topic", "document", "since", "until")
EVENT = ("event", "date", "meeting", "note")
DOCUMENTS = (files.PDF, *files.PHOTOS)
DOCUMENT_MB = 15
MEETINGS = 30
"""The latest meetings held, to choose from: whoever notes a norm remembers a recent one."""


class MeetingForm(SchemaForm):
    """A form whose meetings are named by their day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        t = kwargs["t"]

        def named(row: Any) -> str:
            title = row.title or choice_label("meetings", "kind", row.kind)(t.lang)
            return f"{t.date(row.date)} · {title}"

        self.fields["meeting"].label_from_instance = named


def _charter(request: HttpRequest, template: str) -> HttpResponse:
    who = request.who
    context = {
        "charter": get_charter_for(who, today_in(who.community)),
        "topic_word": lambda code: choice_label("norms", "topic", code)(request.lang),
        "may_edit": who.may("norms.edit"),
        "may_observe": who.membership is not None and who.membership.actor_id is not None,
        "today": today_in(who.community),
    }
    return render(request, template, context)


@page("norms.view", methods=("GET",))
def norms(request: HttpRequest) -> HttpResponse:
    return _charter(request, "norms/norms.html")


@page("norms.view", methods=("GET",))
def charter(request: HttpRequest) -> HttpResponse:
    """The charter: all norms in force, to hang on the wall."""
    return _charter(request, "norms/charter.html")


@page("norms.view", methods=("GET",))
def norm(request: HttpRequest, norm: str) -> HttpResponse:
    """One norm: its wordings, its document, and when it was invoked, kept or broken."""
    return _shown(request, _found(request, norm))


def _found(request: HttpRequest, code: str) -> Norm:
    found = get_norm_for(request.who, code)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, found: Norm, error: str = "") -> HttpResponse:
    who = request.who
    today = today_in(who.community)
    context = {
        "norm": found,
        "past": get_past_for(who, found),
        "topic": choice_label("norms", "topic", found.topic)(request.lang) if found.topic else "",
        "may_edit": who.may("norms.edit"),
        "may_observe": who.membership is not None and who.membership.actor_id is not None,
        "ended": found.until is not None and found.until < today,
        "limit": DOCUMENT_MB,
        "error": error,
        "once": new_once(request),
    }
    return render(request, "norms/norm.html", context, status=400 if error else 200)


@page("norms.edit", methods=("POST",))
def attach_document(request: HttpRequest, norm: str) -> HttpResponse:
    """Attach the document in which a rule stands: a PDF, or a photo of it."""
    who, t = request.who, translator(request.lang)
    found = _found(request, norm)
    sent = request.FILES.get("file")
    error = files.wrong_with(sent, DOCUMENTS, DOCUMENT_MB, t)
    if error:
        return _shown(request, found, error)
    if is_first(request):
        attach(by=who, norm=found, sent=sent)
        messages.success(request, t("The document is kept with the rule."))
    return redirect("norm", who.community.code, found.public_id)


@page("norms.view", methods=("GET",))
def document(request: HttpRequest, norm: str, file: str) -> HttpResponse:
    return files.given(_file(request, norm, file))


@page("norms.edit", methods=("POST",))
def detach_document(request: HttpRequest, norm: str, file: str) -> HttpResponse:
    kept = _file(request, norm, file)
    detach(by=request.who, norm=_found(request, norm), file=kept)
    t = translator(request.lang)
    messages.success(request, t("The document was taken away."))
    return redirect("norm", request.who.community.code, norm)


def _file(request: HttpRequest, norm: str, key: str) -> files.KeptFile:
    """A document of this norm, in this community."""
    return get_object_or_404(files.KeptFile.objects.all(), table="norms", code=norm, key=key)


@page("norms.edit")
def new(request: HttpRequest) -> HttpResponse:
    who, t = request.who, translator(request.lang)
    form = SchemaForm(request.POST or None, table="norms", columns=NORM, t=t)
    if request.method == "POST" and form.is_valid():
        if is_first(request):
            add_norm(by=who, **form.values())
            messages.success(request, t("The norm is entered."))
        return redirect("norms", who.community.code)
    return _form(request, form, t("A new norm"), t("Enter it"), once=new_once(request))


@page("norms.edit")
def edit(request: HttpRequest, norm: str) -> HttpResponse:
    who, t = request.who, translator(request.lang)
    found = get_object_or_404(Norm.objects.all(), public_id=norm)
    form = SchemaForm(request.POST or None, table="norms", columns=NORM, t=t, instance=found)
    today = today_in(who.community)
    lasted = found.until is None and (found.since is None or found.since < today)
    if lasted:
        form.fields["slip"] = forms.BooleanField(
            required=False,
            label=t("I only put a slip of the pen right"),
            help_text=t(
                "Without this tick a new wording starts today and the old one stays in the history."
            ),
        )
        form.order_fields(["text", "slip"])
    conflict: Any = None
    if request.method == "POST" and form.is_valid():
        act: Any = partial(edit_norm, by=who, norm=found)
        if lasted and not form.cleaned_data["slip"] and form.cleaned_data["text"] != found.text:
            act = partial(reword, by=who, norm=found, on=today)
        form, conflict = save_changes(request, form, act)
        if conflict is None:
            return redirect("norms", who.community.code)
    return _form(request, form, t("Change the norm"), t("Save"), conflict=conflict)


@page("norms.view")
def seen(request: HttpRequest, norm: str) -> HttpResponse:
    """Note that a norm was invoked, kept or broken, as one saw it oneself."""
    who, t = request.who, translator(request.lang)
    if who.membership is None or who.membership.actor_id is None:
        raise Http404
    found = get_object_or_404(Norm.objects.all(), public_id=norm)
    today = today_in(who.community)
    held = Meeting.objects.filter(status="held", date__lte=today).order_by("-date", "-pk")
    recent = Meeting.objects.filter(pk__in=list(held.values_list("pk", flat=True)[:MEETINGS]))
    form = MeetingForm(
        request.POST or None,
        table="norm_events",
        columns=EVENT,
        t=t,
        initial={"date": today},
        references={"meeting": recent.order_by("-date", "-pk")},
    )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["date"] > today:
            form.add_error("date", t("This day is still to come."))
        elif (chosen := form.cleaned_data["meeting"]) and chosen.date != form.cleaned_data["date"]:
            form.add_error("date", t("This meeting was on {date}.", date=t.date(chosen.date)))
        elif is_first(request):
            observe(by=who, norm=found, **form.values())
            messages.success(request, t("Noted."))
            return redirect("norm", who.community.code, found.public_id)
        else:
            return redirect("norm", who.community.code, found.public_id)
    return _form(
        request, form, t("What did you see?"), t("Save"), lead=found.text, once=new_once(request)
    )


def _form(
    request: HttpRequest, form: SchemaForm, title: str, save: str, **more: Any
) -> HttpResponse:
    t = translator(request.lang)
    back = reverse("norms", args=[request.who.community.code])
    return form_page(request, form, title, back=back, back_text=t("Norms"), save=save, **more)
