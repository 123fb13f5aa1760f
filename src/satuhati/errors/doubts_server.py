"""Doubts about what commands of the server did: to be known, and no reason to stop."""

from __future__ import annotations

from satuhati.text import Text

SERVER_DOUBTS: dict[str, Text] = {
    "community_without_keeper": Text(
        "Tidak ada lagi yang mengurus komunitas '{code}': beri peran kepada orang lain dengan "
        "'satuhati user add'.",
        "Nobody looks after the community '{code}' any more: give somebody a role with "
        "'satuhati user add'.",
    ),
    "mail_folder": Text(
        "Server surel belum diatur (SATUHATI_MAIL_HOST): kode masuk ditaruh di {folder}.",
        "No mail server is set (SATUHATI_MAIL_HOST): sign-in codes are put into {folder}.",
    ),
    "secret_elsewhere": Text(
        "Rahasia server berasal dari SATUHATI_SECRET_KEY dan tidak ikut dalam cadangan: simpan "
        "sendiri.",
        "The server's secret comes from SATUHATI_SECRET_KEY and is not in the backup: keep it "
        "yourself.",
    ),
    "set_aside": Text(
        "Isi folder data yang lama ada di {folder}; hapus bila tidak diperlukan lagi.",
        "What was in the data folder is in {folder}; remove it when it is not needed any more.",
    ),
}
