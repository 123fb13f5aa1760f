"""The address that opens WhatsApp with a text; to whom it goes is chosen there."""

from __future__ import annotations

import urllib.parse


def whatsapp_address(text: str) -> str:
    return "https://wa.me/?text=" + urllib.parse.quote(text)
