"""The words around people's names: offices, honorifics, titles, degrees, and what is no name.

Words are compared folded: lower case, without accents and punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_]+|[&/+]")
_JOINED = (
    (re.compile(r"\bpen?anggung\s*-?\s*jawab\b"), "penanggungjawab"),
    (re.compile(r"\bpembina(?:an)?\s+lingkungan\b"), "pembinaanlingkungan"),
    (re.compile(r"\bkes\.?\s*pro\b"), "kespro"),
    (re.compile(r"\bsos\.?\s*bud\b"), "sosbud"),
    (re.compile(r"\bseksi\s*-\s*seksi\b"), "seksi"),
)

_TO_JOIN = re.compile(r"\b(?:pen?anggung|pembina|kes|sos|seksi)")


def wordtable(rows: dict[str, str]) -> dict[str, str]:
    """Each word to the code beside which it stands."""
    return {word: code for code, words in rows.items() for word in words.split()}


def wordset(words: str) -> frozenset[str]:
    """Words written in a row."""
    return frozenset(words.split())


def plain(text: str) -> str:
    """Folded text: lower case, no accents; punctuation stays."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


@lru_cache(maxsize=256)  # a line is asked for its words several times over
def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text, with ``& / +`` as words of their own."""
    folded = plain(text)
    if _TO_JOIN.search(folded):
        for pattern, word in _JOINED:
            folded = pattern.sub(word, folded)
    return tuple(_TOKEN.findall(folded))


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

DEGREES = wordset(
    "se sh st sp ss si spd spdi spdaud spsi skom ssos sag sip sikom skep ners skm sst sstp stp "
    "strkeb strkes sgz sfarm apt sked skeb sked sei sak sab sap sadm sie shi sthi sfil shum "
    "sptk ssi stp spi spt shut sarch sked spdk skh drh mm msi mpd mpdi mkes mkep mkeb mh mhum "
    "mt ma mag mba msc mkom mikom map mak mpsi meng mep mmkes mars mph amd amdkeb amdkep "
    "amk amkeb akmd bsc ba bba lc phd dipl cn cpa sp1 spa spog spb spm spkk spok bcip ak"
)
"""Degrees after a name, without their dots."""

# Words of an office, an organisation or a role there → the sector that it tells.
_PLACES = wordtable({
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
        "pikr pik poktan tpk guru dokter pensiunan irt mahasiswa pemuda",
})  # fmt: skip
ABBREVIATIONS = wordset(
    "rt rw pkk tp bpd lmk lpm kua pkb plkb bkkbn ppkbd dkm mui nu paud tk sd sdn smp smpn sma sman "
    "smk upt uptd rptra lsm pt cv ud bkb bkr bkl tpk kb"
)
"""Written in capitals."""
_SHORT = frozenset(w for w in _PLACES if len(w) <= 2) | {"ngo"}
"""Read as an organisation only in capitals: "PT", not "Pt"."""
_OFFICES = wordset(
    "lurah kades camat kepala kapolsek danramil babinsa bhabinkamtibmas babinkamtibmas pkb plkb "
    "sekdes seklur kadus kasatpel kapuskesmas ppkbd"
)
HEADED = wordset("ketua wakil sekretaris bendahara anggota kepala pengurus perwakilan")


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


_SEX = wordtable({
    "male": "l lk lakilaki laki pria cowok male m",
    "female": "p pr perempuan wanita cewek female f",
})  # fmt: skip


# -- what is no person --------------------------------------------------------------------------

TITLE_WORDS = wordset(
    "susunan struktur daftar pengurus kepengurusan data nama pokja kelompok kampung periode "
    "masa tahun sk surat keputusan nomor no lampiran kelurahan desa kecamatan kabupaten kota "
    "provinsi dusun list tim bagian rekap organisasi pembentukan"
)
"""Words that a title begins with."""

NOT_NAMES = wordset(
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
    r"w?as+al+am+u|waalaikum|terima ?kasih|makasih|bismillah|alhamdulillah|yth\b|hall?o\b"
    r"|hai\b|ok(?:e|ay)?\b|noted|siap\b|selamat (?:pagi|siang|sore|malam|datang)"
    r"|salam (?:sejahtera|sehat|hormat|silaturahmi)|hormat kami|a+mi+n$"
)
"""How greetings begin, folded; not "Salam" and "Selamat" alone, which are names."""
NOT_ABOUT_PEOPLE = wordset(
    "tempat waktu hari tanggal tgl jam pukul acara agenda catatan nb ps note hal perihal lokasi "
    "link zoom biaya jumlah total keterangan lampiran tembusan nomor no tema pembahasan "
    "kegiatan periode sekretariat email website http https titik maps dresscode"
)
"""Words before a colon that say a line is about something else."""

LABELS = wordtable({
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
