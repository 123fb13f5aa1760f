"""Sentences about figures: turned where the profile turns, certain only where they are."""

from __future__ import annotations

from typing import Any

import pytest

from satuhati.text import translator
from satuhati.web.results import tables
from satuhati.web.results import words as say
from satuhati.web.results.model_tables import _verdict, factor_correlations
from satuhati.web.results.tables import HIDDEN, Column, Table, doubts

T, EN = translator("id"), translator("en")


def mean(value: float | None, interval: tuple[float, float] | None = None, **more: Any) -> Any:
    return {"scale": "trust_neighbours", "value": value, "interval": interval, "n": 48,
            "census": False, **more}  # fmt: skip


def step(value: float | None, ends: tuple[float, float] | None, **more: Any) -> Any:
    sure = None if ends is None else not ends[0] <= 0 <= ends[1]
    half = None if ends is None else (ends[1] - ends[0]) / 2
    return {"kind": "samples", "value": value, "interval": ends, "sure": sure,
            "detectable": half, "n": None, **more}  # fmt: skip


def pair(value: float, ends: tuple[float, float] | None, **more: Any) -> Any:
    return {"scale": "trust_neighbours", "first": {"population": "pokja"},
            "second": {"population": "warga"}, "difference": step(value, ends), **more}  # fmt: skip


def test_a_card_in_one_line() -> None:
    shown = say.as_shown(mean(62.2, (55.4, 68.8)))
    assert shown is not None
    assert say.card_sentence("rasa memiliki", shown, T) == (
        "rasa memiliki: 62 dari 100, antara 55 dan 69, 48 orang"
    )
    census = say.as_shown(mean(62.2, census=True))
    assert census is not None
    assert say.range_words(census, T) == "48 orang, yaitu semua yang dituju"
    assert say.as_shown(mean(None)) is None


def test_a_scale_that_the_profile_turns_is_turned_with_its_range() -> None:
    shown = say.as_shown(mean(36.0, (29.0, 42.0), scale="refused_unfairly"))
    assert shown is not None
    assert (shown.value, shown.interval) == (64.0, (58.0, 71.0))
    told = say.step_sentence(step(-6.0, (-9.0, -3.0)), "refused_unfairly", T)
    assert told == "Naik 6 angka (antara 3 dan 9): perubahan yang pasti."
    other = say.beside_sentence(pair(-6.0, (-9.0, -3.0), scale="refused_unfairly"), T)
    assert other == "Warga lebih tinggi 6 angka daripada Pokja (antara 3 dan 9)."


def test_researchers_see_a_turned_scale_as_everybody_does() -> None:
    scale = "refused_unfairly"
    facts: Any = {"warnings": [], "n_items": 2, "n": 40, "alpha": 0.7, "alpha_interval": None,
                  "omega_total": None, "omega_hierarchical": None, "items": {}}  # fmt: skip
    one = mean(36.0, (29.0, 42.0), scale=scale, warnings=[], deff=1.0)
    rows = [{"group": "female", "n": 20, "value": 30.0, "interval": [20.0, 40.0]},
            {"group": "male", "n": None, "value": None, "interval": None}]  # fmt: skip
    cor = {scale: {scale: 1.0, "being_heard": -0.4}, "being_heard": {scale: -0.4,
           "being_heard": 1.0}}  # fmt: skip
    payload = {
        "labels": {}, "scales": [{"mean": one, "reliability": facts, "sd": 24.0}],
        "groups": [{"by": "sex", "scale": scale, "rows": rows}], "places": {},
    }  # fmt: skip
    table = tables.reliability(payload, T)[0]
    assert table.rows[0][:6] == [say.scale_word(scale, T), 2, 40, 64.0, (58.0, 71.0), 24.0]
    assert "terbalik" in table.note
    (by_sex,) = tables.groups(payload, T)
    assert by_sex.rows[0][1:] == ["perempuan", 20, 70.0, (60.0, 80.0)]
    assert by_sex.rows[1][1:] == ["laki-laki", HIDDEN, HIDDEN, None]
    (drawn,) = tables.groups(payload, T, scale)
    assert "70,0" in str(drawn.rows[0][-1])
    assert factor_correlations(cor, T).rows[0][1:] == [1.0, 0.4]


def test_a_number_everybody_wrote_has_no_range() -> None:
    item: Any = {"mean": 1.5, "interval": [1.5, 1.5]}
    assert say._number_words(item, T) == "Rata-rata 1,5."
    assert say._number_words({**item, "interval": [1.0, 2.0]}, T) == (
        "Rata-rata 1,5, antara 1,0 dan 2,0."
    )


