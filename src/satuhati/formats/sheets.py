"""What reading and writing a workbook share: names of sheets, text as Excel keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from satuhati.schema import TABLES
from satuhati.schema.choices import unambiguous
from satuhati.text import Text

HELP = Text("Petunjuk", "Instructions")
CHOICES = Text("Pilihan", "Choices")
ANSWERS = Text("Jawaban ", "Answers ")
ANSWERS_CODE = "answers_"
"""The sheets of answers, ``answers_<instrument>``, are also known by this name."""
MAX_NAME = 31
MAX_CELL = 32_767
MAX_ROWS = 1_048_576

# What XML cannot hold, or would change: Excel writes such characters as _xHHHH_.
_HIDDEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0d\\x0e-\\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_CODE = re.compile("_x([0-9A-Fa-f]{4})_")


def to_cell(text: str) -> str:
    """Text as it is written into a cell; :func:`from_cell` is the inverse."""
    return _HIDDEN.sub(lambda m: f"_x{ord(m.group()):04X}_", text)


def from_cell(text: str) -> str:
    """Text of a cell. Codes of no character (NUL, half of a pair) are left as they stand."""
    return _CODE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    number = int(match.group(1), 16)
    return match.group() if number == 0 or 0xD800 <= number <= 0xDFFF else chr(number)


# Labels that are too long for the name of a sheet.
_SHORT = {
    "requests": Text("Permintaan ke lembaga luar", "Requests to institutions"),
    "voices": Text("Pertanyaan dan usulan warga", "Questions and proposals"),
}


def title(table: str) -> Text:
    """What the sheet of a table is called."""
    return _SHORT.get(table, TABLES[table].label)


@lru_cache(maxsize=1)
def tables_by_title() -> Mapping[str, str]:
    """Every name (:func:`folded`) that a sheet may have, to its table."""
    names = [(n, label) for n, t in TABLES.items() for label in (title(n), t.label)]
    return unambiguous(names)


def answer_sheets(instruments: Iterable[str], prefix: str) -> dict[str, str]:
    """Sheet name of each instrument's answers; the same for the same set of instruments.

    Names beyond 31 characters are cut and numbered.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for code in sorted(set(instruments)):
        name = prefix + re.sub(r"[\[\]:*?/\\]", "_", code)
        if len(name) > MAX_NAME or name.casefold() in taken:
            n = 1
            while (name := f"{name[: MAX_NAME - 4]}~{n}").casefold() in taken:
                n += 1
        taken.add(name.casefold())
        names[code] = name
    return names
