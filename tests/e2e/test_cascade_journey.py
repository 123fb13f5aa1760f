"""Choices that hang on earlier answers, on a phone: a list follows at once, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
from e2e_pages import accessible, fits, new_group, no_mistakes
from playwright.sync_api import Page, expect

PLACES = {
    "Jawa Barat": {"Kota Bandung": ("Coblong", "Cicendo"), "Kabupaten Bogor": ("Ciawi",)},
    "Bali": {"Kabupaten Badung": ("Kuta", "Mengwi")},
}
SURVEY = (
    ("type", "name", "label", "choice_filter", "appearance"),
    ("begin group", "tempat", "Tempat tinggal"),
    ("select_one provinsi", "prov", "Provinsi"),
    ("select_one kabupaten", "kab", "Kabupaten", "prov=${prov}"),
    ("end group",),
    ("begin group", "rinci", "Lebih rinci"),
    ("select_one kecamatan", "kec", "Kecamatan", "kab=${kab}", "minimal"),
    ("select_one desa", "desa", "Desa", "kec=${kab}"),
    ("select_multiple kecamatan", "lain", "Kecamatan lain", "kab=${kab} and name != ${kec}"),
    ("end group",),
)  # fmt: skip
MANY = 1_000


def workbook(path: Path) -> Path:
    choices: list[tuple[str | None, ...]] = [("list_name", "name", "label", "prov", "kab", "kec")]
    for prov, kabs in PLACES.items():
        choices.append(("provinsi", prov[:3], prov))
        for kab, kecs in kabs.items():
            choices.append(("kabupaten", kab.split()[-1], kab, prov[:3]))
            choices += [("kecamatan", kec, kec, None, kab.split()[-1]) for kec in kecs]
            # The same codes below each regency, called differently.
            choices += [("desa", str(n), f"Desa {n} di {kab}", None, None, kab.split()[-1])
                        for n in range(1, MANY // 3)]  # fmt: skip
    made = openpyxl.Workbook()
    made.remove(made.active)
    settings = (("form_title", "form_id", "version", "allow_choice_duplicates"),
                ("Tempat kita", "tempat", "1", "yes"))  # fmt: skip
    for title, rows in (("survey", SURVEY), ("choices", choices), ("settings", settings)):
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    made.save(path / "tempat.xlsx")
    return path / "tempat.xlsx"


def go(page: Page, name: str = "Berikutnya") -> None:
    page.get_by_role("button", name=name, exact=True).click()


def shown(page: Page, name: str) -> list[str]:
    """The words of the choices of a list."""
    options = page.get_by_label(name, exact=True).locator("option")
    return [text for w in options.all_inner_texts() if (text := w.strip()) != "–"]


def test_a_list_follows_what_was_chosen_before(
    open_as: Callable[..., Page], size: dict[str, int], tmp_path: Path
) -> None:
    keeper = open_as("secretary", size)
    new_group(keeper, "Kampung KB Kenanga (rekaan)")
    base = re.sub(r"(/k/[^/]+/).*", r"\1survei/", keeper.url)
    keeper.goto(base + "kuesioner/unggah/")
    keeper.get_by_label("Buku kerja (.xlsx)").set_input_files(workbook(tmp_path))
    keeper.get_by_label("Siapa yang ditanya?").select_option("pokja")
    go(keeper, "Periksa")
    expect(keeper.get_by_text("choice_filter")).to_have_count(0)
    # Tried on before it is taken in.
    expect(keeper.get_by_label("Kota Bandung", exact=True)).to_have_count(0)
    keeper.get_by_label("Jawa Barat").check()
    expect(keeper.get_by_label("Kota Bandung", exact=True)).to_be_visible()
    go(keeper, "Masukkan")
    keeper.goto(base + "baru/")
    keeper.get_by_label("Pertanyaan yang mana?").select_option("kuesioner:tempat")
    keeper.get_by_label("Siapa yang ditanya?").select_option("meeting")
    keeper.get_by_label(re.compile("alamat terbuka")).check()
    go(keeper, "Buka putaran ini")
    keeper.wait_for_url(re.compile(r"/survei/sv[^/]+/"))
    round = keeper.url
    address = re.sub(r"^https?://[^/]+", "", keeper.locator("#alamat").inner_text())

    phone = open_as(None, size)
    phone.goto(address)
    phone.get_by_label(re.compile("setuju jawaban saya")).check()
    go(phone)
    expect(phone.get_by_text("Belum ada pilihan").locator("visible=true")).to_be_visible()
    phone.get_by_label("Jawa Barat").check()
    expect(phone.get_by_text("Belum ada pilihan").locator("visible=true")).to_have_count(0)
    expect(phone.get_by_label("Kabupaten Badung")).to_have_count(0)
    phone.get_by_label("Kota Bandung").check()
    fits(phone)
    accessible(phone)
    go(phone)
    assert shown(phone, "Kecamatan") == ["Coblong", "Cicendo"]
    assert len(shown(phone, "Desa")) == MANY // 3 - 1
    phone.get_by_label("Kecamatan", exact=True).select_option("Cicendo")
    phone.get_by_label("Desa", exact=True).select_option(label="Desa 7 di Kota Bandung")
    expect(phone.get_by_role("checkbox", name="Cicendo")).to_have_count(0)
    phone.get_by_role("checkbox", name="Coblong").check()
    # What was chosen is there again after a restart, in whichever list it stands.
    phone.reload()
    expect(phone.get_by_text("Isian Anda di ponsel ini ada lagi di sini.")).to_be_visible()
    phone.get_by_label(re.compile("setuju jawaban saya")).check()
    go(phone)
    go(phone)
    expect(phone.get_by_label("Kecamatan", exact=True)).to_have_value("Cicendo")
    expect(phone.get_by_label("Desa", exact=True)).to_have_value("7")
    expect(phone.get_by_role("checkbox", name="Coblong")).to_be_checked()
    # An answer before is changed: what hangs on it is told, never kept or dropped in silence.
    go(phone, "Kembali")
    phone.get_by_label("Bali").check()
    told = phone.get_by_text("“Kota Bandung” tidak cocok dengan jawaban atas “Provinsi”")
    expect(told).to_be_visible()
    accessible(phone)
    go(phone)
    expect(told).to_be_visible()
    phone.get_by_label("Kabupaten Badung").check()
    expect(told).to_have_count(0)
    expect(phone.get_by_label("Kota Bandung")).to_have_count(0)
    go(phone)
    for one in ("Cicendo", "Coblong", "Desa 7 di Kota Bandung"):
        expect(phone.get_by_text(f"“{one}” tidak cocok dengan jawaban atas")).to_be_visible()
    fits(phone)
    accessible(phone)
    assert shown(phone, "Kecamatan") == ["Cicendo", "Kuta", "Mengwi"]
    # The code is on both lists; what it is called is not.
    expect(phone.get_by_label("Desa", exact=True)).to_have_value("")
    phone.get_by_label("Kecamatan", exact=True).select_option("Kuta")
    phone.get_by_label("Desa", exact=True).select_option(label="Desa 7 di Kabupaten Badung")
    phone.get_by_role("checkbox", name="Coblong").uncheck()
    expect(phone.get_by_text("tidak cocok dengan jawaban atas")).to_have_count(0)
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.get_by_role("heading", name="Terima kasih")).to_be_visible()
    no_mistakes(phone)

    # Who enters form after form: what one person lost is not told to the next.
    keeper.goto(re.sub(r"[?#].*", "", round).rstrip("/") + "/isi/")
    lost = keeper.get_by_text("“Desa 7 di Kota Bandung” tidak cocok")
    keeper.get_by_label(re.compile("setuju jawabannya")).check()
    go(keeper)
    keeper.get_by_label("Jawa Barat").check()
    keeper.get_by_label("Kota Bandung").check()
    go(keeper)
    keeper.get_by_label("Desa", exact=True).select_option(label="Desa 7 di Kota Bandung")
    go(keeper, "Kembali")
    keeper.get_by_label("Kabupaten Bogor").check()
    go(keeper)
    expect(lost).to_be_visible()
    for _ in range(3):
        if keeper.get_by_role("button", name="Kirim jawaban").is_visible():
            break
        go(keeper)
    keeper.get_by_role("button", name="Kirim jawaban").click()
    expect(keeper.get_by_text("Terkirim. Terima kasih.")).to_be_visible()
    keeper.get_by_label(re.compile("setuju jawabannya")).check()
    go(keeper)
    keeper.get_by_label("Jawa Barat").check()
    keeper.get_by_label("Kota Bandung").check()
    go(keeper)
    expect(keeper.get_by_label("Desa", exact=True)).to_be_visible()
    expect(lost).to_have_count(0)
    no_mistakes(keeper)
