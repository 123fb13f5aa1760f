"""Charts of attendance over time: how long members keep coming, and how evenly they come."""

from __future__ import annotations

from collections.abc import Sequence

from satuhati.reports.svg import (
    INDIGO,
    INDIGO_PALE,
    INK_2,
    RULE,
    RULE_STRONG,
    Markup,
    drawing,
    line,
    num,
    path,
    tag,
    text,
)

Curve = Sequence[Sequence[float | None]]
WIDTH, LEFT, RIGHT, TOP, PLOT = 340.0, 44.0, 12.0, 10.0, 150.0
SMALL = 11.5


def _frame(percents: Sequence[str]) -> list[Markup]:
    """Three faint lines with their words: none, half, all."""
    parts = []
    for share, word in zip((0.0, 0.5, 1.0), percents, strict=True):
        y = TOP + PLOT * (1 - share)
        parts.append(line(LEFT, y, WIDTH - RIGHT, y, stroke=RULE if share else RULE_STRONG,
                          stroke_width=1.0))  # fmt: skip
        parts.append(text(LEFT - 6, y + 4, word, SMALL, fill=INK_2, text_anchor="end"))
    return parts


def staying(
    curve: Curve,
    longest: int,
    at_risk: Sequence[Sequence[int]],
    label: str,
    *,
    axis: str,
    risk: str,
    percents: Sequence[str] = ("0 %", "50 %", "100 %"),
) -> Markup:
    """The Kaplan–Meier step curve with its interval as a band, and the number at risk below.

    ``curve``: (time, share, lower, upper) at each event, shares 0–1; ``at_risk``: (time, members).
    ``axis`` and ``risk`` are the words of the time axis and of the row of numbers.
    """
    span = WIDTH - LEFT - RIGHT

    def x(time: float) -> float:
        return LEFT + span * (time / longest if longest else 0)

    def y(share: float) -> float:
        return TOP + PLOT * (1 - share)

    parts = _frame(percents)
    ends = [*(float(c[0] or 0) for c in curve[1:]), float(longest)]
    for one, end in zip(curve, ends, strict=False):
        start, _, low, high = one
        if low is not None and high is not None and end > float(start or 0):
            parts.append(
                tag("rect", x=x(float(start or 0)), y=y(high),
                    width=x(end) - x(float(start or 0)), height=y(low) - y(high),
                    fill=INDIGO_PALE)
            )  # fmt: skip
    d, now = f"M{num(x(0))} {num(y(1))}", 1.0
    for time, share, *_ in curve:
        d += f"H{num(x(float(time or 0)))}V{num(y(float(share or 0)))}"
        now = float(share or 0)
    d += f"H{num(x(longest))}"
    parts.append(path(d, stroke=INDIGO, stroke_width=2.6))
    if now == 1.0 and not curve:
        parts.append(tag("circle", cx=x(longest), cy=y(1), r=4, fill=INDIGO))
    bottom = TOP + PLOT
    for time, n in at_risk:
        parts.append(line(x(time), bottom, x(time), bottom + 4, stroke=RULE_STRONG))
        parts.append(text(x(time), bottom + 17, str(time), SMALL, fill=INK_2, text_anchor="middle"))
        parts.append(text(x(time), bottom + 52, str(n), SMALL, text_anchor="middle"))
    parts.append(text(LEFT, bottom + 33, axis, SMALL, fill=INK_2))
    parts.append(text(LEFT, bottom + 68, risk, SMALL, fill=INK_2))
    return drawing(parts, WIDTH, bottom + 74, label)


def lorenz(points: Sequence[Sequence[float]], label: str, *, axis: str) -> Markup:
    """The Lorenz curve against the diagonal of perfect evenness; ``points`` are shares 0–1."""
    size = 190.0

    def at(a: float, b: float) -> str:
        return f"{num(8 + size * a)} {num(8 + size * (1 - b))}"

    area = "L".join(at(a, b) for a, b in points)
    parts = [
        tag("rect", x=8.0, y=8.0, width=size, height=size, fill="none", stroke=RULE),
        path(f"M{area}Z", fill=INDIGO_PALE),
        path(f"M{at(0, 0)}L{at(1, 1)}", stroke=RULE_STRONG, stroke_width=1.4,
             stroke_dasharray="4 3"),
        path(f"M{area}", stroke=INDIGO, stroke_width=2.6),
        text(8, 8 + size + 16, axis, SMALL, fill=INK_2),
    ]  # fmt: skip
    return drawing(parts, size + 16, size + 30, label)
