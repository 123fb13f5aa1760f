"""A round of a survey on phones: asked, answered with and without a signal, closed, seen."""

from __future__ import annotations

import re
from collections.abc import Callable

from e2e_pages import accessible, fits, new_group, no_mistakes, until
from playwright.sync_api import Page, expect

LINK = re.compile(r"http://localhost:\d+(/j/[\w-]+/survei/\w+/)")
KEPT = "caches.match(location.pathname, {ignoreVary: true}).then(Boolean)"


def looked_at(page: Page) -> None:
    fits(page)
    accessible(page)


def answer(page: Page, word: str) -> None:
    """From the consent to the last screen, the same word to each question."""
    page.get_by_label(re.compile("setuju jawabannya|setuju jawaban saya")).check()
    looked_at(page)
    for _ in range(20):
        page.get_by_role("button", name="Berikutnya", exact=True).click()
        for one in page.get_by_label(word, exact=True).locator("visible=true").all():
            one.check()
        if page.get_by_role("button", name="Kirim jawaban").is_visible():
            break
    looked_at(page)
    page.get_by_role("button", name="Kirim jawaban").click()


def test_a_round_from_opening_to_the_profile(
    open_as: Callable[..., Page], size: dict[str, int]
) -> None:
    keeper = open_as("secretary", size)
    new_group(keeper, "Kampung KB Kamboja (rekaan)")
    base = re.sub(r"(/k/[^/]+/).*", r"\1", keeper.url)
    keeper.goto(base + "survei/")
    looked_at(keeper)
    keeper.get_by_role("link", name="Buka putaran").click()
    looked_at(keeper)
    keeper.get_by_label("Pertanyaan yang mana?").select_option(
        label="Pokja, singkat: 12 pertanyaan"
    )
    keeper.get_by_role("button", name="Buka putaran ini").click()
    expect(keeper.get_by_text("0 dari 7 sudah menjawab.")).to_be_visible()
    looked_at(keeper)
    round = keeper.url
    links = list(dict.fromkeys(LINK.findall(keeper.content())))
    assert len(links) == 7

    # Three answer on their phones, the second without a signal and after a restart.
    first, second, third = (open_as(None, size) for _ in range(3))
    first.goto(links[0])
    answer(first, "Setuju")
    expect(first.get_by_role("heading", name="Terima kasih")).to_be_visible()
    second.goto(links[1])
    until(second, KEPT)
    second.get_by_label(re.compile("setuju jawaban saya")).check()
    second.get_by_role("button", name="Berikutnya", exact=True).click()
    second.get_by_label("Sangat setuju", exact=True).first.check()
    second.context.set_offline(True)
    second.goto(links[1])
    expect(second.get_by_text("Isian Anda di ponsel ini ada lagi")).to_be_visible()
    answer(second, "Sangat setuju")
    expect(second.get_by_text("Tidak ada sinyal. Formulir tersimpan")).to_be_visible()
    second.goto(links[1])
    expect(second.get_by_text("1 formulir menunggu di ponsel ini").first).to_be_visible()
    second.context.set_offline(False)
    expect(second.get_by_role("heading", name="Terima kasih")).to_be_visible(timeout=20_000)
    assert second.evaluate("Object.keys(localStorage).length") == 0, "nothing waits any more"
    third.goto(links[2])
    third.get_by_role("button", name="Berikutnya", exact=True).click()
    expect(third.get_by_text("Centang dulu bahwa Anda setuju")).to_be_visible()
    answer(third, "Ragu-ragu")
    expect(third.get_by_role("heading", name="Terima kasih")).to_be_visible()

    # Two on paper, entered by the keeper without a signal: both wait, both arrive, once each.
    keeper.goto(round)
    expect(keeper.get_by_text("3 dari 7 sudah menjawab.")).to_be_visible()
    keeper.get_by_role("link", name="Isikan untuk seseorang").click()
    until(keeper, KEPT)
    keeper.context.set_offline(True)
    for n, word in enumerate(("Setuju", "Tidak setuju"), 1):
        answer(keeper, word)
        expect(keeper.get_by_text(f"{n} formulir menunggu di ponsel ini").first).to_be_visible()
    keeper.context.set_offline(False)
    expect(keeper.get_by_text("Terkirim. Terima kasih.")).to_be_visible(timeout=20_000)
    keeper.goto(round)
    keeper.get_by_role("button", name="Tutup putaran").click()
    keeper.get_by_role("dialog").get_by_role("button", name="Ya", exact=True).click()
    expect(keeper.get_by_text("Putaran ditutup.")).to_be_visible()
    card = keeper.get_by_text(
        re.compile(r"Rasa memiliki: 65 dari 100, antara \d+ dan \d+, 5 orang")
    )
    for _ in range(60):
        if card.count():
            break
        keeper.wait_for_timeout(1000)
        keeper.goto(round)
    # 75, 100, 50, 75 and 25 of 100.
    expect(card).to_be_visible()
    looked_at(keeper)
    keeper.goto(base + "laporan/sel/sense_of_community/individual/pokja/")
    expect(keeper.get_by_text("Rasa memiliki").first).to_be_visible()
    expect(keeper.get_by_text("skala 65 dari 100").first).to_be_visible()
    first.goto(links[3])
    expect(first.get_by_role("heading", name="Putaran ini sudah ditutup")).to_be_visible()
    for page in (keeper, first, second, third):
        no_mistakes(page)


