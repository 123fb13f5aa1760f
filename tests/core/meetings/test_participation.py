"""Participation: hand-worked figures, invariants, and communities kept apart."""

from __future__ import annotations

import math
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.core.intervals import wilson
from satuhati.core.meetings.participation import (
    STATUSES,
    lorenz,
    one_row_per_meeting,
    participation,
    speaking,
    subgroup_participation,
)

SCHEMA = {
    "community": pl.String, "meeting": pl.String, "member": pl.String, "status": pl.String,
    "order": pl.Int64,
}  # fmt: skip


def attendance(rows: list[tuple]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def sheet(members: dict[str, str], community: str = "k") -> pl.DataFrame:
    """``{"a": "PPEIA."}``: one letter a meeting (R = represented, . = not invited)."""
    words = dict(zip("PREIA", STATUSES, strict=True))
    return attendance(
        [
            (community, f"r{i}", name, words[letter], i)
            for name, letters in members.items()
            for i, letter in enumerate(letters)
            if letter != "."
        ]
    )


def test_hand_worked_community():
    got = participation(sheet({"a": "PPPP", "b": "PRAA", "c": "AIEA", "d": ".P.A", "e": "PAAP"}))
    a, b, c, d, e = got.members.iter_rows(named=True)
    assert (a["value"], b["value"], c["value"], d["value"], e["value"]) == (1, 0.5, 0, 0.5, 0.5)
    assert (b["present"], b["represented"], b["attended"], b["absent"]) == (1, 1, 2, 2)
    assert (c["excused"], c["ill"], c["absent"]) == (1, 1, 2)
    assert [m["consecutive_missed"] for m in (a, b, c, d, e)] == [0, 2, 4, 1, 0]
    assert (a["lo"], a["hi"]) == pytest.approx(wilson(4, 4))
    row = got.communities.row(0, named=True)
    assert (row["members"], row["meetings"], row["invited"], row["attended"]) == (5, 4, 18, 9)
    assert row["value"] == 0.5
    # rates 0 .5 .5 .5 1: Σ(2i − 6)x = −2(.5) + 0 + 2(.5) + 4 = 4; / (4 · 2.5)
    assert row["gini"] == pytest.approx(0.4)
    assert row["top20_share"] == pytest.approx(4 / 9)
    assert row["median_rate"] == 0.5
    assert row["longest_streak"] == 4


def test_streak_counts_only_meetings_one_was_invited_to():
    got = participation(sheet({"a": "PA..A.", "b": "PPPPPP"})).members
    assert got["consecutive_missed"].to_list() == [2, 0]


def test_sessions_of_one_meeting_become_one_row_best_status():
    rows = attendance([
        ("k", "r1", "a", "absent", 0), ("k", "r1", "a", "present", 1),
        ("k", "r1", "b", "excused", 2), ("k", "r1", "b", "absent", 3),
        ("k", "r2", "a", None, 4),
    ])  # fmt: skip
    merged = one_row_per_meeting(rows)
    assert merged.select("member", "status", "rows").rows() == [
        ("a", "present", 2), ("b", "excused", 2)
    ]  # fmt: skip
    row = participation(rows).communities.row(0, named=True)
    assert (row["merged_rows"], row["unknown_rows"], row["invited"]) == (2, 1, 2)


def test_one_member_and_nobody_and_nothing():
    alone = participation(sheet({"a": "PA"})).communities.row(0, named=True)
    assert alone["gini"] is None
    assert alone["top20_share"] == 1
    nobody = participation(sheet({"a": "AA", "b": "EA"})).communities.row(0, named=True)
    assert (nobody["value"], nobody["gini"], nobody["top20_share"]) == (0, None, None)
    nothing = participation(attendance([]))
    assert nothing.members.is_empty()
    assert nothing.communities.is_empty()
    unknown = participation(attendance([("k", "r", "a", None, 0)])).communities.row(0, named=True)
    assert (unknown["invited"], unknown["value"], unknown["unknown_rows"]) == (0, None, 1)


def test_an_unknown_status_is_refused():
    with pytest.raises(pl.exceptions.PolarsError):
        participation(attendance([("k", "r", "a", "late", 0)]))


def test_top_fifth_rounds_up():
    members = {f"m{i:02}": "P" * (i + 1) + "A" * (11 - i) for i in range(11)}
    row = participation(sheet(members)).communities.row(0, named=True)
    assert row["top20_share"] == pytest.approx((11 + 10 + 9) / 66)  # ⌈2.2⌉ = 3


def test_subgroups_and_members_never_invited():
    members = participation(sheet({"a": "PP", "b": "PA", "c": "AA"})).members
    attributes = pl.DataFrame({
        "community": "k", "member": ["a", "b", "d"], "section": ["Ekonomi", "Agama", "Agama"],
    })  # fmt: skip
    got = subgroup_participation(members, attributes, ["section"])
    assert got.select("group", "members", "n", "attended", "value").rows() == [
        ("Agama", 2, 2, 1, 0.5), ("Ekonomi", 1, 2, 2, 1.0), (None, 1, 2, 0, 0.0)
    ]  # fmt: skip
    assert subgroup_participation(members, attributes, []).is_empty()


people = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d", "e", "f"]), st.text("PREIA.", min_size=1, max_size=8),
    min_size=1,
)  # fmt: skip


