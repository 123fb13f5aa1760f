"""Minutes and attendance lists from the record: what the papers are made of."""

from __future__ import annotations

from satuhati.reports.papers.blocks import Signature, long_date
from satuhati.reports.papers.minutes import (
    DRAFT,
    AttendanceSheet,
    Came,
    MinutesSheet,
    Task,
)
from satuhati.schema.choices import choice_label
from satuhati.text import translator
from satuhati.web.letters.queries import (
    get_letter_settings_for,
    get_letters_of_meeting_for,
    get_signers_for,
    group_name,
    lines_of,
)
from satuhati.web.meetings.models import FollowUp, Meeting
from satuhati.web.meetings.queries import (
    CAME,
    get_attendance_for,
    get_decisions_for,
    get_invited_for,
    get_loose_followups_for,
)
from satuhati.web.meetings.texts import clock
from satuhati.web.minutes.models import Minutes
from satuhati.web.norms.models import Norm
from satuhati.web.norms.queries import get_invoked_for
from satuhati.web.register.models import Actor
from satuhati.web.register.queries import holding
from satuhati.web.tenancy.clock import zone_of
from satuhati.web.tenancy.who import Who

__all__ = ["DRAFT", "attendance_sheet", "get_minutes_for", "minutes_sheet"]
T = translator("id")


def title_of(meeting: Meeting) -> str:
    """What the meeting is called on paper."""
    word = choice_label("meetings", "kind", meeting.kind)("id")
    return meeting.title or f"{word[:1].upper()}{word[1:]}"


def get_minutes_for(who: Who, meeting: Meeting) -> Minutes:
    """The minutes of a meeting; not yet written they are drafted from the record, unsaved.

    The chair of the group leads and its secretary writes, if they came; the agenda is that of the
    letter.
    """
    found: Minutes | None = Minutes.objects.filter(meeting=meeting.public_id).first()
    if found is not None:
        return found
    came = {a.actor_id for a in get_attendance_for(who, meeting) if a.status == "present"}
    held: dict[str, str] = {}
    for term in holding(meeting.date).select_related("post", "actor").order_by("pk"):
        if term.actor_id in came:
            held.setdefault(term.post.kind, term.actor.name or "")
    letters = [x for x in get_letters_of_meeting_for(who, meeting) if x.withdrawn_on is None]
    agenda = "\n".join(letters[-1].content.get("agenda", ())) if letters else ""
    return Minutes(
        community=who.community,
        meeting=meeting.public_id,
        chair=held.get("chair", held.get("deputy_chair", "")),
        taker=held.get("secretary", ""),
        agenda=agenda,
    )


def _post_of(actor: Actor, posts: dict[int, str]) -> str:
    organization = actor.organization
    return posts.get(actor.pk) or (organization.name if organization else "") or ""


def _posts(meeting: Meeting) -> dict[int, str]:
    rows = holding(meeting.date).order_by("-pk").values_list("actor", "post__name")
    return dict(rows)


def _came(who: Who, meeting: Meeting) -> tuple[list[Came], int]:
    """Those who came or were represented, by name, and how many were on the list."""
    rows = get_attendance_for(who, meeting)
    posts = _posts(meeting)
    organizations = {
        a.pk: a
        for a in Actor.objects.filter(pk__in=[r.actor_id for r in rows]).select_related(
            "organization"
        )
    }
    found = []
    for row in rows:
        if row.status not in CAME:
            continue
        note = ""
        if row.status == "represented":
            deputy = row.represented_by.name if row.represented_by else ""
            note = f"diwakili {deputy}".strip()
        actor = organizations[row.actor_id]
        found.append(Came(actor.name or actor.public_id, _post_of(actor, posts), note))
    found.sort(key=lambda c: c.name.casefold())
    return found, len(rows)


def _time(who: Who, meeting: Meeting) -> str:
    zone = zone_of(who.community)[0]
    return f"{clock(meeting.time)} {zone} s.d. selesai" if meeting.time else ""


def minutes_sheet(who: Who, meeting: Meeting, minutes: Minutes) -> MinutesSheet:
    """The minutes to be printed: as they were approved, otherwise as the record stands now."""
    if meeting.minutes_on is not None and minutes.content:
        return MinutesSheet.of(minutes.content)
    return live_sheet(who, meeting, minutes)


def live_sheet(who: Who, meeting: Meeting, minutes: Minutes) -> MinutesSheet:
    """The minutes as the record stands now."""
    assert who.community is not None
    settings = get_letter_settings_for(who)
    decisions = get_decisions_for(who, meeting)
    loose = get_loose_followups_for(who, meeting)
    tasks = [task for _, some in decisions for task in some] + list(loose)
    came, invited = _came(who, meeting)
    approved = T.date(meeting.minutes_on) if meeting.minutes_on else ""
    return MinutesSheet(
        head=lines_of(settings.head) or (group_name(who.community),),
        address=settings.address,
        title=title_of(meeting),
        day=long_date(meeting.date),
        time=_time(who, meeting),
        place=meeting.place or "",
        place_date=_place_date(settings.town, meeting),
        chair=minutes.chair,
        taker=minutes.taker,
        came=len(came),
        invited=invited,
        agenda=lines_of(minutes.agenda),
        discussion=lines_of(minutes.discussion),
        decisions=tuple(d.text for d, _ in decisions),
        tasks=tuple(_task(task) for task in tasks),
        attendance=tuple(came),
        seen=get_signers_for(who, settings, meeting.date).seen,
        approved=approved,
        rules=tuple(_rule(norm) for norm in get_invoked_for(who, meeting)),
    )


def _rule(norm: Norm) -> str:
    """A norm as the paper has it: its wording, and where it is written."""
    return f"{norm.text} ({norm.document})" if norm.document else norm.text


def _place_date(town: str, meeting: Meeting) -> str:
    return f"{town}, {T.date(meeting.date)}" if town else T.date(meeting.date)


def _task(task: FollowUp) -> Task:
    owner = task.owner.name or task.owner.public_id
    return Task(task.text, owner, T.date(task.due) if task.due else "")


def attendance_sheet(who: Who, meeting: Meeting) -> AttendanceSheet:
    """The list to sign: those invited, and after the meeting those who came."""
    assert who.community is not None
    settings = get_letter_settings_for(who)
    signers = get_signers_for(who, settings, meeting.date)
    held = meeting.status == "held"
    if held:
        rows, _ = _came(who, meeting)
    else:
        invited = get_invited_for(who, meeting)
        posts = {i.actor.pk: i.post for i in invited}
        people = Actor.objects.filter(pk__in=posts).select_related("organization")
        by_key = {a.pk: a for a in people}
        rows = [
            Came(i.actor.name or i.actor.public_id, _post_of(by_key[i.actor.pk], posts))
            for i in invited
        ]
    return AttendanceSheet(
        head=lines_of(settings.head) or (group_name(who.community),),
        address=settings.address,
        title=title_of(meeting),
        day=long_date(meeting.date),
        time=_time(who, meeting),
        place=meeting.place or "",
        place_date=_place_date(settings.town, meeting),
        rows=tuple(rows),
        held=held,
        signer=Signature(signers.signer.title, signers.signer.name),
        seen=signers.seen,
    )
