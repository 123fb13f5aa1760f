"""*Layanan*: services, and what residents say."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from satuhati.text import translator
from satuhati.web.outreach.actions import add_service, answer_voice, edit_service
from satuhati.web.outreach.models import ResidentVoice, Service
from satuhati.web.outreach.queries import get_services_for, get_voices_for
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.form_pages import form_page, save_changes
from satuhati.web.tenancy.memory import remembered
from satuhati.web.tenancy.once import is_first, new_once
from satuhati.web.tenancy.pages import listed, page
from satuhati.web.tenancy.schema_forms import SchemaForm

SERVICE = ("name", "kind", "key", "provider", "place", "started", "ended")
VOICE = ("replied_on", "decision", "decided_on", "stage")
PER_PAGE = 25


@page("services.view", methods=("GET",))
def services(request: HttpRequest) -> HttpResponse:
    """Services that run, and residents' voices."""
    who, number = request.who, request.GET.get("p")
    context = {
        "services": remembered(
            who.community,
            ("services", today_in(who.community)),
            lambda: get_services_for(who),
        ),
        "page": remembered(
            who.community,
            ("voices", number),
            lambda: listed(get_voices_for(who), PER_PAGE, number),
        ),
        "may_edit": request.who.may("services.edit"),
    }
    return render(request, "outreach/services.html", context)


@page("services.edit")
def new(request: HttpRequest) -> HttpResponse:
    who, t = request.who, translator(request.lang)
    form = _service_form(request, None)
    if request.method == "POST" and form.is_valid():
        if is_first(request):
            add_service(by=who, **form.values())
            messages.success(request, t("The service is entered."))
        return redirect("services", who.community.code)
    return _form(request, form, t("A new service"), t("Enter it"), once=new_once(request))


def _service_form(request: HttpRequest, service: Service | None) -> SchemaForm:
    return SchemaForm(
        request.POST or None,
        table="services",
        columns=SERVICE,
        t=translator(request.lang),
        references={"provider": Actor.objects.exclude(kind="person").order_by("name")},
        instance=service,
    )


@page("services.edit")
def edit(request: HttpRequest, service: str) -> HttpResponse:
    who, t = request.who, translator(request.lang)
    found = Service.objects.filter(public_id=service).first()
    if found is None:
        raise Http404
    form = _service_form(request, found)
    conflict: Any = None
    if request.method == "POST" and form.is_valid():
        form, conflict = save_changes(request, form, partial(edit_service, by=who, service=found))
        if conflict is None:
            return redirect("services", who.community.code)
    return _form(request, form, t("Change the service"), t("Save"), conflict=conflict)


@page("services.edit")
def voice(request: HttpRequest, voice: str) -> HttpResponse:
    """Answer a resident: note the reply and how far it came."""
    who, t = request.who, translator(request.lang)
    found = ResidentVoice.objects.filter(public_id=voice).first()
    if found is None:
        raise Http404
    form = SchemaForm(request.POST or None, table="voices", columns=VOICE, t=t, instance=found)
    conflict: Any = None
    if request.method == "POST" and form.is_valid():
        form, conflict = save_changes(request, form, partial(answer_voice, by=who, voice=found))
        if conflict is None:
            return redirect("services", who.community.code)
    return _form(
        request, form, t("A resident's voice"), t("Save"), conflict=conflict, lead=found.text
    )


def _form(
    request: HttpRequest, form: SchemaForm, title: str, save: str, **more: Any
) -> HttpResponse:
    t = translator(request.lang)
    back = reverse("services", args=[request.who.community.code])
    return form_page(request, form, title, back=back, back_text=t("Services"), save=save, **more)
