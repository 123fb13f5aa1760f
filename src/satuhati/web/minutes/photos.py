"""Photos of a meeting: re-encoded before they are kept, so that nothing but the picture stays.

Where and when a phone took a photo, and with which phone, is in its EXIF data; none of it is kept.
"""

from __future__ import annotations

import io
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.meetings.models import Meeting
from satuhati.web.minutes.models import MeetingPhoto
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

SHEET, EVENT = "sheet", "event"
MOST = {SHEET: 3, EVENT: 5}
"""Pages of a signed sheet; photos of the event, as many as the national portal takes."""
SIDE = {SHEET: 2400, EVENT: 1600}
"""The longer side in pixels: names on a sheet must stay readable."""
LARGEST_MB = 15
MOST_PIXELS = 80_000_000
MOST_WHOLE = 25_000_000
"""A JPEG is read at the size needed; what has to be read whole may hold fewer pixels."""
KEPT_BYTES = {SHEET: 1_500_000, EVENT: 700_000}
QUALITIES = (85, 75, 65, 50, 35)
FORMATS = ("JPEG", "PNG", "WEBP")


class BadPhotoError(Exception):
    """The file is no photo that can be read."""


class TooManyPhotosError(Exception):
    """The meeting has as many as it may have."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo fit to be kept: a JPEG without anything but the picture."""

    content: bytes
    width: int
    height: int


def reencoded(content: bytes, kind: str) -> Picture:
    """A photo turned upright, made smaller, and stripped. Raises :class:`BadPhotoError` alone."""
    from PIL import Image, ImageOps  # decoders: loaded when the first photo comes

    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            most = MOST_PIXELS if opened.format == "JPEG" else MOST_WHOLE
            if opened.width * opened.height > most:
                raise BadPhotoError
            opened.draft("RGB", (SIDE[kind], SIDE[kind]))  # a JPEG is read at the size needed
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((SIDE[kind], SIDE[kind]))
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
        if out.tell() <= KEPT_BYTES[kind]:
            break
    return Picture(out.getvalue(), flat.width, flat.height)


def place_of(community: Community, key: str) -> Path:
    """Where a photo lies: among the uploads, so that a backup holds it."""
    return Path(settings.UPLOADS) / "photos" / str(community.pk) / f"{key}.jpg"


@action("photo.add", "meetings.edit", data=False)
def add_photo(*, by: Who, meeting: Meeting, kind: str, picture: Picture) -> Outcome[MeetingPhoto]:
    """Keep a photo. Raises :class:`TooManyPhotosError`."""
    assert by.community is not None
    Meeting.objects.select_for_update().get(pk=meeting.pk)  # of two at once, one after the other
    there = MeetingPhoto.objects.filter(meeting=meeting.public_id, kind=kind).count()
    if there >= MOST[kind]:
        raise TooManyPhotosError
    key = secrets.token_hex(16)
    place = place_of(by.community, key)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = place.with_suffix(".part")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(picture.content)
    temporary.rename(place)
    try:
        made: MeetingPhoto = MeetingPhoto.objects.create(
            community=by.community,
            meeting=meeting.public_id,
            kind=kind,
            key=key,
            width=picture.width,
            height=picture.height,
            size=len(picture.content),
            added_by=by.user,
        )
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    return Outcome(made, "photos", meeting.public_id, {"rows": 1})


@action("photo.remove", "meetings.edit", data=False)
def remove_photo(*, by: Who, photo: MeetingPhoto) -> Outcome[None]:
    """Take a photo out for good, with its file."""
    assert by.community is not None
    place = place_of(by.community, photo.key)
    meeting = photo.meeting
    photo.delete()
    transaction.on_commit(lambda: place.unlink(missing_ok=True))
    return Outcome(None, "photos", meeting, {"rows": 1})


def get_photos_for(who: Who, meeting: Meeting) -> list[MeetingPhoto]:
    """The photos of a meeting that this reader may see; a signed sheet is for keepers alone."""
    found = MeetingPhoto.objects.filter(meeting=meeting.public_id)
    if not who.may("meetings.edit"):
        found = found.filter(kind=EVENT)
    return list(found.order_by("kind", "pk"))
