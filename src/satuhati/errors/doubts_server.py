"""Doubts about what commands of the server did: to be known, and no reason to stop."""

from __future__ import annotations

from satuhati.text import Text

SERVER_DOUBTS: dict[str, Text] = {
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
