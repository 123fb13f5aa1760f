"""Indonesia's administrative areas by official code: to find the village of a new community.

Read once, on first use, from the list in ``wilayah/`` (its README names source and licence).
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

VILLAGE = 13
"""Length of a village's code, such as 31.75.09.1003."""
WITA = ("51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76")
WIT = ("81", "82", "91", "92", "93", "94", "95", "96")


@dataclass(frozen=True, slots=True)
class Village:
    """A village and what lies above it, from sub-district to province."""

    code: str
    name: str
    above: tuple[str, ...]

    @property
    def is_town(self) -> bool:
        """Whether it is a kelurahan; else a desa."""
        return self.code.rpartition(".")[2].startswith("1")

    @property
    def place(self) -> str:
        return ", ".join(self.above)


@lru_cache(maxsize=1)
def _areas() -> tuple[dict[str, str], str]:
    """Names by code, and one long text to search: a line ``name<TAB>code`` for each village."""
    packed = files("satuhati.web.tenancy").joinpath("wilayah", "wilayah_2025.csv.gz").read_bytes()
    names: dict[str, str] = {}
    lines = []
    for line in gzip.decompress(packed).decode("utf-8").splitlines()[1:]:
        code, _, name = line.partition(",")
        name = name.strip('"')
        names[code] = name
        if len(code) == VILLAGE:
            lines.append(f"\n{name.casefold()}\t{code}")
    return names, "".join(lines) + "\n"


def village(code: str) -> Village | None:
    """The village of an official code."""
    names, _ = _areas()
    if len(code) != VILLAGE or code not in names:
        return None
    above = tuple(names.get(code[:n], "") for n in (8, 5, 2))
    return Village(code, names[code], tuple(a for a in above if a))


def search(words: str, limit: int = 30) -> list[Village]:
    """Villages whose name begins with or contains ``words``; beginnings first.

    After a comma stands what lies above: ``kelapa dua, ciracas``.
    """
    name, _, above = words.casefold().partition(",")
    name, above = " ".join(name.split()), " ".join(above.split())
    if len(name) < 3:
        return []
    _, text = _areas()
    found: dict[str, None] = {}
    for needle in (f"\n{name}", name):
        at = text.find(needle)
        while at != -1 and len(found) < limit * 20:
            tab = text.index("\t", at + 1)
            found[text[tab + 1 : text.index("\n", tab)]] = None
            at = text.find(needle, tab)
    villages = [v for code in found if (v := village(code)) is not None]
    if above:
        villages = [v for v in villages if above in v.place.casefold()]
    return villages[:limit]


def time_zone(code: str) -> str:
    """The time zone of a province's code."""
    province = code[:2]
    return "WITA" if province in WITA else "WIT" if province in WIT else "WIB"
