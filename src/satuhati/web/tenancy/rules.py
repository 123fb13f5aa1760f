"""Who may do what: roles and rights, declared once.

Pages and actions name a right; nothing else decides. The matrix of roles and pages in ``docs/``
is made from these tables. Imports nothing of Django, so that the documentation needs none.
"""

from __future__ import annotations

from satuhati.text import Text

ROLES: dict[str, Text] = {
    "resident": Text("warga (tanpa akun)", "resident (no account)"),
    "member": Text("anggota", "member"),
    "secretary": Text("sekretaris/ketua", "secretary or chair"),
    "field_officer": Text("petugas lapangan (PKB/PLKB)", "field officer"),
    "overseer": Text("pengawas (hanya ringkasan)", "overseer (aggregates only)"),
    "researcher": Text("peneliti (tersamar)", "researcher (pseudonymised)"),
    "administrator": Text("administrator", "administrator"),
}

TEAM = ("member", "secretary", "field_officer", "administrator")
KEEPERS = ("secretary", "field_officer", "administrator")
SIGNED_IN = tuple(role for role in ROLES if role != "resident")

RIGHTS: dict[str, tuple[Text, tuple[str, ...]]] = {
    "public": (Text("membaca halaman publik", "read public pages"), tuple(ROLES)),
    "signed_in": (
        Text("membuka halaman milik sendiri", "open one's own pages"),
        SIGNED_IN,
    ),
    "home.view": (Text("membuka Beranda", "open Home"), SIGNED_IN),
    "meetings.view": (Text("melihat rapat", "see meetings"), TEAM),
    "meetings.edit": (Text("mengatur rapat", "arrange meetings"), KEEPERS),
    "mirror.guess": (Text("menebak di dua cermin", "predict in the two mirrors"), TEAM),
    "mirror.arrange": (
        Text("membuka dan menutup dua cermin", "open and close the two mirrors"),
        KEEPERS,
    ),
    "networks.map": (
        Text("melihat peta jejaring tanpa nama", "see the map of ties without names"),
        (*TEAM, "researcher"),
    ),
    "networks.names": (
        Text(
            "melihat nama di peta jejaring dari yang setuju",
            "see the names of those who agreed on the map of ties",
        ),
        KEEPERS,
    ),
    "networks.files": (
        Text("mengunduh jejaring", "download the network"),
        (*KEEPERS, "researcher"),
    ),
    "norms.view": (Text("melihat norma", "see norms"), TEAM),
    "norms.edit": (Text("mengatur norma", "arrange norms"), KEEPERS),
    "reading.view": (Text("ikut membaca profil bersama", "read the profile together"), TEAM),
    "reading.edit": (
        Text("mencatat putusan musyawarah baca profil", "note what a profile reading said"),
        KEEPERS,
    ),
    "register.view": (Text("melihat daftar warga dan organisasi", "see the register"), TEAM),
    "register.edit": (Text("mengubah daftar", "change the register"), KEEPERS),
    "register.export": (Text("mengunduh daftar", "download the register"), KEEPERS),
    "networks.view": (Text("melihat putaran jejaring", "see rounds of ties"), TEAM),
    "networks.edit": (Text("mengatur putaran jejaring", "arrange rounds of ties"), KEEPERS),
    "services.view": (Text("melihat layanan", "see services"), TEAM),
    "services.edit": (Text("mengubah layanan", "change services"), KEEPERS),
    "consents.view": (Text("melihat persetujuan", "see consents"), KEEPERS),
    "consents.edit": (Text("mencatat persetujuan", "record consents"), KEEPERS),
    "consents.own": (
        Text("memberi dan menarik persetujuan sendiri", "give and withdraw one's own consent"),
        TEAM,
    ),
    "surveys.view": (Text("melihat survei", "see surveys"), (*TEAM, "researcher")),
    "surveys.edit": (Text("membuka dan menutup survei", "open and close surveys"), KEEPERS),
    "surveys.collect": (
        Text("mengumpulkan jawaban dengan ODK Collect", "collect answers with ODK Collect"),
        TEAM,
    ),
    "surveys.check": (
        Text("memeriksa jawaban yang ditandai", "look at answers that checks marked"),
        (*KEEPERS, "researcher"),
    ),
    "answers.give": (
        Text("menjawab undangan dan pilihan jam", "reply to invitations and say which hours suit"),
        ("resident", *TEAM),
    ),
    "links.issue": (Text("membuat dan mencabut tautan pribadi", "issue personal links"), KEEPERS),
    "report.view": (Text("membaca profil", "read the profile"), SIGNED_IN),
    "report.rows": (
        Text("membuka baris di balik angka", "open the rows behind a figure"),
        (*TEAM, "researcher"),
    ),
    "report.download": (
        Text("mengunduh laporan", "download the report"),
        SIGNED_IN,
    ),
    "answers.export": (
        Text("mengunduh jawaban survei yang tersamar", "download survey answers, pseudonymised"),
        ("researcher", *KEEPERS),
    ),
    "compare.view": (
        Text("melihat beberapa komunitas berdampingan", "see communities side by side"),
        ("field_officer", "overseer", "administrator"),
    ),
    "research.view": (
        Text("memakai mode peneliti", "use researcher's mode"),
        ("researcher", "field_officer", "secretary", "administrator"),
    ),
    "settings.edit": (Text("mengubah pengaturan", "change settings"), KEEPERS),
    "team.manage": (Text("mengatur peran", "manage roles"), KEEPERS),
    "package.import": (Text("memasukkan paket data", "import a data package"), KEEPERS),
    "package.export": (
        Text("mengekspor seluruh komunitas", "export the whole community"),
        ("administrator",),
    ),
    "audit.view": (Text("melihat jejak", "see the audit trail"), KEEPERS),
    "accounts.manage": (
        Text("mengurus akun di server ini", "look after the accounts of this server"),
        ("administrator",),
    ),
    "community.create": (
        Text("membuat komunitas baru", "create a community"),
        SIGNED_IN,
    ),
}

_LEVEL = {"public": 0, "team": 1, "research": 2, "admin": 3}
_SEES = {
    "resident": 0,
    "overseer": 0,
    "member": 1,
    "secretary": 1,
    "field_officer": 1,
    "researcher": 2,
    "administrator": 3,
}


def may(role: str, right: str) -> bool:
    """Whether a role holds a right; an unknown right is a mistake of ours and raises."""
    return role in RIGHTS[right][1]


def sees(role: str, visibility: str) -> bool:
    """Whether a role may see a column of this visibility."""
    return _SEES[role] >= _LEVEL[visibility]
