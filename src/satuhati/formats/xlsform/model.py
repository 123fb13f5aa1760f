"""A questionnaire as this program sees it: sections, questions, choices, scoring.

Frozen and light, for the command line and for pages alike. A form is built by
:mod:`satuhati.formats.xlsform.read` from a workbook, or by
:mod:`satuhati.formats.xlsform.ours` from our own item bank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from satuhati.text import Text

Kind = Literal[
    "text", "integer", "decimal", "range", "date", "time", "datetime",
    "select_one", "select_multiple", "rank", "acknowledge", "note", "calculate", "hidden",
    "place", "file", "barcode", "automatic", "external",
]  # fmt: skip
"""``place``: a point, line or area; ``file``: photo, sound, film or other file; ``automatic``:
filled by the device (start, today, deviceid …); ``external``: choices from another file."""

ANSWERED: frozenset[str] = frozenset(
    {"text", "integer", "decimal", "range", "date", "time", "datetime", "select_one",
     "select_multiple", "acknowledge"}
)  # fmt: skip
"""Kinds that a plain page asks and stores."""
SILENT: frozenset[str] = frozenset({"note", "calculate", "hidden", "automatic"})
"""Kinds that ask nobody anything."""

ITEM_TYPES = ("likert", "binary", "number", "choice", "text")


@dataclass(frozen=True, slots=True)
class Label:
    """Words by language code; ``""`` stands for a column that names no language."""

    texts: tuple[tuple[str, str], ...] = ()

    def __call__(self, lang: str = "id") -> str:
        """In this language, or in none in particular, or in whichever there is."""
        found = dict(self.texts)
        for code in (lang, "", "id", "en"):
            if found.get(code):
                return found[code]
        return next((text for _, text in self.texts if text), "")

    def own(self, lang: str) -> str | None:
        """In exactly this language."""
        return dict(self.texts).get(lang) or None

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(code for code, text in self.texts if text)

    def __bool__(self) -> bool:
        return any(text for _, text in self.texts)

    @classmethod
    def of(cls, text: Text | None) -> Label:
        return cls() if text is None else cls((("id", text.id), ("en", text.en)))


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose. ``columns``: what filters of choices look at beside its name."""

    name: str
    label: Label
    columns: tuple[tuple[str, str], ...] = ()
    also: tuple[Choice, ...] = ()
    """Further rows of the sheet with the same name, under other filters."""

    @property
    def rows(self) -> tuple[Choice, ...]:
        return (self, *self.also)

    @property
    def words(self) -> Label:
        """Its wording; where its rows have different ones, all of them."""
        labels = [row.label for row in self.rows]
        if len(set(labels)) == 1:
            return self.label
        found = []
        for code in dict.fromkeys(c for one in labels for c in one.languages):
            texts = dict.fromkeys(text for one in labels if (text := one.own(code)))
            found.append((code, " / ".join(texts)))
        return Label(tuple(found))


@dataclass(frozen=True, slots=True)
class Scoring:
    """How an answer becomes a figure: the columns ``satuhati_…`` of the survey sheet."""

    scale: str | None = None
    type: str | None = None
    low: float | None = None
    high: float | None = None
    reversed: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One row of the survey sheet; ``row`` is its number there (0: not from a sheet)."""

    name: str
    kind: Kind
    label: Label = field(default_factory=Label)
    hint: Label = field(default_factory=Label)
    choices: tuple[Choice, ...] = ()
    list_name: str | None = None
    other: bool = False
    required: str | None = None
    required_message: Label = field(default_factory=Label)
    relevant: str | None = None
    constraint: str | None = None
    constraint_message: Label = field(default_factory=Label)
    calculation: str | None = None
    choice_filter: str | None = None
    default: str | None = None
    appearance: str | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    read_only: bool = False
    scoring: Scoring = field(default_factory=Scoring)
    row: int = 0

    @property
    def answered(self) -> bool:
        """Whether a plain page can ask it."""
        return self.kind in ANSWERED

    def bounds(self) -> tuple[float, float] | None:
        """The ends of its answers: declared, or those of numbered choices or of a range."""
        if self.scoring.low is not None and self.scoring.high is not None:
            return self.scoring.low, self.scoring.high
        if self.kind == "range":
            given = dict(self.parameters)
            try:
                return float(given.get("start", 1)), float(given.get("end", 10))
            except ValueError:
                return None
        numbers = self.numbered()
        return (min(numbers), max(numbers)) if numbers else None

    def silent_codes(self) -> tuple[str, ...]:
        """Numbered choices beyond the declared ends (99, *does not know*): chosen, no answer."""
        low, high, numbers = self.scoring.low, self.scoring.high, self.numbered()
        if low is None or high is None or not numbers:
            return ()
        return tuple(
            c.name for c, n in zip(self.choices, numbers, strict=True) if not low <= n <= high
        )

    def numbered(self) -> tuple[float, ...] | None:
        """Choice names as numbers, if each of them is a whole one."""
        names = [c.name for c in self.choices]
        whole = all(n.removeprefix("-").isascii() and n.removeprefix("-").isdigit() for n in names)
        return tuple(float(n) for n in names) if names and whole else None


def even(numbers: Sequence[float]) -> bool:
    """Whether codes are the steps of one scale: no gap, as between 5 and 99."""
    ranked = sorted(set(numbers))
    return len({b - a for a, b in pairwise(ranked)}) <= 1


@dataclass(frozen=True, slots=True)
class Section:
    """A group; ``repeat`` if it is asked several times over."""

    name: str
    children: tuple[Section | Question, ...]
    label: Label = field(default_factory=Label)
    relevant: str | None = None
    appearance: str | None = None
    repeat: bool = False
    row: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire, whole."""

    id: str
    title: str
    children: tuple[Section | Question, ...]
    version: str = ""
    default_language: str = ""
    languages: tuple[str, ...] = ()
    population: str | None = None
    citation: str | None = None

    def questions(self) -> tuple[Question, ...]:
        """All questions in the order they are asked."""
        return tuple(q for q, _ in self.placed())

    def placed(self) -> Iterator[tuple[Question, tuple[Section, ...]]]:
        """Each question with the sections around it, outermost first."""
        yield from _placed(self.children, ())

    def sections(self) -> tuple[Section, ...]:
        return tuple(_sections(self.children))

    def conditions(self) -> Mapping[str, tuple[str, ...]]:
        """For each question, all relevances that must hold: its sections' and its own."""
        return {
            q.name: tuple(r for r in (*(s.relevant for s in around), q.relevant) if r is not None)
            for q, around in self.placed()
        }


def _placed(
    children: tuple[Section | Question, ...], around: tuple[Section, ...]
) -> Iterator[tuple[Question, tuple[Section, ...]]]:
    for child in children:
        if isinstance(child, Question):
            yield child, around
        else:
            yield from _placed(child.children, (*around, child))


def _sections(children: tuple[Section | Question, ...]) -> Iterator[Section]:
    for child in children:
        if isinstance(child, Section):
            yield child
            yield from _sections(child.children)
