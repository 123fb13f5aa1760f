"""Doubts about survey models: groups, change, factors."""

from __future__ import annotations

from satuhati.text import Text

MODEL_DOUBTS: dict[str, Text] = {
    # -- scales of a questionnaire -----------------------------------------------------------
    "instrument_absent": Text(
        "Skala kuesioner yang tidak ada di berkas ini: {scales}.",
        "Scales of the questionnaire that are not in this file: {scales}.",
    ),
    "instrument_ranges": Text(
        "Butir-butir skala {scale} tidak punya satu rentang jawaban: skala ini tidak dihitung.",
        "The items of scale {scale} do not share one range of answers: it is not computed.",
    ),
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
    # -- mixed models and many communities -------------------------------------------------------
    "mixed_one_group": Text(
        "Baru {n} kelompok: perbedaan antarkelompok memerlukan sekurangnya dua.",
        "Groups so far: {n}. Differences between groups need at least two.",
    ),
    "mixed_few": Text(
        "Hanya {n} jawaban di {groups} kelompok: ragam di dalam dan di antara kelompok tidak dapat "
        "dipisahkan.",
        "Only {n} answers in {groups} groups: variation within and between them cannot be told "
        "apart.",
    ),
    "mixed_few_groups": Text(
        "Hanya {n} kelompok (sebaiknya {needed} atau lebih): ragam antarkelompok kurang pasti, "
        "dan selang tiap kelompok agak terlalu sempit.",
        "Only {n} groups ({needed} or more would be better): the variation between them is "
        "uncertain, and the interval of each is somewhat too narrow.",
    ),
    "mixed_zero_variance": Text(
        "Kelompok-kelompok tidak berbeda melebihi kebetulan (ragam antarkelompok nol): jangan "
        "membandingkan atau mengurutkannya.",
        "The groups do not differ beyond chance (no variance between them): do not compare or "
        "order them.",
    ),
    "mixed_singular": Text(
        "Beda tingkat dan beda kemiringan tidak dapat dipisahkan dari data ini (salah satu ragam "
        "nol, atau korelasinya ±1): coba tanpa --slope.",
        "These data do not tell differences in level and in slope apart (a variance is zero, or "
        "their correlation ±1): try without --slope.",
    ),
    "mixed_dependent": Text(
        "Salah satu dari {predictors} mengikuti persis dari yang lain, atau tidak pernah berubah: "
        "keluarkan satu.",
        "One of {predictors} follows exactly from the others, or never varies: leave one out.",
    ),
    "mixed_no_variation": Text(
        "Semua nilai sama: tidak ada ragam untuk dimodelkan.",
        "All values are the same: there is no variation to model.",
    ),
    "mixed_no_convergence": Text(
        "Model campuran tidak mencapai hasil; angkanya dikosongkan.",
        "The mixed model did not converge; its figures are left empty.",
    ),
    "pool_alike_within": Text(
        "Di tiap kelompok semua jawaban sama: galat rata-ratanya tidak dapat ditaksir.",
        "Within each group all answers are the same: the error of its mean cannot be estimated.",
    ),
    "pool_uneven": Text(
        "Besar kelompok sangat berbeda ({least} sampai {most} orang): yang kecil ditarik lebih "
        "kuat ke rata-rata semua.",
        "Groups differ much in size ({least} to {most} persons): the small ones are drawn more "
        "strongly towards the mean of all.",
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
    "change_waves_between": Text(
        "Gelombang {first} dibandingkan dengan {last}; yang di antaranya tidak ikut: {between}.",
        "Wave {first} is compared with {last}; those between stay out: {between}.",
    ),
    "change_no_wave": Text(
        "{n} baris tanpa gelombang tidak dipakai.",
        "Rows without a wave, not used: {n}.",
    ),
    "change_no_id": Text(
        "{file}: {n} baris tanpa pengenal tidak dapat dipasangkan; tidak dipakai.",
        "{file}: rows without an id cannot be paired and are not used: {n}.",
    ),
    "change_reliability_unknown": Text(
        "Keandalan skala tidak diketahui: perubahan orang per orang tidak dinilai.",
        "The reliability of the scale is unknown: change person by person is not judged.",
    ),
    # -- polychoric correlations and factors ---------------------------------------------------
    "polychoric_sparse": Text(
        "Di {n} dari {of} pasangan butir ada gabungan jawaban yang tidak dipilih siapa pun: "
        "korelasinya kurang pasti.",
        "Pairs of items with a combination of answers nobody gave: {n} of {of}. Their "
        "correlation is less certain.",
    ),
    "polychoric_bound": Text(
        "Korelasi {n} pasangan butir menyentuh batas (±1): jawabannya terlalu sedikit atau kedua "
        "butir menanyakan hal yang sama.",
        "Pairs whose correlation ran to its bound (±1): {n}. There are too few answers, or both "
        "items ask the same.",
    ),
    "polychoric_no_convergence": Text(
        "Sebagian korelasi polikorik belum mencapai hasil; baca dengan hati-hati.",
        "Some polychoric correlations did not converge; read with care.",
    ),
    "factors_constant": Text(
        "Tidak ada ragam jawaban pada {items}: butir ini tidak ikut dalam analisis faktor.",
        "The answers to {items} do not vary: left out of the factor analysis.",
    ),
    "factors_few_items": Text(
        "Analisis faktor butuh sekurangnya {needed} butir yang jawabannya beragam; ada {n}.",
        "A factor analysis needs at least {needed} items whose answers vary; there are {n}.",
    ),
    "factors_few_persons": Text(
        "Hanya {n} orang untuk {items} butir: analisis faktor tidak dapat dihitung.",
        "Only {n} persons for {items} items: the factor analysis cannot be done.",
    ),
    "factors_small": Text(
        "{n} orang untuk {items} butir itu sedikit (sebaiknya lima kali lipat): susunan faktornya "
        "mungkin kebetulan.",
        "{n} persons for {items} items is little (five times as many would be better): the "
        "factors may be chance.",
    ),
    "factors_indefinite": Text(
        "Korelasi antarbutir tidak selaras satu sama lain: ukuran kecocokan dikosongkan.",
        "The correlations are not consistent with each other: fit figures are left empty.",
    ),
    "kmo_low": Text(
        "KMO {value}: butir-butir ini terlalu sedikit berbagi untuk analisis faktor.",
        "KMO {value}: these items share too little for a factor analysis.",
    ),
    "factors_disagree": Text(
        "Analisis paralel menyarankan {parallel} faktor, MAP {map}: coba keduanya dan "
        "pilih yang dapat dijelaskan.",
        "Parallel analysis suggests {parallel} factors, MAP {map}: try both and keep "
        "what can be explained.",
    ),
    "factors_too_many": Text(
        "{items} butir tidak dapat membedakan {n} faktor; dipakai {most}.",
        "{items} items cannot tell {n} factors apart; {most} were used.",
    ),
    "factors_none": Text(
        "Tidak ada faktor di atas kebetulan: butir-butir ini tidak mengukur hal yang sama.",
        "No factor rises above chance: these items do not measure the same thing.",
    ),
    "factors_no_convergence": Text(
        "Analisis {factors} faktor tidak mencapai hasil; jangan pakai muatannya.",
        "The analysis of {factors} factors did not converge; do not use its loadings.",
    ),
    "factors_heywood": Text(
        "{items}: ragamnya habis dijelaskan faktor (kasus Heywood); faktornya mungkin terlalu "
        "banyak atau orangnya terlalu sedikit.",
        "{items}: the factors explain all of its variance (a Heywood case); there may be too many "
        "factors or too few persons.",
    ),
    # -- confirmatory models -------------------------------------------------------------------
    "cfa_dropped": Text(
        "{n} baris yang tidak lengkap tidak dipakai.",
        "Incomplete rows, left out: {n}.",
    ),
    "cfa_empty": Text(
        "{n} baris tanpa satu jawaban pun tidak dipakai.",
        "Rows without a single answer, left out: {n}.",
    ),
    "cfa_not_robust": Text(
        "Ukuran yang tahan terhadap jawaban tidak normal tidak dapat dihitung untuk model ini.",
        "Figures that hold when answers are not normal cannot be had for this model.",
    ),
    "cfa_few": Text(
        "Hanya {n} baris lengkap untuk {items} butir: model tidak dapat dihitung.",
        "Only {n} complete rows for {items} items: the model cannot be computed.",
    ),
    "cfa_small": Text(
        "{n} orang untuk {parameters} parameter itu sedikit (sebaiknya lima kali lipat): ukuran "
        "kecocokan cenderung terlalu keras dan galat bakunya terlalu kecil.",
        "{n} persons for {parameters} parameters is little (five times as many would be better): "
        "fit looks worse, and standard errors smaller, than they are.",
    ),
    "cfa_constant": Text(
        "Ada butir yang jawabannya tidak beragam (di salah satu kelompok): model tidak dapat "
        "dihitung.",
        "An item does not vary (in one of the groups): the model cannot be computed.",
    ),
    "cfa_singular": Text(
        "Ada butir yang dapat dihitung persis dari butir lain: keluarkan salah satunya.",
        "An item follows exactly from others: leave one of them out.",
    ),
    "cfa_not_identified": Text(
        "Model punya {parameters} parameter, padahal datanya hanya memberi {moments} angka: "
        "tambah butir atau kurangi faktor.",
        "The model has {parameters} parameters but the data give {moments} figures: add items or "
        "take a factor out.",
    ),
    "cfa_no_convergence": Text(
        "Model tidak mencapai hasil; angkanya dikosongkan. Periksa apakah butirnya memang "
        "mengukur faktor itu.",
        "The model did not converge; its figures are left empty. Check that the items do measure "
        "those factors.",
    ),
    "cfa_few_items": Text(
        "{factors}: kurang dari tiga butir; faktor seperti itu sulit dihitung.",
        "{factors}: fewer than three items; such a factor is hard to compute.",
    ),
    "cfa_heywood": Text(
        "{items}: ragam sisanya tidak positif (kasus Heywood); jangan pakai model ini begitu saja.",
        "{items}: its residual variance is not positive (a Heywood case); do not use this model "
        "as it is.",
    ),
    "cfa_factors_same": Text(
        "Faktor-faktornya bertumpang tindih (korelasinya mustahil bersama-sama): data tidak "
        "membedakannya; coba gabungkan.",
        "The factors overlap (such correlations are not possible together): the data do not tell "
        "them apart; try to merge them.",
    ),
    "cfa_one_group": Text(
        "Baru {n} kelompok dengan baris lengkap: perbandingan memerlukan sekurangnya dua.",
        "Groups with complete rows: {n}. A comparison needs at least two.",
    ),
    "cfa_small_groups": Text(
        "Kelompok {groups} berisi kurang dari {needed} orang: perbandingan ditampilkan, tidak "
        "dinilai.",
        "Groups under {needed} persons ({groups}): the comparison is shown, not judged.",
    ),
    "cfa_not_invariant": Text(
        "Langkah '{level}' menurunkan CFI sebesar {drop} (batas .010): kelompok-kelompok ini "
        "tidak menjawab dengan cara yang sama; jangan membandingkan rata-ratanya.",
        "The step '{level}' lowers CFI by {drop} (the limit is .010): the groups do not answer in "
        "the same way; do not compare their means.",
    ),
    "ordered_answers_unlike": Text(
        "{items}: tidak semua kelompok memakai semua pilihan jawaban; gabungkan pilihan yang "
        "jarang, lalu bandingkan lagi.",
        "{items}: not every group used every answer. Merge rare answers, then compare again.",
    ),
    "ordered_two_answers": Text(
        "{items}: hanya dua pilihan jawaban; dengan dua pilihan, kesamaan ambang tidak dapat "
        "diuji.",
        "{items}: only two answers. With two, equal thresholds cannot be tested.",
    ),
    "ordered_step_no_convergence": Text(
        "Langkah '{level}' tidak mencapai hasil; angkanya dikosongkan.",
        "The step '{level}' did not converge; its figures are left empty.",
    ),
    # -- graded response model -------------------------------------------------------------------
    "graded_few_items": Text(
        "Model ini butuh sekurangnya {needed} butir yang jawabannya beragam; ada {n}.",
        "This model needs at least {needed} items with varied answers; there are {n}.",
    ),
    "graded_sparse": Text(
        "{items}: ada jawaban yang dipilih kurang dari {needed} orang; ambang di sekitarnya kurang "
        "pasti.",
        "{items}: some answers were chosen by fewer than {needed} persons; the thresholds around "
        "them are uncertain.",
    ),
    "graded_small": Text(
        "{n} orang itu sedikit untuk model ini (sebaiknya {needed}): ambang yang jarang dipilih "
        "kurang pasti.",
        "{n} persons is little for this model ({needed} would be better): thresholds few people "
        "chose are uncertain.",
    ),
    "graded_turned": Text(
        "Kebanyakan butir melawan arah sifat yang diukur (a di bawah nol): periksa arah skalanya.",
        "Most items run against the trait (a below zero): check the direction of the scale.",
    ),
    "graded_steep": Text(
        "{items}: kemiringannya luar biasa curam; jawabannya terlalu sedikit atau butirnya "
        "mengulang butir lain.",
        "{items}: the slope is extremely steep; there are too few answers, or the item repeats "
        "another.",
    ),
    "graded_no_convergence": Text(
        "Model tidak mencapai hasil; angkanya dikosongkan.",
        "The model did not converge; its figures are left empty.",
    ),
    "dif_no_convergence": Text(
        "Pada sebagian butir perbandingan kelompok tidak mencapai hasil; angkanya dikosongkan.",
        "For some items the comparison of groups did not converge; its figures are left empty.",
    ),
    # -- answers that leave the house --------------------------------------------------------
    "release_round_small": Text(
        "Putaran dengan kurang dari {n} jawaban tidak ikut: {rounds}.",
        "Rounds with fewer than {n} answers stay out: {rounds}.",
    ),
    "release_texts": Text(
        "Jawaban bebas tidak ikut, karena dapat menyebut orang: {items}.",
        "Free text stays out, because it can name people: {items}.",
    ),
    "release_withheld": Text(
        "Sel ciri penjawab yang dikosongkan agar tidak ada gabungan ciri di bawah {n} orang: "
        "{cells}.",
        "Cells of background emptied so that no combination of it is held by fewer than {n} "
        "people: {cells}.",
    ),
    "export_text_cut": Text(
        "{n} teks lebih panjang daripada yang dimuat formatnya, dan dipotong di {file}.",
        "Texts longer than the format holds, cut in {file}: {n}.",
    ),
}
