"""A release as CSV, Parquet and workbooks: the data, and the codebook that explains them.

In CSV and Parquet an empty cell means no value and choices stand as their codes. In a workbook
choices stand as words; its second sheet says what every column is.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from satuhati.core.surveys.release import Release, Value, Variable
from satuhati.formats import sheets
from satuhati.formats.csvwrite import csv_bytes as _csv
from satuhati.formats.release_sav import NO_ANSWER, WITHHELD, missing_codes
from satuhati.schema.choices import choice_label
from satuhati.text import Language, Text

MAX_CELL = 32_767

_DATA = Text("Data", "Data")
_WORDED = Text("Data dalam kata", "Data in words")
_VARIABLES = Text("Variabel", "Variables")
_VALUES = Text("Nilai", "Values")
_ROUNDS = Text("Putaran", "Rounds")
_ABOUT = Text("Tentang", "About")
KINDS = {
    "text": Text("teks", "text"),
    "number": Text("angka", "number"),
    "choice": Text("pilihan", "choice"),
}
MEASURES = {
    "nominal": Text("nominal", "nominal"),
    "ordinal": Text("ordinal", "ordinal"),
    "scale": Text("skala (interval)", "scale (interval)"),
}


def csv_bytes(found: Release) -> bytes:
    """RFC 4180, UTF-8; text that a spreadsheet would run as a formula is guarded."""
    return _csv(found.frame)


def parquet_bytes(found: Release) -> bytes:
    """The same columns and types as in memory."""
    out = io.BytesIO()
    found.frame.write_parquet(out)
    return out.getvalue()


def data_workbook(found: Release, lang: Language) -> bytes:
    """A sheet of data with answers as figures, one with answers in words, one of variables."""
    rows = [[v.name for v in found.variables]]
    words = [
        {value: word(lang) for value, word in v.values.items()} if v.kind == "choice" else {}
        for v in found.variables
    ]
    body = ([w.get(x, x) for w, x in zip(words, row, strict=True)] for row in found.frame.rows())
    named = [
        {value: word(lang) for value, word in v.values.items()} for v in found.variables
    ]  # fmt: skip
    worded = ([w.get(x, x) for w, x in zip(named, row, strict=True)] for row in found.frame.rows())
    return _book(
        [(_DATA(lang), rows, body), _variables(found, lang), (_WORDED(lang), rows, worded)]
    )


def codebook_workbook(found: Release, lang: Language) -> bytes:
    """What the data are: where from, how asked, each variable, each named value."""
    return _book(
        [
            (_ABOUT(lang), [], about(found, lang)),
            _variables(found, lang),
            (
                _VALUES(lang),
                [[Text("Variabel", "Variable")(lang), Text("Nilai", "Value")(lang),
                  "Indonesia", "English"]],
                (row for v in found.variables for row in _named(found, v)),
            ),
            _rounds(found, lang),
        ]
    )  # fmt: skip


def _named(found: Release, v: Variable) -> Iterable[list[Any]]:
    """The named values of a variable, and the codes that mean no value in the SPSS file."""
    for value, word in v.values.items():
        yield [v.name, value, word.id, word.en]
    if v.kind != "text":
        codes = missing_codes(found, v)
        yield [v.name, codes.no_answer, f"{NO_ANSWER.id} (SPSS)", f"{NO_ANSWER.en} (SPSS)"]
        if v.withheld:
            yield [v.name, codes.withheld, f"{WITHHELD.id} (SPSS)", f"{WITHHELD.en} (SPSS)"]


def about(found: Release, lang: Language) -> Iterable[list[Any]]:
    """What somebody must know before using the data, a line each."""
    if found.synthetic:
        yield [Text("Data rekaan (sintetis)", "Synthetic data")(lang), ""]
    yield [Text("Kuesioner", "Questionnaire")(lang), found.name(lang)]
    yield [Text("Versi", "Version")(lang), found.version or ""]
    yield [Text("Sumber", "Source")(lang), found.citation or ""]
    yield [Text("Komunitas", "Community")(lang), found.place]
    yield [
        Text("Populasi", "Population")(lang),
        choice_label("rounds", "population", found.population)(lang),
    ]
    yield [Text("Jawaban", "Answers")(lang), found.frame.height]
    yield [Text("Kerahasiaan", "Confidentiality")(lang), confidentiality(found)(lang)]
    yield [
        Text("Butir terbalik", "Reversed items")(lang),
        Text(
            "Jawaban ditulis seperti diberikan. Balikkan butir bertanda 'dibalik' sebelum diskor: "
            "terendah + tertinggi - jawaban.",
            "Answers stand as given. Turn items marked 'reversed' before scoring: "
            "lowest + highest - answer.",
        )(lang),
    ]


def confidentiality(found: Release) -> Text:
    """How people are protected in this release."""
    n = found.threshold
    return Text(
        "Tanpa nama dan tanpa urutan datang; urutan baris diacak dari isinya. Ciri penjawab "
        f"dikosongkan sampai tiap gabungannya dimiliki sekurangnya {n} jawaban dalam putarannya. "
        "Strata, klaster dan orang hanya bernomor. Jangan mencoba mengenali orang.",
        "No names and no order of arrival; rows stand in an order drawn from their content. "
        f"Background is emptied until each combination is held by at least {n} answers of its "
        "round. Strata, clusters and persons are only numbered. Do not try to identify anybody.",
    )


def _variables(found: Release, lang: Language) -> tuple[str, list[list[Any]], Iterable[list[Any]]]:
    heads = (
        Text("Variabel", "Variable"), Text("Bunyi (Indonesia)", "Wording (Indonesian)"),
        Text("Bunyi (Inggris)", "Wording (English)"), Text("Jenis", "Kind"),
        Text("Tingkat ukuran", "Level of measurement"), Text("Skala", "Scale"),
        Text("Dibalik", "Reversed"), Text("Terendah", "Lowest"), Text("Tertinggi", "Highest"),
        Text("Nilai", "Values"), Text("Tidak ada jawaban", "No answer"),
        Text("Disamarkan", "Withheld"),
    )  # fmt: skip
    yes = Text("ya", "yes")(lang)
    body = (
        [
            v.name, v.label.id, v.label.en, KINDS[v.kind](lang), MEASURES[v.measure](lang),
            v.scale or "", yes if v.reversed else "", v.low, v.high,
            "; ".join(f"{shown(x)} = {w(lang)}" for x, w in v.values.items()),
            v.no_answer, v.withheld,
        ]
        for v in found.variables
    )  # fmt: skip
    return _VARIABLES(lang), [[h(lang) for h in heads]], body


def _rounds(found: Release, lang: Language) -> tuple[str, list[list[Any]], Iterable[list[Any]]]:
    heads = (
        Text("Putaran", "Round"), Text("Gelombang", "Wave"), Text("Populasi", "Population"),
        Text("Kerangka sampel", "Sampling frame"), Text("Cara mengisi", "Mode"),
        Text("Mulai", "Start"), Text("Selesai", "End"), Text("Diundang", "Invited"),
        Text("Menjawab", "Answered"), Text("Anonim", "Anonymous"),
    )  # fmt: skip
    yes, no = Text("ya", "yes")(lang), Text("tidak", "no")(lang)
    body = (
        [
            r.code, r.wave, choice_label("rounds", "population", r.population)(lang),
            choice_label("rounds", "frame", r.frame)(lang),
            choice_label("rounds", "mode", r.mode)(lang) if r.mode else "",
            r.start or "", r.end or "", r.invited, r.answered, yes if r.anonymous else no,
        ]
        for r in found.rounds
    )  # fmt: skip
    return _ROUNDS(lang), [[h(lang) for h in heads]], body


def shown(value: Value) -> str:
    """A value as it stands in the file."""
    return value if isinstance(value, str) else f"{value:g}"


def _book(parts: Sequence[tuple[str, list[list[Any]], Iterable[list[Any]]]]) -> bytes:
    import openpyxl  # start-up time: only when a workbook is written

    book = openpyxl.Workbook(write_only=True)
    for title, heads, body in parts:
        sheet = book.create_sheet(title)
        if heads:
            sheet.freeze_panes = "A2"
        for row in heads:
            sheet.append([_cell(sheet, x, bold=True) for x in row])
        for row in body:
            sheet.append([_cell(sheet, x) for x in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if value is None or value == "":
        return None
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet)
    cell.value = sheets.to_cell(value)[:MAX_CELL]
    cell.data_type = "s"  # text, even where it looks like a formula or an error
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    return cell
