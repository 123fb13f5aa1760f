"""Submissions are taken several at a time: one transaction, one fsync, and then every answer.

Whoever comes first takes along all who wait by then. An answer of 201 or 202 is given only once
the transaction that holds the submission, and its entry in the trail, is on the disk (ADR 27).
This is the one write that is no ``@action``: it is many of them at once, each with its own right
looked at and its own entry.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q
from django_scopes import scopes_disabled

from satuhati.web.audit.models import AuditEntry
from satuhati.web.openrosa.models import RAW, TABLE, CollectForm, Submission
from satuhati.web.openrosa.multipart import Part
from satuhati.web.openrosa.tokens import Holder, living
from satuhati.web.openrosa.turns import turn
from satuhati.web.surveys.beside import SurveySetup
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.files import KeptFile

AT_ONCE = 64
NAME_LONGEST = 200
Key = tuple[int, str, str]


def _taken_lock() -> threading.Lock:
    """A lock that is held: who acquires it waits until somebody releases it."""
    made = threading.Lock()
    made.acquire()
    return made


@dataclass(slots=True, eq=False)
class Arriving:
    """A submission that was read and checked, and what became of it."""

    holder: Holder
    form: CollectForm
    ends: dt.date
    anonymous: bool
    instance: str
    deprecated: str
    digest: str
    values: dict[str, Any]
    files: list[Part] = field(default_factory=list)
    kept: list[KeptFile] = field(default_factory=list)
    stored: set[str] = field(default_factory=set)
    outcome: str = ""
    error: Exception | None = None
    turn: threading.Lock = field(default_factory=_taken_lock)

    @property
    def key(self) -> Key:
        return (self.form.community_id, self.form.round, self.instance)

    @property
    def before(self) -> Key:
        return (self.form.community_id, self.form.round, self.deprecated)


_waiting: list[Arriving] = []
_lock = threading.Lock()
_busy = False


def take(one: Arriving, news: Callable[[], None] = lambda: None) -> str:
    """Take a submission; what became of it. ``news`` is called where something new is stored.

    ``new``, ``again`` (the same was there), ``files`` (the same, with files that were not),
    ``other`` (its id was there with other content), ``closed``, ``withdrawn``, ``unknown`` (it
    corrects what is not there), ``replaced`` (that was corrected already), ``person`` (a
    correction may not change whose form it is).
    """
    global _busy
    _write_files(one)
    with _lock:
        _waiting.append(one)
        lead, _busy = not _busy, True
    if not lead:
        _let_go()
        one.turn.acquire()  # until it is taken, or it is its turn to take along all who wait
    if not one.outcome and one.error is None:
        with _lock:
            batch = _waiting[:AT_ONCE]
            del _waiting[:AT_ONCE]
        try:
            _take_all(batch, news)
        finally:
            # Whoever leads next is named, not fought out: nobody is overtaken for ever.
            for other in batch:
                if not other.outcome and other.error is None:
                    other.error = RuntimeError("not taken")
            with _lock:
                following = _waiting[0] if _waiting else None
                _busy = following is not None
            for other in (*batch, *([following] if following else [])):
                if other is not one:
                    other.turn.release()
    _drop_unused(one)
    if one.error is not None:
        raise one.error
    return one.outcome


def _let_go() -> None:
    """Whoever waits holds no connection of a pool: the one it waits for may need it."""
    if connection.settings_dict["OPTIONS"].get("pool") and not connection.in_atomic_block:
        connection.close()


def _take_all(batch: list[Arriving], news: Callable[[], None]) -> None:
    """All in one transaction; if that fails, one by one, so that one cannot spoil the others."""
    try:
        _commit(batch, news)
    except (OperationalError, InterfaceError) as error:  # the database itself: none can be taken
        for a in batch:
            a.error = error
    except Exception:
        for a in batch:
            try:
                _commit([a], news)
            except Exception as error:
                a.error = error


def _commit(batch: list[Arriving], news: Callable[[], None]) -> None:
    with turn(), transaction.atomic(), scopes_disabled():
        there = _there(batch)
        tokens = set(living().filter(pk__in={a.holder.token for a in batch})
                     .values_list("pk", flat=True))  # fmt: skip
        open_rounds = _open(batch)
        rows: list[Submission] = []
        trail: list[AuditEntry] = []
        files: list[KeptFile] = []
        outcomes = []
        new_files: set[str] = set()
        for a in batch:
            outcome, row = _decided(a, there, tokens, open_rounds)
            if outcome in ("new", "again"):
                more = _new_files(a, row, outcome)
                if more is None:
                    outcome = "other"
                elif more:
                    files += more
                    new_files.update(kept.key for kept in more)
                    outcome = "files" if outcome == "again" else outcome
            if outcome == "new":
                rows.append(row)
                there.rows[a.key] = row
                if a.deprecated:
                    there.replaced.add(a.before)
            if outcome in ("new", "files"):
                trail.append(_entry(a, outcome))
            outcomes.append(outcome)
        if rows:
            Submission.objects.bulk_create(rows)
        if rows or files:
            news()  # while it is our turn: the job's row need not wait for the database again
        if there.superseded:
            Submission.objects.filter(pk__in=there.superseded).update(state="replaced")
        if files:
            KeptFile.objects.bulk_create(files)
        if trail:
            AuditEntry.objects.bulk_create(trail)
    # Only now it is certain.
    for a, outcome in zip(batch, outcomes, strict=True):
        a.outcome = outcome
        a.stored = new_files.intersection(kept.key for kept in a.kept)


@dataclass(slots=True)
class _There:
    rows: dict[Key, Submission]
    replaced: set[Key]
    superseded: list[int]


def _there(batch: list[Arriving]) -> _There:
    """What is there of the instances that arrive, and of those they correct."""
    wanted = {a.instance for a in batch} | {a.deprecated for a in batch if a.deprecated}
    corrected = {a.deprecated for a in batch if a.deprecated}
    meant = Q(instance__in=wanted)
    if corrected:
        meant |= Q(replaces__in=corrected)
    found = Submission.objects.filter(
        meant,
        community__in={a.form.community_id for a in batch},
        round__in={a.form.round for a in batch},
    )
    rows = {(s.community_id, s.round, s.instance): s for s in found}
    replaced = {(s.community_id, s.round, s.replaces) for s in rows.values() if s.replaces}
    return _There(rows, replaced, [])


def _open(batch: list[Arriving]) -> set[tuple[int, str]]:
    """Rounds that nobody has closed; locked, so that closing waits for us or we for it."""
    return set(
        SurveySetup.objects.select_for_update()
        .filter(
            community__in={a.form.community_id for a in batch},
            round__in={a.form.round for a in batch},
            closed_on__isnull=True,
        )
        .order_by("pk")
        .values_list("community_id", "round")
    )


def _decided(
    a: Arriving, there: _There, tokens: set[int], open_rounds: set[tuple[int, str]]
) -> tuple[str, Submission]:
    row = there.rows.get(a.key)
    empty = row if row is not None else Submission()
    if a.holder.token not in tokens:
        return "withdrawn", empty
    if row is not None:
        return ("again" if row.digest == a.digest else "other"), row
    if a.key[:2] not in open_rounds or today_in(a.holder.community) > a.ends:
        return "closed", empty
    root = a.instance
    if a.deprecated:
        before = there.rows.get(a.before)
        if before is None or a.deprecated == a.instance:
            return "unknown", empty
        if a.before in there.replaced:
            return "replaced", empty
        # Once an anonymous form is an answer nobody can say any more whose it was.
        if before.values is not None and before.values.get("person") != a.values.get("person"):
            return "person", empty
        root = before.root
        before.state = "replaced"
        there.superseded.append(before.pk)
    made = Submission(
        community_id=a.form.community_id, round=a.form.round, form_id=a.form.pk,
        instance=a.instance, root=root, replaces=a.deprecated, digest=a.digest, values=a.values,
        sender=None if a.anonymous else a.holder.user,
    )  # fmt: skip
    return "new", made


def _entry(a: Arriving, outcome: str) -> AuditEntry:
    what = "collect.files" if outcome == "files" else "collect.receive"
    if outcome == "new" and a.deprecated:
        what = "collect.correct"
    return AuditEntry(
        community_id=a.form.community_id, by=a.holder.user, role=a.holder.role, action=what,
        table="rounds", code=a.form.round, details={"files": len(a.kept)} if a.kept else {},
    )  # fmt: skip


# -- files ---------------------------------------------------------------------------------------


def _write_files(one: Arriving) -> None:
    """Files are on the disk before a row speaks of them. Anonymous rounds keep none."""
    if one.anonymous:
        return
    for part in one.files:
        kept = KeptFile(
            community_id=one.form.community_id, key=secrets.token_hex(16), table=TABLE,
            name=part.name[:NAME_LONGEST], suffix=RAW, size=len(part),
            added_by=one.holder.user,
        )  # fmt: skip
        kept.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        digest = hashlib.sha256()
        with open(os.open(kept.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for piece in part.pieces():
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        kept.sha256 = digest.hexdigest()
        one.kept.append(kept)


def _new_files(a: Arriving, row: Submission, outcome: str) -> list[KeptFile] | None:
    """Files that are not there yet; ``None`` if one of that name is, with other content."""
    if not a.kept:
        return []
    there: dict[str, str] = {}
    if outcome == "again":
        rows = KeptFile.objects.filter(community_id=row.community_id, table=TABLE, code=str(row.pk))
        there = dict(rows.values_list("name", "sha256"))
    new = []
    for kept in a.kept:
        if kept.name not in there:
            kept.code = str(row.pk)
            new.append(kept)
            kept.pk = None  # of a transaction that failed
        elif there[kept.name] != kept.sha256:
            return None
    return new


def _drop_unused(one: Arriving) -> None:
    """What no row speaks of goes from the disk at once; after a crash the sweeper finds it."""
    for kept in one.kept:
        if kept.key not in one.stored:
            kept.path.unlink(missing_ok=True)
