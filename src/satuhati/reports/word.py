"""The report as an editable DOCX: real headings, tables, styles. Small pictures stay out.

Every chart stands beside a table, so the document loses no figure; verdicts carry a mark that
prints in black and white.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any

from satuhati.core.profile.dossier import Dossier
from satuhati.errors import MissingExtraError
from satuhati.reports.content import build
from satuhati.reports.document import (
    Anchor,
    Badge,
    Block,
    Icon,
    Items,
    Lamps,
    Line,
    Link,
    Matrix,
    Name,
    Pair,
    Para,
    Part,
    Picture,
    Quote,
    Report,
    Small,
    Strong,
    Table,
    Voice,
    parts,
)
from satuhati.reports.narrative import Measures
from satuhati.text import Language, Text, translator

NEEDED_FOR = Text("laporan DOCX", "the DOCX report")
MARKS = {
    "agreement": "≡",
    "partial agreement": "≈",
    "dissonance": "⇄",
    "silence": "—",
    "no evidence": "┄",
}
LAMPS = {"bright": "●", "dim": "◐", "unlit": "○", "unknown": "?"}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def plain(line: Line) -> str:
    """A line as text; second-rank words follow on their own line."""
    out = ""
    for x in parts(line):
        if isinstance(x, Small):
            out = f"{out.rstrip()}\n{x.text}" if out.strip() else x.text
        elif isinstance(x, Badge):
            out += f"{MARKS.get(x.verdict, '')} {x.word}"
        elif isinstance(x, Anchor):
            out += x.code
        elif isinstance(x, Link | Strong | Name):
            out += x.text
        elif isinstance(x, Icon | Picture):
            continue
        else:
            out += x
    return clean(out.strip())


def render_docx(dossier: Dossier, measures: Measures, lang: Language = "id") -> bytes:
    """A dossier as a DOCX in ``lang``. Raises :class:`MissingExtraError` without python-docx."""
    try:
        import docx  # optional extra: reports
    except ModuleNotFoundError:
        raise MissingExtraError("report", NEEDED_FOR(lang)) from None
    report = build(dossier, measures, lang)
    document = docx.Document()
    _setup(document, report)
    t = translator(lang)
    for text in (report.name, report.place, report.decree, report.synthetic):
        if text:
            run = document.add_paragraph(style="No Spacing").add_run(clean(text))
            run.bold = text in (report.name, report.synthetic)
    document.add_heading(clean(report.title), 0)
    document.add_paragraph(clean(report.subtitle))
    for text in report.summary:
        document.add_paragraph(clean(text), style="Body Text")
    _lamps(document, report.lamps, (t("Lamp"), t("What it says"), t("Figure")))
    for part in report.parts:
        _block(document, part)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _setup(document: Any, report: Report) -> None:
    """A4 with a binding margin, our type, the community in the footer, no other metadata."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(22), Mm(18)
    section.top_margin = section.bottom_margin = Mm(20)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Body Text"].font.name = "Cambria"
    document.styles["Body Text"].font.size = Pt(12)
    core = document.core_properties
    core.title, core.author, core.comments = clean(report.title), "Satu Hati", ""
    core.language = report.lang
    core.created = core.modified = datetime(2000, 1, 1, tzinfo=UTC)  # no clock: same in, same out
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{clean(report.footer)} · {report.page[0]} ")
    for name in ("PAGE", "NUMPAGES"):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), name)
        footer._p.append(field)
        if name == "PAGE":
            footer.add_run(f" {report.page[1]} ")


def _block(document: Any, block: Block) -> None:
    if isinstance(block, Part):
        if block.overline:
            document.add_paragraph(clean(block.overline), style="Caption")
        title = clean(block.title)
        if block.badge is not None:
            title += f": {plain(block.badge)}"
        document.add_heading(title, block.level - 1)
        for inner in block.blocks:
            _block(document, inner)
    elif isinstance(block, Pair):
        _table(document, block.table)
    elif isinstance(block, Voice):
        document.add_paragraph(plain(block.line), style="Body Text")
    elif isinstance(block, Para):
        paragraph = document.add_paragraph()
        run = paragraph.add_run(plain(block.line))
        run.italic = block.kind == "note"
        run.bold = block.kind == "look"
    elif isinstance(block, Items):
        for item in block.lines:
            document.add_paragraph(
                plain(item), style="List Number" if block.ordered else "List Bullet"
            )
    elif isinstance(block, Quote):
        document.add_paragraph(f"“{clean(block.text)}”\n{clean(block.source)}", style="Quote")
    elif isinstance(block, Table):
        _table(document, block)
    elif isinstance(block, Matrix):
        _matrix(document, block)


def _grid(document: Any, caption: str, header: tuple[str, ...], rows: list[list[str]]) -> None:
    from docx.oxml import OxmlElement

    if caption:
        document.add_paragraph(clean(caption), style="Caption")
    table = document.add_table(rows=1, cols=len(header), style="Light Grid Accent 1")
    for cell, text in zip(table.rows[0].cells, header, strict=True):
        cell.text = clean(text)
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))  # the heading row repeats on every page
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph()


def _table(document: Any, block: Table) -> None:
    keep = [i for i in range(len(block.header)) if i not in block.pictures]
    header = tuple(block.header[i] for i in keep)
    _grid(document, block.caption, header, [[plain(row[i]) for i in keep] for row in block.rows])


def _matrix(document: Any, block: Matrix) -> None:
    rows = []
    for head, levels in block.rows:
        row = [plain(head)]
        for entries in levels:
            row.append(
                "\n".join(
                    f"{e.population}: {MARKS.get(e.verdict, '')} {e.note or e.word}"
                    for e in entries
                )
                or f"{MARKS['no evidence']} {block.empty}"
            )
        rows.append([clean(x) for x in row])
    _grid(document, block.caption, block.header, rows)


def _lamps(document: Any, lamps: Lamps, header: tuple[str, str, str]) -> None:
    rows = [
        [
            clean(f"{LAMPS.get(card.state, '')} {card.name}: {card.state_word}"),
            clean(card.sentence),
            clean(card.figure),
        ]
        for card in lamps.cards
    ]
    _grid(document, "", header, rows)
