"""One piece of a list as one person: form of address, name, titles, and the office beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from satuhati.formats.people_headings import Heading, read_heading, tells
from satuhati.formats.people_marks import read_area
from satuhati.formats.people_words import (
    ABBREVIATIONS,
    DEGREES,
    HONORIFICS,
    NOT_NAMES,
    TITLES,
    is_office,
    is_place,
    plain,
)

MAX_WORDS = 7
"""More words than this are a sentence, not a name."""
_LETTERS = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"(?:[^\W\d_]|['.’\-]|[\u0300-\u036f])+")
EDGE = " .,:;'\"-–—?!•/=+#@"


@dataclass(slots=True)
class Found:
    """One person of a line, as far as the line tells."""

    name: str = ""
    honorific: str = ""
    sex: str | None = None
    phone: str = ""
    rt: str = ""
    rw: str = ""
    organization: str = ""
    headings: list[Heading] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    office: bool = False
    """Named by an office only ("Lurah Melati")."""
    unsure: set[str] = field(default_factory=set)
    """Fields that need to be asked."""

    def comes_from(self, place: str) -> None:
        """One more organisation or office; the first is theirs, others are noted."""
        if not self.organization:
            self.organization = place
        elif place and place != self.organization:
            self.notes.append(place)


def is_degree(word: str, listed: bool = False) -> bool:
    """Whether a word is a degree; ``listed``: after a comma, where "Lc." is none's name."""
    bare = word.strip(".,;")
    key = plain(bare).replace(".", "")
    written = "." in bare or bare.isupper() or len(key) > 2 or (listed and bare[:1].isupper())
    return written and key in DEGREES


def read_person(words: list[str], whole: str) -> Found:
    """A piece of text as a person; without a name if it is none."""
    found = Found()
    start = next((i for i, w in enumerate(words) if is_address(w) and i + 1 < len(words)), None)
    if start and start > 0:
        before = words[:start]
        heading = read_heading(" ".join(before))
        if heading:
            found.headings.append(heading)
            words = words[start:]
        elif is_office(before) or any(is_place(w) for w in before):
            found.comes_from(_until(whole, words[start]))
            words = words[start:]
    words, found.honorific, found.sex = _honorific(words)
    if len(words) == 1 and is_address(words[0]):
        return Found()
    if is_office(words):
        rest = words[1:]
        single = plain(words[0]).strip(".") in ("bidan", "guru", "dokter", "perawat", "kader")
        if not (single and rest and not any(is_place(w) for w in rest) and _plausible(rest)):
            found.office = True
            found.name, found.honorific = tidy(whole), ""
            found.unsure.add("name")
            found.organization, found.headings = "", []
            found.rt, found.rw = read_area(whole)
            return found
        found.comes_from(words[0])
        words = rest
    else:
        cut = next((i for i, w in enumerate(words) if i and (is_place(w) or _head_at(words, i))), 0)
        if cut:
            found.comes_from(_from(whole, words[cut]))
            words = words[:cut]
    words = _post_beside(words, found)
    stop = next((i for i, w in enumerate(words) if plain(w).strip(EDGE) in NOT_NAMES), None)
    if stop:
        found.notes.append(" ".join(words[stop:]))
        words = words[:stop]
    elif stop == 0:
        return Found()
    if not _plausible(words):
        return Found()
    found.name = tidy(" ".join(words))
    for word in words:
        key = plain(word).strip(".")
        if key not in TITLES:
            break
        if "." in word or key != "h" or len(words) > 1:
            found.sex = found.sex or TITLES[key]
    return found


def is_address(word: str) -> bool:
    return plain(word).strip(".,") in HONORIFICS


def _head_at(words: list[str], i: int) -> bool:
    """Whether an office begins there: "Sari Ketua RT"."""
    return is_office(words[i:])


def _until(whole: str, word: str) -> str:
    return whole.partition(word)[0].strip(EDGE)


def _from(whole: str, word: str) -> str:
    at = whole.find(f" {word}")
    return whole[at:].strip(EDGE) if at >= 0 else word


def _honorific(words: list[str]) -> tuple[list[str], str, str | None]:
    """The words without forms of address; the first one tells the sex."""
    said, sex = "", None
    while len(words) > 1 and is_address(words[0]):
        honorific, of = HONORIFICS[plain(words[0]).strip(".,")]
        if not said:
            said, sex = honorific, of
        words = words[1:]
    return words, said, sex


def _post_beside(words: list[str], found: Found) -> list[str]:
    """Posts written before or after a name without any mark: "Ketua Budi", "Budi ketua"."""
    if not tells(words):
        return words
    for n in range(min(len(words) - 1, 6), 0, -1):
        heading = read_heading(" ".join(words[:n]))
        if heading and heading.roles and not heading.label:
            found.headings.append(heading)
            words, said, sex = _honorific(words[n:])
            found.honorific, found.sex = found.honorific or said, found.sex or sex
            return words
    for n in range(1, len(words)):
        heading = read_heading(" ".join(words[n:]))
        if heading and (heading.roles or plain(words[n]).strip(".") in ("seksi", "sie", "bidang")):
            found.headings.append(heading)
            return words[:n]
    return words


def _plausible(words: list[str]) -> bool:
    """Whether words can be a name."""
    own = [w for w in words if not is_degree(w)]
    text = " ".join(words)
    return (
        0 < len(own) <= MAX_WORDS
        and len(text) <= 80
        and _LETTERS.search(text) is not None
        and all(_WORD.fullmatch(w.strip(",?!")) for w in words)
    )


def looks_named(name: str) -> bool:
    """Whether a name that nothing announces is written like one."""
    words = [w for w in name.replace(",", " ").split() if not is_degree(w)]
    small = sum(1 for w in words if w[:1].islower())
    return len(words) <= 4 and (small == 0 or (len(words) == 1 and len(name) > 2))


def tidy(name: str) -> str:
    """A name in capitals or small letters throughout gets its capitals; degrees stay."""
    name = " ".join(name.split()).strip(" ,;:?!-–—'\"")
    words = name.split()
    own = [w for w in words if not is_degree(w)]
    letters = "".join(own)
    shouting = letters.isupper() and len(letters) > 3
    if not (letters.islower() or shouting):
        return name
    return " ".join(w if is_degree(w) and not w.islower() else _capital(w) for w in words)


def _capital(word: str) -> str:
    if plain(word) in ABBREVIATIONS:
        return word.upper()
    # Not str.title(): it would write Ma'Ruf.
    return ".".join(part[:1].upper() + part[1:].lower() for part in word.split("."))


def name_key(name: str) -> tuple[str, ...]:
    """The words of a name to compare: folded, without forms of address, titles and degrees."""
    words = [plain(w).strip(EDGE).replace("'", "") for w in _split_degrees(name)]
    while len(words) > 1 and (words[0] in HONORIFICS or words[0] in TITLES):
        words = words[1:]
    return tuple(w for w in words if w)


def _split_degrees(name: str) -> list[str]:
    head, *rest = name.split(",")
    words = [w for part in (head, *rest) for w in part.replace("-", " ").split()]
    return [w for i, w in enumerate(words) if not (i and is_degree(w))]
