"""From a rule to the calendar of a phone, as a secretary does it in a community of their own."""

from __future__ import annotations

import re
from collections.abc import Callable

import vobject
from e2e_pages import fits, new_group, no_mistakes
from playwright.sync_api import Page, expect


def test_a_schedule_is_changed_from_one_meeting_on_and_followed_by_a_calendar(
    open_as: Callable[..., Page], size: dict[str, int]
) -> None:
    page = open_as("secretary", size)
    new_group(page, "Kampung KB Soka (rekaan)")
    page.get_by_role("link", name="Rapat").locator("visible=true").click()
    page.get_by_role("link", name="Jadwal tetap", exact=True).click()

    # The mechanism that has none yet is set, with what is offered for it.
    row = page.locator("li", has_text="Perencanaan")
    expect(row).to_contain_text("belum ada")
    row.get_by_role("link", name="Tetapkan").click()
    expect(page.get_by_label("Frekuensi")).to_have_value("monthly")
    page.get_by_label("Hari", exact=True).select_option(label="Selasa")
    page.get_by_label("Minggu ke berapa dalam bulan").select_option(label="kedua")
    page.get_by_label("Tempat").fill("RPTRA (rekaan)")
    page.get_by_role("button", name="Lihat tanggalnya").click()
    expect(page.get_by_role("button", name="Rencanakan rapat ini")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="Rencanakan rapat ini").click()
    expect(page.locator("li", has_text="Perencanaan")).to_contain_text("bulanan")
    fits(page)

    # One meeting is moved to Thursdays at 16.00, and those after it with it.
    page.goto(page.url.split("/jadwal/")[0] + "/")
    page.locator("a.entry").nth(2).click()
    page.get_by_role("link", name="Ubah").click()
    page.get_by_label("Pukul").fill("16:00")
    page.get_by_label("Rapat ini dan yang berikutnya").check()
    expect(page.get_by_text("rapat lain dari jadwal ini akan berubah")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("rapat lain dari jadwal ini ikut berubah")).to_be_visible()
    expect(page.get_by_text(re.compile(", 16.00")).first).to_be_visible()
    with page.expect_download() as took:
        page.get_by_role("link", name="Tambahkan ke kalender").click()
    one = vobject.readOne(took.value.path().read_text(encoding="utf-8"))
    assert one.vevent.dtstart.value.hour == 16

    # The calendar of one's phone follows them.
    page.goto(re.split(r"/rapat/", page.url)[0] + "/rapat/kalender/")
    page.get_by_label("Anda yang mana").select_option(label="Ratna Misal")
    page.get_by_role("button", name="Itu saya").click()
    page.get_by_role("button", name="Buat alamat saya").click()
    expect(page.locator("#alamat")).to_be_visible()
    fits(page)
    address = page.locator("#alamat").inner_text()
    feed = page.request.get(address)
    events = vobject.readOne(feed.text()).vevent_list
    hours = [e.dtstart.value.hour for e in events]
    assert hours[:2] == [19, 19]
    assert set(hours[2:]) == {16}
    assert all(len(e.valarm_list) == 2 for e in events)
    tag = feed.headers["etag"]
    assert page.request.get(address, headers={"If-None-Match": tag}).status == 304
    page.get_by_role("button", name="Ganti alamatnya").click()
    page.get_by_role("dialog").get_by_role("button", name="Ya", exact=True).click()
    expect(page.get_by_text("Alamat Anda sudah diganti")).to_be_visible()
    assert page.request.get(address).status == 404
    no_mistakes(page)
