"""``satuhati survey instrument``: check, write, show and import, for people and for programs."""

from __future__ import annotations

import json
import shutil
import sys
from importlib.resources import files
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner
from xlsform_books import HEAD, YES_NO, book

from satuhati.cli import app
from satuhati.formats.folder import read_folder


def run(*arguments):
    return CliRunner().invoke(app, ["survey", "instrument", *map(str, arguments)])


def done(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "catatan"
    shutil.copytree(str(files("satuhati.examples").joinpath("kelapa_dua_wetan")), path)
    return path


@pytest.fixture
def form(tmp_path):
    return book(
        tmp_path / "uji.xlsx",
        (HEAD, ("select_one yn", "ikut", "Ikut?", "Joined?"), ("integer", "umur", "Umur", "Age")),
        YES_NO,
    )


def test_from_nothing_to_a_folder_that_checks(tmp_path, folder):
    out = tmp_path / "form.xlsx"
    assert done("write", "standard", out)["items_n"] == 43
    checked = done("check", out)
    assert (checked["questions"], checked["warnings"]) == (46, [])
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    taken = done("import", out, folder)
    assert taken["written"]
    assert taken["answer_columns"] == ["sex", "age_band", "schooling"]
    assert len(taken["pretest"]) == 7
    data, _ = read_folder(folder)
    items = data["items"].filter(instrument="satuhati_standard")
    assert items["name"].to_list() == taken["items"]
    assert items.filter(name="tro4")["reversed"].item() is True
    changed = {n for n, b in before.items() if (folder / n).read_bytes() != b}
    assert changed == {"instruments.csv", "items.csv", "datapackage.json"}
    assert (folder / "forms" / "satuhati_standard.xlsx").read_bytes() == out.read_bytes()


def test_a_version_once_taken_in_does_not_change(form, folder):
    done("import", form, folder, "--population", "warga")
    again = done("import", form, folder, "--population", "warga")
    assert not again["written"]
    workbook = openpyxl.load_workbook(form)
    workbook["survey"]["C2"] = "Apakah ikut?"
    workbook.save(form)
    before = (folder / "items.csv").read_bytes()
    refused = run("import", form, folder, "--population", "warga", "--lang", "en")
    assert refused.exit_code == 2
    assert "ikut" in refused.stderr
    assert "version" in refused.stderr
    assert (folder / "items.csv").read_bytes() == before
    workbook["settings"]["B2"] = "2"
    workbook.save(form)
    new = done("import", form, folder, "--population", "warga")
    assert new["instrument"]["id"] == "uji_v2"
    assert not done("import", form, folder, "--population", "warga")["written"]
    data, _ = read_folder(folder)
    assert {"uji", "uji_v2", "warga"} <= set(data["instruments"]["id"])


def test_a_new_folder_and_a_packed_table(tmp_path, form):
    folder = tmp_path / "baru"
    made = CliRunner().invoke(app, ["folder", "new", str(folder)])
    assert made.exit_code == 0
    done("import", form, folder, "--population", "pokja")
    data, _ = read_folder(folder)
    assert data["instruments"]["population"].to_list() == ["pokja"]
    assert data["items"]["type"].to_list() == ["binary", "number"]


def test_bad_input_leaves_standard_output_empty_and_nothing_written(tmp_path, folder, form):
    bad = book(tmp_path / "buruk.xlsx", (HEAD, ("tekst", "a", "A", "A"), ("text", "b b", "B", "B")))
    before = sorted((p.name, p.read_bytes()) for p in folder.iterdir() if p.is_file())
    for command in (
        ("check", bad),
        ("import", bad, folder),
        ("show", bad),
        ("check", bad, "--json"),
    ):
        for lang, words in (("id", "survey, baris 2, kolom type"), ("en", "row 3, column name")):
            result = run(*command, "--lang", lang)
            assert result.exit_code == 2
            assert result.stdout == ""
            assert words in result.stderr
    nobody = run("import", form, folder)
    assert nobody.exit_code == 2
    assert "--population" in nobody.stderr
    assert run("import", form, folder, "--population", "siapa").exit_code == 2
    assert run("import", form, tmp_path / "tidak-ada", "--population", "warga").exit_code == 2
    assert run("import", form, folder, "--population", "warga", "--community", "x").exit_code == 2
    assert sorted((p.name, p.read_bytes()) for p in folder.iterdir() if p.is_file()) == before


def test_writing_spares_what_is_there(tmp_path):
    out = tmp_path / "a.xlsx"
    out.write_text("milik orang")
    assert run("write", "short", out).exit_code == 2
    assert out.read_text() == "milik orang"
    assert run("write", "short", out, "--overwrite").exit_code == 0
    assert run("write", "short", tmp_path / "a.csv").exit_code == 2
    assert run("write", "panjang", tmp_path / "b.xlsx").exit_code == 2
    assert run("write", "sci2", tmp_path / "b.xlsx").exit_code == 2
    assert not (tmp_path / "b.xlsx").exists()


def test_a_published_scale_with_a_wording_of_ones_own(tmp_path, folder):
    wording = tmp_path / "kalimat.csv"
    rows = [f"bscs_{n},Butir {n},Item {n}" for n in range(1, 9)]
    wording.write_text("name,text_id,text_en\n" + "\n".join(rows) + "\nanswer_1,Tidak,No\n")
    out = tmp_path / "bscs.xlsx"
    done("write", "bscs", out, "--wording", wording, "--population", "pokja")
    taken = done("import", out, folder)
    assert taken["instrument"]["population"] == "pokja"
    assert taken["instrument"]["citation"].startswith("Peterson")
    wording.write_text("name,text_id\nbscs_1,Satu\n")
    assert run("write", "bscs", tmp_path / "b.xlsx", "--wording", wording).exit_code == 2


def test_tables_for_people(tmp_path, form):
    assert "Suara warga" in run("list").stdout
    listed = done("list")["instruments"]
    assert [i["name"] for i in listed if i["wording"]] == [
        "short", "standard", "full", "leader", "partner"]  # fmt: skip
    shown = run("show", "short", "--lang", "en").stdout
    assert "soc1" in shown
    assert "Cognitive interviews" in shown
    assert "Chavis" in run("show", "sci2").stdout
    assert done("show", "ce")["scales"]["ce_cohesion"]["reversed"] == ["ce_10", "ce_9"]
    assert done("show", form)["items"][0]["type"] == "binary"
    assert run("show", "entah").exit_code == 2
    assert "uji" in run("check", form).stdout


def test_without_pyxform_the_line_that_installs_it(form, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyxform.xls2xform", None)
    result = run("check", form, "--lang", "en")
    assert result.exit_code == 3
    assert "satuhati[survey]" in result.stderr
    assert result.stdout == ""
    assert run("list").exit_code == 0


def test_the_model_is_light():
    import subprocess

    code = (
        "import sys, satuhati.formats.xlsform.ours, satuhati.formats.xlsform.evaluate, "
        "satuhati.formats.xlsform.items, satuhati.formats.xlsform.read, "
        "satuhati.formats.xlsform.pretest; "
        "print(sorted({'polars', 'django', 'openpyxl', 'pyxform', 'numpy'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
    assert Path(sys.executable).exists()
