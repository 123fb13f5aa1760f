"""What lower contexts tell upper ones."""

from __future__ import annotations

import time
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import Signal, receiver

data_changed = Signal()
"""Sent after the commit of an action that changed a community's records (``community_id``)."""

figures_renewed = Signal()
"""Sent in the worker once the snapshot of changed records is there (``community_id``)."""

consent_withdrawn = Signal()
"""Sent in the transaction of a withdrawal (``actor``, ``strand``): whoever keeps such data acts."""


@receiver(user_logged_in, dispatch_uid="tenancy.started")
def note_start(sender: object, request: Any, **_: Any) -> None:
    """A session knows when it began, so that all older ones can be ended at once."""
    if request is not None:
        request.session["started"] = time.time()
