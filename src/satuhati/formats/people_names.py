"""One line of a list to the people it names, with all that stands beside a name.

Brackets, telephone numbers and RT/RW are taken out of the cleaned text; what remains is cut at
commas, dashes and "dan", and each piece is a person or says something of the person before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from satuhati.formats.people_marks import AREA, PHONE, normal_phone, read_area
from satuhati.formats.people_words import (
    DEGREES,
    HEADED,
    HONORIFICS,
    NOT_NAMES,
    TITLES,
    Heading,
    is_office,
    is_place,
    plain,
    read_heading,
    read_sex,
    tells,
)

MAX_WORDS = 7
"""More words than this are a sentence, not a name."""


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


@dataclass(slots=True)
class Names:
    """People of a stretch of text; ``about`` is what was said of no one in it."""

    people: list[Found] = field(default_factory=list)
    about: Found = field(default_factory=Found)
    vacant: bool = False
    id_number: bool = False
    unread: list[str] = field(default_factory=list)


_FIRST = 0xE000  # private characters stand for what was taken out: clean() leaves none of them
_HELD = re.compile("[\ue000-\uf8ff]")
_BRACKET = re.compile(r"[(\[{<]([^()\[\]{}<>]*)[)\]}>]")
_STRAY = re.compile(r"[()\[\]{}<>\"]")
_ID = re.compile(r"(?<!\d)\d{16}(?!\d)")
_MAIL = re.compile(r"https?://\S+|\S+@\S+\.\w{2,}")
_CUT = re.compile(
    r"\s*[,;\t|]\s*|\s*[–—•]\s*|\s+-+\s+|(?<=[^\W\d])-\s+|\s+-+(?=[^\W\d])"
    r"|\s+(?:dan|serta)\s+|\s*&\s*|\s*/\s*|\s*\+\s*|:"
    r"|\s+\(?\d{1,2}[.)]\s*(?=[^\W\d]|[\ue000-\uf8ff])",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(?:bapak|bpk|pak|sdr)\.?\s*/\s*(?:ibu|bu|sdri|i)\b\.?", re.IGNORECASE)
_GLUED = re.compile(
    r"(?<![\w.])(bu|ibu|pak|bapak|bpk|h|hj|ust|ustadz|dr|drs|dra|ir|sdr|sdri)\.(?=[^\W\d_])", re.I
)
_SPACED = re.compile(r"(,\s*)([SMA])\.\s+(?=[A-Z][A-Za-z]{0,4}\b)")
_EDGE = " .,:;'\"-–—?!•/=+#@"
VACANT = frozenset({"kosong", "belum", "belum ada", "nn", "nihil", "tidak ada", "menyusul", "-"})
_LETTERS = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"(?:[^\W\d_]|['.’\-]|[\u0300-\u036f])+")


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


def read_names(text: str, sure: bool = True) -> Names:
    """The people of a stretch of cleaned text. ``sure``: something told that names stand here."""
    result = Names()
    held = _Held()
    text = _GLUED.sub(r"\1. ", _BOTH.sub(" ", text) if "/" in text else text)
    text = _SPACED.sub(r"\1\2.", text)
    text = _take_out(text, held, result)
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
        _piece(text[start:end], gap, held, result, sure)
        if cut:
            start, gap = cut.end(), cut.group().strip() or "-"
    return result


def _take_out(text: str, held: _Held, result: Names) -> str:
    if "@" in text or "://" in text:
        text = _MAIL.sub(
            lambda m: m.group() if "wa.me/" in m.group() else held("note", m.group()), text
        )

    def phone(match: re.Match[str]) -> str:
        number = normal_phone(match.group(1))
        return held("phone", number) if number else match.group()

    if any(c.isdigit() for c in text):
        text, ids = _ID.subn(" ", text)
        result.id_number |= ids > 0
        text = PHONE.sub(phone, text)
        text = AREA.sub(lambda m: held("area", m.group()), text)
    return text


def _piece(piece: str, gap: str, held: _Held, result: Names, sure: bool) -> None:
    """What lies between two cuts, ``gap`` being the cut before it."""
    items = [held[c] for c in _HELD.findall(piece)]
    piece = _HELD.sub(lambda m: _of_office(m, held), piece)
    bare = " ".join(_HELD.sub(" ", piece).split()).strip(_EDGE)
    whole = " ".join(_HELD.sub(lambda m: _restored(held[m.group()]), piece).split()).strip(_EDGE)
    last = result.people[-1] if result.people else None
    dash = gap[:1] in ("-", "–", "—", "•", ":")
    if not bare or bare.isdigit():
        _say(items, last or result.about, result)
        return
    words = bare.split()
    if last and gap == "," and all(_degree(w) for w in words):
        last.name += ", " + piece_without(piece)
        _say(items, last, result)
        return
    if plain(bare) in VACANT:
        result.vacant = True
        return
    heading = read_heading(bare)
    if heading:
        (last or result.about).headings.append(heading)
        _say(items, last or result.about, result)
        return
    found = _person(words, whole)
    if last and (
        (found.office and not last.office)
        or (dash and not found.honorific and not last.office and found.name)
        or (not found.name and not found.office)
    ):
        if found.office:
            last.organization = last.organization or whole
        elif dash and found.name and not last.organization:
            last.organization = whole
            last.unsure.add("organization")
        else:
            last.notes.append(whole)
        _say([i for i in items if i[0] != "area" or not found.office], last, result)
        last.rt, last.rw = last.rt or found.rt, last.rw or found.rw
        return
    if not found.name or not (sure or found.honorific or found.office or looks_named(found.name)):
        result.unread.append(whole)
        return
    about = result.about
    found.headings = about.headings + found.headings
    found.phone, found.rt, found.rw = (
        found.phone or about.phone, found.rt or about.rt, found.rw or about.rw
    )  # fmt: skip
    found.notes = about.notes + found.notes
    found.organization = about.organization or found.organization
    result.about = Found()
    result.people.append(found)
    _say(items, found, result)


def piece_without(piece: str) -> str:
    """A piece as written, without what was taken out of it."""
    return " ".join(_HELD.sub(" ", piece).split())


def _restored(item: tuple[str, str]) -> str:
    return f" {item[1]} " if item[0] == "area" else " "


def _of_office(match: re.Match[str], held: _Held) -> str:
    """The RT or RW back in its place, if it belongs to an office: "Ketua RT 03", "Pak RW 05"."""
    before = match.string[: match.start()].split()
    word = plain(before[-1]).strip(_EDGE) if before else ""
    item = held[match.group()]
    office = word in HONORIFICS or word in HEADED or (word != "rt" and is_place(word))
    return f" {item[1]} " if item[0] == "area" and office else match.group()


def _degree(word: str) -> bool:
    bare = word.strip(".,;")
    key = plain(bare).replace(".", "")
    return key in DEGREES and ("." in bare or bare.isupper() or len(key) > 2)


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
    inner = Names()
    inner_held = _Held()
    text = _HELD.sub(" ", text)
    area = read_area(text)
    rest = _take_out(text, inner_held, inner)
    result.id_number |= inner.id_number
    _say([i for i in inner_held.items if i[0] != "area"], who, result)
    who.rt, who.rw = who.rt or area[0], who.rw or area[1]
    bare = " ".join(_HELD.sub(" ", rest).split()).strip(_EDGE)
    shown = " ".join(_HELD.sub(lambda m: _restored(inner_held[m.group()]), rest).split())
    shown = shown.strip(_EDGE)
    if not bare:
        return
    heading = read_heading(bare) or read_heading(re.sub(r"^merangkap\s+", "", bare, flags=re.I))
    if heading:
        who.headings.append(heading)
        return
    if bare in ("L", "P"):
        who.sex = who.sex or read_sex(bare)
        return
    found = _person(bare.split(), shown)
    if who.office and found.name and not found.office and (found.honorific or len(bare) > 3):
        _take_name(who, found)
    elif found.office or any(is_place(w) for w in bare.split()):
        who.organization = f"{who.organization}, {shown}" if who.organization else shown
    elif (
        not who.organization
        and found.name
        and not found.honorific
        and not _LETTERS.sub("", bare).strip(" .&'")
    ):
        who.organization = shown
        who.unsure.add("organization")
    else:
        who.notes.append(shown)


def _take_name(who: Found, found: Found) -> None:
    """An office with the person's name beside it: "Lurah Melati (Bpk. Sandi)"."""
    who.organization = who.organization or who.name
    who.name, who.honorific, who.sex = found.name, found.honorific, found.sex
    who.office = False
    who.unsure.discard("name")


