"""A withdrawn consent reaches the ties."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from satuhati.web.networks.erasing import take_out
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.signals import consent_withdrawn


@receiver(consent_withdrawn, dispatch_uid="networks.withdrawn")
def take_out_of_ties(sender: object, actor: Actor, strand: str, **_: Any) -> None:
    if strand == "ties":
        take_out(actor)
