"""The server: the web application and its worker under one supervisor.

``prepare`` brings the data folder up to date; ``supervise`` runs both processes until it is told
to stop, starts a dead worker again, and leaves nobody behind. Knows nothing of the command line.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

Process = subprocess.Popen[bytes]
BACKLOG, THREADS = 512, 32
"""So many phones are answered by one commit; pages are fewer at once (``openrosa.middleware``)."""
UNUSED = ["django_htmx/ext/*", "django_htmx/ht*-4*", "django_htmx/htmx-2.js"]
"""Static files of libraries that no page asks for; compressing them takes seconds."""
PATIENCE = 20.0
"""Seconds within which the server answers after its first start."""


def prepare_database() -> None:
    """Create or migrate the database: enough for commands that show no page."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    reach_database()
    _make_tables()
    settings.UPLOADS.mkdir(mode=0o700, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def prepare() -> None:
    """Bring the database up to date, and collect the static files if they changed."""
    from django.conf import settings
    from django.core.management import call_command

    prepare_database()
    stamp = settings.DATA / ".static-files"
    now = _fingerprint()
    if not stamp.exists() or stamp.read_text("ascii") != now or not settings.STATIC_ROOT.exists():
        call_command(
            "collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=UNUSED
        )
        stamp.write_text(now, "ascii")


def reach_database() -> None:
    """Raises ``ImproperlyConfigured`` where there is no database to work with, at once.

    PostgreSQL is asked without the pool, which would try for a while and not say why.
    """
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, connection

    try:
        if connection.vendor == "postgresql":
            given = {"connect_timeout": 5, **connection.get_connection_params()}
            connection.Database.connect(**given).close()
        else:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM sqlite_master")
    except (DatabaseError, connection.Database.Error) as error:
        where = "DATABASE_URL" if connection.vendor == "postgresql" else "SATUHATI_DATA"
        why = (str(error).splitlines() or [type(error).__name__])[0]
        raise ImproperlyConfigured(f"{where}: the database cannot be opened ({why}).") from None


def _make_tables() -> None:
    """Give an empty database its tables straight from the models, all or none.

    Walking through every migration makes the same tables (a test compares them) but keeps whoever
    starts the program for the first time waiting ten seconds more.
    """
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    with connection.cursor() as cursor:
        if connection.introspection.table_names(cursor):
            return
    recorder = MigrationRecorder(connection)
    nodes = MigrationLoader(connection).graph.nodes
    with connection.schema_editor() as editor:
        editor.create_model(recorder.Migration)
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for key, migration in nodes.items():
            for app, name in (key, *migration.replaces):
                recorder.record_applied(app, name)


def _fingerprint() -> str:
    """Changes when a static file of ours or of the libraries does."""
    from django.contrib.staticfiles.finders import get_finders

    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            found.update(f"{name} {path.stat().st_size} {path.stat().st_mtime_ns}\n".encode())
    return found.hexdigest()


def is_free(host: str, port: int) -> bool:
    """Whether a server can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _die_with_parent() -> None:
    """In the child: end when the supervisor ends, however it ends (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _start(*arguments: str) -> Process:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "satuhati.web.settings",
        "OPENBLAS_NUM_THREADS": "1",
    }
    return subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, *arguments], env=environment, preexec_fn=_die_with_parent
    )


def start_web(host: str, port: int) -> Process:
    return _start(
        "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", "1", "--blocking-threads", str(THREADS), "--backlog", str(BACKLOG),
        "--no-ws", "--no-access-log", "--log-level", "error", "--respawn-failed-workers",
        "satuhati.web.wsgi:application",
    )  # fmt: skip


def start_worker() -> Process:
    return _start("-m", "satuhati.web.worker")


def stop(process: Process, patience: float = 10) -> None:
    """End a process and wait for it."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def running(host: str, port: int) -> Iterator[tuple[Process, list[Process]]]:
    """Both processes, ended together. The second is a list: its worker may be replaced."""
    web = start_web(host, port)
    workers = [start_worker()]
    try:
        yield web, workers
    finally:
        for process in (*workers, web):
            stop(process)


def wait_for(address: str, web: Process, patience: float = PATIENCE) -> bool:
    """Whether the server answers ``address`` within ``patience`` seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end and web.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310  our own server
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def supervise(host: str, port: int, ready: Callable[[], None] = lambda: None) -> int:
    """Run until told to stop; the exit code. ``ready`` is called once the server answers."""
    asked: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        asked.append(number)

    signal.signal(signal.SIGTERM, note)
    signal.signal(signal.SIGINT, note)
    shown = f"[{host}]" if ":" in host else host
    shown = "127.0.0.1" if shown == "0.0.0.0" else shown  # noqa: S104  only to look at ourselves
    with running(host, port) as (web, workers):
        if not wait_for(f"http://{shown}:{port}/sehat/", web, PATIENCE * 3):
            return 1
        ready()
        pause, since = 1.0, time.monotonic()
        while not asked:
            time.sleep(0.2)
            if web.poll() is not None:
                return 1
            if workers[-1].poll() is not None:
                if time.monotonic() - since > 60:
                    pause = 1.0
                time.sleep(pause)
                pause, since = min(pause * 2, 60), time.monotonic()
                workers.append(start_worker())
    return 0
