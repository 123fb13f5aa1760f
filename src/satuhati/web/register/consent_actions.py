"""Consent given and withdrawn."""

from __future__ import annotations

import datetime as dt

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.register.models import Actor, Consent
from satuhati.web.register.purposes import PURPOSES, VERSION
from satuhati.web.tenancy.keys import created
from satuhati.web.tenancy.signals import consent_withdrawn
from satuhati.web.tenancy.who import NotAllowedError, Who


@action("consent.give", "consents.own")
def give_consent(
    *, by: Who, actor: Actor, strand: str, on: dt.date, guardian: bool = False
) -> Outcome[Consent]:
    """Note consent for a strand; what is in force already stays as it is."""
    _own_or_keeper(by, actor)
    if strand not in PURPOSES:
        raise KeyError(strand)
    there = in_force(actor, strand)
    if there is not None:
        return Outcome(there, "consents", there.public_id, {"strand": strand, "again": True})
    made = put_down(actor, strand, on, guardian=guardian)
    return Outcome(made, "consents", made.public_id, {"strand": strand})


def put_down(actor: Actor, strand: str, on: dt.date, *, guardian: bool = False) -> Consent:
    """A consent's row; for actions, which have asked whether they may."""
    return created(
        Consent,
        actor.community,
        actor=actor,
        strand=strand,
        purpose_version=VERSION,
        given_on=on,
        guardian=guardian or None,
    )


@action("consent.withdraw", "consents.own")
def withdraw_consent(*, by: Who, actor: Actor, strand: str, on: dt.date) -> Outcome[int]:
    """Note that consent is withdrawn, from this day on; what rests on it is taken out."""
    _own_or_keeper(by, actor)
    ended = Consent.objects.filter(actor=actor, strand=strand, withdrawn_on__isnull=True).update(
        withdrawn_on=on
    )
    if ended:
        consent_withdrawn.send(Actor, actor=actor, strand=strand)
    return Outcome(ended, "consents", actor.public_id, {"strand": strand, "rows": ended})


def in_force(actor: Actor, strand: str) -> Consent | None:
    found: Consent | None = Consent.objects.filter(
        actor=actor, strand=strand, withdrawn_on__isnull=True
    ).first()
    return found


def _own_or_keeper(by: Who, actor: Actor) -> None:
    own = by.membership is not None and by.membership.actor_id == actor.pk
    if not own and not by.may("consents.edit"):
        raise NotAllowedError("consents.own")
