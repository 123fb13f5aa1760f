"""Reading the profile on a phone passed around, the two mirrors, and a rule with its document."""

from __future__ import annotations

from collections.abc import Callable

from e2e_pages import accessible, fits, no_mistakes
from playwright.sync_api import Page, expect

HERE = "/k/kelapa-dua-wetan/"


def keeps_to_the_rules(page: Page) -> None:
    fits(page)
    accessible(page)


def yes(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Ya", exact=True).click()


def test_members_predict_unseen_and_are_told_what_they_know(
    open_as: Callable[..., Page],
) -> None:
    keeper, member = open_as("secretary"), open_as("member")
    keeper.goto(f"{HERE}cermin/baru/")
    keeps_to_the_rules(keeper)
    keeper.get_by_label("Gelombang 2, sudah diukur").check()
    keeper.get_by_role("button", name="Buka", exact=True).click()
    expect(keeper.get_by_role("heading", level=1)).to_have_text("Tebak sebelum melihat")
    keeps_to_the_rules(keeper)
    member.goto(HERE)
    member.get_by_role("link", name="Tebak", exact=True).click()
    told = member.get_by_text("Angka ini sudah pernah Anda lihat")
    assert told.count() >= 2, "the lamps of Home were shown"
    member.get_by_label("mendengar Posyandu").select_option("3")
    member.get_by_role("button", name="Simpan tebakan saya").click()
    expect(member.get_by_text("Tersimpan.")).to_be_visible()
    keeps_to_the_rules(member)
    keeper.reload()
    expect(keeper.get_by_text("1 dari 4 anggota sudah menebak")).to_be_visible()
    keeper.get_by_role("button", name="Batalkan putaran ini").click()
    yes(keeper)
    expect(keeper.get_by_text("Buka cermin").first).to_be_visible()
    for page in (keeper, member):
        no_mistakes(page)


def test_a_cell_is_contested_with_an_objection_and_taken_back(
    open_as: Callable[..., Page],
) -> None:
    page = open_as("secretary")
    page.goto(f"{HERE}rapat/baca1/")
    page.get_by_role("link", name="Lanjutkan membaca").click()
    page.get_by_role("link", name="Baca berikutnya").click()
    cell = page.url
    page.get_by_label("Dibantah: tidak, keadaannya lain").check()
    page.get_by_label("Mengapa?").fill("Kami tahu dari rapat RT")
    page.get_by_label("Yang mereka katakan").first.fill("Di RW 05 belum semua diajak")
    page.get_by_label("Artinya").first.select_option("contradicts")
    page.get_by_role("button", name="Simpan dan berhenti dulu").click()
    expect(page.get_by_text("Dicatat, dengan semua suara.")).to_be_visible()
    keeps_to_the_rules(page)
    page.goto(cell)
    expect(page.get_by_label("Yang mereka katakan").first).to_have_value(
        "Di RW 05 belum semua diajak"
    )
    keeps_to_the_rules(page)
    page.get_by_role("button", name="Cabut putusan ini").click()
    yes(page)
    expect(
        page.get_by_text("dapat dibaca lagi").or_(page.get_by_text("Dicabut")).first
    ).to_be_visible()
    no_mistakes(page)


def test_a_rule_gets_its_document(open_as: Callable[..., Page]) -> None:
    page = open_as("secretary")
    page.goto(f"{HERE}norma/n3/")
    sent = {"name": "SK Lurah.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 contoh"}
    page.get_by_label("PDF atau foto dokumennya").set_input_files(sent)
    page.get_by_role("button", name="Lampirkan").click()
    keeps_to_the_rules(page)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="SK Lurah.pdf").click()
    assert fetched.value.suggested_filename == "SK Lurah.pdf"
    assert fetched.value.path().read_bytes() == b"%PDF-1.7 contoh"
    page.get_by_role("button", name="Lepas").click()
    yes(page)
    expect(page.get_by_text("Belum ada dokumen yang dilampirkan.")).to_be_visible()
    no_mistakes(page)
