"""Every page, at both sizes: accessible by the rules of axe, nothing sticks out."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLPattern, URLResolver, get_resolver
from e2e_pages import RULES, fits, no_mistakes
from playwright.sync_api import Browser, Page

# Pages that only a form leads to, or that give a file.
NO_PAGE = {
    # By link only, and a round of asking: in a journey of their own.
    "answer", "answer_meeting", "answer_wishes", "answer_by_whom", "round",
    "check_in", "running",  # of a meeting today, where the group wants it
    "open_survey", "answer_survey", "refuse_survey", "take_back_survey", "interview",
    "answer_mail",
    "answer_ties",
    "interview_ties",  # only while a round of a full list is open
    "own_tie_answer",  # only while a round is open
    "tie_trust",
    "tie_round",  # its parameter is named as that of other rounds; in a journey of its own
    "service_worker",
    # Phones only, and a code that somebody made: in a journey of their own.
    "collect_server", "collect_form_list", "collect_submission", "collect_form",
    "collect_manifest", "collect_code", "collected_files",
    "personal_link", "pin", "account_confirm_login_code", "mfa_login_webauthn", "health",
    "look_over", "download_list", "fetch", "freshness", "merge", "job", "components",
    "edit_schedule", "next_turns",  # the example has no schedule
    "remove_passkey", "export", "meeting_calendar", "schedule_calendar", "answer_calendar",
    # The example has no letters, photos and minutes shown to residents: see test_paper.py.
    "letter", "letter_file", "withdraw_letter", "meeting_paper", "photo", "photos_zip",
    "remove_photo", "public_minutes",
    "work_party",  # only of a work party; its form is that of new_work_party
    "document", "mirror",
    "votes",  # only where a community keeps them
    "network_file", "survey_table", "survey_items_file",  # give a file
    # Only of a questionnaire that was uploaded; in a journey of its own.
    "check_instrument", "survey_households", "take_ready", "download_instrument",
    "instrument_versions",
    "observe_norm",  # only for somebody who is in the register; the officer of the example is not
}  # fmt: skip


@cache
def first_id(table: str) -> str:
    """The id of the first row of a table of the example."""
    text = files("satuhati.examples").joinpath("kelapa_dua_wetan", f"{table}.csv").read_text()
    return next(iter(csv.DictReader(text.splitlines())))["id"]


@cache
def open_meeting() -> str:
    """The id of a meeting of the example whose minutes nobody has approved: it may be changed."""
    text = files("satuhati.examples").joinpath("kelapa_dua_wetan", "meetings.csv").read_text()
    rows = csv.DictReader(text.splitlines())
    return next(r["id"] for r in rows if r["status"] == "held" and not r["minutes_on"])


def values() -> dict[str, str]:
    return {
        "community": "kelapa-dua-wetan",
        "meeting": open_meeting(),
        "reading": "baca1",
        "file": "0",
        "mirror": "0",
        "norm": first_id("norms"),
        "series": "0",  # the example has no schedule; the address only takes forms
        "actor": first_id("actors"),
        "term": first_id("terms"),
        "asset": first_id("assets"),
        "service": first_id("services"),
        "statement": "0",  # only takes forms
        "voice": first_id("voices"),
        "component": "commitment",
        "level": "individual",
        "population": "pokja",
        "n": "2",
        "key": "celah",
        "kind": "person",
        "followup": first_id("followups"),
        "post": first_id("posts"),
        "area": first_id("areas"),
        "job": "0",
        "token": "0",
        "round": "0",
        "survey": "w2",  # residents, second wave: scales, waves and populations to look at
        "instrument": first_id("instruments"),
    }


def walk(patterns: list[object], before: str = "") -> list[tuple[str, str]]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += walk(pattern.url_patterns, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern) and pattern.name not in NO_PAGE:
            found.append((pattern.name or "", before + str(pattern.pattern)))
    return found


def addresses() -> list[tuple[str, str]]:
    """Every page of the application by name, with the example's ids in place of parameters."""
    given = values()

    def filled(route: str) -> str:
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: given[m.group(1)], route)

    return [(name, filled(route)) for name, route in walk(get_resolver().url_patterns)]


@pytest.mark.parametrize("role", ["field_officer", None], ids=["officer", "nobody"])
def test_every_page_keeps_to_the_rules(
    open_as: Callable[..., Page], size: dict[str, int], role: str | None
) -> None:
    page = open_as(role, size)
    axe, seen, wrong = Axe(), 0, []
    for name, address in addresses():
        asked = page.request.get(address, max_redirects=0)
        if asked.status == 405:  # only takes forms
            continue
        if role is None and asked.headers.get("location", "").startswith("/masuk/"):
            assert name != "account_login"
            continue  # looked at once, as a page of its own
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, (address, answer.status)
        fits(page)
        # As tall as the page, so that the menu at the bottom covers nothing.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": min(height + 80, 12_000)})
        found = axe.run(page, options=RULES)
        page.set_viewport_size(size)
        if found.violations_count:
            wrong.append(f"{address}\n{found.generate_report()}")
        seen += 1
    assert not wrong, "\n\n".join(wrong)
    assert seen >= (25 if role else 4)
    no_mistakes(page)


def test_pages_are_readable_without_javascript_and_at_320_pixels(
    browser: Browser, demo: object, open_as: Callable[..., Page]
) -> None:
    page = open_as("secretary", {"width": 320, "height": 640}, java_script_enabled=False)
    for address in ("", "rapat/", "warga/", "layanan/", "laporan/", "pengaturan/", "tautan/"):
        page.goto(f"/k/kelapa-dua-wetan/{address}")
        assert page.get_by_role("heading", level=1).is_visible()
        assert page.locator("nav.nav a").count() == 5


def test_english_is_one_tap_away(open_as: Callable[..., Page]) -> None:
    page = open_as("secretary")
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("heading", name="Three lamps").is_visible()
    assert page.url.endswith("/k/kelapa-dua-wetan/"), "one stays on the page"
    page.get_by_role("button", name="Bahasa Indonesia").click()
    assert page.get_by_role("heading", name="Tiga lampu").is_visible()


def test_by_keyboard_alone(open_as: Callable[..., Page]) -> None:
    """Skip link, menu, filter and entry by Tab and Enter; focus is always to be seen."""
    page = open_as("secretary", {"width": 1280, "height": 800})
    page.goto("/k/kelapa-dua-wetan/warga/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#isi")
    ring = ""
    for _ in range(30):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.textContent.trim()")
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring != "none", name
        if page.evaluate("document.activeElement.matches('a.entry')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/warga/orang/**")
    no_mistakes(page)


def test_what_a_page_weighs(browser: Browser, demo: object, open_as: Callable[..., Page]) -> None:
    """First load at most 150 kB as sent, a second page at most 30 kB; few requests."""
    page = open_as("secretary")
    for address in ("/k/kelapa-dua-wetan/", "/k/kelapa-dua-wetan/laporan/"):
        fresh = weigh(page, address, cache=False)
        again = weigh(page, address, cache=True)
        assert fresh[0] <= 150_000, fresh
        assert again[0] <= 30_000, again
        assert fresh[1] <= 10
        assert again[1] <= 4


def weigh(page: Page, address: str, *, cache: bool) -> tuple[int, int]:
    """Bytes and requests of a page as they came over the wire, with or without what is cached."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": not cache})
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda e: sizes.append(int(e["encodedDataLength"])))
    page.goto(address, wait_until="networkidle")
    session.detach()
    sent = [s for s in sizes if s > 0]
    return sum(sent), len(sent)
