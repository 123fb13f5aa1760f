"""What the report says: why a verdict, the summary, gaps, mirrors, changes, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
import report_sample as sample

from satuhati.core.profile.results import Cell, Light, OneSourceTest, Voice
from satuhati.reports import narrative as say
from satuhati.text import translator

ID, EN = translator("id"), translator("en")
M = sample.MEASURES


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "–"),
        (0.0, "0"),
        (2.0, "kurang dari 1"),
        (38.0, "4"),
        (45.0, "5"),
        (94.9, "9"),
        (97.0, "lebih dari 9"),
        (100.0, "10"),
    ],
)
def test_tenths_are_honest_at_the_ends(value: float | None, told: str) -> None:
    assert say.tenths(value, ID) == told


def test_a_range_is_told_in_the_unit_of_its_figure() -> None:
    known = sample.piece(
        "acquaintance_density", "warga", value=71.0, raw=7.1, interval=(68.0, 74.0)
    )
    assert say.value_words(known, M, ID) == "7,1 dari sepuluh"
    assert say.own_interval(known, M) == pytest.approx((6.8, 7.4))
    # Placed by anchors that the group chose: what they were is not known here.
    assert say.own_interval(replace(known, value=60.0), M) is None
    for other in (sample.ATTENDANCE, sample.SINGLE.evidence[0]):
        assert say.own_interval(other, M) == other.interval


def test_a_share_is_counts_then_percent_then_range() -> None:
    assert say.sentence(sample.ATTENDANCE, M, ID) == (
        "Rata-rata 4 dari 10 anggota hadir atau diwakili."
    )
    assert say.figure(sample.ATTENDANCE, M, ID) == "38% (82 dari 216). Kisaran 29–47."
    assert say.figure(sample.ATTENDANCE, M, EN) == "38% (82 of 216). Range 29–47."


def test_a_mean_is_a_scale_and_never_a_share_of_people() -> None:
    text = say.figure(sample.SURVEY, M, ID)
    assert text == "Skala 78 dari 100. Kisaran 69–86."
    assert "%" not in text
    assert say.sentence(sample.SURVEY, M, ID) == "17 dari 21 merasa ikut berkepentingan."


def test_a_mean_whose_people_are_hidden_still_speaks() -> None:
    hidden = replace(sample.SURVEY, numerator=None, denominator=None)
    said = say.sentence(hidden, M, ID)
    assert "{" not in said
    assert "skala 78 dari 100" in said


def test_a_count_says_that_it_has_no_range() -> None:
    assert say.figure(sample.RHYTHM, M, ID).endswith("Dihitung, bukan ditaksir: tanpa kisaran.")


def test_no_schedule_is_a_finding_in_words() -> None:
    none = replace(sample.RHYTHM, numerator=None, denominator=None, n=0)
    assert "Belum ada jadwal rapat tetap" in say.sentence(none, M, ID)


def test_field_notes_have_a_direction_and_no_figure() -> None:
    assert say.figure(sample.NOTES, M, ID) == ""
    assert say.sentence(sample.NOTES, M, ID) == (
        "Catatan lapangan campuran. Kutipan: 3 mendukung, 1 campuran, dan 2 berlawanan."
    )


def test_too_few_names_how_many_are_needed() -> None:
    few = sample.TOO_FEW.evidence[0]
    assert say.sentence(few, M, ID) == "Terlalu sedikit: baru 2 dari 3 usulan yang diperlukan."


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (
            sample.CONFLICT,
            "Bertentangan: tinggi menurut survei (78); sedang menurut catatan lapangan "
            "(campuran); rendah menurut catatan kegiatan (38). "
            "Kisaran yang rendah dan yang tinggi terpisah.",
        ),
        (
            sample.AGREE,
            "Sejalan: tinggi menurut survei (76) dan catatan lapangan (mendukung). "
            "Semuanya searah.",
        ),
        (
            sample.PARTLY,
            "Sebagian sejalan: tinggi menurut dokumen (67); sedang menurut catatan kegiatan (43). "
            "Berdekatan, tetapi tidak sama.",
        ),
        (
            sample.SINGLE,
            "Baru satu cara: tinggi menurut survei (71). Hanya survei yang berbicara; belum ada "
            "cara lain yang membenarkan atau membantah.",
        ),
        (
            sample.TOO_FEW,
            "Belum ada bukti: usulan warga diputuskan dan dijawab: terlalu sedikit: baru 2 dari 3 "
            "usulan yang diperlukan.",
        ),
    ],
)
def test_why_a_cell_has_its_verdict(cell: Cell, words: str) -> None:
    assert say.why(cell, M, ID) == words


def test_why_partly_when_ranges_of_low_and_high_overlap() -> None:
    voices = (
        Voice("survey", "survey", "high", 41.0, 82.0),
        Voice("attendance", "behaviour", "low", 20.0, 55.0),
    )
    cell = replace(sample.CONFLICT, convergence="partial agreement", voices=voices)
    assert say.why(cell, M, ID).endswith("tetapi kisarannya bertumpang tindih.")
    split = (*voices, Voice("ties", "network", "split", 10.0, 90.0))
    cell = replace(sample.CONFLICT, convergence="partial agreement", voices=split)
    assert say.why(cell, M, ID).endswith("tidak membenarkan dan tidak membantah.")


def test_field_notes_apart_are_not_said_to_have_ranges() -> None:
    voices = (
        Voice("survey", "survey", "high", 69.0, 86.0),
        Voice("sources", "fieldnotes", "low", 0.0, 40.0),
    )
    cell = replace(sample.CONFLICT, voices=voices)
    assert say.why(cell, M, ID).endswith("Yang rendah dan yang tinggi berseberangan.")


def test_records_are_named_where_one_method_speaks_twice() -> None:
    voices = (
        Voice("attendance", "behaviour", "low", 29.0, 47.0),
        Voice("followups", "behaviour", "high", 61.0, 90.0),
    )
    cell = replace(sample.CONFLICT, convergence="silence", voices=voices)
    text = say.why(cell, M, ID)
    assert "daftar hadir" in text
    assert "daftar tindak lanjut" in text


def test_the_one_source_test_says_what_changes_it() -> None:
    assert say.one_source(sample.CONFLICT, ID) == (
        "Uji satu sumber: bertahan 1 dari 3. Putusan berubah tanpa jawaban survei dan daftar hadir."
    )
    assert say.one_source(sample.AGREE, ID) == "Uji satu sumber: bertahan 2 dari 2."
    assert say.one_source(replace(sample.NOTHING, one_source_test=OneSourceTest(0, 0)), ID) == ""


def test_readings_keep_the_reason_and_the_other_verdict() -> None:
    contested, confirmed = say.readings(sample.CONFLICT, ID)
    assert "“Sebagian sejalan”" in contested
    assert "Jam rapat siang." in contested
    assert confirmed == "Dibenarkan oleh Dua pembaca pada 21 November 2026: Tetap berbeda."


def test_the_summary_says_good_first_and_never_a_total() -> None:
    said = say.summary(sample.FULL, M, ID)
    assert said[0] == (
        "Kebanyakan warga mengenal layanannya. Namun rapat belum punya irama tetap dan sedikit "
        "anggota yang hadir."
    )
    assert said[1] == "Bukti bertentangan tentang komitmen."
    assert said[2].startswith("Kekurangan yang paling pasti: ")
    assert said[3] == (
        "Dari 8 sel yang dilihat, 3 sudah didengar lewat dua cara atau lebih: 1 sejalan, "
        "1 sebagian sejalan, dan 1 bertentangan."
    )
    assert len(said) <= 4


def test_the_summary_of_nothing_is_honest() -> None:
    said = " ".join(say.summary(sample.EMPTY, M, ID))
    assert "belum diketahui" in said
    assert "Kekurangan" not in said


def test_lamps_all_bright_have_no_yet() -> None:
    lights = [Light(n, "bright", None) for n in ("rhythm", "participation", "known")]
    assert "Namun" not in say.lamps_sentence(lights, ID)
    assert say.lamps_sentence([], ID) == ""


def test_one_way_everywhere_cannot_be_confirmed() -> None:
    profile = replace(sample.PROFILE, components=(sample.SINGLE,), functions=())
    assert "masing-masing baru lewat satu cara" in say.verdicts_sentence(profile, ID)
    assert say.verdicts_sentence(profile, EN).startswith("One cell has evidence")
    assert say.verdicts_sentence(sample.EMPTY.profile, ID) == ""


def test_a_gap_is_as_large_as_is_certain() -> None:
    regularity, heard, participation = sample.GAPS
    assert say.gap_figure(participation, ID) == (
        "38, kisaran 29–47: sekurangnya 13 angka di bawah sasaran sementara 60."
    )
    assert say.gap_figure(regularity, ID) == "0: 60 angka di bawah sasaran sementara 60."
    assert "sasaran kelompok" in say.gap_figure(replace(heard, target_is_own=True), ID)
    assert say.gap_voices(participation, ID) == (
        "2 dari 3 catatan berada di bawah sasaran. "
        "Kekurangan ini tetap ada bila satu catatan disisihkan."
    )
    assert say.gap_voices(regularity, ID) == "1 dari 1 catatan berada di bawah sasaran."


def test_a_gap_finds_its_piece() -> None:
    assert say.gap_evidence(sample.GAPS[2], sample.PROFILE) is sample.ATTENDANCE
    assert say.gap_evidence(replace(sample.GAPS[2], value=12.0), sample.PROFILE) is None


def test_gaps_of_knowledge_say_what_is_missing() -> None:
    told = [say.knowledge_sentence(g, M, ID) for g in sample.PROFILE.knowledge_gaps]
    assert "baru 2 dari 3 usulan yang diperlukan" in told[0]
    assert "lebih lebar dari 40 angka" in told[1]
    assert told[2].endswith("belum dicatat.")


def test_the_mirrors_say_which_way_without_blame() -> None:
    more, inside, unmeasured = (say.mirror_sentence(m, M, ID) for m in sample.PROFILE.mirrors)
    assert more.endswith("Perkiraannya lebih tinggi daripada kenyataan.")
    assert inside.endswith("Perkiraan itu berada di dalam kisaran.")
    assert unmeasured == "Pokja memperkirakan 55; belum diukur."
    less = replace(sample.PROFILE.mirrors[0], predicted=10.0, gap=-24.0)
    assert say.mirror_sentence(less, M, ID).endswith(
        "Kenyataannya lebih tinggi daripada perkiraan."
    )


def test_changes_claim_nothing_that_may_be_chance() -> None:
    up, within, alone = (say.change_words(x, ID) for x in sample.PROFILE.changes)
    assert up == "Naik 16 angka; kisarannya terpisah."
    assert within == "Selisih 6 angka; kisarannya tumpang tindih, jadi mungkin kebetulan."
    assert alone == "Belum dapat dibandingkan."
    counted = replace(sample.PROFILE.changes[0], apart=None)
    assert say.change_words(counted, ID) == "Naik 16 angka; tanpa kisaran untuk dibandingkan."
    assert say.change_words(replace(counted, difference=0.0), ID) == "Tetap."


def test_lists_read_as_sentences() -> None:
    assert say.listed([], ID) == ""
    assert say.listed(["a"], ID) == "a"
    assert say.listed(["a", "b"], ID) == "a dan b"
    assert say.listed(["a", "b", "c"], EN) == "a, b, and c"
    assert say.lower_first("RKM") == "RKM"
    assert say.lower_first("Survei") == "survei"
