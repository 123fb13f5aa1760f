"""MRQAP: Krackhardt's managers, R sna, a naive refit of every permutation, and hard cases."""

import csv
import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.core.networks.network import from_pairs
from satuhati.core.networks.qap import INTERCEPT, adjacency, mrqap

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
FROZEN = json.loads((REFERENCE / "networks_more.json").read_text())
MANAGERS = [str(i) for i in range(1, 22)]

Matrix = npt.NDArray[np.float64]


def krackhardt(name: str) -> Matrix:
    with (REFERENCE / f"networks_more.{name}.csv").open() as file:
        rows = list(csv.DictReader(file))
    pairs = [r["source"] for r in rows], [r["target"] for r in rows]
    return adjacency(from_pairs(*pairs, MANAGERS)[0])


def frozen_matrix(case: str, name: str) -> Matrix:
    return np.array(FROZEN[case][name]).reshape(12, 12)


def test_krackhardt_has_the_published_coefficients() -> None:
    result = mrqap(
        krackhardt("advice"),
        {"friendship": krackhardt("friendship"), "reports": krackhardt("reports")},
    )
    assert result.coefficients == {
        INTERCEPT: pytest.approx(0.3969, abs=5e-5),
        "friendship": pytest.approx(0.1358, abs=5e-5),
        "reports": pytest.approx(0.4716, abs=5e-5),
    }
    assert (result.n, result.pairs, result.warnings) == (21, 420, ())


@pytest.mark.parametrize("case", ["krackhardt", "one", "valued", "symmetric"])
def test_r_sna_agrees(case: str) -> None:
    if case in ("krackhardt", "one"):
        y = krackhardt("advice")
        predictors = {"a": krackhardt("friendship"), "b": krackhardt("reports")}
        if case == "one":
            del predictors["b"]
        theirs = FROZEN[case]
    else:
        y = frozen_matrix(case, "y")
        predictors = {name: frozen_matrix(case, name) for name in "ab"}
        theirs = FROZEN[case]["fit"]
    ours = mrqap(y, predictors, directed=case != "symmetric", permutations=4000)
    assert list(ours.coefficients.values()) == pytest.approx(theirs["coefficients"], abs=1e-10)
    assert list(ours.t.values()) == pytest.approx(theirs["t"], abs=1e-9)
    assert ours.r_squared == pytest.approx(theirs["r_squared"], abs=1e-10)
    # Two runs of 4,000 permutations: within four standard errors of their difference.
    for p, other in zip(list(ours.p.values())[1:], theirs["p"][1:], strict=True):
        assert p is not None
        assert p == pytest.approx(other, abs=4 * np.sqrt(2 * max(other, 1e-3) / 4000))


def test_correlation_is_that_of_r_sna() -> None:
    predictors = {name: krackhardt(name) for name in ("friendship", "reports")}
    result = mrqap(krackhardt("advice"), predictors, permutations=0)
    assert list(result.correlation.values()) == pytest.approx(FROZEN["correlation"], abs=1e-12)
    assert set(result.p.values()) == {None}
    assert [d.code for d in result.warnings] == ["permutations_none"]


def naive(y: Matrix, predictors: list[Matrix], permutations: int, seed: int) -> list[float]:
    """The definition, spelt out: a full refit for each predictor and permutation."""
    n = y.shape[0]
    off = ~np.eye(n, dtype=bool)

    def t_of(columns: list[Matrix], k: int) -> float:
        x = np.column_stack([c[off] for c in columns])
        beta = np.linalg.lstsq(x, y[off], rcond=None)[0]
        left = y[off] - x @ beta
        variance = left @ left / (x.shape[0] - x.shape[1]) * np.linalg.inv(x.T @ x)
        return float(beta[k] / np.sqrt(variance[k, k]))

    terms = [np.ones((n, n)), *predictors]
    rng = np.random.default_rng(seed)
    drawn = rng.permuted(np.tile(np.arange(n), (permutations, 1)), axis=1)
    out = []
    for k in range(len(terms)):
        others = [m for i, m in enumerate(terms) if i != k]
        x = np.column_stack([m[off] for m in others])
        residual = np.zeros((n, n))
        residual[off] = terms[k][off] - x @ np.linalg.lstsq(x, terms[k][off], rcond=None)[0]
        observed = abs(t_of(terms, k))
        reached = 0
        for order in drawn:
            moved = residual[np.ix_(order, order)]
            columns = [moved if i == k else m for i, m in enumerate(terms)]
            reached += abs(t_of(columns, k)) >= observed * (1 - 1e-9)
        out.append((1 + reached) / (permutations + 1))
    return out


