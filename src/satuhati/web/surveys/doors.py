"""The open address of a round: whoever has it may answer, and nobody is known by it."""

from __future__ import annotations

import functools
import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django_scopes import scope, scopes_disabled

from satuhati.web.accounts import throttle
from satuhati.web.surveys.beside import SurveySetup
from satuhati.web.surveys.queries import RoundSeen, get_round_for
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.who import NotAllowedError, Who

WINDOW, GUESSES, FORMS = 600, 20, 120
"""In ten minutes from one place: addresses that open nothing, and forms sent. A whole meeting
may answer by one router."""
SIGNATURE_BYTES = 18
LONGEST = 80


def key_of(setup: SurveySetup) -> str:
    message = f"survey:{setup.pk}:{setup.open_salt}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()
    return f"{setup.pk}-{urlsafe_b64encode(digest[:SIGNATURE_BYTES]).decode()}"


def setup_of(key: str) -> SurveySetup | None:
    """The round an open address belongs to; ``None`` if it opens nothing."""
    number, dash, _ = key[:LONGEST].partition("-")
    if not dash or not (number.isascii() and number.isdecimal() and len(number) < 12):
        return None
    with scopes_disabled():
        found: SurveySetup | None = (
            SurveySetup.objects.select_related("community").filter(pk=int(number)).first()
        )
    if found is None or not found.open_salt:
        return None
    return found if hmac.compare_digest(key_of(found).encode(), key.encode()) else None


def address_of(setup: SurveySetup, request: HttpRequest) -> str:
    base = settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")
    return base + reverse("open_survey", args=[key_of(setup)])


def open_door(view: Callable[..., HttpResponse]) -> Any:
    """Declare a view below ``s/<key>/``; it is called with the round in place of the key."""

    @functools.wraps(view)
    def opened(request: HttpRequest, key: str) -> HttpResponse:
        place = throttle.address_of(request)
        often = throttle.tries("answer", place, seconds=WINDOW) >= GUESSES
        if not often and request.method == "POST" and request.POST.get("go") == "send":
            often = throttle.count("survey", place, seconds=WINDOW) > FORMS
        if often:
            return throttle.too_often(request, WINDOW)
        setup = setup_of(key)
        if setup is None:
            throttle.count("answer", place, seconds=WINDOW)
            return render(request, "signin/link_ended.html", status=404)
        # Whoever answers here is nobody, also when they happen to be signed in.
        request.who = Who(None, "resident", setup.community, None, request.lang)
        with scope(community=setup.community):
            seen: RoundSeen | None = get_round_for(request.who, setup.round)
            if seen is None:
                raise Http404
            try:
                return view(request, seen, key)
            except NotAllowedError:
                raise Http404 from None

    return never_cache(page("public")(opened))
