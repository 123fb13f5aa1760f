"""The HTML report: complete, escaped, self-contained, honest when empty, in either language."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
import report_sample as sample

from satuhati.core.profile.dossier import Dossier
from satuhati.reports import render_html
from satuhati.reports.content import build
from satuhati.reports.document import Chart, Matrix, Pair, Table, walk
from satuhati.text import LANGUAGES, Language

VOID = {"meta", "br", "img", "link", "input", "hr"}


class Reader(HTMLParser):
    """A page as a tree; fails where an element is not closed in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.builder = ET.TreeBuilder()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {k: v or "" for k, v in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {k: v or "" for k, v in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        if self.open:
            self.builder.data(data)


def tree_of(page: str) -> ET.Element:
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    return reader.builder.close()


def words(node: ET.Element) -> str:
    return " ".join("".join(node.itertext()).split())


def by_id(root: ET.Element, name: str) -> ET.Element:
    (found,) = root.iterfind(f".//*[@id='{name}']")
    return found


@pytest.fixture(scope="module")
def pages() -> dict[tuple[str, Language], str]:
    dossiers = {"full": sample.FULL, "empty": sample.EMPTY}
    return {
        (name, lang): render_html(dossier, sample.MEASURES, lang)
        for name, dossier in dossiers.items()
        for lang in LANGUAGES
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["full", "empty"])
def test_every_page_is_well_formed_and_fetches_nothing(
    pages: dict[tuple[str, Language], str], name: str, lang: Language
) -> None:
    page = pages[(name, lang)]
    tree_of(page)
    assert page.startswith("<!DOCTYPE html>")
    assert f'<html lang="{lang}">' in page
    assert page.count("<h1") == 1
    assert "<script" not in page
    assert not re.findall(r"""(?:src|href)\s*=\s*["']?(?!#)[^"'#>\s]""", page)
    assert set(re.findall(r"url\((.{16})", page)) == {"data:font/woff2;"}
    assert "@import" not in page
    assert len(page.encode()) < 1_500_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_links_lead_somewhere_and_anchors_are_unique(
    pages: dict[tuple[str, Language], str], lang: Language
) -> None:
    for name in ("full", "empty"):
        tree = tree_of(pages[(name, lang)])
        ids = [n.get("id") for n in tree.iter() if n.get("id")]
        assert len(ids) == len(set(ids))
        targets = {(a.get("href") or "")[1:] for a in tree.iter("a")}
        assert targets <= set(ids)


def test_headings_do_not_skip_a_level(pages: dict[tuple[str, Language], str]) -> None:
    tree = tree_of(pages[("full", "id")])
    levels = [int(n.tag[1]) for n in tree.iter() if n.tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_what_somebody_typed_stays_text(pages: dict[tuple[str, Language], str]) -> None:
    page = pages[("full", "id")]
    assert "&lt;script&gt;alert" in page
    assert "</blockquote>”" not in page
    tree = tree_of(page)
    assert any(sample.HOSTILE in words(b) for b in tree.iter("bdi"))


def test_a_name_cannot_leave_the_style_sheet() -> None:
    facts = replace(sample.FACTS, name='x"}</style><img src=//e.invalid>\\\n')
    page = render_html(replace(sample.FULL, facts=facts), sample.MEASURES, "id")
    assert page.count("</style>") == 1
    assert "<img" not in page
    tree = tree_of(page)
    outside = re.sub(r"<(bdi|title)>.*?</\1>", "", page, flags=re.DOTALL)
    assert "//e.invalid" not in outside
    assert len(list(tree.iter("style"))) == 1


@pytest.mark.parametrize("dossier", [sample.FULL, sample.EMPTY])
def test_beside_every_chart_stands_a_table(dossier: Dossier) -> None:
    report = build(dossier, sample.MEASURES, "id")
    for part in report.parts:
        blocks = list(walk((part,)))
        if any(isinstance(b, (Chart, Matrix, Pair)) for b in blocks):
            assert any(isinstance(b, (Table, Pair)) for b in blocks) or part.anchor == "matrices"
    # The matrices are tables themselves; their pieces stand in the evidence part.
    cells = next(p for p in report.parts if p.anchor == "evidence")
    for cell in (b for b in walk((cells,)) if getattr(b, "level", 0) == 4):
        inner = list(walk((cell,)))
        if any(isinstance(b, Chart) for b in inner):
            assert any(isinstance(b, Table) for b in inner)


def test_every_picture_is_labelled_or_ornament(pages: dict[tuple[str, Language], str]) -> None:
    tree = tree_of(pages[("full", "id")])
    pictures = list(tree.iter("svg"))
    assert len(pictures) > 60
    for svg in pictures:
        assert svg.get("aria-hidden") == "true" or (
            svg.get("role") == "img" and (svg.get("aria-label") or "").strip()
        )


def test_the_verdict_of_commitment_can_be_followed_to_its_records(
    pages: dict[tuple[str, Language], str],
) -> None:
    tree = tree_of(pages[("full", "id")])
    text = words(by_id(tree, "cell-commitment-individual-pokja"))
    for said in (
        "Perorangan (Pokja)",
        "Bertentangan: tinggi menurut survei (78)",
        "Uji satu sumber: bertahan 1 dari 3",
        "17 dari 21 merasa ikut berkepentingan.",
        "Rata-rata 4 dari 10 anggota hadir atau diwakili.",
        "38% (82 dari 216). Kisaran 29–47.",
        "Daftar hadir",
        "216 baris: KDW-H000, KDW-H001",
        "B2.1",
        "jam dua siang saya masih di warung",
        "Anggota seksi Ekonomi, wawancara, 14 Oktober 2026, berlawanan",
        "Dibantah oleh",
        "Dibenarkan oleh Dua pembaca",
        "Lebih lebar dari 40 angka.",
    ):
        assert said in text


def test_there_is_no_total(pages: dict[tuple[str, Language], str]) -> None:
    text = words(tree_of(pages[("full", "id")])).lower()
    for total in ("skor total", "nilai total", "indeks kapasitas", "nilai keseluruhan"):
        assert total not in text


def test_small_counts_are_not_printed(pages: dict[tuple[str, Language], str]) -> None:
    tree = tree_of(pages[("full", "id")])
    text = words(by_id(tree, "services"))
    assert "disembunyikan" in text
    assert "RW 09" in text
    small = replace(sample.FUNNEL.steps[2], n=3, share=0.01)
    funnel = replace(sample.FUNNEL, steps=(*sample.FUNNEL.steps[:2], small))
    page = render_html(replace(sample.FULL, funnels=(funnel,)), sample.MEASURES, "id")
    services = by_id(tree_of(page), "services")
    rows = [[words(cell) for cell in row] for row in services.iter("tr")]
    assert ["Terdaftar", "–", "disembunyikan", "–"] in rows


def test_a_section_that_never_came_is_marked_internal(
    pages: dict[tuple[str, Language], str],
) -> None:
    text = words(tree_of(pages[("full", "id")]))
    assert "Belum pernah hadir dalam masa ini: Seksi Ekonomi." in text
    assert "Internal: bila suatu seksi hanya punya satu pemegang" in text


def test_nothing_recorded_is_said_in_every_part(pages: dict[tuple[str, Language], str]) -> None:
    tree = tree_of(pages[("empty", "id")])
    parts = [n for n in tree.iter("section") if n.get("class") == "part l2"]
    assert len(parts) == 13
    for part in parts:
        assert "elum" in words(part) or part.get("id") == "methods"
    assert "DATA REKAAN" not in words(tree)


def test_invented_data_says_so_first(pages: dict[tuple[str, Language], str]) -> None:
    page = pages[("full", "id")]
    assert page.index("DATA REKAAN") < page.index("<h1")


@pytest.mark.parametrize(
    "english",
    ["Range", "evidence", "Working group", "of 216", "No ", "Counted", "fewer", "meeting"],
)
def test_no_english_is_left_in_the_indonesian_report(
    pages: dict[tuple[str, Language], str], english: str
) -> None:
    tree = tree_of(pages[("full", "id")])
    (main,) = tree.iter("main")
    main.remove(by_id(tree, "methods"))  # citations keep their language
    assert re.findall(rf"\b{english.strip()}\b[^.]{{0,30}}", words(main)) == []


def test_the_same_dossier_gives_the_same_page() -> None:
    first = render_html(sample.FULL, sample.MEASURES, "id")
    assert first == render_html(sample.FULL, sample.MEASURES, "id")
