"""Reads of people, organisations, posts and terms."""

from __future__ import annotations

import datetime as dt
from typing import Any

from satuhati.web.register.models import Term
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.who import Who


def get_expiring_terms_for(who: Who, within_days: int) -> list[Any]:
    """Terms of office that end within so many days, the soonest first."""
    today = today_in(who.community)
    found = Term.objects.filter(end__gte=today, end__lte=today + dt.timedelta(days=within_days))
    return list(found.select_related("actor", "post").order_by("end", "pk")[:20])
