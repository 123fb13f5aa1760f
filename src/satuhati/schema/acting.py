"""Services and who knows them, residents' voices, plans, budgets, indicators."""

from __future__ import annotations

from satuhati.framework import SECTIONS, SECTORS, STRATEGIES
from satuhati.schema._build import col, key, ref
from satuhati.schema.declare import Table
from satuhati.schema.listening import ALL_COMPONENTS, FRAMES
from satuhati.text import Text

CHANNELS = (
    "family_neighbour",
    "kader",
    "rt_rw",
    "posyandu",
    "whatsapp",
    "banner",
    "social_media",
    "faith_group",
    "school",
    "other",
)
FUND_SOURCES = ("self_help", "village", "local_government", "national_government", "private_csr",
                "ngo", "other")  # fmt: skip

PERIOD = "^(?:19|20|21)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?$"
"""A year or a month, as ``indicators.period`` has it."""

SERVICES = Table(
    "services",
    "services",
    Text("Layanan", "Services"),
    Text("Layanan dan kelompok kegiatan, misalnya Rumah Anak SIGAP.",
         "Services and activity groups, such as Rumah Anak SIGAP."),
    (
        key(),
        col("name", "text", ("Nama", "Name"), required=True, visibility="public"),
        col("kind", "choice", ("Jenis", "Kind"), visibility="public",
            choices=("bkb", "bkr", "bkl", "uppka", "pikr", "dashat", "sigap", "data_house",
                     "posyandu", "other")),
        col("key", "boolean", ("Layanan kunci", "Key service"),
            ("Layanan kunci ikut dalam profil.", "Key services take part in the profile."),
            visibility="public"),
        ref("provider", "actors", ("Penyelenggara", "Provider"), visibility="public"),
        col("place", "text", ("Tempat", "Place"), visibility="public"),
        col("started", "date", ("Mulai", "Started"), visibility="public"),
        col("ended", "date", ("Berakhir", "Ended"), visibility="public"),
    ),
)  # fmt: skip

AWARENESS = Table(
    "awareness",
    "awareness",
    Text("Tahu layanan", "Awareness"),
    Text(
        "Dari yang ditanya, berapa pernah mendengar, datang, terdaftar, dan masih ikut. "
        "Satu baris satu orang (asked = 1) atau satu turus per RT.",
        "Of those asked, how many have heard, visited, enrolled and still come. "
        "A row is a person (asked = 1) or a tally of an RT.",
    ),
    (
        key(),
        ref("service", "services", ("Layanan", "Service"), required=True, visibility="team"),
        col("date", "date", ("Tanggal", "Date"), required=True),
        col("wave", "integer", ("Gelombang", "Wave"),
            ("1 untuk pendataan pertama, 2 untuk yang kedua, dan seterusnya.",
             "1 for the first count, 2 for the second, and so on."),
            low=1),
        ref("area", "areas", ("RT/RW", "RT/RW")),
        col("frame", "choice", ("Kerangka sampel", "Sampling frame"),
            ("Bagaimana orang dipilih untuk ditanya.", "How people were picked to be asked."),
            required=True,
            choices=FRAMES),
        col("channel", "choice", ("Tahu dari", "Heard through"), choices=CHANNELS),
        col("asked", "integer", ("Ditanya", "Asked"),
            ("1 untuk satu orang, atau jumlah yang ditanya di RT itu.",
             "1 for a person, or the number asked in that RT."),
            required=True, low=0, unit="people"),
        col("heard", "integer", ("Pernah mendengar", "Heard"),
            ("Dari yang ditanya.", "Of those asked."),
            required=True, low=0,
            unit="people"),
        col("visited", "integer", ("Pernah datang", "Visited"),
            ("Dari yang pernah mendengar.", "Of those who have heard."),
            low=0, unit="people"),
        col("enrolled", "integer", ("Terdaftar", "Enrolled"),
            ("Dari yang pernah datang.", "Of those who have visited."),
            low=0, unit="people"),
        col("continuing", "integer", ("Masih ikut", "Continuing"),
            ("Dari yang terdaftar.", "Of those enrolled."),
            low=0, unit="people"),
    ),
)  # fmt: skip

