"""A group's own XLSForm in the browser: uploaded, tried on, answered with conditions, closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
from e2e_pages import accessible, fits, new_group, no_mistakes
from playwright.sync_api import Page, expect

OTHERS = Path(__file__).parent.parent / "data" / "xlsforms"
HEAD = ("type", "name", "label", "hint", "required", "relevant", "constraint",
        "constraint_message", "calculation", "appearance")  # fmt: skip
SURVEY = (
    ("note", "hello", "Terima kasih sudah mau menjawab."),
    ("begin group", "home", "Rumah"),
    ("select_one yn", "children", "Adakah anak di bawah lima tahun?", "", "yes"),
    ("integer", "how_many", "Berapa anak?", "Yang tinggal serumah.", "", "${children} = '1'",
     ". > 0 and . < 10", "Satu sampai sembilan anak."),
    ("end group",),
    ("begin group", "posyandu", "Posyandu", "", "", "${how_many} > 0"),
    ("select_one yn", "goes", "Apakah ${how_many} anak itu dibawa ke posyandu?"),
    ("text", "why", "Mengapa tidak?", "", "", "${goes} = '0'", "", "", "", "multiline"),
    ("end group",),
    ("begin group", "last", "Terakhir"),
    ("select_multiple media or_other", "heard", "Dari mana mendengar kabar kampung?"),
    ("select_one media", "best", "Yang paling dipercaya?", "", "", "count-selected(${heard}) > 1",
     "", "", "", "minimal"),
    ("range", "glad", "Seberapa senang tinggal di sini?"),
    ("date", "day", "Kapan terakhir ke kegiatan?", "", "", "", ". <= today()",
     "Hari itu belum tiba."),
    ("calculate", "load", "", "", "", "", "", "", "${how_many} * 2"),
    ("end group",),
)  # fmt: skip
CHOICES = (("list_name", "name", "label"), ("yn", "1", "Ya"), ("yn", "0", "Tidak"),
           ("media", "kader", "Kader"), ("media", "rt", "Ketua RT"),
           ("media", "wa", "WhatsApp"))  # fmt: skip


def workbook(path: Path) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in (("survey", (HEAD, *SURVEY)), ("choices", CHOICES),
                        ("settings", (("form_title", "form_id", "version"),
                                      ("Balita kita", "balita", "1")))):  # fmt: skip
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append([cell or None for cell in row])
    made.save(path / "balita.xlsx")
    return path / "balita.xlsx"


def looked_at(page: Page) -> None:
    fits(page)
    accessible(page)


def next_screen(page: Page) -> None:
    page.get_by_role("button", name="Berikutnya", exact=True).click()


def test_from_the_spreadsheet_to_the_answers(
    open_as: Callable[..., Page], size: dict[str, int], tmp_path: Path
) -> None:
    keeper = open_as("secretary", size)
    new_group(keeper, "Kampung KB Cempaka (rekaan)")
    base = re.sub(r"(/k/[^/]+/).*", r"\1survei/", keeper.url)
    keeper.goto(base)
    keeper.get_by_role("link", name="Kuesioner: yang siap pakai").click()
    looked_at(keeper)
    keeper.get_by_role("link", name="Unggah XLSForm").click()
    looked_at(keeper)
    keeper.get_by_label("Buku kerja (.xlsx)").set_input_files(OTHERS / "specify_other.xlsx")
    keeper.get_by_role("button", name="Periksa").click()
    keeper.get_by_label("Siapa yang ditanya?").select_option("warga")
    keeper.get_by_role("button", name="Masukkan").click()
    expect(keeper.get_by_role("alert")).to_contain_text("baris 2")
    looked_at(keeper)
    keeper.get_by_role("link", name="Kirim berkas lain").click()
    keeper.get_by_label("Buku kerja (.xlsx)").set_input_files(workbook(tmp_path))
    keeper.get_by_label("Siapa yang ditanya?").select_option("pokja")
    keeper.get_by_role("button", name="Periksa").click()
    # Tried on before it is taken in: questions come and go.
    expect(keeper.get_by_text("Berapa anak?")).to_be_hidden()
    keeper.get_by_role("group", name="Adakah anak").get_by_label("Ya").check()
    expect(keeper.get_by_text("Berapa anak?")).to_be_visible()
    looked_at(keeper)
    keeper.get_by_role("button", name="Masukkan").click()
    expect(keeper.get_by_text("Uji cobanya belum selesai: 0 dari 7")).to_be_visible()
    keeper.locator("summary", has_text="Uji coba").click()
    step = keeper.locator("details[open] form")
    step.get_by_label("Langkah ini sudah dilakukan").check()
    looked_at(keeper)
    step.get_by_role("button", name="Catat").click()
    expect(keeper.get_by_text("1 dari 7")).to_be_visible()
    looked_at(keeper)
    keeper.goto(base + "baru/")
    keeper.get_by_label("Pertanyaan yang mana?").select_option("kuesioner:balita")
    keeper.get_by_label("Siapa yang ditanya?").select_option("meeting")
    keeper.get_by_label(re.compile("alamat terbuka")).check()
    keeper.get_by_role("button", name="Buka putaran ini").click()
    expect(keeper.get_by_text("Uji coba kuesioner ini belum selesai.")).to_be_visible()
    address = re.sub(r"^https?://[^/]+", "", keeper.locator("#alamat").inner_text())

    phone = open_as(None, size)
    phone.goto(address)
    phone.get_by_label(re.compile("setuju jawaban saya")).check()
    next_screen(phone)
    expect(phone.get_by_text("Terima kasih sudah mau menjawab.")).to_be_visible()
    next_screen(phone)
    expect(phone.get_by_text("Berapa anak?")).to_be_hidden()
    next_screen(phone)
    expect(phone.get_by_text("Pertanyaan ini perlu dijawab")).to_be_visible()
    phone.get_by_label("Tidak", exact=True).locator("visible=true").check()
    next_screen(phone)
    expect(phone.get_by_role("heading", name="Terakhir")).to_be_visible(), "Posyandu is passed over"
    looked_at(phone)
    phone.get_by_role("button", name="Kembali", exact=True).click()
    phone.get_by_label("Ya", exact=True).locator("visible=true").check()
    phone.get_by_label("Berapa anak?").fill("12")
    next_screen(phone)
    expect(phone.get_by_text("Satu sampai sembilan anak.")).to_be_visible()
    looked_at(phone)
    phone.get_by_label("Berapa anak?").fill("3")
    next_screen(phone)
    expect(phone.get_by_text("Apakah 3 anak itu dibawa ke posyandu?")).to_be_visible()
    phone.get_by_label("Tidak", exact=True).locator("visible=true").check()
    phone.get_by_label("Mengapa tidak?").fill("Jauh")
    # After a restart without a signal all of it is there again.
    phone.reload()
    expect(phone.get_by_label("Mengapa tidak?")).to_have_value("Jauh")
    for _ in range(4):
        next_screen(phone)
    for name in ("Kader", "Lainnya"):
        phone.get_by_label(name, exact=True).locator("visible=true").check()
    phone.get_by_label("Kalau lainnya: apa?").locator("visible=true").fill("Masjid")
    expect(phone.get_by_label("Yang paling dipercaya?")).to_be_visible()
    phone.get_by_label("Kapan terakhir ke kegiatan?").fill("2999-01-01")
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.get_by_text("Hari itu belum tiba.")).to_be_visible()
    looked_at(phone)
    phone.get_by_label("Kapan terakhir ke kegiatan?").fill("2026-01-02")
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.get_by_role("heading", name="Terima kasih")).to_be_visible()
    keeper.reload()
    expect(keeper.get_by_text("1 jawaban", exact=True)).to_be_visible()
    no_mistakes(keeper)
    no_mistakes(phone)


def test_conditions_hold_without_a_script(open_as: Callable[..., Page], tmp_path: Path) -> None:
    keeper = open_as("secretary")
    new_group(keeper, "Kampung KB Cendana (rekaan)")
    base = re.sub(r"(/k/[^/]+/).*", r"\1survei/", keeper.url)
    keeper.goto(base + "kuesioner/unggah/")
    keeper.get_by_label("Buku kerja (.xlsx)").set_input_files(workbook(tmp_path))
    keeper.get_by_label("Siapa yang ditanya?").select_option("pokja")
    keeper.get_by_role("button", name="Periksa").click()
    keeper.get_by_role("button", name="Masukkan").click()
    keeper.goto(base + "baru/")
    keeper.get_by_label("Pertanyaan yang mana?").select_option("kuesioner:balita")
    keeper.get_by_label("Siapa yang ditanya?").select_option("meeting")
    keeper.get_by_label(re.compile("alamat terbuka")).check()
    keeper.get_by_role("button", name="Buka putaran ini").click()
    address = re.sub(r"^https?://[^/]+", "", keeper.locator("#alamat").inner_text())
    phone = open_as(None, {"width": 320, "height": 640}, java_script_enabled=False)
    phone.goto(address)
    phone.get_by_label(re.compile("setuju jawaban saya")).check()
    next_screen(phone)
    next_screen(phone)
    # On one screen with the question it depends on: without a script both are there.
    phone.get_by_label("Tidak", exact=True).locator("visible=true").check()
    expect(phone.get_by_label("Berapa anak?")).to_be_visible()
    next_screen(phone)
    expect(phone.get_by_role("heading", name="Terakhir")).to_be_visible()
    phone.get_by_label("Kapan terakhir ke kegiatan?").fill("2999-01-01")
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.get_by_text("Hari itu belum tiba.")).to_be_visible()
    fits(phone)
    phone.get_by_label("Kapan terakhir ke kegiatan?").fill("2026-01-02")
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.get_by_role("heading", name="Terima kasih")).to_be_visible()


def test_households_are_drawn_visited_and_answered(
    open_as: Callable[..., Page], size: dict[str, int]
) -> None:
    keeper = open_as("secretary", size)
    new_group(keeper, "Kampung KB Cemara (rekaan)")
    base = re.sub(r"(/k/[^/]+/).*", r"\1survei/", keeper.url)
    keeper.goto(base + "baru/")
    keeper.get_by_label("Pertanyaan yang mana?").select_option("warga:short")
    keeper.get_by_label("Siapa yang ditanya?").select_option("households")
    keeper.get_by_label("Berapa yang diundi?").fill("10")
    keeper.get_by_text("Untuk rumah yang diundi", exact=True).click()
    lines = [f"KK-{rw}{n:02d}, RW 0{rw}" for rw in (1, 2) for n in range(1, 21)]
    keeper.get_by_label("Daftar rumah").fill("\n".join(lines))
    looked_at(keeper)
    keeper.get_by_role("button", name="Buka putaran ini").click()
    expect(keeper.get_by_text("0 dari 10 sudah menjawab.")).to_be_visible()
    looked_at(keeper)
    round = keeper.url
    keeper.get_by_role("link", name="Daftar untuk berkunjung").click()
    keeper.locator("main summary").first.click()
    keeper.get_by_label(re.compile("Hasil kunjungan ke")).locator("visible=true").select_option(
        "away"
    )
    looked_at(keeper)
    keeper.get_by_role("button", name="Catat").locator("visible=true").click()
    expect(keeper.get_by_text(re.compile("tidak bertemu")).first).to_be_visible()
    # Two forms entered one after the other: each household stands for four of the list.
    keeper.goto(round + "isi/")
    for _ in range(2):
        keeper.get_by_label("Rumah yang mana?").select_option(index=1)
        keeper.get_by_label(re.compile("setuju jawabannya")).check()
        for _ in range(9):
            if keeper.get_by_role("button", name="Kirim jawaban").is_visible():
                break
            next_screen(keeper)
            for one in keeper.get_by_label("Setuju", exact=True).locator("visible=true").all():
                one.check()
        keeper.get_by_role("button", name="Kirim jawaban").click()
        expect(keeper.get_by_text("Terkirim. Terima kasih.")).to_be_visible()
    keeper.goto(round)
    expect(keeper.get_by_text("2 dari 10 sudah menjawab.")).to_be_visible()
    no_mistakes(keeper)


def test_what_only_the_server_can_check_is_said_beside_the_question(
    open_as: Callable[..., Page], tmp_path: Path
) -> None:
    made = openpyxl.Workbook()
    made.remove(made.active)
    sheet = made.create_sheet("survey")
    for row in (("type", "name", "label", "constraint", "constraint_message", "required"),
                ("text", "code", "Kode rumah?", "regex(., '(?P<a>K)[0-9]+')", "Seperti K12."),
                ("begin group", "g", "Lagi"), ("text", "more", "Lain?", None, None, "yes"),
                ("text", "last", "Akhirnya?", None, None, "yes"), ("end group",)):  # fmt: skip
        sheet.append(row)
    made.save(tmp_path / "kode.xlsx")
    keeper = open_as("secretary")
    new_group(keeper, "Kampung KB Cengkih (rekaan)")
    base = re.sub(r"(/k/[^/]+/).*", r"\1survei/", keeper.url)
    keeper.goto(base + "kuesioner/unggah/")
    keeper.get_by_label("Buku kerja (.xlsx)").set_input_files(tmp_path / "kode.xlsx")
    keeper.get_by_label("Siapa yang ditanya?").select_option("pokja")
    keeper.get_by_role("button", name="Periksa").click()
    keeper.get_by_role("button", name="Masukkan").click()
    keeper.goto(base + "baru/")
    keeper.get_by_label("Pertanyaan yang mana?").select_option("kuesioner:kode")
    keeper.get_by_label("Siapa yang ditanya?").select_option("meeting")
    keeper.get_by_role("button", name="Buka putaran ini").click()
    keeper.get_by_role("link", name="Isikan untuk seseorang").click()
    keeper.get_by_label(re.compile("setuju jawabannya")).check()
    next_screen(keeper)
    keeper.get_by_label("Kode rumah?").fill("salah")
    next_screen(keeper)
    keeper.get_by_role("button", name="Kirim jawaban").click()
    expect(keeper.get_by_text("2 isian perlu diperiksa lagi.")).to_be_visible()
    expect(keeper.get_by_text("Pertanyaan ini perlu dijawab").first).to_be_in_viewport()
    # On the paper it is empty: whoever enters it says so.
    for _ in range(2):
        keeper.get_by_role("button", name="Kembali", exact=True).click()
    keeper.get_by_label(re.compile("Dari kertas")).check()
    for _ in range(2):
        next_screen(keeper)
    keeper.get_by_role("button", name="Kirim jawaban").click()
    expect(keeper.get_by_text("Seperti K12.")).to_be_visible()
    expect(keeper.get_by_label("Kode rumah?")).to_have_value("salah")
    keeper.get_by_label("Kode rumah?").fill("K12")
    next_screen(keeper)
    keeper.get_by_role("button", name="Kirim jawaban").click()
    expect(keeper.get_by_text("Terkirim. Terima kasih.")).to_be_visible()
    no_mistakes(keeper)
