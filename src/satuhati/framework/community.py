"""Kinds of community, their context, and the people and sections of the programme."""

from __future__ import annotations

from satuhati.framework.term import Term, index, term

KINDS_OF_COMMUNITY = index(
    term(
        "geographic",
        ("Sewilayah", "Of a place"),
        (
            "Anggotanya disatukan oleh tempat tinggal, misalnya satu RW atau kelurahan.",
            "Its members share a place to live, such as a neighbourhood or village.",
        ),
        "slides 6",
    ),
    term(
        "social",
        ("Sekelompok sosial", "Of a social group"),
        (
            "Anggotanya disatukan oleh latar sosial, misalnya asal daerah.",
            "Its members share a social background, such as where they came from.",
        ),
        "slides 6",
    ),
    term(
        "interest",
        ("Seminat", "Of an interest"),
        (
            "Anggotanya disatukan oleh minat atau urusan yang sama.",
            "Its members share an interest or a cause.",
        ),
        "slides 6",
    ),
    term(
        "combination",
        ("Gabungan", "A combination"),
        (
            "Lebih dari satu ikatan sekaligus, misalnya perantau sedaerah yang tinggal di satu "
            "kampung kota.",
            "More than one bond at once, such as migrants of one origin living in one quarter.",
        ),
        "slides 6",
    ),
)
"""What unites a community. A combination is two or three of the first, not a choice of its own."""

CONTEXT = index(
    term(
        "urban",
        ("Perkotaan", "Urban or not"),
        ("Letaknya di kota, pinggiran, atau desa.", "Whether it lies in town, on its edge or not."),
        "slides 11",
    ),
    term(
        "economic",
        ("Keadaan ekonomi", "Poor or not"),
        (
            "Sebagian besar warganya kurang mampu, campuran, atau tidak.",
            "Whether most residents are poor, mixed or not.",
        ),
        "slides 11, 18",
    ),
    term(
        "settlement",
        ("Menetap atau pendatang", "Settled or migrant"),
        (
            "Sebagian besar warganya lama menetap, campuran, atau pendatang.",
            "Whether most residents are long settled, mixed or newcomers.",
        ),
        "slides 6, 33",
    ),
    term(
        "initiated_by",
        ("Diprakarsai oleh", "Who initiated"),
        (
            "Upaya ini dimulai orang dalam, orang luar, atau keduanya.",
            "Whether people inside, outside or both began the effort.",
        ),
        "slides 17",
    ),
    term(
        "funded_by",
        ("Dibiayai oleh", "Who pays"),
        (
            "Biayanya dari dalam, dari luar, atau keduanya.",
            "Whether the money comes from inside, outside or both.",
        ),
        "slides 17",
    ),
)
"""In what circumstances a community works: columns of table ``community``."""

_ORIGINS = index(
    term(
        "inside",
        ("Dari dalam", "From inside"),
        ("Oleh anggota komunitas sendiri.", "By members of the community."),
        "slides 17",
    ),
    term(
        "outside",
        ("Dari luar", "From outside"),
        (
            "Oleh pemerintah, penyandang dana, atau lembaga lain.",
            "By government, a funder or another institution.",
        ),
        "slides 17",
    ),
    term(
        "both",
        ("Dari dalam dan luar", "From both"),
        ("Oleh keduanya bersama-sama.", "By the two together."),
        "slides 17",
    ),
)

CONTEXT_CHOICES: dict[str, dict[str, Term]] = {
    "urban": index(
        term(
            "urban",
            ("Perkotaan", "Urban"),
            ("Kawasan kota.", "In town."),
            "slides 11",
        ),
        term(
            "peri_urban",
            ("Pinggiran kota", "Peri-urban"),
            ("Peralihan antara kota dan desa.", "Between town and country."),
            "Satu Hati",
        ),
        term(
            "rural",
            ("Perdesaan", "Rural"),
            ("Kawasan desa.", "In the country."),
            "slides 11",
        ),
    ),
    "economic": index(
        term(
            "poor",
            ("Kurang mampu", "Poor"),
            (
                "Sering dikesampingkan dalam bantuan dan layanan; kapasitas saja tidak cukup.",
                "Often passed over in aid and services; capacity alone does not suffice.",
            ),
            "slides 18",
        ),
        term(
            "mixed",
            ("Campuran", "Mixed"),
            ("Ada yang mampu dan yang kurang mampu.", "Some are poor and some are not."),
            "Satu Hati",
        ),
        term(
            "not_poor",
            ("Tidak kurang mampu", "Not poor"),
            (
                "Terhubung ke jejaring lebih luas lewat pekerjaan dan pergaulan.",
                "Connected to wider networks by work and social life.",
            ),
            "slides 18",
        ),
    ),
    "settlement": index(
        term(
            "settled",
            ("Menetap", "Settled"),
            ("Sebagian besar warga lama tinggal.", "Most residents have lived here long."),
            "slides 32",
        ),
        term(
            "mixed",
            ("Campuran", "Mixed"),
            ("Warga lama dan pendatang berimbang.", "Long-time residents and newcomers alike."),
            "Satu Hati",
        ),
        term(
            "migrant",
            ("Pendatang", "Migrant"),
            ("Sebagian besar warga pendatang.", "Most residents are newcomers."),
            "slides 6, 33",
        ),
    ),
    "initiated_by": _ORIGINS,
    "funded_by": _ORIGINS,
}
"""What each column of :data:`CONTEXT` may say."""

