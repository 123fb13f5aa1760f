"""Words for the codes that choice columns hold, in both languages.

A code means the same wherever it stands; where it does not, ``table.column.code`` comes first.
Codes of the framework bear the framework's labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from satuhati.framework import (
    CHARACTERISTICS,
    CONDITIONING_INFLUENCES,
    FUNCTIONS,
    LEVELS,
    OUTCOMES,
    POPULATIONS,
    SECTIONS,
    SECTORS,
    SOCIAL_CAPITAL,
    STRATEGIES,
)
from satuhati.schema.declare import Column
from satuhati.schema.tables import TABLES
from satuhati.text import Text

_FRAMEWORK = {
    code: term.label
    for group in (CHARACTERISTICS, SOCIAL_CAPITAL, FUNCTIONS, CONDITIONING_INFLUENCES, OUTCOMES,
                  LEVELS, SECTIONS, STRATEGIES, SECTORS, POPULATIONS)
    for code, term in group.items()
}  # fmt: skip

_WORDS: dict[str, tuple[str, str]] = {
    # the community
    "urban": ("perkotaan", "urban"),
    "peri_urban": ("pinggiran kota", "on the edge of a town"),
    "rural": ("perdesaan", "rural"),
    "poor": ("kurang mampu", "poor"),
    "mixed": ("campuran", "mixed"),
    "not_poor": ("mampu", "not poor"),
    "settled": ("menetap", "settled"),
    "migrant": ("pendatang", "migrant"),
    "inside": ("dari dalam", "from inside"),
    "outside": ("dari luar", "from outside"),
    "both": ("keduanya", "both"),
    "WIB": ("Waktu Indonesia Barat", "Western Indonesian time"),
    "WITA": ("Waktu Indonesia Tengah", "Central Indonesian time"),
    "WIT": ("Waktu Indonesia Timur", "Eastern Indonesian time"),
    "rt": ("RT", "RT (neighbourhood)"),
    "rw": ("RW", "RW (group of RT)"),
    "dusun": ("dusun", "hamlet"),
    "village": ("desa/kelurahan", "village"),
    "subdistrict": ("kecamatan", "sub-district"),
    "district": ("kabupaten/kota", "district or city"),
    "province": ("provinsi", "province"),
    # people and posts
    "female": ("perempuan", "female"),
    "male": ("laki-laki", "male"),
    "0-14": ("0–14 tahun", "0–14 years"),
    "15-24": ("15–24 tahun", "15–24 years"),
    "25-39": ("25–39 tahun", "25–39 years"),
    "40-59": ("40–59 tahun", "40–59 years"),
    "60+": ("60 tahun ke atas", "60 years and over"),
    "none": ("tidak sekolah", "none"),
    "primary": ("SD", "primary"),
    "lower_secondary": ("SMP", "lower secondary"),
    "upper_secondary": ("SMA/SMK", "upper secondary"),
    "tertiary": ("perguruan tinggi", "tertiary"),
    "person": ("perorangan", "person"),
    "informal_group": ("kelompok informal", "informal group"),
    "organization": ("organisasi", "organisation"),
    "association": ("perkumpulan organisasi", "association of organisations"),
    "patron": ("pelindung", "patron"),
    "advisor": ("penasehat", "advisor"),
    "chair": ("ketua", "chair"),
    "deputy_chair": ("wakil ketua", "deputy chair"),
    "secretary": ("sekretaris", "secretary"),
    "treasurer": ("bendahara", "treasurer"),
    "section_head": ("ketua seksi", "head of a section"),
    "section_member": ("anggota seksi", "member of a section"),
    "member": ("anggota", "member"),
    "other": ("lainnya", "other"),
    "skill": ("keterampilan", "skill"),
    "room": ("ruang", "room"),
    "tool": ("alat", "tool"),
    "time": ("waktu", "time"),
    "money": ("uang", "money"),
    "contact": ("kenalan", "contact"),
    "land": ("lahan", "land"),
    "offered": ("ditawarkan", "offered"),
    "wanted": ("dicari", "wanted"),
    # meetings
    "pokja": ("rapat Pokja", "working group meeting"),
    "cross_sector_forum": ("forum lintas sektor", "cross-sector forum"),
    "kerja_bakti": ("kerja bakti", "work party"),
    "musyawarah": ("musyawarah warga", "residents' assembly"),
    "profile_reading": ("baca profil bersama", "reading the profile together"),
    "training": ("pelatihan", "training"),
    "outreach": ("sosialisasi", "outreach"),
    "planning": ("perencanaan", "planning"),
    "coordination": ("koordinasi", "coordination"),
    "monitoring": ("pemantauan dan evaluasi", "monitoring and evaluation"),
    "reporting": ("pelaporan", "reporting"),
    "weekly": ("mingguan", "weekly"),
    "monthly": ("bulanan", "monthly"),
    "quarterly": ("triwulanan", "quarterly"),
    "half_yearly": ("setengah tahunan", "half-yearly"),
    "yearly": ("tahunan", "yearly"),
    "held": ("terlaksana", "held"),
    "cancelled": ("batal", "cancelled"),
    "planned": ("direncanakan", "planned"),
    "present": ("hadir", "present"),
    "represented": ("diwakili", "represented"),
    "excused": ("izin", "excused"),
    "ill": ("sakit", "ill"),
    "absent": ("tanpa keterangan", "absent"),
    "work": ("pekerjaan", "work"),
    "ties.origin.work": ("dari tindak lanjut", "from follow-ups"),
    "family": ("keluarga", "family"),
    "health": ("kesehatan", "health"),
    "other_meeting": ("rapat lain", "another meeting"),
    "not_informed": ("tidak tahu ada rapat", "not informed"),
    "distance": ("jarak", "distance"),
    "task": ("tugas", "task"),
    "practice": ("praktik sesudah pelatihan", "practice after training"),
    "shares": ("ikut menanggung", "shares the task"),
    "helps": ("membantu", "helps"),
    "information": ("informasi", "information"),
    "resources": ("sumber daya", "resources"),
    "support": ("dukungan", "support"),
    # norms
    "written": ("tertulis", "written"),
    "unwritten": ("tidak tertulis", "unwritten"),
    "meetings": ("rapat", "meetings"),
    "quorum": ("kuorum", "quorum"),
    "decisions": ("keputusan", "decisions"),
    "attendance": ("kehadiran", "attendance"),
    "tasks": ("pembagian tugas", "tasks"),
    "complaints": ("keluhan", "complaints"),
    "respect": ("saling menghargai", "respect"),
    "mutual_help": ("gotong royong", "mutual help"),
    "personal_data": ("data pribadi", "personal data"),
    "invoked": ("dirujuk", "invoked"),
    "kept": ("dijaga", "kept"),
    "broken": ("dilanggar", "broken"),
    # surveys, ties, field notes
    "likert": ("skala bertingkat", "rating scale"),
    "binary": ("dua jawaban (0 atau 1)", "two answers (0 or 1)"),
    "number": ("angka", "number"),
    "choice": ("pilihan", "choice"),
    "text": ("teks", "text"),
    "census": ("semua anggota", "everyone"),
    "random_households": ("rumah tangga acak", "random households"),
    "door_to_door": ("dari rumah ke rumah", "door to door"),
    "service_desk": ("pengunjung layanan", "visitors of a service"),
    "meeting": ("peserta rapat", "people at a meeting"),
    "purposive": ("dipilih dengan maksud", "chosen on purpose"),
    "self": ("diisi sendiri", "filled in by oneself"),
    "interviewer": ("oleh pewawancara", "by an interviewer"),
    "paper": ("kertas", "on paper"),
    "acquaintance": ("saling kenal", "acquaintance"),
    "goto": ("tempat bertanya dan meminta bantuan", "whom one would go to"),
    "collaboration": ("kerja sama", "collaboration"),
    "reported": ("dilaporkan", "as told"),
    "interview": ("wawancara", "interview"),
    "observation": ("pengamatan", "observation"),
    "document": ("dokumen", "document"),
    "focus_group": ("diskusi kelompok terarah", "focus group"),
    "supports": ("mendukung", "supports"),
    "contradicts": ("berlawanan", "contradicts"),
    # services and voices
    "bkb": ("Bina Keluarga Balita", "parents of under-fives"),
    "bkr": ("Bina Keluarga Remaja", "families with youth"),
    "bkl": ("Bina Keluarga Lansia", "families with elderly"),
    "uppka": ("usaha keluarga (UPPKA)", "family businesses"),
    "pikr": ("PIK Remaja", "youth counselling"),
    "dashat": ("Dapur Sehat Atasi Stunting", "nutrition kitchen"),
    "sigap": ("Rumah Anak SIGAP", "early-learning centre"),
    "data_house": ("Rumah Dataku", "population data house"),
    "posyandu": ("Posyandu", "health post"),
    "family_neighbour": ("keluarga atau tetangga", "family or neighbour"),
    "kader": ("kader", "volunteer"),
    "rt_rw": ("ketua RT/RW", "head of RT/RW"),
    "whatsapp": ("WhatsApp", "WhatsApp"),
    "banner": ("spanduk atau poster", "banner or poster"),
    "social_media": ("media sosial", "social media"),
    "faith_group": ("pengajian atau kelompok ibadah", "faith group"),
    "school": ("sekolah", "school"),
    "question": ("pertanyaan", "question"),
    "proposal": ("usulan", "proposal"),
    "complaint": ("keluhan", "complaint"),
    "accepted": ("diterima", "accepted"),
    "rejected": ("ditolak", "rejected"),
    "postponed": ("ditunda", "postponed"),
    "received": ("diterima pengurus", "received"),
    "minutes": ("notulen", "minutes"),
    "plan": ("RKM", "work plan"),
    "musrenbang": ("Musrenbang", "public planning meeting"),
    "budget": ("anggaran", "budget"),
    "realised": ("terlaksana", "carried out"),
    "yes": ("ya", "yes"),
    "partly": ("sebagian", "partly"),
    "no": ("tidak", "no"),
    "self_help": ("swadaya", "self-help"),
    "budget_lines.source.village": ("dana desa/kelurahan", "village budget"),
    "local_government": ("pemerintah daerah", "local government"),
    "national_government": ("pemerintah pusat", "national government"),
    "private_csr": ("swasta (CSR)", "private firms (CSR)"),
    "ngo": ("LSM/yayasan", "NGO"),
    # consent, absence, verdicts
    "survey": ("survei", "survey"),
    "ties": ("ikatan", "ties"),
    "notes": ("catatan lapangan", "field notes"),
    "photos": ("foto", "photos"),
    "followups": ("tindak lanjut", "follow-ups"),
    "norms": ("norma", "norms"),
    "assets": ("aset", "assets"),
    "requests": ("permintaan ke lembaga luar", "requests to outside institutions"),
    "voices": ("suara warga", "residents' voices"),
    "plans": ("rencana kerja", "plans"),
    "confirmed": ("dibenarkan", "confirmed"),
    "contested": ("dibantah", "contested"),
    "agreement": ("sejalan", "agreement"),
    "partial agreement": ("sebagian sejalan", "partial agreement"),
    "silence": ("baru satu cara", "one way only"),
    "dissonance": ("bertentangan", "in conflict"),
    "no evidence": ("belum ada bukti", "no evidence"),
}

# Columns whose codes are shared with the framework, but not its words.
_OWN_WORDS = ("kind", "relation", "exchange", "topic", "strand")


def choice_label(table: str, column: str, code: str) -> Text:
    """What a code of ``table.column`` means; raises ``KeyError`` for one without words."""
    own = _WORDS.get(f"{table}.{column}.{code}")
    if own is None and (code not in _FRAMEWORK or column in _OWN_WORDS):
        own = _WORDS.get(code)
    return Text(*own) if own else _FRAMEWORK[code]


def folded(word: str) -> str:
    """A word as it is compared: blanks folded, case and the length of dashes ignored."""
    return " ".join(word.replace("–", "-").split()).casefold()


def unambiguous(names: Iterable[tuple[str, Text]]) -> dict[str, str]:
    """Folded code or label, in either language, to the one code that it can mean.

    What two codes share means neither.
    """
    meant: dict[str, str | None] = {}
    for code, label in names:
        for word in (code, *label):
            meant[folded(word)] = code if meant.get(folded(word), code) == code else None
    return {word: code for word, code in meant.items() if code is not None}


@cache
def choice_words(table: str, column: Column) -> Mapping[str, str]:
    """Every word (:func:`folded`) that people may write for a code of a choice column."""
    return unambiguous((c, choice_label(table, column.name, c)) for c in column.choices)


@cache
def choice_list(table: str, column: Column) -> Text:
    """The choices of a column in one line: words, each with its code where that differs."""

    def said(code: str, word: str) -> str:
        return word if folded(word) == folded(code) else f"{word} ({code})"

    labels = [(c, choice_label(table, column.name, c)) for c in column.choices]
    # A word may hold a comma itself.
    return Text(
        "; ".join(said(c, label.id) for c, label in labels),
        "; ".join(said(c, label.en) for c, label in labels),
    )


_STRANDS = {
    "meetings": Text("Rapat", "Meetings"),
    "surveys": Text("Survei", "Surveys"),
    "ties": Text("Ikatan", "Ties"),
    "fieldnotes": Text("Catatan lapangan", "Field notes"),
    "voices": Text("Suara warga", "Residents' voices"),
    "predictions": Text("Dua cermin (perkiraan Pokja)", "Predictions of the working group"),
    "plans": Text("Rencana kerja (RKM)", "Work plans"),
}


def strand_label(strand: str) -> Text:
    """What a strand is called; the label of its first table unless it has a name of its own.

    Raises ``KeyError`` for a strand that is none.
    """
    own = _STRANDS.get(strand)
    first = next((t.label for t in TABLES.values() if t.strand == strand), None)
    if first is None:
        raise KeyError(strand)
    return own or first
