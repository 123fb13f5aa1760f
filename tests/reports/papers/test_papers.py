"""Papers of office: one object, the same words as PDF, DOCX and on screen."""

from __future__ import annotations

import io
import json

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from satuhati.reports.papers import paper_body, render_paper_docx, render_paper_pdf
from satuhati.reports.papers.blocks import Grid, Paper, Signature, Signatures, roman_month
from satuhati.reports.papers.html import paper_html
from satuhati.reports.papers.letter import TO_ALL, TO_EACH, Letter, Recipient
from satuhati.reports.papers.minutes import AttendanceSheet, Came, MinutesSheet, Task

# What a person may type: no control characters (forms take them out), any script.
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12)
LINES = st.lists(WORDS, max_size=3).map(tuple)
SIGNED = st.builds(Signature, title=WORDS, name=WORDS, above=WORDS)
LETTERS = st.builds(
    Letter, head=LINES, address=WORDS, number=WORDS, subject=WORDS, place_date=WORDS, to=WORDS,
    recipients=st.lists(st.builds(Recipient, WORDS, WORDS), max_size=3).map(tuple),
    mode=st.sampled_from((TO_ALL, TO_EACH)), opening=WORDS, day=WORDS, time=WORDS, place=WORDS,
    event=WORDS, agenda=LINES, order=LINES, closing=WORDS, signer=SIGNED,
    seen=st.none() | SIGNED, copies=LINES, withdrawn=WORDS,
)  # fmt: skip
MINUTES = st.builds(
    MinutesSheet, head=LINES, address=WORDS, title=WORDS, day=WORDS, time=WORDS, place=WORDS,
    place_date=WORDS, chair=WORDS, taker=WORDS, came=st.integers(0, 9), invited=st.integers(0, 9),
    agenda=LINES, discussion=LINES, decisions=LINES,
    tasks=st.lists(st.builds(Task, WORDS, WORDS, WORDS), max_size=2).map(tuple),
    attendance=st.lists(st.builds(Came, WORDS, WORDS, WORDS), max_size=2).map(tuple),
    seen=st.none() | SIGNED, approved=WORDS,
)  # fmt: skip


@given(LETTERS)
def test_a_letter_comes_back_from_its_record(letter: Letter) -> None:
    assert Letter.of(json.loads(json.dumps(letter.record()))) == letter


@given(MINUTES)
def test_minutes_come_back_from_their_record(minutes: MinutesSheet) -> None:
    assert MinutesSheet.of(json.loads(json.dumps(minutes.record()))) == minutes


@given(st.one_of(LETTERS, MINUTES))
@settings(max_examples=25, deadline=None)
def test_whatever_was_typed_is_escaped_and_fits_a_docx(sheet: Letter | MinutesSheet) -> None:
    assert "<script" not in paper_html(sheet.paper())
    docx.Document(io.BytesIO(render_paper_docx(sheet.paper())))


def minutes(**more: object) -> MinutesSheet:
    given = {
        "head": ("Kelurahan Contoh", "Pokja Kampung KB Contoh"), "address": "Jalan Contoh 1",
        "title": "Rapat <b>contoh</b>", "day": "Selasa, 8 Desember 2026", "time": "19.30 WIB",
        "place": "Balai", "place_date": "Kota, 8 Desember 2026", "chair": "Ani Contoh",
        "taker": "Beni Contoh", "came": 2, "invited": 3, "agenda": ("Kerja bakti",),
        "discussion": ("Saluran air tersumbat.",), "decisions": ("Hari Minggu",),
        "tasks": (Task("Sebar kabar", "Citra Contoh", "9 Desember 2026"),),
        "attendance": (Came("Ani Contoh", "Ketua"), Came("Dedi Contoh", "RW 05", "diwakili Eka")),
        "seen": Signature("Lurah Contoh", "", "Mengetahui,"),
    }  # fmt: skip
    return MinutesSheet(**{**given, **more})


def texts(paper: Paper) -> tuple[str, str, str]:
    """The words of a paper as PDF, DOCX and on screen."""
    pages = PdfReader(io.BytesIO(render_paper_pdf(paper))).pages
    body = docx.Document(io.BytesIO(render_paper_docx(paper))).element.body
    found = (
        "\n".join(p.extract_text() for p in pages),
        " ".join(t.text or "" for t in body.iter() if t.tag.endswith("}t")),
        str(paper_body(paper)).replace("&lt;", "<").replace("&gt;", ">"),
    )
    return tuple(" ".join(text.split()).casefold() for text in found)


