"""The marks: methods, verdicts, lamps, sectors, the hem. Shape carries the meaning, never colour.

They are the identity of Satu Hati, drawn after cloth: strands that join or part, tumpal
triangles, a woven heart. Each function returns a piece of SVG centred on (x, y).
"""

from __future__ import annotations

import math

from satuhati.reports.svg import (
    BROWN,
    GREEN,
    INDIGO,
    INDIGO_DARK,
    INK,
    INK_2,
    RED,
    WHITE,
    YELLOW,
    Markup,
    join,
    num,
    ornament,
    path,
    tag,
)

_QUOTES = (
    "M-4.2-.2c0-2 .9-3.2 2.8-3.8l.4 1c-.9.3-1.3.8-1.4 1.3h1.2v2.4h-3zM1.2-.2C1.2-2.2 2.1-3.4 4-4"
    "l.4 1c-.9.3-1.3.8-1.4 1.3h1.2v2.4h-3z"
)

SECTOR_COLOURS = {
    "pokja": INDIGO_DARK,
    "warga": RED,
    "pemerintah": INDIGO,
    "swasta": BROWN,
    "lembaga": GREEN,
}


def _method_parts(method: str, ink: str) -> Markup:
    if method == "survey":
        return tag("circle", r=6, fill=WHITE, stroke=ink, stroke_width=2.2) + tag(
            "circle", r=2.5, fill=ink
        )
    if method == "behaviour":
        return path("M0-6.6 7 5.8H-7z", fill=ink, stroke=WHITE, stroke_width=1)
    if method == "network":
        return (
            path("M-4 4 4-4", stroke=WHITE, stroke_width=5)
            + path("M-4 4 4-4", stroke=ink, stroke_width=2.4)
            + tag("circle", cx=-4, cy=4, r=3.2, fill=ink)
            + tag("circle", cx=4, cy=-4, r=3.2, fill=ink)
        )
    if method == "fieldnotes":
        return path(
            "M-7.4-6.4H7.4V4.2H0L-3.6 7.8V4.2H-7.4z", fill=ink, stroke=WHITE, stroke_width=0.8
        ) + path(_QUOTES, fill=WHITE)
    if method == "documents":
        return path("M-5.5-7H2L5.5-3.5V7h-11z", fill=WHITE, stroke=ink, stroke_width=1.9) + path(
            "M-2.6-.8h5.2M-2.6 3h5.2", stroke=ink, stroke_width=1.7
        )
    if method == "indicator":
        return path("M-7 7V1h3.8v6zM-1.9 7v-9h3.8v9zM3.2 7V-7H7V7z", fill=ink)
    return tag("circle", r=5, fill=WHITE, stroke=ink, stroke_width=2)


def method_mark(method: str, x: float, y: float, size: float = 16, ink: str = INK) -> Markup:
    """The mark of a way of knowing, centred on (x, y)."""
    scale = f" scale({num(size / 16)})" if size != 16 else ""
    return tag("g", _method_parts(method, ink), transform=f"translate({num(x)} {num(y)}){scale}")


def method_icon(method: str, size: float = 18) -> Markup:
    return ornament([method_mark(method, size / 2, size / 2, size)], size, size, class_="mark")


_STRANDS = {
    "agreement": "M1 3C8 3 8 8 14 8h9M1 8h22M1 13c7 0 7-5 13-5",
    "partial agreement": "M1 3c7 0 7 3 13 3h9M1 9c7 0 7-3 13-3M1 14h22",
    "silence": "M1 8h22",
    "dissonance": "M1 8h6c6 0 5-5 11-5h4M1 8h6c6 0 5 5 11 5h4"
    "M19 .4 22.5 3 19 5.6M19 10.4 22.5 13 19 15.6",
    "no evidence": "M1 8h22",
}


def verdict_glyph(verdict: str, width: float = 24) -> Markup:
    """Strands: joined (agreement), joined in part, one alone, parting (dissonance), dashed."""
    missing = verdict == "no evidence"
    shape = path(
        _STRANDS.get(verdict, _STRANDS["no evidence"]),
        stroke=INK_2 if missing or verdict == "silence" else INK,
        stroke_width=2.2,
        stroke_dasharray="3 3.5" if missing else None,
    )
    return ornament([shape], 24, 16, class_="strands", shown=width)


