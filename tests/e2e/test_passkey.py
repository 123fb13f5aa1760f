"""A passkey is added on one's own page, opens the door, and can be taken away again."""

from __future__ import annotations

import re
from collections.abc import Callable

from e2e_pages import no_mistakes
from playwright.sync_api import Page, expect


def test_coming_in_by_a_passkey(open_as: Callable[..., Page]) -> None:
    page = open_as("researcher")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto("/saya/")
    page.get_by_role("link", name="Tambah kunci sandi").click()
    page.get_by_label("Nama perangkat ini").fill("Ponsel contoh")
    page.get_by_role("button", name="Tambah kunci sandi").click()
    page.wait_for_url("**/saya/")
    expect(page.get_by_text("Ponsel contoh")).to_be_visible()
    page.get_by_role("button", name="Keluar atau ganti orang").click()
    page.wait_for_url("**/masuk/")
    page.get_by_role("button", name="Pakai kunci sandi").click()
    page.wait_for_url(re.compile("/k/"))
    page.goto("/saya/")
    page.get_by_role("button", name="Hapus").click()
    page.get_by_role("button", name="Ya").click()
    expect(page.get_by_text("Kunci sandi dihapus.")).to_be_visible()
    expect(page.get_by_text("Ponsel contoh")).to_have_count(0)
    no_mistakes(page)
