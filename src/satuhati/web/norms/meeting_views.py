"""Norms and one meeting: which rules its minutes refer to, which values were kept or broken."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from satuhati.text import translator
from satuhati.web.meetings.queries import get_meeting_for
from satuhati.web.norms.actions import note_invoked, observe_all
from satuhati.web.norms.queries import get_in_meeting_for
from satuhati.web.tenancy.pages import page

SEEN = ("kept", "broken")


@page("norms.view")
def of_meeting(request: HttpRequest, meeting: str) -> HttpResponse:
    """Tick the rules the minutes refer to; say of each value what one saw oneself."""
    who, t = request.who, translator(request.lang)
    found = get_meeting_for(who, meeting)
    if found is None or found.status != "held":
        raise Http404
    norms = get_in_meeting_for(who, found)
    observes = who.membership is not None and who.membership.actor_id is not None
    if request.method == "POST":
        if request.POST.get("what") == "rules" and who.may("norms.edit"):
            ticked = set(request.POST.getlist("rule"))
            note_invoked(
                by=who, meeting=found, norms=[n for n in norms.rules if n.public_id in ticked]
            )
            messages.success(request, t("The rules this meeting referred to are noted."))
        elif request.POST.get("what") == "values" and observes:
            said = {n: request.POST.get(f"value-{n.public_id}", "") for n in norms.values}
            observe_all(by=who, meeting=found, seen={n: e for n, e in said.items() if e in SEEN})
            messages.success(request, t("What you saw is noted."))
        else:
            raise Http404
        return redirect("meeting_norms", who.community.code, found.public_id)
    context = {
        "meeting": found,
        "norms": norms,
        "observes": observes,
        "may_edit": who.may("norms.edit"),
    }
    return render(request, "norms/meeting.html", context)
