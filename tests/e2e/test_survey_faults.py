"""A round on a phone while things go wrong: the server stops in between, the clock is years off."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

SETUP = """
import datetime as dt, json, django
django.setup()
from django_scopes import scope
from satuhati.formats.xlsform.model import Choice, Form, Label, Question
from satuhati.web.surveys.actions import open_round
from satuhati.web.surveys.doors import key_of
from satuhati.web.surveys.instrument_actions import take_in_form
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community, User
from satuhati.web.tenancy.who import Who

community = Community.objects.create(code="mawar", name="Kampung Mawar", synthetic=True)
user = User.objects.create_user(name="Sekar Contoh", email="sekar@contoh.invalid")
User.objects.filter(pk=user.pk).update(is_administrator=True)
who = Who(user, "administrator", community)
label = lambda text: Label((("", text),))
yes = (Choice("1", label("Ya")), Choice("0", label("Tidak")))
form = Form("jam", "Jam", (
    Question("day", "date", label("Kapan?"), constraint=". <= today()",
             constraint_message=label("Hari itu belum tiba.")),
    Question("recent", "select_one", label("Baru saja?"), choices=yes,
             relevant="${day} = today()"),
    *(Question(f"t{n}", "text", label(f"Cerita {n}")) for n in range(4)),
), "1", population="pokja")
with scope(community=community):
    instrument = take_in_form(by=who, form=form, workbook=b"x", name="x.xlsx",
                              population=None).instrument
    today = today_in(community)
    round, setup = open_round(
        by=who, instrument=instrument, questions=instrument.item_order, how="meeting", people=[],
        until=today + dt.timedelta(days=5), anonymous=True, open_address=True)
    print("SETUP", json.dumps({"key": key_of(setup), "today": today.isoformat()}))
"""
KEPT = """
import json, django
django.setup()
from django_scopes import scopes_disabled
from satuhati.web.surveys.models import Answer
from satuhati.web.surveys.beside import AnswerFlag
with scopes_disabled():
    print("SETUP", json.dumps({"values": list(Answer.objects.values_list("values", flat=True)),
                               "flags": list(AnswerFlag.objects.values_list("kind", flat=True))}))
"""


class Server:
    """``satuhati serve`` on one port and one folder, to be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder, self.process = folder, None
        self.environment = {k: v for k, v in os.environ.items() if k != "SATUHATI_DATA"}

    def start(self) -> None:
        code = "from satuhati.cli import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, "serve", "--port", str(self.port), "--data",
             str(self.folder)],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        assert str(self.port) in self.process.stdout.readline()
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None

    def run(self, code: str) -> dict[str, object]:
        import json

        environment = {**self.environment, "SATUHATI_DATA": str(self.folder),
                       "DJANGO_SETTINGS_MODULE": "satuhati.web.settings"}  # fmt: skip
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True,
                              text=True, check=True)  # fmt: skip
        line = next(one for one in done.stdout.splitlines() if one.startswith("SETUP "))
        found: dict[str, object] = json.loads(line.removeprefix("SETUP "))
        return found


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def phone_of(browser: Browser, script: str = "") -> Page:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="id-ID")
    if script:
        context.add_init_script(script)
    page = context.new_page()
    page.set_default_timeout(15_000)
    return page


def begun(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("setuju jawaban saya").check()
    page.get_by_role("button", name="Berikutnya", exact=True).click()


def test_the_server_stops_and_starts_in_the_middle_of_a_round(
    browser: Browser, tmp_path: Path
) -> None:
    with serving(tmp_path / "data") as server:
        told = server.run(SETUP)
        address = f"http://localhost:{server.port}/s/{told['key']}/"
        phone = phone_of(browser)
        begun(phone, address)
        phone.get_by_label("Kapan?").fill("2020-01-02")
        phone.get_by_label("Cerita 0").fill("Sebelum berhenti")
        server.stop()
        phone.get_by_role("button", name="Berikutnya", exact=True).click()
        phone.get_by_label("Cerita 3").fill("Sesudah berhenti")
        phone.get_by_role("button", name="Kirim jawaban").click()
        expect(phone.get_by_text("Tidak ada sinyal. Formulir tersimpan")).to_be_visible()
        server.start()
        phone.goto(address)
        expect(phone.get_by_role("heading", name="Terima kasih")).to_be_visible(timeout=30_000)
        kept = server.run(KEPT)
        assert kept["values"] == [
            {"day": "2020-01-02", "recent": None, "t0": "Sebelum berhenti", "t1": None, "t2": None,
             "t3": "Sesudah berhenti"}
        ]  # fmt: skip
        phone.context.close()


CLOCK = """
(() => {
  const real = Date, off = YEARS * 365 * 86400000;
  let jump = 0;
  window.leap = (ms) => { jump += ms; };
  class Wrong extends real {
    constructor(...given) {
      if (given.length) super(...given); else super(real.now() + off + jump);
    }
    static now() { return real.now() + off + jump; }
  }
  window.Date = Wrong;
})();
"""


def test_a_clock_years_off_neither_refuses_nor_marks_an_answer(
    browser: Browser, tmp_path: Path
) -> None:
    with serving(tmp_path / "data") as server:
        told = server.run(SETUP)
        address = f"http://localhost:{server.port}/s/{told['key']}/"
        for n, years in enumerate(("-12", "9")):
            phone = phone_of(browser, CLOCK.replace("YEARS", years))
            begun(phone, address)
            # Today is the day of the server, whatever the phone thinks.
            phone.get_by_label("Kapan?").fill(str(told["today"]))
            expect(phone.get_by_text("Baru saja?")).to_be_visible()
            phone.get_by_label("Kapan?").fill("2400-01-01")
            phone.get_by_role("button", name="Berikutnya", exact=True).click()
            expect(phone.get_by_text("Hari itu belum tiba.")).to_be_visible()
            phone.get_by_label("Kapan?").fill(str(told["today"]))
            phone.get_by_label("Cerita 0").fill(f"Ponsel {n}")
            phone.evaluate("leap(-3600000)")  # somebody sets the clock meanwhile
            phone.wait_for_timeout(7_000)  # three answers take six seconds at least
            phone.get_by_role("button", name="Berikutnya", exact=True).click()
            phone.get_by_label("Cerita 3").fill("Sampai")
            phone.get_by_role("button", name="Kirim jawaban").click()
            expect(phone.get_by_role("heading", name="Terima kasih")).to_be_visible()
            phone.context.close()
        kept = server.run(KEPT)
        assert [v["day"] for v in kept["values"]] == [told["today"]] * 2
        assert kept["flags"] == []
