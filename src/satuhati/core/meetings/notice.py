"""How long before a meeting its members have to be told. No data frames: pages use it too."""

from __future__ import annotations

NOTICE_DAYS = 3
"""Notice shorter than this is no notice: see ``regularity`` in ``schema/measures.csv``."""
