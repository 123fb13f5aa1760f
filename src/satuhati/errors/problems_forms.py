"""What can be wrong with a questionnaire (XLSForm), and with taking one into a community."""

from __future__ import annotations

from satuhati.errors.wording import Wording
from satuhati.errors.wording import worded as _w

FORM_PROBLEMS: dict[str, Wording] = {
    "form_calculation_missing": _w(
        "'{name}' berjenis calculate, tetapi kolom calculation kosong.",
        "Tulis rumusnya di kolom calculation, atau hapus baris ini.",
        "'{name}' is a calculate, but its calculation is empty.",
        "Write the expression in the column calculation, or delete this row.",
    ),
    "form_choice_name_missing": _w(
        "Pilihan ini tidak punya kode (kolom name).", "Isi kolom name pada lembar choices.",
        "This choice has no code (column name).", "Fill in the column name on the sheet choices.",
    ),
    "form_choice_repeated": _w(
        "Kode pilihan '{name}' sudah ada pada daftar '{list}' di baris {first}.",
        "Beri tiap pilihan kodenya sendiri.",
        "The choice code '{name}' is already in the list '{list}', in row {first}.",
        "Give each choice a code of its own.",
    ),
    "form_choice_spaces": _w(
        "Kode pilihan '{name}' memuat spasi.",
        "Ganti spasi dengan garis bawah; kata-katanya ditulis di kolom label.",
        "The choice code '{name}' holds a blank.",
        "Use an underscore instead; the words go into the column label.",
    ),
    "form_cycle": _w(
        "Syarat atau rumus berputar: {path}.",
        "Putuskan lingkaran itu: sebuah pertanyaan tidak boleh bergantung pada dirinya sendiri.",
        "Relevance or calculation goes in a circle: {path}.",
        "Break the circle: a question cannot depend on itself.",
    ),
    "form_expression": _w(
        "Ungkapan tidak dapat dibaca, mulai huruf ke-{at}: {why}.",
        "Contoh yang benar: ${{umur}} >= 18 and selected(${{minat}}, 'kb').",
        "The expression cannot be read from character {at} on: {why}.",
        "A right one looks like: ${{age}} >= 18 and selected(${{topics}}, 'health').",
    ),
    "form_gap": _w(
        "Sebelum baris ini ada {n} baris kosong; pembaca XLSForm berhenti sesudah 60.",
        "Hapus baris-baris kosong itu.",
        "There are {n} empty rows before this one; readers of XLSForm stop after 60.",
        "Delete those empty rows.",
    ),
    "form_group_end": _w(
        "'{found}' tidak menutup apa pun yang terbuka.",
        "Hapus baris ini, atau tambahkan pembukanya di atas.",
        "'{found}' closes nothing that is open.",
        "Delete this row, or add what it should close above it.",
    ),
    "form_group_open": _w(
        "Bagian '{name}' dibuka di sini tetapi tidak pernah ditutup.",
        "Tambahkan baris '{close}' sesudah pertanyaan terakhirnya.",
        "The group '{name}' is opened here and never closed.",
        "Add a row '{close}' after its last question.",
    ),
    "form_key_wording": _w(
        "Kalimat '{name}' milik penyusunnya dan tidak kami sertakan; di sini hanya kunci "
        "penskorannya ({citation}).",
        "Bila Anda berhak memakainya, beri kalimatnya dengan --wording BERKAS.csv "
        "(kolom name, text_id, text_en).",
        "The wording of '{name}' belongs to its authors and is not included; only its scoring key "
        "is ({citation}).",
        "If you may use it, give the wording with --wording FILE.csv "
        "(columns name, text_id, text_en).",
    ),
    "form_label_missing": _w(
        "Pertanyaan '{name}' tidak punya kalimat (label).",
        "Isi kolom label, sebaiknya dalam bahasa Indonesia dan Inggris.",
        "The question '{name}' has no wording (label).",
        "Fill in the column label, in Indonesian and English if you can.",
    ),
    "form_list_missing": _w(
        "Daftar pilihan '{list}' tidak ada pada lembar choices.",
        "Tambahkan pilihannya di sana, atau perbaiki namanya. Yang ada: {known}.",
        "There is no list of choices '{list}' on the sheet choices.",
        "Add its choices there, or correct the name. There are: {known}.",
    ),
    "form_list_unnamed": _w(
        "Pilihan ini tidak menyebut daftarnya (kolom list_name).", "Isi kolom list_name.",
        "This choice does not name its list (column list_name).", "Fill in the column list_name.",
    ),
    "form_macros": _w(
        "Buku kerja ini berisi makro (.xlsm); makro tidak pernah dijalankan di sini.",
        "Simpan sebagai 'Excel Workbook (.xlsx)' tanpa makro.",
        "This workbook holds macros (.xlsm); macros are never run here.",
        "Save it as 'Excel Workbook (.xlsx)' without macros.",
    ),
    "form_name_invalid": _w(
        "'{value}' tidak dapat menjadi nama pertanyaan.",
        "Pakai huruf, angka, dan garis bawah, dimulai dengan huruf, tanpa spasi.",
        "'{value}' cannot be the name of a question.",
        "Use letters, digits and underscores, beginning with a letter, without blanks.",
    ),
    "form_name_missing": _w(
        "Baris ini tidak punya nama (kolom name).",
        "Beri nama pendek, misalnya umur; jawaban disimpan di bawah nama itu.",
        "This row has no name (column name).",
        "Give it a short name such as age; answers are kept under it.",
    ),
    "form_name_repeated": _w(
        "Nama '{name}' sudah dipakai di baris {first}.",
        "Beri tiap pertanyaan namanya sendiri; jawaban disimpan di bawah nama itu.",
        "The name '{name}' is already used in row {first}.",
        "Give each question a name of its own; answers are kept under it.",
    ),
    "form_name_reserved": _w(
        "Nama '{name}' sudah dipakai untuk kolom baku berkas jawaban.",
        "Ganti nama pertanyaan ini. Yang tidak boleh dipakai: {reserved}.",
        "The name '{name}' is taken by a declared column of the answers file.",
        "Rename this question. Not to be used: {reserved}.",
    ),
    "form_population": _w(
        "Belum jelas siapa yang ditanya dengan kuesioner ini ({value}).",
        "Beri --population warga, pokja, mitra, atau all; "
        "atau isi kolom satuhati_population pada lembar settings.",
        "It is not clear who is asked with this questionnaire ({value}).",
        "Give --population warga, pokja, mitra or all; "
        "or fill in the column satuhati_population on the sheet settings.",
    ),
    "form_reference_unknown": _w(
        "'${{{name}}}' menunjuk pertanyaan yang tidak ada.",
        "Perbaiki ejaannya; huruf besar dan kecil dibedakan.",
        "'${{{name}}}' points to a question that is not there.",
        "Correct its spelling; capitals count.",
    ),
    "package_form_changed": _w(
        "Kuesioner ini bukan lagi berkas yang dicatat di datapackage.json (hash berbeda).",
        "Ekspor paketnya sekali lagi; kuesioner diubah di halaman Kuesioner, bukan di dalam paket.",
        "This questionnaire is no longer the file listed in datapackage.json (its hash differs).",
        "Export the package again; questionnaires are changed on their page, not in a package.",
    ),
    "package_form_missing": _w(
        "Kuesioner ini tercatat di datapackage.json, tetapi berkasnya tidak ada.",
        "Ekspor paketnya sekali lagi, dengan seluruh isi foldernya.",
        "This questionnaire is listed in datapackage.json, and its file is not there.",
        "Export the package again, with all that is in its folder.",
    ),
    "package_form_other": _w(
        "Kuesioner ini bukan milik tabel di paket ini: {why}.",
        "Ekspor paketnya sekali lagi, atau keluarkan kuesioner ini dari paket.",
        "This questionnaire does not belong to the tables of the package: {why}.",
        "Export the package again, or take this questionnaire out of it.",
    ),
    "package_form_unread": _w(
        "Server ini belum dapat membaca kuesioner di dalam paket.",
        "Minta pengurus server memasang bagiannya: pip install 'satuhati[survey]'.",
        "This server cannot read the questionnaires of a package yet.",
        "Ask whoever looks after it to install the part: pip install 'satuhati[survey]'.",
    ),
    "form_rejected": _w(
        "pyxform, pembaca baku XLSForm, menolak formulir ini: {why}.",
        "Betulkan yang disebut itu, lalu periksa lagi.",
        "pyxform, the standard reader of XLSForm, refuses this form: {why}.",
        "Correct what it names, then check again.",
    ),
    "form_codes_uneven": _w(
        "Kode pilihan '{name}' berlubang ({codes}), jadi ujung skalanya tidak jelas: kode seperti "
        "99 untuk 'tidak tahu' akan terhitung sebagai jawaban tertinggi.",
        "Isi satuhati_low dan satuhati_high (misalnya 1 dan 5); kode di luarnya berarti tidak "
        "menjawab.",
        "The choice codes of '{name}' have a gap ({codes}), so the ends of the scale are unclear: "
        "a code such as 99 for 'does not know' would count as the highest answer.",
        "Fill in satuhati_low and satuhati_high (1 and 5, say); codes beyond them are no answer.",
    ),
    "form_scale_unscored": _w(
        "'{name}' masuk skala '{scale}', tetapi jawabannya bukan angka: tidak akan pernah menjadi "
        "skor.",
        "Beri pilihannya kode angka berurutan di lembar choices (1, 2, 3 …), tanpa or_other; atau "
        "kosongkan satuhati_scale.",
        "'{name}' belongs to the scale '{scale}', but its answers are no numbers: they would never "
        "be scored.",
        "Give its choices numbers in order on the sheet choices (1, 2, 3 …), without or_other; or "
        "empty satuhati_scale.",
    ),
    "form_scoring_range": _w(
        "Batas skala {low}–{high} tidak dapat dipakai untuk '{name}'.",
        "Tulis satuhati_low lebih kecil dari satuhati_high, dan sekurangnya dua kode pilihan di "
        "antara keduanya.",
        "The range {low}–{high} cannot be used for '{name}'.",
        "Write satuhati_low below satuhati_high, and at least two choice codes between them.",
    ),
    "form_sheet_missing": _w(
        "Lembar '{sheet}' tidak ada; tanpanya ini bukan XLSForm.",
        "Beri nama lembar pertanyaan 'survey', dan pilihannya 'choices'.",
        "There is no sheet '{sheet}'; without it this is no XLSForm.",
        "Name the sheet of questions 'survey', and that of their choices 'choices'.",
    ),
    "form_too_large": _w(
        "Formulir ini terlalu besar ({what}: {n}; batas {limit}).", "Pecah menjadi beberapa.",
        "The form is too large ({what}: {n}; the limit is {limit}).", "Split it into several.",
    ),
    "form_type_missing": _w(
        "Jenis pertanyaan (kolom type) kosong.", "Pakai salah satu: {known}.",
        "The type of question (column type) is empty.", "Use one of: {known}.",
    ),
    "form_type_unknown": _w(
        "Jenis pertanyaan '{value}' tidak dikenal.", "Pakai salah satu: {known}.",
        "The question type '{value}' is not known.", "Use one of: {known}.",
    ),
    "form_version_differs": _w(
        "Kuesioner '{id}' versi '{version}' sudah ada, dengan butir yang berbeda ({items}).",
        "Naikkan version pada lembar settings; jawaban lama tetap milik versi lama.",
        "There is a questionnaire '{id}' version '{version}' already, with other items ({items}).",
        "Raise version on the sheet settings; old answers stay with the old version.",
    ),
    "form_without_questions": _w(
        "Formulir ini tidak berisi pertanyaan yang dapat dijawab.",
        "Tambahkan sekurangnya satu pertanyaan pada lembar survey.",
        "The form holds no question that can be answered.",
        "Add at least one question on the sheet survey.",
    ),
    "form_unknown": _w(
        "Kuesioner '{name}' tidak dikenal.", "Yang ada: {known}; atau beri berkas .xlsx.",
        "There is no questionnaire '{name}'.", "There are: {known}; or name an .xlsx file.",
    ),
    "form_wording_items": _w(
        "Berkas kalimat tidak cocok dengan kunci '{key}': {names}.",
        "Tulis satu baris untuk tiap butir kunci itu, kolom name, text_id, text_en.",
        "The wording does not fit the key '{key}': {names}.",
        "Write one row for each item of the key, columns name, text_id, text_en.",
    ),
}  # fmt: skip
