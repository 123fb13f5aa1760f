"""Bars around the middle, populations on one track, a scale from round to round."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.reports.charts_survey import (
    PAD,
    WIDTH,
    Slice,
    Stop,
    likert,
    over_rounds,
    pair,
    reach,
    swatch,
    tone,
)
from satuhati.reports.svg import num

SVG = "{http://www.w3.org/2000/svg}"


def rects(svg: str) -> list[tuple[float, float, str]]:
    """Left end, width and filling of every bar, in order."""
    return [
        (float(e.get("x") or 0), float(e.get("width") or 0), e.get("fill") or "")
        for e in ET.fromstring(svg).iter(f"{SVG}rect")
        if not e.get("rx")
    ]


def each(*shares: float) -> list[Slice]:
    return [Slice(i, i, s, f"{round(100 * s)}%") for i, s in enumerate(shares)]


def test_tones_of_five_and_four_steps_and_of_parts() -> None:
    assert [tone(i, i, 5) for i in range(5)] == ["low2", "low1", "middle", "high1", "high2"]
    assert [tone(i, i, 4) for i in range(4)] == ["low2", "low1", "high1", "high2"]
    assert tone(0, 1, 5) == "low1", "of a part the milder answer counts"
    assert tone(3, 4, 5) == "high1"
    assert tone(2, 3, 5) == "mixed"
    assert tone(0, 4, 5) == "mixed"


def test_half_of_the_middle_lies_on_each_side() -> None:
    assert reach(each(0.1, 0.2, 0.4, 0.2, 0.1), 5) == pytest.approx((0.5, 0.5))
    assert reach(each(0.3, 0.7), 2) == pytest.approx((0.3, 0.7))
    assert reach([Slice(0, 2, 0.6, ""), Slice(3, 4, 0.4, "")], 5) == pytest.approx((0.5, 0.5))


def test_bars_of_a_page_share_one_middle() -> None:
    extent = (0.6, 0.9)
    middle = PAD + (WIDTH - 2 * PAD) * 0.6 / 1.5
    for shares in ((0.5, 0.1, 0.0, 0.2, 0.2), (0.0, 0.1, 0.0, 0.5, 0.4)):
        svg = likert(each(*shares), 5, "x", extent=extent)
        assert svg.count(f"M{num(middle)} ") == 2, "a tick above and one below"
        low = [r for r in rects(svg) if r[2] in ("#7A4A1E", "#F0DFCB")]
        high = [r for r in rects(svg) if r[2] in ("#25408F", "#E6EBF7")]
        assert all(x + width <= middle + 0.01 for x, width, _ in low)
        assert all(x >= middle for x, _, _ in high)


@given(st.lists(st.integers(0, 50), min_size=2, max_size=7).filter(lambda c: sum(c) > 0))
def test_bars_are_as_long_as_their_shares_and_stay_inside(counts: list[int]) -> None:
    total = sum(counts)
    svg = likert(each(*(c / total for c in counts)), len(counts), "answers")
    drawn = rects(svg)
    assert len(drawn) == sum(c > 0 for c in counts), "nobody has no bar"
    span = WIDTH - 2 * PAD
    for (x, width, _), count in zip(drawn, [c for c in counts if c], strict=True):
        assert width == pytest.approx(max(span * count / total - 1, 0.5), abs=0.02)
        assert x >= PAD
        assert x + width <= WIDTH - PAD + 0.5


def test_the_disagreeing_side_is_hatched_and_small_bars_bear_no_figure() -> None:
    svg = likert(each(0.5, 0.02, 0.0, 0.04, 0.44), 5, "x")
    hatching = [e for e in ET.fromstring(svg).iter(f"{SVG}path") if e.get("stroke-width") == "1"]
    assert len(hatching) == 2
    assert re.findall(r">(\d+)%<", svg) == ["50", "44"]


def test_words_are_escaped_and_pictures_have_a_name() -> None:
    svg = likert(each(0.5, 0.5), 2, '<b>"a" & b</b>')
    assert ET.fromstring(svg).get("aria-label") == '<b>"a" & b</b>'
    assert ET.fromstring(swatch(0, 0, 5)).get("aria-hidden") == "true"


def test_from_round_to_round_a_full_line_means_certain() -> None:
    stops = [
        Stop(("2024",), 40.0, (35.0, 45.0), "sure"),
        Stop(("2025",), 60.0, (55.0, 65.0), "unsure"),
        Stop(("2026",), 62.0, None, None),
        Stop(("2027",), 70.0, None),
    ]
    root = ET.fromstring(over_rounds(stops, "x", said=["40", "60", "62", "70"]))
    links = [e for e in root.iter(f"{SVG}path") if e.get("stroke") == "#25408F"]
    assert [bool(e.get("stroke-dasharray")) for e in links] == [False, True], "none to the last"
    circles = [float(e.get("cy") or 0) for e in root.iter(f"{SVG}circle")]
    assert circles == sorted(circles, reverse=True), "higher is higher"
    assert [e.text for e in root.iter(f"{SVG}text") if e.get("font-weight")] == [
        "40", "60", "62", "70",
    ]  # fmt: skip


def test_a_pair_is_told_apart_without_colour() -> None:
    root = ET.fromstring(pair(30.0, (20.0, 40.0), 70.0, None, "x"))
    first, second = root.iter(f"{SVG}circle")
    assert (first.get("fill"), second.get("fill")) == ("#141B33", "#FFFFFF")
    assert float(first.get("cx") or 0) < float(second.get("cx") or 0)
    assert float(first.get("cy") or 0) < float(second.get("cy") or 0)
