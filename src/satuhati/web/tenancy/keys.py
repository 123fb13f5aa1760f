"""Public ids for new rows: short, readable, unique within a community, never used twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Q
from django_scopes import get_scope

from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.rows import Row

R = TypeVar("R", bound=Row)
T = TypeVar("T")
PREFIXES = {
    "actors": "a", "areas": "w", "posts": "j", "terms": "mj", "assets": "as", "consents": "ps",
    "meetings": "r", "meeting_series": "rr", "attendance": "h", "decisions": "k",
    "followups": "tl", "followup_partners": "mt", "services": "l", "voices": "s",
    "voice_channels": "sal", "rounds": "sv", "tie_rounds": "pj", "roster": "dj", "ties": "ik",
}  # fmt: skip
TRIES = 20
CHUNK = 500


def prefix_of(model: type[Row]) -> str:
    return PREFIXES.get(model.table, model.table[:3])


def next_number(model: type[Row]) -> int:
    """The number of the next free id of a table in the scope's community.

    Ids of rows that were taken out stay theirs: older copies and the trail still speak of them.
    """
    prefix = prefix_of(model)
    pattern = re.compile(rf"{prefix}(\d+)")
    there = model.objects.filter(public_id__startswith=prefix)
    codes = list(there.values_list("public_id", flat=True))
    trail: Any = apps.get_model("web", "AuditEntry")  # the trail stands above this context
    gone = trail.objects.filter(
        Q(action__endswith=".remove") | Q(action__endswith=".merge"),
        community=get_scope()["community"],
        table=model.table,
        code__startswith=prefix,
    )
    codes += gone.values_list("code", flat=True)
    return max((int(m.group(1)) for one in codes if (m := pattern.fullmatch(one))), default=0) + 1


def next_id(model: type[Row]) -> str:
    """The next free id: ``a0001``, ``a0002`` …"""
    return f"{prefix_of(model)}{next_number(model):04d}"


def created(model: type[R], community: Community, **fields: object) -> R:
    """A new row with an id of its own, also when two people add one at the same time."""
    return with_new_id(
        model, lambda key: model.objects.create(community=community, public_id=key, **fields)
    )


def created_many(
    model: type[R], community: Community, rows: Sequence[Mapping[str, object]]
) -> list[R]:
    """Many new rows at once, in their order."""

    def make() -> list[R]:
        first = next_number(model)
        made = [
            model(community=community, public_id=f"{prefix_of(model)}{n:04d}", **fields)
            for n, fields in enumerate(rows, first)
        ]
        return list(model.objects.bulk_create(made, batch_size=CHUNK))

    return until_free(make) if rows else []


def with_new_id(model: type[Row], make: Callable[[str], R]) -> R:
    return until_free(lambda: make(next_id(model)))


def until_free(make: Callable[[], T]) -> T:
    """Try until nobody else was quicker with the same id."""
    for n in range(TRIES):
        try:
            with transaction.atomic():
                return make()
        except IntegrityError:
            if n == TRIES - 1:
                raise
    raise RuntimeError("unreachable")
