"""What consent is asked for: purpose, who sees it, how long, how to withdraw. Versioned.

A changed wording is a new version; what was agreed to keeps the version it was given for.
"""

from __future__ import annotations

from dataclasses import dataclass

from satuhati.text import Text

VERSION = "2026-1"


@dataclass(frozen=True, slots=True)
class Purpose:
    """The consent text of one strand (Law 27/2022: separable, plain, provable)."""

    strand: str
    title: Text
    purpose: Text
    seen_by: Text
    kept: Text


WITHDRAW = Text(
    "Persetujuan boleh ditarik kapan saja, tanpa alasan dan tanpa akibat apa pun: di halaman Anda sendiri atau "
    "lewat sekretaris. Paling lambat 3×24 jam sesudahnya data itu tidak dipakai lagi.",
    "Consent may be withdrawn at any time, without a reason and without any consequence: on your own page or "
    "through the secretary. Within 3×24 hours the data are no longer used.",
)  # fmt: skip
GUARDIAN = Text(
    "Untuk yang belum berumur 18 tahun, orang tua atau wali yang menyetujui.",
    "For people under 18 a parent or guardian consents.",
)
LAW = Text(
    "Dasar: Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi.",
    "Basis: Law 27/2022 on the protection of personal data.",
)

PURPOSES: dict[str, Purpose] = {
    "survey": Purpose(
        "survey",
        Text("Survei", "Survey"),
        Text(
            "Jawaban Anda dihitung bersama jawaban orang lain untuk melihat kapasitas komunitas.",
            "Your answers are counted together with those of others to see the community's capacity.",
        ),
        Text(
            "Hanya jumlah dan rata-rata yang ditampilkan, tidak pernah kurang dari lima orang. Peneliti melihat "
            "jawaban tanpa nama.",
            "Only counts and means are shown, never of fewer than five people. Researchers see answers without names.",
        ),
        Text(
            "Disimpan sampai dua gelombang survei berikutnya selesai.",
            "Kept until the next two survey waves are done.",
        ),
    ),
    "ties": Purpose(
        "ties",
        Text("Jejaring", "Ties"),
        Text(
            "Siapa yang biasa Anda mintai kabar, bantuan, atau dukungan: untuk melihat siapa yang sudah dan belum "
            "terhubung.",
            "Whom you ask for news, help or support: to see who is connected and who is not yet.",
        ),
        Text(
            "Nama hanya tampil bila Anda setuju. Siapa menyebut siapa tidak dibuka kepada siapa pun di komunitas.",
            "Names appear only if you agree. Who named whom is open to nobody in the community.",
        ),
        Text(
            "Disimpan sampai putaran jejaring berikutnya selesai.",
            "Kept until the next round of ties is done.",
        ),
    ),
    "notes": Purpose(
        "notes",
        Text("Catatan lapangan", "Field notes"),
        Text(
            "Wawancara, pengamatan, dan diskusi: kalimat Anda dapat dikutip dengan peran, tanpa nama.",
            "Interviews, observation and discussion: your words may be quoted by role, without a name.",
        ),
        Text(
            "Peneliti komunitas ini; kutipan dalam laporan untuk Pokja.",
            "Researchers of this community; quotations in the report to the working group.",
        ),
        Text(
            "Disimpan selama penelitian, paling lama lima tahun.",
            "Kept for the study, five years at most.",
        ),
    ),
    "photos": Purpose(
        "photos",
        Text("Foto", "Photos"),
        Text(
            "Foto kegiatan yang memperlihatkan Anda, untuk laporan kegiatan. Foto anak tidak pernah ditampilkan "
            "kepada umum.",
            "Photos of activities that show you, for reports. Photos of children are never shown to the public.",
        ),
        Text(
            "Pokja dan instansi penerima laporan.",
            "The working group and agencies that get its reports.",
        ),
        Text("Disimpan lima tahun.", "Kept for five years."),
    ),
}
