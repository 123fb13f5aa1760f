"""Lists as secretaries paste them. All people are made up."""

from __future__ import annotations

import subprocess
import sys

import pytest
from people_list_strategies import accounted, posts

from satuhati.formats.people_headings import read_heading
from satuhati.formats.people_list import PastedPerson, read_people_text
from satuhati.formats.people_marks import masked_phone, normal_phone, read_area
from satuhati.framework import SECTIONS
from satuhati.text import LANGUAGES


def one(text: str) -> PastedPerson:
    (person,) = read_people_text(text).people
    return person


FULL = """\
*SUSUNAN PENGURUS POKJA KAMPUNG KB MELATI*
_Periode 2025 - 2027_

Pelindung : Lurah Melati
Penasehat :
1. Ketua TP PKK Kelurahan
2. PKB Kelurahan

Ketua : Bpk. H. Bayu Contoh, S.Pd
Wakil Ketua : Ibu Melati Misal
Sekretaris : 1. Kenanga Umpama
             2. Seroja Rekaan
Bendahara – Ibu Hj. Dahlia Andai

SEKSI-SEKSI :
1. Seksi Keagamaan
   - Ust. Guntur Teladan (Koordinator)
   - Ibu Embun
2. Seksi Sosial Budaya
   Koordinator : Pak Bahari
   Anggota : 1. Bu Lestari
             2. Bu Puspita
3. Sie. Cinta Kasih : Bu Mentari, Pak Langit
Seksi Ekonomi (Ketua: Bu Sekar; Anggota: Bu Jelita, Bu Arum)
Seksi Pembinaan Lingkungan:
1️⃣ Pak Jati 0812-3456-7890 RT 03/RW 05
2️⃣ Bu Intan (Puskesmas)
3️⃣ Bu Kirana Contoh, S.Kep, Ners (TP PKK) +62 813 1111 2222
Mohon dicek ya bapak ibu 🙏
"""


