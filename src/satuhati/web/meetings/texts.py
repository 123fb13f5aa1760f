"""Texts ready to be sent on WhatsApp: plain lines, nothing that needs a gateway."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from satuhati.schema.choices import choice_label
from satuhati.text import Translator
from satuhati.web.meetings.models import Attendance, Decision, FollowUp, Meeting
from satuhati.web.meetings.queries import CAME
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.clock import zone_of
from satuhati.web.tenancy.models import Community


def clock(time: str | None) -> str:
    """``19.30``, as Indonesians write it."""
    return (time or "").replace(":", ".")


def when(t: Translator, community: Community, meeting: Meeting) -> str:
    """``Selasa, 8 Desember 2026, 19.30 WIB``."""
    day = f"{t.weekday(meeting.date)}, {t.date(meeting.date)}"
    return f"{day}, {clock(meeting.time)} {zone_of(community)[0]}" if meeting.time else day


def closed_words(t: Translator) -> str:
    """Why a meeting with approved minutes is not changed."""
    return t("The minutes of this meeting are approved. Reopen them before you change anything.")


def invitation(
    t: Translator, community: Community, meeting: Meeting, title: str,
    carried: Iterable[FollowUp],
) -> str:  # fmt: skip
    """The invitation to a meeting, with what was left open last time. Names nobody."""
    lines = [
        f"*{t('Invitation')}: {title}*",
        community.name,
        "",
        f"{t('Day')}: {when(t, community, meeting)}",
    ]
    if meeting.place:
        lines.append(f"{t('Place')}: {meeting.place}")
    left = [f"- {one.text}" for one in carried]
    if left:
        lines += ["", f"{t('Left from last time')}:", *left]
    lines += ["", t("Please say if you can come, are ill, or send somebody. Thank you.")]
    return "\n".join(lines)


def personal_invitation(t: Translator, meeting: Meeting, actor: Actor, address: str) -> str:
    """The invitation to one person, with the link by which they answer."""
    community = meeting.community
    title = meeting.title or choice_label("meetings", "kind", meeting.kind)(t.lang)
    lines = [
        t("Hello {name}, you are invited:", name=actor.name or actor.public_id),
        f"*{title}*",
        f"{t('Day')}: {when(t, community, meeting)}",
    ]
    if meeting.place:
        lines.append(f"{t('Place')}: {meeting.place}")
    lines += [
        "",
        t("Can you come? One tap is enough: {address}", address=address),
        t("The link is yours alone."),
        community.name,
    ]
    return "\n".join(lines)


def recap(
    t: Translator, community: Community, meeting: Meeting, title: str,
    attendance: Sequence[Attendance], decisions: Sequence[tuple[Decision, Sequence[FollowUp]]],
    loose: Sequence[FollowUp],
) -> str:  # fmt: skip
    """What the members get after a meeting: how many came, what was decided, who does what.

    Who was absent, and why, stays out: this text leaves the house.
    """
    lines = [f"*{title}*", community.name, when(t, community, meeting)]
    if attendance:
        came = sum(row.status in CAME for row in attendance)
        lines += [
            "",
            t("{came} of {all} came.", came=t.number(came), all=t.number(len(attendance))),
        ]
    if decisions:
        lines += ["", f"*{t('Decisions')}*"]
        lines += [f"{n}. {decision.text}" for n, (decision, _) in enumerate(decisions, 1)]
    tasks = [task for _, some in decisions for task in some] + list(loose)
    if tasks:
        lines += ["", f"*{t('Follow-ups')}*"]
        for task in tasks:
            due = f" ({t('until {date}', date=t.date(task.due))})" if task.due else ""
            lines.append(f"- {task.text}: {task.owner.name or task.owner.public_id}{due}")
    return "\n".join(lines)
