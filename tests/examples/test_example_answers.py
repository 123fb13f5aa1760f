"""Items, answers, ties and notes of the synthetic community."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.community import CommunityData
from satuhati.examples.community.fieldnotes import unmark
from satuhati.examples.generate import example
from satuhati.examples.items import items


@pytest.fixture(scope="module")
def data() -> CommunityData:
    return example()


def _alpha(data: CommunityData, round_: str, scale: str) -> float:
    """Cronbach's alpha over complete rows, straight from its definition."""
    instrument = data["rounds"].filter(id=round_)["instrument"].item()
    rows = data.answers[instrument].filter(round=round_)
    of = data["items"].filter(instrument=instrument, scale=scale)
    columns = [
        (low + high - rows[name]) if flip else rows[name]
        for name, flip, low, high in of.select("name", "reversed", "low", "high").iter_rows()
    ]
    table = np.column_stack([c.to_numpy() for c in columns])
    table = table[~np.isnan(table).any(axis=1)]
    k = table.shape[1]
    return float(
        k / (k - 1) * (1 - table.var(axis=0, ddof=1).sum() / table.sum(axis=1).var(ddof=1))
    )


def test_items_have_two_wordings_and_unique_codes() -> None:
    bank = items()
    assert len({i.code for i in bank}) == len(bank)
    assert len({i.text_id for i in bank}) == len(bank) == len({i.text_en for i in bank})
    assert all(i.instruments and i.text_id and i.text_en for i in bank)


def test_scales_have_the_number_of_items_their_readers_expect() -> None:
    expected = {
        "sense_of_community": 8, "sense_instrumental": 2, "commitment_stakeholder": 3,
        "commitment_action": 3, "collective_efficacy": 4, "own_skills": 3, "informal_control": 3,
        "resource_access": 4, "refused_unfairly": 2, "trust_organizations": 4,
        "trust_neighbours": 3, "open_communication": 4, "rules_known": 3, "rules_kept": 3,
        "opinions_respected": 3, "being_heard": 2, "joint_action": 3, "safety": 3,
        "opportunity": 3, "service_satisfaction": 3, "economic_wellbeing": 3,
        "years_resident": 1, "neighbours_known": 1,
    }  # fmt: skip
    counts: dict[str, int] = defaultdict(int)
    for item in items():
        counts[item.scale] += 1
    assert counts == expected
    assert {i.scale for i in items("pokja")} >= {"rules_known", "rules_kept", "own_skills"}


@pytest.mark.parametrize(
    "scale", ["sense_of_community", "trust_organizations", "safety", "open_communication"]
)
@pytest.mark.parametrize("round_", ["w1", "w2"])
def test_answers_of_residents_hang_together(data: CommunityData, round_: str, scale: str) -> None:
    assert 0.7 < _alpha(data, round_, scale) < 0.93


def test_pokja_says_it_is_willing(data: CommunityData) -> None:
    rows = data.answers["pokja"].filter(round="p2")
    willing = (rows["act1"].mean() + rows["act2"].mean() + 6 - rows["act3"].mean()) / 3
    assert (willing - 1) / 4 > 0.65


def test_anonymous_rounds_name_nobody(data: CommunityData) -> None:
    for frame in data.answers.values():
        assert frame["actor"].null_count() == frame.height


def test_roster_answers_and_reach_of_the_private_sector(data: CommunityData) -> None:
    response = data["roster"].group_by("round").agg(pl.col("responded").mean())
    assert response["responded"].is_between(0.8, 0.9).all()
    sectors = dict(data["actors"].select("id", "sector").iter_rows())
    asked = data["ties"].filter(pl.col("relation").is_in(["information", "resources", "support"]))
    private = [
        1
        for s, t in asked.select("source", "target").iter_rows()
        if "swasta" in (sectors[s], sectors[t])
    ]
    assert 0 < len(private) <= 4
    goto = data["ties"].filter(relation="goto")["target"].unique()
    kinds = data["actors"].filter(pl.col("id").is_in(goto.implode()))["kind"].unique()
    assert kinds.to_list() == ["organization"]


