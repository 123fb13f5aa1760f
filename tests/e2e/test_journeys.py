"""What people come for, as they do it: in Indonesian, on a phone and at a desk."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from e2e_pages import LIST, fits, new_group, no_mistakes
from playwright.sync_api import Page, expect

HOME = "/k/kelapa-dua-wetan/"


def test_secretary_sets_up_a_community_from_a_pasted_list(
    open_as: Callable[..., Page], size: dict[str, int]
) -> None:
    page = open_as("secretary", size)
    page.goto("/k/baru/")
    page.get_by_label("Desa atau kelurahan mana?").fill("kelapa dua, ciracas")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name=re.compile("Kelapa Dua Wetan")).click()
    expect(page.get_by_text("Ciracas", exact=False).first).to_be_visible()
    page.get_by_label("Nama komunitas").fill("Kampung KB Anggrek (rekaan)")
    page.get_by_role("button", name="Mulai").click()
    expect(page.get_by_text("Lima langkah untuk mulai")).to_be_visible()
    fits(page)
    page.get_by_role("link", name="Tempel", exact=True).click()
    page.get_by_label("Daftar", exact=True).fill(LIST)
    page.get_by_role("button", name="Baca", exact=True).click()
    expect(page.get_by_role("heading", name="Sudah benar?")).to_be_visible()
    expect(page.get_by_text("7 orang terbaca")).to_be_visible()
    assert "081234567890" not in page.content(), "a number is shown masked only"
    fits(page)
    page.get_by_label("Nomor SK").fill("SK Lurah 9/2026 (rekaan)")
    page.get_by_role("button", name="Simpan Pokja").click()
    expect(page.get_by_text("7 orang tersimpan.")).to_be_visible()
    card = page.locator("section.card", has_text="Seksi Ekonomi")
    expect(card.get_by_role("link", name="Yuni Rekaan", exact=True)).to_be_visible()
    expect(page.locator("section.card", has_text="Pengurus inti")).to_contain_text("Ketua")
    fits(page)
    # The steps know of it.
    page.get_by_role("link", name="Beranda").locator("visible=true").click()
    expect(page.locator(".steps li.done", has_text="Tempel daftar anggota")).to_be_visible()
    no_mistakes(page)


def test_member_opens_a_personal_link(
    open_as: Callable[..., Page], size: dict[str, int], browser_link: Callable[[], str]
) -> None:
    page = open_as(None, size)
    page.goto(browser_link())
    assert "/m/" not in page.url, "the token leaves the address"
    expect(page.get_by_role("heading", name="Selamat datang. Pilih PIN Anda.")).to_be_visible()
    fits(page)
    page.get_by_label("Pilih PIN").fill("123456")
    page.get_by_label("PIN yang sama sekali lagi").fill("123456")
    page.get_by_role("button", name="Simpan PIN dan masuk").click()
    expect(page.get_by_text("PIN ini mudah ditebak")).to_be_visible()
    page.get_by_label("Pilih PIN").fill("395172")
    page.get_by_label("PIN yang sama sekali lagi").fill("395172")
    page.get_by_label("Ingat saya di ponsel ini").check()
    page.get_by_role("button", name="Simpan PIN dan masuk").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Selamat")
    # On a shared phone: out, and in again by initials and PIN.
    page.goto("/saya/")
    page.get_by_role("button", name="Keluar atau ganti orang").click()
    page.get_by_role("button", name=re.compile("^Saya ")).click()
    page.get_by_label("PIN Anda").fill("000000")
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_text("Tersisa 9 kali mencoba.")).to_be_visible()
    page.get_by_label("PIN Anda").fill("395172")
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Selamat")
    no_mistakes(page)


def test_resident_reads_the_public_page(open_as: Callable[..., Page], size: dict[str, int]) -> None:
    page = open_as(None, size)
    page.goto("/")
    page.get_by_role("link", name=re.compile("Kelapa Dua Wetan")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kelapa Dua Wetan")
    expect(page.get_by_text("data rekaan")).to_be_visible()
    expect(page.get_by_text("Rumah Anak SIGAP").first).to_be_visible()
    expect(page.get_by_text("Siapa saja di Pokja")).to_be_visible()
    fits(page)
    page.get_by_role("link", name="Bertanya, mengusulkan, atau mengeluh").first.click()
    page.get_by_label("usulan").check()
    page.get_by_label("Pesan Anda").fill("Tolong tambah lampu jalan di dekat RPTRA.")
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_text("Terima kasih. Pesan Anda bernomor")).to_be_visible()
    page.goto(HOME)
    assert "/masuk/" in page.url, "what is inside needs signing in"
    no_mistakes(page)


def test_field_officer_compares_two_communities(
    open_as: Callable[..., Page], size: dict[str, int]
) -> None:
    page = open_as("field_officer", size)
    page.goto("/k/")
    expect(page.locator("a.card")).to_have_count(2)
    page.get_by_role("link", name="Bandingkan dua").click()
    page.get_by_label("Yang satu").select_option("kelapa-dua-wetan")
    page.get_by_label("Yang lain").select_option("kenanga")
    page.get_by_role("button", name="Sandingkan").click()
    expect(page.get_by_text("Bersanding, bukan berperingkat")).to_be_visible()
    row = page.locator("tr", has_text="Perencanaan, keputusan, dan tata kelola").first
    expect(row.locator("td")).to_have_count(2)
    fits(page)
    no_mistakes(page)


def test_a_cell_is_followed_down_to_its_rows(
    open_as: Callable[..., Page], size: dict[str, int]
) -> None:
    page = open_as("secretary", size)
    page.get_by_role("link", name="Laporan").locator("visible=true").click()
    expect(page.get_by_role("heading", name="Karakteristik per tingkatan")).to_be_visible()
    fits(page)
    part = page.locator("section.component", has_text="Komitmen")
    part.locator("a.cell", has_text="Bertentangan").first.click()
    expect(page.get_by_role("heading", name="Komitmen")).to_be_visible()
    expect(page.get_by_text("Sasaran sementara: 60.")).to_be_visible()
    fits(page)
    page.get_by_role("link", name=re.compile("Keikutsertaan.*Daftar hadir", re.S)).click()
    expect(page.get_by_text("DAFTAR HADIR", exact=False).first).to_be_visible()
    expect(page.locator("tbody tr").first).to_contain_text(
        re.compile("^att.*(hadir|diwakili|izin|sakit|tanpa keterangan)", re.S)
    )
    assert page.locator("tbody tr").count() > 10
    fits(page)
    no_mistakes(page)


@pytest.fixture
def browser_link(open_as: Callable[..., Page]) -> Callable[[], str]:
    """A new link for a member who has none yet, made by the secretary on the page for it."""

    def make() -> str:
        page = open_as("secretary")
        page.goto(f"{HOME}tautan/")
        row = page.locator("#links > li", has_text="belum ada tautan").first
        row.get_by_role("button", name="Buat tautan").click()
        expect(page.get_by_text("Hanya ditampilkan sekarang")).to_be_visible()
        return page.locator("p.code").inner_text()

    return make


def test_secretary_puts_a_meeting_on_record(
    open_as: Callable[..., Page], size: dict[str, int]
) -> None:
    """Plan, invite, tap who came, decide, print: in a community of its own."""
    page = open_as("secretary", size)
    new_group(page, "Kampung KB Bakung (rekaan)")
    page.get_by_role("link", name="Rapat").locator("visible=true").click()
    page.get_by_role("link", name="Tetapkan rapat berikutnya").click()
    today = page.evaluate("new Date().toLocaleDateString('sv')")
    page.get_by_label("Tanggal", exact=True).fill(today)
    page.get_by_label("Acara").fill("Rapat bulanan (rekaan)")
    page.get_by_role("button", name="Rencanakan").click()
    expect(page.get_by_text("Undangan: Rapat bulanan (rekaan)")).to_be_visible()
    page.get_by_role("button", name="Sudah saya kirim").click()
    page.get_by_role("link", name="Rapat selesai").click()
    fits(page)
    page.get_by_label(re.compile("^Budi Contoh")).first.check()
    page.get_by_label(re.compile("^Yuni Rekaan")).first.check()
    page.get_by_label("Bila Slamet Andai tidak hadir").select_option("ill")
    page.get_by_label("Keputusan").first.fill("Rapat tiap Selasa kedua")
    page.get_by_label("Tugas", exact=True).first.fill("Sebar jadwal")
    page.get_by_role("button", name="Simpan rapat").click()
    expect(page.get_by_text("Siapa yang mengerjakan?")).to_be_visible()
    page.get_by_label("PJ tugas").first.select_option(label="Yuni Rekaan")
    page.get_by_role("button", name="Simpan rapat").click()
    expect(page.get_by_text("Rapat sudah tercatat.")).to_be_visible()
    expect(page.get_by_text("2 dari 7 hadir.").first).to_be_visible()
    expect(page.get_by_text("Sebar jadwal: Yuni Rekaan")).to_be_visible()
    fits(page)
    page.get_by_role("link", name="Cetak notulen").click()
    expect(page.get_by_text("DAFTAR HADIR", exact=False).first).to_be_visible()
    fits(page)
    page.goto(page.url.split("/rapat/")[0] + "/rapat/tindak-lanjut/")
    page.get_by_role("button", name="Tandai selesai: Sebar jadwal").click()
    expect(page.get_by_text("Selesai.").first).to_be_visible()
    no_mistakes(page)
