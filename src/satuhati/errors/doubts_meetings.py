"""Doubts about meetings: attendance, rhythm, shared rooms, turn-out."""

from __future__ import annotations

from satuhati.text import Text

MEETING_DOUBTS: dict[str, Text] = {
    "attendance_merged": Text(
        "{n} baris mengulang anggota dan rapat yang sama (misalnya beberapa sesi): digabung, "
        "status terbaik yang dipakai (hadir di satu sesi berarti hadir).",
        "{n} rows repeat a member and meeting (several sessions, say): merged, the best status "
        "counts (present at one session is present).",
    ),
    "attendance_status_missing": Text(
        "{n} baris tanpa status kehadiran tidak dihitung.",
        "{n} rows without an attendance status are not counted.",
    ),
    "attendance_present_read": Text(
        "Tidak ada kolom 'status': kolom 'present' dibaca (Y = hadir, N = tanpa keterangan).",
        "There is no column 'status': 'present' was read (Y = present, N = absent).",
    ),
    "meeting_key_widened": Text(
        "{n} nomor rapat dipakai oleh lebih dari satu panitia: satu rapat = {columns}. "
        "Ubah dengan --meeting-columns.",
        "{n} meeting numbers are used by more than one committee: a meeting = {columns}. "
        "Change it with --meeting-columns.",
    ),
    "gini_undefined": Text(
        "Indeks Gini memerlukan sekurangnya dua anggota dan satu kehadiran.",
        "The Gini index needs at least two members and one attendance.",
    ),
    # -- rhythm ------------------------------------------------------------------------------
    "rhythm_alone": Text(
        "Tidak ada waktu yang memenuhi {limit}: tanyakan waktu lain kepada mereka, atau longgarkan "
        "syarat ini.",
        "No hour meets {limit}: ask them for other hours, or relax this wish.",
    ),
    "rhythm_clash": Text(
        "Tidak ada waktu yang memenuhi semuanya sekaligus: {limits}. Longgarkan salah satunya.",
        "No hour meets all of these together: {limits}. Relax one of them.",
    ),
    "rhythm_nearest": Text(
        "Yang paling dekat: {slot} (harapan hadir {value}); yang belum terpenuhi: {limits}.",
        "The nearest: {slot} (expected present: {value}); not met there: {limits}.",
    ),
    "rhythm_nobody": Text(
        "Menurut jawaban, tak seorang pun bisa datang pada waktu mana pun.",
        "By these answers nobody can come at any hour.",
    ),
    "rhythm_not_proven": Text(
        "Rencana ini terbaik yang ditemukan, belum terbukti terbaik: anggota yang paling "
        "tertinggal {worst}, dan tak ada rencana yang melebihi {bound}.",
        "The best plan found, not proven best: the worst-off member has {worst}, and no plan "
        "exceeds {bound}.",
    ),
    "rhythm_left_out": Text(
        "{n} anggota tidak bisa datang pada tanggal mana pun: {names}. Sapa mereka; mungkin ada "
        "wakil atau cara lain.",
        "Members who can come on none of these dates: {n} ({names}). Talk to them; a deputy or "
        "another way may help.",
    ),
    "rhythm_unanswered": Text(
        "{n} anggota belum menjawab: {names}. Mereka dihitung tidak hadir, tetapi tidak sebagai "
        "yang paling tertinggal.",
        "Members who have not answered: {n} ({names}). They count as not coming, but not as the "
        "worst-off.",
    ),
    "rhythm_no_members": Text(
        "Tanpa daftar anggota (--members), seksi dan yang wajib hadir tidak diperhitungkan.",
        "Without a list of members (--members), sections and required people are not considered.",
    ),
    "rhythm_no_calendar": Text(
        "{file} tidak ditulis: tidak ada jadwal yang bisa diusulkan.",
        "{file} was not written: there is no schedule to propose.",
    ),
    "rhythm_seldom": Text(
        "{n} anggota diperkirakan hadir kurang dari {each} kali dalam setahun: {names}. Sapa "
        "mereka; mungkin ada waktu lain, wakil, atau cara lain.",
        "Members who can expect less than {each} date of the year: {n} ({names}). Talk to them; "
        "another hour, a deputy or another way may help.",
    ),
    "rhythm_all_closed": Text(
        "Semua waktu yang ditanyakan tertutup oleh hal lain (libur, Ramadan, salat, atau hari "
        "setempat): tanyakan waktu lain.",
        "Holidays, Ramadan, prayer or local days: something else has its time at every hour asked "
        "about. Ask for other hours.",
    ),
    "rhythm_shut": Text(
        "Tidak diusulkan karena setiap pekan tertutup: {hours}.",
        "Not proposed, as something else has this time every week: {hours}.",
    ),
    "rhythm_closed": Text(
        "{n} tanggal jatuh pada waktu yang tertutup dan tidak dapat digeser: {dates}. Tiadakan "
        "rapat itu, atau pilih jam lain untuk kali itu.",
        "Dates on a closed time that cannot be moved: {n} ({dates}). Call these meetings off, or "
        "choose another hour for them.",
    ),
    "rhythm_lost": Text(
        "Tidak ada jam yang terbuka pada: {periods}. Periode itu tidak diberi tanggal.",
        "No hour is open in: {periods}. No date was given to that period.",
    ),
    "rhythm_holidays_unknown": Text(
        "Libur nasional dan Ramadan tahun {year} belum diketahui; tanggalnya tidak diperiksa.",
        "National holidays and Ramadan of {year} are not known; the dates were not checked.",
    ),
    "sharing_silent": Text(
        "{n} kelompok belum punya jawaban dari anggotanya: {names}.",
        "Groups none of whose members has answered: {n} ({names}).",
    ),
    "sharing_alone": Text(
        "{group} tidak punya waktu yang memenuhi: {limits}. Tanyakan waktu lain kepada mereka, "
        "atau longgarkan syarat ini.",
        "{group} has no hour that meets: {limits}. Ask them for other hours, or relax this wish.",
    ),
    "sharing_clash": Text(
        "Kelompok ini tidak dapat sekaligus punya waktu: {groups}. Yang dipakai bersama: {shared}. "
        "Cari ruang atau pendamping lain untuk salah satunya, atau tanyakan waktu lain.",
        "These groups cannot all have an hour: {groups}. They share: {shared}. Find another room "
        "or facilitator for one of them, or ask for other hours.",
    ),
    "sharing_unfinished": Text(
        "Belum ditemukan pembagian yang memenuhi semua syarat, dan belum terbukti mustahil. "
        "Longgarkan sebagian syarat.",
        "No plan that meets all wishes was found, nor was it proven that there is none. Relax "
        "some of them.",
    ),
    "sharing_not_proven": Text(
        "Pembagian ini terbaik yang ditemukan, belum terbukti terbaik: harapan hadir {total}, dan "
        "tak ada yang melebihi {bound}.",
        "The best plan found, not proven best: {total} expected present, and none exceeds {bound}.",
    ),
    "turnout_nobody": Text(
        "Belum ada undangan tercatat: peluang kuorum tidak dapat dihitung.",
        "No invitation is on record: the chance of a quorum cannot be had.",
    ),
    "members_never_invited": Text(
        "{n} anggota belum pernah tercatat diundang: {names}.",
        "{n} members were never recorded as invited: {names}.",
    ),
    "members_unlisted": Text(
        "{n} orang di daftar hadir tidak ada di daftar anggota; kelompoknya tidak diketahui.",
        "{n} people on the attendance list are not in the list of members; their group is unknown.",
    ),
}
