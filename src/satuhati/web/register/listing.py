"""What a list of the register is: its columns, its filters, how it is sorted.

One description serves the page, the print and the files. Whatever the length, a page takes the
same number of queries. The lists themselves are in `lists.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import F, QuerySet

from satuhati.schema import TABLES
from satuhati.schema.choices import choice_label
from satuhati.text import Translator
from satuhati.web.register.queries import area_options
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.memory import remembered
from satuhati.web.tenancy.who import Who

Cell = str | int | dt.date | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter: its key in the address, and what may be chosen. ``""`` is the usual choice."""

    key: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str = ""

    @property
    def word(self) -> str:
        return dict(self.options).get(self.value, "")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list. ``sort`` names it in the address; ``only`` is "page" or "file"."""

    title: str
    of: Callable[[Any], Cell]
    sort: str = ""
    only: str = ""


class RegisterList:
    """A list as this reader asked for it."""

    code: ClassVar[str]
    sorts: ClassVar[Mapping[str, tuple[Any, ...]]]

    def __init__(self, who: Who, t: Translator, given: Mapping[str, str], words: str = "") -> None:
        self.who, self.t, self.words = who, t, " ".join(words.split())
        self.today = today_in(who.community)
        self.choices = tuple(
            Choice(c.key, c.label, c.options, value)
            for c in self._choices()
            for value in [given.get(c.key, "") if given.get(c.key) in dict(c.options) else ""]
        )
        wanted = given.get("urut", "")
        self.sort = wanted if wanted.removeprefix("-") in self.sorts else next(iter(self.sorts))

    @property
    def key(self) -> tuple[Any, ...]:
        """What the rows depend on, beside the records."""
        values = tuple(c.value for c in self.choices)
        return values, self.words, self.sort, self.today, self.who.may("register.edit")

    def areas(self) -> list[tuple[str, str]]:
        """Every area by code and name."""
        return remembered(self.who.community, "area options", area_options)

    def chosen(self, key: str) -> str:
        return next(c.value for c in self.choices if c.key == key)

    @property
    def active(self) -> int:
        """How many filters are set."""
        return sum(bool(c.value) for c in self.choices)

    def title(self) -> str:
        raise NotImplementedError

    def columns(self) -> Sequence[Column]:
        raise NotImplementedError

    def _choices(self) -> Sequence[Choice]:
        raise NotImplementedError

    def _found(self) -> QuerySet[Any]:
        raise NotImplementedError

    def rows(self) -> QuerySet[Any]:
        """All rows asked for, in order."""
        keys = self.sorts[self.sort.removeprefix("-")]
        down = self.sort.startswith("-")
        order = [
            key.desc(nulls_last=True) if down else key.asc(nulls_last=True)
            for key in (F(k) if isinstance(k, str) else k for k in keys)
        ]
        return self._found().order_by(*order, "pk")

    def complete(self, rows: list[Any]) -> list[Any]:
        """What a page of rows needs beside the rows themselves."""
        return rows

    def words_of(self, table: str, column: str) -> tuple[tuple[str, str], ...]:
        """A choice column's codes with their words."""
        codes = TABLES[table].column(column).choices
        return tuple((c, capital(choice_label(table, column, c)(self.t.lang))) for c in codes)

    def word(self, table: str, column: str, code: str | None) -> str:
        return choice_label(table, column, code)(self.t.lang) if code else ""

    def label(self, table: str, column: str) -> str:
        return TABLES[table].column(column).label(self.t.lang)

    def asked(self) -> list[tuple[str, str]]:
        """The filters set, in words: for the head of a print."""
        found = [(c.label, c.word) for c in self.choices if c.value]
        return [*found, (self.t("Search"), self.words)] if self.words else found


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def named_or_empty(row: Any) -> str:
    return (row.name or row.public_id) if row is not None else ""
