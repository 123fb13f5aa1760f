"""How capacity is built, what conditions it and what it leads to: dimensions 4 to 6."""

from __future__ import annotations

from satuhati.framework.term import index, term

STRATEGIES = index(
    term(
        "leadership_development",
        ("Pengembangan kepemimpinan", "Leadership development"),
        (
            "Menyasar orang: menambah keterampilan, komitmen, keikutsertaan, dan daya guna "
            "mereka dalam urusan komunitas.",
            "Aims at people: their skills, commitment, involvement and effectiveness in the "
            "community's affairs.",
        ),
        "Chaskin 2001; slides 34",
    ),
    term(
        "organizational_development",
        ("Pengembangan organisasi", "Organizational development"),
        (
            "Menyasar organisasi: agar bekerja lebih baik atau sanggup memegang peran baru.",
            "Aims at organisations: that they work better or can take on a new role.",
        ),
        "Chaskin 2001; slides 34",
    ),
    term(
        "community_organizing",
        ("Pengorganisasian komunitas", "Community organizing"),
        (
            "Menyasar kebersamaan: mengajak warga yang terpencar bertindak bersama demi tujuan "
            "bersama.",
            "Aims at acting together: bringing scattered residents to pursue a common end.",
        ),
        "Chaskin 2001; slides 34",
    ),
    term(
        "interorganizational_collaboration",
        ("Kerja sama antarorganisasi", "Interorganizational collaboration"),
        (
            "Menyasar jejaring: membangun hubungan dan kerja sama antarorganisasi sebagai "
            "prasarana komunitas.",
            "Aims at networks: relations and joint work between organisations as the community's "
            "infrastructure.",
        ),
        "Chaskin 2001; slides 34",
    ),
)

_MIGRATION = term(
    "migration",
    ("Perpindahan penduduk", "Migration"),
    (
        "Warga yang datang dan pergi, serta pengaruhnya pada pengenalan dan kebersamaan.",
        "Residents coming and going, and what that does to acquaintance and common life.",
    ),
    "Chaskin 2001; slides 33",
)

CONDITIONING_INFLUENCES = index(
    term(
        "safety",
        ("Keamanan", "Safety"),
        (
            "Apakah warga merasa aman untuk keluar rumah, berkumpul, dan angkat bicara.",
            "Whether residents feel safe to go out, gather and speak up.",
        ),
        "Chaskin 2001; slides 16",
    ),
    term(
        "residential_stability",
        ("Kemapanan tempat tinggal", "Residential stability"),
        (
            "Berapa lama warga menetap; yang lama tinggal lebih saling kenal dan lebih mudah ikut "
            "serta.",
            "How long residents stay; those who stay know each other better and take part more "
            "readily.",
        ),
        "Chaskin 2001; slides 16, 32",
    ),
    term(
        "density_of_acquaintance",
        ("Kerapatan perkenalan", "Density of acquaintance"),
        (
            "Seberapa banyak warga saling kenal dengan nama.",
            "How many residents know each other by name.",
        ),
        "Chaskin 2001; slides 16, 32",
    ),
    term(
        "structure_of_opportunity",
        ("Struktur peluang", "Structure of opportunity"),
        (
            "Pekerjaan, sekolah, layanan, dan jalan maju yang tersedia bagi warga di sini.",
            "The jobs, schools, services and ways forward open to residents here.",
        ),
        "Chaskin 2001; slides 16",
    ),
    term(
        "social_group_dynamics",
        ("Dinamika kelompok sosial-ekonomi", "Race and class dynamics"),
        (
            "Siapa ikut, didengar, dan mendapat manfaat, menurut kelompok sosial dan ekonomi. "
            "Suku dan agama tidak ditanyakan kecuali kelompok memilihnya.",
            "Who takes part, is heard and benefits, by social and economic group. Ethnicity and "
            "religion are not asked for unless the group chooses to.",
        ),
        "Chaskin 2001; slides 16, 18",
    ),
    term(
        "power_and_resources",
        ("Sebaran kuasa dan sumber daya", "Distribution of power and resources"),
        (
            "Apakah kuasa, anggaran, dan hubungan menumpuk pada sedikit orang atau wilayah.",
            "Whether power, budget and connections are heaped on few people or areas.",
        ),
        "Chaskin 2001; slides 16, 33",
    ),
    _MIGRATION,
)

MACRO_STRUCTURE = index(
    term(
        "regional_economy",
        ("Ekonomi wilayah", "Regional economy"),
        (
            "Lapangan kerja dan harga di kota atau kabupaten yang berada di luar kendali "
            "komunitas.",
            "Jobs and prices of the wider region, beyond the community's control.",
        ),
        "Chaskin 2001; slides 33",
    ),
    _MIGRATION,
    term(
        "unequal_resources",
        ("Ketimpangan sumber daya", "Unequal distribution of resources"),
        (
            "Pembagian anggaran, lahan, dan layanan yang timpang antarwilayah atau antarkelompok.",
            "Budgets, land and services unevenly shared between places or groups.",
        ),
        "Chaskin 2001; slides 33",
    ),
    term(
        "power_relations",
        ("Hubungan kuasa", "Power relations"),
        (
            "Kedekatan dengan pemegang wewenang yang membuat sebagian kelompok lebih didengar.",
            "Closeness to those in authority by which some groups are heard more than others.",
        ),
        "Chaskin 2001; slides 33",
    ),
)
"""What lies above the neighbourhood and conditions all of it; described, never scored."""

OUTCOMES = index(
    term(
        "better_services",
        ("Layanan yang lebih baik", "Better services"),
        (
            "Layanan yang dikenal, dipakai, dan memuaskan warga.",
            "Services that residents know, use and are content with.",
        ),
        "Chaskin 2001; slides 16, 30",
    ),
    term(
        "influence_on_decisions",
        ("Pengaruh pada keputusan publik", "Influence on decision making"),
        (
            "Usulan warga yang sampai ke rencana, anggaran, dan pelaksanaan.",
            "Residents' proposals that reach plan, budget and realisation.",
        ),
        "Chaskin 2001; slides 16, 30",
    ),
    term(
        "economic_wellbeing",
        ("Kesejahteraan ekonomi", "Economic well-being"),
        (
            "Penghidupan warga dan hidupnya usaha setempat.",
            "Residents' livelihoods and the liveliness of local business.",
        ),
        "Chaskin 2001; slides 16, 30",
    ),
    term(
        "family_and_population",
        ("Keluarga dan kependudukan", "Family and population"),
        (
            "Laju pertumbuhan penduduk dan mutu keluarga, yaitu tujuan program Kampung KB.",
            "Population growth and family quality, which the Kampung KB programme is for.",
        ),
        "Kelapa Dua Wetan study; Kampung KB",
    ),
    term(
        "sustained_capacity",
        ("Kapasitas yang berlanjut", "Sustained capacity"),
        (
            "Apakah kegiatan dan kelompok tetap berjalan setelah dana atau pendamping luar pergi.",
            "Whether activities and groups go on after outside money or support has left.",
        ),
        "Chaskin 2001; slides 30",
    ),
)
