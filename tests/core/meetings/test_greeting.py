"""*Perlu disapa*: whose absence asks for a word, and what surrounded it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.meetings.greeting import (
    Absence,
    Invitation,
    absence,
    most_pressing,
    part_of_day,
)
from satuhati.core.meetings.participation import STATUSES

START = dt.date(2026, 1, 6)
LETTERS = dict(zip("PREIA", STATUSES, strict=True))


def invited(letters: str, **more: object) -> list[Invitation]:
    """``"PPEIA"``: one letter a meeting, a week apart."""
    return [
        Invitation(START + dt.timedelta(weeks=n), LETTERS[one], **more)
        for n, one in enumerate(letters)
    ]


@pytest.mark.parametrize(
    ("letters", "kind", "missed", "of"),
    [
        ("PPAA", "missed", 2, 2),
        ("PREE", "missed", 2, 2),
        ("PAIA", "missed", 2, 2),  # being ill neither counts nor ends the row
        ("AA", "never", 2, 2),
        ("AIEA", "never", 3, 3),
        ("PPPPAPAA", "missed", 2, 2),
        ("PPPPAAPA", "falling", 3, 4),  # 4 of 4 before, 1 of 4 lately
        ("PPPPPAAP", "falling", 2, 4),  # 4 of 4, then 2 of 4
    ],
)
def test_who_is_on_the_list(letters: str, kind: str, missed: int, of: int) -> None:
    found = absence(invited(letters))
    assert found is not None
    assert (found.kind, found.missed, found.of) == (kind, missed, of)


@pytest.mark.parametrize("letters", ["", "A", "II", "PA", "AAP", "PIIII", "PAIII", "PPPPPPPA",
                                     "PPPAPAAP", "PAPAPAPA", "PPPPAAR"])  # fmt: skip
def test_who_is_not(letters: str) -> None:
    assert absence(invited(letters)) is None


def test_the_hour_and_the_notice_of_what_was_missed() -> None:
    rows = [
        Invitation(dt.date(2026, 1, 6), "present", "09:00", 7),
        Invitation(dt.date(2026, 2, 6), "absent", "19:30", 7, "work"),
        Invitation(dt.date(2026, 3, 6), "excused", "20:00", 2, "work"),
        Invitation(dt.date(2026, 4, 6), "absent", "18:00", None, "family"),
    ]
    assert absence(list(reversed(rows))) == Absence(
        "missed", 3, 3, dt.date(2026, 2, 6), None, "evening", "morning", 1, 2, ("work", "family")
    )
    mixed = absence([*rows, Invitation(dt.date(2026, 5, 6), "absent", "10:00", 3)])
    assert mixed is not None
    assert (mixed.hour, mixed.other_hour, mixed.late, mixed.told) == (None, None, 1, 3)


@pytest.mark.parametrize(
    ("time", "part"),
    [("04:00", "morning"), ("10:59", "morning"), ("11:00", "midday"), ("15:00", "afternoon"),
     ("18:00", "evening"), ("02:30", "evening"), (None, None), ("", None)],
)  # fmt: skip
def test_parts_of_the_day(time: str | None, part: str | None) -> None:
    assert part_of_day(time) == part


def test_the_list_is_short_and_begins_with_who_is_missed_most() -> None:
    rows = {"a": "PAA", "b": "AAA", "c": "PAAAA", "d": "PPPPAAPA", "e": "PAAA"}
    found = [(name, seen) for name, letters in rows.items() if (seen := absence(invited(letters)))]
    assert [name for name, _ in most_pressing(found, 9)] == ["c", "e", "b", "d", "a"]
    assert len(most_pressing(found, 2)) == 2


@given(st.text("PREIA", max_size=30))
def test_being_ill_never_changes_anything(letters: str) -> None:
    with_ill, without = absence(invited(letters)), absence(invited(letters.replace("I", "")))
    assert (with_ill is None) == (without is None)
    if with_ill is not None and without is not None:
        assert (with_ill.kind, with_ill.missed) == (without.kind, without.missed)
        assert with_ill.missed <= letters.count("A") + letters.count("E")