def test_a_form_kept_while_the_round_closes_is_not_lost_silently(
    open_as: Callable[..., Page],
) -> None:
    keeper, phone = open_as("secretary"), open_as(None)
    new_group(keeper, "Kampung KB Kenanga (rekaan)")
    keeper.goto(re.sub(r"(/k/[^/]+/).*", r"\1survei/baru/", keeper.url))
    keeper.get_by_role("button", name="Buka putaran ini").click()
    phone.goto(LINK.findall(keeper.content())[0])
    phone.context.set_offline(True)
    answer(phone, "Setuju")
    expect(phone.get_by_text("Tidak ada sinyal. Formulir tersimpan")).to_be_visible()
    keeper.get_by_role("button", name="Tutup putaran").click()
    keeper.get_by_role("dialog").get_by_role("button", name="Ya", exact=True).click()
    expect(keeper.get_by_text("Putaran ditutup.")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("formulir di ponsel ini tidak diterima")).to_be_visible(timeout=20_000)
    assert phone.evaluate("Object.keys(localStorage).length") >= 1, "it is still here"


def test_a_form_is_filled_in_without_a_script_in_english(open_as: Callable[..., Page]) -> None:
    keeper = open_as("secretary")
    new_group(keeper, "Kampung KB Kecubung (rekaan)")
    keeper.goto(re.sub(r"(/k/[^/]+/).*", r"\1survei/baru/", keeper.url))
    keeper.get_by_role("checkbox", name=re.compile("^Anonim")).uncheck()
    keeper.get_by_role("button", name="Buka putaran ini").click()
    phone = open_as(None, {"width": 320, "height": 640}, java_script_enabled=False)
    link = LINK.findall(keeper.content())[0]
    phone.goto(link)
    phone.get_by_role("button", name="English").click()
    phone.get_by_label("I agree that my answers are counted.").check()
    phone.get_by_role("button", name="Next").click()
    phone.get_by_label("Agree", exact=True).locator("visible=true").first.check()
    phone.get_by_role("button", name="Save and go on later").click()
    expect(phone.get_by_role("heading", name="Kept for later")).to_be_visible()
    phone.goto(link)
    phone.get_by_label("I agree that my answers are counted.").check()
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_label("Agree", exact=True).locator("visible=true").first).to_be_checked()
    for _ in range(9):
        if phone.get_by_role("button", name="Send the answers").is_visible():
            break
        phone.get_by_role("button", name="Next").click()
    phone.get_by_role("button", name="Send the answers").click()
    expect(phone.get_by_role("heading", name="Thank you")).to_be_visible()
    phone.get_by_role("button", name="Take my answers back").click()
    expect(phone.get_by_text("Your answers are deleted.")).to_be_visible()
