"""*Keikutsertaan*: who takes part and how evenly, and one's own attendance.

The figures are the core's, computed by the worker and kept; nothing is analysed in a request.
Single people are seen by those who keep the records; members see themselves and the aggregate.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from satuhati.core.meetings.greeting import TOOK_PART
from satuhati.reports import charts_attendance
from satuhati.reports.words import GROUPINGS, group
from satuhati.schema.choices import choice_label
from satuhati.schema.meetings import ATTENDANCE_STATUS
from satuhati.text import Text, Translator, translator
from satuhati.web.meetings.beside import StoredFigures
from satuhati.web.meetings.models import Attendance, FollowUp
from satuhati.web.meetings.periods import Period, asked_period
from satuhati.web.meetings.queries import open_followups
from satuhati.web.meetings.tasks import ask_for_figures
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.who import Who

FEWEST = 5
"""Members of the group under which only keepers see its figures: ``core.suppression``'s rule."""
ENOUGH = 3
"""Meetings under which a rate says little: the measure's ``min_n``."""
OWN_SHOWN = 60
RT = Text("RT", "RT")


def get_figures_for(who: Who, asked: Period) -> StoredFigures | None:
    """The figures kept of a period, of the records as they are or as they were."""
    found: StoredFigures | None = StoredFigures.objects.filter(
        kind=asked.kind, since=asked.since, until=asked.until
    ).first()
    return found


@page("meetings.view", methods=("GET",))
def participation(request: HttpRequest) -> HttpResponse:
    """The figures of a period; of single people for keepers only."""
    who, t = request.who, translator(request.lang)
    asked = asked_period(request)
    keeper = who.may("meetings.edit")
    stored = None if asked.error else get_figures_for(who, asked)
    fresh = stored is not None and stored.data_version == who.community.data_version
    if not fresh and not asked.error:
        ask_for_figures(who.community.pk, asked.kind, asked.since, asked.until)
    context: dict[str, Any] = {
        **asked.context(request.lang),
        "keeper": keeper,
        "stored": stored,
        "fresh": fresh,
        "enough": ENOUGH,
    }
    if stored is not None:
        context |= _shown(who, stored.payload, t, keeper=keeper)
    return render(
        request, "meetings/participation.html", context, status=400 if asked.error else 200
    )


def _shown(who: Who, figures: dict[str, Any], t: Translator, *, keeper: bool) -> dict[str, Any]:
    """What this reader gets of the figures: who keeps no records no person, no small group."""
    whole = figures["attendance"]
    own = who.membership.actor.public_id if who.membership and who.membership.actor else None
    found: dict[str, Any] = {
        "figures": {k: figures[k] for k in ("meetings", "unknown_rows", "rhythm")},
        "own": next((m for m in figures["members"] if m["member"] == own), None),
        "percent": lambda value: percent(value, t),
        "between": lambda interval: between(interval, t),
        "whole": None,
        "too_few": whole is not None and not keeper and whole["members"] < FEWEST,
    }
    if whole is None or found["too_few"]:
        return found
    found |= {
        "whole": whole,
        "statuses": [
            (choice_label("attendance", "status", s)(t.lang), sum(m[s] for m in figures["members"]))
            for s in ATTENDANCE_STATUS
        ],
        "speaking": figures["speaking"]
        if keeper or (figures["speaking"] and figures["speaking"]["members"] >= FEWEST)
        else None,
        "staying": figures["staying"],
        "staying_chart": staying_chart(figures["staying"], t),
        "evenness": _evenness(t),
        "circumstances": _circumstances(figures, t),
        "groups": _groups(figures["groups"], t, keeper=keeper),
    }
    if keeper:
        names = dict(
            Actor.objects.filter(
                public_id__in=[m["member"] for m in figures["members"]]
            ).values_list("public_id", "name")
        )
        people = [{**m, "name": names.get(m["member"]) or m["member"]} for m in figures["members"]]
        found["people"] = sorted(people, key=lambda p: (p["name"].casefold(), p["member"]))
    return found


def percent(value: float | None, t: Translator) -> str:
    return "–" if value is None else f"{t.number(100 * value)}%"


def between(interval: list[float] | None, t: Translator) -> str:
    """``63–76%``."""
    if interval is None:
        return "–"
    return f"{t.number(100 * interval[0])}–{t.number(100 * interval[1])}%"


def _groups(
    groups: dict[str, list[dict[str, Any]]], t: Translator, *, keeper: bool
) -> list[dict[str, Any]]:
    """Tables of subgroups in words; of a hidden one its name only."""
    found = []
    for name, rows in groups.items():
        shown = []
        for row in rows:
            hidden = row["attendance"] is None or (row["small"] and not keeper)
            word = group("sex" if name == "rt" else name, row["group"], t.lang)
            if row["group"] == "unknown":
                word = group("sex", "unknown", t.lang)
            shown.append({**row, "word": word, "hidden": hidden})
        if shown:
            title = RT(t.lang) if name == "rt" else GROUPINGS[name](t.lang).lower()
            found.append({"title": title, "rows": shown})
    return found


