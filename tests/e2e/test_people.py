"""Keikutsertaan and Perlu disapa as a secretary meets them, with the worker behind."""

from __future__ import annotations

from collections.abc import Callable

from e2e_pages import fits, no_mistakes
from playwright.sync_api import Page, expect

HOME = "/k/kelapa-dua-wetan/"


def test_the_figures_of_another_period_come_by_themselves(open_as: Callable[..., Page]) -> None:
    page = open_as("secretary")
    page.goto(HOME + "rapat/")
    page.get_by_role("link", name="Keikutsertaan", exact=True).click()
    page.get_by_label("Jenis rapat").select_option("cross_sector_forum")
    page.get_by_role("button", name="Tampilkan").click()
    # Nobody asked for this before: the worker computes it, and the page looks again by itself.
    expect(page.get_by_role("heading", name="Siapa yang tetap hadir")).to_be_visible(timeout=20_000)
    assert "sedang dihitung" not in page.content()
    page.locator("summary", has_text="Tiap orang").click()
    assert page.get_by_role("rowheader").filter(visible=True).count() >= 5
    fits(page)
    no_mistakes(page)


def test_without_javascript_a_link_looks_again(open_as: Callable[..., Page]) -> None:
    page = open_as("secretary", java_script_enabled=False)
    page.goto(HOME + "rapat/keikutsertaan/?jenis=musyawarah")
    for _ in range(40):
        again = page.get_by_role("link", name="Lihat lagi")
        if not again.count():
            break
        page.wait_for_timeout(500)
        again.click()
    assert page.get_by_role("heading", name="Keikutsertaan").is_visible()
    assert "sedang dihitung" not in page.content()


def test_a_member_opens_the_own_attendance(open_as: Callable[..., Page]) -> None:
    page = open_as("member")
    page.get_by_role("link", name="Kehadiran saya").click()
    assert page.get_by_text("Anda hadir atau diwakili").is_visible()
    assert page.goto(HOME + "rapat/perlu-disapa/").status == 404


def test_somebody_is_greeted_and_it_is_taken_back(open_as: Callable[..., Page]) -> None:
    page = open_as("secretary")
    page.get_by_role("heading", name="Perlu disapa").scroll_into_view_if_needed()
    page.goto(HOME + "rapat/perlu-disapa/")
    cards = page.locator("section.card", has=page.get_by_role("button", name="Sudah disapa"))
    name = cards.first.get_by_role("heading").inner_text()
    cards.first.locator("summary").click()
    assert f"Halo {name}, apa kabar?" in cards.first.inner_text()
    cards.first.get_by_role("button", name="Sudah disapa").click()
    rested = page.locator("section.card", has=page.get_by_role("heading", name="Sudah disapa"))
    assert name in rested.inner_text()
    assert name not in [h.inner_text() for h in page.locator("main section h2 a").all()]
    rested.locator("li", has_text=name).get_by_role("button", name="Batalkan").click()
    assert name in [h.inner_text() for h in page.locator("main section h2 a").all()]
    no_mistakes(page)
