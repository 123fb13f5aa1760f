"""Reads for the page of ODK Collect."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, Count
from django.db.models.functions import Cast

from satuhati.web.openrosa.models import RAW, TABLE, CollectToken, Submission
from satuhati.web.openrosa.tokens import RIGHT
from satuhati.web.surveys.queries import RoundSeen, get_unfinished_for
from satuhati.web.tenancy.files import KeptFile
from satuhati.web.tenancy.models import Membership
from satuhati.web.tenancy.rules import ROLES, may
from satuhati.web.tenancy.who import Who


@dataclass(frozen=True, slots=True)
class Collector:
    """A member who may collect, and their token if they have one."""

    membership: Membership
    token: CollectToken | None
    own: bool

    @property
    def name(self) -> str:
        return str(self.membership.user.name)


def get_collectors_for(who: Who) -> list[Collector]:
    """Oneself first; who arranges surveys sees everybody who may collect."""
    own = who.membership.pk if who.membership else None
    members = Membership.objects.filter(
        community=who.community, ended__isnull=True, user__is_active=True,
        role__in=[role for role in ROLES if may(role, RIGHT)],
    ).select_related("user")  # fmt: skip
    if not who.may("surveys.edit"):
        members = members.filter(pk=own)
    tokens = {
        t.membership_id: t
        for t in CollectToken.objects.filter(withdrawn_at__isnull=True, membership__in=members)
    }
    found = [Collector(m, tokens.get(m.pk), m.pk == own) for m in members]
    return sorted(found, key=lambda c: (not c.own, c.name.casefold(), c.membership.pk))


@dataclass(frozen=True, slots=True)
class Collected:
    """An open round, and how many forms phones sent for it."""

    seen: RoundSeen
    taken: int
    waiting: int
    refused: dict[str, int]
    files: bool
    """Whether the round keeps the files that come along."""


def get_collected_for(who: Who) -> list[Collected]:
    """The rounds that phones can fetch now."""
    rounds = [seen for seen in get_unfinished_for(who) if seen.is_open]
    counts = (
        Submission.objects.filter(round__in=[s.round.public_id for s in rounds])
        .values_list("round", "state", "reason")
        .annotate(n=Count("pk"))
    )
    found: dict[str, dict[tuple[str, str], int]] = {}
    codes = KeptFile.objects.filter(table=TABLE).exclude(suffix=RAW).values("code")
    texts = Cast("pk", CharField())
    with_files = set(
        Submission.objects.annotate(code=texts).filter(code__in=codes).values_list(
            "round", flat=True)
    )  # fmt: skip
    for code, state, reason, n in counts:
        found.setdefault(code, {})[state, reason] = n
    return [
        Collected(
            seen,
            (there := found.get(seen.round.public_id, {})).get(("taken", ""), 0),
            there.get(("", ""), 0),
            {reason: n for (state, reason), n in there.items() if state == "refused"},
            seen.round.public_id in with_files,
        )
        for seen in rounds
    ]
