"""Reader's words for the codes a report meets: verdicts, records, frames, channels, groupings.

Declared words, so they stand here beside their codes in both languages. A code that is not
listed is shown as it is: nothing is hidden because its word is missing.
"""

from __future__ import annotations

from collections.abc import Mapping

from satuhati.framework import (
    COMPONENTS,
    CONDITIONING_INFLUENCES,
    FUNCTIONS,
    LEVELS,
    METHODS,
    OUTCOMES,
    POPULATIONS,
    SECTIONS,
    SECTORS,
    STRATEGIES,
    Term,
)
from satuhati.schema import STRANDS as STRAND_CODES
from satuhati.schema import TABLES
from satuhati.schema.choices import choice_label, strand_label
from satuhati.text import Language, Text


def _declared(table: str, *columns: str, capital: bool = False) -> dict[str, Text]:
    """The schema's own words for the codes of some columns; with a capital where they head."""
    out = {}
    for column in columns:
        for code in TABLES[table].column(column).choices:
            text = choice_label(table, column, code)
            out[code] = Text(*(x[:1].upper() + x[1:] for x in text)) if capital else text
    return out


CONTEXT_KEYS = {
    name: TABLES["community"].column(name).label
    for name in ("urban", "economic", "settlement", "initiated_by", "funded_by")
}
CONTEXT = _declared("community", *CONTEXT_KEYS)
FRAMES = _declared("rounds", "frame")
RELATIONS = _declared("ties", "relation", capital=True)
SOURCE_KINDS = _declared("sources", "kind")
CHANNELS = _declared("awareness", "channel", capital=True) | {
    "unknown": Text("Tidak disebut", "Not stated")
}
GROUPS = _declared("actors", "sex", "age_band", "schooling", capital=True) | {
    "unknown": Text("Tidak dicatat", "Not recorded"),
    "": Text("Tidak dicatat", "Not recorded"),
}
ABSENCE_REASONS = _declared("attendance", "reason", "status", capital=True) | {
    "": Text("Tidak disebut", "Not stated"),
    "not_stated": Text("Tidak disebut", "Not stated"),
}
STRANDS = {code: strand_label(code) for code in STRAND_CODES}
VERDICTS = {
    "agreement": Text("Sejalan", "In agreement"),
    "partial agreement": Text("Sebagian sejalan", "Partly in agreement"),
    "dissonance": Text("Bertentangan", "In conflict"),
    "silence": Text("Baru satu cara", "One way only"),
    "no evidence": Text("Belum ada bukti", "No evidence yet"),
}
PLACES = {
    "low": Text("rendah", "low"),
    "middle": Text("sedang", "middle"),
    "high": Text("tinggi", "high"),
    "split": Text("terbelah", "split"),
}
DIRECTIONS = {
    "supports": Text("mendukung", "supporting"),
    "mixed": Text("campuran", "mixed"),
    "contradicts": Text("berlawanan", "contradicting"),
}
LAMPS = {
    "rhythm": Text("Irama rapat", "Rhythm of meetings"),
    "participation": Text("Keikutsertaan", "Participation"),
    "known": Text("Dikenal warga", "Known by residents"),
}
LAMP_STATES = {
    "bright": Text("terang", "bright"),
    "dim": Text("redup", "dim"),
    "unlit": Text("belum menyala", "not yet lit"),
    "unknown": Text("belum diketahui", "not known yet"),
}
STATUSES = {
    "too few": Text("Terlalu sedikit", "Too few"),
    "not enough": Text("Belum cukup pasti", "Not certain enough"),
    "none": Text("Belum dicatat", "Not recorded"),
    "not applicable": Text("Tidak berlaku", "Does not apply"),
    "ok": Text("Cukup", "Sufficient"),
}
RECORDS = {
    "survey": Text("Jawaban survei", "Survey answers"),
    "ties": Text("Daftar ikatan", "Tie roster"),
    "attendance": Text("Daftar hadir", "Attendance list"),
    "meeting_calendar": Text("Kalender rapat", "Meeting calendar"),
    "work_parties": Text("Catatan kerja bakti", "Work-party records"),
    "followups": Text("Daftar tindak lanjut", "Follow-up list"),
    "sources": Text("Daftar sumber catatan lapangan", "Source register of the field notes"),
    "plans": Text("Dokumen rencana (RKM)", "Work-plan documents"),
    "terms": Text("Daftar jabatan", "List of posts"),
    "requests": Text("Daftar permintaan", "List of requests"),
    "assets": Text("Daftar aset", "List of assets"),
    "voices": Text("Daftar suara warga", "Register of residents' voices"),
    "norms": Text("Daftar norma", "Register of norms"),
    "norm_events": Text("Pengamatan norma", "Observed norms"),
    "awareness": Text("Turus tahu layanan", "Awareness tallies"),
    "indicators": Text("Hitungan indikator", "Indicator counts"),
    "activity_records": Text("Catatan kegiatan", "Records of activities"),
}
STAGES = {
    "asked": Text("Ditanya", "Asked"),
    "heard": Text("Pernah mendengar", "Have heard"),
    "visited": Text("Pernah datang", "Have visited"),
    "enrolled": Text("Terdaftar", "Enrolled"),
    "continuing": Text("Masih ikut", "Still come"),
}
MEETING_KINDS = {
    "pokja": Text("Rapat Pokja", "Working-group meetings"),
    "cross_sector_forum": Text("Forum lintas sektor", "Cross-sector forum"),
    "kerja_bakti": Text("Kerja bakti", "Work parties"),
    "musyawarah": Text("Musyawarah", "Deliberations"),
    "profile_reading": Text("Musyawarah baca profil", "Profile readings"),
    "training": Text("Pelatihan", "Training"),
    "outreach": Text("Sosialisasi", "Outreach"),
    "other": Text("Pertemuan lain", "Other meetings"),
}
GROUPINGS = {
    "sex": Text("Jenis kelamin", "Sex"),
    "age_band": Text("Kelompok umur", "Age band"),
    "schooling": Text("Pendidikan", "Schooling"),
    "area": Text("RW", "RW"),
    "rw": Text("RW", "RW"),
    "section": Text("Seksi", "Section"),
    "sector": Text("Sektor", "Sector"),
}
NORMATIVE = {
    "normative_shared_values": Text("Penguatan nilai bersama", "Promotion of shared values"),
    "normative_socialising_young": Text("Pengasuhan yang muda", "Socialising the young"),
    "normative_informal_control": Text("Saling menjaga", "Informal social control"),
}
KINDS = {
    "geographic": Text("sewilayah", "of a place"),
    "social": Text("sekelompok sosial", "of a social group"),
    "interest": Text("seminat", "of an interest"),
}
UNITS = {
    "percent": Text("%", "%"),
    "%": Text("%", "%"),
    "% / tahun": Text("% per tahun", "% per year"),
    "anak per perempuan": Text("anak per perempuan", "children per woman"),
    "per 1000": Text("per 1.000", "per 1,000"),
    "of ten": Text("dari sepuluh", "of ten"),
    "kinds": Text("jenis", "kinds"),
    "people": Text("orang", "people"),
    "sections": Text("seksi", "sections"),
    "points": Text("angka", "points"),
    "sources": Text("sumber", "sources"),
}
SHORT_POPULATIONS = {
    "pokja": Text("Pokja", "Group"),
    "warga": Text("Warga", "Residents"),
    "mitra": Text("Mitra", "Partners"),
    "all": Text("Semua", "Everyone"),
}
SHORT_COMPONENTS = {
    "sense_of_community": Text("Rasa memiliki", "Sense of community"),
    "commitment": Text("Komitmen", "Commitment"),
    "problem_solving": Text("Memecahkan masalah", "Problem solving"),
    "access_to_resources": Text("Sumber daya", "Resources"),
    "trust": Text("Kepercayaan", "Trust"),
    "networks": Text("Jejaring", "Networks"),
    "norms": Text("Norma", "Norms"),
    "planning_decision_governance": Text("Tata kelola", "Governance"),
    "production_of_goods_services": Text("Barang dan layanan", "Goods and services"),
    "information_dissemination": Text("Informasi", "Information"),
    "organizing_advocacy": Text("Advokasi", "Advocacy"),
}


