"""What can be wrong with ties, actors, graph files and square tables."""

from __future__ import annotations

from satuhati.errors.wording import Wording
from satuhati.errors.wording import worded as _w

NETWORK_PROBLEMS: dict[str, Wording] = {
    "actor_repeated": _w(
        "Aktor '{id}' sudah ada di baris {first}.", "Sisakan satu baris untuk tiap aktor.",
        "The actor '{id}' already stands in row {first}.", "Keep one row for each actor.",
    ),
    "actors_extra": _w(
        "Aktor {names} ada di sini tetapi tidak di {other}.",
        "Samakan daftar aktor di semua berkas.",
        "Actors {names} are here but not in {other}.",
        "Use the same actors in all files.",
    ),
    "actors_missing": _w(
        "Aktor {names} ada di {other} tetapi tidak di sini.",
        "Samakan daftar aktor di semua berkas; beri 0 bila tak ada hubungan.",
        "Actors {names} are in {other} but not here.",
        "Use the same actors in all files; write 0 where there is no tie.",
    ),
    "graph_actor_repeated": _w(
        "Aktor '{id}' muncul lebih dari sekali.", "Beri tiap aktor id sendiri.",
        "The actor '{id}' appears more than once.", "Give each actor an id of its own.",
    ),
    "graph_character": _w(
        "'{value}' memuat karakter kendali yang tidak dapat disimpan dalam XML.",
        "Hapus karakter itu, atau simpan sebagai CSV.",
        "'{value}' holds a control character that XML cannot hold.",
        "Delete that character, or write CSV instead.",
    ),
    "graph_id_csv": _w(
        "'{id}' tidak dapat menjadi id atau nama kolom di CSV.",
        "Ganti nama itu: bukan kosong, bukan NA, tanpa spasi di awal atau akhir.",
        "'{id}' cannot be an id or the name of a column in CSV.",
        "Rename it: not empty, not NA, no blanks before or after.",
    ),
    "graph_mixed_direction": _w(
        "Berkas ini berisi hubungan berarah dan tak berarah sekaligus.",
        "Jadikan semuanya berarah, atau semuanya tak berarah.",
        "The file holds both directed and undirected ties.",
        "Make all of them directed, or all undirected.",
    ),
    "matrix_not_square": _w(
        "Tabel ini tidak persegi: {columns} kolom, {rows} baris.",
        "Isi satu kolom dan satu baris untuk tiap aktor, atau pakai daftar hubungan "
        "(kolom source dan target).",
        "The table is not square: {columns} columns, {rows} rows.",
        "Give each actor one column and one row, or use a list of ties (columns source and "
        "target).",
    ),
    "matrix_not_symmetric": _w(
        "Isi {a}–{b} tidak sama dengan {b}–{a}.",
        "Samakan keduanya, atau hapus --undirected.",
        "The value for {a}–{b} differs from that for {b}–{a}.",
        "Make them equal, or drop --undirected.",
    ),
    "matrix_row_name": _w(
        "Baris ini bernama '{value}', padahal urutan judul kolom meminta '{expected}'.",
        "Urutkan baris seperti kolom.",
        "This row is named '{value}', but the order of the header calls for '{expected}'.",
        "Put the rows in the order of the columns.",
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
}  # fmt: skip
