"""Columns of a list of people: by which names they go, and what their cells tell of a person."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache, lru_cache

from satuhati.formats.people_line import VACANT
from satuhati.formats.people_marks import normal_phone, read_area, two_digits
from satuhati.formats.people_name import Found
from satuhati.formats.people_words import plain, read_sex, sector_of, words_of
from satuhati.framework import SECTORS
from satuhati.text import LANGUAGES, translator

_FIELDS: Mapping[str, str] = {
    word: code
    for code, words in {
        "name": "nama name namalengkap namaanggota namapengurus namapeserta namakader namawarga "
                "fullname namaorang",
        "post": "jabatan posisi kedudukan post position namajabatan jabatandalampokja "
                "jabatandipokja jabatanpokja jabatandalamtim nameofthepost",
        "section": "seksi bidang section divisi seksibidang bidangseksi namaseksi",
        "phone": "hp nohp nomorhp wa nowa nomorwa nohpwa hpwa nomorhpwa telepon notelp notelepon "
                 "nomortelepon telp tlp notlp kontak nokontak phone phonenumber telephone mobile "
                 "whatsapp nowhatsapp nohandphone handphone",
        "rt": "rt nort",
        "rw": "rw norw",
        "area": "rtrw alamat alamatrtrw wilayah domisili address",
        "sex": "jk lp jeniskelamin kelamin jeniskelaminlp sex gender",
        "organization": "lembaga instansi unsur organisasi organisasinya asal asallembaga "
                        "asalinstansi utusan perwakilan unsurinstansi unsurlembaga "
                        "lembagainstansi instansilembaga organization organisation institution "
                        "theirorganisation",
        "sector": "sektor sector",
        "start": "mulai mulaimenjabat tmt sejak start tanggalmulai from mulaitanggal",
        "end": "sampai sampaidengan sd berakhir end until tanggalberakhir selesai sampaitanggal",
        "decree": "sk nosk nomorsk decree decreenumber skpengangkatan",
        "note": "keterangan ket catatan note notes remarks",
        "number": "no nomor nourut number nr",
        "id": "nik noktp ktp nokk nonik nomorinduk",
    }.items()
    for word in words.split()
}  # fmt: skip


@lru_cache(maxsize=256)
def field_of(cell: str) -> str | None:
    """What the header of a column says that it holds; ``None`` if it is not known."""
    if len(cell) > 80:
        return None
    bare = re.sub(r"\([^()]*\)", " ", cell)
    key = "".join(w for w in words_of(bare) if w not in ("&", "/", "+", "dan", "atau"))
    if not key:  # a header that is only "(L/P)"
        key = "".join(w for w in words_of(cell) if w != "/")
    return _FIELDS.get(key)


def said(text: str) -> str:
    """A cell's text; nothing for "-" and the like."""
    bare = text.strip(" .:;-–—_")
    return "" if not bare or plain(bare) in VACANT else text.strip()


def add_told(found: Found, text: Mapping[str, str]) -> None:
    phones = said(text.get("phone", ""))
    if phones:
        numbers = [normal_phone(part) for part in re.split(r"[/,;]|\s-\s| dan ", phones)]
        good = [number for number in (normal_phone(phones), *numbers) if number]
        if good:
            found.phone = good[0]
            found.notes += [n for n in good[1:] if n != good[0]]
        else:
            found.notes.append(phones)
            found.unsure.add("phone")
    area = said(text.get("area", ""))
    rt, rw = read_area(area)
    bare = re.fullmatch(r"\s*(\d{1,3})\s*[/\-]\s*(\d{1,3})\s*", area)
    if bare:
        rt, rw = two_digits(bare.group(1)), two_digits(bare.group(2))
    elif area and (rt, rw) == ("", ""):
        found.notes.append(area)
    found.rt = _number(text.get("rt", "")) or rt or found.rt
    found.rw = _number(text.get("rw", "")) or rw or found.rw
    sex = said(text.get("sex", ""))
    if sex:
        told = read_sex(sex)
        found.sex = told or found.sex
        if not told:
            found.notes.append(sex)
            found.unsure.add("sex")
    organization = said(text.get("organization", ""))
    if organization:
        if found.organization and found.organization != organization:
            found.notes.append(found.organization)
        found.organization = organization
        found.unsure.discard("organization")
    note = said(text.get("note", ""))
    if note:
        found.notes.append(note)


def _number(text: str) -> str:
    match = re.search(r"\d{1,3}", text)
    return two_digits(match.group()) if match else ""


def sector_named(text: str) -> str | None:
    folded = plain(text.strip())
    for code, term in SECTORS.items():
        if folded in (code, *(plain(label) for label in term.label)):
            return code
    return sector_of(text)


@cache
def _months() -> Mapping[str, int]:
    names: dict[str, int] = {}
    for lang in LANGUAGES:
        for month in range(1, 13):
            word = plain(translator(lang).month(dt.date(2000, month, 1)).split()[0])
            names[word] = names[word[:3]] = month
    return names


def date_in_words(text: str) -> dt.date | None:
    """ "1 Januari 2025"; raises ``ValueError`` for a day that the month does not have."""
    match = re.fullmatch(r"(\d{1,2})[\s-]+([^\W\d_]+)[\s-]+(\d{4})", text.strip())
    month = _months().get(plain(match.group(2))) if match else None
    if not match or month is None:
        return None
    return dt.date(int(match.group(3)), month, int(match.group(1)))
