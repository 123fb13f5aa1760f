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


def _in_language(fields: Mapping[str, object], lang: Language) -> dict[str, object]:
    """The fields of an occurrence; a field that is itself a wording is said in ``lang``."""
    return {k: v(lang) if isinstance(v, Text) else v for k, v in fields.items()}


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
        return PROBLEMS[self.code].what.filled(lang, _in_language(self.fields, lang))

    def remedy(self, lang: Language = "id") -> str:
        return PROBLEMS[self.code].remedy.filled(lang, _in_language(self.fields, lang))

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
        return DOUBTS[self.code].filled(lang, _in_language(self.fields, lang))


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


class MissingLibraryError(MissingExtraError):
    """A system library is not there; prints the one line that installs it."""

    def __init__(self, library: str, needed_for: str, install: str) -> None:
        self.library, self.install = library, install
        super().__init__("report", needed_for)

    def report(self, lang: Language = "id") -> str:
        return _MISSING_LIBRARY.filled(
            lang,
            {"library": self.library, "needed_for": self.needed_for, "install": self.install},
        )


_MISSING_EXTRA = Text(
    "Bagian '{extra}' belum terpasang; ia dibutuhkan untuk {needed_for}. "
    "Pasang dengan: pip install 'satuhati[{extra}]'",
    "The part '{extra}' is not installed; it is needed for {needed_for}. "
    "Install it with: pip install 'satuhati[{extra}]'",
)

