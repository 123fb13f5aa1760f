"""E-mail before a mail server is named: kept as files in the data folder, for trying out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail.backends.filebased import EmailBackend


class FolderBackend(EmailBackend):
    """Writes each message to ``mail/`` in the data folder."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        folder = settings.DATA / "mail"
        folder.mkdir(mode=0o700, exist_ok=True)
        super().__init__(*args, file_path=str(folder), **kwargs)
