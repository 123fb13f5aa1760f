"""The words of a working group's list: posts, sections, offices, honorifics, titles.

Words are compared folded: lower case, without accents and punctuation. Common misspellings stand
in the tables; others are found by edit distance, only where the line says that a heading is meant
("Sekretrais: Bu Rina", "Seksi Ekonmi"): *Ketut* is a name, not a misspelt *ketua*.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple


class Role(NamedTuple):
    """A post as a heading names it, before it is known in which section it stands.

    ``code`` is one of ``patron advisor chair deputy secretary treasurer head member``.
    """

    code: str
    name: str


class Heading(NamedTuple):
    """Words that name posts, a section, or both.

    ``label`` is what was written of a section that is none of the eight, or more than one of
    them. ``guessed`` says that a word was read by its likeness only.
    """

    roles: tuple[Role, ...]
    section: str | None
    label: str
    guessed: bool


def _table(rows: dict[str, str]) -> dict[str, str]:
    return {word: code for code, words in rows.items() for word in words.split()}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ROLES = {
    "pelindung": Role("patron", "Pelindung"),
    "penanggungjawab": Role("patron", "Penanggung Jawab"),
    "penasehat": Role("advisor", "Penasehat"),
    "pembina": Role("advisor", "Pembina"),
    "pengarah": Role("advisor", "Pengarah"),
    "ketua": Role("chair", "Ketua"),
    "wakil": Role("deputy", "Wakil Ketua"),
    "sekretaris": Role("secretary", "Sekretaris"),
    "bendahara": Role("treasurer", "Bendahara"),
    "koordinator": Role("head", "Koordinator"),
    "kepala": Role("head", "Kepala"),
    "anggota": Role("member", "Anggota"),
}

_ROLE_WORDS = _table({
    "pelindung": "pelindung pengayom perlindung patron patrons",
    "penanggungjawab": "penanggungjawab pj penangungjawab penanggungjwb",
    "penasehat": "penasehat penasihat penasehet penasiat advisor adviser advisors",
    "pembina": "pembina",
    "pengarah": "pengarah",
    "ketua": "ketua ketum ketuanya chair chairperson chairman chairwoman",
    "wakil": "wakil wkl waket wk deputy vice",
    "sekretaris": "sekretaris sekertaris sekretarus skretaris sekretris sekre sekret secretary",
    "bendahara": "bendahara bendaraha bendahra bendhara bendara treasurer",
    "koordinator": "koordinator kordinator koord kord korsi korsie korsek coordinator coord head",
    "kepala": "kepala kasi kasie",
    "anggota": "anggota anggauta angota angg member members",
})  # fmt: skip
_WITH_SECTION = frozenset({"korsi", "korsie", "korsek", "kasi", "kasie"})
"""Words that hold "seksi" themselves."""

_INTRO = _set("seksi seksie sexi sie bidang bid bdg divisi div fungsi subseksi section sections")
_STRONG = _table({
    "keagamaan": "keagamaan agama keagaman kegamaan kerohanian rohani religi religion",
    "sosial_budaya": "sosial sosbud kebudayaan social cultural",
    "cinta_kasih": "cintakasih affection",
    "perlindungan": "perlindungan pelindungan protection",
    "reproduksi": "reproduksi kespro reproduction",
    "sosialisasi_pendidikan":
        "sosialisasi pendidikan edukasi socialisation socialization education",
    "ekonomi": "ekonomi perekonomian economy",
    "lingkungan": "lingkungan pembinaanlingkungan environment",
})  # fmt: skip
# Words that may be a name, or something else, unless a section is spoken of.
_WEAK = _table({
    "keagamaan": "ibadah",
    "sosial_budaya": "budaya adat seni",
    "cinta_kasih": "cinta kasih sayang",
    "reproduksi": "kesehatan kb",
    "ekonomi": "usaha umkm uppka",
    "lingkungan": "pelestarian kebersihan",
})  # fmt: skip
_NEUTRAL = _set(
    "pokja kelompok kerja kampung kb keluarga berkualitas umum harian pelaksana inti pembinaan "
    "hidup anak perempuan remaja masyarakat kemasyarakatan sehat kreatif produktif bersih the "
    "of and"
)
_JOINS = frozenset({"dan", "&", "/", "+", "serta", "merangkap", "and"})
_NUMERAL = re.compile(r"i{1,3}|iv|v|vi{0,3}|ix|x|[0-9]{1,2}")
_NOT_HEADINGS = _set(
    "ketut kadek anggita anggia anggun anggara agamawati budaya kasih cinta sayang permata"
)
"""Names near to words of the tables."""

_TOKEN = re.compile(r"[^\W_]+|[&/+]")
_JOINED = (
    (re.compile(r"\bpen?anggung\s*-?\s*jawab\b"), "penanggungjawab"),
    (re.compile(r"\bpembina(?:an)?\s+lingkungan\b"), "pembinaanlingkungan"),
    (re.compile(r"\bkes\.?\s*pro\b"), "kespro"),
    (re.compile(r"\bsos\.?\s*bud\b"), "sosbud"),
    (re.compile(r"\bseksi\s*-\s*seksi\b"), "seksi"),
)

_TO_JOIN = re.compile(r"\b(?:pen?anggung|pembina|kes|sos|seksi)")
_TELLING = frozenset(
    {*_ROLE_WORDS, *_STRONG, *_WEAK, *_INTRO, "penanggung", "penangung", "kes", "sos"}
)
"""Words without one of which nothing is a heading."""


def plain(text: str) -> str:
    """Folded text: lower case, no accents; punctuation stays."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    """The folded words of a text, with ``& / +`` as words of their own."""
    folded = plain(text)
    if _TO_JOIN.search(folded):
        for pattern, word in _JOINED:
            folded = pattern.sub(word, folded)
    return _TOKEN.findall(folded)


def distance(a: str, b: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap neighbours) from ``a`` to ``b``; beyond ``limit``,
    ``limit + 1``.
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return min(last[-1], limit + 1)


@lru_cache(maxsize=4096)
def _likely(word: str) -> str | None:
    """The one word of the tables that this can be a misspelling of."""
    if len(word) < 5 or word in _NOT_HEADINGS:
        return None
    limit = 1 if len(word) < 8 else 2
    found: list[tuple[int, str]] = []
    for known in (*_ROLE_WORDS, *_STRONG):
        if len(known) >= 5 and known[0] == word[0]:
            d = distance(word, known, limit)
            if d <= limit:
                found.append((d, known))
    best = {_meaning(known): known for d, known in found if d == min(found)[0]}
    return next(iter(best.values())) if len(best) == 1 else None


def _meaning(word: str) -> str:
    return _ROLE_WORDS.get(word) or _STRONG[word]


def tells(words: Iterable[str]) -> bool:
    """Whether any of the words as written may belong to a heading."""
    return any(plain(word).strip(".,:;'\"()-/") in _TELLING for word in words)


@lru_cache(maxsize=8192)
def read_heading(text: str, loose: bool = False) -> Heading | None:
    """What a heading names; ``None`` for text that is none.

    Every word must be understood, except after "Seksi", where an unknown section keeps its
    words. ``loose`` reads words by their likeness too.
    """
    if len(text) > 160:
        return None
    words = words_of(text)
    if not words or len(words) > 12 or not (loose or not _TELLING.isdisjoint(words)):
        return None
    roles: list[Role] = []
    strong: list[str] = []
    weak: list[str] = []
    unknown: list[str] = []
    intro = guessed = joined = deputy = False
    after = False  # whether the word before was a post
    for word in words:
        known = word in _ROLE_WORDS or word in _STRONG
        if not known and (intro or loose) and word not in _WEAK and word not in _NEUTRAL:
            likely = None if word in _INTRO or word in _JOINS else _likely(word)
            guessed |= likely is not None
            word = likely or word
        role = _ROLES.get(_ROLE_WORDS.get(word, ""))
        if word in _INTRO:
            intro = True
        elif role is not None and not (intro and roles == [] and word in ("pelindung", "pembina")):
            intro |= word in _WITH_SECTION
            if role.code == "deputy" and not joined:
                deputy = True
            if not after or joined:
                roles.append(role)
            elif deputy and roles[-1].code == "deputy":
                roles[-1] = _deputy_of(role)
            else:
                return None  # "Ketua Anggota": not one post
            after, joined = True, False
            continue
        elif word == "pelindung" or word in _STRONG:
            strong.append(_STRONG.get(word, "perlindungan"))
        elif word in _WEAK:
            weak.append(_WEAK[word])
        elif word in _JOINS:
            joined = True
            continue
        elif _NUMERAL.fullmatch(word):
            if after and roles:
                number = word.upper()
                roles[-1] = roles[-1]._replace(name=f"{roles[-1].name} {number}")
        elif word not in _NEUTRAL and word != "pembina":
            unknown.append(word)
        after = joined = False
    if any(r.name == "Kepala" for r in roles) and not intro:
        return None  # "Kepala Desa", "Kepala Puskesmas": an office
    section, label = _section(strong, weak, intro, bool(roles))
    if unknown:
        known_section = section is not None or label
        if known_section or not intro or len(unknown) > 3 or not _after_intro(words, unknown):
            return None
        label = " ".join(unknown)
    if not roles and section is None and not label:
        return None
    return Heading(_merged(roles), section, _label(text, label), guessed)


def _deputy_of(role: Role) -> Role:
    if role.code in ("secretary", "treasurer"):
        return Role(role.code, f"Wakil {role.name}")
    return Role("deputy", f"Wakil {role.name}")


def _merged(roles: list[Role]) -> tuple[Role, ...]:
    """Words for one kind of post joined ("Pelindung/Penanggung Jawab") are one post."""
    found: list[Role] = []
    for role in roles:
        same = next((i for i, r in enumerate(found) if r.code == role.code), None)
        if same is None:
            found.append(role)
        elif role.name not in found[same].name:
            found[same] = Role(role.code, f"{found[same].name}/{role.name}")
    return tuple(found)


def _section(
    strong: list[str], weak: list[str], intro: bool, has_role: bool
) -> tuple[str | None, str]:
    """Section and, where the words name several, a label."""
    if strong:
        return (strong[0], "") if len(set(strong)) == 1 else (None, "?")
    if len(set(weak)) == 1 and (intro or has_role or len(weak) > 1):
        return weak[0], ""
    return None, "?" if weak and intro else ""


def _after_intro(words: list[str], unknown: list[str]) -> bool:
    intros = [i for i, w in enumerate(words) if w in _INTRO]
    return bool(intros) and words.index(unknown[0]) > intros[0]


def _label(text: str, label: str) -> str:
    """The words after "Seksi", as written."""
    if not label:
        return ""
    parts = re.split(r"\b(?:seksi|sie|bidang|bid|divisi|div|fungsi)\b\.?", text, flags=re.I)
    return " ".join(parts[-1].strip(" :-–—.*").split()).title()


def only_intro(text: str) -> bool:
    """Whether text only announces sections: "Seksi-seksi", "Bidang"."""
    words = words_of(text)
    return bool(words) and all(word in _INTRO for word in words)


def section_of(text: str) -> str | None:
    """The section that a cell of a column "Seksi" names."""
    found = read_heading(f"Seksi {text}", True)
    return found.section if found else None


# -- people and where they come from -----------------------------------------------------------

HONORIFICS: dict[str, tuple[str, str | None]] = {
    "bu": ("Bu", "female"), "ibu": ("Ibu", "female"), "ny": ("Ny.", "female"),
    "nyonya": ("Ny.", "female"), "sdri": ("Sdri.", "female"), "saudari": ("Sdri.", "female"),
    "mbak": ("Mbak", "female"), "mba": ("Mbak", "female"), "mbk": ("Mbak", "female"),
    "nn": ("Nn.", "female"), "bunda": ("Bunda", "female"), "mpok": ("Mpok", "female"),
    "mrs": ("Mrs.", "female"), "ms": ("Ms.", "female"), "pak": ("Pak", "male"),
    "bapak": ("Bapak", "male"), "bpk": ("Bapak", "male"), "bp": ("Bapak", "male"),
    "bpak": ("Bapak", "male"), "tn": ("Tn.", "male"), "tuan": ("Tn.", "male"),
    "sdr": ("Sdr.", "male"), "saudara": ("Sdr.", "male"), "mas": ("Mas", "male"),
    "bang": ("Bang", "male"), "abang": ("Bang", "male"), "kang": ("Kang", "male"),
    "mr": ("Mr.", "male"), "kak": ("Kak", None), "kakak": ("Kak", None),
}  # fmt: skip
"""Forms of address, kept apart from the name, and the sex that they tell."""

TITLES: dict[str, str | None] = {
    "hj": "female", "hajjah": "female", "ustadzah": "female", "ustazah": "female",
    "ustzh": "female", "dra": "female", "nyai": "female",
    "h": "male", "haji": "male", "ustadz": "male", "ustad": "male", "ustaz": "male",
    "ust": "male", "drs": "male", "kh": "male", "kyai": "male", "kiai": "male",
    "dr": None, "drg": None, "ir": None, "prof": None, "pdt": None, "romo": "male",
    "kapt": None, "serka": None, "serma": None, "sertu": None, "aiptu": None, "aipda": None,
    "bripka": None, "ipda": None, "iptu": None, "peltu": None, "pelda": None, "kopda": None,
}  # fmt: skip
"""Titles before a name, part of it, and the sex that they tell."""

DEGREES = _set(
    "se sh st sp ss si spd spdi spdaud spsi skom ssos sag sip sikom skep ners skm sst sstp stp "
    "strkeb strkes sgz sfarm apt sked skeb sked sei sak sab sap sadm sie shi sthi sfil shum "
    "sptk ssi stp spi spt shut sarch sked spdk skh drh mm msi mpd mpdi mkes mkep mkeb mh mhum "
    "mt ma mag mba msc mkom mikom map mak mpsi meng mep mmkes mars mph amd amdkeb amdkep "
    "amk amkeb akmd bsc ba bba lc phd dipl cn cpa sp1 spa spog spb spm spkk spok bcip"
)
"""Degrees after a name, without their dots."""

# Words of an office, an organisation or a role there → the sector that it tells.
_PLACES = _table({
    "pemerintah":
        "lurah kelurahan desa kades sekdes seklur camat kecamatan puskesmas pustu dinas sudin "
        "sudis suku pkb plkb bkkbn dppkb dppkbp3a dppapp dpppapp dp3ap2kb kemendukbangga kua "
        "polsek polri polres koramil babinsa babinkamtibmas bhabinkamtibmas satpol walikota "
        "bupati pemda pemkot pemkab pemprov upt uptd bpd bidan perawat sdn smpn sman kasatpel "
        "satpel kasi kasie kaur kadus kesra ekbang pemerintahan penyuluh kantor kapolsek danramil "
        "kapuskesmas pemdes sanitarian",
    "swasta":
        "pt cv ud bank toko warung klinik apotek perusahaan pengusaha koperasi bumn csr "
        "minimarket restoran swasta wirausaha",
    "lembaga":
        "pkk tp karang dkm masjid mushola musholla gereja yayasan lsm ngo majelis taklim "
        "mt mui nu muhammadiyah fatayat muslimat aisyiyah paud tk sd smp sma smk mi mts madrasah "
        "lpm lmk lpmk fkdm forum rptra ormas pramuka universitas kampus sekolah pesantren rumah "
        "sigap posbindu lembaga gapoktan",
    "warga":
        "rt rw kader posyandu dasawisma dawis jumantik warga tokoh ppkbd subppkbd bkb bkr bkl "
        "pikr pik poktan tpk pendamping guru dokter pensiunan irt mahasiswa pemuda",
})  # fmt: skip
_SHORT = frozenset(w for w in _PLACES if len(w) <= 2) | {"ngo"}
"""Read as an organisation only in capitals: "PT", not "Pt"."""
_OFFICES = _set(
    "lurah kades camat kepala kapolsek danramil babinsa bhabinkamtibmas babinkamtibmas pkb plkb "
    "sekdes seklur kadus kasatpel kapuskesmas ppkbd"
)
HEADED = _set("ketua wakil sekretaris bendahara anggota kepala pengurus perwakilan")


def is_place(word: str) -> bool:
    """Whether a word as written is of an office, an organisation or a role there."""
    bare = plain(word).strip(".,:;'\"()-/")
    if bare in _SHORT and bare not in ("rt", "rw"):
        return word.strip(".,:;'\"()-/").isupper()
    return bare in _PLACES or bare in _OFFICES


def is_office(words: Iterable[str]) -> bool:
    """Whether words as written name an office and no person: "Lurah Melati", "Ketua RW 03"."""
    listed = list(words)
    if not listed:
        return False
    first = plain(listed[0]).strip(".,:;'\"()-/")
    if first in HEADED:
        return len(listed) > 1 and (is_place(listed[1]) or first in ("kepala", "perwakilan"))
    return is_place(listed[0])


def sector_of(*texts: str) -> str | None:
    """The sector that the words for an organisation or office tell, if they tell one."""
    for text in texts:
        found = {_PLACES[w] for w in words_of(text) if w in _PLACES and not _common(w, text)}
        for sector in ("pemerintah", "swasta", "lembaga", "warga"):
            if sector in found and not (sector == "pemerintah" and "pkk" in words_of(text)):
                return sector
    return None


def _common(word: str, text: str) -> bool:
    """Whether a short word stands there in small letters, and so is not the abbreviation."""
    return word in _SHORT and word not in ("rt", "rw") and word.upper() not in text


def read_sex(text: str) -> str | None:
    """What a column "L/P" holds, as a code of ``actors.sex``."""
    return _SEX.get("".join(words_of(text)))


_SEX = _table({
    "male": "l lk lakilaki laki pria cowok male m",
    "female": "p pr perempuan wanita cewek female f",
})  # fmt: skip


# -- what is no person --------------------------------------------------------------------------

TITLE_WORDS = _set(
    "susunan struktur daftar pengurus kepengurusan data nama pokja kelompok kampung periode "
    "masa tahun sk surat keputusan nomor no lampiran kelurahan desa kecamatan kabupaten kota "
    "provinsi dusun list tim bagian rekap organisasi pembentukan"
)
"""Words that a title begins with."""

NOT_NAMES = _set(
    "yang untuk akan mohon silakan silahkan tolong harap besok kemarin ini itu nanti tanggal "
    "jam pukul rapat undangan assalamualaikum assalamu alaikum waalaikumsalam wassalamualaikum "
    "pagi siang sore malam terima terimakasih makasih hadir izin ijin dengan adalah kami kita "
    "saya semua seluruh para sudah belum tidak bisa juga kepada dari agar supaya karena jika "
    "kalau bila atau oleh pada dalam tentang berikut demikian sebagai tersebut bismillah "
    "alhamdulillah innalillahi ttd mengetahui siap ok oke okay noted iya ya baik mantap monggo "
    "kegiatan acara agenda waktu tempat lokasi anggaran dana snack program laporan pertemuan "
    "pembukaan penutup penutupan sambutan doa lain lainnya catatan orang jumlah total wr wb "
    "bapak-ibu ibu-ibu bapak-bapak sampaikan disampaikan info informasi pengumuman perhatian "
    "merangkap rangkap kerja revisi ralat senin selasa rabu kamis jumat sabtu minggu usul "
    "usulan setuju disetujui is are was the this that with for please thanks you will not"
)
"""Words that stand in sentences and in no name."""

GREETING = re.compile(
    r"(?:wa?s+)?a+s+al+am+u|waalaikum|terima ?kasih|makasih|bismillah|alhamdulillah|yth\b|hall?o\b"
    r"|hai\b|ok(?:e|ay)?\b|noted|siap\b|selamat (?:pagi|siang|sore|malam|datang)"
    r"|salam (?:sejahtera|sehat|hormat|silaturahmi)|hormat kami|a+mi+n$"
)
"""How greetings begin, folded; not "Salam" and "Selamat" alone, which are names."""
NOT_ABOUT_PEOPLE = _set(
    "tempat waktu hari tanggal tgl jam pukul acara agenda catatan nb ps note hal perihal lokasi "
    "link zoom biaya jumlah total keterangan lampiran tembusan nomor no tema pembahasan "
    "kegiatan periode sekretariat email website http https titik maps dresscode"
)
"""Words before a colon that say a line is about something else."""

LABELS = _table({
    "name": "nama name namalengkap",
    "post": "jabatan posisi post position kedudukan tugas",
    "section": "seksi bidang section",
    "phone": "hp nohp wa nowa telp telpon telepon tlp phone handphone whatsapp kontak nomorhp",
    "area": "rt rw rtrw alamat address domisili",
    "sex": "jk lp jeniskelamin kelamin sex gender",
    "organization": "lembaga instansi unsur organisasi utusan perwakilan asal organization "
                    "organisation",
})  # fmt: skip
"""What a word before a colon says of the person, in forms filled in line by line."""
