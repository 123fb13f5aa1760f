"""Taking somebody out of the ties: what they said, and what others said of them."""

from __future__ import annotations

from django.db.models import F, Q

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.networks.models import RosterEntry, Tie, TieAnswer, TieName, TieNomination
from satuhati.web.register.consent_actions import in_force
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.who import NotAllowedError, Who


def take_out(actor: Actor) -> int:
    """Remove every tie, answer and nomination of somebody; how many ties there were.

    They stay on the rosters as one who did not answer: their silence is then missing data, not
    a person without ties.
    """
    ties, _ = Tie.objects.filter(Q(source=actor) | Q(target=actor)).delete()
    TieName.objects.filter(actor=actor).delete()
    TieAnswer.objects.filter(actor=actor).delete()
    TieNomination.objects.filter(actor=actor).delete()
    RosterEntry.objects.filter(actor=actor, responded=True).update(
        responded=False, revision=F("revision") + 1
    )
    return int(ties)


@action("ties.erase", "networks.view")
def erase_ties(*, by: Who, actor: Actor) -> Outcome[int]:
    """Somebody asks to be taken out; oneself, or who keeps the records for them.

    A consent to be named ends with it: whoever is taken out does not stay on the map by name.
    """
    own = by.membership is not None and by.membership.actor_id == actor.pk
    if not own and not by.may("networks.edit"):
        raise NotAllowedError("networks.edit")
    gone = take_out(actor)
    there = in_force(actor, "ties")
    if there is not None:
        there.withdrawn_on, there.revision = today_in(actor.community), there.revision + 1
        there.save(update_fields=["withdrawn_on", "revision"])
    ended = "unchanged" if there is None else "ended"
    return Outcome(gone, "actors", actor.public_id, {"rows": gone, "consent": ended})
