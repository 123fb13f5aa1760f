"""The page of all components is there in debug mode, and whole."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from satuhati.web.home.views import components
from satuhati.web.tenancy.who import Who


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_component_can_be_looked_at(lang: str) -> None:
    request = RequestFactory().get("/_komponen/")
    request.lang, request.who = lang, Who(None, "resident", None, None, lang)
    answer = components(request)
    assert answer.status_code == 200
    assert answer.content.decode().count("<section") >= 6
