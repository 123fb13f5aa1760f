"""What comes after meetings: who helped with a follow-up, and the recap of attendance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from satuhati.web.meetings.actions import Present, hold_meeting, note_help, plan_meeting
from satuhati.web.meetings.models import FollowUp, FollowUpPartner, Meeting
from satuhati.web.meetings.recap import get_recap_for
from satuhati.web.profile.package import from_database
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

DAY = dt.date(2026, 3, 10)
HELP = "/k/melati/rapat/tindak-lanjut/t1/bantuan/"


def person(community: Community, code: str, name: str, kind: str = "person") -> Actor:
    found: Actor = Actor.objects.create(
        community=community, public_id=code, name=name, kind=kind, sector="pokja"
    )
    return found


@pytest.fixture
def task(community: Community, by: Callable[..., Who]) -> FollowUp:
    """A follow-up of a member, and a clinic and a person who may have helped."""
    owner = by("member", name="Pemilik Contoh").membership.actor
    with scope(community=community):
        person(community, "o1", "Puskesmas Contoh", "organization")
        person(community, "a1", "Budi Contoh")
        found: FollowUp = FollowUp.objects.create(
            community=community, public_id="t1", text="Pasang poster", agreed_on=DAY, owner=owner
        )
    return found


def test_who_helped_is_asked_once_and_becomes_an_exchange(
    task: FollowUp, community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    done = client.post("/k/melati/rapat/tindak-lanjut/t1/selesai/", follow=True)
    assert HELP in done.content.decode(), "the message asks"
    form = {"names": "puskesmas  CONTOH\nBudi Contoh\n", "exchange": "resources"}
    assert client.post(HELP, form).status_code == 302
    assert client.post(HELP, form).status_code == 302, "a second tap"
    with scope(community=community):
        rows = FollowUpPartner.objects.order_by("pk").select_related("actor")
        said = [(r.actor.public_id, r.role, r.exchange, r.delivered) for r in rows]
    assert said == [("o1", "helps", "resources", True), ("a1", "helps", "resources", True)]
    assert from_database(community)["followup_partners"].height == 2
    assert "Puskesmas Contoh" in client.get(HELP).content.decode()


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"names": "Tidak Ada", "exchange": "support"}, "“Tidak Ada” belum terdaftar"),
        ({"names": "Budi Contoh"}, "Pilih berupa apa"),
        ({"names": " ", "exchange": "support"}, "Tulis siapa yang membantu"),
        ({"names": "Budi Contoh", "exchange": "uang"}, "Pilih berupa apa"),
    ],
)
def test_help_that_cannot_be_noted_is_said(
    form: dict[str, str], words: str, task: FollowUp, community: Community,
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    answer = client_of("secretary").post(HELP, form)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert words in page
    assert form["names"] in page, "what was typed stays"
    with scope(community=community):
        assert not FollowUpPartner.objects.exists()


def test_help_is_noted_by_the_owner_or_a_keeper(
    task: FollowUp, community: Community, client_of: Callable[[str], Client], outsider: Client,
    by: Callable[..., Who],
) -> None:  # fmt: skip
    for client in (outsider, client_of("member"), client_of("overseer")):
        assert client.get(HELP).status_code == 404
        assert client.post(HELP, {"names": "Budi Contoh"}).status_code == 404
    with scope(community=community), pytest.raises(NotAllowedError):
        note_help(by=by("member"), followup=task, helpers=[], exchange="support")


# -- recap ---------------------------------------------------------------------------------------


def fill(community: Community, who: Who, meetings: int) -> None:
    """Meetings of consecutive weeks: the first person always there, the second mostly ill."""
    a, b = person(community, "b1", "Ani Contoh"), person(community, "b2", "Beni Contoh")
    for n in range(meetings):
        made = plan_meeting(by=who, kind="pokja", date=DAY + dt.timedelta(weeks=n))
        hold_meeting(
            by=who, meeting=made, revision=0, tasks=[],
            attendance=[
                Present(a, "present"),
                Present(b, "represented") if n == 0 else Present(b, "excused", "work"),
            ],
        )  # fmt: skip


def test_the_recap_counts_each_person_with_reasons(
    community: Community, client_of: Callable[[str], Client], by: Callable[..., Who]
) -> None:
    who = by("secretary")
    with scope(community=community):
        fill(community, who, 4)
        held, (ani, beni) = get_recap_for(who, DAY, DAY + dt.timedelta(weeks=3), "pokja")
        assert (held, ani.came, ani.invited, beni.came, beni.invited) == (4, 4, 4, 1, 4)
        assert beni.reasons == {"work": 3}
        held, records = get_recap_for(who, DAY, DAY + dt.timedelta(weeks=1), "pokja")
        assert (held, records[1].came, records[1].invited) == (2, 1, 2), "only the period"
        assert get_recap_for(who, DAY, DAY + dt.timedelta(weeks=3), "kerja_bakti") == (0, [])
        Meeting.objects.filter(date=DAY).update(status="cancelled")
        held, records = get_recap_for(who, DAY, DAY + dt.timedelta(weeks=3), "pokja")
        assert (held, records[1].came, records[1].invited) == (3, 0, 3), "what was held only"
        Meeting.objects.filter(date=DAY).update(status="held")
    client = client_of("field_officer")
    page = client.get("/k/melati/rapat/rekap/?dari=2026-03-01&sampai=2026-04-30").content.decode()
    assert "4 rapat" in page
    assert "1 dari 4" in page
    assert "3×" in page


def test_the_recap_of_a_wrong_period_says_so(client_of: Callable[[str], Client]) -> None:
    client = client_of("secretary")
    for query in ("dari=kemarin", "sampai=2026-02-30", "dari=2026-05-01&sampai=2026-04-01"):
        answer = client.get(f"/k/melati/rapat/rekap/?{query}")
        assert answer.status_code == 400
        assert 'role="alert"' in answer.content.decode()
    assert client.get("/k/melati/rapat/rekap/?jenis=entah").status_code == 200


def test_the_recap_is_for_keepers(client_of: Callable[[str], Client], outsider: Client) -> None:
    for client in (outsider, client_of("member"), client_of("overseer"), client_of("researcher")):
        assert client.get("/k/melati/rapat/rekap/").status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_the_recap_asks_the_same_for_few_and_many(
    n: int, community: Community, client_of: Callable[[str], Client], by: Callable[..., Who]
) -> None:
    who = by("secretary")
    with scope(community=community):
        fill(community, who, n)
    client = client_of("field_officer")
    address = "/k/melati/rapat/rekap/?dari=2026-03-01&sampai=2026-04-30"
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    assert len(seen) == 5, [q["sql"][:90] for q in seen]
