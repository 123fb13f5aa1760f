"""What is done to the links by which people answer."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from satuhati.web.answers.models import AnswerLink, new_salt
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.who import Who


@action("answer_link.make", "links.issue", data=False)
def make_links(*, by: Who, actors: Iterable[Actor]) -> Outcome[dict[int, AnswerLink]]:
    """Everybody's link by the key of the person; who has none gets one."""
    wanted = {actor.pk: actor for actor in actors}
    there = set(AnswerLink.objects.filter(actor__in=wanted).values_list("actor", flat=True))
    new = [
        AnswerLink(community=by.community, actor=actor)
        for pk, actor in wanted.items()
        if pk not in there
    ]
    # Of two who open the page at once both find one link for each.
    AnswerLink.objects.bulk_create(new, ignore_conflicts=True)
    found = {one.actor_id: one for one in AnswerLink.objects.filter(actor__in=wanted)}
    return Outcome(found, "answer_links", details={"rows": len(new)})


@action("answer_link.renew", "links.issue", data=False)
def renew_link(*, by: Who, link: AnswerLink) -> Outcome[AnswerLink]:
    """A new token; the old one opens nothing any more, and no calendar either."""
    link.salt = new_salt()
    link.used_at = None
    link.save(update_fields=["salt", "used_at"])
    return Outcome(link, "actors", link.actor.public_id)


@action("answer.by_whom", "answers.give", data=False)
def choose_inviter(*, by: Who, link: AnswerLink, inviter: Actor | None) -> Outcome[AnswerLink]:
    """Whom the person would like to be asked by, or nobody in particular."""
    link.invited_by = inviter
    link.save(update_fields=["invited_by"])
    return Outcome(link, "actors", link.actor.public_id)


def note_use(link: AnswerLink) -> None:
    """That the link was opened; no action, for a calendar asks many times a day."""
    day = timezone.now()
    if link.used_at is None or (day - link.used_at).total_seconds() > 3600:
        AnswerLink.objects.filter(pk=link.pk).update(used_at=day)
