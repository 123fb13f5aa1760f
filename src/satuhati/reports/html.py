"""The report as one HTML file: style, fonts and pictures inside, nothing fetched."""

from __future__ import annotations

import base64
from functools import lru_cache
from importlib.resources import files

from satuhati.core.profile.dossier import Dossier
from satuhati.errors import MissingExtraError
from satuhati.reports import marks
from satuhati.reports.content import build
from satuhati.reports.document import Report, Table, parts
from satuhati.reports.narrative import Measures
from satuhati.reports.svg import Markup
from satuhati.text import Language, Text

FONTS = (
    ("Satu Hati Serif", "normal", 400, "NotoSerif-Regular"),
    ("Satu Hati Serif", "italic", 400, "NotoSerif-Italic"),
    ("Satu Hati Serif", "normal", 700, "NotoSerif-Bold"),
    ("Satu Hati Sans", "normal", 400, "Roboto-Regular"),
    ("Satu Hati Sans", "normal", 700, "Roboto-Bold"),
)
NEEDED_FOR = Text("laporan HTML", "the HTML report")


@lru_cache(maxsize=1)
def font_faces() -> str:
    """The bundled fonts (SIL Open Font License, beside them) as ``@font-face`` rules."""
    folder = files("satuhati.reports").joinpath("fonts")
    rules = []
    for family, style, weight, name in FONTS:
        data = base64.b64encode(folder.joinpath(f"{name}.woff2").read_bytes()).decode("ascii")
        rules.append(
            f'@font-face{{font-family:"{family}";font-style:{style};font-weight:{weight};'
            f"font-display:swap;src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return "\n".join(rules)


def css_string(text: str) -> str:
    """Words as a CSS string: only letters, digits and plain marks survive unescaped."""
    return '"' + "".join(
        ch if ch.isalnum() or ch in " .,:-·" else f"\\{ord(ch):06x} " for ch in text
    ) + '"'  # fmt: skip


def stylesheet(report: Report) -> Markup:
    sheet = files("satuhati.reports").joinpath("templates", "report.css").read_text("utf-8")
    words = (
        f":root{{--footer:{css_string(report.footer)};--page:{css_string(report.page[0])};"
        f"--of:{css_string(report.page[1])}}}"
    )
    return Markup(f"{font_faces()}\n{words}\n{sheet}")


def is_wordy(table: Table) -> bool:
    """Whether a table holds so many words that its rows become cards on a phone."""
    words = len(table.header) - len(table.right) - len(table.pictures)
    return words > 2 or (words > 1 and len(table.header) > 4)


def render(report: Report) -> str:
    """Blocks to HTML. Raises :class:`MissingExtraError` without Jinja2."""
    try:
        import jinja2  # optional extra: reports
    except ModuleNotFoundError:
        raise MissingExtraError("report", NEEDED_FOR(_language(report))) from None
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("satuhati.reports", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    template = environment.get_template("report.html.j2")
    return template.render(
        report=report,
        css=stylesheet(report),
        kind=lambda x: type(x).__name__,
        parts=parts,
        is_wordy=is_wordy,
        glyph=marks.verdict_glyph,
        lamp=marks.lamp,
        heart=marks.heart(44),
        hem=marks.hem(),
    )


def _language(report: Report) -> Language:
    return "en" if report.lang == "en" else "id"


def render_html(dossier: Dossier, measures: Measures, lang: Language = "id") -> str:
    """A dossier as one self-contained HTML page in ``lang``."""
    return render(build(dossier, measures, lang))
