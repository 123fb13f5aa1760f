"""Social capital in collaborative governance: trust, networks and norms with their parts."""

from __future__ import annotations

from satuhati.framework.term import Term, index, term

SOCIAL_CAPITAL = index(
    term(
        "trust",
        ("Kepercayaan", "Trust"),
        (
            "Keyakinan bahwa orang dan organisasi lain jujur, terbuka, dan menepati janji. Ia "
            "dasar kerja sama, dan tidak diukur sebagai nilai rapor perorangan.",
            "The expectation that other people and organisations are honest, open and keep their "
            "word. Collaboration rests on it; it is never measured as a mark given to a person.",
        ),
        "Kelapa Dua Wetan study; slides 23",
    ),
    term(
        "networks",
        ("Jejaring", "Networks"),
        (
            "Hubungan antara Pokja, warga, pemerintah, swasta, dan lembaga masyarakat untuk "
            "bertukar informasi, sumber daya, dan dukungan.",
            "Ties between working group, residents, government, private sector and civil society "
            "by which they exchange information, resources and support.",
        ),
        "Kelapa Dua Wetan study; slides 23",
    ),
    term(
        "norms",
        ("Norma", "Norms"),
        (
            "Aturan tertulis dan nilai tak tertulis yang menuntun kerja bersama.",
            "The written rules and unwritten values that guide joint work.",
        ),
        "Kelapa Dua Wetan study",
    ),
)

TRUST_PARTS = index(
    term(
        "open_communication",
        ("Komunikasi terbuka dan inklusif", "Open and inclusive communication"),
        (
            "Kabar dibagikan kepada semua, dan setiap orang boleh bicara serta ditanggapi.",
            "News is shared with everyone, and anyone may speak and is answered.",
        ),
        "Kelapa Dua Wetan study",
    ),
    term(
        "leader_coordinates",
        ("Pemimpin yang mengoordinasi", "A leader who coordinates"),
        (
            "Pemimpin mengatur kerja antarpihak dan memastikan yang disepakati sampai selesai.",
            "The leader arranges the work between parties and sees that what was agreed is done.",
        ),
        "Kelapa Dua Wetan study",
    ),
    term(
        "leader_bridges",
        ("Pemimpin yang menjembatani", "A leader who bridges"),
        (
            "Pemimpin menghubungkan pemangku kepentingan yang tidak saling terhubung.",
            "The leader connects stakeholders who are not connected to each other.",
        ),
        "Kelapa Dua Wetan study",
    ),
)

EXCHANGES = index(
    term(
        "information",
        ("Informasi", "Information"),
        ("Kabar, data, dan pengetahuan.", "News, data and know-how."),
        "Kelapa Dua Wetan study",
    ),
    term(
        "resources",
        ("Sumber daya", "Resources"),
        ("Dana, tempat, alat, dan tenaga.", "Money, rooms, tools and labour."),
        "Kelapa Dua Wetan study",
    ),
    term(
        "support",
        ("Dukungan", "Support"),
        (
            "Bantuan, dorongan, dan kesediaan mendampingi.",
            "Help, encouragement and standing by each other.",
        ),
        "Kelapa Dua Wetan study",
    ),
)
"""What is exchanged in a network; a relation of ties and of help with follow-ups."""

NETWORK_PARTS = index(
    term(
        "across_sectors",
        ("Lintas sektor", "Across sectors"),
        (
            "Hubungan mencakup Pokja, warga, pemerintah, dan swasta, serta lembaga masyarakat "
            "bila ada.",
            "Ties take in working group, residents, government and private sector, and civil "
            "society where there is any.",
        ),
        "Kelapa Dua Wetan study",
    ),
    *EXCHANGES.values(),
)

NORM_PARTS = index(
    term(
        "written",
        ("Aturan tertulis", "Written rules"),
        (
            "Pedoman, SK, dan tata tertib yang berlaku dan dirujuk.",
            "Guidelines, decrees and standing rules that are in force and referred to.",
        ),
        "Kelapa Dua Wetan study",
    ),
    term(
        "unwritten",
        ("Nilai tak tertulis", "Unwritten values"),
        (
            "Nilai yang dijalani tanpa ditulis, misalnya menghargai pendapat orang lain.",
            "Values lived by without being written, such as respect for another's opinion.",
        ),
        "Kelapa Dua Wetan study",
    ),
)

SOCIAL_CAPITAL_PARTS: dict[str, dict[str, Term]] = {
    "trust": TRUST_PARTS,
    "networks": NETWORK_PARTS,
    "norms": NORM_PARTS,
}
"""The parts of trust, networks and norms that the study names."""
