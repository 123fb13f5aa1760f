"""Commands given to a server with a data folder of its own, in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

RUN = """
import json, sys
from typer.testing import CliRunner
from satuhati.cli import app

def ask(expression):
    from django_scopes import scopes_disabled
    from django_tasks_db.models import DBTaskResult
    from satuhati.web.accounts.links import link_of
    from satuhati.web.audit.models import AuditEntry
    from satuhati.web.tenancy.models import Community, User
    with scopes_disabled():
        return eval(expression)

said, last = [], None
for arguments in json.load(sys.stdin):
    if arguments[0] == "ask":
        said.append([0, json.dumps(ask(arguments[1])), ""])
        continue
    got = last = CliRunner().invoke(app, arguments)
    if got.exception is not None and not isinstance(got.exception, SystemExit):
        raise got.exception
    said.append([got.exit_code, got.stdout, got.stderr])
json.dump(said, sys.stdout)
"""


class Said(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)

    def refused(self, *words: str) -> None:
        assert self.code == 2, self.out
        assert self.out == ""
        assert len(self.err.splitlines()) == 1
        for word in words:
            assert word in self.err


class Server:
    """A data folder, and commands given to it: several in one process, as that is quicker.

    ``("ask", expression)`` among them gives the value of an expression over the models.
    """

    def __init__(self, data: Path) -> None:
        given = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        self.environment = {
            **given, "SATUHATI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "satuhati.web.settings"
        }  # fmt: skip

    def __call__(self, *commands: str | tuple[object, ...]) -> list[Said]:
        lines = [
            [str(a) for a in (line.split() if isinstance(line, str) else line)] for line in commands
        ]
        run = subprocess.run(
            [sys.executable, "-c", RUN], env=self.environment, input=json.dumps(lines),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
        return [Said(*one) for one in json.loads(run.stdout)]
