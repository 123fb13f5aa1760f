"""The shape of every write: allowed, whole or not at all, on record, and told on commit."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import F

from satuhati.web.audit.models import AuditEntry
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.signals import data_changed
from satuhati.web.tenancy.who import Who

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What an action did: its result, the row it was about, and what to keep on record.

    ``details`` goes into the audit trail: field names and counts, never a person's values.
    """

    value: T
    table: str = ""
    code: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    community: Community | None = None


def record(who: Who, action: str, outcome: Outcome[Any]) -> None:
    """Put an action on record; also for reads of personal data."""
    AuditEntry.objects.create(
        community=outcome.community or who.community,
        by=who.user,
        role=who.role,
        action=action,
        table=outcome.table,
        code=outcome.code,
        details=dict(outcome.details),
    )


def touch(community: Community) -> None:
    """Raise the version of the records, and tell those who keep snapshots once committed."""
    Community.objects.filter(pk=community.pk).update(data_version=F("data_version") + 1)
    pk = community.pk
    transaction.on_commit(lambda: data_changed.send(Community, community_id=pk))


def action(
    name: str, right: str, *, data: bool = True
) -> Callable[[Callable[..., Outcome[T]]], Callable[..., T]]:
    """Make a function an action.

    It is called with keywords only, among them ``by`` (:class:`Who`), and returns an
    :class:`Outcome`; the caller gets its value. Raises ``NotAllowedError`` without the right.
    ``data`` says whether it changes the community's records.
    """

    def decorate(function: Callable[..., Outcome[T]]) -> Callable[..., T]:
        @functools.wraps(function)
        def run(*, by: Who, **given: Any) -> T:
            by.require(right)
            with transaction.atomic():
                outcome = function(by=by, **given)
                record(by, name, outcome)
                community = outcome.community or by.community
                if data and community is not None:
                    touch(community)
            return outcome.value

        run.action_name = name  # type: ignore[attr-defined]
        run.right = right  # type: ignore[attr-defined]
        return run

    return decorate
