"""Doubts about a pasted list of people: lines not read, people who may be one, what to ask."""

from __future__ import annotations

from satuhati.text import Text

PEOPLE_DOUBTS: dict[str, Text] = {
    # why a line is no person
    "line_chat": Text(
        "Catatan WhatsApp, bukan isi daftar.", "A note of WhatsApp, not part of the list."
    ),
    "line_empty_item": Text("Nomor atau jabatan tanpa nama.", "A number or post without a name."),
    "line_greeting": Text("Salam atau sapaan.", "A greeting."),
    "line_marks": Text("Hanya tanda atau garis.", "Only marks or a line."),
    "line_no_name": Text(
        "Tidak terbaca sebagai nama. Bila ini orang, tambahkan sendiri.",
        "Not read as a name. If it is a person, add them yourself.",
    ),
    "line_other_matter": Text("Keterangan lain, bukan orang.", "Another matter, not a person."),
    "line_sentence": Text("Kalimat, bukan daftar nama.", "A sentence, not a list of names."),
    "line_too_long": Text(
        "Baris terlalu panjang. Beri ganti baris, lalu tempel lagi.",
        "The line is too long. Break it up and paste again.",
    ),
    # about the list
    "people_columns_unread": Text(
        "{file}: kolom {columns} tidak dikenal dan tidak dibaca.",
        "{file}: the columns {columns} are not known and were not read.",
    ),
    "people_id_number": Text(
        "{n} nomor induk (NIK) ada di daftar ini; tidak diambil karena tidak diperlukan.",
        "{n} national ID numbers are in this list; they were left out, as they are not needed.",
    ),
    "people_mostly_unread": Text(
        "Sebagian besar baris ({n}) tidak terbaca sebagai nama. Apakah yang ditempel ini daftar?",
        "Most lines ({n}) were not read as names. Is what was pasted a list?",
    ),
    "people_none": Text(
        "Belum ada nama yang terbaca. Tempel daftar dengan satu nama per baris, misalnya "
        "'Ketua: Bu Sari'.",
        "No name could be read. Paste a list with one name a line, such as 'Ketua: Bu Sari'.",
    ),
    "people_nothing": Text(
        "Belum ada yang ditempel.", "Nothing was pasted yet."
    ),
    "people_other_sheets": Text(
        "{file}: hanya lembar '{sheet}' yang dibaca; lembar lain: {others}.",
        "{file}: only the sheet '{sheet}' was read; other sheets: {others}.",
    ),
    "people_post_vacant": Text(
        "'{post}' (baris {line}) belum ada orangnya.", "'{post}' (line {line}) has no one yet."
    ),
    "people_repeated": Text(
        "{n} nama muncul lebih dari sekali dan dijadikan satu orang: {names}.",
        "{n} names came more than once and were made one person: {names}.",
    ),
    "people_section_unknown": Text(
        "Seksi '{section}' bukan salah satu dari delapan seksi; pilihkan seksinya.",
        "The section '{section}' is none of the eight; choose its section.",
    ),
    # why two may be the same person
    "same_phone": Text(
        "Nomor HP-nya sama; bisa juga satu keluarga.",
        "The same telephone number; it may also be one family.",
    ),
    "same_phone_and_name": Text(
        "Nomor HP-nya sama dan namanya mirip.", "The same telephone number and a like name."
    ),
    "same_name": Text("Namanya sama.", "The same name."),
    "same_name_longer": Text(
        "Nama yang satu adalah bagian dari nama yang lain.", "One name is a part of the other."
    ),
    "same_name_spelt": Text(
        "Namanya hanya berbeda ejaan.", "The names differ in spelling only."
    ),
    "same_name_only_one": Text(
        "Hanya ada satu orang bernama '{name}'.", "There is only one person called '{name}'."
    ),
}  # fmt: skip
