"""Pages of a meeting's photos, and its text for the national portal."""

from __future__ import annotations

import io
import zipfile

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from satuhati.text import Translator, translator
from satuhati.web.meetings.models import Meeting
from satuhati.web.meetings.queries import get_meeting_for
from satuhati.web.minutes.models import MeetingPhoto
from satuhati.web.minutes.photos import (
    EVENT,
    LARGEST_MB,
    MOST,
    SHEET,
    SIZE,
    TooManyPhotosError,
    add_photo,
    get_photos_for,
    place_of,
    remove_photo,
)
from satuhati.web.minutes.portal import get_portal_text_for
from satuhati.web.minutes.views import held
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.pictures import BadPhotoError, reencoded


def _meeting(request: HttpRequest, meeting: str) -> Meeting:
    found = get_meeting_for(request.who, meeting)
    if found is None:
        raise Http404
    return found


@page("meetings.edit")
def photos(request: HttpRequest, meeting: str) -> HttpResponse:
    """The signed sheet and the event: send photos, look at them, take them out."""
    who, t = request.who, translator(request.lang)
    found = _meeting(request, meeting)
    errors: list[str] = []
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        if kind not in MOST:
            raise Http404
        kept, errors = _taken(request, found, kind, t)
        if kept:
            messages.success(request, t.plural("{n} photo is kept.", "{n} photos are kept.", kept))
        if not errors:
            return redirect("photos", who.community.code, found.public_id)
    there = get_photos_for(who, found)
    context = {
        "meeting": found,
        "errors": errors,
        "parts": [
            (kind, [p for p in there if p.kind == kind], MOST[kind]) for kind in (SHEET, EVENT)
        ],
        "limit": LARGEST_MB,
    }
    return render(request, "minutes/photos.html", context, status=400 if errors else 200)


def _taken(
    request: HttpRequest, meeting: Meeting, kind: str, t: Translator
) -> tuple[int, list[str]]:
    """Keep what was sent; how many, and what was wrong with the others."""
    sent = request.FILES.getlist("photo")
    if not sent:
        return 0, [t("Please choose a photo.")]
    kept, errors = 0, []
    for one in sent[: sum(MOST.values())]:
        name = str(one.name or "")[:80]
        if one.size > LARGEST_MB * 1_000_000:
            errors.append(t("“{name}” is larger than {limit} MB.", name=name, limit=LARGEST_MB))
            continue
        try:
            add_photo(by=request.who, meeting=meeting, kind=kind,
                      picture=reencoded(one.read(), SIZE[kind]))  # fmt: skip
            kept += 1
        except BadPhotoError:
            errors.append(
                t("“{name}” cannot be read as a photo. Send a JPEG, PNG or WebP; a screenshot of "
                  "the photo will do.", name=name)
            )  # fmt: skip
        except TooManyPhotosError:
            errors.append(
                t("There is room for {n} of these; “{name}” was left out. Take one out first.",
                  n=MOST[kind], name=name)
            )  # fmt: skip
    return kept, errors


def _photo(request: HttpRequest, meeting: str, key: str) -> MeetingPhoto:
    found = _meeting(request, meeting)
    for photo in get_photos_for(request.who, found):
        if photo.key == key:
            return photo
    raise Http404


@page("meetings.view", methods=("GET",))
def photo(request: HttpRequest, meeting: str, key: str) -> HttpResponse:
    """A photo, for those who may see the meeting (the signed sheet: for keepers)."""
    found = _photo(request, meeting, key)
    place = place_of(request.who.community, found.key)
    if not place.is_file():
        raise Http404
    answer = FileResponse(place.open("rb"), content_type="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


@page("meetings.edit", methods=("POST",))
def remove(request: HttpRequest, meeting: str, key: str) -> HttpResponse:
    """Take a photo out."""
    found = _photo(request, meeting, key)
    remove_photo(by=request.who, photo=found)
    messages.success(request, translator(request.lang)("The photo is gone."))
    return redirect("photos", request.who.community.code, meeting)


@page("meetings.edit", methods=("GET",))
def portal(request: HttpRequest, meeting: str) -> HttpResponse:
    """The text for the national portal, to copy; its photos to download."""
    found = held(request, meeting)
    context = {
        "meeting": found,
        "text": get_portal_text_for(request.who, found),
        "photos": [p for p in get_photos_for(request.who, found) if p.kind == EVENT],
    }
    return render(request, "minutes/portal.html", context)


@page("meetings.edit", methods=("GET",))
def photos_zip(request: HttpRequest, meeting: str) -> HttpResponse:
    """The photos of the event in one file."""
    found = _meeting(request, meeting)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        n = 0
        for one in get_photos_for(request.who, found):
            place = place_of(request.who.community, one.key)
            if one.kind == EVENT and place.is_file():
                n += 1
                archive.write(place, f"foto-{found.date}-{n}.jpg")
    if not n:
        raise Http404
    packed.seek(0)
    return FileResponse(packed, as_attachment=True, filename=f"foto-{found.date}.zip",
                        content_type="application/zip")  # fmt: skip
