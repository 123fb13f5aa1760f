"""Services, who knows them, residents' voices, requests, and the indicators."""

from __future__ import annotations

import random

from satuhati.examples.community.rows import Rows, after, day

_SERVICES = (
    ("sigap", "Rumah Anak SIGAP", "sigap", True, "l05", "RPTRA Jaya Makmur", "2024-12-02"),
    ("posyandu", "Posyandu balita", "posyandu", True, "f01", "Tiap RW", "2015-01-10"),
    ("bkb", "Bina Keluarga Balita", "bkb", False, "l01", "RPTRA Jaya Makmur", "2018-03-01"),
    ("bkr", "Bina Keluarga Remaja", "bkr", False, "l01", "RW 03", "2019-02-01"),
    ("bkl", "Bina Keluarga Lansia", "bkl", False, "l01", "RW 08", "2019-02-01"),
    ("uppka", "Kelompok usaha keluarga (UPPKA)", "uppka", False, "l01", "RW 02", "2021-06-01"),
    ("pikr", "Pusat informasi remaja (PIK-R)", "pikr", False, "l02", "SMP negeri B",
     "2022-08-01"),
    ("dashat", "Dapur sehat (DASHAT)", "dashat", False, "p12", "RW 04", "2024-09-21"),
    ("data", "Rumah Dataku", "data_house", False, "p05", "RPTRA Jaya Makmur", "2023-12-15"),
)  # fmt: skip
# Share that has heard of SIGAP by RW: known around the RPTRA in RW 05, hardly elsewhere.
_HEARD_SIGAP = {1: {"rw05": 0.46, "rw04": 0.2, "rw06": 0.15, "": 0.08},
                2: {"rw05": 0.58, "rw04": 0.26, "rw06": 0.2, "": 0.15}}  # fmt: skip
_TALLIED = {
    1: ("rw01rt01", "rw02rt01", "rw03rt02", "rw04rt01", "rw05rt01", "rw05rt03", "rw06rt01",
        "rw07rt01", "rw08rt02", "rw09rt01", "rw10rt01", "rw03rt03", "rw08rt03", "rw10rt02"),
    2: ("rw01rt01", "rw02rt01", "rw03rt01", "rw04rt01", "rw05rt01", "rw06rt01", "rw07rt01",
        "rw08rt01", "rw09rt01", "rw10rt01"),
}  # fmt: skip
# In wave 2 some RT were asked person by person, with how they heard.
_PERSON_BY_PERSON = ("rw01rt03", "rw03rt03", "rw05rt03", "rw06rt02", "rw08rt03", "rw10rt02")
_CHANNELS = {"family_neighbour": 6, "kader": 5, "rt_rw": 1, "posyandu": 5, "whatsapp": 3,
             "banner": 2, "social_media": 1}  # fmt: skip


def add_services(rows: Rows) -> None:
    for code, name, kind, key, provider, place, started in _SERVICES:
        rows.add("services", code, name=name, kind=kind, key=key, provider=provider, place=place,
                 started=day(started))  # fmt: skip
    _awareness(rows)
    _voices(rows)
    _requests(rows)
    _indicators(rows)


