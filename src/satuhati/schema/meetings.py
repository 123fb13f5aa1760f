"""Meetings, attendance, decisions, follow-ups and norms."""

from __future__ import annotations

from satuhati.schema._build import col, key, ref
from satuhati.schema.declare import Table
from satuhati.text import Text

MEETING_KINDS = (
    "pokja",
    "cross_sector_forum",
    "kerja_bakti",
    "musyawarah",
    "profile_reading",
    "training",
    "outreach",
    "other",
)
FREQUENCIES = ("weekly", "monthly", "quarterly", "half_yearly", "yearly", "other")
ATTENDANCE_STATUS = ("present", "represented", "excused", "ill", "absent")
EXCHANGES = ("information", "resources", "support")
NORM_TOPICS = (
    "meetings",
    "quorum",
    "decisions",
    "attendance",
    "tasks",
    "money",
    "complaints",
    "respect",
    "mutual_help",
    "information",
    "personal_data",
    "other",
)

SERIES = Table(
    "meeting_series",
    "meetings",
    Text("Rapat rutin", "Meeting series"),
    Text(
        "Rapat yang dijadwalkan tetap, dengan frekuensi yang disepakati.",
        "Meetings on a fixed schedule, with the frequency that was agreed.",
    ),
    (
        key(),
        col("name", "text", ("Nama", "Name"), required=True, visibility="public"),
        col("kind", "choice", ("Jenis", "Kind"), required=True, choices=MEETING_KINDS,
            visibility="public"),
        col("mechanism", "choice", ("Mekanisme", "Mechanism"), visibility="public",
            choices=("planning", "coordination", "outreach", "monitoring", "reporting")),
        col("frequency", "choice", ("Frekuensi", "Frequency"),
            ("Kosong: dibaca menurut kebiasaan (Pokja bulanan, forum triwulanan).",
             "Empty: read at the default (working group monthly, forum quarterly)."),
            choices=FREQUENCIES, visibility="public"),
        col("rule", "text", ("Aturan jadwal", "Rule"),
            ("Misalnya: Selasa kedua, 19.30.", "For example: second Tuesday, 19.30."),
            visibility="public"),
        col("start", "date", ("Mulai", "Start"), required=True, visibility="public"),
        col("end", "date", ("Berakhir", "End"), visibility="public"),
        col("quorum", "number", ("Kuorum", "Quorum"),
            ("Bagian anggota yang harus hadir menurut aturan kelompok (0–1).",
             "Share of members that must be present by the group's own rule (0–1)."),
            unit="share", low=0, high=1, visibility="public"),
    ),
)  # fmt: skip

MEETINGS = Table(
    "meetings",
    "meetings",
    Text("Rapat", "Meetings"),
    Text("Rapat dan kegiatan bersama.", "Meetings and joint events."),
    (
        key(),
        ref("series", "meeting_series", ("Rapat rutin", "Series"), visibility="public"),
        col("kind", "choice", ("Jenis", "Kind"), required=True, choices=MEETING_KINDS,
            visibility="public"),
        col("date", "date", ("Tanggal", "Date"), required=True, visibility="public"),
        col("time", "time", ("Pukul", "Time"), unit="HH:MM", visibility="public"),
        col("status", "choice", ("Keadaan", "Status"), required=True,
            choices=("held", "cancelled", "planned"), visibility="public"),
        col("planned_for", "date", ("Semula direncanakan", "First planned for"),
            visibility="public"),
        col("notice_on", "date", ("Undangan dikirim", "Notice sent on"), visibility="public"),
        col("title", "text", ("Acara", "Title"), visibility="public"),
        col("place", "text", ("Tempat", "Place"), visibility="public"),
        ref("area", "areas", ("RT/RW", "RT/RW"), visibility="public"),
        col("households_invited", "integer", ("Keluarga diundang", "Households invited"),
            ("Untuk kerja bakti: keluarga di RT itu.", "For work parties: households of the RT."),
            low=0, unit="households", visibility="public"),
        col("households_present", "integer", ("Keluarga ikut", "Households taking part"), low=0,
            unit="households", visibility="public"),
        col("minutes_on", "date", ("Notulen disahkan", "Minutes approved on"),
            visibility="public"),
    ),
)  # fmt: skip

ATTENDANCE = Table(
    "attendance",
    "meetings",
    Text("Daftar hadir", "Attendance"),
    Text("Siapa hadir, diwakili, izin, sakit, atau tanpa keterangan.",
         "Who was present, represented, excused, ill or absent."),
    (
        key(),
        ref("meeting", "meetings", ("Rapat", "Meeting"), required=True),
        ref("actor", "actors", ("Orang", "Person"), required=True),
        col("status", "choice", ("Kehadiran", "Status"), required=True,
            choices=ATTENDANCE_STATUS),
        col("reason", "choice", ("Alasan", "Reason"),
            choices=("work", "family", "health", "other_meeting", "not_informed", "distance",
                     "other")),
        ref("represented_by", "actors", ("Diwakili oleh", "Represented by")),
        col("spoke", "boolean", ("Bicara", "Spoke"),
            ("Kosong bila tidak dicatat.", "Empty if not recorded.")),
    ),
)  # fmt: skip

