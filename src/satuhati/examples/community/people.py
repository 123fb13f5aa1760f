"""The place and its people: areas, residents, actors, posts, terms and assets."""

from __future__ import annotations

from itertools import product

from satuhati.examples.community.rows import Rows, day, shares_to_counts
from satuhati.framework import SECTIONS

RTS = (3, 2, 3, 3, 4, 3, 2, 3, 3, 3)
"""Number of RT in RW 01 ... RW 10."""

POORER = frozenset({"rw02", "rw07", "rw09"})
LAUNCH = day("2023-11-01")
DECREE = "SK Lurah 017/2023 (rekaan)"

_AGES = {"15-24": 0.19, "25-39": 0.33, "40-59": 0.34, "60+": 0.14}
_SCHOOLING = {"none": 0.03, "primary": 0.14, "lower_secondary": 0.19, "upper_secondary": 0.46,
              "tertiary": 0.18}  # fmt: skip

_WOMEN = (
    "Melati", "Kenanga", "Cempaka", "Seroja", "Dahlia", "Wangi", "Embun", "Lestari", "Puspita",
    "Mentari", "Sekar", "Rindang", "Jelita", "Arum", "Intan", "Mutiara", "Kirana", "Purnama",
    "Anggrek", "Flamboyan", "Bulan", "Asri", "Damai", "Teratai", "Delima", "Pelangi", "Senja",
    "Tulip", "Bening", "Nirmala", "Suryani", "Kemuning", "Merpati", "Larasati", "Permata",
    "Kasturi", "Rembulan", "Cendana", "Safira", "Kaswari",
)  # fmt: skip
_MEN = (
    "Bayu", "Guntur", "Bahari", "Samudra", "Langit", "Cahyo", "Gunawan", "Bintang", "Fajar",
    "Rimba", "Merapi", "Jati", "Angin", "Satria", "Elang", "Panji", "Gading", "Kresna", "Telaga",
    "Lintang", "Pradipta", "Wira", "Galih", "Bumi", "Tirta", "Surya", "Kelana", "Rajawali",
    "Banyu", "Wibawa", "Pandu", "Arya", "Bima", "Sagara", "Laksana", "Cakra", "Mahoni", "Ulin",
)  # fmt: skip
_AGES_OF = {
    "ketua RW": ("40-59", "60+"), "ketua RT": ("40-59", "60+"),
    "kader": ("25-39", "40-59", "40-59"), "warga": ("15-24", "25-39", "40-59", "60+"),
}  # fmt: skip
_SCHOOLED = ("lower_secondary", "upper_secondary", "upper_secondary", "tertiary")
_LESS_SCHOOLED = ("primary", "lower_secondary", "upper_secondary", "upper_secondary")
_FAMILY = ("Contoh", "Misal", "Umpama", "Rekaan", "Andai", "Teladan", "Khayal", "Ibarat")

# post, section, name of the post
_POSTS = (
    ("patron", "patron", None, "Pelindung"),
    ("advisor_pkk", "advisor", None, "Penasihat (TP PKK)"),
    ("advisor_pkb", "advisor", None, "Penasihat (PKB)"),
    ("chair", "chair", None, "Ketua"),
    ("secretary", "secretary", None, "Sekretaris"),
    ("treasurer", "treasurer", None, "Bendahara"),
)

