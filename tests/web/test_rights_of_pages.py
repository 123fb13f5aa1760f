"""Every address declares who may open it, and outsiders find nothing there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from satuhati.web.tenancy.rules import RIGHTS, ROLES

LIBRARY = ("allauth.",)


def walk(patterns: list[object], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern), pattern


PAGES = [
    (route, pattern)
    for route, pattern in walk(get_resolver().url_patterns)
    if not pattern.lookup_str.startswith(LIBRARY)
]


@pytest.mark.parametrize(("route", "pattern"), PAGES, ids=[route or "/" for route, _ in PAGES])
def test_every_page_declares_its_right(route: str, pattern: URLPattern) -> None:
    assert getattr(pattern.callback, "right", None) in RIGHTS, (
        f"{route}: give its view @page(right)"
    )


def test_pages_of_a_community_need_a_right_of_its_own() -> None:
    inside = [p.callback.right for route, p in PAGES if route.startswith("k/<slug:community>/")]
    assert inside
    assert "public" not in inside
    assert "signed_in" not in inside


@pytest.mark.parametrize("role", [r for r in ROLES if r != "resident"])
@pytest.mark.django_db
def test_who_may_open_what(role: str, client_of: Callable[[str], Client]) -> None:
    client = client_of(role)
    for route, pattern in PAGES:
        if route.count("<") != 1 or not route.startswith("k/<slug:community>/"):
            continue
        response = client.get("/" + route.replace("<slug:community>", "melati"))
        allowed = role in RIGHTS[pattern.callback.right][1]
        assert (response.status_code != 404) == allowed, (route, role, response.status_code)


@pytest.mark.django_db
def test_outsiders_find_nothing(community: object, outsider: Client) -> None:
    for route, _ in PAGES:
        if route.startswith("k/<slug:community>/") and route.count("<") == 1:
            response = outsider.get("/" + route.replace("<slug:community>", "melati"))
            assert response.status_code == 404, route


@pytest.mark.django_db
def test_without_an_account_one_is_asked_to_sign_in(community: object, client: Client) -> None:
    response = client.get("/k/melati/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/masuk/")