def test_changes_are_called_certain_only_where_zero_is_outside() -> None:
    assert say.step_sentence(step(4.4, (-0.7, 9.4)), "x", T) == (
        "+4 angka (antara \N{MINUS SIGN}1 dan 9): bukan perubahan yang bisa dipastikan. "
        "Yang kurang dari 5 angka di sini tidak bisa dibedakan dari kebetulan."
    )
    assert say.step_sentence(step(-4.0, (-7.0, -1.0)), "x", T) == (
        "Turun 4 angka (antara 1 dan 7): perubahan yang pasti."
    )
    assert "0,3" in say.step_sentence(step(5.0, (0.3, 9.7)), "x", T), "not nothing"
    assert "orang yang sama" in say.step_sentence(step(4.0, (1.0, 7.0), kind="panel", n=9), "x", T)
    counted = say.step_sentence(step(3.0, None, kind="counted"), "x", T)
    assert counted == "Naik 3 angka, dihitung dari semua orang."
    assert "cara berbeda" in say.step_sentence(step(None, None, kind="frames"), "x", T)
    assert "belum dapat dikatakan" in say.step_sentence(step(3.0, None), "x", T)


def test_populations_are_told_apart_only_where_they_can_be() -> None:
    assert say.beside_sentence(pair(-10.6, (-14.8, -6.2)), T) == (
        "Pokja lebih tinggi 11 angka daripada Warga (antara 6 dan 15)."
    )
    unsure = say.beside_sentence(pair(2.0, (-3.0, 7.0)), T)
    assert "tidak dapat dibedakan dengan pasti" in unsure
    assert say.beside_lead([pair(2.0, (-3.0, 7.0))] * 2, T).startswith("Pada semua 2 skala")
    both = [pair(6.0, (3.0, 9.0)), pair(-6.0, (-9.0, -3.0)), pair(1.0, (-3.0, 5.0))]
    assert say.beside_lead(both, T) == (
        "Dari 3 skala, Pokja pasti lebih tinggi pada 1, Warga pada 1."
    )


def test_many_scales_come_with_a_word_on_chance() -> None:
    found = [{"steps": [step(6.0, (3.0, 9.0))]}, *[{"steps": [step(1.0, (-3.0, 5.0))]}] * 11]
    assert "kebetulan" in say.waves_lead(found, T)
    assert "kebetulan" not in say.waves_lead(found[:4], T)
    assert say.waves_lead([{"steps": [step(1.0, (-3.0, 5.0))]}], T).startswith("Tidak satu pun")


def test_parts_are_named_from_first_to_last() -> None:
    item = {"words": [["1", {"id": "Sangat tidak setuju", "en": "Strongly disagree"}],
                      ["2", {"id": "Tidak setuju", "en": "Disagree"}],
                      ["5", {"id": "Sangat setuju", "en": "Strongly agree"}]]}  # fmt: skip
    assert say.part_word(item, ["1"], T) == "Sangat tidak setuju"
    assert say.part_word(item, ["1", "2"], T) == "Sangat tidak setuju atau tidak setuju"
    assert say.part_word(item, ["1", "2", "3"], EN) == "Strongly disagree to 3"


FITS = {"configural": {"converged": True}, "metric": {"converged": True},
        "scalar": {"converged": True}}  # fmt: skip


@pytest.mark.parametrize(
    ("drops", "warnings", "fits", "word"),
    [
        ((0.002, 0.004), [], FITS, "alike: means may be compared"),
        ((0.02, 0.0), [], FITS, "not alike: compare neither means nor connections"),
        ((None, 0.02), [], FITS, "alike in connections, not in level: do not compare means"),
        ((0.02, 0.02), ["cfa_small_groups"], FITS, "groups too small to judge"),
        ((None, None), [], {**FITS, "scalar": {"converged": False}},
         "no answer: a model did not converge"),
    ],
)  # fmt: skip
def test_groups_are_judged_by_the_fall_of_cfi_and_small_ones_never(
    drops: tuple[float | None, float | None], warnings: list[str], fits: Any, word: str
) -> None:
    found = {"warnings": [{"code": w, "fields": {}} for w in warnings], "fits": fits,
             "cfi_drop": {"metric": drops[0], "scalar": drops[1]}}  # fmt: skip
    assert _verdict(found, EN) == word


def test_cells_in_words_and_in_files() -> None:
    columns = [Column("a", "A", "text"), Column("b", "B"), Column("c", "C", "interval", 1),
               Column("p", "p"), Column("d", "D", "picture")]  # fmt: skip
    table = Table("t", "T", columns, [["x", 0.1234, (1.0, 2.5), 0.00001, None],
                                      ["y", HIDDEN, None, 0.5, None]])  # fmt: skip
    told = [[table.shown(v, c, T) for v, c in zip(row, columns, strict=True)] for row in table.rows]
    assert told == [["x", "0,123", "1,0 \N{EN DASH} 2,5", "< 0,001", ""],
                    ["y", "tidak ditunjukkan", "\N{EN DASH}", "0,500", ""]]  # fmt: skip
    head, rows = table.as_file()
    assert head == ["a", "b", "c_low", "c_high", "p"]
    assert rows == [["x", 0.1234, 1.0, 2.5, 0.00001], ["y", None, None, None, 0.5]]


def test_doubts_are_said_once_and_of_what() -> None:
    one = {"code": "too_few", "fields": {"n": 3, "needed": 5}}
    assert doubts([one, one], T, "Rasa aman") == ["Rasa aman: Belum cukup: 3 dari sekurangnya 5."]
