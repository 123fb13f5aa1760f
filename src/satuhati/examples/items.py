"""What the example's three questionnaires ask: items of our own bank, by scale."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from satuhati.schema.itembank import LICENCE, bank

__all__ = ["INSTRUMENTS", "LICENCE", "Item", "items"]

INSTRUMENTS = ("warga", "pokja", "mitra")

_OF_ALL = ("commitment_stakeholder", "commitment_action", "trust_organizations",
           "open_communication")  # fmt: skip
_OF_PEOPLE = (*_OF_ALL, "sense_of_community", "sense_instrumental", "collective_efficacy",
              "trust_neighbours")  # fmt: skip
_SCALES: dict[str, frozenset[str]] = {
    "warga": frozenset({
        *_OF_PEOPLE, "informal_control", "resource_access", "refused_unfairly", "being_heard",
        "joint_action", "safety", "opportunity", "service_satisfaction", "economic_wellbeing",
        "years_resident", "neighbours_known",
    }),
    "pokja": frozenset({
        *_OF_PEOPLE, "own_skills", "rules_known", "rules_kept", "opinions_respected",
    }),
    "mitra": frozenset(_OF_ALL),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One question; ``low`` and ``high`` bound its answers."""

    code: str
    scale: str
    type: str
    low: int
    high: int
    reversed: bool
    instruments: tuple[str, ...]
    text_id: str
    text_en: str


@cache
def items(instrument: str | None = None) -> tuple[Item, ...]:
    """All items in the order they are asked, or those of one instrument."""
    found = []
    for item in bank():
        asked = tuple(
            i for i in INSTRUMENTS if i in item.populations and item.scale in _SCALES[i]
        )  # fmt: skip
        if not asked or item.scale is None or item.low is None or item.high is None:
            continue
        found.append(
            Item(item.code, item.scale, item.type, item.low, item.high, item.reversed, asked,
                 item.text.id, item.text.en)
        )  # fmt: skip
    return tuple(i for i in found if instrument is None or instrument in i.instruments)
