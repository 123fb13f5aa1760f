"""What happens around every view: the log line, the language, idle sign-out, the scope."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django_scopes import scope

from satuhati.text import LANGUAGES
from satuhati.text import Language as LanguageCode
from satuhati.web.tenancy.models import Community, Membership
from satuhati.web.tenancy.once import forget
from satuhati.web.tenancy.who import NotAllowedError, Who, member_at

Respond = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("satuhati.requests")


class RequestLog:
    """A line per request: the route's pattern, never the address that was asked for."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = time.perf_counter()
        response = self.respond(request)
        match = request.resolver_match
        who: Who | None = getattr(request, "who", None)
        log.info(
            "request",
            extra={
                "method": request.method,
                "route": match.route if match else "-",
                "status": response.status_code,
                "ms": round((time.perf_counter() - start) * 1000, 1),
                "role": who.role if who else "-",
            },
        )
        return response


class Language:
    """Indonesian, unless the person chose English."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        lang = language_of(request)
        request.lang = lang
        with translation.override(lang):
            response = self.respond(request)
        response.headers.setdefault("Content-Language", lang)
        return response


def language_of(request: HttpRequest) -> LanguageCode:
    chosen = request.COOKIES.get("bahasa")
    if chosen is None and request.user.is_authenticated:
        chosen = request.user.language
    return next((known for known in LANGUAGES if known == chosen), "id")


class Idle:
    """Signs out a person of a personal link who has been away: the phone may be shared.

    The session notes the time at most once a minute, so that reading costs no write. Ends as
    well the sessions of a person who signed out on all devices or whose link was revoked.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        minutes = request.session.get("idle_minutes", 0)
        request.idle_minutes = minutes
        if request.user.is_authenticated and _is_over(request):
            logout(request)
            minutes = 0
        if minutes and request.user.is_authenticated:
            now = int(time.time())
            seen = request.session.get("seen", now)
            if now - seen > minutes * 60:
                logout(request)
                request.session["was_idle"] = True
                request.idle_minutes = 0
            elif now - seen >= 60 or "seen" not in request.session:
                request.session["seen"] = now
        return self.respond(request)


def _is_over(request: HttpRequest) -> bool:
    """Whether the session is older than the moment the person's sessions were ended."""
    before = request.user.sign_out_before
    since = request.user.last_login
    started = request.session.get("started")
    if before is None:
        return False
    if started is not None:
        return bool(started < before.timestamp())
    return since is None or bool(since < before)


class CommunityScope:
    """Resolves the community of the address and the person's role in it, and opens its scope.

    Every view declares its right (:func:`satuhati.web.tenancy.pages.page`). Who is signed in but
    no member of the community gets a 404, as if it did not exist.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        right = getattr(view, "right", None)
        lang = request.lang
        user = request.user if request.user.is_authenticated else None
        if right is None:
            # Views of the sign-in library: they look after themselves.
            request.who = _anywhere(user, lang)
            return None
        if right == "public" and "community" not in kwargs:
            request.who = _anywhere(user, lang)
            return None
        if user is None and right != "public":
            return redirect(f"{reverse('account_login')}?next={request.path}")
        if "community" not in kwargs:
            who: Who | None = _anywhere(user, lang)
        else:
            who = self._member(kwargs.pop("community"), user, right, lang)
        if who is None or not who.may(right):
            raise Http404
        request.who = who
        try:
            if who.community is None:
                return view(request, *args, **kwargs)
            with scope(community=who.community):
                response = view(request, *args, **kwargs)
                if hasattr(response, "render") and callable(response.render):
                    response = response.render()
                return response
        except NotAllowedError:
            raise Http404 from None
        except Exception:
            forget(request)
            raise

    @staticmethod
    def _member(code: str, user: Any, right: str, lang: LanguageCode) -> Who | None:
        member = member_at(user, code, lang) if user else None
        if member is not None:
            return member
        community = Community.objects.filter(code=code).first()
        if community is None:
            return None
        if user is not None and user.is_administrator:
            return Who(user, "administrator", community, None, lang)
        if right == "public" and community.public_page:
            return Who(user, "resident", community, None, lang)
        return None


def _anywhere(user: Any, lang: LanguageCode) -> Who:
    """A person outside any one community: the widest role they hold anywhere."""
    if user is None:
        return Who(None, "resident", None, None, lang)
    if user.is_administrator:
        return Who(user, "administrator", None, None, lang)
    roles = set(
        Membership.objects.filter(user=user, ended__isnull=True).values_list("role", flat=True)
    )
    order = ("field_officer", "secretary", "overseer", "researcher", "member")
    return Who(user, next((r for r in order if r in roles), "member"), None, None, lang)
