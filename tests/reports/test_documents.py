"""PDF and DOCX: made, read back, and honest about what is not installed."""

from __future__ import annotations

import builtins
import gc
import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import pytest
import report_sample as sample
from pypdf import PdfReader

from satuhati.core.profile.dossier import Dossier
from satuhati.errors import MissingExtraError, MissingLibraryError
from satuhati.reports import render_docx, render_html, render_pdf
from satuhati.text import Language


@pytest.fixture(scope="module")
def pdf() -> PdfReader:
    page = render_html(sample.NAMED, sample.MEASURES, "id")
    return PdfReader(io.BytesIO(render_pdf(page)))


def words(text: str) -> str:
    """Text as read; pypdf leaves the first byte of two-byte codes in some fonts."""
    return re.sub(r"\s+", " ", text.replace("\x00", ""))


def test_the_pdf_says_its_key_sentences(pdf: PdfReader) -> None:
    text = words(" ".join(page.extract_text() for page in pdf.pages))
    for said in (
        "Laporan Kapasitas Komunitas",
        "Kelapa Dua Wetan",
        "Bukti bertentangan tentang komitmen.",
        "Bertentangan: tinggi menurut survei (78)",
        "Rata-rata 4 dari 10 anggota hadir atau diwakili.",
        "Belum pernah hadir dalam masa ini: Seksi Ekonomi.",
    ):
        assert said in text


def test_every_page_is_a4_and_numbered(pdf: PdfReader) -> None:
    total = len(pdf.pages)
    assert total > 5
    for i, page in enumerate(pdf.pages, 1):
        assert f"Halaman {i} dari {total}" in words(page.extract_text())
        width, height = (float(v) * 25.4 / 72 for v in (page.mediabox.width, page.mediabox.height))
        assert (round(width), round(height)) == (210, 297)


def test_the_pdf_carries_our_fonts_and_no_addresses(pdf: PdfReader) -> None:
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in pdf.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert any("Roboto" in f or "Satu" in f for f in fonts)
    assert any("Serif" in f for f in fonts)
    links = [
        a.get_object()["/A"]["/URI"]
        for page in pdf.pages
        for a in page.get("/Annots", [])
        if "/URI" in a.get_object().get("/A", {})
    ]
    assert links == []


def test_an_empty_dossier_in_english_still_makes_a_pdf() -> None:
    page = render_html(sample.EMPTY, sample.MEASURES, "en")
    reader = PdfReader(io.BytesIO(render_pdf(page)))
    text = words(" ".join(p.extract_text() for p in reader.pages))
    assert "Page 1 of" in text
    assert "No evidence yet" in text
    assert gc.isenabled(), "paused while the pages are set, and no longer"


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("dossier", [sample.FULL, sample.EMPTY])
def test_the_docx_has_headings_and_tables(dossier: Dossier, lang: Language) -> None:
    document = docx.Document(io.BytesIO(render_docx(dossier, sample.MEASURES, lang)))
    headings = [p for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert sum(p.style.name == "Heading 1" for p in headings) == 13
    assert len([p for p in document.paragraphs if p.style.name == "Title"]) == 1
    assert document.tables
    assert document.core_properties.author == "Satu Hati"
    assert document.core_properties.language == lang


def test_the_docx_holds_the_words_and_marks_of_the_page() -> None:
    document = docx.Document(io.BytesIO(render_docx(sample.FULL, sample.MEASURES, "id")))
    text = "\n".join(p.text for p in document.paragraphs)
    cells = "\n".join(c.text for t in document.tables for r in t.rows for c in r.cells)
    assert "Perorangan (Pokja): ⇄ Bertentangan" in text
    assert "Pokja: ⇄ Bertentangan" in cells
    assert "38% (82 dari 216). Kisaran 29–47." in cells
    assert sample.HOSTILE in text


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    facts = replace(sample.FACTS, name="Kampung\x00 \x0bBaru\ufffe")
    data = render_docx(replace(sample.FULL, facts=facts), sample.MEASURES, "id")
    document = docx.Document(io.BytesIO(data))
    assert document.paragraphs[0].text == "Kampung Baru"


def blocked(name: str, error: Exception) -> Callable[..., Any]:
    real = builtins.__import__

    def fake(module: str, *args: Any, **kwargs: Any) -> Any:
        if module == name or module.startswith(f"{name}."):
            raise error
        return real(module, *args, **kwargs)

    return fake


def test_a_missing_extra_names_its_install_line(monkeypatch: pytest.MonkeyPatch) -> None:
    page = '<!DOCTYPE html><html lang="id">'
    monkeypatch.setattr(builtins, "__import__", blocked("weasyprint", ModuleNotFoundError()))
    with pytest.raises(MissingExtraError, match=r"satuhati\[report\]"):
        render_pdf(page)
    monkeypatch.setattr(builtins, "__import__", blocked("docx", ModuleNotFoundError()))
    with pytest.raises(MissingExtraError, match=r"satuhati\[report\]"):
        render_docx(sample.FULL, sample.MEASURES, "id")
    monkeypatch.setattr(builtins, "__import__", blocked("jinja2", ModuleNotFoundError()))
    with pytest.raises(MissingExtraError, match=r"satuhati\[report\]"):
        render_html(sample.FULL, sample.MEASURES, "id")


def test_a_missing_pango_prints_one_apt_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "__import__", blocked("weasyprint", OSError("libpango")))
    with pytest.raises(MissingLibraryError) as raised:
        render_pdf('<!DOCTYPE html><html lang="id">')
    said = raised.value.report("id")
    assert "Pango" in said
    assert "apt-get install -y libpango-1.0-0" in said
    assert raised.value.exit_code == 3
