"""Beranda, and what stands outside any community."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from satuhati.text import Translator, translator
from satuhati.web.home.communities import get_communities_for
from satuhati.web.meetings.board import get_pressing_count_for
from satuhati.web.meetings.greeting import in_short
from satuhati.web.meetings.keeping import get_notes_for
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.meetings.queries import get_due_for, get_last_time_for, get_next_meeting_for
from satuhati.web.outreach.models import Service
from satuhati.web.planning.queries import get_plan_progress_for
from satuhati.web.profile.queries import is_behind, latest_snapshot
from satuhati.web.profile.tasks import ask_once
from satuhati.web.register.models import Actor
from satuhati.web.register.queries import get_expiring_terms_for
from satuhati.web.tenancy.clock import now_in, today_in
from satuhati.web.tenancy.memory import remembered
from satuhati.web.tenancy.models import Community, Membership
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.who import Who

WORKER_PATIENCE = 30
"""Seconds without a sign of life after which the worker is said to be away."""


@page("public", methods=("GET",))
def start(request: HttpRequest) -> HttpResponse:
    """Home for who is signed in; else what this is, and how to come in."""
    who = request.who
    if who.user is not None and "awal" not in request.GET:
        mine = get_communities_for(who)
        if len(mine) == 1:
            return redirect("home", mine[0].code)
        return redirect("communities")
    shown = Community.objects.filter(public_page=True).order_by("name")[:200]
    return render(request, "home/start.html", {"communities": shown})


@page("public", methods=("GET",))
def health(request: HttpRequest) -> HttpResponse:
    """Whether database and worker are there; for whoever watches over the server."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except OperationalError:  # of PostgreSQL only after the pool's patience
        return JsonResponse({"status": "away", "database": "away"}, status=503)
    sign = settings.DATA / "worker-alive"
    alive = sign.exists() and time.time() - sign.stat().st_mtime < WORKER_PATIENCE
    return JsonResponse({"status": "ok", "database": "ok", "worker": "ok" if alive else "away"})


@page("public", methods=("GET",))
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that shows kept pages without a signal; at the root, for all pages are its own."""
    script = (Path(__file__).parents[1] / "static" / "satuhati" / "sw.js").read_bytes()
    return HttpResponse(script, "text/javascript", headers={"Cache-Control": "no-cache"})


@page("public", methods=("GET",))
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown without a signal: which meetings can be put on record nevertheless."""
    return render(request, "home/offline.html", {"kept": True})


@page("public", methods=("GET",))
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state; in debug mode only."""
    return render(request, "debug/components.html", {"today": timezone.localdate()})


@page("home.view", methods=("GET",))
def home(request: HttpRequest) -> HttpResponse:
    """The next meeting, who is missing, what is due, three lamps, where to look first."""
    who, t = request.who, translator(request.lang)
    today = today_in(who.community)
    snapshot = latest_snapshot(who)
    behind = is_behind(who, snapshot)
    if behind:
        ask_once(who.community.pk)
    inside = who.may("meetings.view")
    context: dict[str, Any] = {
        "snapshot": snapshot,
        "behind": behind,
        "summary": snapshot.summary.get(request.lang) if snapshot else None,
        "counts": snapshot.summary.get("counts", {}) if snapshot else {},
        "greeting": greeting(now_in(who.community).hour, t),
        "today": today,
    }
    if inside:
        context |= remembered(who.community, ("home", today), lambda: _inside(who, today))
        context |= {
            "keeper": who.may("register.edit"),
            "own": who.membership.actor_id if who.membership else None,
        }
        if who.may("meetings.edit"):
            context |= {
                "greet": in_short(who, today, t),
                "pressing": get_pressing_count_for(who, today),
            }
        if who.may("settings.edit") and not who.community.guide_done:
            context["guide"] = guide(who, t)
    return render(request, "home/home.html", context)


def _inside(who: Who, today: dt.date) -> dict[str, Any]:
    """What the team sees of the records, the same for all of it."""
    due, open_count = get_due_for(who)
    return {
        "meeting": get_next_meeting_for(who, today),
        "last": get_last_time_for(who),
        "due": due,
        "open_count": open_count,
        "expiring": get_expiring_terms_for(who, 60),
        "plan": get_plan_progress_for(who, today),
        "notes": get_notes_for(who, today),
    }


def greeting(hour: int, t: Translator) -> str:
    if hour < 11:
        return t("Good morning")
    if hour < 15:
        return t("Good day")
    return t("Good afternoon") if hour < 19 else t("Good evening")


def guide(who: Who, t: Translator) -> list[dict[str, Any]]:
    """The first five steps of a new community, ticked from what is there."""
    community = who.community
    assert community is not None
    code = community.code
    links = Membership.objects.filter(community=community, links__isnull=False).exists()
    return [
        {
            "done": bool(community.place and community.households),
            "title": t("Tell where your village is"),
            "body": t("Name, place, how many households: what figures are held against."),
            "href": reverse("settings", args=[code]),
            "text": t("Fill in"),
        },
        {
            "done": Actor.objects.filter(kind="person").exists(),
            "title": t("Paste the list of members"),
            "body": t("Straight from WhatsApp; it becomes the working group by section."),
            "href": reverse("paste", args=[code]),
            "text": t("Paste"),
        },
        {
            "done": MeetingSeries.objects.exists()
            or Meeting.objects.filter(status="planned").exists(),
            "title": t("Set the next meeting"),
            "body": t("A fixed day is best: the same week, the same hour."),
            "href": reverse("new_meeting", args=[code]),
            "text": t("Set it"),
        },
        {
            "done": Service.objects.exists(),
            "title": t("Name the services that residents should know"),
            "body": t("Such as Posyandu or Rumah Anak SIGAP."),
            "href": reverse("services", args=[code]),
            "text": t("Name them"),
        },
        {
            "done": links,
            "title": t("Let the members in"),
            "body": t("Each gets a link of their own by WhatsApp."),
            "href": reverse("links", args=[code]),
            "text": t("Send links"),
        },
    ]
