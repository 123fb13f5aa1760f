"""What can be wrong around the server: settings, accounts, packages in and out, backups."""

from __future__ import annotations

from satuhati.errors.wording import Wording
from satuhati.errors.wording import worded as _w

SERVER_PROBLEMS: dict[str, Wording] = {
    "port_taken": _w(
        "Porta {port} sudah dipakai program lain.", "Hentikan program itu, atau pilih --port lain.",
        "Port {port} is taken by another program.", "Stop it, or choose another --port.",
    ),
    "setting_wrong": _w(
        "Pengaturan server keliru: {why}", "Betulkan variabel lingkungan itu, lalu mulai lagi.",
        "A setting of the server is wrong: {why}",
        "Correct that environment variable and start again.",
    ),
    # -- backup and restore --------------------------------------------------------------
    "backup_broken": _w(
        "Cadangan ini rusak atau tidak lengkap ({why}).",
        "Pakai cadangan lain; isi folder data tidak diubah.",
        "The backup is damaged or incomplete ({why}).",
        "Use another one; the data folder is as it was.",
    ),
    "backup_newer": _w(
        "Cadangan ini dibuat oleh program yang lebih baru ({found}).",
        "Perbarui satuhati, lalu coba lagi.",
        "The backup was made by a newer program ({found}).",
        "Update satuhati, then try again.",
    ),
    "backup_postgresql": _w(
        "Basis data server ini ada di PostgreSQL, yang mencadangkan dan memulihkan dengan alatnya "
        "sendiri.",
        "Cadangkan dengan pg_dump --format=custom, pulihkan dengan pg_restore; simpan pula folder "
        "'files' dan berkas 'secret' dari folder data.",
        "The database of this server is PostgreSQL, which has its own tools for backup and "
        "restore.",
        "Back up with pg_dump --format=custom, restore with pg_restore; keep the folder 'files' "
        "and the file 'secret' of the data folder as well.",
    ),
    "database_broken": _w(
        "Basis data rusak ({why}).",
        "Pulihkan cadangan terakhir yang baik dengan 'satuhati restore'.",
        "The database is damaged ({why}).",
        "Restore the last good backup with 'satuhati restore'.",
    ),
    "data_folder_taken": _w(
        "Folder data sudah berisi.",
        "Sebut folder kosong dengan --data, atau pakai --force: isi yang lama dipindahkan ke "
        "dalam folder 'before-restore-…' di sana.",
        "The data folder is not empty.",
        "Name an empty one with --data, or use --force: what is there is moved into a folder "
        "'before-restore-…' in it.",
    ),
    "data_folder_without_database": _w(
        "Di folder data ini belum ada basis data.",
        "Sebut folder yang benar dengan --data atau SATUHATI_DATA.",
        "There is no database in this data folder.",
        "Name the right folder with --data or SATUHATI_DATA.",
    ),
    "server_running": _w(
        "Server masih berjalan dengan folder data ini.", "Hentikan dulu, lalu ulangi.",
        "The server is still running with this data folder.", "Stop it first, then try again.",
    ),
}  # fmt: skip
