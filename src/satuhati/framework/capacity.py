"""What community capacity consists of, whose it is and what it does.

Dimensions 1 to 3 of the framework (characteristics, levels, functions), with what is said of
commitment, sense of community and the purposes of functions.
"""

from __future__ import annotations

from satuhati.framework.term import index, term

CHARACTERISTICS = index(
    term(
        "sense_of_community",
        ("Rasa memiliki dalam komunitas", "Sense of community"),
        (
            "Seberapa jauh warga merasa terhubung, berbagi nilai dan cara pandang, dan merasa "
            "saling berarti. Rasa itu juga bertumpu pada gunanya: apa yang didapat dari menjadi "
            "bagian komunitas.",
            "How far members feel connected, share values and outlook, and matter to each other. "
            "It also rests on its use: what one gains by being part of the community.",
        ),
        "Chaskin 2001; McMillan & Chavis 1986; slides 26",
    ),
    term(
        "commitment",
        ("Komitmen", "Commitment"),
        (
            "Tanggung jawab orang, kelompok, atau organisasi atas apa yang terjadi di komunitas. "
            "Ada dua sisinya: merasa ikut berkepentingan, dan mau bertindak.",
            "The responsibility that people, groups or organisations take for what happens in the "
            "community. It has two aspects: seeing oneself as a stakeholder, and being willing "
            "to act.",
        ),
        "Chaskin 2001; slides 27-28",
    ),
    term(
        "problem_solving",
        ("Kemampuan memecahkan masalah", "Ability to solve problems"),
        (
            "Kemampuan mengubah niat menjadi tindakan: menyebut masalah, menyepakati jalan, "
            "melaksanakan, dan menyelesaikannya.",
            "The ability to turn will into action: to name a problem, agree on a way, carry it "
            "out and finish it.",
        ),
        "Chaskin 2001; slides 25",
    ),
    term(
        "access_to_resources",
        ("Akses kepada sumber daya", "Access to resources"),
        (
            "Kemampuan menjangkau dana, tenaga, informasi, dan pengaruh, di dalam komunitas "
            "maupun dari lembaga di luarnya.",
            "The ability to reach money, labour, information and influence, inside the community "
            "and from institutions beyond it.",
        ),
        "Chaskin 2001; slides 25",
    ),
)

SENSE_OF_COMMUNITY_ASPECTS = index(
    term(
        "membership",
        ("Keanggotaan", "Membership"),
        (
            "Merasa termasuk dan tahu siapa yang termasuk.",
            "Feeling that one belongs, and knowing who does.",
        ),
        "McMillan & Chavis 1986",
    ),
    term(
        "influence",
        ("Saling memengaruhi", "Influence"),
        (
            "Merasa berarti bagi kelompok, dan kelompok berarti bagi dirinya.",
            "Feeling that one matters to the group and the group to oneself.",
        ),
        "McMillan & Chavis 1986",
    ),
    term(
        "needs_met",
        ("Kebutuhan terpenuhi", "Needs met"),
        (
            "Yakin bahwa kebutuhannya terjawab karena menjadi bagian kelompok.",
            "Trusting that one's needs are met by being part of the group.",
        ),
        "McMillan & Chavis 1986",
    ),
    term(
        "emotional_ties",
        ("Ikatan batin", "Shared emotional ties"),
        (
            "Merasa dekat karena pengalaman, tempat, dan riwayat yang sama.",
            "Feeling close through shared experience, place and history.",
        ),
        "McMillan & Chavis 1986",
    ),
    term(
        "sense_instrumental",
        ("Nilai guna", "Instrumental worth"),
        (
            "Menghargai komunitas karena bermanfaat: ada yang menolong, tempatnya layak, urusan "
            "lebih mudah. Rasa memiliki tidak semata-mata soal perasaan.",
            "Valuing the community because it is useful: there is help, the place is good to live "
            "in, matters are easier to settle. Belonging is not a matter of feeling alone.",
        ),
        "Chaskin 2001; slides 26",
    ),
)

COMMITMENT_ASPECTS = index(
    term(
        "commitment_stakeholder",
        ("Merasa berkepentingan", "Seeing oneself as a stakeholder"),
        (
            "Anggota memandang nasib lingkungannya sebagai urusannya juga.",
            "A member regards what becomes of the neighbourhood as a concern of their own.",
        ),
        "Chaskin 2001; slides 27",
    ),
    term(
        "commitment_action",
        ("Mau bertindak", "Willing to act"),
        (
            "Anggota bersedia ikut serta secara nyata: hadir, memegang tugas, dan "
            "menyelesaikannya.",
            "A member is ready to take part in deed: to attend, to take a task and to finish it.",
        ),
        "Chaskin 2001; slides 27",
    ),
)

LEVELS = index(
    term(
        "individual",
        ("Perorangan", "Individuals"),
        (
            "Kemampuan dan kepemimpinan orang per orang, termasuk mereka yang menggerakkan orang "
            "lain.",
            "The skills and leadership of single people, including those who move others to act.",
        ),
        "Chaskin 2001; slides 20-21",
    ),
    term(
        "organization",
        ("Organisasi", "Organizations"),
        (
            "Kemampuan badan bersama: kelompok informal, organisasi warga, Pokja, dan cabang "
            "setempat lembaga yang lebih besar.",
            "What collective bodies can do: informal groups, residents' organisations, the "
            "working group, local branches of larger institutions.",
        ),
        "Chaskin 2001; slides 20, 22",
    ),
    term(
        "network",
        ("Jejaring", "Networks"),
        (
            "Apa yang mungkin karena hubungan antara orang, kelompok informal, dan organisasi, "
            "dengan tiap organisasi sebagai simpul.",
            "What relations between people, informal groups and organisations make possible, "
            "each organisation being a node.",
        ),
        "Chaskin 2001; slides 20, 23",
    ),
)

