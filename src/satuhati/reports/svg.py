"""The few SVG primitives every mark and chart is built from. Pure text in, Markup out.

Shapes are drawn inline at their place, never through ``<use>``: one piece of SVG then means the
same in a browser, in WeasyPrint and when copied out of the page alone.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

INK, INK_2 = "#141B33", "#434B66"
INDIGO, INDIGO_DARK, INDIGO_PALE = "#25408F", "#16264F", "#E6EBF7"
RED, BROWN, GREEN, YELLOW = "#A01F3A", "#7A4A1E", "#1C6347", "#F5B82E"
RULE, RULE_STRONG = "#D8D5CC", "#777469"
ZONE, ZONE_MIDDLE, WHITE = "#E2DFD7", "#F3F2EF", "#FFFFFF"

GLYPH_WIDTH = 0.56  # mean advance of the evidence typeface, in ems; generous, so labels never touch


class Markup(str):
    """Text that is markup already. Jinja2 knows it by ``__html__``; all else is escaped.

    Our own few lines, so that charts need none of the report's optional parts.
    """

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)

    def __add__(self, other: str) -> Markup:
        return Markup(str(self) + escape(other))


def escape(value: object) -> str:
    """Safe inside an element and inside quotes; markup is left as it is."""
    return str(value) if isinstance(value, Markup) else html.escape(str(value), quote=True)


def num(value: float) -> str:
    """A coordinate with at most two decimals and no trailing zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def tag(name: str, content: str | Markup = "", /, **attributes: object) -> Markup:
    """An element; ``stroke_width`` becomes ``stroke-width``; attributes that are None are left."""
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="'
        f'{escape(num(value) if isinstance(value, float) else value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if content:
        return Markup(f"<{name}{pairs}>{escape(content)}</{name}>")
    return Markup(f"<{name}{pairs}/>")


def join(parts: Iterable[Markup]) -> Markup:
    return Markup("".join(parts))


def path(d: str, **attributes: object) -> Markup:
    return tag("path", d=d, **{"fill": "none", **attributes})


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> Markup:
    d = f"M{num(x1)} {num(y1)}L{num(x2)} {num(y2)}"
    return path(d, **{"stroke": INK, "stroke_width": 1.6, **attributes})


def text(x: float, y: float, words: str, size: float = 12, **attributes: object) -> Markup:
    return tag("text", words, x=float(x), y=float(y), font_size=float(size), **{
        "fill": INK, "font_family": "'Satu Hati Sans', Roboto, sans-serif", **attributes,
    })  # fmt: skip


def drawing(
    parts: Iterable[Markup], width: float, height: float, label: str, *, class_: str = "chart"
) -> Markup:
    """A picture with its words: ``role=img`` and a label that says what is to be seen."""
    return tag(
        "svg",
        join(parts) or tag("g"),
        xmlns="http://www.w3.org/2000/svg",
        class_=class_,
        viewBox=f"0 0 {num(width)} {num(height)}",
        width=num(width),
        height=num(height),
        role="img",
        aria_label=label,
    )


def ornament(
    parts: Iterable[Markup],
    width: float,
    height: float,
    *,
    class_: str,
    shown: float | None = None,
) -> Markup:
    """A picture that only repeats the word beside it: hidden from screen readers.

    ``shown`` is the width it takes on the page, if not that of its own coordinates.
    """
    scale = 1.0 if shown is None else shown / width
    return tag(
        "svg",
        join(parts) or tag("g"),
        xmlns="http://www.w3.org/2000/svg",
        class_=class_,
        viewBox=f"0 0 {num(width)} {num(height)}",
        width=num(width * scale),
        height=num(height * scale),
        aria_hidden="true",
    )


def text_width(words: str, size: float = 12) -> float:
    """Roughly how wide words are; wide enough to keep labels apart."""
    return len(words) * size * GLYPH_WIDTH


def wrapped(words: str, room: float, size: float = 12, lines: int = 2) -> list[str]:
    """Words in at most ``lines`` lines that fit ``room``; the last is cut with an ellipsis."""
    limit = max(1, int(room / (size * GLYPH_WIDTH)))
    out: list[str] = []
    left = words.split()
    while left and len(out) < lines:
        row = left.pop(0)
        while left and len(row) + 1 + len(left[0]) <= limit:
            row += " " + left.pop(0)
        out.append(row)
    if left:
        out[-1] += " " + " ".join(left)
    return [row if len(row) <= limit else row[: max(1, limit - 1)].rstrip() + "…" for row in out]
