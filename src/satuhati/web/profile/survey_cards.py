"""What came out of a round, as the newest snapshot has it: nothing is computed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from satuhati.schema.measures import measures
from satuhati.text import translator
from satuhati.web.profile.queries import latest_snapshot
from satuhati.web.tenancy.who import Who

SMALL = 5
"""Of fewer answers nothing is shown."""


@dataclass(frozen=True, slots=True)
class Card:
    """A scale of a round: its mean from 0 to 100, with its range and how many answered."""

    sentence: str
    value: float
    ranged: bool


def get_cards_for(who: Who, round: str) -> list[Card]:
    """Every scale the profile read from this round; empty if the snapshot does not have it."""
    snapshot = latest_snapshot(who, whole=True)
    if snapshot is None:
        return []
    profile = snapshot.payload.get("profile", {})
    pieces: dict[str, dict[str, Any]] = {}
    for cell in (*profile.get("components", ()), *profile.get("functions", ())):
        for piece in cell["evidence"]:
            if piece["record"] == f"survey:{round}" and piece["value"] is not None:
                pieces.setdefault(piece["measure"], piece)
    t = translator(who.lang)
    known = measures()
    cards = []
    for code, piece in pieces.items():
        if piece["n"] < SMALL or code not in known or known[code].kind != "scale":
            continue
        name, n = known[code].label(t.lang), t.number(piece["n"])
        value, ends = piece["value"], list(piece["interval"] or [])
        if len(ends) == 2 and ends[0] != ends[1]:
            sentence = t(
                "{name}: {value} of 100, between {low} and {high}, {n} people",
                name=name, value=t.number(value), low=t.number(ends[0]), high=t.number(ends[1]),
                n=n,
            )  # fmt: skip
        else:
            sentence = t("{name}: {value} of 100, {n} people", name=name, value=t.number(value),
                         n=n)  # fmt: skip
        cards.append(Card(sentence, value, len(ends) == 2 and ends[0] != ends[1]))
    return sorted(cards, key=lambda c: c.sentence)
