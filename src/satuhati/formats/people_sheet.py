"""A list of people from an Excel sheet or a CSV file: any order of columns, by their usual names.

The header may stand below a title. Rows that hold only a heading ("SEKSI EKONOMI") count as
headings, and a sheet without any header is read like a pasted list. What can be asked is asked in
the preview; what must be mended in the file is an error with its row and column.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from satuhati.errors import Doubt, InputError, Problem
from satuhati.formats.csvtext import decode, loose_rows, read_bytes
from satuhati.formats.guard import unguard_name
from satuhati.formats.people_headings import Heading, Role, only_intro, read_heading
from satuhati.formats.people_line import VACANT, Names, read_names
from satuhati.formats.people_list import read_people_rows, read_people_text
from satuhati.formats.people_marks import clean, normal_phone, numbered, read_area, two_digits
from satuhati.formats.people_name import Found, tidy
from satuhati.formats.people_pokja import Entry, PastedList, PastedPost, Pokja
from satuhati.formats.people_words import is_office, plain, read_sex, sector_of, words_of
from satuhati.formats.sheetrows import cell_text, numbered_rows, sheet_cell
from satuhati.formats.written import EXPECTED, read_date, shown
from satuhati.formats.zipguard import check_workbook
from satuhati.framework import SECTORS
from satuhati.text import LANGUAGES, translator

MAX_MB = 5.0
"""A list of people is small; more is refused before it is read."""
MAX_COLUMNS = 60
_HEADER_WITHIN = 30
_KNOWN = (".xlsx", ".csv", ".tsv", ".txt")

_FIELDS: Mapping[str, str] = {
    word: code
    for code, words in {
        "name": "nama name namalengkap namaanggota namapengurus namapeserta namakader namawarga "
                "fullname namaorang",
        "post": "jabatan posisi kedudukan post position namajabatan jabatandalampokja "
                "jabatandipokja jabatanpokja jabatandalamtim nameofthepost",
        "section": "seksi bidang section divisi seksibidang bidangseksi namaseksi",
        "phone": "hp nohp nomorhp wa nowa nomorwa nohpwa hpwa nomorhpwa telepon notelp notelepon "
                 "nomortelepon telp tlp notlp kontak nokontak phone phonenumber telephone mobile "
                 "whatsapp nowhatsapp nohandphone handphone",
        "rt": "rt nort",
        "rw": "rw norw",
        "area": "rtrw alamat alamatrtrw wilayah domisili address",
        "sex": "jk lp jeniskelamin kelamin jeniskelaminlp sex gender",
        "organization": "lembaga instansi unsur organisasi organisasinya asal asallembaga "
                        "asalinstansi utusan perwakilan unsurinstansi unsurlembaga "
                        "lembagainstansi instansilembaga organization organisation institution "
                        "theirorganisation",
        "sector": "sektor sector",
        "start": "mulai mulaimenjabat tmt sejak start tanggalmulai from mulaitanggal",
        "end": "sampai sampaidengan sd berakhir end until tanggalberakhir selesai sampaitanggal",
        "decree": "sk nosk nomorsk decree decreenumber skpengangkatan",
        "note": "keterangan ket catatan note notes remarks",
        "number": "no nomor nourut number nr",
        "id": "nik noktp ktp nokk nonik nomorinduk",
    }.items()
    for word in words.split()
}  # fmt: skip


def read_people_sheet(
    path: str | Path, *, name: str | None = None, max_mb: float = MAX_MB
) -> PastedList:
    """Read an ``.xlsx`` or ``.csv`` list of people; lines are rows as the spreadsheet shows them.

    ``name`` is what the file is called in messages (and tells its kind). Raises
    :class:`InputError` for a file that cannot be read, has no names, or holds cells to be mended.
    """
    file = Path(path)
    name = name or file.name
    kind = Path(name).suffix.lower()
    if kind in (".xlsx", ".xls", ".xlsm"):
        check_workbook(file, max_mb, name)
        return _read_workbook(file, name)
    if kind not in _KNOWN:
        fields = {"extension": kind or "–", "known": ", ".join(_KNOWN)}
        raise InputError(Problem("unsupported_extension", name, fields=fields))
    text, doubts = decode(read_bytes(file, max_mb, name), name)
    if "\x00" in text:
        raise InputError(Problem("file_not_text", name))
    if not text.strip():
        raise InputError(Problem("file_empty", name))
    rows = [(n, [unguard_name(cell) for cell in row]) for n, row in loose_rows(text, name)]
    sheet = _Sheet(name, rows)
    # Without a header it is a list that someone saved as a file.
    result = _people(sheet) if sheet.find_header() else read_people_text(text)
    return _with(result, doubts, name)


def _with(result: PastedList, doubts: Sequence[Doubt], name: str) -> PastedList:
    if not result.people:
        raise InputError(Problem("people_name_column", name))
    return replace(result, doubts=(*doubts, *result.doubts))


@dataclass(slots=True)
class _Sheet:
    """Rows as text, where the header stands and what its columns are."""

    name: str
    rows: list[tuple[int, list[str]]]
    wrong: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    """Row and column of cells that cannot be read: code of the problem, and what stands there."""
    at: int = -1
    columns: dict[str, int] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)

    def find_header(self) -> bool:
        """Find the row of column names: it has one for names, and mostly others."""
        for at, (_, cells) in enumerate(self.rows[:_HEADER_WITHIN]):
            columns: dict[str, int] = {}
            for i, cell in enumerate(cells):
                if (code := _field(cell)) is not None:
                    columns.setdefault(code, i)
            filled = sum(1 for cell in cells if cell.strip())
            if "name" in columns and (len(columns) > 1 or filled == 1):
                self.at, self.columns = at, columns
                self.titles = [shown(cell) for cell in cells]
                return True
        return False


@cache
def _field(cell: str) -> str | None:
    if len(cell) > 80:
        return None
    bare = re.sub(r"\([^()]*\)", " ", cell)
    key = "".join(w for w in words_of(bare) if w not in ("&", "/", "+", "dan", "atau"))
    if not key:  # a header that is only "(L/P)"
        key = "".join(w for w in words_of(cell) if w != "/")
    return _FIELDS.get(key)


# -- workbooks ----------------------------------------------------------------------------------


def _read_workbook(path: Path, name: str) -> PastedList:
    try:
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")  # what openpyxl leaves out does not concern us
            sheets = _sheets(file)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # openpyxl lets whatever it stumbles on through
        why = type(error).__name__
        raise InputError(Problem("workbook_broken", name, fields={"why": why})) from None
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise InputError(Problem("file_empty", name))
    chosen = next((sheet for sheet in filled if sheet.find_header()), None)
    doubts = []
    others = ", ".join(shown(s.name) for s in filled if s is not (chosen or filled[0]))
    if others:
        title = shown((chosen or filled[0]).name)
        fields = {"file": name, "sheet": title, "others": others}
        doubts.append(Doubt("people_other_sheets", fields))
    result = _people(chosen) if chosen else read_people_rows(filled[0].rows)
    return _with(result, doubts, name)


def _sheets(file: Any) -> list[_Sheet]:
    import openpyxl  # start-up time: only when a workbook is read

    loaded = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
    try:
        found = []
        for sheet in loaded.worksheets:
            if sheet.sheet_state != "visible":
                continue
            sheet.reset_dimensions()  # the size a file declares may be a lie
            found.append(_rows_of(sheet))
        return found
    finally:
        loaded.close()


def _rows_of(sheet: Any) -> _Sheet:
    result = _Sheet(sheet.title, [])
    for number, row in numbered_rows(sheet, MAX_COLUMNS):
        cells: list[str] = []
        wrong = False
        for i, raw in enumerate(row):
            cell = sheet_cell(raw)
            text, code = cell_text(cell, "date") if cell else ("", None)
            if code:
                wrong = True
                result.wrong[number, i] = (code, shown(cell.value if cell else ""))
            cells.append(text or "")
        if wrong or any(cell.strip() for cell in cells):
            result.rows.append((number, cells))
    return result


# -- rows ---------------------------------------------------------------------------------------

_MEMBER = Role("member", "Anggota")
_ASKED = ("name", "post", "section", "phone", "rt", "rw", "area", "sex", "organization", "sector",
          "start", "end", "decree", "note")  # fmt: skip


def _people(sheet: _Sheet) -> PastedList:
    reader = _Reader(sheet)
    for number, cells in sheet.rows[: sheet.at]:
        reader.pokja.title(number, " ".join(filter(None, map(str.strip, cells))))
    reader.pokja.say(sheet.rows[sheet.at][0], " · ".join(filter(None, sheet.titles)))
    for number, cells in sheet.rows[sheet.at + 1 :]:
        reader.row(number, cells)
    if reader.problems:
        raise InputError(reader.problems)
    return reader.result()


class _Reader:
    """One row after another, under the header of a sheet."""

    def __init__(self, sheet: _Sheet) -> None:
        self.sheet = sheet
        self.pokja = Pokja()
        self.problems: list[Problem] = []
        self.section: tuple[str | None, str] = (None, "")
        self.unread: dict[str, None] = {}
        self.ids = 0

    def row(self, number: int, cells: Sequence[str]) -> None:
        """One row; whatever it is, it is listed somewhere."""
        sheet, pokja = self.sheet, self.pokja
        text = {c: clean(cells[i]) for c, i in sheet.columns.items() if i < len(cells)}
        full = [cell.strip() for cell in cells if cell.strip()]
        whole = " ".join(full)
        if [_field(cell) for cell in full].count(None) == 0 and len(full) > 1 and text.get("name"):
            return pokja.say(number, whole)  # the header once more, on a further page
        self._faults(number)
        self._beside_columns(cells)
        self.ids += bool(text.get("id"))
        written = numbered(text.get("name", ""))[2]
        if not written or (len(full) == 1 and read_heading(written)):
            return self._no_name(number, whole, full)
        got = read_names(written)
        if not got.people:
            return pokja.ignore(number, whole, "line_no_name")
        for found in got.people:
            self._fill(number, found, got, text)
        return None

    def _no_name(self, number: int, whole: str, full: Sequence[str]) -> None:
        told = [cell for cell in full if not cell.strip(" .").isdigit()]
        heading = read_heading(clean(told[0]).strip(" .:-"), True) if len(told) == 1 else None
        if heading:
            self.pokja.enter(number, whole, heading)
            self.section = (None, "")
        elif len(told) == 1 and only_intro(told[0]):
            self.pokja.title(number, whole)
        else:
            self.pokja.ignore(number, whole, "line_no_name" if told else "line_empty_item")

    def _faults(self, number: int) -> None:
        for code in _ASKED:
            i = self.sheet.columns.get(code, -1)
            if (number, i) in self.sheet.wrong:
                problem, value = self.sheet.wrong[number, i]
                self._problem(problem, number, code, {"value": value})

    def _problem(self, code: str, row: int, column: str, fields: Mapping[str, object]) -> None:
        title = self._title(column)
        self.problems.append(Problem(code, self.sheet.name, row, title, fields))

    def _title(self, column: str) -> str:
        return self.sheet.titles[self.sheet.columns[column]]

    def _beside_columns(self, cells: Sequence[str]) -> None:
        """Columns that hold something and are not read."""
        known = set(self.sheet.columns.values())
        for i, cell in enumerate(cells):
            if i not in known and cell.strip():
                titles = self.sheet.titles
                name = titles[i] if i < len(titles) and titles[i] else f"({i + 1})"
                self.unread[name] = None

    def _fill(self, number: int, found: Found, got: Names, text: Mapping[str, str]) -> None:
        """What the columns tell of a person."""
        pokja = self.pokja
        other = self._posts(found, text)
        _told(found, text)
        start, end = self._date(number, "start", text), self._date(number, "end", text)
        if start and end and end < start:
            fields = {"column": self._title("end"), "value": end,
                      "other": self._title("start"), "limit": start}  # fmt: skip
            self._problem("order_dates", number, "end", fields)
        pokja.take(number, Names([found], id_number=got.id_number))
        entry: Entry = pokja.entries[-1]
        entry.questions |= found.unsure
        if other:
            entry.add(PastedPost("other", other, None, number))
            entry.questions.add("post")
        if text.get("sector"):
            entry.sector = _sector(text["sector"])
        if len(got.people) > 1:
            entry.questions.add("name")
        decree = _said(text.get("decree", ""))
        entry.posts = [replace(p, start=start, end=end, decree=decree) for p in entry.posts]

    def _posts(self, found: Found, text: Mapping[str, str]) -> str:
        """Heading from the columns of post and section; a post of no known kind is returned."""
        post, section = _said(text.get("post", "")), _said(text.get("section", ""))
        heading = read_heading(post, True) if post else None
        at = read_heading(f"Seksi {section}", True) if section else None
        own, label = (at.section, at.label) if at else (None, section and tidy(section))
        other = ""
        if post and heading is None:
            if is_office(post.split()):
                found.organization = found.organization or post
            else:
                other = tidy(post)
        roles = heading.roles if heading else ()
        if heading and (heading.section or heading.label):
            own, label = own or heading.section, label or heading.label
        inner = not roles or {r.code for r in roles} <= {"head", "member"}
        carried = "section" in text and not (own or label) and any(self.section)
        if carried and inner and not other and (roles or not post):
            own, label = self.section  # merged cells leave all but the first empty
            found.unsure.add("section")
        elif own or label:
            self.section = (own, label)
        if other:
            return other
        if roles or own or label:
            guessed = bool(heading and heading.guessed)
            found.headings = [Heading(roles or (_MEMBER,), own, label, guessed)]
        return ""

    def _date(self, number: int, column: str, text: Mapping[str, str]) -> dt.date | None:
        value = _said(text.get(column, ""))
        if not value:
            return None
        try:
            found = read_date(value) or _in_words(value)
        except ValueError:
            self._problem("date_impossible", number, column, {"value": shown(value)})
            return None
        if found is None:
            expected, example = EXPECTED["date"]
            fields = {"value": shown(value), "expected": expected, "example": example}
            self._problem("value_type", number, column, fields)
        return found

    def result(self) -> PastedList:
        """Everyone, and what is to be said of the sheet."""
        result = self.pokja.result()
        doubts = list(result.doubts)
        if self.unread:
            fields = {"file": self.sheet.name, "columns": ", ".join(self.unread)}
            doubts.append(Doubt("people_columns_unread", fields))
        if self.ids:
            doubts.append(Doubt("people_id_number", {"n": self.ids}))
        return replace(result, doubts=tuple(doubts))


def _said(text: str) -> str:
    """A cell's text; nothing for "-" and the like."""
    bare = text.strip(" .:;-–—_")
    return "" if not bare or plain(bare) in VACANT else text.strip()


