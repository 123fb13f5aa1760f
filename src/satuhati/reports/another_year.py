"""What another year of a rotation changes, in words. Loads no arrays and no solver."""

from __future__ import annotations

from satuhati.core.meetings.another_year import AnotherYear, Share, Swap
from satuhati.text import Translator


def changes(made: AnotherYear, t: Translator) -> list[str]:
    """Where the year forces a change against the rule before, one sentence each.

    How often each hour has its turn, dates held at another hour than the one whose turn it was,
    dates in another week of their month, and periods without a date.
    """
    found = [_share(share, t) for share in made.changed]
    found += [_swap(swap, t) for swap in made.swaps if swap.reason is not None]
    room = [swap for swap in made.swaps if swap.reason is None]
    if room:
        days = ", ".join(t.date(swap.date) for swap in room)
        found.append(
            t.plural(
                "To make up for it {n} other date is at another hour: {dates}.",
                "To make up for it {n} other dates are at another hour: {dates}.",
                len(room), dates=days,
            )
        )  # fmt: skip
    for turn in made.moved:
        if turn.reason is not None:
            found.append(
                t(
                    "{date} instead of {rule}, in another week: {reason}.",
                    date=t.date(turn.date), rule=t.date(turn.rule_date),
                    reason=turn.reason(t.lang),
                )
            )  # fmt: skip
    weekly = made.frequency == "weekly"
    for day in made.lost:
        period = t("the week from {date}", date=t.date(day)) if weekly else t.month(day)
        found.append(t("No meeting in {period}: all hours are closed then.", period=period))
    return found


def _share(share: Share, t: Translator) -> str:
    hour = share.slot.words()(t.lang)
    return t(
        "{hour} has {now} turns; so far {before}.",
        hour=hour, now=t.number(share.now), before=t.number(share.before),
    )  # fmt: skip


def _swap(swap: Swap, t: Translator) -> str:
    assert swap.reason is not None
    return t(
        "{date} at {hour} and not at {instead}: {reason}.",
        date=t.date(swap.date), hour=swap.slot.words()(t.lang),
        instead=swap.instead.words()(t.lang), reason=swap.reason(t.lang),
    )  # fmt: skip
