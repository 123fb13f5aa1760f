"""*Dua cermin*: predicted before it is shown, hidden until closed, beside what was measured."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django_scopes import scope

from satuhati.core.profile.assemble import dossier
from satuhati.examples.generate import example_folder
from satuhati.web.outreach.models import Awareness, Service
from satuhati.web.profile.models import FigureShown, Snapshot
from satuhati.web.profile.package import from_database
from satuhati.web.profile.snapshots import make_snapshot
from satuhati.web.register.models import Area
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community, Membership
from satuhati.web.tenancy.who import NotAllowedError, Who
from satuhati.web.together.mirrors import (
    QUESTIONS,
    ClosedError,
    KnownAlreadyError,
    close_round,
    get_asked_for,
    guess,
    open_round,
)
from satuhati.web.together.models import MirrorGuess, MirrorItem, MirrorRound

GOLDEN = Path(__file__).parents[2] / "data" / "golden" / "v1" / "package"
BASE = "/k/melati/cermin/"
FIGURES = ["service_heard|sigap", "participation|"]


@pytest.fixture
def filled(
    community: Community,
    fill: Callable[[Community, Path], None],
    snapshot: Callable[[Community, object], None],
) -> Community:
    """The synthetic example, of which wave 2 is the last."""
    fill(community, example_folder())
    snapshot(community, example_folder())
    return community


def opened(client: Client, wave: int, jointly: str = "0") -> MirrorRound:
    sent = {"figure": FIGURES, "wave": str(wave), "jointly": jointly}
    answer = client.post(f"{BASE}baru/", sent)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    found: MirrorRound = MirrorRound._base_manager.latest("pk")
    return found


def items(round_: MirrorRound) -> dict[str, MirrorItem]:
    found = MirrorItem._base_manager.filter(round=round_)
    return {i.measure: i for i in found}


def answers(round_: MirrorRound, heard: str, came: str) -> dict[str, str]:
    those = items(round_)
    return {
        f"item-{those['service_heard'].pk}": heard,
        f"item-{those['participation'].pk}": came,
    }


def mirrors_of(community: Community) -> dict[tuple[str, int | None], object]:
    found = dossier(from_database(community), "melati", today_in(community)).profile.mirrors
    return {(m.measure, m.wave): m for m in found}


def test_each_predicts_alone_and_nobody_sees_it_before_it_closes(
    filled: Community, client_of: Callable[[str], Client]
) -> None:
    keeper = client_of("secretary")
    before = from_database(filled)["predictions"].height
    round_ = opened(keeper, 3)
    path = f"{BASE}{round_.pk}/"
    members = [client_of("member") for _ in range(3)]
    for client, heard in zip(members, ("2", "7", "4"), strict=True):
        assert "Tebak" in client.get("/k/melati/").content.decode()
        assert client.post(path, answers(round_, heard, "6")).status_code == 302
    own = members[1].get(path).content.decode()
    assert '<option value="7" selected>' in own
    page = keeper.get(path).content.decode()
    assert "selected>" not in page.split('<form class="card')[1], "not even to the keeper"
    assert "3 dari 4 anggota sudah menebak" in page
    assert from_database(filled)["predictions"].height == before, "nothing is written yet"
    members[0].post(path, answers(round_, "3", ""))  # a change of mind, and one taken back
    assert keeper.post(f"{path}tutup/").status_code == 302
    rows = {
        r["measure"]: r
        for r in from_database(filled)["predictions"].iter_rows(named=True)
        if r["wave"] == 3
    }
    heard_row, came_row = rows["service_heard"], rows["participation"]
    assert (heard_row["value"], heard_row["people"], heard_row["service"]) == (40.0, 3, "sigap")
    assert heard_row["population"] == "warga"
    assert (came_row["value"], came_row["people"]) == (60.0, 2)
    late = members[2].post(path, answers(round_, "9", "9"), follow=True)
    assert "terlambat" in late.content.decode()
    assert MirrorGuess._base_manager.filter(tenths=9).count() == 0
    shown = members[1].get(path).content.decode()
    assert "3 dari 10 (1×), 4 dari 10 (1×), 7 dari 10 (1×)" in shown
    assert "Ratna" not in shown.split("<main")[1].split("</main")[0], "no name"
    assert "(1×)" not in shown.split("kursi")[1], "of two one would know whose they are"


def test_prediction_and_measured_stand_side_by_side_once_the_wave_is_measured(
    filled: Community, client_of: Callable[[str], Client]
) -> None:
    keeper = client_of("secretary")
    round_ = opened(keeper, 3)
    member = client_of("member")
    member.post(f"{BASE}{round_.pk}/", answers(round_, "9", "2"))
    keeper.post(f"{BASE}{round_.pk}/tutup/")
    waiting = mirrors_of(filled)[("service_heard", 3)]
    assert waiting.measured is None, "the last wave is no answer to the next"
    assert mirrors_of(filled)[("service_heard", 2)].measured is not None
    make_snapshot(filled.pk)
    page = member.get(f"{BASE}{round_.pk}/").content.decode()
    assert "belum" in page
    with scope(community=filled):
        for n, area in enumerate(Area.objects.filter(level="rt")[:8]):
            Awareness.objects.create(
                community=filled, public_id=f"w3-{n}", area=area, date=today_in(filled), wave=3,
                service=Service.objects.get(public_id="sigap"), frame="door_to_door", asked=20,
                heard=8 + n % 3,
            )  # fmt: skip
    Community.objects.filter(pk=filled.pk).update(data_version=filled.data_version + 9)
    make_snapshot(filled.pk)
    found = mirrors_of(filled)[("service_heard", 3)]
    assert found.predicted == 90
    assert found.measured is not None
    assert found.gap == pytest.approx(90 - found.measured)
    page = member.get(f"{BASE}{round_.pk}/").content.decode()
    assert "lebih banyak daripada kenyataannya" in page
    report = member.get("/k/melati/laporan/cermin/").content.decode()
    assert report.count("Dua cermin") >= 1
    assert "90" in report


def test_who_was_shown_a_figure_does_not_predict_it_and_is_told(
    filled: Community, client_of: Callable[[str], Client]
) -> None:
    keeper, fresh, knows = client_of("secretary"), client_of("member"), client_of("member")
    knows.get("/k/melati/laporan/sel/information_dissemination/individual/warga/")
    round_ = opened(keeper, 2)
    path = f"{BASE}{round_.pk}/"
    page = knows.get(path).content.decode()
    assert "sudah pernah Anda lihat" in page
    assert f'name="item-{items(round_)["service_heard"].pk}"' not in page
    assert f'name="item-{items(round_)["participation"].pk}"' in page
    knows.post(path, answers(round_, "9", "5"))  # sent all the same, as by hand
    fresh.post(path, answers(round_, "1", "4"))
    got = dict(
        MirrorGuess._base_manager.filter(item=items(round_)["service_heard"]).values_list(
            "tenths", "pk"
        )
    )
    assert set(got) == {1}
    # After the report was opened there is nothing left to predict of this wave, but of the next.
    fresh.get("/k/melati/laporan/")
    assert fresh.get(path).content.decode().count("sudah pernah Anda lihat") == 2
    keeper.post(f"{path}hapus/")
    later = opened(keeper, 3)
    assert "sudah pernah" not in fresh.get(f"{BASE}{later.pk}/").content.decode()


def test_the_action_itself_refuses_what_is_known(filled: Community, by: Callable[..., Who]) -> None:
    keeper, member = by("secretary"), by("member")
    with scope(community=filled):
        round_ = open_round(
            by=keeper, figures=[("participation", "")], wave=2, jointly=False,
            on=today_in(filled),
        )  # fmt: skip
        item = round_.items.get()
        FigureShown.objects.create(
            community=filled, user=member.user, wave=2, figure="participation|"
        )
        with pytest.raises(KnownAlreadyError):
            guess(by=member, round_=round_, tenths={item: 5})
        with pytest.raises(NotAllowedError):
            guess(by=by("administrator"), round_=round_, tenths={item: 5})
        with pytest.raises(NotAllowedError):
            guess(by=by("overseer"), round_=round_, tenths={item: 5})
        with pytest.raises(NotAllowedError):
            close_round(by=member, round_=round_, on=today_in(filled))
        close_round(by=keeper, round_=round_, on=today_in(filled))
        with pytest.raises(ClosedError):
            guess(by=by("member"), round_=round_, tenths={item: 5})
        assert not MirrorGuess.objects.exists()


@pytest.mark.parametrize(
    ("path", "figure"),
    [
        ("", "participation|"),
        ("laporan/", "service_heard|sigap"),
        ("laporan/layanan/", "service_heard|sigap"),
        ("laporan/keikutsertaan/", "participation|"),
        ("laporan/sel/commitment/individual/pokja/", "participation|"),
        ("laporan/celah/", "participation|"),
        ("laporan/cermin/", "service_heard|sigap"),
        ("baca/baca1/commitment/individual/pokja/", "participation|"),
    ],
)
def test_every_page_that_shows_a_figure_notes_it(
    path: str, figure: str, filled: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("member")
    assert not FigureShown.objects.exists()
    for _ in range(2):
        assert client.get(f"/k/melati/{path}").status_code == 200
    assert FigureShown.objects.filter(wave=2, figure=figure).count() == 1
    client_of("administrator").get(f"/k/melati/{path}")
    assert FigureShown.objects.values("user").distinct().count() == 1, "no member, no prediction"


def test_pages_without_figures_note_nothing(
    filled: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("member")
    for path in ("rapat/", "layanan/", "norma/", "cermin/", "baca/baca1/"):
        client.get(f"/k/melati/{path}")
    assert not FigureShown.objects.exists()


def test_the_group_predicts_together(filled: Community, client_of: Callable[[str], Client]) -> None:
    keeper = client_of("secretary")
    round_ = opened(keeper, 3, jointly="1")
    path = f"{BASE}{round_.pk}/"
    assert "sekretaris yang mencatat" in client_of("member").get(path).content.decode()
    assert client_of("member").post(path, answers(round_, "5", "5")).status_code == 404
    good = {**answers(round_, "5", ""), "people": "12", "unseen": "1"}
    for wrong in ({"people": "0"}, {"people": "banyak"}, {"unseen": ""}, answers(round_, "11", "")):
        assert keeper.post(path, {**good, **wrong}).status_code == 400
    assert keeper.post(path, good).status_code == 302
    assert '<option value="5" selected>' in keeper.get(path).content.decode()
    keeper.post(f"{path}tutup/")
    rows = [r for r in from_database(filled)["predictions"].iter_rows(named=True)
            if r["wave"] == 3]  # fmt: skip
    assert [(r["measure"], r["value"], r["people"]) for r in rows] == [("service_heard", 50.0, 12)]
    keeper.post(f"{path}tutup/")
    assert len([r for r in from_database(filled)["predictions"]["wave"] if r == 3]) == 1


def test_one_round_at_a_time_and_good_answers_only(
    filled: Community, client_of: Callable[[str], Client]
) -> None:
    keeper = client_of("secretary")
    for wrong in ({"figure": []}, {"figure": ["apa|"]}, {"wave": "9"}, {"wave": ""}):
        sent = {"figure": FIGURES, "wave": "3", "jointly": "0", **wrong}
        assert keeper.post(f"{BASE}baru/", sent).status_code == 400
    round_ = opened(keeper, 3)
    again = keeper.post(f"{BASE}baru/", {"figure": FIGURES, "wave": "3"}, follow=True)
    assert "Masih ada putaran yang terbuka" in again.content.decode()
    assert MirrorRound._base_manager.count() == 1
    for wrong_answer in ("11", "-1", "dua", "5.5", "½"):
        assert (
            keeper.post(f"{BASE}{round_.pk}/", answers(round_, wrong_answer, "")).status_code == 400
        )
    assert not MirrorGuess._base_manager.exists()
    assert keeper.post(f"{BASE}{round_.pk}/hapus/").status_code == 302
    assert MirrorRound._base_manager.count() == 0


def test_mirrors_are_the_teams(
    filled: Community, client_of: Callable[[str], Client], outsider: Client, elsewhere: Community
) -> None:
    round_ = opened(client_of("secretary"), 3)
    path = f"{BASE}{round_.pk}/"
    for client in (outsider, client_of("overseer"), client_of("researcher")):
        for there in (BASE, path):
            assert client.get(there).status_code == 404
        assert client.post(path, answers(round_, "5", "5")).status_code == 404
    assert outsider.get(f"/k/kenanga/cermin/{round_.pk}/").status_code == 404
    for there in (f"{BASE}baru/", f"{path}tutup/", f"{path}hapus/"):
        assert client_of("member").post(there).status_code == 404
    administrator = client_of("administrator")
    assert "Hanya anggota" in administrator.get(path).content.decode()
    assert administrator.post(path, answers(round_, "5", "5")).status_code == 404


def test_a_prediction_goes_with_the_member(filled: Community, by: Callable[..., Who]) -> None:
    member = by("member")
    with scope(community=filled):
        round_ = open_round(by=by("secretary"), figures=[("participation", "")], wave=3,
                            jointly=False, on=today_in(filled))  # fmt: skip
        (asked,) = get_asked_for(member, round_)
        guess(by=member, round_=round_, tenths={asked.item: 5})
        Membership.objects.filter(pk=member.membership.pk).delete()
        assert not MirrorGuess.objects.exists()


def test_questions_ask_for_shares_of_measures_there_are() -> None:
    from satuhati.schema.measures import measures

    for code, (population, question) in QUESTIONS.items():
        measure = measures()[code]
        assert population in measure.populations
        assert measure.unit == "percent"
        assert measure.kind in ("share", "count")
        assert "10" in question.id
        assert "10" in question.en


def test_a_snapshot_of_before_has_no_figures_and_does_no_harm(
    filled: Community, client_of: Callable[[str], Client]
) -> None:
    snapshot = Snapshot.objects.get()
    snapshot.summary.pop("figures")
    snapshot.save()
    client = client_of("secretary")
    assert client.get("/k/melati/").status_code == 200
    assert client.get(f"{BASE}baru/").status_code == 200
    assert not FigureShown.objects.exists()
