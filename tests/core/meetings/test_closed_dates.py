"""Closed dates: what is closed, where a date moves, the optimum among dates that can be kept."""

from __future__ import annotations

import datetime as dt
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.core.meetings import turns as turns_module
from satuhati.core.meetings.calendar import (
    LAST,
    MONTHS,
    NOTHING_CLOSED,
    NTH,
    Closed,
    Rule,
    Slot,
    Window,
    beside,
    dates_of,
    nth_weekday,
    spread,
)
from satuhati.core.meetings.closures import closed_in_indonesia, national_holidays, ramadan
from satuhati.core.meetings.limits import Limit
from satuhati.core.meetings.proposal import propose
from satuhati.core.meetings.rhythm import Wishes, fixed, kept_out, limits_of, rotation
from satuhati.core.meetings.turns import place
from satuhati.text import Text

CHANCES = (0.0, 0.1, 0.3, 0.5, 0.6, 0.8, 0.9, 1.0)
FEAST = Text("hari raya", "a feast")
TUESDAY = Slot(2, 19 * 60 + 30)
ASKED = {"frequency": "monthly", "quorum": 0.0, "year": 2025, "nth": 2}


def wishes(p: list[list[float]], slots: tuple[Slot, ...] | None = None) -> Wishes:
    n, s = len(p), len(p[0])
    return Wishes(
        tuple(f"m{i}" for i in range(n)),
        slots or tuple(Slot(1 + k % 7, 60 * (9 + k // 7)) for k in range(s)),
        np.array(p, dtype=float),
        (None,) * n,
        (False,) * n,
        (True,) * n,
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[Wishes, np.ndarray]:
    n, s, dates = draw(st.integers(1, 4)), draw(st.integers(1, 4)), draw(st.integers(1, 4))
    row = st.lists(st.sampled_from(CHANCES), min_size=s, max_size=s)
    p = draw(st.lists(row, min_size=n, max_size=n))
    one = st.lists(st.booleans(), min_size=s, max_size=s)
    return wishes(p), np.array(draw(st.lists(one, min_size=dates, max_size=dates)))


@settings(max_examples=150, deadline=None)
@given(cases(), st.sampled_from([0.0, 0.5, 1.0, 2.0]), st.booleans())
def test_rotation_among_open_dates_equals_brute_force(
    case: tuple[Wishes, np.ndarray], each: float, by_kind: bool
) -> None:
    w, open_ = case
    with pytest.MonkeyPatch.context() as patch:
        if by_kind:  # as with many kinds of periods: y in the program
            patch.setattr(turns_module, "PATTERNS", 0)
        plan = rotation(w, limits_of(w, 0), len(open_), open_=open_, each=each)
    choices = [np.flatnonzero(row) for row in open_ if row.any()]
    if not choices:
        assert plan is None
        return
    assert plan is not None
    found = set()
    for one in product(*choices):
        got = w.probability[:, list(one)].sum(axis=1)
        worst, served = round(got.min(), 9), int((got >= each - 1e-9).sum())
        found.add((worst, served, round(got.sum() / len(choices), 9)))
    worst, served, attendance = max(found)
    assert plan.optimal
    assert plan.worst_member == pytest.approx(worst, abs=1e-6)
    assert plan.bound == pytest.approx(worst, abs=1e-6)
    assert int((plan.expected >= each - 1e-6).sum()) == served
    assert plan.expected_attendance == pytest.approx(attendance, abs=1e-6)
    assert sum(plan.counts) == len(choices)
    rows = open_[open_.any(axis=1)]
    turns = place(rows, spread(plan.counts))
    assert [turns.count(s) for s in range(len(w.slots))] == list(plan.counts)
    assert all(row[s] for row, s in zip(rows, turns, strict=True))


@settings(max_examples=60, deadline=None)
@given(cases(), st.data())
def test_fixed_among_held_dates_equals_brute_force(
    case: tuple[Wishes, np.ndarray], data: st.DataObject
) -> None:
    w, _ = case
    held = data.draw(st.lists(st.integers(0, 12), min_size=len(w.slots), max_size=len(w.slots)))
    plan = fixed(w, limits_of(w, 0), [12] * len(w.slots), held)
    if not any(held):
        assert plan is None
        return
    assert plan is not None
    values = w.probability.sum(axis=0) * np.array(held)
    assert plan.expected.sum() == pytest.approx(
        max(v for v, h in zip(values, held, strict=True) if h)
    )
    at = plan.counts.index(12)
    assert plan.expected_attendance == pytest.approx(w.probability[:, at].sum())
    assert plan.bound == pytest.approx(plan.expected_attendance)


@settings(max_examples=60, deadline=None)
@given(cases(), st.sampled_from([0.5, 1.0, 1.5]))
def test_who_cannot_be_served_together(case: tuple[Wishes, np.ndarray], each: float) -> None:
    w, open_ = case
    rows = open_[open_.any(axis=1)]
    if not rows.size:
        return
    at = {m: i for i, m in enumerate(w.members)}

    def can(group: list[int]) -> bool:
        return any(
            (w.probability[np.ix_(group, list(one))].sum(axis=1) >= each - 1e-9).all()
            for one in product(*(np.flatnonzero(row) for row in rows))
        )

    found = kept_out(w, limits_of(w, 0), open_, each)
    assert bool(found) == (not can(list(range(len(w.members)))))
    for group in found:
        who = [at[limit.name] for limit in group]
        assert {limit.kind for limit in group} == {"each"}
        assert not can(who)
        assert all(can(list(fewer)) for fewer in combinations(who, len(who) - 1) if fewer)


def test_who_cannot_be_served_does_not_end_the_care_for_others() -> None:
    """One can never come, so that the worst-off stands at zero whatever is chosen: another, who can
    only come to the second hour, still expects a date (two of .8)."""
    w = wishes([[0.9, 0.0]] * 3 + [[0.0, 0.8], [0.0, 0.0]])
    limits = limits_of(w, 0)
    without, with_care = rotation(w, limits, 12), rotation(w, limits, 12, each=1.0)
    assert without is not None
    assert with_care is not None
    assert without.counts == (12, 0)
    assert with_care.counts == (10, 2)
    assert with_care.optimal
    found = propose(w, kind="rotation", **ASKED)
    assert found.plan is not None
    assert (found.plan.counts, found.never, found.seldom) == ((10, 2), ("m4",), ())
    off = propose(w, kind="rotation", each=0.0, **ASKED)
    assert off.plan is not None
    assert off.plan.counts == (12, 0)


# -- what is closed ------------------------------------------------------------------------------


def test_ramadan_from_its_feast() -> None:
    """First tarawih and the eve of Idulfitri as announced: 1446 H and 1447 H."""
    assert ramadan(2025) == ((dt.date(2025, 2, 28), dt.date(2025, 3, 30)),)
    assert ramadan(2026) == ((dt.date(2026, 2, 18), dt.date(2026, 3, 20)),)
    assert len(ramadan(2030)) == 2  # January and again December
    assert ramadan(2031)[0] == ramadan(2030)[1]
    for year in range(1990, 2077):
        for first, last in ramadan(year):
            assert (last - first).days == 30
            assert last + dt.timedelta(days=1) in national_holidays(last.year) or (
                last.month == 12 and last.day == 31
            )


def test_what_is_closed_in_indonesia() -> None:
    closed = closed_in_indonesia([2026], days={dt.date(2026, 2, 3): FEAST})
    evening, afternoon = 19 * 60 + 30, 16 * 60
    assert closed.on(dt.date(2026, 3, 10), evening) == Text(
        "malam Ramadan", "an evening of Ramadan"
    )
    assert closed.on(dt.date(2026, 3, 10), afternoon) is None
    assert closed.on(dt.date(2026, 3, 24), evening) is None
    assert closed.on(dt.date(2026, 3, 19), afternoon) == Text("Hari Suci Nyepi", "Day of Silence")
    assert closed.on(dt.date(2026, 2, 3), afternoon) == FEAST
    friday = dt.date(2026, 1, 9)
    assert closed.on(friday, 11 * 60 + 30) is not None
    assert closed.on(friday, 13 * 60) is None
    assert closed.weekly(Slot(5, 12 * 60)) is not None
    assert closed.weekly(Slot(4, 12 * 60)) is None
    assert closed.weekly(TUESDAY) is None  # Ramadan is not every week
    open_ = closed_in_indonesia([2026], holidays=False, ramadan_hours=None, friday_prayer=False)
    assert open_ == NOTHING_CLOSED


# -- where a date moves ----------------------------------------------------------------------------


def on(*days: dt.date) -> Closed:
    return Closed(dict.fromkeys(days, FEAST))


def test_a_closed_date_moves_by_weeks_within_its_month() -> None:
    tenth = dt.date(2026, 3, 10)
    week = dt.timedelta(days=7)
    assert not beside(tenth, 0, NOTHING_CLOSED).moved
    assert beside(tenth, 0, on(tenth)).date == tenth + week
    assert beside(tenth, 0, on(tenth, tenth + week)).date == tenth - week
    assert beside(tenth, 0, on(tenth, tenth + week, tenth - week)).date == tenth + 2 * week
    all_of_them = on(*(tenth + k * week for k in (-1, 0, 1, 2, 3)))
    stays = beside(tenth, 0, all_of_them)
    assert (stays.date, stays.reason, stays.closed) == (tenth, FEAST, True)
    assert beside(tenth, 0, on(tenth), moves=False).closed
    last = dt.date(2026, 3, 31)
    assert beside(last, 0, on(last)).date == dt.date(2026, 3, 24)
    leap = dt.date(2028, 2, 29)  # a fifth Tuesday
    assert beside(leap, 0, on(leap)).date == dt.date(2028, 2, 22)


@given(
    st.sampled_from(sorted(MONTHS)), st.integers(1, 7), st.sampled_from(sorted(NTH)),
    st.integers(2024, 2040), st.sets(st.integers(1, 365), max_size=60),
)  # fmt: skip
def test_every_period_keeps_one_date(
    frequency: str, weekday: int, nth: int, year: int, off: set[int]
) -> None:
    first = dt.date(year, 1, 1)
    closed = on(*(first + dt.timedelta(days=k) for k in off))
    days = dates_of(Rule(frequency, weekday, nth, 540), first, dt.date(year, 12, 31), closed)
    assert [d.date.month for d in days] == list(MONTHS[frequency])
    for day in days:
        assert day.rule_date == nth_weekday(year, day.rule_date.month, weekday, nth)
        assert day.date.isoweekday() == weekday
        free = [
            d for d in (day.rule_date + k * dt.timedelta(days=7) for k in range(-4, 5))
            if d.month == day.date.month and closed.on(d, 540) is None
        ]  # fmt: skip
        assert day.closed == (not free)
        assert day.closed or day.date in free
        assert day.moved == (day.date != day.rule_date)
        distances = {abs((d - day.rule_date).days) for d in free}
        assert day.closed or abs((day.date - day.rule_date).days) == min(distances)


# -- the proposal ----------------------------------------------------------------------------------


def test_a_rule_whose_dates_can_be_kept_beats_a_slightly_better_hour() -> None:
    """March 2025 is all Ramadan: no Tuesday evening of it is open, one date of twelve is lost."""
    afternoon = Slot(2, 16 * 60)
    w = wishes([[0.78, 0.8]] * 10, (afternoon, TUESDAY))
    closed = closed_in_indonesia([2025])
    kept = propose(w, kind="fixed", closed=closed, **ASKED)
    assert kept.plan is not None
    assert kept.plan.pattern.id == "Selasa kedua, 16.00"
    w = wishes([[0.7, 0.8]] * 10, (afternoon, TUESDAY))
    lost = propose(w, kind="fixed", closed=closed, **ASKED)
    assert lost.plan is not None
    assert lost.plan.pattern.id == "Selasa kedua, 19.30"
    assert [turn.date for turn in lost.turns if turn.closed] == [dt.date(2025, 3, 11)]
    assert lost.plan.worst_member == pytest.approx(11 * 0.8)
    assert lost.plan.expected_attendance == pytest.approx(8.0)
    turns = propose(w, kind="rotation", closed=closed, **ASKED)
    assert turns.plan is not None
    assert turns.plan.counts == (1, 11)
    assert [turn.slot for turn in turns.turns if turn.date.month == 3] == [afternoon]
    assert not any(turn.closed for turn in turns.turns)


def test_a_period_without_an_open_hour_is_told() -> None:
    w = wishes([[0.8]] * 3, (TUESDAY,))
    found = propose(w, kind="rotation", closed=closed_in_indonesia([2025]), **ASKED)
    assert found.plan is not None
    assert found.plan.counts == (11,)
    assert found.lost == (dt.date(2025, 3, 1),)
    assert len(found.turns) == 11
    weekly = {**ASKED, "frequency": "weekly"}
    found = propose(w, kind="rotation", closed=on(dt.date(2025, 1, 7)), **weekly)
    assert found.lost == (dt.date(2025, 1, 1),)  # the block of 1 to 7 January
    assert len(found.turns) == 51


def test_weekly_turns_go_round_holidays() -> None:
    p = np.random.default_rng(5).choice(CHANCES, size=(8, 10)).tolist()
    w = wishes(p)
    asked = {**ASKED, "frequency": "weekly", "year": 2026}
    found = propose(w, kind="rotation", closed=closed_in_indonesia([2026]), **asked)
    assert found.plan is not None
    assert len(found.turns) == 52
    assert not any(turn.closed or turn.moved for turn in found.turns)
    assert {turn.date for turn in found.turns}.isdisjoint(national_holidays(2026))


def test_an_hour_closed_every_week_is_named_and_not_proposed() -> None:
    window = Window(Text("pengajian", "pengajian"), None, None, 2, 18 * 60, 21 * 60)
    w = wishes([[0.9, 0.2]], (TUESDAY, Slot(7, 540)))
    found = propose(w, kind="fixed", closed=Closed({}, (window,)), **{**ASKED, "nth": LAST})
    assert found.plan is not None
    assert found.plan.pattern.id == "Minggu terakhir, 09.00"
    assert [(one.slot, one.reason) for one in found.shut] == [(TUESDAY, window.name)]
    alone = propose(
        wishes([[0.9]], (TUESDAY,)), kind="rotation", closed=Closed({}, (window,)), **ASKED
    )
    assert alone.plan is None
    assert alone.clashes == ((Limit("closed", ""),),)
