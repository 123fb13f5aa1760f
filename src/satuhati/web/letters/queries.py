"""Reads of letters, and the letter that a meeting would get."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from satuhati.reports.papers.blocks import Signature
from satuhati.web.letters.models import Letter, LetterSettings
from satuhati.web.letters.numbers import USUAL, numbered
from satuhati.web.meetings.models import Meeting
from satuhati.web.register.queries import holding
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

SEEN = "Mengetahui,"
HEAD_OF_VILLAGE = "Lurah/Kepala Desa"
OPENING = (
    "Dengan hormat, sehubungan dengan pelaksanaan kegiatan Kampung Keluarga Berkualitas, kami "
    "mengundang Bapak/Ibu untuk hadir pada:"
)
CLOSING = (
    "Mengingat pentingnya acara tersebut, kami mengharapkan kehadiran Bapak/Ibu tepat waktu. "
    "Apabila berhalangan, mohon memberi kabar atau menugaskan wakil. Atas perhatian dan kehadiran "
    "Bapak/Ibu, kami ucapkan terima kasih."
)
ORDER = "Pembukaan\nPembahasan agenda\nPembagian tugas\nPenutup dan doa"


def group_name(community: Community) -> str:
    """The working group's full name; *Pokja* alone could also be a PKK Pokja."""
    name = community.name.strip()
    low = name.casefold()
    if "pokja" in low:
        return name
    return f"Pokja {name}" if low.startswith("kampung kb") else f"Pokja Kampung KB {name}"


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of what was typed, without empty ones."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


def get_letter_settings_for(who: Who) -> LetterSettings:
    """What the letters of the community share; a row not yet saved holds what is usual."""
    found: LetterSettings | None = LetterSettings.objects.filter(community=who.community).first()
    if found is not None:
        return found
    community = who.community
    assert community is not None
    return LetterSettings(
        community=community,
        head=group_name(community),
        address=(community.place or "")[:300],
        number_format=USUAL,
        order=ORDER,
        opening=OPENING,
        closing=CLOSING,
    )


@dataclass(frozen=True, slots=True)
class Signers:
    """Who signs on a day, and who is shown to have seen it."""

    signer: Signature
    seen: Signature | None


def get_signers_for(who: Who, settings: LetterSettings, day: dt.date) -> Signers:
    """Who signs: as set, otherwise who holds the post of chair (of patron) on that day."""
    assert who.community is not None
    held: dict[str, tuple[str, str]] = {}
    terms = holding(day).filter(post__kind__in=("chair", "patron")).order_by("pk")
    for post, kind, name in terms.values_list("post__name", "post__kind", "actor__name"):
        held.setdefault(kind, (post, name or ""))
    post, name = held.get("chair", ("Ketua", ""))
    usual = post if "pokja" in post.casefold() else f"{post} {group_name(who.community)}"
    signer = Signature(settings.signer_title or usual, settings.signer_name or name)
    seen_name = settings.seen_name or held.get("patron", ("", ""))[1]
    return Signers(signer, Signature(settings.seen_title or HEAD_OF_VILLAGE, seen_name, SEEN))


def next_number(settings: LetterSettings, year: int) -> int:
    """The next free number of a year: after the last one given, withdrawn or not."""
    last = Letter.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    begins = settings.first_number if settings.first_year == year else 1
    return max(last + 1, begins)


def number_to_come(settings: LetterSettings, day: dt.date) -> str:
    """What the number of the next letter would be; it is given only when the letter is issued."""
    form = settings.number_format or USUAL
    return numbered(form, next_number(settings, day.year), day)


def get_letters_for(who: Who, year: int) -> Sequence[Letter]:
    """The register of letters of a year, by number."""
    return list(Letter.objects.filter(year=year).order_by("number"))


def get_years_for(who: Who) -> list[int]:
    """The years that have letters, the latest first."""
    return list(Letter.objects.order_by("-year").values_list("year", flat=True).distinct())


def get_letter_for(who: Who, year: int, number: int) -> Letter | None:
    found: Letter | None = Letter.objects.filter(year=year, number=number).first()
    return found


def get_letters_of_meeting_for(who: Who, meeting: Meeting) -> list[Letter]:
    """The letters that invite to a meeting, in the order they were issued."""
    return list(Letter.objects.filter(meeting=meeting.public_id).order_by("year", "number"))


def get_numbers_of_for(who: Who, meetings: Iterable[Meeting]) -> dict[str, list[str]]:
    """The numbers of the letters that invite to these meetings and were not withdrawn, by id."""
    codes = [meeting.public_id for meeting in meetings]
    rows = Letter.objects.filter(meeting__in=codes, withdrawn_on=None).order_by("year", "number")
    found: dict[str, list[str]] = {}
    for code, printed in rows.values_list("meeting", "printed"):
        found.setdefault(code, []).append(printed)
    return found


def get_meetings_named_for(who: Who, letters: Sequence[Letter]) -> dict[str, Any]:
    """The meetings of letters, by id; one that was taken out is not among them."""
    codes = {letter.meeting for letter in letters}
    return {m.public_id: m for m in Meeting.objects.filter(public_id__in=codes)}
