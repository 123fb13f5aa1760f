"""Choosing the rhythm: CPU seconds, proof and fairness of 25 members x 84 weekly hours.

A synthetic working group: five sections; members free on weekday mornings, weekday evenings, any
evening or weekends, each with a turn-out of their own; two members required; at least one
expected of each section. Prints CPU seconds (with and without the first import of the solver) and
the worst-off member's dates a year beside a plain vote's, without and with what is closed in
Indonesia (2025: all of March is Ramadan); then 500 members in 40 groups that share rooms and
facilitators, beside serial dictatorship (first come, and the best of 100 random orders;
Abdulkadiroglu & Sonmez 1998); then the recap of ten years of attendance. Run:

    python benchmarks/rhythm.py [--seeds 5]
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import polars as pl

from satuhati.core.meetings.calendar import Slot
from satuhati.core.meetings.closures import closed_in_indonesia
from satuhati.core.meetings.participation import STATUSES, participation
from satuhati.core.meetings.proposal import propose
from satuhati.core.meetings.quorum import pooled_turnout, quorum_probability
from satuhati.core.meetings.rhythm import Plan, Wishes, fixed, limits_of, plain_vote, rotation
from satuhati.core.meetings.sharing import Group, first_come, share
from satuhati.core.meetings.survival import kaplan_meier

DATES = 12


def group(seed: int, members: int = 25) -> Wishes:
    """Wishes with structure, as people have it: four kinds of working week, own turn-out."""
    rng = np.random.default_rng(seed)
    slots = tuple(Slot(day, 60 * hour) for day in range(1, 8) for hour in range(9, 21))
    day = np.array([s.weekday for s in slots])
    hour = np.array([s.minute // 60 for s in slots])
    evening, weekend = hour >= 18, day >= 6
    free = (~weekend & (hour < 14), ~weekend & evening, weekend, evening)
    p = np.empty((members, len(slots)))
    for i in range(members):
        mine = free[(i + i // 5) % 4] & (rng.random(len(slots)) < 0.85)
        away = rng.choice([0.05, 0.2, 0.45], size=len(slots), p=[0.4, 0.3, 0.3])
        p[i] = np.round(np.where(mine, rng.uniform(0.55, 0.95), away), 2)
    must = [3, 8]
    p[must] = np.where(evening | weekend, np.maximum(p[must], 0.6), p[must])
    return Wishes(
        tuple(f"m{i:02d}" for i in range(members)),
        slots,
        p,
        tuple(f"s{i % 5}" for i in range(members)),
        tuple(i in must for i in range(members)),
        (True,) * members,
    )


def recap(years: int = 10, members: int = 200) -> None:
    """Monthly meetings of many years: rates, chance of a quorum, how long members stay."""
    rng = np.random.default_rng(1)
    meetings = 12 * years
    n = meetings * members
    sheet = pl.DataFrame(
        {
            "community": ["k"] * n,
            "meeting": np.repeat(np.arange(meetings), members),
            "member": [f"m{i}" for i in np.tile(np.arange(members), meetings)],
            "status": rng.choice(STATUSES, n),
            "order": np.repeat(np.arange(meetings), members),
        }
    )
    start = time.process_time()
    found = participation(sheet).members
    turnout = pooled_turnout(found["attended"].to_list(), found["invited"].to_list())
    quorum_probability(turnout.probability, members // 2 + 1)
    missed = found["consecutive_missed"].to_numpy()
    kaplan_meier(found["invited"].to_numpy() - missed * (missed >= 3), missed >= 3)
    print(f"recap of {years} years x {members} members: {time.process_time() - start:.3f} CPU s")


def weekly(seed: int, year: int = 2025) -> None:
    """A weekly and a monthly rotation that keep off closed dates: every date its own hours."""
    wishes, closed = group(seed), closed_in_indonesia([year])
    for frequency in ("monthly", "weekly"):
        start = time.process_time()
        found = propose(wishes, kind="rotation", frequency=frequency, quorum=1.0, year=year, nth=2,
                        closed=closed)  # fmt: skip
        spent = time.process_time() - start
        if found.plan is None:
            print(f"seed {seed} {frequency} with closed dates: impossible")
            continue
        print(
            f"seed {seed} {frequency:8s} with closed dates {spent:6.3f} CPU s  proven "
            f"{found.plan.optimal}  worst {found.plan.worst_member:5.2f}  dates "
            f"{len(found.turns)}  on closed times {sum(turn.closed for turn in found.turns)}"
        )


def neighbours(seed: int, rooms: int, facilitators: int, groups: int = 40) -> list[Group]:
    """500 members in 40 groups: a hall or two each, a facilitator who looks after several."""
    rng = np.random.default_rng(seed)
    out = []
    for g in range(groups):
        wishes = group(1000 * seed + g, 13 - g % 2)
        mine = rng.choice(rooms, size=rng.integers(1, 3), replace=False)
        halls = tuple(f"hall {r}" for r in sorted(mine))
        out.append(Group(f"group {g:02d}", wishes, halls, f"facilitator {g % facilitators}"))
    return out


def sharing(seed: int, rooms: int, facilitators: int, weeks: tuple[int, ...]) -> None:
    groups = neighbours(seed, rooms, facilitators)
    asked = {"frequency": "monthly", "year": 2026, "weeks": weeks, "quorum": 0.0, "least": 3.0,
             "closed": closed_in_indonesia([2026])}  # fmt: skip
    start = time.process_time()
    found = share(groups, **asked)
    spent = time.process_time() - start
    rng = np.random.default_rng(seed)
    best, placed = 0.0, 0
    for _ in range(100):
        order = [groups[int(i)] for i in rng.permutation(len(groups))]
        total, left = first_come(order, **asked)
        best, placed = max((best, placed), (total, len(groups) - len(left)), key=lambda x: x[::-1])
    members = sum(len(g.wishes.members) for g in groups)
    print(
        f"sharing seed {seed}: {members} members, {len(groups)} groups, {rooms} rooms, "
        f"{facilitators} facilitators, {len(weeks)} weeks: {spent:5.2f} CPU s  proven "
        f"{found.optimal}  "
        + (
            f"impossible: {', '.join(found.stuck[0].groups)}"
            if found.total is None
            else f"expected {found.total:.2f} (bound {found.bound:.2f})"
        )
        + f" | first come {found.first_come:.2f}, {len(groups) - len(found.left_over)} placed"
        f" | best of 100 random orders {best:.2f}, {placed} placed"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    args = parser.parse_args()
    before = time.process_time()
    from scipy import optimize  # noqa: F401  (its first import is the solver's own cost)

    print(f"import of the solver: {time.process_time() - before:.2f} CPU s")
    for seed in range(args.seeds):
        wishes = group(seed)
        limits = limits_of(wishes, 1.0)
        vote = plain_vote(wishes, limits, [DATES] * len(wishes.slots))
        for name, choose in (
            ("fixed", lambda w=wishes, k=limits: fixed(w, k, [DATES] * len(w.slots))),
            ("rotation", lambda w=wishes, k=limits: rotation(w, k, DATES)),
        ):
            start = time.process_time()
            plan: Plan | None = choose()
            spent = time.process_time() - start
            if plan is None or vote is None:
                print(f"seed {seed} {name}: impossible")
                continue
            ratio = (plan.worst_member or 0) / vote.worst_member if vote.worst_member else np.inf
            print(
                f"seed {seed} {name:8s} {spent:6.3f} CPU s  allowed {limits.allowed.size:2d}  "
                f"proven {plan.optimal}  present {plan.expected_attendance:5.2f} (vote "
                f"{vote.expected_attendance:5.2f})  worst {plan.worst_member:5.2f} (vote "
                f"{vote.worst_member:5.2f}, x{ratio:.1f})  short {plan.sections_short} (vote "
                f"{vote.sections_short})"
            )
        weekly(seed)
    for seed in range(args.seeds):
        sharing(seed, rooms=6, facilitators=8, weeks=(1, 2, 3, 4))
        sharing(seed, rooms=2, facilitators=4, weeks=(2,))
    recap()


if __name__ == "__main__":
    main()