AGENTS = index(
    term(
        "person",
        ("Orang", "Person"),
        (
            "Pelaku terkecil: warga, pengurus, kader, atau petugas.",
            "The smallest agent: a resident, office holder, volunteer or officer.",
        ),
        "slides 6, 21",
    ),
    term(
        "informal_group",
        ("Kelompok informal", "Informal group"),
        (
            "Kumpulan tanpa pengurus resmi, misalnya kelompok pengajian, arisan, atau ronda.",
            "A circle without official posts, such as a prayer group, savings circle or night "
            "watch.",
        ),
        "slides 6, 23",
    ),
    term(
        "organization",
        ("Organisasi", "Organization"),
        (
            "Badan dengan nama, pengurus, dan tugas, misalnya Pokja, PKK, sekolah, atau "
            "perusahaan.",
            "A body with a name, posts and a task, such as a working group, school or firm.",
        ),
        "slides 6, 22",
    ),
    term(
        "association",
        ("Perkumpulan organisasi", "Association of organizations"),
        (
            "Gabungan organisasi yang bertindak bersama, misalnya forum lintas sektor.",
            "Organisations acting together, such as a cross-sector forum.",
        ),
        "slides 20, 23",
    ),
)
"""The agents behind the levels, from the smallest up: what ``actors.kind`` may say."""

LEVEL_OF_AGENT: dict[str, str] = {
    "person": "individual",
    "informal_group": "organization",
    "organization": "organization",
    "association": "network",
}
"""The level of social agency each kind of agent belongs to."""

FUNCTIONS = index(
    term(
        "planning_decision_governance",
        ("Perencanaan, keputusan, dan tata kelola", "Planning, decision making and governance"),
        (
            "Menyepakati arah, memutuskan, dan menjaga aturan main bersama.",
            "Agreeing on a direction, deciding, and keeping the common rules.",
        ),
        "Chaskin 2001; slides 16",
    ),
    term(
        "production_of_goods_services",
        ("Penyediaan barang dan layanan", "Production of goods and services"),
        (
            "Menyelenggarakan sendiri kegiatan dan layanan yang dibutuhkan warga.",
            "Providing the activities and services that residents need.",
        ),
        "Chaskin 2001; slides 16",
    ),
    term(
        "information_dissemination",
        ("Penyebaran informasi", "Information dissemination"),
        (
            "Membuat kabar dan layanan sampai kepada semua yang berkepentingan.",
            "Making news and services known to all whom they concern.",
        ),
        "Chaskin 2001; slides 16",
    ),
    term(
        "organizing_advocacy",
        ("Pengorganisasian dan advokasi", "Organizing and advocacy"),
        (
            "Mengajak warga bertindak bersama dan menyuarakan usulan mereka sampai ditanggapi.",
            "Bringing residents to act together and carrying their proposals until they are "
            "answered.",
        ),
        "Chaskin 2001; slides 16",
    ),
)

FUNCTION_PURPOSES = index(
    term(
        "sustaining_capacity",
        ("Menjaga kapasitas itu sendiri", "Sustaining capacity itself"),
        (
            "Fungsi dijalankan agar kapasitas komunitas tetap hidup dan bertambah.",
            "A function is carried out so that the community's capacity lasts and grows.",
        ),
        "Chaskin 2001; slides 30",
    ),
    term(
        "other_outcomes",
        ("Mencapai hasil lain yang diinginkan", "Reaching other wished-for outcomes"),
        (
            "Fungsi dijalankan demi hasil tertentu, misalnya layanan yang lebih baik atau "
            "pengaruh pada keputusan.",
            "A function is carried out for a particular result, such as better services or a say "
            "in decisions.",
        ),
        "Chaskin 2001; slides 30",
    ),
)

NORMATIVE_FUNCTIONS = index(
    term(
        "normative_shared_values",
        ("Memupuk nilai bersama", "Promoting shared values"),
        (
            "Menjaga agar nilai yang disepakati tampak dalam perbuatan.",
            "Seeing that values agreed upon show in what people do.",
        ),
        "Chaskin 2001; slides 31",
    ),
    term(
        "normative_socialising_young",
        ("Membina yang muda", "Socialising the young"),
        (
            "Memberi anak dan remaja tempat, teladan, dan tugas dalam kehidupan bersama.",
            "Giving children and youth a place, an example and tasks in common life.",
        ),
        "Chaskin 2001; slides 31",
    ),
    term(
        "normative_informal_control",
        ("Saling menjaga", "Informal social control"),
        (
            "Kesediaan tetangga untuk menegur atau menolong tanpa menunggu petugas.",
            "Neighbours' readiness to speak up or step in without waiting for officials.",
        ),
        "Chaskin 2001; Sampson et al. 1997; slides 31",
    ),
)