# code, post, sex, age, schooling, RW, how often they come, and in the copy without problems
MEMBERS = (
    ("p01", "patron", "male", "40-59", "tertiary", None, 0.12, 0.62),
    ("p02", "advisor_pkk", "female", "40-59", "tertiary", "rw03", 0.32, 0.74),
    ("p03", "advisor_pkb", "female", "25-39", "tertiary", None, 0.55, 0.85),
    ("p04", "chair", "female", "40-59", "upper_secondary", "rw05", 0.97, 0.97),
    ("p05", "secretary", "female", "40-59", "tertiary", "rw05", 0.95, 0.96),
    ("p06", "treasurer", "female", "40-59", "upper_secondary", "rw04", 0.60, 0.80),
    ("p07", "treasurer", "female", "25-39", "tertiary", "rw04", 0.78, 0.88),
    ("p08", "head_keagamaan", "male", "60+", "tertiary", "rw03", 0.38, 0.80),
    ("p09", "member_keagamaan", "female", "40-59", "upper_secondary", "rw03", 0.28, 0.76),
    ("p10", "head_sosial_budaya", "male", "40-59", "upper_secondary", "rw05", 0.38, 0.80),
    ("p11", "member_sosial_budaya", "female", "25-39", "upper_secondary", "rw06", 0.22, 0.75),
    ("p12", "head_cinta_kasih", "female", "40-59", "upper_secondary", "rw04", 0.48, 0.86),
    ("p13", "member_cinta_kasih", "female", "60+", "primary", "rw08", 0.30, 0.76),
    ("p14", "head_perlindungan", "male", "40-59", "tertiary", "rw01", 0.0, 0.78),
    ("p15", "member_perlindungan", "male", "25-39", "upper_secondary", "rw10", 0.0, 0.72),
    ("p16", "member_perlindungan", "female", "40-59", "lower_secondary", "rw07", 0.0, 0.76),
    ("p17", "head_reproduksi", "female", "40-59", "upper_secondary", "rw05", 0.64, 0.88),
    ("p18", "member_reproduksi", "female", "25-39", "upper_secondary", "rw04", 0.40, 0.80),
    ("p19", "head_sosialisasi_pendidikan", "female", "40-59", "tertiary", "rw03", 0.70, 0.90),
    ("p20", "member_sosialisasi_pendidikan", "female", "40-59", "upper_secondary", "rw05",
     0.48, 0.84),
    ("p21", "member_sosialisasi_pendidikan", "male", "15-24", "upper_secondary", "rw06",
     0.32, 0.75),
    ("p22", "head_ekonomi", "male", "40-59", "tertiary", "rw02", 0.0, 0.78),
    ("p23", "member_ekonomi", "female", "40-59", "upper_secondary", "rw02", 0.0, 0.76),
    ("p24", "head_lingkungan", "male", "60+", "upper_secondary", "rw08", 0.44, 0.84),
    ("p25", "member_lingkungan", "male", "40-59", "lower_secondary", "rw08", 0.28, 0.76),
    ("p26", "member_lingkungan", "female", "25-39", "upper_secondary", "rw09", 0.18, 0.74),
)  # fmt: skip
DEPUTIES = {"p04": "p19", "p05": "p20", "p17": "p18", "p12": "p13"}
CHAIR, SECRETARY = "p04", "p05"

# code, kind, sector, name, authority, outside
ORGANIZATIONS = (
    ("g01", "organization", "pemerintah", "Kantor kelurahan", 1, False),
    ("g02", "organization", "pemerintah", "Kantor kecamatan", 2, True),
    ("g03", "organization", "pemerintah", "Puskesmas pembantu", 1, False),
    ("g04", "organization", "pemerintah", "Balai penyuluhan KB", 2, True),
    ("g05", "organization", "pemerintah", "Satuan pelaksana pemberdayaan keluarga", 2, True),
    ("g06", "organization", "pemerintah", "SD negeri A", 1, False),
    ("g07", "organization", "pemerintah", "SMP negeri B", 1, False),
    ("g08", "organization", "pemerintah", "Kantor urusan agama", 2, True),
    ("g09", "organization", "pemerintah", "Satuan pelaksana lingkungan hidup", 2, True),
    ("g10", "organization", "pemerintah", "Suku dinas kependudukan", 3, True),
    ("s01", "organization", "swasta", "Toko sembako Misal Jaya", 0, False),
    ("s02", "organization", "swasta", "PT Umpama Logistik", 0, True),
    ("s03", "organization", "swasta", "Klinik Andai Sehat", 0, False),
    ("s04", "organization", "swasta", "Apotek Ibarat", 0, False),
    ("s05", "organization", "swasta", "Bank Khayal cabang pembantu", 0, True),
    ("l01", "organization", "lembaga", "TP PKK kelurahan", 1, False),
    ("l02", "organization", "lembaga", "Karang Taruna", 0, False),
    ("l03", "organization", "lembaga", "Dewan kemakmuran masjid", 0, False),
    ("l04", "organization", "lembaga", "Lembaga musyawarah kelurahan", 1, False),
    ("l05", "organization", "lembaga", "Yayasan Anak Teladan", 3, True),
    ("l06", "organization", "lembaga", "Pengelola RPTRA Jaya Makmur", 0, False),
    ("k01", "informal_group", "warga", "Arisan ibu RT 02/RW 05", 0, False),
    ("k02", "informal_group", "warga", "Senam lansia RW 03", 0, False),
    ("k03", "informal_group", "warga", "Pengajian ibu RW 08", 0, False),
    ("k04", "informal_group", "warga", "Bank sampah RW 09", 0, False),
    ("k05", "informal_group", "warga", "Grup ibu balita RW 05", 0, False),
    ("k06", "informal_group", "warga", "Paguyuban warung RW 02", 0, False),
    ("f01", "association", "lembaga", "Forum kader posyandu", 0, False),
    ("f02", "association", "lembaga", "Forum RT dan RW", 1, False),
)
_GROUP_AREA = {"k01": "rw05rt02", "k02": "rw03", "k03": "rw08", "k04": "rw09", "k05": "rw05",
               "k06": "rw02", "l06": "rw05", "s01": "rw02", "l03": "rw03"}  # fmt: skip

