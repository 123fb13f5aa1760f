"""Public ids for new rows: short, readable, unique within a community, never used twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction

from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.rows import Row

R = TypeVar("R", bound=Row)
PREFIXES = {
    "actors": "a", "areas": "w", "posts": "j", "terms": "mj", "assets": "as", "consents": "ps",
    "meetings": "r", "meeting_series": "rr", "attendance": "h", "decisions": "k",
    "followups": "tl", "services": "l", "voices": "s", "voice_channels": "sal",
}  # fmt: skip
TRIES = 20


def next_id(model: type[Row]) -> str:
    """The next free id of a table in the scope's community: ``a0001``, ``a0002`` …"""
    prefix = PREFIXES.get(model.table, model.table[:3])
    pattern = re.compile(rf"{prefix}(\d+)")
    there = model.objects.filter(public_id__startswith=prefix).values_list("public_id", flat=True)
    numbers = [int(m.group(1)) for one in there if (m := pattern.fullmatch(one))]
    return f"{prefix}{max(numbers, default=0) + 1:04d}"


def created(model: type[R], community: Community, **fields: object) -> R:
    """A new row with an id of its own, also when two people add one at the same time."""
    return with_new_id(
        model, lambda key: model.objects.create(community=community, public_id=key, **fields)
    )


def with_new_id(model: type[Row], make: Callable[[str], R]) -> R:
    for n in range(TRIES):
        try:
            with transaction.atomic():
                return make(next_id(model))
        except IntegrityError:
            if n == TRIES - 1:
                raise
    raise RuntimeError("unreachable")
