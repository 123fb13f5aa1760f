"""The classification: every bound of every table, and the level on its whole grid."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.indicators.classification import (
    INDEXES,
    KEYS,
    LEVELS,
    SETTING,
    classify,
    level_of,
)

BEST = {
    "pokja_exists": 1, "pokja_members": 21, "pokja_trained": 15, "funding_sources": 5,
    "poktan": 5, "secretariat": 1, "rumah_dataku": 1, "pkb": 1, "regulation": 1,
    "data_uses": 4, "mechanisms": 5, "agencies": 7,
    "poktan_participation": 40, "cpr": 60, "mkjp": 30, "unmet_need": 5,
}  # fmt: skip
WORST = {**dict.fromkeys(BEST, 0), "unmet_need": 20}
PROCESS = ("data_uses", "mechanisms", "agencies")
OUTPUT = ("poktan_participation", "cpr", "mkjp", "unmet_need")


@pytest.mark.parametrize(
    ("code", "scored"),
    [
        ("funding_sources", {0: 1, 1: 2, 2: 3, 4: 3, 5: 4}),
        ("poktan", {0: 1, 1: 2, 2: 2, 3: 3, 4: 3, 5: 4}),
        ("data_uses", {0: 1, 1: 2, 2: 3, 3: 3, 4: 4}),
        ("mechanisms", {0: 1, 1: 2, 2: 2, 3: 3, 4: 3, 5: 4}),
        ("agencies", {0: 1, 1: 2, 3: 2, 4: 3, 6: 3, 7: 4}),
        ("poktan_participation", {9.9: 1, 10: 2, 20: 2, 20.5: 3, 21: 3, 30: 3, 30.1: 4}),
        ("cpr", {29.9: 1, 30: 2, 40: 2, 41: 3, 50: 3, 50.1: 4}),
        ("mkjp", {19.9: 1, 20: 2, 22: 2, 23: 3, 24: 3, 24.1: 4}),
        ("unmet_need", {12.1: 1, 12: 2, 9.1: 2, 9: 3, 6.1: 3, 6.0: 4}),
    ],
)
def test_bounds(code, scored):
    for given_value, score in scored.items():
        got = classify({**BEST, code: given_value})
        assert got.scores[code].score == score, given_value


def test_pokja_place_and_backing():
    def score(code: str, **changed: float) -> int | None:
        return classify({**BEST, **changed}).scores[code].score

    assert score("pokja", pokja_exists=0) == 1
    assert score("pokja", pokja_members=5, pokja_trained=1) == 2
    assert score("pokja", pokja_members=5, pokja_trained=3) == 3
    assert score("pokja", pokja_members=8, pokja_trained=0) == 3
    assert score("pokja", pokja_members=8, pokja_trained=4) == 4
    assert [score("place", secretariat=a, rumah_dataku=b) for a, b in ((0, 0), (1, 0), (1, 1))] == [
        1, 2, 3
    ]  # fmt: skip
    assert [score("backing", pkb=a, regulation=b) for a, b in ((0, 0), (0, 1), (1, 1))] == [1, 2, 3]


def test_best_and_worst():
    best = classify(BEST)
    assert (best.input, best.process, best.output, best.level) == (3.6, 4, 4, "Berkelanjutan")
    worst = classify(WORST)
    assert (worst.input, worst.process, worst.output, worst.level) == (1, 1, 1, "Dasar")
    assert best.warnings == worst.warnings == ()


def test_level_on_the_whole_grid():
    expected = {
        (False, False, False): "Dasar", (True, False, False): "Dasar",
        (False, True, False): "Dasar", (False, False, True): "Dasar",
        (True, True, False): "Berkembang", (True, False, True): "Mandiri",
        (False, True, True): "Mandiri", (True, True, True): "Berkelanjutan",
    }  # fmt: skip
    for grid in product((False, True), repeat=3):
        assert level_of(*grid) == expected[grid]
        profile = {
            k: (BEST if grid[INDEXES.index(index)] else WORST)[k]
            for index, keys in (
                ("input", [k for k in BEST if k not in PROCESS + OUTPUT]),
                ("process", PROCESS), ("output", OUTPUT),
            )
            for k in keys
        }  # fmt: skip
        assert classify(profile).level == expected[grid]


def test_an_index_of_exactly_three_passes():
    got = classify({**BEST, "unmet_need": 20, "poktan_participation": 25})  # 3 4 4 1 → 3.0
    assert (got.output, got.passed["output"]) == (3.0, True)


def test_missing_keys_leave_the_index_empty_and_say_so():
    got = classify({**BEST, "cpr": None, "agencies": None})
    assert (got.process, got.output, got.level) == (None, None, None)
    assert got.possible_levels == ("Dasar", "Berkembang", "Mandiri", "Berkelanjutan")
    assert [d.code for d in got.warnings] == [
        "classification_key_missing", "classification_key_missing", "classification_open"
    ]  # fmt: skip
    assert got.warnings[0].fields == {"index": "process", "keys": "agencies"}
    assert got.scores["cpr"].missing == ("cpr",)


def test_level_is_told_when_the_missing_index_cannot_change_it():
    got = classify({**WORST, "cpr": None})
    assert (got.output, got.level) == (None, "Dasar")


def test_without_a_group_its_size_is_not_asked():
    got = classify({**BEST, "pokja_exists": 0, "pokja_members": None, "pokja_trained": None})
    assert got.scores["pokja"].score == 1
    assert got.input is not None


def test_unknown_keys_are_said():
    assert [d.code for d in classify({**BEST, "shoe_size": 42}).warnings] == [
        "classification_key_unknown"
    ]


def test_the_setting_carries_its_date_and_source_and_uses_every_key():
    assert SETTING.date.year >= 2020
    assert SETTING.source.id != SETTING.source.en
    assert {k for s in SETTING.scored for k in s.keys} == set(KEYS)


numbers = st.fixed_dictionaries({k: st.none() | st.integers(0, 60) for k in KEYS})


@given(numbers, st.sampled_from(sorted(set(KEYS) - {"unmet_need", "pokja_members"})))
def test_more_is_never_worse_and_levels_stay_possible(profile, key):
    got = classify(profile)
    assert set(got.possible_levels) <= set(LEVELS)
    assert (got.level is None) == (len(got.possible_levels) > 1)
    if profile[key] is None:
        return
    more = classify({**profile, key: profile[key] + 7})
    for index in INDEXES:
        a, b = getattr(got, index), getattr(more, index)
        if a is not None and b is not None:
            assert 1 <= a <= b <= 4
