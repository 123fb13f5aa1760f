"""*Perlu disapa*: a few people whose absence asks for a kind word. For keepers only, never public.

The list blames nobody: beside each name stand the hour and the notice of the meetings missed,
something to offer, and a text to send. Whoever was spoken to leaves the list for a while.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from satuhati.core.meetings.greeting import Absence, Invitation, absence, most_pressing
from satuhati.schema.choices import choice_label
from satuhati.text import Translator, translator
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.meetings.beside import Greeting
from satuhati.web.meetings.models import Attendance, Meeting
from satuhati.web.meetings.queries import get_next_meeting_for
from satuhati.web.meetings.texts import when
from satuhati.web.register.models import Actor, Term
from satuhati.web.register.queries import holding
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.memory import remembered
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.pages import page
from satuhati.web.tenancy.who import Who

MOST = 5
"""A list longer than this is not worked off."""
LOOK_BACK = dt.timedelta(days=365)
REST = dt.timedelta(days=28)
"""How long somebody who was spoken to stays off the list."""
NOT_EXPECTED = ("patron", "advisor")
"""Posts whose holders need not come: the measure of participation leaves them out too."""
KEPT = dt.timedelta(days=365)
"""How long it is remembered that somebody was spoken to."""


@dataclass(frozen=True, slots=True)
class ToGreet:
    """Somebody to be spoken to; ``deputy``: whether somebody may come in their place."""

    actor: Actor
    absence: Absence
    deputy: bool


def get_absent_for(who: Who, today: dt.date) -> list[ToGreet]:
    """Everybody in office whose absence asks for a word, the most pressing first. Two queries.

    Of meetings of the working group in the last year. Without any post: people of the working
    group's sector who have not left.
    """
    terms: dict[int, Term] = {}
    expected = holding(today).exclude(post__kind__in=NOT_EXPECTED)
    for term in expected.select_related("actor").order_by("pk"):
        known = terms.setdefault(term.actor_id, term)
        if term.deputy_id and not known.deputy_id:
            terms[term.actor_id] = term
    listed = Attendance.objects.filter(
        Q(actor__left__isnull=True) | Q(actor__left__gt=today),
        meeting__status="held", meeting__kind="pokja",
        meeting__date__range=(today - LOOK_BACK, today),
    ).select_related("meeting", "actor")  # fmt: skip
    by_actor: dict[int, list[Invitation]] = defaultdict(list)
    actors: dict[int, Actor] = {}
    for row in listed.order_by("meeting__date", "meeting__time", "meeting__pk"):
        if row.actor_id not in terms if terms else row.actor.sector != "pokja":
            continue
        meeting = row.meeting
        notice = (meeting.date - meeting.notice_on).days if meeting.notice_on else None
        actors[row.actor_id] = row.actor
        by_actor[row.actor_id].append(
            Invitation(meeting.date, row.status, meeting.time, notice, row.reason)
        )
    found = {
        actors[pk].public_id: (pk, seen)
        for pk, rows in by_actor.items()
        if (seen := absence(rows)) is not None
    }
    ranked = most_pressing([(code, seen) for code, (_, seen) in found.items()], len(found))
    return [
        ToGreet(
            actors[pk := found[code][0]], seen, bool(terms.get(pk) and terms[pk].deputy_id)
        )
        for code, seen in ranked
    ]  # fmt: skip


def get_to_greet_for(who: Who, today: dt.date) -> list[ToGreet]:
    """At most :data:`MOST` people to be spoken to; those who were, rest."""
    found = remembered(who.community, ("absent", today), lambda: get_absent_for(who, today))
    if not found:
        return []
    spoken = set(Greeting.objects.filter(on__gt=today - REST).values_list("person", flat=True))
    own = who.membership.actor_id if who.membership else None  # nobody is told to greet themselves
    return [one for one in found if one.actor.public_id not in spoken and one.actor.pk != own][
        :MOST
    ]


def get_greeted_for(who: Who, today: dt.date) -> list[tuple[Greeting, str]]:
    """Who was spoken to lately, with the name, the latest first."""
    found = list(Greeting.objects.filter(on__gt=today - REST).order_by("-on", "-pk"))
    names = dict(
        Actor.objects.filter(public_id__in=[g.person for g in found]).values_list(
            "public_id", "name"
        )
    )
    return [(g, names.get(g.person) or g.person) for g in found]


@action("person.greet", "meetings.edit", data=False)
def note_greeted(*, by: Who, person: Actor, on: dt.date) -> Outcome[None]:
    """Somebody was spoken to. Twice on a day is once; what is older than a year is forgotten."""
    Greeting.objects.filter(on__lt=on - KEPT).delete()
    Greeting.objects.get_or_create(
        community=by.community, person=person.public_id, on=on, defaults={"by": by.user}
    )
    return Outcome(None, "actors", person.public_id)


@action("person.ungreet", "meetings.edit", data=False)
def take_back_greeted(*, by: Who, person: Actor, after: dt.date) -> Outcome[None]:
    """It was a mistake: nobody spoke to them."""
    Greeting.objects.filter(person=person.public_id, on__gt=after).delete()
    return Outcome(None, "actors", person.public_id)


# -- in words -------------------------------------------------------------------------------------


def why(one: Absence, t: Translator) -> str:
    """What was noticed, as a fact about meetings."""
    if one.kind == "never":
        return t("Invited {n} times, not there yet.", n=t.number(one.of))
    if one.kind == "missed":
        return t(
            "Not there the last {n} times, since {date}.",
            n=t.number(one.missed), date=t.date(one.since),
        )  # fmt: skip
    return t(
        "Used to come {before} of 10 times, of the last {of} meetings {came}.",
        before=t.number(10 * (one.before or 0)), of=t.number(one.of),
        came=t.number(one.of - one.missed),
    )  # fmt: skip


def _part(name: str, t: Translator) -> str:
    return {
        "morning": t("in the morning"),
        "midday": t("around noon"),
        "afternoon": t("in the afternoon"),
        "evening": t("in the evening"),
    }[name]


def around(one: Absence, t: Translator) -> list[str]:
    """The hour and the notice of the meetings missed, and reasons given."""
    lines = []
    if one.hour and one.other_hour:
        lines.append(
            t("The meetings missed were all {hour}; {other} they came.",
              hour=_part(one.hour, t), other=_part(one.other_hour, t))
        )  # fmt: skip
    elif one.hour:
        lines.append(t("The meetings missed were all {hour}.", hour=_part(one.hour, t)))
    if one.late:
        lines.append(
            t("{n} of {all} were announced less than three days before.",
              n=t.number(one.late), all=t.number(one.missed))
        )  # fmt: skip
    elif one.told < one.missed:
        lines.append(
            t("Of {n} of {all} it is not known when they were announced.",
              n=t.number(one.missed - one.told), all=t.number(one.missed))
        )  # fmt: skip
    if one.reasons:
        said = ", ".join(choice_label("attendance", "reason", r)(t.lang) for r in one.reasons)
        lines.append(t("Reasons given: {reasons}.", reasons=said))
    return lines


def suggestions(one: Absence, deputy: bool, t: Translator) -> list[str]:
    """Two things at most that may help, the likeliest first."""
    found = []
    if one.late * 2 >= one.missed or "not_informed" in one.reasons:
        found.append(t("Tell them a week before, in person."))
    if one.other_hour or {"work", "family"} & set(one.reasons):
        found.append(t("Ask which hour would suit them, and try it once."))
    if not deputy and (one.kind != "never" or one.reasons):
        found.append(t("Agree on a deputy who may come in their place."))
    if one.kind == "never" and not one.reasons:
        found.insert(0, t("They may have moved or changed: look at the register."))
    found.append(t("Offer another task, one that can be done from home."))
    if one.hour and not one.other_hour:
        found.append(t("Ask which hour would suit them, and try it once."))
    return list(dict.fromkeys(found))[:2]


def text_to_send(t: Translator, community: Community, actor: Actor, meeting: Meeting | None) -> str:
    """A message that accuses nobody and counts nothing."""
    lines = [
        t("Hello {name}, how are you? I hope all is well at home.", name=actor.name or "")
        if actor.name
        else t("Hello, how are you? I hope all is well at home."),
        "",
        t("We at {community} would be glad to see you again, and to hear what you think. If the "
          "hour or the task does not suit, just tell us; somebody may also come in your place.",
          community=community.name),
    ]  # fmt: skip
    if meeting is not None:
        lines += ["", t("The next meeting: {when}.", when=when(t, community, meeting))]
        if meeting.place:
            lines[-1] += f" {t('Place')}: {meeting.place}."
    lines += ["", t("Thank you, and greetings to the family.")]
    return "\n".join(lines)


# -- pages ----------------------------------------------------------------------------------------


def in_short(who: Who, today: dt.date, t: Translator) -> list[dict[str, Any]]:
    """For Home: who, and what was noticed."""
    return [
        {"actor": one.actor, "why": why(one.absence, t)} for one in get_to_greet_for(who, today)
    ]


def cards(who: Who, today: dt.date, t: Translator) -> list[dict[str, Any]]:
    """The list in words, with the text for each."""
    listed = get_to_greet_for(who, today)
    if not listed or who.community is None:
        return []
    coming = get_next_meeting_for(who, today)
    return [
        {
            "actor": one.actor,
            "why": why(one.absence, t),
            "around": around(one.absence, t),
            "suggestions": suggestions(one.absence, one.deputy, t),
            "text": text_to_send(t, who.community, one.actor, coming),
        }
        for one in listed
    ]


@page("meetings.edit", methods=("GET",))
def to_greet(request: HttpRequest) -> HttpResponse:
    """The list, and who was spoken to lately."""
    who, t = request.who, translator(request.lang)
    today = today_in(who.community)
    context = {
        "cards": cards(who, today, t),
        "greeted": get_greeted_for(who, today),
        "rest": REST.days // 7,
    }
    return render(request, "meetings/to_greet.html", context)


@page("meetings.edit", methods=("POST",))
def greeted(request: HttpRequest, actor: str) -> HttpResponse:
    """*Sudah disapa*, with one tap; ``batal`` takes it back."""
    who, t = request.who, translator(request.lang)
    person = Actor.objects.filter(public_id=actor, kind="person").first()
    if person is None:
        raise Http404
    today = today_in(who.community)
    if request.POST.get("batal"):
        take_back_greeted(by=who, person=person, after=today - REST)
        messages.success(request, t("Taken back."))
    else:
        note_greeted(by=who, person=person, on=today)
        messages.success(request, t("Noted. Thank you for the kind word."))
    return redirect("to_greet", who.community.code)
