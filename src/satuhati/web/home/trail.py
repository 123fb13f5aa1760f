"""The audit trail of a community, for those who look after it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from satuhati.web.audit.models import AuditEntry
from satuhati.web.audit.words import ACTIONS, action_word, thing_word
from satuhati.web.tenancy.pages import page

PER_PAGE = 50


@page("audit.view", methods=("GET",))
def trail(request: HttpRequest) -> HttpResponse:
    """Who did what, when; the newest first."""
    chosen = request.GET.get("apa", "")
    found = AuditEntry.objects.filter(community=request.who.community).select_related("by")
    if chosen in ACTIONS:
        found = found.filter(action=chosen)
    listed = Paginator(found.order_by("-pk"), PER_PAGE).get_page(request.GET.get("p"))
    lang = request.lang
    rows = [
        (entry, action_word(entry.action, lang), thing_word(entry.table, lang))
        for entry in listed.object_list
    ]
    actions = sorted((text(lang), code) for code, text in ACTIONS.items())
    context = {"page": listed, "rows": rows, "actions": actions, "chosen": chosen}
    return render(request, "audit/trail.html", context)
