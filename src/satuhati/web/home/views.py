"""Beranda, and what stands outside any community."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from satuhati.web.home.communities import get_communities_for
from satuhati.web.profile.queries import latest_snapshot
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.pages import page


@page("public", methods=("GET",))
def start(request: HttpRequest) -> HttpResponse:
    """Home for who is signed in; else what this is, and how to come in."""
    who = request.who
    if who.user is not None:
        mine = get_communities_for(who)
        if len(mine) == 1:
            return redirect("home", mine[0].code)
        return redirect("communities")
    shown = Community.objects.filter(public_page=True).order_by("name")[:200]
    return render(request, "home/start.html", {"communities": shown})


@page("public", methods=("GET",))
def health(request: HttpRequest) -> HttpResponse:
    """Whether the server and its database answer; for whoever watches over it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ok"})


@page("public", methods=("GET",))
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "debug/components.html", {})


@page("home.view")
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home/home.html", {"snapshot": latest_snapshot(request.who)})


@page("meetings.view")
def meetings(request: HttpRequest) -> HttpResponse:
    return render(request, "home/meetings.html", {})


@page("services.view")
def services(request: HttpRequest) -> HttpResponse:
    return render(request, "home/services.html", {})
