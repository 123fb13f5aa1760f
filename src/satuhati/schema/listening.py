"""What is asked, tied and noted: surveys, predictions, ties, field notes."""

from __future__ import annotations

from satuhati.framework import (
    CHARACTERISTICS,
    CONDITIONING_INFLUENCES,
    FUNCTIONS,
    LEVELS,
    OUTCOMES,
    POPULATIONS,
    SOCIAL_CAPITAL,
)
from satuhati.schema._build import col, key, ref
from satuhati.schema.declare import Column, Table
from satuhati.schema.people import AGE_BANDS, SCHOOLING, SEXES
from satuhati.text import Text

ALL_COMPONENTS = (
    *CHARACTERISTICS, *SOCIAL_CAPITAL, *FUNCTIONS, *CONDITIONING_INFLUENCES, *OUTCOMES
)  # fmt: skip
FRAMES = (
    "census",
    "random_households",
    "door_to_door",
    "service_desk",
    "meeting",
    "purposive",
    "other",
)
RELATIONS = ("acquaintance", "information", "resources", "support", "goto", "collaboration")
DIRECTIONS = ("supports", "mixed", "contradicts")

INSTRUMENTS = Table(
    "instruments",
    "surveys",
    Text("Kuesioner", "Instruments"),
    Text("Satu baris per kuesioner; jawabannya di answers/<kode>.csv.",
         "One row per questionnaire; its answers are in answers/<id>.csv."),
    (
        key(),
        col("name", "text", ("Nama", "Name"), required=True, visibility="public"),
        col("version", "text", ("Versi", "Version"), visibility="public"),
        col("population", "choice", ("Untuk", "For"), choices=tuple(POPULATIONS), required=True,
            visibility="public"),
        col("citation", "text", ("Sumber", "Citation"), visibility="public"),
    ),
)  # fmt: skip

ITEMS = Table(
    "items",
    "surveys",
    Text("Butir", "Items"),
    Text("Butir tiap kuesioner: skala, arah, dan batas jawabannya.",
         "The items of each questionnaire: scale, direction and range."),
    (
        key(),
        ref("instrument", "instruments", ("Kuesioner", "Instrument"), required=True,
            visibility="public"),
        col("name", "text", ("Kolom", "Column"),
            ("Nama kolom di berkas jawaban.", "Column name in the answers file."), required=True,
            visibility="public"),
        col("type", "choice", ("Jenis", "Type"), required=True,
            choices=("likert", "binary", "number", "choice", "text"), visibility="public"),
        col("scale", "text", ("Skala", "Scale"),
            ("Kode skala yang dibentuk butir ini.", "Code of the scale this item belongs to."),
            visibility="public"),
        col("low", "number", ("Terendah", "Lowest"), visibility="public"),
        col("high", "number", ("Tertinggi", "Highest"), visibility="public"),
        col("reversed", "boolean", ("Dibalik", "Reversed"), visibility="public"),
        col("text_id", "text", ("Bunyi (Indonesia)", "Wording (Indonesian)"),
            visibility="public"),
        col("text_en", "text", ("Bunyi (Inggris)", "Wording (English)"), visibility="public"),
    ),
)  # fmt: skip

ROUNDS = Table(
    "rounds",
    "surveys",
    Text("Putaran survei", "Survey rounds"),
    Text("Kapan, kepada siapa, dan dengan cara apa kuesioner diajukan.",
         "When, to whom and how a questionnaire was put."),
    (
        key(),
        ref("instrument", "instruments", ("Kuesioner", "Instrument"), required=True,
            visibility="public"),
        col("wave", "integer", ("Gelombang", "Wave"), required=True, low=1, visibility="public"),
        col("population", "choice", ("Populasi", "Population"), choices=tuple(POPULATIONS),
            required=True, visibility="public"),
        col("start", "date", ("Mulai", "Start"), visibility="public"),
        col("end", "date", ("Selesai", "End"), required=True, visibility="public"),
        col("frame", "choice", ("Kerangka sampel", "Sampling frame"), choices=FRAMES,
            required=True, visibility="public"),
        col("invited", "integer", ("Diundang", "Invited"), low=0, unit="people",
            visibility="public"),
        col("population_size", "integer", ("Besar populasi", "Population size"),
            ("Untuk sensus kelompok: jumlah anggotanya.",
             "For a census of the group: its number of members."), low=0, unit="people",
            visibility="public"),
        col("anonymous", "boolean", ("Anonim", "Anonymous"), visibility="public"),
        col("mode", "choice", ("Cara mengisi", "Mode"),
            choices=("self", "interviewer", "paper", "mixed"), visibility="public"),
        col("note", "text", ("Yang perlu diingat", "To bear in mind"), visibility="public"),
    ),
)  # fmt: skip