@settings(deadline=None)
@given(people, people)
def test_invariants(first, second):
    rows = pl.concat([sheet(first, "k"), sheet(second, "l")])
    before = rows.clone()
    got = participation(rows)
    assert rows.equals(before)
    shuffled = participation(rows.sample(fraction=1, shuffle=True, seed=1))
    key = ["community", "member"]
    assert shuffled.members.sort(key).equals(got.members.sort(key))
    alone = participation(sheet(first, "k"))
    assert got.members.filter(pl.col("community") == "k").equals(alone.members)
    for row in got.communities.iter_rows(named=True):
        rates = got.members.filter(pl.col("community") == row["community"])["value"].to_list()
        n, mean = len(rates), math.fsum(rates) / len(rates)
        if n > 1 and mean > 0:
            pairs = math.fsum(abs(x - y) for x in rates for y in rates)
            assert row["gini"] == pytest.approx(pairs / (2 * n * (n - 1) * mean), abs=1e-12)
            assert -1e-12 <= row["gini"] <= 1 + 1e-12
        assert row["lo"] <= row["value"] <= row["hi"]
    for name, letters in first.items():
        invited = [c for c in letters if c != "."]
        streak = next((i for i, c in enumerate(reversed(invited)) if c in "PR"), len(invited))
        mine = alone.members.filter(pl.col("member") == name)
        assert mine["consecutive_missed"].to_list() == ([streak] if invited else [])


def test_gini_of_equal_rates_is_zero_and_of_one_alone_is_one():
    equal = participation(sheet(dict.fromkeys("abcd", "PA"))).communities["gini"][0]
    one = participation(sheet({"a": "PP", "b": "AA", "c": "AA"})).communities["gini"][0]
    assert equal == pytest.approx(0, abs=1e-15)
    assert one == pytest.approx(1)


def test_more_uneven_attendance_has_a_higher_gini():
    steps = [{"a": "PPPA", "b": "PPPA", "c": "PPPA"}, {"a": "PPPP", "b": "PPPA", "c": "PPAA"},
             {"a": "PPPP", "b": "PPPP", "c": "AAAA"}]  # fmt: skip
    ginis = [participation(sheet(s)).communities["gini"][0] for s in steps]
    assert all(x < y for x, y in pairwise(ginis))


# -- speaking, and the Lorenz curve --------------------------------------------------------------


def test_speaking_is_a_share_of_those_there_where_it_was_noted():
    rows = sheet({"a": "PPPP", "b": "PPRA", "c": "PAPP"}).with_columns(
        pl.Series("spoke", [{"Y": True, "N": False}.get(letter) for letter in "YN?YYYY?N??N"])
    )
    got = participation(speaking(rows))
    a, b, c = got.members.iter_rows(named=True)
    assert [(m["attended"], m["invited"]) for m in (a, b, c)] == [(2, 3), (2, 2), (0, 2)]
    # rates 0, 2/3, 1: Σ(2i − 4)x = 2 · 1; / (2 · 5/3)
    assert got.communities["gini"].item() == pytest.approx(0.6)


def test_lorenz_by_hand():
    assert lorenz([3, 0, 1]) == ((0, 0), (1 / 3, 0), (2 / 3, 0.25), (1, 1))
    assert lorenz([0, 0]) == lorenz([]) == ()


@given(st.lists(st.integers(0, 50), min_size=2, max_size=30).filter(any))
def test_the_gini_coefficient_is_the_area_beside_the_lorenz_curve(counts):
    """Members invited equally often: Gini of rates is that of counts, here × (n − 1)/n."""
    n, most = len(counts), max(counts)
    letters = {f"m{i:02}": "P" * k + "A" * (most - k) for i, k in enumerate(counts)}
    curve = lorenz(counts)
    area = 1 - sum((y0 + y1) / n for (_, y0), (_, y1) in pairwise(curve))
    gini = participation(sheet(letters)).communities["gini"].item()
    assert gini * (n - 1) / n == pytest.approx(area)
    assert all(y <= x + 1e-9 for x, y in curve)
