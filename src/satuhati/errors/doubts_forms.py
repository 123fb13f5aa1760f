"""Doubts about a questionnaire: it can be used, and this should be known."""

from __future__ import annotations

from satuhati.text import Text

FORM_DOUBTS: dict[str, Text] = {
    "form_filter_column": Text(
        "Lembar survey, baris {row}, kolom choice_filter, '{name}': lembar choices tidak punya "
        "kolom '{column}' (yang ada: {known}). Halaman kami menampilkan semua pilihan, ODK Collect "
        "mungkin tidak satu pun. Perbaiki namanya; kata biasa ditulis dalam tanda kutip: "
        "'{column}'.",
        "Sheet survey, row {row}, column choice_filter, '{name}': the sheet choices has no column "
        "'{column}' (there are: {known}). Our pages show all choices, ODK Collect perhaps none. "
        "Correct its name; a plain word is put in quotes: '{column}'.",
    ),
    "form_codes_silent": Text(
        "{names}: kode {codes} di luar ujung skala {low}–{high} dan dihitung sebagai tidak "
        "menjawab.",
        "{names}: the codes {codes} lie beyond the ends {low}–{high} and count as no answer.",
    ),
    "form_codes_unsure": Text(
        "{names}: pilihan '{word}' ({code}) terhitung sebagai salah satu ujung skala. Bila artinya "
        "tidak menjawab, isi satuhati_low dan satuhati_high tanpa kode itu.",
        "{names}: the choice '{word}' ({code}) counts as one end of the scale. If it means no "
        "answer, fill in satuhati_low and satuhati_high without that code.",
    ),
    "form_column_untranslated": Text(
        "Lembar {sheet}: kolom {columns} tidak ada dalam bahasa '{language}'.",
        "Sheet {sheet}: there is no column {columns} in the language '{language}'.",
    ),
    "package_forms_left": Text(
        "Kuesioner di folder forms tidak ikut ke buku kerja: {names}.",
        "The questionnaires in the folder forms do not go into the workbook: {names}.",
    ),
    "form_few_items": Text(
        "Skala '{scale}' hanya {n} butir; keandalannya tidak dapat dihitung dari satu butir.",
        "The scale '{scale}' has only {n} item; reliability cannot be had from one item.",
    ),
    "form_formula": Text(
        "Sel berisi rumus; yang dipakai nilai terakhirnya: {cells}.",
        "Cells hold formulas; their last values were used: {cells}.",
    ),
    "form_language_unnamed": Text(
        "{n} pertanyaan tidak menyebut bahasanya (tulis label::Bahasa Indonesia (id) dan "
        "label::English (en)); kalimatnya ditampilkan dalam kedua bahasa.",
        "{n} questions do not say in which language they are (write label::Bahasa Indonesia (id) "
        "and label::English (en)); their wording is shown in both.",
    ),
    "form_language_missing": Text(
        "{n} pertanyaan belum punya kalimat dalam bahasa {language}.",
        "{n} questions have no wording in {language}.",
    ),
    "form_no_scale": Text(
        "Tidak satu pun pertanyaan menyebut skalanya (kolom satuhati_scale): jawabannya tersimpan, "
        "tetapi tidak dihitung sebagai skor.",
        "No question names its scale (column satuhati_scale): answers are kept, but not scored.",
    ),
    "form_not_asked": Text(
        "Baris {row}, '{name}': jenis '{type}' tidak ditanyakan di halaman kami; ODK Collect bisa.",
        "Row {row}, '{name}': the type '{type}' is not asked on our pages; ODK Collect can.",
    ),
    "form_not_computed": Text(
        "Baris {row}, '{name}', kolom {column}: {why}; hanya ODK Collect yang menghitungnya.",
        "Row {row}, '{name}', column {column}: {why}; only ODK Collect does.",
    ),
    "form_not_imported": Text(
        "Tidak dimasukkan sebagai butir: {names}.", "Not taken in as items: {names}.",
    ),
    "form_other_untranslated": Text(
        "Di ODK Collect, kata untuk pilihan 'other' dari or_other tampil dalam bahasa Inggris. "
        "Tulis pilihan itu sendiri di lembar choices bila ingin diterjemahkan.",
        "In ODK Collect the words for the choice 'other' of or_other are English. Write that "
        "choice on the sheet choices yourself to have it translated.",
    ),
    "form_photo_size": Text(
        "Baris {row}: foto dikirim sebesar aslinya; max-pixels di kolom parameters mengecilkannya.",
        "Row {row}: photos are sent as large as they are; max-pixels in the column parameters "
        "makes them smaller.",
    ),
    "form_pyxform": Text("pyxform mencatat: {why}", "pyxform notes: {why}"),
    "form_repeat": Text(
        "Baris {row}: bagian berulang '{name}' tidak ditanyakan di halaman kami dan tidak menjadi "
        "butir; ODK Collect bisa.",
        "Row {row}: the repeat '{name}' is not asked on our pages and gives no items; ODK Collect "
        "can.",
    ),
    "form_same_already": Text(
        "Kuesioner '{id}' versi '{version}' sudah ada dan sama; tidak ada yang diubah.",
        "The questionnaire '{id}' version '{version}' is there already, the same; nothing changed.",
    ),
    "form_scale_unknown": Text(
        "Skala '{scale}' tidak dipakai ukuran mana pun di profil; skornya tetap dapat dihitung.",
        "No measure of the profile uses the scale '{scale}'; it can still be scored.",
    ),
}  # fmt: skip
