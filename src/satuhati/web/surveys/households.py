"""A random sample of households from a list of codes and areas. No names are needed.

Stratified simple random sampling without replacement: in each area h (RT or RW) n_h of N_h
households, each household with the weight N_h / n_h. Cochran, W. G. (1977). Sampling techniques
(3rd ed.), §5.2 (weights), §5.9 (proportional allocation), §5A.12 (two or more in each stratum, so
that its variance can be estimated).
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PROPORTIONAL, FIXED = "proportional", "fixed"
LEAST = 2
LONGEST_CODE, LONGEST_AREA, MOST = 60, 80, 20_000
_SPLIT = re.compile(r"\s*[,;\t]\s*")


@dataclass(frozen=True, slots=True)
class FrameLine:
    """A line of the list that cannot be used: its number and why."""

    number: int
    why: str
    """``no_area``, ``twice`` or ``too_long``."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A household of the sample."""

    code: str
    stratum: str
    weight: float


def read_frame(text: str) -> tuple[dict[str, list[str]], list[FrameLine]]:
    """The households of each area, from lines of ``code, area``; and lines that cannot be used.

    A first line of headings is passed over.
    """
    frame: dict[str, list[str]] = {}
    wrong: list[FrameLine] = []
    names: dict[str, str] = {}
    seen: set[str] = set()
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        line = " ".join(raw.split(" ")).strip()
        if not line:
            continue
        code, *rest = _SPLIT.split(line, maxsplit=1)
        area = " ".join(" ".join(rest).split())
        if number == 1 and code.casefold() in ("kode", "code", "id", "rumah", "household"):
            continue
        if not code or not area:
            wrong.append(FrameLine(number, "no_area"))
        elif len(code) > LONGEST_CODE or len(area) > LONGEST_AREA:
            wrong.append(FrameLine(number, "too_long"))
        elif code.casefold() in seen:
            wrong.append(FrameLine(number, "twice"))
        else:
            seen.add(code.casefold())
            frame.setdefault(names.setdefault(area.casefold(), area), []).append(code)
    return frame, wrong


def allocated(sizes: Mapping[str, int], wanted: int, how: str) -> dict[str, int]:
    """How many households are drawn in each area of so many.

    ``fixed``: the same number everywhere (or all there are). ``proportional``: ``wanted`` in all,
    by largest remainders, but two at least in each area that has them; so there may be a few more
    than ``wanted`` where areas are many and small.
    """
    if how == FIXED:
        return {area: min(wanted, n) for area, n in sizes.items()}
    whole = sum(sizes.values())
    wanted = min(wanted, whole)
    exact = {area: wanted * n / whole for area, n in sizes.items()} if whole else {}
    found = {area: int(share) for area, share in exact.items()}
    left = wanted - sum(found.values())
    for area in sorted(exact, key=lambda a: (found[a] - exact[a], a))[:left]:
        found[area] += 1
    return {area: min(n, max(found[area], LEAST)) for area, n in sizes.items()}


def draw(frame: Mapping[str, Sequence[str]], sizes: Mapping[str, int], seed: int) -> list[Drawn]:
    """The sample. The same list, whatever its order, and the same seed give the same households."""
    chance = random.Random(seed)  # noqa: S311  repeatable, nothing secret
    found = []
    for area in sorted(frame):
        there, n = sorted(frame[area]), sizes[area]
        found += [Drawn(code, area, len(there) / n) for code in sorted(chance.sample(there, n))]
    return found
