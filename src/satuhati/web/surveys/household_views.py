"""The households of a draw: a list to print and visit by, and why one gave no answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from satuhati.text import translator
from satuhati.web.surveys.household_actions import STATES, note_visit
from satuhati.web.surveys.queries import get_households_for, get_round_for
from satuhati.web.tenancy.pages import page


@never_cache
@page("surveys.edit")
def households(request: HttpRequest, survey: str) -> HttpResponse:
    """Whom interviewers visit. No household takes the place of another."""
    who, t = request.who, translator(request.lang)
    seen = get_round_for(who, survey)
    if seen is None or seen.setup is None or seen.setup.how != "households":
        raise Http404
    drawn = get_households_for(who, seen)
    if request.method == "POST":
        code, state = request.POST.get("household", ""), request.POST.get("state", "")
        if code not in {h.code for h in drawn} or state not in ("", *STATES):
            raise Http404
        note_visit(by=who, setup=seen.setup, household=code, state=state)
        messages.success(request, t("Noted."))
        return redirect("survey_households", who.community.code, survey)
    context = {
        "seen": seen, "round": seen.round, "setup": seen.setup, "households": drawn,
        "strata": (seen.setup.draw or {}).get("strata", []),
    }  # fmt: skip
    return render(request, "surveys/households.html", context)
