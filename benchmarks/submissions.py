"""Submissions from phones: 64 clients, the real server on two cores, loopback only.

Bound of the issue: at least 400 a second, sustained, on SQLite and on PostgreSQL with fsync on,
empty and with 50,000 stored, none lost and none doubled. Of each run: rate, p50, p95 and p99,
processor seconds of web server, worker, database and clients, and how long the worker then takes
to make answers of what came. Each submission goes through token, form version, check of every
answer and the trail; it is acknowledged once it is on the disk.

Beside it, in the same run: a plain Django view on the same server that parses the same body and
saves one object of the same table, without token, checks and trail (see ``_submissions_peer``);
its repetitions fail on the unique constraint and are left out. For scale: ODK Central was measured
at 134–270 a second, p95 355–709 ms. Run on an idle machine:

    .venv/bin/python benchmarks/submissions.py [--seconds 30] [--clients 64] [--only sqlite]
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]
BOUND, STORED = 400.0, 50_000
failed: list[str] = []


# -- in a process of its own for each database -----------------------------------------------------


def set_up() -> dict[str, Any]:
    """A community, an open round from door to door, a token; and one filled form as a pattern."""
    from django.db import transaction
    from django.test import RequestFactory
    from django_scopes import scope

    from satuhati.web.openrosa.actions import make_token
    from satuhati.web.openrosa.making import form_of
    from satuhati.web.openrosa.tokens import token_of
    from satuhati.web.surveys.actions import open_round
    from satuhati.web.surveys.bank import instrument_of, items_of
    from satuhati.web.surveys.queries import get_round_for
    from satuhati.web.tenancy.models import Community, Membership, User
    from satuhati.web.tenancy.who import who_is

    del RequestFactory
    with transaction.atomic():
        community = Community.objects.create(code="melati", name="Kampung Melati", synthetic=True)
        user = User.objects.create_user(name="Sekar Contoh", email="sekar@contoh.invalid")
        Membership.objects.create(user=user, community=community, role="secretary")
        who = who_is(user, community)
        assert who is not None
        with scope(community=community):
            instrument = instrument_of(community, "warga", "short")
            round, _ = open_round(
                by=who, instrument=instrument, how="door_to_door", people=[], anonymous=False,
                questions=[i.code for i in items_of("warga", "short")], open_address=False,
                until=dt.date.today() + dt.timedelta(days=9),  # noqa: DTZ011
            )  # fmt: skip
            seen = get_round_for(who, round.public_id)
            assert seen is not None
            form = form_of(who, seen)
            token = token_of(make_token(by=who, membership=who.membership))
    model = form.xml[form.xml.index("<instance>") + 10 : form.xml.index("</instance>")]
    model = model.replace("<data ", '<data xmlns:orx="http://openrosa.org/xforms" ', 1)
    for n, item in enumerate(items_of("warga", "short")):
        model = model.replace(f"<{item.code}/>", f"<{item.code}>{{q{n}}}</{item.code}>")
    now = dt.datetime.now(dt.UTC)
    for name, value in {
        "satuhati_setuju": "OK", "satuhati_sex": "female", "satuhati_age_band": "25-39",
        "satuhati_mulai": (now - dt.timedelta(minutes=9)).isoformat(),
        "satuhati_selesai": now.isoformat(),
    }.items():  # fmt: skip
        model = model.replace(f"<{name}/>", f"<{name}>{value}</{name}>")
    model = re.sub(r"<(\w+:)?instanceID/>", r"<\1instanceID>{id}</\1instanceID>", model)
    assert "{id}" in model
    return {"template": model, "token": token}


def stored() -> dict[str, Any]:
    """What is in the database: submissions, answers and entries of the trail."""
    from django_scopes import scopes_disabled

    from satuhati.web.audit.models import AuditEntry
    from satuhati.web.openrosa.models import Submission
    from satuhati.web.surveys.models import Answer

    with scopes_disabled():
        rows = Submission.objects
        return {
            "submissions": rows.count(), "distinct": rows.values("instance").distinct().count(),
            "waiting": rows.filter(state="").count(), "answers": Answer.objects.count(),
            "refused": rows.filter(state="refused").count(),
            "trail": AuditEntry.objects.filter(action="collect.receive").count(),
        }  # fmt: skip


def missing(ids: list[str]) -> int:
    from django_scopes import scopes_disabled

    from satuhati.web.openrosa.models import Submission

    with scopes_disabled():
        there = set(Submission.objects.values_list("instance", flat=True))
    return len(set(ids) - there)


def fill_up(number: int) -> None:
    """So many stored submissions and their answers, as the worker left them."""
    from django.db import connection, transaction
    from django_scopes import scopes_disabled

    from satuhati.web.openrosa.models import CollectForm, Submission
    from satuhati.web.surveys.beside import random_key
    from satuhati.web.surveys.models import Answer, Round

    # In small pieces: the worker waits at most so long for the database.
    with scopes_disabled():
        form, round = CollectForm.objects.get(), Round.objects.get()
        there = Submission.objects.filter(state="taken").first()
        values = there.values if there is not None else {"values": {}, "about": {}}
        for at in range(Submission.objects.count(), number, 1000):
            names = [f"uuid:tersimpan-{at + n:036d}" for n in range(min(1000, number - at))]
            with transaction.atomic():
                Submission.objects.bulk_create(
                    Submission(
                        community_id=form.community_id,
                        round=form.round,
                        form=form,
                        instance=name,
                        root=name,
                        digest="0" * 64,
                        values=values,
                        state="taken",
                    )
                    for name in names
                )
                Answer.objects.bulk_create(
                    Answer(pk=random_key(), community_id=form.community_id, round=round,
                           public_id=f"{round.public_id}-{name[-30:]}",
                           instrument_id=round.instrument_id, values=values["values"])
                    for name in names
                )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server itself does within a minute of so many rows


# -- one run ---------------------------------------------------------------------------------------


def clients(port: int, path: str, template: str, args: argparse.Namespace, seed: int,
            seconds: float) -> dict[str, Any]:  # fmt: skip
    told = {"port": port, "path": path, "template": template, "clients": args.clients,
            "seconds": seconds, "prepared": int(seconds * args.prepared), "seed": seed}  # fmt: skip
    done = subprocess.run(
        [sys.executable, str(HERE / "_submissions_client.py")], input=json.dumps(told),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def at(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


def told(name: str, seen: dict[str, Any], bound: bool) -> float:
    rate = len(seen["taken"]) / seen["seconds"]
    times = seen["times"]
    print(f"  {name:34} {rate:7.0f}/s{f' (at least {BOUND:g})' if bound else '':17}"
          f"  p50 {statistics.median(times) * 1000:5.0f}  p95 {at(times, 0.95):5.0f}"
          f"  p99 {at(times, 0.99):5.0f} ms", flush=True)  # fmt: skip
    if bound and rate < BOUND:
        failed.append(f"{name}: {rate:.0f} a second")
    if seen["failures"]:
        failed.append(f"{name}: {seen['failures']} failed: {seen['wrong'][:2]}")
    return rate


def measured(name: str, web: int, worker: int, database: int, port: int, set_up: dict[str, Any],
             args: argparse.Namespace, seed: int) -> None:  # fmt: skip
    """A warm-up, the run, the look at what was stored, and the drain."""
    from web import cpu_of

    path = f"/odk/{set_up['token']}/submission"
    clients(port, path, set_up["template"], args, seed, min(3, args.seconds))
    drained(args)
    before = stored()
    spent = [cpu_of(p) if p else 0.0 for p in (web, worker, database)]
    seen = clients(port, path, set_up["template"], args, seed + 1, args.seconds)
    spent = [(cpu_of(p) if p else 0.0) - s for p, s in zip((web, worker, database), spent,
             strict=True)]  # fmt: skip
    end = time.perf_counter()
    waiting = stored()["waiting"]
    drained(args)
    drain = time.perf_counter() - end
    after = stored()
    told(name, seen, bound=True)
    n = len(seen["taken"])
    print(f"    CPU: web {spent[0] / n * 1000:.2f} ms each, worker {spent[1]:.1f} s,"
          f" database {spent[2]:.1f} s, clients {seen['cpu'] / n * 1000:.2f} ms each;"
          f" {n} taken, {seen['repeats']} sent again")  # fmt: skip
    print(f"    drain: {waiting} waited at the end, sorted after {drain:.1f} s"
          f" ({waiting / drain if drain else 0:.0f}/s)")  # fmt: skip
    new = after["submissions"] - before["submissions"]
    wrong = {
        "lost": missing(seen["taken"]), "too many": new - n,
        "doubled": after["submissions"] - after["distinct"],
        "without entry in the trail": n - (after["trail"] - before["trail"]),
        "no answer made": n - (after["answers"] - before["answers"]),
        "refused": after["refused"] - before["refused"],
    }  # fmt: skip
    print("    " + ", ".join(f"{value} {what}" for what, value in wrong.items()), flush=True)
    failed.extend(f"{name}: {value} {what}" for what, value in wrong.items() if value)
    if seen["ran_out"]:
        print("    the clients ran out of prepared forms: give more with --prepared")


def drained(args: argparse.Namespace) -> None:
    end = time.monotonic() + args.patience
    while stored()["waiting"]:
        if time.monotonic() > end:
            failed.append("the worker does not keep up")
            return
        time.sleep(0.5)


def one_database(args: argparse.Namespace, database: int) -> None:
    """All runs on the database of the environment."""
    from satuhati.web.server import free_port, prepare, running, wait_for
    from web import GRANIAN, quietly, serving

    prepare()
    made = set_up()
    port = free_port()
    with quietly(), running("127.0.0.1", port) as (web, workers):
        assert wait_for(f"http://127.0.0.1:{port}/sehat/", web)
        measured("empty", web.pid, workers[0].pid, database, port, made, args, 1)
        fill_up(STORED)
        measured(f"with {STORED:,} stored", web.pid, workers[0].pid, database, port, made, args, 3)
    command = tuple(a.replace("satuhati.web.wsgi", "_web_app") for a in GRANIAN)
    with serving(*command, settings="_submissions_peer") as (process, peer):
        from web import cpu_of

        clients(peer, "/polos/", made["template"], args, 5, 2)
        before = cpu_of(process)
        seen = clients(peer, "/polos/", made["template"], args, 6, args.seconds / 2)
        seen["failures"] = 0  # repetitions
        told("plain Django view, one object", seen, bound=False)
        print(f"    CPU: web {(cpu_of(process) - before) / len(seen['taken']) * 1000:.2f} ms each")


@contextlib.contextmanager
def databases(only: str) -> Iterator[list[tuple[str, str, int]]]:
    """Name, ``DATABASE_URL`` and process of each database that is measured."""
    found = [("SQLite (WAL, synchronous=FULL)", "", 0)] if only in ("", "sqlite") else []
    with contextlib.ExitStack() as stack:
        if only in ("", "postgres"):
            from postgres_server import DURABLE, postgres_server

            url = stack.enter_context(postgres_server(DURABLE))
            folder = Path(unquote(url.partition("@")[2].partition("/")[0]))
            process = int((folder / "data" / "postmaster.pid").read_text().split()[0])
            found.append(("PostgreSQL (fsync, synchronous_commit on)", url, process))
        yield found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--prepared", type=int, default=2500, help="forms written for each second")
    parser.add_argument("--patience", type=float, default=600)
    parser.add_argument("--only", choices=["sqlite", "postgres"], default="")
    parser.add_argument("--database", help=argparse.SUPPRESS)
    args = parser.parse_args()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "satuhati.web.settings", "OPENBLAS_NUM_THREADS": "1"}
    if args.database is not None:  # in the process of one database
        one_database(args, int(args.database))
        for one in failed:
            print(f"NOT MET: {one}", file=sys.stderr)
        sys.exit(bool(failed))
    wrong = 0
    with databases(args.only) as found:
        for name, url, process in found:
            print(name, flush=True)
            with tempfile.TemporaryDirectory(prefix="satuhati-bench-") as place:
                environment = {**os.environ, "SATUHATI_DATA": place}
                environment.pop("DATABASE_URL", None)
                if url:
                    environment["DATABASE_URL"] = url
                command = [sys.executable, __file__, *sys.argv[1:], "--database", str(process)]
                wrong += subprocess.run(command, env=environment, check=False).returncode
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
