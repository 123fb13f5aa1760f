"""What the web app costs: 100 communities of 200 people on SQLite, the real server, loopback only.

Bounds of the issue: at most 15 ms of server CPU for a home or list page; 20 people with a second
of thinking between pages at most 150 ms at the 95th percentile on two cores; 64 at once (reading,
and each finishing a task) without an error; a new profile within 2 s of a change; the demo within
20 s of its first start. Beside it, in the same run: Django's admin listing the same table and a
page that says "ok", both through the same server, and the same pages by wsgiref's threads
(`runserver`) and, where it is installed, by gunicorn's. Run on an idle machine:

    .venv/bin/python benchmarks/web.py [--communities 100] [--people 200] [--seconds 30]
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import http.client
import importlib.util
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
STEP = 1_000_000
"""Between the keys of one community's rows and the next one's."""
TICK = os.sysconf("SC_CLK_TCK")
PAGES = {
    "Beranda (home)": "/k/{code}/",
    "Warga (people)": "/k/{code}/warga/",
    "Susunan (working group)": "/k/{code}/warga/susunan/",
    "Rapat (meetings)": "/k/{code}/rapat/?lihat=lalu",
    "Tindak lanjut (tasks)": "/k/{code}/rapat/tindak-lanjut/",
    "Layanan (services)": "/k/{code}/layanan/",
    "Laporan (report)": "/k/{code}/laporan/",
    "Publik (public)": "/p/{code}/",
}
TOKEN = "b" * 32
failed: list[str] = []


# --- Filling -----------------------------------------------------------------------------------


def fill(communities: int, people: int) -> None:
    """The example padded to so many people, and copies of it with keys of their own."""
    from django.db import connection, transaction
    from django_scopes import scope

    from satuhati.examples.generate import example_folder
    from satuhati.formats.package import read_any
    from satuhati.web.profile.models import Snapshot, SnapshotPage
    from satuhati.web.profile.package import replace
    from satuhati.web.profile.records import ordered
    from satuhati.web.profile.snapshots import make_snapshot
    from satuhati.web.register.models import Actor, Area
    from satuhati.web.surveys.models import Answer
    from satuhati.web.tenancy.models import Community

    data, _ = read_any(example_folder())
    latest = data.latest_dates()["as_of"].max()
    today = dt.date.today()  # noqa: DTZ011  the reader's own day
    first = Community.objects.create(code="k0", name="k0", guide_done=True)
    with transaction.atomic():
        replace(first, data.shifted((today - latest).days // 7 * 7))
        with scope(community=first):
            areas = list(Area.objects.all())
            there = Actor.objects.filter(kind="person").count()
            Actor.objects.bulk_create(
                Actor(
                    community=first, public_id=f"rekaan{i}", name=f"Warga Rekaan {i}",
                    kind="person", sector="warga", area=areas[i % len(areas)], joined=today,
                )
                for i in range(max(0, people - there))
            )  # fmt: skip
    make_snapshot(first.pk)
    skipped = {"name", "code"}
    plain = [f.column for f in Community._meta.local_fields if not f.primary_key]
    with connection.cursor() as cursor, transaction.atomic():
        for number in range(1, communities):
            taken = ", ".join(f"'k{number}'" if c in skipped else f'"{c}"' for c in plain)
            table = Community._meta.db_table
            cursor.execute(
                f"INSERT INTO {table} (id, {', '.join(plain)}) "
                f"SELECT id + {number * STEP}, {taken} FROM {table} WHERE id = {first.pk}"
            )
            for model in (*ordered(), Answer, Snapshot, SnapshotPage):
                copy(cursor, model, number * STEP)
        cursor.execute("ANALYZE")


def copy(cursor: object, model: type, offset: int) -> None:
    """Rows of the first community again, every key moved by ``offset``."""
    names, values = [], []
    for field in model._meta.local_fields:
        names.append(f'"{field.column}"')
        moved = field.primary_key or field.is_relation
        values.append(f'"{field.column}" + {offset}' if moved else f'"{field.column}"')
    table = model._meta.db_table
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(names)}) "
        f"SELECT {', '.join(values)} FROM {table} WHERE id < {STEP}"
    )


def sign_in(number: int) -> list[str]:
    """A secretary for each of the first communities; their cookies."""
    from django.test import Client

    from satuhati.web.tenancy.models import Community, Membership, User

    cookies = []
    for i in range(number):
        user = User.objects.create_user(name=f"Sekretaris {i}", email=f"s{i}@contoh.invalid")
        where = Community.objects.get(code=f"k{i}")
        Membership.objects.create(user=user, community=where, role="secretary")
        client = Client()
        client.force_login(user)
        cookies.append(f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}")
    return cookies


def open_tasks(number: int) -> list[list[str]]:
    """Public ids of tasks of each of the first communities."""
    from django_scopes import scope

    from satuhati.web.meetings.models import FollowUp
    from satuhati.web.tenancy.models import Community

    found = []
    for i in range(number):
        where = Community.objects.get(code=f"k{i}")
        with scope(community=where):
            found.append(list(FollowUp.objects.values_list("public_id", flat=True)[:5]))
    return found


# --- Asking ------------------------------------------------------------------------------------


class Browser:
    """One connection that stays open, with somebody's cookies."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.port, self.cookie = port, cookie
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, path: str, form: str | None = None) -> tuple[int, float, bytes]:
        """Status, seconds and body."""
        headers = {"Cookie": self.cookie, "Accept-Encoding": "gzip"}
        if form is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-CSRFToken": TOKEN,
                "Origin": f"http://127.0.0.1:{self.port}",
            }
        start = time.perf_counter()
        try:
            self.connection.request("GET" if form is None else "POST", path, form, headers)
            answer = self.connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            return 0, time.perf_counter() - start, repr(error).encode()
        return answer.status, time.perf_counter() - start, body


