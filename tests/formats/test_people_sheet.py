"""Lists of people from Excel and CSV. All people are made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.errors import InputError
from satuhati.formats.people_columns import field_of
from satuhati.formats.people_list import PastedList
from satuhati.formats.people_sheet import read_people_sheet
from satuhati.schema import TABLES
from satuhati.text import LANGUAGES


def book(path: Path, rows: Sequence[Sequence[object]], *more: Sequence[Sequence[object]]) -> Path:
    made = openpyxl.Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(list(row))
    for others in more:
        sheet = made.create_sheet()
        for row in others:
            sheet.append(list(row))
    file = path / "daftar.xlsx"
    made.save(file)
    return file


def posts(found: PastedList) -> list[tuple[str, str, str | None]]:
    return [(p.called, post.kind, post.section) for p in found.people for post in p.posts]


def test_a_workbook_in_any_order_of_columns_below_a_title(tmp_path: Path) -> None:
    file = book(
        tmp_path,
        [
            ["DAFTAR PENGURUS POKJA KAMPUNG KB"],
            [],
            ["No", "No. HP", "Nama Lengkap", "L/P", "Jabatan", "Seksi", "RT/RW", "Unsur",
             "Mulai", "Sampai", "Nomor SK", "NIK", "Ukuran kaos"],
            [1, 81234567890, "Bpk. Bayu Contoh, S.Pd", "L", "Ketua", None, "03/05", "Kelurahan",
             dt.date(2025, 1, 2), "1 Januari 2028", "SK 12/2025", "3175091234560001", "XL"],
            [2, "0813-1111-2222 / 0814 1111 3333", "sekar misal", "P", "Koordinator", "Ekonomi",
             "RT 1 RW 2", None, "02/01/2025", None, None, None, None],
            [3, None, "Arum", None, "Anggota", None, None, None, None, None, None, None, None],
            [4, "-", "Lurah Misal", None, "Pelindung", None, None, None, None, None, None, None,
             None],
            ["SEKSI LINGKUNGAN"],
            [5, "tidak tahu", "Jati", "x", None, None, None, "Puskesmas", None, None, None, None,
             None],
            [6],
            [None, None, "Mohon hadir besok"],
        ],
    )  # fmt: skip
    found = read_people_sheet(file)
    assert posts(found) == [
        ("Bapak Bayu Contoh, S.Pd", "chair", None),
        ("Sekar Misal", "section_head", "ekonomi"),
        ("Arum", "section_member", "ekonomi"),
        ("Lurah Misal", "patron", None),
        ("Jati", "section_member", "lingkungan"),
    ]
    bayu, sekar, arum, lurah, jati = found.people
    assert (bayu.phone, bayu.rt, bayu.rw, bayu.sex) == ("+6281234567890", "03", "05", "male")
    assert (bayu.organization, bayu.sector, bayu.lines) == ("Kelurahan", "pemerintah", (4,))
    (post,) = bayu.posts
    assert (post.start, post.end) == (dt.date(2025, 1, 2), dt.date(2028, 1, 1))
    assert post.decree == "SK 12/2025"
    assert (sekar.phone, sekar.note, sekar.sex) == ("+6281311112222", "+6281411113333", "female")
    assert (sekar.rt, sekar.rw, sekar.posts[0].start) == ("01", "02", dt.date(2025, 1, 2))
    assert arum.questions == ("section",)  # the cell is empty: merged, or not told
    assert lurah.questions == ("name",)
    assert (jati.questions, jati.note) == (("phone", "sex"), "tidak tahu; x")
    assert [line.line for line in found.headings] == [1, 3, 8]
    assert [(line.line, line.why and line.why.code) for line in found.ignored] == [
        (10, "line_empty_item"), (11, "line_no_name"),
    ]  # fmt: skip
    assert {d.code for d in found.doubts} == {"people_columns_unread", "people_id_number"}
    assert "Ukuran kaos" in " ".join(d.message() for d in found.doubts)
    assert "3175" not in repr(found)


def test_a_csv_file(tmp_path: Path) -> None:
    file = tmp_path / "daftar.csv"
    file.write_bytes(
        "Daftar Pokja\r\nNama;Jabatan;HP\r\nBu Sekar;Ketua;'+62 812 3456 7890\r\n"
        "Pak Bayu;Kader;\r\nBu Arum;Ketua RT 03;\r\nJati;humas\r\n".encode("utf-16")
    )
    found = read_people_sheet(file)
    sekar, bayu, arum, jati = found.people
    assert posts(found) == [("Bu Sekar", "chair", None), ("Jati", "other", None)]
    assert sekar.phone == "+6281234567890"
    assert (bayu.questions, bayu.organization) == (("post",), "Kader")
    assert (jati.questions, jati.posts[0].name) == (("post",), "Humas")
    assert (arum.questions, arum.organization) == (("post",), "Ketua RT 03")
    assert [d.code for d in found.doubts] == ["csv_encoding"]


def test_two_terms_of_one_post_stay_two(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "name,post,start,end\nSekar Misal,Ketua,2020-01-01,2022-12-31\n"
        "Sekar Misal,Ketua,2023-01-01,\n"
    )
    (sekar,) = read_people_sheet(file).people
    assert [p.start for p in sekar.posts] == [dt.date(2020, 1, 1), dt.date(2023, 1, 1)]


@pytest.mark.parametrize("end", [".csv", ".txt"])
def test_a_list_saved_as_a_file(tmp_path: Path, end: str) -> None:
    file = tmp_path / f"daftar{end}"
    file.write_text("Ketua: Pak Bayu\nSeksi Ekonomi: Bu Sekar, Bu Arum\n", encoding="utf-8")
    assert posts(read_people_sheet(file)) == [
        ("Pak Bayu", "chair", None),
        ("Bu Sekar", "section_member", "ekonomi"),
        ("Bu Arum", "section_member", "ekonomi"),
    ]


def test_a_workbook_without_a_header(tmp_path: Path) -> None:
    rows = [["SUSUNAN POKJA"], ["Ketua", "Pak Bayu"], ["Seksi Ekonomi"], [1, "Bu Sekar"]]
    found = read_people_sheet(book(tmp_path, rows))
    assert posts(found) == [
        ("Pak Bayu", "chair", None),
        ("Bu Sekar", "section_member", "ekonomi"),
    ]


def test_the_sheet_with_names_is_chosen_and_the_others_are_said(tmp_path: Path) -> None:
    file = book(tmp_path, [["Petunjuk"], ["Isi lembar berikut"]], [["Nama"], ["Bu Sekar"]])
    found = read_people_sheet(file)
    assert [p.called for p in found.people] == ["Bu Sekar"]
    assert [d.code for d in found.doubts] == ["people_other_sheets"]


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        (["Bu Sekar", "=A1", None, None], "cell_formula", "Jabatan"),
        (["Bu Sekar", "Ketua", "31/02/2025", None], "date_impossible", "Mulai"),
        (["Bu Sekar", "Ketua", "kapan-kapan", None], "value_type", "Mulai"),
        (["Bu Sekar", "Ketua", "2025-01-01", "2024-01-01"], "order_dates", "Sampai"),
    ],
)
def test_what_must_be_mended_says_where(
    tmp_path: Path, cells: list[object], code: str, column: str
) -> None:
    file = book(tmp_path, [["Nama", "Jabatan", "Mulai", "Sampai"], ["Pak Bayu"], cells])
    with pytest.raises(InputError) as caught:
        read_people_sheet(file)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.row, problem.column) == (code, "Sheet", 3, column)
    for lang in LANGUAGES:
        assert "{" not in problem.line(lang)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"", "file_empty"),
        ("a.csv", b"Jabatan,HP\nx y z w v u t s r,1\n", "people_name_column"),
        ("a.csv", b"Nama,HP\n,\n", "people_name_column"),
        ("a.csv", b"a\x00b", "file_not_text"),
        ("a.pdf", b"%PDF", "unsupported_extension"),
        ("a.xlsx", b"PK", "workbook_kind"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "workbook_kind"),
        ("a.csv", b"Nama\n" + b"Sekar\n" * 20_000, "people_too_many_rows"),
        ("a.csv", b"Nama\n" + b"x" * 2_000_000, "file_too_large"),
    ],
)
def test_files_that_are_no_lists(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    file = tmp_path / "upload"
    file.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_people_sheet(file, name=name, max_mb=1)
    assert [(p.code, p.file) for p in caught.value.problems] == [(code, name)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_labels_of_the_tables_are_known_headers(lang: str) -> None:
    wanted = {
        ("actors", "name"): "name", ("actors", "sex"): "sex", ("actors", "sector"): "sector",
        ("actors", "organization"): "organization", ("actors", "area"): "area",
        ("posts", "name"): "post", ("posts", "section"): "section", ("terms", "post"): "post",
        ("terms", "start"): "start", ("terms", "end"): "end", ("terms", "decree"): "decree",
    }  # fmt: skip
    for (table, column), field in wanted.items():
        assert field_of(getattr(TABLES[table].column(column).label, lang)) == field


def say(error: InputError) -> None:
    """Every problem can be said."""
    for problem in error.problems:
        assert problem.line("id")


CELLS = st.one_of(
    st.none(), st.integers(), st.booleans(), st.dates(), st.floats(allow_nan=False),
    st.sampled_from(["Nama", "Jabatan", "Bu Sekar", "Ketua", "Seksi Ekonomi", "0812", "=1", "RW"]),
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=20),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=6), max_size=12), st.booleans())
@settings(max_examples=60)
def test_no_workbook_raises_anything_but_ours(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]], headed: bool
) -> None:
    header: list[list[object]] = [["Nama", "Jabatan", "Seksi", "HP", "Mulai"]] if headed else []
    file = book(tmp_path_factory.mktemp("books"), [*header, *rows])
    try:
        found = read_people_sheet(file)
    except InputError as error:
        return say(error)
    listed = {n for p in found.people for n in p.lines}
    listed |= {line.line for line in (*found.headings, *found.ignored)}
    full = [n for n, row in enumerate([*header, *rows], 1)
            if any(str(c).strip() for c in row if c is not None)]  # fmt: skip
    assert set(full) <= listed
    return None


@given(st.binary(max_size=300), st.sampled_from([".csv", ".txt", ".xlsx"]))
@settings(max_examples=60)
def test_no_bytes_raise_anything_but_ours(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, end: str
) -> None:
    file = tmp_path_factory.mktemp("bytes") / f"a{end}"
    file.write_bytes(data)
    try:
        read_people_sheet(file)
    except InputError as error:
        say(error)
