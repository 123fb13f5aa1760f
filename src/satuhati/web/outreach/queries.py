"""Reads of services, who knows them, and what residents say."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from satuhati.web.outreach.models import ResidentVoice, Service
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.who import Who


def get_services_for(who: Who) -> list[Service]:
    """Services that run, the key ones first."""
    today = today_in(who.community)
    found = Service.objects.filter(Q(ended__isnull=True) | Q(ended__gte=today))
    return list(found.select_related("provider").order_by("-key", "name"))


def get_voices_for(who: Who) -> QuerySet[Any]:
    """What residents said, the unanswered first."""
    found = ResidentVoice.objects.select_related("channel", "area")
    return found.order_by("replied_on", "-date", "-pk")
