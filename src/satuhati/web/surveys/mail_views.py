"""The button that reminds by e-mail."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from satuhati.text import translator
from satuhati.web.answers.actions import make_links
from satuhati.web.surveys.mailing import get_to_remind_for, note_reminders
from satuhati.web.surveys.queries import get_round_for
from satuhati.web.surveys.tasks import remind as send
from satuhati.web.tenancy.pages import page


@page("surveys.edit", methods=("POST",))
def remind(request: HttpRequest, survey: str) -> HttpResponse:
    """Remind by e-mail those who have an address and have not answered."""
    who, t = request.who, translator(request.lang)
    seen = get_round_for(who, survey)
    if seen is None or seen.setup is None:
        raise Http404
    people = get_to_remind_for(who, seen)
    make_links(by=who, actors=people)
    codes = note_reminders(by=who, seen=seen, people=people)
    base = settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")
    for code in codes:
        send.enqueue(who.community.pk, seen.round.public_id, code, base)
    if codes:
        said = t.plural(
            "{n} person is reminded by e-mail.", "{n} people are reminded by e-mail.", len(codes)
        )
        messages.success(request, said)
    else:
        messages.success(request, t("Nobody is left to be reminded by e-mail today."))
    return redirect("survey", who.community.code, survey)
