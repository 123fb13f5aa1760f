"""A demo of its own to look at: for tests in the browser, and for the pictures in the docs."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PIN = "258036"
ROLES = ("secretary", "member", "field_officer", "overseer", "researcher", "administrator")
START = 90
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser")


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo: where it is, how each role comes in, where its data lie."""

    address: str
    links: dict[str, str]
    data: Path


def chromium() -> str:
    """Debian's Chromium. Its absence is an error, never a skip."""
    found = [p for p in (*CHROMIUM, shutil.which("chromium") or "") if Path(p).is_file()]
    if not found:
        raise FileNotFoundError(
            "Chromium is missing: make dev (as root), or apt-get install chromium"
        )
    return found[0]


@contextlib.contextmanager
def running_demo(data: Path) -> Iterator[Demo]:
    """``satuhati demo`` in ``data`` on a free port, stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        k: v for k, v in os.environ.items() if k not in ("SATUHATI_DATA", "DJANGO_SETTINGS_MODULE")
    }
    code = "from satuhati.cli import main; main()"
    command = [sys.executable, "-c", code, "demo", "--port", str(port), "--no-browser"]
    data.parent.mkdir(parents=True, exist_ok=True)
    with (data.parent / "demo-log.txt").open("w") as log:
        process = subprocess.Popen(
            [*command, "--data", str(data)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        assert process.stdout is not None
        try:
            links: list[str] = []
            end = time.monotonic() + START
            for line in process.stdout:
                links += re.findall(r"http://localhost:\d+(/m/\S+)", line)
                if "/p/" in line or time.monotonic() > end:
                    break
            assert len(links) == len(ROLES), f"the demo did not start: {log.name}"
            yield Demo(f"http://localhost:{port}", dict(zip(ROLES, links, strict=True)), data)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
            process.stdout.close()
