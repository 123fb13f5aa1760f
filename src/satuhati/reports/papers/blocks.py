"""What a paper of office is made of. Both renderers know these blocks and nothing else.

So the PDF and the DOCX of a letter hold the same: what one shows and the other cannot is no block.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from satuhati.text import Text

LETTER_LANGUAGE = "id"
"""A paper of office is Indonesian, whatever language the person at the screen reads."""
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def roman_month(month: int) -> str:
    """The month as letter numbers bear it: ``XI``."""
    return _ROMAN[month - 1]


@dataclass(frozen=True, slots=True)
class Head:
    """The letterhead (*kop*): names of those above first, the own name last and largest."""

    lines: tuple[str, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Nomor, Lampiran, Hal on the left; place and date on the right."""

    rows: tuple[tuple[str, str], ...]
    place_date: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Short lines under each other: an address, copies."""

    lines: tuple[str, ...]
    title: str = ""
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of a letter; ``indent``: its first line is set in."""

    text: str
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Title:
    """The title of a paper, in the middle, with a second line under it."""

    text: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Label, colon, value; several values of one label stand under each other, numbered."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Items:
    """A numbered list."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with lines. ``widths``: shares of the page; ``tall``: rows to sign in."""

    header: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: words above (*Mengetahui,*), the post, room for stamp and pen, the name."""

    title: str
    name: str = ""
    above: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Those who sign, from left to right; an empty place is ``None``."""

    places: tuple[Signature | None, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark nobody overlooks: that the letter was withdrawn."""

    text: str


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a new page."""


Block = (
    Head | Reference | Lines | Para | Title | Heading | Facts | Items | Grid | Signatures
    | Mark | NewPage
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: what it is called and its blocks in order. ``footer`` stands on every page."""

    title: str
    blocks: tuple[Block, ...] = field(default=())
    footer: str = ""


PAGE = Text("Halaman", "Page")
OF = Text("dari", "of")


def long_date(day: dt.date) -> str:
    """``Selasa, 8 Desember 2026``, as papers of office write it."""
    from satuhati.text import translator

    t = translator("id")
    return f"{t.weekday(day)}, {t.date(day)}"
