"""Questions on who knows a service become tallies when the round is closed; never doubled."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from satuhati.web.outreach.models import Awareness, Service
from satuhati.web.profile.package import from_database, replace
from satuhati.web.profile.snapshots import make_snapshot
from satuhati.web.register.models import Area
from satuhati.web.surveys.actions import close_round, leave_out, open_round, take_in
from satuhati.web.surveys.beside import SurveySetup
from satuhati.web.surveys.models import Answer, Item, Round
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

UNTIL = timezone.localdate() + dt.timedelta(days=7)


@pytest.fixture
def keeper(by: Callable[..., Who], community: Community) -> Who:
    with scope(community=community):
        for n in (1, 2):
            rw = Area.objects.create(community=community, public_id=f"rw{n}", name=f"RW 0{n}",
                                     level="rw")  # fmt: skip
        Area.objects.create(community=community, public_id="rt", name="RT 01", level="rt",
                            parent=rw)  # fmt: skip
        Service.objects.create(community=community, public_id="sigap", name="Rumah Anak SIGAP",
                               kind="sigap", key=True)  # fmt: skip
        Service.objects.create(community=community, public_id="tutup", name="Lama",
                               ended=dt.date(2020, 1, 1))  # fmt: skip
    return by("secretary", name="Sekar Contoh")


@pytest.fixture
def browser(keeper: Who, client: Client) -> Client:
    client.force_login(keeper.user)
    return client


def opened(browser: Client, **other: Any) -> str:
    fields = {"questionnaire": "warga:short", "own_kind": "likert", "how": "meeting",
              "anonymous": "on", "services": ["sigap"], "open_address": "on",
              "until": UNTIL.isoformat(), **other}  # fmt: skip
    answer = browser.post("/k/melati/survei/baru/", fields)
    assert answer.status_code == 302, re.findall(
        r'class="error"[^>]*>([^<]+)', answer.content.decode()
    )
    return answer.headers["Location"].rstrip("/").rpartition("/")[2]


def told(heard: str, n: int, area: str = "", **more: str) -> dict[str, str]:
    stages = {f"q-aw_sigap_{k}": v for k, v in {"heard": heard, **more}.items()}
    return {"go": "send", "agreed": "1", "submission": f"aware-{n:04d}-abcdefghij",
            "about-area": area, "q-soc1": str(n % 5 + 1), **stages}  # fmt: skip


ROWS: list[dict[str, str]] = [
    *({"heard": "1", "area": "rw1", "channel": "posyandu", "visited": "1", "enrolled": "0"},) * 5,
    *({"heard": "1", "area": "rw1", "channel": "kader", "visited": "0"},) * 2,
    *({"heard": "0", "area": "rw1", "visited": "1"},) * 3,
    *({"heard": "1", "area": "rw2", "channel": "kader", "visited": "1", "enrolled": "1",
       "continuing": "1"},) * 4,
    *({"heard": "0", "area": ""},) * 6,
]  # fmt: skip


def answered(browser: Client, code: str) -> None:
    for n, row in enumerate(ROWS):
        answer = browser.post(f"/k/melati/survei/{code}/isi/", told(n=n, **row))
        assert answer.status_code == 302, answer.content.decode()


def tallies(community: Community) -> list[tuple[Any, ...]]:
    with scope(community=community):
        return [
            (r.area.public_id if r.area else None, r.channel, r.asked, r.heard, r.visited,
             r.enrolled, r.continuing)
            for r in Awareness.objects.select_related("area").order_by("public_id")
        ]  # fmt: skip


def test_closing_makes_tallies_that_name_nobody_and_are_no_person(
    browser: Client, keeper: Who, community: Community
) -> None:
    page = browser.get("/k/melati/survei/baru/").content.decode()
    assert "Rumah Anak SIGAP" in page
    assert ">Lama<" not in page, "it has ended"
    code = opened(browser)
    page = browser.get(f"/k/melati/survei/{code}/isi/").content.decode()
    assert "Apakah Anda pernah mendengar tentang Rumah Anak SIGAP?" in page
    answered(browser, code)
    assert tallies(community) == []
    with scope(community=community):
        before = Answer.objects.filter(values__aw_sigap_heard=0.0).first()
        assert before.values["aw_sigap_visited"] is None, "who has not heard is not asked further"
    browser.post(f"/k/melati/survei/{code}/tutup/")
    # RW 1 by posyandu has five of its own; two and three of RW 1 are its rest, also five; four of
    # RW 2 are too few and go with those of nowhere.
    expected = [
        (None, None, 10, 4, 4, 4, 4),
        ("rw1", None, 5, 2, 0, 0, 0),
        ("rw1", "posyandu", 5, 5, 5, 0, 0),
    ]
    assert tallies(community) == expected
    with scope(community=community):
        row = Awareness.objects.first()
        assert (row.frame, row.wave, row.public_id) == ("meeting", 1, f"turus-{code}-sigap-1")
        setup, round = SurveySetup.objects.get(), Round.objects.get()
        # A second closing and a package change nothing.
        close_round(by=keeper, setup=setup, round=round)
        assert tallies(community) == expected
        data = from_database(community)
        assert data["awareness"]["asked"].sum() == 20
        replace(community, data)
        assert tallies(community) == expected
        # Leaving an answer out counts again; taking it in brings it back.
        round = Round.objects.get()
        one = Answer.objects.filter(values__aw_sigap_continuing=1.0).first()
        leave_out(by=keeper, round=round, answer=one.public_id, reason="uji")
        assert tallies(community)[0] == (None, None, 9, 3, 3, 3, 3)
        take_in(by=keeper, round=round, answer=one.public_id)
        assert tallies(community) == expected
        # The next round is another wave of this frame.
    second = opened(browser)
    answered(browser, second)
    browser.post(f"/k/melati/survei/{second}/tutup/")
    with scope(community=community):
        assert set(Awareness.objects.values_list("wave", flat=True)) == {1, 2}
        assert Item.objects.filter(name="aw_sigap_heard").count() == 1


def test_the_profile_sees_it_and_leads_back_to_the_rows(
    browser: Client, keeper: Who, community: Community
) -> None:
    code = opened(browser)
    answered(browser, code)
    browser.post(f"/k/melati/survei/{code}/tutup/")
    community.refresh_from_db()
    assert make_snapshot(community.pk) is not None
    data = from_database(community)
    rows = data["awareness"].filter(pl.col("service") == "sigap")
    assert rows["heard"].sum() / rows["asked"].sum() == pytest.approx(11 / 20)
    page = browser.get(
        "/k/melati/laporan/sel/information_dissemination/individual/warga/"
    ).content.decode()
    assert "Rumah Anak SIGAP" in page
    assert "55" in page
    for table in data.tables.values():
        assert "Sekar" not in str(table.select(pl.exclude("name")).to_dicts())


def test_it_is_asked_of_residents_only(browser: Client, community: Community) -> None:
    answer = browser.post("/k/melati/survei/baru/", {
        "questionnaire": "pokja:short", "own_kind": "likert", "how": "meeting", "anonymous": "on",
        "services": ["sigap"], "until": UNTIL.isoformat()})  # fmt: skip
    assert answer.status_code == 400
    assert "id_services" in answer.content.decode()
    with scope(community=community):
        assert not Round.objects.exists()


def test_the_action_asks_without_the_page(keeper: Who, community: Community) -> None:
    from satuhati.web.surveys.bank import instrument_of

    with scope(community=community):
        instrument = instrument_of(community, "warga", "short")
        service = Service.objects.get(public_id="sigap")
        for _ in range(2):
            made, setup = open_round(
                by=keeper, instrument=instrument, questions=["soc1"], how="meeting", people=[],
                until=UNTIL, anonymous=True, open_address=False, services=[service],
            )  # fmt: skip
            stages = ("heard", "channel", "visited", "enrolled", "continuing")
            assert setup.items == ["soc1", *(f"aw_sigap_{s}" for s in stages)]
        assert made.wave == 2
