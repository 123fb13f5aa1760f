"""The awareness cascade: figures, frames kept apart, small groups that cannot be read."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.core.intervals import wilson
from satuhati.core.outreach.cascade import (
    STAGES,
    cascade,
    clustered_stage_shares,
    complete_persons,
    impossible_rows,
    stage_shares,
)

TEXTS = ("community", "service", "frame", "wave", "area", "channel")
COUNTS = ("asked", *STAGES)
SCHEMA = {**dict.fromkeys(TEXTS, pl.String), **dict.fromkeys(COUNTS, pl.Int64)}


def awareness(*rows: dict[str, object]) -> pl.DataFrame:
    full = [{**dict.fromkeys(SCHEMA), **row} for row in rows]
    return pl.DataFrame(full, schema=SCHEMA)


def tally(area: str, *counts: int | None, **more: object) -> dict[str, object]:
    return {"area": area, **dict(zip(COUNTS, counts, strict=True)), **more}


def test_shares_intervals_and_conversion():
    got = cascade(awareness(tally("1", 20, 8, 4, 2, 1), tally("2", 20, 0, 0, 0, 0)))
    heard, visited = got.stages["heard"], got.stages["visited"]
    assert (heard.n, heard.of, heard.share) == (8, 40, 0.2)
    assert heard.interval == pytest.approx(wilson(8, 40))
    assert (visited.share, visited.conversion) == (0.1, 0.5)
    # All who know live in one area: as a sample of areas it tells far less.
    wide = heard.interval_clustered
    assert wide[0] < heard.interval[0]
    assert wide[1] > heard.interval[1]
    assert "awareness_areas_differ" in {w.code for w in got.warnings}
    assert got.by_area["2"].heard.share == 0


def test_persons_and_their_tally_give_the_same_figures():
    people = [(1, 1, 1, 0), (1, 0, 0, 0), (0, 0, 0, 0)] * 3
    persons = awareness(*({"area": "1", "asked": 1, **dict(zip(STAGES, p, strict=True))}
                          for p in people))  # fmt: skip
    counted = awareness(tally("1", 9, 6, 3, 3, 0))
    assert cascade(persons).stages == cascade(counted).stages


def test_frames_services_and_waves_are_never_pooled():
    door = tally("1", 20, 2, 0, 0, 0, frame="door_to_door", service="sigap")
    desk = tally("1", 20, 18, 9, 9, 9, frame="posyandu_desk", service="sigap")
    got = cascade(awareness(door, desk))
    assert got.stages is None
    assert got.by_frame["door_to_door"].stages["heard"].share == 0.1
    assert got.by_frame["posyandu_desk"].stages["heard"].share == 0.9
    assert [w.code for w in got.warnings] == ["awareness_frames"]
    both = cascade(awareness(door, desk, tally("1", 10, 5, 0, 0, 0, service="bkb")))
    assert both.stages is None
    assert both.by_service["sigap"].stages is None
    assert both.by_service["bkb"].stages["heard"].share == 0.5
    assert both.by_service["sigap"].by_frame["door_to_door"].stages["heard"].n == 2
    waves = cascade(awareness({**door, "wave": "1"}, {**door, "wave": "2"}))
    assert set(waves.by_wave) == {"1", "2"}


def test_small_areas_stay_empty_and_cannot_be_subtracted():
    rows = [tally("1", 20, 8, 0, 0, 0), tally("2", 3, 3, 0, 0, 0), tally("3", 12, 1, 0, 0, 0)]
    got = cascade(awareness(*rows))
    assert {a: g.status for a, g in got.by_area.items()} == {
        "1": "ok", "2": "too few", "3": "too few"
    }  # fmt: skip
    assert got.by_area["2"].asked is None
    assert got.by_area["3"].heard is None


def test_channels_speak_of_those_who_heard():
    rows = [tally("1", 20, 10, 5, 5, 5, channel="kader"), tally("1", 20, 6, 0, 0, 0),
            tally("2", 10, 0, 0, 0, 0, channel="banner")]  # fmt: skip
    got = cascade(awareness(*rows)).by_channel
    assert set(got) == {"kader", "unknown"}
    assert (got["kader"].asked, got["kader"].heard.share) == (10, 10 / 16)
    assert got["kader"].visited.share == 0.5


def test_too_few_asked_and_nothing_at_all():
    few = cascade(awareness(tally("1", 4, 2, 1, 0, 0)))
    assert few.asked is None
    assert few.stages["heard"].share is None
    assert few.by_area == {}
    assert [w.code for w in few.warnings] == ["awareness_too_few"]
    assert cascade(awareness()).stages["heard"].n is None
    with pytest.raises(ValueError, match="below 3"):
        cascade(awareness(tally("1", 20, 1, 0, 0, 0)), threshold=2)


def test_a_stage_that_was_not_asked_is_missing_not_zero():
    got = cascade(awareness(tally("1", 20, 8, None, None, None), tally("2", 10, 2, 1, None, None)))
    assert got.stages["visited"].of == 10
    assert got.stages["visited"].conversion == 0.5
    assert got.stages["enrolled"].share is None
    assert {w.fields["stage"] for w in got.warnings} == {"enrolled", "continuing"}


def test_growing_counts_are_found_with_their_row():
    rows = awareness(tally("1", 9, 5, 2, 2, 1), tally("2", 9, 10, 2, 2, 1),
                     tally("3", 9, 5, None, 6, 1))  # fmt: skip
    assert impossible_rows(rows).rows() == [(1, "heard", 10, 9), (2, "enrolled", 6, 5)]


@given(st.lists(st.sampled_from([0, 1, None]), min_size=4, max_size=4))
def test_persons_are_completed_only_by_what_follows(answer):
    rows = awareness({"asked": 1, **dict(zip(STAGES, answer, strict=True))})
    done = [complete_persons(rows)[s][0] for s in STAGES]
    for was, is_now in zip(answer, done, strict=True):
        assert was is None or was == is_now
    contradicts = any(b == 1 and 0 in answer[:i] for i, b in enumerate(answer))
    if not contradicts:
        for i, value in enumerate(answer):
            if value == 1:
                assert all(v == 1 for v in done[: i + 1])
            if value == 0:
                assert all(v == 0 for v in done[i:])
        assert impossible_rows(complete_persons(rows)).is_empty()


@st.composite
def many(draw: st.DrawFn) -> pl.DataFrame:
    rows = []
    for _ in range(draw(st.integers(1, 12))):
        counts = [draw(st.integers(0, 30))]
        for _ in STAGES:
            counts.append(draw(st.integers(0, counts[-1])))
        rows.append(tally(draw(st.sampled_from("123")), *counts,
                          community=draw(st.sampled_from("kl"))))  # fmt: skip
    return awareness(*rows)


@settings(deadline=None)
@given(many())
def test_all_communities_at_once_equals_each_alone(rows):
    before = rows.clone()
    together = stage_shares(rows, ["community"])
    clustered = clustered_stage_shares(rows, ["community"])
    assert rows.equals(before)
    for c in rows["community"].unique():
        alone = rows.filter(pl.col("community") == c)
        assert together.filter(pl.col("community") == c).equals(stage_shares(alone, ["community"]))
        one = clustered_stage_shares(alone, ["community"])
        assert clustered.filter(pl.col("community") == c).equals(one)
    shares = together.filter(pl.col("of") > 0)
    assert (shares["lo"] <= shares["value"]).all()
    assert (shares["value"] <= shares["hi"]).all()


@settings(deadline=None)
@given(many())
def test_stages_never_grow_and_no_small_area_is_shown(rows):
    got = cascade(rows)
    shown = [s.n for s in got.stages.values() if s.n is not None]
    assert shown == sorted(shown, reverse=True)
    for group in got.by_area.values():
        if group.status == "ok":
            assert group.asked == 0 or group.asked >= 5
    hidden = [a for a, g in got.by_area.items() if g.status != "ok"]
    assert len(hidden) != 1
