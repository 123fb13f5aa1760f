"""Prove that the plain install is plain: no web, no documents, no charts, and it starts."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

# What the extras bring. None of it may be needed to compute a profile.
EXTRAS_ONLY = (
    "django",
    "jinja2",
    "weasyprint",
    "docx",
    "pyxform",
    "allauth",
    "granian",
    "psycopg",
    "pyreadstat",
    "numba",
    "pyarrow",
    "pyspark",
)


def main() -> int:
    present = [name for name in EXTRAS_ONLY if importlib.util.find_spec(name)]
    if present:
        print(f"the plain install brings what belongs to an extra: {', '.join(present)}")
        return 1
    command = Path(sys.executable).with_name("satuhati")
    return subprocess.run([command, "--help"], stdout=subprocess.DEVNULL, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
