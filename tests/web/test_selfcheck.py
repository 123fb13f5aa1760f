"""What ``satuhati check`` sees of a running server: proxy, mail, worker, trail, accounts."""

from __future__ import annotations

import http.server
import os
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from satuhati.errors import MissingLibraryError
from satuhati.text import translator
from satuhati.web import selfcheck
from satuhati.web.audit.models import AuditEntry
from satuhati.web.audit.sealing import seal
from satuhati.web.profile.tasks import housekeeping
from satuhati.web.tenancy.models import Community, User

EN = translator("en")


def states(look: Callable[..., Any]) -> dict[str, str]:
    return {f.name: f.state for f in look(EN)}


class Proxy(http.server.BaseHTTPRequestHandler):
    """Stands where a server's address leads to."""

    status, sent_to = 200, ""

    def do_GET(self) -> None:
        self.send_response(self.status)
        if self.sent_to:
            self.send_header("Location", self.sent_to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def proxy(settings: Any) -> Iterator[type[Proxy]]:
    class Mine(Proxy):
        pass

    with http.server.HTTPServer(("127.0.0.1", 0), Mine) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        settings.ADDRESS = f"http://127.0.0.1:{server.server_port}"
        yield Mine
        server.shutdown()
        thread.join()


def test_the_proxy_is_tried(proxy: type[Proxy], settings: Any) -> None:
    assert states(selfcheck._reachable) == {"reachable": "ok"}
    proxy.status, proxy.sent_to = 301, f"{settings.ADDRESS}/masuk/"
    (circle,) = selfcheck._reachable(EN)
    assert circle.state == "fail"
    assert "X-Forwarded-Proto" in circle.remedy
    proxy.status, proxy.sent_to = 400, ""
    (refused,) = selfcheck._reachable(EN)
    assert refused.message.endswith("/masuk/ answers with 400.")
    assert "SATUHATI_HOSTS" in refused.remedy
    settings.ADDRESS = "http://127.0.0.1:1"
    assert states(selfcheck._reachable) == {"reachable": "warn"}
    settings.ADDRESS = ""
    assert states(selfcheck._reachable) == {}


def test_https_is_asked_for(settings: Any) -> None:
    assert states(selfcheck._address) == {"https": "warn"}
    settings.TLS, settings.HOSTS, settings.ADDRESS = True, [".contoh.id"], ""
    *_, address = selfcheck._address(EN)
    assert address.remedy == "SATUHATI_ADDRESS=https://contoh.id"
    settings.ADDRESS, settings.DEBUG = "https://contoh.id", True
    assert states(selfcheck._address) == {"debug": "warn", "https": "ok"}


def test_mail_is_tried(settings: Any) -> None:
    assert states(selfcheck._mail) == {"mail": "warn"}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    refused, sender = selfcheck._mail(EN)
    assert refused.state == "fail"
    assert "127.0.0.1:1 does not let us in (Connection refused)" in refused.message
    assert sender.name == "sender"
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "satuhati@contoh.id"
    settings.EMAIL_HOST = "surel.contoh.id"
    assert states(selfcheck._mail) == {"mail": "ok"}  # a server that lets us in


@pytest.mark.django_db
def test_the_worker_gives_a_sign_and_failed_jobs_are_counted() -> None:
    sign = Path(settings.DATA) / "worker-alive"
    sign.unlink(missing_ok=True)
    assert states(selfcheck._worker) == {"worker": "warn"}
    sign.touch()
    assert states(selfcheck._worker) == {"worker": "ok"}
    os.utime(sign, (time.time() - 60, time.time() - 60))
    housekeeping.enqueue()
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now())
    jobs = {f.name: f for f in selfcheck._worker(EN)}
    assert jobs["worker"].state == "warn"
    assert jobs["jobs"].message == "One job failed in the last seven days."
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=8))
    assert "jobs" not in states(selfcheck._worker)
    sign.unlink()


@pytest.mark.django_db
def test_a_changed_trail_and_lonely_communities_are_named(
    community: Community, by: Callable[..., Any]
) -> None:
    assert states(selfcheck._records) == {"trail": "ok", "accounts": "warn", "keepers": "warn"}
    who = by("secretary")
    assert states(selfcheck._records) == {"trail": "ok"}
    User.objects.update(is_active=False)
    assert states(selfcheck._records) == {"trail": "ok", "accounts": "warn", "keepers": "warn"}
    for n in range(3):
        AuditEntry.objects.create(
            community=community, by=who.user, role="secretary", action=f"a{n}"
        )
    seal(timedelta(0))
    second = AuditEntry.objects.order_by("pk")[1]
    AuditEntry.objects.filter(pk=second.pk).update(role="member")
    (trail,) = (f for f in selfcheck._records(EN) if f.name == "trail")
    assert trail.state == "fail"
    assert f"entry {second.pk} on" in trail.message


@pytest.mark.django_db
def test_the_database_is_looked_at() -> None:
    (found,) = selfcheck._database(EN)
    assert found.state == "ok", found
    assert ("PostgreSQL" if connection.vendor == "postgresql" else "SQLite") in found.message


def test_what_the_computer_lacks_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def no_pango(_: str) -> bytes:
        raise MissingLibraryError("Pango", "PDF", "apt-get install pango")

    monkeypatch.setattr("satuhati.reports.render_pdf", no_pango)
    (pdf,) = selfcheck._pdf(EN)
    assert pdf.state == "warn"
    assert "apt-get install pango" in pdf.remedy

    def unknown(key: str) -> None:
        raise selfcheck.ZoneInfoNotFoundError(key)

    monkeypatch.setattr(selfcheck, "ZoneInfo", unknown)
    assert states(selfcheck._zones) == {"zones": "fail"}
    assert {f.name: f.state for f in selfcheck._folder(tmp_path, EN)}["disk"] in ("ok", "warn")
    for free, state in ((10**8, "fail"), (5 * 10**8, "warn"), (10**10, "ok")):
        usage = SimpleNamespace(free=free)
        monkeypatch.setattr(selfcheck.shutil, "disk_usage", lambda _, usage=usage: usage)
        found = {f.name: f for f in selfcheck._folder(tmp_path, EN)}
        assert found["disk"].state == state
    (tmp_path / "file").write_text("", encoding="utf-8")
    (no_folder,) = selfcheck._folder(tmp_path / "file", EN)
    assert no_folder.state == "fail"
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    assert next(selfcheck._folder(tmp_path, EN)).message.endswith("belongs to another user.")
    assert states(selfcheck._user) == {}


@pytest.mark.django_db
def test_old_backups_are_called_old() -> None:
    stamp = Path(settings.DATA) / "last-backup"
    stamp.unlink(missing_ok=True)
    if connection.vendor != "sqlite":
        assert states(selfcheck._backup) == {}
        return
    assert states(selfcheck._backup) == {"backup": "warn"}
    for days, state in ((0, "ok"), (7, "ok"), (9, "warn")):
        stamp.touch()
        then = time.time() - days * 86400 - 60
        os.utime(stamp, (then, then))
        assert states(selfcheck._backup) == {"backup": state}
    stamp.unlink()


def test_what_cannot_be_looked_at_does_not_hide_the_rest() -> None:
    def broken(_: Any) -> Iterator[selfcheck.Finding]:
        yield from ()
        raise RuntimeError("rahasia")

    (found,) = selfcheck._look("mail", broken, EN)
    assert found.state == "fail"
    assert found.message == "mail could not be looked at (RuntimeError)."
