"""``satuhati check``: whether a server is set up as it should be, and what to do where it is not.

Looks and changes nothing: no folder, secret or database is made by looking.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import smtplib
import sqlite3
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from satuhati.errors import SatuHatiError
from satuhati.text import Translator
from satuhati.web import environment

MB = 1_000_000
LITTLE, TOO_LITTLE = 1000 * MB, 200 * MB
"""Free bytes below which saving will soon fail, or does."""
BACKUP_DAYS = 7
WORKER_PATIENCE = 30
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
POSTGRESQL = 140000
"""The oldest PostgreSQL that the web framework works with."""

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``name`` is stable; ``remedy`` says what to do about it."""

    name: str
    state: State
    message: str
    remedy: str = ""


Found = Iterator[Finding]


def look_around(t: Translator) -> list[Finding]:
    """All findings, in the order in which one would mend things."""
    folder = environment.data_path()
    found = [*_look("data", lambda t: _folder(folder, t), t)]
    with _without_traces(folder):
        found += _look("settings", _settings, t)
        if found[-1].state == "fail":
            return found  # without settings there is nothing more to see
        for name, look in CHECKS.items():
            broken = any(f.name == "database" and f.state == "fail" for f in found)
            if broken and name in IN_DATABASE:
                continue  # one trouble, said once
            found += _look(name, look, t)
        from django.db import connections

        connections.close_all()
    return found


def _look(name: str, look: Callable[[Translator], Found], t: Translator) -> list[Finding]:
    try:
        return list(look(t))
    except Exception as error:  # one that cannot be looked at must not hide the others
        said = t("{name} could not be looked at ({why}).", name=name, why=type(error).__name__)
        return [Finding(name, "fail", said, t("Run it as the user of the server."))]


@contextlib.contextmanager
def _without_traces(folder: Path) -> Iterator[None]:
    """Settings that make nothing in the data folder, as reading them otherwise would."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="satuhati-check-") as place:
        try:
            if not folder.is_dir():
                os.environ["SATUHATI_DATA"] = place
            if not (folder / environment.SECRET_FILE).exists():
                os.environ.setdefault("SATUHATI_SECRET_KEY", secrets.token_urlsafe(48))
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def _folder(folder: Path, t: Translator) -> Found:
    if not folder.exists():
        message = t("The data folder {folder} is not there yet.", folder=folder)
        yield Finding("data", "warn", message, t("'satuhati serve' makes it."))
        return
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        message = t("The data folder {folder} cannot be written.", folder=folder)
        remedy = t("Give it to the user who runs the server, or name another: SATUHATI_DATA.")
        yield Finding("data", "fail", message, remedy)
        return
    state = folder.stat()
    if state.st_uid != os.geteuid():
        message = t("The data folder {folder} belongs to another user.", folder=folder)
        yield Finding("data", "warn", message, t("Run the server, and this, as its owner."))
    elif state.st_mode & 0o077:
        message = t("Other users of this computer may look into {folder}.", folder=folder)
        yield Finding("data", "warn", message, f"chmod 700 {folder}")
    else:
        yield Finding("data", "ok", t("Data folder: {folder}", folder=folder))
    secret = folder / environment.SECRET_FILE
    if secret.exists() and secret.stat().st_mode & 0o077:
        message = t("Other users of this computer may read the server's secret.")
        yield Finding("secret", "fail", message, f"chmod 600 {secret}")
    free = shutil.disk_usage(folder).free
    level: State = "fail" if free < TOO_LITTLE else "warn" if free < LITTLE else "ok"
    message = t("{size} MB of disk are free.", size=t.number(free / MB))
    remedy = "" if level == "ok" else t("Make room, or move the data folder to a larger disk.")
    yield Finding("disk", level, message, remedy)


def _settings(t: Translator) -> Found:
    import django
    from django.core.checks import ERROR, run_checks
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        remedy = t("Correct that environment variable; docs/reference/settings.md lists them.")
        yield Finding("settings", "fail", str(error), remedy)
        return
    wrong = [m for m in run_checks() if m.level >= ERROR]
    if wrong:
        yield Finding("settings", "fail", str(wrong[0].msg), str(wrong[0].hint or ""))
    else:
        yield Finding("settings", "ok", t("The settings can be read."))


def _user(t: Translator) -> Found:
    if os.geteuid() == 0:
        message = t("This runs as root, who may do anything to the computer.")
        yield Finding("user", "warn", message, t("Give the server a user of its own."))


def _address(t: Translator) -> Found:
    from django.conf import settings

    if settings.DEBUG:
        message = t("SATUHATI_DEBUG shows the server's insides to everybody.")
        yield Finding("debug", "warn", message, t("Leave it away, except while developing."))
    if not settings.TLS:
        message = t("Without HTTPS the server is for this computer only.")
        remedy = t(
            "For others: a proxy with HTTPS before it, and SATUHATI_TLS=1, SATUHATI_HOSTS, "
            "SATUHATI_ADDRESS."
        )
        yield Finding("https", "warn", message, remedy)
        return
    yield Finding("https", "ok", t("Served by HTTPS as {hosts}.", hosts=", ".join(settings.HOSTS)))
    if not settings.ADDRESS:
        message = t("SATUHATI_ADDRESS is not set: links name the address a secretary has open.")
        yield Finding(
            "address", "warn", message, f"SATUHATI_ADDRESS=https://{settings.HOSTS[0].lstrip('.')}"
        )


class _Stay(urllib.request.HTTPRedirectHandler):
    """Where the proxy sends one on to is what is asked; it is not followed."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _reachable(t: Translator) -> Found:
    from django.conf import settings

    if not settings.ADDRESS:
        return
    address = f"{settings.ADDRESS}/masuk/"
    try:
        with urllib.request.build_opener(_Stay).open(address, timeout=8) as answer:
            status, sent_to = answer.status, ""
    except urllib.error.HTTPError as error:
        status, sent_to = error.code, error.headers.get("Location", "")
    except (OSError, ValueError) as error:
        why = getattr(error, "reason", None) or type(error).__name__
        message = t("{address} does not answer ({why}).", address=address, why=why)
        remedy = t("Is the server running? Look at the proxy and the name's entry in DNS.")
        yield Finding("reachable", "warn", message, remedy)
        return
    if status == 200:
        yield Finding("reachable", "ok", t("{address} answers.", address=address))
    elif sent_to.rstrip("/") == address.rstrip("/"):
        message = t("{address} sends visitors round in a circle.", address=address)
        remedy = t("The proxy must set the header X-Forwarded-Proto to https.")
        yield Finding("reachable", "fail", message, remedy)
    else:
        message = t("{address} answers with {status}.", address=address, status=status)
        remedy = t("Does the proxy pass on the header Host, and is it in SATUHATI_HOSTS?")
        yield Finding("reachable", "fail", message, remedy)


