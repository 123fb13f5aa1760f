"""What can be wrong with input: code, what it is, what to do. Codes are stable."""

from __future__ import annotations

from satuhati.errors.problems_forms import FORM_PROBLEMS
from satuhati.errors.problems_networks import NETWORK_PROBLEMS
from satuhati.errors.problems_packages import PACKAGE_PROBLEMS
from satuhati.errors.problems_server import SERVER_PROBLEMS
from satuhati.errors.wording import Wording
from satuhati.errors.wording import worded as _w

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
    "column_same": _w(
        "Kolom ini sama artinya dengan kolom '{other}'.", "Sisakan satu kolom.",
        "This column stands for the same as the column '{other}'.", "Keep one column.",
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
    **PACKAGE_PROBLEMS,
    # -- ties ----------------------------------------------------------------------------
    **NETWORK_PROBLEMS,
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
    "release_empty": _w(
        "Kuesioner '{instrument}' tidak punya putaran dengan sekurangnya {needed} jawaban.",
        "Tunggu sampai lebih banyak orang menjawab; jawaban sesedikit itu tidak boleh keluar.",
        "The questionnaire '{instrument}' has no round with at least {needed} answers.",
        "Wait until more people answered; so few answers may not leave the house.",
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
    # -- questionnaires ------------------------------------------------------------------
    **FORM_PROBLEMS,
    # -- the server ----------------------------------------------------------------------
    **SERVER_PROBLEMS,
}  # fmt: skip