def test_a_whole_list() -> None:
    found = accounted(FULL)
    assert posts(found) == [
        ("Lurah Melati", "patron", None),
        ("Ketua TP PKK Kelurahan", "advisor", None),
        ("PKB Kelurahan", "advisor", None),
        ("Bapak H. Bayu Contoh, S.Pd", "chair", None),
        ("Ibu Melati Misal", "deputy_chair", None),
        ("Kenanga Umpama", "secretary", None),
        ("Seroja Rekaan", "secretary", None),
        ("Ibu Hj. Dahlia Andai", "treasurer", None),
        ("Ust. Guntur Teladan", "section_head", "keagamaan"),
        ("Ibu Embun", "section_member", "keagamaan"),
        ("Pak Bahari", "section_head", "sosial_budaya"),
        ("Bu Lestari", "section_member", "sosial_budaya"),
        ("Bu Puspita", "section_member", "sosial_budaya"),
        ("Bu Mentari", "section_member", "cinta_kasih"),
        ("Pak Langit", "section_member", "cinta_kasih"),
        ("Bu Sekar", "section_head", "ekonomi"),
        ("Bu Jelita", "section_member", "ekonomi"),
        ("Bu Arum", "section_member", "ekonomi"),
        ("Pak Jati", "section_member", "lingkungan"),
        ("Bu Intan", "section_member", "lingkungan"),
        ("Bu Kirana Contoh, S.Kep, Ners", "section_member", "lingkungan"),
    ]
    assert {p.called for p in found.people if p.questions} == {
        "Lurah Melati", "Ketua TP PKK Kelurahan", "PKB Kelurahan",
    }  # fmt: skip
    assert all(p.questions == ("name",) for p in found.people if p.questions)
    assert found.headless == ("cinta_kasih", "lingkungan")
    assert [(line.line, line.why and line.why.code) for line in found.ignored] == [
        (29, "line_sentence")
    ]
    jati, intan, kirana = found.people[-3:]
    assert (jati.phone, jati.rt, jati.rw) == ("+6281234567890", "03", "05")
    assert (intan.organization, intan.sector) == ("Puskesmas", "pemerintah")
    assert (kirana.organization, kirana.sector, kirana.sex) == ("TP PKK", "lembaga", "female")
    assert jati.phone not in repr(jati)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ketua : Pak Bayu", [("Pak Bayu", "chair", None)]),
        ("Ketua: Bayu Contoh, S.Pd., M.Si", [("Bayu Contoh, S.Pd., M.Si", "chair", None)]),
        ("Bendahara – Ibu Sekar", [("Ibu Sekar", "treasurer", None)]),
        ("Ketua-Bayu Contoh", [("Bayu Contoh", "chair", None)]),
        ("*Ketua* ........ Bayu Contoh", [("Bayu Contoh", "chair", None)]),
        ("Ketua → Bayu", [("Bayu", "chair", None)]),
        ("Ketua Pak Bayu", [("Pak Bayu", "chair", None)]),
        ("Bayu Contoh - Ketua", [("Bayu Contoh", "chair", None)]),
        ("Bayu Contoh (Ketua)", [("Bayu Contoh", "chair", None)]),
        ("Bayu Contoh, Ketua", [("Bayu Contoh", "chair", None)]),
        ("Bayu Contoh: Ketua", [("Bayu Contoh", "chair", None)]),
        ("Pak Bayu ketua", [("Pak Bayu", "chair", None)]),
        ("1. Ketua : Bayu\n2. Wakil : Sekar", [
            ("Bayu", "chair", None), ("Sekar", "deputy_chair", None)]),
        ("a. Ketua: Bayu\nb. Sekretaris: Sekar", [
            ("Bayu", "chair", None), ("Sekar", "secretary", None)]),
        ("I. Pelindung\nPak Bayu\nII. Penasihat\nBu Sekar", [
            ("Pak Bayu", "patron", None), ("Bu Sekar", "advisor", None)]),
        ("Pelindung/Penanggung jawab: Pak Bayu", [("Pak Bayu", "patron", None)]),
        ("Sekretaris & Bendahara: Bu Sekar", [
            ("Bu Sekar", "secretary", None), ("Bu Sekar", "treasurer", None)]),
        ("Sekertaris: Bu Sekar", [("Bu Sekar", "secretary", None)]),
        ("Bendharaa: Bu Sekar", [("Bu Sekar", "treasurer", None)]),
        ("Wakil Sekretaris: Bu Sekar", [("Bu Sekar", "secretary", None)]),
        ("Anggota: Bu Sekar dan Pak Bayu", [
            ("Bu Sekar", "member", None), ("Pak Bayu", "member", None)]),
        ("Seksi Ekonomi: Bu Yuni, Pak Bayu", [
            ("Bu Yuni", "section_member", "ekonomi"), ("Pak Bayu", "section_member", "ekonomi")]),
        ("SEKSI EKONOMI\n• Bu Yuni\n• Pak Bayu", [
            ("Bu Yuni", "section_member", "ekonomi"), ("Pak Bayu", "section_member", "ekonomi")]),
        ("Seksi 3: Ekonomi\nBu Yuni", [("Bu Yuni", "section_member", "ekonomi")]),
        ("Seksi Ekonmi\nBu Yuni", [("Bu Yuni", "section_member", "ekonomi")]),
        ("Seksi Ekonomi\nKetua: Bu Yuni\nPak Bayu\n- Bu Sekar", [
            ("Bu Yuni", "section_head", "ekonomi"), ("Pak Bayu", "section_member", "ekonomi"),
            ("Bu Sekar", "section_member", "ekonomi")]),
        ("Ketua: A. Bayu\nSeksi Agama\nKetua: Bu Yuni", [
            ("A. Bayu", "chair", None), ("Bu Yuni", "section_head", "keagamaan")]),
        ("Koord. Sie Kespro : Bu Yuni", [("Bu Yuni", "section_head", "reproduksi")]),
        ("Kasi Ekonomi: Bu Yuni", [("Bu Yuni", "section_head", "ekonomi")]),
        ("Bu Yuni, seksi ekonomi", [("Bu Yuni", "section_member", "ekonomi")]),
        ("Ketua: Pak Bayu, Sekretaris: Bu Sekar", [
            ("Pak Bayu", "chair", None), ("Bu Sekar", "secretary", None)]),
        ("[12/03/26 19.22] Bu Sari: Ketua: Pak Bayu", [("Pak Bayu", "chair", None)]),
        ("[12/3/2026, 19:22:05] Bu Sari: Ketua: Pak Bayu", [("Pak Bayu", "chair", None)]),
        ("12/03/26 19.22 - +62 812-3333-4444: Ketua: Pak Bayu", [("Pak Bayu", "chair", None)]),
        ("[19.22, 12/3/2026] Bu Sari: Ketua: Pak Bayu", [("Pak Bayu", "chair", None)]),
        ("\u200e\u202aKetua\u202c:\u00a0Pak\u200b Bayu 🙏", [("Pak Bayu", "chair", None)]),
        ("𝗞𝗲𝘁𝘂𝗮: Pak Bayu", [("Pak Bayu", "chair", None)]),
        ("Ketua: “Bayu” Contoh", [("Bayu Contoh", "chair", None)]),
        ("No\tNama\tJabatan\n1\tBayu Contoh\tKetua\n2\tSekar\tAnggota Seksi Ekonomi", [
            ("Bayu Contoh", "chair", None), ("Sekar", "section_member", "ekonomi")]),
        ("| Bayu Contoh | Ketua |", [("Bayu Contoh", "chair", None)]),
        ("Nama: BAYU CONTOH\nJabatan: Ketua", [("Bayu Contoh", "chair", None)]),
        ("Anggota: Jati, Bayu, dan Arum", [
            ("Jati", "member", None), ("Bayu", "member", None), ("Arum", "member", None)]),
        ("Seksi Ekonomi: Bu Yuni\nKetua Umum: Pak Bayu", [
            ("Bu Yuni", "section_member", "ekonomi"), ("Pak Bayu", "chair", None)]),
        ("Ketua I: Bu Yuni\nKetua II: Pak Bayu", [
            ("Bu Yuni", "chair", None), ("Pak Bayu", "chair", None)]),
        ("Seksi Ekonomi (UPPKA) : Bu Yuni", [("Bu Yuni", "section_member", "ekonomi")]),
        ("Seksi Ekonomi (Bu Yuni)\nPak Jati", [
            ("Bu Yuni", "section_member", "ekonomi"), ("Pak Jati", "section_member", "ekonomi")]),
        ("Seksi Cinta-Kasih: Yuni", [("Yuni", "section_member", "cinta_kasih")]),
        ("ANGGOTA SEKSI\nSeksi Ekonomi\nKetua: Yuni", [("Yuni", "section_head", "ekonomi")]),
        ("anggota:\npak rt 03", [("Pak RT 03", "member", None)]),
        ("Ketua\t:\tBayu\nSeksi Agama\t:\t1. Jati\n\t\t2. Arum", [
            ("Bayu", "chair", None), ("Jati", "section_member", "keagamaan"),
            ("Arum", "section_member", "keagamaan")]),
        ("Chair: Bayu\nEconomy section\nSekar", [
            ("Bayu", "chair", None), ("Sekar", "section_member", "ekonomi")]),
    ],
)  # fmt: skip
def test_styles(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert posts(accounted(text)) == expected


@pytest.mark.parametrize(
    ("written", "section"),
    [
        ("Keagamaan", "keagamaan"), ("Agama", "keagamaan"), ("kerohanian", "keagamaan"),
        ("Sosial Budaya", "sosial_budaya"), ("Sosbud", "sosial_budaya"),
        ("Sosial dan Budaya", "sosial_budaya"), ("Budaya", "sosial_budaya"),
        ("Cinta Kasih", "cinta_kasih"), ("Kasih Sayang", "cinta_kasih"),
        ("Cinta & Kasih Sayang", "cinta_kasih"), ("Perlindungan", "perlindungan"),
        ("Pelindungan", "perlindungan"), ("Perlindungan Anak", "perlindungan"),
        ("Reproduksi", "reproduksi"), ("Kesehatan Reproduksi", "reproduksi"),
        ("KB Kesehatan Reproduksi", "reproduksi"), ("kes. pro", "reproduksi"),
        ("Sosialisasi dan Pendidikan", "sosialisasi_pendidikan"),
        ("Sosialisasi Pendidikan", "sosialisasi_pendidikan"),
        ("Pendidikan", "sosialisasi_pendidikan"), ("Sosialiasi", "sosialisasi_pendidikan"),
        ("Ekonomi Keluarga", "ekonomi"), ("Ekonomi", "ekonomi"), ("Perekonomian", "ekonomi"),
        ("Pembinaan Lingkungan", "lingkungan"), ("Pembina Lingkungan", "lingkungan"),
        ("Lingkungan Hidup", "lingkungan"), ("Pembinan Lingkugan", "lingkungan"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("before", ["Seksi ", "SIE. ", "Bidang ", "Ketua Seksi ", "8. Seksi "])
def test_sections_as_people_call_them(before: str, written: str, section: str) -> None:
    assert posts(accounted(f"{before}{written}:\nBu Yuni"))[0][2] == section


@pytest.mark.parametrize("code", SECTIONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_labels_of_the_framework_name_their_sections(code: str, lang: str) -> None:
    heading = read_heading(getattr(SECTIONS[code].label, lang))
    assert heading is not None
    assert (heading.section, heading.guessed) == (code, False)


@pytest.mark.parametrize(
    ("text", "name", "honorific", "sex"),
    [
        ("Bu Sekar", "Sekar", "Bu", "female"),
        ("IBU SEKAR ARUM", "Sekar Arum", "Ibu", "female"),
        ("bpk. bayu", "Bayu", "Bapak", "male"),
        ("Bpk/Ibu Sekar", "Sekar", "", None),
        ("Hj. Sekar", "Hj. Sekar", "", "female"),
        ("H. Bayu", "H. Bayu", "", "male"),
        ("H.Bayu Contoh", "H. Bayu Contoh", "", "male"),
        ("Pak Haji Bayu", "Haji Bayu", "Pak", "male"),
        ("dr. Sekar", "dr. Sekar", "", None),
        ("Dra. Sekar, M.Si", "Dra. Sekar, M.Si", "", "female"),
        ("Sekar, S.Pd", "Sekar, S.Pd", "", None),
        ("Sekar, S. Pd", "Sekar, S.Pd", "", None),
        ("A. Bayu", "A. Bayu", "", None),
        ("Ma’ruf", "Ma'ruf", "", None),
        ("MA'RUF BAYU", "Ma'ruf Bayu", "", None),
        ("Sri Al-Embun", "Sri Al-Embun", "", None),
        ("Kak Sekar", "Sekar", "Kak", None),
        ("Bu Sekar (P)", "Sekar", "Bu", "female"),
        ("Ketut", "Ketut", "", None),
        ("Anggita Sekar", "Anggita Sekar", "", None),
        ("Hari Salam", "Hari Salam", "", None),
        ("José Ñandú", "José Ñandú", "", None),
    ],
)
def test_names_titles_and_sex(text: str, name: str, honorific: str, sex: str | None) -> None:
    person = one(f"Anggota:\n- {text}")
    assert (person.name, person.honorific, person.sex) == (name, honorific, sex)


@pytest.mark.parametrize(
    ("text", "organization", "sector", "rt", "rw"),
    [
        ("Bu Sekar (Puskesmas)", "Puskesmas", "pemerintah", "", ""),
        ("Bu Sekar (TP PKK)", "TP PKK", "lembaga", "", ""),
        ("Bu Sekar - PT Umpama Logistik", "PT Umpama Logistik", "swasta", "", ""),
        ("Bu Sekar, Kader RW 05", "Kader RW 05", "pokja", "", "05"),
        ("Bu Sekar Puskesmas Misal", "Puskesmas Misal", "pemerintah", "", ""),
        ("Ketua RT 03 Pak Bayu", "Ketua RT 03", "pokja", "03", ""),
        ("Bidan Sekar", "Bidan", "pemerintah", "", ""),
        ("Lurah Misal (Bpk. Bayu)", "Lurah Misal", "pemerintah", "", ""),
        ("Bu Sekar RT 3/5", "", "pokja", "03", "05"),
        ("Bu Sekar RT.003 RW.005", "", "pokja", "03", "05"),
        ("Bu Sekar [RT/RW 03/05]", "", "pokja", "03", "05"),
    ],
)
def test_where_people_come_from(
    text: str, organization: str, sector: str, rt: str, rw: str
) -> None:
    person = one(f"Anggota:\n{text}")
    assert person.name in ("Sekar", "Bayu")
    found = (person.organization, person.sector, person.rt, person.rw)
    assert found == (organization, sector, rt, rw)


def test_an_area_may_stand_above_people() -> None:
    found = accounted("RW 05:\n- Bu Sekar\n- Bu Arum\n\nRW 06\n- Pak Jati")
    assert [p.rw for p in found.people] == ["05", "05", "06"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("62812.3456.7890", "+6281234567890"),
        ("(021) 8712 3456", "+622187123456"),
        ("81234567890", "+6281234567890"),
        ("+65 9123 4567", "+6591234567"),
        ("12-03-2026", ""), ("2025 - 2027", ""), ("12345", ""), ("", ""),
    ],
)  # fmt: skip
def test_telephone_numbers(text: str, expected: str) -> None:
    assert normal_phone(text) == expected
    assert masked_phone(expected) != expected or not expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("RT 03/RW 05", ("03", "05")), ("rt3 rw5", ("03", "05")), ("RT 003/005", ("03", "05")),
     ("RW 05", ("", "05")), ("RW.05/RT.03", ("03", "05")), ("Jalan Mawar 3", ("", ""))],
)  # fmt: skip
def test_rt_and_rw(text: str, expected: tuple[str, str]) -> None:
    assert read_area(text) == expected


def test_one_person_with_two_posts() -> None:
    found = accounted("Ketua: Bu Sekar Contoh\nSeksi Ekonomi: Sekar Contoh, Bu Arum")
    assert posts(found) == [
        ("Bu Sekar Contoh", "chair", None),
        ("Bu Sekar Contoh", "section_member", "ekonomi"),
        ("Bu Arum", "section_member", "ekonomi"),
    ]
    assert found.people[0].lines == (1, 2)
    assert found.people[0].questions == ()
    assert [d.code for d in found.doubts] == ["people_repeated"]


def test_a_single_name_in_two_places_is_asked() -> None:
    assert one("Ketua: Sekar\nSeksi Ekonomi: Sekar").questions == ("same",)


@pytest.mark.parametrize(
    "text",
    ["Anggota:\nBu Sekar 08123456789\nBu Sekar 08223456789", "Anggota:\nBu Bayu\nPak Bayu",
     "Anggota:\nBu Sekar RW 01\nBu Sekar RW 02"],
)  # fmt: skip
def test_one_name_of_two_people(text: str) -> None:
    assert len(accounted(text).people) == 2


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("- Bu Sekar", ("post",)),
        ("Anggota: Pak RT 04", ("name",)),
        ("Humas: Bu Sekar", ("post",)),
        ("Seksi Humas: Bu Sekar", ("section",)),
        ("Seksi Sosial Ekonomi: Bu Sekar", ("section",)),
        ("Sekretaeis: Bu Sekar", ("post",)),
        ("Anggota:\nBu Sekar (Kampung Misal)", ("organization",)),
        ("Ketua: Bu Sekar ?", ("name",)),
    ],
)
def test_only_what_cannot_be_told_is_asked(text: str, questions: tuple[str, ...]) -> None:
    assert one(text).questions == questions


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Assalamualaikum bapak ibu semua", "line_greeting"),
        ("Selamat pagi", "line_greeting"),
        ("==========", "line_marks"),
        ("🙏🙏", "line_marks"),
        ("\u200b", "line_marks"),
        ("3.", "line_empty_item"),
        ("Rapat berjalan lancar dan akan dilanjutkan besok", "line_sentence"),
        ("12/03/26 19.26 - Bu Wati bergabung menggunakan tautan undangan", "line_chat"),
        ("[12/03/26 19.26] Bu Wati: <Media tidak disertakan>", "line_chat"),
        ("Tempat: Balai Warga", "line_other_matter"),
        ("the quick brown fox", "line_sentence"),
        ("x" * 10_001, "line_too_long"),
        ("12345 67", "line_no_name"),
    ],
)
def test_lines_that_are_no_people(text: str, code: str) -> None:
    found = accounted(text)
    assert found.people == ()
    assert [line.why and line.why.code for line in found.ignored] == [code]
    assert [d.code for d in found.doubts] == ["people_none"]


