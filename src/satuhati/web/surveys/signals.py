"""What surveys tell upper contexts."""

from __future__ import annotations

from django.dispatch import Signal

round_closing = Signal()
"""Sent in the transaction that closes a round (``setup``, ``round``), while it is still open."""

answers_taken_back = Signal()
"""Sent in the transaction in which somebody's answers go (``setup``, ``codes``)."""
