"""How likely each person comes to a meeting of a kind, by the record of the last two years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Q

from satuhati.core.meetings.quorum import pooled_turnout
from satuhati.web.meetings.models import Attendance
from satuhati.web.meetings.queries import CAME
from satuhati.web.tenancy.who import Who

LOOK_BACK = dt.timedelta(days=730)


def get_turnout_for(
    who: Who, kind: str, before: dt.date, people: Iterable[int]
) -> dict[int, float]:
    """The chance of each of ``people`` (keys of actors), partially pooled; empty without a record.

    All who were ever invited tell how far members differ, also those who have left since.
    """
    rows = (
        Attendance.objects.filter(
            meeting__status="held",
            meeting__kind=kind,
            meeting__date__lt=before,
            meeting__date__gte=before - LOOK_BACK,
        )
        .values("actor")
        .annotate(invited=Count("pk"), came=Count("pk", filter=Q(status__in=CAME)))
    )
    record = {row["actor"]: (row["came"], row["invited"]) for row in rows}
    if not record:
        return {}
    everybody = [*dict.fromkeys([*people, *record])]
    came, invited = zip(*(record.get(pk, (0, 0)) for pk in everybody), strict=True)
    return dict(zip(everybody, pooled_turnout(came, invited).probability, strict=True))