ANSWER_KEYS: tuple[Column, ...] = (
    key(),
    ref("round", "rounds", ("Putaran", "Round"), required=True),
    ref("actor", "actors", ("Orang", "Person"),
        ("Kosong pada putaran anonim.", "Empty in anonymous rounds."), visibility="admin"),
    ref("area", "areas", ("RT/RW", "RT/RW"), visibility="research"),
    col("sex", "choice", ("Jenis kelamin", "Sex"), choices=SEXES, visibility="research"),
    col("age_band", "choice", ("Kelompok umur", "Age band"), choices=AGE_BANDS,
        visibility="research"),
    col("schooling", "choice", ("Pendidikan", "Schooling"), choices=SCHOOLING,
        visibility="research"),
    col("poor", "boolean", ("Keluarga kurang mampu", "Poor household"), visibility="research"),
    col("weight", "number", ("Bobot", "Weight"), low=0, visibility="research"),
    col("stratum", "text", ("Strata", "Stratum"), visibility="research"),
    col("cluster", "text", ("Klaster", "Cluster"), visibility="research"),
)  # fmt: skip
"""The declared columns of every ``answers/<instrument>.csv``; item columns follow them."""

PREDICTIONS = Table(
    "predictions",
    "predictions",
    Text("Dua cermin", "Predictions"),
    Text("Perkiraan Pokja sebelum melihat hasil.",
         "What the working group predicts before seeing results."),
    (
        key(),
        col("measure", "text", ("Ukuran", "Measure"), required=True, visibility="public"),
        ref("service", "services", ("Layanan", "Service"), visibility="public"),
        col("population", "choice", ("Tentang", "About"), choices=tuple(POPULATIONS),
            visibility="public"),
        col("wave", "integer", ("Gelombang", "Wave"), low=1, visibility="public"),
        col("date", "date", ("Tanggal", "Date"), required=True, visibility="public"),
        col("value", "number", ("Perkiraan", "Prediction"), required=True, low=0, high=100,
            unit="0-100", visibility="public"),
        col("people", "integer", ("Jumlah penebak", "Number predicting"), low=1, unit="people",
            visibility="public"),
    ),
)  # fmt: skip

TIE_ROUNDS = Table(
    "tie_rounds",
    "ties",
    Text("Putaran jejaring", "Tie rounds"),
    Text("Kapan ikatan ditanyakan, dan kapan putarannya ditutup.",
         "When ties were asked for, and when the round closed."),
    (
        key(),
        col("wave", "integer", ("Gelombang", "Wave"), required=True, low=1, visibility="public"),
        col("start", "date", ("Mulai", "Start"), visibility="public"),
        col("closed_on", "date", ("Ditutup", "Closed on"),
            ("Hasil kepercayaan hanya dibuka sesudah putaran ditutup.",
             "Trust results are released only once the round is closed."), visibility="public"),
        col("note", "text", ("Yang perlu diingat", "To bear in mind"), visibility="public"),
    ),
)  # fmt: skip

ROSTER = Table(
    "roster",
    "ties",
    Text("Daftar yang ditanyai ikatan", "Tie roster"),
    Text("Siapa saja yang masuk daftar pada suatu putaran, dan siapa yang menjawab.",
         "Who was on the roster of a round, and who answered."),
    (
        key(),
        ref("round", "tie_rounds", ("Putaran", "Round"), required=True, visibility="research"),
        ref("actor", "actors", ("Pelaku", "Actor"), required=True, visibility="research"),
        col("responded", "boolean", ("Menjawab", "Responded"), required=True,
            visibility="research"),
    ),
)  # fmt: skip

TIES = Table(
    "ties",
    "ties",
    Text("Ikatan", "Ties"),
    Text("Siapa bertukar apa dengan siapa.", "Who exchanges what with whom."),
    (
        key(),
        ref("round", "tie_rounds", ("Putaran", "Round"), required=True, visibility="admin"),
        ref("source", "actors", ("Dari", "From"), required=True, visibility="admin"),
        ref("target", "actors", ("Kepada", "To"), required=True, visibility="admin"),
        col("relation", "choice", ("Hubungan", "Relation"), required=True, choices=RELATIONS,
            visibility="admin"),
        col("weight", "number", ("Bobot", "Weight"), low=0, visibility="admin"),
        col("origin", "choice", ("Asal", "Origin"),
            ("reported: dilaporkan; work: dari tindak lanjut.",
             "reported: as told; work: from follow-ups."), choices=("reported", "work"),
            visibility="admin"),
    ),
)  # fmt: skip

