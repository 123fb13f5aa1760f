"""The verdict rules, on a grid: exactly one verdict always holds, and none is missed."""

from __future__ import annotations

import itertools

import pytest

from satuhati.core.profile.results import Evidence, Trace, Voice
from satuhati.core.profile.verdict import (
    one_source_test,
    place_of,
    verdict,
    voices_of,
)


def voice(place, method, low, high, record=None):
    return Voice(record or f"{method}:{low}", method, place, low, high)


POINTS = {"low": (10.0, 20.0), "middle": (45.0, 55.0), "high": (70.0, 80.0)}
WIDE = {"low": (20.0, 58.0), "middle": (35.0, 70.0), "high": (50.0, 88.0)}
KINDS = [
    *(voice(p, m, *POINTS[p]) for p in POINTS for m in ("survey", "behaviour", "fieldnotes")),
    *(voice(p, m, *WIDE[p]) for p in WIDE for m in ("survey", "network")),
    voice("split", "survey", 10.0, 90.0),
    voice("split", "documents", 10.0, 90.0),
]


def naive(voices):
    """The rules of measures.md read aloud, each on its own; they must exclude one another."""
    methods = {v.method for v in voices}
    places = [v.place for v in voices]
    no_voice = not voices
    silence = not no_voice and len(methods) == 1
    several = not no_voice and not silence
    agreement = several and len(set(places)) == 1 and places[0] != "split"
    apart = any(
        low.place == "low"
        and high.place == "high"
        and ("fieldnotes" in (low.method, high.method) or low.high < high.low)
        for low in voices
        for high in voices
    )
    dissonance = several and not agreement and apart
    partial = several and not agreement and not dissonance
    flags = {
        "no evidence": no_voice,
        "silence": silence,
        "agreement": agreement,
        "dissonance": dissonance,
        "partial agreement": partial,
    }
    return [name for name, holds in flags.items() if holds]


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_exactly_one_verdict_on_the_grid(size):
    seen = set()
    for voices in itertools.combinations_with_replacement(KINDS, size):
        held = naive(voices)
        assert len(held) == 1
        assert verdict(voices) == held[0]
        seen.add(held[0])
    if size == 2:
        assert seen == {"silence", "agreement", "partial agreement", "dissonance"}


def test_the_order_of_voices_does_not_matter():
    for voices in itertools.combinations(KINDS, 3):
        found = {verdict(order) for order in itertools.permutations(voices)}
        assert len(found) == 1


@pytest.mark.parametrize(
    ("value", "interval", "place"),
    [
        (39.999, None, "low"),
        (40.0, None, "middle"),
        (59.999, None, "middle"),
        (60.0, None, "high"),
        # The middle of the interval decides, not the value.
        (55.0, (40.0, 80.0), "high"),
        (45.0, (20.0, 59.0), "low"),
        (None, None, None),
    ],
)
def test_place_by_the_middle_of_the_interval(value, interval, place):
    assert place_of(value, interval) == place


@pytest.mark.parametrize(
    ("direction", "place"),
    [("supports", "high"), ("mixed", "middle"), ("contradicts", "low")],
)
def test_field_notes_are_placed_by_direction(direction, place):
    assert place_of(None, None, direction) == place


def piece(record, value, *, interval=None, method="survey", status="ok", scored=True):
    return Evidence(
        measure="m",
        component="commitment",
        level="individual",
        population="pokja",
        method=method,
        record=record,
        value=value,
        interval=interval,
        n=10,
        direction=None,
        status=status,
        trace=Trace("t", (), 0),
        place=place_of(value, interval),
        scored=scored,
    )


def test_pieces_of_one_record_are_one_voice_spanning_both():
    (one,) = voices_of([piece("a", 70.0, interval=(65.0, 75.0)), piece("a", 90.0)])
    assert (one.place, one.low, one.high) == ("high", 65.0, 90.0)


def test_a_record_with_two_tongues_is_split_and_agrees_with_nobody():
    voices = voices_of([piece("a", 10.0), piece("a", 90.0), piece("b", 50.0, method="network")])
    assert voices[0].place == "split"
    assert verdict(voices) == "partial agreement"
    both = voices_of(
        [
            piece("a", 10.0), piece("a", 90.0),
            piece("b", 10.0, method="network"), piece("b", 90.0, method="network"),
        ]
    )  # fmt: skip
    assert verdict(both) == "partial agreement"


@pytest.mark.parametrize("status", ["too few", "not enough", "none", "not applicable"])
def test_what_is_not_sufficient_has_no_voice(status):
    assert voices_of([piece("a", 50.0, status=status)]) == ()


def test_context_measures_have_no_voice():
    assert voices_of([piece("a", 50.0, scored=False)]) == ()


def test_one_source_test_names_the_records_that_carry_the_verdict():
    voices = [
        voice("high", "survey", 70, 80, "s1"),
        voice("high", "survey", 72, 85, "s2"),
        voice("low", "behaviour", 10, 20, "list"),
    ]
    test = one_source_test(voices)
    assert verdict(voices) == "dissonance"
    assert (test.held, test.of) == (2, 3)
    assert test.changed_by == ("list",)


def test_one_source_test_of_nothing():
    test = one_source_test([])
    assert (test.held, test.of) == (0, 0)
