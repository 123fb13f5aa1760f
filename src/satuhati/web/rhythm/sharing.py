"""Reads of schedules that share rooms and people: the sheet, its proposal, and what it would do."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from satuhati.core.meetings.calendar import Slot, fixed_words
from satuhati.core.meetings.limits import Limit
from satuhati.core.meetings.periods import period_of
from satuhati.core.meetings.sharing import Place, Sharing, Stuck
from satuhati.core.stored import restored
from satuhati.reports.sharing import Size
from satuhati.reports.words import section
from satuhati.text import Language, name_some
from satuhati.web.meetings.bonds import Bond, bonds_of
from satuhati.web.meetings.models import Meeting, MeetingSeries
from satuhati.web.meetings.queries import Member, get_schedules_for
from satuhati.web.meetings.schedule import FREQUENCIES
from satuhati.web.meetings.series_plan import minute_of
from satuhati.web.register.models import Actor
from satuhati.web.rhythm.models import SharedHours, WishRound, is_open
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.who import Who

SEVERAL = "="
"""Begins the name of people who are of the same several groups."""


@dataclass(frozen=True, slots=True)
class Line:
    """A schedule of the sheet: whose answers of which round count, its rooms, whom it needs."""

    series: str
    round: int
    who: str = ""
    rooms: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alone:
    """The hour a schedule would have if nothing were shared, and how many would come."""

    series: str
    slot: Slot
    value: float


@dataclass(frozen=True, slots=True)
class Together:
    """What was computed for a sheet. Groups are named by the id of their schedule."""

    frequency: str
    sharing: Sharing
    sizes: tuple[Size, ...]
    alone: tuple[Alone, ...]


def lines_of(found: SharedHours) -> list[Line]:
    """The lines of a sheet."""
    return [
        Line(x["series"], x["round"], x["who"], tuple(x["rooms"]), tuple(x["people"]))
        for x in found.lines
    ]


def members_of(line: Line, members: Sequence[Member]) -> list[Member]:
    """Who belongs to a schedule: everybody, or a section."""
    return [m for m in members if not line.who or m.section == line.who]


def joined(lines: Sequence[Line], own: Sequence[Sequence[Member]]) -> list[tuple[str, ...]]:
    """For each line the people who are of others too, as one name for those of the same lines."""
    of: dict[str, list[int]] = {}
    for n, members in enumerate(own):
        for member in members:
            of.setdefault(member.actor.public_id, []).append(n)
    together: dict[tuple[int, ...], list[str]] = {}
    for code, mine in of.items():
        if len(mine) > 1:
            together.setdefault(tuple(mine), []).append(code)
    found: list[list[str]] = [[] for _ in lines]
    for where, codes in together.items():
        name = SEVERAL + ",".join(sorted(codes))
        for n in where:
            found[n].append(name)
    # Somebody whom one schedule needs and who is a member of another cannot be at both either.
    for n, line in enumerate(lines):
        for code in line.people:
            for other in of.get(code, ()):
                if other != n and code not in lines[other].people:
                    found[other].append(code)
    return [tuple(dict.fromkeys(names)) for names in found]


def get_sheet_for(who: Who) -> SharedHours | None:
    """The sheet of the community."""
    found: SharedHours | None = SharedHours.objects.select_related("community").first()
    return found


def get_schedules_to_share_for(who: Who) -> list[MeetingSeries]:
    """Schedules in force whose frequency has dates of its own."""
    running, _ = get_schedules_for(who, today_in(who.community))
    return [s.series for s in running if s.series.frequency in FREQUENCIES]


def get_closed_rounds_for(who: Who) -> list[WishRound]:
    """Rounds whose answers may be looked at, the newest first."""
    rows = WishRound.objects.select_related("community").order_by("-made_at", "-pk")[:40]
    return [one for one in rows if not is_open(one)]


def get_usual_places_for(who: Who, series: Iterable[MeetingSeries]) -> dict[int, str]:
    """Where the newest meeting of each schedule is or was held."""
    rows = Meeting.objects.filter(series__in=[s.pk for s in series]).exclude(place=None)
    return dict(rows.exclude(status="cancelled").order_by("date").values_list("series", "place"))


def get_together_for(who: Who, found: SharedHours) -> Together | None:
    """What was computed, by ids."""
    if found.result is None:
        return None
    try:
        return restored(Together, found.result)
    except (KeyError, TypeError, ValueError):  # as an earlier version of the program kept it
        return None


def in_names(made: Together, names: dict[str, str], lang: Language) -> Together:
    """The same with schedules, people and sections by name. ``names``: of the schedules."""
    sharing = made.sharing
    codes = {p for s in sharing.stuck for one in s.facilitators for p in one.lstrip("=").split(",")}
    codes |= {limit.name for s in sharing.stuck for limit in s.limits if limit.kind == "member"}
    codes |= {p.facilitator for p in sharing.places if p.facilitator}
    actors = {a.public_id: a.name or a.public_id for a in Actor.objects.filter(public_id__in=codes)}

    def group(code: str) -> str:
        return names.get(code, code)

    def person(code: str) -> str:
        return name_some([actors.get(one, one) for one in code.lstrip(SEVERAL).split(",")])

    def limit(one: Limit) -> Limit:
        if one.kind == "section":
            words = section(one.name, lang)
            return Limit(one.kind, words.removeprefix("Seksi ").removesuffix(" section"))
        return Limit(one.kind, person(one.name) if one.kind == "member" else group(one.name))

    def stuck(one: Stuck) -> Stuck:
        return Stuck(
            tuple(map(group, one.groups)), tuple(map(limit, one.limits)), one.rooms,
            tuple(map(person, one.facilitators)),
        )  # fmt: skip

    places = tuple(
        dataclasses.replace(
            p, group=group(p.group), facilitator=person(p.facilitator) if p.facilitator else None
        )
        for p in sharing.places
    )
    sharing = dataclasses.replace(
        sharing, places=places, left_over=tuple(map(group, sharing.left_over)),
        stuck=tuple(map(stuck, sharing.stuck)),
    )  # fmt: skip
    sizes = tuple(dataclasses.replace(s, name=group(s.name)) for s in made.sizes)
    return dataclasses.replace(made, sharing=sharing, sizes=sizes)


@dataclass(frozen=True, slots=True)
class Adoption:
    """What taking the proposal over does to one schedule.

    ``moves``: meetings that change and their new day; ``new``: days that get a meeting; ``same``:
    how many stay as they are; ``bound``: those that stay because people were told of them;
    ``left``: those that keep their day because the new one of their period is closed;
    ``busy``: days on which another schedule has the room then; ``later``: how many are planned
    after the year and keep their hour.
    """

    series: MeetingSeries
    place: Place
    rule: str
    moves: tuple[tuple[Meeting, dt.date], ...]
    new: tuple[dt.date, ...]
    same: int
    bound: tuple[tuple[Meeting, Bond], ...]
    left: tuple[Meeting, ...]
    busy: tuple[Meeting, ...]
    later: int


def get_adoptions_for(
    who: Who, found: SharedHours, made: Together, today: dt.date
) -> list[Adoption]:
    """What taking over would do to each schedule that is still in force."""
    series = {s.public_id: s for s in get_schedules_to_share_for(who)}
    mine = [(series[p.group], p) for p in made.sharing.places if p.group in series]
    keys = [s.pk for s, _ in mine]
    recent = Meeting.objects.filter(series__in=keys, date__gte=dt.date(today.year, 1, 1))
    rows = list(recent.order_by("date", "pk"))
    days = {day.date for _, p in mine for day in p.days if day.date >= today}
    others = list(
        Meeting.objects.filter(status="planned", date__in=days).exclude(place=None)
        .exclude(series__in=keys).order_by("date")
    )  # fmt: skip
    bonds = bonds_of(who, [m for m in rows if m.status == "planned" and m.date >= today])
    return [
        _adoption(one, place, made.frequency, found, today,
                  [m for m in rows if m.series_id == one.pk], others, bonds)
        for one, place in mine
    ]  # fmt: skip


def _adoption(
    series: MeetingSeries, place: Place, frequency: str, found: SharedHours, today: dt.date,
    rows: Sequence[Meeting], others: Sequence[Meeting], bonds: dict[int, Bond],
) -> Adoption:  # fmt: skip
    there: dict[tuple[dt.date, dt.date], Meeting] = {}
    # Of two in one period the one that was held, or is planned ahead, comes first.
    for meeting in sorted(rows, key=lambda m: (m.status == "planned" and m.date < today, m.date)):
        there.setdefault(period_of(frequency, meeting.planned_for or meeting.date), meeting)
    moves: list[tuple[Meeting, dt.date]] = []
    new: list[dt.date] = []
    bound: list[tuple[Meeting, Bond]] = []
    left: list[Meeting] = []
    same = 0
    days = [day for day in place.days if day.date >= today]
    for day in days:
        one = there.get(period_of(frequency, day.rule_date))
        if day.closed:
            if one is not None and one.status == "planned" and one.date >= today:
                left.append(one)
        elif one is None:
            new.append(day.date)
        elif one.status != "planned" or one.date < today:
            continue
        elif (one.date, one.time) == (day.date, place.slot.clock) and one.place == (
            place.room or one.place
        ):
            same += 1
        elif bonds[one.pk]:
            bound.append((one, bonds[one.pk]))
        else:
            moves.append((one, day.date))
    room = (place.room or "").casefold()
    dates = {day.date for day in days if not day.closed}
    busy = [
        m for m in others
        if room and m.date in dates and (m.place or "").strip().casefold() == room
        and (minute := minute_of(m.time)) is not None
        and abs(minute - place.slot.minute) < found.minutes
    ]  # fmt: skip
    later = sum(m.status == "planned" and m.date.year > found.year for m in rows)
    rule = fixed_words(frequency, place.slot, place.nth).id  # records are written in Indonesian
    return Adoption(
        series,
        place,
        rule,
        tuple(moves),
        tuple(new),
        same,
        tuple(bound),
        tuple(left),
        tuple(busy),
        later,
    )


def mark_of(found: SharedHours, adoptions: Sequence[Adoption]) -> str:
    """The same as long as the sheet and all that taking it over would change are the same."""
    rows = [
        (a.series.public_id, a.series.revision, [(m.pk, m.revision, d) for m, d in a.moves],
         a.new, a.same, [m.pk for m, _ in a.bound], [m.pk for m in a.left])
        for a in adoptions
    ]  # fmt: skip
    return hashlib.blake2b(repr((found.revision, rows)).encode(), digest_size=9).hexdigest()
