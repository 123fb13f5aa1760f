"""Compile requirements/: one constraint set, then one hash lock per extra, none naming a host.

    python3 scripts/lock.py UV [--upgrade]

``core.lock`` is the plain install, ``<extra>.lock`` the plain install with one extra,
``build.lock`` the build backend. All obey ``constraints.txt``, so any of them fit together in one
environment. Without ``--upgrade`` versions already chosen are kept.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
CONSTRAINTS = REQUIREMENTS / "constraints.txt"
QUIET = ("--quiet", "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links")


def main(uv: str, *options: str) -> int:
    if shutil.which(uv) is None:
        print(f"{uv} is not there: make dev brings it (or make UV=/path/to/uv lock)")
        return 1
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    build = "\n".join(project["build-system"]["requires"])
    python = project["project"]["requires-python"].removeprefix(">=")

    def compile_to(target: Path, sources: Sequence[str], *more: str) -> None:
        how = ("--universal", "--python-version", python, *QUIET, *more, *options)
        subprocess.run(
            [uv, "pip", "compile", *sources, *how, "--output-file", str(target)],
            input=build,
            text=True,
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        print(target.relative_to(ROOT))

    compile_to(CONSTRAINTS, ["pyproject.toml", "-"], "--all-extras")
    locked = ("--generate-hashes", "--constraint", str(CONSTRAINTS))
    compile_to(REQUIREMENTS / "build.lock", ["-"], *locked)
    compile_to(REQUIREMENTS / "core.lock", ["pyproject.toml"], *locked)
    for extra in project["project"]["optional-dependencies"]:
        target = REQUIREMENTS / f"{extra}.lock"
        compile_to(target, ["pyproject.toml"], "--extra", extra, *locked)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
