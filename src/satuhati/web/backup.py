"""Backup and restore of a data folder: database, uploads and secret in one archive.

Works on files alone and needs no settings but the place of the data folder, so that it helps when
nothing else starts. The database is copied as SQLite copies one in use: the server may run on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from satuhati.errors import InputError, Problem
from satuhati.schema import SCHEMA_VERSION
from satuhati.web.environment import DATABASE_FILE, SECRET_FILE, UPLOADS_FOLDER

FORMAT = 1
MANIFEST = "manifest.json"
"""The last file of the archive: one that was cut off has none."""
SINGLE = (DATABASE_FILE, SECRET_FILE, "demo.json")
STAMP = "last-backup"
ASIDE, NEW = "before-restore-", ".restore-"
NOT_OURS = ("lost+found",)
MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Backup:
    """What an archive holds. ``migration`` is the newest change of the database it knows."""

    made_at: str
    program: str
    schema_version: int
    migration: str
    communities: int
    secret: bool
    files: dict[str, dict[str, Any]]

    @property
    def uploads(self) -> int:
        return sum(name not in SINGLE for name in self.files)


def make_backup(data: Path, target: Path, *, overwrite: bool = False) -> Backup:
    """Write the archive, whole or not at all, readable by its owner only.

    Raises :class:`InputError` where there is nothing to keep, the database is damaged, or the
    archive cannot be written.
    """
    if not (data / DATABASE_FILE).is_file():
        raise InputError(Problem("data_folder_without_database", data.name))
    if target.exists() and not (overwrite and target.is_file()):
        raise InputError(Problem("file_exists", target.name))
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as place:
            made = _pack(data, Path(place))
            os.replace(Path(place) / "archive", target)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(Problem("output_unwritable", target.name, fields={"why": why})) from None
    with open(data / STAMP, "w", encoding="ascii") as stamp:
        stamp.write(made.made_at)
    return made


def _pack(data: Path, place: Path) -> Backup:
    copy, archive = place / "copy", place / "archive"
    files: dict[str, dict[str, Any]] = {}
    descriptor = os.open(archive, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        with tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as packed:
            # The database first: a file that comes after it is one too many, not one missing.
            _copy_database(data / DATABASE_FILE, copy)
            communities, migration = _look(copy)
            files[DATABASE_FILE] = _add(packed, DATABASE_FILE, copy)
            for name, path in _others(data):
                try:
                    shutil.copyfile(path, copy)  # nobody changes the copy while it is packed
                except FileNotFoundError:
                    continue  # tidied away meanwhile
                files[name] = _add(packed, name, copy)
            made = Backup(
                made_at=dt.datetime.now(dt.UTC).isoformat("T", "seconds"),
                program=version("satuhati"),
                schema_version=SCHEMA_VERSION,
                migration=migration,
                communities=communities,
                secret=SECRET_FILE in files,
                files=files,
            )
            text = json.dumps({"format": FORMAT, **{k: getattr(made, k) for k in _FIELDS}})
            entry = tarfile.TarInfo(MANIFEST)
            entry.size, entry.mode = len(text.encode()), 0o600
            packed.addfile(entry, io.BytesIO(text.encode()))
        out.flush()
        os.fsync(out.fileno())
    return made


_FIELDS = tuple(Backup.__dataclass_fields__)


def _copy_database(source: Path, target: Path) -> None:
    """A copy at one moment of a database that may be in use; a single file, without a journal."""
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=rw", uri=True)) as found,
            closing(sqlite3.connect(target)) as copy,
        ):
            found.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        raise InputError(
            Problem("database_broken", source.name, fields={"why": str(error)})
        ) from None


def _look(database: Path) -> tuple[int, str]:
    """How many communities, and the newest migration. Raises where the database is damaged."""
    try:
        with closing(sqlite3.connect(database)) as opened:
            said = opened.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if said != "ok":
                raise sqlite3.DatabaseError(said)
            communities = opened.execute("SELECT count(*) FROM web_community").fetchone()[0]
            migration = opened.execute(
                "SELECT max(name) FROM django_migrations WHERE app = 'web'"
            ).fetchone()[0]
    except sqlite3.DatabaseError as error:
        why = str(error).splitlines()[0]
        raise InputError(Problem("database_broken", DATABASE_FILE, fields={"why": why})) from None
    return int(communities), str(migration or "")


def _others(data: Path) -> Iterator[tuple[str, Path]]:
    for name in SINGLE[1:]:
        if (data / name).is_file():
            yield name, data / name
    for path in sorted((data / UPLOADS_FOLDER).rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(data).as_posix(), path


def _add(packed: tarfile.TarFile, name: str, path: Path) -> dict[str, Any]:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = path.stat().st_size, 0o600
    with path.open("rb") as content:
        packed.addfile(entry, content)
    return {"size": entry.size, "sha256": _hash(path)}


def _hash(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def restore(source: Path, data: Path, *, force: bool = False) -> tuple[Backup, Path | None]:
    """Put a backup in place; with ``force`` what is in the folder is moved aside, and where to.

    Everything is unpacked and looked through before anything is moved. Raises
    :class:`InputError`; the data folder is then as it was.
    """
    there = [p for p in data.iterdir() if _counts(p.name)] if data.is_dir() else []
    if there and not force:
        raise InputError(Problem("data_folder_taken", data.name))
    if is_in_use(data / DATABASE_FILE):
        raise InputError(Problem("server_running", data.name))
    if not source.is_file():
        raise InputError(Problem("file_missing", source.name))
    made_here = not data.exists()
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = Path(tempfile.mkdtemp(prefix=NEW, dir=data))
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(Problem("output_unwritable", data.name, fields={"why": why})) from None
    try:
        found = _unpack(source, place)
        _own(place, data)
        return found, _put_in_place(place, data, there)
    except BaseException:  # also when interrupted: nothing half done is left behind
        shutil.rmtree(place, ignore_errors=True)
        if made_here:
            data.rmdir()
        raise


def _counts(name: str) -> bool:
    return name not in NOT_OURS and not name.startswith((ASIDE, NEW))


def is_in_use(database: Path) -> bool:
    """Whether a server has the database open."""
    if not database.is_file():
        return False
    try:
        with closing(
            sqlite3.connect(f"{database.resolve().as_uri()}?mode=rw", uri=True, timeout=0)
        ) as opened:
            opened.execute("PRAGMA locking_mode=EXCLUSIVE")
            opened.execute("BEGIN EXCLUSIVE")
            opened.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:  # a damaged one is in nobody's use
        return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return False


def _broken(source: Path, why: str) -> InputError:
    return InputError(Problem("backup_broken", source.name, fields={"why": why}))


def _unpack(source: Path, place: Path) -> Backup:
    """Unpack into an empty folder and look whether all is there and whole."""
    room = shutil.disk_usage(place).free * 0.95
    hashes: dict[str, str] = {}
    manifest = b""
    try:
        with tarfile.open(source, "r:gz") as packed:
            for entry in packed:
                content = packed.extractfile(entry) if entry.isreg() else None
                if content is None or not _is_ours(entry.name) or entry.name in hashes:
                    raise _broken(source, entry.name)
                room -= entry.size
                if room < 0:
                    raise InputError(
                        Problem("output_unwritable", source.name, fields={"why": "disk full"})
                    )
                if entry.name == MANIFEST:
                    manifest = content.read(100_000_000)
                    continue
                path = place / entry.name
                path.parent.mkdir(parents=True, exist_ok=True)
                with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                    shutil.copyfileobj(content, out, 1 << 20)
                    out.flush()
                    os.fsync(out.fileno())
                hashes[entry.name] = _hash(path)
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise _broken(source, type(error).__name__) from None
    except OSError as error:
        raise _broken(source, error.strerror or type(error).__name__) from None
    found = _read_manifest(source, manifest)
    for name in {*hashes, *found.files}:
        if hashes.get(name) != found.files.get(name, {}).get("sha256"):
            raise _broken(source, name)
    if DATABASE_FILE not in hashes:
        raise _broken(source, DATABASE_FILE)
    known = {p.stem for p in MIGRATIONS.glob("[0-9]*.py")}
    try:
        _, migration = _look(place / DATABASE_FILE)
    except InputError:
        raise _broken(source, DATABASE_FILE) from None
    if migration and migration not in known:
        raise InputError(Problem("backup_newer", source.name, fields={"found": found.program}))
    return found


def _is_ours(name: str) -> bool:
    """Whether an archive of ours can hold a file of this name: none outside the folder."""
    parts = PurePosixPath(name).parts
    inside = len(parts) > 1 and parts[0] == UPLOADS_FOLDER and ".." not in parts
    return name in (*SINGLE, MANIFEST) or inside


def _read_manifest(source: Path, text: bytes) -> Backup:
    try:
        read = json.loads(text)
        number = read["format"]
        if not isinstance(number, int) or not isinstance(read["files"], dict):
            raise TypeError
        if number > FORMAT:
            fields = {"found": read.get("program", "?")}
            raise InputError(Problem("backup_newer", source.name, fields=fields))
        return Backup(**{name: read[name] for name in _FIELDS})
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _broken(source, MANIFEST) from None


def _own(place: Path, data: Path) -> None:
    """For the owner of the data folder alone; root restores for whoever that is."""
    owner = data.stat()
    for path in (place, *place.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
        if os.geteuid() == 0:
            os.chown(path, owner.st_uid, owner.st_gid)


def _put_in_place(place: Path, data: Path, there: list[Path]) -> Path | None:
    """Move the old aside and the new in; a move that fails is taken back."""
    aside: Path | None = None
    moved: list[tuple[Path, Path]] = []
    try:
        if there:
            now = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S")
            aside = Path(tempfile.mkdtemp(prefix=f"{ASIDE}{now}-", dir=data))
            _own(aside, data)
        for path in there:
            if aside is not None:
                moved.append((path, aside / path.name))
                path.rename(aside / path.name)
        for path in list(place.iterdir()):
            moved.append((path, data / path.name))
            path.rename(data / path.name)
        place.rmdir()
    except OSError as error:
        for before, after in reversed(moved):
            if after.exists():
                after.rename(before)
        if aside is not None:
            aside.rmdir()
        why = error.strerror or type(error).__name__
        raise InputError(Problem("output_unwritable", data.name, fields={"why": why})) from None
    return aside
