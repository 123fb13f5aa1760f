"""How often something may be tried from one place: counted in the database, for all processes."""

from __future__ import annotations

import hashlib
import hmac
import time

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from satuhati.web.tenancy.models import Attempt


def address_of(request: HttpRequest) -> str:
    """The visitor's address. Behind a proxy of ours (TLS) it is the last one the proxy added."""
    if settings.TLS:
        chain = request.headers.get("x-forwarded-for", "")
        return chain.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    return str(request.META.get("REMOTE_ADDR", ""))


def _key(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def count(scope: str, who: str, *, seconds: int) -> int:
    """Note one try of ``who`` (hashed) in this window of ``seconds``; how many there are now."""
    window = int(time.time()) // seconds
    key = {"scope": scope, "key_hash": _key(who), "period": window}
    with transaction.atomic():
        table = Attempt._meta.db_table
        with connection.cursor() as cursor:
            # One statement, so that tries at the same time are all counted.
            cursor.execute(
                f"INSERT INTO {table} (scope, key_hash, period, count) VALUES (%s, %s, %s, 1) "  # noqa: S608
                f"ON CONFLICT (scope, key_hash, period) DO UPDATE SET count = {table}.count + 1",
                [scope, key["key_hash"], window],
            )
        found: int = Attempt.objects.values_list("count", flat=True).get(**key)
    if found == 1:
        Attempt.objects.filter(scope=scope, period__lt=window - 1).delete()
    return found


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """The answer to who tries too often: kind, and with when to come back."""
    response: HttpResponse = render(request, "signin/too_often.html", status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def tries(scope: str, who: str, *, seconds: int) -> int:
    """How many there are in this window, without noting one."""
    window = int(time.time()) // seconds
    there = Attempt.objects.filter(scope=scope, key_hash=_key(who), period=window)
    return there.values_list("count", flat=True).first() or 0


__all__ = ["address_of", "count", "too_often", "tries"]
