"""HTML to PDF by WeasyPrint: A4, binding margin, page n of N. Nothing is fetched."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

from satuhati.errors import MissingExtraError, MissingLibraryError
from satuhati.text import Language, Text

NEEDED_FOR = Text("laporan PDF", "the PDF report")
PANGO = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0"


def render_pdf(html: str) -> bytes:
    """A page made by :func:`render_html` as a PDF.

    Raises :class:`MissingExtraError` without WeasyPrint and :class:`MissingLibraryError` where
    the system has no Pango; the HTML report needs neither.
    """
    lang: Language = "en" if '<html lang="en"' in html[:500] else "id"
    try:
        import weasyprint  # optional extra; loads the system library Pango
    except ModuleNotFoundError:
        raise MissingExtraError("report", NEEDED_FOR(lang)) from None
    except OSError:
        raise MissingLibraryError("Pango", NEEDED_FOR(lang), PANGO) from None
    only_inside = weasyprint.URLFetcher(allowed_protocols=("data",))  # a report fetches nothing
    with _no_collecting():
        document: bytes = weasyprint.HTML(string=html, url_fetcher=only_inside).write_pdf()
    return document


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """Without the search for cyclic garbage: a layout is a million objects that live to its end,
    and walking through them again and again takes a fifth of the time to find nothing."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
