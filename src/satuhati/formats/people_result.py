"""What a list of people was read as: people with posts, headings, and lines that are neither."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from satuhati.errors import Doubt
from satuhati.formats.people_marks import masked_phone


@dataclass(frozen=True, slots=True)
class PastedPost:
    """A post that a person holds; ``kind`` is a code of ``posts.kind``.

    ``start``, ``end`` and ``decree`` are known from sheets only.
    """

    kind: str
    name: str
    section: str | None
    line: int
    start: dt.date | None = None
    end: dt.date | None = None
    decree: str = ""

    @property
    def same(self) -> tuple[str, str, str | None, dt.date | None]:
        """What makes it the same post, held at the same time."""
        return self.kind, self.name, self.section, self.start


@dataclass(frozen=True, slots=True)
class PastedPerson:
    """A person of the list.

    The form of address ("Bu") is kept apart; titles and degrees stay in the name ("H. Slamet,
    S.Pd"). ``sex`` is told only by a form of address, a title or a column. ``questions`` are the
    fields that are empty or only guessed and must be asked: ``name`` (an office stands there),
    ``post``, ``section``, ``organization``, ``phone``, ``sex``, and ``same`` (a single name in
    several places: is it one person?).
    """

    name: str
    honorific: str
    posts: tuple[PastedPost, ...]
    sector: str | None
    sex: str | None
    organization: str
    rt: str
    rw: str
    note: str
    lines: tuple[int, ...]
    questions: tuple[str, ...]
    phone: str = field(default="", repr=False)

    @property
    def called(self) -> str:
        """Name with the form of address: "Bu Sari"."""
        return f"{self.honorific} {self.name}".strip()

    @property
    def masked_phone(self) -> str:
        """The number fit to be shown: ``+62812•••890``."""
        return masked_phone(self.phone)


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A line that is no person: ``why`` it was not read, or ``None`` for a heading."""

    line: int
    text: str
    why: Doubt | None = None


@dataclass(frozen=True, slots=True)
class PastedList:
    """What a list was read as. ``headless`` are sections with people and no head named."""

    people: tuple[PastedPerson, ...] = ()
    headings: tuple[PastedLine, ...] = ()
    ignored: tuple[PastedLine, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    headless: tuple[str, ...] = ()

    def in_section(self, section: str | None) -> tuple[tuple[PastedPerson, PastedPost | None], ...]:
        """People and posts of a section; ``None``: of the core, and people without a post."""
        return tuple(
            (person, post)
            for person in self.people
            for post in person.posts or (None,)
            if (post.section if post else None) == section
        )
