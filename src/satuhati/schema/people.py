"""The community, its places, people, organisations, posts and assets."""

from __future__ import annotations

from satuhati.framework import SECTIONS, SECTORS
from satuhati.schema._build import col, key, ref
from satuhati.schema.declare import Table
from satuhati.text import Text

SEXES = ("female", "male")
AGE_BANDS = ("0-14", "15-24", "25-39", "40-59", "60+")
SCHOOLING = ("none", "primary", "lower_secondary", "upper_secondary", "tertiary")

COMMUNITY = Table(
    "community",
    "community",
    Text("Komunitas", "Community"),
    Text(
        "Satu baris per komunitas: jenisnya, keadaannya, siapa yang memulai dan membiayai.",
        "One row per community: its kind, its context, who initiated it and who pays.",
    ),
    (
        key(),
        col("name", "text", ("Nama", "Name"), required=True, visibility="public"),
        col("synthetic", "boolean", ("Rekaan", "Synthetic"),
            ("Ya bila semua orang dan angka adalah rekaan untuk contoh.",
             "Yes if all people and figures are invented for an example."), visibility="public"),
        col("geographic", "boolean", ("Sewilayah", "Of a place"),
            ("Anggotanya disatukan tempat tinggal.", "Its members share a place."),
            visibility="public"),
        col("social", "boolean", ("Sekelompok sosial", "Of a social group"),
            ("Anggotanya disatukan latar sosial.", "Its members share a social background."),
            visibility="public"),
        col("interest", "boolean", ("Seminat", "Of an interest"),
            ("Anggotanya disatukan minat atau urusan.", "Its members share an interest."),
            visibility="public"),
        col("urban", "choice", ("Perkotaan", "Urban"), ("", ""),
            choices=("urban", "peri_urban", "rural"), visibility="public"),
        col("economic", "choice", ("Keadaan ekonomi", "Economic situation"), ("", ""),
            choices=("poor", "mixed", "not_poor"), visibility="public"),
        col("settlement", "choice", ("Menetap atau pendatang", "Settled or migrant"), ("", ""),
            choices=("settled", "mixed", "migrant"), visibility="public"),
        col("initiated_by", "choice", ("Diprakarsai oleh", "Initiated from"),
            ("Dari dalam atau luar komunitas.", "From inside or outside the community."),
            choices=("inside", "outside", "both"), visibility="public"),
        col("funded_by", "choice", ("Dibiayai oleh", "Paid for from"),
            ("Dari dalam atau luar komunitas.", "From inside or outside the community."),
            choices=("inside", "outside", "both"), visibility="public"),
        col("official_code", "text", ("Kode wilayah", "Official area code"),
            ("Kode desa/kelurahan, misalnya 31.75.09.1003.",
             "Code of the village, such as 31.75.09.1003."), visibility="public"),
        col("place", "text", ("Letak", "Where it lies"),
            ("Kecamatan, kabupaten/kota, provinsi.", "Sub-district, district, province."),
            visibility="public"),
        col("decree", "text", ("Nomor SK", "Decree number"), visibility="public"),
        col("founded", "date", ("Dicanangkan", "Launched"), visibility="public"),
        col("time_zone", "choice", ("Zona waktu", "Time zone"),
            choices=("WIB", "WITA", "WIT"), visibility="public"),
        col("adults", "integer", ("Warga dewasa", "Adult residents"), unit="people", low=0,
            visibility="public"),
        col("households", "integer", ("Keluarga", "Households"), unit="households", low=0,
            visibility="public"),
        col("description", "text", ("Keterangan", "Description"), visibility="public"),
    ),
)  # fmt: skip

AREAS = Table(
    "areas",
    "areas",
    Text("Wilayah", "Areas"),
    Text("RT, RW, dan wilayah di atasnya sebagai pohon.", "RT, RW and what lies above, as a tree."),
    (
        key(),
        col("name", "text", ("Nama", "Name"), required=True, visibility="public"),
        col("level", "choice", ("Tingkat", "Level"), required=True, visibility="public",
            choices=("rt", "rw", "dusun", "village", "subdistrict", "district", "province")),
        ref("parent", "areas", ("Bagian dari", "Part of"), visibility="public"),
        col("official_code", "text", ("Kode resmi", "Official code"), visibility="public"),
        col("adults", "integer", ("Warga dewasa", "Adult residents"), unit="people", low=0,
            visibility="public"),
        col("households", "integer", ("Keluarga", "Households"), unit="households", low=0,
            visibility="public"),
    ),
)  # fmt: skip

RESIDENTS = Table(
    "residents",
    "residents",
    Text("Jumlah warga", "Resident counts"),
    Text(
        "Jumlah warga dewasa menurut jenis kelamin, umur, pendidikan, dan RW: "
        "pembanding bagi mereka yang ikut serta.",
        "Adult residents by sex, age, schooling and RW: what those who take part are held against.",
    ),
    (
        key(),
        col("year", "integer", ("Tahun", "Year"), required=True, low=1900, high=2200,
            visibility="public"),
        ref("area", "areas", ("Wilayah", "Area"), visibility="public"),
        col("sex", "choice", ("Jenis kelamin", "Sex"), choices=SEXES, visibility="public"),
        col("age_band", "choice", ("Kelompok umur", "Age band"), choices=AGE_BANDS,
            visibility="public"),
        col("schooling", "choice", ("Pendidikan", "Schooling"), choices=SCHOOLING,
            visibility="public"),
        col("count", "integer", ("Jumlah", "Count"), required=True, unit="people", low=0,
            visibility="public"),
        col("source", "text", ("Sumber", "Source"), visibility="public"),
    ),
)  # fmt: skip

