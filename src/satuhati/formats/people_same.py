"""Who may be the same person: pairs of likely duplicates, each with its reason.

Names are compared folded, without forms of address, titles and degrees. The rules are cautious:
a wrong pair costs a person's trust, a missed one a second look. Nothing is merged here.

Candidates come from shared keys (the telephone number, the name run together, its words, its words
less one letter), never from all pairs; a key that many share leads to the first few only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from satuhati.errors import Doubt
from satuhati.formats.people_headings import distance
from satuhati.formats.people_name import name_key


class Named(Protocol):
    """What is compared; :class:`Known` and ``PastedPerson`` have it."""

    @property
    def name(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def sex(self) -> str | None: ...
    @property
    def rw(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Known:
    """A person already on record; ``phone`` as ``normal_phone`` writes it, ``rw`` as "05"."""

    name: str
    phone: str = field(default="", repr=False)
    sex: str | None = None
    rw: str = ""


@dataclass(frozen=True, slots=True)
class LikelySame:
    """Two who may be one: positions in the two sequences, why, and how strongly (higher first)."""

    one: int
    other: int
    why: Doubt
    strength: int


PER_PERSON = 5
"""Pairs kept for one person, the strongest."""
_PER_KEY = 40
"""People looked at under one key."""
_LETTERS = 5
"""Words shorter than this differ by a letter and are different names: Rina, Dina."""

_SPELT = {
    "moh": "muhammad", "moch": "muhammad", "mohd": "muhammad", "mohammad": "muhammad",
    "mohamad": "muhammad", "muhamad": "muhammad", "mochamad": "muhammad", "mochammad": "muhammad",
    "muh": "muhammad", "much": "muhammad", "mhd": "muhammad", "mohammed": "muhammad",
    "abd": "abdul", "st": "siti",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Person:
    words: tuple[str, ...]
    phone: str
    sex: str | None
    rw: str

    @property
    def run(self) -> str:
        return "".join(self.words)


def likely_same(
    people: Sequence[Named], existing: Sequence[Named] | None = None
) -> tuple[LikelySame, ...]:
    """Pairs of ``people`` and ``existing`` who may be one; without ``existing``, within ``people``.

    In the order of ``people``, strongest first; the same input gives the same pairs.
    """
    within = existing is None
    ours = [_person(p) for p in people]
    theirs = ours if within else [_person(p) for p in existing or ()]
    index = _index(theirs)
    bearers = _bearers(ours), _bearers(theirs)
    found: list[LikelySame] = []
    for i, one in enumerate(ours):
        near: dict[int, None] = {}
        for key in _keys(one):
            near.update(dict.fromkeys(index.get(key, ())))
        pairs = []
        for j in near:
            if within and j <= i:
                continue
            told = _why(one, theirs[j], bearers)
            if told:
                pairs.append(LikelySame(i, j, told[1], told[0]))
        pairs.sort(key=lambda pair: (-pair.strength, pair.other))
        found += pairs[:PER_PERSON]
    return tuple(found)


def _person(who: Named) -> _Person:
    words = tuple(_SPELT.get(w, w).replace("oe", "u") for w in name_key(who.name))
    return _Person(words, who.phone, who.sex, who.rw)


def _keys(who: _Person) -> list[str]:
    keys = [f"#{who.phone}"] if who.phone else []
    if who.words:
        keys.append(f"={who.run}")
    for word in who.words:
        keys.append(word)
        if len(word) >= _LETTERS:
            keys += sorted({f"~{word[:i]}{word[i + 1 :]}" for i in range(len(word))})
            keys.append(f"~{word}")
    return keys


def _index(people: Sequence[_Person]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for j, who in enumerate(people):
        for key in _keys(who):
            held = index.setdefault(key, [])
            if len(held) < _PER_KEY:
                held.append(j)
    return index


def _bearers(people: Sequence[_Person]) -> dict[str, int]:
    """How many people of several names bear each of them."""
    count: dict[str, int] = {}
    for who in people:
        for word in set(who.words) if len(who.words) > 1 else ():
            count[word] = count.get(word, 0) + 1
    return count


def _why(
    a: _Person, b: _Person, bearers: tuple[dict[str, int], dict[str, int]]
) -> tuple[int, Doubt] | None:
    """Strength and reason; ``None`` if nothing makes them likely to be one."""
    if a.sex and b.sex and a.sex != b.sex:
        return None  # "Bu Budi" and "Pak Budi" share a name and a telephone
    phone = bool(a.phone) and a.phone == b.phone
    apart = bool(a.phone and b.phone) and not phone
    alike = _alike(a.words, b.words)
    if phone:
        return (100, Doubt("same_phone_and_name")) if alike else (40, Doubt("same_phone"))
    if alike == "same_name":
        return (80 if len(a.words) > 1 else 60, Doubt(alike))
    if apart or alike is None:
        return None
    if alike in ("same_name_spelt", "same_name_longer"):
        return (70 if alike == "same_name_spelt" else 65, Doubt(alike))
    elsewhere = bool(a.rw and b.rw) and a.rw != b.rw
    short, longer = (a.words[0], bearers[1]) if len(a.words) == 1 else (b.words[0], bearers[0])
    if elsewhere or longer[short] > 1:
        return None
    return 50, Doubt("same_name_only_one", {"name": short.capitalize()})


def _alike(a: tuple[str, ...], b: tuple[str, ...]) -> str | None:
    """How two names are like each other, as the code of the reason."""
    if not a or not b:
        return None
    if sorted(a) == sorted(b) or "".join(a) == "".join(b):
        return "same_name"
    short, long = sorted((a, b), key=lambda words: (len(words), words))
    if len(a) == len(b):
        # Initials stand for words ("M. Yusuf"); one word may differ by a letter.
        differ = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
        initial = [x for x, y in differ if _initial(x, y)]
        if len(initial) == len(differ) < len(a):
            return "same_name_longer"
        if len(differ) == 1 and _misspelt(*differ[0]):
            return "same_name_spelt"
        return None
    if len(short) == 1:
        return "only_one" if len(short[0]) > 2 and short[0] in long else None
    left = list(long)
    whole = 0
    for word in short:
        same = next((w for w in left if w == word), None)
        same = same or next((w for w in left if _initial(w, word)), None)
        if same is None:
            return None
        left.remove(same)
        whole += same == word
    return "same_name_longer" if whole else None


def _initial(x: str, y: str) -> bool:
    return x[0] == y[0] and min(len(x), len(y)) == 1


def _misspelt(x: str, y: str) -> bool:
    """Whether two words are one, spelt differently: not Suyanti and Suyanto, not Rina and Dina."""
    if min(len(x), len(y)) < _LETTERS or x[0] != y[0]:
        return False
    if len(x) == len(y) and x[:-1] == y[:-1] and x[-1] in "aiou" and y[-1] in "aiou":
        return False
    return distance(x, y, 1) == 1