@settings(max_examples=25, deadline=None)
@given(n=st.integers(5, 9), k=st.integers(1, 3), seed=st.integers(0, 10**6))
def test_p_equals_refitting_every_permutation(n: int, k: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    y, *predictors = rng.normal(size=(k + 1, n, n))
    named = {str(i): m for i, m in enumerate(predictors)}
    ours = mrqap(y, named, permutations=40, seed=seed)
    assert list(ours.p.values()) == pytest.approx(naive(y, predictors, 40, seed), abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(n=st.integers(4, 12), seed=st.integers(0, 10**6))
def test_the_order_of_actors_does_not_matter(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    y, a, b = rng.normal(size=(3, n, n))
    order = rng.permutation(n)
    cell = np.ix_(order, order)
    one = mrqap(y, {"a": a, "b": b}, permutations=0)
    other = mrqap(y[cell], {"a": a[cell], "b": b[cell]}, permutations=0)
    assert list(one.t.values()) == pytest.approx(list(other.t.values()), rel=1e-9)
    assert one.r_squared == pytest.approx(other.r_squared)


def test_an_effect_is_found_and_noise_is_not() -> None:
    rng = np.random.default_rng(3)
    a, b, noise = rng.normal(size=(3, 30, 30))
    p = mrqap(0.5 * a + noise, {"a": a, "b": b}, seed=3).p
    assert p["a"] == pytest.approx(1 / 2001)
    assert p["b"] is not None
    assert p["b"] > 0.05


def test_input_is_not_changed_and_the_seed_decides() -> None:
    y, a = krackhardt("advice"), krackhardt("friendship")
    np.fill_diagonal(y, 9.0)
    before = y.copy()
    one = mrqap(y, {"a": a}, permutations=300, seed=4)
    assert (y == before).all()
    assert one == mrqap(y, {"a": a}, permutations=300, seed=4)
    assert one.t == mrqap(y, {"a": a}, permutations=300, seed=5).t
    np.fill_diagonal(y, 0.0)
    assert one == mrqap(y, {"a": a}, permutations=300, seed=4)  # the diagonal is not read


def test_constant_and_collinear_predictors_are_left_out_with_doubts() -> None:
    y, a = krackhardt("advice"), krackhardt("friendship")
    predictors = {"a": a, "same": 2 * a + 1, "none": np.zeros((21, 21))}
    result = mrqap(y, predictors, permutations=200)
    alone = mrqap(y, {"a": a}, permutations=200)
    assert result.coefficients == {**alone.coefficients, "same": None, "none": None}
    assert result.p == {**alone.p, "same": None, "none": None}
    assert result.correlation["none"] is None
    assert result.correlation["same"] == pytest.approx(result.correlation["a"])
    assert {(d.code, d.fields["names"]) for d in result.warnings} == {
        ("qap_collinear", "same"), ("qap_constant", "none"),
    }  # fmt: skip


def test_nothing_to_explain() -> None:
    result = mrqap(np.ones((6, 6)), {"a": np.triu(np.ones((6, 6)))}, permutations=200)
    assert set(result.coefficients.values()) == {None}
    assert result.r_squared is None
    assert [d.code for d in result.warnings] == ["qap_dependent_constant"]


def test_a_relation_explained_by_itself_has_no_t() -> None:
    y = krackhardt("advice")
    result = mrqap(y, {"y": y}, permutations=200)
    assert result.coefficients["y"] == pytest.approx(1.0)
    assert result.r_squared == pytest.approx(1.0)
    assert result.t["y"] is None
    assert result.p["y"] == pytest.approx(1 / 201)
    assert "qap_perfect_fit" in [d.code for d in result.warnings]


@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_few_actors_give_no_figures(n: int) -> None:
    rng = np.random.default_rng(n)
    result = mrqap(rng.normal(size=(n, n)), {"a": rng.normal(size=(n, n))})
    assert set(result.t.values()) == {None}
    assert "too_few" in [d.code for d in result.warnings]


def test_few_actors_have_few_permutations() -> None:
    rng = np.random.default_rng(1)
    y, a = rng.normal(size=(2, 4, 4))
    assert [d.code for d in mrqap(y, {"a": a}, permutations=20).warnings] == [
        "qap_few_actors", "permutations_few",
    ]  # fmt: skip


def test_a_large_mean_does_not_blur_the_figures() -> None:
    y, a = krackhardt("advice"), krackhardt("friendship")
    near, far = mrqap(y, {"a": a}), mrqap(y + 1e6, {"a": a + 1e6})
    assert far.t["a"] == pytest.approx(near.t["a"], rel=1e-6)
    assert far.p["a"] == near.p["a"]


@pytest.mark.parametrize(
    ("y", "predictors", "directed"),
    [
        (np.zeros((3, 2)), {"a": np.zeros((3, 3))}, True),
        (np.zeros((3, 3)), {"a": np.zeros((4, 4))}, True),
        (np.zeros((3, 3)), {}, True),
        (np.full((3, 3), np.nan), {"a": np.zeros((3, 3))}, True),
        (np.triu(np.ones((3, 3))), {"a": np.zeros((3, 3))}, False),
    ],
)
def test_what_is_no_relation_is_refused(
    y: Matrix, predictors: dict[str, Matrix], directed: bool
) -> None:
    with pytest.raises(ValueError, match=r"matri|cell|predictor"):
        mrqap(y, predictors, directed=directed)
