"""The audit trail is sealed in batches: each entry's seal covers it and all before it.

A changed or removed entry breaks every later seal. Sealing is a job, not part of each write.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from django.db import transaction
from django.utils import timezone

from satuhati.web.audit.models import AuditEntry

BATCH = 1000
SETTLED = dt.timedelta(minutes=1)
"""Entries younger than this are left: one with a smaller key may still be under way."""


def seal_of(entry: AuditEntry, before: str) -> str:
    """The seal of an entry that follows one sealed with ``before``."""
    content = [
        before,
        entry.pk,
        entry.at.isoformat(),
        entry.community_id,
        entry.by_id,
        entry.role,
        entry.action,
        entry.table,
        entry.code,
        entry.details,
    ]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def seal(settled: dt.timedelta = SETTLED) -> int:
    """Seal the entries that are not yet; how many."""
    until = timezone.now() - settled
    done = 0
    while True:
        with transaction.atomic():
            last = AuditEntry.objects.exclude(seal="").order_by("-pk").first()
            before = last.seal if last else ""
            entries = list(
                AuditEntry.objects.select_for_update()
                .filter(seal="", at__lt=until)
                .order_by("pk")[:BATCH]
            )
            for entry in entries:
                entry.seal = before = seal_of(entry, before)
            AuditEntry.objects.bulk_update(entries, ["seal"])
        done += len(entries)
        if len(entries) < BATCH:
            return done


def first_broken() -> int | None:
    """The first sealed entry that does not fit its seal, by key; ``None`` if all do."""
    before = ""
    for entry in AuditEntry.objects.exclude(seal="").order_by("pk").iterator(chunk_size=BATCH):
        if entry.seal != seal_of(entry, before):
            return int(entry.pk)
        before = entry.seal
    return None
