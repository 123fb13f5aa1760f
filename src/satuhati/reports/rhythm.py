"""A proposed rhythm in words: why it was chosen, what stands in the way, what to mind.

A page and ``satuhati meeting rhythm`` say the same, from the same
:class:`~satuhati.core.meetings.proposal.Proposal`. Loads no arrays and no solver.
"""

from __future__ import annotations

from collections.abc import Sequence

from satuhati.core.meetings.limits import Limit
from satuhati.core.meetings.proposal import Proposal, Turn
from satuhati.errors import Doubt
from satuhati.reports.words import sector
from satuhati.text import Translator, name_some


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


def limit_words(limit: Limit, proposal: Proposal, t: Translator) -> str:
    """A wish by its name: ``section Ekonomi (at least 1)``, ``Ani present``."""
    levels = {"sector": proposal.sector_quorum, "each": proposal.each}
    return limit_at(limit, levels.get(limit.kind, proposal.quorum), t)


def limit_at(limit: Limit, level: float, t: Translator) -> str:
    """A wish by its name and the least number it asks for."""
    name, least = limit.name, _least(level, t)
    if limit.kind == "section":
        return t("section {name} (at least {q})", name=name, q=least)
    if limit.kind == "sector":
        return t("sector {name} (at least {q})", name=sector(name, t.lang), q=least)
    if limit.kind == "group":
        return t("at least {q} expected", q=least)
    if limit.kind == "closed":
        return t("an hour that is not closed (holidays, Ramadan, prayer, local days)")
    if limit.kind == "each":
        return t("{name} at least {n} × a year", name=name, n=least)
    return t("{name} present", name=name)


def _least(value: float, t: Translator) -> str:
    return t.number(value, 0 if value.is_integer() else 2)


def turn_note(turn: Turn, t: Translator) -> str:
    """What is to be said beside a date: why it was moved, or what falls on it."""
    if turn.reason is None:
        return ""
    if turn.moved:
        return t(
            "instead of {date}: {holiday}",
            date=t.date(turn.rule_date), holiday=turn.reason(t.lang),
        )  # fmt: skip
    return t("closed: {reason}", reason=turn.reason(t.lang))


def doubts(proposal: Proposal, t: Translator) -> list[Doubt]:
    """All that a reader of this proposal has to be told with it, in the order it is read."""
    found: list[Doubt] = []
    for code, names in (
        ("rhythm_unanswered", proposal.silent),
        ("rhythm_left_out", proposal.never),
        ("rhythm_seldom", proposal.seldom),
    ):
        if names:
            fields = {"n": t.number(len(names)), "names": name_some(names)}
            if code == "rhythm_seldom":
                fields["each"] = _least(proposal.each, t)
            found.append(Doubt(code, fields))
    found += [*clash_doubts(proposal, t), *_about_dates(proposal, t)]
    plan = proposal.plan
    if plan is not None and not plan.optimal:
        found.append(
            Doubt("rhythm_not_proven", {
                "worst": t.number(plan.worst_member, 2), "bound": t.number(plan.bound, 2)})
        )  # fmt: skip
    return found


def clash_doubts(proposal: Proposal, t: Translator) -> list[Doubt]:
    """The wishes that cannot be had together, each by name, and the hour that comes nearest."""

    def named(limits: Sequence[Limit]) -> list[str]:
        return [limit_words(one, proposal, t) for one in limits]

    if any(group == (Limit("closed", ""),) for group in proposal.clashes):
        return [Doubt("rhythm_all_closed")]
    found = [
        Doubt("rhythm_alone", {"limit": named(group)[0]})
        if len(group) == 1
        else Doubt("rhythm_clash", {"limits": "; ".join(named(group))})
        for group in proposal.clashes
    ]
    near = proposal.nearest
    if near is not None and near.broken:
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
    if proposal.shut:
        hours = (f"{one.slot.words()(t.lang)} ({one.reason(t.lang)})" for one in proposal.shut)
        found.append(Doubt("rhythm_shut", {"hours": name_some(list(hours))}))
    closed = [turn for turn in proposal.turns if turn.closed]
    if closed:
        dates = [f"{t.date(turn.date)} ({turn.reason(t.lang)})" for turn in closed if turn.reason]
        found.append(
            Doubt("rhythm_closed", {"n": t.number(len(closed)), "dates": name_some(dates)})
        )  # fmt: skip
    if proposal.lost:
        weekly = proposal.frequency == "weekly"
        periods = [t.date(day) if weekly else t.month(day) for day in proposal.lost]
        found.append(Doubt("rhythm_lost", {"periods": name_some(periods)}))
    return found
