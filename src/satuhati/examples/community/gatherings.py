"""Meetings of three years, who came, and who spoke."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from satuhati.examples.community.people import DEPUTIES, MEMBERS
from satuhati.examples.community.rows import Rows, after, day

# Pokja meetings as they fell: date, days of notice, title.
_IRREGULAR = (
    ("2023-11-08", 5, "Pencanangan dan pembagian tugas"),
    ("2023-12-19", 2, "Pendataan keluarga"),
    ("2024-01-16", 1, "Persiapan musyawarah RKM"),
    ("2024-02-27", 4, "Pengesahan RKM"),
    ("2024-04-23", 1, "Laporan triwulan"),
    ("2024-04-30", 0, "Kunjungan mendadak tim kecamatan"),
    ("2024-07-16", 2, "Bulan imunisasi"),
    ("2024-09-03", 1, "DASHAT dan dana gizi"),
    ("2024-10-10", 3, "Evaluasi tahun pertama"),
    ("2024-11-26", 1, "Pembukaan Rumah Anak SIGAP"),
    ("2025-01-14", 2, "Pergantian bendahara"),
    ("2025-01-28", 1, "Rencana kegiatan 2025"),
    ("2025-03-04", 0, "Permintaan data dari kecamatan"),
    ("2025-05-20", 2, "Lomba Kampung KB"),
    ("2025-06-24", 1, "Kelas orang tua"),
    ("2025-08-12", 5, "Persiapan survei warga"),
    ("2025-10-14", 2, "Pembagian petugas survei"),
    ("2025-11-18", 4, "Tebakan hasil survei"),
    ("2025-12-02", 1, "Persiapan membaca profil"),
    ("2026-02-10", 2, "Tindak lanjut profil"),
    ("2026-02-24", 0, "Bantuan pangan"),
    ("2026-05-12", 1, "Laporan RKM"),
    ("2026-06-09", 2, "Kelas ibu hamil"),
    ("2026-08-25", 1, "Persiapan gelombang kedua"),
    ("2026-09-29", 2, "Usulan untuk RKM berikutnya"),
    ("2026-10-20", 3, "Kesiapan laporan akhir tahun"),
)
_CANCELLED = ("2024-03-12", "2024-06-11", "2025-02-18", "2025-07-15", "2025-09-09", "2026-03-10",
              "2026-07-21")  # fmt: skip
_FORUMS = (
    ("2024-03-21", 6, "Stunting dan air bersih"),
    ("2024-08-22", 4, "Anak tanpa akta"),
    ("2025-02-13", 7, "Rencana bersama 2025"),
    ("2025-06-12", 3, "Layanan anak 0–3 tahun"),
    ("2025-10-23", 5, "Bank sampah dan drainase"),
    ("2026-04-16", 8, "Remaja dan sekolah"),
    ("2026-09-17", 4, "Bahan Musrenbang"),
)
# RT, date, share of households that come
_WORK_PARTIES = (
    ("rw05rt02", "2024-02-04", 0.52), ("rw08rt01", "2024-05-12", 0.44),
    ("rw02rt01", "2024-08-11", 0.24), ("rw03rt03", "2024-11-10", 0.38),
    ("rw05rt02", "2025-02-09", 0.49), ("rw09rt02", "2025-04-27", 0.30),
    ("rw08rt01", "2025-08-10", 0.47), ("rw01rt02", "2025-11-09", 0.22),
    ("rw04rt01", "2026-01-18", 0.36), ("rw05rt02", "2026-04-19", 0.50),
    ("rw08rt03", "2026-08-16", 0.41), ("rw06rt02", "2026-10-11", 0.27),
)  # fmt: skip
_TRAININGS = (
    ("2024-05-18", "Pelatihan kader BKB"),
    ("2025-04-12", "Pelatihan menulis notulen"),
    ("2026-01-24", "Pelatihan memimpin rapat"),
)
_OUTREACH = (
    ("2024-06-15", "Sosialisasi imunisasi", "rw03"),
    ("2024-10-19", "Sosialisasi KB pascasalin", "rw08"),
    ("2025-01-25", "Pengenalan Rumah Anak SIGAP di RPTRA", "rw05"),
    ("2025-07-26", "Sosialisasi akta kelahiran", "rw02"),
    ("2026-03-28", "Sosialisasi cegah stunting", "rw09"),
    ("2026-07-25", "Pojok remaja", "rw06"),
)
_REASONS = {"work": 9, "family": 4, "other_meeting": 3, "not_informed": 6, "distance": 1,
            "other": 1}  # fmt: skip
SPOKE_FROM = day("2025-11-01")
"""Taps of who spoke are kept from here on."""

# How often the representatives come to the forum.
_FORUM_RATE = {
    "r01": 0.55, "r02": 0.7, "r03": 0.6, "r04": 0.3, "r05": 0.25, "r06": 0.0, "r07": 0.0,
    "r08": 0.0, "r09": 0.5, "r10": 0.35, "r12": 0.3, "r14": 0.2, "w03": 0.3, "w05": 0.4,
}  # fmt: skip
_FORUM_MEMBERS = ("p01", "p03", "p04", "p05", "p08", "p10", "p12", "p14", "p17", "p19", "p22",
                  "p24")  # fmt: skip


def add_gatherings(rows: Rows) -> None:
    if rows.clean:
        _fixed_schedule(rows)
    else:
        _no_schedule(rows)
    _forums(rows)
    _events(rows)


def _no_schedule(rows: Rows) -> None:
    """Called when needed, at short notice, sometimes called off: no series on record."""
    dice = rows.dice("irregular")
    held = [(day(d), n, title) for d, n, title in _IRREGULAR]
    for date, notice, title in held:
        moved = dice.random() < 0.3
        code = rows.add(
            "meetings",
            kind="pokja",
            date=date,
            time=dice.choice(("09:00", "10:00", "13:30", "16:00", "19:30")),
            status="held",
            planned_for=after(date, -dice.choice((5, 7, 14))) if moved else None,
            notice_on=after(date, -notice),
            title=title,
            place=dice.choice(("RPTRA Jaya Makmur", "Aula kelurahan", "Rumah ketua")),
            minutes_on=after(date, dice.randint(3, 30)) if dice.random() < 0.6 else None,
        )
        _attend(rows, code, date, dice)
    for text in _CANCELLED:
        date = day(text)
        rows.add("meetings", kind="pokja", date=date, status="cancelled", title="Rapat Pokja",
                 notice_on=after(date, -1))  # fmt: skip


def second_tuesday(year: int, month: int) -> dt.date:
    first = dt.date(year, month, 1)
    return after(first, (1 - first.weekday()) % 7 + 7)


def _fixed_schedule(rows: Rows) -> None:
    """The same group with a monthly series, a rule, a quorum, and notice in good time."""
    dice = rows.dice("regular")
    rows.add(
        "meeting_series",
        "rutin",
        name="Rapat bulanan Pokja",
        kind="pokja",
        mechanism="planning",
        frequency="monthly",
        rule="Selasa kedua, 19.30",
        start=day("2023-11-01"),
        quorum=0.5,
    )
    titles = [title for *_, title in _IRREGULAR]
    for n in range(36):
        date = second_tuesday(2023 + (n + 10) // 12, (n + 10) % 12 + 1)
        code = rows.add("meetings", series="rutin", kind="pokja", date=date, time="19:30",
                        status="held", notice_on=after(date, -dice.randint(5, 8)),
                        title=titles[n * len(titles) // 36], place="RPTRA Jaya Makmur",
                        minutes_on=after(date, dice.randint(2, 7)))  # fmt: skip
        _attend(rows, code, date, dice)
    rows.add("meetings", series="rutin", kind="pokja", date=day("2026-11-10"), time="19:30",
             status="planned", notice_on=day("2026-10-30"), title="Rapat bulanan Pokja",
             place="RPTRA Jaya Makmur")  # fmt: skip


def in_office(rows: Rows, date: dt.date) -> list[str]:
    return [
        t["actor"]
        for t in rows.of("terms")
        if t["start"] <= date and (t["end"] is None or date <= t["end"])
    ]


def _rate(rows: Rows, actor: str, date: dt.date) -> float:
    member = next(m for m in MEMBERS if m[0] == actor)
    if rows.clean:
        return min(0.97, 1.04 * member[7])
    if member[6] == 0.0:
        # Of the two sections that stay away, the heads were seen at the launch, and never since.
        return 1.0 if date < day("2023-12-01") and actor in ("p14", "p22") else 0.0
    if actor in ("p04", "p05"):
        return member[6]
    years = (date - day("2023-11-01")).days / 365
    return min(0.95, member[6] * (1.12 - 0.09 * years))


def _attend(
    rows: Rows, meeting: str, date: dt.date, dice: random.Random, only: tuple[str, ...] = ()
) -> None:
    """A line for everyone in office (or those of ``only``)."""
    present = []
    for actor in in_office(rows, date):
        if only and actor not in only:
            continue
        person = rows.row("actors", actor)
        chance, sort, why = dice.random(), dice.random(), dice.random()
        silent = dice.random()
        line: dict[str, Any] = {"meeting": meeting, "actor": actor}
        if chance < _rate(rows, actor, date):
            line["status"] = "present"
            present.append(actor)
            if date >= SPOKE_FROM:
                talks = 0.95 if actor == "p04" else 0.62 if actor in ("p05", "p19") else 0.3
                talks += 0.18 if person["sex"] == "male" else 0.0
                line["spoke"] = silent < talks
        elif actor in DEPUTIES and sort < 0.35:
            line |= {"status": "represented", "represented_by": DEPUTIES[actor]}
        elif sort < 0.45 and not _stays_away(rows, actor):
            line |= {"status": "excused", "reason": _pick(why)}
        elif sort < 0.5 and not _stays_away(rows, actor):
            line |= {"status": "ill", "reason": "health"}
        else:
            line["status"] = "absent"
            if why < 0.3 or _stays_away(rows, actor):
                line["reason"] = "work" if why < 0.18 else "not_informed" if why < 0.5 else None
        rows.add("attendance", **line)


def _stays_away(rows: Rows, actor: str) -> bool:
    return not rows.clean and next(m for m in MEMBERS if m[0] == actor)[6] == 0.0


def _pick(chance: float) -> str:
    total, at = sum(_REASONS.values()), 0.0
    for reason, weight in _REASONS.items():
        at += weight / total
        if chance < at:
            return reason
    return "other"


def _forums(rows: Rows) -> None:
    """Across sectors, two or three a year; private firms are invited and do not come."""
    for text, notice, title in _FORUMS:
        dice = rows.dice(f"forum/{text}")
        date = day(text)
        code = rows.add("meetings", kind="cross_sector_forum", date=date, time="09:30",
                        status="held", notice_on=after(date, -notice), title=title,
                        place="Aula kelurahan", minutes_on=after(date, 14))  # fmt: skip
        _attend(rows, code, date, dice, _FORUM_MEMBERS)
        for actor, rate in _FORUM_RATE.items():
            came = dice.random() < rate
            spoke = dice.random() < 0.5
            rows.add("attendance", meeting=code, actor=actor,
                     status="present" if came else "absent",
                     spoke=spoke if came and date >= SPOKE_FROM else None)  # fmt: skip


def _events(rows: Rows) -> None:
    dice = rows.dice("events")
    residents = [a["id"] for a in rows.of("actors") if a["id"].startswith("w")]
    active = ("p02", "p03", "p04", "p05", "p08", "p12", "p17", "p19", "p20", "p24")
    for rt, text, share in _WORK_PARTIES:
        households = rows.row("areas", rt)["households"]
        rows.add("meetings", kind="kerja_bakti", date=day(text), time="07:00", status="held",
                 notice_on=after(day(text), -6), area=rt, title="Kerja bakti RT",
                 households_invited=households,
                 households_present=round(households * share))  # fmt: skip
    code = rows.add("meetings", kind="musyawarah", date=day("2024-01-27"), time="09:00",
                    status="held", notice_on=day("2024-01-19"), title="Musyawarah RKM",
                    place="Aula masjid", minutes_on=day("2024-02-05"))  # fmt: skip
    for actor in [*active, *sorted(dice.sample(residents, 24)), "r09", "r11", "r14"]:
        rows.add("attendance", meeting=code, actor=actor, status="present")
    for text, title in _TRAININGS:
        code = rows.add("meetings", kind="training", date=day(text), time="08:30", status="held",
                        notice_on=after(day(text), -9), title=title,
                        place="RPTRA Jaya Makmur")  # fmt: skip
        for actor in [*sorted(dice.sample(active, 7)), *sorted(dice.sample(residents, 8))]:
            rows.add("attendance", meeting=code, actor=actor, status="present")
    for text, title, area in _OUTREACH:
        code = rows.add("meetings", kind="outreach", date=day(text), time="15:30", status="held",
                        notice_on=after(day(text), -5), title=title, area=area)  # fmt: skip
        here = [a for a in residents if (rows.row("actors", a)["area"] or "").startswith(area)]
        for actor in ["p04", "p19", *here]:
            rows.add("attendance", meeting=code, actor=actor, status="present")
    date = day("2025-12-13")
    code = rows.add("meetings", "baca1", kind="profile_reading", date=date, time="09:00",
                    status="held", notice_on=day("2025-12-06"), place="RPTRA Jaya Makmur",
                    title="Musyawarah baca profil gelombang 1",
                    minutes_on=day("2025-12-20"))  # fmt: skip
    _attend(rows, code, date, rows.dice("reading"))
    for actor in ("w03", "w05", "w27", "w31", "r02", "r13"):
        rows.add("attendance", meeting=code, actor=actor, status="present", spoke=True)
