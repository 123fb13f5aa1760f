"""A paper as an editable DOCX, block for block what the PDF shows."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from satuhati.errors import MissingExtraError
from satuhati.reports.papers import blocks as b
from satuhati.reports.papers.html import NEEDED_FOR
from satuhati.reports.word import clean

WIDTH = 165
"""Millimetres between the margins of an A4 page."""
FONT, SIZE = "Cambria", 11
AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
AFTER_INDENT = ("w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
SIGN_LINES = 4
"""Empty lines between a post and its name: room for stamp and pen."""


def render_paper_docx(paper: b.Paper) -> bytes:
    """A paper as a DOCX. Raises :class:`MissingExtraError` without python-docx."""
    try:
        import docx  # optional extra: reports
    except ModuleNotFoundError:
        raise MissingExtraError("report", NEEDED_FOR("id")) from None
    document = docx.Document()
    _setup(document, paper)
    pen = _Pen(document)
    for block in paper.blocks:
        pen.write(block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _setup(document: Any, paper: b.Paper) -> None:
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(18), Mm(20)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(SIZE)
    normal.paragraph_format.space_after = Pt(0)
    core = document.core_properties
    core.title, core.author, core.comments = clean(paper.title), "Satu Hati", ""
    core.language = b.LETTER_LANGUAGE
    core.created = core.modified = datetime(2000, 1, 1, tzinfo=UTC)  # no clock: same in, same out
    if paper.footer:
        _footer(section.footer.paragraphs[0], paper.footer)


def _footer(paragraph: Any, text: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    def field(name: str) -> None:
        made = OxmlElement("w:fldSimple")
        made.set(qn("w:instr"), name)
        paragraph._p.append(made)

    paragraph.add_run(f"{clean(text)} · {b.PAGE('id')} ").font.size = Pt(8)
    field("PAGE")
    paragraph.add_run(f" {b.OF('id')} ").font.size = Pt(8)
    field("NUMPAGES")


class _Pen:
    """Writes blocks one after the other."""

    def __init__(self, document: Any) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        self.document = document
        self.align = WD_ALIGN_PARAGRAPH

    def write(self, block: b.Block) -> None:
        getattr(self, f"_{type(block).__name__.lower()}")(block)

    def _line(self, text: str, *, after: float = 0, where: Any = None, **font: Any) -> Any:
        from docx.shared import Pt

        paragraph = (where or self.document).add_paragraph()
        paragraph.paragraph_format.space_after = Pt(after)
        run = paragraph.add_run(clean(text))
        for name, value in font.items():
            setattr(run.font, name, value)
        return paragraph

    def _head(self, head: b.Head) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Pt

        last = len(head.lines) - 1
        for n, text in enumerate(head.lines):
            one = self._line(text.upper(), bold=True, size=Pt(15 if n == last else 12))
            one.alignment = self.align.CENTER
        foot = self._line(head.address, after=10, size=Pt(9.5))
        foot.alignment = self.align.CENTER
        borders = OxmlElement("w:pBdr")
        bottom = OxmlElement("w:bottom")
        kind = {"val": "thinThickSmallGap", "sz": "24", "space": "4", "color": "000000"}
        for name, value in kind.items():
            bottom.set(qn(f"w:{name}"), value)
        borders.append(bottom)
        # Word wants the children of a paragraph's properties in the order of the standard.
        foot._p.get_or_add_pPr().insert_element_before(borders, *AFTER_BORDERS)

    def _table(self, widths: list[float], style: str = "Normal Table") -> Any:
        """An empty table; each row that is added gets ``widths`` in millimetres."""
        from docx.shared import Mm

        table = self.document.add_table(rows=0, cols=len(widths))
        if style != "Normal Table":
            table.style = style
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        return table

    def _row(self, table: Any, widths: list[float], texts: list[str]) -> Any:
        from docx.shared import Mm

        row = table.add_row()
        for cell, width, text in zip(row.cells, widths, texts, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].add_run(clean(text))
        return row

    def _gap(self, points: float = 8) -> None:
        self._line("", after=points).paragraph_format.line_spacing = 0.5

    def _reference(self, block: b.Reference) -> None:
        widths = [22.0, 4.0, 79.0, 60.0]
        table = self._table(widths)
        for n, (label, value) in enumerate(block.rows):
            row = self._row(table, widths, [label, ":", value, "" if n else block.place_date])
            row.cells[3].paragraphs[0].alignment = self.align.RIGHT
        self._gap()

    def _lines(self, block: b.Lines) -> None:
        if block.title:
            self._line(block.title)
        for n, text in enumerate(block.lines, 1):
            self._line(f"{n}. {text}" if block.numbered else text)
        self._gap()

    def _para(self, block: b.Para) -> None:
        from docx.shared import Mm

        one = self._line(block.text, after=6)
        one.alignment = self.align.JUSTIFY
        if block.indent:
            one.paragraph_format.first_line_indent = Mm(12)

    def _title(self, block: b.Title) -> None:
        from docx.shared import Pt

        after = 2 if block.under else 10
        one = self._line(block.text.upper(), after=after, bold=True, size=Pt(13), underline=True)
        one.alignment = self.align.CENTER
        if block.under:
            self._line(block.under, after=10).alignment = self.align.CENTER

    def _heading(self, block: b.Heading) -> None:
        from docx.shared import Pt

        one = self._line(block.text, after=3, bold=True)
        one.paragraph_format.space_before = Pt(8)
        one.paragraph_format.keep_with_next = True

    def _facts(self, block: b.Facts) -> None:
        from docx.shared import Mm

        left = 12.0 if block.indent else 0.0
        widths = [34.0, 4.0, WIDTH - 38 - left]
        table = self._table(widths)
        if block.indent:
            self._set_in(table, left)
        for label, values in block.rows:
            numbered = len(values) > 1
            texts = [f"{n}. {v}" if numbered else v for n, v in enumerate(values, 1)]
            row = self._row(table, widths, [label, ":", texts[0] if texts else "–"])
            for text in texts[1:]:
                self._line(text, where=row.cells[2])
            if numbered:
                for paragraph in row.cells[2].paragraphs:
                    paragraph.paragraph_format.left_indent = Mm(6)
                    paragraph.paragraph_format.first_line_indent = Mm(-6)
        self._gap(4)

    def _set_in(self, table: Any, millimetres: float) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        indent = OxmlElement("w:tblInd")
        indent.set(qn("w:w"), str(round(millimetres * 56.7)))
        indent.set(qn("w:type"), "dxa")
        table._tbl.tblPr.insert_element_before(indent, *AFTER_INDENT)

    def _items(self, block: b.Items) -> None:
        from docx.shared import Mm

        for n, text in enumerate(block.lines, 1):
            one = self._line(f"{n}.\t{text}", after=2)
            one.paragraph_format.left_indent = Mm(8)
            one.paragraph_format.first_line_indent = Mm(-8)
            one.paragraph_format.tab_stops.add_tab_stop(Mm(8))
        self._gap(2)

    def _grid(self, block: b.Grid) -> None:
        from docx.enum.table import WD_ROW_HEIGHT_RULE
        from docx.oxml import OxmlElement
        from docx.shared import Mm

        whole = sum(block.widths)
        widths = [WIDTH * share / whole for share in block.widths]
        table = self._table(widths, "Table Grid")
        head = self._row(table, widths, list(block.header))
        for cell in head.cells:
            cell.paragraphs[0].alignment = self.align.CENTER
            for run in cell.paragraphs[0].runs:
                run.bold = True
        repeat = OxmlElement("w:tblHeader")  # the heading row repeats on every page
        head._tr.get_or_add_trPr().append(repeat)
        for texts in block.rows:
            row = self._row(table, widths, list(texts))
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            if block.tall:
                row.height, row.height_rule = Mm(10), WD_ROW_HEIGHT_RULE.AT_LEAST
        self._gap()

    def _signatures(self, block: b.Signatures) -> None:
        from docx.oxml import OxmlElement

        widths = [WIDTH / len(block.places)] * len(block.places)
        table = self._table(widths)
        row = self._row(table, widths, [""] * len(widths))
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        above = any(p is not None and p.above for p in block.places)
        names = self._row(table, widths, [""] * len(widths))
        for place, top, bottom in zip(block.places, row.cells, names.cells, strict=True):
            if place is None:
                continue
            texts = [place.above, place.title] if above else [place.title]
            top.paragraphs[0].add_run(clean(texts[0]))
            for text in [*texts[1:], *[""] * SIGN_LINES]:
                self._line(text, where=top)
            run = bottom.paragraphs[0].add_run(clean(place.name or "(…………………………………)"))
            run.bold = run.underline = bool(place.name)
            for paragraph in (*top.paragraphs, *bottom.paragraphs):
                paragraph.alignment = self.align.CENTER
            for paragraph in top.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
        self._gap()

    def _mark(self, block: b.Mark) -> None:
        from docx.shared import Pt

        one = self._line(block.text, after=8, bold=True, size=Pt(12))
        one.alignment = self.align.CENTER

    def _newpage(self, block: b.NewPage) -> None:
        self.document.add_page_break()
