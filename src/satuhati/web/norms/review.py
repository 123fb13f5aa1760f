"""Norms asleep for a year come up: still ours, worded anew, or let go."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from satuhati.schema.choices import choice_label
from satuhati.text import translator
from satuhati.web.norms.actions import end_norm, keep_norm
from satuhati.web.norms.queries import get_charter_for, get_norm_for
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.pages import page


@page("norms.view", methods=("GET",))
def due(request: HttpRequest) -> HttpResponse:
    """The norms to look at again, one answer each."""
    who = request.who
    today = today_in(who.community)
    context = {
        "due": get_charter_for(who, today).due(today),
        "topic_word": lambda code: choice_label("norms", "topic", code)(request.lang),
        "may_edit": who.may("norms.edit"),
    }
    return render(request, "norms/review.html", context)


@page("norms.edit", methods=("POST",))
def answer(request: HttpRequest, norm: str) -> HttpResponse:
    """Still in force, or let go. New wording is a page of its own."""
    who, t = request.who, translator(request.lang)
    found = get_norm_for(who, norm)
    today = today_in(who.community)
    acts = {"kept": keep_norm, "ended": end_norm}
    act = acts.get(request.POST.get("answer", ""))
    if found is None or act is None:
        raise Http404
    sent = request.POST.get("revision", "")
    revision = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else -1
    try:
        if found.until is not None and found.until < today:
            raise ChangedMeanwhileError(found)
        act(by=who, norm=found, revision=revision, on=today)
    except ChangedMeanwhileError:
        messages.warning(
            request,
            t("Somebody else answered for this norm meanwhile. This is how it stands now."),
        )
        return redirect("norm", who.community.code, found.public_id)
    if act is keep_norm:
        messages.success(request, t("Noted: it still holds. It comes up again in a year."))
    else:
        messages.success(request, t("Noted: it no longer holds. It stays in the history."))
    left = get_charter_for(who, today).due(today)
    return redirect("review_norms" if left else "norms", who.community.code)
