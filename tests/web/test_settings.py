"""Settings: each variable is documented; a wrong value stops the server with a plain sentence."""

from __future__ import annotations

import ast
import os
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

import satuhati
from satuhati.web import settings as module
from satuhati.web.variables import GROUPS, VARIABLES

SOURCE = Path(satuhati.__file__).parent
ROOT = Path(__file__).parents[2]
HELPERS = {"text", "flag", "whole", "words", "hosts", "address"}


def is_environ(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "environ"


def named_in(tree: ast.AST) -> Iterator[str]:
    """The environment variables a module names where it reads or sets one."""
    for node in ast.walk(tree):
        found: ast.AST | None = None
        if isinstance(node, ast.Subscript) and is_environ(node.value):
            found = node.slice
        elif isinstance(node, ast.Compare) and any(is_environ(c) for c in node.comparators):
            found = node.left
        elif isinstance(node, ast.Call) and node.args:
            call = node.func
            if isinstance(call, ast.Attribute):
                ours = isinstance(call.value, ast.Name) and call.value.id == "env"
                if (
                    is_environ(call.value)
                    or (ours and call.attr in HELPERS)
                    or call.attr == "getenv"
                ):
                    found = node.args[0]
            elif isinstance(call, ast.Name) and call.id in HELPERS:
                found = node.args[0]
        if isinstance(found, ast.Constant) and isinstance(found.value, str):
            yield found.value


def test_the_reference_lists_exactly_the_variables_that_are_read() -> None:
    read: set[str] = set()
    for file in SOURCE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if "environ" in text or "getenv" in text:
            read |= set(named_in(ast.parse(text)))
    assert {name for name in read if name.isupper()} == {v.name for v in VARIABLES}
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    for variable in VARIABLES:
        assert f"| `{variable.name}` | {variable.meaning.id} · {variable.meaning.en} |" in page
        assert variable.group in GROUPS


def read_settings(monkeypatch: pytest.MonkeyPatch, folder: Path, **given: str) -> dict[str, Any]:
    """The settings as a fresh process with these variables alone would have them."""
    for variable in VARIABLES:
        monkeypatch.delenv(variable.name, raising=False)
    for name, value in {"SATUHATI_DATA": str(folder), **given}.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(module.__file__)


TLS = {"SATUHATI_TLS": "1", "SATUHATI_HOSTS": "pokja.contoh.id"}
WRONG = [
    ({"SATUHATI_DEBUG": "mungkin"}, "SATUHATI_DEBUG must be 1 or 0"),
    ({"SATUHATI_TLS": "https"}, "SATUHATI_TLS must be 1 or 0"),
    ({"SATUHATI_TLS": "1"}, "SATUHATI_HOSTS is missing"),
    ({**TLS, "SATUHATI_DEBUG": "1"}, "SATUHATI_DEBUG shows the server's insides"),
    ({"SATUHATI_HOSTS": "https://pokja.contoh.id"}, "SATUHATI_HOSTS holds host names alone"),
    ({"SATUHATI_HOSTS": "pokja.contoh.id:8000"}, "SATUHATI_HOSTS holds host names alone"),
    ({"SATUHATI_HOSTS": "*"}, "SATUHATI_HOSTS holds host names alone"),
    ({"SATUHATI_ADDRESS": "pokja.contoh.id"}, "SATUHATI_ADDRESS must be an address"),
    ({"SATUHATI_ADDRESS": "https://pokja.contoh.id/k/"}, "SATUHATI_ADDRESS must be an address"),
    ({**TLS, "SATUHATI_ADDRESS": "http://pokja.contoh.id"}, "must begin with https://"),
    ({"SATUHATI_SECRET_KEY": "pendek"}, "SATUHATI_SECRET_KEY is too short"),
    ({"DATABASE_URL": "bukan alamat"}, "DATABASE_URL cannot be read"),
    ({"DATABASE_URL": "postgres://u:rahasia@h:porta/x"}, "DATABASE_URL cannot be read"),
    ({"DATABASE_URL": "mysql://u@h/x"}, "DATABASE_URL must name PostgreSQL"),
    ({"DATABASE_URL": "postgres://u@h/"}, "DATABASE_URL names no database"),
    ({"SATUHATI_LINK_DAYS": "0"}, "SATUHATI_LINK_DAYS must be a whole number from 1 to 730"),
    ({"SATUHATI_LINK_DAYS": "9999"}, "SATUHATI_LINK_DAYS must be a whole number"),
    ({"SATUHATI_MAX_UPLOAD_MB": "5,5"}, "SATUHATI_MAX_UPLOAD_MB must be a whole number"),
    ({"SATUHATI_MAIL_PORT": "-1"}, "SATUHATI_MAIL_PORT must be a whole number"),
    ({"SATUHATI_MAIL_USER": "satuhati"}, "SATUHATI_MAIL_PASSWORD is missing"),
]


@pytest.mark.parametrize(
    ("given", "said"), WRONG, ids=[f"{i}-{w[1][:28]}" for i, w in enumerate(WRONG)]
)
def test_a_wrong_value_is_refused_and_named(
    given: dict[str, str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        read_settings(monkeypatch, tmp_path, **given)
    assert said in str(caught.value)
    assert "rahasia" not in str(caught.value)  # a password has no place on a screen


def test_places_that_do_not_work_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match=r"SATUHATI_DATA.*cannot be made"):
        read_settings(monkeypatch, tmp_path / "file")
    for name, damage in {"short": b"abc", "bytes": b"\xff" * 64}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "secret").write_bytes(damage)
        with pytest.raises(ImproperlyConfigured, match=r"secret is damaged: remove it"):
            read_settings(monkeypatch, tmp_path / name)
    (tmp_path / "folder" / "secret").mkdir(parents=True)
    with pytest.raises(ImproperlyConfigured, match="is damaged"):
        read_settings(monkeypatch, tmp_path / "folder")
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "secret").write_text("x" * 64, encoding="ascii")

    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")  # what anybody but root meets

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(ImproperlyConfigured, match="belongs to another user"):
        read_settings(monkeypatch, tmp_path / "foreign")