def _person(words: list[str], whole: str) -> Found:
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
            found.organization = _until(whole, words[start])
            words = words[start:]
    words, found.honorific, found.sex = _honorific(words)
    if len(words) == 1 and is_address(words[0]):
        return Found()
    if is_office(words):
        rest = words[1:]
        single = plain(words[0]).strip(".") in ("bidan", "guru", "dokter", "perawat", "kader")
        if not (single and rest and not any(is_place(w) for w in rest) and _plausible(rest)):
            found.office = True
            found.name, found.honorific = whole, ""
            found.unsure.add("name")
            found.organization = ""
            found.rt, found.rw = read_area(whole)
            return found
        found.organization = found.organization or words[0]
        words = rest
    else:
        cut = next((i for i, w in enumerate(words) if i and (is_place(w) or _head_at(words, i))), 0)
        if cut:
            found.organization = found.organization or _from(whole, words[cut])
            words = words[:cut]
    words = _post_beside(words, found)
    stop = next((i for i, w in enumerate(words) if plain(w).strip(_EDGE) in NOT_NAMES), None)
    if stop:
        found.notes.append(" ".join(words[stop:]))
        words = words[:stop]
    elif stop == 0:
        return Found()
    if not _plausible(words):
        return Found()
    if "?" in whole:
        found.unsure.add("name")
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
    return whole.partition(word)[0].strip(_EDGE)


