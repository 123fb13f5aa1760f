"""*Norma*: written rules and unwritten values, alive or asleep, and a charter to print."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from satuhati.schema.choices import choice_label
from satuhati.text import translator
from satuhati.web.norms.actions import add_norm, edit_norm, observe
from satuhati.web.norms.models import Norm
from satuhati.web.norms.queries import get_charter_for
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.form_pages import form_page, save_changes
from satuhati.web.tenancy.once import is_first, new_once
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.schema_forms import SchemaForm

NORM = ("text", "kind", "topic", "document", "since", "until")
EVENT = ("event", "date", "note")


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
    conflict: Any = None
    if request.method == "POST" and form.is_valid():
        form, conflict = save_changes(request, form, partial(edit_norm, by=who, norm=found))
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
    form = SchemaForm(
        request.POST or None, table="norm_events", columns=EVENT, t=t, initial={"date": today}
    )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["date"] > today:
            form.add_error("date", t("This day is still to come."))
        elif is_first(request):
            observe(by=who, norm=found, **form.values())
            messages.success(request, t("Noted."))
            return redirect("norms", who.community.code)
        else:
            return redirect("norms", who.community.code)
    return _form(
        request, form, t("What did you see?"), t("Save"), lead=found.text, once=new_once(request)
    )


def _form(
    request: HttpRequest, form: SchemaForm, title: str, save: str, **more: Any
) -> HttpResponse:
    t = translator(request.lang)
    back = reverse("norms", args=[request.who.community.code])
    return form_page(request, form, title, back=back, back_text=t("Norms"), save=save, **more)