def _circumstances(figures: dict[str, Any], t: Translator) -> list[dict[str, Any]]:
    """Attendance by the hour and by the notice of the meetings, in words."""
    words = {
        "morning": t("in the morning"),
        "midday": t("around noon"),
        "afternoon": t("in the afternoon"),
        "evening": t("in the evening"),
        "in_time": t("three days before or earlier"),
        "late": t("less than three days before"),
        "unknown": t("not known"),
    }
    return [
        {"title": title, "rows": [{**row, "word": words[row["name"]]} for row in figures[key]]}
        for key, title in (("hours", t("Hour")), ("notices", t("Announced")))
        if len(figures.get(key, ()))
        > 1  # where all meetings were alike there is nothing to compare
    ]


def staying_sentence(staying: dict[str, Any], t: Translator) -> str:
    """The curve in one plain sentence."""
    if not staying["stopped"]:
        return t.plural(
            "The one member still comes: nobody missed the last {streak} meetings.",
            "All {n} members still come: nobody missed the last {streak} meetings or more.",
            staying["n"],
            streak=t.number(staying["streak"]),
        )
    text = t(
        "{stopped} of {n} members have stopped: they missed the last {streak} meetings or more.",
        stopped=t.number(staying["stopped"]), n=t.number(staying["n"]),
        streak=t.number(staying["streak"]),
    )  # fmt: skip
    if staying["median"] is None:
        return text + " " + t("Fewer than half have stopped.")
    return (
        text + " " + t("Half had stopped by their meeting {n}.", n=t.number(staying["median"], 0))
    )


def staying_chart(staying: dict[str, Any] | None, t: Translator) -> dict[str, Any] | None:
    if staying is None:
        return None
    said = staying_sentence(staying, t)
    return {
        "said": said,
        "svg": charts_attendance.staying(
            staying["curve"], staying["longest"], staying["at_risk"],
            t("Share of members still coming, by meetings invited to.") + " " + said,
            axis=t("meetings invited to"), risk=t("members still followed"),
            percents=tuple(f"{t.number(n)}%" for n in (0, 50, 100)),
        ),
    }  # fmt: skip


def _evenness(t: Translator) -> Any:
    """The Lorenz curve of a spread, with what it shows in words."""

    def drawn(spread: dict[str, Any]) -> Any:
        return charts_attendance.lorenz(
            spread["lorenz"],
            t("The most active fifth holds {share}.", share=percent(spread["top20_share"], t)),
            axis=t("members, the least active first"),
        )

    return drawn


# -- one's own ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OwnAttendance:
    """A person's own rows, the newest first, and what they add up to.

    ``in_a_row``: the last meetings come to without a miss; ``missed``: missed in a row.
    """

    rows: list[Attendance]
    came: int
    invited: int
    in_a_row: int
    missed: int


def get_own_attendance_for(who: Who, asked: Period) -> OwnAttendance | None:
    """The reader's own attendance in a period; ``None`` for whoever is not in the register."""
    actor = who.membership.actor_id if who.membership else None
    if actor is None:
        return None
    listed = Attendance.objects.filter(
        actor=actor, meeting__status="held", meeting__kind=asked.kind,
        meeting__date__range=(asked.since, asked.until),
    ).select_related("meeting", "represented_by")  # fmt: skip
    rows = list(listed.order_by("-meeting__date", "-meeting__time", "-meeting__pk"))
    states = [row.status in TOOK_PART for row in rows]
    return OwnAttendance(
        rows[:OWN_SHOWN], sum(states), len(states), _first(states, True), _first(states, False)
    )


def _first(states: list[bool], wanted: bool) -> int:
    """How many of the newest in a row are as wanted."""
    return next((n for n, state in enumerate(states) if state is not wanted), len(states))


def get_own_tasks_for(who: Who, today: dt.date) -> list[FollowUp]:
    """What the reader has to do, the most pressing first."""
    actor = who.membership.actor_id if who.membership else None
    return list(open_followups().filter(owner=actor)[:OWN_SHOWN]) if actor else []


@page("meetings.view", methods=("GET",))
def my_attendance(request: HttpRequest) -> HttpResponse:
    """One's own meetings and tasks; of nobody else."""
    who, lang = request.who, request.lang
    asked = asked_period(request)
    today = today_in(who.community)
    context = {
        **asked.context(lang),
        "mine": None if asked.error else get_own_attendance_for(who, asked),
        "tasks": get_own_tasks_for(who, today),
        "today": today,
        "status_word": lambda code: choice_label("attendance", "status", code)(lang),
        "known": bool(who.membership and who.membership.actor_id),
    }
    return render(
        request, "meetings/my_attendance.html", context, status=400 if asked.error else 200
    )
