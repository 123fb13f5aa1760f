"""*Musyawarah baca profil*: verdicts confirmed or contested, dissent kept, heard as evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from satuhati.core.profile.assemble import dossier
from satuhati.formats.folder import read_folder, write_folder
from satuhati.reports import render_html
from satuhati.schema.measures import measures
from satuhati.web.meetings.models import Attendance, Meeting
from satuhati.web.profile.models import SharedVerdict, Snapshot
from satuhati.web.profile.package import from_database
from satuhati.web.profile.snapshots import make_snapshot
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who
from satuhati.web.together.actions import Dissent, Said, read_cell
from satuhati.web.together.models import CellReading, Statement
from satuhati.web.together.queries import ORDER, get_cells_for

GOLDEN = Path(__file__).parents[2] / "data" / "golden" / "v1" / "package"
BASE = "/k/melati/baca/baca/"
CELL = f"{BASE}commitment/individual/pokja/"
WHERE = ("commitment", "individual", "pokja")


@pytest.fixture
def meeting(
    community: Community,
    fill: Callable[[Community, Path], None],
    snapshot: Callable[[Community, object], None],
) -> Meeting:
    """A community with records, a snapshot, and a meeting today to read it in."""
    fill(community, GOLDEN)
    with scope(community=community):
        found: Meeting = Meeting.objects.create(
            community=community, public_id="baca", kind="profile_reading", status="held",
            date=today_in(community),
        )  # fmt: skip
        actor = Actor.objects.filter(kind="person").first()
        Attendance.objects.create(
            community=community, public_id="hx", meeting=found, actor=actor, status="present"
        )
    community.refresh_from_db()
    snapshot(community, (GOLDEN, "and a meeting to read in"))
    return found


def form(**more: str) -> dict[str, str]:
    return {"stance": "confirmed", "reason": "Memang begitu", **more}


def verdicts(community: Community) -> list[dict[str, object]]:
    rows = from_database(community)["verdicts"]
    return [r for r in rows.iter_rows(named=True) if r["meeting"] == "baca"]


def test_contradictions_first_then_where_nothing_is_known(
    community: Community, meeting: Meeting, by: Callable[..., Who],
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    with scope(community=community):
        cells = get_cells_for(by("member"), meeting)
    places = [ORDER.index(c.about["verdict"]) for c in cells.cells]
    assert places == sorted(places)
    assert len(set(places)) > 1
    profile = Snapshot.objects.get().payload["profile"]
    assert len(cells.cells) == len(profile["components"]) + len(profile["functions"])
    page = client_of("secretary").get(BASE).content.decode()
    for cell in cells.left[:5]:
        assert cell.about["component"] in page
    assert page.count('class="entry"') == len(cells.cells)
    first = cells.cells[0]
    where = f"{BASE}{first.component}/{first.level}/{first.population}/"
    one = client_of("member").get(where).content.decode()
    about = first.about
    assert about["says"], "contradictions have something to say"
    for piece in about["says"]:
        assert piece["sentence"] in one.replace("&#39;", "'").replace("&#34;", '"')
    assert "<form" not in one.split("<main")[1].split("</main")[0], "a member looks on"


def test_a_confirmed_cell_with_one_who_objects(
    community: Community, meeting: Meeting, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    sent = form(in_favour="9", against="2", revision="")
    sent |= {"text-0": "Di RW 05 belum", "people-0": "2", "population-0": "warga",
             "direction-0": "contradicts", "text-1": "", "population-1": "pokja"}  # fmt: skip
    answer = client.post(CELL, sent)
    assert answer.status_code == 302
    assert "commitment/individual/pokja" not in answer["Location"], "on to the next cell"
    group, dissent = sorted(verdicts(community), key=lambda r: str(r["id"]))
    proposed = group["proposed"]
    assert proposed in ORDER
    assert (group["stance"], group["verdict"]) == ("confirmed", proposed)
    assert group["by"] == "Musyawarah baca profil (9 setuju, 2 tidak)"
    assert (dissent["stance"], dissent["reason"]) == ("contested", "Di RW 05 belum")
    assert dissent["by"] == "2 orang yang berbeda pendapat"
    with scope(community=community):
        reading = CellReading.objects.get()
        snapshot = Snapshot.objects.order_by("pk").first()
        assert snapshot is not None
        assert (reading.data_version, reading.as_of) == (snapshot.data_version, snapshot.as_of)
        assert (reading.in_favour, reading.against) == (9, 2)
    notes = from_database(community)
    (source,) = [r for r in notes["sources"].iter_rows(named=True) if "baca profil" in r["title"]]
    assert (source["kind"], source["population"], source["text"]) == (
        "focus_group", "warga", "Di RW 05 belum",
    )  # fmt: skip
    (excerpt,) = [r for r in notes["excerpts"].iter_rows(named=True) if r["source"] == source["id"]]
    assert source["text"][excerpt["start"] : excerpt["end"]] == excerpt["text"]
    (coding,) = [r for r in notes["codings"].iter_rows(named=True) if r["excerpt"] == excerpt["id"]]
    assert coding["direction"] == "contradicts"
    code = next(r for r in notes["codes"].iter_rows(named=True) if r["id"] == coding["code"])
    assert (code["component"], code["level"]) == WHERE[:2]


def test_the_report_prints_the_groups_word_and_the_objection(
    community: Community, meeting: Meeting, client_of: Callable[[str], Client]
) -> None:
    sent = form(stance="contested", verdict="silence", reason="Kami jarang ditanya")
    client_of("secretary").post(CELL, {**sent, "text-0": "Saya setuju dengan program"})
    data = from_database(community)
    html = render_html(dossier(data, "melati", today_in(community)), measures(), "id")
    assert "Kami jarang ditanya" in html
    assert "Saya setuju dengan program" in html
    assert "seorang anggota yang berbeda pendapat" in html
    make_snapshot(community.pk)
    page = client_of("overseer").get("/k/melati/laporan/sel/commitment/individual/pokja/")
    assert "Kami jarang ditanya" in page.content.decode()
    assert "Saya setuju dengan program" in page.content.decode()


def test_what_was_said_travels_and_is_read_back_whole(
    community: Community, meeting: Meeting, client_of: Callable[[str], Client], tmp_path: Path
) -> None:
    sent = form(stance="contested", direction="supports", reason="Kami sering\nditanya, sungguh")
    sent |= {"text-0": "Tidak, jarang", "direction-0": "contradicts"}
    sent |= {"text-1": "Kadang", "direction-1": "mixed"}
    client_of("secretary").post(CELL, sent)
    client_of("secretary").post(
        f"{BASE}trust/individual/pokja/",
        form(**{"text-0": "Belum semua percaya", "direction-0": "contradicts"}),
    )
    data = from_database(community)
    write_folder(data, tmp_path / "paket")
    again, _ = read_folder(tmp_path / "paket")
    for table in ("verdicts", "sources", "excerpts", "codings", "codes"):
        assert again[table].equals(data[table]), table
    texts = {r["id"]: r["text"] for r in data["sources"].iter_rows(named=True)}
    mine = [r for r in data["excerpts"].iter_rows(named=True) if "baca profil" in
            next(s["title"] for s in data["sources"].iter_rows(named=True)
                 if s["id"] == r["source"])]  # fmt: skip
    assert len(mine) == 4
    assert len({r["source"] for r in mine}) == 1, "one discussion is one source"
    for r in mine:
        assert texts[r["source"]][r["start"] : r["end"]] == r["text"]


def test_put_right_nothing_is_left_behind(
    community: Community, meeting: Meeting, client_of: Callable[[str], Client]
) -> None:
    before = from_database(community)
    client = client_of("secretary")
    sent = form(stance="contested", direction="supports", reason="Kami kuat")
    sent |= {"text-0": "Lemah", "direction-0": "contradicts", "population-0": "warga"}
    sent |= {"text-1": "Entah", "direction-1": "mixed"}
    client.post(CELL, sent)
    assert len(verdicts(community)) == 3
    ids = {r["id"] for r in verdicts(community)}
    # The second objection is let go, the first moves to another population and says less.
    client.post(CELL, form(revision="0", **{"text-0": "Lemah sekali", "population-0": "mitra",
                                            "direction-0": "mixed"}))  # fmt: skip
    rows = verdicts(community)
    assert {r["reason"] for r in rows} == {"Memang begitu", "Lemah sekali"}
    assert {r["id"] for r in rows} < ids, "what stays keeps its id"
    notes = from_database(community)
    new = [r for r in notes["sources"].iter_rows(named=True) if "baca profil" in r["title"]]
    assert [(r["population"], r["text"]) for r in new] == [("mitra", "Lemah sekali")]
    assert notes["excerpts"].height == before["excerpts"].height + 1
    assert notes["codings"].height == before["codings"].height + 1
    # Without a direction it stays an objection, and is no passage.
    client.post(CELL, form(revision="1", **{"text-0": "Lemah sekali", "population-0": "mitra"}))
    notes = from_database(community)
    assert notes["sources"].height == before["sources"].height
    assert notes["excerpts"].equals(before["excerpts"])
    assert len(verdicts(community)) == 2
    assert client.post(f"{CELL}hapus/").status_code == 302
    assert verdicts(community) == []
    with scope(community=community):
        assert not CellReading.objects.exists()
        assert not Statement.objects.exists()
    client.post(CELL, form())
    assert {r["id"] for r in verdicts(community)}.isdisjoint(ids), "no id is given twice"


def test_dissent_speaks_in_the_next_profile(
    community: Community, meeting: Meeting, client_of: Callable[[str], Client]
) -> None:
    """Two meetings are two sources; the cell's field notes then point down."""
    with scope(community=community):
        Meeting.objects.create(
            community=community, public_id="baca2", kind="profile_reading", status="held",
            date=today_in(community) - dt.timedelta(days=60),
        )  # fmt: skip
    client = client_of("secretary")
    assert client.get(f"{BASE}power_and_resources/network/all/").status_code == 404, "no cell"
    with scope(community=community):
        cells = get_cells_for(Who(None, "administrator", community), meeting).cells
    cell = next(c.where for c in cells if c.component != "commitment" and c.population == "pokja")
    for code in ("baca", "baca2"):
        path = f"/k/melati/baca/{code}/{'/'.join(cell)}/"
        sent = form(**{"text-0": f"Belum ({code})", "direction-0": "contradicts"})
        assert client.post(path, sent).status_code == 302
    found = dossier(from_database(community), "melati", today_in(community)).profile
    here = next(
        c
        for c in (*found.components, *found.functions)
        if (c.component, c.level, c.population) == cell
    )
    notes = [e for e in here.evidence if e.method == "fieldnotes" and e.population == "pokja"]
    assert [(e.direction, e.status, e.counts["contradicts"]) for e in notes] == [
        ("contradicts", "ok", 2)
    ]


