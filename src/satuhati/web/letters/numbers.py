"""The form of a letter number: ``{nomor:03}/POKJA-KB/{bulan-romawi}/{tahun}``."""

from __future__ import annotations

import datetime as dt
import re

from satuhati.reports.papers.blocks import roman_month
from satuhati.text import Translator

USUAL = "{nomor:03}/POKJA-KB/{bulan-romawi}/{tahun}"
LONGEST = 80
_PLACE = re.compile(r"\{(nomor|bulan-romawi|bulan|tahun)(?::0?([1-9]))?\}")


def numbered(form: str, number: int, day: dt.date) -> str:
    """The number of a letter in this form: ``004/POKJA-KB/XI/2026``."""

    def put(match: re.Match[str]) -> str:
        name, width = match[1], int(match[2] or 0)
        if name == "bulan-romawi":
            return roman_month(day.month)
        return str({"nomor": number, "bulan": day.month, "tahun": day.year}[name]).zfill(width)

    return _PLACE.sub(put, form)


def wrong_format(form: str, t: Translator) -> str:
    """What is wrong with a form, in one sentence; nothing if it is right."""
    places = [match[1] for match in _PLACE.finditer(form)]
    rest = _PLACE.sub("", form)
    example = USUAL
    if len(form) > LONGEST or any(ord(c) < 32 for c in form):
        return t("A letter number has one line of at most {n} letters.", n=LONGEST)
    if "{" in rest or "}" in rest:
        return t(
            "Between braces only {places} are known. An example: {example}",
            places="{nomor}, {nomor:03}, {bulan-romawi}, {bulan}, {tahun}", example=example,
        )  # fmt: skip
    if places.count("nomor") != 1:
        return t("The format needs {place} once. An example: {example}",
                 place="{nomor}", example=example)  # fmt: skip
    if "tahun" not in places:
        return t(
            "The format needs {place}: numbers begin anew each year, and without the year two "
            "letters would bear the same one.", place="{tahun}",
        )  # fmt: skip
    return ""
