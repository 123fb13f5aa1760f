"""Signing in: by personal link and PIN, by e-mail code, by passkey; and out again."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from satuhati.text import translator
from satuhati.web.accounts import pins, throttle
from satuhati.web.accounts.forms import NewPinForm, PinForm
from satuhati.web.accounts.links import link_by_key, link_of
from satuhati.web.tenancy.models import PersonalLink
from satuhati.web.tenancy.pages import page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WINDOW, GUESSES = 600, 20
DEVICE_COOKIE, DEVICE_SALT = "ponsel", "satuhati.device"
FRESH = dt.timedelta(minutes=15)


@never_cache
@page("public", methods=("GET",))
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """A personal link. The token leaves the address at once; whose link it is stays unsaid."""
    place = throttle.address_of(request)
    if throttle.tries("link", place, seconds=WINDOW) >= GUESSES:
        return throttle.too_often(request, WINDOW)
    link = link_of(token)
    if link is None or pins.is_locked(link.membership.user):
        throttle.count("link", place, seconds=WINDOW)
        return render(request, "signin/link_ended.html", status=404)
    if request.user.is_authenticated and request.user.pk != link.membership.user_id:
        logout(request)  # a shared phone: the link decides who comes in
    request.session["link"] = link.pk
    return redirect("pin")


@never_cache
@page("public")
def pin(request: HttpRequest) -> HttpResponse:
    """Asks for the PIN of the link in the session; the first time, to choose one."""
    t = translator(request.lang)
    link = link_by_key(request.session.get("link"))
    if link is None:
        return redirect("account_login")
    user = link.membership.user
    if pins.is_locked(user):
        return render(request, "signin/link_ended.html", status=404)
    first = not user.pin
    kind = NewPinForm if first else PinForm
    form = kind(request.POST if request.method == "POST" else None, t=t)
    if request.method == "POST" and form.is_valid():
        if first:
            pins.set_pin(user, form.cleaned_data["pin"])
            return _come_in(request, link, remember=form.cleaned_data["remember"])
        tried = pins.try_pin(user, form.cleaned_data["pin"])
        if tried.right:
            return _come_in(request, link, remember=form.cleaned_data["remember"])
        form.add_error("pin", _wrong(tried, t))
    context = {"form": form, "first": first, "where": link.membership.community}
    return render(request, "signin/pin.html", context, status=400 if form.errors else 200)


def _wrong(tried: pins.Tried, t: Any) -> str:
    if tried.locked:
        return str(t("Ten wrong PINs: this link is closed. Ask the secretary for a new one."))
    left = t.plural("One try is left.", "{n} tries are left.", tried.left)
    if tried.wait:
        wait = t.plural("Please wait one minute.", "Please wait {n} minutes.", tried.wait)
        return f"{t('That PIN is not right.')} {wait} {left}"
    return f"{t('That PIN is not right.')} {left}"


def _come_in(request: HttpRequest, link: PersonalLink, *, remember: bool) -> HttpResponse:
    membership = link.membership
    PersonalLink.objects.filter(pk=link.pk).update(last_used_at=timezone.now())
    login(request, membership.user, backend=BACKEND)  # gives the session a new key
    request.session["link"] = link.pk
    request.session["idle_minutes"] = membership.community.idle_minutes
    request.session["seen"] = int(time.time())
    response = redirect("home", membership.community.code)
    known = [p for p in remembered(request) if p["link"] != link.pk]
    if remember:
        initials = "".join(w[0] for w in membership.user.name.split()[:2] if w).upper()
        known = [{"link": link.pk, "initials": initials}, *known][:8]
    keep_device(response, known)
    return response


def remembered(request: HttpRequest) -> list[dict[str, Any]]:
    """Who asked to be remembered on this device: the link's key and initials, signed."""
    try:
        found = signing.loads(request.COOKIES.get(DEVICE_COOKIE, ""), salt=DEVICE_SALT)
    except signing.BadSignature:
        return []
    return found if isinstance(found, list) else []


def keep_device(response: HttpResponse, known: list[dict[str, Any]]) -> None:
    if not known:
        response.delete_cookie(DEVICE_COOKIE)
        return
    response.set_cookie(
        DEVICE_COOKIE,
        signing.dumps(known, salt=DEVICE_SALT),
        max_age=settings.LINK_DAYS * 86400,
        httponly=True,
        samesite="Lax",
        secure=settings.TLS,
    )


@never_cache
@page("public")
def choose(request: HttpRequest) -> HttpResponse:
    """The sign-in page: who is remembered here, e-mail, passkey, and what a link is.

    A POST picks a person of this device, or forgets one.
    """
    known = [p for p in remembered(request) if link_by_key(p["link"]) is not None]
    if request.method == "POST":
        picked = request.POST.get("person", "")
        keys = [p["link"] for p in known]
        if picked.isdecimal() and int(picked) in keys:
            request.session["link"] = int(picked)
            return redirect("pin")
        gone = request.POST.get("forget", "")
        response = redirect("account_login")
        if gone.isdecimal():
            keep_device(response, [p for p in known if p["link"] != int(gone)])
        return response
    if request.user.is_authenticated:
        return redirect(_next(request) or reverse("start"))
    context = {
        "known": known,
        "next": _next(request),
        "was_idle": request.session.pop("was_idle", False),
    }
    return render(request, "signin/choose.html", context)


def _next(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    fine = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if wanted and fine else ""


@page("public", methods=("POST",))
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out; "change person" comes here as well."""
    t = translator(request.lang)
    logout(request)
    messages.success(request, t("You are signed out."))
    return redirect("account_login")


class AddPasskey(AddWebAuthnView):
    """Adds a passkey. Only soon after signing in: a phone left open must not give away a key."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            last = request.user.last_login
            if last is None or timezone.now() - last > FRESH:
                t = translator(request.lang)
                messages.warning(
                    request, t("To add a passkey, please sign out and in again first.")
                )
                return redirect("account")
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self) -> str:
        return reverse("account")


@page("signed_in", methods=("POST",))
def remove_passkey(request: HttpRequest, key: int) -> HttpResponse:
    Authenticator.objects.filter(
        pk=key, user=request.user, type=Authenticator.Type.WEBAUTHN
    ).delete()
    t = translator(request.lang)
    messages.success(request, t("The passkey is removed."))
    return redirect("account")


add_passkey = method_decorator(never_cache, name="dispatch")(AddPasskey).as_view()
add_passkey.right = "signed_in"
