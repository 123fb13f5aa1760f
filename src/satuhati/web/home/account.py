"""One's own page, and the language."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from satuhati.text import LANGUAGES, translator
from satuhati.web.accounts import pins
from satuhati.web.accounts.actions import change_pin, sign_out_everywhere
from satuhati.web.accounts.forms import ChangePinForm
from satuhati.web.tenancy.models import PersonalLink, User
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
    """One's own page: communities, links, PIN, passkeys, signing out."""
    who = request.who
    t = translator(request.lang)
    posted = request.POST if request.method == "POST" else None
    form = ChangePinForm(posted, t=t)
    if posted is not None and who.user.pin and form.is_valid():
        if pins.try_pin(who.user, form.cleaned_data["old"]).right:
            change_pin(by=who, pin=form.cleaned_data["pin"])
            messages.success(request, t("The new PIN is saved."))
            return redirect("account")
        form.add_error("old", t("That PIN is not right."))
    context = {
        "memberships": who.user.memberships.filter(ended__isnull=True).select_related("community"),
        "links": PersonalLink.objects.filter(
            membership__user=who.user, revoked_at__isnull=True
        ).select_related("membership__community"),
        "passkeys": Authenticator.objects.filter(user=who.user, type=Authenticator.Type.WEBAUTHN),
        "pin_form": form,
    }
    return render(request, "home/account.html", context)


@page("signed_in", methods=("POST",))
def everywhere(request: HttpRequest) -> HttpResponse:
    """Sign out on all devices, this one included."""
    sign_out_everywhere(by=request.who)
    logout(request)
    return redirect("account_login")