def children(process: int) -> list[int]:
    found = [process]
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text().split():
            found += children(int(child))
    return found


def cpu_of(process: int) -> float:
    """CPU seconds of a process and those below it."""
    spent = 0
    for one in children(process):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            spent += int(fields[11]) + int(fields[12])
    return spent / TICK


def cost(process: int, port: int, path: str, cookie: str, times: int) -> tuple[float, float, int]:
    """Server CPU and median time of a page in ms, and its bytes as sent."""
    browser = Browser(port, cookie)
    for _ in range(10):
        status, _, body = browser.ask(path)
        if status != 200:
            failed.append(f"{path}: {status} {body[:200]!r}")
            return float("nan"), float("nan"), 0
    before, taken = cpu_of(process), []
    for _ in range(times):
        status, seconds, body = browser.ask(path)
        assert status == 200
        taken.append(seconds)
    return (cpu_of(process) - before) / times * 1000, statistics.median(taken) * 1000, len(body)


def at_once(work: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def thinking(port: int, cookies: list[str], seconds: float) -> tuple[list[float], int]:
    """People who read a page, think a second, and go on; the times, and what went wrong."""
    taken: list[float] = []
    wrong: list[int] = []
    end = time.monotonic() + seconds

    def person(number: int) -> None:
        chance = random.Random(number)
        browser = Browser(port, cookies[number])
        time.sleep(chance.random())
        while time.monotonic() < end:
            path = chance.choice(list(PAGES.values())).format(code=f"k{number}")
            status, spent, _ = browser.ask(path)
            taken.append(spent)
            if status != 200:
                wrong.append(status)
            time.sleep(max(0.0, chance.gauss(1, 0.2)))

    at_once([lambda i=i: person(i) for i in range(len(cookies))])
    return taken, len(wrong)


def crowd(port: int, cookies: list[str], tasks: list[list[str]]) -> tuple[list[float], list[int]]:
    """Everybody at the same moment: home, two lists, a task finished and opened again."""
    taken: list[float] = []
    wrong: list[int] = []
    start = threading.Barrier(len(cookies))

    def person(number: int) -> None:
        browser, code = Browser(port, cookies[number]), f"k{number}"
        steps: list[tuple[str, str | None]] = [
            (PAGES[p].format(code=code), None) for p in list(PAGES)[:4]
        ]
        for task in tasks[number]:
            place = f"/k/{code}/rapat/tindak-lanjut/{task}"
            steps += [(f"{place}/selesai/", ""), (f"{place}/buka/", "")]
        start.wait(30)
        for path, form in steps:
            status, spent, _ = browser.ask(path, form)
            taken.append(spent)
            if status not in (200, 302):
                wrong.append(status)

    at_once([lambda i=i: person(i) for i in range(len(cookies))])
    return taken, wrong


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18] * 1000


