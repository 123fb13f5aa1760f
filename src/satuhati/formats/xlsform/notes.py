"""What pyxform notes about a form it accepts, in both languages where it is one we know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from satuhati.errors import Doubt

MOST = 10
_MISSING = re.compile(r"Language '(.+?)' is missing the (\w+) (?:(\w+) column|columns (.+?))\.$")
_ROW = re.compile(r"\[row : (\d+)\]\s*")


def noted(messages: list[str]) -> list[Doubt]:
    """Notes as doubts: the known ones in our words, the others as they are, in English."""
    return [doubt for message in messages for doubt in _each(str(message))][:MOST]


def _each(message: str) -> Iterator[Doubt]:
    for line in message.splitlines() if _MISSING.match(message) else [message]:
        missing = _MISSING.match(line.strip())
        if missing:
            language, sheet, one, several = missing.groups()
            fields = {"language": language, "sheet": sheet, "columns": one or several}
            yield Doubt("form_column_untranslated", fields)
        elif "or_other and translations" in line:
            yield Doubt("form_other_untranslated")
        elif "max-pixels" in line and (row := _ROW.match(line)):
            yield Doubt("form_photo_size", {"row": int(row[1])})
        else:
            yield Doubt("form_pyxform", {"why": " ".join(line.split())})