# code, organisation, sector, sex, age, what they do there
REPRESENTATIVES = (
    ("r01", "g02", "pemerintah", "male", "40-59", "kasi kesejahteraan"),
    ("r02", "g03", "pemerintah", "female", "25-39", "bidan"),
    ("r03", "g05", "pemerintah", "female", "40-59", "petugas"),
    ("r04", "g06", "pemerintah", "female", "40-59", "guru"),
    ("r05", "g08", "pemerintah", "male", "40-59", "penyuluh"),
    ("r06", "s01", "swasta", "male", "40-59", "pemilik"),
    ("r07", "s02", "swasta", "female", "25-39", "staf hubungan warga"),
    ("r08", "s03", "swasta", "male", "25-39", "pengelola"),
    ("r09", "l01", "lembaga", "female", "40-59", "pengurus"),
    ("r10", "l02", "lembaga", "male", "15-24", "ketua"),
    ("r11", "l03", "lembaga", "male", "60+", "pengurus"),
    ("r12", "l05", "lembaga", "female", "25-39", "pendamping"),
    ("r13", "l06", "lembaga", "female", "40-59", "pengelola"),
    ("r14", "l04", "lembaga", "male", "40-59", "anggota"),
    ("o01", "l05", "lembaga", "female", "25-39", "pengamat"),
    ("o02", None, "lembaga", "male", "15-24", "mahasiswa pengamat"),
)


def add_people(rows: Rows) -> None:
    """Table by table; the order of the dice is part of the seed's meaning."""
    _areas(rows)
    _residents(rows)
    _actors(rows)
    _posts(rows)
    _assets(rows)


def _areas(rows: Rows) -> None:
    dice = rows.dice("areas")
    names = [f"rw{n:02d}" for n in range(1, len(RTS) + 1)]
    below: dict[str, list[tuple[str, int, int]]] = {}
    for rw, count in zip(names, RTS, strict=True):
        below[rw] = []
        for n in range(1, count + 1):
            households = dice.randint(84, 148)
            adults = round(households * dice.uniform(2.35, 2.75))
            below[rw].append((f"{rw}rt{n:02d}", adults, households))
    adults = sum(a for rts in below.values() for _, a, _ in rts)
    households = sum(h for rts in below.values() for _, _, h in rts)
    rows.add(
        "community",
        "kdw",
        name="Pokja Kampung KB Kelapa Dua Wetan (rekaan)",
        synthetic=True,
        geographic=True,
        social=False,
        interest=True,
        urban="urban",
        economic="mixed",
        settlement="mixed",
        initiated_by="outside",
        funded_by="both",
        official_code="31.75.09.1003",
        place="Kecamatan Ciracas, Kota Administrasi Jakarta Timur, DKI Jakarta",
        decree=DECREE,
        founded=LAUNCH,
        time_zone="WIB",
        adults=adults,
        households=households,
        description="Contoh rekaan (synthetic): tidak ada orang atau angka yang nyata.",
    )
    rows.add("areas", "kel", name="Kelapa Dua Wetan", level="village",
             official_code="31.75.09.1003", adults=adults, households=households)  # fmt: skip
    for rw, rts in below.items():
        rows.add("areas", rw, name=f"RW {rw[2:]}", level="rw", parent="kel",
                 adults=sum(a for _, a, _ in rts), households=sum(h for *_, h in rts))  # fmt: skip
        for code, a, h in rts:
            rows.add("areas", code, name=f"RT {code[-2:]}/RW {rw[2:]}", level="rt", parent=rw,
                     adults=a, households=h)  # fmt: skip


