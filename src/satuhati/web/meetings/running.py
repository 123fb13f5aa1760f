"""*Jalannya rapat*: the QR code to check in, a timer for the agenda, and turns of speaking.

All of it is optional (a setting). Turns and timer live on the phone; what was counted goes on to
*Rapat selesai* as who spoke.
"""

from __future__ import annotations

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from markupsafe import Markup

from satuhati.web.meetings.check_in import check_in_token, get_checked_in_for, takes_check_ins
from satuhati.web.meetings.queries import get_invited_for, get_meeting_for, open_followups
from satuhati.web.tenancy.pages import page

AGENDA = 6


@page("meetings.edit", methods=("GET",))
def running(request: HttpRequest, meeting: str) -> HttpResponse:
    """For whoever holds the phone while people meet."""
    who = request.who
    found = get_meeting_for(who, meeting)
    if found is None or found.status != "planned" or not found.community.meeting_aids:
        raise Http404
    holds = takes_check_ins(found)
    address, picture = "", ""
    if holds:
        base = settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")
        address = base + reverse("check_in", args=[check_in_token(found)])
        picture = segno.make(address, error="m").svg_inline(scale=5, dark="#141b33", border=2)
    invited = get_invited_for(who, found)
    there = get_checked_in_for(who, found)
    context = {
        "meeting": found,
        "address": address,
        "qr": Markup(picture),  # noqa: S704  made by the library from our own address
        "invited": invited,
        "there": there,
        "points": [one.text for one in open_followups()[:AGENDA]],
    }
    return render(request, "meetings/running.html", context)
