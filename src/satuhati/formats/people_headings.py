"""Headings of a working group's list: what posts and sections their words name.

Common misspellings stand in the tables; others are found by edit distance, only where the line
says that a heading is meant ("Sekretrais: Bu Rina", "Seksi Ekonmi"): *Ketut* is a name, not a
misspelt *ketua*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from satuhati.formats.people_words import HONORIFICS, plain, words_of, wordset, wordtable


class Role(NamedTuple):
    """A post as a heading names it, before it is known in which section it stands.

    ``code`` is one of ``patron advisor chair deputy secretary treasurer head member``.
    """

    code: str
    name: str


class Heading(NamedTuple):
    """Words that name posts, a section, or both.

    ``label`` is what was written of a section that is none of the eight, or more than one of
    them. ``guessed`` says that a word was read by its likeness only, ``core`` that the post is of
    the whole group wherever it stands ("Ketua Umum").
    """

    roles: tuple[Role, ...]
    section: str | None
    label: str
    guessed: bool = False
    core: bool = False


_ROLES = {
    "pelindung": Role("patron", "Pelindung"),
    "penanggungjawab": Role("patron", "Penanggung Jawab"),
    "penasehat": Role("advisor", "Penasehat"),
    "pembina": Role("advisor", "Pembina"),
    "pengarah": Role("advisor", "Pengarah"),
    "ketua": Role("chair", "Ketua"),
    "wakil": Role("deputy", "Wakil Ketua"),
    "sekretaris": Role("secretary", "Sekretaris"),
    "bendahara": Role("treasurer", "Bendahara"),
    "koordinator": Role("head", "Koordinator"),
    "kepala": Role("head", "Kepala"),
    "anggota": Role("member", "Anggota"),
}

_ROLE_WORDS = wordtable({
    "pelindung": "pelindung pengayom perlindung patron patrons",
    "penanggungjawab": "penanggungjawab pj penangungjawab penanggungjwb",
    "penasehat": "penasehat penasihat penasehet penasiat advisor adviser advisors",
    "pembina": "pembina",
    "pengarah": "pengarah",
    "ketua": "ketua ketum ketuanya chair chairperson chairman chairwoman",
    "wakil": "wakil wkl waket wk deputy vice",
    "sekretaris": "sekretaris sekertaris sekretarus skretaris sekretris sekre sekret secretary",
    "bendahara": "bendahara bendaraha bendahra bendhara bendara treasurer",
    "koordinator": "koordinator kordinator koord kord korsi korsie korsek coordinator coord head",
    "kepala": "kepala kasi kasie",
    "anggota": "anggota anggauta angota angg member members",
})  # fmt: skip
_WITH_SECTION = frozenset({"korsi", "korsie", "korsek", "kasi", "kasie"})
"""Words that hold "seksi" themselves."""

_INTRO = wordset("seksi seksie sexi sie bidang bid bdg divisi div fungsi subseksi section sections")
_STRONG = wordtable({
    "keagamaan": "keagamaan agama keagaman kegamaan kerohanian rohani religi religion",
    "sosial_budaya": "sosial sosbud kebudayaan social cultural",
    "cinta_kasih": "cintakasih kasihsayang affection",
    "perlindungan": "perlindungan pelindungan protection",
    "reproduksi": "reproduksi kespro reproduction",
    "sosialisasi_pendidikan":
        "sosialisasi pendidikan edukasi socialisation socialization education",
    "ekonomi": "ekonomi perekonomian economy",
    "lingkungan": "lingkungan pembinaanlingkungan environment",
})  # fmt: skip
# Words that may be a name, or something else, unless a section is spoken of.
_WEAK = wordtable({
    "keagamaan": "ibadah",
    "sosial_budaya": "budaya adat seni",
    "cinta_kasih": "cinta kasih sayang",
    "reproduksi": "kesehatan kb",
    "ekonomi": "usaha umkm uppka",
    "lingkungan": "pelestarian kebersihan",
})  # fmt: skip
_NEUTRAL = wordset(
    "pokja kelompok kerja kampung kb keluarga berkualitas umum harian pelaksana inti pembinaan "
    "hidup anak perempuan remaja masyarakat kemasyarakatan sehat kreatif produktif bersih the "
    "of and"
)
_CORE = wordset("umum harian pelaksana inti pokja kampung")
_JOINS = frozenset({"dan", "&", "/", "+", "serta", "merangkap", "and"})
_NUMERAL = re.compile(r"i{1,3}|iv|v|vi{0,3}|ix|x|[0-9]{1,2}")
_NOT_HEADINGS = wordset(
    "ketut kadek anggita anggia anggun anggara agamawati budaya kasih cinta sayang permata"
)
"""Names near to words of the tables."""

_TELLING = frozenset(
    {*_ROLE_WORDS, *_STRONG, *_WEAK, *_INTRO, "penanggung", "penangung", "kes", "sos"}
)
"""Words without one of which nothing is a heading."""


def distance(a: str, b: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap neighbours) from ``a`` to ``b``; beyond ``limit``,
    ``limit + 1``.
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return min(last[-1], limit + 1)


@lru_cache(maxsize=4096)
def _likely(word: str) -> str | None:
    """The one word of the tables that this can be a misspelling of."""
    if len(word) < 5 or word in _NOT_HEADINGS:
        return None
    limit = 1 if len(word) < 8 else 2
    found: list[tuple[int, str]] = []
    for known in (*_ROLE_WORDS, *_STRONG):
        if len(known) >= 5 and known[0] == word[0]:
            d = distance(word, known, limit)
            if d <= limit:
                found.append((d, known))
    best = {_meaning(known): known for d, known in found if d == min(found)[0]}
    return next(iter(best.values())) if len(best) == 1 else None


def _meaning(word: str) -> str:
    return _ROLE_WORDS.get(word) or _STRONG[word]


def tells(words: Iterable[str]) -> bool:
    """Whether any of the words as written may belong to a heading."""
    return any(plain(word).strip(".,:;'\"()-/") in _TELLING for word in words)


def read_heading(text: str, loose: bool = False) -> Heading | None:
    """What a heading names; ``None`` for text that is none.

    Every word must be understood, except after "Seksi", where an unknown section keeps its
    words. ``loose`` reads words by their likeness too.
    """
    if len(text) > 160:
        return None
    words = words_of(text)
    if not words or len(words) > 12 or not (loose or not _TELLING.isdisjoint(words)):
        return None
    return _read_heading(text, words, loose)


@lru_cache(maxsize=1024)
def _read_heading(text: str, words: tuple[str, ...], loose: bool) -> Heading | None:
    roles: list[Role] = []
    strong: list[str] = []
    weak: list[str] = []
    unknown: list[str] = []
    intro = guessed = joined = deputy = False
    after = False  # whether the word before was a post
    for word in words:
        known = word in _ROLE_WORDS or word in _STRONG
        if not known and (intro or loose) and word not in _WEAK and word not in _NEUTRAL:
            likely = None if word in _INTRO or word in _JOINS else _likely(word)
            guessed |= likely is not None
            word = likely or word
        role = _ROLES.get(_ROLE_WORDS.get(word, ""))
        if word in _INTRO:
            intro = True
        elif role is not None and not (intro and roles == [] and word in ("pelindung", "pembina")):
            intro |= word in _WITH_SECTION
            if role.code == "deputy" and not joined:
                deputy = True
            if not after or joined:
                roles.append(role)
            elif deputy and roles[-1].code == "deputy":
                roles[-1] = _deputy_of(role)
            else:
                return None  # "Ketua Anggota": not one post
            after, joined = True, False
            continue
        elif word == "pelindung" or word in _STRONG:
            strong.append(_STRONG.get(word, "perlindungan"))
        elif word in _WEAK:
            weak.append(_WEAK[word])
        elif word in _JOINS:
            joined = True
            continue
        elif _NUMERAL.fullmatch(word):
            if after and roles:
                number = word.upper()
                roles[-1] = roles[-1]._replace(name=f"{roles[-1].name} {number}")
        elif word not in _NEUTRAL and word != "pembina":
            unknown.append(word)
        after = joined = False
    if any(r.name == "Kepala" for r in roles) and not intro:
        return None  # "Kepala Desa", "Kepala Puskesmas": an office
    section, label = _section(strong, weak, intro, bool(roles))
    if unknown:
        known_section = section is not None or label
        person = ":" in text.strip(" :") or not HONORIFICS.keys().isdisjoint(words)
        if known_section or not intro or len(unknown) > 3 or person:
            return None
        if not _after_intro(words, unknown):
            return None
        label = " ".join(unknown)
    elif intro and not roles and section is None and not label and not only_intro(text):
        label = " ".join(words)  # "Seksi 8 Fungsi Keluarga"
    if not roles and section is None and not label:
        return None
    core = bool(roles) and section is None and not label and _of_core(roles, words)
    return Heading(_merged(roles), section, _label(text, label), guessed, core)


def _of_core(roles: list[Role], words: Sequence[str]) -> bool:
    several = roles[0].code in ("chair", "deputy") and _NUMERAL.fullmatch(words[-1]) is not None
    return several or not _CORE.isdisjoint(words)


def _deputy_of(role: Role) -> Role:
    if role.code in ("secretary", "treasurer"):
        return Role(role.code, f"Wakil {role.name}")
    return Role("deputy", f"Wakil {role.name}")


def _merged(roles: list[Role]) -> tuple[Role, ...]:
    """Words for one kind of post joined ("Pelindung/Penanggung Jawab") are one post."""
    found: list[Role] = []
    for role in roles:
        same = next((i for i, r in enumerate(found) if r.code == role.code), None)
        if same is None:
            found.append(role)
        elif role.name not in found[same].name:
            found[same] = Role(role.code, f"{found[same].name}/{role.name}")
    return tuple(found)


def _section(
    strong: list[str], weak: list[str], intro: bool, has_role: bool
) -> tuple[str | None, str]:
    """Section and, where the words name several, a label."""
    strong = [*strong, *(s for s in set(weak) if weak.count(s) > 1)]
    if strong:
        return (strong[0], "") if len(set(strong)) == 1 else (None, "?")
    if len(set(weak)) == 1 and (intro or has_role or len(weak) > 1):
        return weak[0], ""
    return None, "?" if weak and intro else ""


def _after_intro(words: Sequence[str], unknown: list[str]) -> bool:
    intros = [i for i, w in enumerate(words) if w in _INTRO]
    return bool(intros) and words.index(unknown[0]) > intros[0]


def _label(text: str, label: str) -> str:
    """The words after "Seksi", as written."""
    if not label:
        return ""
    parts = re.split(r"\b(?:seksi|sie|bidang|bid|divisi|div|fungsi)\b\.?", text, flags=re.I)
    shown = " ".join((parts[-1].strip(" :-–—.*") or text).split())
    return shown.title() if shown.isupper() or shown.islower() else shown


def only_intro(text: str) -> bool:
    """Whether text only announces sections: "Seksi-seksi", "Bidang", "Anggota Seksi"."""
    words = words_of(text)
    more = ("anggota", "pengurus", "ketua", "koordinator")
    return not _INTRO.isdisjoint(words) and all(w in _INTRO or w in more for w in words)


_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")


def heading_beside(text: str, loose: bool = False) -> tuple[Heading | None, str]:
    """A heading and what stands in brackets beside it: "Seksi Ekonomi (UPPKA)"."""
    found = read_heading(text, loose)
    if found or ("(" not in text and "[" not in text):
        return found, ""
    beside = ", ".join(_BRACKET.findall(text))
    return read_heading(_BRACKET.sub(" ", text).strip(), loose), beside
