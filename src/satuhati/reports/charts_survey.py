"""Charts of survey rounds: answers to a question around its middle, a scale from round to round.

Pure as all charts: figures and ready words in, one labelled SVG out. Sides are told apart by
where they lie and by hatching, so that the picture is understood in grey print and by anybody who
sees colours otherwise; a table always stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from satuhati.core.results import Interval
from satuhati.reports.svg import (
    BROWN,
    INDIGO,
    INDIGO_DARK,
    INDIGO_PALE,
    INK,
    INK_2,
    RULE,
    RULE_STRONG,
    WHITE,
    ZONE,
    ZONE_MIDDLE,
    Markup,
    drawing,
    line,
    num,
    ornament,
    path,
    tag,
    text,
    text_width,
)

BROWN_PALE = "#F0DFCB"
WIDTH, PAD = 340.0, 4.0
BAR = 24.0
NEAR = 0.66


@dataclass(frozen=True, slots=True)
class Slice:
    """Steps ``first`` to ``last`` (0 … k - 1) told together: their share, and it in words."""

    first: int
    last: int
    share: float
    said: str


def tone(first: int, last: int, k: int) -> str:
    """How a part is filled: *low2 low1 middle high1 high2*, or *mixed* if it joins sides."""
    ends = [(2 * step - (k - 1)) / max(k - 1, 1) for step in range(first, last + 1)]
    sides = {(e > 0) - (e < 0) for e in ends}
    if len(sides) > 1:
        return "mixed"
    near = min(abs(e) for e in ends)
    if near == 0:
        return "middle"
    return ("low" if ends[0] < 0 else "high") + ("2" if near > NEAR else "1")


def reach(slices: Sequence[Slice], k: int) -> tuple[float, float]:
    """How far an answer's bar goes to the left and to the right of the middle, as shares."""
    left = 0.0
    total = sum(s.share for s in slices)
    for s in slices:
        each = s.share / (s.last - s.first + 1)
        for step in range(s.first, s.last + 1):
            twice = 2 * step - (k - 1)
            left += each if twice < 0 else each / 2 if twice == 0 else 0.0
    return left, total - left


def likert(
    slices: Sequence[Slice], k: int, label: str, *, extent: tuple[float, float] | None = None
) -> Markup:
    """Answers as a bar around the middle of the scale; parts that join sides lie over it.

    ``extent``: how far the longest bars of the page go, so that all share one middle line.
    """
    left, right = reach(slices, k)
    most_left, most_right = extent or (left, right)
    whole = max(most_left + most_right, 1e-9)
    span = WIDTH - 2 * PAD
    middle = PAD + span * most_left / whole
    x = middle - span * left / whole
    height = BAR + 8
    parts: list[Markup] = []
    for s in slices:
        width = span * s.share / whole
        if width <= 0:
            continue
        parts += _filled(x, 4.0, width, BAR, tone(s.first, s.last, k))
        if width >= text_width(s.said, 12) + 6:
            parts += _word(x + width / 2, 4 + BAR / 2, s.said, tone(s.first, s.last, k))
        x += width
    for start in (0.0, height - 4):  # beside the bar, so that it crosses no figure
        parts.append(line(middle, start, middle, start + 4, stroke=INK, stroke_width=1.6))
    return drawing(parts, WIDTH, height, label, class_="likert")


def swatch(first: int, last: int, k: int) -> Markup:
    """The filling of a step, for the legend."""
    return ornament(_filled(1, 1, 26, 16, tone(first, last, k)), 28, 18, class_="swatch")


def _filled(x: float, y: float, width: float, height: float, kind: str) -> list[Markup]:
    fill = {"low2": BROWN, "low1": BROWN_PALE, "middle": WHITE, "high1": INDIGO_PALE,
            "high2": INDIGO, "mixed": ZONE}[kind]  # fmt: skip
    edge = BROWN if kind.startswith("low") else INDIGO if kind.startswith("high") else RULE_STRONG
    parts = [
        tag("rect", x=x + 0.5, y=y, width=max(width - 1, 0.5), height=height, fill=fill,
            stroke=edge, stroke_width=1.0,
            stroke_dasharray="3 2" if kind == "mixed" else None)
    ]  # fmt: skip
    if kind.startswith("low"):
        parts.append(_hatch(x + 1, y, width - 2, height, WHITE if kind == "low2" else BROWN))
    return parts


def _hatch(x: float, y: float, width: float, height: float, ink: str) -> Markup:
    """Diagonal strokes, clipped by hand: clip paths print badly."""
    d, start = "", x - height + 4
    while start < x + width:
        a, b = max(start, x), min(start + height, x + width)
        if b > a:
            foot = y + height + start
            d += f"M{num(a)} {num(foot - a)}L{num(b)} {num(foot - b)}"
        start += 6
    return path(d, stroke=ink, stroke_width=1.0) if d else Markup("")


