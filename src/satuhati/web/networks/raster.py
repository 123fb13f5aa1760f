"""Our own SVG as PNG: the few shapes that :mod:`satuhati.reports.svg` makes, drawn by Pillow.

So a picture on a page, in its SVG file and in its PNG is one and the same. What is not one of
these shapes raises: a picture with something missing would be worse than none.
"""

from __future__ import annotations

import io
import re
from importlib.resources import files
from typing import Any

from defusedxml.ElementTree import fromstring

SCALE = 4  # dots per unit of the drawing: 420 units give 1,680 dots
SMOOTH = 2  # drawn larger, then brought down: smooth edges
_POINT = re.compile(r"([ML])(-?[0-9.]+) (-?[0-9.]+)")


def to_png(svg: str, scale: int = SCALE) -> bytes:
    """PNG with a white ground of one of our drawings.

    Raises ``ValueError`` for an element or path that our charts of people and ties do not use.
    """
    from PIL import Image, ImageDraw  # of the extra ``web``; only this needs it

    root = fromstring(svg.encode(), forbid_dtd=True)
    _, _, width, height = (float(x) for x in root.get("viewBox", "").split())
    k = scale * SMOOTH
    image = Image.new("RGB", (round(width * k), round(height * k)), "white")
    draw = ImageDraw.Draw(image)
    for element in root.iter():
        _shape(draw, element, k)
    small = image.resize((round(width * scale), round(height * scale)), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _shape(draw: Any, element: Any, k: int) -> None:
    kind = element.tag.rpartition("}")[2]
    if kind in ("svg", "g", "title"):
        return
    fill, stroke = (
        None if value in (None, "none") else value
        for value in (element.get("fill"), element.get("stroke"))
    )
    wide = max(1, round(float(element.get("stroke-width", 1)) * k)) if stroke else 0

    def at(name: str) -> float:
        return float(element.get(name, 0)) * k

    if kind == "path":
        found = _POINT.findall(element.get("d", ""))
        if "".join(f"{a}{x} {y}" for a, x, y in found) != element.get("d") or len(found) != 2:
            raise ValueError(f"a path that is no line: {element.get('d')}")
        draw.line([(float(x) * k, float(y) * k) for _, x, y in found], fill=stroke, width=wide)
    elif kind == "circle":
        x, y, r = at("cx"), at("cy"), at("r") + wide / 2
        draw.ellipse((x - r, y - r, x + r, y + r), fill=fill, outline=stroke, width=wide)
    elif kind == "rect":
        x, y, w, h = at("x"), at("y"), at("width"), at("height")
        e = wide / 2
        draw.rectangle((x - e, y - e, x + w + e, y + h + e), fill=fill, outline=stroke, width=wide)
    elif kind == "polygon":
        points = [tuple(float(v) * k for v in p.split(",")) for p in element.get("points").split()]
        draw.polygon(points, fill=fill)
        if stroke:
            draw.line([*points, points[0], points[1]], fill=stroke, width=wide, joint="curve")
    elif kind == "text":
        font = _font(round(at("font-size")))
        place = (at("x"), at("y"))
        words = element.text or ""
        more = {"stroke_width": round(wide / 2), "stroke_fill": stroke} if stroke else {}
        draw.text(place, words, fill=fill, font=font, anchor="ls", **more)
    else:
        raise ValueError(f"an element that is not drawn here: {kind}")


def _font(size: int) -> Any:
    from PIL import ImageFont

    data = files("satuhati.reports").joinpath("fonts", "Roboto-Regular.woff2").read_bytes()
    return ImageFont.truetype(io.BytesIO(data), size)