# --- Servers -----------------------------------------------------------------------------------


@contextlib.contextmanager
def serving(*arguments: str, settings: str = "satuhati.web.settings") -> Iterator[tuple[int, int]]:
    """A server of the given command, in which ``{port}`` stands for the port; process and port."""
    from satuhati.web.server import free_port, stop

    port = free_port()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
    environment["PYTHONPATH"] = os.pathsep.join(
        [str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])]
    )
    process = subprocess.Popen(
        [sys.executable, *(a.format(port=port) for a in arguments)],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        end = time.monotonic() + 30
        while Browser(port).ask("/")[0] == 0:
            if process.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"does not start: {' '.join(arguments)}")
            time.sleep(0.1)
        yield process.pid, port
    finally:
        stop(process)


GRANIAN = (
    "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", "{port}",
    "--workers", "1", "--blocking-threads", "32", "--backlog", "512", "--no-ws",
    "--no-access-log", "--log-level", "warning", "satuhati.web.wsgi:application",
)  # fmt: skip
SERVERS = {
    "granian (ours)": GRANIAN,
    "wsgiref threads (runserver)": (
        "-m", "django", "runserver", "--noreload", "--nostatic", "127.0.0.1:{port}",
    ),
    "gunicorn gthread, 1 × 4": (
        "-m", "gunicorn", "--bind", "127.0.0.1:{port}", "--workers", "1", "--threads", "4",
        "--worker-class", "gthread", "--backlog", "512", "satuhati.web.wsgi:application",
    ),
}  # fmt: skip


def show(name: str, value: float, unit: str, bound: float | None = None) -> None:
    said = f"  {name:44} {value:8.1f} {unit}"
    if bound is not None:
        said += f"   (at most {bound:g}{'' if value <= bound else ': TOO MUCH'})"
        if not value <= bound:
            failed.append(f"{name}: {value:.1f} {unit}")
    print(said, flush=True)


