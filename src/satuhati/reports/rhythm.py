"""A proposed rhythm in words: why it was chosen, what stands in the way, what to mind.

A page and ``satuhati meeting rhythm`` say the same, from the same
:class:`~satuhati.core.meetings.proposal.Proposal`. Loads no arrays and no solver.
"""

from __future__ import annotations

from collections.abc import Sequence

from satuhati.core.meetings.calendar import FIXED_HOLIDAYS
from satuhati.core.meetings.proposal import Limit, Proposal
from satuhati.errors import Doubt
from satuhati.text import Translator

NAMES_SHOWN = 10
FRIDAY = 5
FRIDAY_PRAYER = (11 * 60 + 30, 13 * 60)
"""Start times from 11.30 until before 13.00: the widest span of the prayer in Indonesia."""


def some(names: Sequence[str]) -> str:
    """The first names of a list, and how many more."""
    more = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f", … (+{more})" if more > 0 else "")


def why(proposal: Proposal, t: Translator) -> str | None:
    """Why this rhythm, in one sentence; ``None`` when there is none."""
    plan, vote = proposal.plan, proposal.vote
    if plan is None or vote is None:
        return None
    told = {
        "hours": t.number(len(proposal.slots)),
        "allowed": t.number(proposal.hours_allowed),
        "present": t.number(plan.expected_attendance, 1),
        "members": t.number(len(proposal.members)),
        "least": t.number(plan.worst_member, 1),
        "dates": t.number(sum(plan.counts)),
        "vote": t.number(vote.expected_attendance, 1),
        "vote_least": t.number(vote.worst_member, 1),
    }
    if proposal.kind == "fixed":
        return t(
            "Of {hours} hours asked about, {allowed} suit every section and everyone required; "
            "this one brings the most people: {present} of {members} on average (the plain "
            "vote's: {vote}).",
            **told,
        )
    return t(
        "Taking turns, even the member worst off can expect to attend {least} of {dates} dates "
        "(by the plain vote {vote_least}), with {present} of {members} present on average (by the "
        "plain vote {vote}).",
        **told,
    )


def limit_words(limit: Limit, quorum: float, t: Translator) -> str:
    """A wish by its name: ``section Ekonomi (at least 1)``, ``Ani present``."""
    if limit.kind == "section":
        return t(
            "section {name} (at least {q})",
            name=limit.name,
            q=t.number(quorum, 0 if quorum.is_integer() else 2),
        )
    return t("{name} present", name=limit.name)


def doubts(proposal: Proposal, t: Translator) -> list[Doubt]:
    """All that a reader of this proposal has to be told with it, in the order it is read."""
    found: list[Doubt] = []
    silent, never = proposal.silent, proposal.never
    if silent:
        found.append(
            Doubt("rhythm_unanswered", {"n": t.number(len(silent)), "names": some(silent)})
        )
    if never:
        found.append(Doubt("rhythm_left_out", {"n": t.number(len(never)), "names": some(never)}))
    plan = proposal.plan
    return [
        *found,
        *clash_doubts(proposal, t),
        *_about_dates(proposal, t),
        *(
            [
                Doubt("rhythm_not_proven", {
                    "worst": t.number(plan.worst_member, 2), "bound": t.number(plan.bound, 2)})
            ]
            if plan is not None and not plan.optimal
            else ()
        ),
    ]  # fmt: skip


def clash_doubts(proposal: Proposal, t: Translator) -> list[Doubt]:
    """The wishes that cannot be had together, each by name, and the hour that comes nearest."""

    def named(limits: Sequence[Limit]) -> list[str]:
        return [limit_words(one, proposal.quorum, t) for one in limits]

    found = [
        Doubt("rhythm_alone", {"limit": named(group)[0]})
        if len(group) == 1
        else Doubt("rhythm_clash", {"limits": "; ".join(named(group))})
        for group in proposal.clashes
    ]
    near = proposal.nearest
    if near is not None:
        found.append(
            Doubt("rhythm_nearest", {
                "slot": near.slot.words(),
                "value": t.number(near.expected, 1),
                "limits": "; ".join(named(near.broken)),
            })
        )  # fmt: skip
    return found


def _about_dates(proposal: Proposal, t: Translator) -> list[Doubt]:
    found = []
    feasts = [
        f"{t.date(day)} ({FIXED_HOLIDAYS[day.month, day.day](t.lang)})"
        for day in proposal.dates
        if (day.month, day.day) in FIXED_HOLIDAYS
    ]
    if feasts:
        found.append(Doubt("rhythm_holidays", {"dates": ", ".join(feasts)}))
    prayer = {
        slot
        for _, slot in proposal.turns
        if slot.weekday == FRIDAY and FRIDAY_PRAYER[0] <= slot.minute < FRIDAY_PRAYER[1]
    }
    return found + [Doubt("rhythm_friday", {"slot": slot.words()}) for slot in sorted(prayer)]
