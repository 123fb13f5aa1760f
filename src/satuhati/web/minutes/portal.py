"""Text for the national portal's *intervensi*: what the portal asks for, and nobody's name.

The portal has no interface of its own to send to: the text is copied. It is Indonesian.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from satuhati.framework import SECTIONS, SECTORS
from satuhati.reports.words import section, sector
from satuhati.web.meetings.models import Attendance, Meeting
from satuhati.web.meetings.queries import CAME
from satuhati.web.minutes.content import get_minutes_for, minutes_sheet
from satuhati.web.register.models import Actor
from satuhati.web.register.queries import holding
from satuhati.web.tenancy.who import Who

HIDDEN = "[nama]"
FEWEST = 5
"""Fewer people than this are not counted out: a small number can name somebody."""
TITLES = ("Bapak", "Pak", "Ibu", "Bu", "Sdr.", "Sdri.", "Sdr", "Sdri", "Hj.", "H.", "Haji",
          "Hajjah", "Ustaz", "Ustazah", "Kak", "Mas", "Mbak")  # fmt: skip
SHORTEST = 4


def without_names(text: str, names: Iterable[str], keep: str = "") -> str:
    """``text`` with the names of people taken out.

    Whole names; words of a name after a form of address (*Bu Aminah*); and names of one word,
    unless ``keep`` (the community's name, the place) holds that word too.
    """
    kept = {w.casefold() for w in re.findall(r"\w+", keep)}
    whole: set[str] = set()
    words: set[str] = set()
    for name in names:
        parts = re.findall(r"\w+", name)
        words.update(p for p in parts if len(p) >= SHORTEST or len(parts) == 1)
        if len(parts) > 1 or (parts and parts[0].casefold() not in kept):
            whole.add(" ".join(name.split()))
    if not whole and not words:
        return text
    longest = sorted(whole, key=len, reverse=True)
    for start in range(0, len(longest), 500):  # one expression must not grow without bound
        some = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in longest[start : start + 500])
        text = re.sub(rf"(?<!\w)(?:{some})(?!\w)", HIDDEN, text, flags=re.IGNORECASE)
    titles = "|".join(re.escape(t) for t in TITLES)
    known = {w.casefold() for w in words}

    def address(match: re.Match[str]) -> str:
        return HIDDEN if match[2].casefold() in known else match[0]

    return re.sub(rf"(?<!\w)({titles})\s+(\w+)", address, text, flags=re.IGNORECASE)


def get_portal_text_for(who: Who, meeting: Meeting) -> str:
    """Title, date, place, description, section, target group, agencies; aggregates alone."""
    sheet = minutes_sheet(who, meeting, get_minutes_for(who, meeting))
    came = [
        row.actor
        for row in Attendance.objects.filter(meeting=meeting, status__in=CAME).select_related(
            "actor__organization"
        )
    ]
    names = Actor.objects.filter(kind="person").exclude(name=None).values_list("name", flat=True)
    keep = f"{who.community.name if who.community else ''} {sheet.place}"

    def clean(text: str) -> str:
        return without_names(text, names, keep)

    many = f"{len(came)} orang" if len(came) >= FEWEST else f"kurang dari {FEWEST} orang"
    story = [f"{clean(sheet.title)} dihadiri {many}."] if came else []
    if sheet.agenda:
        story.append("Agenda: " + "; ".join(clean(a).rstrip(".") for a in sheet.agenda) + ".")
    if sheet.decisions:
        decided = "; ".join(
            f"{n}) {clean(d).rstrip('.')}" for n, d in enumerate(sheet.decisions, 1)
        )
        story.append(f"Keputusan: {decided}.")
    if sheet.tasks:
        story.append(f"Tindak lanjut: {len(sheet.tasks)} tugas dengan penanggung jawab.")
    lines = [
        ("Judul", clean(sheet.title)),
        ("Tanggal", sheet.day),
        ("Tempat", clean(sheet.place) if sheet.place else "–"),
        ("Deskripsi", " ".join(story) or "–"),
        ("Seksi", ", ".join(_sections(meeting, {a.pk for a in came})) or "–"),
        ("Sasaran", ", ".join(_targets(came)) or "–"),
        ("Instansi/lembaga", "; ".join(_agencies(came)) or "–"),
    ]
    return "\n".join(f"{label}: {value}" for label, value in lines)


def _sections(meeting: Meeting, came: set[int]) -> list[str]:
    found = holding(meeting.date).filter(actor__in=came).exclude(post__section=None)
    codes = set(found.values_list("post__section", flat=True))
    return [section(code, "id").removeprefix("Seksi ") for code in SECTIONS if code in codes]


def _targets(came: list[Actor]) -> list[str]:
    codes = {a.sector for a in came}
    return [sector(code, "id") for code in SECTORS if code in codes]


def _agencies(came: list[Actor]) -> list[str]:
    found = set()
    for actor in came:
        agency = actor if actor.kind != "person" else actor.organization
        if agency is not None and agency.kind != "person" and agency.name:
            found.add(agency.name)
    return sorted(found, key=str.casefold)
