"""Whom do you turn to? Asked, answered on a phone by link with and without a signal, closed."""

from __future__ import annotations

import re
from collections.abc import Callable

from e2e_pages import fits, new_group, no_mistakes, until
from playwright.sync_api import Page, expect

LINK = re.compile(r"http://localhost:\d+(/j/[\w-]+/jejaring/)")
KEPT = (
    "caches.open('satuhati-jawab').then(c => c.keys())"
    ".then(k => k.some(r => r.url.endsWith('{link}')))"
)
DRAFT = "Object.keys(localStorage).filter(k => k.startsWith('jejaring:')).length"


def answer(page: Page, link: str, *, named: str) -> None:
    """By tapping: three letters, then the name that is offered."""
    page.goto(link)
    page.get_by_label("nama saya tetap disembunyikan").check()
    field = page.get_by_label(re.compile("Siapa yang biasa menguatkan"))
    field.press_sequentially(named[:3].lower())
    page.get_by_role("button", name=named).click()
    expect(field).to_have_value(named + "\n")
    fits(page)
    page.get_by_role("button", name="Kirim jawaban saya").click()
    expect(page.get_by_text("Terima kasih, jawaban Anda tercatat.")).to_be_visible()


def test_a_round_by_link_on_a_phone(open_as: Callable[..., Page]) -> None:
    page, member = open_as("secretary"), open_as(None)
    new_group(page, "Kampung KB Anggrek (rekaan)")
    base = re.sub(r"(/k/[^/]+/).*", r"\1jejaring/", page.url)
    page.goto(base + "putaran/")
    page.get_by_role("link", name="Buka putaran").click()
    expect(page.get_by_text("7 anggota Pokja ditanya.")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="Buka putaran").click()
    expect(page.get_by_text("0 dari 7 sudah menjawab.")).to_be_visible()
    fits(page)
    links = list(dict.fromkeys(LINK.findall(page.content())))
    names = page.locator("#ditanya b").all_text_contents()
    assert len(links) == len(names) == 7

    # A wrong name is told kindly, and what was written stays.
    member.goto(links[0])
    member.get_by_label("Saya setuju").check()
    field = member.get_by_label(re.compile("Siapa yang biasa menguatkan"))
    field.fill("Orang Tak Dikenal")
    member.get_by_role("button", name="Kirim jawaban saya").click()
    expect(member.get_by_text("“Orang Tak Dikenal” tidak ditemukan")).to_be_visible()
    expect(field).to_have_value("Orang Tak Dikenal")
    member.get_by_label("Lewati nama yang tidak ditemukan").check()
    member.get_by_role("button", name="Kirim jawaban saya").click()
    expect(member.get_by_text("Terima kasih, jawaban Anda tercatat.")).to_be_visible()
    assert member.evaluate(DRAFT) == 0, "what arrived does not stay on the phone"

    # The signal goes; the phone is closed and opened; nothing is lost, and it is sent by itself.
    member.goto(links[1])
    until(member, KEPT.format(link=links[1]))
    member.context.set_offline(True)
    member.get_by_label("Saya setuju").check()
    member.get_by_label(re.compile("Siapa yang biasa menguatkan")).fill(names[0])
    member.get_by_role("button", name="Kirim jawaban saya").click()
    expect(member.get_by_text("Jawaban Anda tersimpan di HP ini")).to_be_visible()
    member.reload()
    expect(member.get_by_label(re.compile("Siapa yang biasa menguatkan"))).to_have_value(names[0])
    assert member.get_by_label("Saya setuju").is_checked()
    member.get_by_role("button", name="Kirim jawaban saya").click()
    expect(member.get_by_text("Jawaban Anda tersimpan di HP ini")).to_be_visible()
    member.context.set_offline(False)
    expect(member.get_by_text("Terima kasih, jawaban Anda tercatat.")).to_be_visible()
    assert member.evaluate(DRAFT) == 0

    for n in (2, 3, 4):
        answer(member, links[n], named=names[n + 1])
    member.goto(links[2])
    expect(member.get_by_text("Anda sudah menjawab.")).to_be_visible()
    assert names[3] not in member.locator("textarea").all_text_contents(), "not shown again"

    page.reload()
    expect(page.get_by_text("5 dari 7 sudah menjawab.")).to_be_visible()
    page.get_by_role("button", name="Tutup putaran").click()
    page.get_by_role("button", name="Ya", exact=True).click()
    expect(page.get_by_text("5 dari 7 menjawab.")).to_be_visible()
    fits(page)
    member.goto(links[5])
    expect(member.get_by_text("sudah ditutup")).to_be_visible()
    page.goto(base + "pertukaran/")
    expect(page.get_by_role("heading", name="Pertukaran tercatat")).to_be_visible()
    fits(page)
    no_mistakes(page)
    mistakes = [e for e in member.errors if "ERR_INTERNET" not in e]
    assert not mistakes, mistakes


def test_without_a_script_names_are_lines_of_text(open_as: Callable[..., Page]) -> None:
    page = open_as("secretary")
    new_group(page, "Kampung KB Kamboja (rekaan)")
    page.goto(re.sub(r"(/k/[^/]+/).*", r"\1jejaring/putaran/baru/", page.url))
    page.get_by_role("button", name="Buka putaran").click()
    link = LINK.findall(page.content())[0]
    names = page.locator("#ditanya b").all_text_contents()
    plain = open_as(None, {"width": 320, "height": 640}, java_script_enabled=False)
    plain.goto(link)
    fits(plain)
    plain.get_by_label("Saya setuju").check()
    plain.get_by_label(re.compile("butuh kabar")).fill(f"Ibu {names[1]}\n{names[2].upper()}")
    plain.get_by_role("button", name="Kirim jawaban saya").click()
    expect(plain.get_by_text("Terima kasih, jawaban Anda tercatat.")).to_be_visible()
