"""Agreement: published values, a naive peer, invariants."""

from __future__ import annotations

import json
import time
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from satuhati.core.fieldnotes.agreement import (
    METRICS,
    agreement,
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
    label_of,
)

REFERENCE = Path(__file__).parents[2] / "data" / "reference" / "agreement.json"

# Krippendorff (2011), four coders, twelve units.
FOUR_BY_TWELVE = """
    1 2 3 3 2 1 4 1 2 . . .
    1 2 3 3 2 2 4 1 2 5 . 3
    . 3 3 3 2 3 4 2 2 5 1 .
    1 2 3 3 2 4 4 1 2 5 1 .
"""

# Fleiss' kappa = .210: ten subjects, fourteen raters, five categories.
FLEISS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip


def rows(matrix: str) -> tuple[list[str], list[str], list[str]]:
    cells = [
        (f"u{u}", f"c{c}", value)
        for c, line in enumerate(matrix.split("\n")[1:-1])
        for u, value in enumerate(line.split())
        if value != "."
    ]
    units, coders, values = zip(*cells, strict=True)
    return list(units), list(coders), list(values)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_krippendorffs_own_example(metric, expected):
    units, coders, values = rows(FOUR_BY_TWELVE)
    got = agreement(units, coders, values, metric=metric, bootstrap=200, seed=1)
    assert round(got.krippendorff_alpha, 3) == expected
    assert got.interval[0] < got.krippendorff_alpha < got.interval[1] <= 1
    assert (got.coders, got.units, got.pairable_units) == (4, 12, 11)
    assert got.fleiss_kappa is None
    assert {d.code for d in got.warnings} == {"agreement_units_unpaired", "fleiss_unequal"}


def test_cohen_equals_psych():
    frozen = json.loads(REFERENCE.read_text())
    assert round(frozen["kappa"], 4) == 0.4915
    assert cohen_kappa(frozen["table"]) == pytest.approx(frozen["kappa"], abs=1e-10)
    assert cohen_kappa(frozen["table"], "linear") == pytest.approx(frozen["linear"], abs=1e-10)
    quadratic = cohen_kappa(frozen["table"], "quadratic")
    assert quadratic == pytest.approx(frozen["quadratic"], abs=1e-10)


def test_fleiss_published():
    assert round(fleiss_kappa(FLEISS), 3) == 0.210
    with pytest.raises(ValueError, match="same number"):
        fleiss_kappa([[2, 0], [1, 0]])


def test_two_coders_have_all_coefficients():
    units = ["a", "b", "c", "d"] * 2
    coders = ["x"] * 4 + ["y"] * 4
    got = agreement(units, coders, [1, 2, 3, 3, 1, 2, 3, 2], metric="ordinal", bootstrap=0)
    assert got.cohen_kappa.units == 4
    assert got.cohen_kappa.unweighted == pytest.approx(7 / 11)
    assert got.cohen_kappa.quadratic > got.cohen_kappa.linear > got.cohen_kappa.unweighted
    assert got.fleiss_kappa is not None
    assert got.interval is None


def test_honest_when_nothing_can_be_said():
    nothing = agreement([], [], [])
    assert nothing.krippendorff_alpha is None
    assert [d.code for d in nothing.warnings] == ["agreement_no_pairs"]
    alone = agreement(["a", "b"], ["x", "x"], ["p", "q"])
    assert "agreement_no_pairs" in {d.code for d in alone.warnings}
    same = agreement(["a", "a"], ["x", "y"], ["p", "p"])
    assert (same.krippendorff_alpha, same.fleiss_kappa, same.label) == (None, None, None)
    assert "agreement_no_variation" in {d.code for d in same.warnings}
    assert same.cohen_kappa.unweighted is None


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match="twice"):
        agreement(["a", "a"], ["x", "x"], ["p", "p"])
    with pytest.raises(ValueError, match="negative"):
        agreement(["a", "a"], ["x", "y"], [-1, 2], metric="ratio")
    with pytest.raises(ValueError, match="finite"):
        agreement(["a", "a"], ["x", "y"], [1, np.nan], metric="interval")
    with pytest.raises(ValueError, match="equal length"):
        agreement(["a", "a"], ["x", "y"], ["p"])


def test_labels():
    assert [label_of(a) for a in (0.8, 0.79, 0.667, 0.66, None)] == [
        "reliable", "tentative", "tentative", "not reliable", None
    ]  # fmt: skip


codings = st.lists(
    st.lists(st.sampled_from([None, 0, 1, 2, 5]), min_size=3, max_size=3), min_size=2, max_size=8
)


