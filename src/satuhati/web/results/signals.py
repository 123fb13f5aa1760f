"""Where the worker renews the figures of a community, those of its rounds come along."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from satuhati.web.tenancy.signals import figures_renewed


@receiver(figures_renewed, dispatch_uid="results.renew")
def renew_results(sender: object, community_id: int, **_: Any) -> None:
    from satuhati.web.results.computing import store_all  # the core: in the worker only

    store_all(community_id)
