"""The body of a submission: whole or refused. A cut connection never leaves half of it.

Django's parser takes a body that ends early for a shorter one. Here the length must be the one
that was announced, and the last part must be closed by the boundary.
"""

from __future__ import annotations

import contextlib
import mmap
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from typing import IO, Any

XML_PART = "xml_submission_file"
IN_MEMORY = 512_000
PIECE = 65_536
MOST_PARTS = 1_000
HEAD = 4_096
_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]")


class CutShortError(Exception):
    """Fewer bytes than announced, or no end."""


class TooLargeError(Exception):
    """More bytes or parts than are taken."""


class NoSubmissionError(Exception):
    """No multipart body with exactly one submission in it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file that came along: its name, and where it lies in the body."""

    name: str
    body: Any
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def pieces(self) -> Iterator[bytes]:
        for at in range(self.start, self.end, PIECE):
            yield self.body[at : min(at + PIECE, self.end)]

    def content(self) -> bytes:
        found: bytes = self.body[self.start : self.end]
        return found


def boundary_of(content_type: str) -> bytes:
    """The boundary a ``Content-Type`` names."""
    message = Message()
    try:
        message["Content-Type"] = content_type
        kind, given = message.get_content_type(), message.get_boundary("")
    except (ValueError, LookupError, TypeError):
        raise NoSubmissionError from None
    if kind != "multipart/form-data" or not given or not _BOUNDARY.fullmatch(given):
        raise NoSubmissionError
    return given.encode("ascii")


@contextlib.contextmanager
def received(stream: IO[bytes], announced: int | None, most: int) -> Iterator[Any]:
    """The whole body, in memory or, if large, in a file without a name. Bytes-like either way."""
    if announced is not None and announced > most:
        raise TooLargeError
    if announced is not None and announced <= IN_MEMORY:
        small = stream.read(announced)
        while len(small) < announced and (more := stream.read(announced - len(small))):
            small += more
        if len(small) != announced:
            raise CutShortError
        yield small
        return
    with tempfile.TemporaryFile(prefix="satuhati-") as kept:
        size = 0
        while piece := stream.read(PIECE if announced is None else min(PIECE, announced - size)):
            size += len(piece)
            if size > most:
                raise TooLargeError
            kept.write(piece)
        if announced is not None and size != announced:
            raise CutShortError
        if not size:
            raise CutShortError
        kept.flush()
        with mmap.mmap(kept.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            yield mapped


def parts_of(body: Any, boundary: bytes) -> tuple[bytes, list[Part]]:
    """The XML of the submission, and the files beside it."""
    mark = b"--" + boundary
    at = body.find(mark)
    if at < 0 or (at > 0 and body[at - 2 : at] != b"\r\n"):
        raise CutShortError if len(body) < len(mark) else NoSubmissionError
    at += len(mark)
    xml: list[bytes] = []
    files: dict[str, Part] = {}
    seen = 0
    while True:
        following = body[at : at + 2]
        if following == b"--":
            break
        if following != b"\r\n":
            raise CutShortError
        seen += 1
        if seen > MOST_PARTS:
            raise TooLargeError
        head_end = body.find(b"\r\n\r\n", at, at + HEAD)
        if head_end < 0:
            raise CutShortError
        start = head_end + 4
        end = body.find(b"\r\n" + mark, max(head_end + 2, 0))
        if end < 0:
            raise CutShortError
        name, filename = _named(body[at + 2 : head_end])
        part = Part(filename or name, body, min(start, end), end)
        at = end + 2 + len(mark)
        if name == XML_PART:
            xml.append(part.content())
        elif filename:
            if part.name in files:
                raise NoSubmissionError
            files[part.name] = part
        # Fields without a file (``*isIncomplete*``, ``Date``) say nothing we need.
    if len(xml) != 1:
        raise NoSubmissionError
    return xml[0], list(files.values())


_FIELD = re.compile(r';\s*(filename|name)="((?:[^"\\]|\\.)*)"|;\s*(filename|name)=([^\s;"]+)')


def _named(head: bytes) -> tuple[str, str]:
    """Name and file name of a part; without folders, whichever way they are written."""
    for line in head.decode("utf-8", "replace").split("\r\n"):
        key, colon, value = line.partition(":")
        if colon and key.strip().lower() == "content-disposition":
            given = {m[1] or m[3]: m[2] if m[1] else m[4] for m in _FIELD.finditer(value)}
            filename = (given.get("filename") or "").replace(r"\"", '"')
            return given.get("name", ""), filename.replace("\\", "/").rpartition("/")[2]
    return "", ""
