"""What can be wrong with a community's folder or workbook, and with what its tables say."""

from __future__ import annotations

from satuhati.errors.wording import Wording
from satuhati.errors.wording import worded as _w

PACKAGE_PROBLEMS: dict[str, Wording] = {
    "answers_unknown_instrument": _w(
        "Kuesioner '{id}' tidak ada di tabel Kuesioner (instruments).",
        "Tambahkan barisnya di sana, atau perbaiki nama berkas atau lembar jawaban ini.",
        "There is no questionnaire '{id}' in the table Instruments.",
        "Add its row there, or correct the name of this file or sheet of answers.",
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
        "Folder ini berisi {n} komunitas, tetapi kolom Komunitas (community) tidak ada.",
        "Tambahkan kolom itu, berisi kode komunitas tiap baris.",
        "The folder holds {n} communities but there is no column Community.",
        "Add that column, with the code of each row's community.",
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
    "key_repeated": _w(
        "Gabungan {columns} yang sama sudah ada di baris {first}.",
        "Sisakan satu baris, atau perbaiki salah satunya.",
        "The same {columns} already stand in row {first}.",
        "Keep one row, or correct one of them.",
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
    "people_name_column": _w(
        "Tidak ada kolom nama orang, dan tidak ada nama yang terbaca.",
        "Beri baris judul berisi 'Nama', misalnya: Nama, Jabatan, Seksi, HP, RT, RW.",
        "There is no column of names, and no name could be read.",
        "Give it a header row with 'Name', for example: Name, Post, Section, Phone, RT, RW.",
    ),
    "people_too_many_rows": _w(
        "Daftar orang ini lebih dari {limit} baris.", "Pecah daftar itu, lalu masukkan bertahap.",
        "This list of people has more than {limit} rows.", "Split it and enter the parts in turn.",
    ),
    "period_invalid": _w(
        "'{value}' bukan tahun atau bulan.", "Tulis tahun (2026) atau tahun-bulan (2026-11).",
        "'{value}' is not a year or a month.", "Write a year (2026) or a year-month (2026-11).",
    ),
    "reference_unknown": _w(
        "'{id}' tidak ada di tabel {table}.", "Tambahkan di {table}, atau perbaiki ejaannya.",
        "'{id}' is not in the table {table}.", "Add it to {table}, or correct its spelling.",
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
}  # fmt: skip
