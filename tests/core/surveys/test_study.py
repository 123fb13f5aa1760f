"""A round in full: the figures are those of the methods, small groups stay empty."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_rounds_alongside import made, same, spread

from satuhati.core.stored import stored
from satuhati.core.surveys.answered import Answers
from satuhati.core.surveys.means import mean_estimate
from satuhati.core.surveys.release import release
from satuhati.core.surveys.release_figures import figures
from satuhati.core.surveys.rounds import answers_of
from satuhati.core.surveys.study import Study, study
from satuhati.examples.generate import example_folder
from satuhati.formats.package import read_any


@pytest.fixture(scope="module")
def rounds() -> dict[str, Answers]:
    data = read_any(example_folder())[0]
    return answers_of(data, data.communities[0])


@pytest.fixture(scope="module")
def residents(rounds: dict[str, Answers]) -> Study:
    return study(rounds, "w2", {"rw01": "RW 01"})


def test_figures_are_those_that_leave_the_house_with_their_r_script(residents: Study) -> None:
    """Alpha and the one-factor models of the release, which R gives alike."""
    data = read_any(example_folder())[0]
    out = {f.scale.name: f for f in figures(release(data, data.communities[0], "warga",
                                                    rounds=["w2"]))}  # fmt: skip
    for one in residents.scales:
        if len(one.reliability.items) > 1:
            assert one.reliability.alpha == pytest.approx(out[one.mean.scale].alpha, abs=1e-12)
    models = {m.scales[0]: m for m in residents.models}
    assert len(models) == 5
    for name, model in models.items():
        assert model.ml.fit.chisq == pytest.approx(out[name].chisq, abs=1e-6)
        assert model.ml.fit.cfi == pytest.approx(out[name].cfi, abs=1e-9)
        assert model.ordered is not None
        assert model.ordered.scaled.converged


def test_groups_are_compared_with_the_right_rounds(residents: Study) -> None:
    found = {(c.by, c.scale): c for c in residents.comparisons}
    belonging = "sense_of_community"
    assert set(found["sex", belonging].invariance.groups) == {"female", "male"}
    assert set(found["population", belonging].invariance.groups) == {"pokja", "warga"}
    assert found["population", belonging].invariance.groups["pokja"] <= 22
    assert set(found["wave", belonging].invariance.groups) == {"1", "2"}
    assert ("population", "safety") not in found, "nobody asked the working group"
    assert ("sex", "being_heard") not in found, "two items say nothing of groups"
    for c in found.values():
        assert set(c.dif.items) == set(c.items)


def test_means_of_groups_are_those_of_their_people(
    rounds: dict[str, Answers], residents: Study
) -> None:
    one = rounds["w2"]
    scale = next(s for s in one.scales() if s.name == "trust_neighbours")
    told = next(g for g in residents.groups if (g.by, g.scale) == ("sex", scale.name))
    scores = one.percents(scale)
    women = np.array([s == "female" for s in one.frame["sex"].to_list()])
    weight = one.frame["weight"].to_numpy()
    kept = women & ~np.isnan(scores)
    row = next(r for r in told.rows if r.group == "female")
    assert row.n == int(kept.sum())
    assert row.value == pytest.approx(float(np.average(scores[kept], weights=weight[kept])))
    assert row.interval is not None


def test_within_one_cluster_the_people_are_the_units(
    rounds: dict[str, Answers], residents: Study
) -> None:
    """Each RW of the example is one cluster: its range comes from the households drawn in it."""
    one = rounds["w2"]
    scale = next(s for s in one.scales() if s.name == "safety")
    told = next(g for g in residents.groups if (g.by, g.scale) == ("area", scale.name))
    here = np.array([a == "rw03" for a in one.frame["area"].to_list()])
    scores = one.percents(scale)
    kept = here & ~np.isnan(scores)
    plain = mean_estimate(scores[kept], one.frame["weight"].to_numpy()[kept])
    row = next(r for r in told.rows if r.group == "rw03")
    assert row.value == pytest.approx(plain.value)
    assert plain.interval is not None
    assert row.interval == pytest.approx(plain.interval)


def test_the_design_effect_takes_weights_around_one_as_relative(residents: Study) -> None:
    effects = [s.mean.deff for s in residents.scales]
    assert all(e is not None and 0.2 < e < 10 for e in effects)


def test_everything_can_be_kept_as_json(residents: Study) -> None:
    text = json.dumps(stored(residents), allow_nan=False)
    assert "NaN" not in text


def test_four_people_get_a_doubt_and_nothing_else() -> None:
    found = study(made([{"id": "r"}], {"r": same(4, 3)}), "r", {})
    assert [d.code for d in found.warnings] == ["too_few"]
    assert (found.scales, found.models, found.groups, found.exploration) == ((), (), (), None)


def test_all_alike_has_no_alpha_and_says_why() -> None:
    found = study(made([{"id": "r"}], {"r": same(9, 4)}), "r", {})
    reliability = found.scales[0].reliability
    assert reliability.alpha is None
    assert "constant_items" in {d.code for d in reliability.warnings}
    assert found.exploration is not None
    assert found.exploration.loadings == {}
    json.dumps(stored(found), allow_nan=False)


def test_a_round_without_scales_has_composition_and_response_only() -> None:
    item = {"name": "a", "type": "likert", "scale": None, "low": 1.0, "high": 5.0,
            "reversed": False, "text_id": "A", "text_en": None}  # fmt: skip
    rows = [{"a": 3.0, "sex": "female" if k % 2 else "male"} for k in range(12)]
    found = study(made([{"id": "r"}], {"r": rows}, {"q": [item]}), "r", {})
    assert (found.scales, found.models, found.comparisons, found.groups) == ((), (), (), ())
    assert [(c.by, dict(c.rows)) for c in found.composition] == [("sex", {"female": 6, "male": 6})]


def test_one_item_makes_a_scale_without_reliability() -> None:
    item = {"name": "a", "type": "likert", "scale": "one", "low": 1.0, "high": 5.0,
            "reversed": False, "text_id": "A", "text_en": None}  # fmt: skip
    rows = [{"a": float(1 + k % 5)} for k in range(12)]
    found = study(made([{"id": "r"}], {"r": rows}, {"q": [item]}), "r", {})
    assert found.scales[0].mean.value is not None
    assert found.scales[0].reliability.alpha is None
    assert found.exploration is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["rw1", "rw2", "rw3", "rw4", None]), min_size=5, max_size=40))
def test_a_small_group_follows_from_nothing_that_is_told(areas: list[str | None]) -> None:
    rows: list[dict[str, Any]] = [
        {**spread(1 + k % 5)[0], "area": area} for k, area in enumerate(areas)
    ]
    found = study(made([{"id": "r"}], {"r": rows}), "r", {})
    for groups in found.groups:
        empty = [r for r in groups.rows if r.n is None]
        told = sum(r.n or 0 for r in groups.rows)
        assert all(r.n is None or r.n == 0 or r.n >= 5 for r in groups.rows)
        assert all(r.value is None for r in empty)
        assert len(empty) != 1 or len(groups.rows) == 1
        if empty and told:
            assert len(areas) - told >= 5, "those who stay empty are five together"
    for part in found.composition:
        empty_counts = [n for _, n in part.rows if n is None]
        assert len(empty_counts) != 1 or len(part.rows) == 1
    assert not any(math.isnan(r.value) for g in found.groups for r in g.rows if r.value is not None)
