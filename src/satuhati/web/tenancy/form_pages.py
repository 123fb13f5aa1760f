"""What every page with one form does: show it, and save over a row somebody else may have saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from satuhati.text import translator
from satuhati.web.tenancy.edits import ChangedMeanwhileError
from satuhati.web.tenancy.schema_forms import told


def form_page(
    request: HttpRequest, form: Any, title: str, *, back: str, back_text: str, **more: Any
) -> HttpResponse:
    """The page of a form; ``save`` among ``more`` names its button, *Save* unless it is given."""
    context = {
        "form": form,
        "title": title,
        "save": translator(request.lang)("Save"),
        "back": back,
        "back_text": back_text,
        **more,
    }
    return render(request, "form_page.html", context, status=400 if form.errors else 200)


def save_changes(request: HttpRequest, form: Any, act: Callable[..., Any]) -> tuple[Any, Any]:
    """Save a valid form by the action ``act``; the form to show, and the conflict or ``None``.

    ``act`` takes ``revision`` and ``fields``. Without a conflict the person is told it is saved.
    """
    t = translator(request.lang)
    try:
        act(revision=form.cleaned_data["revision"], fields=form.values())
    except ChangedMeanwhileError as error:
        conflict, form = told(form, error.row, t)
        return form, conflict
    messages.success(request, t("Saved."))
    return form, None
