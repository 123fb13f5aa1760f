"""The menu: Beranda, Rapat, Warga, Layanan, Laporan."""

from __future__ import annotations

from typing import TypedDict

from django.http import HttpRequest
from django.urls import reverse

from satuhati.text import Translator
from satuhati.web.tenancy.who import Who


class Entry(TypedDict):
    url: str
    label: str
    icon: str
    current: bool


def menu_of(request: HttpRequest, who: Who, t: Translator) -> list[Entry]:
    """What this person may open in this community; empty outside one and for residents."""
    if who.community is None or who.role == "resident":
        return []
    code = who.community.code
    home = reverse("home", args=[code])
    # Surveys and ties are opened from the report, though their addresses do not begin like its.
    beside = {"report": tuple(f"{home}{name}/" for name in ("survei", "jejaring"))}
    entries = (
        ("home.view", home, t("Home"), "home"),
        ("meetings.view", reverse("meetings", args=[code]), t("Meetings"), "meetings"),
        ("register.view", reverse("people", args=[code]), t("Residents"), "people"),
        ("services.view", reverse("services", args=[code]), t("Services"), "services"),
        ("report.view", reverse("report", args=[code]), t("Report"), "report"),
    )
    here = request.path
    return [
        {
            "url": url,
            "label": label,
            "icon": icon,
            "current": here == url
            or (url != home and here.startswith((url, *beside.get(icon, ())))),
        }
        for right, url, label, icon in entries
        if who.may(right)
    ]
