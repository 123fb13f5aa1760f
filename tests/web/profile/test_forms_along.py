"""Questionnaires go with a package from server to server, whole or not at all."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scope
from xlsform_books import cascade

from satuhati.errors import InputError
from satuhati.formats.folder import read_folder, write_folder
from satuhati.formats.packageforms import PackageForm
from satuhati.formats.xlsform.read import read_form
from satuhati.web.audit.models import AuditEntry
from satuhati.web.profile import jobs, moving
from satuhati.web.profile.models import BackgroundJob
from satuhati.web.profile.package import from_database
from satuhati.web.surveys.instrument_actions import take_in_form
from satuhati.web.surveys.kept_forms import InstrumentForm
from satuhati.web.surveys.models import Instrument
from satuhati.web.surveys.sheet import form_of
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who, program

BASE = "/k/melati/laporan/"


def brought(who: Who, path: Path, version: str = "1") -> None:
    """A group's own questionnaire."""
    cascade(path, version)
    form, _ = read_form(path)
    with scope(community=who.community):
        take_in_form(by=who, form=form, workbook=path.read_bytes(), name="Tempat tinggal.xlsx",
                     population="warga")  # fmt: skip


@pytest.fixture
def kept(community: Community, tmp_path: Path) -> Community:
    brought(program(community), tmp_path / "tempat.xlsx")
    return community


