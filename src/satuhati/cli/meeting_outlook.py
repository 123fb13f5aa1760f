"""What ``satuhati meeting participation`` says of the next meeting and of how long members stay.

Core is imported inside the functions: only a command that runs pays its start-up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from satuhati.errors import Doubt

if TYPE_CHECKING:
    import polars as pl

    from satuhati.text import Translator


def outlook(
    members: pl.DataFrame, quorum: int | None, streak: int, doubts: list[Doubt]
) -> dict[str, Any]:
    """``turnout``, ``p_quorum`` and ``survival`` of the members of one community.

    A member has stopped when the current streak of missed meetings is at least ``streak``; time
    counts the meetings he or she was invited to, up to the last attended. All others are
    censored at the last meeting on record.
    """
    from satuhati.core.meetings.quorum import pooled_turnout, quorum_probability
    from satuhati.core.meetings.survival import kaplan_meier, last_attendance

    if members.is_empty() or not members["invited"].sum():
        doubts.append(Doubt("turnout_nobody"))
        return {"turnout": {}, "turnout_correlation": None, "p_quorum": None, "survival": None}
    pooled = pooled_turnout(members["attended"].to_list(), members["invited"].to_list())
    needed = quorum if quorum is not None else members.height // 2 + 1
    found = kaplan_meier(
        *last_attendance(
            members["invited"].to_numpy(), members["consecutive_missed"].to_numpy(), streak
        )
    )
    return {
        "turnout": dict(zip(members["member"], map(float, pooled.probability), strict=True)),
        "turnout_correlation": pooled.correlation,
        "p_quorum": {
            "needed": needed,
            "of": members.height,
            "probability": quorum_probability(pooled.probability, needed),
        },
        "survival": {
            "n": found.n,
            "stopped": found.events,
            "streak": streak,
            "median": found.median,
            "interval": list(found.median_interval),
            "curve": found.steps,
        },
    }


def show_outlook(result: dict[str, Any], t: Translator) -> None:
    """Both in a plain sentence each."""
    quorum, survival = result["p_quorum"], result["survival"]
    if quorum is None:
        return
    # Members influence each other: the last per cent is not ours to promise.
    percent = quorum["probability"] * 100
    chance = ">99" if percent > 99 else "<1" if percent < 1 else t.number(percent)
    print(
        t(
            "Chance that at least {needed} of {members} come to the next meeting: {chance} %.",
            needed=t.number(quorum["needed"]),
            members=t.number(quorum["of"]),
            chance=chance,
        )
    )
    if survival["stopped"]:
        half = (
            t("half had stopped by their meeting {n}", n=t.number(survival["median"], 0))
            if survival["median"] is not None
            else t("fewer than half have stopped")
        )
        print(
            t(
                "Members who stopped coming (missing the last {streak} or more): {n} of "
                "{members}; {half}.",
                streak=t.number(survival["streak"]),
                n=t.number(survival["stopped"]),
                members=t.number(survival["n"]),
                half=half,
            )
        )