ACTORS = Table(
    "actors",
    "actors",
    Text("Orang dan organisasi", "People and organisations"),
    Text(
        "Perorangan, kelompok informal, organisasi, dan perkumpulan organisasi.",
        "People, informal groups, organisations and associations of them.",
    ),
    (
        key(),
        col("name", "text", ("Nama", "Name"), visibility="team"),
        col("kind", "choice", ("Jenis", "Kind"), required=True,
            choices=("person", "informal_group", "organization", "association"),
            visibility="public"),
        col("sector", "choice", ("Sektor", "Sector"), choices=tuple(SECTORS), visibility="public"),
        ref("organization", "actors", ("Organisasinya", "Their organisation"),
            ("Organisasi tempat orang ini bernaung.", "The organisation this person belongs to.")),
        ref("area", "areas", ("RT/RW", "RT/RW")),
        col("sex", "choice", ("Jenis kelamin", "Sex"), choices=SEXES),
        col("age_band", "choice", ("Kelompok umur", "Age band"), choices=AGE_BANDS),
        col("schooling", "choice", ("Pendidikan", "Schooling"), choices=SCHOOLING),
        col("authority", "integer", ("Jenjang wewenang", "Level of authority"),
            ("0 warga, 1 desa/kelurahan, 2 kecamatan, 3 kabupaten/kota, 4 di atasnya.",
             "0 residents, 1 village, 2 sub-district, 3 district, 4 above."), low=0, high=4,
            visibility="public"),
        col("outside", "boolean", ("Dari luar wilayah", "From outside the area")),
        col("joined", "date", ("Bergabung", "Joined")),
        col("left", "date", ("Keluar", "Left")),
    ),
)  # fmt: skip

POSTS = Table(
    "posts",
    "posts",
    Text("Jabatan", "Posts"),
    Text("Jabatan dalam Pokja Kampung KB.", "Posts of the working group."),
    (
        key(),
        col("name", "text", ("Nama jabatan", "Name of the post"), required=True,
            visibility="public"),
        col("kind", "choice", ("Jenis", "Kind"), required=True, visibility="public",
            choices=("patron", "advisor", "chair", "deputy_chair", "secretary", "treasurer",
                     "section_head", "section_member", "member", "other")),
        col("section", "choice", ("Seksi", "Section"), choices=tuple(SECTIONS),
            visibility="public"),
    ),
)  # fmt: skip

TERMS = Table(
    "terms",
    "posts",
    Text("Masa jabatan", "Terms of office"),
    Text("Siapa memegang jabatan apa, sejak dan sampai kapan.", "Who holds which post, and when."),
    (
        key(),
        ref("post", "posts", ("Jabatan", "Post"), required=True, visibility="public"),
        ref("actor", "actors", ("Pemegang", "Holder"), required=True),
        ref("deputy", "actors", ("Wakil", "Deputy"),
            ("Orang yang menggantikan bila berhalangan.", "Who stands in when the holder cannot.")),
        col("start", "date", ("Mulai", "Start"), required=True, visibility="public"),
        col("end", "date", ("Sampai", "End"),
            ("Kosong bila masih menjabat.", "Empty while in office."), visibility="public"),
        col("decree", "text", ("Nomor SK", "Decree number"), visibility="public"),
    ),
)  # fmt: skip

ASSETS = Table(
    "assets",
    "assets",
    Text("Aset", "Assets"),
    Text(
        "Keterampilan, ruang, alat, waktu, dan dana warga: ditawarkan, dicari, dipakai.",
        "Skills, rooms, tools, time and money of residents: offered, wanted, used.",
    ),
    (
        key(),
        ref("actor", "actors", ("Milik", "Whose")),
        ref("area", "areas", ("RT/RW", "RT/RW")),
        col("name", "text", ("Aset", "Asset"), required=True),
        col("kind", "choice", ("Jenis", "Kind"),
            choices=("skill", "room", "tool", "time", "money", "contact", "land", "other")),
        col("direction", "choice", ("Ditawarkan atau dicari", "Offered or wanted"), required=True,
            choices=("offered", "wanted")),
        col("since", "date", ("Sejak", "Since"), required=True),
        col("used_on", "date", ("Terakhir dipakai", "Last used"),
            ("Kosong bila belum pernah.", "Empty if never.")),
        col("used_for", "text", ("Dipakai untuk", "Used for")),
    ),
)  # fmt: skip

PEOPLE_TABLES = (COMMUNITY, AREAS, RESIDENTS, ACTORS, POSTS, TERMS, ASSETS)
