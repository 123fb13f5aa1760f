"""Words and figures in Indonesian and English. Imports nothing of ours.

Two kinds of words live in the project. *Declared* words (labels of the framework, of columns, of
measures, the wording of errors) stand beside what they name, as a :class:`Text`. *Running* words
of reports and commands are written in English in the code, through a :class:`Translator`, and
come from the one gettext catalogue in ``locale/``.
"""

from __future__ import annotations

import datetime as dt
import gettext
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")
NAMES_SHOWN = 10
LOCALE_DIR = Path(__file__).parent / "locale"

_MONTHS: dict[Language, tuple[str, ...]] = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
        "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
}  # fmt: skip

_DAYS: dict[Language, tuple[str, ...]] = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


class Text(NamedTuple):
    """One wording in both languages of the house."""

    id: str
    en: str

    def __call__(self, lang: Language = "id") -> str:
        return self.id if lang == "id" else self.en

    def filled(self, lang: Language, fields: dict[str, object]) -> str:
        """The wording with its ``{fields}`` filled in; an unknown field stays visible."""
        return self(lang).format_map(_Visible(fields))


class _Visible(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


@dataclass(frozen=True, slots=True)
class Translator:
    """Running words, numbers and dates in one language."""

    lang: Language
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]

    def __call__(self, message: str, /, **fields: object) -> str:
        """The message in this language, its ``{fields}`` filled in."""
        translated = self.gettext(message)
        return translated.format(**fields) if fields else translated

    def plural(self, one: str, many: str, n: int, /, **fields: object) -> str:
        """The right form for ``n``; ``{n}`` is available as a field."""
        return self.ngettext(one, many, n).format(n=self.number(n), **fields)

    def number(self, value: float | None, decimals: int = 0) -> str:
        """A figure in local form: ``1.234,5`` in Indonesian, ``1,234.5`` in English."""
        if value is None:
            return "–"
        text = f"{value:,.{decimals}f}"
        if text.lstrip("-").strip("0.,") == "":
            text = text.lstrip("-")  # no "-0"
        if self.lang == "id":
            text = text.translate(str.maketrans(",.", ".,"))
        return text.replace("-", "\N{MINUS SIGN}")

    def date(self, value: dt.date | None) -> str:
        """A date in words: ``21 November 2026``."""
        if value is None:
            return "–"
        return f"{value.day} {_MONTHS[self.lang][value.month - 1]} {value.year}"

    def weekday(self, value: dt.date) -> str:
        """The day of the week: ``Saturday``."""
        return _DAYS[self.lang][value.weekday()]

    def month(self, value: dt.date) -> str:
        """Month and year in words: ``November 2026``."""
        return f"{_MONTHS[self.lang][value.month - 1]} {value.year}"


def name_some(names: Sequence[str]) -> str:
    """The first ten names, and how many more there are."""
    more = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f", … (+{more})" if more > 0 else "")


@lru_cache(maxsize=len(LANGUAGES))
def translator(lang: Language) -> Translator:
    """The translator of one language (English is the catalogue's own wording)."""
    if lang == "en":
        catalogue: gettext.NullTranslations = gettext.NullTranslations()
    else:
        catalogue = gettext.translation("satuhati", LOCALE_DIR, languages=[lang], fallback=True)
    return Translator(lang, catalogue.gettext, catalogue.ngettext)
