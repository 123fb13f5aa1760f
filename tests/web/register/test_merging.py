"""Two records of one person become one, and nothing that was said of either is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from satuhati.web.audit.models import AuditEntry
from satuhati.web.meetings.models import Attendance, FollowUp, Meeting
from satuhati.web.networks.models import RosterEntry, Tie, TieRound
from satuhati.web.register.merging import NotTheSameKindError, merge_actors
from satuhati.web.register.models import Actor, Asset, Consent, Post, Term
from satuhati.web.register.references import pointing_at, referring
from satuhati.web.tenancy.models import Community, Membership
from satuhati.web.tenancy.who import NotAllowedError, Who

pytestmark = pytest.mark.django_db
BASE = "/k/melati/warga/kembar/"
DAY = dt.date(2025, 1, 1)


@pytest.fixture
def here(community: Community) -> Iterator[Community]:
    with scope(community=community):
        yield community


class Maker:
    """Makes rows with codes of their own."""

    def __init__(self, community: Community) -> None:
        self.community, self.n = community, 0

    def __call__(self, model: Any, **fields: Any) -> Any:
        self.n += 1
        return model.objects.create(community=self.community, public_id=f"t{self.n}", **fields)


@pytest.fixture
def make(here: Community) -> Maker:
    return Maker(here)


@pytest.fixture
def pair(make: Maker) -> tuple[Actor, Actor]:
    return (
        make(Actor, name="Budi Contoh", kind="person", sex="male"),
        make(Actor, name="Pak Budi Contoh", kind="person", phone="+6281234567890"),
    )


def test_all_that_spoke_of_one_speaks_of_the_other(
    make: Maker, pair: tuple[Actor, Actor], by: Callable[..., Who]
) -> None:
    keep, drop = pair
    other = make(Actor, name="Sari", kind="person", organization=None)
    post = make(Post, name="Ketua", kind="chair")
    meeting = make(Meeting, kind="pokja", date=DAY, status="held")
    term = make(Term, post=post, actor=drop, deputy=keep, start=DAY)
    make(Asset, name="Tenda", actor=drop, direction="offered", since=DAY)
    make(Consent, actor=drop, strand="survey", given_on=DAY)
    make(Attendance, meeting=meeting, actor=other, status="represented", represented_by=drop)
    make(FollowUp, meeting=meeting, text="Tugas", owner=drop, caller=drop, agreed_on=DAY)
    secretary = by("secretary")
    user = secretary.user
    Membership.objects.filter(user=user).update(actor=drop)
    counts = merge_actors(
        by=secretary, keep=keep, drop=drop, fields={"name": "Budi Contoh", "phone": drop.phone}
    )
    assert counts == {"moved": 7, "dropped": 0}
    assert not Actor.objects.filter(pk=drop.pk).exists()
    keep.refresh_from_db()
    assert (keep.phone, keep.sex) == ("+6281234567890", "male")
    assert referring(keep) == {
        "assets": 1, "attendance": 1, "consents": 1, "followups": 2, "memberships": 1, "terms": 1
    }  # fmt: skip
    term.refresh_from_db()
    assert term.deputy is None  # nobody stands in for themselves
    assert term.revision == 1  # whoever has it open is told
    entry = AuditEntry.objects.get(action="person.merge")
    assert entry.code == drop.public_id
    assert entry.details["into"] == keep.public_id
    assert entry.details["moved"]["terms"] == 1


@pytest.mark.parametrize(("mine", "theirs"), [("absent", "present"), ("present", "excused")])
def test_of_two_attendances_of_one_meeting_the_one_who_came_stays(
    mine: str, theirs: str, make: Maker, pair: tuple[Actor, Actor], by: Callable[..., Who]
) -> None:
    keep, drop = pair
    meeting = make(Meeting, kind="pokja", date=DAY, status="held")
    later = make(Meeting, kind="pokja", date=DAY, status="held")
    make(Attendance, meeting=meeting, actor=keep, status=mine)
    gone = make(Attendance, meeting=meeting, actor=drop, status=theirs)
    make(Attendance, meeting=later, actor=drop, status="present")
    counts = merge_actors(by=by("secretary"), keep=keep, drop=drop, fields={})
    assert counts["dropped"] == 1
    assert Attendance.objects.get(meeting=meeting).status == "present"
    assert Attendance.objects.filter(actor=keep).count() == 2
    dropped = AuditEntry.objects.get(action="person.merge").details["dropped"]
    assert (dropped["attendance"] == [gone.public_id]) == (mine == "present")


def test_ties_to_oneself_and_ties_twice_vanish(
    make: Maker, pair: tuple[Actor, Actor], by: Callable[..., Who]
) -> None:
    keep, drop = pair
    other = make(Actor, name="Sari", kind="person")
    wave = make(TieRound, wave=1)
    make(RosterEntry, round=wave, actor=keep, responded=False)
    make(RosterEntry, round=wave, actor=drop, responded=True)
    for source, target in ((keep, drop), (keep, other), (drop, other), (other, drop)):
        make(Tie, round=wave, source=source, target=target, relation="acquaintance")
    counts = merge_actors(by=by("secretary"), keep=keep, drop=drop, fields={})
    assert counts["dropped"] == 3  # one of the roster, one tie twice, one to oneself
    ties = set(Tie.objects.values_list("source", "target"))
    assert ties == {(keep.pk, other.pk), (other.pk, keep.pk)}
    assert Tie.objects.count() == 2
    assert RosterEntry.objects.get().responded


def test_organisations_never_end_in_a_circle(make: Maker, by: Callable[..., Who]) -> None:
    top = make(Actor, name="Forum", kind="association")
    below = make(Actor, name="PKK", kind="organization", organization=top)
    twin = make(Actor, name="TP PKK", kind="organization", organization=below)
    person = make(Actor, name="Sari", kind="person", organization=twin)
    merge_actors(by=by("secretary"), keep=top, drop=twin, fields={})
    for one in Actor.objects.exclude(kind="person"):
        seen = set()
        while one is not None:
            assert one.pk not in seen
            seen.add(one.pk)
            one = one.organization
    person.refresh_from_db()
    assert person.organization == top


def test_a_person_is_no_organisation_and_nobody_twice(
    make: Maker, pair: tuple[Actor, Actor], by: Callable[..., Who]
) -> None:
    keep, drop = pair
    house = make(Actor, name="PKK", kind="organization")
    secretary = by("secretary")
    for other in (keep, house):
        with pytest.raises(NotTheSameKindError):
            merge_actors(by=secretary, keep=keep, drop=other, fields={})
    with pytest.raises(NotAllowedError):
        merge_actors(by=by("member"), keep=keep, drop=drop, fields={})
    assert Actor.objects.filter(pk=drop.pk).exists()


def test_every_table_is_moved(
    make: Maker, pair: tuple[Actor, Actor], by: Callable[..., Who]
) -> None:
    """Whatever refers to people is found, so that a table added later cannot be forgotten."""
    fields = pointing_at(Actor)
    assert len(fields) >= 18
    assert all(f.related_model is Actor for f in fields)


# -- pages ----------------------------------------------------------------------------------------


def two(community: Community) -> None:
    with scope(community=community):
        make = Maker(community)
        make(Actor, name="Budi Contoh", kind="person", sex="male")
        make(Actor, name="Budi Contoh, S.Pd", kind="person", phone="+6281234567890")
        make(Actor, name="PKK", kind="organization")


def test_likely_pairs_are_shown_and_put_together(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    two(community)
    client = client_of("secretary")
    text = client.get(BASE).content.decode()
    assert "?a=t1&amp;b=t2" in text
    page = client.get(BASE + "gabung/", {"a": "t1", "b": "t2"}).content.decode()
    assert "Budi Contoh, S.Pd" in page
    sent = {"a": "t1", "b": "t2", "ra": "0", "rb": "0", "take-phone": "b", "take-name": "b"}
    response = client.post(BASE + "gabung/", sent)
    assert response.headers["Location"].endswith("/orang/t1/")
    with scope(community=community):
        one = Actor.objects.get(public_id="t1")
        assert (one.name, one.phone, one.sex) == ("Budi Contoh, S.Pd", "+6281234567890", "male")
        assert not Actor.objects.filter(public_id="t2").exists()
    # Sent twice: the second finds nobody and changes nothing.
    assert client.post(BASE + "gabung/", sent).status_code == 302


def test_two_can_be_chosen_by_hand(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    two(community)
    client = client_of("secretary")
    sent = {"one": "Budi Contoh (t1)", "two": "Budi Contoh, S.Pd"}
    response = client.post(BASE + "pilih/", sent)
    assert response.headers["Location"].endswith("?a=t1&b=t2")
    for wrong in ("PKK", "Budi Contoh (t1)", "Siapa", ""):
        assert client.post(BASE + "pilih/", sent | {"two": wrong}).status_code == 400
    for a, b in (("t1", "t1"), ("t1", "t3"), ("t1", "zz"), ("", "")):
        assert client.get(BASE + "gabung/", {"a": a, "b": b}).status_code == 302


def test_what_changed_meanwhile_is_looked_at_again(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    two(community)
    client = client_of("secretary")
    sent = {"a": "t1", "b": "t2", "ra": "0", "rb": "0"}
    with scope(community=community):
        Actor.objects.filter(public_id="t2").update(revision=1)
    response = client.post(BASE + "gabung/", sent)
    assert response.status_code == 200
    assert "baru saja diubah" in response.content.decode()
    with scope(community=community):
        assert Actor.objects.filter(public_id="t2").exists()


def test_outsiders_find_nobody(
    community: Community, outsider: Client, client_of: Callable[[str], Client]
) -> None:
    two(community)
    sent = {"a": "t1", "b": "t2", "ra": "0", "rb": "0"}
    for client in (outsider, client_of("member")):
        assert client.get(BASE).status_code == 404
        assert client.get(BASE + "gabung/", sent).status_code == 404
        assert client.post(BASE + "gabung/", sent).status_code == 404
        assert client.post(BASE + "pilih/", sent).status_code == 404