def test_the_secret_is_made_once_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read_settings(monkeypatch, tmp_path / "data")["SECRET_KEY"]
    assert read_settings(monkeypatch, tmp_path / "data")["SECRET_KEY"] == first
    assert len(first) >= 50
    assert (tmp_path / "data" / "secret").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_behind_tls_everything_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = read_settings(monkeypatch, tmp_path)
    assert not plain["DEBUG"]
    assert plain["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert "SECURE_HSTS_SECONDS" not in plain
    closed = read_settings(monkeypatch, tmp_path, **TLS)
    assert closed["SESSION_COOKIE_SECURE"]
    assert closed["CSRF_COOKIE_SECURE"]
    assert closed["SECURE_SSL_REDIRECT"]
    assert closed["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert "https://pokja.contoh.id" in closed["CSRF_TRUSTED_ORIGINS"]
    assert closed["PASSWORD_HASHERS"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


STOPPED = [
    ({"SATUHATI_DEBUG": "ya"}, "SATUHATI_DEBUG must be 1 or 0"),
    ({"SATUHATI_TLS": "1"}, "SATUHATI_HOSTS is missing"),
    ({"DATABASE_URL": "postgres://u:rahasia@127.0.0.1:1/x"}, "DATABASE_URL: the database cannot"),
    ({}, "SATUHATI_DATA: the database cannot be opened"),
]


@pytest.mark.parametrize(("given", "said"), STOPPED, ids=[w[1][:24] for w in STOPPED])
def test_serve_stops_with_one_sentence(given: dict[str, str], said: str, tmp_path: Path) -> None:
    """As the shell sees it: exit code 2, nothing on standard output, no traceback."""
    (tmp_path / "satuhati.sqlite3").write_bytes(b"not a database at all" * 99)
    names = {v.name for v in VARIABLES}
    run = subprocess.run(
        [sys.executable, "-c", "from satuhati.cli import main; main()", "serve", "--port", "8976"],
        env={k: v for k, v in os.environ.items() if k not in names}
        | {"SATUHATI_DATA": str(tmp_path), "SATUHATI_LANG": "en", **given},
        check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert run.returncode == 2, run.stderr
    assert run.stdout == ""
    assert run.stderr.startswith(f"A setting of the server is wrong: {said}")
    assert len(run.stderr.splitlines()) == 1
    assert "rahasia" not in run.stderr