def test_nothing_pasted() -> None:
    for text in ("", "\n \n"):
        found = read_people_text(text)
        assert (found.people, found.headings, found.ignored) == ((), (), ())
        assert [d.code for d in found.doubts] == ["people_nothing"]


def test_vacant_posts_and_identity_numbers_are_said() -> None:
    found = accounted(
        "Bendahara: -\nKetua:\nSekretaris: Bu Sekar 3175091234560001\nSeksi Ekonomi\nAnggota:"
    )
    assert [(d.code, d.fields.get("line")) for d in found.doubts] == [
        ("people_post_vacant", 1), ("people_post_vacant", 2), ("people_id_number", None),
        ("people_post_vacant", 4),
    ]  # fmt: skip
    assert "3175" not in repr(found.people)


def test_a_form_filled_in_line_by_line() -> None:
    person = one(
        "Nama : sekar contoh\nJabatan : Ketua\nHP : 0812 3456 7890\nAlamat : RT 03/05\n"
        "Instansi: Puskesmas Misal\nJK: P"
    )
    assert person.lines == (1, 2, 3, 4, 5, 6)
    assert (person.name, person.phone, person.rt, person.rw, person.sex, person.organization) == (
        "Sekar Contoh", "+6281234567890", "03", "05", "female", "Puskesmas Misal",
    )  # fmt: skip


def test_web_processes_can_read_lists_without_polars() -> None:
    code = (
        "import satuhati.formats.people_list, satuhati.formats.people_same, "
        "satuhati.formats.people_sheet, sys\n"
        "print(*({'polars', 'numpy', 'scipy', 'openpyxl', 'django'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == ""