def test_all_three_forms_hold_the_same_words() -> None:
    expected = ("kelurahan contoh", "rapat <b>contoh</b>", "konsep", "pimpinan rapat",
                "2 dari 3 yang diundang", "saluran air tersumbat.", "hari minggu", "sebar kabar",
                "9 desember 2026", "daftar hadir", "diwakili eka", "paraf", "lurah contoh",
                "mengetahui,")  # fmt: skip
    for text in texts(minutes().paper()):
        assert not [w for w in expected if w not in text], text


def test_what_residents_read_names_nobody() -> None:
    for text in texts(minutes().public_paper()):
        assert "saluran air" in text
        assert "sebar kabar" in text
        for name in ("ani contoh", "beni", "citra", "dedi", "eka", "lurah"):
            assert name not in text, name


def test_the_rules_a_meeting_went_by_are_printed_for_the_group() -> None:
    rule = "Rapat sah bila dihadiri separuh anggota (SK Lurah Contoh No. 3)"
    with_rules = minutes(rules=(rule,))
    for text in texts(with_rules.paper()):
        assert text.index("aturan yang dirujuk") < text.index("separuh anggota (sk lurah contoh")
        assert text.index("separuh anggota") < text.index("hari minggu"), "before the decisions"
    for text in (*texts(minutes().paper()), *texts(with_rules.public_paper())):
        assert "aturan yang dirujuk" not in text
        assert "separuh anggota" not in text
    kept = with_rules.record()
    assert MinutesSheet.of(kept) == with_rules
    del kept["rules"]  # as it was approved before rules were printed
    assert MinutesSheet.of(kept).rules == ()


def sheet(held: bool) -> AttendanceSheet:
    return AttendanceSheet(
        head=("Pokja",), address="", title="Rapat", day="Selasa", time="", place="Balai",
        place_date="", rows=(Came("Ani Contoh", "Ketua"),), held=held,
        signer=Signature("Ketua"), seen=None,
    )  # fmt: skip


@pytest.mark.parametrize(("held", "rows"), [(True, 1), (False, 6)])
def test_a_list_to_sign_has_room_for_those_who_come_unannounced(held: bool, rows: int) -> None:
    (grid,) = [b for b in sheet(held).paper().blocks if isinstance(b, Grid)]
    assert len(grid.rows) == rows
    assert grid.header[-1] == "Paraf"
    assert all(row[-1] == "" for row in grid.rows), "the last column is for the pen"


def test_tables_keep_within_the_page() -> None:
    """Columns are shares of the page; together they are the whole of it."""
    body = str(paper_body(sheet(True).paper()))
    shares = [int(x.split('"')[0]) for x in body.split('class="w')[1:]]
    assert len(shares) == 5
    assert 99 <= sum(shares) <= 101


def test_a_place_without_a_signature_stays_empty() -> None:
    paper = Paper("x", (Signatures((None, Signature("Ketua"))),))
    assert str(paper_body(paper)).count("(…") == 1
    render_paper_docx(paper)


def test_months_in_roman() -> None:
    assert [roman_month(n) for n in (1, 4, 9, 12)] == ["I", "IV", "IX", "XII"]


# ECMA-376 part 1, 17.3.1.26 and 17.4.59: a reader may refuse properties in another order.
PARAGRAPH = ("pStyle", "keepNext", "keepLines", "pBdr", "tabs", "spacing", "ind", "jc", "rPr")
TABLE = ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook")


def test_a_docx_keeps_to_the_order_of_the_standard() -> None:
    body = docx.Document(io.BytesIO(render_paper_docx(minutes().paper()))).element.body
    seen = set()
    for name, order in (("pPr", PARAGRAPH), ("tblPr", TABLE)):
        for properties in body.iter(f"{{{body.nsmap['w']}}}{name}"):
            tags = [child.tag.rpartition("}")[2] for child in properties]
            seen.update(tags)
            assert tags == sorted(tags, key=order.index), tags
    assert "pBdr" in seen
