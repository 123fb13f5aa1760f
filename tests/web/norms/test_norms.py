"""*Norma*: rules and values, alive or asleep."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from satuhati.web.norms.actions import add_norm, observe
from satuhati.web.norms.models import Norm, NormEvent
from satuhati.web.norms.queries import YEAR, get_charter_for
from satuhati.web.profile.package import from_database
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

BASE = "/k/melati/norma/"
TODAY = dt.date(2026, 11, 27)


def make(community: Community, code: str, **fields: object) -> Norm:
    given = {"text": f"Norma {code}", "kind": "written", "topic": "meetings", **fields}
    found: Norm = Norm.objects.create(community=community, public_id=code, **given)
    return found


def test_a_norm_is_written_seen_in_use_and_printed(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    assert "Belum ada norma" in client.get(BASE).content.decode()
    form = {"text": "Datang <i>tepat</i> waktu", "kind": "unwritten", "topic": "attendance",
            "once": "a1"}  # fmt: skip
    for _ in range(2):  # a second tap
        assert client.post(f"{BASE}baru/", form).status_code == 302
    with scope(community=community):
        norm = Norm.objects.get()
    page = client.get(BASE).content.decode()
    assert "Datang &lt;i&gt;tepat&lt;/i&gt; waktu" in page
    assert "tertidur" in page, "nobody has seen it yet, and nobody knows since when it is in force"
    today = str(today_in(community))
    member = client_of("member")
    for event, once in (("kept", "b1"), ("invoked", "b2")):
        form = {"event": event, "date": today, "once": once}
        assert member.post(f"{BASE}{norm.public_id}/catat/", form).status_code == 302
    page = client.get(BASE).content.decode()
    assert "tertidur" not in page
    assert "dijaga 1 kali" in page
    assert "baru satu pengamat" in page
    charter = client.get(f"{BASE}piagam/").content.decode()
    assert "Datang &lt;i&gt;tepat&lt;/i&gt; waktu" in charter
    events = from_database(community)["norm_events"]
    assert sorted(events["event"]) == ["invoked", "kept"]
    assert events["observer"].null_count() == 0


def test_what_sleeps_and_what_is_missing(community: Community, by: Callable[..., Who]) -> None:
    who, today = by("secretary"), today_in(community)
    with scope(community=community):
        make(community, "n1", since=today - 3 * YEAR)
        make(community, "n2", since=today - dt.timedelta(days=9), topic="quorum")
        make(community, "n3", since=today - 3 * YEAR, kind="unwritten", topic="respect")
        make(community, "n4", until=today - dt.timedelta(days=1), topic="money")
        old = make(community, "n5", topic="tasks")
        observe(by=who, norm=Norm.objects.get(public_id="n3"), event="kept", date=today, note=None)
        observe(by=who, norm=old, event="invoked", date=today - YEAR, note=None)
        observe(by=who, norm=old, event="broken", date=today, note=None)
        charter = get_charter_for(who, today)
    sleeps = {s.norm.public_id: s.sleeps for s in (*charter.written, *charter.unwritten)}
    assert sleeps == {"n1": True, "n2": False, "n3": False, "n5": True}, "broken is not alive"
    assert [n.public_id for n in charter.ended] == ["n4"]
    assert "money" in charter.missing, "only a rule that ended speaks of it"
    assert not {"meetings", "quorum", "respect", "tasks", "other"} & set(charter.missing)


def test_two_observers_are_two(community: Community, by: Callable[..., Who]) -> None:
    today = today_in(community)
    one, two = by("member", name="Satu Contoh"), by("secretary", name="Dua Contoh")
    with scope(community=community):
        norm = make(community, "n1")
        for who in (one, one, two):
            observe(by=who, norm=norm, event="kept", date=today, note=None)
        (found,) = get_charter_for(one, today).written
    assert (found.kept, found.observers) == (3, 2)


def test_bad_answers_are_said(community: Community, client_of: Callable[[str], Client]) -> None:
    with scope(community=community):
        make(community, "n1")
    client = client_of("secretary")
    tomorrow = str(today_in(community) + dt.timedelta(days=1))
    for form in ({"event": "kept", "date": tomorrow}, {"event": "lupa", "date": "2026-01-01"},
                 {"event": "kept", "date": ""}):  # fmt: skip
        answer = client.post(f"{BASE}n1/catat/", form)
        assert answer.status_code == 400
        assert 'class="error"' in answer.content.decode()
    assert client.post(f"{BASE}baru/", {"text": "", "kind": "written"}).status_code == 400
    with scope(community=community):
        assert not NormEvent.objects.exists()
        assert Norm.objects.count() == 1


def test_two_who_edit_the_same_norm(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    with scope(community=community):
        make(community, "n1")
    client = client_of("secretary")
    form = {"text": "Yang pertama", "kind": "written", "revision": "0", "slip": "on"}
    assert client.post(f"{BASE}n1/ubah/", form).status_code == 302
    answer = client.post(f"{BASE}n1/ubah/", {**form, "text": "Yang kedua"})
    page = answer.content.decode()
    assert "Yang pertama" in page
    assert "Yang kedua" in page


def test_norms_are_the_teams(
    community: Community, client_of: Callable[[str], Client], outsider: Client,
    by: Callable[..., Who],
) -> None:  # fmt: skip
    with scope(community=community):
        norm = make(community, "n1")
        with pytest.raises(NotAllowedError):
            add_norm(by=by("member"), text="x", kind="written")
        with pytest.raises(NotAllowedError):
            observe(by=by("overseer"), norm=norm, event="kept", date=TODAY, note=None)
    for path in ("", "baru/", "piagam/", "n1/ubah/", "n1/catat/"):
        assert outsider.get(BASE + path).status_code == 404
        assert client_of("overseer").get(BASE + path).status_code == 404
    for path in ("baru/", "n1/ubah/"):
        assert client_of("member").get(BASE + path).status_code == 404
    assert client_of("administrator").get(f"{BASE}n1/catat/").status_code == 404, "no observer"


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_the_same_for_few_and_many(
    n: int, community: Community, client_of: Callable[[str], Client]
) -> None:
    with scope(community=community):
        for i in range(n):
            make(community, f"n{i}")
    client = client_of("field_officer")
    client.get(BASE)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(BASE).status_code == 200
    assert len(seen) == 7, [q["sql"][:90] for q in seen]
