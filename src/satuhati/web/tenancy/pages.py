"""How a page declares who may open it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from satuhati.web.tenancy.rules import RIGHTS

V = TypeVar("V", bound=Callable[..., HttpResponse])


def page(right: str, *, methods: tuple[str, ...] = ("GET", "POST")) -> Callable[[V], Any]:
    """Declare a view's right and methods.

    ``CommunityScope`` enforces the right and opens the scope of the community in the address
    (``<slug:community>``, which the view does not get: it is ``request.who.community``).
    """
    if right not in RIGHTS:
        raise KeyError(right)
    allowed = list(dict.fromkeys((*methods, "HEAD"))) if "GET" in methods else list(methods)

    def declare(view: V) -> Any:
        made = require_http_methods(allowed)(view)
        made.right = right
        return made

    return declare


def listed(rows: Any, per_page: int, number: str | None) -> Page:
    """A page of a list, read now, so that it can be kept (:mod:`satuhati.web.tenancy.memory`)."""
    found: Page = Paginator(rows, per_page).get_page(number)
    found.object_list = list(found.object_list)
    return found
