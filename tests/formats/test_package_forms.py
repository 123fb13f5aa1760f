"""Questionnaires beside the tables of a package folder: written, listed, checked, kept."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner
from xlsform_books import cascade

from satuhati.cli import app
from satuhati.core.community import CommunityData
from satuhati.errors import InputError
from satuhati.formats.datapackage import DESCRIPTOR
from satuhati.formats.folder import forms_in, new_folder, read_folder, write_folder
from satuhati.formats.instruments import import_form
from satuhati.formats.packageforms import PackageForm, form_resources
from satuhati.formats.xlsform.read import read_form

GOLDEN = Path(__file__).parents[1] / "data" / "golden" / "v1" / "package"


@pytest.fixture
def form(tmp_path: Path) -> PackageForm:
    content = cascade(tmp_path / "tempat.xlsx").read_bytes()
    return PackageForm("tempat", "1", "Tempat tinggal.xlsx", content)


@pytest.fixture
def golden() -> CommunityData:
    return read_folder(GOLDEN)[0]


@pytest.fixture
def folder(tmp_path: Path, golden: CommunityData, form: PackageForm) -> Path:
    write_folder(golden, tmp_path / "paket", forms=[form])
    return tmp_path / "paket"


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def mend(folder: Path, **changes: object) -> None:
    """Other words about the form in the descriptor."""
    place = folder / DESCRIPTOR
    found = json.loads(place.read_text())
    found["resources"][-1] |= changes
    place.write_text(json.dumps(found))


def codes(folder: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_folder(folder)
    return [p.code for p in caught.value.problems]


def test_a_form_travels_as_a_resource_beside_the_tables(
    folder: Path, golden: CommunityData, form: PackageForm, tmp_path: Path
) -> None:
    listed = json.loads((folder / DESCRIPTOR).read_text())["resources"]
    (resource,) = form_resources({"resources": listed})
    assert resource["path"] == "forms/tempat.xlsx"
    assert resource["bytes"] == len(form.content)
    assert resource["version"] == "1"
    data, doubts = read_folder(folder)
    assert data.equals(golden)
    assert "forms" not in "".join(d.message("en") for d in doubts)
    assert forms_in(folder) == (form,)
    write_folder(data, tmp_path / "lagi", forms=forms_in(folder))
    assert files(tmp_path / "lagi") == files(folder)
    # Without forms the folder is what it was before there were any.
    write_folder(golden, tmp_path / "tanpa")
    assert not (tmp_path / "tanpa" / "forms").exists()
    assert forms_in(tmp_path / "tanpa") == forms_in(GOLDEN) == ()
    write_folder(golden, folder, overwrite=True)
    assert forms_in(folder) == ()


def test_the_descriptor_names_what_is_no_table_as_the_standard_does(folder: Path) -> None:
    """Data Package v2: a file resource has a path, a hash with its algorithm, a size in bytes."""
    resource = json.loads((folder / DESCRIPTOR).read_text())["resources"][-1]
    assert resource["hash"].startswith("sha256:")
    assert "schema" not in resource
    assert resource.get("type") != "table"
    assert resource["format"] == "xlsx"


def test_what_is_not_the_listed_file_is_refused(folder: Path, tmp_path: Path) -> None:
    there = folder / "forms" / "tempat.xlsx"
    content = there.read_bytes()
    cascade(there, "2")
    assert codes(folder) == ["package_form_changed"]
    there.unlink()
    assert codes(folder) == ["package_form_missing"]
    there.symlink_to(tmp_path / "tempat.xlsx")
    assert codes(folder) == ["not_a_regular_file"]
    there.unlink()
    there.write_bytes(content)
    read_folder(folder)
    mend(folder, hash="sha256:00")
    assert codes(folder) == ["package_form_changed"]


@pytest.mark.parametrize("path", [
    "../luar.xlsx", "forms/../tables.xlsx", "/etc/passwd", "forms/tempat.xlsm", "forms/lain.xlsx",
    7, None,
])  # fmt: skip
def test_a_path_leads_nowhere_else(folder: Path, path: object) -> None:
    mend(folder, path=path)
    assert codes(folder) == ["descriptor_broken"]


def test_macros_and_bombs_are_refused_before_anything_opens_them(folder: Path) -> None:
    there = folder / "forms" / "tempat.xlsx"
    with zipfile.ZipFile(there, "a") as book:
        book.writestr("xl/vbaProject.bin", b"x")
    assert codes(folder) == ["workbook_kind"]
    cascade(there)
    with zipfile.ZipFile(there, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/besar.xml", b"0" * 50_000_000)
    assert codes(folder) == ["workbook_unpacks_too_large"]
    there.write_bytes(b"PK\x03\x04 bukan buku kerja")
    assert codes(folder) == ["workbook_kind"]


def test_what_is_not_listed_is_not_read_and_said(folder: Path, form: PackageForm) -> None:
    (folder / "forms" / "lain.xlsx").write_bytes(form.content)
    _, doubts = read_folder(folder)
    assert "forms/lain.xlsx" in " ".join(d.message("en") for d in doubts)
    assert [f.instrument for f in forms_in(folder)] == ["tempat"]
    with pytest.raises(InputError):  # somebody put it there: it is not written over
        write_folder(read_folder(folder)[0], folder, overwrite=True)


@given(st.dictionaries(
    st.sampled_from(["path", "hash", "title", "version", "satuhati_instrument", "bytes"]),
    st.one_of(st.none(), st.integers(), st.text(max_size=8), st.lists(st.text(max_size=3))),
    min_size=1,
))  # fmt: skip
def test_any_words_about_a_form_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: dict[str, object]
) -> None:
    place = tmp_path_factory.mktemp("paket")
    content = cascade(place / "a.xlsx").read_bytes()
    write_folder(CommunityData.of({}), place / "p", forms=[PackageForm("a", "1", "a", content)])
    mend(place / "p", **changes)
    try:
        forms = forms_in(place / "p")
    except InputError:
        return
    assert all(f.content == content for f in forms)


def test_a_questionnaire_taken_into_a_folder_brings_its_form(tmp_path: Path) -> None:
    book, folder = cascade(tmp_path / "tempat.xlsx"), tmp_path / "melati"
    new_folder(folder)
    runner = CliRunner()
    command = ["survey", "instrument", "import", str(book), str(folder), "--population", "warga"]
    for _ in range(2):
        done = runner.invoke(app, command)
        assert done.exit_code == 0, done.output
        (kept,) = forms_in(folder)
        assert (kept.instrument, kept.version, kept.name) == ("tempat", "1", "tempat.xlsx")
        assert kept.content == book.read_bytes()
    # Another version stands beside it; a change without a new version is refused.
    cascade(book, "2")
    assert runner.invoke(app, command).exit_code == 0
    assert [f.instrument for f in forms_in(folder)] == ["tempat", "tempat_v2"]
    before = files(folder)
    import openpyxl

    made = openpyxl.load_workbook(book)
    made["survey"]["E4"] = "provinsi != ${prov}"
    made.save(book)
    refused = runner.invoke(app, command)
    assert refused.exit_code == 2
    assert "tempat_v2" in refused.output
    assert files(folder) == before


def test_a_folder_that_had_the_rows_alone_gets_the_form(tmp_path: Path) -> None:
    book, folder = cascade(tmp_path / "tempat.xlsx"), tmp_path / "melati"
    new_folder(folder)
    form, _ = read_form(book)
    import_form(form, folder, population="warga")
    assert forms_in(folder) == ()
    import_form(form, folder, population="warga", place=book.name, workbook=book.read_bytes())
    assert [f.instrument for f in forms_in(folder)] == ["tempat"]
    assert read_folder(folder)[0]["instruments"].height == 1


def test_a_workbook_has_no_place_for_forms_and_says_so(folder: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["folder", "toxlsx", str(folder), str(tmp_path / "buku.xlsx")])
    assert done.exit_code == 0
    assert "tidak ikut ke buku kerja: tempat" in done.output + (done.stderr or "")
