"""Charts of evidence on the 0-100 scale: tracks, one-axis pictures, bars, waves, the web.

Every function is pure: plain figures in, one labelled SVG out. Words come in already worded, so
nothing here speaks a language. Figures outside 0-100 are drawn at the edge.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from satuhati.core.results import Interval
from satuhati.reports.marks import method_mark
from satuhati.reports.svg import (
    INDIGO,
    INDIGO_DARK,
    INK,
    INK_2,
    RULE_STRONG,
    WHITE,
    ZONE,
    ZONE_MIDDLE,
    Markup,
    drawing,
    line,
    num,
    path,
    tag,
    text,
    text_width,
    wrapped,
)

ZONES = {"low": (0.0, 40.0), "middle": (40.0, 60.0), "high": (60.0, 100.0)}


@dataclass(frozen=True, slots=True)
class Point:
    """One piece of evidence as it is drawn.

    ``value`` is ``None`` for field notes, which have a direction: they lie somewhere in ``zone``.
    ``used`` is false for a piece too uncertain to take part; it is drawn pale.
    """

    method: str
    value: float | None
    interval: Interval | None = None
    zone: str | None = None
    label: str = ""
    code: str = ""
    used: bool = True


def _clip(value: float) -> float:
    return min(100.0, max(0.0, value))


def _zones(x0: float, width: float, y: float, height: float) -> list[Markup]:
    def at(value: float) -> float:
        return x0 + width * value / 100

    parts = [
        tag("rect", x=at(low), y=float(y), width=at(high) - at(low), height=float(height),
            fill=ZONE_MIDDLE if name == "middle" else ZONE)
        for name, (low, high) in ZONES.items()
    ]  # fmt: skip
    parts += [
        line(at(v), y, at(v), y + height, stroke=RULE_STRONG, stroke_width=1) for v in (40, 60)
    ]
    return parts


def _piece(point: Point, x0: float, width: float, y: float, size: float) -> list[Markup]:
    def at(value: float) -> float:
        return x0 + width * _clip(value) / 100

    ink = INK if point.used else RULE_STRONG
    parts: list[Markup] = []
    if point.value is None:
        if point.zone in ZONES:
            low, high = ZONES[point.zone]
            parts.append(
                line(at(low) + 2, y, at(high) - 2, y, stroke=ink, stroke_width=1.6,
                     stroke_dasharray="1.5 3", stroke_linecap="round")
            )  # fmt: skip
            parts.append(method_mark(point.method, at((low + high) / 2), y, size, ink))
        return parts
    if point.interval is not None:
        low, high = (at(v) for v in point.interval)
        tick = size * 0.3
        parts.append(line(low, y, high, y, stroke=ink, stroke_width=1.8))
        parts.append(
            path(
                f"M{num(low)} {num(y - tick)}v{num(2 * tick)}"
                f"M{num(high)} {num(y - tick)}v{num(2 * tick)}",
                stroke=ink,
                stroke_width=1.8,
            )
        )
    parts.append(method_mark(point.method, at(point.value), y, size, ink))
    return parts


def track(points: Sequence[Point], label: str, width: float = 96, row: float = 13) -> Markup:
    """The small picture in a cell of a matrix: one row per piece, low left, high right."""
    pad, height = 6.0, max(1, len(points)) * row + 2
    parts = _zones(pad, width - 2 * pad, 0, height)
    parts.insert(0, tag("rect", x=0, y=0, width=float(width), height=float(height), fill=ZONE))
    for i, point in enumerate(points):
        parts += _piece(point, pad, width - 2 * pad, 1 + row * (i + 0.5), row - 2)
    return drawing(parts, width, height, label, class_="track")


def axis(
    points: Sequence[Point],
    label: str,
    *,
    target: float | None,
    zone_words: tuple[str, str, str],
    width: float = 400,
) -> Markup:
    """All pieces of one cell on one axis, with the target as a pennant: distances are seen."""
    room, row, top = 136.0, 30.0, 16.0
    x0, span = room + 10, width - room - 20
    height = row * max(1, len(points))
    parts = [tag("rect", x=x0 - 8, y=top, width=span + 16, height=height, fill=ZONE)]
    parts += _zones(x0, span, top, height)
    if target is not None:
        x = x0 + span * _clip(target) / 100
        parts.append(line(x, top - 5, x, top + height, stroke=INDIGO, stroke_width=2.2,
                          stroke_dasharray="5 3"))  # fmt: skip
        parts.append(path(f"M{num(x - 6)} {num(top - 14)}h12l-6 10z", fill=INDIGO))
    for i, point in enumerate(points):
        y = top + row * (i + 0.5)
        code = f"{point.code} " if point.code else ""
        rows = wrapped(code + point.label, room, 11.5, lines=2)
        for j, words in enumerate(rows):
            lift = (j - (len(rows) - 1) / 2) * 12.5
            parts.append(text(0, y + 4 + lift, words, 11.5, fill=INK if point.used else INK_2))
        parts += _piece(point, x0, span, y, 18)
    for centre, words in zip((20, 50, 80), zone_words, strict=True):
        parts.append(
            text(x0 + span * centre / 100, top + height + 14, words, 12, text_anchor="middle",
                 fill=INK_2)
        )  # fmt: skip
    return drawing(parts, width, top + height + 19, label)


def bar(
    value: float, interval: Interval | None, label: str, *, sampled: bool, width: float = 150
) -> Markup:
    """A zero-based bar on 0-100: hatched if from a sample, solid if counted; dashed at half."""
    height, thick, pad = 18.0, 12.0, 4.0
    span, y = width - 2 * pad, 3.0
    fill_width = span * _clip(value) / 100
    parts = [tag("rect", x=pad, y=y, width=span, height=thick, fill=ZONE)]
    if not sampled:
        parts.append(tag("rect", x=pad, y=y, width=fill_width, height=thick, fill=INDIGO))
    elif fill_width > 0:
        parts.append(tag("rect", x=pad, y=y, width=fill_width, height=thick, fill=WHITE,
                         stroke=INDIGO, stroke_width=1.2))  # fmt: skip
        d, start = "", pad - thick + 3
        while start < pad + fill_width:  # strokes clipped by hand: clip paths print badly
            a, b = max(start, pad), min(start + thick, pad + fill_width)
            if b > a:
                foot = y + thick + start
                d += f"M{num(a)} {num(foot - a)}L{num(b)} {num(foot - b)}"
            start += 5
        parts.append(path(d, stroke=INDIGO, stroke_width=1.8))
    half = pad + span / 2
    parts.append(line(half, 0, half, height, stroke=INK_2, stroke_width=1, stroke_dasharray="2 2"))
    if interval is not None:
        low, high = (pad + span * _clip(v) / 100 for v in interval)
        middle = y + thick / 2
        whisker = f"M{num(low)} {num(middle)}H{num(high)}" + "".join(
            f"M{num(x)} {num(middle - 4.5)}v9" for x in (low, high)
        )
        parts.append(path(whisker, stroke=WHITE, stroke_width=4))
        parts.append(path(whisker, stroke=INK, stroke_width=1.8))
    return drawing(parts, width, height, label, class_="bar")


def waves(
    points: Sequence[tuple[str, float, Interval | None]], label: str, *, width: float = 190
) -> Markup:
    """One measure over the waves: older above and hollow, newest below and filled."""
    row, pad, room = 15.0, 8.0, 22.0
    span, height = width - room - 2 * pad, row * max(1, len(points)) + 2
    x0 = room + pad
    parts = [tag("rect", x=room, y=0, width=width - room, height=height, fill=ZONE)]
    parts += _zones(x0, span, 0, height)
    previous: tuple[float, float] | None = None
    for i, (name, value, interval) in enumerate(points):
        x, y = x0 + span * _clip(value) / 100, 1 + row * (i + 0.5)
        if previous is not None:
            parts.append(line(*previous, x, y, stroke=RULE_STRONG, stroke_width=1.2,
                              stroke_dasharray="2 2"))  # fmt: skip
        if interval is not None:
            low, high = (x0 + span * _clip(v) / 100 for v in interval)
            parts.append(line(low, y, high, y, stroke=INK, stroke_width=1.8))
        last = i == len(points) - 1
        parts.append(tag("circle", cx=x, cy=y, r=4.2, fill=INK if last else WHITE, stroke=INK,
                         stroke_width=1.8))  # fmt: skip
        parts.append(text(0, y + 4, name[:4], 12, fill=INK_2))
        previous = (x, y)
    return drawing(parts, width, height, label, class_="bar")


def mirror(
    predicted: float, measured: float | None, interval: Interval | None, label: str, *,
    width: float = 170,
) -> Markup:  # fmt: skip
    """Two mirrors: what was predicted (hollow diamond) and what was measured (filled circle)."""
    height, pad = 26.0, 8.0
    span, y = width - 2 * pad, 13.0

    def at(value: float) -> float:
        return pad + span * _clip(value) / 100

    parts = [tag("rect", x=0, y=0, width=float(width), height=height, fill=ZONE)]
    parts += _zones(pad, span, 0, height)
    if measured is not None:
        parts.append(line(at(predicted), y, at(measured), y, stroke=RULE_STRONG, stroke_width=1.2,
                          stroke_dasharray="2 2"))  # fmt: skip
        if interval is not None:
            parts.append(line(at(interval[0]), y, at(interval[1]), y, stroke=INK,
                              stroke_width=1.8))  # fmt: skip
        parts.append(tag("circle", cx=at(measured), cy=y, r=5, fill=INK, stroke=WHITE))
    x = at(predicted)
    parts.append(path(f"M{num(x)} {num(y - 7)}l7 7-7 7-7-7z", fill=WHITE, stroke=INK,
                      stroke_width=1.8))  # fmt: skip
    return drawing(parts, width, height, label, class_="bar")


def shares(resident: float, active: float | None, label: str, *, width: float = 130) -> Markup:
    """A group's share among residents (hollow) and among those who take part (filled)."""
    height, pad, y = 20.0, 7.0, 10.0
    span = width - 2 * pad
    parts = [tag("rect", x=0, y=7.5, width=float(width), height=5, fill=ZONE)]
    x = pad + span * _clip(resident) / 100
    if active is not None:
        x2 = pad + span * _clip(active) / 100
        parts.append(line(x, y, x2, y, stroke=INK, stroke_width=1.8))
        parts.append(tag("circle", cx=x2, cy=y, r=5, fill=INK, stroke=WHITE))
    parts.append(tag("circle", cx=x, cy=y, r=4.6, fill=WHITE, stroke=INK, stroke_width=1.8))
    return drawing(parts, width, height, label, class_="bar")


