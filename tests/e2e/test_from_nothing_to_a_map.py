"""From an empty page to a printed map of ties, with a paragraph that anybody reads."""

from __future__ import annotations

import re
from collections.abc import Callable

from e2e_pages import accessible, fits, new_group, no_mistakes
from playwright.sync_api import Page, expect

LINK = re.compile(r"http://localhost:\d+(/j/[\w-]+/jejaring/)")
PARTNERS = {"Bu Warni Rekaan": "Warga", "Pak Lurah Rekaan": "Pemerintah"}


def test_a_facilitator_prints_a_map(open_as: Callable[..., Page]) -> None:
    page = open_as("secretary")
    new_group(page, "Kampung KB Flamboyan (rekaan)")
    home = re.sub(r"(/k/[^/]+/).*", r"\1", page.url)
    for name, sector in PARTNERS.items():
        page.goto(home + "warga/baru/person/")
        page.get_by_label("Nama").first.fill(name)
        page.get_by_label("Sektor").select_option(label=sector)
        page.get_by_role("button", name="Simpan").click()
    page.goto(home + "jejaring/")
    expect(page.get_by_text("Belum ada putaran jejaring yang ditutup.")).to_be_visible()
    page.get_by_role("link", name="Putaran jejaring").click()
    page.get_by_role("link", name="Buka putaran").click()
    page.get_by_label("Siapa lagi yang ditanya?").fill("\n".join(PARTNERS))
    page.get_by_role("button", name="Buka putaran").click()
    expect(page.get_by_text("0 dari 9 sudah menjawab.")).to_be_visible()
    links = dict(zip(page.locator("#ditanya b").all_text_contents(),
                     dict.fromkeys(LINK.findall(page.content())), strict=True))  # fmt: skip
    group = [name for name in links if name not in PARTNERS]
    warni, lurah = PARTNERS
    # Everybody of the group turns to the first; the first knows the resident, who knows the head.
    says = dict.fromkeys(group[1:], group[0]) | {group[0]: warni, warni: lurah}
    phone = open_as(None)
    for name, named in says.items():
        phone.goto(links[name])
        phone.get_by_label("Saya setuju").check()
        phone.get_by_label(re.compile("butuh kabar")).fill(named)
        phone.get_by_role("button", name="Kirim jawaban saya").click()
        expect(phone.get_by_text("Terima kasih, jawaban Anda tercatat.")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Tutup putaran").click()
    page.get_by_role("button", name="Ya", exact=True).click()
    expect(page.get_by_text("8 dari 9 menjawab.")).to_be_visible()

    # The worker draws; the page comes by itself.
    page.goto(home + "jejaring/peta/")
    expect(page.locator("[data-map]")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("8 dari 9 yang ditanya menjawab (89%)").first).to_be_visible()
    fits(page)
    accessible(page)
    # By keyboard: from one to the next, told in words; and back.
    page.locator("[data-map]").focus()
    page.keyboard.press("Home")
    told = page.locator("[data-map-said]")
    expect(told).to_be_visible()
    first = told.inner_text()
    page.keyboard.press("ArrowRight")
    assert told.inner_text() != first
    assert page.locator("svg.chosen [data-node].here").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("svg.chosen").count() == 0
    # By pointer.
    page.locator("[data-node]").first.click()
    expect(told).not_to_have_text("")
    page.get_by_label("Yang dipertukarkan").select_option("information")
    page.wait_for_url(re.compile("hubungan=information"))
    assert page.locator("[data-tie]").count() == 8

    page.goto(home + "jejaring/peta/")
    page.get_by_role("link", name="Cetak peta").click()
    paragraph = page.locator("p.voice").last.inner_text()
    assert paragraph.startswith("Peta ini menunjukkan kepada siapa orang bertanya")
    assert "Yang paling banyak menghubungkan sektor adalah" in paragraph
    assert warni in paragraph
    assert "berhalangan" in paragraph
    assert "Belum ada hubungan sama sekali antara: Pokja dan pemerintah." in paragraph
    assert page.locator("svg").first.is_visible()
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Cetak").is_visible()
    sheet = page.pdf(format="A4")
    assert sheet.startswith(b"%PDF")
    assert sheet.count(b"/Type /Page\n") + sheet.count(b"/Type /Page/") == 1, "one sheet"
    no_mistakes(page)
    no_mistakes(phone)
