"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path

from satuhati.errors import InputError, Problem


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write all files, or none of those not yet in place.

    Every file is first written beside its place; only when all are complete do they take their
    names. Raises :class:`InputError` naming the file that could not be written.
    """
    ready: list[tuple[str, Path]] = []
    at: Path | None = None
    try:
        for at, data in files.items():
            handle, temporary = tempfile.mkstemp(prefix=f".{at.name}.", dir=at.parent)
            ready.append((temporary, at))
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            os.chmod(temporary, 0o666 & ~_umask())  # mkstemp's 0600 would surprise a reader
        while ready:
            temporary, at = ready[0]
            os.replace(temporary, at)
            ready.pop(0)
    except OSError as error:
        why = error.strerror or type(error).__name__
        name = at.name if at is not None else None
        raise InputError(Problem("output_unwritable", name, fields={"why": why})) from None
    finally:
        for temporary, _ in ready:
            Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def make_folder(path: Path) -> nullcontext[Path]:
    """The folder, made if missing. Raises :class:`InputError` when it cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(Problem("output_unwritable", path.name, fields={"why": why})) from None
    return nullcontext(path)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as place:
        yield Path(place)