def _residents(rows: Rows) -> None:
    cells = list(product(("female", "male"), _AGES, _SCHOOLING))
    for area in [a for a in rows.of("areas") if a["level"] == "rw"]:
        poorer = area["id"] in POORER
        shares = []
        for sex, age, schooling in cells:
            share = (0.51 if sex == "female" else 0.49) * _AGES[age] * _SCHOOLING[schooling]
            if poorer:
                share *= {"primary": 1.6, "lower_secondary": 1.4, "tertiary": 0.45}.get(
                    schooling, 1.0
                )
            if age == "60+":
                share *= {"none": 3.0, "primary": 1.9, "tertiary": 0.6}.get(schooling, 1.0)
            shares.append(share)
        counts = shares_to_counts(area["adults"], shares)
        for (sex, age, schooling), count in zip(cells, counts, strict=True):
            rows.add("residents", year=2026, area=area["id"], sex=sex, age_band=age,
                     schooling=schooling, count=count,
                     source="Rekaan; warga 18 tahun ke atas")  # fmt: skip


class _Names:
    """Plainly invented names, each used once."""

    def __init__(self) -> None:
        self._used = {"female": 0, "male": 0}

    def next(self, sex: str) -> str:
        given = _WOMEN if sex == "female" else _MEN
        n = self._used[sex]
        self._used[sex] += 1
        return f"{given[n % len(given)]} {_FAMILY[(n + n // len(given)) % len(_FAMILY)]}"


def _actors(rows: Rows) -> None:
    dice, names = rows.dice("actors"), _Names()
    for code, kind, sector, name, authority, outside in ORGANIZATIONS:
        rows.add("actors", code, name=name, kind=kind, sector=sector, authority=authority,
                 outside=outside, area=_GROUP_AREA.get(code))  # fmt: skip
    left = {"p06": day("2025-01-31")}
    joined = {"p07": day("2025-02-01")}
    for code, _, sex, age, schooling, rw, *_ in MEMBERS:
        official = {"p01": "g01", "p03": "g04"}.get(code)
        rows.add(
            "actors",
            code,
            name=names.next(sex),
            kind="person",
            sector="pemerintah" if official else "pokja",
            organization=official or ("l01" if code == "p02" else None),
            area=rw,
            sex=sex,
            age_band=age,
            schooling=schooling,
            authority={"p01": 1, "p03": 2}.get(code, 0),
            outside=official is not None,
            joined=joined.get(code, LAUNCH),
            left=left.get(code),
        )
    for code, organization, sector, sex, age, role in REPRESENTATIVES:
        rows.add(
            "actors",
            code,
            name=f"{names.next(sex)} ({role})",
            kind="person",
            sector=sector,
            organization=organization,
            sex=sex,
            age_band=age,
            schooling="upper_secondary" if sector != "pemerintah" else "tertiary",
            authority=next((o[4] for o in ORGANIZATIONS if o[0] == organization), 0),
            outside=code not in ("r04", "r06", "r09", "r10", "r11", "r13", "r14"),
        )
    rts = [a["id"] for a in rows.of("areas") if a["level"] == "rt"]
    roles = (
        [("ketua RW", f"rw{n:02d}") for n in range(1, 11)]
        + [("ketua RT", rt) for rt in rts[::2]]
        + [("kader", rt) for rt in rts[1::2]]
        + [("warga", rt) for rt in dice.sample(rts, 22)]
    )
    for n, (role, area) in enumerate(roles, 1):
        women = {"ketua RW": 0.2, "ketua RT": 0.3, "kader": 1.0, "warga": 0.55}[role]
        sex = "female" if dice.random() < women else "male"
        learned: tuple[str, ...] = _SCHOOLED
        if role == "warga" or area[:4] in POORER:
            learned = _LESS_SCHOOLED
        rows.add("actors", f"w{n:02d}", name=f"{names.next(sex)} ({role})", kind="person",
                 sector="warga", area=area, sex=sex, age_band=dice.choice(_AGES_OF[role]),
                 schooling=dice.choice(learned), authority=0, outside=False)  # fmt: skip


