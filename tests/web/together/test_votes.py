"""How a decision was reached, with every objection: only where a group wishes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django_scopes import scope

from satuhati.web.meetings.models import Decision, Meeting
from satuhati.web.profile.package import from_database
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who
from satuhati.web.together.models import DecisionVote
from satuhati.web.together.votes import note_vote

PAGE, MEETING = "/k/melati/suara/r1/", "/k/melati/rapat/r1/"


@pytest.fixture
def decision(community: Community) -> Decision:
    Community.objects.filter(pk=community.pk).update(record_votes=True)
    community.refresh_from_db()
    with scope(community=community):
        meeting = Meeting.objects.create(
            community=community, public_id="r1", kind="pokja", status="held",
            date=today_in(community),
        )  # fmt: skip
        for n in (1, 2):
            Decision.objects.create(
                community=community, public_id=f"k{n}", meeting=meeting, text=f"Putusan {n}"
            )
        found: Decision = Decision.objects.get(public_id="k1")
    return found


def sent(**more: str) -> dict[str, str]:
    return {"kind-k1": "hands", "in_favour-k1": "9", "against-k1": "2", "abstained-k1": "1",
            "objections-k1": "Terlalu mahal\nRW 05 jauh", **more}  # fmt: skip


def test_counts_and_objections_stand_on_the_meetings_page(
    community: Community, decision: Decision, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    member = client_of("member")
    before = from_database(community)
    assert client.post(PAGE, sent()).status_code == 302
    page = member.get(MEETING).content.decode()
    assert "9 setuju, 2 tidak" in page
    assert page.count("Keberatan:") == 2
    assert "angkat tangan" in page
    assert 'href="/k/melati/suara/r1/"' not in page, "a member reads"
    after = from_database(community)
    assert all(after[t].equals(before[t]) for t in after.tables), "it is no evidence"
    with scope(community=community):
        assert DecisionVote.objects.count() == 1, "the other decision was not voted on"


def test_of_two_who_note_it_the_second_is_told(
    community: Community, decision: Decision, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    client.post(PAGE, sent())
    answer = client.post(PAGE, sent(**{"objections-k1": "Yang lain"}))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Terlalu mahal" in page
    assert "Yang lain" in page
    answer = client.post(PAGE, sent(**{"objections-k1": "Yang lain", "revision-k1": "0"}))
    assert answer.status_code == 302
    with scope(community=community):
        assert DecisionVote.objects.get().objections == "Yang lain"


@pytest.mark.parametrize(
    "wrong",
    [{"kind-k1": "dadu"}, {"kind-k1": ""}, {"in_favour-k1": ""}, {"against-k1": "-2"},
     {"abstained-k1": "½"}, {"objections-k1": "x" * 4001}, {"in_favour-k1": "9" * 9},
     {"against-k1": ""}],
)  # fmt: skip
def test_bad_answers_are_said(
    wrong: dict[str, str], community: Community, decision: Decision,
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    answer = client_of("secretary").post(PAGE, sent(**{**wrong, "kind-k2": "consensus"}))
    assert answer.status_code == 400
    assert 'class="error"' in answer.content.decode()
    with scope(community=community):
        assert not DecisionVote.objects.exists(), "all of the page or nothing"


def test_off_unless_wished_and_the_keepers(
    community: Community, decision: Decision, client_of: Callable[[str], Client],
    outsider: Client, by: Callable[..., Who],
) -> None:  # fmt: skip
    for client in (outsider, client_of("member"), client_of("overseer")):
        assert client.get(PAGE).status_code == 404
        assert client.post(PAGE, sent()).status_code == 404
    client = client_of("secretary")
    client.post(PAGE, sent())
    assert Community._meta.get_field("record_votes").default is False
    Community.objects.filter(pk=community.pk).update(record_votes=False)
    community.refresh_from_db()
    assert client.get(PAGE).status_code == 404
    assert "9 setuju" not in client.get(MEETING).content.decode()
    with scope(community=community), pytest.raises(NotAllowedError):
        note_vote(by=by("secretary"), decision=decision, revision=0, fields={"kind": "hands"})
    settings = client.get("/k/melati/pengaturan/").content.decode()
    assert "Simpan cara memutuskan" in settings
