"""One work plan for four of the eight sections, what came of it, and what it cost."""

from __future__ import annotations

from satuhati.examples.community.rows import Rows, day

# code, in the plan, section, component, named on, problem
_PROBLEMS = (
    ("b1", True, "reproduksi", "better_services", "2024-01-27",
     "Ibu hamil dan anak pendek belum semua terpantau"),
    ("b2", True, "sosialisasi_pendidikan", "information_dissemination", "2024-01-27",
     "Warga belum tahu layanan keluarga yang ada"),
    ("b3", True, "lingkungan", "sense_of_community", "2024-01-27",
     "Saluran RW 09 tersumbat dan air sumur keruh"),
    ("b4", True, "cinta_kasih", "access_to_resources", "2024-01-27",
     "Keluarga dengan lansia merawat sendirian"),
    ("b5", True, "sosialisasi_pendidikan", "better_services", "2024-01-27",
     "Anak 0–3 tahun belum mendapat rangsangan bermain"),
    ("b6", True, "sosialisasi_pendidikan", "commitment", "2025-12-13",
     "Sebagian pengurus jarang datang"),
    ("b7", False, "ekonomi", "economic_wellbeing", "2024-10-10",
     "Usaha rumahan tidak berizin dan sulit modal"),
    ("b8", False, "perlindungan", "safety", "2025-12-13",
     "Belum ada tempat mengadu kekerasan dalam rumah"),
)  # fmt: skip
# code, problem, goal, measure, target
_GOALS = (
    ("t1", "b1", "Semua balita ditimbang tiap bulan", "persen balita ditimbang", 90),
    ("t2", "b2", "Setengah warga tahu SIGAP dan kelas orang tua", "persen tahu layanan", 50),
    ("t3", "b3", "Saluran RW 09 lancar sebelum musim hujan", "titik tersumbat", 0),
    ("t4", "b4", "Tiap lansia sendirian dikunjungi sebulan sekali", "persen dikunjungi", 80),
    ("t5", "b5", "Enam puluh anak ikut kelas bermain", "anak terdaftar", 60),
)
# goal, way, strategy, chosen, reason
_ALTERNATIVES = (
    ("t1", "Penimbangan berkeliling tiap RT", "organizational_development", True,
     "Ibu bekerja tidak sempat ke RPTRA"),
    ("t1", "Menambah hari posyandu", "organizational_development", False, "Bidan tidak cukup"),
    ("t2", "Kabar lewat kader dari rumah ke rumah", "community_organizing", True,
     "Warga paling percaya kader"),
    ("t2", "Spanduk di jalan besar", "community_organizing", False, "Mahal dan cepat hilang"),
    ("t3", "Kerja bakti dan pengerukan bersama dinas", "interorganizational_collaboration", True,
     "Alat berat hanya ada di dinas"),
    ("t4", "Anak muda menjadi sahabat lansia", "leadership_development", True,
     "Memberi tugas kepada remaja"),
    ("t4", "Meminta tambahan petugas", "interorganizational_collaboration", False,
     "Tidak ada anggarannya"),
)  # fmt: skip
# code, goal, name, section, strategy, area, planned, done, participants, partners, budget
# partners: sector and organisation; budget: source, inside, needed, secured, spent (thousands)
_ACTIVITIES = (
    ("a1", "t1", "Penimbangan keliling RW 02 dan RW 07", "reproduksi",
     "organizational_development", "rw02", "2024-04-13", "2024-04-13", 86,
     (("pemerintah", "g03"), ("warga", None)),
     (("local_government", False, 3000, 3000, 2800),)),
    ("a2", "t1", "Kelas ibu hamil angkatan 1", "reproduksi", "leadership_development", None,
     "2024-06-22", "2024-07-20", 24, (("pemerintah", "g03"),),
     (("local_government", False, 2500, 2000, 2000), ("self_help", True, 500, 500, 450))),
    ("a3", "t1", "DASHAT masak bersama", "reproduksi", "community_organizing", "rw04",
     "2024-10-12", "2024-10-19", 38, (("pokja", None), ("warga", None)),
     (("self_help", True, 1800, 1500, 1500), ("ngo", False, 3600, 2400, 2400))),
    ("a4", "t1", "Penimbangan keliling RW 09", "reproduksi", "organizational_development",
     "rw09", "2025-03-15", None, None, (("pemerintah", "g03"),),
     (("local_government", False, 3000, 0, 0),)),
    ("a5", "t1", "Kelas ibu hamil angkatan 2", "reproduksi", "leadership_development", None,
     "2026-06-27", "2026-07-04", 31, (("pemerintah", "g03"), ("lembaga", "f01")),
     (("local_government", False, 2500, 2500, 2300),)),
    ("a6", "t2", "Pengenalan SIGAP di RPTRA", "sosialisasi_pendidikan", "community_organizing",
     "rw05", "2025-01-25", "2025-01-25", 42, (("pokja", None), ("lembaga", "l05")),
     (("ngo", False, 2000, 2000, 1900),)),
    ("a7", "t2", "Kabar SIGAP dari rumah ke rumah", "sosialisasi_pendidikan",
     "community_organizing", None, "2025-04-26", None, None, (("pokja", None),),
     (("self_help", True, 1200, 300, 0),)),
    ("a8", "t2", "Kelas orang tua Juli", "sosialisasi_pendidikan", "leadership_development",
     "rw05", "2025-07-19", "2025-07-19", 27, (("pokja", None),),
     (("village", False, 1500, 1500, 1350),)),
    ("a9", "t2", "Kelas orang tua RW 07", "sosialisasi_pendidikan", "community_organizing",
     "rw07", "2025-09-20", None, None, (("pokja", None),),
     (("village", False, 1500, 0, 0),)),
    ("a10", "t2", "Poster layanan di 29 RT", "sosialisasi_pendidikan", "community_organizing",
     None, "2026-03-14", None, None, (("lembaga", "l02"),),
     (("private_csr", False, 2900, 0, 0),)),
    ("a11", "t3", "Kerja bakti saluran RW 09", "lingkungan", "community_organizing", "rw09",
     "2025-04-27", "2025-04-27", 44, (("warga", None), ("pemerintah", "g09")),
     (("self_help", True, 900, 900, 900), ("local_government", False, 5000, 2500, 2500))),
    ("a12", "t3", "Uji air sumur", "lingkungan", "interorganizational_collaboration", "rw09",
     "2024-05-04", "2024-04-20", 19, (("pemerintah", "g03"),),
     (("local_government", False, 1600, 1600, 1600),)),
    ("a13", "t3", "Pengerukan sebelum hujan", "lingkungan", "interorganizational_collaboration",
     "rw09", "2025-10-18", None, None, (("pemerintah", "g09"), ("warga", None)),
     (("local_government", False, 12000, 0, 0),)),
    ("a14", "t3", "Kebun gizi di lahan kosong", "lingkungan", "community_organizing", "rw07",
     "2026-02-21", None, None, (("warga", None),),
     (("self_help", True, 1500, 400, 0),)),
    ("a15", "t4", "Sahabat lansia RW 08", "cinta_kasih", "leadership_development", "rw08",
     "2026-02-14", "2026-03-07", 18, (("lembaga", "l02"),),
     (("self_help", True, 600, 600, 520), ("village", False, 1000, 1000, 900))),
    ("a16", "t4", "Sahabat lansia RW 03", "cinta_kasih", "leadership_development", "rw03",
     "2026-05-16", "2026-05-30", 15, (("lembaga", "l02"), ("warga", "k02")),
     (("self_help", True, 600, 600, 480),)),
    ("a17", "t4", "Pelatihan perawat lansia keluarga", "cinta_kasih", "leadership_development",
     None, "2026-04-11", None, None, (("pemerintah", "g03"),),
     (("private_csr", False, 4000, 0, 0),)),
    ("a18", "t4", "Temu keluarga lansia", "cinta_kasih", "community_organizing", None,
     "2026-09-05", None, None, (("pokja", None),),
     (("village", False, 2200, 700, 0),)),
)  # fmt: skip
_MONEY_ENDED = {
    "a3": ("2025-06-30", True),
    "a6": ("2025-12-31", False),
    "a15": ("2026-07-31", True),
}
# The residents' proposal an activity came from, by its text.
_FROM_VOICE = {"a11": "Perbaikan drainase RT 02/RW 09"}