VOICE_CHANNELS = Table(
    "voice_channels",
    "voices",
    Text("Saluran suara warga", "Channels for residents"),
    Text(
        "Saluran tempat warga bertanya dan mengusulkan, dan sejak kapan terbuka.",
        "Where residents may ask and propose, and since when.",
    ),
    (
        key(),
        col(
            "name",
            "text",
            ("Nama", "Name"),
            (
                "Misalnya: kotak saran, WhatsApp Pokja.",
                "For example: suggestion box, WhatsApp of the group.",
            ),
            required=True,
            visibility="public",
        ),
        col("opened", "date", ("Dibuka", "Opened"), required=True, visibility="public"),
        col(
            "closed",
            "date",
            ("Ditutup", "Closed"),
            ("Kosong bila masih terbuka.", "Empty while open."),
            visibility="public",
        ),
    ),
)

VOICES = Table(
    "voices",
    "voices",
    Text("Pertanyaan dan usulan warga", "Residents' questions and proposals"),
    Text("Yang disampaikan warga, jawabannya, dan jejaknya sampai anggaran.",
         "What residents said, the reply, and its way to the budget."),
    (
        key(),
        col("kind", "choice", ("Jenis", "Kind"), required=True,
            choices=("question", "proposal", "complaint"), visibility="public"),
        col("date", "date", ("Tanggal", "Date"), required=True, visibility="public"),
        ref("channel", "voice_channels", ("Saluran", "Channel"), visibility="public"),
        ref("area", "areas", ("RT/RW", "RT/RW"), visibility="public"),
        ref("actor", "actors", ("Penyampai", "Who"),
            ("Kosong bila tanpa nama.", "Empty if anonymous."),
            visibility="admin"),
        col("text", "text", ("Isi", "Text"), required=True, visibility="public"),
        col("replied_on", "date", ("Dijawab", "Replied on"),
            ("Kosong bila belum dijawab.", "Empty if not yet answered."),
            visibility="public"),
        col("decision", "choice", ("Keputusan", "Decision"),
            choices=("accepted", "rejected", "postponed"), visibility="public"),
        col("decided_on", "date", ("Diputuskan", "Decided on"), visibility="public"),
        col("stage", "choice", ("Sampai di", "Reached"),
            ("Sejauh mana usulan ini sampai.", "How far the proposal has come."),
            visibility="public",
            choices=("received", "minutes", "plan", "musrenbang", "budget", "realised")),
    ),
)  # fmt: skip

REQUESTS = Table(
    "requests",
    "requests",
    Text("Permintaan ke lembaga luar", "Requests to outside institutions"),
    Text(
        "Lembaga yang diminta bantuan, dan jawabannya.",
        "Institutions asked for help, and their answer.",
    ),
    (
        key(),
        ref("actor", "actors", ("Lembaga", "Institution"), required=True),
        col("asked_on", "date", ("Diminta", "Asked on"), required=True),
        col("text", "text", ("Perihal", "About"), required=True),
        col(
            "answered_on",
            "date",
            ("Dijawab", "Answered on"),
            ("Kosong bila belum dijawab.", "Empty if not yet answered."),
        ),
        col("answer", "choice", ("Jawaban", "Answer"), choices=("yes", "partly", "no")),
    ),
)

PLANS = Table(
    "plans",
    "plans",
    Text("RKM", "Work plans"),
    Text("Rencana Kerja Masyarakat.", "The community's work plan."),
    (
        key(),
        col("name", "text", ("Nama", "Name"), required=True, visibility="public"),
        col("start", "date", ("Mulai", "Start"), required=True, visibility="public"),
        col("end", "date", ("Sampai", "End"), visibility="public"),
        col(
            "approved_on",
            "date",
            ("Disahkan", "Approved on"),
            ("Kosong bila belum disahkan.", "Empty if not yet approved."),
            visibility="public",
        ),
    ),
)

