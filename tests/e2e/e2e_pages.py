"""What every page has to keep to, whatever it is for."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # all rules run; what they pass is not described node by node
}
LIST = """*POKJA KAMPUNG KB ANGGREK (rekaan)*
Ketua : Pak Budi Contoh, S.Pd
Sekretaris: Bu Ratna Misal
Bendahara - Ibu Sri Umpama (081234567890)

SEKSI EKONOMI
1. Bu Yuni Rekaan
2. Pak Slamet Andai RT 03/RW 05
Seksi Keagamaan: Ust. Hasan Khayal, Bu Aminah Ibarat
terima kasih bapak ibu semua"""
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
    page.wait_for_load_state("domcontentloaded")  # a page that has just been left has no root
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide, f"{page.url} is wider than the screen"
    small = page.evaluate(SMALL)
    assert not small, f"{page.url}: too small to tap: {small[:3]}"


def no_mistakes(page: Page) -> None:
    """The browser had nothing to complain of: no script failed, nothing broke the policy."""
    assert not page.errors, page.errors


def accessible(page: Page) -> None:
    """The rules of axe, in a window as tall as the page: the menu at the bottom covers nothing."""
    size = page.viewport_size
    assert size is not None
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(height + 80, 12_000)})
    found = Axe().run(page, options=RULES)
    page.set_viewport_size(size)
    assert not found.violations_count, f"{page.url}\n{found.generate_report()}"


def new_group(page: Page, name: str) -> None:
    """A community of its own with seven members, none of whom exists."""
    page.goto("/k/baru/")
    page.get_by_label("Desa atau kelurahan mana?").fill("kelapa dua, ciracas")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name=re.compile("Kelapa Dua Wetan")).click()
    page.get_by_label("Nama komunitas").fill(name)
    page.get_by_role("button", name="Mulai").click()
    page.get_by_role("link", name="Tempel", exact=True).click()
    page.get_by_label("Daftar", exact=True).fill(LIST)
    page.get_by_role("button", name="Baca", exact=True).click()
    page.get_by_role("button", name="Simpan Pokja").click()
    expect(page.get_by_text("7 orang tersimpan.")).to_be_visible()


def until(page: Page, promised: str) -> None:
    """Wait until a promise gives true: the page is kept, or is not any more."""
    for _ in range(100):
        if page.evaluate(promised):
            return
        page.wait_for_timeout(200)
    raise AssertionError(promised)