def test_of_two_phones_the_second_is_told(
    community: Community, meeting: Meeting, client_of: Callable[[str], Client]
) -> None:
    one, two = client_of("secretary"), client_of("field_officer")
    assert one.post(CELL, form(reason="Yang pertama")).status_code == 302
    answer = two.post(CELL, form(reason="Yang kedua"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Yang pertama" in page
    assert "Yang kedua" in page
    assert len(verdicts(community)) == 1
    assert 'name="revision" value="0"' in page
    assert two.post(CELL, form(reason="Yang kedua", revision="0")).status_code == 302
    assert verdicts(community)[0]["reason"] == "Yang kedua"


def test_a_name_only_of_who_was_there(
    community: Community, meeting: Meeting, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    with scope(community=community):
        there = Attendance.objects.get(public_id="hx").actor
        absent = Actor.objects.filter(kind="person").exclude(pk=there.pk).first()
        assert absent is not None
        Actor.objects.filter(pk=there.pk).update(name="Hadir Contoh")
    sent = form(**{"text-0": "Tidak", "actor-0": absent.public_id})
    assert client.post(CELL, sent).status_code == 400
    sent = form(**{"text-0": "Tidak", "actor-0": there.public_id, "direction-0": "mixed"})
    assert client.post(CELL, sent).status_code == 302
    assert "Hadir Contoh, yang berbeda pendapat" in {r["by"] for r in verdicts(community)}
    notes = from_database(community)
    spoken = " ".join(str(v) for t in ("sources", "excerpts", "codings", "codes")
                      for r in notes[t].iter_rows() for v in r)  # fmt: skip
    assert "Hadir Contoh" not in spoken, "no name goes into a passage"


@pytest.mark.parametrize(
    "wrong",
    [
        {"stance": ""}, {"stance": "mungkin"}, {"reason": " "}, {"reason": "x" * 1001},
        {"in_favour": "-1"}, {"in_favour": "banyak"}, {"in_favour": "9"}, {"against": "3"},
        {"in_favour": "99999"},
        {"text-0": "x" * 1001}, {"text-0": "", "people-0": "3"}, {"text-0": "a", "people-0": "½"},
    ],
)  # fmt: skip
def test_bad_answers_are_said_and_nothing_is_lost(
    wrong: dict[str, str], community: Community, meeting: Meeting,
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    answer = client_of("secretary").post(CELL, {**form(), "text-1": "Tetap di sini", **wrong})
    assert answer.status_code == 400
    assert 'class="error"' in answer.content.decode()
    assert verdicts(community) == []


def test_reading_is_the_teams_and_writing_the_keepers(
    community: Community, meeting: Meeting, client_of: Callable[[str], Client], outsider: Client,
    by: Callable[..., Who],
) -> None:  # fmt: skip
    paths = (BASE, f"{BASE}cetak/", CELL)
    for path in paths:
        for client in (outsider, client_of("overseer"), client_of("researcher")):
            assert client.get(path).status_code == 404
        assert client_of("member").get(path).status_code == 200
    assert client_of("member").post(CELL, form()).status_code == 404
    assert client_of("member").post(f"{CELL}hapus/").status_code == 404
    assert outsider.post(CELL, form()).status_code == 404
    snapshot = Snapshot.objects.first()
    assert snapshot is not None
    with scope(community=community), pytest.raises(NotAllowedError):
        read_cell(by=by("member"), meeting=meeting, where=WHERE, proposed="silence",
                  snapshot=snapshot, said=Said("confirmed", "x", dissents=(Dissent("y"),)),
                  revision=-1)  # fmt: skip
    assert verdicts(community) == []
    with scope(community=community):
        Meeting.objects.filter(pk=meeting.pk).update(kind="pokja")
    assert client_of("secretary").get(BASE).status_code == 404, "another kind of meeting"


def test_before_the_meeting_it_is_looked_at_and_printed(
    community: Community, meeting: Meeting, client_of: Callable[[str], Client]
) -> None:
    with scope(community=community):
        Meeting.objects.filter(pk=meeting.pk).update(
            date=today_in(community) + dt.timedelta(days=7), status="planned"
        )
    client = client_of("secretary")
    assert client.post(CELL, form()).status_code == 404
    page = client.get(f"{BASE}cetak/").content.decode()
    assert page.count("☐&nbsp;dibenarkan") == 10
    assert client.get(BASE).status_code == 200


def test_no_snapshot_yet(community: Community, client_of: Callable[[str], Client]) -> None:
    with scope(community=community):
        Meeting.objects.create(
            community=community, public_id="baca", kind="profile_reading", status="planned",
            date=today_in(community),
        )  # fmt: skip
    client = client_of("secretary")
    assert "sedang dihitung" in client.get(BASE).content.decode()
    assert client.get(f"{BASE}cetak/").status_code == 200
    assert client.get(CELL).status_code == 404
    assert "Baca bersama" in client.get("/k/melati/rapat/baca/").content.decode()


def test_verdicts_that_came_with_a_package_are_taken_up(
    community: Community, meeting: Meeting, client_of: Callable[[str], Client]
) -> None:
    with scope(community=community):
        SharedVerdict.objects.create(
            community=community, public_id="vx", component=WHERE[0], level=WHERE[1],
            population=WHERE[2], stance="confirmed", meeting=meeting, by="Musyawarah",
            date=meeting.date, reason="Dari paket",
        )  # fmt: skip
    client = client_of("secretary")
    assert "Dari paket" in client.get(CELL).content.decode()
    assert "Dari paket" in client.get(f"{BASE}cetak/").content.decode()
    assert client.get(BASE).status_code == 200
    assert "1 sel sudah dibaca" in client.get("/k/melati/rapat/baca/").content.decode()
    assert client.post(CELL, form(reason="Dibaca lagi")).status_code == 302
    assert [(r["id"], r["reason"]) for r in verdicts(community)] == [("vx", "Dibaca lagi")]


def test_few_queries(
    community: Community, meeting: Meeting, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    for path, n in ((BASE, 8), (CELL, 9)):
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        assert len(seen) == n, "\n".join(q["sql"][:120] for q in seen)
