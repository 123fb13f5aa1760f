"""What is done to the tokens by which phones send, and to questionnaires of one's own."""

from __future__ import annotations

from django.utils import timezone

from satuhati.web.audit.recording import Outcome, action
from satuhati.web.openrosa.models import CollectToken
from satuhati.web.openrosa.tokens import RIGHT, forget, token_of
from satuhati.web.tenancy.models import Membership
from satuhati.web.tenancy.rules import may
from satuhati.web.tenancy.who import NotAllowedError, Who


@action("collect.make", "surveys.edit", data=False)
def make_token(*, by: Who, membership: Membership) -> Outcome[CollectToken]:
    """A token for a member's phone; one that is there stays."""
    fits = membership.community_id == getattr(by.community, "pk", None)
    if not fits or membership.ended is not None or not may(membership.role, RIGHT):
        raise NotAllowedError("token")
    made, _ = CollectToken.objects.get_or_create(
        membership=membership, withdrawn_at=None,
        defaults={"community": by.community, "made_by": by.user},
    )  # fmt: skip
    return Outcome(made, "memberships", str(membership.pk))


@action("collect.show", RIGHT, data=False)
def show_token(*, by: Who, token: CollectToken) -> Outcome[str]:
    """The token itself: of oneself, or of anybody for who arranges surveys."""
    own = by.membership is not None and token.membership_id == by.membership.pk
    if token.withdrawn_at is not None or not (own or by.may("surveys.edit")):
        raise NotAllowedError("token")
    return Outcome(token_of(token), "memberships", str(token.membership_id))


@action("collect.withdraw", "surveys.edit", data=False)
def withdraw_token(*, by: Who, token: CollectToken) -> Outcome[None]:
    """The phone gets and sends nothing any more."""
    CollectToken.objects.filter(pk=token.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    forget()
    return Outcome(None, "memberships", str(token.membership_id))
