"""A community is started: find the village, name it, look after it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from satuhati.web.audit.models import AuditEntry
from satuhati.web.tenancy.models import Community, Membership, User

pytestmark = pytest.mark.django_db
VILLAGE = "31.75.09.1003"


def sent(client: Client, **more: str) -> dict[str, str]:
    text = client.get("/k/baru/", {"desa": VILLAGE}).content.decode()
    once = text.split('name="once" value="')[1].split('"')[0]
    return {"desa": VILLAGE, "name": "Kampung KB Kelapa Dua Wetan", "once": once, **more}


def test_from_a_search_to_a_community_without_a_script(client_of: Callable[[str], Client]) -> None:
    client = client_of("member")
    assert "desa=31.75.09.1003" in client.get("/k/baru/", {"cari": "kelapa dua w"}).content.decode()
    form = sent(client)
    assert "Ciracas" in client.get("/k/baru/", {"desa": VILLAGE}).content.decode()
    response = client.post("/k/baru/", form)
    made = Community.objects.get(code="kelapa-dua-wetan")
    assert response.headers["Location"] == "/k/kelapa-dua-wetan/"
    assert (made.official_code, made.time_zone, made.geographic) == (VILLAGE, "WIB", True)
    assert made.place is not None
    assert made.place.startswith("Ciracas, ")
    mine = Membership.objects.get(community=made)
    assert mine.role == "secretary"
    assert AuditEntry.objects.get(action="community.create").community == made
    # Twice sent is once made; the same name again gets another address.
    client.post("/k/baru/", form)
    assert Community.objects.filter(official_code=VILLAGE).count() == 1
    client.post("/k/baru/", sent(client))
    assert Community.objects.filter(code="kelapa-dua-wetan-2").exists()


def test_a_field_officer_stays_one(client_of: Callable[[str], Client]) -> None:
    client = client_of("field_officer")
    client.post("/k/baru/", sent(client, name="Kampung KB Mawar"))
    assert Membership.objects.get(community__code="mawar").role == "field_officer"


@pytest.mark.parametrize("name", ["Baru", "Kampung KB Banding", "علي", "🌸"])
def test_every_name_gets_an_address_of_its_own(
    name: str, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    response = client.post("/k/baru/", sent(client, name=name))
    made = Community.objects.get(name=name)
    assert made.code not in ("baru", "banding", "")
    assert client.get(response.headers["Location"]).status_code == 200


def test_a_village_that_does_not_exist_is_left_out(client_of: Callable[[str], Client]) -> None:
    client = client_of("secretary")
    client.post("/k/baru/", sent(client, desa="99.99.99.9999", name="Kampung Jauh"))
    assert Community.objects.get(name="Kampung Jauh").official_code is None
    assert client.post("/k/baru/", sent(client, name=" ")).status_code == 400


def test_who_came_by_a_link_belongs_to_one_community(
    client_of: Callable[[str], Client], client: Client
) -> None:
    member = client_of("member")
    User.objects.update(email=None)
    assert member.get("/k/baru/").status_code == 404
    assert member.post("/k/baru/", {"name": "x"}).status_code == 404
    assert client.get("/k/baru/").status_code == 302
