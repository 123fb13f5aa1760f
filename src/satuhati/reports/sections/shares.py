"""Shares in words, and what may not be shown."""

from __future__ import annotations

from satuhati.text import Translator

SMALLEST = 5
"""No count of people who answered is printed below this, whatever arrives."""


def percent(share: float | None, t: Translator) -> str:
    return "–" if share is None else f"{t.number(100 * share)}%"


def percent_span(interval: tuple[float, float] | None, t: Translator) -> str:
    if interval is None:
        return ""
    return f"{t.number(100 * interval[0])}–{t.number(100 * interval[1])}"


def with_range(share: float | None, interval: tuple[float, float] | None, t: Translator) -> str:
    """``38% (29–47)``."""
    text = percent(share, t)
    return f"{text} ({percent_span(interval, t)})" if interval is not None else text


def hundred(interval: tuple[float, float] | None) -> tuple[float, float] | None:
    return None if interval is None else (100 * interval[0], 100 * interval[1])


def hidden_words(t: Translator) -> str:
    """A cell that is under five, or that would give one away by subtraction."""
    return t("hidden")


def hidden_note(t: Translator) -> str:
    return t(
        "Hidden: fewer than 5 people, or a figure from which fewer than 5 could be worked out."
    )
