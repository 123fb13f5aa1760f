"""``satuhati backup`` and ``restore``: what was there is there again, or nothing is changed."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from satuhati.cli import app
from satuhati.web import backup as module

FILL = """
from satuhati.web.server import prepare
prepare()
from django.conf import settings
from satuhati.web.register.models import Actor
from satuhati.web.tenancy.models import Community
from django_scopes import scope
made = Community.objects.create(code="melati", name="Kampung Melati", synthetic=True)
with scope(community=made):
    fields = {"name": "Ratna", "kind": "person", "sector": "pokja"}
    Actor.objects.create(community=made, public_id="p1", **fields)
(settings.UPLOADS / "7").mkdir()
(settings.UPLOADS / "7" / "laporan.pdf").write_bytes(bytes(range(256)) * 400)
"""


def environment(data: Path) -> dict[str, str]:
    given = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return {**given, "SATUHATI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "satuhati.web.settings"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as the program makes it, with one community and one upload."""
    data = tmp_path_factory.mktemp("filled") / "data"
    subprocess.run([sys.executable, "-c", FILL], env=environment(data), check=True)
    return data


@pytest.fixture
def data(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, and an environment that names no other."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("SATUHATI_SECRET_KEY", raising=False)
    monkeypatch.setenv("SATUHATI_DATA", str(tmp_path / "nowhere"))
    return Path(shutil.copytree(filled, tmp_path / "data"))


def run(*arguments: Any) -> Any:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def refused(result: Any, *said: str) -> None:
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    for words in said:
        assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def tree(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def rows(data: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(data / "satuhati.sqlite3")) as opened:
        return opened.execute(query).fetchall()


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_help_has_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"Example: satuhati {command} " in " ".join(result.stdout.split())


def test_what_was_there_is_there_again(data: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "satuhati.tar.gz", tmp_path / "other"
    result = run("backup", file, "--data", data, "--json")
    assert result.exit_code == 0, result.output
    made = json.loads(result.stdout)
    assert made["communities"] == 1
    assert made["secret"] is True
    assert made["files"] == 3
    assert made["warnings"] == []
    assert made["size"] == file.stat().st_size
    assert file.stat().st_mode & 0o777 == 0o600
    assert (data / "last-backup").read_text("ascii") == made["made_at"]
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []

    result = run("restore", file, "--data", other, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["migration"] == made["migration"]
    assert rows(other, "SELECT code, name FROM web_community") == [("melati", "Kampung Melati")]
    assert rows(other, "SELECT name FROM web_actor") == [("Ratna",)]
    assert tree(other / "files") == tree(data / "files")
    assert (other / "secret").read_bytes() == (data / "secret").read_bytes()
    assert other.stat().st_mode & 0o777 == 0o700
    for path in other.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    # And the program works with it: nothing to migrate, the community is served.
    served = subprocess.run(
        [sys.executable, "-c", "from satuhati.web.server import prepare; prepare()\n"
         "from satuhati.web.tenancy.models import Community as C; print(C.objects.get().name)"],
        env=environment(other), check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert served.stdout.strip() == "Kampung Melati"


def test_backup_and_restore_say_what_they_did_in_both_languages(data: Path, tmp_path: Path) -> None:
    for lang, kept, there in (
        ("id", "simpan seaman server", "Dipulihkan ke"),
        ("en", "keep it as safe as the server", "Restored into"),
    ):
        file = tmp_path / f"{lang}.tar.gz"
        result = run("backup", file, "--data", data, "--lang", lang)
        assert result.exit_code == 0
        assert kept in result.stdout
        result = run("restore", file, "--data", tmp_path / lang, "--lang", lang)
        assert result.exit_code == 0
        assert there in result.stdout
        assert f"satuhati serve --data {tmp_path / lang}" in result.stdout


def test_a_database_in_use_is_copied_whole_and_not_restored_over(
    data: Path, tmp_path: Path
) -> None:
    """As with a running server: its last rows stand in the journal, not yet in the file."""
    file = tmp_path / "satuhati.tar.gz"
    with closing(sqlite3.connect(data / "satuhati.sqlite3")) as server:
        server.execute("PRAGMA journal_mode=WAL")
        server.execute("UPDATE web_community SET name = 'Kampung Kenanga'")
        server.commit()
        assert (data / "satuhati.sqlite3-wal").stat().st_size > 0
        assert run("backup", file, "--data", data).exit_code == 0
        before = tree(data)
        refused(
            run("restore", file, "--data", data, "--force", "--lang", "en"),
            "The server is still running with this data folder. Stop it first",
        )
        assert tree(data) == before
    assert run("restore", file, "--data", tmp_path / "other").exit_code == 0
    assert rows(tmp_path / "other", "SELECT name FROM web_community") == [("Kampung Kenanga",)]


def test_with_force_the_old_is_moved_aside(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "satuhati.tar.gz"
    assert run("backup", file, "--data", data).exit_code == 0
    with closing(sqlite3.connect(data / "satuhati.sqlite3")) as opened:
        opened.execute("UPDATE web_community SET name = 'keliru'")
        opened.commit()
    before = tree(data)
    refused(run("restore", file, "--data", data, "--lang", "en"), "data: The data folder is not")
    assert tree(data) == before
    result = run("restore", file, "--data", data, "--force", "--json")
    assert result.exit_code == 0, result.output
    (doubt,) = json.loads(result.stdout)["warnings"]
    (aside,) = data.glob("before-restore-*")
    assert str(aside) in doubt
    assert tree(aside) == before
    assert rows(data, "SELECT name FROM web_community") == [("Kampung Melati",)]
    assert sorted(p.name for p in data.iterdir()) == sorted(
        ["files", "satuhati.sqlite3", "secret", aside.name]
    )


def test_a_move_that_fails_is_taken_back(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "satuhati.tar.gz"
    assert run("backup", file, "--data", data).exit_code == 0
    before, rename = tree(data), Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self.name == "secret" and self.parent.name.startswith(".restore-"):
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    refused(run("restore", file, "--data", data, "--force"), "No space left on device")
    assert tree(data) == before


def test_what_cannot_be_backed_up_is_named(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "satuhati.tar.gz"
    refused(run("backup", file, "--lang", "en"), "nowhere: There is no database in this data")
    assert not (tmp_path / "nowhere").exists()
    refused(run("backup", tmp_path / "no" / "where.gz", "--data", data), "tidak dapat ditulis")
    file.write_bytes(b"older")
    refused(run("backup", file, "--data", data, "--lang", "en"), "The file exists.", "--overwrite")
    monkeypatch.setenv("SATUHATI_SECRET_KEY", "x" * 40)
    result = run("backup", file, "--data", data, "--overwrite", "--json")
    (doubt,) = json.loads(result.stdout)["warnings"]
    assert "SATUHATI_SECRET_KEY" in doubt
    good = file.read_bytes()
    (data / "satuhati.sqlite3").write_bytes(b"not a database at all" * 99)
    refused(
        run("backup", file, "--data", data, "--overwrite", "--lang", "en"),
        "satuhati.sqlite3: The database is damaged",
    )
    assert file.read_bytes() == good
    assert sorted(p.name for p in tmp_path.iterdir()) == ["data", "satuhati.tar.gz"]


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_postgresql_has_tools_of_its_own(
    command: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://u:rahasia@localhost/x")
    result = run(command, tmp_path / "a.tar.gz", "--data", data)
    refused(result, "pg_dump", "pg_restore", "'files'", "'secret'")
    assert "rahasia@" not in result.stderr


def repacked(file: Path, out: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The same archive with each file's content changed, or left out for ``None``."""
    with tarfile.open(file) as old, tarfile.open(out, "w:gz") as new:
        for entry in old:
            content = change(entry.name, old.extractfile(entry).read())
            if content is not None:
                entry.size = len(content)
                new.addfile(entry, io.BytesIO(content))
    return out


def in_manifest(**fields: Any) -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        if name != module.MANIFEST:
            return content
        return json.dumps({**json.loads(content), **fields}).encode()

    return change


DAMAGE: dict[str, Callable[[str, bytes], bytes | None]] = {
    "changed": lambda n, c: c[:-1] + b"?" if n.startswith("files/") else c,
    "left out": lambda n, c: None if n == "secret" else c,
    "without manifest": lambda n, c: None if n == module.MANIFEST else c,
    "strange manifest": lambda n, c: b"[1, 2]" if n == module.MANIFEST else c,
    "wrong files": in_manifest(files=[1]),
}


@pytest.mark.parametrize("how", [*DAMAGE, "cut off", "text", "empty", "not zipped"])
def test_a_damaged_backup_is_refused_and_nothing_changes(
    how: str, data: Path, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.tar.gz", tmp_path / "bad.tar.gz"
    assert run("backup", good, "--data", data).exit_code == 0
    if how in DAMAGE:
        repacked(good, bad, DAMAGE[how])
    elif how == "cut off":
        bad.write_bytes(good.read_bytes()[:-4000])
    elif how == "not zipped":
        with tarfile.open(bad, "w") as packed:
            packed.add(data / "secret", "secret")
    else:
        bad.write_text("bukan cadangan" if how == "text" else "", encoding="utf-8")
    before = tree(data)
    refused(
        run("restore", bad, "--data", data, "--force", "--lang", "en"),
        "bad.tar.gz: The backup is damaged or incomplete",
        "the data folder is as it was",
    )
    assert tree(data) == before
    refused(run("restore", bad, "--data", tmp_path / "new"), "bad.tar.gz")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "name", ["../outside", "/tmp-outside", "files/../../outside", "files", "other.txt"]
)
def test_an_archive_cannot_write_beside_the_data_folder(
    name: str, data: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.tar.gz"
    for kind in (tarfile.REGTYPE, tarfile.SYMTYPE):
        with tarfile.open(bad, "w:gz") as packed:
            entry = tarfile.TarInfo(name if kind == tarfile.REGTYPE else "files/link")
            entry.type, entry.linkname = kind, "/etc/hostname"
            packed.addfile(entry, io.BytesIO())
        refused(run("restore", bad, "--data", tmp_path / "new" / "data"), "bad.tar.gz")
        assert list((tmp_path / "new").iterdir()) == []
        assert not (tmp_path / "outside").exists()


def test_a_backup_of_a_newer_program_is_left_alone(data: Path, tmp_path: Path) -> None:
    file, newer = tmp_path / "file.tar.gz", tmp_path / "newer.tar.gz"
    assert run("backup", file, "--data", data).exit_code == 0
    repacked(file, newer, in_manifest(format=99, program="9.0"))
    refused(
        run("restore", newer, "--data", tmp_path / "new", "--lang", "en"), "newer program (9.0)"
    )
    with closing(sqlite3.connect(data / "satuhati.sqlite3")) as opened:
        opened.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('web', '9999_later', '2030-01-01')"
        )
        opened.commit()
    assert run("backup", file, "--data", data, "--overwrite").exit_code == 0
    refused(run("restore", file, "--data", tmp_path / "new"), "program yang lebih baru")
    refused(run("restore", tmp_path / "missing.gz", "--data", tmp_path / "new"), "tidak ditemukan")
