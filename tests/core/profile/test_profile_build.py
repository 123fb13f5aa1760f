"""The whole profile: many communities at once, traces, waves, mirrors, gaps, strategies."""

from __future__ import annotations

import dataclasses
import math
from datetime import date

import polars as pl
import pytest

from satuhati.core.community import CommunityData
from satuhati.core.profile.assemble import dossier
from satuhati.core.profile.build import profile, profiles, wave_dates
from satuhati.core.profile.cells import strategies_for
from satuhati.core.results import plain
from satuhati.examples.generate import example, many
from satuhati.framework import COMPONENTS, FUNCTIONS, LEVELS, STRATEGIES
from satuhati.schema.measures import measures


@pytest.fixture(scope="module")
def kelapa():
    return example()


@pytest.fixture(scope="module")
def found(kelapa):
    (only,) = profiles(kelapa).values()
    return only


@pytest.fixture(scope="module")
def healthy():
    (only,) = profiles(example(without_problems=True)).values()
    return only


def lights(of):
    return {light.name: light.state for light in of.lights}


def gap_measures(of):
    return {(g.measure, g.subject_name) for g in of.gaps}


SIGAP = "Rumah Anak SIGAP"
PROBLEMS = {("regularity", None), ("participation", None), ("service_heard", SIGAP)}


def test_the_three_problems_of_the_study_are_found_from_the_records(found):
    assert lights(found) == {"rhythm": "unlit", "participation": "unlit", "known": "unlit"}
    assert gap_measures(found) >= PROBLEMS
    assert found.gaps[0].measure == "regularity"


def test_a_copy_without_them_does_not_find_them(healthy):
    assert lights(healthy) == {"rhythm": "bright", "participation": "bright", "known": "bright"}
    assert not gap_measures(healthy) & PROBLEMS


def test_the_sections_that_stay_away_are_named_only_by_section(kelapa):
    full = dossier(kelapa, kelapa.communities[0])
    assert full.participation.never_present_sections == ("ekonomi", "perlindungan")
    fixed = example(without_problems=True)
    assert dossier(fixed, fixed.communities[0]).participation.never_present_sections == ()


def test_commitment_of_the_working_group_is_dissonant(found):
    (cell,) = [
        c for c in found.components
        if (c.component, c.level, c.population) == ("commitment", "individual", "pokja")
    ]  # fmt: skip
    assert cell.convergence == "dissonance"
    places = {v.record.partition(":")[0]: v.place for v in cell.voices}
    assert (places["survey"], places["attendance"]) == ("high", "low")


def test_every_component_and_level_has_a_cell(found):
    cells = {(c.component, c.level) for c in found.components}
    assert cells == {(c, lv) for c in COMPONENTS for lv in LEVELS}
    cells = {(c.component, c.level) for c in found.functions}
    assert cells == {(c, lv) for c in FUNCTIONS for lv in LEVELS}


def test_every_trace_leads_to_rows_that_exist(kelapa, found):
    cells = (*found.components, *found.functions)
    pieces = [p for c in cells for p in c.evidence]
    pieces += [*found.outcomes, *found.conditioning_influences, *found.normative_functions]
    answers = set().union(*(f["id"].to_list() for f in kelapa.answers.values()))
    traced = 0
    for p in pieces:
        if p.status == "ok" and p.value is not None and p.n > 0:
            assert p.trace.n > 0, p.measure
        if p.trace.ids:
            table = p.trace.table
            known = answers if table == "answers" else set(kelapa[table]["id"].to_list())
            assert set(p.trace.ids) <= known, p.measure
            assert len(p.trace.ids) <= p.trace.n
            traced += 1
    assert traced > 30


def test_values_and_intervals_lie_on_the_scale(found):
    for cell in (*found.components, *found.functions):
        for p in cell.evidence:
            if p.value is not None:
                assert 0 <= p.value <= 100
            if p.interval is not None:
                assert 0 <= p.interval[0] <= p.interval[1] <= 100


def test_there_is_no_total_and_no_average_across_methods(found):
    names = {f.name for f in dataclasses.fields(found)}
    names |= {f.name for f in dataclasses.fields(found.components[0])}
    assert not names & {"score", "total", "mean", "average", "overall"}


def test_many_communities_at_once_equal_each_alone():
    data = many(12, seed=7)
    together = profiles(data)
    assert set(together) == set(data.communities)
    for code in data.communities[:4]:
        alone = profile(data, code)
        assert _same(plain(together[code]), plain(alone)), code


def _same(a, b):
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(_same(a[k], b[k]) for k in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-12)
    return a == b


def test_one_neighbour_does_not_change_another(kelapa, found):
    other = many(1, seed=3)
    both = CommunityData.of(
        {n: pl.concat([kelapa[n], other[n]]) for n in kelapa.tables},
        {**kelapa.answers, **{n: f for n, f in other.answers.items() if n not in kelapa.answers}},
    )
    assert _same(plain(profiles(both)[found.community]), plain(found))


def test_waves_stand_as_they_stood_when_they_ended(kelapa, found):
    ends = dict(wave_dates(kelapa).select("wave", "as_of").iter_rows())
    then = profile(kelapa, found.community, ends[1])
    assert then.as_of == ends[1]
    first = {
        (c.measure, c.population, c.subject, c.frame): c.points[0].value
        for c in found.changes
        if c.points[0].wave == 1
    }
    seen = 0
    for cell in (*then.components, *then.functions):
        for p in cell.evidence:
            key = (p.measure, p.population, p.subject, p.frame)
            if key in first and p.method != "fieldnotes":
                assert p.value == pytest.approx(first[key], abs=1e-9), p.measure
                seen += 1
    assert seen > 20


