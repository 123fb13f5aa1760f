"""Every error and every statistical doubt once: code, wording in both languages, remedy.

Nothing else in the project words an error. A module raises :class:`InputError` with
:class:`Problem` s, or returns a :class:`Doubt` beside a figure; wording happens at the edge, in
the reader's language. Messages are clear, gentle, concise, thorough, actionable: what is wrong,
where, what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from satuhati.text import Language, Text

MAX_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class Wording:
    """What happened and what to do about it; ``{name}`` are the fields of the occurrence."""

    what: Text
    remedy: Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the input, where it is, and how to mend it.

    ``row`` counts lines as a spreadsheet shows them (the header is row 1). ``column`` is the
    header text. Both may be absent.
    """

    code: str
    file: str | None = None
    row: int | None = None
    column: str | None = None
    fields: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in PROBLEMS:
            raise KeyError(f"no wording for problem code {self.code!r}")

    def message(self, lang: Language = "id") -> str:
        return PROBLEMS[self.code].what.filled(lang, dict(self.fields))

    def remedy(self, lang: Language = "id") -> str:
        return PROBLEMS[self.code].remedy.filled(lang, dict(self.fields))

    def line(self, lang: Language = "id") -> str:
        """``file, row, column: what is wrong. What to do.`` on one line."""
        place = [self.file] if self.file else []
        if self.row is not None:
            place.append(("baris " if lang == "id" else "row ") + str(self.row))
        if self.column is not None:
            place.append(("kolom " if lang == "id" else "column ") + self.column)
        text = f"{self.message(lang)} {self.remedy(lang)}".replace("\n", " ")
        return f"{', '.join(place)}: {text}" if place else text


@dataclass(frozen=True, slots=True)
class Doubt:
    """An honest "cannot be computed" or "read with care", typed so that a page must show it."""

    code: str
    fields: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.code not in DOUBTS:
            raise KeyError(f"no wording for doubt code {self.code!r}")

    def message(self, lang: Language = "id") -> str:
        return DOUBTS[self.code].filled(lang, dict(self.fields))


class SatuHatiError(Exception):
    """Any error that is ours; ``exit_code`` is what the command line returns."""

    exit_code = 1


