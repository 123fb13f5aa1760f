"""Every environment variable of the program: what it is for, and what holds without it.

The reference page ``docs/reference/settings.md`` is written from this list, and a test compares it
with what the code reads.
"""

from __future__ import annotations

from dataclasses import dataclass

from satuhati.text import Text


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable.

    ``without`` is what holds if it is not set; ``example`` is a value as one would type it.
    """

    name: str
    group: str
    meaning: Text
    without: Text
    example: str = ""


GROUPS = {
    "place": Text("Tempat data", "Where things lie"),
    "address": Text("Alamat dan keamanan", "Address and safety"),
    "mail": Text("Surel", "E-mail"),
    "limits": Text("Batas", "Limits"),
    "other": Text("Lain-lain", "Other"),
    "own": Text("Diisi oleh program sendiri", "Set by the program itself"),
}

_NOTHING = Text("–", "–")

VARIABLES = (
    Variable(
        "SATUHATI_DATA", "place",
        Text("Folder untuk basis data, unggahan, berkas statis, dan rahasia server. Dibuat bila "
             "belum ada, hanya terbaca pemiliknya. Sama dengan `--data`.",
             "Folder of the database, uploads, static files and the server's secret. Made if "
             "missing, readable by its owner only. The same as `--data`."),
        Text("`satuhati` di folder data pengguna; untuk demo `satuhati-demo` di folder kerja",
             "`satuhati` in the user's data folder; for the demo `satuhati-demo` where one is"),
        "/srv/satuhati",
    ),
    Variable(
        "XDG_DATA_HOME", "place",
        Text("Folder data pengguna menurut kebiasaan Linux; dipakai bila SATUHATI_DATA kosong.",
             "The user's data folder as Linux has it; used where SATUHATI_DATA is not set."),
        Text("`~/.local/share`", "`~/.local/share`"),
    ),
    Variable(
        "DATABASE_URL", "place",
        Text("Basis data PostgreSQL, untuk server besar. Sandi yang memuat tanda baca ditulis "
             "dengan kode %. Demo tidak memakainya.",
             "A PostgreSQL database, for larger servers. Percent-encode punctuation in the "
             "password. The demo does not use it."),
        Text("berkas SQLite di folder data", "an SQLite file in the data folder"),
        "postgres://satuhati:rahasia@localhost:5432/satuhati",
    ),
    Variable(
        "SATUHATI_HOSTS", "address",
        Text("Nama host yang dilayani, dipisah koma, tanpa `https://` dan porta; `.contoh.id` "
             "berarti juga semua nama di bawahnya. Wajib bila SATUHATI_TLS=1.",
             "Host names served, separated by commas, without `https://` and port; `.contoh.id` "
             "means all names below it too. Required with SATUHATI_TLS=1."),
        Text("hanya komputer ini", "this computer only"),
        "pokja.contoh.id",
    ),
    Variable(
        "SATUHATI_ADDRESS", "address",
        Text("Alamat yang dibuka orang, untuk tautan pribadi yang dikirim lewat WhatsApp atau "
             "surel.",
             "The address people open, for personal links sent by WhatsApp or e-mail."),
        Text("alamat yang sedang dibuka sekretaris", "the address the secretary has open"),
        "https://pokja.contoh.id",
    ),
    Variable(
        "SATUHATI_TLS", "address",
        Text("1 bila server berada di belakang proksi yang menangani HTTPS: kuki hanya lewat "
             "HTTPS, HSTS, dan HTTP dialihkan. Proksi harus mengirim X-Forwarded-Proto dan "
             "menghapus yang datang dari luar.",
             "1 where a proxy in front of the server speaks HTTPS: cookies by HTTPS only, HSTS, "
             "and HTTP is sent on. The proxy must set X-Forwarded-Proto and drop what comes in "
             "from outside."),
        Text("0: hanya untuk komputer sendiri", "0: for one's own computer only"),
        "1",
    ),
    Variable(
        "SATUHATI_SECRET_KEY", "address",
        Text("Rahasia yang menandatangani sesi; sekurangnya 32 huruf.",
             "The secret that signs sessions; 32 characters or more."),
        Text("dibuat sekali, disimpan sebagai `secret` di folder data",
             "made once and kept as `secret` in the data folder"),
    ),
    Variable(
        "SATUHATI_MAIL_HOST", "mail",
        Text("Server surel keluar, untuk kode masuk.",
             "Server of outgoing mail, for sign-in codes."),
        Text("surel ditaruh di folder `mail` di folder data",
             "messages are put into the folder `mail` of the data folder"),
        "smtp.contoh.id",
    ),
    Variable(
        "SATUHATI_MAIL_PORT", "mail",
        Text("Porta server surel. Selain 25, sambungan memakai STARTTLS.",
             "Its port. Except on 25, the connection uses STARTTLS."),
        Text("587", "587"), "587",
    ),
    Variable(
        "SATUHATI_MAIL_USER", "mail",
        Text("Nama pengguna di server surel.", "User name at the mail server."),
        Text("tanpa masuk", "no login"),
    ),
    Variable(
        "SATUHATI_MAIL_PASSWORD", "mail",
        Text("Sandi pengguna itu.", "That user's password."), _NOTHING,
    ),
    Variable(
        "SATUHATI_MAIL_FROM", "mail",
        Text("Alamat pengirim.", "The sender's address."),
        Text("satuhati@localhost, yang ditolak banyak server",
             "satuhati@localhost, which many servers refuse"),
        "satuhati@contoh.id",
    ),
    Variable(
        "SATUHATI_LINK_DAYS", "limits",
        Text("Umur tautan pribadi dalam hari, 1–730.", "Days a personal link lives, 1–730."),
        Text("180", "180"), "90",
    ),
    Variable(
        "SATUHATI_MAX_UPLOAD_MB", "limits",
        Text("Ukuran terbesar berkas yang diunggah, dalam MB, 1–2000.",
             "Largest uploaded file in MB, 1–2000."),
        Text("50", "50"), "20",
    ),
    Variable(
        "SATUHATI_LANG", "other",
        Text("Bahasa baris perintah: id atau en. Sama dengan `--lang`; halaman web punya pilihan "
             "sendiri.",
             "Language of the command line: id or en. The same as `--lang`; pages have a choice "
             "of their own."),
        Text("id", "id"), "en",
    ),
    Variable(
        "SATUHATI_DEBUG", "other",
        Text("1 menampilkan rincian galat dan halaman `/_komponen/`. Hanya untuk pengembang; "
             "ditolak bersama SATUHATI_TLS=1.",
             "1 shows details of errors and the page `/_komponen/`. For developers only; refused "
             "together with SATUHATI_TLS=1."),
        Text("0", "0"), "1",
    ),
    Variable(
        "DJANGO_SETTINGS_MODULE", "own",
        Text("Modul pengaturan Django, untuk `python -m django …`.",
             "Module of Django's settings, for `python -m django …`."),
        Text("satuhati.web.settings", "satuhati.web.settings"),
    ),
    Variable(
        "OPENBLAS_NUM_THREADS", "own",
        Text("Utas aljabar linear. Hitungan kami kecil; lebih dari satu justru memperlambat.",
             "Threads of linear algebra. Our computations are small; more than one slows them."),
        Text("1", "1"),
    ),
)  # fmt: skip
