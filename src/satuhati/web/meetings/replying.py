"""Replies to an invitation: given by link, by a member, or noted by who keeps the records."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from satuhati.schema.choices import choice_label
from satuhati.text import Language
from satuhati.web.answers.models import AnswerLink
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.meetings.models import Meeting, Reply
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.who import NotAllowedError, Who

ANSWERS = ("present", "represented", "excused", "ill")
REASONS = ("work", "family", "other_meeting", "distance", "other")


class TooLateError(Exception):
    """The meeting was held or called off, or its day is over."""


def is_open(meeting: Meeting) -> bool:
    """Whether a reply still makes sense."""
    return meeting.status == "planned" and meeting.date >= today_in(meeting.community)


@action("reply.give", "answers.give", data=False)
def give_reply(
    *,
    by: Who,
    meeting: Meeting,
    actor: Actor,
    answer: str,
    reason: str | None = None,
    link: AnswerLink | None = None,
) -> Outcome[Reply]:
    """Somebody's reply; the last one counts.

    One's own by link or signed in; anybody's for who arranges meetings, as when they telephoned.
    Raises :class:`TooLateError` and ``ValueError`` for an answer that is none.
    """
    own = by.membership is not None and by.membership.actor_id == actor.pk
    by_link = link is not None and link.actor_id == actor.pk
    if not (own or by_link or by.may("meetings.edit")):
        raise NotAllowedError("reply")
    if answer not in ANSWERS or (reason and reason not in REASONS):
        raise ValueError(answer)
    if not is_open(meeting):
        raise TooLateError
    fields = {"answer": answer, "at": timezone.now(),
              "reason": (reason or None) if answer == "excused" else None}  # fmt: skip
    made, _ = Reply.objects.update_or_create(
        meeting=meeting, actor=actor, defaults=fields, create_defaults={
            **fields, "community": meeting.community})  # fmt: skip
    return Outcome(made, "meetings", meeting.public_id)


def answer_words(lang: Language) -> list[tuple[str, str]]:
    """The answers with a capital, as they stand on buttons."""
    words = ((code, choice_label("attendance", "status", code)(lang)) for code in ANSWERS)
    return [(code, word[:1].upper() + word[1:]) for code, word in words]


def reason_words(lang: Language) -> list[tuple[str, str]]:
    return [(code, choice_label("attendance", "reason", code)(lang)) for code in REASONS]


def read_answer(request: HttpRequest) -> tuple[str, str | None]:
    """An answer and its reason as a form sends them: ``excused`` beside ``reason``."""
    answer, reason = request.POST.get("answer", ""), request.POST.get("reason", "")
    return answer, reason if answer == "excused" and reason in REASONS else None
