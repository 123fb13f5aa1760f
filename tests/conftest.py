"""What all tests share: one Hypothesis profile, and strategies importable from anywhere."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

# Strategies for whole communities live beside the formats that they test first.
sys.path.insert(0, str(Path(__file__).parent / "formats"))

# Two cores and cold caches make single examples slow; the number of examples bounds the time.
settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("house")
