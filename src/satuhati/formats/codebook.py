"""The README of a package folder: what each file and column means, in Indonesian."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from satuhati.core.community import CommunityData
from satuhati.schema import ANSWER_KEYS, TABLES, Column
from satuhati.schema.choices import choice_label

KINDS = {
    "text": "teks",
    "integer": "bilangan bulat",
    "number": "angka",
    "boolean": "ya / tidak (`true` / `false`)",
    "date": "tanggal (2026-11-21)",
    "time": "jam (19:30)",
    "choice": "pilihan",
    "reference": "kode",
}

_RULES = """\
## Aturan menulis

- Satu berkas satu tabel; baris pertama adalah judul kolom. Judul boleh kode kolom (`status`)
  atau namanya (Kehadiran).
- Setiap baris punya `id` sendiri yang tidak pernah berubah. Kolom berjenis *kode* berisi `id`
  dari tabel yang disebut.
- Pilihan ditulis dengan katanya (hadir) atau kodenya (`present`); huruf besar atau kecil sama saja.
- Hanya sel kosong yang berarti tidak ada isian. Tanggal ditulis 2026-11-21, jam 19:30.
- Tanda petik (') di awal sel menjaga agar program lembar kerja tidak menjalankan isinya sebagai
  rumus; ia bukan bagian dari isi.
- Tabel yang tidak ada dibaca "Belum ada bukti". Bila memang tidak ada kejadian, nyatakan di
  confirmed_empty.csv.
- Periksa folder ini dengan `satuhati folder check FOLDER`.
"""

_FILLING = """\
## Urutan mengisi

Isi dari atas ke bawah; baris di bawah merujuk yang di atas. Tidak perlu semuanya: satu tabel
saja sudah memberi profil yang jujur.

"""


_MORE = """\
Tabel lain, misalnya aset, suara warga, RKM dan indikator, ada bila folder dibuat dengan
`satuhati folder new FOLDER --all`.
"""


def codebook(
    data: CommunityData, *, tables: Collection[str] | None = None, template: bool = False
) -> str:
    """Markdown for the folder's ``README.md``; the first line says so if data are synthetic."""
    found = data.tables["community"]
    lines = []
    if found["synthetic"].fill_null(False).any():
        lines += [
            "**Data rekaan (sintetis): semua orang dan angka di sini dibuat untuk contoh.**",
            "",
        ]
    names = ", ".join(_inline(n) for n in found["name"].head(5))
    lines += [f"# {names or 'Folder komunitas baru'}", ""]
    shown = [n for n in tables or TABLES if tables or data.tables[n].height]
    if template:
        lines += [_FILLING.rstrip("\n"), ""]
        for i, name in enumerate(shown, 1):
            table = TABLES[name]
            lines.append(f"{i}. `{name}.csv` – {table.label.id}: {table.meaning.id}")
        lines += [f"{len(shown) + 1}. `answers/<kode>.csv` – jawaban tiap kuesioner", ""]
        if len(shown) < len(TABLES):
            lines += [_MORE]
    lines += [_RULES]
    if len(data.communities) > 1:
        lines += ["Kolom `community` pada tiap tabel berisi kode komunitasnya.", ""]
    for name in shown:
        table = TABLES[name]
        lines += [f"## {name}.csv – {table.label.id}", "", table.meaning.id, ""]
        lines += [*_columns(name, table.columns), ""]
    for name, frame in data.answers.items():
        lines += [f"## answers/{name}.csv – Jawaban", "", *_columns("answers", ANSWER_KEYS)]
        mine = data.tables["items"].filter(pl.col("instrument") == name)
        wording = dict(mine.select("name", "text_id").iter_rows())
        for item in frame.columns[len(ANSWER_KEYS) + 1 :]:
            lines.append(f"| `{_inline(item)}` | {_inline(wording.get(item) or '')} | butir | |")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _columns(table: str, columns: Collection[Column]) -> list[str]:
    lines = ["| kolom | arti | isi | wajib |", "|---|---|---|---|"]
    for column in columns:
        meaning = f"{column.label.id}. {column.meaning.id}".rstrip(". ") + "."
        kind = KINDS[column.kind]
        if column.choices:
            labels = ((choice_label(table, column.name, c).id, c) for c in column.choices)
            kind += ": " + "; ".join(f"{_inline(word)} (`{code}`)" for word, code in labels)
        if column.table:
            kind += f" dari `{column.table}`"
        if column.low is not None or column.high is not None:
            low = "" if column.low is None else f"{column.low:g}"
            high = "" if column.high is None else f"{column.high:g}"
            kind += f", {low}–{high}" if low and high else f", paling sedikit {low}"
        lines.append(
            f"| `{column.name}` | {meaning} | {kind} | {'ya' if column.required else ''} |"
        )
    return lines


def _inline(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("`", "'").split())
