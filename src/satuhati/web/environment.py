"""Settings that come from the environment, each read once and refused loudly when wrong."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

DATABASE_FILE, UPLOADS_FOLDER, SECRET_FILE = "satuhati.sqlite3", "files", "secret"
"""What lies in the data folder and cannot be made again."""
TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def whole(name: str, default: int, *, low: int, high: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal() or not low <= int(value) <= high:
        raise ImproperlyConfigured(
            f"{name} must be a whole number from {low} to {high}, not {value!r}."
        )
    return int(value)


def words(name: str) -> list[str]:
    return [w.strip() for w in os.environ.get(name, "").split(",") if w.strip()]


def hosts(name: str) -> list[str]:
    """Host names, as a browser sends them but without port."""
    found = [w.lower() for w in words(name)]
    for host in found:
        if not re.fullmatch(r"\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]", host):
            raise ImproperlyConfigured(
                f"{name} holds host names alone, without https:// and port, such as "
                f"pokja.contoh.id; not {host!r}."
            )
    return found


def address(name: str, *, tls: bool) -> str:
    """Where people reach the server; empty if not given."""
    given = text(name).rstrip("/")
    if given and not re.fullmatch(r"https?://[^/\s?#@]+", given):
        raise ImproperlyConfigured(
            f"{name} must be an address such as https://pokja.contoh.id, not {given!r}."
        )
    if tls and given.startswith("http:"):
        raise ImproperlyConfigured(f"{name} must begin with https:// when SATUHATI_TLS is 1.")
    return given


def data_path() -> Path:
    """Where database, uploads and the secret lie: ``SATUHATI_DATA``, else a folder of the user's.

    It may not be there yet.
    """
    given = text("SATUHATI_DATA")
    home = Path(text("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return Path(given).expanduser() if given else home / "satuhati"


def data_folder() -> Path:
    """The data folder; made if missing, readable by its owner only."""
    folder = data_path()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ImproperlyConfigured(
            f"SATUHATI_DATA: {folder} cannot be made ({error.strerror}). "
            "Name a folder you may write to."
        ) from None
    return folder.resolve()


def secret_key(folder: Path) -> str:
    """``SATUHATI_SECRET_KEY``, else a secret made once and kept in the data folder."""
    given = text("SATUHATI_SECRET_KEY")
    if given:
        if len(given) < 32:
            raise ImproperlyConfigured("SATUHATI_SECRET_KEY is too short: 32 characters or more.")
        return given
    path = folder / SECRET_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _kept_secret(path)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be written ({error.strerror}). Name another SATUHATI_DATA."
        ) from None
    made = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(made)
    return made


def _kept_secret(path: Path) -> str:
    try:
        kept = path.read_text(encoding="ascii").strip()
    except PermissionError:
        raise ImproperlyConfigured(
            f"{path} cannot be read: it belongs to another user. Run the server as its owner, or "
            "name another SATUHATI_DATA."
        ) from None
    except (OSError, UnicodeDecodeError):
        kept = ""
    if len(kept) < 32:
        raise ImproperlyConfigured(f"{path} is damaged: remove it (everyone then signs in again).")
    return kept
