"""Figures of *Keikutsertaan* over ten years of 200 members: the worker's time, and the page's.

Why the worker computes them (ADR 18) is measured beside it: what loading the core would cost a
web process in time and memory, and what the page costs without. Run on an idle machine:

    .venv/bin/python benchmarks/participation.py
    .venv/bin/python benchmarks/participation.py --council council_attendance.csv.gz

With ``--council`` a council's own attendance record (``docs/how-to/council-attendance.md``) is put
into the database, and the figures of the web app and its recap are held against those of the
command ``satuhati meeting participation`` on the same file: they must be equal.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import gzip
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from recap import fill

TIMES, WORKER_BOUND, PAGE_BOUND = 9, 2.0, 0.2
LOADING = """
import time
import django; django.setup()
def held():
    return next(int(l.split()[1]) for l in open("/proc/self/status") if l.startswith("VmRSS"))
before, start = held(), time.perf_counter()
import satuhati.web.meetings.figures
print(time.perf_counter() - start, (held() - before) / 1024)
"""


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    took, result = [], None
    for _ in range(TIMES):
        start = time.perf_counter()
        result = work()
        took.append(time.perf_counter() - start)
    return statistics.median(took), result


def cost() -> None:
    """The worker's and the page's time for ten years of 200 members."""
    from django.test import Client
    from django_scopes import scope

    from satuhati.web.meetings.beside import StoredFigures
    from satuhati.web.meetings.figures import figures_of, store
    from satuhati.web.tenancy.models import Membership, User

    community = fill()
    since, until = dt.date(2016, 1, 1), dt.date(2026, 1, 1)
    with scope(community=community):
        worker, figures = timed(lambda: figures_of("pokja", since, until))
        assert (figures.meetings, len(figures.members)) == (120, 200)
        kept = store(community.pk, "pokja", since, until)
        assert kept is not None
        size = len(json.dumps(StoredFigures.objects.get().payload))
    user = User.objects.create_user(name="Uji", email="uji@contoh.invalid")
    Membership.objects.create(user=user, community=community, role="secretary")
    client = Client()
    client.force_login(user)
    address = f"/k/uji/rapat/keikutsertaan/?dari={since}&sampai={until}"
    page, answer = timed(lambda: client.get(address))
    assert answer.status_code == 200
    loading, memory = map(
        float,
        subprocess.run(
            [sys.executable, "-c", LOADING], check=True, capture_output=True, text=True
        ).stdout.split(),
    )
    print("Keikutsertaan, 120 meetings x 200 members (24,000 rows)")
    print(f"  computed by the worker            {worker * 1000:8.1f} ms   (at most 2,000)")
    print(f"  kept as                           {size / 1024:8.1f} kB")
    print(f"  the page, from what is kept       {page * 1000:8.1f} ms   (at most 200)")
    print(f"  loading the core, once a process  {loading * 1000:8.1f} ms and {memory:.0f} MB")
    if worker > WORKER_BOUND or page > PAGE_BOUND:
        raise SystemExit("over its bound")


def council(path: Path) -> None:
    """A council's record through the web app, held against the command."""
    from django_scopes import scope

    from satuhati.web.meetings.figures import figures_of
    from satuhati.web.meetings.models import Attendance, Meeting
    from satuhati.web.meetings.recap import get_recap_for
    from satuhati.web.register.models import Actor
    from satuhati.web.tenancy.models import Community

    community = Community.objects.create(code="dewan", name="Dewan")
    common: dict[str, Any] = {"community": community}
    with gzip.open(path) as packed:
        rows = list(csv.DictReader(io.TextIOWrapper(packed, encoding="utf-8")))
    with scope(community=community):
        people = {
            code: Actor.objects.create(public_id=code, name=code, kind="person", **common)
            for code in dict.fromkeys(row["member"] for row in rows)
        }
        meetings: dict[tuple[str, ...], Any] = {}
        for row in rows:
            key = (row["committee"], row["meeting"], row["date"])
            if key not in meetings:
                meetings[key] = Meeting.objects.create(
                    public_id=f"r{len(meetings)}", kind="pokja", status="held",
                    date=dt.date.fromisoformat(row["date"]), **common,
                )  # fmt: skip
        known = [row for row in rows if row["present"] in ("Y", "N")]
        Attendance.objects.bulk_create(
            Attendance(
                public_id=f"h{n}", actor=people[row["member"]],
                meeting=meetings[row["committee"], row["meeting"], row["date"]],
                status="present" if row["present"] == "Y" else "absent", **common,
            )
            for n, row in enumerate(known)
        )  # fmt: skip
        first, last = min(r["date"] for r in rows), max(r["date"] for r in rows)
        since, until = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        ours = figures_of("pokja", since, until)
        # The recap counts rows: of the sessions of a day the best is kept, as the figures do.
        best: dict[tuple[int, int], tuple[int, int]] = {}
        for pk, meeting, actor, status in Attendance.objects.values_list(
            "pk", "meeting", "actor", "status"
        ):
            rank = (("present", "absent").index(status), pk)
            best[meeting, actor] = min(best.get((meeting, actor), rank), rank)
        Attendance.objects.exclude(pk__in=[pk for _, pk in best.values()]).delete()
        held, records = get_recap_for(None, since, until, "pokja")
    command = [sys.executable, "-c", "from satuhati.cli import main; main()"]
    command += ["meeting", "participation", str(path), "--json"]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    whole, survival = ours.attendance, theirs["survival"]
    assert whole is not None
    assert ours.staying is not None
    assert ours.meetings == held == theirs["meetings"]
    assert whole.rate == theirs["overall"]["rate"]
    assert list(whole.interval or ()) == theirs["overall"]["interval"]
    assert (whole.gini, whole.top20_share) == (theirs["gini"], theirs["top20_share"])
    for one in ours.members:
        other = theirs["members"][one.member]
        assert (one.invited, one.present, one.absent) == (
            other["invited"], other["present"], other["absent"],
        )  # fmt: skip
    assert {record.code: (record.came, record.invited) for record in records} == {
        code: (m["present"], m["invited"]) for code, m in theirs["members"].items()
    }
    in_order = [r["date"] for r in rows] == sorted(r["date"] for r in rows)
    if in_order:  # else "the last meetings" are others for the command
        assert (ours.staying.stopped, ours.staying.median) == (
            survival["stopped"], survival["median"],
        )  # fmt: skip
    print(f"Council: {len(rows):,} rows, {ours.meetings} meetings, {whole.members} members")
    print(f"  rate {whole.rate:.4f}, interval {whole.interval}, Gini {whole.gini:.4f}")
    print(f"  {ours.staying.stopped} stopped, median {ours.staying.median}; in order: {in_order}")
    print(f"  equal to the command's, and so is the recap of {len(records)} members")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--council", type=Path, help="a council's attendance record, .csv.gz")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DJANGO_SETTINGS_MODULE="satuhati.web.settings", SATUHATI_DATA=folder)
        import django
        from django.test.utils import setup_test_environment

        django.setup()
        setup_test_environment()
        from django.core.management import call_command
        from django.db import connections

        call_command("collectstatic", interactive=False, verbosity=0)
        cost()
        if asked.council is not None:
            council(asked.council)
        connections.close_all()


if __name__ == "__main__":
    main()
