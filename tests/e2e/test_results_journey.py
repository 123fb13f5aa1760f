"""From a closed round to a question, to paper and to a researcher's table, as people go."""

from __future__ import annotations

import csv
from collections.abc import Callable

from e2e_pages import no_mistakes
from playwright.sync_api import Page, expect

HERE = "/k/kelapa-dua-wetan/survei/w2/"


def until_computed(page: Page, address: str) -> None:
    """The worker may still be at it: the page looks again by itself."""
    page.goto(address)
    expect(page.get_by_text("sedang dihitung")).to_have_count(0, timeout=60_000)


def test_a_member_goes_from_the_card_to_the_question_and_to_paper(
    open_as: Callable[..., Page],
) -> None:
    page = open_as("member")
    until_computed(page, HERE + "hasil/")
    page.goto(HERE)
    page.get_by_role("link", name="Lihat semua hasil").click()
    expect(page.get_by_role("heading", name="Berdampingan")).to_be_visible()
    assert page.get_by_role("link", name="Mode peneliti").count() == 0
    page.locator(".result-cards").get_by_role("link", name="Rasa memiliki").click()
    expect(page.get_by_role("heading", level=1, name="Rasa memiliki")).to_be_visible()
    bar = page.locator("#butir-soc1 svg.likert")
    expect(bar).to_be_visible()
    assert "Saya merasa menjadi bagian" in (bar.get_attribute("aria-label") or "")
    page.locator("#butir-soc1 summary").click()
    expect(page.locator("#butir-soc1 table")).to_be_visible()
    page.get_by_label("Skala").select_option(label="Rasa aman")
    expect(page.get_by_role("heading", level=1, name="Rasa aman")).to_be_visible()
    page.goto(HERE + "hasil/cetak/")
    expect(page.locator("table.printed tbody tr")).to_have_count(17)
    no_mistakes(page)


def test_an_officer_looks_at_reliability_and_takes_the_table_along(
    open_as: Callable[..., Page],
) -> None:
    page = open_as("field_officer", {"width": 1280, "height": 800})
    until_computed(page, HERE + "peneliti/")
    row = page.locator("#skala tbody tr").filter(has_text="Rasa memiliki")
    expect(row).to_contain_text("0,904")
    with page.expect_download() as waiting:
        page.locator("#skala").get_by_role("link", name="CSV").click()
    with waiting.value.path().open(encoding="utf-8-sig", newline="") as file:
        rows = {r["scale"]: r for r in csv.DictReader(file)}
    assert round(float(rows["Rasa memiliki"]["alpha"]), 3) == 0.904
    page.get_by_role("link", name="Struktur").click()
    expect(page.get_by_role("heading", name="Berapa faktor")).to_be_visible()
    no_mistakes(page)