DECISIONS = Table(
    "decisions",
    "decisions",
    Text("Keputusan", "Decisions"),
    Text("Apa yang diputuskan dalam rapat.", "What was decided in a meeting."),
    (
        key(),
        ref("meeting", "meetings", ("Rapat", "Meeting"), required=True, visibility="public"),
        col("text", "text", ("Keputusan", "Decision"), required=True, visibility="public"),
    ),
)

FOLLOWUPS = Table(
    "followups",
    "followups",
    Text("Tindak lanjut", "Follow-ups"),
    Text("Tugas sesudah rapat: siapa, kapan, selesai atau belum.",
         "Tasks after a meeting: who, by when, done or not."),
    (
        key(),
        ref("decision", "decisions", ("Dari keputusan", "From decision")),
        ref("meeting", "meetings", ("Dari rapat", "From meeting")),
        col("text", "text", ("Tugas", "Task"), required=True),
        col("kind", "choice", ("Jenis", "Kind"),
            ("practice: tugas praktik sesudah pelatihan.", "practice: a task after training."),
            choices=("task", "practice")),
        ref("owner", "actors", ("PJ tugas", "Task owner"), required=True),
        ref("caller", "actors", ("Diminta oleh", "Called for by")),
        col("agreed_on", "date", ("Disepakati", "Agreed on"), required=True),
        col("due", "date", ("Batas waktu", "Due")),
        col("done_on", "date", ("Selesai", "Done on"), ("Kosong bila belum.", "Empty if not yet.")),
        col("dropped_on", "date", ("Dibatalkan", "Dropped on")),
    ),
)  # fmt: skip

FOLLOWUP_PARTNERS = Table(
    "followup_partners",
    "followups",
    Text("Mitra tindak lanjut", "Partners in follow-ups"),
    Text(
        "Siapa ikut menanggung atau membantu, dan berupa apa.",
        "Who shares a follow-up or helped with it, and how.",
    ),
    (
        key(),
        ref("followup", "followups", ("Tindak lanjut", "Follow-up"), required=True),
        ref("actor", "actors", ("Mitra", "Partner"), required=True),
        col("role", "choice", ("Peran", "Role"), required=True, choices=("shares", "helps")),
        col("exchange", "choice", ("Berupa", "What"), choices=EXCHANGES),
        col("promised", "boolean", ("Dijanjikan", "Promised")),
        col("delivered", "boolean", ("Terlaksana", "Delivered"),
            ("Kosong bila belum diketahui.", "Empty if not known yet.")),
        col("how", "text", ("Rincian", "Detail")),
    ),
)  # fmt: skip

NORMS = Table(
    "norms",
    "norms",
    Text("Norma", "Norms"),
    Text("Aturan tertulis dan nilai tak tertulis.", "Written rules and unwritten values."),
    (
        key(),
        col("text", "text", ("Isi", "Wording"), required=True, visibility="public"),
        col(
            "kind",
            "choice",
            ("Jenis", "Kind"),
            required=True,
            choices=("written", "unwritten"),
            visibility="public",
        ),
        col("topic", "choice", ("Perihal", "Topic"), choices=NORM_TOPICS, visibility="public"),
        col("document", "text", ("Dokumen", "Document"), visibility="public"),
        col("since", "date", ("Berlaku sejak", "In force since"), visibility="public"),
        col("until", "date", ("Berlaku sampai", "In force until"), visibility="public"),
    ),
)

NORM_EVENTS = Table(
    "norm_events",
    "norms",
    Text("Norma dipakai", "Norms in use"),
    Text("Norma yang dirujuk, dijaga, atau dilanggar, menurut pengamat.",
         "Norms invoked, kept or broken, by observer."),
    (
        key(),
        ref("norm", "norms", ("Norma", "Norm"), required=True),
        col("event", "choice", ("Kejadian", "Event"), required=True,
            choices=("invoked", "kept", "broken")),
        col("date", "date", ("Tanggal", "Date"), required=True),
        ref("meeting", "meetings", ("Rapat", "Meeting")),
        ref("observer", "actors", ("Pengamat", "Observer")),
        col("note", "text", ("Catatan", "Note")),
    ),
)  # fmt: skip

MEETING_TABLES = (
    SERIES,
    MEETINGS,
    ATTENDANCE,
    DECISIONS,
    FOLLOWUPS,
    FOLLOWUP_PARTNERS,
    NORMS,
    NORM_EVENTS,
)
