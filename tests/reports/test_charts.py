"""Charts: well formed, labelled, inside their frame, with none, one and many items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.reports import charts, maps, marks
from satuhati.reports.charts import Point, Spoke
from satuhati.reports.svg import Markup, drawing, num, tag, text, text_width, wrapped
from satuhati.reports.words import LAMP_STATES, SHORT_COMPONENTS, VERDICTS

HOSTILE = '<b onload="x">\'&\u202e\u0645'
SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: Markup) -> ET.Element:
    """The picture as a tree: fails unless it is well-formed, labelled and without references."""
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
    assert "<use" not in svg
    assert not re.search(r"[\s\",(]-?(nan|inf)\b", svg)
    root = ET.fromstring(svg)
    assert root.get("role") == "img" or root.get("aria-hidden") == "true"
    if root.get("role") == "img":
        assert root.get("aria-label")
    return root


def boxes(root: ET.Element) -> Iterator[tuple[float, float, float, float]]:
    """Roughly where each text lies."""
    for node in root.iter(f"{SVG}text"):
        size, x, y = (float(node.get(k) or 0) for k in ("font-size", "x", "y"))
        width = text_width(node.text or "", size)
        left = {"middle": x - width / 2, "end": x - width}.get(node.get("text-anchor") or "", x)
        yield left, y - size * 0.75, left + width, y + size * 0.2


def assert_apart(root: ET.Element) -> None:
    """No two labels on top of each other, none outside the frame (a halo repeats its label)."""
    found = sorted(set(boxes(root)))
    _, _, width, height = (float(v) for v in (root.get("viewBox") or "").split())
    for i, (a, b, c, d) in enumerate(found):
        assert a >= -1
        assert b >= -1
        assert c <= width + 1
        assert d <= height + 1
        for e, f, g, h in found[i + 1 :]:
            assert c <= e + 0.5 or a >= g - 0.5 or d <= f + 0.5 or b >= h - 0.5


METHODS = ("survey", "behaviour", "network", "fieldnotes", "documents", "indicator", "other")


@pytest.mark.parametrize("method", METHODS)
def test_every_method_has_its_own_shape(method: str) -> None:
    parsed(marks.method_icon(method))
    assert len({str(marks.method_icon(m)) for m in METHODS}) == len(METHODS)


def test_verdicts_and_lamps_differ_by_shape_alone() -> None:
    def colourless(svg: Markup) -> str:
        return re.sub(r"#[0-9A-Fa-f]{6}", "", svg)

    assert len({colourless(marks.verdict_glyph(v)) for v in VERDICTS}) == len(VERDICTS)
    assert len({colourless(marks.lamp(s)) for s in LAMP_STATES}) == len(LAMP_STATES)
    sectors = ("pokja", "warga", "pemerintah", "swasta", "lembaga", None)
    assert len({colourless(marks.sector_icon(s)) for s in sectors}) == len(sectors)
    for svg in (marks.heart(), marks.hem(), *map(marks.lamp, LAMP_STATES)):
        parsed(svg)


POINTS = [
    Point("survey", 78.0, (69.0, 86.0), "high", HOSTILE, "B2.1"),
    Point("behaviour", 0.0, None, "low", "Keikutsertaan", "B2.2"),
    Point("network", 100.0, (100.0, 100.0), "high", "x" * 200, "B2.3"),
    Point("fieldnotes", None, None, "low", "Catatan lapangan", "B2.4"),
    Point("indicator", 140.0, (-20.0, 300.0), "high", "Di luar skala", "B2.5", used=False),
]


@pytest.mark.parametrize("n", range(len(POINTS) + 1))
def test_tracks_and_axes_of_any_length(n: int) -> None:
    parsed(charts.track(POINTS[:n], "label"))
    words = ("rendah", "sedang", "tinggi")
    root = parsed(charts.axis(POINTS[:n], "label", target=60.0, zone_words=words))
    assert_apart(root)
    parsed(charts.axis(POINTS[:n], "label", target=None, zone_words=words))


def test_a_field_note_has_no_place_on_the_scale() -> None:
    """It is drawn across its whole zone; a figure has its own place and a line for its range."""
    note = str(charts.track([POINTS[3]], "label"))
    assert "stroke-dasharray" in note
    figure = str(charts.track([POINTS[0]], "label"))
    assert "stroke-dasharray" not in figure
    assert str(charts.track([Point("survey", 78.0)], "label")).count("M69") == 0


@given(
    st.floats(-1e6, 1e6),
    st.none() | st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)),
    st.booleans(),
)
def test_bars_stay_in_their_frame(
    value: float, interval: tuple[float, float] | None, sampled: bool
) -> None:
    root = parsed(charts.bar(value, interval, "label", sampled=sampled))
    for rect in root.iter(f"{SVG}rect"):
        assert 0 <= float(rect.get("x") or 0)
        assert float(rect.get("x") or 0) + float(rect.get("width") or 0) <= 150.01


def test_a_sample_is_hatched_and_a_count_is_solid() -> None:
    sample, count = (str(charts.bar(50.0, None, "l", sampled=s)) for s in (True, False))
    assert sample.count("<path") == count.count("<path") + 1
    assert 'fill="#25408F"' in count
    assert 'fill="#25408F"' not in sample


def test_waves_mirrors_and_shares() -> None:
    for n in range(4):
        root = parsed(charts.waves([(str(i), 20.0 * i, (0.0, 100.0)) for i in range(n)], "label"))
        assert_apart(root)
    parsed(charts.mirror(70.0, 34.0, (29.0, 39.0), "label"))
    parsed(charts.mirror(70.0, None, None, "label"))
    parsed(charts.shares(51.0, 62.0, "label"))
    parsed(charts.shares(0.0, None, "label"))


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("n", [0, 1, 2, 11])
def test_the_web_keeps_its_labels_apart(lang: str, n: int) -> None:
    labels = [text(lang) for text in SHORT_COMPONENTS.values()][:n]
    spokes = [
        Spoke(label, (10.0 * i, 50.0)[: i % 3], (0.0, 100.0) if i else None, apart=i == 4)
        for i, label in enumerate(labels)
    ]
    root = parsed(charts.web(spokes, "label"))
    assert_apart(root)


def test_the_web_fills_no_area() -> None:
    """No polygon joins the spokes: area would be an average in disguise."""
    root = parsed(charts.web([Spoke("a", (10.0, 90.0)), Spoke("b", (40.0,))], "label"))
    assert not list(root.iter(f"{SVG}polygon"))
    assert all(p.get("fill") == "none" for p in root.iter(f"{SVG}path"))


def test_the_calendar_of_no_one_and_many_years() -> None:
    months: list[list[str]] = [[] for _ in range(12)]
    crowded = [["held", "cancelled", "planned", "held"] for _ in range(12)]
    for years in ({}, {2024: months}, {2024: crowded, 2025: months, 2026: crowded}):
        assert_apart(parsed(maps.calendar(years, "JFMAMJJASOND", "label")))
    triangles = str(maps.calendar({2024: [["cancelled"], *months[1:]]}, "JFMAMJJASOND", "label"))
    assert "stroke-dasharray" in triangles


def test_maps_of_none_one_and_many_actors() -> None:
    sectors = ("pokja", "warga", "pemerintah", "swasta", "lembaga", None)
    for n in (0, 1, 2, 300):
        nodes = [
            maps.Node((i * 37 % 100) / 100, (i * 61 % 100) / 100, i % 9, sectors[i % 6],
                      HOSTILE if i % 3 == 0 else None)
            for i in range(n)
        ]  # fmt: skip
        ties = [(i, (i * 7 + 1) % n, 1 + i % 4) for i in range(n)] if n else []
        assert_apart(parsed(maps.network_map(nodes, ties, "label")))


def test_in_a_crowd_those_the_map_is_about_are_named() -> None:
    nodes = [
        maps.Node((i % 25) / 24, (i // 25) / 19, 3, "warga", f"Orang {i}", ring=i in (30, 260))
        for i in range(500)
    ]
    root = parsed(maps.network_map(nodes, [], "label"))
    named = {t.text for t in root.iter(f"{SVG}text")}
    assert {"Orang 30", "Orang 260"} <= named
    assert_apart(root)


def test_a_name_in_a_crowd_covers_as_few_marks_as_can_be() -> None:
    """Everywhere is a mark; to the right, where a name goes first, are many."""
    few = [(0.35, y / 20) for y in range(8, 13)]
    many = [(0.54 + x / 40, y / 40) for x in range(8) for y in range(14, 27)]
    crowd = [maps.Node(x, y, 1, "warga") for x, y in (*few, *many)]
    nodes = [*crowd, maps.Node(0.5, 0.5, 9, "pokja", "Budi Contoh", ring=True)]
    label = next(t for t in parsed(maps.network_map(nodes, [], "l")).iter(f"{SVG}text"))
    assert float(label.get("x", 0)) < 22 + (420 - 44) * 0.5


def test_a_name_keeps_clear_of_lines_where_it_can() -> None:
    """To the right, where a name goes first, lies the tie."""
    nodes = [
        maps.Node(0.4, 0.5, 1, "pokja", "Budi Contoh"), maps.Node(0.9, 0.5, 1, "warga"),
    ]  # fmt: skip
    alone, tied = (
        next(t for t in parsed(maps.network_map(nodes, ties, "l")).iter(f"{SVG}text"))
        for ties in ([], [(0, 1, 1)])
    )
    x = 22 + (420 - 44) * 0.4
    assert float(alone.get("x", 0)) > x
    assert float(tied.get("x", 0)) < x


@pytest.mark.parametrize(
    ("line", "through"),
    [
        ((0, 5, 20, 5), True), ((0, 0, 20, 20), True), ((12, 0, 12, 3), False),
        ((0, 0, 4, 30), False), ((0, 18, 12, 2), True), ((5, 0, 5, 30), False),
        ((11, 6, 12, 7), True), ((0, 30, 30, 8), False),
    ],
)  # fmt: skip
def test_lines_through_boxes(line: tuple[float, ...], through: bool) -> None:
    assert maps._crosses((10, 4, 18, 12), line) is through


def test_a_map_as_a_file_carries_its_legend() -> None:
    keys = [maps.Key("pokja", "Pokja"), maps.Key("warga", "hollow", hollow=True)] * 5
    root = parsed(maps.network_map([], [], "label", keys=keys, notes=["word " * 40]))
    assert_apart(root)
    height = float(root.get("viewBox", "").split()[3])
    assert height > 340
    words = list(root.iter(f"{SVG}text"))
    assert {t.text for t in words} >= {"Pokja", "hollow"}
    assert all(340 < float(t.get("y", 0)) < height for t in words)
    assert maps.network_map([], [], "label") == maps.network_map([], [], "label", keys=[])


def test_the_not_connected_are_hollow() -> None:
    tied, alone = (
        str(maps.network_map([maps.Node(0.5, 0.5, d, "warga")], [], "l")) for d in (1, 0)
    )
    assert tied != alone
    assert 'fill="#FFFFFF"' in alone


def test_labels_are_escaped_everywhere() -> None:
    svg = drawing([text(0, 10, HOSTILE), tag("g", data_x=HOSTILE)], 10, 10, HOSTILE)
    root = parsed(svg)
    assert root.get("aria-label") == HOSTILE
    assert [n.text for n in root.iter(f"{SVG}text")] == [HOSTILE]


@pytest.mark.parametrize(
    ("value", "told"), [(1.0, "1"), (1.50, "1.5"), (-0.001, "0"), (1 / 3, "0.33"), (0, "0")]
)
def test_coordinates_are_short(value: float, told: str) -> None:
    assert num(value) == told


def test_words_are_cut_to_the_room() -> None:
    assert wrapped("Rasa memiliki dalam komunitas", 100, 12) == ["Rasa memiliki", "dalam komunit…"]
    assert wrapped("", 100) == []
    assert all(len(row) <= 2 for row in wrapped("panjang sekali", 10, 12))