def new_profile(port: int, cookie: str, task: str) -> float:
    """Seconds from a change until the profile of the changed records is stored."""
    from satuhati.web.profile.models import Snapshot
    from satuhati.web.tenancy.models import Community

    browser, taken = Browser(port, cookie), []
    for step in ("selesai", "buka", "selesai", "buka"):
        start = time.perf_counter()
        browser.ask(f"/k/k0/rapat/tindak-lanjut/{task}/{step}/", "")
        wanted = Community.objects.get(code="k0").data_version
        while not Snapshot.objects.filter(community__code="k0", data_version=wanted).exists():
            if time.perf_counter() - start > 60:
                return float("nan")
            time.sleep(0.02)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--communities", type=int, default=100)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--requests", type=int, default=200, help="per page")
    parser.add_argument("--seconds", type=float, default=30, help="of 20 people reading")
    args = parser.parse_args()
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "satuhati.web.settings", "OPENBLAS_NUM_THREADS": "1"}
    with tempfile.TemporaryDirectory(prefix="satuhati-bench-") as place:
        os.environ["SATUHATI_DATA"] = place
        measure(args)
    program = "from satuhati.cli import main; main()"
    demo = subprocess.run(
        [sys.executable, "-c", program, "demo", "--check", "--json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    print("First start")
    show("demo answers after", json.loads(demo.stdout)["seconds"], "s", 20)
    for one in failed:
        print(f"NOT MET: {one}", file=sys.stderr)
    sys.exit(bool(failed))


def measure(args: argparse.Namespace) -> None:
    from satuhati.web.server import prepare, running

    prepare()
    start = time.perf_counter()
    crowd_size = min(64, args.communities)
    fill(args.communities, args.people)
    cookies, tasks = sign_in(crowd_size), open_tasks(crowd_size)
    size = (Path(os.environ["SATUHATI_DATA"]) / "satuhati.sqlite3").stat().st_size / 1e6
    print(f"{args.communities} communities of {args.people} people, {size:.0f} MB, "
          f"filled in {time.perf_counter() - start:.0f} s\n")  # fmt: skip

    print(f"Server CPU a page ({args.requests} times; time and size beside it)")
    costs = {}
    with serving(*GRANIAN) as (process, port):
        for name, path in PAGES.items():
            spent, seen, size = cost(process, port, path.format(code="k1"), cookies[1],
                                     args.requests)  # fmt: skip
            costs[name] = spent
            show(f"{name}  {seen:.1f} ms, {size / 1000:.1f} kB", spent, "ms", 15)
    peer = tuple(a.replace("satuhati.web.wsgi", "django.core.wsgi") for a in GRANIAN[:-1])
    with serving(*peer, "_web_app:application", settings="_web_peer") as (process, port):
        bare, _, _ = cost(process, port, "/kosong/", cookies[1], args.requests)
        admin, _, _ = cost(process, port, "/admin/web/actor/", cookies[1], args.requests)
    show('a page that says "ok", same middleware', bare, "ms")
    show("Django admin, the same table, 50 rows", admin, "ms")
    print(f"  Warga costs {costs['Warga (people)'] / admin:.2f} of Django admin's list\n")

    print(f"20 people, a second of thinking, {args.seconds:g} s; then {crowd_size} at once")
    for name, command in SERVERS.items():
        if "gunicorn" in command and importlib.util.find_spec("gunicorn") is None:
            continue
        ours = command is GRANIAN
        with serving(*command) as (process, port):
            thinking(port, cookies[:20], 3)
            before = cpu_of(process)
            taken, wrong = thinking(port, cookies[:20], args.seconds)
            spent = (cpu_of(process) - before) / len(taken) * 1000
            print(f" {name}")
            show(f"95th percentile of {len(taken)} pages", p95(taken), "ms", 150 if ours else None)
            show("errors", wrong, "", 0 if ours else None)
            show("server CPU a page", spent, "ms")
            begun = time.perf_counter()
            taken, failures = crowd(port, cookies, tasks)
            show(f"{crowd_size} at once: errors in {len(taken)} requests", len(failures), "",
                 0 if ours else None)  # fmt: skip
            show(f"{crowd_size} at once: 95th percentile", p95(taken), "ms")
            show(f"{crowd_size} at once: requests a second",
                 len(taken) / (time.perf_counter() - begun), "")  # fmt: skip

    from satuhati.web.server import free_port, wait_for

    print("\nA new profile after a change (web and worker as served)")
    port = free_port()
    with quietly(), running("127.0.0.1", port) as (web, _):
        wait_for(f"http://127.0.0.1:{port}/sehat/", web)
        drain()
        seconds = new_profile(port, cookies[0], tasks[0][0])
    show("a change until its profile", seconds, "s", 2)


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """The server's log lines go nowhere."""
    kept = os.dup(2)
    with open(os.devnull, "wb") as nothing:
        os.dup2(nothing.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def drain() -> None:
    """Wait until the worker has done what the crowd left behind."""
    from django_tasks_db.models import DBTaskResult

    while DBTaskResult.objects.ready().exists():
        time.sleep(0.5)


if __name__ == "__main__":
    main()
