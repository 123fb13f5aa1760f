"""A paper as HTML: for the PDF with its own style, and its body alone for a page of the web app."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

from satuhati.errors import MissingExtraError
from satuhati.reports.html import css_string, font_faces
from satuhati.reports.papers.blocks import OF, PAGE, Paper
from satuhati.reports.pdf import render_pdf
from satuhati.reports.svg import Markup
from satuhati.text import Text

NEEDED_FOR = Text("surat dan notulen", "letters and minutes")


@lru_cache(maxsize=1)
def _environment() -> Any:
    try:
        import jinja2  # optional extra: reports
    except ModuleNotFoundError:
        raise MissingExtraError("report", NEEDED_FOR("id")) from None
    return jinja2.Environment(
        loader=jinja2.PackageLoader("satuhati.reports", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def paper_body(paper: Paper) -> Markup:
    """The blocks of a paper as HTML without style; every word of it escaped."""
    template = _environment().get_template("paper_body.html.j2")
    return Markup(template.render(paper=paper, kind=lambda x: type(x).__name__))


def paper_html(paper: Paper) -> str:
    """A whole page for the PDF: fonts and style inside, nothing fetched."""
    sheet = files("satuhati.reports").joinpath("templates", "paper.css").read_text("utf-8")
    before, between = css_string(f"{paper.footer} · {PAGE('id')} "), css_string(f" {OF('id')} ")
    numbers = (
        f"@page{{@bottom-right{{content:{before} counter(page) {between} counter(pages);"
        'font:8pt "Satu Hati Sans";color:#444}}'
    )
    template = _environment().get_template("paper.html.j2")
    widths = "".join(f".w{n}{{width:{n}%}}" for n in range(1, 101))
    css = Markup(f"{font_faces()}\n{sheet}\n{widths}\n{numbers if paper.footer else ''}")
    return str(template.render(paper=paper, css=css, body=paper_body(paper)))


def render_paper_pdf(paper: Paper) -> bytes:
    """A paper as a PDF. Raises what :func:`satuhati.reports.pdf.render_pdf` raises."""
    return render_pdf(paper_html(paper))
