"""What the parts of a dossier share."""

from __future__ import annotations

from typing import Any

from satuhati.core.results import Interval
from satuhati.core.suppression import suppress_one_way


def interval_of(row: dict[str, Any]) -> Interval | None:
    """The bounds of a row of shares, if it has them."""
    return None if row["lo"] is None or row["hi"] is None else (row["lo"], row["hi"])


def hidden(counts: list[int]) -> list[bool]:
    """Which groups to hide so that neither a small one nor its difference to the total shows."""
    return [bool(h) for h in suppress_one_way(counts).cells[0]]