def _posts(rows: Rows) -> None:
    for code, kind, section, name in _POSTS:
        rows.add("posts", code, name=name, kind=kind, section=section)
    for section, term in SECTIONS.items():
        rows.add("posts", f"head_{section}", name=f"Ketua {term.label.id}", kind="section_head",
                 section=section)  # fmt: skip
        rows.add("posts", f"member_{section}", name=f"Anggota {term.label.id}",
                 kind="section_member", section=section)  # fmt: skip
    for code, post, *_ in MEMBERS:
        person = rows.row("actors", code)
        rows.add("terms", post=post, actor=code, deputy=DEPUTIES.get(code),
                 start=person["joined"], end=person["left"],
                 decree=DECREE if code != "p07" else "SK Lurah 004/2025 (rekaan)")  # fmt: skip


# owner, area, name, kind, since, used on, used for
_OFFERED = (
    ("l06", "rw05", "Ruang serbaguna RPTRA", "room", "2023-12-01", "2026-09-29", "Rapat Pokja"),
    ("l03", "rw03", "Aula masjid", "room", "2024-01-10", "2024-01-27", "Musyawarah RKM"),
    ("k04", "rw09", "Timbangan dan gudang bank sampah", "tool", "2024-03-02", None, None),
    ("w33", None, "Memandu senam ibu hamil", "skill", "2024-04-15", "2025-08-09", "Kelas ibu"),
    ("s01", "rw02", "Beras sisa stok tiap akhir bulan", "money", "2024-05-20", None, None),
    ("r10", None, "Desain poster dan video pendek", "skill", "2024-06-08", None, None),
    ("w12", None, "Pengeras suara dan tenda", "tool", "2024-06-30", "2026-08-16", "Kerja bakti"),
    ("w21", None, "Mengajar membaca, Sabtu pagi", "time", "2024-09-14", None, None),
    ("k02", "rw03", "Relawan lansia mendongeng", "time", "2024-10-05", None, None),
    ("w50", None, "Mesin jahit dua buah", "tool", "2025-01-18", None, None),
    ("s03", None, "Dokter konsultasi sebulan sekali", "skill", "2025-02-22", None, None),
    ("w07", "rw07", "Lahan kosong untuk kebun gizi", "land", "2025-03-15", None, None),
    ("w40", None, "Kenalan di penerbit buku anak", "contact", "2025-05-03", None, None),
    ("w29", None, "Dapur besar untuk DASHAT", "room", "2025-06-21", "2026-07-18", "Masak DASHAT"),
    ("w55", None, "Memperbaiki listrik rumah", "skill", "2025-11-08", None, None),
)
_WANTED = (
    ("k05", "rw05", "Alat permainan anak 0–3 tahun", "tool", "2024-07-01"),
    ("l06", "rw05", "Penyimpan arsip dan printer", "tool", "2024-09-10"),
    (None, "rw07", "Guru PAUD pengganti", "skill", "2025-02-01"),
    (None, "rw09", "Tempat penitipan anak pekerja", "room", "2025-04-12"),
    ("k06", "rw02", "Pelatihan izin usaha rumahan", "skill", "2025-08-20"),
    (None, "rw10", "Relawan antar lansia ke Puskesmas", "time", "2026-02-14"),
)  # fmt: skip


def _assets(rows: Rows) -> None:
    for actor, area, name, kind, since, used, purpose in _OFFERED:
        rows.add("assets", actor=actor, area=area, name=name, kind=kind, direction="offered",
                 since=day(since), used_on=day(used) if used else None,
                 used_for=purpose)  # fmt: skip
    for owner, area, name, kind, since in _WANTED:
        rows.add("assets", actor=owner, area=area, name=name, kind=kind, direction="wanted",
                 since=day(since))  # fmt: skip
