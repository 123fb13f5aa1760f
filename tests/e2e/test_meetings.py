"""Meetings as people hold them: asked, answered by link, held without a signal, and back."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from e2e_pages import accessible, fits, new_group, no_mistakes, until
from playwright.sync_api import Page, expect

HOUR = re.compile(r"http://localhost:\d+(/j/[\w-]+/)")


KEPT = (
    "caches.open('satuhati-rapat').then(c => c.keys())"
    ".then(k => k.some(r => r.url.endsWith('/selesai/')))"
)


def plan_today(page: Page, title: str) -> str:
    """A meeting of today; the address of its page."""
    page.goto(re.sub(r"(/k/[^/]+/).*", r"\1rapat/baru/", page.url))
    page.get_by_label("Tanggal", exact=True).fill(
        page.evaluate("new Date().toLocaleDateString('sv')")
    )
    page.get_by_label("Acara").fill(title)
    page.get_by_role("button", name="Rencanakan").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    return page.url


def links_on(page: Page) -> list[str]:
    return list(dict.fromkeys(HOUR.findall(page.content())))


def test_from_an_empty_group_to_a_fixed_rhythm_and_closed_follow_ups(
    open_as: Callable[..., Page], size: dict[str, int]
) -> None:
    page, member = open_as("secretary", size), open_as(None, size)
    new_group(page, "Kampung KB Cempaka (rekaan)")
    base = re.sub(r"(/k/[^/]+/).*", r"\1", page.url)
    # Ask which hours suit; answer by link; nobody sees anything before it closes.
    page.goto(base + "rapat/jadwal/")
    page.get_by_role("link", name="Tanya anggota dulu").click()
    page.get_by_role("link", name="Tanya anggota").click()
    fits(page)
    page.get_by_role("button", name="Tanyakan").click()
    expect(page.get_by_text("0 dari 7 sudah menjawab.")).to_be_visible()
    fits(page)
    links = links_on(page)
    assert len(links) == 7
    for n, link in enumerate(links[:6]):
        member.goto(link)
        evening = member.locator(".hour", has_text="Sabtu ba'da Isya")
        evening.get_by_label("Bisa", exact=True).check()
        other = "Minggu pagi" if n % 2 else "Selasa malam"
        member.locator(".hour", has_text=other).get_by_label("Kalau perlu").check()
        fits(member)
        member.get_by_role("button", name="Jawab").click()
        expect(member.get_by_text("Terima kasih, jawaban Anda tercatat.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("6 dari 7 sudah menjawab.")).to_be_visible()
    page.get_by_role("button", name="Tutup dan usulkan waktu").click()
    page.get_by_role("button", name="Ya", exact=True).click()
    expect(page.get_by_role("heading", name="Sabtu kedua, 19.30")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("terbukti yang terbaik")).to_be_visible()
    fits(page)
    page.get_by_role("link", name="Pakai ini: lihat tanggalnya").click()
    expect(page.get_by_role("heading", name="Sabtu kedua, 19.30")).to_be_visible()
    page.get_by_role("button", name="Rencanakan rapat ini").click()
    expect(page.get_by_text(re.compile(r"\d+ rapat direncanakan"))).to_be_visible()
    # The first of them is today after all; one answers by link, one by telephone.
    page.goto(base + "rapat/")
    page.locator("main a.entry").first.click()
    meeting = page.url
    page.get_by_role("link", name="Satu per satu").click()
    fits(page)
    member.goto(links_on(page)[0])
    member.get_by_label("Izin").first.check()
    member.get_by_label("Alasannya").first.select_option("work")
    member.get_by_role("button", name="Jawab").first.click()
    expect(member.get_by_text("Jawaban Anda: izin")).to_be_visible()
    fits(member)
    page.reload()
    expect(page.get_by_text("izin: pekerjaan")).to_be_visible()
    page.goto(meeting)
    page.get_by_role("link", name="Ubah", exact=True).click()
    page.get_by_label("Tanggal", exact=True).fill(
        page.evaluate("new Date().toLocaleDateString('sv')")
    )
    page.get_by_role("button", name="Simpan").click()
    page.goto(meeting + "selesai/")
    assert page.locator("select option[value='excused:work']:checked").count() == 1
    page.get_by_label(re.compile("^Ratna Misal")).first.check()
    page.get_by_label(re.compile("^Yuni Rekaan")).first.check()
    page.get_by_label("Keputusan").first.fill("Rapat tiap Sabtu kedua")
    page.get_by_label("Tugas", exact=True).first.fill("Sebar jadwal")
    page.get_by_label("PJ tugas").first.select_option(label="Yuni Rekaan")
    page.get_by_role("button", name="Simpan rapat").click()
    expect(page.get_by_text("Rapat sudah tercatat.")).to_be_visible()
    page.goto(meeting + "cetak/")
    expect(page.get_by_text("DAFTAR HADIR", exact=False).first).to_be_visible()
    expect(page.get_by_text("Rapat tiap Sabtu kedua").first).to_be_visible()
    page.goto(base + "rapat/tindak-lanjut/")
    page.get_by_role("button", name="Tandai selesai: Sebar jadwal").click()
    expect(page.get_by_text("Selesai.").first).to_be_visible()
    # The next snapshot has heard of it: one meeting of the three a figure needs, seven rows behind.
    end = time.monotonic() + 40
    heard = re.compile("keikutsertaan: terlalu sedikit: baru 1 dari 3 rapat")
    while time.monotonic() < end:
        page.goto(base + "laporan/sel/commitment/individual/pokja/")
        if page.get_by_text(heard).count():
            break
        page.wait_for_timeout(1000)
    expect(page.get_by_text(heard).first).to_be_visible()
    page.get_by_role("link", name=re.compile("Keikutsertaan.*7 baris", re.S)).click()
    expect(page.get_by_text("izin").first).to_be_visible()
    no_mistakes(page)
    no_mistakes(member)


def test_a_meeting_is_put_on_record_without_a_signal(open_as: Callable[..., Page]) -> None:
    """The phone is offline during the whole meeting, is even restarted, and nothing is lost."""
    page = open_as("secretary")
    new_group(page, "Kampung KB Dahlia (rekaan)")
    meeting = plan_today(page, "Rapat tanpa sinyal (rekaan)")
    until(page, KEPT)
    page.context.set_offline(True)
    page.goto(meeting + "selesai/")
    expect(page.get_by_text("Tidak ada sinyal. Lanjutkan saja")).to_be_visible()
    page.get_by_label(re.compile("^Budi Contoh")).first.check()
    page.get_by_label("Bila Slamet Andai tidak hadir").select_option("ill")
    page.get_by_label("Keputusan").first.fill("Kerja bakti hari Minggu")
    page.get_by_role("button", name="Simpan rapat").click()
    expect(page.get_by_text("dikirim begitu ada sinyal")).to_be_visible()
    # Another page says what can still be done, and leads back.
    page.goto(meeting)
    expect(page.get_by_role("heading", name="Tidak ada sinyal")).to_be_visible()
    page.get_by_role("link", name=re.compile("Rapat tanpa sinyal")).click()
    expect(page.get_by_text("sudah dipulihkan")).to_be_visible()
    expect(page.get_by_label(re.compile("^Budi Contoh")).first).to_be_checked()
    page.get_by_label(re.compile("^Yuni Rekaan")).first.check()
    page.get_by_role("button", name="Simpan rapat").click()
    page.context.set_offline(False)
    expect(page.get_by_text("Rapat sudah tercatat.")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("2 dari 7 hadir.").first).to_be_visible()
    expect(page.get_by_text("Kerja bakti hari Minggu").first).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).length") == 0, "nothing waits any more"


def test_two_phones_without_a_signal_are_merged_with_their_differences(
    open_as: Callable[..., Page],
) -> None:
    one, two = open_as("secretary"), open_as("secretary")
    new_group(one, "Kampung KB Edelweis (rekaan)")
    address = plan_today(one, "Rapat dua HP (rekaan)") + "selesai/"
    one.goto(address)
    two.goto(address)
    for phone in (one, two):
        phone.context.set_offline(True)
    one.get_by_label(re.compile("^Budi Contoh")).first.check()
    one.get_by_label("Keputusan").first.fill("Dari HP pertama")
    two.get_by_label(re.compile("^Ratna Misal")).first.check()
    two.get_by_label(re.compile("^Bila Budi Contoh")).select_option("ill")
    two.get_by_label("Keputusan").first.fill("Dari HP kedua")
    for phone in (one, two):
        phone.get_by_role("button", name="Simpan rapat").click()
        expect(phone.get_by_text("dikirim begitu ada sinyal")).to_be_visible()
    one.context.set_offline(False)
    expect(one.get_by_text("Rapat sudah tercatat.")).to_be_visible(timeout=20_000)
    two.context.set_offline(False)
    expect(two.get_by_text("sementara itu").first).to_be_visible(timeout=20_000)
    expect(two.get_by_text("daftar yang lain: hadir")).to_be_visible()
    two.get_by_label(re.compile("^Budi Contoh")).first.check()
    two.get_by_role("button", name="Simpan rapat").click()
    expect(two.get_by_text("Rapat sudah tercatat.")).to_be_visible()
    expect(two.get_by_text("2 dari 7 hadir.").first).to_be_visible()
    for text in ("Dari HP pertama", "Dari HP kedua"):
        expect(two.get_by_text(text).first).to_be_visible()
    no_mistakes(two)


def test_notes_that_cannot_be_taken_any_more_are_not_lost_silently(
    open_as: Callable[..., Page],
) -> None:
    """The minutes were approved while this phone had no signal: it says so and keeps the notes."""
    phone, desk = open_as("secretary"), open_as("secretary", {"width": 1280, "height": 800})
    new_group(phone, "Kampung KB Gardenia (rekaan)")
    meeting = plan_today(phone, "Rapat yang disahkan (rekaan)")
    phone.goto(meeting + "selesai/")
    phone.context.set_offline(True)
    phone.get_by_label(re.compile("^Budi Contoh")).first.check()
    phone.get_by_role("button", name="Simpan rapat").click()
    expect(phone.get_by_text("dikirim begitu ada sinyal")).to_be_visible()
    desk.goto(meeting + "selesai/")
    desk.get_by_label(re.compile("^Ratna Misal")).first.check()
    desk.get_by_role("button", name="Simpan rapat").click()
    expect(desk.get_by_text("Rapat sudah tercatat.")).to_be_visible()
    desk.goto(meeting + "notulen/")
    desk.get_by_role("button", name="Sahkan notulen").click()
    answer = desk.get_by_role("button", name="Ya", exact=True)
    if answer.count():
        answer.click()
    expect(desk.get_by_text("disahkan").first).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.locator(".error-notice")).to_be_visible(timeout=20_000)
    assert phone.evaluate("Object.keys(localStorage).length") == 1, "the notes are still here"
    phone.goto(meeting)
    expect(phone.get_by_text("yang belum terkirim")).to_be_visible()
    phone.get_by_role("button", name="Buang catatan ini").click()
    assert phone.evaluate("Object.keys(localStorage).length") == 0


def test_checking_in_by_code_and_counting_turns(
    open_as: Callable[..., Page], size: dict[str, int]
) -> None:
    page, guest = open_as("secretary", size), open_as(None, size)
    new_group(page, "Kampung KB Ixora (rekaan)")
    base = re.sub(r"(/k/[^/]+/).*", r"\1", page.url)
    page.goto(base + "pengaturan/")
    page.get_by_label("Alat bantu rapat").check()
    page.get_by_role("button", name="Simpan").first.click()
    meeting = plan_today(page, "Rapat dengan QR (rekaan)")
    page.goto(meeting + "siapa/")
    guest.goto(links_on(page)[0])  # the phone knows whose it is from now on
    page.goto(meeting + "jalannya/")
    fits(page)
    accessible(page)
    page.locator("[data-begin]").first.click()
    expect(page.locator("[data-clock]")).to_contain_text(re.compile(r"\d:\d\d"))
    name = page.locator(".turns label").first
    spoke = name.inner_text().strip()
    name.locator("input").click()
    expect(page.locator(".turns li").last).to_contain_text("1×")
    guest.goto(page.locator(".code").inner_text())
    accessible(guest)
    fits(guest)
    guest.get_by_role("button", name="Saya hadir").click()
    expect(guest.get_by_text("Anda sudah tercatat hadir.").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("1 dari 7 sudah tercatat.")).to_be_visible()
    page.locator(".turns label", has_text=spoke).locator("input").click()
    page.get_by_role("button", name="Rapat selesai").click()
    assert page.locator("[name^=spoke-]:checked").count() == 1
    assert page.locator("[name^=came-]:checked").count() in (1, 2), "who spoke and who checked in"
    no_mistakes(page)
    no_mistakes(guest)


def test_pages_kept_leave_the_phone_when_nobody_is_signed_in(
    open_as: Callable[..., Page],
) -> None:
    page = open_as("secretary")
    new_group(page, "Kampung KB Flamboyan (rekaan)")
    plan_today(page, "Rapat yang disimpan (rekaan)")
    until(page, KEPT)
    page.goto("/saya/")
    page.get_by_role("button", name="Keluar atau ganti orang").click()
    page.wait_for_url(re.compile("/masuk/|/$"))
    until(page, "caches.has('satuhati-rapat').then(there => !there)")
