"""Any valid community survives write → read; no bytes raise anything but our errors."""

from __future__ import annotations

import tempfile
from pathlib import Path

import polars as pl
from community_strategies import NASTY, TEXT, communities
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.core.community import CommunityData
from satuhati.errors import InputError
from satuhati.formats.folder import new_folder, read_folder, write_folder
from satuhati.formats.guard import guard_name, guarded, unguard_name, unguarded


@given(communities())
@settings(max_examples=40)
def test_any_valid_community_survives_write_then_read(data: CommunityData) -> None:
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base) / "paket"
        write_folder(data, folder)
        again, _ = read_folder(folder)
    assert again.equals(data)
    assert again.communities == data.communities


@given(st.lists(TEXT, min_size=1))
@settings(max_examples=100)
def test_guard_is_undone_exactly(texts: list[str]) -> None:
    frame = pl.DataFrame({"t": texts})
    written = frame.select(guarded(pl.col("t")))
    assert written.select(unguarded(pl.col("t")))["t"].to_list() == texts
    for text, cell in zip(texts, written["t"], strict=True):
        assert cell.lstrip(" \u00a0")[:1] not in tuple("=+-@\t\r\n＝＋－＠")
        assert guard_name(text) == cell
        assert unguard_name(cell) == text


def test_every_nasty_text_survives_in_one_table(tmp_path: Path) -> None:
    ids = [f"p{i:02d}" for i in range(len(NASTY))]
    data = CommunityData.of({
        "community": pl.DataFrame({"id": ["A"], "name": ["Contoh"]}),
        "actors": pl.DataFrame(
            {"community": "A", "id": ids, "name": list(NASTY), "kind": "person"}
        ),
    })  # fmt: skip
    write_folder(data, tmp_path / "x")
    again, warnings = read_folder(tmp_path / "x")
    assert again["actors"]["name"].to_list() == list(NASTY)
    assert warnings == ()


def worded(error: InputError) -> None:
    """Every problem has its words in both languages, on one line, with no field left open."""
    assert error.problems
    for problem in error.problems:
        for lang in ("id", "en"):
            line = problem.line(lang)
            assert "\n" not in line
            assert not any("{" + f + "}" in line for f in ("value", "id", "why", "first", "name"))


FILES = ("actors.csv", "ties.csv", "community.csv", "items.csv", "datapackage.json",
         "answers/q.csv", "meetings.csv.gz")  # fmt: skip


@given(st.sampled_from(FILES), st.binary(max_size=300))
@settings(max_examples=60)
def test_no_bytes_raise_anything_but_ours(file: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base) / "paket"
        new_folder(folder)
        (folder / file).write_bytes(content)
        try:
            read_folder(folder)
        except InputError as error:
            worded(error)


@given(communities(max_communities=2), st.data())
@settings(max_examples=40)
def test_damaged_packages_raise_only_our_errors(data: CommunityData, pick: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base) / "paket"
        write_folder(data, folder)
        files = sorted(p for p in folder.rglob("*") if p.is_file())
        file = pick.draw(st.sampled_from(files))
        content = bytearray(file.read_bytes())
        for _ in range(pick.draw(st.integers(1, 4))):
            at = pick.draw(st.integers(0, len(content)))
            new = pick.draw(st.binary(max_size=3) | st.sampled_from([b'"', b",", b"\n", b";"]))
            content[at : at + pick.draw(st.integers(0, 3))] = new
        file.write_bytes(bytes(content))
        try:
            read_folder(folder)
        except InputError as error:
            worded(error)
