"""Any valid community survives workbook write → read."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
from community_strategies import NASTY, TEXT, communities
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.core.community import CommunityData
from satuhati.formats.sheets import MAX_NAME, answer_sheets, from_cell, to_cell
from satuhati.formats.workbook_read import read_workbook
from satuhati.formats.workbook_write import write_workbook
from satuhati.text import LANGUAGES, Language


@given(communities(max_rows=2), st.sampled_from(LANGUAGES))
@settings(max_examples=10)
def test_any_valid_community_survives_a_workbook(data: CommunityData, lang: Language) -> None:
    with tempfile.TemporaryDirectory() as base:
        file = Path(base) / "buku.xlsx"
        write_workbook(data, file, lang=lang)
        again, _ = read_workbook(file)
    assert again.equals(data)


def test_every_nasty_text_survives_a_workbook(tmp_path: Path) -> None:
    ids = [f"p{i:02d}" for i in range(len(NASTY))]
    data = CommunityData.of({
        "community": pl.DataFrame({"id": ["A"], "name": ["Contoh"]}),
        "actors": pl.DataFrame(
            {"community": "A", "id": ids, "name": list(NASTY), "kind": "person"}
        ),
    })  # fmt: skip
    write_workbook(data, tmp_path / "x.xlsx")
    again, warnings = read_workbook(tmp_path / "x.xlsx")
    assert again["actors"]["name"].to_list() == list(NASTY)
    assert warnings == ()


@given(TEXT | st.from_regex(r"_?x?_x[0-9A-Fa-f]{4}_.?", fullmatch=True))
def test_cell_text_is_undone_exactly(text: str) -> None:
    assert from_cell(to_cell(text)) == text


@given(st.sets(st.from_regex(r"[a-z0-9_.-]{1,60}", fullmatch=True), max_size=12))
def test_answer_sheets_fit_and_differ(codes: set[str]) -> None:
    names = answer_sheets(codes, "Jawaban ")
    assert names.keys() == codes
    assert len({n.casefold() for n in names.values()}) == len(codes)
    assert all(len(n) <= MAX_NAME for n in names.values())
