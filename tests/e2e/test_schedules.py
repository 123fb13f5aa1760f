"""Two schedules that share a room, and a change of many that is seen before it is saved."""

from __future__ import annotations

import re
from collections.abc import Callable

from e2e_pages import accessible, fits, new_group, no_mistakes
from playwright.sync_api import Page, expect

LINK = re.compile(r"http://localhost:\d+(/j/[\w-]+/)")


def ask_and_close(page: Page, member: Page, base: str) -> None:
    """All are asked; everybody can on Saturday, and on Sunday if need be; then it closes."""
    page.goto(base + "rapat/jam/tanya/")
    page.get_by_role("button", name="Tanyakan").click()
    expect(page.get_by_text("0 dari 7 sudah menjawab.")).to_be_visible()
    for link in dict.fromkeys(LINK.findall(page.content())):
        member.goto(link)
        member.locator(".hour", has_text="Sabtu ba'da Isya").get_by_label(
            "Bisa", exact=True
        ).check()
        member.locator(".hour", has_text="Minggu pagi").get_by_label("Bisa", exact=True).check()
        member.get_by_role("button", name="Jawab").click()
        expect(member.get_by_text("Terima kasih, jawaban Anda tercatat.")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Tutup dan usulkan waktu").click()
    page.get_by_role("button", name="Ya", exact=True).click()
    expect(page.get_by_text("terbukti yang terbaik")).to_be_visible(timeout=30_000)


def set_schedule(page: Page, base: str, name: str, weekday: str) -> None:
    page.goto(base + "rapat/jadwal/baru/")
    page.get_by_label("Nama").fill(name)
    page.get_by_label("Tempat").fill("Balai warga")
    page.locator("select[name=weekday]").select_option(weekday)
    page.get_by_role("button", name="Lihat tanggalnya").click()
    page.get_by_role("button", name="Rencanakan rapat ini").click()
    expect(page.get_by_text(re.compile(r"\d+ rapat direncanakan"))).to_be_visible()


def test_two_schedules_share_a_room_and_change_together(
    open_as: Callable[..., Page], size: dict[str, int]
) -> None:
    page, member = open_as("secretary", size), open_as(None, size)
    new_group(page, "Kampung KB Kamboja (rekaan)")
    base = re.sub(r"(/k/[^/]+/).*", r"\1", page.url)
    ask_and_close(page, member, base)
    for name, weekday in (("Rapat Pokja", "2"), ("Rapat seksi Ekonomi", "4")):
        set_schedule(page, base, name, weekday)
    page.goto(base + "rapat/jadwal/")
    page.get_by_role("link", name="Cari waktu untuk semua sekaligus").click()
    for box in page.locator("input[name^=used-]").all():
        box.check()
    fits(page)
    accessible(page)
    page.get_by_role("button", name="Cari waktu").click()
    table = page.get_by_role("region", name="Waktu berdampingan")
    expect(table).to_be_visible(timeout=30_000)
    expect(table.get_by_text("Balai warga")).to_have_count(2)
    rules = [row.locator("td").nth(1).inner_text() for row in table.locator("tbody tr").all()]
    assert len(set(rules)) == 2, "one room: another hour or another week"
    fits(page)
    accessible(page)
    page.get_by_role("button", name="Pakai waktu ini").click()
    expect(page.get_by_text(re.compile(r"\d+ rapat direncanakan ulang"))).to_be_visible()
    for rule in rules:
        expect(page.get_by_text(rule, exact=True)).to_be_visible()
    # Change one and the following: with the script the plan stands in the form.
    page.goto(base + "rapat/")
    page.locator("main a.entry").nth(1).click()
    page.get_by_role("link", name="Ubah", exact=True).click()
    page.get_by_label("Rapat ini dan yang berikutnya").check()
    expect(page.locator("#rencana")).to_have_count(0)
    page.get_by_label("Pukul").fill("16:00")
    page.get_by_label("Pukul").blur()
    expect(page.get_by_text(re.compile("rapat lain dari jadwal ini akan berubah"))).to_be_visible()
    fits(page)
    accessible(page)
    page.get_by_label("Hanya rapat ini").check()
    expect(page.locator("#rencana")).to_have_count(0)
    page.get_by_label("Rapat ini dan yang berikutnya").check()
    expect(page.locator("#rencana")).to_be_visible()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text(re.compile("rapat lain dari jadwal ini ikut berubah"))).to_be_visible()
    no_mistakes(page)
    # Without it, the plan is a page of its own.
    plain = open_as("secretary", size, java_script_enabled=False)
    plain.goto(page.url + "ubah/")
    plain.get_by_label("Semua yang masih akan datang").check()
    plain.locator("input[name=time]").fill("08:30")
    plain.get_by_role("button", name="Simpan").click()
    expect(plain.get_by_role("heading", name="Yang akan berubah")).to_be_visible()
    fits(plain)
    plain.get_by_role("button", name="Simpan").click()
    expect(plain.get_by_text(re.compile("rapat lain dari jadwal ini ikut berubah"))).to_be_visible()
