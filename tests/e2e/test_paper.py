"""The paper of a meeting on a phone: letter, signed sheet, minutes, what residents read."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from e2e_pages import accessible, fits, no_mistakes
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader

HOME = "/k/kenanga/rapat/"
TODAY = dt.datetime.now(ZoneInfo("Asia/Jakarta")).date()  # of the community


def looked_at(page: Page) -> None:
    """Nothing sticks out and axe finds nothing, on a page as tall as what is on it."""
    page.wait_for_load_state()
    expect(page.get_by_role("heading", level=1)).to_be_attached()
    fits(page)
    accessible(page)


def planned(page: Page, day: dt.date, title: str) -> str:
    """A meeting planned by its form; its address."""
    page.goto(f"{HOME}baru/")
    page.locator("[name=date]").fill(str(day))
    page.locator("[name=time]").fill("19:30")
    page.locator("[name=title]").fill(title)
    page.locator("[name=place]").fill("Balai warga")
    page.get_by_role("button", name="Rencanakan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url


def downloaded(page: Page, name: str, to: Path) -> bytes:
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("link", name=name).first.click()
    waiting.value.save_as(to)
    return to.read_bytes()


def photo() -> dict[str, object]:
    out = io.BytesIO()
    Image.new("RGB", (800, 600), "white").save(out, "JPEG")
    return {"name": "lembar.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_a_letter_from_the_meeting_to_the_register(
    open_as: Callable[..., Page], size: dict[str, int], tmp_path: Path
) -> None:
    page = open_as("field_officer", size)
    planned(page, TODAY + dt.timedelta(days=9), f"Rapat surat {size['width']}")
    page.get_by_role("link", name="Buat surat undangan").click()
    looked_at(page)
    page.get_by_label("Juga kepada").fill("Kepala Puskesmas, Puskesmas Contoh")
    page.get_by_role("button", name="Lihat suratnya").click()
    expect(page.get_by_role("heading", name="Beginilah suratnya")).to_be_visible()
    looked_at(page)
    page.get_by_label("Saya kirim hari ini").check()
    page.get_by_role("button", name="Terbitkan surat").click()
    expect(page.get_by_text("sudah terbit")).to_be_visible()
    looked_at(page)
    number = (page.get_by_role("heading", level=1).text_content() or "").removeprefix("Surat ")
    address = page.url
    content = downloaded(page, "Unduh PDF", tmp_path / "surat.pdf")
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(content)).pages)
    assert number in text
    assert "Kepala Puskesmas" in text
    page.goto(address)  # a slow machine shows a page that waits
    assert downloaded(page, "Unduh DOCX", tmp_path / "surat.docx").startswith(b"PK")
    page.goto(address)
    page.get_by_role("link", name="Cabut surat").click()
    looked_at(page)
    page.get_by_label("Mengapa?").fill("Rapat pindah hari")
    page.get_by_role("button", name="Cabut surat").click()
    expect(page.get_by_text("Rapat pindah hari").first).to_be_visible()
    page.get_by_role("link", name="Buku agenda surat").click()
    expect(page.locator("tr", has_text=number)).to_contain_text("dicabut")
    looked_at(page)
    page.goto(f"{HOME}surat/pengaturan/")
    looked_at(page)
    no_mistakes(page)


def test_minutes_from_the_signed_sheet_to_the_public_page(
    open_as: Callable[..., Page], size: dict[str, int], tmp_path: Path
) -> None:
    page = open_as("field_officer", size)
    title = f"Rapat notulen {size['width']}"
    home = planned(page, TODAY - dt.timedelta(days=2), title)
    page.get_by_role("link", name="Foto dan lembar bertanda tangan").click()
    for kind in ("sheet", "event"):
        page.set_input_files(f"#photo-{kind}", [photo()])
        page.locator("form", has=page.locator(f"#photo-{kind}")).get_by_role(
            "button", name="Simpan foto"
        ).click()
        expect(page.get_by_text("1 foto disimpan.")).to_be_visible()
    looked_at(page)
    page.goto(f"{home}selesai/")
    expect(page.get_by_alt_text("Lembar bertanda tangan, halaman 1")).to_be_visible()
    looked_at(page)
    page.locator("label.check").first.click()
    page.locator("[name=decision-0]").fill("Kerja bakti hari Minggu")
    page.get_by_role("button", name="Simpan rapat").click()
    page.get_by_role("link", name="Tulis notulen").click()
    looked_at(page)
    page.get_by_label("Pokok bahasan").fill("Saluran air tersumbat.")
    page.get_by_label("Catatan pribadi/internal").fill("Rahasia sekretaris")
    page.get_by_role("button", name="Simpan", exact=True).click()
    looked_at(page)
    page.get_by_role("button", name="Sahkan notulen").click()
    expect(page.get_by_text("Notulen sudah disahkan.")).to_be_visible()
    page.get_by_label("Warga juga").check()
    page.get_by_role("button", name="Simpan", exact=True).click()
    looked_at(page)
    content = downloaded(page, "Unduh PDF", tmp_path / "notulen.pdf")
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(content)).pages)
    assert "Saluran air tersumbat." in text
    assert "Rahasia" not in text
    for where in ("cetak/", "portal/", "foto/"):
        page.goto(home + where)
        looked_at(page)
    resident = open_as(None, size)
    resident.goto("/p/kenanga/")
    resident.get_by_role("link", name=title).click()
    expect(resident.get_by_text("Saluran air tersumbat.")).to_be_visible()
    assert "Rahasia" not in resident.content()
    looked_at(resident)
    no_mistakes(page)
    no_mistakes(resident)
