"""Rounds that go through the full list: by an interviewer, signed in, by link where names are
public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope
from test_tie_rounds import BASE, NAMES, TODAY, WEEK, actor, asking, close, keeper, link

from satuhati.web.audit.models import AuditEntry
from satuhati.web.networks.actions import ask_ties, interview_ties, say_ties
from satuhati.web.networks.drawing import store
from satuhati.web.networks.kinds import FULL, RELATIONS
from satuhati.web.networks.models import RosterEntry, Tie, TieAnswer, TieAsking, TieName
from satuhati.web.profile.snapshots import make_snapshot
from satuhati.web.register.models import Actor, Area, Consent
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

__all__ = ["asking", "keeper"]  # fixtures


@pytest.fixture
def listed(keeper: Who, community: Community) -> TieAsking:
    """Twelve holders of posts and a resident without one."""
    with scope(community=community):
        people = Actor.objects.filter(kind="person")
        return ask_ties(by=keeper, people=people, closes_on=TODAY + WEEK, on=TODAY, kind=FULL)


def at(asking: TieAsking, code: str) -> str:
    return f"{BASE}putaran/{asking.round.public_id}/wawancara/{code}/"


def said() -> set[tuple[str, str, str]]:
    return set(TieName.objects.values_list("answer__actor__public_id", "question",
                                           "actor__public_id"))  # fmt: skip


def test_an_interviewer_goes_through_the_list(
    keeper: Who, listed: TieAsking, community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    page = client.get(at(listed, "a1")).content.decode()
    for name in (*NAMES[1:], "Wati Warga"):
        assert name in page
    assert "Puskesmas Contoh" not in page
    assert 'name="a1.support"' not in page, "nobody is tied to themselves"
    assert "Bacakan dulu" in page
    sent = {"shown": "yes", "a2.acquaintance": "1", "a2.support": "1", "w1.collaboration": "1",
            "a1.support": "1", "g1.support": "1", "zz.support": "1", "a3.trust": "1",
            "a4.support": "0"}  # fmt: skip
    response = client.post(at(listed, "a1"), sent)
    assert response.status_code == 302
    assert response.headers["Location"].endswith("?tersimpan=1")
    with scope(community=community):
        assert said() == {
            ("a1", "acquaintance", "a2"), ("a1", "support", "a2"), ("a1", "collaboration", "w1"),
        }  # fmt: skip
        assert Consent.objects.get(strand="ties").actor.public_id == "a1"
        entry = AuditEntry.objects.get(action="ties.interview")
        assert "a2" not in str(entry.details)
    again = client.get(at(listed, "a1")).content.decode()
    assert "Orang ini sudah menjawab" in again
    assert "checked" not in again.split('id="daftar"')[1], "what was said is not shown again"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"a2.support": "1"}, "Pilih dulu"),
        ({"shown": "yes"}, "Tidak ada yang dicentang"),
        ({"shown": "no", "nobody": "1", "a2.support": "1"}, "Ada yang dicentang di atas"),
    ],
)
def test_what_is_missing_is_said_and_ticks_stay(
    keeper: Who, listed: TieAsking, community: Community, client_of: Callable[[str], Client],
    sent: dict[str, str], told: str,
) -> None:  # fmt: skip
    response = client_of("field_officer").post(at(listed, "a1"), sent)
    text = response.content.decode()
    assert response.status_code == 400
    assert told in text
    if "a2.support" in sent:
        assert 'name="a2.support" value="1" checked' in text
    with scope(community=community):
        assert not TieAnswer.objects.exists()
    fine = client_of("field_officer").post(at(listed, "a1"), {"shown": "no", "nobody": "1"})
    assert fine.status_code == 302
    with scope(community=community):
        assert TieAnswer.objects.count() == 1
        assert not TieName.objects.exists()


def test_who_may_open_the_list(
    keeper: Who, listed: TieAsking, community: Community, client: Client, outsider: Client,
    client_of: Callable[[str], Client], make_member: Callable[..., Any],
) -> None:  # fmt: skip
    assert outsider.get(at(listed, "a1")).status_code == 404
    for role in ("member", "overseer", "researcher"):
        assert client_of(role).get(at(listed, "a1")).status_code == 404, role
    assert client.get(at(listed, "a1")).status_code in (302, 404)
    keeping = client_of("secretary")
    for code in ("g1", "zz"):  # not on the list
        assert keeping.get(at(listed, code)).status_code == 404
    # By link the resident's name would get out, who stands on no public page.
    there = link(keeper, community, "a1")
    front = client.get(there).content.decode()
    assert "mendatangi Anda" in front
    assert there + "jejaring/" not in front
    assert client.get(there + "jejaring/").status_code == 302
    answer = client.post(there + "jejaring/", {"shown": "yes", "a2.support": "1"})
    assert answer.status_code == 302
    with scope(community=community):
        assert not TieAnswer.objects.exists()
        given = Client()
        user = make_member(community, "member")
        user.memberships.update(actor=actor("a5"))
        given.force_login(user)
    assert "Wati Warga" in given.get(f"{BASE}putaran/jawab/").content.decode()
    given.post(f"{BASE}putaran/jawab/", {"shown": "yes", "w1.support": "1"})
    with scope(community=community):
        assert said() == {("a5", "support", "w1")}


def test_by_link_where_all_names_are_public(
    keeper: Who, community: Community, client: Client
) -> None:
    with scope(community=community):
        people = Actor.objects.filter(public_id__startswith="a")
        ask_ties(by=keeper, people=people, closes_on=TODAY + WEEK, on=TODAY, kind=FULL)
    there = link(keeper, community, "a1")
    assert there + "jejaring/" in client.get(there).content.decode()
    page = client.get(there + "jejaring/").content.decode()
    assert "Citra Andai" in page
    assert "Wati Warga" not in page
    client.post(there + "jejaring/", {"shown": "no", "a3.information": "1", "w1.support": "1"})
    with scope(community=community):
        assert said() == {("a1", "information", "a3")}


def test_the_actions_refuse_what_pages_do_not_offer(
    keeper: Who, listed: TieAsking, community: Community, by: Callable[..., Who]
) -> None:  # fmt: skip
    with scope(community=community):
        one = actor("a1")
        with pytest.raises(NotAllowedError):
            interview_ties(by=by("member"), round=listed.round, actor=one, names={}, shown=True)
        with pytest.raises(NotAllowedError):
            interview_ties(by=keeper, round=listed.round, actor=actor("g1"), names={}, shown=True)
        with pytest.raises(NotAllowedError):
            say_ties(by=keeper, round=listed.round, actor=one, names={}, shown=True)
        # Who does not stand on the list, oneself, and what is no relation are passed over.
        named = [actor("g1"), one, actor("a2"), actor("a2")]
        names = {"support": named, "goto": [actor("a3")]}
        interview_ties(by=keeper, round=listed.round, actor=one, names=names, shown=True)
        assert said() == {("a1", "support", "a2")}


def test_nobody_is_interviewed_in_a_short_round(
    keeper: Who, asking: TieAsking, community: Community, client_of: Callable[[str], Client]
) -> None:
    assert client_of("secretary").get(at(asking, "a1")).status_code == 404
    with scope(community=community), pytest.raises(NotAllowedError):
        interview_ties(by=keeper, round=asking.round, actor=actor("a1"), names={}, shown=True)


def test_opening_a_full_list_by_its_page(
    keeper: Who, community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    page = client.get(f"{BASE}putaran/baru/").content.decode()
    once = page.split('name="once" value="')[1].split('"')[0]
    sent = {"once": once, "closes_on": (TODAY + WEEK).isoformat(), "kind": "roster",
            "also": "Wati Warga"}  # fmt: skip
    assert client.post(f"{BASE}putaran/baru/", {**sent, "kind": "all"}).status_code == 400
    response = client.post(f"{BASE}putaran/baru/", sent)
    assert response.status_code == 302
    opened = client.get(response.headers["Location"]).content.decode()
    assert "Wawancarai Wati Warga" in opened
    assert "/j/" not in opened, "by link a resident's name would get out"
    with scope(community=community):
        assert TieAsking.objects.get().kind == "roster"


def test_two_of_one_name_are_asked_by_their_rt(
    keeper: Who, community: Community, client_of: Callable[[str], Client]
) -> None:
    with scope(community=community):
        for n in (3, 4):
            area = Area.objects.create(
                community=community, public_id=f"rt{n}", name=f"RT 0{n}", level="rt"
            )
            Actor.objects.create(community=community, public_id=f"s{n}", name="Siti Sama",
                                 kind="person", sector="warga", area=area)  # fmt: skip
    client = client_of("secretary")
    page = client.get(f"{BASE}putaran/baru/").content.decode()
    once = page.split('name="once" value="')[1].split('"')[0]
    sent = {"once": once, "closes_on": (TODAY + WEEK).isoformat(), "kind": "short"}
    answer = client.post(f"{BASE}putaran/baru/", {**sent, "also": "Siti Sama\nIbu Wati Warga"})
    assert answer.status_code == 400
    seen = answer.content.decode()
    assert "tambahkan RT-nya" in seen
    assert "“Ibu Wati Warga”" not in seen, "a title is no other name"
    sent["also"] = "Siti Sama, RT 03\nIbu Wati Warga"
    assert client.post(f"{BASE}putaran/baru/", sent).status_code == 302
    with scope(community=community):
        asked = RosterEntry.objects.exclude(actor__public_id__startswith="a")
        assert set(asked.values_list("actor__public_id", flat=True)) == {"s3", "w1"}


def test_forty_percent_of_a_list_are_marked_and_only_what_holds_is_shown(
    keeper: Who, listed: TieAsking, community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    for n in range(1, 6):  # 5 of 14
        sent = {"shown": "yes", f"a{n + 1}.support": "1", "a12.acquaintance": "1"}
        assert client.post(at(listed, f"a{n}"), sent).status_code == 302
    done = close(keeper, listed)
    assert done.closed_on == TODAY
    with scope(community=community):
        relations = dict.fromkeys(Tie.objects.values_list("relation", flat=True))
        assert set(relations) <= set(RELATIONS)
        assert Tie.objects.filter(relation="acquaintance").count() == 5
        assert not TieAnswer.objects.exists()
    store(community.pk)
    seen = client.get(f"{BASE}peta/").content.decode()
    assert "5 dari 14 yang ditanya menjawab (36%)" in seen
    assert "Kurang dari 7 dari 10" in seen
    assert 'value="contacts"' not in seen
    assert client.get(at(listed, "a9")).status_code == 302, "closed"
    late = client.post(at(listed, "a9"), {"shown": "yes", "a1.support": "1"})
    assert late.headers["Location"].endswith("tersimpan=ditutup")


def test_acquaintance_from_the_list_reaches_the_profile(
    keeper: Who, listed: TieAsking, community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    with scope(community=community):
        assert context_piece(community)["status"] == "none"
    for n in range(1, 13):  # 12 of 14, two ticks each; one of them names who stays silent
        sent = {"shown": "yes", f"a{n % 12 + 1}.acquaintance": "1", "w1.acquaintance": "1"}
        assert client.post(at(listed, f"a{n}"), sent).status_code == 302
    close(keeper, listed)
    with scope(community=community):
        found = context_piece(community)
    assert (found["numerator"], found["denominator"]) == (24.0, 12.0 * 13)
    assert found["status"] == "ok"


def context_piece(community: Community) -> dict[str, Any]:
    """The evidence on acquaintance, wherever in the profile it stands."""
    community.refresh_from_db()
    made = make_snapshot(community.pk)
    assert made is not None
    waiting: list[Any] = [made.payload["profile"]]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if one.get("measure") == "acquaintance_ties":
                return one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    raise AssertionError("not in the profile")
