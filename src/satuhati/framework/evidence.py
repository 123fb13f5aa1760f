"""How we know: methods, and the verdicts of comparing them."""

from __future__ import annotations

from satuhati.framework.term import index, term

METHODS = index(
    term(
        "survey",
        ("Survei", "Survey"),
        (
            "Apa yang dijawab orang atas pertanyaan yang sama.",
            "What people answer to the same questions.",
        ),
        "Satu Hati",
    ),
    term(
        "behaviour",
        ("Catatan kegiatan", "Records of what was done"),
        (
            "Apa yang sungguh dilakukan menurut catatan biasa: daftar hadir, notulen, tindak "
            "lanjut.",
            "What was in fact done, from ordinary records: attendance, minutes, follow-ups.",
        ),
        "Satu Hati",
    ),
    term(
        "network",
        ("Peta jejaring", "Network"),
        (
            "Siapa terhubung dengan siapa, untuk apa.",
            "Who is tied to whom, and for what.",
        ),
        "Satu Hati; slides 23",
    ),
    term(
        "fieldnotes",
        ("Catatan lapangan", "Field notes"),
        (
            "Apa yang dikatakan dan dilihat dalam wawancara, pengamatan, dan diskusi kelompok "
            "terarah. Memberi arah, bukan angka, dan perlu sedikitnya dua sumber.",
            "What was said and seen in interviews, observation and focus groups. They give a "
            "direction, not a number, and need at least two sources.",
        ),
        "Kelapa Dua Wetan study",
    ),
    term(
        "documents",
        ("Dokumen", "Documents"),
        (
            "Apa yang tertulis: SK, pedoman, RKM, anggaran.",
            "What is written: decrees, guidelines, work plan, budget.",
        ),
        "Kelapa Dua Wetan study",
    ),
    term(
        "indicator",
        ("Hitungan layanan", "Counts"),
        (
            "Pembilang dan penyebut dari layanan dan kelompok kegiatan.",
            "Numerators and denominators from services and activity groups.",
        ),
        "Satu Hati; Kampung KB",
    ),
)

VERDICTS = index(
    term(
        "agreement",
        ("Sejalan", "In agreement"),
        (
            "Dua cara atau lebih, dan semua suara di golongan yang sama.",
            "Two methods or more, and all voices in the same class.",
        ),
        "Farmer et al. 2006; Satu Hati",
    ),
    term(
        "partial agreement",
        ("Sebagian sejalan", "Partly in agreement"),
        (
            "Dua cara atau lebih yang berbeda, tetapi tidak bertolak belakang dengan jelas.",
            "Two methods or more that differ without being clearly opposed.",
        ),
        "Farmer et al. 2006; Satu Hati",
    ),
    term(
        "silence",
        ("Baru satu cara", "One way only"),
        (
            "Hanya satu cara yang bersuara, berapa pun catatannya; belum ada yang membenarkan.",
            "One method alone speaks, however many records; nothing confirms it yet.",
        ),
        "Farmer et al. 2006; Satu Hati",
    ),
    term(
        "dissonance",
        ("Bertentangan", "In conflict"),
        (
            "Ada suara rendah dan ada suara tinggi, dengan kisaran yang tidak bersentuhan. Itu "
            "temuan yang patut dibaca bersama, bukan kesalahan.",
            "Some voices are low and some high, with intervals apart. It is a finding to read "
            "together, not a mistake.",
        ),
        "Farmer et al. 2006; Satu Hati",
    ),
    term(
        "no evidence",
        ("Belum ada bukti", "No evidence yet"),
        (
            "Tidak ada suara yang cukup.",
            "No sufficient voice.",
        ),
        "Satu Hati",
    ),
)
