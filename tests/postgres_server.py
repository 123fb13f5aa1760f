"""A PostgreSQL server for the tests: made, used and thrown away, from Debian's package.

Nothing is shared with a server that may run on the machine: the cluster lies in a folder of its
own and listens on a socket in it alone. PostgreSQL refuses to run as root; then the package's own
user runs it. Where the package is missing, tests fail and say so; none is passed over.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

PATIENCE = 60.0
ROLE = "satuhati"
# The cluster lives for minutes: it need not survive a power cut. Tests do not commit their rows, so
# vacuuming would only teach the planner that every table is empty.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off",
        "max_connections=80")  # fmt: skip
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on", "max_connections=80")
"""As it comes from the package: what benchmarks measure."""


class PostgresMissingError(RuntimeError):
    """PostgreSQL, or a user who may run it, is not there, or the server does not start."""


def find_program(name: str) -> str:
    """A program of the newest PostgreSQL on the machine; Debian keeps them off the PATH."""
    found = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"),
        key=lambda p: [int(part) for part in p.parts[-3].split(".") if part.isdecimal()],
    )
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        raise PostgresMissingError(f"{name} is missing. On Debian: apt-get install postgresql")
    return program


def unprivileged() -> dict[str, Any]:
    """Whom to run the server as, for :mod:`subprocess`: oneself, unless one is root."""
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        raise PostgresMissingError(
            "The user postgres is missing; root may not run PostgreSQL. "
            "On Debian: apt-get install postgresql"
        ) from None
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def postgres_server(settings: tuple[str, ...] = FAST) -> Iterator[str]:
    """A running server; gives the ``DATABASE_URL`` of an empty database."""
    initdb, server, ready = (find_program(p) for p in ("initdb", "postgres", "pg_isready"))
    as_whom = unprivileged()
    # The path of a socket is short by law of the kernel: not below a deep TMPDIR.
    folder = Path(tempfile.mkdtemp(prefix="satuhati-pg-", dir="/tmp"))
    process: subprocess.Popen[bytes] | None = None
    try:
        if as_whom:
            os.chown(folder, as_whom["user"], as_whom["group"])
        common: dict[str, Any] = {"cwd": folder, "env": environment(folder), **as_whom}
        made = subprocess.run(
            [initdb, "--pgdata", str(folder / "data"), "--username", ROLE, "--auth", "trust",
             "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync", "--no-instructions"],
            capture_output=True, text=True, check=False, **common,
        )  # fmt: skip
        if made.returncode:
            raise PostgresMissingError(f"initdb: {made.stderr.strip() or made.stdout.strip()}")
        options = [o for setting in settings for o in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [server, "-D", str(folder / "data"), "-k", str(folder),
                 "-c", "listen_addresses=", *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **common,
            )  # fmt: skip
        asked = [ready, "--quiet", "--host", str(folder), "--dbname", "postgres"]
        end = time.monotonic() + PATIENCE
        while subprocess.run(asked, check=False, **common).returncode:
            if process.poll() is not None or time.monotonic() > end:
                said = (folder / "log").read_text(encoding="utf-8", errors="replace")
                raise PostgresMissingError(f"PostgreSQL does not start: {said.strip()[-2000:]}")
            time.sleep(0.1)
        yield f"postgres://{ROLE}@{quote(str(folder), safe='')}/postgres"
    finally:
        if process is not None:
            stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def environment(folder: Path) -> dict[str, str]:
    """Of the surroundings only the search path: no PGHOST or PGDATA of somebody else's server."""
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LC_ALL": "C.UTF-8"}


def stop(process: subprocess.Popen[bytes], patience: float = 20) -> None:
    """Shut the server down at once, without waiting for its clients to leave."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)
            process.wait()


if __name__ == "__main__":  # to look around: prints the address and waits for Ctrl+C
    with contextlib.suppress(KeyboardInterrupt), postgres_server() as url:
        print(url, flush=True)
        sys.stdin.read()
