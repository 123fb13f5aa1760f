"""Doubts about survey models: groups, change, factors."""

from __future__ import annotations

from satuhati.text import Text

MODEL_DOUBTS: dict[str, Text] = {
    # -- averaging to groups -----------------------------------------------------------------
    "aggregate_no_group": Text(
        "{n} orang tanpa kelompok tidak ikut dihitung.",
        "Persons without a group, left out: {n}.",
    ),
    "aggregate_single": Text(
        "{n} kelompok hanya berisi satu orang: kesepakatan di dalamnya tidak ada artinya.",
        "Groups of a single person: {n}. There is no agreement within them to speak of.",
    ),
    "aggregate_small": Text(
        "{n} kelompok berisi kurang dari {needed} orang: tidak ditampilkan satu per satu.",
        "Groups under {needed} persons: {n}. They are not shown one by one.",
    ),
    "aggregate_few_groups": Text(
        "Baru {n} kelompok: perbedaan antarkelompok memerlukan sekurangnya dua.",
        "Groups so far: {n}. Differences between groups need at least two.",
    ),
    "aggregate_no_variance": Text(
        "Tidak ada keragaman, atau tiap kelompok hanya satu orang: ICC dikosongkan.",
        "No variation, or one person in each group: the ICCs are left empty.",
    ),
    "aggregate_icc_negative": Text(
        "Orang sekelompok tidak lebih mirip daripada orang dari kelompok lain (ICC di bawah nol): "
        "jangan meratakan skala ini menurut kelompok.",
        "Persons of a group are no more alike than others (the ICC is below zero): do not "
        "average this scale by group.",
    ),
    "rwg_beyond_null": Text(
        "Di {n} kelompok jawaban lebih menyebar daripada jawaban asal-asalan: r_wg(j)-nya 0. "
        "Mungkin ada dua kubu, atau kelompoknya salah.",
        "Groups whose answers lie further apart than mere noise: {n}. Their r_wg(j) is 0; there "
        "may be two camps, or the grouping is wrong.",
    ),
    "rwg_inflated": Text(
        "r_wg(j) naik dengan sendirinya bila butirnya banyak ({items}); baca bersama AD.",
        "r_wg(j) rises by itself with the number of items ({items}); read it beside AD.",
    ),
    "rwg_null_unknown": Text(
        "Sebaran pembanding '{shape}' hanya dikenal untuk 5 atau 7 pilihan jawaban: r_wg(j) "
        "dikosongkan.",
        "The null '{shape}' is known for 5 or 7 response options only: r_wg(j) is left empty.",
    ),
    # -- change ------------------------------------------------------------------------------
    "change_small": Text(
        "Hanya {n} orang di salah satu sisi: selangnya lebar; jangan menyimpulkan terlalu jauh.",
        "Only {n} persons on one side: the interval is wide; do not conclude too much.",
    ),
    "change_no_variation": Text(
        "Tidak ada keragaman: galat perubahan tidak dapat ditaksir.",
        "There is no variation: the error of the change cannot be estimated.",
    ),
    "change_not_panel": Text(
        "Tanpa --id, keduanya dibaca sebagai dua sampel berbeda: yang terlihat adalah perubahan "
        "rata-rata, bukan perubahan orang.",
        "Without --id, these are read as two different samples: what shows is the change of the "
        "mean, not of persons.",
    ),
    "change_some_left": Text(
        "{left} orang hanya ada di gelombang pertama dan {came} hanya di yang kedua; perubahan "
        "orang dihitung dari {both} yang menjawab dua kali.",
        "{left} persons are in the first wave only and {came} in the second only; change of "
        "persons rests on the {both} who answered twice.",
    ),
    "change_no_id": Text(
        "{file}: {n} baris tanpa pengenal tidak dapat dipasangkan; tidak dipakai.",
        "{file}: rows without an id cannot be paired and are not used: {n}.",
    ),
    "change_reliability_unknown": Text(
        "Keandalan skala tidak diketahui: perubahan orang per orang tidak dinilai.",
        "The reliability of the scale is unknown: change person by person is not judged.",
    ),
}
