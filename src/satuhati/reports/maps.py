"""Pictures of people and time: the strip of meetings and the map of ties.

Pure: plain figures in, one labelled SVG out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from satuhati.reports.marks import sector_shape
from satuhati.reports.svg import (
    INDIGO_DARK,
    INK,
    INK_2,
    RULE,
    WHITE,
    YELLOW,
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


def calendar(
    years: Mapping[int, Sequence[Sequence[str]]], month_letters: Sequence[str], label: str
) -> Markup:
    """Tumpal triangles, a row per year and a place per month: held, cancelled, planned.

    ``years`` maps a year to twelve lists of meeting states. Several meetings in a month share
    its place; beyond three the third carries a plus.
    """
    room, cell, row, top = 40.0, 27.0, 30.0, 2.0
    width, height = room + 12 * cell, top + row * max(1, len(years)) + 16
    parts: list[Markup] = []
    for i, (year, months) in enumerate(years.items()):
        y = top + row * i
        parts.append(text(0, y + 21, str(year), 12, fill=INK_2))
        parts.append(line(room, y + 26, width, y + 26, stroke=RULE, stroke_width=1))
        for m, states in enumerate(months):
            shown = list(states[:3])
            if not shown:
                continue
            each = (cell - 3) / len(shown)
            for k, state in enumerate(shown):
                x = room + m * cell + 1.5 + k * each
                parts.append(_tumpal(x, y + 26, each, 23, state))
            if len(states) > 3:
                parts.append(text(room + (m + 1) * cell - 8, y + 8, "+", 12))
    for m, letter in enumerate(month_letters):
        parts.append(
            text(room + (m + 0.5) * cell, height - 3, letter, 12, text_anchor="middle", fill=INK_2)
        )
    return drawing(parts, width, height, label)


def _tumpal(x: float, base: float, width: float, height: float, state: str) -> Markup:
    style: dict[str, object] = {
        "held": {"fill": INDIGO_DARK, "stroke": INDIGO_DARK},
        "cancelled": {"fill": "none", "stroke": INK_2, "stroke_dasharray": "2.5 2.5"},
    }.get(state, {"fill": YELLOW, "stroke": INK})  # type: ignore[assignment]
    shape = path(
        f"M{num(x + 1)} {num(base)}L{num(x + width / 2)} {num(base - height)}"
        f"L{num(x + width - 1)} {num(base)}z",
        stroke_width=1.4, **style,
    )  # fmt: skip
    if state == "held" and width > 12:
        shape += path(f"M{num(x + width / 2)} {num(base - height / 2 - 2)}l3 4-3 4-3-4z",
                      fill=WHITE)  # fmt: skip
    return shape


def tumpal_icon(state: str) -> Markup:
    from satuhati.reports.svg import ornament

    return ornament([_tumpal(0, 17, 18, 15, state)], 18, 18, class_="mark")


@dataclass(frozen=True, slots=True)
class Node:
    """An actor to draw at (x, y) in the unit square; ``label`` only where it may be named.

    ``value`` sets the size; without it the degree does. ``ring`` marks a bridge. ``said`` is what
    a page's script tells of the actor.
    """

    x: float
    y: float
    degree: int
    sector: str | None
    label: str | None = None
    value: float | None = None
    ring: bool = False
    said: str | None = None

    @property
    def size(self) -> float:
        return max(0.0, float(self.degree if self.value is None else self.value))


@dataclass(frozen=True, slots=True)
class Key:
    """What a mark means: a line of the legend of a map that travels alone, as a file."""

    sector: str | None
    words: str
    hollow: bool = False
    ring: bool = False


def network_map(
    nodes: Sequence[Node], ties: Sequence[tuple[int, int, int]], label: str, *,
    live: bool = False, keys: Sequence[Key] = (), notes: Sequence[str] = (),
) -> Markup:  # fmt: skip
    """Actors by sector (shape and colour) and degree (size); ties thicker with kinds of exchange.

    ``ties`` are (node, node, kinds). A label is drawn only where it covers neither a node nor
    another label, of a ringed one also over other nodes; the table beside the map has them all.
    ``live`` marks nodes and ties for the page's script (``data-node``, ``data-tie``); it looks the
    same. ``keys`` and ``notes`` stand below, for a file, which has no page around it.
    """
    width, height, pad = 420.0, 340.0, 22.0
    crowd = math.sqrt(max(1.0, len(nodes) / 40))
    top = max((n.size for n in nodes), default=0) or 1

    def place(n: Node) -> tuple[float, float]:
        return pad + (width - 2 * pad) * n.x, pad + (height - 2 * pad) * n.y

    def size(n: Node) -> float:
        return (3.4 + 4.6 * math.sqrt(n.size / top)) / crowd

    parts: list[Markup] = []
    for a, b, kinds in ties:
        (x1, y1), (x2, y2) = place(nodes[a]), place(nodes[b])
        inside = nodes[a].sector == nodes[b].sector
        parts.append(
            line(x1, y1, x2, y2, stroke="#A8A59B" if inside else INK_2,
                 stroke_width=min(4.5, 0.7 + 0.9 * kinds) / crowd,
                 data_tie=f"{a} {b}" if live else None)
        )  # fmt: skip
    marks = [
        (x - r, y - r, x + r, y + r) for (x, y), r in ((place(n), size(n) * 1.2) for n in nodes)
    ]
    for i, n in sorted(enumerate(nodes), key=lambda pair: pair[1].size):
        x, y = place(n)
        shape = sector_shape(n.sector, x, y, size(n), hollow=n.degree == 0)
        if n.ring:
            shape = (
                tag("circle", cx=x, cy=y, r=size(n) * 1.75, fill=YELLOW, stroke=INK,
                    stroke_width=1.4 / crowd)
                + shape
            )  # fmt: skip
        parts.append(tag("g", shape, data_node=i, data_said=n.said) if live else shape)
    labels: list[Box] = []
    lines = [(*place(nodes[a]), *place(nodes[b])) for a, b, _ in ties] if len(ties) <= FEW else []
    # Names of those the picture points at come first, then the larger marks.
    for i, n in sorted(enumerate(nodes), key=lambda pair: (not pair[1].ring, -pair[1].size)):
        if not n.label:
            continue
        words = n.label if len(n.label) <= 26 else n.label[:25] + "…"
        x, y = place(n)
        away = size(n) * (1.9 if n.ring else 1.3) + 3
        wide = text_width(words, 11.5)
        free = _places(x, y, away, wide, labels, width, height)
        if not n.ring:  # whom the picture is about is named, even over other marks
            free = [box for box in free if not any(_overlap(box, mark) for mark in marks)]
        if free:
            # The first of those that cover the fewest marks, then a line or none.
            box = min(free, key=lambda box: (
                sum(_overlap(box, mark) for mark in marks),
                any(_crosses(box, one) for one in lines),
            ))  # fmt: skip
            labels.append(box)
            own = i if live else None
            parts.append(
                text(box[0], box[3] - 3.2, words, 11.5, stroke=WHITE, stroke_width=2.6,
                     stroke_linejoin="round", aria_hidden="true" if live else None,
                     data_label=own)
            )  # fmt: skip
            parts.append(text(box[0], box[3] - 3.2, words, 11.5, data_label=own))
    below, height = _legend(keys, notes, width, height)
    return drawing([*parts, *below], width, height, label)


def _legend(
    keys: Sequence[Key], notes: Sequence[str], width: float, top: float
) -> tuple[list[Markup], float]:
    """Keys side by side, then notes, from ``top`` on; and the height of all."""
    parts: list[Markup] = []
    x, y, side, size = 8.0, top, 8.0, 10.0
    if keys:
        y += 12
    for key in keys:
        wide = 16 + text_width(key.words, size) + 10
        if x > side and x + wide > width:
            x, y = side, y + 17
        if key.ring:
            parts.append(tag("circle", cx=x + 5.0, cy=y - 3.5, r=5.5, fill=YELLOW, stroke=INK,
                             stroke_width=1.4))  # fmt: skip
        parts.append(sector_shape(key.sector, x + 5, y - 3.5, 3.2 if key.ring else 4.5,
                                  hollow=key.hollow))  # fmt: skip
        parts.append(text(x + 14, y, key.words, size))
        x += wide
    y += 3 if keys and notes else 0
    for note in notes:
        for row in wrapped(note, width - 2 * side, 9.0, 4):
            y += 14
            parts.append(text(side, y, row, 9.0, fill=INK_2))
    return parts, y + 8 if parts else top


FEW = 400
"""Ties of which labels keep clear; among more there is no clear place."""
Box = tuple[float, float, float, float]


def _places(
    x: float, y: float, away: float, wide: float, taken: Sequence[Box], width: float,
    height: float,
) -> list[Box]:  # fmt: skip
    """Those of eight places round a node where a label fits beside what is taken, best first."""
    tall = 14.0
    left, right, centre = x - away - wide, x + away, x - wide / 2
    middle, above, below = y - tall / 2, y - away - tall, y + away
    boxes = [
        (x0, y0, x0 + wide, y0 + tall) for x0, y0 in (
            (right, middle), (left, middle), (centre, above), (centre, below),
            (right, above + 6), (left, above + 6), (right, below - 6), (left, below - 6),
        )
    ]  # fmt: skip
    return [
        box for box in boxes
        if box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
        and not any(_overlap(box, other) for other in taken)
    ]  # fmt: skip


def _overlap(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def _crosses(box: Box, line: Box) -> bool:
    """Whether a straight line passes through a box (Liang & Barsky 1984)."""
    x1, y1, x2, y2 = line
    if max(x1, x2) < box[0] or min(x1, x2) > box[2] or max(y1, y2) < box[1] or min(y1, y2) > box[3]:
        return False
    start, end = 0.0, 1.0
    for step, room in (
        (x1 - x2, x1 - box[0]), (x2 - x1, box[2] - x1),
        (y1 - y2, y1 - box[1]), (y2 - y1, box[3] - y1),
    ):  # fmt: skip
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            start = max(start, room / step)
        else:
            end = min(end, room / step)
    return start <= end
