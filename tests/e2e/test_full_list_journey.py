"""The full list of ties: opened, gone through on a phone with and without a signal, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

from e2e_pages import accessible, fits, new_group, no_mistakes, until
from playwright.sync_api import Page, expect

KEPT = (
    "caches.open('satuhati-rapat').then(c => c.keys())"
    ".then(k => k.filter(r => r.url.includes('/wawancara/')).length >= 6)"
)
DRAFT = "Object.keys(localStorage).filter(k => k.startsWith('jejaring:')).length"


def test_an_interviewer_goes_from_door_to_door(open_as: Callable[..., Page]) -> None:
    page = open_as("secretary")
    new_group(page, "Kampung KB Dahlia (rekaan)")
    page.goto(re.sub(r"(/k/[^/]+/).*", r"\1jejaring/putaran/baru/", page.url))
    page.get_by_label(re.compile("Daftar lengkap")).check()
    page.get_by_role("button", name="Buka putaran").click()
    expect(page.get_by_text("Putaran dibuka. Telusuri daftar")).to_be_visible()
    fits(page)
    accessible(page)
    round_ = page.url
    until(page, KEPT)
    addresses = [
        a.get_attribute("href") or "" for a in page.get_by_role("link", name="Wawancarai").all()
    ]
    assert len(addresses) == 7

    # At the first door: a name is found by typing, ticks are made with a finger.
    page.goto(addresses[0])
    fits(page)
    accessible(page)
    page.get_by_label("nama saya tetap disembunyikan").check()
    for part in page.locator("details.card").all():
        part.evaluate("e => { e.open = true; }")
    rows = page.locator("fieldset.tick-row")
    assert rows.count() == 6
    rows.nth(0).get_by_label("kenal").check()
    rows.nth(0).get_by_label("menguatkan").check()
    rows.nth(3).get_by_label("kerja bersama").check()
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Terima kasih, jawaban Anda tercatat.")).to_be_visible()
    expect(page.get_by_text("1 dari 7 sudah menjawab.")).to_be_visible()

    # At the second there is no signal: the page opens all the same, and nothing is lost.
    page.context.set_offline(True)
    page.goto(addresses[1])
    page.get_by_label("Saya setuju").check()
    page.get_by_label("Tidak terhubung dengan siapa pun").check()
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Jawaban Anda tersimpan di HP ini")).to_be_visible()
    assert page.evaluate(DRAFT) == 1
    page.reload()
    expect(page.get_by_label("Tidak terhubung dengan siapa pun")).to_be_checked()
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Jawaban Anda tersimpan di HP ini")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Terima kasih, jawaban Anda tercatat.")).to_be_visible()
    assert page.evaluate(DRAFT) == 0

    # By keyboard alone.
    page.goto(round_)
    expect(page.get_by_text("2 dari 7 sudah menjawab.")).to_be_visible()
    page.goto(addresses[2])
    page.get_by_label("Saya setuju").focus()
    page.keyboard.press("Space")
    first = page.locator(".ticks input").first
    first.focus()
    page.keyboard.press("Space")
    expect(first).to_be_checked()
    page.get_by_role("button", name="Kirim jawaban").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 dari 7 sudah menjawab.")).to_be_visible()
    page.errors[:] = [e for e in page.errors if "ERR_INTERNET" not in e]
    no_mistakes(page)