def _from(whole: str, word: str) -> str:
    at = whole.find(f" {word}")
    return whole[at:].strip(_EDGE) if at >= 0 else word


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
    own = [w for w in words if not _degree(w)]
    text = " ".join(words)
    return (
        0 < len(own) <= MAX_WORDS
        and len(text) <= 80
        and _LETTERS.search(text) is not None
        and all(_WORD.fullmatch(w.strip(",?!")) for w in words)
    )


def looks_named(name: str) -> bool:
    """Whether a name that nothing announces is written like one."""
    words = [w for w in name.replace(",", " ").split() if not _degree(w)]
    small = sum(1 for w in words if w[:1].islower())
    return len(words) <= 4 and (small == 0 or (len(words) == 1 and len(name) > 2))


def tidy(name: str) -> str:
    """A name in capitals or small letters throughout gets its capitals; degrees stay."""
    name = " ".join(name.split()).strip(" ,;:?!-–—'\"")
    words = name.split()
    own = [w for w in words if not _degree(w)]
    letters = "".join(own)
    shouting = letters.isupper() and len(letters) > 3
    if not (letters.islower() or shouting):
        return name
    return " ".join(w if _degree(w) and not w.islower() else _capital(w) for w in words)


def _capital(word: str) -> str:
    # Not str.title(): it would write Ma'Ruf.
    return ".".join(part[:1].upper() + part[1:].lower() for part in word.split("."))


def name_key(name: str) -> tuple[str, ...]:
    """The words of a name to compare: folded, without forms of address, titles and degrees."""
    words = [plain(w).strip(_EDGE).replace("'", "") for w in _split_degrees(name)]
    while len(words) > 1 and (words[0] in HONORIFICS or words[0] in TITLES):
        words = words[1:]
    return tuple(w for w in words if w)


def _split_degrees(name: str) -> list[str]:
    head, *rest = name.split(",")
    words = [w for part in (head, *rest) for w in part.replace("-", " ").split()]
    return [w for i, w in enumerate(words) if not (i and _degree(w))]


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
        if person.organization:
            person.notes.append(text)
        else:
            person.organization = text
    if rest.vacant and not rest.people:
        person.notes.append(text)


def add_to(found: Found, more: Found) -> None:
    """What is told of a person elsewhere, where it was not told before."""
    if more.phone and found.phone and more.phone != found.phone:
        found.notes.append(more.phone)
    found.phone = found.phone or more.phone
    found.rt, found.rw = found.rt or more.rt, found.rw or more.rw
    found.organization = found.organization or more.organization
    found.notes += more.notes
