"""Consent per strand: what it is for, who gave it, a sheet to print, one's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from satuhati.text import translator
from satuhati.web.register.consent_actions import give_consent, withdraw_consent
from satuhati.web.register.models import Actor, Consent
from satuhati.web.register.purposes import GUARDIAN, LAW, PURPOSES, VERSION, WITHDRAW
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.pages import page

PER_PAGE = 40


def _texts(request: HttpRequest) -> dict[str, Any]:
    lang = request.lang
    return {
        "purposes": PURPOSES,
        "version": VERSION,
        "withdrawing": WITHDRAW(lang),
        "guardian": GUARDIAN(lang),
        "law": LAW(lang),
    }


@page("consents.view", methods=("GET",))
def listing(request: HttpRequest) -> HttpResponse:
    """Who consented to what."""
    strand = request.GET.get("untai", "")
    found = Consent.objects.select_related("actor").order_by("-given_on", "-pk")
    if strand in PURPOSES:
        found = found.filter(strand=strand)
    context = {
        **_texts(request),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("p")),
        "strand": strand,
        "people": Actor.objects.filter(kind="person").order_by("name"),
        "may_edit": request.who.may("consents.edit"),
    }
    return render(request, "consents/list.html", context)


def _person(request: HttpRequest) -> Actor:
    found: Actor | None = Actor.objects.filter(
        public_id=request.POST.get("actor", ""), kind="person"
    ).first()
    if found is None or request.POST.get("strand") not in PURPOSES:
        raise Http404
    return found


@page("consents.edit", methods=("POST",))
def note(request: HttpRequest) -> HttpResponse:
    """Note consent that was given on paper or by word."""
    t = translator(request.lang)
    give_consent(
        by=request.who,
        actor=_person(request),
        strand=request.POST["strand"],
        on=today_in(request.who.community),
        guardian=request.POST.get("guardian") == "yes",
    )
    messages.success(request, t("The consent is noted."))
    return redirect("consents", request.who.community.code)


@page("consents.edit", methods=("POST",))
def withdraw(request: HttpRequest) -> HttpResponse:
    t = translator(request.lang)
    withdraw_consent(
        by=request.who,
        actor=_person(request),
        strand=request.POST["strand"],
        on=today_in(request.who.community),
    )
    messages.success(request, t("The withdrawal is noted. From today on the data may not be used."))
    return redirect("consents", request.who.community.code)


@page("consents.view", methods=("GET",))
def sheet(request: HttpRequest) -> HttpResponse:
    """A sheet to print and sign."""
    return render(request, "consents/sheet.html", _texts(request))


@page("consents.own")
def mine(request: HttpRequest) -> HttpResponse:
    """One's own consent: give it, or take it back."""
    who, t = request.who, translator(request.lang)
    actor = who.membership.actor if who.membership else None
    if actor is None:
        return render(request, "consents/nobody.html", {}, status=200)
    if request.method == "POST":
        strand = request.POST.get("strand", "")
        if strand not in PURPOSES:
            raise Http404
        today = today_in(who.community)
        if request.POST.get("do") == "give":
            give_consent(by=who, actor=actor, strand=strand, on=today)
            messages.success(request, t("Thank you. Your consent is noted."))
        else:
            withdraw_consent(by=who, actor=actor, strand=strand, on=today)
            messages.success(
                request, t("Your withdrawal is noted. From today on the data may not be used.")
            )
        return redirect("my_consents", who.community.code)
    given = {c.strand: c for c in Consent.objects.filter(actor=actor, withdrawn_on__isnull=True)}
    return render(request, "consents/mine.html", {**_texts(request), "given": given})
