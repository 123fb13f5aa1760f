"""The real server is killed while phones send: what was acknowledged is there, once."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from collect_phone import BOUNDARY, multipart

HERE = Path(__file__).resolve()
BENCHMARKS = HERE.parents[3] / "benchmarks"

STORED = """
import django, json
django.setup()
from django_scopes import scopes_disabled
from satuhati.web.openrosa.models import Submission
with scopes_disabled():
    print(json.dumps(list(Submission.objects.values_list("instance", flat=True))))
"""


def run(code: str, environment: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True,
                          text=True, check=True, timeout=120)  # fmt: skip
    return done.stdout.strip()


def test_killed_in_the_middle_of_a_round(tmp_path: Path) -> None:
    environment = {**os.environ, "SATUHATI_DATA": str(tmp_path), "PYTHONPATH": str(BENCHMARKS),
                   "DJANGO_SETTINGS_MODULE": "satuhati.web.settings"}  # fmt: skip
    environment.pop("DATABASE_URL", None)
    setup = run("import json, submissions as s; from satuhati.web.server import prepare;"
                "prepare(); print(json.dumps(s.set_up()))", environment)  # fmt: skip
    made = json.loads(setup.splitlines()[-1])
    port = int(run("from satuhati.web.server import free_port; print(free_port())", environment))
    acknowledged: list[str] = []
    sent: list[str] = []
    over = threading.Event()

    def body(name: str) -> bytes:
        return multipart(re.sub(r"\{q\d+\}", "4", made["template"]).replace("{id}", name))

    def send(name: str) -> int:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/odk/{made['token']}/submission", body(name),
            {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
        )  # fmt: skip
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def phone(n: int) -> None:
        m = 0
        while not over.is_set():
            name = f"uuid:{n}-{m}"
            sent.append(name)
            if send(name) in (201, 202):  # it may have been taken before the answer was lost
                acknowledged.append(name)
                m += 1
            else:
                time.sleep(0.05)

    code = (f"from satuhati.web.server import start_web; p = start_web('127.0.0.1', {port});"
            "print(p.pid, flush=True); p.wait()")  # fmt: skip
    phones = [threading.Thread(target=phone, args=(n,)) for n in range(6)]
    for turn in range(3):
        # In a group of its own, so that all of it is killed at once.
        server = subprocess.Popen([sys.executable, "-c", code], env=environment,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                  start_new_session=True)  # fmt: skip
        try:
            if turn == 0:
                for one in phones:
                    one.start()
            before, end = len(acknowledged), time.monotonic() + 60
            while len(acknowledged) < before + 25 and time.monotonic() < end:
                time.sleep(0.02)
            assert len(acknowledged) >= before + 25
        finally:
            if turn == 2:
                over.set()
                for one in phones:
                    one.join()
                again = {send(name) for name in set(sent)}
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
    assert again <= {201, 202}
    stored = json.loads(run(STORED, environment))
    assert len(stored) == len(set(stored))
    assert set(acknowledged) <= set(stored)
    assert set(stored) == set(sent)
