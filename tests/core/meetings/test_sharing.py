"""Groups that share rooms and facilitators: optimum equals brute force, clashes are minimal."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.core.meetings.calendar import NOTHING_CLOSED, Closed, Slot
from satuhati.core.meetings.closures import closed_in_indonesia
from satuhati.core.meetings.limits import Limit
from satuhati.core.meetings.rhythm import Wishes
from satuhati.core.meetings.sharing import Group, Sharing, Stuck, share
from satuhati.core.stored import restored, stored
from satuhati.text import Text

ASKED = {"frequency": "monthly", "year": 2026, "weeks": (2,), "closed": NOTHING_CLOSED,
         "quorum": 0.0, "least": 0.5, "minutes": 120}  # fmt: skip
SEVEN, EIGHT, NINE = Slot(2, 19 * 60), Slot(2, 20 * 60), Slot(2, 21 * 60)
MIDNIGHT = Slot(3, 30)


def group(
    name: str, hopes: dict[Slot, float], rooms: tuple[str, ...] = (), who: str | None = None
) -> Group:
    """A group of two, each with half of what the group expects at an hour."""
    slots = tuple(sorted(hopes))
    p = np.array([[hopes[s] / 2 for s in slots]] * 2).reshape(2, len(slots))
    wishes = Wishes(("a", "b"), slots, p, (None, None), (False, False), (True, True))
    return Group(name, wishes, rooms, who)


@st.composite
def cases(draw: st.DrawFn) -> list[Group]:
    out = []
    for g in range(draw(st.integers(1, 4))):
        slots = draw(st.sets(st.sampled_from((SEVEN, EIGHT, NINE, MIDNIGHT)), min_size=1))
        hopes = {s: draw(st.sampled_from((0.2, 0.6, 1.0, 1.4, 2.0))) for s in slots}
        rooms = tuple(sorted(draw(st.sets(st.sampled_from("RS"), max_size=2))))
        out.append(group(f"g{g}", hopes, rooms, draw(st.sampled_from((None, "x", "y")))))
    return out


def clashes(
    one: tuple[Group, Slot, str | None, int], two: tuple[Group, Slot, str | None, int], minutes: int
) -> bool:
    """By the definition, apart from the code under test."""
    (g, s, room, week), (h, t, other, again) = one, two
    needs = (room is not None and room == other) or (
        g.facilitator is not None and g.facilitator == h.facilitator
    )
    begins, ends = ((d - 1) * 1440 + m for d, m in (s, t))
    return needs and week == again and abs(begins - ends) < minutes


def possible(
    groups: list[Group], weeks: tuple[int, ...], minutes: int, least: float
) -> list[float]:
    """The total of every plan that keeps all wishes."""
    ways = []
    for g in groups:
        total = dict(zip(g.wishes.slots, g.wishes.probability.sum(axis=0), strict=True))
        ways.append([
            (g, s, room, week)
            for s in g.wishes.slots if total[s] >= least - 1e-9
            for room in (g.rooms or (None,)) for week in weeks
        ])  # fmt: skip
    return [
        sum(float(g.wishes.probability[:, g.wishes.slots.index(s)].sum()) for g, s, _, _ in plan)
        for plan in product(*ways)
        if not any(clashes(a, b, minutes) for a, b in combinations(plan, 2))
    ]


@settings(max_examples=150, deadline=None)
@given(cases(), st.sampled_from([(2,), (1, 3)]), st.sampled_from([30, 61, 120, 300]))
def test_optimum_equals_brute_force(
    groups: list[Group], weeks: tuple[int, ...], minutes: int
) -> None:
    found = share(groups, **{**ASKED, "weeks": weeks, "minutes": minutes})
    totals = possible(groups, weeks, minutes, 0.5)
    if not totals:
        assert found.places == ()
        assert found.total is None
        assert found.stuck
        by_name = {g.name: g for g in groups}
        for stuck in found.stuck:
            who = [by_name[name] for name in stuck.groups]
            assert not possible(who, weeks, minutes, 0.5)
            if len(who) > 1:
                assert all(
                    possible(list(some), weeks, minutes, 0.5)
                    for some in combinations(who, len(who) - 1)
                )
                assert stuck.rooms or stuck.facilitators
        return
    assert found.optimal
    assert found.stuck == ()
    assert found.total == pytest.approx(max(totals))
    assert found.bound == pytest.approx(max(totals))
    assert [p.group for p in found.places] == [g.name for g in groups]
    assert sum(p.value for p in found.places) == pytest.approx(found.total)
    plan = [(g, p.slot, p.room, p.nth) for g, p in zip(groups, found.places, strict=True)]
    assert not any(clashes(a, b, minutes) for a, b in combinations(plan, 2))
    assert all((p.room in g.rooms) if g.rooms else p.room is None for g, _, _, _ in plan
               for p in found.places if p.group == g.name)  # fmt: skip
    if not found.left_over:
        assert found.first_come <= found.total + 1e-9
    assert restored(Sharing, json.loads(json.dumps(stored(found)))) == found


def test_first_come_leaves_the_last_without() -> None:
    """The first takes 20.00, which blocks both hours of the second: together 19.00 and 21.00 do."""
    one = group("one", {EIGHT: 2.0, SEVEN: 1.8}, ("R",))
    two = group("two", {SEVEN: 1.0, NINE: 1.0}, ("R",))
    found = share([one, two], **ASKED)
    assert found.left_over == ("two",)
    assert found.first_come == pytest.approx(2.0)
    assert [p.slot for p in found.places] == [SEVEN, NINE]
    assert found.total == pytest.approx(2.8)


def test_a_meeting_past_midnight_needs_the_room_still() -> None:
    late, early = (
        group("late", {Slot(2, 23 * 60): 1.0}, ("R",)),
        group("early", {MIDNIGHT: 1.0}, ("R",)),
    )
    found = share([late, early], **ASKED)
    assert found.stuck == (Stuck(("late", "early"), rooms=("R",)),)
    assert len(share([late, early], **{**ASKED, "minutes": 90}).places) == 2
    sunday, monday = Slot(7, 23 * 60 + 30), Slot(1, 0)
    week = [group("a", {sunday: 1.0}, (), "x"), group("b", {monday: 1.0}, (), "x")]
    assert share(week, **ASKED).stuck == (Stuck(("a", "b"), facilitators=("x",)),)


def test_weeks_of_the_month_are_taken_in_turn() -> None:
    """Five groups want one hour of one room: four weeks carry four of them."""
    many = [group(f"g{i}", {SEVEN: 1.0 + i / 10}, ("R",)) for i in range(5)]
    four = share(many[:4], **{**ASKED, "weeks": (1, 2, 3, 4)})
    assert sorted(p.nth for p in four.places) == [1, 2, 3, 4]
    five = share(many, **{**ASKED, "weeks": (1, 2, 3, 4)})
    assert five.stuck == (Stuck(tuple(g.name for g in many), rooms=("R",)),)
    weekly = share(many[:2], **{**ASKED, "weeks": (1, 2, 3, 4), "frequency": "weekly"})
    assert weekly.stuck == (Stuck(("g0", "g1"), rooms=("R",)),)


def test_weeks_are_chosen_in_the_program_where_colouring_is_not_enough() -> None:
    """A ring of five that need one thing in pairs, never three at a time: two weeks do not do."""

    def at(hour: int, minute: int) -> dict[Slot, float]:
        return {Slot(2, 60 * hour + minute): 1.0}

    ring = [
        group("b", at(18, 30), ("R",), "x"),
        group("c", at(19, 40), ("R",), "y"),
        group("d", at(20, 50), ("S",), "y"),
        group("e", at(21, 30), ("S",), "x"),
    ]
    a = group("a", {**at(20, 0), Slot(5, 960): 0.6}, (), "x")  # b and e do not overlap, a does both
    asked = {**ASKED, "weeks": (1, 2)}
    found = share([*ring, a], **asked)
    assert found.optimal
    assert found.places[-1].slot == Slot(5, 960)
    assert found.total == pytest.approx(4.6)
    assert share([*ring, group("a", at(20, 0), (), "x")], **asked).stuck == (
        Stuck(("b", "c", "d", "e", "a"), rooms=("R", "S"), facilitators=("x", "y")),
    )
    assert share([*ring, a], **{**asked, "weeks": (1, 2, 3)}).total == pytest.approx(5.0)


def test_a_group_of_impossible_wishes_is_named_with_them() -> None:
    poor = group("poor", {SEVEN: 0.4}, ("R",))
    none = group("none", {})
    found = share([group("fine", {SEVEN: 2.0}), poor, none], **ASKED)
    assert found.stuck == (Stuck(("poor",), limits=(Limit("group", "poor"),)), Stuck(("none",)))
    closed = Closed({dt.date(2026, 1, d): Text("x", "x") for d in range(1, 32)})
    yearly = {**ASKED, "frequency": "yearly", "closed": closed}
    assert share([group("g", {SEVEN: 2.0})], **yearly).stuck == (
        Stuck(("g",), limits=(Limit("closed", ""),)),
    )
    with pytest.raises(ValueError, match="one name"):
        share([poor, poor], **ASKED)


def test_dates_that_move_find_the_room_free() -> None:
    groups = [group(f"g{i}", {SEVEN: 1.0 + i / 10}, ("R",)) for i in range(4)]
    asked = {**ASKED, "weeks": (1, 2, 3, 4), "closed": closed_in_indonesia([2026])}
    found = share(groups, **asked)
    taken = [day.date for p in found.places for day in p.days if not day.closed]
    assert len(taken) == len(set(taken))
    moved = [day for p in found.places for day in p.days if day.moved]
    stay = [day for p in found.places for day in p.days if day.closed]
    # March 2026: of five Tuesdays two are free of Ramadan, and four groups want one.
    in_march = {day.date for day in moved if day.date.month == 3}
    assert in_march == {dt.date(2026, 3, 24), dt.date(2026, 3, 31)} - {
        day.rule_date for p in found.places for day in p.days if day.reason is None
    }
    assert [day.date.month for day in stay].count(3) == 2


def test_who_is_of_two_groups_is_in_one_place_at_a_time() -> None:
    """Both want the same hour, in two rooms; one person belongs to both. With two weeks it goes."""
    both = [
        dataclasses.replace(group("a", {SEVEN: 1.0}, ("x",)), others=("ani",)),
        dataclasses.replace(group("b", {SEVEN: 1.0}, ("y",)), others=("ani", "budi")),
    ]
    asked = {"frequency": "monthly", "year": 2027, "closed": Closed(), "quorum": 0.0, "least": 0.5}
    found = share(both, weeks=[1], **asked)
    assert found.places == ()
    assert found.stuck[0].facilitators == ("ani",)
    assert found.stuck[0].rooms == ()
    found = share(both, weeks=[1, 2], **asked)
    assert {p.nth for p in found.places} == {1, 2}
    found = share([both[0], dataclasses.replace(both[1], others=("budi",))], weeks=[1], **asked)
    assert len(found.places) == 2


def test_of_those_who_rarely_come_their_word_counts() -> None:
    """Both say that they can, and come one time in ten: by their word the group has two."""
    one = group("a", {SEVEN: 0.2})
    said = dataclasses.replace(one.wishes, votes=np.array([[True], [True]]))
    assert share([one], **ASKED).places == ()
    found = share([dataclasses.replace(one, wishes=said)], **{**ASKED, "least": 2.0})
    assert found.total == pytest.approx(0.2)
    assert share([dataclasses.replace(one, wishes=said)], **{**ASKED, "least": 3.0}).places == ()


def test_nobody() -> None:
    found = share([], **ASKED)
    assert (found.places, found.total, found.optimal) == ((), 0, True)
