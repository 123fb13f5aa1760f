"""One line of a list to the people it names, with all that stands beside a name.

Brackets, telephone numbers and RT/RW are taken out of the cleaned text; what remains is cut at
commas, dashes and "dan", and each piece is a person or says something of the person before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from satuhati.formats.people_headings import read_heading
from satuhati.formats.people_marks import AREA, PHONE, read_area, split_phone
from satuhati.formats.people_name import EDGE, Found, is_degree, looks_named, read_person
from satuhati.formats.people_words import HEADED, HONORIFICS, is_place, plain, read_sex

_FIRST = 0xE000  # private characters stand for what was taken out: clean() leaves none of them


class _Held:
    """Brackets, numbers and places, each behind one private character."""

    def __init__(self) -> None:
        self.items: list[tuple[str, str]] = []

    def __call__(self, kind: str, text: str) -> str:
        if len(self.items) >= 6000:
            return " "
        self.items.append((kind, text))
        return f" {chr(_FIRST + len(self.items) - 1)} "

    def __getitem__(self, char: str) -> tuple[str, str]:
        return self.items[ord(char) - _FIRST]


@dataclass(slots=True)
class Names:
    """People of a stretch of text; ``about`` is what was said of no one in it."""

    people: list[Found] = field(default_factory=list)
    about: Found = field(default_factory=Found)
    vacant: bool = False
    id_number: bool = False
    unread: list[str] = field(default_factory=list)
    held: _Held = field(default_factory=_Held, repr=False)


_HELD = re.compile("[\ue000-\uf8ff]")
_BRACKET = re.compile(r"[(\[{<]([^()\[\]{}<>]*)[)\]}>]")
_STRAY = re.compile(r"[()\[\]{}<>\"]")
_ID = re.compile(r"(?<!\d)\d{16}(?!\d)")
_MAIL = re.compile(r"https?://\S+|\S+@\S+\.\w{2,}")
_CUT = re.compile(
    r"\s*[,;\t|]\s*(?:(?:dan|serta|&)\s+)?|\s*[–—•]\s*|\s+-+\s+|(?<=[^\W\d])-\s+|\s+-+(?=[^\W\d])"
    r"|\s+(?:dan|serta)\s+|\s*&\s*|\s*/\s*|\s*\+\s*|:"
    r"|\s+\(?\d{1,2}[.)]\s*(?=[^\W\d]|[\ue000-\uf8ff])",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(?:bapak|bpk|pak|sdr)\.?\s*/\s*(?:ibu|bu|sdri|i)\b\.?", re.IGNORECASE)
_GLUED = re.compile(
    r"(?<![\w.])(bu|ibu|pak|bapak|bpk|h|hj|ust|ustadz|dr|drs|dra|ir|sdr|sdri)\.(?=[^\W\d_])", re.I
)
_SPACED = re.compile(r"(,\s*)([SMA])\.\s+(?=[A-Z][A-Za-z]{0,4}\b)")
VACANT = frozenset({"kosong", "belum", "belum ada", "nn", "nihil", "tidak ada", "menyusul", "-"})


def read_names(text: str, sure: bool = True) -> Names:
    """The people of a stretch of cleaned text. ``sure``: something told that names stand here."""
    result = Names()
    held = result.held
    text = _GLUED.sub(r"\1. ", _BOTH.sub(" ", text) if "/" in text else text)
    text = _SPACED.sub(r"\1\2.", text)
    text = _take_out(text, result)
    for _ in range(3 if _STRAY.search(text) else 0):  # brackets within brackets
        text, n = _BRACKET.subn(lambda m: held("bracket", m.group(1)), text)
        if not n:
            break
    opened = max(text.rfind("("), text.rfind("["))
    if opened >= 0:  # never closed
        text = text[:opened] + held("bracket", text[opened + 1 :])
    text = _STRAY.sub(" ", text)
    start, gap = 0, ""
    for cut in [*_CUT.finditer(text), None]:
        end = cut.start() if cut else len(text)
        _piece(text[start:end], gap, result, sure)
        if cut:
            start, gap = cut.end(), cut.group().strip() or "-"
    return result


def _take_out(text: str, result: Names) -> str:
    held = result.held

    if "@" in text or "://" in text:
        text = _MAIL.sub(
            lambda m: m.group() if "wa.me/" in m.group() else held("note", m.group()), text
        )

    def phone(match: re.Match[str]) -> str:
        number, rest = split_phone(match.group(1))
        return held("phone", number) + rest if number else match.group()

    if any(c.isdigit() for c in text):
        text, ids = _ID.subn(" ", text)
        result.id_number |= ids > 0
        text = PHONE.sub(phone, text)
        text = AREA.sub(lambda m: held("area", m.group()), text)
    return text


def _piece(piece: str, gap: str, result: Names, sure: bool) -> None:
    """What lies between two cuts, ``gap`` being the cut before it."""
    items, bare, whole = _apart(piece, result.held)
    last = result.people[-1] if result.people else None
    dash = gap[:1] in ("-", "–", "—", "•", ":")
    if not bare or bare.isdigit():
        _say(items, last or result.about, result)
        return
    words = bare.split()
    if last and gap == "," and all(is_degree(w, listed=True) for w in words):
        last.name += ", " + piece_without(piece)
        _say(items, last, result)
        return
    if plain(bare) in VACANT:
        result.vacant = True
        _say(items, last or result.about, result)
        return
    heading = read_heading(bare)
    if heading:
        (last or result.about).headings.append(heading)
        _say(items, last or result.about, result)
        return
    found = read_person(words, whole)
    if "?" in piece and found.name:
        found.unsure.add("name")
    if last and (
        (found.office and not last.office)
        or (dash and not found.honorific and not last.office and found.name)
        or (not found.name and not found.office)
    ):
        if found.office:
            last.comes_from(whole)
        elif dash and found.name and not last.organization:
            last.organization = whole
            last.unsure.add("organization")
        else:
            last.notes.append(whole)
        _say([i for i in items if i[0] != "area" or not found.office], last, result)
        last.rt, last.rw = last.rt or found.rt, last.rw or found.rw
        return
    if not found.name or not (sure or found.honorific or found.office or looks_named(found.name)):
        result.unread.append(" ".join([whole, *(t for k, t in items if k != "area")]))
        return
    about = result.about
    found.headings = about.headings + found.headings
    found.phone, found.rt, found.rw = (
        found.phone or about.phone, found.rt or about.rt, found.rw or about.rw
    )  # fmt: skip
    found.notes = about.notes + found.notes
    found.comes_from(about.organization)
    result.about = Found()
    result.people.append(found)
    _say(items, found, result)


def _apart(text: str, held: _Held) -> tuple[list[tuple[str, str]], str, str]:
    """What was taken out of a text, the text without it, and with RT and RW back in it."""
    items = [held[c] for c in _HELD.findall(text)]
    text = _HELD.sub(lambda m: _of_office(m, held), text)
    bare = " ".join(_HELD.sub(" ", text).split()).strip(EDGE)
    whole = " ".join(_HELD.sub(lambda m: _restored(held[m.group()]), text).split()).strip(EDGE)
    return items, bare, whole


def piece_without(piece: str) -> str:
    """A piece as written, without what was taken out of it."""
    return " ".join(_HELD.sub(" ", piece).split())


def _restored(item: tuple[str, str]) -> str:
    return f" {item[1]} " if item[0] == "area" else " "


def _of_office(match: re.Match[str], held: _Held) -> str:
    """The RT or RW back in its place, if it belongs to an office: "Ketua RT 03", "Pak RW 05"."""
    before = match.string[: match.start()].split()
    word = plain(before[-1]).strip(EDGE) if before else ""
    item = held[match.group()]
    office = word in HONORIFICS or word in HEADED or (word != "rt" and is_place(word))
    return f" {item[1]} " if item[0] == "area" and office else match.group()


def _say(items: list[tuple[str, str]], who: Found, result: Names) -> None:
    """What stood in brackets, and numbers, of a person."""
    for kind, text in items:
        if kind == "phone":
            if who.phone and who.phone != text:
                who.notes.append(text)
            else:
                who.phone = text
        elif kind == "area":
            rt, rw = read_area(text)
            who.rt, who.rw = who.rt or rt, who.rw or rw
        elif kind == "note":
            who.notes.append(text)
        else:
            _bracket(text, who, result)


def _bracket(text: str, who: Found, result: Names) -> None:
    items, bare, shown = _apart(text, result.held)
    _say(items, who, result)
    if not bare:
        return
    if plain(bare) in VACANT and not who.name:
        result.vacant = True
        return
    heading = read_heading(bare) or read_heading(re.sub(r"^merangkap\s+", "", bare, flags=re.I))
    if heading:
        who.headings.append(heading)
        return
    if bare in ("L", "P"):
        who.sex = who.sex or read_sex(bare)
        return
    found = read_person(bare.split(), shown)
    if who.office and found.name and not found.office and (found.honorific or len(bare) > 3):
        _take_name(who, found)
    elif found.office or any(is_place(w) for w in bare.split()):
        who.organization = f"{who.organization}, {shown}" if who.organization else shown
    elif found.name and not (who.organization or found.honorific or "," in bare):
        who.organization = shown
        who.unsure.add("organization")
    else:
        who.notes.append(shown)


def _take_name(who: Found, found: Found) -> None:
    """An office with the person's name beside it: "Lurah Melati (Bpk. Sandi)"."""
    who.comes_from(who.name)
    who.name, who.honorific, who.sex = found.name, found.honorific, found.sex
    who.comes_from(found.organization)
    who.headings += found.headings
    who.notes += found.notes
    who.office = False
    who.unsure.discard("name")


def beside(got: Names, text: str) -> None:
    """A further cell of a row: what it says of the person of the first."""
    person = got.people[0]
    if sex := read_sex(text):
        person.sex = person.sex or sex
        return
    rest = read_names(text)
    got.id_number |= rest.id_number
    for about in (rest.about, *rest.people):
        about.name, about.headings = "", []
        add_to(person, about)
    if rest.people or rest.unread:
        person.comes_from(text)
    if rest.vacant and not rest.people:
        person.notes.append(text)


def add_to(found: Found, more: Found) -> None:
    """What is told of a person elsewhere, where it was not told before."""
    if more.phone and found.phone and more.phone != found.phone:
        found.notes.append(more.phone)
    found.phone = found.phone or more.phone
    found.rt, found.rw = found.rt or more.rt, found.rw or more.rw
    found.comes_from(more.organization)
    found.notes += more.notes