_MISSING_LIBRARY = Text(
    "Pustaka sistem {library} belum ada; ia dibutuhkan untuk {needed_for}. "
    "Pasang dengan: {install}",
    "The system library {library} is not there; it is needed for {needed_for}. "
    "Install it with: {install}",
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
    "community_choice": _w(
        "Komunitas '{value}' tidak dapat dipilih.", "Pilih dengan --community: {choices}.",
        "The community '{value}' cannot be chosen.", "Choose with --community: {choices}.",
    ),
    "option_invalid": _w(
        "Pilihan {option} = '{value}' tidak dapat dipakai: {why}.", "Lihat --help untuk contohnya.",
        "The option {option} = '{value}' cannot be used: {why}.", "See --help for an example.",
    ),
    # -- packages: folders and workbooks -----------------------------------------------------
    "answers_unknown_instrument": _w(
        "Kuesioner '{id}' tidak ada di tabel instruments.",
        "Tambahkan barisnya di instruments, atau perbaiki nama berkas jawaban ini.",
        "There is no questionnaire '{id}' in the table instruments.",
        "Add its row to instruments, or correct the name of this answers file.",
    ),
    "cell_date_in_text": _w(
        "Sel ini berisi tanggal Excel, padahal kolomnya teks.",
        "Ubah format sel menjadi Teks, lalu ketik lagi isinya.",
        "The cell holds an Excel date, but the column is text.",
        "Format the cell as Text, then type the value again.",
    ),
    "cell_error": _w(
        "Sel ini berisi galat Excel ({value}).", "Tulis nilainya, atau kosongkan sel ini.",
        "The cell holds an Excel error ({value}).", "Write the value, or empty the cell.",
    ),
    "cell_formula": _w(
        "Sel ini berisi rumus; rumus tidak dibaca.", "Tulis nilainya (tempel sebagai nilai).",
        "The cell holds a formula; formulas are not read.", "Write the value (paste as values).",
    ),
    "cell_too_long": _w(
        "Isi sepanjang {n} huruf tidak muat di sel Excel (batas {limit}).",
        "Simpan komunitas ini sebagai folder CSV, atau pecah teksnya.",
        "A text of {n} characters does not fit an Excel cell (limit {limit}).",
        "Keep this community as a folder of CSV files, or split the text.",
    ),
    "community_column_missing": _w(
        "Folder ini berisi {n} komunitas, tetapi kolom 'community' tidak ada.",
        "Tambahkan kolom community yang berisi kode komunitas tiap baris.",
        "The folder holds {n} communities but there is no column 'community'.",
        "Add a column community with the code of each row's community.",
    ),
    "community_not_chosen": _w(
        "Ada {n} komunitas: {known}.", "Pilih satu dengan --community KODE.",
        "There are {n} communities: {known}.", "Choose one with --community CODE.",
    ),
    "community_unknown": _w(
        "Komunitas '{id}' tidak ada.", "Yang ada: {known}.",
        "There is no community '{id}'.", "There are: {known}.",
    ),
    "counts_order": _w(
        "{column} ({value}) melebihi {other} ({limit}).",
        "Periksa keduanya; mungkin tertukar.",
        "{column} ({value}) exceeds {other} ({limit}).",
        "Check both; they may be swapped.",
    ),
    "date_impossible": _w(
        "'{value}' bukan tanggal yang ada di kalender.", "Tulis seperti 2026-11-21.",
        "'{value}' is not a date of the calendar.", "Write it like 2026-11-21.",
    ),
    "descriptor_broken": _w(
        "datapackage.json tidak dapat dibaca ({why}).",
        "Hapus berkas itu bila folder ini dibuat untuk versi sekarang; tabelnya tetap terbaca.",
        "datapackage.json cannot be read ({why}).",
        "Delete it if the folder was made for the present version; the tables are read without it.",
    ),
    "file_exists": _w(
        "Berkas ini sudah ada.", "Pilih nama lain, atau timpa dengan --overwrite.",
        "The file exists.", "Choose another name, or replace it with --overwrite.",
    ),
    "folder_exists": _w(
        "Folder ini sudah ada dan tidak kosong.", "Pilih nama folder yang baru.",
        "The folder exists and is not empty.", "Choose the name of a new folder.",
    ),
    "folder_without_tables": _w(
        "Folder ini tidak berisi tabel komunitas satu pun.",
        "Nama berkasnya seperti community.csv, actors.csv, meetings.csv; "
        "'satuhati folder new' membuat contohnya.",
        "The folder holds no table of a community.",
        "Files are named like community.csv, actors.csv, meetings.csv; "
        "'satuhati folder new' makes a template.",
    ),
    "id_invalid": _w(
        "Kode '{value}' memuat ganti baris atau tanda yang tidak tampak.",
        "Pakai huruf, angka, tanda hubung, dan titik.",
        "The code '{value}' holds a line break or an invisible character.",
        "Use letters, digits, hyphens and dots.",
    ),
    "id_repeated": _w(
        "Kode '{id}' sudah dipakai di baris {first}.", "Beri setiap baris kodenya sendiri.",
        "The code '{id}' already stands in row {first}.", "Give every row a code of its own.",
    ),
    "instrument_code": _w(
        "Kode kuesioner '{id}' tidak dapat menjadi nama berkas.",
        "Pakai huruf, angka, tanda hubung, dan garis bawah; paling banyak 60; "
        "tidak hanya berbeda huruf besar-kecil dari kode lain.",
        "The questionnaire code '{id}' cannot be the name of a file.",
        "Use letters, digits, hyphens and underscores; at most 60; "
        "differing from other codes in more than case.",
    ),
    "item_name_invalid": _w(
        "Nama butir '{value}' tidak dapat menjadi kolom berkas jawaban.",
        "Pakai nama tanpa ganti baris yang bukan nama kolom baku ({reserved}).",
        "The item name '{value}' cannot be a column of the answers file.",
        "Use a name without line breaks that is not a declared column ({reserved}).",
    ),
    "item_type_differs": _w(
        "Butir '{name}' berjenis {type} di sini, tetapi {other} pada komunitas lain.",
        "Samakan jenisnya, atau beri kuesioner itu kode lain.",
        "The item '{name}' has the type {type} here but {other} in another community.",
        "Give both the same type, or give the questionnaire another code.",
    ),
    "not_a_regular_file": _w(
        "Ini bukan berkas biasa (folder, tautan, atau perangkat).",
        "Ganti dengan berkas CSV yang sebenarnya.",
        "This is not an ordinary file (a folder, a link or a device).",
        "Put the CSV file itself here.",
    ),
    "number_ambiguous": _w(
        "'{value}' dapat berarti dua angka: titiknya pemisah ribuan atau desimal?",
        "Tulis tanpa pemisah ribuan, dan desimal dengan koma.",
        "'{value}' can mean two numbers: does the dot mark thousands or decimals?",
        "Write it without a thousands mark, and decimals with a comma.",
    ),
    "order_dates": _w(
        "{column} ({value}) mendahului {other} ({limit}).", "Periksa kedua isian itu.",
        "{column} ({value}) comes before {other} ({limit}).", "Check both entries.",
    ),
    "package_newer": _w(
        "Paket ini versi {found}; program ini mengenal sampai versi {known}.",
        "Perbarui satuhati, lalu coba lagi.",
        "The package has version {found}; this program knows versions up to {known}.",
        "Update satuhati, then try again.",
    ),
    "package_older": _w(
        "Paket ini versi {found}; versi sekarang {known}.",
        "Jalankan 'satuhati folder upgrade' pada folder ini (cadangannya disimpan).",
        "The package has version {found}; the present one is {known}.",
        "Run 'satuhati folder upgrade' on this folder (a backup is kept).",
    ),
    "package_too_old": _w(
        "Paket versi {found} tidak dapat dibawa ke versi {known}.",
        "Periksa schema_version di datapackage.json.",
        "A package of version {found} cannot be brought to version {known}.",
        "Check schema_version in datapackage.json.",
    ),
    "parent_cycle": _w(
        "'{id}' menjadi bagian dari dirinya sendiri ({path}).", "Putuskan lingkaran itu.",
        "'{id}' is a part of itself ({path}).", "Break the circle.",
    ),
    "reference_unknown": _w(
        "'{id}' tidak ada di tabel {table}.", "Tambahkan di {table}, atau perbaiki ejaannya.",
        "'{id}' is not in the table {table}.", "Add it to {table}, or correct its spelling.",
    ),
    "key_repeated": _w(
        "Gabungan {columns} yang sama sudah ada di baris {first}.",
        "Sisakan satu baris, atau perbaiki salah satunya.",
        "The same {columns} already stand in row {first}.",
        "Keep one row, or correct one of them.",
    ),
    "sheet_repeated": _w(
        "Lembar ini sama dengan lembar '{other}'.", "Sisakan satu lembar.",
        "The sheet stands for the same table as '{other}'.", "Keep one sheet.",
    ),
    "table_twice": _w(
        "Tabel ini ada dua kali ({other}).", "Sisakan satu berkas.",
        "The table is there twice ({other}).", "Keep one file.",
    ),
    "workbook_broken": _w(
        "Buku kerja Excel tidak dapat dibaca ({why}).",
        "Buka di program lembar kerja dan simpan ulang sebagai .xlsx.",
        "The Excel workbook cannot be read ({why}).",
        "Open it in a spreadsheet program and save it again as .xlsx.",
    ),
    "workbook_kind": _w(
        "Ini bukan buku kerja .xlsx biasa ({why}).",
        "Simpan sebagai 'Excel Workbook (.xlsx)' tanpa sandi dan tanpa makro.",
        "This is not a plain .xlsx workbook ({why}).",
        "Save it as 'Excel Workbook (.xlsx)' without a password and without macros.",
    ),
    "workbook_too_many_rows": _w(
        "Tabel ini {n} baris; satu lembar Excel memuat {limit}.",
        "Simpan komunitas ini sebagai folder CSV.",
        "The table has {n} rows; an Excel sheet holds {limit}.",
        "Keep this community as a folder of CSV files.",
    ),
    "workbook_unpacks_too_large": _w(
        "Isi buku kerja ini mengembang melewati batas ({why}).",
        "Berkas seperti ini tidak dibuka. Salin datanya ke buku kerja baru, "
        "atau naikkan batas dengan --max-mb.",
        "The workbook unpacks beyond the limit ({why}).",
        "Such a file is not opened. Copy the data into a new workbook, "
        "or raise the limit with --max-mb.",
    ),
    "workbook_without_tables": _w(
        "Buku kerja ini tidak berisi lembar komunitas satu pun.",
        "Nama lembarnya seperti community, actors, meetings; "
        "'satuhati folder new' lalu 'folder toxlsx' membuat contohnya.",
        "The workbook holds no sheet of a community.",
        "Sheets are named like community, actors, meetings; "
        "'satuhati folder new' and then 'folder toxlsx' make a template.",
    ),
    # -- ties ----------------------------------------------------------------------------
    "actor_repeated": _w(
        "Aktor '{id}' sudah ada di baris {first}.", "Sisakan satu baris untuk tiap aktor.",
        "The actor '{id}' already stands in row {first}.", "Keep one row for each actor.",
    ),
    "tie_to_self": _w(
        "'{id}' dihubungkan dengan dirinya sendiri.",
        "Perbaiki salah satu ujungnya, atau hapus baris ini.",
        "'{id}' is tied to itself.", "Correct one of its ends, or delete this row.",
    ),
    "tie_unknown_actor": _w(
        "Aktor '{id}' tidak ada di daftar aktor.", "Tambahkan ke {actors}, atau perbaiki ejaannya.",
        "The actor '{id}' is not in the list of actors.",
        "Add it to {actors}, or correct its spelling.",
    ),
    "tie_weight": _w(
        "Bobot {value} bukan angka lebih dari nol.",
        "Tulis bobot positif, atau hapus baris hubungan yang tidak ada.",
        "The weight {value} is not above zero.",
        "Write a positive weight, or delete the row of a tie that is not there.",
    ),
    # -- surveys -----------------------------------------------------------------------------
    "scale_item_unknown": _w(
        "Skala {scale} memakai butir '{name}', tetapi kolom itu tidak ada.",
        "Kolom yang ada: {known}.",
        "The scale {scale} uses the item '{name}', but there is no such column.",
        "The columns are: {known}.",
    ),
    "output_unwritable": _w(
        "Hasil tidak dapat ditulis ({why}).", "Pilih tempat lain yang boleh ditulisi.",
        "The result cannot be written ({why}).", "Choose a place where you may write.",
    ),
    # -- participation, outreach, indicators, agreement --------------------------------------
    "cascade_grows": _w(
        "'{stage}' = {count}, lebih dari {before} pada tahap sebelumnya atau yang ditanya.",
        "Periksa turus: tiap tahap dihitung dari orang pada tahap sebelumnya.",
        "'{stage}' = {count}, more than the {before} at the stage before or asked.",
        "Check the tally: each stage counts people of the stage before it.",
    ),
    "numerator_exceeds": _w(
        "Pembilang {numerator} lebih besar daripada penyebut {denominator}.",
        "Periksa keduanya; mungkin tertukar.",
        "The numerator {numerator} is larger than the denominator {denominator}.",
        "Check both; they may be swapped.",
    ),
    "row_repeated": _w(
        "{what} sudah ada di baris {first}.", "Sisakan satu baris.",
        "{what} already stands in row {first}.", "Keep one row.",
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
    "as_of_unknown": Text(
        "Tidak ada catatan bertanggal, jadi belum ada yang dapat dinilai.",
        "There is no dated record, so nothing can be judged yet.",
    ),
    "caution_centralized": Text(
        "Jejaring bertumpu pada sedikit orang ({value}%): perkuat hubungan antarmitra, "
        "jangan menambah beban orang yang sama.",
        "The network hangs on few people ({value}%): strengthen ties among partners "
        "rather than load the same people.",
    ),
    "caution_movers": Text(
        "Banyak warga belum lama tinggal ({value}% lima tahun atau lebih): mulai dari perkenalan, "
        "dan jangan bergantung pada pengurus lama.",
        "Few residents have lived here long ({value}% five years or more): begin with getting "
        "acquainted, and do not lean on long-serving leaders alone.",
    ),
    "caution_unheard_poor": Text(
        "Warga kurang mampu merasa kurang didengar ({value} poin): pilih waktu, tempat, dan cara "
        "yang menjangkau mereka.",
        "Poor residents feel less heard ({value} points): choose hours, places and ways that "
        "reach them.",
    ),
    "caution_unsafe": Text(
        "Rasa aman rendah ({value} dari 100): jangan mengandalkan kegiatan malam hari.",
        "The sense of safety is low ({value} of 100): do not rely on evening events.",
    ),
    "low_response": Text(
        "{measure}: baru {percent}% dari daftar menjawab; dibaca dengan hati-hati.",
        "{measure}: only {percent}% of the roster answered; read with care.",
    ),
    "measure_off": Text(
        "Ukuran '{measure}' dimatikan oleh {by} ({reason}).",
        "The measure '{measure}' was switched off by {by} ({reason}).",
    ),
    "measure_anchors": Text(
        "Titik 0–100 ukuran '{measure}' diubah oleh {by} ({reason}).",
        "The 0–100 anchors of '{measure}' were changed by {by} ({reason}).",
    ),
    "measure_unknown": Text(
        "Pengaturan menyebut ukuran '{measure}' yang tidak dikenal; dilewati.",
        "The settings name a measure '{measure}' that is not known; it was passed over.",
    ),
    "census": Text(
        "Semua yang dituju menjawab: tidak ada galat penarikan sampel.",
        "Everyone asked has answered: there is no sampling error.",
    ),
    # -- packages: folders and workbooks -----------------------------------------------------
    "answer_column_undeclared": Text(
        "{file}: kolom '{column}' tidak ada di tabel items; tidak dibaca.",
        "{file}: the column '{column}' is not in the table items; it is not read.",
    ),
    "answers_repeated": Text(
        "{file}: {n} orang menjawab lebih dari sekali dalam satu putaran; semua jawaban dihitung.",
        "{file}: {n} people answered more than once in a round; all their answers count.",
    ),
    "column_unknown": Text(
        "{file}: kolom '{column}' tidak dikenal; tidak dibaca.",
        "{file}: the column '{column}' is not known; it is not read.",
    ),
    "community_absent": Text(
        "Tabel community tidak ada atau kosong; komunitas dinamai menurut {names}.",
        "The table community is absent or empty; communities are named {names}.",
    ),
    "dates_day_first": Text(
        "{file}, kolom {column}: tanggal seperti {example} dibaca hari/bulan/tahun.",
        "{file}, column {column}: dates like {example} are read day/month/year.",
    ),
    "decimal_comma": Text(
        "{file}, kolom {column}: koma dibaca sebagai tanda desimal.",
        "{file}, column {column}: a comma is read as the decimal mark.",
    ),
    "file_unknown": Text(
        "{file}: bukan tabel yang dikenal; tidak dibaca.",
        "{file}: not a known table; it is not read.",
    ),
    "item_column_missing": Text(
        "{file}: butir {names} ada di tabel items, tetapi kolomnya tidak ada.",
        "{file}: items {names} are in the table items, but their columns are missing.",
    ),
    "references_unchecked": Text(
        "Tabel {table} tidak ada, maka kode di {columns} tidak dapat diperiksa.",
        "The table {table} is absent, so codes in {columns} cannot be checked.",
    ),
    # -- ties ----------------------------------------------------------------------------
    "network_empty": Text(
        "Tidak ada hubungan di antara {n} aktor: ukuran yang memerlukan hubungan dikosongkan.",
        "There are no ties (number of actors: {n}): figures that need ties are left empty.",
    ),
    "network_too_small": Text(
        "Hanya {n} aktor: pemusatan memerlukan sekurangnya tiga, kepadatan dua.",
        "Number of actors: {n}. Centralization needs at least three, density two.",
    ),
    "transitivity_undefined": Text(
        "Transitivitas tidak dapat dihitung: tak seorang aktor pun terhubung dengan dua yang lain.",
        "Transitivity cannot be had: no actor is tied to two others.",
    ),
    "actors_unlisted": Text(
        "Tanpa daftar aktor (--actors), yang tak terhubung tidak diketahui dan tidak dihitung.",
        "Without a list of actors (--actors), those without ties are unknown and not counted.",
    ),
    "ties_undirected": Text(
        "Hubungan dibaca tanpa arah: timbal balik tidak berlaku.",
        "Ties are read without direction: reciprocity does not apply.",
    ),
    "ties_repeated": Text(
        "{n} baris mengulang pasangan yang sudah ada; digabung menjadi satu hubungan.",
        "Rows that repeat a pair already there: {n}; merged into one tie.",
    ),
    "ties_union_relations": Text(
        "Gabungan {n} jenis hubungan ({names}); pilih satu dengan --relation.",
        "The union of {n} relations ({names}); choose one with --relation.",
    ),
    "ties_union_waves": Text(
        "Gabungan {n} gelombang ({names}); pilih satu dengan --wave.",
        "The union of {n} waves ({names}); choose one with --wave.",
    ),
    "ties_unlabelled": Text(
        "{n} baris tanpa isi di kolom '{column}' tidak dipakai.",
        "Rows with nothing in the column '{column}': {n}; not used.",
    ),
    "ties_weights_unused": Text(
        "Bobot diperiksa tetapi tidak dipakai: hubungan dihitung ada atau tidak ada.",
        "Weights are checked but not used: a tie counts as there or not there.",
    ),
    "group_unknown": Text(
        "{n} aktor tanpa kelompok tidak ikut dalam ukuran kelompok.",
        "Actors without a group, left out of the group figures: {n}.",
    ),
    "group_single": Text(
        "Tidak ada dua kelompok yang berbeda: ukuran antarkelompok dikosongkan.",
        "There are no two different groups: figures between groups are left empty.",
    ),
    "group_one_actor": Text(
        "Kelompok dengan satu aktor ({names}) tidak mungkin punya hubungan di dalamnya.",
        "Groups of one actor ({names}) can have no ties inside them.",
    ),
    "group_no_ties": Text(
        "Tidak ada hubungan antaraktor yang kelompoknya diketahui: indeks E-I dikosongkan.",
        "No ties among actors whose group is known: the E-I index is left empty.",
    ),
    "permutations_few": Text(
        "Hanya {n} permutasi: nilai p kasar; pakai sekurangnya {needed}.",
        "Number of permutations: {n}. The p-value is coarse; use at least {needed}.",
    ),
    "permutations_none": Text(
        "Tanpa permutasi tidak ada nilai p.",
        "Without permutations there is no p-value.",
    ),
    "brokerage_not_testable": Text(
        "Nilai z perantara kosong untuk {names}: tidak dapat beragam pada besar kelompok dan "
        "kepadatan ini.",
        "The brokerage z is empty for {names}: with these group sizes and ties it cannot vary.",
    ),
    # -- surveys ---------------------------------------------------------------------------
    "alpha_few_items": Text(
        "Alfa butuh sekurangnya {needed} butir yang jawabannya beragam; ada {n}.",
        "Alpha needs at least {needed} items whose answers vary; there are {n}.",
    ),
    "alpha_negative": Text(
        "Alfa di bawah nol: butir-butir saling berlawanan. Periksa butir yang perlu dibalik.",
        "Alpha is below zero: the items pull against each other. Check which should be reversed.",
    ),
    "answers_off_scale": Text(
        "{scale}: {n} jawaban di luar skala tidak dipakai.",
        "{scale}: {n} answers off the scale were not used.",
    ),
    "constant_items": Text(
        "Tidak ada ragam jawaban pada {items}: butir ini tidak ikut dihitung.",
        "The answers to {items} do not vary: left out of the coefficients.",
    ),
    "factor_no_convergence": Text(
        "Analisis faktor ({factors} faktor) tidak mencapai hasil: omega-nya dikosongkan.",
        "The factor analysis ({factors} factors) did not converge: its omega is left empty.",
    ),
    "heywood": Text(
        "Analisis faktor ({factors} faktor) memberi ragam nol pada satu unsurnya (kasus Heywood): "
        "baca omega-nya dengan hati-hati.",
        "The factor analysis ({factors} factors) leaves one part without variance of its own "
        "(a Heywood case): read its omega with care.",
    ),
    "items_against": Text(
        "{items} berlawanan dengan butir lain: mungkin perlu dibalik (tanda minus).",
        "{items} runs against the other items: it may have to be reversed (a minus sign).",
    ),
    "matrix_indefinite": Text(
        "Jawaban kosong membuat korelasi antarbutir tidak selaras; baca omega dengan hati-hati.",
        "Missing answers make the correlations inconsistent; read omega with care.",
    ),
    "mean_census_exceeded": Text(
        "Ada {n} jawaban padahal jumlah seluruhnya disebut {population}: periksa jumlah itu.",
        "There are {n} answers but the population is given as {population}: check that number.",
    ),
    "mean_lonely_cluster": Text(
        "{n} strata hanya berisi satu klaster: galatnya ditaksir dari rata-rata seluruhnya.",
        "{n} strata hold a single cluster: their error is taken from the overall mean.",
    ),
    "mean_no_variation": Text(
        "Semua jawaban sama, maka selangnya tanpa lebar; jangan baca sebagai kepastian.",
        "All answers are equal, so the interval has no width; do not read it as certainty.",
    ),
    "omega_few_items": Text(
        "Omega butuh sekurangnya {needed} butir; ada {n}.",
        "Omega needs at least {needed} items; there are {n}.",
    ),
    "omega_hierarchical_few_items": Text(
        "Omega hierarkis butuh sekurangnya {needed} butir; ada {n}. "
        "Omega total memakai satu faktor.",
        "Hierarchical omega needs at least {needed} items; there are {n}. "
        "Total omega uses one factor.",
    ),
    "pairs_missing": Text(
        "Ada pasangan butir yang tidak pernah dijawab bersama: koefisien dikosongkan.",
        "Some pairs of items were never answered together: coefficients are left empty.",
    ),
    "scale_no_answers": Text(
        "{scale}: belum ada jawaban.",
        "{scale}: there are no answers yet.",
    ),
    "scale_range_observed": Text(
        "{scale}: ujung skala diambil dari jawaban yang ada ({low}–{high}). "
        "Sebutkan dengan --min dan --max.",
        "{scale}: the ends of the response scale are taken from the answers ({low}–{high}). "
        "State them with --min and --max.",
    ),
    "total_without_variance": Text(
        "Skor total tidak beragam: alfa dikosongkan.",
        "The total score does not vary: alpha is left empty.",
    ),
    # -- participation -----------------------------------------------------------------------
    "no_rows": Text(
        "{file}: belum ada satu baris pun; semua angka dikosongkan.",
        "{file}: there is not a single row yet; all figures are left empty.",
    ),
    "attendance_merged": Text(
        "{n} baris mengulang anggota dan rapat yang sama (misalnya beberapa sesi): digabung, "
        "status terbaik yang dipakai (hadir di satu sesi berarti hadir).",
        "{n} rows repeat a member and meeting (several sessions, say): merged, the best status "
        "counts (present at one session is present).",
    ),
    "attendance_status_missing": Text(
        "{n} baris tanpa status kehadiran tidak dihitung.",
        "{n} rows without an attendance status are not counted.",
    ),
    "attendance_present_read": Text(
        "Tidak ada kolom 'status': kolom 'present' dibaca (Y = hadir, N = tanpa keterangan).",
        "There is no column 'status': 'present' was read (Y = present, N = absent).",
    ),
    "meeting_key_widened": Text(
        "{n} nomor rapat dipakai oleh lebih dari satu panitia: satu rapat = {columns}. "
        "Ubah dengan --meeting-columns.",
        "{n} meeting numbers are used by more than one committee: a meeting = {columns}. "
        "Change it with --meeting-columns.",
    ),
    "gini_undefined": Text(
        "Indeks Gini memerlukan sekurangnya dua anggota dan satu kehadiran.",
        "The Gini index needs at least two members and one attendance.",
    ),
    "members_never_invited": Text(
        "{n} anggota belum pernah tercatat diundang: {names}.",
        "{n} members were never recorded as invited: {names}.",
    ),
    "members_unlisted": Text(
        "{n} orang di daftar hadir tidak ada di daftar anggota; kelompoknya tidak diketahui.",
        "{n} people on the attendance list are not in the list of members; their group is unknown.",
    ),
    "cells_suppressed": Text(
        "{table}: {n} kelompok dikosongkan supaya kelompok di bawah {needed} orang tidak terbaca, "
        "juga tidak dengan pengurangan.",
        "{table}: {n} groups are left empty so that no group under {needed} people can be read, "
        "nor had by subtraction.",
    ),
    # -- outreach ----------------------------------------------------------------------------
    "awareness_services": Text(
        "{n} layanan ({names}) dihitung sendiri-sendiri; pilih satu dengan --service.",
        "{n} services ({names}) are counted apart; choose one with --service.",
    ),
    "awareness_frames": Text(
        "{n} kerangka sampel ({names}) tidak digabung: yang ditemui di meja layanan lebih tahu "
        "daripada yang ditemui di rumah. Pilih satu dengan --frame.",
        "{n} sampling frames ({names}) are not pooled: people met at a service desk know more "
        "than those met at home. Choose one with --frame.",
    ),
    "awareness_waves": Text(
        "{n} gelombang ({names}) dihitung sendiri-sendiri; pilih satu dengan --wave.",
        "{n} waves ({names}) are counted apart; choose one with --wave.",
    ),
    "awareness_too_few": Text(
        "Kurang dari {needed} orang ditanya: angka dikosongkan.",
        "Fewer than {needed} people were asked: the figures are left empty.",
    ),
    "awareness_stage_missing": Text(
        "Tahap '{stage}' tidak ditanyakan.", "The stage '{stage}' was not asked."
    ),
    "awareness_areas_differ": Text(
        "'{stage}' sangat berbeda di antara {areas} wilayah (pengaruh rancangan {deff}): bila "
        "wilayah ini hanya contoh dari semua wilayah, pakai interval yang lebih lebar.",
        "'{stage}' differs much among {areas} areas (design effect {deff}): if these areas are a "
        "sample of all areas, use the wider interval.",
    ),
    "awareness_unanswered": Text(
        "{n} baris tanpa jawaban 'pernah mendengar' tidak dihitung.",
        "{n} rows without an answer to 'has heard' are not counted.",
    ),
    # -- indicators --------------------------------------------------------------------------
    "indicator_zero_denominator": Text(
        "{indicator}, {period}: penyebut nol; nilainya dikosongkan.",
        "{indicator}, {period}: the denominator is zero; the value is left empty.",
    ),
    "indicator_incomplete": Text(
        "{indicator}, {period}: pembilang atau penyebut kosong; nilainya dikosongkan.",
        "{indicator}, {period}: numerator or denominator is empty; the value is left empty.",
    ),
    "indicator_over_all": Text(
        "{indicator}, {period}: peserta lebih banyak daripada sasaran. Periksa apakah orang yang "
        "sama dihitung lebih dari sekali.",
        "{indicator}, {period}: more participants than the target group. Check whether people "
        "were counted more than once.",
    ),
    "indicator_source_missing": Text(
        "{indicator}, {period}: nilai dari luar tanpa sumber.",
        "{indicator}, {period}: a value from elsewhere without its source.",
    ),
    "indicator_parts_missing": Text(
        "{indicator}, {period}: hanya {n} dari {needed} bagian tercatat; tidak dihitung.",
        "{indicator}, {period}: only {n} of {needed} parts are on record; not computed.",
    ),
    "indicator_sum_of_rows": Text(
        "{indicator}, {period}: {n} baris dijumlahkan.",
        "{indicator}, {period}: {n} rows were summed.",
    ),
    "change_not_causal": Text(
        "Perubahan antarperiode bukan bukti sebab-akibat.",
        "A change between periods is no evidence of cause and effect.",
    ),
    "classification_key_missing": Text(
        "Indeks {index} dikosongkan: belum ada {keys}.",
        "The {index} index is left empty: {keys} not given.",
    ),
    "classification_key_unknown": Text(
        "Kunci '{key}' tidak dikenal dan dilewati.", "The key '{key}' is not known; skipped."
    ),
    "classification_open": Text(
        "Tingkat belum dapat ditentukan; kemungkinannya: {levels}.",
        "The level cannot be told yet; it may be: {levels}.",
    ),
    "classification_provisional": Text(
        "Aturan nilai ini ({date}) berasal dari {source}; cocokkan dengan portal sebelum dipakai "
        "resmi.",
        "These scoring rules ({date}) come from {source}; compare with the portal before any "
        "official use.",
    ),
    # -- agreement ---------------------------------------------------------------------------
    "agreement_no_pairs": Text(
        "Tidak ada satuan yang dikodekan oleh dua orang: kesepakatan tidak dapat dihitung.",
        "No unit was coded by two people: agreement cannot be had.",
    ),
    "agreement_no_variation": Text(
        "Semua kode sama: kesepakatan di luar kebetulan tidak dapat dihitung.",
        "All codes are alike: agreement beyond chance cannot be had.",
    ),
    "agreement_units_unpaired": Text(
        "{n} satuan yang dikodekan satu orang saja tidak ikut dihitung.",
        "{n} units coded by one person only are left out.",
    ),
    "agreement_few_units": Text(
        "Hanya {n} satuan: interval dari begitu sedikit satuan kasar (sebaiknya {needed}).",
        "Only {n} units: an interval from so few is coarse ({needed} would be better).",
    ),
    "fleiss_unequal": Text(
        "Kappa Fleiss dikosongkan: jumlah pengode tidak sama di semua satuan.",
        "Fleiss' kappa is left empty: units were not all coded by the same number of people.",
    ),
    "bootstrap_degenerate": Text(
        "{n} dari {of} contoh ulang tanpa keragaman dilewati; interval kasar.",
        "{n} of {of} resamples had no variation and were skipped; the interval is coarse.",
    ),
}
