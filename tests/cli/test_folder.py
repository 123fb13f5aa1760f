"""``satuhati folder``: what is there, what is not, and every problem in its place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from satuhati.cli import app
from satuhati.formats.folder import read_folder
from satuhati.schema import TABLES

GOLDEN = Path(__file__).parents[1] / "data" / "golden" / "v1" / "package"


def run(*arguments: Any) -> Any:
    return CliRunner().invoke(app, ["folder", *map(str, arguments)])


def refused(result: Any, *said: str) -> None:
    assert result.exit_code == 2
    assert result.stdout == ""
    for words in said:
        assert words in result.stderr
    assert "Traceback" not in result.stderr


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return shutil.copytree(GOLDEN, tmp_path / "paket")


@pytest.mark.parametrize("command", ["check", "new", "fromxlsx", "toxlsx", "upgrade"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Example: satuhati folder {command}" in " ".join(result.stdout.split())


def test_check_counts_what_is_there_and_names_what_is_not(package: Path) -> None:
    for name in ("norms.csv", "norm_events.csv"):
        (package / name).unlink()
    result = run("check", package, "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["communities"] == [
        {"id": "K1", "name": "Kampung Contoh (rekaan)", "synthetic": True}
    ]
    assert found["tables"]["sources"] == 14
    assert found["answers"] == {"sci": 3}
    assert found["absent"] == ["norms"]
    assert found["strands"]["norms"] is False
    assert found["strands"]["surveys"] is True
    assert len(found["warnings"]) == 1  # one invented person answered twice


def test_check_shows_a_table_in_both_languages(package: Path) -> None:
    (package / "indicators.csv").unlink()
    for lang, label in (("id", "Daftar hadir"), ("en", "Attendance")):
        result = run("check", package, "--lang", lang)
        assert result.exit_code == 0
        assert label in result.stdout
        assert {"id": "Indikator", "en": "Indicators"}[lang] in result.stdout


def test_check_lists_every_problem_on_standard_error(package: Path) -> None:
    path = package / "attendance.csv"
    path.write_text(path.read_text("utf-8").replace(",act-1,", ",act-9,"), "utf-8")
    (package / "meetings.csv").write_text("id,kind,date,status\nm1,pokja,2026-02-30,held\n")
    refused(
        run("check", package, "--lang", "en"),
        "attendance.csv, row 2, column actor: 'act-9' is not in the table actors.",
        "meetings.csv, row 2, column date: '2026-02-30' is not a date of the calendar.",
    )
    refused(run("check", package, "--json"), "attendance.csv, baris 2, kolom actor:")


def test_a_chosen_community_and_a_limit(package: Path) -> None:
    assert run("check", package, "--community", "K1").exit_code == 0
    refused(run("check", package, "--community", "K2"), "K1")
    (package / "norms.csv").write_bytes(b"id,text,kind\n" + b"x" * 1_000_000)
    refused(run("check", package, "--max-mb", "1"), "--max-mb")


def test_a_new_folder_through_excel_and_back(tmp_path: Path) -> None:
    result = run("new", tmp_path / "baru", "--json")
    assert result.exit_code == 0
    assert "actors.csv" in json.loads(result.stdout)["files"]
    refused(run("new", tmp_path / "baru"))
    assert run("check", tmp_path / "baru").exit_code == 0
    assert run("toxlsx", tmp_path / "baru", tmp_path / "baru.xlsx").exit_code == 0
    assert run("check", tmp_path / "baru.xlsx").exit_code == 0


def test_every_table_on_request_and_a_workbook_at_once(tmp_path: Path) -> None:
    made = json.loads(run("new", tmp_path / "semua", "--all", "--json").stdout)["files"]
    assert {f"{n}.csv" for n in TABLES} <= set(made)
    assert run("toxlsx", tmp_path / "semua", tmp_path / "a.xlsx").exit_code == 0
    result = run("new", tmp_path / "b.xlsx", "--all", "--json")
    names = json.loads(result.stdout)["sheets"]
    assert {"Aset", "Permintaan ke lembaga luar", "Putusan baca bersama"} <= set(names)
    assert len(names) == len(TABLES) + 2
    for name in ("a.xlsx", "b.xlsx"):
        assert openpyxl.load_workbook(tmp_path / name, read_only=True).sheetnames == names
        assert run("check", tmp_path / name).exit_code == 0
    refused(run("new", tmp_path / "b.xlsx"))
    assert run("new", tmp_path / "c.xlsx", "--lang", "en").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "c.xlsx", read_only=True)
    assert book.sheetnames[:3] == ["Instructions", "Choices", "Community"]
    assert "Aset" not in book.sheetnames


def test_a_package_through_excel_and_back_is_the_same(package: Path, tmp_path: Path) -> None:
    book, again = tmp_path / "buku.xlsx", tmp_path / "lagi"
    result = run("toxlsx", package, book, "--json")
    assert json.loads(result.stdout)["workbook"] == str(book)
    refused(run("toxlsx", package, book), "--overwrite")
    assert run("toxlsx", package, book, "--overwrite", "--lang", "en").exit_code == 0
    result = run("fromxlsx", book, again, "--json")
    assert json.loads(result.stdout)["tables"]["sources"] == 14
    # Content, not bytes: an optional column that is newer than the package is written, empty.
    assert read_folder(again)[0].equals(read_folder(package)[0])
    refused(run("fromxlsx", book, again))


def test_bad_workbooks_write_nothing(tmp_path: Path) -> None:
    book = tmp_path / "buku.xlsx"
    book.write_bytes(b"bukan buku kerja")
    refused(run("fromxlsx", book, tmp_path / "x"), "buku.xlsx")
    assert not (tmp_path / "x").exists()


def test_upgrade_says_when_there_is_nothing_to_do(package: Path) -> None:
    result = run("upgrade", package, "--json")
    assert json.loads(result.stdout) == {
        "folder": str(package), "from": 1, "to": 1, "backup": None, "warnings": [],
    }  # fmt: skip
    (package / "datapackage.json").write_text('{"schema_version": 99}')
    refused(run("upgrade", package), "99")
    refused(run("check", package), "99")


def test_what_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "catatan"
    file.write_text("x")
    refused(run("check", file))
    refused(run("check", tmp_path / "tidak-ada"))
    refused(run("check", tmp_path))
