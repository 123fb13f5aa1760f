"""Small XLSForm workbooks for tests, made here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl

HEAD = ("type", "name", "label::Bahasa Indonesia (id)", "label::English (en)")


def book(
    path: Path,
    survey: Sequence[Sequence[object]],
    choices: Sequence[Sequence[object]] = (),
    settings: Sequence[Sequence[object]] = (("form_id", "version"), ("uji", "1")),
) -> Path:
    """A workbook with these rows, headers included."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in (("survey", survey), ("choices", choices), ("settings", settings)):
        if not rows:
            continue
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


YES_NO = (
    ("list_name", "name", "label::Bahasa Indonesia (id)", "label::English (en)"),
    ("yn", "1", "Ya", "Yes"),
    ("yn", "0", "Tidak", "No"),
)

PLACES = {
    "jabar": ("Jawa Barat", {"bandung": ("Kota Bandung", ("coblong", "cicendo")),
                             "bogor": ("Kabupaten Bogor", ("ciawi", "cibinong"))}),
    "bali": ("Bali", {"badung": ("Kabupaten Badung", ("kuta", "mengwi"))}),
}  # fmt: skip
CASCADE = (
    ("type", "name", "label::Bahasa Indonesia (id)", "label::English (en)", "choice_filter",
     "required", "appearance"),
    ("begin group", "tempat", "Tempat tinggal", "Home"),
    ("select_one provinsi", "prov", "Provinsi", "Province", None, "yes"),
    ("select_one kabupaten", "kab", "Kabupaten/kota", "Regency", "provinsi = ${prov}", "yes"),
    ("end group",),
    ("begin group", "rinci", "Lebih rinci", "In detail"),
    ("select_one kecamatan", "kec", "Kecamatan", "District", "${kab}=kabupaten", None, "minimal"),
    ("select_multiple kecamatan", "lain", "Kecamatan lain yang dikunjungi",
     "Other districts visited", "kabupaten = ${kab} and name != ${kec}"),
    ("end group",),
)  # fmt: skip


def cascade(path: Path, version: str = "1") -> Path:
    """Province, regency, district: the commonest use of filters of choices."""
    choices: list[tuple[object, ...]] = [
        ("list_name", "name", "label::Bahasa Indonesia (id)", "label::English (en)", "provinsi",
         "kabupaten"),
    ]  # fmt: skip
    for prov, (label, kabs) in PLACES.items():
        choices.append(("provinsi", prov, label, label))
        for kab, (name, kecs) in kabs.items():
            choices.append(("kabupaten", kab, name, name, prov))
            choices += [("kecamatan", k, k.title(), k.title(), None, kab) for k in kecs]
    return book(path, CASCADE, choices, (("form_title", "form_id", "version"),
                                         ("Tempat tinggal", "tempat", version)))  # fmt: skip