POPULATIONS = index(
    term(
        "pokja",
        ("Pokja", "Working group"),
        (
            "Anggota Pokja Kampung KB yang diangkat dengan SK.",
            "Members of the working group, appointed by decree.",
        ),
        "Satu Hati; Kampung KB",
    ),
    term(
        "warga",
        ("Warga", "Residents"),
        ("Warga yang tinggal di wilayah ini.", "People who live in the area."),
        "Satu Hati",
    ),
    term(
        "mitra",
        ("Mitra", "Partner organisations"),
        (
            "Organisasi yang bekerja bersama Pokja, dari sektor mana pun.",
            "Organisations that work with the group, from any sector.",
        ),
        "Satu Hati",
    ),
    term(
        "all",
        ("Semua", "Everyone"),
        (
            "Bukti tentang semuanya sekaligus; menjadi satu suara lagi di tiap kelompok di atas.",
            "Evidence on all of them at once; one more voice in each of the above.",
        ),
        "Satu Hati",
    ),
)
"""Whose capacity is spoken of. Evidence on different populations is never merged."""

SECTORS = index(
    term(
        "pokja",
        ("Pokja", "Working group"),
        ("Kelompok kerja Kampung KB.", "The Kampung KB working group."),
        "Kelapa Dua Wetan study",
    ),
    term(
        "warga",
        ("Warga", "Residents"),
        (
            "Warga serta pengurus RT/RW dan kader.",
            "Residents, with neighbourhood heads and volunteers.",
        ),
        "Kelapa Dua Wetan study",
    ),
    term(
        "pemerintah",
        ("Pemerintah", "Government"),
        (
            "Kelurahan/desa, dinas, puskesmas, petugas lapangan, dan badan publik lain.",
            "Village office, agencies, health centre, field officers and other public bodies.",
        ),
        "Kelapa Dua Wetan study",
    ),
    term(
        "swasta",
        ("Swasta", "Private sector"),
        ("Perusahaan dan pelaku usaha.", "Firms and business people."),
        "Kelapa Dua Wetan study",
    ),
    term(
        "lembaga",
        ("Lembaga masyarakat", "Civil society"),
        (
            "Lembaga swadaya, keagamaan, dan pendidikan di luar pemerintah.",
            "Non-governmental, faith and educational bodies outside government.",
        ),
        "Satu Hati",
    ),
)

SECTIONS = index(
    term(
        "keagamaan",
        ("Seksi Keagamaan", "Religion section"),
        (
            "Kehidupan beragama dalam keluarga.",
            "Religious life in the family.",
        ),
        "PP 21/1994; Kampung KB",
    ),
    term(
        "sosial_budaya",
        ("Seksi Sosial Budaya", "Social and cultural section"),
        (
            "Adat, budaya, dan hidup bertetangga.",
            "Custom, culture and neighbourly life.",
        ),
        "PP 21/1994; Kampung KB",
    ),
    term(
        "cinta_kasih",
        ("Seksi Cinta Kasih", "Affection section"),
        (
            "Kasih sayang dan perhatian antaranggota keluarga.",
            "Love and care between family members.",
        ),
        "PP 21/1994; Kampung KB",
    ),
    term(
        "perlindungan",
        ("Seksi Perlindungan", "Protection section"),
        (
            "Rasa aman dan perlindungan dari kekerasan.",
            "Security, and protection from violence.",
        ),
        "PP 21/1994; Kampung KB",
    ),
    term(
        "reproduksi",
        ("Seksi Reproduksi", "Reproduction section"),
        (
            "Keluarga berencana dan kesehatan ibu, bayi, dan remaja.",
            "Family planning and the health of mothers, infants and youth.",
        ),
        "PP 21/1994; Kampung KB",
    ),
    term(
        "sosialisasi_pendidikan",
        ("Seksi Sosialisasi dan Pendidikan", "Socialisation and education section"),
        (
            "Pengasuhan dan pendidikan anak.",
            "The upbringing and education of children.",
        ),
        "PP 21/1994; Kampung KB",
    ),
    term(
        "ekonomi",
        ("Seksi Ekonomi", "Economy section"),
        (
            "Penghasilan dan usaha keluarga.",
            "Family income and business.",
        ),
        "PP 21/1994; Kampung KB",
    ),
    term(
        "lingkungan",
        ("Seksi Pembinaan Lingkungan", "Environment section"),
        (
            "Lingkungan tempat tinggal yang bersih dan lestari.",
            "Clean and lasting surroundings to live in.",
        ),
        "PP 21/1994; Kampung KB",
    ),
)
"""The eight sections of the working group, one per function of the family."""
