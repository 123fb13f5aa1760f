"""Interviews, observations, documents and a focus group, coded by two coders.

The texts lie in ``notes/`` as people would write them, with light marks: ``{code+|passage}`` is a
coded passage (``+`` supports, ``~`` mixed, ``-`` contradicts), ``{one+;other-|passage}`` one that
the second coder read otherwise, and ``[[with//without]]`` the wording with and without the three
problems. Marks are taken out here; what is left is the text, and positions count in it.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import NamedTuple

from satuhati.examples.community.rows import Rows, day

_MARK = re.compile(r"\{([^|{}]+)\|([^{}]*)\}")
_EITHER = re.compile(r"\[\[(.*?)//(.*?)\]\]", re.DOTALL)
_DIRECTION = {"+": "supports", "~": "mixed", "-": "contradicts"}
CODERS = ("pengode-1", "pengode-2")

# code, parent, component, level, name, definition, include, exclude
_CODES: tuple[tuple[str, str | None, str | None, str | None, str, str, str, str], ...] = (
    ("capacity", None, None, None, "Kapasitas komunitas",
     "Ciri kapasitas: rasa memiliki, komitmen, memecahkan masalah, sumber daya.", "", ""),
    ("capital", None, None, None, "Modal sosial", "Kepercayaan, jejaring, dan norma.", "", ""),
    ("functions", None, None, None, "Fungsi",
     "Merencanakan, melayani, mengabarkan, mengorganisasi.", "", ""),
    ("belonging", "capacity", "sense_of_community", "individual", "Rasa memiliki kampung",
     "Merasa bagian dari kampung dan terikat dengan warganya.",
     "Kenangan, ikatan, merasa rumah sendiri", "Kepuasan pada layanan"),
    ("kerja_bakti", "capacity", "sense_of_community", "network", "Gotong royong di RT",
     "Tolong-menolong antarrumah yang benar terjadi.", "Kerja bakti, saling menjaga",
     "Kerja yang dibayar"),
    ("willing", "capacity", "commitment", "individual", "Mau bertindak",
     "Pernyataan bersedia mengambil bagian.", "Bersedia, siap, mau", "Tindakan yang sudah ada"),
    ("attendance", "capacity", "commitment", "individual", "Kehadiran pengurus",
     "Datang atau tidaknya pengurus, dengan sebabnya.", "Daftar hadir, kursi kosong",
     "Kehadiran mitra di forum"),
    ("shared_load", "capacity", "commitment", "organization", "Beban dibagi",
     "Tugas tersebar kepada banyak pengurus, atau menumpuk.", "Pembagian tugas",
     "Jumlah kegiatan"),
    ("forum", "capacity", "commitment", "network", "Keterlibatan lintas sektor",
     "Sektor lain ikut hadir dan menanggung.", "Forum, janji bersama", "Pertukaran kabar"),
    ("solving", "capacity", "problem_solving", "individual", "Sanggup menyelesaikan masalah",
     "Orang sanggup dan mau menangani masalah sampai selesai.", "Langkah dan hasilnya",
     "Keluhan saja"),
    ("resources", "capacity", "access_to_resources", "organization", "Dana dan alat",
     "Dana, alat, ruang: didapat atau tidak.", "Sumber dana, pinjaman alat", "Bantuan ke warga"),
    ("refused", "capacity", "access_to_resources", "individual", "Ditolak atau dipersulit",
     "Warga tidak dilayani tanpa alasan yang adil.", "Ditolak, disuruh pulang",
     "Menunggu giliran"),
    ("trust_open", "capital", "trust", "individual", "Komunikasi terbuka",
     "Kabar dan keputusan disampaikan terbuka, semua boleh bicara.", "Buku kas, grup, jawaban",
     "Sopan santun"),
    ("leader_bridge", "capital", "trust", "network", "Pemimpin menjembatani",
     "Pemimpin mengoordinasi dan menghubungkan pihak.", "Memperkenalkan, menyambungkan",
     "Sifat pribadi"),
    ("exchange", "capital", "networks", "network", "Pertukaran",
     "Kabar, sumber daya, atau dukungan berpindah antarpihak.", "Tukar data, pinjam ruang",
     "Rencana tanpa tindakan"),
    ("private_sector", "capital", "networks", "network", "Hubungan dengan swasta",
     "Perusahaan dan toko terhubung, atau tidak.", "Undangan, jawaban, bantuan",
     "Pedagang sebagai warga"),
    ("norm_written", "capital", "norms", "organization", "Aturan tertulis",
     "Pedoman, SK, SOP: ada, dikenal, dirujuk.", "Isi dan pemakaian aturan", "Kebiasaan"),
    ("norm_respect", "capital", "norms", "individual", "Menghargai pendapat",
     "Nilai tak tertulis: pendapat orang dihargai, musyawarah.", "Giliran bicara, saling menunggu",
     "Setuju karena segan"),
    ("schedule", "functions", "planning_decision_governance", "organization", "Jadwal rapat",
     "Kepastian waktu rapat dan undangan.", "Hari tetap, tenggang undangan", "Lama rapat"),
    ("plan_scope", "functions", "planning_decision_governance", "organization", "Cakupan RKM",
     "Rencana menjangkau semua seksi dan punya tujuan.", "Isi RKM", "Pelaksanaannya"),
    ("sigap", "functions", "information_dissemination", "individual", "Tahu Rumah Anak SIGAP",
     "Warga tahu layanan dan cara ikut.", "Pernah mendengar, salah paham", "Puas pada layanan"),
    ("voice", "functions", "organizing_advocacy", "individual", "Suara warga",
     "Warga mengusulkan dan mendapat jawaban.", "Usul, undangan rapat warga", "Obrolan pribadi"),
    ("services", "functions", "production_of_goods_services", "organization", "Layanan berjalan",
     "Layanan ada, rutin, dan berguna.", "Posyandu, kelas, penimbangan", "Dikenal atau tidaknya"),
)  # fmt: skip


class _Placement(NamedTuple):
    component: str
    level: str
    population: str
    direction: str
    reason: str
    clean: tuple[str, str] | None = None


# Not every cell: some wait for the analyst.
_PLACEMENTS = (
    _Placement("sense_of_community", "individual", "warga", "supports",
               "Kader, ibu, dan pengamatan kerja bakti menunjukkan ikatan; penyewa masih ragu."),
    _Placement("sense_of_community", "network", "warga", "supports",
               "Gotong royong disebut tiga sumber dan terlihat, walau orangnya itu-itu juga."),
    _Placement("commitment", "individual", "pokja", "mixed",
               "Semua bilang mau; dua seksi tidak datang menurut ketua, seksi, dan daftar hadir.",
               ("supports", "Mau dan datang: ketua, seksi, dan daftar hadir sejalan.")),
    _Placement("commitment", "organization", "pokja", "contradicts",
               "Tugas menumpuk pada ketua dan sekretaris menurut empat sumber."),
    _Placement("trust", "individual", "pokja", "supports",
               "Buku kas terbuka dan pendapat ditulis; keluhan hanya soal grup yang ramai."),
    _Placement("trust", "individual", "warga", "mixed",
               "Kader dijawab cepat, tetapi penyewa tidak pernah ditanya."),
    _Placement("trust", "network", "pokja", "supports",
               "Ketua menjembatani menurut ketua, seksi, dan pengamatan; bergantung satu orang."),
    _Placement("norms", "individual", "pokja", "supports",
               "Menghargai pendapat disebut dan terlihat dalam rapat."),
    _Placement("norms", "individual", "warga", "supports",
               "Musyawarah dan tolong-menolong disebut dua warga dan terlihat di kerja bakti."),
    _Placement("networks", "network", "mitra", "mixed",
               "Pertukaran dengan pemerintah dan yayasan lancar; swasta tidak terhubung."),
    _Placement("planning_decision_governance", "organization", "pokja", "contradicts",
               "Ketua, seksi, daftar hadir, dan SK sama-sama menunjukkan tidak ada jadwal tetap.",
               ("supports", "Jadwal tetap disebut ketua dan seksi, dan terbukti di daftar hadir.")),
    _Placement("information_dissemination", "individual", "warga", "contradicts",
               "Kader dan ibu menyatakan SIGAP belum dikenal.",
               ("supports", "Kader dan ibu menyatakan SIGAP dikenal luas.")),
)  # fmt: skip


class Passage(NamedTuple):
    start: int
    end: int
    marks: str


def unmark(marked: str, *, clean: bool) -> tuple[str, list[Passage]]:
    """The plain text, and its coded passages with their positions in it."""
    text = _EITHER.sub(lambda m: m.group(2 if clean else 1), marked)
    plain, passages, at = "", [], 0
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        passages.append(Passage(len(plain), len(plain) + len(mark.group(2)), mark.group(1)))
        plain += mark.group(2)
        at = mark.end()
    return plain + text[at:], passages


def add_fieldnotes(rows: Rows) -> None:
    for code, parent, component, level, name, definition, include, exclude in _CODES:
        rows.add("codes", code, name=name, parent=parent, component=component, level=level,
                 definition=definition, include=include or None, exclude=exclude or None,
                 version="1")  # fmt: skip
    folder = files("satuhati.examples.community").joinpath("notes")
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".txt"):
            _source(rows, file.name.split("_")[0], file.read_text(encoding="utf-8"))
    for place in _PLACEMENTS:
        direction, reason = place.direction, place.reason
        if rows.clean and place.clean:
            direction, reason = place.clean
        rows.add("placements", component=place.component, level=place.level,
                 population=place.population, direction=direction, reason=reason,
                 analyst="Analis rekaan", date=day("2026-10-31"))  # fmt: skip


def _source(rows: Rows, code: str, content: str) -> None:
    head, body = content.split("\n---\n", 1)
    about = dict(line.split(": ", 1) for line in head.splitlines())
    text, passages = unmark(body.strip(), clean=rows.clean)
    rows.add("sources", code, kind=about["kind"], title=about["title"], date=day(about["date"]),
             population=about["population"], actor=about.get("actor"),
             sampling_reason=about["reason"], text=text)  # fmt: skip
    for passage in passages:
        excerpt = rows.add("excerpts", source=code, start=passage.start, end=passage.end,
                           text=text[passage.start : passage.end])  # fmt: skip
        first, _, second = passage.marks.partition(";")
        for coder, mark in zip(CODERS, (first, second or first), strict=True):
            rows.add("codings", excerpt=excerpt, code=mark[:-1], coder=coder,
                     direction=_DIRECTION[mark[-1]])  # fmt: skip
        if second and second[:-1] != first[:-1]:
            rows.of("codings")[-1]["memo"] = "Dibaca lain oleh pengode kedua; belum disepakati."
