"""Files that people attach to a row: kept in the data folder, known by their content.

A file belongs to a row by the row's table and public id, so that it stays where it is when a
package replaces the rows. It lies under a name of ours; what the person called it is only said
again on fetching it. Whoever shows a file asks for the right first.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.http import FileResponse, Http404
from django.utils import timezone
from django_scopes import ScopedManager

from satuhati.text import Translator
from satuhati.web.tenancy.pictures import READABLE, BadPhotoError, reencoded
from satuhati.web.tenancy.who import Who

FOLDER = "attached"
"""Beside the folders of the jobs, which are numbers; the backup takes all of it."""
NAME_BYTES = 120
HEAD = 1024
PDF_FROM = 1024
"""Readers of PDF accept its mark anywhere in the first kilobyte; we do so too."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file by its content."""

    suffix: str
    media: str


PDF = Kind(".pdf", "application/pdf")
JPEG, PNG = Kind(".jpg", "image/jpeg"), Kind(".png", "image/png")
WEBP = Kind(".webp", "image/webp")
PHOTOS = (JPEG, PNG, WEBP)
BY_SUFFIX = {kind.suffix: kind for kind in (PDF, *PHOTOS)}


class KeptFile(models.Model):
    """A file that belongs to a row of the records."""

    community = models.ForeignKey("web.Community", models.CASCADE, related_name="+")
    key = models.CharField(max_length=32, unique=True)
    table = models.CharField(max_length=40)
    code = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    suffix = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey("web.User", models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[Any] = ScopedManager(community="community")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["community", "table", "code"], name="file_by_row")
        ]

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def path(self) -> Path:
        return Path(settings.UPLOADS) / FOLDER / str(self.community_id) / f"{self.key}{self.suffix}"


def kind_of(head: bytes) -> Kind | None:
    """What a file is by its first bytes, whatever it is called; ``None`` if none of ours."""
    if b"%PDF-" in head[:PDF_FROM]:
        return PDF
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    return None


def wrong_with(sent: Any, kinds: tuple[Kind, ...], megabytes: int, t: Translator) -> str:
    """Why a file that was sent cannot be kept, kindly; empty if it can."""
    limit = min(megabytes, settings.MAX_UPLOAD_MB)
    if sent is None:
        return t("Please choose a file.")
    if sent.size > limit * 1_000_000:
        return t("The file is larger than {limit} MB.", limit=t.number(limit))
    sent.seek(0)
    found = kind_of(sent.read(HEAD))
    sent.seek(0)
    if found in PHOTOS and found in kinds:
        try:
            reencoded(sent.read(), READABLE)
        except BadPhotoError:
            return t("This photo cannot be read. Please send a JPEG, PNG or WebP.")
        finally:
            sent.seek(0)
    if found not in kinds:
        if PDF in kinds:
            return t("This is neither a PDF nor a photo (JPEG, PNG or WebP). Please send one.")
        return t("This is no photo we know. Please send a JPEG, PNG or WebP.")
    return ""


def keep(by: Who, sent: Any, table: str, code: str) -> KeptFile:
    """Keep a file that :func:`wrong_with` had nothing against; the caller holds a transaction.

    Of a photo only the picture is kept, as a JPEG: not where and with which phone it was taken.
    Written whole before its row is: a row never speaks of half a file. Of a transaction that
    fails a file without a row may be left, which nobody can reach; :func:`sweep` removes it.
    """
    sent.seek(0)
    kind = kind_of(sent.read(HEAD))
    if kind is None:
        raise ValueError("no kind of file that is kept")
    content = None
    if kind in PHOTOS:
        sent.seek(0)
        content, kind = reencoded(sent.read(), READABLE).content, JPEG
    made = KeptFile(
        community=by.community, key=secrets.token_hex(16), table=table, code=code,
        name=own_name(sent.name or "", kind.suffix), suffix=kind.suffix,
        size=sent.size if content is None else len(content), added_by=by.user,
    )  # fmt: skip
    made.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    sent.seek(0)
    with open(os.open(made.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        for piece in sent.chunks() if content is None else (content,):
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    made.sha256 = digest.hexdigest()
    made.save()
    return made


def own_name(name: str, suffix: str) -> str:
    """The person's own name of a file: its letters, digits and plain marks, and our ending."""
    stem = Path(name.replace("\\", "/")).stem
    plain = "".join(c if c.isalnum() or c in "-_ ." else "_" for c in stem)
    while len(plain.encode()) > NAME_BYTES:
        plain = plain[:-1]
    return f"{plain.strip(' .') or 'berkas'}{suffix}"


def files_of(table: str, codes: list[str]) -> dict[str, list[KeptFile]]:
    """The files of rows, in the order in which they came. One query, in the open scope."""
    found: dict[str, list[KeptFile]] = {}
    for one in KeptFile.objects.filter(table=table, code__in=codes).order_by("pk"):
        found.setdefault(one.code, []).append(one)
    return found


def given(file: KeptFile) -> FileResponse:
    """The file itself, always to be saved: nothing somebody sent is shown as a page of ours."""
    if not file.path.is_file():
        raise Http404
    answer = FileResponse(
        file.path.open("rb"),
        as_attachment=True,
        filename=file.name,
        content_type=BY_SUFFIX[file.suffix].media,
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def drop(file: KeptFile) -> None:
    """Take a file away; from the disk once that is certain."""
    path = file.path
    file.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def sweep(older_than: float) -> int:
    """Remove files that no row speaks of and that are older than a moment; how many."""
    known = set(KeptFile._base_manager.values_list("key", flat=True))
    gone = 0
    for path in (Path(settings.UPLOADS) / FOLDER).glob("*/*"):
        if path.stem not in known and path.stat().st_mtime < older_than:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
