"""Pages that change posts and terms of office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from satuhati.text import translator
from satuhati.web.register.forms import DayForm, PostForm, TermForm
from satuhati.web.register.models import Actor, Post, Term
from satuhati.web.register.references import StillReferredToError
from satuhati.web.register.structure_actions import (
    AlreadyInOfficeError,
    add_post,
    edit_post,
    edit_term,
    end_term,
    remove_post,
    remove_term,
    set_term,
)
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.form_pages import form_page
from satuhati.web.tenancy.once import is_first, new_once
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.schema_forms import told


def _form(request: HttpRequest, form: Any, title: str, save: str, **more: Any) -> HttpResponse:
    t = translator(request.lang)
    back = reverse("structure", args=[request.who.community.code])
    return form_page(
        request, form, title, back=back, back_text=t("The working group"), save=save, **more
    )


def _post(code: str) -> Post:
    found: Post | None = Post.objects.filter(public_id=code).first()
    if found is None:
        raise Http404
    return found


def _term(code: str) -> Term:
    listed = Term.objects.select_related("post", "actor", "deputy")
    found: Term | None = listed.filter(public_id=code).first()
    if found is None:
        raise Http404
    return found


def _home(request: HttpRequest) -> HttpResponse:
    return redirect("structure", request.who.community.code)


@page("register.edit")
def new_post(request: HttpRequest) -> HttpResponse:
    """A post that is not there yet."""
    t = translator(request.lang)
    initial = {"section": request.GET.get("seksi", ""), "kind": request.GET.get("jenis", "")}
    form = PostForm(request.POST or None, t=t, initial=initial)
    if request.method == "POST" and form.is_valid():
        if is_first(request):
            made = add_post(by=request.who, fields=form.values())
            messages.success(request, t("The post is entered. Who holds it?"))
            address = reverse("new_term", args=[request.who.community.code])
            return redirect(f"{address}?jabatan={made.public_id}")
        return _home(request)
    return _form(request, form, t("Add a post"), t("Save"), once=new_once(request))


@page("register.edit")
def change_post(request: HttpRequest, post: str) -> HttpResponse:
    """Rename a post, or take out one that nobody ever held."""
    t = translator(request.lang)
    found = _post(post)
    if request.POST.get("what") == "remove":
        try:
            remove_post(by=request.who, post=found)
        except StillReferredToError:
            messages.error(request, t("People hold or held this post, so it stays on record."))
        else:
            messages.success(request, t("The entry is removed."))
        return _home(request)
    form = PostForm(request.POST or None, t=t, instance=found)
    conflict: Any = None
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            edit_post(by=request.who, post=found, revision=revision, fields=form.values())
        except ChangedMeanwhileError as error:
            conflict, form = told(form, error.row, t)
        else:
            messages.success(request, t("Saved."))
            return _home(request)
    remove = None if Term.objects.filter(post=found).exists() else t("Remove this post")
    return _form(request, form, t("Change the post"), t("Save"), conflict=conflict, remove=remove)


@page("register.edit")
def new_term(request: HttpRequest) -> HttpResponse:
    """Somebody takes up a post."""
    who, t = request.who, translator(request.lang)
    initial = {
        "post": Post.objects.filter(public_id=request.GET.get("jabatan", "")).first(),
        "actor": Actor.objects.filter(
            public_id=request.GET.get("orang", ""), kind="person"
        ).first(),
        "start": today_in(who.community),
        "decree": who.community.decree or "",
    }
    form = TermForm(request.POST or None, t=t, initial=initial)
    if request.method == "POST" and form.is_valid():
        if not is_first(request):
            return _home(request)
        fields = form.values()
        others = form.cleaned_data["ends_others"]
        try:
            set_term(by=who, ends_others=others, **fields)
        except AlreadyInOfficeError:
            form.add_error("actor", t("They hold this post already in that time."))
        else:
            messages.success(
                request,
                t("{name} is {post}.", name=fields["actor"].name, post=fields["post"].name),
            )
            return _home(request)
    return _form(request, form, t("Fill a post"), t("Save"), once=new_once(request))


@page("register.edit")
def change_term(request: HttpRequest, term: str) -> HttpResponse:
    """Correct a term of office, extend it, or end it."""
    who, t = request.who, translator(request.lang)
    found = _term(term)
    if request.POST.get("what") == "remove":
        remove_term(by=who, term=found)
        messages.success(request, t("The entry is removed."))
        return _home(request)
    form = TermForm(request.POST or None, t=t, instance=found)
    conflict: Any = None
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            edit_term(by=who, term=found, revision=revision, fields=form.values())
        except ChangedMeanwhileError as error:
            conflict, form = told(form, error.row, t)
        except AlreadyInOfficeError:
            form.add_error("actor", t("They hold this post already in that time."))
        else:
            messages.success(request, t("Saved."))
            return _home(request)
    return _form(
        request,
        form,
        t("Change the term of office"),
        t("Save"),
        conflict=conflict,
        lead=f"{found.actor.name or found.actor.public_id} · {found.post.name}",
        remove=t("Remove this entry"),
    )


@page("register.edit")
def end(request: HttpRequest, term: str) -> HttpResponse:
    """Somebody's time in a post ends."""
    who, t = request.who, translator(request.lang)
    found = _term(term)
    form = DayForm(
        request.POST or None,
        t=t,
        label=t("Last day in the post"),
        initial={"on": today_in(who.community)},
    )
    if request.method == "POST" and form.is_valid():
        end_term(by=who, term=found, on=form.cleaned_data["on"])
        messages.success(request, t("Saved."))
        return _home(request)
    name = found.actor.name or found.actor.public_id
    lead = f"{name} · {found.post.name}"
    return _form(request, form, t("End a term of office"), t("Save"), lead=lead)
