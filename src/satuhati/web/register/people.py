"""Pages of one person, organisation or group."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from satuhati.reports.words import table as table_word
from satuhati.schema import TABLES
from satuhati.text import Translator, translator
from satuhati.web.register.actions import add_actor, edit_actor, leave_actor, remove_actor
from satuhati.web.register.forms import (
    ORGANIZATION,
    PERSON,
    ActorForm,
    DayForm,
    authority_words,
)
from satuhati.web.register.models import Actor
from satuhati.web.register.queries import get_actor_for, get_held_by_for
from satuhati.web.register.references import StillReferredToError, referring
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.dataset import field_of
from satuhati.web.tenancy.form_pages import form_page, save_changes
from satuhati.web.tenancy.once import is_first, new_once
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.schema_forms import said


def _one(request: HttpRequest, code: str) -> Actor:
    found = get_actor_for(request.who, code)
    if found is None:
        raise Http404
    return found


def _list(request: HttpRequest, person: bool) -> tuple[str, str]:
    """Address and name of the list."""
    t = translator(request.lang)
    name, word = ("people", t("Residents")) if person else ("groups", t("Organisations"))
    return reverse(name, args=[request.who.community.code]), word


def _go(request: HttpRequest, actor: Actor) -> HttpResponse:
    return redirect("person", request.who.community.code, actor.public_id)


def facts(actor: Actor, columns: tuple[str, ...], t: Translator) -> list[tuple[str, str]]:
    """What is known of somebody, in words; what is not known is left out."""
    found = []
    for name in columns:
        column = TABLES["actors"].column(name)
        value = getattr(actor, field_of(column))
        if value not in (None, "") and name not in ("name", "phone"):
            word = authority_words(t)[value] if name == "authority" else ""
            found.append((column.label(t.lang), word or said("actors", column, value, t)))
    return found


@page("register.view", methods=("GET",))
def person(request: HttpRequest, actor: str) -> HttpResponse:
    """A person: posts, assets, where to reach them. An organisation or group: its people."""
    who, t = request.who, translator(request.lang)
    found = _one(request, actor)
    is_person = found.kind == "person"
    own = who.membership is not None and who.membership.actor_id == found.pk
    back, back_text = _list(request, is_person)
    context = {
        "actor": found,
        "is_person": is_person,
        "facts": facts(found, PERSON if is_person else ORGANIZATION, t),
        "held": get_held_by_for(who, found),
        "today": today_in(who.community),
        "may_edit": who.may("register.edit"),
        # A number is for those who keep the register, and for whom it belongs to.
        "may_call": own or who.may("register.edit") or not is_person,
        "back": back,
        "back_text": back_text,
    }
    return render(request, "register/actor.html", context)


@page("register.edit")
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Somebody new, or a new organisation or group."""
    who, t = request.who, translator(request.lang)
    if kind not in ("person", "group"):
        raise Http404
    is_person = kind == "person"
    initial = {"sector": "warga"} if is_person else {"kind": "organization"}
    form = ActorForm(request.POST or None, t=t, person=is_person, initial=initial)
    if request.method == "POST" and form.is_valid():
        if not is_first(request):
            return redirect(_list(request, is_person)[0])
        fields = form.values() | ({"kind": "person"} if is_person else {})
        made = add_actor(by=who, **fields)
        messages.success(request, t("{name} is entered.", name=made.name))
        return _go(request, made)
    title = t("A new person") if is_person else t("A new organisation")
    return _form(request, form, title, is_person, once=new_once(request))


@page("register.edit")
def edit(request: HttpRequest, actor: str) -> HttpResponse:
    """Change a person, organisation or group."""
    who, t = request.who, translator(request.lang)
    found = _one(request, actor)
    is_person = found.kind == "person"
    form = ActorForm(request.POST or None, t=t, person=is_person, instance=found)
    conflict: Any = None
    if request.method == "POST" and form.is_valid():
        form, conflict = save_changes(request, form, partial(edit_actor, by=who, actor=found))
        if conflict is None:
            return _go(request, found)
    back = reverse("person", args=[who.community.code, found.public_id])
    title = t("Change {name}", name=found.name or found.public_id)
    return _form(request, form, title, is_person, conflict=conflict, back=back)


def _form(
    request: HttpRequest, form: ActorForm, title: str, person: bool, **more: Any
) -> HttpResponse:
    t = translator(request.lang)
    back, back_text = _list(request, person)
    if "back" in more:
        back, back_text = more.pop("back"), t("Back")
    return form_page(request, form, title, back=back, back_text=back_text, **more)


@page("register.edit")
def leave(request: HttpRequest, actor: str) -> HttpResponse:
    """Somebody leaves, or was entered by mistake: what can be done, and what cannot."""
    who, t = request.who, translator(request.lang)
    found = _one(request, actor)
    form = DayForm(
        request.POST or None,
        t=t,
        label=t("Left on"),
        help_text=t("Terms of office that still run end on this day as well."),
        initial={"on": today_in(who.community)},
    )
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        if found.joined and on < found.joined:
            form.add_error("on", t("Nobody leaves before joining."))
        else:
            leave_actor(by=who, actor=found, on=on)
            messages.success(request, t("Noted. The records so far stay as they are."))
            return _go(request, found)
    context = {
        "actor": found,
        "is_person": found.kind == "person",
        "form": form,
        "counts": counted(referring(found), t),
    }
    return render(request, "register/end.html", context, status=400 if form.errors else 200)


@page("register.edit", methods=("POST",))
def remove(request: HttpRequest, actor: str) -> HttpResponse:
    """Take out what was entered by mistake."""
    who, t = request.who, translator(request.lang)
    found = _one(request, actor)
    try:
        remove_actor(by=who, actor=found)
    except StillReferredToError:
        messages.error(
            request,
            t(
                "Other records speak of {name}, so the entry stays. Fill in the day they left.",
                name=found.name or found.public_id,
            ),
        )
        return redirect("leave_person", who.community.code, found.public_id)
    messages.success(request, t("The entry is removed."))
    return redirect(_list(request, found.kind == "person")[0])


def counted(tables: dict[str, int], t: Translator) -> list[tuple[str, str]]:
    """How many records of which table speak of a row."""
    own = {"memberships": t("Roles and links")}
    return [(own.get(k) or table_word(k, t.lang), t.number(n)) for k, n in tables.items()]
