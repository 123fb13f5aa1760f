"""Two waves: frozen R figures, and what must hold for any two."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.networks.network import Network, from_edges, from_pairs
from satuhati.core.networks.waves import compare_waves

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
FROZEN = json.loads((REFERENCE / "networks_more.json").read_text())["waves"]


def managers(name: str, low: int, high: int) -> Network:
    """Krackhardt's managers low–high and the ties among them."""
    ids = [str(i) for i in range(low, high + 1)]
    with (REFERENCE / f"networks_more.{name}.csv").open() as file:
        rows = [r for r in csv.DictReader(file) if r["source"] in ids and r["target"] in ids]
    return from_pairs([r["source"] for r in rows], [r["target"] for r in rows], ids)[0]


def test_figures_are_those_of_r() -> None:
    found = compare_waves(managers("advice", 1, 18), managers("friendship", 4, 21))
    assert found.actors.left == ("1", "2", "3")
    assert found.actors.joined == ("19", "20", "21")
    assert (found.actors.first, found.actors.second, found.actors.stable) == (18, 18, 15)
    for ties, theirs in ((found.ties, FROZEN["all"]), (found.ties_stable, FROZEN["stable"])):
        assert [ties.kept, ties.new, ties.gone, ties.jaccard] == pytest.approx(theirs)
    for figure, theirs in (
        (found.density, FROZEN["density"]),
        (found.reciprocity_edgewise, FROZEN["reciprocity"]),
        (found.reciprocity_edgewise_stable, FROZEN["reciprocity_stable"]),
    ):
        assert [figure.first, figure.second] == pytest.approx(theirs)
        assert figure.change == pytest.approx(theirs[1] - theirs[0])
    assert found.warnings == ()


@st.composite
def waves(draw: st.DrawFn) -> tuple[Network, Network]:
    directed = draw(st.booleans())
    out = []
    for _ in range(2):
        ids = tuple(draw(st.lists(st.sampled_from("abcdefgh"), unique=True)))
        places = st.integers(0, max(len(ids) - 1, 0))
        pairs = draw(st.lists(st.tuples(places, places))) if ids else []
        edges = [p for p in pairs if p[0] != p[1]]
        out.append(from_edges(ids, edges, directed=directed))
    return out[0], out[1]


def named(network: Network) -> set[tuple[str, str]]:
    pairs = [(network.ids[a], network.ids[b]) for a, b in network.edges]
    return {p if network.directed or p[0] < p[1] else p[::-1] for p in pairs}


@given(waves())
def test_counts_are_those_of_sets(pair: tuple[Network, Network]) -> None:
    first, second = pair
    found = compare_waves(first, second)
    a, b = named(first), named(second)
    ties = found.ties
    assert (ties.kept, ties.new, ties.gone) == (len(a & b), len(b - a), len(a - b))
    assert ties.jaccard == (len(a & b) / len(a | b) if a | b else None)
    both = set(first.ids) & set(second.ids)
    inside = [{p for p in s if set(p) <= both} for s in (a, b)]
    stable = found.ties_stable
    assert stable.kept == ties.kept  # a tie in both waves is between actors of both
    assert (stable.new, stable.gone) == (
        len(inside[1] - inside[0]), len(inside[0] - inside[1]),
    )  # fmt: skip
    assert found.new_with_joiners == sum(bool(set(p) - set(first.ids)) for p in b - a)
    assert found.gone_with_leavers == sum(bool(set(p) - set(second.ids)) for p in a - b)


@given(waves())
def test_a_wave_equals_itself_and_exchange_turns_the_change(pair: tuple[Network, Network]) -> None:
    first, second = pair
    same = compare_waves(first, first)
    assert same.ties.jaccard == (1.0 if first.m else None)
    assert (same.actors.joined, same.actors.left) == ((), ())
    there, back = compare_waves(first, second), compare_waves(second, first)
    assert (there.ties.new, there.ties.gone) == (back.ties.gone, back.ties.new)
    assert there.ties.jaccard == back.ties.jaccard


@given(waves(), st.sets(st.sampled_from("abcdefgh")), st.sets(st.sampled_from("abcdefgh")))
def test_of_the_silent_nothing_is_new_or_gone(
    pair: tuple[Network, Network], once: set[str], again: set[str]
) -> None:
    first, second = pair
    if not first.directed:
        with pytest.raises(ValueError, match="direction"):
            compare_waves(first, second, answered=(once, again))
        return
    found = compare_waves(first, second, answered=(once, again))
    both = set(first.ids) & set(second.ids)
    twice = once & again & both
    a, b = ({p for p in named(n) if p[0] in twice and p[1] in both} for n in pair)
    told = found.ties_told
    assert told is not None
    assert found.told_twice == len(twice)
    assert (told.kept, told.new, told.gone) == (len(a & b), len(b - a), len(a - b))


def test_half_gone_is_said() -> None:
    first, _ = from_pairs(["a", "b"], ["b", "c"], ["a", "b", "c", "d"])
    second, _ = from_pairs(["a", "b", "e"], ["b", "e", "a"])
    doubts = {d.code: d.fields for d in compare_waves(first, second).warnings}
    assert doubts == {"waves_half_left": {"n": 2, "of": 4, "percent": 50}}
    assert compare_waves(second, first).warnings == ()


def test_nobody_in_common() -> None:
    found = compare_waves(from_pairs(["a"], ["b"])[0], from_pairs(["c"], ["d"])[0])
    assert [d.code for d in found.warnings] == ["waves_no_stable"]
    assert (found.ties.jaccard, found.ties_stable.jaccard) == (0.0, None)
    assert found.density_stable.first is None


def test_no_ties_at_all_and_mixed_directions() -> None:
    empty = from_pairs([], [], ["a", "b"])[0]
    found = compare_waves(empty, empty)
    assert found.ties.jaccard is None
    assert [d.code for d in found.warnings] == ["network_empty"]
    with pytest.raises(ValueError, match="directed"):
        compare_waves(empty, from_pairs([], [], ["a"], directed=False)[0])
