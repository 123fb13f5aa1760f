"""A report as blocks: what is said, free of how it is set. HTML and DOCX both render these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from satuhati.reports.svg import Markup


@dataclass(frozen=True, slots=True)
class Link:
    """A reference inside the document."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Strong:
    text: str


@dataclass(frozen=True, slots=True)
class Small:
    """Second-rank words on a line of their own."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """Words somebody typed: escaped, and isolated in their own writing direction."""

    text: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A verdict: strands and word."""

    verdict: str
    word: str


@dataclass(frozen=True, slots=True)
class Icon:
    """An ornament in a line; carries no meaning that the words beside it lack."""

    svg: Markup


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that can be linked to, showing its code."""

    code: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A small chart inside a table; its figures stand in the same row."""

    svg: Markup


Inline = str | Link | Strong | Small | Name | Badge | Icon | Anchor | Picture
Line = str | Inline | tuple["Inline", ...]


def parts(line: Line) -> tuple[Inline, ...]:
    return line if isinstance(line, tuple) else (line,)


@dataclass(frozen=True, slots=True)
class Voice:
    """A plain sentence, said first."""

    line: Line


@dataclass(frozen=True, slots=True)
class Para:
    """Figures (evidence), notes, or something to look at."""

    line: Line
    kind: Literal["figure", "note", "look"] = "figure"


@dataclass(frozen=True, slots=True)
class Items:
    lines: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Table:
    """``header[0]`` heads the row headings; ``right`` are columns of figures.

    ``pictures`` are columns that hold only small charts: left out where there are no pictures.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    right: tuple[int, ...] = ()
    pictures: tuple[int, ...] = ()
    hide_caption: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.header):
                raise ValueError(f"{self.caption}: {len(row)} cells under {len(self.header)} heads")


@dataclass(frozen=True, slots=True)
class Chart:
    """A sentence as title, a picture, and where its table is (``None``: the next block)."""

    title: str
    svg: Markup
    table_anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Legend:
    entries: tuple[tuple[Markup, str], ...]


@dataclass(frozen=True, slots=True)
class LampCard:
    name: str
    state: str
    state_word: str
    sentence: str
    figure: str


@dataclass(frozen=True, slots=True)
class Lamps:
    cards: tuple[LampCard, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One population in a cell of a matrix."""

    population: str
    verdict: str
    word: str
    track: Markup | None
    anchor: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Link, tuple[tuple[Entry, ...], ...]], ...]
    empty: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A picture and its table, side by side where there is room."""

    chart: Chart
    table: Table


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands under it; ``level`` 2 is a section of the report."""

    title: str
    anchor: str
    level: int
    blocks: tuple[Block, ...] = ()
    badge: Badge | None = None
    overline: str = ""
    keep: bool = False


Block = Voice | Para | Items | Quote | Table | Chart | Legend | Lamps | Matrix | Pair | Part


@dataclass(frozen=True, slots=True)
class Report:
    """The whole document in one language."""

    lang: str
    title: str
    name: str
    place: str
    decree: str
    subtitle: str
    synthetic: str
    summary: tuple[str, ...]
    lamps: Lamps
    parts: tuple[Part, ...]
    contents: str
    footer: str
    page: tuple[str, str]
    notes: tuple[str, ...] = field(default=())


def walk(blocks: tuple[Block, ...] | tuple[Part, ...]) -> Iterator[Block]:
    """Every block, depth first."""
    for block in blocks:
        yield block
        if isinstance(block, Part):
            yield from walk(block.blocks)
        elif isinstance(block, Pair):
            yield from walk((block.chart, block.table))
