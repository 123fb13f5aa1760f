"""``satuhati check``: says what is not as it should be, what to do, and changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from service_commands import Said, Server
from typer.testing import CliRunner

from satuhati.cli import app


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a server with an account, private as it should be."""
    data = tmp_path_factory.mktemp("made") / "data"
    (said,) = Server(data)("user add Ratna --email ratna@contoh.invalid --json")
    assert said.code == 0
    return data


def names(folder: Path) -> set[str]:
    """What lies there; beside an opened database SQLite keeps two files of its own."""
    return {p.name for p in folder.iterdir() if not p.name.endswith(("-wal", "-shm"))}


def findings(said: Said) -> dict[str, dict[str, Any]]:
    import json

    read = json.loads(said.out)
    assert set(read) == {"ok", "checks", "warnings"}
    assert said.code == (0 if read["ok"] else 1)
    assert read["ok"] == all(c["state"] != "fail" for c in read["checks"])
    for one in read["checks"]:
        assert one["state"] in ("ok", "warn", "fail")
        assert (one["remedy"] is None) == (one["state"] == "ok"), one
    return {one["name"]: one for one in read["checks"]}


def test_help_has_an_example() -> None:
    result = CliRunner().invoke(app, ["check", "--help"])
    assert result.exit_code == 0
    assert "Example: satuhati check" in " ".join(result.stdout.split())


def test_before_the_first_start_it_leaves_no_trace(tmp_path: Path) -> None:
    (said,) = Server(tmp_path / "data")("check --json")
    found = findings(said)
    assert said.code == 0
    assert {"data": "warn", "database": "warn", "settings": "ok", "https": "warn"}.items() <= {
        name: one["state"] for name, one in found.items()
    }.items()
    assert list(tmp_path.iterdir()) == []


def test_a_server_as_it_should_be(made: Path, tmp_path: Path) -> None:
    data = shutil.copytree(made, tmp_path / "data")
    before = names(data)
    backup, said, shown = Server(data)(
        ("backup", tmp_path / "satuhati.tar.gz"), "check --json", "check --lang en"
    )
    assert backup.code == 0
    found = findings(said)
    good = ("data", "disk", "settings", "database", "trail", "backup", "pdf")
    assert {name: found[name]["state"] for name in good} == dict.fromkeys(good, "ok")
    assert found["worker"]["remedy"] == "Jalankan server: satuhati serve"
    assert f"ok      Data folder: {data}\n" in shown.out
    assert "ok      The last backup is 0 days old.\n" in shown.out
    assert "note    The worker gives no sign of life.\n        → Start the server" in shown.out
    assert shown.out.endswith("Nothing failed.\n")
    assert names(data) == {*before, "last-backup"}


def test_what_is_wrong_is_named_with_its_remedy(made: Path, tmp_path: Path) -> None:
    data = shutil.copytree(made, tmp_path / "data")
    data.chmod(0o755)
    (data / "secret").chmod(0o644)
    (data / "satuhati.sqlite3").write_bytes(b"not a database at all" * 999)
    said, shown = Server(data)("check --json", "check --lang en")
    found = findings(said)
    assert said.code == 1
    assert found["data"]["remedy"] == f"chmod 700 {data}"
    assert found["secret"]["remedy"] == f"chmod 600 {data / 'secret'}"
    assert found["secret"]["state"] == found["database"]["state"] == "fail"
    assert "satuhati restore" in found["database"]["remedy"]
    assert found["pdf"]["state"] == "ok"  # one trouble does not hide the rest
    assert not {"migrations", "trail", "backup", "worker"} & set(found)  # nor is it said again
    assert shown.code == 1
    assert "failed  The database is damaged (file is not a database)." in shown.out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SATUHATI_TLS": "1"}, "SATUHATI_HOSTS is missing"),
        ({"DATABASE_URL": "postgres://u:rahasia@h:porta/x"}, "DATABASE_URL cannot be read"),
    ],
)
def test_a_wrong_setting_is_the_last_word(given: dict[str, str], said: str, made: Path) -> None:
    server = Server(made)
    server.environment |= given
    (answer,) = server("check --json")
    found = findings(answer)
    assert answer.code == 1
    assert list(found)[-1] == "settings"
    assert said in found["settings"]["message"]
    assert "rahasia" not in answer.out
