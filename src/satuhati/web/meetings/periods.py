"""A period and a kind of meeting, as a page's address asks for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from satuhati.schema.choices import choice_label
from satuhati.schema.meetings import MEETING_KINDS
from satuhati.text import Language, translator
from satuhati.web.meetings.tasks import YEAR
from satuhati.web.tenancy.clock import today_in


@dataclass(frozen=True, slots=True)
class Period:
    """What was asked for; ``error`` says in words what of it cannot be."""

    since: dt.date
    until: dt.date
    kind: str
    error: str = ""

    def context(self, lang: Language) -> dict[str, Any]:
        """For ``meetings/period.html``."""
        return {
            "since": self.since,
            "until": self.until,
            "kind": self.kind,
            "kinds": [(k, choice_label("meetings", "kind", k)(lang)) for k in MEETING_KINDS],
            "error": self.error,
        }


def asked_period(request: HttpRequest) -> Period:
    """``?dari=…&sampai=…&jenis=…``; a year up to today and the working group if nothing is."""
    t = translator(request.lang)
    until, fine = _date(request.GET.get("sampai", ""), today_in(request.who.community))
    since, also = _date(request.GET.get("dari", ""), _before(until))
    kind = request.GET.get("jenis", "pokja")
    kind = kind if kind in MEETING_KINDS else "pokja"
    error = ""
    if not (fine and also):
        error = t("This is no date. Write it as 2026-12-31.")
    elif since > until:
        error = t("The period ends before it begins.")
    return Period(since, until, kind, error)


def _before(until: dt.date) -> dt.date:
    try:
        return until - YEAR
    except OverflowError:  # the year 1
        return until


def _date(text: str, otherwise: dt.date) -> tuple[dt.date, bool]:
    """A date of the address, and whether it could be read."""
    try:
        return (dt.date.fromisoformat(text), True) if text else (otherwise, True)
    except ValueError:
        return otherwise, False