class InputError(SatuHatiError):
    """The input cannot be used as it is. Carries every problem found, worded at the edge."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("; ".join(p.line("en") for p in self.problems[:3]))

    def report(self, lang: Language = "id") -> str:
        """Up to 50 problems, a line each, then how many more there are."""
        lines = [p.line(lang) for p in self.problems[:MAX_PROBLEMS]]
        more = len(self.problems) - MAX_PROBLEMS
        if more > 0:
            lines.append(
                f"… dan {more} masalah lain." if lang == "id" else f"… and {more} more problems."
            )
        return "\n".join(lines)


class MissingExtraError(SatuHatiError):
    """An optional part is not installed; names its install line."""

    exit_code = 3

    def __init__(self, extra: str, needed_for: str) -> None:
        self.extra, self.needed_for = extra, needed_for
        super().__init__(self.report("en"))

    def report(self, lang: Language = "id") -> str:
        return _MISSING_EXTRA.filled(lang, {"extra": self.extra, "needed_for": self.needed_for})


_MISSING_EXTRA = Text(
    "Bagian '{extra}' belum terpasang; ia dibutuhkan untuk {needed_for}. "
    "Pasang dengan: pip install 'satuhati[{extra}]'",
    "The part '{extra}' is not installed; it is needed for {needed_for}. "
    "Install it with: pip install 'satuhati[{extra}]'",
)


def _w(what_id: str, remedy_id: str, what_en: str, remedy_en: str) -> Wording:
    return Wording(Text(what_id, what_en), Text(remedy_id, remedy_en))


# Codes are stable: other programs may match on them. Keep alphabetical within a block.
PROBLEMS: dict[str, Wording] = {
    # -- files and folders ---------------------------------------------------------------
    "file_missing": _w(
        "Berkas tidak ditemukan.", "Periksa nama dan letaknya.",
        "The file was not found.", "Check its name and place.",
    ),
    "file_empty": _w(
        "Berkas kosong.", "Isi sekurangnya baris judul kolom, atau hapus berkas ini.",
        "The file is empty.", "Give it at least a header row, or delete the file.",
    ),
    "file_too_large": _w(
        "Berkas terlalu besar ({size} MB; batas {limit} MB).",
        "Pecah berkas itu, atau naikkan batas dengan --max-mb.",
        "The file is too large ({size} MB; the limit is {limit} MB).",
        "Split it, or raise the limit with --max-mb.",
    ),
    "not_a_folder": _w(
        "Ini bukan folder.", "Beri nama folder yang berisi berkas CSV komunitas.",
        "This is not a folder.", "Name the folder that holds the community's CSV files.",
    ),
    "unsupported_extension": _w(
        "Jenis berkas '{extension}' tidak dikenal.", "Pakai salah satu dari: {known}.",
        "The file type '{extension}' is not known.", "Use one of: {known}.",
    ),
    "file_unreadable": _w(
        "Berkas tidak dapat dibaca ({why}).", "Simpan ulang berkas itu, lalu coba lagi.",
        "The file cannot be read ({why}).", "Save it again, then try once more.",
    ),
    "file_not_text": _w(
        "Isi berkas bukan teks.", "Simpan sebagai CSV (UTF-8) dari program lembar kerja.",
        "The file does not hold text.", "Save it as CSV (UTF-8) from the spreadsheet program.",
    ),
    "csv_broken": _w(
        "Baris CSV tidak dapat diurai ({why}).", "Periksa tanda kutip di sekitar baris ini.",
        "The CSV line cannot be parsed ({why}).", "Check the quotes around this line.",
    ),
    "row_too_long": _w(
        "Baris ini berisi {cells} sel, padahal judulnya {columns} kolom.",
        "Beri tanda kutip pada isi yang memuat koma, atau hapus sel yang berlebih.",
        "This row has {cells} cells but the header has {columns} columns.",
        "Quote a value that holds a comma, or delete the surplus cells.",
    ),
    # -- columns and values --------------------------------------------------------------
    "column_missing": _w(
        "Kolom '{name}' tidak ada.", "Tambahkan kolom itu di baris judul.",
        "The column '{name}' is missing.", "Add it to the header row.",
    ),
    "column_repeated": _w(
        "Kolom '{name}' muncul lebih dari sekali.", "Hapus atau beri nama lain salah satunya.",
        "The column '{name}' appears more than once.", "Delete or rename one of them.",
    ),
    "column_unnamed": _w(
        "Kolom ke-{position} tidak bernama.", "Beri nama di baris judul, atau hapus kolom itu.",
        "Column {position} has no name.", "Name it in the header row, or delete it.",
    ),
    "value_required": _w(
        "Nilai wajib diisi.", "Isi sel ini.",
        "A value is required.", "Fill in this cell.",
    ),
    "value_type": _w(
        "'{value}' bukan {expected}.", "Tulis {example}.",
        "'{value}' is not {expected}.", "Write {example}.",
    ),
    "value_choice": _w(
        "'{value}' bukan pilihan yang dikenal.", "Pilih salah satu: {choices}.",
        "'{value}' is not a known choice.", "Choose one of: {choices}.",
    ),
    "value_range": _w(
        "{value} di luar batas {low}–{high}.", "Periksa isian; nilai di luar skala tidak dipakai.",
        "{value} is outside {low}–{high}.", "Check the entry; values off the scale are not used.",
    ),
    "option_invalid": _w(
        "Pilihan {option} = '{value}' tidak dapat dipakai: {why}.", "Lihat --help untuk contohnya.",
        "The option {option} = '{value}' cannot be used: {why}.", "See --help for an example.",
    ),
}  # fmt: skip

# Typed doubts about a figure: shown beside it, never an exit code.
DOUBTS: dict[str, Text] = {
    "too_few": Text(
        "Belum cukup: {n} dari sekurangnya {needed}.", "Too few: {n} of at least {needed}."
    ),
    "csv_bom": Text(
        "{file}: ada tanda BOM di awal; dilewati.", "{file}: a BOM at the start was skipped."
    ),
    "csv_delimiter": Text(
        "{file}: kolom dipisah {delimiter}; dibaca demikian.",
        "{file}: columns are separated by {delimiter}; read that way.",
    ),
    "csv_encoding": Text(
        "{file}: bukan UTF-8; dibaca sebagai {encoding}. Periksa huruf beraksen.",
        "{file}: not UTF-8; read as {encoding}. Check accented letters.",
    ),
    "census": Text(
        "Semua yang dituju menjawab: tidak ada galat penarikan sampel.",
        "Everyone asked has answered: there is no sampling error.",
    ),
}
