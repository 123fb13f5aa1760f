"""Noting which figures were shown to whom, and asking whether one was."""

from __future__ import annotations

from collections.abc import Collection

from satuhati.web.profile.models import FigureShown, Snapshot
from satuhati.web.tenancy.memory import remembered
from satuhati.web.tenancy.who import Who


def note_shown(who: Who, snapshot: Snapshot | None, page: str) -> None:
    """A page of the profile was shown to a member: they know its figures from now on.

    Once per member, snapshot and page; whoever only looks in from outside predicts nothing.
    """
    if snapshot is None or who.membership is None or who.user is None:
        return
    key = ("shown", who.user.pk, snapshot.pk, page)
    remembered(who.community, key, lambda: _write(who, snapshot, page))


def _write(who: Who, snapshot: Snapshot, page: str) -> int:
    figures: dict[str, int] = snapshot.summary.get("figures", {}).get("shown", {}).get(page, {})
    if not figures:
        return 0
    assert who.user is not None
    there = set(
        FigureShown.objects.filter(
            community=who.community, user=who.user, wave__in=set(figures.values())
        ).values_list("wave", "figure")
    )
    new = [
        FigureShown(community=who.community, user=who.user, wave=wave, figure=figure)
        for figure, wave in figures.items()
        if (wave, figure) not in there
    ]
    if new:
        FigureShown.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def shown_to(who: Who, wave: int, figures: Collection[str]) -> set[str]:
    """Which of these figures of a wave this person has been shown."""
    return set(
        FigureShown.objects.filter(
            community=who.community, user=who.user, wave=wave, figure__in=figures
        ).values_list("figure", flat=True)
    )


def count_shown(who: Who, wave: int, figures: Collection[str]) -> dict[str, int]:
    """How many members of the community have been shown each figure of a wave."""
    found: dict[str, int] = {}
    rows = FigureShown.objects.filter(
        community=who.community, wave=wave, figure__in=figures,
        user__memberships__community=who.community, user__memberships__ended=None,
    )  # fmt: skip
    for figure in rows.values_list("figure", flat=True):
        found[figure] = found.get(figure, 0) + 1
    return found
