"""The recap of attendance over ten years of 200 members, on SQLite: at most 0.2 s.

Beside it, in the same run and with the same result, checked: Django's own objects read one by one
and counted in Python, as a first draft of such a page would do. Run on an idle machine:

    .venv/bin/python benchmarks/recap.py
"""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

MEMBERS, MEETINGS, TIMES = 200, 120, 15
BOUND = 0.2
STATUS = ("present", "represented", "excused", "ill", "absent")


def fill() -> Any:
    """Ten years of monthly meetings with everybody on every list."""
    from django.core.management import call_command
    from django_scopes import scope

    from satuhati.web.meetings.models import Attendance, Meeting
    from satuhati.web.register.models import Actor
    from satuhati.web.tenancy.models import Community

    call_command("migrate", verbosity=0)
    draw = random.Random(1)
    community = Community.objects.create(code="uji", name="Uji")
    common = {"community": community}
    with scope(community=community):
        people = Actor.objects.bulk_create(
            Actor(public_id=f"a{n}", name=f"Contoh {n}", kind="person", **common)
            for n in range(MEMBERS)
        )
        meetings = Meeting.objects.bulk_create(
            Meeting(
                public_id=f"r{n}", kind="pokja", status="held", **common,
                date=dt.date(2016, 1, 1) + dt.timedelta(days=30 * n),
            )
            for n in range(MEETINGS)
        )  # fmt: skip
        Attendance.objects.bulk_create(
            (
                Attendance(
                    public_id=f"h{m.pk}-{p.pk}", meeting=m, actor=p, **common,
                    status=draw.choices(STATUS, (6, 1, 1, 1, 1))[0],
                    reason=draw.choice((None, "work", "family")),
                )
                for m in meetings
                for p in people
            ),
            batch_size=2000,
        )  # fmt: skip
    return community


def one_by_one(since: dt.date, until: dt.date) -> dict[str, Counter[str]]:
    """The peer: every row as an object."""
    from satuhati.web.meetings.models import Attendance

    found: dict[str, Counter[str]] = defaultdict(Counter)
    rows = Attendance.objects.select_related("actor", "meeting").filter(
        meeting__date__range=(since, until)
    )
    for row in rows:
        found[row.actor.public_id][row.status] += 1
    return found


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    took, result = [], None
    for _ in range(TIMES):
        start = time.perf_counter()
        result = work()
        took.append(time.perf_counter() - start)
    return statistics.median(took), result


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DJANGO_SETTINGS_MODULE="satuhati.web.settings", SATUHATI_DATA=folder)
        import django

        django.setup()
        from django.db import connections
        from django_scopes import scope

        from satuhati.web.meetings.recap import get_recap_for
        from satuhati.web.tenancy.who import Who

        community = fill()
        who: Who = None  # whose recap it is does not change its cost
        since, until = dt.date(2016, 1, 1), dt.date(2026, 1, 1)
        with scope(community=community):
            ours, (held, records) = timed(lambda: get_recap_for(who, since, until, "pokja"))
            theirs, peer = timed(lambda: one_by_one(since, until))
        assert held == MEETINGS
        assert {r.code: r.statuses for r in records} == peer
        connections.close_all()
    print(f"Recap of {MEETINGS} meetings x {MEMBERS} members ({MEETINGS * MEMBERS:,} rows)")
    print(f"  ours, counted by the database   {ours * 1000:8.1f} ms   (at most {BOUND * 1000:.0f})")
    print(
        f"  Django objects, one by one      {theirs * 1000:8.1f} ms   ({theirs / ours:.1f} x ours)"
    )
    if ours > BOUND:
        raise SystemExit("over its bound")


if __name__ == "__main__":
    main()