def _database(t: Translator) -> Found:
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.db import connection

    from satuhati.web.server import reach_database

    if connection.vendor == "sqlite":
        path = Path(settings.DATABASES["default"]["NAME"])
        if not path.exists():
            message = t("There is no database yet.")
            yield Finding("database", "warn", message, t("'satuhati serve' makes it."))
            return
        yield _sqlite(path, t)
        return
    try:
        reach_database()
    except ImproperlyConfigured as error:
        remedy = t("Is PostgreSQL running, and is DATABASE_URL right?")
        yield Finding("database", "fail", str(error), remedy)
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        number = int(cursor.fetchone()[0])
        cursor.execute("SHOW server_encoding")
        encoding = str(cursor.fetchone()[0])
    shown = f"PostgreSQL {number // 10000}, {encoding}"
    if number < POSTGRESQL or encoding != "UTF8":
        message = t("The database does not fit: {found}.", found=shown)
        remedy = t("It takes PostgreSQL 14 or newer and a database with the encoding UTF8.")
        yield Finding("database", "fail", message, remedy)
    else:
        yield Finding("database", "ok", t("Database: {found}", found=shown))


def _sqlite(path: Path, t: Translator) -> Finding:
    remedy = t("Stop the server and restore the last good backup: satuhati restore")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as opened:
            said = str(opened.execute("PRAGMA quick_check(1)").fetchone()[0])
            journal = str(opened.execute("PRAGMA journal_mode").fetchone()[0])
    except sqlite3.DatabaseError as error:
        said, journal = str(error), ""
    if said != "ok":
        why = said.splitlines()[0]
        return Finding("database", "fail", t("The database is damaged ({why}).", why=why), remedy)
    shown = f"SQLite {sqlite3.sqlite_version}, {journal.upper()}"
    return Finding("database", "ok", t("Database: {found}", found=shown))


def _has_tables() -> bool:
    """Whether there is a database with our tables; without making one."""
    from django.conf import settings
    from django.db import connection

    name = settings.DATABASES["default"]["NAME"]
    if connection.vendor == "sqlite" and not Path(name).exists():
        return False
    with connection.cursor() as cursor:
        return "web_community" in connection.introspection.table_names(cursor)


def _migrations(t: Translator) -> Found:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    if not _has_tables():
        return
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        message = t.plural(
            "One change of the database is waiting.",
            "{n} changes of the database are waiting.",
            len(waiting),
        )
        remedy = t("Make a backup; 'satuhati serve' then brings it up to date.")
        yield Finding("migrations", "warn", message, remedy)


