"""Reminders by e-mail: to those of a round who have an address and have not answered.

Only people with an account have an address here. Nobody gets more than one in some days, over all
rounds together; who does not wish for any gets none. The address stands in no row, task or log.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse
from django_scopes import scope

from satuhati.text import translator
from satuhati.web.answers.links import token_of
from satuhati.web.answers.models import AnswerLink
from satuhati.web.audit.recording import Outcome, action
from satuhati.web.register.models import Actor
from satuhati.web.surveys.beside import MailTo, SurveyAsked, SurveySetup
from satuhati.web.surveys.models import Round
from satuhati.web.surveys.queries import RoundSeen, get_round_for
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community, Membership, User
from satuhati.web.tenancy.who import Who

EVERY_DAYS = 3
log = logging.getLogger("satuhati.mail")


def get_to_remind_for(who: Who, seen: RoundSeen) -> list[Actor]:
    """Those asked who have an address, have not answered, and were not reminded lately."""
    if not seen.is_open:
        return []
    waiting = SurveyAsked.objects.filter(round=seen.round.public_id, state="")
    with_mail = (
        Membership.objects.filter(community=who.community, ended__isnull=True, actor__isnull=False)
        .exclude(user__email="").exclude(user__email__isnull=True).filter(user__is_active=True)
    )  # fmt: skip
    actors = Actor.objects.filter(
        public_id__in=waiting.values("person"), pk__in=with_mail.values("actor")
    )
    today = today_in(who.community)
    return list(actors.exclude(public_id__in=_left_alone(today)).order_by("public_id"))


def _left_alone(today: dt.date) -> list[str]:
    since = today - dt.timedelta(days=EVERY_DAYS - 1)
    found = MailTo.objects.filter(Q(stopped=True) | Q(last_on__gte=since))
    return list(found.values_list("person", flat=True))


@action("survey.remind", "surveys.edit", data=False)
def note_reminders(*, by: Who, seen: RoundSeen, people: list[Actor]) -> Outcome[list[str]]:
    """Set down that these are reminded today; those somebody else just reminded are left out.

    Gives the codes of those to whom a message is to be sent.
    """
    today = today_in(by.community)
    MailTo.objects.bulk_create(
        [MailTo(community=by.community, person=a.public_id) for a in people], ignore_conflicts=True
    )
    since = today - dt.timedelta(days=EVERY_DAYS - 1)
    free = Q(last_on__isnull=True) | Q(last_on__lt=since)
    codes = [
        a.public_id
        for a in people
        if MailTo.objects.filter(free, person=a.public_id, stopped=False).update(last_on=today)
    ]
    return Outcome(codes, "rounds", seen.round.public_id, {"rows": len(codes)})


@action("survey.mail_choice", "answers.give", data=False)
def choose_mail(*, by: Who, link: AnswerLink, stopped: bool) -> Outcome[None]:
    """Whether somebody wishes to be reminded by e-mail."""
    MailTo.objects.update_or_create(
        community=by.community, person=link.actor.public_id, defaults={"stopped": stopped}
    )
    return Outcome(None, "actors", link.actor.public_id)


def send_reminder(community_id: int, code: str, person: str, base: str) -> bool:
    """Send one message, if it is still wanted; whether it left. For the worker."""
    community = Community.objects.get(pk=community_id)
    with scope(community=community):
        seen = get_round_for(Who(None, "resident", community), code)
        asked = SurveyAsked.objects.filter(round=code, person=person, state="").exists()
        stopped = MailTo.objects.filter(person=person, stopped=True).exists()
        link = AnswerLink.objects.filter(actor__public_id=person).select_related("actor").first()
        if seen is None or not seen.is_open or not asked or stopped or link is None:
            return False
        member = (
            Membership.objects.filter(community=community, actor=link.actor, ended__isnull=True)
            .select_related("user")
            .first()
        )
        if member is None or not member.user.is_active or not member.user.email:
            return False
        try:
            _message(seen.round, seen.setup, link, member.user, base).send()
        except Exception as error:  # its words may hold the address: none of them is kept
            log.error("a reminder could not be sent: %s", type(error).__name__)
            MailTo.objects.filter(person=person).update(last_on=None)
            return False
    return True


def _message(
    round: Round, setup: SurveySetup | None, link: AnswerLink, user: User, base: str
) -> EmailMessage:
    t = translator("en" if user.language == "en" else "id")
    root = (settings.ADDRESS or base).rstrip("/")
    token = token_of(link)
    there = root + reverse("answer_survey", args=[token, round.public_id])
    stop = root + reverse("answer_mail", args=[token])
    text = "\n\n".join(
        (
            t("Hello {name},", name=link.actor.name or ""),
            t("Please take a few minutes for our survey “{survey}”, until {date}:",
              survey=round.instrument.name, date=t.date(round.end)),
            there,
            t("The link is yours alone; please do not pass it on. Answering is free, and who "
              "would rather not may say so there."),
            t("If you wish for no such e-mail: {address}", address=stop),
        )
    )  # fmt: skip
    return EmailMessage(
        t("A few minutes for our survey?"), text + "\n", to=[user.email],
        headers={"List-Unsubscribe": f"<{stop}>"},
    )  # fmt: skip
