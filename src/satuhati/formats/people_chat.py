"""Before the content of a line: who sent it when, and letters that number it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from satuhati.formats.people_headings import only_intro, read_heading
from satuhati.formats.people_marks import numbered

_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
_TIME = r"\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
_CHAT = re.compile(rf"\[?(?:{_DATE},?\s+{_TIME}|{_TIME},?\s+{_DATE})\]?\s*(?:[-–]\s*)?(.*)", re.S)
_SENDER = re.compile(r"[^:]{1,60}:(?:\s+|$)(.*)", re.S)
_SYSTEM = re.compile(
    r"media (?:tidak disertakan|omitted)|pesan (?:ini|anda) (?:telah )?dihapus"
    r"|menghapus pesan|message was deleted|deleted this message|terenkripsi|end-to-end"
    r"|menggunakan tautan|invite link|^<[^<>]*>$|^\[?(?:diteruskan|forwarded)\]?$"
    r"|^(?:gambar|foto|video|stiker|audio|dokumen) tidak disertakan$",
    re.IGNORECASE,
)


def without_chat(text: str) -> str | None:
    """The message of a line copied from a chat; ``None`` for a note by WhatsApp itself."""
    if chat := _CHAT.match(text):
        message = _SENDER.match(chat.group(1))
        if not message:
            return None
        text = message.group(1)
    return None if _SYSTEM.search(text) else text


_LETTER = re.compile(r"\W*([A-Za-z])[.)]\s+(?=\S)")
_ROMAN = re.compile(r"\(?([IVX]{1,5})[.)]\s*(?=\S)")
_LETTERED = re.compile(r"\(?\w{1,5}[.)]\s*")
_SMALL = frozenset(f"{c}{m}" for c in "abcdefgijklnop" for m in ".)")


def letters(lines: Sequence[str]) -> frozenset[int]:
    """Lines that a letter numbers, in a run from a; "H. Slamet" alone is no such run."""
    numbering: set[int] = set()
    run: list[int] = []
    last = ""
    for number, line in enumerate(lines, 1):
        match = _LETTER.match(line[:40])
        if not match:
            continue
        letter = match.group(1)
        if run and ord(letter) == ord(last) + 1:
            run.append(number)
        else:
            run = [number] if letter in "aA" else []
        last = letter
        if len(run) > 1:
            numbering.update(run)
    return frozenset(numbering)


def by_roman(text: str) -> bool:
    """Whether a Roman number stands before a heading, or cannot be an initial."""
    match = _ROMAN.match(text)
    if not match:
        return False
    rest = text[match.end() :].partition(":")[0].strip()
    return len(match.group(1)) > 1 or read_heading(rest) is not None or only_intro(rest)


def without_letter(text: str, run: bool) -> str | None:
    """Text without the letter or Roman number before it; ``None`` if there is none.

    ``run`` says that the line stands in a run of letters (:func:`letters`).
    """
    if not (run or text[:2] in _SMALL or by_roman(text)):
        return None
    return numbered(_LETTERED.sub("", text, count=1))[2]