def add_plan(rows: Rows) -> None:
    rows.add("plans", "rkm", name="RKM 2024–2026", start=day("2024-02-01"), end=day("2026-12-31"),
             approved_on=day("2024-02-27"))  # fmt: skip
    for rank, (code, inside, section, component, named, text) in enumerate(_PROBLEMS, 1):
        rows.add("problems", code, plan="rkm" if inside else None, text=text, section=section,
                 named_on=day(named), component=component, rank=rank)  # fmt: skip
    for code, problem, text, measure, target in _GOALS:
        rows.add("goals", code, problem=problem, text=text, measure=measure, target=target)
    for goal, text, strategy, chosen, reason in _ALTERNATIVES:
        rows.add("alternatives", goal=goal, text=text, strategy=strategy, chosen=chosen,
                 reason=reason)  # fmt: skip
    for (code, goal, name, section, strategy, area, planned, done, participants, partners,
         budget) in _ACTIVITIES:  # fmt: skip
        ended, continued = _MONEY_ENDED.get(code, (None, None))
        voice = [v["id"] for v in rows.of("voices") if v["text"] == _FROM_VOICE.get(code)]
        rows.add("activities", code, plan="rkm", goal=goal, name=name, section=section,
                 voice=voice[0] if voice else None, strategy=strategy, area=area,
                 planned_for=day(planned), done_on=day(done) if done else None,
                 participants=participants, money_ended=day(ended) if ended else None,
                 continued=continued)  # fmt: skip
        for sector, actor in partners:
            rows.add("activity_partners", activity=code, sector=sector, actor=actor)
        for source, inside, needed, secured, spent in budget:
            rows.add("budget_lines", activity=code, source=source, inside=inside,
                     needed=1000 * needed, secured=1000 * secured, spent=1000 * spent)  # fmt: skip