PROBLEMS = Table(
    "problems",
    "plans",
    Text("Masalah", "Problems"),
    Text("Masalah yang dipetakan kelompok.", "Problems the group has named."),
    (
        key(),
        ref("plan", "plans", ("RKM", "Plan"), visibility="public"),
        col("text", "text", ("Masalah", "Problem"), required=True, visibility="public"),
        col("named_on", "date", ("Disebut", "Named on"), required=True, visibility="public"),
        col("section", "choice", ("Seksi", "Section"),
            ("Seksi yang membidangi.", "The section in charge."),
            choices=tuple(SECTIONS),
            visibility="public"),
        col("component", "choice", ("Komponen", "Component"),
            ("Komponen kapasitas yang terkait, bila ada.",
             "The component of capacity concerned, if any."),
            choices=ALL_COMPONENTS,
            visibility="public"),
        col("rank", "integer", ("Peringkat", "Rank"),
            ("1 untuk yang paling mendesak.", "1 for the most urgent."),
            low=1, visibility="public"),
    ),
)  # fmt: skip

GOALS = Table(
    "goals",
    "plans",
    Text("Tujuan", "Goals"),
    Text("Tujuan untuk satu masalah.", "A goal for a problem."),
    (
        key(),
        ref("problem", "problems", ("Masalah", "Problem"), required=True, visibility="public"),
        col("text", "text", ("Tujuan", "Goal"), required=True, visibility="public"),
        col(
            "measure",
            "text",
            ("Ukuran", "Measure"),
            ("Cara mengetahui tujuan tercapai.", "How one will know it is reached."),
            visibility="public",
        ),
        col(
            "target",
            "number",
            ("Target", "Target"),
            ("Angka yang hendak dicapai.", "The figure aimed at."),
            visibility="public",
        ),
    ),
)

ALTERNATIVES = Table(
    "alternatives",
    "plans",
    Text("Alternatif", "Alternatives"),
    Text("Cara yang ditimbang untuk mencapai tujuan.", "Ways weighed to reach a goal."),
    (
        key(),
        ref("goal", "goals", ("Tujuan", "Goal"), required=True, visibility="public"),
        col("text", "text", ("Alternatif", "Alternative"), required=True, visibility="public"),
        col(
            "strategy",
            "choice",
            ("Strategi", "Strategy"),
            (
                "Salah satu dari empat strategi pembangunan kapasitas.",
                "One of the four strategies of capacity building.",
            ),
            choices=tuple(STRATEGIES),
            visibility="public",
        ),
        col("chosen", "boolean", ("Dipilih", "Chosen"), visibility="public"),
        col("reason", "text", ("Alasan", "Reason"), visibility="public"),
    ),
)

ACTIVITIES = Table(
    "activities",
    "plans",
    Text("Kegiatan", "Activities"),
    Text("Kegiatan yang direncanakan dan dilaksanakan.", "Activities planned and carried out."),
    (
        key(),
        ref("plan", "plans", ("RKM", "Plan"), visibility="public"),
        ref("goal", "goals", ("Tujuan", "Goal"), visibility="public"),
        ref("voice", "voices", ("Dari usulan warga", "From a resident's proposal"),
            visibility="public"),
        col("name", "text", ("Nama", "Name"), required=True, visibility="public"),
        col("section", "choice", ("Seksi", "Section"), choices=tuple(SECTIONS),
            visibility="public"),
        col("strategy", "choice", ("Strategi", "Strategy"), choices=tuple(STRATEGIES),
            visibility="public"),
        ref("area", "areas", ("RT/RW", "RT/RW"), visibility="public"),
        col("planned_for", "date", ("Direncanakan", "Planned for"), required=True,
            visibility="public"),
        col("done_on", "date", ("Terlaksana", "Carried out on"),
            ("Kosong bila belum terlaksana.", "Empty if not carried out yet."),
            visibility="public"),
        col("participants", "integer", ("Peserta", "Participants"), low=0, unit="people",
            visibility="public"),
        col("money_ended", "date", ("Dana luar berakhir", "Outside money ended"),
            ("Kapan bantuan dana dari luar berhenti.", "When money from outside stopped."),
            visibility="public"),
        col("continued", "boolean", ("Berlanjut sesudahnya", "Went on afterwards"),
            ("Ya bila kegiatan berlanjut sesudah dana luar berakhir.",
             "Yes if it went on after outside money ended."),
            visibility="public"),
    ),
)  # fmt: skip