def test_non_respondents_name_nobody(data: CommunityData) -> None:
    silent = data["roster"].filter(~pl.col("responded")).select("round", source="actor")
    people = data["actors"].filter(kind="person").select(source="id")
    named = data["ties"].join(silent, on=["round", "source"]).join(people, on="source")
    assert named.height == 0


def test_support_seldom_leaves_the_rw(data: CommunityData) -> None:
    rw = data["actors"].select("id", rw=pl.col("area").str.slice(0, 4)).drop_nulls()
    support = (
        data["ties"]
        .filter(relation="support")
        .join(rw.rename({"id": "source"}), on="source")
        .join(rw.rename({"id": "target", "rw": "other"}), on="target")
    )
    assert (support["rw"] != support["other"]).mean() < 0.3


def test_excerpts_are_slices_of_their_texts(data: CommunityData) -> None:
    texts = dict(data["sources"].select("id", "text").iter_rows())
    for source, start, end, text in data["excerpts"].select(
        "source", "start", "end", "text"
    ).iter_rows():  # fmt: skip
        assert texts[source][start:end] == text
    assert all(mark not in text for text in texts.values() for mark in "{}[]|")


def test_two_coders_agree_much_but_not_always(data: CommunityData) -> None:
    pairs = (
        data["codings"]
        .group_by("excerpt")
        .agg(pl.col("coder").n_unique(), same=pl.col("code").n_unique() == 1)
    )
    assert (pairs["coder"] == 2).all()
    assert 0.8 < pairs["same"].mean() < 0.97


def test_sources_are_those_of_the_study(data: CommunityData) -> None:
    kinds = dict(data["sources"].group_by("kind").len().iter_rows())
    assert kinds == {"interview": 5, "observation": 3, "document": 4, "focus_group": 1}
    assert data["sources"]["sampling_reason"].null_count() == 0


def test_placements_rest_on_two_sources_or_more(data: CommunityData) -> None:
    heard = (
        data["codings"]
        .join(data["excerpts"].select(excerpt="id", source="source"), on="excerpt")
        .join(data["sources"].select(source="id", population="population"), on="source")
        .join(data["codes"].select("component", "level", code="id"), on="code")
        .group_by("component", "level", "population")
        .agg(pl.col("source").n_unique())
    )
    placed = data["placements"].join(heard, on=["component", "level", "population"], how="left")
    assert (placed["source"] >= 2).all()
    assert placed.height < heard.filter(pl.col("source") >= 2).height


def test_the_observed_meeting_counts_as_the_list_does() -> None:
    for clean, words in ((False, "sepuluh terisi"), (True, "dua puluh terisi")):
        made = example(clean)
        text = made["sources"].filter(id="o1")["text"].item()
        date = made["sources"].filter(id="o1")["date"].item()
        meeting = made["meetings"].filter(kind="pokja", date=date)["id"].item()
        came = made["attendance"].filter(meeting=meeting, status="present").height
        assert words in text
        assert came == {"sepuluh terisi": 10, "dua puluh terisi": 20}[words]


@given(st.lists(st.tuples(st.text("abc .", max_size=8), st.text("xyz ", min_size=1)), max_size=6))
def test_marks_leave_the_text_as_it_was(pieces: list[tuple[str, str]]) -> None:
    marked = "".join(f"{before}{{code+|{passage}}}" for before, passage in pieces)
    text, passages = unmark(marked, clean=False)
    assert text == "".join(before + passage for before, passage in pieces)
    assert [text[p.start : p.end] for p in passages] == [passage for _, passage in pieces]


def test_either_wording() -> None:
    marked = "Rapat [[{schedule-|tanpa jadwal}//{schedule+|tiap Selasa}]]."
    assert unmark(marked, clean=False)[0] == "Rapat tanpa jadwal."
    assert unmark(marked, clean=True)[0] == "Rapat tiap Selasa."
