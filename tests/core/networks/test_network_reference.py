"""Published values and frozen R figures (tests/data/reference/networks.R)."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from satuhati.core.networks.brokerage import ROLES, brokerage, expectation
from satuhati.core.networks.describe import Description, describe
from satuhati.core.networks.groups import label
from satuhati.core.networks.network import Network, from_pairs
from satuhati.core.results import plain

DATA = Path(__file__).parents[2] / "data"
REFERENCE = json.loads((DATA / "reference" / "networks.json").read_text())


def load(name: str, group: str | None = None) -> tuple[Network, list[str] | None]:
    if name == "arang_dak":
        ties, actors = DATA / "arang_dak_ties.csv.gz", DATA / "arang_dak_actors.csv.gz"
    else:
        ties = DATA / "reference" / f"networks.{name}_ties.csv"
        actors = DATA / "reference" / f"networks.{name}_actors.csv"
    pairs = pl.read_csv(ties, infer_schema=False)
    who = pl.read_csv(actors, infer_schema=False)
    network, doubts = from_pairs(
        pairs["source"].to_list(), pairs["target"].to_list(), who["id"].to_list(),
        directed=name != "florentine",
    )  # fmt: skip
    assert doubts == ()
    return network, who[group].to_list() if group else None


def nodes(described: Description, figure: str) -> list[float | None]:
    return [getattr(x, figure) for x in described.nodes.values()]


def test_florentine_marriages_have_the_published_figures() -> None:
    network, _ = load("florentine")
    d = describe(network)
    assert d.actors == 16
    assert d.ties == 20
    assert d.isolates == 1  # Pucci counts
    assert d.density == pytest.approx(0.1667, abs=5e-5)
    assert d.centralization == {
        "degree": pytest.approx(0.2667, abs=5e-5),
        "betweenness": pytest.approx(0.3835, abs=5e-5),
    }
    assert d.nodes["Medici"].betweenness == pytest.approx(47.5)
    assert d.transitivity == pytest.approx(0.1915, abs=5e-5)
    assert d.nodes["Medici"].constraint == pytest.approx(0.2099, abs=5e-5)
    assert d.reciprocity_edgewise is None
    assert d.nodes["Pucci"].constraint is None
    assert d.nodes["Pucci"].effective_size is None


def test_sampson_liking_has_the_published_figures() -> None:
    network, factions = load("sampson", "faction")
    d = describe(network, factions)
    assert d.ties == 88
    assert d.density == pytest.approx(0.2876, abs=5e-5)
    assert (d.dyads.mutual, d.dyads.asymmetric, d.dyads.null) == (28, 32, 93)
    assert d.reciprocity_edgewise == pytest.approx(0.636, abs=5e-4)
    assert d.reciprocity_dyadic == pytest.approx(0.791, abs=5e-4)
    assert d.group is not None
    assert d.group.ei_index == pytest.approx(-0.4318, abs=5e-5)
    assert d.group.brokerage == {
        "coordinator": 56, "itinerant": 5, "representative": 69, "gatekeeper": 80, "liaison": 14,
    }  # fmt: skip
    assert d.group.ei_pvalue == pytest.approx(2 / 1000)  # factions hold together beyond chance
    assert d.warnings == ()


@pytest.mark.parametrize("name", ["florentine", "sampson", "arang_dak"])
def test_every_figure_is_that_of_r(name: str) -> None:
    network, _ = load(name)
    d, r = describe(network), REFERENCE[name]
    assert list(d.nodes) == r["ids"]
    for figure in ("ties", "density", "transitivity", "components"):
        assert getattr(d, figure) == pytest.approx(r[figure], rel=1e-12), figure
    if network.directed:
        assert d.reciprocity_edgewise == pytest.approx(r["reciprocity_edgewise"], rel=1e-12)
        assert d.reciprocity_dyadic == pytest.approx(r["reciprocity_dyadic"], rel=1e-12)
    assert [d.dyads.mutual, d.dyads.asymmetric, d.dyads.null] == r["dyads"]
    assert d.centralization == pytest.approx(r["centralization"], rel=1e-12)
    assert sorted(d.cutpoints) == r["cutpoints"]
    for figure in ("indegree", "outdegree", "core"):
        assert nodes(d, figure) == r[figure], figure
    assert nodes(d, "betweenness") == pytest.approx(r["betweenness"], rel=1e-10, abs=1e-10)
    constraints = zip(nodes(d, "constraint"), r["constraint"], strict=True)
    assert all(a == b if b is None else a == pytest.approx(b) for a, b in constraints)


@pytest.mark.parametrize(("name", "group"), [("sampson", "faction"), ("arang_dak", "ethnicity")])
def test_brokerage_is_that_of_r(name: str, group: str) -> None:
    network, groups = load(name, group)
    assert groups is not None
    r = REFERENCE[name]
    labels = label(groups)
    counts = brokerage(network, labels.codes)
    assert counts.tolist() == r["brokerage_by_actor"]
    assert counts.sum(axis=0).tolist() == r["brokerage"]
    mean, sd = expectation(labels, r["density"])
    np.testing.assert_allclose(mean, r["brokerage_expected"], rtol=1e-9)
    # R sna's deviations of the other three roles are larger than simulation finds:
    # see test_the_spread_of_brokerage_is_that_of_simulated_networks.
    for role in ("itinerant", "liaison"):
        i = ROLES.index(role)
        assert sd[i] == pytest.approx(r["brokerage_sd"][i], rel=1e-6, abs=1e-9)


def test_arang_dak_described_holds_no_nan() -> None:
    network, groups = load("arang_dak", "ethnicity")
    out = json.dumps(plain(describe(network, groups)), allow_nan=False)
    assert json.loads(out)["group"]["brokerage_z"]["liaison"] is None  # two groups: no liaison
