"""Reads of the plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from satuhati.web.planning.models import Activity, Plan
from satuhati.web.tenancy.who import Who


@dataclass(frozen=True, slots=True)
class Progress:
    """The plan in force: how many activities are carried out, of how many."""

    plan: Plan
    done: int
    planned: int


def get_plan_progress_for(who: Who, today: dt.date) -> Progress | None:
    """Progress of the plan in force today; ``None`` without one."""
    plan = (
        Plan.objects.filter(Q(end__isnull=True) | Q(end__gte=today), start__lte=today)
        .order_by("-start")
        .first()
    )
    if plan is None:
        return None
    counts = Activity.objects.filter(plan=plan).aggregate(
        planned=Count("pk"), done=Count("pk", filter=Q(done_on__isnull=False))
    )
    return Progress(plan, counts["done"], counts["planned"])
