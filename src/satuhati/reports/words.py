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
from satuhati.schema import TABLES
from satuhati.text import Language, Text

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
FRAMES = {
    "census": Text("semua ditanya", "everyone asked"),
    "random_households": Text("keluarga terpilih acak", "random households"),
    "door_to_door": Text("dari rumah ke rumah", "door to door"),
    "service_desk": Text("di meja layanan", "at a service desk"),
    "meeting": Text("di pertemuan", "at a meeting"),
    "purposive": Text("dipilih dengan maksud", "purposive"),
    "other": Text("cara lain", "another way"),
}
STAGES = {
    "asked": Text("Ditanya", "Asked"),
    "heard": Text("Pernah mendengar", "Have heard"),
    "visited": Text("Pernah datang", "Have visited"),
    "enrolled": Text("Terdaftar", "Enrolled"),
    "continuing": Text("Masih ikut", "Still come"),
}
CHANNELS = {
    "family_neighbour": Text("Keluarga atau tetangga", "Family or neighbour"),
    "kader": Text("Kader", "Volunteer (kader)"),
    "rt_rw": Text("Pengurus RT/RW", "RT/RW officers"),
    "posyandu": Text("Posyandu", "Posyandu"),
    "whatsapp": Text("Grup WhatsApp", "WhatsApp group"),
    "banner": Text("Spanduk atau poster", "Banner or poster"),
    "social_media": Text("Media sosial", "Social media"),
    "faith_group": Text("Kelompok keagamaan", "Faith group"),
    "school": Text("Sekolah", "School"),
    "other": Text("Lainnya", "Other"),
    "unknown": Text("Tidak disebut", "Not stated"),
}
RELATIONS = {
    "acquaintance": Text("Saling kenal", "Acquaintance"),
    "information": Text("Informasi", "Information"),
    "resources": Text("Sumber daya", "Resources"),
    "support": Text("Dukungan", "Support"),
    "goto": Text("Tempat bertanya", "Go-to"),
    "collaboration": Text("Kerja sama", "Collaboration"),
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
ABSENCE_REASONS = {
    "work": Text("Bekerja", "Work"),
    "family": Text("Urusan keluarga", "Family"),
    "health": Text("Kesehatan", "Health"),
    "other_meeting": Text("Rapat lain", "Another meeting"),
    "not_informed": Text("Tidak diberi tahu", "Not informed"),
    "distance": Text("Jarak", "Distance"),
    "other": Text("Lainnya", "Other"),
    "": Text("Tidak disebut", "Not stated"),
    "not_stated": Text("Tidak disebut", "Not stated"),
    "excused": Text("Izin, alasan tidak dicatat", "Excused, reason not recorded"),
    "ill": Text("Sakit", "Ill"),
    "absent": Text("Tanpa keterangan", "Absent without word"),
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
GROUPS = {
    "female": Text("Perempuan", "Women"),
    "male": Text("Laki-laki", "Men"),
    "none": Text("Tidak sekolah", "No schooling"),
    "primary": Text("SD", "Primary"),
    "lower_secondary": Text("SMP", "Lower secondary"),
    "upper_secondary": Text("SMA/SMK", "Upper secondary"),
    "tertiary": Text("Perguruan tinggi", "Tertiary"),
    "unknown": Text("Tidak dicatat", "Not recorded"),
    "": Text("Tidak dicatat", "Not recorded"),
}
SOURCE_KINDS = {
    "interview": Text("wawancara", "interview"),
    "observation": Text("pengamatan", "observation"),
    "document": Text("dokumen", "document"),
    "focus_group": Text("diskusi kelompok terarah", "focus group"),
}
STRANDS = {
    "community": Text("Data komunitas", "Community"),
    "areas": Text("Wilayah", "Areas"),
    "residents": Text("Jumlah warga", "Resident counts"),
    "actors": Text("Orang dan organisasi", "People and organisations"),
    "posts": Text("Jabatan dan masa jabatan", "Posts and terms"),
    "assets": Text("Aset", "Assets"),
    "meetings": Text("Rapat dan daftar hadir", "Meetings and attendance"),
    "decisions": Text("Keputusan", "Decisions"),
    "followups": Text("Tindak lanjut", "Follow-ups"),
    "norms": Text("Norma", "Norms"),
    "surveys": Text("Survei", "Surveys"),
    "predictions": Text("Perkiraan Pokja", "Predictions"),
    "ties": Text("Ikatan", "Ties"),
    "fieldnotes": Text("Catatan lapangan", "Field notes"),
    "services": Text("Layanan", "Services"),
    "awareness": Text("Tahu layanan", "Awareness"),
    "voices": Text("Suara warga", "Residents' voices"),
    "requests": Text("Permintaan ke lembaga luar", "Requests to institutions"),
    "plans": Text("Rencana dan kegiatan", "Plans and activities"),
    "indicators": Text("Indikator", "Indicators"),
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
CONTEXT = {
    "urban": Text("perkotaan", "urban"),
    "peri_urban": Text("pinggir kota", "peri-urban"),
    "rural": Text("perdesaan", "rural"),
    "poor": Text("kurang mampu", "poor"),
    "not_poor": Text("berkecukupan", "not poor"),
    "mixed": Text("campuran", "mixed"),
    "settled": Text("menetap", "settled"),
    "migrant": Text("pendatang", "migrant"),
    "inside": Text("dari dalam", "from inside"),
    "outside": Text("dari luar", "from outside"),
    "both": Text("dari dalam dan luar", "from inside and outside"),
}
CONTEXT_KEYS = {
    "urban": Text("Letak", "Setting"),
    "economic": Text("Keadaan ekonomi", "Economic situation"),
    "settlement": Text("Kemapanan tinggal", "Settlement"),
    "initiated_by": Text("Diprakarsai", "Initiated"),
    "funded_by": Text("Dibiayai", "Paid for"),
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
    return name


def group(grouping: str, code: str, lang: Language) -> str:
    """A subgroup's word; sections and sectors have their own labels, areas their names."""
    if grouping == "section":
        return section(code, lang)
    if grouping == "sector":
        return sector(code, lang)
    return GROUPS[code](lang) if code in GROUPS else code
