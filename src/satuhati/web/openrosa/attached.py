"""Files that came with a form: photos drawn anew by the worker, all of a round in one download."""

from __future__ import annotations

import contextlib
import os
import tempfile
import zipfile
from typing import IO, Any

from django.db import transaction
from django_scopes import scopes_disabled

from satuhati.web.openrosa.models import RAW, TABLE, Submission
from satuhati.web.tenancy.files import HEAD, PHOTOS, KeptFile, kind_of
from satuhati.web.tenancy.pictures import READABLE, BadPhotoError, reencoded
from satuhati.web.tenancy.who import Who

CLEAN, PHOTO = ".dat", ".jpg"
PHOTOS_AT_ONCE = 100


def clean_files(most: int = PHOTOS_AT_ONCE) -> int:
    """Of photos keep only the picture, not where and with which phone it was taken; how many.

    The digest stays that of the file as it came: by it a repetition is known.
    """
    with scopes_disabled():
        waiting = list(KeptFile.objects.filter(table=TABLE, suffix=RAW)[:most])
        for file in waiting:
            _clean(file)
    return len(waiting)


def _clean(file: KeptFile) -> None:
    raw = file.path
    try:
        content = raw.read_bytes()
    except FileNotFoundError:  # taken back meanwhile
        content = b""
    suffix = CLEAN
    if kind_of(content[:HEAD]) in PHOTOS:
        with contextlib.suppress(BadPhotoError):  # whatever it is, it is not shown by us
            content, suffix = reencoded(content, READABLE).content, PHOTO
    file.suffix, file.size = suffix, len(content)
    with open(os.open(file.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    with transaction.atomic():
        changed = KeptFile.objects.filter(pk=file.pk, suffix=RAW).update(
            suffix=suffix, size=len(content)
        )
    (raw if changed else file.path).unlink(missing_ok=True)


def get_files_for(who: Who, round_code: str) -> list[KeptFile]:
    """The files of a round that are ready to be given out, by submission."""
    codes = [str(pk) for pk in Submission.objects.filter(round=round_code).values_list(
        "pk", flat=True)]  # fmt: skip
    found: list[KeptFile] = []
    for at in range(0, len(codes), 500):
        found += KeptFile.objects.filter(table=TABLE, code__in=codes[at : at + 500]).exclude(
            suffix=RAW
        )
    return sorted(found, key=lambda f: (f.code, f.name))


def zip_of(files: list[KeptFile]) -> IO[Any]:
    """All of them, in a folder for each form; folders are numbers that name nobody."""
    number = {code: n for n, code in enumerate(dict.fromkeys(f.code for f in files), 1)}
    made: IO[Any] = tempfile.TemporaryFile(prefix="satuhati-")  # noqa: SIM115  closed when sent
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            if file.path.is_file():
                archive.write(file.path, f"{number[file.code]:04d}/{plain(file.name)}")
    made.seek(0)
    return made


def plain(name: str) -> str:
    """A name that any computer can write: its letters, digits and plain marks."""
    kept = "".join(c if c.isalnum() or c in "-_ ." else "_" for c in name)[:100]
    return kept.strip(" .") or "berkas"
