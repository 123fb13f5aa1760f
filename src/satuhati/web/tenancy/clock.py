"""The day and hour where a community lives."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

from satuhati.web.tenancy.models import Community

ZONES = {
    "WIB": ZoneInfo("Asia/Jakarta"),
    "WITA": ZoneInfo("Asia/Makassar"),
    "WIT": ZoneInfo("Asia/Jayapura"),
}


def zone_of(community: Community | None) -> tuple[str, ZoneInfo]:
    """The name of a community's time zone and the zone; western time if it has none."""
    name = (community.time_zone if community else None) or "WIB"
    return (name, ZONES[name]) if name in ZONES else ("WIB", ZONES["WIB"])


def now_in(community: Community | None) -> dt.datetime:
    return timezone.now().astimezone(zone_of(community)[1])


def today_in(community: Community | None) -> dt.date:
    return now_in(community).date()
