"""The hours of schedules that share rooms and people, computed in the worker."""

from __future__ import annotations

from collections.abc import Sequence

from django_scopes import scope

from satuhati.core.meetings.calendar import Closed
from satuhati.core.meetings.sharing import Group, share
from satuhati.core.stored import stored
from satuhati.reports.sharing import sizes_of
from satuhati.web.meetings.local_days import closed_for
from satuhati.web.meetings.models import MeetingSeries
from satuhati.web.meetings.queries import Member, members_on
from satuhati.web.rhythm.models import SharedHours, Wish, WishRound
from satuhati.web.rhythm.proposing import wishes_in
from satuhati.web.rhythm.sharing import Alone, Line, Together, joined, lines_of, members_of
from satuhati.web.tenancy.clock import today_in


def make_together(sheet_id: int, revision: int) -> None:
    """Compute and store, unless the sheet is gone or was asked for anew."""
    found = SharedHours._base_manager.select_related("community").filter(pk=sheet_id).first()
    if found is None or found.revision != revision:
        return
    with scope(community=found.community):
        made = together_of(found)
        if made is not None:
            SharedHours.objects.filter(pk=sheet_id, revision=revision).update(result=stored(made))


def together_of(found: SharedHours) -> Together | None:
    """The hours of the sheet's schedules together, and what each would choose alone."""
    lines = lines_of(found)
    series = {s.public_id: s for s in MeetingSeries.objects.all()}
    rounds = {r.pk: r for r in WishRound.objects.select_related("community")}
    lines = [x for x in lines if x.series in series and x.round in rounds]
    if not lines:
        return None
    members = members_on(today_in(found.community))
    groups = groups_of(lines, series, rounds, members)
    frequency = str(series[lines[0].series].frequency)
    closed = closed_for(found.community, [found.year])
    made = share(
        groups, frequency=frequency, year=found.year, weeks=found.weeks, closed=closed,
        quorum=found.quorum, minutes=found.minutes,
    )  # fmt: skip
    return Together(
        frequency, made, tuple(sizes_of(groups)), _alone(groups, found, frequency, closed)
    )


def groups_of(
    lines: Sequence[Line], series: dict[str, MeetingSeries], rounds: dict[int, WishRound],
    members: Sequence[Member],
) -> list[Group]:  # fmt: skip
    """Each schedule with the wishes of its own. Who is of two of them is in one place at a time.

    Somebody whom a schedule needs has to be able to come at its hour, if they have answered.
    """
    own = [members_of(line, members) for line in lines]
    both = joined(lines, own)
    found = []
    for n, line in enumerate(lines):
        asked = rounds[line.round]
        said = Wish.objects.filter(round=asked, actor__public_id__in=line.people)
        must = set(said.values_list("actor__public_id", flat=True))
        keys = {m.actor.pk for m in own[n]}
        keys |= {m.actor.pk for m in members if m.actor.public_id in must}
        found.append(
            Group(
                line.series,
                wishes_in(asked, must, only=keys, kind=series[line.series].kind),
                line.rooms,
                line.people[0] if line.people else None,
                (*line.people[1:], *both[n]),
            )
        )
    return found


def _alone(
    groups: Sequence[Group], found: SharedHours, frequency: str, closed: Closed
) -> tuple[Alone, ...]:
    """The hour each would have if it needed to share nothing."""
    best = []
    for group in groups:
        made = share(
            [group], frequency=frequency, year=found.year, weeks=found.weeks, closed=closed,
            quorum=found.quorum, minutes=found.minutes,
        )  # fmt: skip
        if made.places:
            best.append(Alone(group.name, made.places[0].slot, made.places[0].value))
    return tuple(best)
