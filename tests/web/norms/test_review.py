"""Norms asleep come up; wordings follow each other; meetings name the norms they went by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import polars as pl
import pytest
from django.test import Client
from django_scopes import scope

from satuhati.core.profile.build import profile
from satuhati.web.meetings.models import Meeting
from satuhati.web.norms.actions import keep_norm, note_invoked, observe_all
from satuhati.web.norms.models import Norm, NormEvent, NormReview
from satuhati.web.norms.queries import YEAR, get_charter_for, get_in_meeting_for, get_past_for
from satuhati.web.profile.package import from_database
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

BASE = "/k/melati/norma/"


@pytest.fixture
def today(community: Community) -> dt.date:
    return today_in(community)


def make(community: Community, code: str, **fields: object) -> Norm:
    given = {"text": f"Norma {code}", "kind": "written", "topic": "meetings", **fields}
    found: Norm = Norm.objects.create(community=community, public_id=code, **given)
    return found


def held(community: Community, code: str, date: dt.date) -> Meeting:
    found: Meeting = Meeting.objects.create(
        community=community, public_id=code, kind="pokja", date=date, status="held"
    )
    return found


def test_asleep_for_a_year_it_comes_up_and_is_answered(
    community: Community, client_of: Callable[[str], Client], today: dt.date, by: Callable[..., Who]
) -> None:
    with scope(community=community):
        make(community, "n1", since=today - 3 * YEAR)
        make(community, "n2", since=today - 3 * YEAR)
        make(community, "n3", since=today)
    client = client_of("secretary")
    home = client.get("/k/melati/").content.decode()
    assert "Norma n1" in home
    assert "Norma n3" not in home
    assert "Norma n1" not in client_of("member").get("/k/melati/").content.decode()
    page = client.get(f"{BASE}tinjau/").content.decode()
    assert page.count("Masih berlaku") >= 2
    assert client.post(f"{BASE}n1/tinjau/", {"answer": "kept", "revision": 0}).status_code == 302
    assert client.post(f"{BASE}n2/tinjau/", {"answer": "ended", "revision": 0}).status_code == 302
    with scope(community=community):
        charter = get_charter_for(by("secretary"), today)
        assert charter.due(today) == []
        assert [s.norm.public_id for s in charter.written] == ["n1", "n3"]
        assert charter.written[0].sleeps, "to say that it holds is not to go by it"
        (due,) = charter.due(today + YEAR + dt.timedelta(days=1))[:1]
        assert due.norm.public_id == "n1", "a year later it comes up again"
        ended = Norm.objects.get(public_id="n2")
        assert ended.until == today - dt.timedelta(days=1)
        assert [r.answer for r in NormReview.objects.order_by("pk")] == ["kept", "ended"]


def test_of_two_keepers_the_second_is_told(
    community: Community, client_of: Callable[[str], Client], today: dt.date
) -> None:
    with scope(community=community):
        make(community, "n1", since=today - 3 * YEAR)
    client = client_of("secretary")
    client.post(f"{BASE}n1/tinjau/", {"answer": "kept", "revision": 0})
    answer = client.post(f"{BASE}n1/tinjau/", {"answer": "ended", "revision": 0}, follow=True)
    assert "orang lain" in answer.content.decode()
    for wrong in ("", "-1", "9" * 12, "x"):
        client.post(f"{BASE}n1/tinjau/", {"answer": "ended", "revision": wrong})
    assert client.post(f"{BASE}n1/tinjau/", {"answer": "lupa"}).status_code == 404
    with scope(community=community):
        assert Norm.objects.get().until is None
        assert NormReview.objects.count() == 1


def test_new_wording_ends_the_old_and_begins_anew(
    community: Community, client_of: Callable[[str], Client], today: dt.date, by: Callable[..., Who]
) -> None:
    with scope(community=community):
        make(community, "n1", since=today - YEAR)
    client = client_of("secretary")
    form = {"text": "Bunyi baru", "kind": "written", "topic": "meetings", "revision": "0",
            "since": str(today - YEAR)}  # fmt: skip
    assert client.post(f"{BASE}n1/ubah/", form).status_code == 302
    with scope(community=community):
        old, new = Norm.objects.order_by("pk")
        assert (old.text, old.until) == ("Norma n1", today - dt.timedelta(days=1))
        assert (new.text, new.since, new.until) == ("Bunyi baru", today, None)
        assert get_past_for(by("member"), new).before == old
        assert get_past_for(by("member"), old).after == new
    page = client.get(f"{BASE}n1/").content.decode()
    assert "Bunyi baru" in page
    # Whoever still has the old form open is told, and makes no third norm.
    again = client.post(f"{BASE}n1/ubah/", {**form, "text": "Bunyi lain"})
    assert "Bunyi lain" in again.content.decode()
    with scope(community=community):
        assert Norm.objects.count() == 2
    # A slip of the pen changes the words and nothing else.
    form = {"text": "Bunyi  baru.", "kind": "written", "revision": "0", "since": str(today)}
    assert client.post(f"{BASE}{new.public_id}/ubah/", form).status_code == 302
    with scope(community=community):
        assert Norm.objects.count() == 2, "one that began today has no history yet"


def test_a_meeting_names_the_rules_it_went_by(
    community: Community, client_of: Callable[[str], Client], today: dt.date
) -> None:
    with scope(community=community):
        make(community, "n1")
        make(community, "n2")
        make(community, "n3", since=today)
        make(community, "v1", kind="unwritten")
        held(community, "r1", today - dt.timedelta(days=9))
    client = client_of("secretary")
    path = f"{BASE}rapat/r1/"
    page = client.get(path).content.decode()
    assert "Norma n1" in page
    assert "Norma n3" not in page, "it did not hold yet"
    for _ in range(2):
        answer = client.post(path, {"what": "rules", "rule": ["n1", "n2", "n3", "v1", "bukan"]})
        assert answer.status_code == 302
    events = from_database(community)["norm_events"]
    assert sorted(events["norm"]) == ["n1", "n2"]
    assert set(events["meeting"]) == {"r1"}
    assert set(events["date"]) == {today - dt.timedelta(days=9)}
    assert "Norma n2" in client.get("/k/melati/rapat/r1/").content.decode()
    client.post(path, {"what": "rules", "rule": ["n2"]})
    assert from_database(community)["norm_events"]["norm"].to_list() == ["n2"]
    client.post(path, {"what": "rules", "rule": ["n1", "n2"]})
    ids = from_database(community)["norm_events"]["id"].to_list()
    assert len(set(ids)) == 2
    assert "nor0003" in ids, "an id that was given is never given again"


def test_two_observers_feed_the_measure_and_do_not_watch_each_other(
    community: Community, client_of: Callable[[str], Client], today: dt.date, by: Callable[..., Who]
) -> None:
    with scope(community=community):
        for n in range(5):
            make(community, f"v{n}", kind="unwritten", since=today - YEAR)
        meeting = held(community, "r1", today - dt.timedelta(days=3))
    path = f"{BASE}rapat/r1/"
    one, two = client_of("member"), client_of("secretary")
    said = {f"value-v{n}": "kept" for n in range(4)} | {"value-v4": "broken", "what": "values"}
    for _ in range(2):  # put right, not twice
        assert one.post(path, said).status_code == 302
    data = from_database(community)
    assert data["norm_events"].height == 5
    with scope(community=community):
        watcher = by("member", name="Yang Lain")
        assert get_in_meeting_for(watcher, meeting).seen == {}, "theirs first"
    before = profile(data, "melati", today).components
    assert kept_piece(before).value is None, "one observer is not two"
    two.post(path, {**said, "value-v0": "broken", "value-v1": ""})
    data = from_database(community)
    assert data["norm_events"].height == 9
    piece = kept_piece(profile(data, "melati", today).components)
    assert (piece.status, piece.numerator, piece.denominator) == (
        "not enough",
        6,
        9,
    ), "wider than 40 points: nine notes are few"
    assert data["norm_events"].filter(pl.col("observer").is_null()).height == 0
    page = two.get(path).content.decode()
    assert "dua melihat hal yang sama" in page
    assert "dilihat berbeda" in page
    with scope(community=community):
        past = get_past_for(watcher, Norm.objects.get(public_id="v0"))
        assert past.by_two == (0, 1)
        assert get_past_for(watcher, Norm.objects.get(public_id="v4")).by_two == (1, 1)
        assert get_past_for(watcher, Norm.objects.get(public_id="v1")).by_two == (0, 0)


def kept_piece(cells: object) -> object:
    return next(e for c in cells for e in c.evidence if e.measure == "values_kept")


def test_from_the_norms_own_page_with_its_meeting(
    community: Community, client_of: Callable[[str], Client], today: dt.date
) -> None:
    with scope(community=community):
        make(community, "n1")
        held(community, "r1", today - dt.timedelta(days=3))
    client = client_of("member")
    form = {"event": "invoked", "date": str(today), "meeting": "r1"}
    answer = client.post(f"{BASE}n1/catat/", form)
    assert answer.status_code == 400, "the meeting was on another day"
    form["date"] = str(today - dt.timedelta(days=3))
    assert client.post(f"{BASE}n1/catat/", form).status_code == 302
    assert from_database(community)["norm_events"]["meeting"].to_list() == ["r1"]


def test_who_may_not(
    community: Community, client_of: Callable[[str], Client], outsider: Client, today: dt.date,
    by: Callable[..., Who],
) -> None:  # fmt: skip
    with scope(community=community):
        norm = make(community, "n1")
        meeting = held(community, "r1", today)
        with pytest.raises(NotAllowedError):
            note_invoked(by=by("member"), meeting=meeting, norms=[norm])
        with pytest.raises(NotAllowedError):
            observe_all(by=by("administrator"), meeting=meeting, seen={})
        with pytest.raises(NotAllowedError):
            keep_norm(by=by("member"), norm=norm, revision=0, on=today)
    for path in ("n1/", "tinjau/", "rapat/r1/"):
        for client in (outsider, client_of("overseer"), client_of("researcher")):
            assert client.get(BASE + path).status_code == 404
    member = client_of("member")
    assert member.post(f"{BASE}rapat/r1/", {"what": "rules", "rule": "n1"}).status_code == 404
    assert member.post(f"{BASE}n1/tinjau/", {"answer": "kept"}).status_code == 404
    assert client_of("secretary").get(f"{BASE}rapat/tidak/").status_code == 404
    assert client_of("secretary").get(f"{BASE}tidak/").status_code == 404
    officer = client_of("administrator")
    assert officer.post(f"{BASE}rapat/r1/", {"what": "values"}).status_code == 404, "no observer"
    with scope(community=community):
        assert not NormEvent.objects.exists()
