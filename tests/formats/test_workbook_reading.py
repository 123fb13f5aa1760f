"""Workbooks as people and strangers make them."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.core.community import CommunityData
from satuhati.errors import InputError
from satuhati.formats.package import read_any
from satuhati.formats.sheets import tables_by_title
from satuhati.formats.workbook_read import read_workbook
from satuhati.formats.workbook_write import write_workbook
from satuhati.schema import TABLES
from satuhati.schema.choices import choice_label, folded

Make = Callable[..., Path]
COMMUNITY = [["id", "name"], ["K1", "Kampung Rekaan"]]
ACTORS = [["id", "kind", "name", "joined"], ["p1", "person", "Ibu Rekaan", None]]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A workbook of sheets given as rows."""

    def build(**tables: list[list[Any]]) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in tables.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "buku.xlsx"
        book.save(path)
        return path

    return build


def codes(path: Path, **options: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_any(path, **options)
    return [p.code for p in caught.value.problems]


def test_values_as_excel_keeps_them(make: Make) -> None:
    path = make(
        community=COMMUNITY,
        areas=[["id", "name", "level", "adults"], [8, 12.5, "rt", 3.0], ["08", "RT 8", "RT", "4"]],
        actors=[
            ["id", "kind", "area", "joined", "outside"],
            ["p1", "person", 8, dt.date(2026, 1, 5), True],
            ["p2", "person", "08", "21/11/2026", "ya"],
        ],
        meetings=[
            ["id", "kind", "date", "status", "time"],
            ["m1", "pokja", dt.date(2026, 1, 5), "held", dt.time(19, 30)],
        ],
        budget_lines=[
            ["id", "activity", "needed"],
            ["b1", "k", 12.125],
            ["b2", "k", "2,5"],
            ["b3", "k", 1.25],
            ["b4", "k", 1.5],
        ],
        activities=[["id", "name", "planned_for"], ["k", "Kegiatan", dt.date(2026, 1, 1)]],
    )
    data, found = read_workbook(path)
    assert data["areas"].select("id", "name", "adults").rows() == [
        ("08", "RT 8", 4),
        ("8", "12.5", 3),
    ]
    assert data["actors"].select("area", "joined", "outside").rows() == [
        ("8", dt.date(2026, 1, 5), True),
        ("08", dt.date(2026, 11, 21), True),
    ]
    assert data["meetings"]["time"].to_list() == ["19:30"]
    assert data["budget_lines"]["needed"].to_list() == [12.125, 2.5, 1.25, 1.5]
    assert sorted(d.code for d in found) == ["dates_day_first", "decimal_comma"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("=1+1", "cell_formula"),
        ("#N/A", "cell_error"),
        (dt.date(2026, 2, 1), "cell_date_in_text"),
    ],
)
def test_cells_that_are_not_values_are_named(make: Make, cell: object, code: str) -> None:
    path = make(community=COMMUNITY, actors=[ACTORS[0], ["p1", "person", cell, None]])
    with pytest.raises(InputError) as caught:
        read_workbook(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.row, problem.column) == (code, "actors", 2, "name")


def test_problems_name_sheet_row_and_column(make: Make) -> None:
    path = make(
        community=COMMUNITY,
        actors=[ACTORS[0], [], ["p1", "orang", None, "2026-02-30"], ["p1", "person"]],
        attendance=[["id", "meeting"], ["a", "m", "lebih"]],
        answers_x=[["id"]],
    )
    with pytest.raises(InputError) as caught:
        read_workbook(path)
    assert {(p.code, p.file, p.row, p.column) for p in caught.value.problems} == {
        ("answers_unknown_instrument", "answers_x", None, None),
        ("column_missing", "attendance", 1, "actor"),
        ("column_missing", "attendance", 1, "status"),
        ("date_impossible", "actors", 3, "joined"),
        ("id_repeated", "actors", 4, "id"),
        ("row_too_long", "attendance", 2, None),
        ("value_choice", "actors", 3, "kind"),
    }


def test_unknown_sheets_are_a_doubt_and_help_is_not(make: Make) -> None:
    path = make(
        community=COMMUNITY, Actors=ACTORS, Catatan=[["x"]], Petunjuk=[["baca"]], Choices=[["read"]]
    )
    data, found = read_workbook(path)
    assert data["actors"].height == 1
    assert [(d.code, d.fields["file"]) for d in found] == [("file_unknown", "Catatan")]


def test_sheets_for_one_table_twice_and_none_at_all(make: Make) -> None:
    assert codes(make(community=COMMUNITY, **{"community ": COMMUNITY})) == ["sheet_repeated"]
    assert codes(make(Lembar1=[["x"]])) == ["workbook_without_tables"]


