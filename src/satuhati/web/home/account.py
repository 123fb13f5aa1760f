"""One's own page, and the language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from satuhati.text import LANGUAGES
from satuhati.web.tenancy.models import User
from satuhati.web.tenancy.pages import page


def back(request: HttpRequest, default: str = "/") -> str:
    """Where the person came from, if that is a page of ours."""
    wanted = request.POST.get("next") or request.headers.get("referer", "")
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if wanted and allowed else default


@page("public", methods=("POST",))
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language, at once and for the next visits."""
    response = redirect(back(request))
    chosen = request.POST.get("lang")
    if chosen in LANGUAGES:
        if request.user.is_authenticated:
            User.objects.filter(pk=request.user.pk).update(language=chosen)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=60 * 60 * 24 * 365,
            httponly=True,
            samesite="Lax",
            secure=settings.TLS,
        )
    return response


@page("signed_in")
def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "home/account.html", {})
