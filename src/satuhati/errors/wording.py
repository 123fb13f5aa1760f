"""The two halves of an error's wording."""

from __future__ import annotations

from dataclasses import dataclass

from satuhati.text import Text


@dataclass(frozen=True, slots=True)
class Wording:
    """What happened and what to do about it; ``{name}`` are the fields of the occurrence."""

    what: Text
    remedy: Text


def worded(what_id: str, remedy_id: str, what_en: str, remedy_en: str) -> Wording:
    return Wording(Text(what_id, what_en), Text(remedy_id, remedy_en))