def lamp(state: str, size: float = 40) -> Markup:
    """Bright: full disc, eight rays; dim: half, four; unlit: dashed ring; unknown: a question."""
    rays = {"bright": 8, "dim": 4}.get(state, 0)
    parts = []
    if state == "bright":
        parts.append(tag("circle", cx=24, cy=24, r=12.5, fill=YELLOW))
    elif state == "dim":
        parts.append(path("M11.5 24a12.5 12.5 0 0 0 25 0z", fill=YELLOW))
    parts.append(
        tag(
            "circle",
            cx=24,
            cy=24,
            r=12.5,
            fill="none",
            stroke=INK,
            stroke_width=2.2,
            stroke_dasharray=None if rays else "4 3.85",
        )
    )
    if rays:
        d = ""
        for i in range(rays):
            a = 2 * math.pi * i / rays - math.pi / 2
            d += (
                f"M{num(24 + 17 * math.cos(a))} {num(24 + 17 * math.sin(a))}"
                f"L{num(24 + 22 * math.cos(a))} {num(24 + 22 * math.sin(a))}"
            )
        parts.append(path(d, stroke=INK, stroke_width=2.4, stroke_linecap="round"))
    if state == "unknown":
        parts.append(
            path(
                "M20.5 21.5a3.5 3.5 0 1 1 5.2 3c-1.2.7-1.7 1.3-1.7 2.7M24 30.2v.2",
                stroke=INK,
                stroke_width=2.2,
                stroke_linecap="round",
            )
        )
    return ornament(parts, 48, 48, class_="lamp", shown=size)


def sector_shape(
    sector: str | None, x: float, y: float, r: float, *, hollow: bool = False
) -> Markup:
    """Five sectors by shape and colour: pentagon, circle, square, diamond, triangle.

    Hollow means not tied to anyone. An actor of no sector is a small cross.
    """
    colour = SECTOR_COLOURS.get(sector or "", INK_2)
    style: dict[str, object] = {
        "fill": WHITE if hollow else colour,
        "stroke": colour if hollow else WHITE,
        "stroke_width": 2.0 if hollow else 1.2,
    }
    if sector == "warga":
        return tag("circle", cx=float(x), cy=float(y), r=float(r), **style)
    if sector == "pemerintah":
        q = r * 0.9
        return tag(
            "rect", x=float(x - q), y=float(y - q), width=float(2 * q), height=float(2 * q), **style
        )
    if sector == "swasta":
        q = r * 1.25
        points = [(x, y - q), (x + q, y), (x, y + q), (x - q, y)]
    elif sector == "lembaga":
        q = r * 1.25
        points = [(x, y - q), (x + q, y + q * 0.8), (x - q, y + q * 0.8)]
    elif sector == "pokja":
        q = r * 1.12
        angles = [math.radians(-90 + 72 * i) for i in range(5)]
        points = [(x + q * math.cos(a), y + q * math.sin(a)) for a in angles]
    else:
        q, arm = r * 1.1, r * 0.4
        corners = [(arm, q), (arm, arm), (q, arm), (q, -arm), (arm, -arm), (arm, -q)]
        half = [(x + a, y + b) for a, b in corners]
        points = half + [(2 * x - a, 2 * y - b) for a, b in half]
    return tag("polygon", points=" ".join(f"{num(a)},{num(b)}" for a, b in points), **style)


def sector_icon(sector: str | None, size: float = 16, *, hollow: bool = False) -> Markup:
    middle = size / 2
    return ornament(
        [sector_shape(sector, middle, middle, size * 0.34, hollow=hollow)],
        size,
        size,
        class_="mark",
    )


def heart(size: float = 40) -> Markup:
    """The woven heart: red and white strips of a ketupat."""
    strips = join(
        path(
            f"M{num(5.6 * i)} {num(5.6 * j)}h5.6v5.6h-5.6z",
            fill=RED if (i + j) % 2 == 0 else WHITE,
        )
        for i in range(3)
        for j in range(3)
    )
    shape = (
        path(
            "M0 0A8.4 8.4 0 0 1 16.8 0V16.8H0A8.4 8.4 0 0 1 0 0z",
            fill=WHITE, stroke=INK, stroke_width=2.4, stroke_linejoin="round",
        )
        + path("M0 0A8.4 8.4 0 0 1 16.8 0z", fill=RED)
        + strips
    )  # fmt: skip
    woven = [tag("g", shape, transform="translate(18 9.3) rotate(45)")]
    return ornament(woven, 36, 36, class_="heart", shown=size)


def hem(width: int = 1440) -> Markup:
    """The tumpal hem, drawn tooth by tooth (background tiles blur in a PDF)."""
    teeth = "".join(f"M{x} 6h18l-9 9z" for x in range(0, width, 18))
    seeds = "".join(f"M{x + 9} 7.2l2.6 2.6-2.6 2.6-2.6-2.6z" for x in range(0, width, 18))
    return tag(
        "svg",
        path(f"M0 0h{width}v6.5H0z{teeth}", fill=INDIGO_DARK) + path(seeds, fill=YELLOW),
        xmlns="http://www.w3.org/2000/svg",
        class_="hem",
        viewBox=f"0 0 {width} 16",
        width=str(width),
        height="16",
        preserveAspectRatio="xMinYMin slice",
        aria_hidden="true",
    )