def _told(found: Found, text: Mapping[str, str]) -> None:
    phones = _said(text.get("phone", ""))
    if phones:
        numbers = [normal_phone(part) for part in re.split(r"[/,;]|\s-\s| dan ", phones)]
        good = [number for number in (normal_phone(phones), *numbers) if number]
        if good:
            found.phone = good[0]
            found.notes += [n for n in good[1:] if n != good[0]]
        else:
            found.notes.append(phones)
            found.unsure.add("phone")
    area = _said(text.get("area", ""))
    rt, rw = read_area(area)
    bare = re.fullmatch(r"\s*(\d{1,3})\s*[/\-]\s*(\d{1,3})\s*", area)
    if bare:
        rt, rw = two_digits(bare.group(1)), two_digits(bare.group(2))
    elif area and (rt, rw) == ("", ""):
        found.notes.append(area)
    found.rt = _number(text.get("rt", "")) or rt or found.rt
    found.rw = _number(text.get("rw", "")) or rw or found.rw
    sex = _said(text.get("sex", ""))
    if sex:
        told = read_sex(sex)
        found.sex = told or found.sex
        if not told:
            found.notes.append(sex)
            found.unsure.add("sex")
    organization = _said(text.get("organization", ""))
    if organization:
        if found.organization and found.organization != organization:
            found.notes.append(found.organization)
        found.organization = organization
        found.unsure.discard("organization")
    note = _said(text.get("note", ""))
    if note:
        found.notes.append(note)


def _number(text: str) -> str:
    match = re.search(r"\d{1,3}", text)
    return two_digits(match.group()) if match else ""


def _sector(text: str) -> str | None:
    folded = plain(text.strip())
    for code, term in SECTORS.items():
        if folded in (code, *(plain(label) for label in term.label)):
            return code
    return sector_of(text)


@cache
def _months() -> Mapping[str, int]:
    names: dict[str, int] = {}
    for lang in LANGUAGES:
        for month in range(1, 13):
            word = plain(translator(lang).month(dt.date(2000, month, 1)).split()[0])
            names[word] = names[word[:3]] = month
    return names


def _in_words(text: str) -> dt.date | None:
    """ "1 Januari 2025"; raises ``ValueError`` for a day that the month does not have."""
    match = re.fullmatch(r"(\d{1,2})[\s-]+([^\W\d_]+)[\s-]+(\d{4})", text.strip())
    month = _months().get(plain(match.group(2))) if match else None
    if not match or month is None:
        return None
    return dt.date(int(match.group(3)), month, int(match.group(1)))
