"""Photos of a meeting, drawn anew before they are kept (:mod:`satuhati.web.tenancy.pictures`)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.meetings.models import Meeting
from satuhati.web.minutes.models import MeetingPhoto
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.pictures import READABLE, SEEN, Picture
from satuhati.web.tenancy.who import Who

SHEET, EVENT = "sheet", "event"
MOST = {SHEET: 3, EVENT: 5}
"""Pages of a signed sheet; photos of the event, as many as the national portal takes."""
SIZE = {SHEET: READABLE, EVENT: SEEN}
LARGEST_MB = 15


class TooManyPhotosError(Exception):
    """The meeting has as many as it may have."""


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
