"""The real server with the example, and a real Chromium: pages as people meet them.

One server and one browser serve all tests of a process, so a test leaves what others read as it
was, or works in a community of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import django
import pytest

django.setup()  # the list of addresses is walked

from e2e_demo import PIN, Demo, chromium, running_demo  # noqa: E402
from playwright.sync_api import (  # noqa: E402
    Browser,
    BrowserContext,
    Page,
    sync_playwright,
)

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
SIZES = {"phone": PHONE, "desk": DESK}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """``satuhati demo`` in a folder of its own, as a person starts it."""
    with running_demo(tmp_path_factory.mktemp("demo") / "data") as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Its absence is an error, never a skip."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
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
            **more,
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
        page.errors = errors
        if role is not None:
            page.goto(demo.links[role])
            page.get_by_label("PIN Anda").fill(PIN)
            page.get_by_role("button", name="Masuk").click()
            page.wait_for_url("**/k/**")
        return page

    yield make
    for context in contexts:
        context.close()