ACTIVITY_PARTNERS = Table(
    "activity_partners",
    "plans",
    Text("Pelaksana kegiatan", "Who carries out activities"),
    Text("Sektor dan organisasi yang melaksanakan kegiatan.",
         "Sectors and organisations that carry out an activity."),
    (
        key(),
        ref("activity", "activities", ("Kegiatan", "Activity"), required=True,
            visibility="public"),
        col("sector", "choice", ("Sektor", "Sector"),
            ("Pihak yang ikut melaksanakan.", "Who takes part in carrying it out."),
            choices=tuple(SECTORS), required=True,
            visibility="public"),
        ref("actor", "actors", ("Organisasi", "Organisation"), visibility="public"),
    ),
)  # fmt: skip

BUDGET = Table(
    "budget_lines",
    "plans",
    Text("Anggaran", "Budget lines"),
    Text("Kebutuhan dan perolehan dana menurut sumber.", "Money needed and secured, by source."),
    (
        key(),
        ref("activity", "activities", ("Kegiatan", "Activity"), required=True,
            visibility="public"),
        col("source", "choice", ("Sumber dana", "Source"), choices=FUND_SOURCES,
            visibility="public"),
        col("inside", "boolean", ("Dari dalam komunitas", "From inside the community"),
            ("Ya bila dananya dari warga atau organisasi setempat.",
             "Yes if the money comes from residents or local organisations."),
            visibility="public"),
        col("needed", "number", ("Kebutuhan", "Needed"),
            ("Rupiah yang dibutuhkan.", "Rupiah needed."),
            required=True, low=0, unit="IDR",
            visibility="public"),
        col("secured", "number", ("Diperoleh", "Secured"),
            ("Rupiah yang sudah dipastikan.", "Rupiah secured."),
            low=0, unit="IDR",
            visibility="public"),
        col("spent", "number", ("Terpakai", "Spent"),
            ("Rupiah yang sudah dipakai.", "Rupiah spent."),
            low=0, unit="IDR", visibility="public"),
    ),
)  # fmt: skip

INDICATORS = Table(
    "indicators",
    "indicators",
    Text("Indikator", "Indicators"),
    Text(
        "Angka layanan dan hasil: pembilang dan penyebut, atau nilai dari sumber lain.",
        "Service and outcome figures: numerator and denominator, or a value from elsewhere.",
    ),
    (
        key(),
        col("indicator", "text", ("Indikator", "Indicator"),
            ("Kode indikator, misalnya mcpr; lihat 'satuhati indicator compute --help'.",
             "Code of the indicator, such as mcpr; see 'satuhati indicator compute --help'."),
            required=True, visibility="public"),
        col("period", "text", ("Periode", "Period"),
            ("Tahun (2026) atau bulan (2026-11).", "A year (2026) or a month (2026-11)."),
            required=True, visibility="public"),
        ref("area", "areas", ("Wilayah", "Area"),
            ("Kosong bila untuk seluruh komunitas.", "Empty if for the whole community."),
            visibility="public"),
        ref("service", "services", ("Layanan", "Service"), visibility="public"),
        col("numerator", "number", ("Pembilang", "Numerator"), visibility="public"),
        col("denominator", "number", ("Penyebut", "Denominator"), visibility="public"),
        col("value", "number", ("Nilai", "Value"),
            ("Bila pembilang dan penyebut tidak ada.", "Where there is no numerator."),
            visibility="public"),
        col("source", "text", ("Sumber", "Source"),
            ("Dari mana angka ini.", "Where the figure comes from."),
            visibility="public"),
    ),
)  # fmt: skip

ACTING_TABLES = (
    SERVICES,
    AWARENESS,
    VOICE_CHANNELS,
    VOICES,
    REQUESTS,
    PLANS,
    PROBLEMS,
    GOALS,
    ALTERNATIVES,
    ACTIVITIES,
    ACTIVITY_PARTNERS,
    BUDGET,
    INDICATORS,
)
