"""A zip container looked at before anything opens it: sizes, counts, encryption, entities.

The directory of a zip may lie, so entries are also unpacked and counted, without being kept.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from satuhati.errors import InputError, Problem
from satuhati.formats.csvtext import MAX_MB, too_large
from satuhati.text import Text

MAX_ENTRIES = 2_000
MAX_RATIO = 200
SMALL = 20_000_000
"""Bytes that may unpack from any ratio: small sheets of equal cells pack very well."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTITY = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T|E\x00?N\x00?T\x00?I)")
_CHUNK = 1 << 18

_OLD = Text("Excel lama atau bersandi", "an old or password-protected Excel file")
_NOT_ZIP = Text("bukan arsip .xlsx", "not an .xlsx archive")
_LOCKED = Text("bersandi", "password-protected")
_MACROS = Text("berisi makro", "with macros")
_NO_BOOK = Text("tidak berisi buku kerja", "no workbook inside")
_MANY = Text("terlalu banyak bagian", "too many parts")
_ENTITIES = Text("XML-nya memuat entitas", "its XML declares entities")


def check_workbook(path: Path, max_mb: float = MAX_MB, name: str | None = None) -> None:
    """Refuse whatever is not a plain .xlsx, or unpacks beyond ``max_mb`` million bytes.

    ``name`` is what the file is called in messages. Raises :class:`InputError`; returns only if
    every entry could be unpacked within the limits.
    """
    name = name or path.name
    try:
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise InputError(Problem("not_a_regular_file", name))
        if not path.exists():
            raise InputError(Problem("file_missing", name))
        size = path.stat().st_size
        if size == 0:
            raise InputError(Problem("workbook_kind", name, fields={"why": _NOT_ZIP}))
        if size >= max_mb * 1_000_000:
            raise too_large(name, size, max_mb)
        with path.open("rb") as file:
            head = file.read(8)
        if head == _OLE:
            raise InputError(Problem("workbook_kind", name, fields={"why": _OLD}))
        with zipfile.ZipFile(path) as archive:
            _check(archive, name, size, max_mb)
    except zipfile.BadZipFile:
        raise InputError(Problem("workbook_kind", name, fields={"why": _NOT_ZIP})) from None
    except (OSError, EOFError, zlib.error, ValueError, RuntimeError, NotImplementedError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise InputError(Problem("workbook_broken", name, fields={"why": why})) from None


def _check(archive: zipfile.ZipFile, name: str, size: int, max_mb: float) -> None:
    entries = archive.infolist()
    names = {e.filename.lower() for e in entries}
    if len(entries) > MAX_ENTRIES:
        raise InputError(Problem("workbook_unpacks_too_large", name, fields={"why": _MANY}))
    if any(e.flag_bits & 1 for e in entries):
        raise InputError(Problem("workbook_kind", name, fields={"why": _LOCKED}))
    if any(n.endswith("vbaproject.bin") for n in names):
        raise InputError(Problem("workbook_kind", name, fields={"why": _MACROS}))
    if "[content_types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise InputError(Problem("workbook_kind", name, fields={"why": _NO_BOOK}))
    limit = int(max_mb * 1_000_000)
    limit = min(limit, max(SMALL, size * MAX_RATIO))
    _within(sum(e.file_size for e in entries), limit, name)
    total = 0
    for entry in entries:
        with archive.open(entry) as stream:
            tail = b""
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                _within(total, limit, name)
                if _ENTITY.search(tail + chunk):
                    raise InputError(Problem("workbook_broken", name, fields={"why": _ENTITIES}))
                tail = chunk[-16:]


def _within(total: int, limit: int, name: str) -> None:
    if total > limit:
        why = f"> {limit / 1_000_000:.0f} MB"
        raise InputError(Problem("workbook_unpacks_too_large", name, fields={"why": why}))
