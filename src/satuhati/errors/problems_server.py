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
    # -- accounts ------------------------------------------------------------------------
    "account_exists": _w(
        "Akun dengan e-mail {email} sudah ada (nomor {number}).",
        "Beri peran dengan --community dan --role, atau lihat 'satuhati user list'.",
        "There is an account with the e-mail {email} already (number {number}).",
        "Give it a role with --community and --role, or see 'satuhati user list'.",
    ),
    "account_role_ambiguous": _w(
        "Akun '{who}' tidak punya satu peran yang dapat dipilih.",
        "Sebut komunitasnya dengan --community: {choices}.",
        "The account '{who}' has not one role to choose.",
        "Name the community with --community: {choices}.",
    ),
    "account_unknown": _w(
        "Akun '{who}' tidak ada.", "Pakai nomor atau e-mail dari 'satuhati user list'.",
        "There is no account '{who}'.", "Use a number or an e-mail of 'satuhati user list'.",
    ),
    "account_without_way": _w(
        "Akun tanpa e-mail dan tanpa komunitas tidak punya jalan masuk.",
        "Beri --email untuk kode masuk, atau --community untuk tautan pribadi.",
        "An account with neither e-mail nor community has no way in.",
        "Give --email for sign-in codes, or --community for a personal link.",
    ),
    "keeper_is_last": _w(
        "Sesudah ini tidak ada lagi yang mengurus komunitas '{code}'.",
        "Beri dulu peran sekretaris atau petugas lapangan kepada orang lain.",
        "Nobody would be left to look after the community '{code}'.",
        "First give somebody else the role of secretary or field officer.",
    ),
    # -- packages in and out -------------------------------------------------------------
    "community_code": _w(
        "Kode komunitas '{value}' tidak dapat menjadi alamat halaman.",
        "Beri kode lain dengan --as: huruf, angka, dan tanda hubung, paling banyak 60.",
        "The community code '{value}' cannot be the address of a page.",
        "Give another with --as: letters, digits and hyphens, at most 60.",
    ),
    "import_loses": _w(
        "Komunitas '{code}' sudah ada di server; {n} barisnya akan berubah atau hilang.",
        "Lihat dulu dengan --dry-run; bila memang begitu maksudnya, ulangi dengan --replace.",
        "The community '{code}' is on the server already; {n} of its rows would change or go.",
        "Look first with --dry-run; if that is what you want, repeat with --replace.",
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
