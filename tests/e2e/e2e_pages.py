"""What every page has to keep to, whatever it is for."""

from __future__ import annotations

from playwright.sync_api import Page

TO_TAP = (
    "button, .btn, .nav a, .tabs a, select, "
    "input:not([type=hidden]):not([type=radio]):not([type=checkbox])"
)
SMALL = f"""() => [...document.querySelectorAll({TO_TAP!r})]
    .filter(e => e.offsetParent !== null && !e.closest('.hp'))
    .filter(e => {{ const h = e.getBoundingClientRect().height; return h > 0 && h < 43.5; }})
    .map(e => e.outerHTML.slice(0, 120))"""


def fits(page: Page) -> None:
    """Nothing sticks out to the side, and everything to tap is large enough."""
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide, f"{page.url} is wider than the screen"
    small = page.evaluate(SMALL)
    assert not small, f"{page.url}: too small to tap: {small[:3]}"


def no_mistakes(page: Page) -> None:
    """The browser had nothing to complain of: no script failed, nothing broke the policy."""
    assert not page.errors, page.errors  # type: ignore[attr-defined]
