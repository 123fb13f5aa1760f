"""An open round, a keeper, and a phone that scanned its code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from collect_phone import Phone, settings_of
from django.test import RequestFactory
from django.utils import timezone
from django_scopes import scope

from satuhati.web.openrosa import devices, sorting, tokens
from satuhati.web.openrosa.actions import make_token
from satuhati.web.openrosa.tokens import base_address, settings_code, token_of
from satuhati.web.register.models import Actor, Area
from satuhati.web.surveys.actions import open_round
from satuhati.web.surveys.bank import instrument_of, items_of
from satuhati.web.surveys.beside import SurveySetup
from satuhati.web.surveys.models import Round
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who


@pytest.fixture(autouse=True)
def _nothing_known() -> None:
    tokens.forget()
    devices._ready.clear()
    sorting._asked_until = 0.0


@pytest.fixture
def keeper(by: Callable[..., Who], community: Community) -> Who:
    who = by("secretary", name="Sekar Contoh")
    with scope(community=community):
        for n in (1, 2):
            Area.objects.create(community=community, public_id=f"rw{n}", name=f"RW 0{n}",
                                level="rw")  # fmt: skip
        for n in range(1, 8):
            Actor.objects.create(
                community=community, public_id=f"p{n}", name=f"Orang Contoh {n}", kind="person",
                sector="pokja", sex="female",
            )  # fmt: skip
    return who


@pytest.fixture
def opened(keeper: Who, community: Community) -> Callable[..., tuple[Round, SurveySetup]]:
    """``opened("pokja", anonymous=True)``: a round of our short questionnaire."""

    def make(
        population: str = "pokja",
        *,
        anonymous: bool = True,
        own: tuple[tuple[str, str], ...] = (),
        people: list[Actor] | None = None,
        how: str = "",
    ) -> tuple[Round, SurveySetup]:
        with scope(community=community):
            instrument = instrument_of(community, population, "short")
            if people is None and population == "pokja":
                people = list(Actor.objects.filter(public_id__startswith="p"))
            return open_round(
                by=keeper, instrument=instrument, own=own,
                questions=[i.code for i in items_of(population, "short")],
                how=how or ("census" if people else "door_to_door"), people=people or [],
                until=timezone.localdate() + dt.timedelta(days=7), anonymous=anonymous,
                open_address=False,
            )  # fmt: skip

    return make


@pytest.fixture
def phone_of(keeper: Who, community: Community) -> Callable[..., Phone]:
    """``phone_of(who)``: the phone of a member, set up by the text of a QR code."""

    def make(who: Who | None = None) -> Phone:
        member = (who or keeper).membership
        with scope(community=community):
            row = make_token(by=keeper, membership=member)
        request = RequestFactory().get("/")
        code = settings_code(base_address(request, token_of(row)), community.name, "id")
        return Phone(settings_of(code)["general"]["server_url"])

    return make


@pytest.fixture
def phone(phone_of: Callable[..., Phone]) -> Phone:
    return phone_of()
