"""The real server with the example, and a real Chromium: pages as people meet them.

One server and one browser serve all tests here (they run on one worker of xdist), so a test
leaves what others read as it was, or works in a community of its own.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django
import pytest

django.setup()  # the list of addresses is walked

from playwright.sync_api import (  # noqa: E402
    Browser,
    BrowserContext,
    Page,
    sync_playwright,
)

PIN = "258036"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
SIZES = {"phone": PHONE, "desk": DESK}
HOME = "/k/kelapa-dua-wetan/"
START = 90
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "e2e" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.xdist_group("e2e"))


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo: where it is, how each role comes in, where its data lie."""

    address: str
    links: dict[str, str]
    data: Path


ROLES = ("secretary", "member", "field_officer", "overseer", "researcher", "administrator")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """``satuhati demo`` in a folder of its own, as a person starts it."""
    data = tmp_path_factory.mktemp("demo") / "data"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (data.parent / "log.txt").open("w")
    environment = {
        k: v for k, v in os.environ.items() if k not in ("SATUHATI_DATA", "DJANGO_SETTINGS_MODULE")
    }
    code = "from satuhati.cli import main; main()"
    command = [sys.executable, "-c", code, "demo", "--port", str(port), "--no-browser"]
    process = subprocess.Popen(
        [*command, "--data", str(data)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    assert process.stdout is not None
    links: list[str] = []
    end = time.monotonic() + START
    for line in process.stdout:
        links += re.findall(r"http://localhost:\d+(/m/\S+)", line)
        if "/p/" in line or time.monotonic() > end:
            break
    try:
        assert len(links) == len(ROLES), f"the demo did not start: {log.name}"
        yield Demo(f"http://localhost:{port}", dict(zip(ROLES, links, strict=True)), data)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        process.stdout.close()
        log.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Its absence is an error, never a skip."""
    path = next((p for p in (*CHROMIUM, shutil.which("chromium") or "") if Path(p).is_file()), None)
    assert path, "Chromium is missing: make dev (as root), or apt-get install chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> dict[str, int]:
    """A phone, then a desk."""
    return SIZES[request.param]


@pytest.fixture
def open_as(browser: Browser, demo: Demo) -> Iterator[Callable[..., Page]]:
    """``open_as(role, size)``: a page of a browser that came in by the role's personal link."""
    contexts: list[BrowserContext] = []

    def make(role: str | None, size: dict[str, int] = PHONE, **more: object) -> Page:
        context = browser.new_context(
            viewport=size,
            locale="id-ID",
            base_url=demo.address,
            **more,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        errors: list[str] = []
        page.on("pageerror", lambda e: errors.append(str(e)))
        page.on(
            "console",
            lambda m: (
                errors.append(m.text)
                if m.type == "error" and "Failed to load resource" not in m.text
                else None
            ),
        )
        page.errors = errors  # type: ignore[attr-defined]
        if role is not None:
            page.goto(demo.links[role])
            page.get_by_label("PIN Anda").fill(PIN)
            page.get_by_role("button", name="Masuk").click()
            page.wait_for_url("**/k/**")
        return page

    yield make
    for context in contexts:
        context.close()
