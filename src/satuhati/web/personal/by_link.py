"""How a page is opened by a person's own link: no account, nothing of anybody else."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django_scopes import scope

from satuhati.web.accounts import throttle
from satuhati.web.answers.actions import note_use
from satuhati.web.answers.links import link_of
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.who import NotAllowedError, Who

WINDOW, GUESSES = 600, 20


def by_link(
    *, methods: tuple[str, ...], kept: bool = False
) -> Callable[[Callable[..., HttpResponse]], Any]:
    """Declare a view below ``j/<token>/``; it is called with the link in place of the token.

    ``request.who`` is a resident of the link's community, whose scope is open. Who tries tokens
    that open nothing is sent away for a while, as at the personal links of accounts. ``kept``:
    the program that asks may keep the answer, and ask whether it is still the same.
    """

    def declare(view: Callable[..., HttpResponse]) -> Any:
        @functools.wraps(view)
        def opened(request: HttpRequest, token: str, **given: Any) -> HttpResponse:
            place = throttle.address_of(request)
            if throttle.tries("answer", place, seconds=WINDOW) >= GUESSES:
                return throttle.too_often(request, WINDOW)
            link = link_of(token)
            if link is None:
                throttle.count("answer", place, seconds=WINDOW)
                return render(request, "signin/link_ended.html", status=404)
            request.who = Who(None, "resident", link.community, None, request.lang)
            request.token = token
            with scope(community=link.community):
                note_use(link)
                try:
                    return view(request, link, **given)
                except NotAllowedError:
                    raise Http404 from None

        made = page("public", methods=methods)(opened)
        return made if kept else never_cache(made)

    return declare