SOURCES = Table(
    "sources",
    "fieldnotes",
    Text("Sumber catatan", "Sources"),
    Text("Wawancara, pengamatan, dokumen, diskusi kelompok terarah (satu diskusi = satu sumber).",
         "Interviews, observations, documents, focus groups (one group = one source)."),
    (
        key(),
        col("kind", "choice", ("Jenis", "Kind"), required=True, visibility="research",
            choices=("interview", "observation", "document", "focus_group")),
        col("title", "text", ("Judul", "Title"), required=True, visibility="research"),
        col("date", "date", ("Tanggal", "Date"), required=True, visibility="research"),
        col("population", "choice", ("Yang berbicara", "Who speaks"), choices=tuple(POPULATIONS),
            required=True, visibility="research"),
        ref("actor", "actors", ("Informan", "Informant"), visibility="admin"),
        col("sampling_reason", "text", ("Alasan dipilih", "Why chosen"), visibility="research"),
        col("text", "text", ("Naskah", "Text"), visibility="research"),
    ),
)  # fmt: skip

CODES = Table(
    "codes",
    "fieldnotes",
    Text("Buku kode", "Codebook"),
    Text("Tema, batasannya, dan sel kerangka yang dituju.",
         "Themes, their bounds and the cell of the framework they speak to."),
    (
        key(),
        col("name", "text", ("Nama", "Name"), required=True, visibility="research"),
        ref("parent", "codes", ("Bagian dari", "Part of"), visibility="research"),
        col("component", "choice", ("Komponen", "Component"), choices=ALL_COMPONENTS,
            visibility="research"),
        col("level", "choice", ("Tingkatan", "Level"), choices=tuple(LEVELS),
            visibility="research"),
        col("definition", "text", ("Definisi", "Definition"), visibility="research"),
        col("include", "text", ("Termasuk", "Include"), visibility="research"),
        col("exclude", "text", ("Tidak termasuk", "Exclude"), visibility="research"),
        col("example", "text", ("Contoh", "Example"), visibility="research"),
        col("version", "text", ("Versi", "Version"), visibility="research"),
    ),
)  # fmt: skip

EXCERPTS = Table(
    "excerpts",
    "fieldnotes",
    Text("Kutipan", "Excerpts"),
    Text("Potongan naskah yang diberi kode.", "Passages of a source that are coded."),
    (
        key(),
        ref("source", "sources", ("Sumber", "Source"), required=True, visibility="research"),
        col("start", "integer", ("Awal", "Start"),
            ("Letak huruf pertama, dari 0.", "Position of the first character, from 0."), low=0,
            visibility="research"),
        col("end", "integer", ("Akhir", "End"),
            ("Sesudah huruf terakhir.", "After the last character."), low=0,
            visibility="research"),
        col("text", "text", ("Kutipan", "Quotation"), required=True, visibility="research"),
    ),
)  # fmt: skip

CODINGS = Table(
    "codings",
    "fieldnotes",
    Text("Pengodean", "Codings"),
    Text("Kode yang diberikan seorang pengode pada kutipan, dengan arahnya.",
         "The code a coder gave an excerpt, and its direction."),
    (
        key(),
        ref("excerpt", "excerpts", ("Kutipan", "Excerpt"), required=True, visibility="research"),
        ref("code", "codes", ("Kode", "Code"), required=True, visibility="research"),
        col("coder", "text", ("Pengode", "Coder"), required=True, visibility="research"),
        col("direction", "choice", ("Arah", "Direction"), choices=DIRECTIONS, required=True,
            visibility="research"),
        col("memo", "text", ("Memo", "Memo"), visibility="research"),
    ),
)  # fmt: skip

PLACEMENTS = Table(
    "placements",
    "fieldnotes",
    Text("Kesimpulan catatan lapangan", "Field-note placements"),
    Text("Arah catatan lapangan untuk satu sel menurut analis, dengan alasannya.",
         "The direction of the field notes in a cell by the analyst, with the reason."),
    (
        key(),
        col("component", "choice", ("Komponen", "Component"), choices=ALL_COMPONENTS,
            required=True, visibility="research"),
        col("level", "choice", ("Tingkatan", "Level"), choices=tuple(LEVELS), required=True,
            visibility="research"),
        col("population", "choice", ("Populasi", "Population"), choices=tuple(POPULATIONS),
            required=True, visibility="research"),
        col("direction", "choice", ("Arah", "Direction"), choices=DIRECTIONS, required=True,
            visibility="research"),
        col("reason", "text", ("Alasan", "Reason"), required=True, visibility="research"),
        col("analyst", "text", ("Analis", "Analyst"), visibility="research"),
        col("date", "date", ("Tanggal", "Date"), required=True, visibility="research"),
    ),
)  # fmt: skip

LISTENING_TABLES = (
    INSTRUMENTS,
    ITEMS,
    ROUNDS,
    PREDICTIONS,
    TIE_ROUNDS,
    ROSTER,
    TIES,
    SOURCES,
    CODES,
    EXCERPTS,
    CODINGS,
    PLACEMENTS,
)
