"""Pictures that people send: drawn anew before they are kept, so that nothing else stays.

Where and when a phone took a photo, and with which phone, is in its EXIF data; none of it is kept.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

MOST_PIXELS = 80_000_000
MOST_WHOLE = 25_000_000
"""A JPEG is read at the size needed; what has to be read whole may hold fewer pixels."""
QUALITIES = (85, 75, 65, 50, 35)
FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True, slots=True)
class Size:
    """The longer side in pixels, and about how many bytes a picture may take."""

    side: int
    kept: int


READABLE = Size(2400, 1_500_000)
"""Names on a signed sheet, and the text of a decree, must stay readable."""
SEEN = Size(1600, 700_000)
"""For looking at."""


class BadPhotoError(Exception):
    """The file is no photo that can be read."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo fit to be kept: a JPEG without anything but the picture."""

    content: bytes
    width: int
    height: int


def reencoded(content: bytes, size: Size) -> Picture:
    """A photo turned upright, made smaller, and stripped. Raises :class:`BadPhotoError` alone."""
    from PIL import Image, ImageOps  # decoders: loaded when the first photo comes

    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            most = MOST_PIXELS if opened.format == "JPEG" else MOST_WHOLE
            if opened.width * opened.height > most:
                raise BadPhotoError
            opened.draft("RGB", (size.side, size.side))  # a JPEG is read at the size needed
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((size.side, size.side))
            flat = Image.new("RGB", upright.size, "white")
            if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
                whole = upright.convert("RGBA")
                flat.paste(whole, mask=whole.getchannel("A"))
            else:
                flat.paste(upright.convert("RGB"))
    except Exception as error:  # decoders meet damaged files with errors of every kind
        raise BadPhotoError from error
    for quality in QUALITIES:
        out = io.BytesIO()
        # A new picture has neither EXIF nor GPS, nor a profile or comment.
        flat.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= size.kept:
            break
    return Picture(out.getvalue(), flat.width, flat.height)