def test_a_declared_size_that_lies_is_ignored(make: Make) -> None:
    path = make(community=COMMUNITY, actors=[*ACTORS, ["p2", "person"]])
    parts = _parts(path)
    for name in parts:
        if b'<dimension ref="A1:D3"' in parts[name]:
            parts[name] = parts[name].replace(b'ref="A1:D3"', b'ref="A1:B2"')
    _pack(path, parts)
    assert read_workbook(path)[0]["actors"].height == 2


# -- files that are not what they seem -------------------------------------------------------


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {n: archive.read(n) for n in archive.namelist()}


def _pack(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_files_that_are_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    assert codes(path) == ["file_missing"]
    path.write_bytes(b"")
    assert codes(path) == ["workbook_kind"]
    path.write_bytes(b"id,name\n1,x\n")
    assert codes(path) == ["workbook_kind"]
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert codes(path) == ["workbook_kind"]
    _pack(path, {"dokumen.txt": b"x"})
    assert codes(path) == ["workbook_kind"]
    old = tmp_path / "x.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert codes(old) == ["workbook_kind"]
    other = tmp_path / "x.ods"
    other.write_bytes(b"PK")
    assert codes(other) == ["unsupported_extension"]
    link = tmp_path / "y.xlsx"
    link.symlink_to(path)
    assert codes(link) == ["not_a_regular_file"]


def test_macros_and_truncation(make: Make) -> None:
    path = make(community=COMMUNITY)
    content = path.read_bytes()
    _pack(path, _parts(path) | {"xl/vbaProject.bin": b"x"})
    assert codes(path) == ["workbook_kind"]
    path.write_bytes(content[: len(content) // 2])
    assert codes(path) == ["workbook_kind"]


def test_a_zip_bomb_is_refused(make: Make) -> None:
    path = make(community=COMMUNITY)
    parts = _parts(path)
    _pack(path, parts | {"xl/media/x.bin": bytes(60_000_000)})
    assert path.stat().st_size < 100_000
    assert codes(path) == ["workbook_unpacks_too_large"]
    many = parts | {f"xl/media/{i}.bin": b"" for i in range(3000)}
    _pack(path, many)
    assert codes(path) == ["workbook_unpacks_too_large"]


def test_a_zip_directory_that_lies_is_refused(make: Make) -> None:
    path = make(community=COMMUNITY)
    _pack(path, _parts(path) | {"xl/media/x.bin": bytes(60_000_000)})
    content = path.read_bytes()
    size = (60_000_000).to_bytes(4, "little")
    assert content.count(size) == 2  # in the directory and before the entry
    path.write_bytes(content.replace(size, (1000).to_bytes(4, "little")))
    assert codes(path) in (["workbook_kind"], ["workbook_unpacks_too_large"])


def test_entities_are_refused(make: Make) -> None:
    path = make(community=COMMUNITY)
    parts = _parts(path)
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    name = "xl/worksheets/sheet1.xml"
    body = parts[name].split(b"?>", 1)[-1]
    _pack(path, parts | {name: laughs + body})
    assert codes(path) == ["workbook_broken"]
    wide = (laughs + body).decode().replace("1.0", "1.0' encoding='utf-16").encode("utf-16")
    _pack(path, parts | {name: wide})
    assert codes(path) == ["workbook_broken"]


def test_row_numbers_beyond_excel_do_not_hang(make: Make) -> None:
    path = make(community=COMMUNITY, actors=ACTORS)
    parts = _parts(path)
    name = "xl/worksheets/sheet2.xml"
    parts[name] = parts[name].replace(b'<row r="2"', b'<row r="99999999999"')
    assert b"99999999999" in parts[name]
    _pack(path, parts)
    assert codes(path) == ["workbook_broken"]


def test_a_workbook_over_the_limit(make: Make) -> None:
    path = make(community=COMMUNITY)
    with path.open("ab") as file:
        file.truncate(200_000_000)
    assert codes(path) == ["file_too_large"]


_SEED = io.BytesIO()
_BOOK = openpyxl.Workbook()
_BOOK.active.title = "community"
for _row in COMMUNITY:
    _BOOK.active.append(_row)
_BOOK.save(_SEED)


@given(st.data())
@settings(max_examples=60)
def test_damaged_workbooks_raise_only_our_errors(pick: st.DataObject) -> None:
    with zipfile.ZipFile(_SEED) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    name = pick.draw(st.sampled_from(sorted(parts)))
    content = bytearray(parts[name])
    for _ in range(pick.draw(st.integers(1, 4))):
        at = pick.draw(st.integers(0, len(content)))
        new = pick.draw(st.binary(max_size=3) | st.sampled_from([b"<", b'"', b"9", b"</row>"]))
        content[at : at + pick.draw(st.integers(0, 9))] = new
    with tempfile.TemporaryDirectory() as base:
        path = Path(base) / "x.xlsx"
        _pack(path, parts | {name: bytes(content)})
        try:
            read_workbook(path)
        except InputError as error:
            assert_worded(error)


@given(st.data())
@settings(max_examples=60)
def test_damaged_archives_raise_only_our_errors(pick: st.DataObject) -> None:
    content = bytearray(_SEED.getvalue())
    for _ in range(pick.draw(st.integers(1, 3))):
        at = pick.draw(st.integers(0, len(content) - 1))
        content[at] = pick.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as base:
        path = Path(base) / "x.xlsx"
        path.write_bytes(bytes(content))
        try:
            read_workbook(path)
        except InputError as error:
            assert_worded(error)


def assert_worded(error: InputError) -> None:
    assert all("{" not in p.line(lang) for p in error.problems for lang in ("id", "en"))


# -- writing ---------------------------------------------------------------------------------


def _data(name: str = "Rekaan") -> CommunityData:
    return CommunityData.of({
        "community": pl.DataFrame({"id": ["K1"], "name": [name], "synthetic": [True]}),
        "actors": pl.DataFrame({"community": ["K1"], "id": ["p1"], "kind": ["person"]}),
    })  # fmt: skip


def test_the_workbook_helps_whoever_fills_it_in(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_workbook(_data(), path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:3] == ["Petunjuk", "Pilihan", "Komunitas"]
    assert "REKAAN" in book["Petunjuk"]["A1"].value
    sheet = book["Daftar hadir"]
    assert sheet.freeze_panes == "B2"
    assert [c.value for c in sheet[1]][:4] == ["Kode", "Rapat", "Orang", "Kehadiran"]
    assert "(kode kolom: status)" in sheet["D1"].comment.text
    rules = {str(r.sqref): r.formula1 for r in sheet.data_validations.dataValidation}
    assert rules["D2:D1001"] == '"hadir,diwakili,izin,sakit,tanpa keterangan"'
    assert rules["B2:B1001"] == "'Rapat'!$A$2:$A$5000"
    assert rules["G2:G1001"] == '"ya,tidak"'
    long = {r.formula1 for r in book["Buku kode"].data_validations.dataValidation}
    assert any(f.startswith("'Pilihan'!$C$") for f in long)
    meanings = {tuple(c.value for c in row) for row in book["Pilihan"].iter_rows()}
    assert ("Daftar hadir", "Kehadiran", "tanpa keterangan", "absent", "absent") in meanings
    assert sheet.column_dimensions["A"].number_format == "@"


def test_an_english_workbook_has_no_word_of_indonesian(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    names = write_workbook(_data(), path, lang="en", tables=tuple(TABLES))
    assert {"Instructions", "Choices", "Attendance", "Questions and proposals"} <= set(names)
    sheet = openpyxl.load_workbook(path)["Attendance"]
    assert [c.value for c in sheet[1]][:4] == ["ID", "Meeting", "Person", "Status"]
    rules = {str(r.sqref): r.formula1 for r in sheet.data_validations.dataValidation}
    assert rules["D2:D1001"] == '"present,represented,excused,ill,absent"'
    assert rules["G2:G1001"] == '"yes,no"'


def test_lists_fit_what_excel_takes_and_ranges_hold_the_words(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_workbook(_data(), path, tables=tuple(TABLES))
    book = openpyxl.load_workbook(path)
    by_title = tables_by_title()
    looked = 0
    for sheet in book.worksheets[2:]:
        table = TABLES[by_title[folded(sheet.title)]]
        for rule in sheet.data_validations.dataValidation:
            column = table.columns[next(iter(rule.sqref.ranges)).min_col - 1]
            if not column.choices:
                continue
            said = rule.formula1
            assert len(said) <= 255
            if said.startswith('"'):
                words = said.strip('"').split(",")
            else:
                name, place = said.split("!")
                words = [c.value for (c,) in book[name.strip("'")][place.replace("$", "")]]
            labels = [choice_label(table.name, column.name, c).id for c in column.choices]
            assert words == labels
            looked += 1
    assert looked == sum(bool(c.choices) for t in TABLES.values() for c in t.columns)


def test_labels_and_words_are_read_as_codes(make: Make) -> None:
    path = make(**{
        "Komunitas": [["Kode", "Nama"], ["K1", "Kampung Rekaan"]],
        "Orang dan organisasi": [["Kode", "jenis", "Name"], ["p1", "Perorangan", "Ibu Rekaan"]],
        "RAPAT ": [["Kode", "Jenis", "date", "Keadaan"], ["m1", "rapat  pokja", "2026-01-05",
                    "Held"]],
        "Attendance": [["id", "Meeting", "actor", "Kehadiran", "Bicara"],
                       ["a1", "m1", "p1", "Tanpa keterangan", "ya"]],
        "Kuesioner": [["Kode", "Nama", "Untuk"], ["q", "Kuesioner", "Semua"]],
        "Butir": [["Kode", "Kuesioner", "Kolom", "Jenis"], ["i1", "q", "Kode", "teks"],
                  ["i2", "q", "b", "Skala bertingkat"]],
        "Putaran survei": [["Kode", "Kuesioner", "Gelombang", "Populasi", "Mulai", "Selesai",
                            "Kerangka sampel", "Diundang"],
                           ["r1", "q", 1, "warga", "2026-01-05", "2026-01-06", "lainnya", 9]],
        "Jawaban q": [["id", "Kode", "Putaran", "b"], ["j1", "08", "r1", 4]],
    })  # fmt: skip
    data, found = read_workbook(path)
    assert found == ()
    assert data["meetings"].select("kind", "status").rows() == [("pokja", "held")]
    assert data["attendance"].select("status", "spoke").rows() == [("absent", True)]
    assert data.answers["q"].select("id", "Kode", "b").rows() == [("j1", "08", 4.0)]


def test_problems_are_named_as_the_person_sees_them(make: Make) -> None:
    path = make(**{
        "Komunitas": [["Kode", "Nama"], ["K1", "Kampung Rekaan"]],
        "Orang dan organisasi": [["Kode", "Jenis"], ["p1", "perorangan"]],
        "Rapat": [["Kode", "Jenis", "Tanggal", "Keadaan", "Undangan dikirim"],
                  ["m1", "rapat Pokja", "2026-01-05", "jadi", "2026-02-01"]],
        "Daftar hadir": [["Kode", "Rapat", "Orang", "status"], ["a1", "m9", "p1", "hadir"]],
        "Norma": [["Kode", "Jenis"], ["n1", "tertulis"]],
    })  # fmt: skip
    with pytest.raises(InputError) as caught:
        read_workbook(path)
    lines = caught.value.report("id").split("\n")
    assert lines == [
        "Daftar hadir, baris 2, kolom Rapat: 'm9' tidak ada di tabel Rapat. "
        "Tambahkan di Rapat, atau perbaiki ejaannya.",
        "Norma, baris 1, kolom Isi: Kolom 'Isi' tidak ada. Tambahkan kolom itu di baris judul.",
        "Rapat, baris 2, kolom Keadaan: 'jadi' bukan pilihan yang dikenal. Pilih salah satu: "
        "terlaksana (held); batal (cancelled); direncanakan (planned).",
        "Rapat, baris 2, kolom Tanggal: Tanggal (2026-01-05) mendahului Undangan dikirim "
        "(2026-02-01). Periksa kedua isian itu.",
    ]
    assert "Choose one of: held; cancelled; planned." in caught.value.report("en")


def test_two_sheets_or_columns_for_the_same_are_refused(make: Make) -> None:
    assert codes(make(community=COMMUNITY, Komunitas=COMMUNITY)) == ["sheet_repeated"]
    rows = [["id", "Jenis", "kind", "Kode"], ["p1", "perorangan", "person", "p1"]]
    path = make(community=COMMUNITY, actors=rows)
    with pytest.raises(InputError) as caught:
        read_workbook(path)
    assert [(p.code, p.column, p.fields["other"]) for p in caught.value.problems] == [
        ("column_same", "Jenis", "kind"),
        ("column_same", "Kode", "id"),
    ]
    q = {
        "instruments": [["id", "name", "population"], ["q", "Q", "all"]],
        "answers_q": [["id", "round"]],
    }
    assert codes(make(community=COMMUNITY, **q, **{"Jawaban q": [["id", "round"]]})) == [
        "sheet_repeated"
    ]


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_workbook(_data("=1+1"), path)
    cell = openpyxl.load_workbook(path)["Komunitas"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_text_too_long_for_a_cell_is_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with pytest.raises(InputError) as caught:
        write_workbook(_data("x" * 32_768), path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.row) == ("cell_too_long", "community", 2)
    assert not path.exists()
    write_workbook(_data("x" * 32_767), path)
    assert read_workbook(path)[0]["community"]["name"].str.len_chars().to_list() == [32_767]


def test_a_workbook_is_not_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_workbook(_data(), path)
    with pytest.raises(InputError) as caught:
        write_workbook(_data("Lain"), path)
    assert [p.code for p in caught.value.problems] == ["file_exists"]
    write_workbook(_data("Lain"), path, overwrite=True)
    assert read_workbook(path)[0]["community"]["name"].to_list() == ["Lain"]
    assert [p.name for p in tmp_path.iterdir()] == ["x.xlsx"]
    for bad in ("x.csv", "tidak/ada.xlsx"):
        with pytest.raises(InputError):
            write_workbook(_data(), tmp_path / bad)
