"""Who can be asked: the people of a population, drawn by a seed or named one by one."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from satuhati.web.register.models import Actor, Area
from satuhati.web.register.queries import holding
from satuhati.web.surveys.models import Answer

FRAME_OF = {
    "census": "census",
    "sample": "other",
    "households": "random_households",
    "purposive": "purposive",
    "door_to_door": "door_to_door",
    "service_desk": "service_desk",
    "meeting": "meeting",
}
"""How people are asked, and the frame of the schema it stands for. A draw of people from the
register is none of the schema's draws of households, so it is *other*, with its draw in the note.
"""
PANEL = "panel"
"""The same people as in an earlier round; the frame is that of the earlier one."""
LISTED = ("census", "sample", "purposive", PANEL)
"""Ways in which it is known beforehand who is asked."""


def people_of(population: str, day: dt.date) -> list[Actor]:
    """Everybody of a population on the register that day, by code."""
    there = Actor.objects.select_related("area").exclude(left__lte=day)
    if population == "mitra":
        found = there.exclude(kind="person").exclude(sector="pokja")
    elif population == "pokja":
        found = there.filter(kind="person", pk__in=holding(day).values("actor"))
        if not found.exists():
            found = there.filter(kind="person", sector="pokja")
    else:
        found = (
            there.filter(kind="person")
            .exclude(sector="pokja")
            .exclude(age_band="0-14")
            .exclude(outside=True)
            .exclude(pk__in=holding(day).values("actor"))
        )
    return list(found.order_by("public_id"))


def drawn(people: list[Actor], size: int, seed: int) -> list[Actor]:
    """A simple random sample without replacement; the same people and seed give the same."""
    by_code = sorted(people, key=lambda a: a.public_id)
    chosen = random.Random(seed).sample(by_code, min(size, len(by_code)))  # noqa: S311  repeatable
    return sorted(chosen, key=lambda a: a.public_id)


def named(text: str, people: list[Actor]) -> tuple[list[Actor], list[str]]:
    """The people whose names or codes stand on the lines of ``text``, and lines that are nobody."""
    by_word: dict[str, list[Actor]] = {}
    for actor in people:
        for word in {(actor.name or "").casefold().strip(), actor.public_id.casefold()}:
            by_word.setdefault(word, []).append(actor)
    found: dict[int, Actor] = {}
    unknown = []
    for line in dict.fromkeys(" ".join(raw.split()) for raw in text.splitlines()):
        if not line:
            continue
        meant = by_word.get(line.casefold(), [])
        if len(meant) == 1:
            found[meant[0].pk] = meant[0]
        else:
            unknown.append(line)
    return list(found.values()), unknown


@dataclass(frozen=True, slots=True)
class Group:
    """A subgroup of those asked: how many, and how many of them answered."""

    kind: str
    name: str
    asked: int
    answered: int


SMALL = 5
"""A subgroup of fewer people is not shown."""


def subgroups(people: list[Actor], answered: set[str], day: dt.date) -> list[Group]:
    """Response by sex, age, RW and section of the working group; groups under five are left out.

    Where those left out (or not known) would be one to four together, the difference from the
    whole would tell of them, so the smallest group that is shown goes too.
    """
    rw = _rw_by_area()
    section = dict(
        holding(day).exclude(post__section=None).values_list("actor__public_id", "post__section")
    )
    counts: dict[str, dict[str, list[int]]] = {"sex": {}, "age": {}, "rw": {}, "section": {}}
    for actor in people:
        for kind, name in (
            ("sex", actor.sex),
            ("age", actor.age_band),
            ("rw", rw.get(actor.area_id or 0)),
            ("section", section.get(actor.public_id)),
        ):
            if name:
                pair = counts[kind].setdefault(name, [0, 0])
                pair[0] += 1
                pair[1] += actor.public_id in answered
    return [
        Group(kind, name, asked, came)
        for kind, groups in counts.items()
        for name, (asked, came) in sorted(told(groups, len(people)).items())
    ]


def told(groups: dict[str, list[int]], whole: int) -> dict[str, list[int]]:
    """Groups of five and more, so that the rest cannot be told by the difference."""
    shown = {name: pair for name, pair in groups.items() if pair[0] >= SMALL}
    while shown and 0 < whole - sum(pair[0] for pair in shown.values()) < SMALL:
        del shown[min(shown, key=lambda name: (shown[name][0], name))]
    return shown


def _rw_by_area() -> dict[int, str]:
    """The name of the RW in which each area lies, by the area's key."""
    areas = {pk: (name, level, parent) for pk, name, level, parent in
             Area.objects.values_list("pk", "name", "level", "parent")}  # fmt: skip
    found = {}
    for pk in areas:
        at, steps = pk, 0
        while at in areas and areas[at][1] != "rw" and steps < 10:
            at, steps = areas[at][2] or 0, steps + 1
        if at in areas and areas[at][1] == "rw":
            found[pk] = areas[at][0]
    return found


def of_round(answered: list[Answer], day: dt.date) -> list[Actor]:
    """Those who answered a round by name and are still here, by code."""
    found = {a.actor.pk: a.actor for a in answered if a.actor is not None}
    there = [a for a in found.values() if a.left is None or a.left > day]
    return sorted(there, key=lambda a: a.public_id)