def test_changes_say_apart_only_with_two_intervals(found):
    assert found.changes
    for change in found.changes:
        first, last = change.points[0], change.points[-1]
        assert (change.apart is None) == (first.interval is None or last.interval is None)


def test_two_mirrors_hold_prediction_beside_measurement(found):
    sigap = [m for m in found.mirrors if m.subject_name == SIGAP]
    assert [m.wave for m in sigap] == [1, 2]
    for mirror in found.mirrors:
        assert mirror.gap == pytest.approx(mirror.predicted - mirror.measured)
    assert all(m.predicted > 50 and m.measured < 30 for m in sigap)


def test_gaps_are_ranked_by_what_is_certain(found):
    certain = [round(g.certain_shortfall, 6) for g in found.gaps]
    assert certain == sorted(certain, reverse=True)
    for gap in found.gaps:
        top = gap.interval[1] if gap.interval else gap.value
        assert top < gap.target
        assert 0 <= gap.voices_below <= gap.voices


def test_every_strategy_cites_its_gaps(found):
    assert found.strategies
    for suggestion in found.strategies:
        assert suggestion.strategy in STRATEGIES
        for i in suggestion.gaps:
            assert suggestion.strategy in found.gaps[i].strategies
    called = {i for s in found.strategies for i in s.gaps}
    assert called == set(range(len(found.gaps)))


@pytest.mark.parametrize("component", [*COMPONENTS, *FUNCTIONS])
@pytest.mark.parametrize("level", list(LEVELS))
@pytest.mark.parametrize("population", ["pokja", "warga", "mitra", "all"])
def test_every_possible_gap_points_somewhere(component, level, population):
    assert strategies_for(component, level, population)


def test_gaps_of_knowledge_name_a_measure_with_a_way_to_know(found):
    assert found.knowledge_gaps
    for gap in found.knowledge_gaps:
        assert gap.status in ("none", "too few", "not enough")
        assert measures()[gap.measure].how_to_know.id


def test_readings_of_the_meeting_stand_beside_the_verdict(found):
    stances = {r.stance for c in found.components for r in c.readings}
    stances |= {r.stance for c in found.functions for r in c.readings}
    assert stances == {"confirmed", "contested"}


def test_a_community_without_any_record_is_honest():
    data = CommunityData.of({"community": pl.DataFrame({"id": ["x"], "name": ["Kosong"]})})
    empty = profile(data, "x")
    assert empty.as_of is None
    assert [w.code for w in empty.warnings] == ["as_of_unknown"]
    for cell in (*empty.components, *empty.functions):
        assert cell.convergence == "no evidence"
        assert cell.voices == ()
    assert empty.gaps == ()
    assert empty.knowledge_gaps
    assert {light.state for light in empty.lights} == {"unknown"}
    full = dossier(data, "x")
    assert (full.participation, full.network, full.funnels) == (None, None, ())


def test_the_map_of_a_report_is_of_five_answers_or_more(kelapa):
    only = kelapa.tables["community"]["id"].item()
    there = dossier(kelapa, only).network
    assert there is not None
    asked = kelapa.tables["roster"]
    alone = {n.code for n in there.nodes if n.degree == 0}
    silent = {n.code for n in there.nodes if not n.answered}
    assert alone & silent, "the example has somebody who was silent and whom nobody named"
    assert there.isolates == len(alone - silent)
    ties = sum(n for *_, n in there.exchange)
    assert ties > 0
    last = asked["round"].max()
    answering = asked.filter(pl.col("round") == last, "responded")["id"].to_list()
    few = asked.with_columns(responded=pl.col("responded") & pl.col("id").is_in(answering[:4]))
    data = CommunityData.of({**kelapa.tables, "roster": few})
    assert dossier(data, only).network is None


STRAND_TABLES = {
    "meetings": ("meetings", "attendance", "actors", "posts", "terms"),
    "ties": ("ties", "roster", "tie_rounds", "actors"),
    "surveys": ("instruments", "items", "rounds"),
    "fieldnotes": ("sources", "codes", "excerpts", "codings", "placements"),
    "awareness": ("awareness", "services", "areas"),
    "indicators": ("indicators",),
}


@pytest.mark.parametrize("strand", STRAND_TABLES)
def test_one_strand_alone_gives_an_honest_profile(kelapa, strand):
    wanted = ("community", *STRAND_TABLES[strand])
    data = CommunityData.of(
        {n: kelapa[n] for n in wanted}, kelapa.answers if strand == "surveys" else None
    )
    full = dossier(data, data.communities[0], date(2026, 10, 31))
    assert strand not in full.profile.absent_strands
    cells = (*full.profile.components, *full.profile.functions)
    assert {c.convergence for c in cells} <= {"silence", "no evidence"}
    pieces = [p for c in cells for p in c.evidence]
    pieces += [*full.profile.outcomes, *full.profile.conditioning_influences]
    assert any(p.status == "ok" for p in pieces)


def test_the_input_is_left_as_it_was(kelapa):
    before = {n: f.clone() for n, f in kelapa.tables.items()}
    profiles(kelapa)
    assert all(f.equals(before[n]) for n, f in kelapa.tables.items())


def test_every_computation_named_in_the_table_exists():
    from satuhati.core.profile.evaluate import computation

    for measure in measures().values():
        function, _ = computation(measure)
        assert callable(function)
