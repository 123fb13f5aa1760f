"""Consent, confirmed absence, and what a group sets for itself."""

from __future__ import annotations

from satuhati.framework import LEVELS, POPULATIONS
from satuhati.schema._build import col, key, ref
from satuhati.schema.declare import Table
from satuhati.schema.listening import ALL_COMPONENTS
from satuhati.text import Text

CONSENTS = Table(
    "consents",
    "consents",
    Text("Persetujuan", "Consents"),
    Text("Persetujuan per untai data, dan penarikannya.", "Consent per strand, and withdrawal."),
    (
        key(),
        ref("actor", "actors", ("Orang", "Person"), required=True, visibility="admin"),
        col(
            "strand",
            "choice",
            ("Untai", "Strand"),
            ("Data apa yang disetujui untuk dipakai.", "Which data may be used."),
            required=True,
            choices=("survey", "ties", "notes", "photos"),
            visibility="admin",
        ),
        col(
            "purpose_version",
            "text",
            ("Versi tujuan", "Version of the purpose"),
            (
                "Versi naskah persetujuan yang dibacakan.",
                "Version of the consent text that was read out.",
            ),
            visibility="admin",
        ),
        col("given_on", "date", ("Diberikan", "Given on"), required=True, visibility="admin"),
        col(
            "withdrawn_on",
            "date",
            ("Ditarik", "Withdrawn on"),
            ("Kosong bila masih berlaku.", "Empty while in force."),
            visibility="admin",
        ),
        col(
            "guardian",
            "boolean",
            ("Oleh wali", "By a guardian"),
            (
                "Ya bila wali yang menyetujui (di bawah 18 tahun).",
                "Yes if a guardian agreed (under 18).",
            ),
            visibility="admin",
        ),
    ),
)

# Strands whose absence can itself be a finding, and so be confirmed.
CONFIRMABLE = (
    "meetings",
    "decisions",
    "followups",
    "norms",
    "assets",
    "requests",
    "voices",
    "plans",
)

CONFIRMED_EMPTY = Table(
    "confirmed_empty",
    "confirmed_empty",
    Text("Memang tidak ada", "Confirmed absence"),
    Text("Pernyataan bahwa dalam suatu masa memang tidak ada catatan karena tidak ada kejadian.",
         "A statement that in a period there is no record because nothing happened."),
    (
        key(),
        col("strand", "choice", ("Untai", "Strand"),
            ("Jenis catatan yang memang tidak ada.", "What there really is no record of."),
            required=True, choices=CONFIRMABLE,
            visibility="public"),
        col("from", "date", ("Dari", "From"), required=True, visibility="public"),
        col("to", "date", ("Sampai", "To"), required=True, visibility="public"),
        col("by", "text", ("Oleh", "By"),
            ("Siapa yang menyatakan.", "Who states it."),
            required=True),
        col("on", "date", ("Dinyatakan", "Stated on"), required=True, visibility="public"),
        col("note", "text", ("Catatan", "Note"), visibility="public"),
    ),
)  # fmt: skip

TARGETS = Table(
    "targets",
    "targets",
    Text("Sasaran kelompok", "Targets"),
    Text("Sasaran yang ditetapkan kelompok untuk satu sel atau ukuran (0–100).",
         "Targets the group sets for a cell or a measure (0–100)."),
    (
        key(),
        col("component", "choice", ("Komponen", "Component"), choices=ALL_COMPONENTS,
            visibility="public"),
        col("level", "choice", ("Tingkatan", "Level"), choices=tuple(LEVELS),
            visibility="public"),
        col("population", "choice", ("Populasi", "Population"), choices=tuple(POPULATIONS),
            visibility="public"),
        col("measure", "text", ("Ukuran", "Measure"),
            ("Kode ukuran; kosong bila untuk seluruh sel.",
             "Code of the measure; empty if for the whole cell."),
            visibility="public"),
        col("value", "number", ("Sasaran", "Target"), required=True, low=0, high=100,
            unit="0-100", visibility="public"),
        col("set_on", "date", ("Ditetapkan", "Set on"), required=True, visibility="public"),
        col("by", "text", ("Oleh", "By")),
    ),
)  # fmt: skip