@dataclass(frozen=True, slots=True)
class Spoke:
    """One component on the web: its values and how far their ranges reach."""

    label: str
    values: tuple[float, ...]
    reach: Interval | None = None
    apart: bool = False


def web(spokes: Sequence[Spoke], label: str) -> Markup:
    """The capacity web: each spoke shows dots and span. Nothing is filled, nothing averaged."""
    width, height, radius, size = 360.0, 286.0, 88.0, 11.5
    cx, cy = width / 2, height / 2
    parts = [
        tag("circle", cx=cx, cy=cy, r=radius, fill=ZONE),
        tag("circle", cx=cx, cy=cy, r=radius * 0.6, fill=ZONE_MIDDLE, stroke=RULE_STRONG,
            stroke_width=0.8),
        tag("circle", cx=cx, cy=cy, r=radius * 0.4, fill=ZONE, stroke=RULE_STRONG,
            stroke_width=0.8),
    ]  # fmt: skip
    for i, spoke in enumerate(spokes):
        angle = 2 * math.pi * i / len(spokes) - math.pi / 2
        c, s = math.cos(angle), math.sin(angle)

        def at(value: float, c: float = c, s: float = s) -> tuple[float, float]:
            r = radius * _clip(value) / 100
            return cx + r * c, cy + r * s

        parts.append(line(cx, cy, *at(100), stroke=WHITE, stroke_width=1.4))
        if spoke.reach is not None:
            parts.append(line(*at(spoke.reach[0]), *at(spoke.reach[1]), stroke=INK_2,
                              stroke_width=1.2))  # fmt: skip
        if len(spoke.values) > 1:
            parts.append(
                line(*at(min(spoke.values)), *at(max(spoke.values)), stroke=INDIGO, stroke_width=3,
                     stroke_dasharray="3 2.5" if spoke.apart else None)
            )  # fmt: skip
        for value in spoke.values:
            x, y = at(value)
            parts.append(tag("circle", cx=x, cy=y, r=3.8, fill=INDIGO_DARK, stroke=WHITE,
                             stroke_width=1.2))  # fmt: skip
        anchor = "middle" if abs(c) < 0.2 else ("start" if c > 0 else "end")
        x, y = cx + (radius + 9) * c, cy + (radius + 11) * s
        room = width - x if anchor == "start" else (x if anchor == "end" else 140.0)
        rows = wrapped(spoke.label, room - 2, size)
        # Lines grow away from the circle: up at the top, down at the bottom, around the middle.
        lift = (len(rows) - 1) * size * 1.15
        first = y + size * 0.35 - lift * (1 - s) / 2
        for j, words in enumerate(rows):
            parts.append(
                text(x, first + j * size * 1.15, words, size, text_anchor=anchor,
                     fill=INK if spoke.values else INK_2,
                     font_weight="700" if spoke.apart else None)
            )  # fmt: skip
    return drawing(parts, width, height, label)


__all__ = [
    "Point", "Spoke", "axis", "bar", "mirror", "shares", "text_width", "track", "waves", "web",
]  # fmt: skip