def _awareness(rows: Rows) -> None:
    for wave, date in ((1, day("2025-11-08")), (2, day("2026-10-17"))):
        for service in ("sigap", "posyandu"):
            dice = rows.dice(f"awareness/{wave}/{service}")
            for n, rt in enumerate(_TALLIED[wave]):
                _tally(rows, dice, service, wave, after(date, n // 4), rt)
    dice = rows.dice("awareness/persons")
    for rt in _PERSON_BY_PERSON:
        for _ in range(20):
            _person(rows, dice, rt, "door_to_door", _heard_share(rows, "sigap", 2, rt))
    for _ in range(40):  # asked at the posyandu's desk: other people than behind the doors
        _person(rows, dice, "rw05rt02", "service_desk", 0.72 if not rows.clean else 0.95)


def _heard_share(rows: Rows, service: str, wave: int, rt: str) -> float:
    if service == "posyandu":
        return 0.91
    if rows.clean:
        return 0.78 if wave == 1 else 0.87
    shares = _HEARD_SIGAP[wave]
    return shares.get(rt[:4], shares[""])


def _tally(rows: Rows, dice: random.Random, service: str, wave: int, date: object, rt: str) -> None:
    share = _heard_share(rows, service, wave, rt)
    heard = sum(dice.random() < share for _ in range(20))
    visited = sum(dice.random() < (0.36 if service == "sigap" else 0.72) for _ in range(heard))
    enrolled = sum(dice.random() < 0.6 for _ in range(visited))
    continuing = sum(dice.random() < 0.7 for _ in range(enrolled))
    rows.add("awareness", service=service, date=date, wave=wave, area=rt, frame="door_to_door",
             asked=20, heard=heard, visited=visited, enrolled=enrolled,
             continuing=continuing)  # fmt: skip


def _person(rows: Rows, dice: random.Random, rt: str, frame: str, share: float) -> None:
    heard = dice.random() < share
    visited = heard and dice.random() < 0.38
    enrolled = visited and dice.random() < 0.6
    continuing = enrolled and dice.random() < 0.7
    channel = dice.choices(tuple(_CHANNELS), tuple(_CHANNELS.values()))[0]
    rows.add("awareness", service="sigap", wave=2, area=rt, frame=frame, asked=1,
             date=day("2026-10-18" if frame == "door_to_door" else "2026-10-14"),
             channel=channel if heard else None, heard=int(heard), visited=int(visited),
             enrolled=int(enrolled), continuing=int(continuing))  # fmt: skip


# channel, area, date, days until the reply (None: no reply), text
_QUESTIONS = (
    ("wa", "rw05", "2024-03-05", 3, "Hari apa posyandu di RW 05?"),
    ("wa", "rw02", "2024-05-11", None, "Apakah warga kontrakan boleh ikut DASHAT?"),
    ("kotak", "rw09", "2024-08-19", 41, "Kapan saluran di RT 02 dikeruk?"),
    ("wa", "rw03", "2024-10-02", 6, "Syarat ikut Bina Keluarga Lansia apa saja?"),
    ("wa", "rw05", "2024-12-09", 2, "SIGAP itu untuk umur berapa?"),
    ("kotak", "rw07", "2025-02-17", None, "Mengapa RW 07 belum pernah ada kelas orang tua?"),
    ("wa", "rw04", "2025-04-08", 9, "Ke mana mengurus akta yang hilang?"),
    ("wa", "rw10", "2025-06-23", 27, "Apakah ada kelas pada hari Minggu?"),
    ("meja", "rw05", "2025-08-13", 0, "Bagaimana mendaftar imunisasi susulan?"),
    ("wa", "rw01", "2025-10-06", None, "Siapa pengurus yang bisa dihubungi di RW 01?"),
    ("meja", "rw08", "2026-02-11", 5, "Apakah lansia bisa diperiksa di rumah?"),
    ("wa", "rw06", "2026-04-20", 11, "Kapan pojok remaja dibuka?"),
    ("kotak", "rw02", "2026-06-15", 36, "Bantuan usaha keluarga sampai kapan?"),
    ("wa", "rw09", "2026-08-31", 4, "Siapa yang mengolah hasil bank sampah?"),
    ("wa", "rw03", "2025-11-12", 2, "Survei ini untuk apa?"),
    ("wa", "rw07", "2025-11-19", None, "Apakah yang mengontrak ikut didata?"),
    ("meja", "rw05", "2025-12-10", 0, "Di mana menimbang kalau terlewat hari posyandu?"),
    ("wa", "rw04", "2026-01-08", 7, "Apakah SIGAP berbayar?"),
    ("kotak", "rw10", "2026-01-26", None, "Bisakah kelas diadakan malam hari?"),
    ("wa", "rw02", "2026-02-18", 19, "Kapan pembagian bantuan pangan?"),
    ("meja", "rw08", "2026-03-11", 1, "Bagaimana mendaftar sahabat lansia?"),
    ("wa", "rw06", "2026-03-24", 5, "Remaja boleh ikut rapat Pokja?"),
    ("kotak", "rw01", "2026-05-04", None, "Apa hasil lomba tahun lalu?"),
    ("wa", "rw05", "2026-05-27", 3, "Jam berapa kelas bermain hari Kamis?"),
    ("wa", "rw09", "2026-06-30", 33, "Kapan pengerukan saluran dimulai?"),
    ("meja", "rw04", "2026-07-08", 0, "Apakah kelas ibu hamil boleh diantar suami?"),
    ("wa", "rw03", "2026-07-29", 8, "Siapa ketua seksi yang mengurus lansia?"),
    ("kotak", "rw07", "2026-08-12", None, "Mengapa RW 07 jarang dikunjungi?"),
    ("wa", "rw02", "2026-09-09", 6, "Apakah ada pelatihan usaha tahun ini?"),
    ("wa", "rw10", "2026-09-21", 24, "Undangan kegiatan bisa lewat pesan?"),
)
# area, date, days to decide, days to reply, decision, stage, text
_PROPOSALS = (
    ("rw05", "2024-02-20", 20, 25, "accepted", "realised", "Pojok baca anak di RPTRA"),
    ("rw09", "2024-09-04", 42, 60, "accepted", "musrenbang", "Perbaikan drainase RT 02/RW 09"),
    ("rw03", "2024-11-16", 30, 33, "accepted", "plan", "Kelas komputer untuk ibu"),
    ("rw07", "2025-01-21", None, None, None, "received", "Posyandu cabang di RW 07"),
    ("rw02", "2025-03-13", 95, None, "postponed", "minutes", "Pelatihan izin usaha rumahan"),
    ("rw08", "2025-05-26", 12, 15, "accepted", "budget", "Pegangan tangga untuk lansia"),
    ("rw10", "2025-09-02", None, None, None, "received", "Kelas orang tua hari Minggu"),
    ("rw04", "2025-11-24", 15, 20, "rejected", "minutes", "Lapangan futsal di lahan RPTRA"),
    ("rw06", "2026-03-30", None, None, None, "received", "Beasiswa kursus remaja"),
    ("rw01", "2026-07-06", None, 30, None, "minutes", "Antar jemput lansia ke Puskesmas"),
    ("rw05", "2026-01-12", 29, 31, "accepted", "plan", "Papan petunjuk Rumah Anak SIGAP"),
    ("rw08", "2026-05-09", 31, 35, "accepted", "plan", "Lampu di gang posyandu"),
    ("rw09", "2026-08-24", None, None, None, "received", "Tempat penitipan anak pekerja"),
)
_COMPLAINTS = (
    ("wa", "rw09", "2024-07-08", 10, "Bau saluran di belakang RT 02."),
    ("kotak", "rw02", "2025-03-03", None, "Data bantuan tidak sama dengan daftar RT."),
    ("wa", "rw05", "2025-09-22", 7, "RPTRA terlalu ramai pada jam kelas anak."),
    ("wa", "rw10", "2026-05-18", None, "Undangan kegiatan sampai sesudah acara."),
)


def _voices(rows: Rows) -> None:
    for code, name, opened in (
        ("wa", "Nomor pesan singkat sekretariat", "2024-02-01"),
        ("kotak", "Kotak saran di RPTRA", "2024-02-01"),
        ("meja", "Meja tanya di posyandu", "2025-07-01"),
    ):
        rows.add("voice_channels", code, name=name, opened=day(opened))
    for kind, entries in (("question", _QUESTIONS), ("complaint", _COMPLAINTS)):
        for channel, area, date, reply, text in entries:
            rows.add("voices", kind=kind, date=day(date), channel=channel, area=area, text=text,
                     replied_on=None if reply is None else after(day(date), reply),
                     stage="received")  # fmt: skip
    for area, date, decided, reply, decision, stage, text in _PROPOSALS:
        rows.add("voices", kind="proposal", date=day(date), channel="kotak", area=area, text=text,
                 decision=decision, stage=stage,
                 decided_on=None if decided is None else after(day(date), decided),
                 replied_on=None if reply is None else after(day(date), reply))  # fmt: skip


def _requests(rows: Rows) -> None:
    for actor, date, days, answer, text in (
        ("g02", "2024-04-02", 21, "yes", "Pelatih untuk kader BKB"),
        ("s02", "2024-09-10", None, None, "Sumbangan bahan pangan DASHAT"),
        ("g09", "2024-10-14", 40, "partly", "Pengerukan saluran RW 09"),
        ("l05", "2024-08-05", 30, "yes", "Pendamping Rumah Anak SIGAP"),
        ("s05", "2026-02-18", None, None, "Dana tanggung jawab sosial untuk buku anak"),
        ("g10", "2026-01-12", None, None, "Data penduduk menurut RT"),
        ("s01", "2025-11-24", None, None, "Beras sisa stok tiap bulan"),
        ("g05", "2026-04-20", 12, "yes", "Alat peraga kelas ibu hamil"),
    ):
        rows.add("requests", actor=actor, asked_on=day(date), text=text, answer=answer,
                 answered_on=None if days is None else after(day(date), days))  # fmt: skip


# Figures that come from elsewhere: indicator, values of 2023-2025, source.
_GIVEN = (
    ("lpp", (1.21, 1.12, 1.05), "Rekaan, meniru laporan kependudukan kecamatan"),
    ("tfr", (2.06, 2.02, 1.98), "Rekaan, meniru pendataan keluarga"),
    ("ibangga", (58.4, 59.6, 60.9), "Rekaan, meniru pendataan keluarga"),
)
# Local counts: indicator, denominators and numerators of 2023-2025.
_COUNTED = (
    ("asfr_15_19", (412, 405, 398), (8, 7, 6), "Rekaan: catatan bidan dan RT"),
    ("cpr", (1480, 1502, 1496), (812, 848, 871), "Rekaan: kartu PUS kader"),
    ("mcpr", (1480, 1502, 1496), (744, 783, 806), "Rekaan: kartu PUS kader"),
    ("unmet_need", (1480, 1502, 1496), (171, 158, 144), "Rekaan: kartu PUS kader"),
    ("stunting", (498, 511, 504), (92, 86, 77), "Rekaan: bulan penimbangan"),
    ("birth_certificate", (2210, 2234, 2251), (2018, 2079, 2137), "Rekaan: data RT"),
)
# Target families and participants of 2024-2026 by group.
_GROUPS = (
    ("bkb", (512, 520, 508), (84, 97, 103)),
    ("bkr", (690, 702, 711), (49, 56, 58)),
    ("bkl", (402, 415, 426), (88, 91, 99)),
    ("uppka", (3150, 3168, 3181), (76, 81, 79)),
    ("pikr", (905, 912, 898), (102, 96, 108)),
)


def _indicators(rows: Rows) -> None:
    for indicator, values, source in _GIVEN:
        for year, value in zip(("2023", "2024", "2025"), values, strict=True):
            rows.add("indicators", indicator=indicator, period=year, area="kel", value=value,
                     source=source)  # fmt: skip
    for indicator, below, above, source in _COUNTED:
        for year, d, n in zip(("2023", "2024", "2025"), below, above, strict=True):
            rows.add("indicators", indicator=indicator, period=year, area="kel", numerator=n,
                     denominator=d, source=source)  # fmt: skip
    for service, below, above in _GROUPS:
        for year, d, n in zip(("2024", "2025", "2026"), below, above, strict=True):
            rows.add("indicators", indicator=f"poktan_{service}", period=year, area="kel",
                     service=service, numerator=n, denominator=d,
                     source="Rekaan: daftar hadir kelompok kegiatan")  # fmt: skip
