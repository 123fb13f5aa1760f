"""Three treatments of non-respondents: frozen R figures, and what must hold."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.networks.describe import describe
from satuhati.core.networks.network import Network, from_edges, from_pairs
from satuhati.core.networks.nonresponse import treatments

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
FROZEN = json.loads((REFERENCE / "networks_more.json").read_text())["nonresponse"]


def friendship(without: tuple[int, ...] = ()) -> Network:
    with (REFERENCE / "networks_more.friendship.csv").open() as file:
        rows = [r for r in csv.DictReader(file) if int(r["source"]) not in without]
    ids = [str(i) for i in range(1, 22)]
    return from_pairs([r["source"] for r in rows], [r["target"] for r in rows], ids)[0]


def test_figures_are_those_of_r() -> None:
    silent = (3, 9, 15, 20)
    found = treatments(friendship(silent), [i not in silent for i in range(1, 22)])
    three = (found.available, found.reconstruction, found.deletion)
    assert [x.density for x in three] == pytest.approx(FROZEN["density"])
    assert [x.transitivity for x in three] == pytest.approx(FROZEN["transitivity"])
    mutual = pytest.approx(FROZEN["reciprocity"])
    assert found.available.reciprocity_edgewise == mutual
    assert found.reconstruction.reciprocity_edgewise is None
    assert found.deletion.reciprocity_edgewise == mutual
    assert (found.actors, found.answered, found.warnings) == (21, 17, ())


@st.composite
def answers(draw: st.DrawFn) -> tuple[Network, list[bool]]:
    n = draw(st.integers(0, 9))
    place = st.integers(0, max(n - 1, 0))
    pairs = draw(st.lists(st.tuples(place, place))) if n else []
    edges = np.array([p for p in pairs if p[0] != p[1]], dtype=np.int64).reshape(-1, 2)
    flags = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    return from_edges(tuple(map(str, range(n))), edges), flags


@given(answers())
def test_known_pairs_bound_the_ties(case: tuple[Network, list[bool]]) -> None:
    network, flags = case
    found = treatments(network, flags)
    for x in (found.available, found.reconstruction, found.deletion):
        assert 0 <= x.ties <= x.pairs
        assert x.density is None or 0 <= x.density <= 1
    assert found.deletion.ties <= found.available.ties <= found.reconstruction.ties
    silent = sum(not flags[a] for a, _ in network.edges)
    assert found.available.ties == network.m - silent
    assert any(d.code == "nonresponse_ties" for d in found.warnings) == (silent > 0)


def test_when_all_answered_the_treatments_agree() -> None:
    network = friendship()
    whole = describe(network, permutations=0)
    found = treatments(network, [True] * 21)
    assert found.rate == 1.0
    for x in (found.available, found.reconstruction, found.deletion):
        assert (x.ties, x.density, x.transitivity) == (
            whole.ties, whole.density, whole.transitivity,
        )  # fmt: skip
    assert found.deletion.reciprocity_edgewise == whole.reciprocity_edgewise


def test_two_fifths_answered_is_said() -> None:
    network = from_pairs(["a", "b"], ["b", "c"], list("abcde"))[0]
    found = treatments(network, [True, True, False, False, False])
    assert [(d.code, d.fields) for d in found.warnings] == [
        ("nonresponse_low", {"n": 2, "of": 5, "percent": 40})
    ]


def test_nobody_answered_and_what_is_refused() -> None:
    network = from_pairs([], [], ["a", "b"])[0]
    found = treatments(network, [False, False])
    assert found.available.density is None
    assert found.deletion.transitivity is None
    with pytest.raises(ValueError, match="flag"):
        treatments(network, [True])
    with pytest.raises(ValueError, match="directed"):
        treatments(from_pairs([], [], ["a"], directed=False)[0], [True])


def test_returned_reports_are_of_those_who_both_answered() -> None:
    network, _ = from_pairs(["a", "b", "a", "b", "c", "a"], ["b", "a", "c", "c", "a", "d"])
    found = treatments(network, [True, True, False, True])
    # a-b both ways and a-d one way; what goes to or from c is not among those who answered.
    assert (found.told, found.returned) == (3, 2)
