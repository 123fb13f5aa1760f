"""What all tests share: one Hypothesis profile, and strategies importable from anywhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase

EXAMPLES = Path(__file__).parent.parent / ".hypothesis" / "examples"

# Strategies for whole communities live beside the formats that they test first.
sys.path.insert(0, str(Path(__file__).parent / "formats"))

# Two cores and cold caches make single examples slow; the number of examples bounds the time.
# CI draws the same examples every time: a red run must speak of the change it judges. Elsewhere
# every run looks further; what it finds is kept as an example beside the test.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=os.environ.get("CI") == "true",
    database=None if os.environ.get("CI") == "true" else DirectoryBasedExampleDatabase(EXAMPLES),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("house")
