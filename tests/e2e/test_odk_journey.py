"""A code for an interviewer's phone: made on a page, used by a phone, counted, ended."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from xml.etree import ElementTree as ET

import pytest
from e2e_pages import accessible, fits, new_group, no_mistakes
from playwright.sync_api import Page, expect

sys.path.insert(0, str(Path(__file__).parents[1] / "web" / "openrosa"))
from collect_phone import BOUNDARY, NS, Form, multipart


def looked_at(page: Page) -> None:
    fits(page)
    accessible(page)


def fetched(what: str | Request) -> tuple[int, bytes]:
    try:
        with urlopen(what, timeout=30) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


def test_from_the_code_to_a_counted_form(
    open_as: Callable[..., Page], size: dict[str, int]
) -> None:
    page = open_as("secretary", size)
    new_group(page, "Kampung KB Cempaka (rekaan)")
    base = re.sub(r"(/k/[^/]+/).*", r"\1", page.url)
    page.goto(base + "survei/baru/")
    page.get_by_label("Pertanyaan yang mana?").select_option(label="Pokja, singkat: 12 pertanyaan")
    page.get_by_role("button", name="Buka putaran ini").click()
    page.get_by_role("link", name="Isi dengan ODK Collect").click()
    expect(page.get_by_text("belum ada kode").first).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Buat kode QR").first.click()
    expect(page.get_by_role("heading", name="Caranya")).to_be_visible()
    looked_at(page)
    box = page.locator(".qr svg").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"], "the whole code is to be seen"
    assert 200 < box["width"] == pytest.approx(box["height"], abs=2)
    page.get_by_text("Tanpa kamera").click()
    server = page.locator("#alamat").inner_text()
    rows = ET.fromstring(fetched(f"{server}/formList")[1])
    (row,) = rows.findall("x:xform", NS)
    url = row.findtext("x:downloadUrl", namespaces=NS) or ""
    xml = fetched(url)[1].decode()
    version = row.findtext("x:version", namespaces=NS) or ""
    form = Form("", version, xml, "", "")
    body = multipart(form.instance({"soc1": "4", "soc3": "5"}))
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    assert fetched(Request(f"{server}/submission", body, headers))[0] == 201
    page.goto(base + "survei/odk/")
    counted = page.get_by_text(re.compile("1 isian diterima dari HP|1 sedang dipilah"))
    expect(counted).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Pakai kuesioner sendiri").click()
    looked_at(page)
    page.goto(base + "survei/odk/")
    page.get_by_role("button", name="Cabut").click()
    page.get_by_role("button", name="Ya", exact=True).click()
    expect(page.get_by_text("Kode sudah dicabut")).to_be_visible()
    assert fetched(f"{server}/formList")[0] == 404
    no_mistakes(page)
