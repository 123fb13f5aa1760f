"""What lower contexts tell upper ones."""

from __future__ import annotations

from django.dispatch import Signal

data_changed = Signal()
"""Sent after the commit of an action that changed a community's records (``community_id``)."""
