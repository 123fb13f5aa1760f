"""Pages of the profile. They show the stored snapshot; nothing is analysed in a request."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from satuhati.web.profile.queries import latest_snapshot
from satuhati.web.tenancy.pages import page


@page("report.view")
def report(request: HttpRequest) -> HttpResponse:
    return render(request, "profile/report.html", {"snapshot": latest_snapshot(request.who)})
