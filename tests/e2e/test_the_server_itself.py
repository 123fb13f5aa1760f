"""What the running server sends and writes: safe headers, and logs with nobody in them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from e2e_demo import Demo
from playwright.sync_api import Page


def health(demo: Demo) -> dict[str, str]:
    with urllib.request.urlopen(f"{demo.address}/sehat/") as answer:
        found: dict[str, str] = json.load(answer)
        return found


def test_pages_forbid_foreign_and_inline_scripts(open_as: Callable[..., Page]) -> None:
    page = open_as("secretary")
    for address in ("/k/kelapa-dua-wetan/", "/masuk/", "/p/kelapa-dua-wetan/", "/tidak-ada/"):
        headers = page.request.get(address).headers
        policy = headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_log_lines_name_nobody(open_as: Callable[..., Page], demo: Demo) -> None:
    page = open_as("secretary")
    page.goto("/k/kelapa-dua-wetan/warga/?cari=Rahasia+Contoh")
    page = open_as(None)
    page.goto("/m/token-yang-tidak-ada/")
    page.goto("/masuk/kode/")
    page.get_by_label("E-mail Anda").fill("rahasia@contoh.invalid")
    page.get_by_role("button", name="Kirimi saya kode").click()
    log = (demo.data.parent / "demo-log.txt").read_text(encoding="utf-8")
    assert '"route": "masuk/kode/"' in log
    tokens = [link.split("/")[2] for link in demo.links.values()]
    for secret in (*tokens, "Rahasia", "rahasia@", "token-yang-tidak-ada", "Seroja"):
        assert secret not in log, secret
    for line in log.splitlines():
        if line.startswith("{"):
            assert {"at", "level", "log", "message"} <= set(json.loads(line))


def children(pid: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(p) for p in found.stdout.split()]


def test_a_dead_worker_is_replaced_and_nobody_is_left_behind(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = "from satuhati.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--port", str(port)]
    environment = {k: v for k, v in os.environ.items() if k != "SATUHATI_DATA"}
    with (tmp_path / "log.txt").open("w") as log:
        server = subprocess.Popen(
            [*command, "--data", str(tmp_path / "data")],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        assert server.stdout is not None
        try:
            assert str(port) in server.stdout.readline()
            busy = subprocess.run(
                [*command, "--data", str(tmp_path / "other")],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert busy.returncode == 2
            assert "--port" in busy.stderr
            web, worker = sorted(children(server.pid))[:2]
            os.kill(worker, signal.SIGKILL)
            end = time.monotonic() + 30
            while time.monotonic() < end and len(set(children(server.pid)) - {web, worker}) < 1:
                time.sleep(0.2)
            after = children(server.pid)
            assert set(after) - {web, worker}, "a new worker is there"
        finally:
            server.send_signal(signal.SIGTERM)
            ended = server.wait(30)
            server.stdout.close()
    assert ended == 0
    assert not any(Path(f"/proc/{p}").exists() for p in after)