def word(words: Mapping[str, Text], code: str, lang: Language) -> str:
    """The reader's word for a code, or the code itself."""
    return words[code](lang) if code in words else code.replace("_", " ")


def _term(terms: Mapping[str, Term], code: str, lang: Language) -> str | None:
    return terms[code].label(lang) if code in terms else None


def component(code: str, lang: Language) -> str:
    """The label of a component, function, influence, outcome or normative function."""
    for terms in (COMPONENTS, FUNCTIONS, CONDITIONING_INFLUENCES, OUTCOMES):
        label = _term(terms, code, lang)
        if label is not None:
            return label
    return word(NORMATIVE, code, lang)


def level(code: str, lang: Language) -> str:
    return _term(LEVELS, code, lang) or code


def population(code: str, lang: Language) -> str:
    return _term(POPULATIONS, code, lang) or code


def method(code: str, lang: Language) -> str:
    return _term(METHODS, code, lang) or code


def sector(code: str | None, lang: Language) -> str:
    if not code:
        return Text("Sektor tidak dicatat", "Sector not recorded")(lang)
    return _term(SECTORS, code, lang) or code


def strategy(code: str, lang: Language) -> str:
    return _term(STRATEGIES, code, lang) or code


def section(code: str, lang: Language) -> str:
    return _term(SECTIONS, code, lang) or code


def record(code: str, lang: Language, rounds: Mapping[str, str] | None = None) -> str:
    """The raw record a piece rests on; after a colon the round or frame it belongs to."""
    head, _, tail = code.partition(":")
    tail = (rounds or {}).get(tail, "") or (FRAMES[tail](lang) if tail in FRAMES else tail)
    label = word(RECORDS, head, lang)
    if head not in RECORDS and head in TABLES:
        label = TABLES[head].label(lang)
    return f"{label} ({tail})" if tail else label


def table(name: str, lang: Language) -> str:
    """The label of a table; answers files are named by their instrument."""
    if name in TABLES:
        return TABLES[name].label(lang)
    if name.startswith("answers"):
        return Text("Jawaban survei", "Survey answers")(lang)
    if name == "forms":
        return Text("Kuesioner sebagai buku kerja", "Questionnaires as workbooks")(lang)
    return name


def group(grouping: str, code: str, lang: Language) -> str:
    """A subgroup's word; sections and sectors have their own labels, areas their names."""
    if grouping == "section":
        return section(code, lang)
    if grouping == "sector":
        return sector(code, lang)
    return GROUPS[code](lang) if code in GROUPS else code