def _word(x: float, y: float, said: str, kind: str) -> list[Markup]:
    """The share in the bar; on hatching it gets a quiet ground."""
    width = text_width(said, 12) + 4
    ground = tag("rect", x=x - width / 2, y=y - 8.0, width=width, height=16.0, rx=3.0,
                 fill=BROWN if kind == "low2" else BROWN_PALE)  # fmt: skip
    ink = WHITE if kind in ("low2", "high2") else INK
    word = text(x, y + 4.2, said, 12, text_anchor="middle", fill=ink, font_weight="600")
    return [ground, word] if kind.startswith("low") else [word]


def pair(
    first: float, first_interval: Interval | None, second: float, second_interval: Interval | None,
    label: str, *, width: float = 220,
) -> Markup:  # fmt: skip
    """Two populations on one track: the first filled and above, the second hollow and below."""
    height, pad = 30.0, 8.0
    span = width - 2 * pad

    def at(value: float) -> float:
        return pad + span * min(100.0, max(0.0, value)) / 100

    parts = [
        tag("rect", x=0, y=0, width=float(width), height=height, fill=ZONE),
        tag("rect", x=at(40), y=0, width=at(60) - at(40), height=height, fill=ZONE_MIDDLE),
    ]
    for value, interval, y, fill in (
        (first, first_interval, 9.0, INK), (second, second_interval, 21.0, WHITE),
    ):  # fmt: skip
        if interval is not None:
            low, high = at(interval[0]), at(interval[1])
            d = f"M{num(low)} {num(y)}H{num(high)}"
            d += "".join(f"M{num(x)} {num(y - 4)}v8" for x in (low, high))
            parts.append(path(d, stroke=INK, stroke_width=1.8))
        parts.append(tag("circle", cx=at(value), cy=y, r=4.4, fill=fill, stroke=INK,
                         stroke_width=1.8))  # fmt: skip
    return drawing(parts, width, height, label, class_="pair-track")


@dataclass(frozen=True, slots=True)
class Stop:
    """A round on the way: its words below, the value and range, and the way to the next.

    ``link`` leads to the next stop: *sure*, *unsure*, or ``None`` where it must not be drawn.
    """

    words: tuple[str, ...]
    value: float
    interval: Interval | None
    link: str | None = None


def over_rounds(stops: Sequence[Stop], label: str, *, said: Sequence[str]) -> Markup:
    """A scale from round to round on 0-100: a full line where the change is sure, else dashed.

    ``said``: the value of each stop in words.
    """
    top, plot, left, right = 16.0, 120.0, 30.0, 12.0
    lines = max((len(s.words) for s in stops), default=1)
    height = top + plot + 8 + 14 * lines
    step = (WIDTH - left - right) / max(len(stops), 1)

    def x(i: int) -> float:
        return left + step * (i + 0.5)

    def y(value: float) -> float:
        return top + plot * (1 - min(100.0, max(0.0, value)) / 100)

    parts = [
        tag("rect", x=left, y=top, width=WIDTH - left - right, height=plot, fill=ZONE),
        tag("rect", x=left, y=y(60), width=WIDTH - left - right, height=y(40) - y(60),
            fill=ZONE_MIDDLE),
    ]  # fmt: skip
    for value in (0, 50, 100):
        parts.append(line(left, y(value), WIDTH - right, y(value), stroke=RULE, stroke_width=1))
        parts.append(text(left - 6, y(value) + 4, str(value), 11.5, fill=INK_2, text_anchor="end"))
    for i, stop in enumerate(stops[:-1]):
        if stop.link:
            parts.append(
                line(x(i), y(stop.value), x(i + 1), y(stops[i + 1].value), stroke=INDIGO,
                     stroke_width=2.6 if stop.link == "sure" else 1.6,
                     stroke_dasharray=None if stop.link == "sure" else "4 4")
            )  # fmt: skip
    for i, stop in enumerate(stops):
        if stop.interval is not None:
            low, high = y(stop.interval[0]), y(stop.interval[1])
            d = f"M{num(x(i))} {num(low)}V{num(high)}"
            d += "".join(f"M{num(x(i) - 5)} {num(end)}h10" for end in (low, high))
            parts.append(path(d, stroke=INK, stroke_width=1.8))
        fill = INDIGO_DARK if i == len(stops) - 1 else WHITE
        parts.append(
            tag("circle", cx=x(i), cy=y(stop.value), r=5.0, fill=fill, stroke=INK, stroke_width=1.8)
        )
        parts.append(text(x(i) + 10, y(stop.value) - 6, said[i], 13, font_weight="700"))
        for j, words in enumerate(stop.words):
            parts.append(text(x(i), top + plot + 16 + 14 * j, words, 11.5, fill=INK_2,
                              text_anchor="middle"))  # fmt: skip
    return drawing(parts, WIDTH, height, label)