def exported(community: Community, place: Path) -> Path:
    moving.export_package(community.code, place)
    return place


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def packed(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files(folder).items():
            archive.writestr(f"paket/{name}", content)
    return out.getvalue()


def changed(path: Path, cell: str = "E4", text: str = "provinsi != ${prov}") -> None:
    """Another form under the same id and version."""
    made = openpyxl.load_workbook(path)
    made["survey"][cell] = text
    made.save(path)


def rewrite(folder: Path, name: str = "Tempat tinggal.xlsx") -> None:
    """The folder as somebody would write it who lists the changed form properly."""
    content = (folder / "forms" / "tempat.xlsx").read_bytes()
    place = folder / "datapackage.json"
    found = json.loads(place.read_text())
    found["resources"][-1] = PackageForm("tempat", "1", name, content).resource()
    place.write_text(json.dumps(found))


def test_out_in_and_out_again_is_the_same(kept: Community, tmp_path: Path) -> None:
    first = exported(kept, tmp_path / "satu")
    assert {"forms/tempat.xlsx", "items.csv"} <= set(files(first))
    (taken,), doubts = moving.import_package(first, code="mawar")
    assert not [d for d in doubts if "forms" in d.message("en")]
    assert {"table": "forms", "added": 1, "changed": 0, "removed": 0, "same": 0,
            "examples": ["tempat"]} in taken.tables  # fmt: skip
    mawar = Community.objects.get(code="mawar")
    with scope(community=mawar):
        found = form_of(Instrument.objects.get(public_id="tempat"))
        assert found is not None
        assert [q.choice_filter for q in found.questions() if q.choice_filter]
        row = InstrumentForm.objects.get()
        assert (row.version, row.base, row.name) == ("1", "tempat", "Tempat tinggal.xlsx")
    again = exported(mawar, tmp_path / "dua")
    mine, theirs = files(first), files(again)
    for side, code in ((mine, b"melati"), (theirs, b"mawar")):
        for name in ("community.csv", "README.md"):
            side[name] = side[name].replace(code, b"-")
    assert mine == theirs
    (told,), _ = moving.import_package(again, code="mawar")
    assert [t for t in told.tables if t["added"] or t["changed"]] == []


def test_by_the_page_it_is_shown_first(
    kept: Community, client_of: Callable[[str], Client], elsewhere: Community, tmp_path: Path
) -> None:
    content = packed(exported(kept, tmp_path / "satu"))
    with scope(community=kept):
        InstrumentForm.objects.all().delete()
    client = client_of("secretary")
    client.post(f"{BASE}masukkan/", {"file": SimpleUploadedFile("paket.zip", content)})
    job = BackgroundJob.objects.latest("pk")
    jobs.preview(job.pk)
    page = client.get(f"{BASE}unduh/{job.pk}/").content.decode()
    assert "Kuesioner sebagai buku kerja" in page
    with scope(community=kept):
        assert not InstrumentForm.objects.exists()
    client.post(f"{BASE}masukkan/{job.pk}/lanjut/")
    jobs.apply(job.pk)
    with scope(community=kept):
        assert InstrumentForm.objects.get().taken_by is not None
        instrument = Instrument.objects.get()
        assert form_of(instrument) is not None
    assert AuditEntry.objects.filter(action="package.import").latest("pk").details["forms"] == 1
    page = client.get("/k/melati/survei/kuesioner/butir/tempat/").content.decode()
    assert "data-away" in page, "it is asked with its conditions"
    with scope(community=elsewhere):
        assert not InstrumentForm.objects.exists()


def test_the_administrator_takes_it_out_by_the_page(
    kept: Community, client_of: Callable[[str], Client], tmp_path: Path
) -> None:
    client = client_of("administrator")
    client.post(f"{BASE}ekspor/")
    job = BackgroundJob.objects.get(kind="export")
    jobs.export(job.pk)
    got = b"".join(client.get(f"{BASE}unduh/{job.pk}/berkas/").streaming_content)
    with zipfile.ZipFile(io.BytesIO(got)) as archive:
        assert archive.read("melati/forms/tempat.xlsx") == (tmp_path / "tempat.xlsx").read_bytes()


def refused(client: Client, folder: Path) -> str:
    upload = SimpleUploadedFile("paket.zip", packed(folder))
    client.post(f"{BASE}masukkan/", {"file": upload})
    job = BackgroundJob.objects.latest("pk")
    jobs.preview(job.pk)
    job.refresh_from_db()
    assert job.state == "refused"
    return " ".join(p["id"] for p in job.problems)


def test_the_same_version_with_other_content_is_told_and_nothing_is_written(
    kept: Community, client_of: Callable[[str], Client], tmp_path: Path
) -> None:
    folder = exported(kept, tmp_path / "satu")
    changed(folder / "forms" / "tempat.xlsx")
    rewrite(folder)
    client = client_of("secretary")
    data = from_database(kept)
    with scope(community=kept):
        before = list(InstrumentForm.objects.values())
    told = refused(client, folder)
    assert "forms/tempat.xlsx" in told
    assert "'tempat' versi '1' sudah ada" in told
    with pytest.raises(InputError):
        moving.import_package(folder, code="melati", replace=True)
    # Changed after it was looked at: what is put in place goes back whole.
    (taken,), _ = moving.import_package(exported(kept, tmp_path / "baik"), code="mawar")
    assert taken.new
    mawar = Community.objects.get(code="mawar")
    version = Community.objects.get(pk=mawar.pk).data_version
    along = jobs.read_along(moving.forms_in(folder), data)
    with pytest.raises(InputError):
        jobs.put_in_place(by=program(mawar), data=from_database(mawar), along=along)
    assert Community.objects.get(pk=mawar.pk).data_version == version
    with scope(community=kept):
        assert list(InstrumentForm.objects.values()) == before
    assert from_database(kept).equals(data)


def test_a_workbook_saved_anew_is_the_same_form(kept: Community, tmp_path: Path) -> None:
    folder = exported(kept, tmp_path / "satu")
    place = folder / "forms" / "tempat.xlsx"
    made = openpyxl.load_workbook(place)
    made.properties.title = "disimpan ulang"
    made.save(place)
    rewrite(folder)
    (taken,), _ = moving.import_package(folder, code="melati")
    assert [t["same"] for t in taken.tables if t["table"] == "forms"] == [1]


@pytest.mark.parametrize(("cell", "text", "why"), [
    ("B4", "kabupaten", "tabel items tidak memuat kabupaten"), ("A4", "apa saja", "baris 4"),
])  # fmt: skip
def test_a_form_that_is_wrong_or_of_other_tables_is_refused(
    kept: Community, client_of: Callable[[str], Client], tmp_path: Path, cell: str, text: str,
    why: str,
) -> None:  # fmt: skip
    folder = exported(kept, tmp_path / "satu")
    place = folder / "forms" / "tempat.xlsx"
    if cell == "B4":
        made = openpyxl.load_workbook(place)
        for row in made["survey"].iter_rows():
            for one in row:
                one.value = str(one.value).replace("${kab}", "${kabupaten}") if one.value else None
        made.save(place)
    changed(place, cell, text)
    rewrite(folder)
    told = refused(client_of("secretary"), folder)
    assert "forms/tempat.xlsx" in told
    assert why in told


def test_a_form_of_another_version_goes_with_its_records(kept: Community, tmp_path: Path) -> None:
    """Here version 2 stands under the code; the package that takes its place has version 1."""
    folder = exported(kept, tmp_path / "satu")
    other = Community.objects.create(code="mawar", name="Kampung Mawar", synthetic=True)
    brought(program(other), tmp_path / "dua.xlsx", "2")
    with pytest.raises(InputError, match="mawar"):
        moving.import_package(folder, code="mawar")
    (taken,), _ = moving.import_package(folder, code="mawar", replace=True)
    assert [t["changed"] for t in taken.tables if t["table"] == "forms"] == [1]
    with scope(community=other):
        assert InstrumentForm.objects.get().version == "1"
        assert form_of(Instrument.objects.get()) is not None


def test_a_package_without_forms_leaves_those_that_are_here(
    kept: Community, tmp_path: Path
) -> None:
    data = from_database(kept)
    write_folder(data, tmp_path / "tanpa")
    assert read_folder(tmp_path / "tanpa", community="melati")[0].equals(data)
    moving.import_package(tmp_path / "tanpa", code="melati")
    with scope(community=kept):
        assert form_of(Instrument.objects.get()) is not None


def test_a_form_that_no_longer_asks_what_the_rows_say_stays_at_home(
    kept: Community, tmp_path: Path
) -> None:
    with scope(community=kept):
        Instrument.objects.update(version="9")
    assert not (exported(kept, tmp_path / "satu") / "forms").exists()