MEASURE_SETTINGS = Table(
    "measure_settings",
    "measure_settings",
    Text("Pengaturan ukuran", "Measure settings"),
    Text(
        "Ukuran yang dimatikan, atau yang titik 0 dan 100-nya diubah; tercetak bersama profil.",
        "Measures switched off, or whose anchors are changed; printed with the profile.",
    ),
    (
        key(),
        col(
            "measure",
            "text",
            ("Ukuran", "Measure"),
            ("Kode ukuran yang diubah.", "Code of the measure changed."),
            required=True,
            visibility="public",
        ),
        col(
            "enabled",
            "boolean",
            ("Dipakai", "Enabled"),
            ("Tidak bila ukuran ini dimatikan.", "No if the measure is switched off."),
            visibility="public",
        ),
        col(
            "anchor_low",
            "number",
            ("Titik 0", "Anchor 0"),
            ("Nilai yang dibaca 0.", "The value read as 0."),
            visibility="public",
        ),
        col(
            "anchor_high",
            "number",
            ("Titik 100", "Anchor 100"),
            ("Nilai yang dibaca 100.", "The value read as 100."),
            visibility="public",
        ),
        col(
            "min_n",
            "integer",
            ("n terkecil", "Smallest n"),
            (
                "Jumlah terkecil agar ukuran ini dihitung.",
                "Fewest records for the measure to be computed.",
            ),
            low=1,
            visibility="public",
        ),
        col("since", "date", ("Sejak", "Since"), required=True, visibility="public"),
        col("by", "text", ("Oleh", "By"), required=True),
        col("reason", "text", ("Alasan", "Reason"), required=True, visibility="public"),
    ),
)

VERDICTS = Table(
    "verdicts",
    "verdicts",
    Text("Putusan baca bersama", "Verdicts read together"),
    Text("Putusan yang dibenarkan atau dibantah dua pembaca atau musyawarah, dengan alasannya.",
         "Verdicts confirmed or contested by two readers or a meeting, with the reason."),
    (
        key(),
        col("component", "choice", ("Komponen", "Component"), choices=ALL_COMPONENTS,
            required=True, visibility="public"),
        col("level", "choice", ("Tingkatan", "Level"), choices=tuple(LEVELS), required=True,
            visibility="public"),
        col("population", "choice", ("Populasi", "Population"), choices=tuple(POPULATIONS),
            required=True, visibility="public"),
        col("proposed", "text", ("Usulan mesin", "Proposed by machine"),
            ("Putusan yang diusulkan program.", "The verdict the program proposed."),
            visibility="public"),
        col("stance", "choice", ("Sikap", "Stance"),
            ("Usulan dibenarkan atau dibantah.",
             "Whether the proposal is confirmed or contested."),
            required=True,
            choices=("confirmed", "contested"), visibility="public"),
        col("verdict", "choice", ("Putusan", "Verdict"),
            ("Putusan yang disepakati bila usulan dibantah.",
             "The verdict agreed on if the proposal is contested."),
            visibility="public",
            choices=("agreement", "partial agreement", "silence", "dissonance", "no evidence")),
        ref("meeting", "meetings", ("Rapat", "Meeting"), visibility="public"),
        col("by", "text", ("Oleh", "By"), required=True),
        col("date", "date", ("Tanggal", "Date"), required=True, visibility="public"),
        col("reason", "text", ("Alasan", "Reason"), required=True, visibility="public"),
    ),
)  # fmt: skip

SETTINGS_TABLES = (CONSENTS, CONFIRMED_EMPTY, TARGETS, MEASURE_SETTINGS, VERDICTS)
