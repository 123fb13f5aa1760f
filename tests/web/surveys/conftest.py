"""A secretary beside seven people of the working group and twelve residents."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django_scopes import scope

from satuhati.web.register.models import Actor, Area
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who


@pytest.fixture
def keeper(by: Callable[..., Who], community: Community) -> Who:
    """A secretary, and seven people of the working group beside them."""
    who = by("secretary", name="Sekar Contoh")
    with scope(community=community):
        rw = Area.objects.create(community=community, public_id="rw1", name="RW 01", level="rw")
        for n in range(1, 8):
            Actor.objects.create(
                community=community, public_id=f"p{n}", name=f"Orang Contoh {n}", kind="person",
                sector="pokja", sex="female" if n < 6 else "male", area=rw, age_band="25-39",
            )  # fmt: skip
        for n in range(1, 13):
            Actor.objects.create(
                community=community, public_id=f"w{n}", name=f"Warga Contoh {n}", kind="person",
                sector="warga", sex="female",
            )  # fmt: skip
    return who


@pytest.fixture
def browser(keeper: Who, client: Client) -> Client:
    client.force_login(keeper.user)
    return client
