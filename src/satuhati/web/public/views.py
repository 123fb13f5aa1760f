"""What any resident may read without an account, and a way to speak up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from satuhati.reports.papers import paper_body
from satuhati.text import translator
from satuhati.web.accounts import throttle
from satuhati.web.outreach.actions import speak_up
from satuhati.web.public import queries
from satuhati.web.public.forms import VoiceForm
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.memory import remembered
from satuhati.web.tenancy.once import is_first, new_once
from satuhati.web.tenancy.pages import page

WINDOW, VOICES = 3600, 5


@page("public", methods=("GET",))
def front(request: HttpRequest) -> HttpResponse:
    """The community's public page."""
    today = today_in(request.who.community)

    def read() -> dict[str, Any]:
        return {
            "holders": queries.holders(today),
            "coming": queries.coming(today),
            "services": queries.services(today),
            "decisions": queries.decisions(),
            "minutes": queries.public_minutes(),
            "voices": queries.answered(),
        }

    context = remembered(request.who.community, ("public", today), read)
    return render(request, "public/front.html", context)


@page("public", methods=("GET",))
def minutes(request: HttpRequest, meeting: str) -> HttpResponse:
    """Minutes that the group shows to residents: nobody is named in them."""
    found = queries.minutes_of(meeting)
    if found is None:
        raise Http404
    context = {"title": found.title, "day": found.day, "body": paper_body(found.public_paper())}
    return render(request, "public/minutes.html", context)


@page("public")
def speak(request: HttpRequest) -> HttpResponse:
    """A question, a proposal or a complaint; nobody's name is asked."""
    who, t = request.who, translator(request.lang)
    form = VoiceForm(request.POST or None, t=t)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["website"]:  # only a machine fills in what nobody sees
            return redirect("public", who.community.code)
        place = throttle.address_of(request)
        if throttle.count("voice", place, seconds=WINDOW) > VOICES:
            form.add_error(
                None, t("Several messages came from here just now. Try again in an hour.")
            )
        else:
            if is_first(request):
                made = speak_up(
                    by=who,
                    kind=form.cleaned_data["kind"],
                    text=form.cleaned_data["text"],
                    on=today_in(who.community),
                )
                said = t("Thank you. Your message has the number {number}.", number=made.public_id)
                messages.success(request, said)
            return redirect("public", who.community.code)
    context = {"form": form, "once": new_once(request)}
    return render(request, "public/speak.html", context, status=400 if form.errors else 200)
