"""Who helped with a follow-up, and how: asked once, when it is done."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from satuhati.schema.choices import choice_label
from satuhati.schema.meetings import EXCHANGES
from satuhati.text import translator
from satuhati.web.meetings.actions import note_help
from satuhati.web.meetings.models import FollowUp
from satuhati.web.meetings.queries import get_actors_named_for, get_help_for
from satuhati.web.tenancy.pages import page


@page("meetings.view")
def helped(request: HttpRequest, followup: str) -> HttpResponse:
    """One field: who helped (a name a line), and by what."""
    who, t = request.who, translator(request.lang)
    found = FollowUp.objects.select_related("owner").filter(public_id=followup).first()
    own = who.membership.actor_id if who.membership else None
    if found is None or not (who.may("register.edit") or found.owner_id == own):
        raise Http404
    names, exchange, errors = "", "", []
    if request.method == "POST":
        names, exchange = request.POST.get("names", ""), request.POST.get("exchange", "")
        actors, unknown = get_actors_named_for(who, names)
        errors = [
            t("“{name}” is not in the register, or more than one has this name.", name=name)
            for name in unknown
        ]
        if not actors and not unknown:
            errors.append(t("Write who helped, or go back if nobody did."))
        if exchange not in EXCHANGES:
            errors.append(t("Choose what the help was."))
        if not errors:
            note_help(by=who, followup=found, helpers=actors, exchange=exchange)
            messages.success(request, t("Noted, with thanks to those who helped."))
            return redirect("followups", who.community.code)
    context = {
        "followup": found,
        "helpers": get_help_for(who, found),
        "names": names,
        "exchange": exchange,
        "errors": errors,
        "exchanges": [
            (e, choice_label("followup_partners", "exchange", e)(request.lang)) for e in EXCHANGES
        ],
    }
    return render(request, "meetings/helped.html", context, status=400 if errors else 200)
