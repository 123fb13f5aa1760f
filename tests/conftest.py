"""What all tests share: one Hypothesis profile, and strategies importable from anywhere."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase

# The web app's tests keep their database and files in a folder of their own. Without the extra
# (the core's tests under the plain install) these names mean nothing.
os.environ["SATUHATI_DATA"] = tempfile.mkdtemp(prefix="satuhati-tests-")
(Path(os.environ["SATUHATI_DATA"]) / "static").mkdir()  # where nothing is collected for tests
os.environ["DJANGO_SETTINGS_MODULE"] = "satuhati.web.settings"
atexit.register(shutil.rmtree, os.environ["SATUHATI_DATA"], ignore_errors=True)

# As the command line and the worker do: our linear algebra is small, and threads of several test
# processes would only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

EXAMPLES = Path(__file__).parent.parent / ".hypothesis" / "examples"

# Strategies for whole communities live beside the formats that they test first.
sys.path.insert(0, str(Path(__file__).parent / "formats"))
sys.path.insert(0, str(Path(__file__).parent / "e2e"))  # what every page has to keep to

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
