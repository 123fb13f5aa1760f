"""Run the web app's tests on PostgreSQL: starts a server of its own, and stops it again.

    .venv/bin/python scripts/test_postgres.py [pytest arguments]

Without arguments: tests/web. Needs Debian's package `postgresql`, and fails without it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from postgres_server import PostgresMissingError, postgres_server  # noqa: E402


def main(arguments: list[str]) -> int:
    where = (
        []
        if any(not a.startswith("-") and a.startswith("tests") for a in arguments)
        else ["tests/web"]
    )
    # A polite request to stop must still stop the server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with postgres_server() as url:
            return subprocess.run(
                [sys.executable, "-m", "pytest", *where, *arguments],
                cwd=ROOT,
                env={**os.environ, "DATABASE_URL": url},
                check=False,
            ).returncode
    except PostgresMissingError as error:
        print(f"error: tests on PostgreSQL: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