def _records(t: Translator) -> Found:
    from satuhati.web.audit.sealing import first_broken
    from satuhati.web.tenancy.models import Community, User
    from satuhati.web.tenancy.rules import KEEPERS

    if not _has_tables():
        return
    broken = first_broken()
    if broken is None:
        yield Finding("trail", "ok", t("The audit trail is whole."))
    else:
        message = t("The audit trail was changed from entry {number} on.", number=broken)
        remedy = t("Compare it with the last backups: who had access to the database?")
        yield Finding("trail", "fail", message, remedy)
    if not User.objects.filter(is_active=True).exists():
        message = t("Nobody can sign in yet.")
        yield Finding("accounts", "warn", message, "satuhati user add … --help")
    kept = Community.objects.filter(
        memberships__ended__isnull=True,
        memberships__role__in=KEEPERS,
        memberships__user__is_active=True,
    )
    alone = Community.objects.exclude(pk__in=kept).order_by("code")
    for code in alone.values_list("code", flat=True)[:5]:
        message = t("Nobody looks after the community {code}.", code=code)
        yield Finding("keepers", "warn", message, f"satuhati user add … --community {code}")


def _worker(t: Translator) -> Found:
    from django.conf import settings
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    sign = settings.DATA / "worker-alive"
    if sign.exists() and time.time() - sign.stat().st_mtime < WORKER_PATIENCE:
        yield Finding("worker", "ok", t("The worker is at work."))
    else:
        message = t("The worker gives no sign of life.")
        yield Finding("worker", "warn", message, t("Start the server: satuhati serve"))
    if not _has_tables():
        return
    week = timezone.now() - timedelta(days=7)
    failed = DBTaskResult.objects.filter(status="FAILED", finished_at__gte=week).count()
    if failed:
        message = t.plural(
            "One job failed in the last seven days.",
            "{n} jobs failed in the last seven days.",
            failed,
        )
        remedy = t('The server\'s log names the place: look for lines with "error".')
        yield Finding("jobs", "warn", message, remedy)


def _mail(t: Translator) -> Found:
    from django.conf import settings
    from django.core.mail import get_connection

    if not settings.EMAIL_HOST:
        message = t("No mail server is set: sign-in codes stay in the data folder, in 'mail'.")
        yield Finding("mail", "warn", message, "SATUHATI_MAIL_HOST=… SATUHATI_MAIL_FROM=…")
        return
    place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with contextlib.closing(get_connection(timeout=8)) as opened:
            opened.open()
    except (OSError, smtplib.SMTPException) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        message = t("The mail server {place} does not let us in ({why}).", place=place, why=why)
        remedy = t("Check SATUHATI_MAIL_HOST, _PORT, _USER and _PASSWORD.")
        yield Finding("mail", "fail", message, remedy)
    else:
        yield Finding("mail", "ok", t("The mail server {place} answers.", place=place))
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        message = t("E-mail would come from {sender}, which many servers refuse.",
                    sender=settings.DEFAULT_FROM_EMAIL)  # fmt: skip
        yield Finding("sender", "warn", message, "SATUHATI_MAIL_FROM=…")


def _pdf(t: Translator) -> Found:
    from satuhati.reports import render_pdf

    try:
        render_pdf("<p>.</p>")
    except SatuHatiError as error:
        report = getattr(error, "report", None)
        said = report(t.lang) if report is not None else str(error)
        yield Finding("pdf", "warn", t("Reports cannot be made as PDF."), said)
    else:
        yield Finding("pdf", "ok", t("Reports can be made as PDF."))


def _zones(t: Translator) -> Found:
    try:
        for zone in ZONES:
            ZoneInfo(zone)
    except (ZoneInfoNotFoundError, OSError):
        message = t("The computer does not know Indonesia's time zones.")
        yield Finding("zones", "fail", message, "apt-get install tzdata")


def _backup(t: Translator) -> Found:
    from django.conf import settings
    from django.db import connection

    from satuhati.web.backup import STAMP

    if connection.vendor != "sqlite" or not _has_tables():
        return
    stamp = settings.DATA / STAMP
    remedy = "satuhati backup …"
    if not stamp.exists():
        yield Finding("backup", "warn", t("There has been no backup yet."), remedy)
        return
    days = int((time.time() - stamp.stat().st_mtime) // 86400)
    state: State = "warn" if days > BACKUP_DAYS else "ok"
    message = t.plural("The last backup is one day old.", "The last backup is {n} days old.", days)
    yield Finding("backup", state, message, remedy if state == "warn" else "")


CHECKS: dict[str, Callable[[Translator], Found]] = {
    "user": _user,
    "database": _database,
    "migrations": _migrations,
    "records": _records,
    "backup": _backup,
    "address": _address,
    "reachable": _reachable,
    "worker": _worker,
    "mail": _mail,
    "pdf": _pdf,
    "zones": _zones,
}
IN_DATABASE = ("migrations", "records", "backup", "worker")
