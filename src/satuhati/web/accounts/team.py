"""Pages for those who look after a community: links and roles."""

from __future__ import annotations

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from markupsafe import Markup

from satuhati.text import translator
from satuhati.web.accounts.actions import (
    GIVES,
    LINKS_FOR,
    LastKeeperError,
    end_role,
    give_role,
    issue_link,
    revoke_links,
)
from satuhati.web.accounts.forms import RoleForm
from satuhati.web.accounts.queries import get_link_states_for, get_members_for, person_for_link
from satuhati.web.tenancy.models import Membership
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.whatsapp import whatsapp_address


@page("links.issue", methods=("GET",))
def links(request: HttpRequest) -> HttpResponse:
    """Who has a link, since when, and when it was last used."""
    return render(request, "signin/links.html", {"people": get_link_states_for(request.who)})


@never_cache
@page("links.issue", methods=("POST",))
def issue(request: HttpRequest) -> HttpResponse:
    """Make a link and show it, once."""
    who = request.who
    t = translator(request.lang)
    actor, membership = person_for_link(
        who, request.POST.get("actor", ""), request.POST.get("membership", "")
    )
    if actor is None and membership is None:
        raise Http404
    if membership is not None and membership.role not in LINKS_FOR[who.role]:
        raise Http404
    token = issue_link(by=who, actor=actor, membership=membership)
    base = settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")
    address = base + reverse("personal_link", args=[token])
    text = t(
        "Hello! This is your own link to {name} in Satu Hati: {address} Please do not pass it on. "
        "The first time you choose a PIN of six digits.",
        name=who.community.name,
        address=address,
    )
    picture = segno.make(address, error="m").svg_inline(scale=4, dark="#141b33", border=2)
    context = {
        "address": address,
        "text": text,
        "whatsapp": whatsapp_address(text),
        "qr": Markup(picture),  # noqa: S704  made by the library from our own address
        "name": actor.name if actor is not None else membership.user.name,  # type: ignore[union-attr]
        "days": settings.LINK_DAYS,
    }
    return render(request, "signin/link_made.html", context)


@page("links.issue", methods=("POST",))
def revoke(request: HttpRequest) -> HttpResponse:
    membership = _membership(request)
    if membership.role not in LINKS_FOR[request.who.role]:
        raise Http404
    t = translator(request.lang)
    revoke_links(by=request.who, membership=membership)
    messages.success(request, t("The link no longer opens anything."))
    return redirect("links", request.who.community.code)


@page("team.manage")
def roles(request: HttpRequest) -> HttpResponse:
    """Who has which role; giving one by e-mail."""
    who = request.who
    t = translator(request.lang)
    form = RoleForm(request.POST if request.method == "POST" else None, t=t, roles=GIVES[who.role])
    if request.method == "POST" and form.is_valid():
        try:
            give_role(by=who, **form.cleaned_data)
        except LastKeeperError:
            form.add_error("role", t("Somebody must stay who looks after this community."))
        else:
            messages.success(request, t("The role is given."))
            return redirect("roles", who.community.code)
    context = {"form": form, "members": get_members_for(who), "may_end": GIVES[who.role]}
    return render(request, "signin/roles.html", context)


@page("team.manage", methods=("POST",))
def end(request: HttpRequest) -> HttpResponse:
    membership = _membership(request)
    if membership.role not in GIVES[request.who.role]:
        raise Http404
    t = translator(request.lang)
    try:
        end_role(by=request.who, membership=membership)
    except LastKeeperError:
        messages.error(request, t("Somebody must stay who looks after this community."))
    else:
        messages.success(request, t("The role has ended."))
    return redirect("roles", request.who.community.code)


def _membership(request: HttpRequest) -> Membership:
    key = request.POST.get("membership", "")
    if not key.isdecimal():
        raise Http404
    found: Membership = get_object_or_404(
        Membership, pk=int(key), community=request.who.community, ended__isnull=True
    )
    return found
