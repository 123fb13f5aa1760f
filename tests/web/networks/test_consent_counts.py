"""Who is counted, by map and profile alike: unnamed answers are, consent taken back is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from django.test import Client
from django_scopes import scope
from test_tie_rounds import BASE, TODAY, actor, asking, close, keeper, piece, say

from satuhati.core.profile.rosters import taken_back
from satuhati.web.networks.actions import ask_ties
from satuhati.web.networks.drawing import store
from satuhati.web.networks.erasing import erase_ties
from satuhati.web.networks.models import Tie, TieAsking, TieRound
from satuhati.web.networks.stored import StoredPictures
from satuhati.web.register.consent_actions import give_consent
from satuhati.web.register.models import Actor, Consent
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

__all__ = ["asking", "keeper"]  # fixtures


def drawn(community: Community) -> dict[str, Any]:
    community.refresh_from_db()
    stored = store(community.pk)
    assert stored is not None
    return dict(stored.payload["pictures"][0])


def everybody_names_the_next(keeper: Who, asking: TieAsking, hidden: str) -> None:
    for n in range(1, 13):
        say(keeper, asking, f"a{n}", shown=f"a{n}" != hidden, support=[f"a{n % 12 + 1}"])


def test_an_answer_without_a_name_is_counted_in_map_and_profile(
    keeper: Who, asking: TieAsking, community: Community, client_of: Callable[[str], Client]
) -> None:
    with scope(community=community):  # had agreed once, says now: counted, but not named
        give_consent(by=keeper, actor=actor("a5"), strand="ties", on=TODAY - dt.timedelta(days=30))
    everybody_names_the_next(keeper, asking, hidden="a5")
    with scope(community=community):
        assert Consent.objects.get(actor=actor("a5")).withdrawn_on == TODAY
    close(keeper, asking)
    picture = drawn(community)
    assert len(picture["spots"]) == 12
    assert len(picture["arcs"]["support"]) == 12
    seen = client_of("secretary").get(f"{BASE}peta/").content.decode()
    assert "Eka Ibarat" not in seen
    assert "Fajar Upama" in seen
    with scope(community=community):
        counted = piece(community, "support_received")
    assert (counted["numerator"], counted["denominator"]) == (12.0, 12.0)


def test_who_is_taken_out_is_not_on_the_map_by_name(
    keeper: Who, asking: TieAsking, community: Community, client_of: Callable[[str], Client]
) -> None:
    everybody_names_the_next(keeper, asking, hidden="")
    close(keeper, asking)
    drawn(community)
    client = client_of("secretary")
    addresses = [f"{BASE}peta/", f"{BASE}belum-terhubung/", f"{BASE}peta/unduh/pelaku/"]
    assert "Eka Ibarat" in client.get(addresses[0]).content.decode()
    with scope(community=community):
        erase_ties(by=keeper, actor=actor("a5"))
    for fresh in (False, True):
        if fresh:
            drawn(community)
        for address in addresses:
            assert "Eka Ibarat" not in client.get(address).content.decode(), address


def test_who_hides_the_name_in_a_later_round_stays_in_the_earlier(
    keeper: Who, asking: TieAsking, community: Community
) -> None:
    with scope(community=community):
        for n in range(1, 13):
            start = TODAY - dt.timedelta(days=90)
            give_consent(by=keeper, actor=actor(f"a{n}"), strand="ties", on=start)
    everybody_names_the_next(keeper, asking, hidden="")
    close(keeper, asking)
    with scope(community=community):
        TieRound.objects.update(closed_on=TODAY - dt.timedelta(days=30))
        people = Actor.objects.filter(public_id__startswith="a")
        second = ask_ties(by=keeper, people=people, closes_on=TODAY, on=TODAY)
    everybody_names_the_next(keeper, second, hidden="a5")
    with scope(community=community):
        assert Consent.objects.get(actor=actor("a5")).withdrawn_on == TODAY
        Community.objects.filter(pk=community.pk).update(data_version=community.data_version + 99)
    assert len(drawn(community)["spots"]) == 12, "the second is still open"
    close(keeper, second)
    drawn(community)
    with scope(community=community):
        payload = StoredPictures.objects.get().payload
    assert [len(one["spots"]) for one in payload["pictures"]] == [12, 12]
    change = payload["changes"][0]
    assert (change["joined"], change["kept"], change["new"]) == (0, 12, 0)


def test_who_took_consent_back_afterwards_is_counted_nowhere(
    keeper: Who, asking: TieAsking, community: Community
) -> None:
    everybody_names_the_next(keeper, asking, hidden="")
    close(keeper, asking)
    with scope(community=community):
        # As a data package may bring it: the consent is ended, the ties are still there.
        Consent.objects.filter(actor=actor("a5")).update(withdrawn_on=TODAY)
        TieRound.objects.update(closed_on=TODAY - dt.timedelta(days=1))
        assert Tie.objects.count() == 12
        Community.objects.filter(pk=community.pk).update(data_version=community.data_version + 99)
    picture = drawn(community)
    assert len(picture["spots"]) == 11
    assert len(picture["arcs"]["support"]) == 10
    with scope(community=community):
        counted = piece(community, "support_received")
    assert (counted["numerator"], counted["denominator"]) == (10.0, 11.0)


@pytest.mark.parametrize(
    ("days", "gone"),
    [([None], False), (["2026-01-01", None], False), (["2026-01-01", "2026-02-01"], True)],
)
def test_a_consent_given_again_holds(days: list[str | None], gone: bool) -> None:
    table = pl.DataFrame(
        {
            "community": ["k"] * len(days), "actor": ["a"] * len(days), "strand": "ties",
            "withdrawn_on": [None if d is None else dt.date.fromisoformat(d) for d in days],
        },
        schema_overrides={"withdrawn_on": pl.Date},
    )  # fmt: skip
    found = taken_back(table)
    assert found.height == int(gone)
    if gone:
        assert found["withdrawn_on"].to_list() == [dt.date(2026, 2, 1)]
    assert taken_back(table.with_columns(strand=pl.lit("survey"))).height == 0
