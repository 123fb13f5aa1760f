"""The concept itself: what community capacity is, what holds of it, what its definitions share."""

from __future__ import annotations

from satuhati.framework.term import index, term

CONCEPTS = index(
    term(
        "community_capacity",
        ("Kapasitas komunitas", "Community capacity"),
        (
            "Apa yang dapat dilakukan orang, organisasi, dan jejaring suatu komunitas bersama-sama "
            "untuk mengatasi persoalannya dan menjaga kesejahteraannya. Ia bekerja lewat pergaulan "
            "sehari-hari maupun upaya yang diatur.",
            "What the people, organisations and networks of a community can do together to deal "
            "with its problems and keep it well. It works through everyday dealings as well as "
            "organised effort.",
        ),
        "Chaskin 2001; slides 9",
    ),
    term(
        "capacity_building",
        ("Pengembangan kapasitas", "Capacity building"),
        (
            "Upaya sengaja untuk menambah kapasitas komunitas lewat satu atau beberapa strategi. "
            "Prakarsa dan dananya sering dari luar, tetapi keterampilan dan kemauannya harus dari "
            "dalam.",
            "Deliberate work to add to a community's capacity by one or more strategies. The "
            "initiative and the money often come from outside; skill and will must come from "
            "within.",
        ),
        "Chaskin 2001; slides 10, 17",
    ),
    term(
        "social_capital",
        ("Modal sosial", "Social capital"),
        (
            "Kepercayaan, jejaring, dan norma yang membuat orang dan organisasi dapat bekerja "
            "sama dan saling membukakan jalan ke informasi, hubungan, dan dana.",
            "The trust, networks and norms by which people and organisations can work together "
            "and open ways for each other to information, connections and money.",
        ),
        "Coleman 1988; Putnam 1993; slides 23; Kelapa Dua Wetan study",
    ),
    term(
        "collaborative_governance",
        ("Tata kelola kolaboratif", "Collaborative governance"),
        (
            "Cara mengurus suatu program bersama-sama oleh kelompok kerja, warga, pemerintah, dan "
            "swasta, bukan oleh satu pihak saja.",
            "Running a programme jointly by working group, residents, government and private "
            "sector rather than by one of them alone.",
        ),
        "Kelapa Dua Wetan study",
    ),
)

PRINCIPLES = index(
    term(
        "dynamic",
        ("Berubah-ubah", "Dynamic"),
        (
            "Kapasitas naik dan turun menurut waktu dan keadaan; karena itu tiap angka bertanggal.",
            "Capacity rises and falls with time and circumstance; so every figure bears a date.",
        ),
        "Chaskin 2001; slides 6, 15",
    ),
    term(
        "multidimensional",
        ("Banyak sisi", "Multidimensional"),
        (
            "Tidak ada satu angka yang mewakili kapasitas; sisi-sisinya ditunjukkan berdampingan.",
            "No single number stands for capacity; its sides are shown next to each other.",
        ),
        "Chaskin 2001; slides 15",
    ),
    term(
        "not_generalisable",
        ("Tidak dapat disamaratakan", "Not generalisable"),
        (
            "Kapasitas kota dan desa, komunitas miskin dan tidak miskin, berbeda persoalan dan "
            "kepentingannya. Komunitas tidak diperingkat menurut rata-rata mentah.",
            "Urban and rural, poor and better-off communities differ in problems and interests. "
            "Communities are not ranked by raw means.",
        ),
        "slides 11, 18",
    ),
    term(
        "from_within",
        ("Dari dalam", "From within"),
        (
            "Bertumpu pada sumber daya setempat dan untuk kepentingan warga sendiri; setiap "
            "anggota punya sesuatu untuk disumbangkan.",
            "It rests on local resources and serves the residents' own interest; every member "
            "has something to contribute.",
        ),
        "slides 10, 17",
    ),
    term(
        "active_minority",
        ("Yang aktif biasanya sedikit", "The active are usually few"),
        (
            "Mereka yang aktif umumnya sebagian kecil warga dan lebih mampu daripada yang lain. "
            "Karena itu keikutsertaan selalu ditunjukkan menurut kelompok warga.",
            "Those who take an active part are usually a small and better-off share of residents. "
            "So participation is always shown by subgroup.",
        ),
        "slides 28",
    ),
)

COMMON_ELEMENTS = index(
    term(
        "resources",
        ("Sumber daya", "Resources"),
        (
            "Keterampilan, dana, ruang, dan alat yang ada atau dapat dijangkau.",
            "Skills, money, rooms and tools that are there or within reach.",
        ),
        "Chaskin 2001; slides 14",
    ),
    term(
        "networks_of_relations",
        ("Jejaring hubungan", "Networks of relations"),
        (
            "Hubungan antarorang dan antarorganisasi yang membuat sumber daya berpindah tangan.",
            "Relations between people and between organisations through which resources move.",
        ),
        "Chaskin 2001; slides 14",
    ),
    term(
        "leadership",
        ("Kepemimpinan", "Leadership"),
        (
            "Orang yang mengajak, mengatur, dan menghubungkan yang lain.",
            "People who invite, coordinate and connect others.",
        ),
        "Chaskin 2001; slides 14",
    ),
    term(
        "support_for_mechanisms",
        ("Dukungan bagi wadah dan mekanisme", "Support for vehicles or mechanisms"),
        (
            "Dukungan bagi wadah tempat warga ikut memutuskan dan bertindak bersama, misalnya "
            "Pokja, forum, atau musyawarah.",
            "Support for the vehicles by which residents take part in deciding and acting "
            "together, such as a working group, a forum or a deliberation.",
        ),
        "Chaskin 2001; slides 14",
    ),
)
"""What the several definitions of community capacity have in common (docs/definitions.md)."""
