"""What other contexts may want to know of surveys."""

from __future__ import annotations

from django.dispatch import Signal

round_closing = Signal()
"""Sent in the transaction that closes a round (``setup``, ``round``), while it is still open."""

counted = Signal()
"""Which answers of a closed round count has changed: it was closed, an answer was left out, taken
in or taken back. Sent inside the transaction, with the round's ``setup`` and ``round``."""

answers_taken_back = Signal()
"""Sent in the transaction in which somebody's answers go (``setup``, ``codes``)."""
