"""A list of people as secretaries write it on WhatsApp, read into a working group by section.

Nothing is dropped in silence: every line that is not blank belongs to a person, is a heading, or
stands among the lines that were not read, with the reason. What could not be told is named per
person in ``questions``; a preview asks for that and nothing else. Styles that are read are listed
in ``docs/how-to/paste-list.md``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from satuhati.formats.people_chat import letters, without_chat, without_letter
from satuhati.formats.people_headings import (
    Heading,
    heading_beside,
    only_intro,
    read_heading,
)
from satuhati.formats.people_line import VACANT, Names, add_to, beside, read_names
from satuhati.formats.people_marks import AREA, clean, normal_phone, numbered, read_area
from satuhati.formats.people_name import MAX_WORDS, is_address, looks_named, tidy
from satuhati.formats.people_pokja import Entry, Pokja
from satuhati.formats.people_result import PastedLine, PastedList, PastedPerson, PastedPost
from satuhati.formats.people_words import (
    GREETING,
    LABELS,
    NOT_ABOUT_PEOPLE,
    NOT_NAMES,
    TITLE_WORDS,
    is_office,
    plain,
    read_sex,
    words_of,
)

__all__ = ["PastedLine", "PastedList", "PastedPerson", "PastedPost", "read_people_text"]

MAX_LINE = 10_000
"""Characters of a line that are read; a longer one is listed as not read."""


def read_people_text(text: str) -> PastedList:
    """Read a pasted text; never raises. Lines count from 1, blank ones included."""
    lines = text.splitlines()
    reader = _Reader(letters(lines))
    for number, line in enumerate(lines, 1):
        reader.line(number, line)
    return reader.pokja.result()


def read_people_rows(rows: Sequence[tuple[int, Sequence[str]]]) -> PastedList:
    """The same from numbered rows of cells that have no header."""
    reader = _Reader(frozenset())
    for number, cells in rows:
        reader.line(number, "\t".join(" ".join(cell.split()) for cell in cells))
    return reader.pokja.result()


# -- the reader ---------------------------------------------------------------------------------


class _Reader:
    """Understands one line after another and tells the group that is being put together."""

    def __init__(self, lettered: frozenset[int]) -> None:
        self.lettered = lettered
        self.pokja = Pokja()
        self.after_blank = True
        self.form: Entry | None = None
        """Whom "Nama: …" named: a form is being filled in."""

    def line(self, number: int, raw: str) -> None:
        """One line; whatever it is, it is listed somewhere."""
        if not raw.strip():
            self.after_blank = True
            return
        if len(raw) > MAX_LINE:
            return self.pokja.ignore(number, raw, "line_too_long")
        text = without_chat(clean(raw))
        if text is None:
            return self.pokja.ignore(number, raw, "line_chat")
        count, marked, text = numbered(text)
        unlettered = without_letter(text, number in self.lettered)
        if unlettered is not None:
            text, marked = unlettered, True
        if not any(c.isalnum() for c in text):
            why = "line_marks" if count is None else "line_empty_item"
            return self.pokja.ignore(number, raw, why)
        bold = raw.lstrip(" \t•-").startswith("*")
        self._read(number, raw, text, count, marked, bold)
        self.after_blank = False
        return None

    def _read(
        self, number: int, raw: str, text: str, count: int | None, marked: bool, bold: bool
    ) -> None:
        pokja = self.pokja
        if _is_header(text) and not only_intro(text):
            return pokja.say(number, raw)
        if ("\t" in text or "|" in text) and self._row(number, raw, text):
            return None
        if text.count(":") > 1 and (parts := _several(text)):
            for part in parts:
                self._read(number, raw, part, None, True, bold)
            return
        label, value = _labelled(text)
        if label is not None and self._labelled(number, raw, label, value, count, marked):
            return
        bare = text.strip(" .:-–•=,")
        heading, held = heading_beside(bare, loose=text[-1] in ":=")
        if only_intro(bare) and not pokja.context.in_section:
            pokja.title(number, raw)
        elif heading and not (label and value):
            pokja.enter(number, raw, heading)
            if _addressed(held):
                self._names(number, raw, held, None, marked, True)
        elif self._area_alone(number, raw, bare, bold or text[-1] == ":" or self.after_blank):
            pass
        elif not marked and GREETING.match(plain(bare)):
            pokja.ignore(number, raw, "line_greeting")
        elif _is_title(bare) and not marked:
            pokja.title(number, raw)
        else:
            clue = marked or bold or pokja.context.line > 0
            self._names(number, raw, text, count, marked, clue)

    # -- rows of a table

    def _row(self, number: int, raw: str, text: str) -> bool:
        """A row copied from a table, cells apart by tabs or bars; ``False`` if it is none."""
        cells = [c.strip(" .") for c in re.split(r"[\t|]", text)]
        full = [c for c in cells if c and not c.isdigit()]
        if len(full) < 2:
            return False
        headings = [read_heading(c, True) for c in full]
        others = [c for c, heading in zip(full, headings, strict=True) if heading is None]
        got = read_names(others[0]) if others else Names()
        if len(got.people) != 1:
            return False
        person = got.people[0]
        person.headings[:0] = [h for h in headings if h]
        for more in others[1:]:
            beside(got, more)
        self.pokja.take(number, got, None, True)
        return True

    # -- "label: value"

    def _labelled(
        self, number: int, raw: str, label: str, value: str, count: int | None, marked: bool
    ) -> bool:
        """A line "label: value"; ``False`` if the label tells nothing."""
        pokja = self.pokja
        words = words_of(label)
        meant = LABELS.get("".join(words))
        strict = heading_beside(label)[0]
        if meant == "name" and len((got := read_names(value)).people) == 1:
            pokja.take(number, got, None, True)
            self.form = pokja.last
            return True
        in_form = pokja.last is not None and pokja.last is self.form
        if meant in ("post", "section") and not in_form and not strict:
            inner = read_heading(value.strip(), True) or read_heading(f"Seksi {value}", True)
            if inner:
                pokja.enter(number, raw, inner)
                return True
        elif meant and not strict and pokja.last:
            self._of_the_last(pokja.last, number, meant, label, value.strip())
            return True
        if words and words[0] in NOT_ABOUT_PEOPLE and not strict:
            pokja.ignore(number, raw, "line_other_matter")
            return True
        if _is_title(label) and not strict:
            if _is_empty(value):
                pokja.title(number, raw)
                return True
            got = read_names(value)
            if got.people and all(p.honorific or p.headings for p in got.people):
                pokja.take(number, got, count, marked)
            else:
                pokja.title(number, raw)
            return True
        heading, held = heading_beside(label, loose=True)
        if heading and not (heading.guessed and not _holds_names(value)):
            self._under(number, raw, heading, value, marked)
            if _addressed(held):
                self._names(number, raw, held, None, marked, True)
            elif held:
                pokja.say(number, raw)
            return True
        return self._name_first(number, label, value, count, marked) or self._unknown(
            number, label, value
        )

    def _under(self, number: int, raw: str, heading: Heading, value: str, marked: bool) -> None:
        """A heading with what stands after it in the same line."""
        pokja = self.pokja
        nested = read_heading(value.strip(" .:"))
        if _is_empty(value):
            pokja.enter(number, raw, heading)
            if value.strip(" :"):
                pokja.vacant()
        elif nested and not heading.section:  # "Seksi 3: Ekonomi", "Ketua: Seksi Ekonomi"
            roles = heading.roles or nested.roles
            whole = Heading(roles, nested.section, nested.label, nested.guessed or heading.guessed)
            pokja.enter(number, raw, whole)
        else:
            pokja.enter(number, raw, heading, inline=True)
            item, _, value = numbered(value)
            self._names(number, raw, value, item, marked, True)

    def _name_first(
        self, number: int, label: str, value: str, count: int | None, marked: bool
    ) -> bool:
        """ "Budi: Ketua", "Lurah: Pak Sandi"."""
        after = read_heading(value.strip(" .:"), True)
        got = read_names(label)
        if after and len(got.people) == 1:
            got.people[0].headings.append(after)
        elif is_office(label.split()) and (got := read_names(value)).people and not after:
            person = got.people[0]
            person.comes_from(label.strip())
        else:
            return False
        self.pokja.take(number, got, count, marked)
        return True

    def _unknown(self, number: int, label: str, value: str) -> bool:
        """ "Humas: Bu Rina": a post that is none of the usual ones."""
        words = words_of(label)
        got = read_names(value)
        fits = 0 < len(words) <= 5 and not any(w in NOT_NAMES or w.isdigit() for w in words)
        if not fits or not got.people or got.unread or is_address(label.split()[0]):
            return False
        announced = all(p.honorific for p in got.people)
        written = label[:1].isupper() and all(looks_named(p.name) for p in got.people)
        if not (announced or written):
            return False
        for found in got.people:
            entry = self.pokja.entry(number, found)
            entry.add(PastedPost("other", tidy(label), None, number))
            entry.questions.add("post")
        self.pokja.note(got)
        return True

    def _of_the_last(self, entry: Entry, number: int, meant: str, label: str, value: str) -> None:
        """A line of a form, "HP: 0812…", about the person above."""
        found = entry.found
        heading = None
        if meant in ("post", "section"):
            heading = read_heading(value, True)
            if meant == "section":
                heading = heading or read_heading(f"Seksi {value}", True)
        area = read_area(value)
        area = area if any(area) else read_area(f"{label} {value}")
        if heading:
            found.headings = [heading]
            self.pokja.posts_beside(entry, number)
        elif meant == "phone" and normal_phone(value):
            found.phone = found.phone or normal_phone(value)
        elif meant == "sex" and read_sex(value):
            found.sex = found.sex or read_sex(value)
        elif meant == "area" and any(area):
            found.rt, found.rw = found.rt or area[0], found.rw or area[1]
        elif meant == "organization" and not found.organization:
            found.organization = value
        elif value:
            found.notes.append(value)
        entry.lines.add(number)

    # -- lines without a label

    def _area_alone(self, number: int, raw: str, text: str, above: bool) -> bool:
        """A line that is only an RT or RW: of the person above, or for those below."""
        rt, rw = read_area(text)
        if not (rt or rw) or AREA.sub("", text).strip(" .,:/-()"):
            return False
        last = self.pokja.last
        if last is None or above:
            self.pokja.title(number, raw, rt, rw)
        else:
            last.found.rt, last.found.rw = rt, rw
            last.lines.add(number)
        return True

    def _names(
        self, number: int, raw: str, text: str, count: int | None, marked: bool, clue: bool
    ) -> None:
        words = words_of(text)
        strange = sum(w in NOT_NAMES for w in words)
        if strange and not marked and (not clue or strange > 1):
            return self.pokja.ignore(number, raw, "line_sentence")
        got = read_names(text, clue)
        if got.people:
            return self.pokja.take(number, got, count, marked)
        self.pokja.note(got)
        about, last = got.about, self.pokja.last
        said = about.phone or about.rt or about.rw or about.headings or about.organization
        if last is not None and said and not got.unread and text[:1] != "@":  # "0812…" under a name
            add_to(last.found, about)
            last.lines.add(number)
            if about.headings:
                last.found.headings = about.headings
                self.pokja.posts_beside(last, number)
            return None
        if got.vacant:
            why = "line_empty_item"
        else:
            why = "line_sentence" if strange or len(words) > MAX_WORDS else "line_no_name"
        return self.pokja.ignore(number, raw, why)


_LABEL_MARKS = re.compile(r"[()\[\]{}:=\-–—•]")


def _labelled(text: str) -> tuple[str | None, str]:
    """Label and value of a line; the label is ``None`` if there is none.

    A colon parts them wherever it stands; a dash or arrow only after a heading.
    """
    by_dash: tuple[str, str] | None = None
    depth = 0
    for mark in _LABEL_MARKS.finditer(text, 0, 120):
        i, char = mark.start(), mark.group()
        before, after = text[:i], text[i + 1 :]
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif depth > 0:
            continue
        elif char in ":=" and not after.startswith("//"):
            if by_dash and not read_heading(before.strip(" .•"), True):
                return by_dash
            return before.strip(" .•"), after.lstrip(" :=")
        elif char in "-–—•" and i and by_dash is None:
            apart = char != "-" or before[-1] == " " or after[:1] == " "
            if read_heading(before.strip(" ."), apart):
                by_dash = before.strip(" ."), after.lstrip(" :-–—•>")
    return by_dash or (None, "")


_INNER = re.compile(r"[,;(.]\s*(?=(?P<label>[^\W\d][^,;():]{2,40}):)")


def _several(text: str) -> list[str]:
    """A line with several headings, each with its names, cut before each heading."""
    starts = [m.end() for m in _INNER.finditer(text) if read_heading(m.group("label").strip())]
    if not starts:
        return []
    cuts = [0, *starts, len(text)]
    parts = [text[a:b].strip(" ,;(.") for a, b in pairwise(cuts)]
    closed = (p.removesuffix(")") if "(" not in p else p for p in parts)
    return [p for p in closed if any(c.isalnum() for c in p)]


def _addressed(text: str) -> bool:
    """Whether someone is addressed in a text: "Bu Sari"."""
    return any(is_address(word) for word in text.split())


_COLUMN_NAMES = ("no", "ket", *LABELS)


def _is_header(text: str) -> bool:
    """Whether a line holds the names of columns and nothing else."""
    first = words_of(text)[:1]
    if not first or not first[0].startswith(_COLUMN_NAMES):
        return False
    keys = ["".join(words_of(cell)) for cell in re.split(r"[\t|,;]|\s-\s", text)]
    keys = [key for key in keys if key and key not in ("no", "nomor", "ket", "keterangan")]
    return bool(keys) and all(key in LABELS for key in keys)


def _is_title(text: str) -> bool:
    """Whether text begins as the title of a list does."""
    words = [w for w in words_of(text) if not w.isdigit()]
    return bool(words) and words[0] in TITLE_WORDS


def _is_empty(value: str) -> bool:
    bare = value.strip(" .:-–—•=?(),/")
    return not bare or plain(bare) in VACANT


def _holds_names(value: str) -> bool:
    return _is_empty(value) or bool(read_names(value).people)
