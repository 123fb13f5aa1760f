"""Settings that come from the environment, each read once and refused loudly when wrong."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

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


def data_folder() -> Path:
    """Where database, uploads and the secret lie: ``SATUHATI_DATA``, else a folder of the user's.

    Made if missing, readable by its owner only.
    """
    given = text("SATUHATI_DATA")
    home = Path(text("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    folder = Path(given).expanduser() if given else home / "satuhati"
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
    path = folder / "secret"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept = path.read_text(encoding="ascii").strip()
        if len(kept) < 32:
            raise ImproperlyConfigured(
                f"{path} is damaged: remove it (everyone then signs in again)."
            ) from None
        return kept
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be written ({error.strerror}). Name another SATUHATI_DATA."
        ) from None
    made = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(made)
    return made
