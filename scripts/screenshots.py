"""Take the pictures of docs/screenshots again: the example community, on a phone and at a desk.

    make screenshots      (or: .venv/bin/python scripts/screenshots.py)

All people and figures on them are invented.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "e2e"))

from e2e_demo import PIN, chromium, running_demo  # noqa: E402  beside the browser tests

OUT = ROOT / "docs" / "screenshots"
K = "/k/kelapa-dua-wetan/"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
PICTURES = {
    "beranda": (K, PHONE),
    "rapat": (f"{K}rapat/?lihat=lalu", PHONE),
    "warga": (f"{K}warga/susunan/", PHONE),
    "tempel": (f"{K}warga/tempel/", PHONE),
    "publik": ("/p/kelapa-dua-wetan/", PHONE),
    "laporan": (f"{K}laporan/#characteristics", DESK),
    "sel": (f"{K}laporan/sel/commitment/individual/pokja/", DESK),
    "banding": ("/k/banding/?a=kelapa-dua-wetan&b=kenanga", DESK),
}


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="satuhati-pictures-") as place,
        running_demo(Path(place) / "data") as demo,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_context(locale="id-ID", viewport=PHONE).new_page()
        page.goto(demo.address + demo.links["field_officer"])
        page.get_by_label("PIN Anda").fill(PIN)
        page.get_by_role("button", name="Masuk").click()
        for name, (address, size) in PICTURES.items():
            page.set_viewport_size(size)
            page.goto(demo.address + address)
            page.screenshot(path=OUT / f"{name}.jpg", type="jpeg", quality=72)
            print(f"docs/screenshots/{name}.jpg")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
