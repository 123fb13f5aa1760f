"""Words that people see stand for one code only, and are read as it."""

from __future__ import annotations

from pathlib import Path

import pytest

from satuhati.errors import InputError
from satuhati.formats.folder import new_folder, read_folder
from satuhati.formats.headers import columns_of, read_header, titles_for
from satuhati.formats.sheets import (
    ANSWERS,
    ANSWERS_CODE,
    CHOICES,
    HELP,
    MAX_NAME,
    tables_by_title,
    title,
)
from satuhati.schema import TABLES
from satuhati.schema.choices import choice_label, choice_words, folded, unambiguous
from satuhati.text import LANGUAGES, Text

EVERYWHERE = (*TABLES, "answers")


def test_no_choice_column_is_ambiguous_in_either_language() -> None:
    for table in EVERYWHERE:
        for column in columns_of(table):
            words = choice_words(table, column)
            for code in column.choices:
                for word in (code, *choice_label(table, column.name, code)):
                    assert words[folded(word)] == code, (table, column.name, word)
                    assert word == word.strip() != ""


@pytest.mark.parametrize("table", EVERYWHERE)
def test_no_header_is_ambiguous_in_either_language(table: str) -> None:
    names = [c.name for c in columns_of(table)]
    written = names if table == "community" else ["community", *names]
    for lang in LANGUAGES:
        titles = titles_for(table, lang)
        header = read_header([titles[n].upper() for n in written], table)
        assert list(header.names) == written
        assert header.same == ()


def test_sheet_names_are_what_excel_takes_and_differ() -> None:
    for lang in LANGUAGES:
        names = [t(lang) for t in (HELP, CHOICES, *map(title, TABLES))]
        assert len({n.casefold() for n in names}) == len(names)
        for name in names:
            assert 0 < len(name) <= MAX_NAME
            assert not set(name) & set("[]:*?/\\")
            assert not name.startswith("'")
            assert not name.endswith("'")
            assert not name.startswith((ANSWERS_CODE, *ANSWERS))
    known = tables_by_title()
    for table in TABLES:
        assert known[table] == table
        for name in (*title(table), *TABLES[table].label):
            assert known[folded(name)] == table
    assert not {folded(w) for w in (*HELP, *CHOICES)} & set(known)


def test_a_word_that_two_codes_share_means_neither() -> None:
    words = unambiguous(
        [("a", Text("Ya", "yes")), ("b", Text("ya ", "aye")), ("c", Text("c", "c"))]
    )
    assert words == {"a": "a", "yes": "a", "b": "b", "aye": "b", "c": "c"}


def test_a_code_outweighs_a_label_and_an_item_too() -> None:
    assert read_header(["Kode", "id"], "answers", {"Kode"}).names == ("Kode", "id")
    assert titles_for("answers", "id", {"Kode"})["id"] == "id"
    header = read_header(["kode", "Lain"], "actors")
    assert header.names == ("id", "Lain")
    assert header.titles["id"] == "kode"
    assert header.titles["kind"] == "Jenis"
    assert read_header(["id", "Lain"], "actors").titles == {}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "paket"
    new_folder(path, tables=tuple(TABLES))
    return path


def test_csv_files_take_labels_and_words(folder: Path) -> None:
    (folder / "actors.csv").write_text("Kode,Jenis,Seks\np1,  PERORANGAN,x\n", encoding="utf-8")
    (folder / "meetings.csv").write_text(
        "ID,Jenis,Tanggal,Keadaan\nm1,work party,2026-01-05,terlaksana\n", encoding="utf-8"
    )
    (folder / "attendance.csv").write_text(
        "Kode;Rapat;Orang;Kehadiran\na1;m1;p1;tanpa   Keterangan\n", encoding="utf-8"
    )
    (folder / "residents.csv").write_text(
        "id,year,age_band,count\nw1,2026,15-24 tahun,9\nw2,2026,15–24 years,9\n",
        encoding="utf-8",
    )
    data, found = read_folder(folder)
    assert data["meetings"]["kind"].to_list() == ["kerja_bakti"]
    assert data["attendance"]["status"].to_list() == ["absent"]
    assert data["residents"]["age_band"].to_list() == ["15-24", "15-24"]
    said = [d for d in found if d.code == "column_unknown"]
    assert [(d.fields["file"], d.fields["column"]) for d in said] == [("actors.csv", "Seks")]


@pytest.mark.parametrize(
    ("period", "fine"),
    [
        ("2026", True), ("2026-11", True), ("1900", True), ("2199-12", True),
        ("2026-13", False), ("26", False), ("1899", False), ("2200", False), ("2026-1", False),
        ("Periode 1", False), (" 2026", False), ("2026 ", False), ("٢٠٢٦", False),
    ],
)  # fmt: skip
def test_periods_are_years_or_months(folder: Path, period: str, fine: bool) -> None:
    text = f"id,indicator,Periode\ni0,mcpr,2025\ni1,mcpr,{period}\n"
    (folder / "indicators.csv").write_text(text, encoding="utf-8")
    if fine:
        assert read_folder(folder)[0]["indicators"]["period"].to_list() == ["2025", period]
        return
    with pytest.raises(InputError) as caught:
        read_folder(folder)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.row, problem.column) == (
        "period_invalid", "indicators.csv", 3, "Periode",
    )  # fmt: skip
