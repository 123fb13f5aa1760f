"""Pages that change areas and assets."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from satuhati.text import translator
from satuhati.web.register.actions import add_asset, edit_asset, remove_asset, use_asset
from satuhati.web.register.forms import AreaForm, AreasForm, AssetForm, DayForm
from satuhati.web.register.models import Actor, Area, Asset
from satuhati.web.register.references import StillReferredToError, referring
from satuhati.web.register.structure_actions import (
    MOST_AREAS,
    add_area,
    add_areas,
    edit_area,
    remove_area,
)
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.form_pages import form_page, save_changes
from satuhati.web.tenancy.once import is_first, new_once
from satuhati.web.tenancy.pages import page


def _form(
    request: HttpRequest, form: Any, title: str, back: tuple[str, str], **more: Any
) -> HttpResponse:
    address = reverse(back[0], args=[request.who.community.code])
    return form_page(request, form, title, back=address, back_text=back[1], **more)


# -- areas ----------------------------------------------------------------------------------------


@page("register.edit")
def new_areas(request: HttpRequest) -> HttpResponse:
    """RW and RT in one go, or a single area."""
    who, t = request.who, translator(request.lang)
    code = who.community.code
    single = request.POST.get("what") == "single" or (
        request.method == "GET" and bool(request.GET.get("satu"))
    )
    many = AreasForm(
        request.POST if request.method == "POST" and not single else None, t=t, most=MOST_AREAS
    )
    one = AreaForm(request.POST if request.method == "POST" and single else None, t=t)
    if many.is_bound and many.is_valid():
        data = many.cleaned_data
        village = Area.objects.filter(level="village").first()
        made = add_areas(
            by=who,
            rw=range(data["first_rw"], data["last_rw"] + 1),
            rt=range(1, data["rts"] + 1),
            village=village,
        )
        messages.success(request, t.plural("{n} area is new.", "{n} areas are new.", len(made)))
        return redirect("areas", code)
    if one.is_bound and one.is_valid():
        if is_first(request):
            add_area(by=who, fields=one.values())
            messages.success(request, t("Saved."))
        return redirect("areas", code)
    bad = bool(many.errors or one.errors)
    context = {"many": many, "one": one, "single": single, "once": new_once(request)}
    return render(request, "register/new_areas.html", context, status=400 if bad else 200)


@page("register.edit")
def change_area(request: HttpRequest, area: str) -> HttpResponse:
    """Change an area, or take out one that nothing lies in."""
    who, t = request.who, translator(request.lang)
    found = Area.objects.select_related("parent").filter(public_id=area).first()
    if found is None:
        raise Http404
    if request.POST.get("what") == "remove":
        try:
            remove_area(by=who, area=found)
        except StillReferredToError:
            messages.error(request, t("It cannot be removed: other records speak of it."))
        else:
            messages.success(request, t("The entry is removed."))
        return redirect("areas", who.community.code)
    form = AreaForm(request.POST or None, t=t, instance=found)
    conflict: Any = None
    if request.method == "POST" and form.is_valid():
        form, conflict = save_changes(request, form, partial(edit_area, by=who, area=found))
        if conflict is None:
            return redirect("areas", who.community.code)
    remove = None if referring(found) else t("Remove this entry")
    title = t("Change {name}", name=found.name)
    return _form(
        request, form, title, ("areas", t("Areas")), conflict=conflict, remove=remove
    )  # fmt: skip


# -- assets ---------------------------------------------------------------------------------------


def _asset(code: str) -> Asset:
    found: Asset | None = (
        Asset.objects.select_related("actor", "area").filter(public_id=code).first()
    )
    if found is None:
        raise Http404
    return found


@page("register.edit")
def new_asset(request: HttpRequest) -> HttpResponse:
    """Something a resident offers or looks for."""
    who, t = request.who, translator(request.lang)
    initial = {
        "actor": Actor.objects.filter(public_id=request.GET.get("orang", "")).first(),
        "direction": "offered",
        "since": today_in(who.community),
    }
    form = AssetForm(request.POST or None, t=t, initial=initial)
    if request.method == "POST" and form.is_valid():
        if is_first(request):
            add_asset(by=who, **form.values())
            messages.success(request, t("Saved."))
        return redirect("assets", who.community.code)
    back = ("assets", t("Assets"))
    return _form(request, form, t("Add an asset"), back, once=new_once(request))


@page("register.edit")
def change_asset(request: HttpRequest, asset: str) -> HttpResponse:
    """Change an asset, or take it out."""
    who, t = request.who, translator(request.lang)
    found = _asset(asset)
    if request.POST.get("what") == "remove":
        remove_asset(by=who, asset=found)
        messages.success(request, t("The entry is removed."))
        return redirect("assets", who.community.code)
    form = AssetForm(request.POST or None, t=t, instance=found)
    conflict: Any = None
    if request.method == "POST" and form.is_valid():
        form, conflict = save_changes(request, form, partial(edit_asset, by=who, asset=found))
        if conflict is None:
            return redirect("assets", who.community.code)
    return _form(
        request, form, t("Change the asset"), ("assets", t("Assets")), conflict=conflict,
        remove=t("Remove this entry"),
    )  # fmt: skip


@page("register.edit")
def use(request: HttpRequest, asset: str) -> HttpResponse:
    """Note that an asset was used."""
    who, t = request.who, translator(request.lang)
    found = _asset(asset)
    form = DayForm(
        request.POST or None,
        t=t,
        label=t("Used on"),
        what=t("Used for what"),
        initial={"on": today_in(who.community)},
    )
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        if on < found.since:
            form.add_error("on", t("It was used before it was offered."))
        else:
            use_asset(by=who, asset=found, on=on, used_for=form.cleaned_data["used_for"])
            messages.success(request, t("Noted that it was used."))
            return redirect("assets", who.community.code)
    title = t("Note the use of an asset")
    return _form(request, form, title, ("assets", t("Assets")), lead=found.name)