def long(table: list[list[int | None]]) -> tuple[list[str], list[str], list[int]]:
    cells = [(f"u{i}", f"c{j}", v) for i, row in enumerate(table) for j, v in enumerate(row)
             if v is not None]  # fmt: skip
    return [c[0] for c in cells], [c[1] for c in cells], [c[2] for c in cells]


def naive_alpha(table: list[list[int | None]], metric: str) -> float | None:
    """Straight from the definition: coincidences and squared differences, pair by pair."""
    units = [[v for v in row if v is not None] for row in table]
    units = [u for u in units if len(u) > 1]
    pool = [v for u in units for v in u]
    n = len(pool)

    def delta(a: int, b: int) -> float:
        if metric == "nominal":
            return float(a != b)
        if metric == "interval":
            return float(a - b) ** 2
        if metric == "ratio":
            return ((a - b) / (a + b)) ** 2 if a + b else 0.0
        low, high = min(a, b), max(a, b)
        if low == high:
            return 0.0
        between = sum(low <= v <= high for v in pool)
        return (between - (pool.count(low) + pool.count(high)) / 2) ** 2

    observed = sum(delta(a, b) / (len(u) - 1) for u in units for a, b in permutations(u, 2))
    expected = sum(delta(a, b) for a, b in permutations(pool, 2))
    return None if expected == 0 else 1 - (n - 1) * observed / expected


@settings(deadline=None)
@given(codings, st.sampled_from(METRICS))
def test_equals_the_definition(table, metric):
    units, _, values = long(table)
    got = krippendorff_alpha(units, values, metric)
    expected = naive_alpha(table, metric)
    assert (got is None) == (expected is None)
    if got is not None:
        assert got == pytest.approx(expected, abs=1e-9)


@settings(deadline=None)
@given(codings, st.sampled_from(METRICS), st.permutations([0, 1, 2]), st.randoms())
def test_order_of_coders_units_and_rows_is_nothing(table, metric, order, random):
    units, coders, values = long(table)
    got = agreement(units, coders, values, metric=metric, bootstrap=0)
    swapped = [[row[i] for i in order] for row in table]
    rows_again = list(zip(*long(swapped), strict=True))
    random.shuffle(rows_again)
    units, coders, values = ([r[i] for r in rows_again] for i in range(3))
    again = agreement(units, coders, values, metric=metric, bootstrap=0)
    assert again.krippendorff_alpha == pytest.approx(got.krippendorff_alpha, abs=1e-12)
    assert again.fleiss_kappa == pytest.approx(got.fleiss_kappa, abs=1e-12)


@settings(deadline=None)
@given(st.lists(st.integers(0, 4), min_size=2, max_size=10), st.sampled_from(METRICS))
def test_perfect_agreement_is_one(values, metric):
    assume(len(set(values)) > 1)
    got = agreement(*long([[v] * 3 for v in values]), metric=metric, bootstrap=50, seed=3)
    assert got.krippendorff_alpha == pytest.approx(1)
    assert got.fleiss_kappa == pytest.approx(1)
    assert got.interval == pytest.approx((1, 1))


@settings(deadline=None, max_examples=30)
@given(codings)
def test_interval_metric_ignores_shift_and_scale_ratio_ignores_scale(table):
    units, _, values = long(table)
    shifted = [3.5 * v + 1000 for v in values]
    assert krippendorff_alpha(units, shifted, "interval") == pytest.approx(
        krippendorff_alpha(units, values, "interval"), abs=1e-9
    )
    scaled = [7.25 * v for v in values]
    assert krippendorff_alpha(units, scaled, "ratio") == pytest.approx(
        krippendorff_alpha(units, values, "ratio"), abs=1e-9
    )


def test_seed_decides_the_interval_and_the_bootstrap_covers():
    rng = np.random.default_rng(5)
    truth = rng.integers(0, 3, 80)
    noise = [np.where(rng.random(80) < 0.25, rng.integers(0, 3, 80), truth) for _ in range(3)]
    args = long([[int(c[u]) for c in noise] for u in range(80)])
    one = agreement(*args, seed=7)
    assert one.interval == agreement(*args, seed=7).interval
    assert one.interval != agreement(*args, seed=8).interval
    assert one.interval[0] < one.krippendorff_alpha < one.interval[1]
    assert 0.05 < one.interval[1] - one.interval[0] < 0.35


def test_ten_thousand_units_are_quick():
    rng = np.random.default_rng(1)
    units = np.repeat(np.arange(10_000), 4).astype(str)
    coders = np.tile(np.arange(4), 10_000).astype(str)
    values = rng.integers(0, 5, 40_000)
    start = time.process_time()
    got = agreement(units, coders, values, metric="ordinal", bootstrap=200)
    assert time.process_time() - start < 20  # seconds; far above what it takes
    assert abs(got.krippendorff_alpha) < 0.02
