"""The relational framework of community capacity: the words all else is tagged with.

Robert J. Chaskin's framework (2001, *Building community capacity: a definitional framework and
case studies from a comprehensive community initiative*, Urban Affairs Review 36(3): 291-323) as
rendered by the source slides, and the parts of social capital found by the study of the Kampung
KB programme in Kelapa Dua Wetan. Codes are stable; labels and definitions are for readers.
"""

from __future__ import annotations

from typing import NamedTuple

from satuhati.text import Text


class Term(NamedTuple):
    """A word of the framework: stable code, label, definition and where it comes from."""

    code: str
    label: Text
    definition: Text = Text("", "")
    source: str = ""


def _index(*terms: Term) -> dict[str, Term]:
    return {term.code: term for term in terms}


CHARACTERISTICS = _index(
    Term("sense_of_community", Text("Rasa memiliki dalam komunitas", "Sense of community")),
    Term("commitment", Text("Komitmen", "Commitment")),
    Term("problem_solving", Text("Kemampuan memecahkan masalah", "Ability to solve problems")),
    Term("access_to_resources", Text("Akses kepada sumber daya", "Access to resources")),
)

SOCIAL_CAPITAL = _index(
    Term("trust", Text("Kepercayaan", "Trust")),
    Term("networks", Text("Jejaring", "Networks")),
    Term("norms", Text("Norma", "Norms")),
)

FUNCTIONS = _index(
    Term(
        "planning_decision_governance",
        Text("Perencanaan, keputusan, dan tata kelola", "Planning, decision making and governance"),
    ),
    Term(
        "production_of_goods_services",
        Text("Penyediaan barang dan layanan", "Production of goods and services"),
    ),
    Term("information_dissemination", Text("Penyebaran informasi", "Information dissemination")),
    Term("organizing_advocacy", Text("Pengorganisasian dan advokasi", "Organizing and advocacy")),
)

LEVELS = _index(
    Term("individual", Text("Perorangan", "Individuals")),
    Term("organization", Text("Organisasi", "Organizations")),
    Term("network", Text("Jejaring", "Networks")),
)

POPULATIONS = _index(
    Term("pokja", Text("Pokja", "Working group")),
    Term("warga", Text("Warga", "Residents")),
    Term("mitra", Text("Mitra", "Partner organisations")),
    Term("all", Text("Semua", "Everyone")),
)

SECTORS = _index(
    Term("pokja", Text("Pokja", "Working group")),
    Term("warga", Text("Warga", "Residents")),
    Term("pemerintah", Text("Pemerintah", "Government")),
    Term("swasta", Text("Swasta", "Private sector")),
    Term("lembaga", Text("Lembaga masyarakat", "Civil society")),
)

SECTIONS = _index(
    Term("keagamaan", Text("Seksi Keagamaan", "Religion section")),
    Term("sosial_budaya", Text("Seksi Sosial Budaya", "Social and cultural section")),
    Term("cinta_kasih", Text("Seksi Cinta Kasih", "Affection section")),
    Term("perlindungan", Text("Seksi Perlindungan", "Protection section")),
    Term("reproduksi", Text("Seksi Reproduksi", "Reproduction section")),
    Term(
        "sosialisasi_pendidikan",
        Text("Seksi Sosialisasi dan Pendidikan", "Socialisation and education section"),
    ),
    Term("ekonomi", Text("Seksi Ekonomi", "Economy section")),
    Term("lingkungan", Text("Seksi Pembinaan Lingkungan", "Environment section")),
)

METHODS = _index(
    Term("survey", Text("Survei", "Survey")),
    Term("behaviour", Text("Catatan kegiatan", "Records of what was done")),
    Term("network", Text("Peta jejaring", "Network")),
    Term("fieldnotes", Text("Catatan lapangan", "Field notes")),
    Term("documents", Text("Dokumen", "Documents")),
    Term("indicator", Text("Hitungan layanan", "Counts")),
)

STRATEGIES = _index(
    Term("leadership_development", Text("Pengembangan kepemimpinan", "Leadership development")),
    Term(
        "organizational_development", Text("Pengembangan organisasi", "Organizational development")
    ),
    Term("community_organizing", Text("Pengorganisasian komunitas", "Community organizing")),
    Term(
        "interorganizational_collaboration",
        Text("Kerja sama antarorganisasi", "Interorganizational collaboration"),
    ),
)

CONDITIONING_INFLUENCES = _index(
    Term("safety", Text("Keamanan", "Safety")),
    Term("residential_stability", Text("Kemapanan tempat tinggal", "Residential stability")),
    Term("density_of_acquaintance", Text("Kerapatan perkenalan", "Density of acquaintance")),
    Term("structure_of_opportunity", Text("Struktur peluang", "Structure of opportunity")),
    Term(
        "social_group_dynamics",
        Text("Dinamika kelompok sosial-ekonomi", "Race and class dynamics"),
    ),
    Term(
        "power_and_resources",
        Text("Sebaran kuasa dan sumber daya", "Distribution of power and resources"),
    ),
    Term("migration", Text("Perpindahan penduduk", "Migration")),
)

OUTCOMES = _index(
    Term("better_services", Text("Layanan yang lebih baik", "Better services")),
    Term(
        "influence_on_decisions",
        Text("Pengaruh pada keputusan publik", "Influence on decision making"),
    ),
    Term("economic_wellbeing", Text("Kesejahteraan ekonomi", "Economic well-being")),
    Term("family_and_population", Text("Keluarga dan kependudukan", "Family and population")),
    Term("sustained_capacity", Text("Kapasitas yang berlanjut", "Sustained capacity")),
)

COMPONENTS = CHARACTERISTICS | SOCIAL_CAPITAL
