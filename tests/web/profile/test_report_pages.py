"""*Laporan* from snapshot to rows: who sees what, and imports that happen whole or not at all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from satuhati.examples.generate import example_folder
from satuhati.formats.folder import read_folder, write_folder
from satuhati.web.audit.models import AuditEntry
from satuhati.web.profile import jobs, moving
from satuhati.web.profile.models import BackgroundJob, Snapshot, SnapshotPage
from satuhati.web.profile.package import from_database
from satuhati.web.profile.queries import visible_columns
from satuhati.web.profile.snapshots import make_snapshot
from satuhati.web.profile.transfer import kept_name
from satuhati.web.tenancy.models import Community

GOLDEN = Path(__file__).parents[2] / "data" / "golden" / "v1" / "package"
BASE = "/k/melati/laporan/"


@pytest.fixture
def filled(
    community: Community,
    fill: Callable[[Community, Path], None],
    snapshot: Callable[[Community, object], None],
) -> Community:
    """The community with the records of the golden package, and a snapshot of them."""
    fill(community, GOLDEN)
    snapshot(community, GOLDEN)
    return community


@pytest.fixture
def example(
    community: Community,
    fill: Callable[[Community, Path], None],
    snapshot: Callable[[Community, object], None],
) -> Community:
    """The community with the records of the synthetic example."""
    fill(community, example_folder())
    snapshot(community, example_folder())
    return community


def pieces(community: Community) -> list[tuple[tuple[str, str, str], int, str]]:
    """Every piece that opens to rows: its cell, its number, its table."""
    profile = Snapshot.objects.get(community=community).payload["profile"]
    return [
        ((c["component"], c["level"], c["population"]), n, e["trace"]["table"])
        for c in (*profile["components"], *profile["functions"])
        for n, e in enumerate(c["evidence"])
        if e["trace"]["ids"]
    ]


def test_every_section_and_cell_has_its_page_in_both_languages(
    filled: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    for lang in ("id", "en"):
        client.cookies["bahasa"] = lang
        for key in ("", "celah/", "perubahan/", "cermin/", "keikutsertaan/", "layanan/",
                    "jejaring/", "konteks/"):  # fmt: skip
            assert client.get(BASE + key).status_code == 200, key
    cells = SnapshotPage.objects.filter(key__startswith="sel/", lang="id")
    assert cells.count() > 20
    for page in cells:
        answer = client.get(f"{BASE}{page.key}/")
        assert answer.status_code == 200, page.key
        assert 'style="' not in answer.content.decode(), "the policy forbids style attributes"


def test_a_figure_opens_to_rows_and_reading_is_on_record(
    example: Community, client_of: Callable[[str], Client], outsider: Client
) -> None:
    client = client_of("secretary")
    where, n, table = next(p for p in pieces(example) if p[2] == "attendance")
    address = f"{BASE}sel/{'/'.join(where)}/{n}/"
    page = client.get(address).content.decode()
    assert "<table" in page
    entry = AuditEntry.objects.filter(action="rows.read").get()
    assert entry.table == table
    assert entry.details["rows"] > 0
    assert outsider.get(address).status_code == 404
    assert client_of("overseer").get(address).status_code == 404, "aggregates only"


def test_rows_show_what_the_role_may_see(
    example: Community, client_of: Callable[[str], Client]
) -> None:
    assert "actor" in {c.name for c in visible_columns("member", "attendance")}
    for role in ("secretary", "field_officer", "member", "researcher"):
        assert {c.name for c in visible_columns(role, "ties")} <= {"id"}, "raw ties open to nobody"
        assert not {c.name for c in visible_columns(role, "consents")} - {"id"}
    assert "name" not in {c.name for c in visible_columns("researcher", "actors")}
    for role in ("member", "secretary", "researcher", "administrator"):
        assert "phone" not in {c.name for c in visible_columns(role, "actors")}, "no evidence"
    where, n, _ = next(p for p in pieces(example) if p[2] == "attendance")
    address = f"{BASE}sel/{'/'.join(where)}/{n}/"
    named = client_of("secretary").get(address).content.decode()
    member = client_of("member").get(address).content.decode()
    hidden = client_of("researcher").get(address).content.decode()
    from django_scopes import scope

    from satuhati.web.register.models import Actor

    with scope(community=example):
        names = [a.name for a in Actor.objects.exclude(name=None) if a.public_id[:1] != "u"]
    assert any(name in named for name in names)
    assert not any(name in member for name in names), "of attendance members see their own"
    assert "hanya baris Anda sendiri" in member
    assert not any(name in hidden for name in names)


def test_who_sees_aggregates_only_gets_no_section_about_persons(
    filled: Community, client_of: Callable[[str], Client]
) -> None:
    overseer = client_of("overseer")
    assert overseer.get(BASE).status_code == 200
    assert overseer.get(f"{BASE}celah/").status_code == 200
    assert overseer.get(f"{BASE}keikutsertaan/").status_code == 404
    assert overseer.get(f"{BASE}jejaring/").status_code == 404
    assert client_of("secretary").get(f"{BASE}mutu/").status_code == 404, "researcher's mode is off"


def test_a_page_says_that_its_figures_are_behind(
    filled: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    assert "sedang dihitung" not in client.get(BASE).content.decode()
    Community.objects.filter(pk=filled.pk).update(data_version=filled.data_version + 1)
    assert "sedang dihitung ulang" in client.get(BASE).content.decode()
    make_snapshot(filled.pk)
    assert "sedang dihitung" not in client.get(BASE).content.decode()


def test_a_snapshot_written_again_is_the_one_the_worker_makes(
    community: Community,
    elsewhere: Community,
    fill: Callable[[Community, Path], None],
    snapshot: Callable[[Community, object], None],
) -> None:
    """What the fixture keeps for other tests is true, also where rows have other keys."""

    def content(made: Snapshot) -> object:
        pages = SnapshotPage.objects.filter(snapshot=made).order_by("lang", "key").values()
        own = ("id", "snapshot_id")
        return made.as_of, made.summary, made.payload, [
            {k: v for k, v in page.items() if k not in own} for page in pages
        ]  # fmt: skip

    fill(elsewhere, GOLDEN)  # takes keys away
    fill(community, GOLDEN)
    snapshot(community, GOLDEN)  # computed, unless an earlier test did
    Snapshot.objects.all().delete()
    snapshot(community, GOLDEN)  # written again
    again = content(Snapshot.objects.get())
    Snapshot.objects.all().delete()
    made = make_snapshot(community.pk)
    assert made is not None
    assert content(made) == again


def test_an_empty_community_has_a_report_that_says_so(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    assert "untuk pertama kali" in client.get(BASE).content.decode()
    make_snapshot(community.pk)
    assert client.get(BASE).status_code == 200


@pytest.mark.parametrize("form", ["html", "docx"])
def test_a_report_is_made_for_whoever_asked(
    filled: Community, client_of: Callable[[str], Client], form: str
) -> None:
    client = client_of("member")
    answer = client.post(f"{BASE}unduh/", {"form": form})
    job = BackgroundJob.objects.get()
    assert answer.headers["Location"].endswith(f"/unduh/{job.pk}/")
    jobs.write_report(job.pk)
    assert "Sudah siap" in client.get(f"{BASE}unduh/{job.pk}/").content.decode()
    got = client.get(f"{BASE}unduh/{job.pk}/berkas/")
    assert got.status_code == 200
    assert "attachment" in got.headers["Content-Disposition"]
    assert len(b"".join(got.streaming_content)) > 10_000
    other = client_of("secretary")
    assert other.get(f"{BASE}unduh/{job.pk}/").status_code == 404
    assert other.get(f"{BASE}unduh/{job.pk}/berkas/").status_code == 404


# -- packages ------------------------------------------------------------------------------------


def packed(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for file in folder.rglob("*"):
            if file.is_file():
                archive.write(file, f"paket/{file.relative_to(folder)}")
    return out.getvalue()


def send(client: Client, content: bytes, name: str = "paket.zip") -> BackgroundJob:
    upload = SimpleUploadedFile(name, content)
    answer = client.post(f"{BASE}masukkan/", {"file": upload})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return BackgroundJob.objects.latest("pk")


def test_an_import_shows_first_what_will_change_then_changes_it(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    job = send(client, packed(GOLDEN))
    jobs.preview(job.pk)
    page = client.get(f"{BASE}unduh/{job.pk}/").content.decode()
    assert "Belum ada yang berubah" in page
    assert from_database(community)["meetings"].height == 0
    client.post(f"{BASE}masukkan/{job.pk}/lanjut/")
    jobs.apply(job.pk)
    job.refresh_from_db()
    assert job.state == "done"
    data, _ = read_folder(GOLDEN)
    assert from_database(Community.objects.get(pk=community.pk)).equals(
        jobs.renamed(data, community.code)
    )
    again = send(client, packed(GOLDEN))
    jobs.preview(again.pk)
    again.refresh_from_db()
    assert all(not r["added"] and not r["removed"] for r in again.result["tables"])


def test_an_import_that_breaks_in_the_middle_changes_nothing(
    filled: Community, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of("secretary")
    before = from_database(filled)
    job = send(client, packed(GOLDEN))
    jobs.preview(job.pk)
    real = jobs.replace

    def broken(*given: object) -> None:
        real(*given)
        raise OSError("the power went out")

    monkeypatch.setattr(jobs, "replace", broken)
    with pytest.raises(OSError, match="power"):
        jobs.apply(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    assert from_database(filled).equals(before)


def test_an_import_is_not_applied_over_later_changes(
    filled: Community, client_of: Callable[[str], Client]
) -> None:
    job = send(client_of("secretary"), packed(GOLDEN))
    jobs.preview(job.pk)
    Community.objects.filter(pk=filled.pk).update(data_version=99)
    jobs.apply(job.pk)
    job.refresh_from_db()
    assert job.state == "changed"


def evil(name: str, content: bytes = b"id,name\n") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"bukan zip", "paket.zip"),
        (evil("../../luar.csv"), "paket.zip"),
        (evil("aneh.txt"), "paket.zip"),
        (evil("actors.csv", b"id,name,kind\na1,Budi,naga\n"), "paket.zip"),
        (b"PK\x03\x04rusak", "buku.xlsx"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_happens(
    content: bytes, name: str, filled: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    before = from_database(filled)
    job = send(client, content, name)
    jobs.preview(job.pk)
    job.refresh_from_db()
    assert job.state == "refused"
    assert job.problems
    assert "Yang perlu dibetulkan" in client.get(f"{BASE}unduh/{job.pk}/").content.decode()
    assert from_database(filled).equals(before)


def test_what_is_wrong_names_the_file_as_its_sender_does(
    filled: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    job = send(client, b"bukan buku kerja", "Data Pokja (baru).xlsx")
    jobs.preview(job.pk)
    assert "Data Pokja _baru_.xlsx" in client.get(f"{BASE}unduh/{job.pk}/").content.decode()


@given(st.text(max_size=300))
def test_a_kept_name_stays_in_its_folder(name: str) -> None:
    kept = kept_name(name, ".zip")
    assert len(kept.encode()) <= 104
    assert kept.endswith(".zip")
    assert not {"/", "\\", "\0", "\n"} & set(kept)
    assert not kept.startswith(".")


def test_other_files_and_too_large_ones_are_refused_at_the_door(
    community: Community, client_of: Callable[[str], Client], settings: object
) -> None:
    client = client_of("secretary")
    upload = SimpleUploadedFile("foto.png", b"x")
    assert client.post(f"{BASE}masukkan/", {"file": upload}).status_code == 400
    settings.MAX_UPLOAD_MB = 0
    upload = SimpleUploadedFile("paket.zip", b"x")
    assert client.post(f"{BASE}masukkan/", {"file": upload}).status_code == 400
    assert not BackgroundJob.objects.exists()


def test_only_the_administrator_takes_the_whole_community_out(
    filled: Community, client_of: Callable[[str], Client], tmp_path: Path
) -> None:
    assert client_of("secretary").post(f"{BASE}ekspor/").status_code == 404
    client = client_of("administrator")
    assert client.post(f"{BASE}ekspor/").status_code == 302
    job = BackgroundJob.objects.get(kind="export")
    jobs.export(job.pk)
    got = b"".join(client.get(f"{BASE}unduh/{job.pk}/berkas/").streaming_content)
    with zipfile.ZipFile(io.BytesIO(got)) as archive:
        archive.extractall(tmp_path)
    data, _ = read_folder(tmp_path / filled.code, community=filled.code)
    assert data.equals(from_database(filled))


def test_packages_go_in_and_out_by_command(db: None, tmp_path: Path) -> None:
    (taken,), _ = moving.import_package(GOLDEN, code="mawar")
    assert (taken.code, taken.new, taken.loses) == ("mawar", True, 0)
    assert moving.export_package("mawar", tmp_path / "keluar").communities == ("mawar",)
    data, _ = read_folder(tmp_path / "keluar", community="mawar")
    assert data.equals(from_database(Community.objects.get(code="mawar")))
    write_folder(data, tmp_path / "lagi")
