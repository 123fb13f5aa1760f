"""Typed doubts about a figure: worded once, shown beside it, never an exit code."""

from __future__ import annotations

from satuhati.errors.doubts_forms import FORM_DOUBTS
from satuhati.errors.doubts_meetings import MEETING_DOUBTS
from satuhati.errors.doubts_models import MODEL_DOUBTS
from satuhati.errors.doubts_networks import NETWORK_DOUBTS
from satuhati.errors.doubts_people import PEOPLE_DOUBTS
from satuhati.errors.doubts_server import SERVER_DOUBTS
from satuhati.text import Text

# Typed doubts about a figure: shown beside it, never an exit code.
DOUBTS: dict[str, Text] = {
    "too_few": Text(
        "Belum cukup: {n} dari sekurangnya {needed}.", "Too few: {n} of at least {needed}."
    ),
    "csv_bom": Text(
        "{file}: ada tanda BOM di awal; dilewati.", "{file}: a BOM at the start was skipped."
    ),
    "csv_delimiter": Text(
        "{file}: kolom dipisah {delimiter}; dibaca demikian.",
        "{file}: columns are separated by {delimiter}; read that way.",
    ),
    "csv_encoding": Text(
        "{file}: bukan UTF-8; dibaca sebagai {encoding}. Periksa huruf beraksen.",
        "{file}: not UTF-8; read as {encoding}. Check accented letters.",
    ),
    "as_of_unknown": Text(
        "Tidak ada catatan bertanggal, jadi belum ada yang dapat dinilai.",
        "There is no dated record, so nothing can be judged yet.",
    ),
    "caution_centralized": Text(
        "Jejaring bertumpu pada sedikit orang ({value}%): perkuat hubungan antarmitra, "
        "jangan menambah beban orang yang sama.",
        "The network hangs on few people ({value}%): strengthen ties among partners "
        "rather than load the same people.",
    ),
    "caution_movers": Text(
        "Banyak warga belum lama tinggal ({value}% lima tahun atau lebih): mulai dari perkenalan, "
        "dan jangan bergantung pada pengurus lama.",
        "Few residents have lived here long ({value}% five years or more): begin with getting "
        "acquainted, and do not lean on long-serving leaders alone.",
    ),
    "caution_unheard_poor": Text(
        "Warga kurang mampu merasa kurang didengar ({value} poin): pilih waktu, tempat, dan cara "
        "yang menjangkau mereka.",
        "Poor residents feel less heard ({value} points): choose hours, places and ways that "
        "reach them.",
    ),
    "caution_unsafe": Text(
        "Rasa aman rendah ({value} dari 100): jangan mengandalkan kegiatan malam hari.",
        "The sense of safety is low ({value} of 100): do not rely on evening events.",
    ),
    "low_response": Text(
        "{measure}: baru {percent}% dari daftar menjawab; dibaca dengan hati-hati.",
        "{measure}: only {percent}% of the roster answered; read with care.",
    ),
    "measure_off": Text(
        "Ukuran '{measure}' dimatikan oleh {by} ({reason}).",
        "The measure '{measure}' was switched off by {by} ({reason}).",
    ),
    "measure_anchors": Text(
        "Titik 0–100 ukuran '{measure}' diubah oleh {by} ({reason}).",
        "The 0–100 anchors of '{measure}' were changed by {by} ({reason}).",
    ),
    "measure_unknown": Text(
        "Pengaturan menyebut ukuran '{measure}' yang tidak dikenal; dilewati.",
        "The settings name a measure '{measure}' that is not known; it was passed over.",
    ),
    "census": Text(
        "Semua yang dituju menjawab: tidak ada galat penarikan sampel.",
        "Everyone asked has answered: there is no sampling error.",
    ),
    # -- packages: folders and workbooks -----------------------------------------------------
    "answer_column_undeclared": Text(
        "{file}: kolom '{column}' tidak ada di tabel Butir (items); tidak dibaca.",
        "{file}: the column '{column}' is not in the table Items; it is not read.",
    ),
    "answers_repeated": Text(
        "{file}: {n} orang menjawab lebih dari sekali dalam satu putaran; semua jawaban dihitung.",
        "{file}: {n} people answered more than once in a round; all their answers count.",
    ),
    "column_unknown": Text(
        "{file}: kolom '{column}' tidak dikenal; tidak dibaca.",
        "{file}: the column '{column}' is not known; it is not read.",
    ),
    "community_absent": Text(
        "Tabel Komunitas (community) tidak ada atau kosong; komunitas dinamai menurut {names}.",
        "The table Community is absent or empty; communities are named {names}.",
    ),
    "dates_day_first": Text(
        "{file}, kolom {column}: tanggal seperti {example} dibaca hari/bulan/tahun.",
        "{file}, column {column}: dates like {example} are read day/month/year.",
    ),
    "decimal_comma": Text(
        "{file}, kolom {column}: koma dibaca sebagai tanda desimal.",
        "{file}, column {column}: a comma is read as the decimal mark.",
    ),
    "file_unknown": Text(
        "{file}: bukan tabel yang dikenal; tidak dibaca.",
        "{file}: not a known table; it is not read.",
    ),
    "item_column_missing": Text(
        "{file}: butir {names} ada di tabel Butir (items), tetapi kolomnya tidak ada.",
        "{file}: items {names} are in the table Items, but their columns are missing.",
    ),
    "references_unchecked": Text(
        "Tabel {table} tidak ada, maka kode di {columns} tidak dapat diperiksa.",
        "The table {table} is absent, so codes in {columns} cannot be checked.",
    ),
    **NETWORK_DOUBTS,
    # -- surveys ---------------------------------------------------------------------------
    "alpha_few_items": Text(
        "Alfa butuh sekurangnya {needed} butir yang jawabannya beragam; ada {n}.",
        "Alpha needs at least {needed} items whose answers vary; there are {n}.",
    ),
    "alpha_negative": Text(
        "Alfa di bawah nol: butir-butir saling berlawanan. Periksa butir yang perlu dibalik.",
        "Alpha is below zero: the items pull against each other. Check which should be reversed.",
    ),
    "answers_off_scale": Text(
        "{scale}: {n} jawaban di luar skala tidak dipakai.",
        "{scale}: {n} answers off the scale were not used.",
    ),
    "constant_items": Text(
        "Tidak ada ragam jawaban pada {items}: butir ini tidak ikut dihitung.",
        "The answers to {items} do not vary: left out of the coefficients.",
    ),
    "factor_no_convergence": Text(
        "Analisis faktor ({factors} faktor) tidak mencapai hasil: omega-nya dikosongkan.",
        "The factor analysis ({factors} factors) did not converge: its omega is left empty.",
    ),
    "heywood": Text(
        "Analisis faktor ({factors} faktor) memberi ragam nol pada satu unsurnya (kasus Heywood): "
        "baca omega-nya dengan hati-hati.",
        "The factor analysis ({factors} factors) leaves one part without variance of its own "
        "(a Heywood case): read its omega with care.",
    ),
    "items_against": Text(
        "{items} berlawanan dengan butir lain: mungkin perlu dibalik (tanda minus).",
        "{items} runs against the other items: it may have to be reversed (a minus sign).",
    ),
    "matrix_indefinite": Text(
        "Jawaban kosong membuat korelasi antarbutir tidak selaras; baca omega dengan hati-hati.",
        "Missing answers make the correlations inconsistent; read omega with care.",
    ),
    "mean_census_exceeded": Text(
        "Ada {n} jawaban padahal jumlah seluruhnya disebut {population}: periksa jumlah itu.",
        "There are {n} answers but the population is given as {population}: check that number.",
    ),
    "mean_lonely_cluster": Text(
        "{n} strata hanya berisi satu klaster: galatnya ditaksir dari rata-rata seluruhnya.",
        "{n} strata hold a single cluster: their error is taken from the overall mean.",
    ),
    "mean_no_variation": Text(
        "Semua jawaban sama, maka selangnya tanpa lebar; jangan baca sebagai kepastian.",
        "All answers are equal, so the interval has no width; do not read it as certainty.",
    ),
    "omega_few_items": Text(
        "Omega butuh sekurangnya {needed} butir; ada {n}.",
        "Omega needs at least {needed} items; there are {n}.",
    ),
    "omega_hierarchical_few_items": Text(
        "Omega hierarkis butuh sekurangnya {needed} butir; ada {n}. "
        "Omega total memakai satu faktor.",
        "Hierarchical omega needs at least {needed} items; there are {n}. "
        "Total omega uses one factor.",
    ),
    "pairs_missing": Text(
        "Ada pasangan butir yang tidak pernah dijawab bersama: koefisien dikosongkan.",
        "Some pairs of items were never answered together: coefficients are left empty.",
    ),
    "scale_no_answers": Text(
        "{scale}: belum ada jawaban.",
        "{scale}: there are no answers yet.",
    ),
    "scale_range_observed": Text(
        "{scale}: ujung skala diambil dari jawaban yang ada ({low}–{high}). "
        "Sebutkan dengan --min dan --max.",
        "{scale}: the ends of the response scale are taken from the answers ({low}–{high}). "
        "State them with --min and --max.",
    ),
    "total_without_variance": Text(
        "Skor total tidak beragam: alfa dikosongkan.",
        "The total score does not vary: alpha is left empty.",
    ),
    # -- participation -----------------------------------------------------------------------
    "no_rows": Text(
        "{file}: belum ada satu baris pun; semua angka dikosongkan.",
        "{file}: there is not a single row yet; all figures are left empty.",
    ),
    **MEETING_DOUBTS,
    "cells_suppressed": Text(
        "{table}: {n} kelompok dikosongkan supaya kelompok di bawah {needed} orang tidak terbaca, "
        "juga tidak dengan pengurangan.",
        "{table}: {n} groups are left empty so that no group under {needed} people can be read, "
        "nor had by subtraction.",
    ),
    # -- outreach ----------------------------------------------------------------------------
    "awareness_services": Text(
        "{n} layanan ({names}) dihitung sendiri-sendiri; pilih satu dengan --service.",
        "{n} services ({names}) are counted apart; choose one with --service.",
    ),
    "awareness_frames": Text(
        "{n} kerangka sampel ({names}) tidak digabung: yang ditemui di meja layanan lebih tahu "
        "daripada yang ditemui di rumah. Pilih satu dengan --frame.",
        "{n} sampling frames ({names}) are not pooled: people met at a service desk know more "
        "than those met at home. Choose one with --frame.",
    ),
    "awareness_waves": Text(
        "{n} gelombang ({names}) dihitung sendiri-sendiri; pilih satu dengan --wave.",
        "{n} waves ({names}) are counted apart; choose one with --wave.",
    ),
    "awareness_too_few": Text(
        "Kurang dari {needed} orang ditanya: angka dikosongkan.",
        "Fewer than {needed} people were asked: the figures are left empty.",
    ),
    "awareness_stage_missing": Text(
        "Tahap '{stage}' tidak ditanyakan.", "The stage '{stage}' was not asked."
    ),
    "awareness_areas_differ": Text(
        "'{stage}' sangat berbeda di antara {areas} wilayah (pengaruh rancangan {deff}): bila "
        "wilayah ini hanya contoh dari semua wilayah, pakai interval yang lebih lebar.",
        "'{stage}' differs much among {areas} areas (design effect {deff}): if these areas are a "
        "sample of all areas, use the wider interval.",
    ),
    "awareness_unanswered": Text(
        "{n} baris tanpa jawaban 'pernah mendengar' tidak dihitung.",
        "{n} rows without an answer to 'has heard' are not counted.",
    ),
    # -- indicators --------------------------------------------------------------------------
    "indicator_zero_denominator": Text(
        "{indicator}, {period}: penyebut nol; nilainya dikosongkan.",
        "{indicator}, {period}: the denominator is zero; the value is left empty.",
    ),
    "indicator_incomplete": Text(
        "{indicator}, {period}: pembilang atau penyebut kosong; nilainya dikosongkan.",
        "{indicator}, {period}: numerator or denominator is empty; the value is left empty.",
    ),
    "indicator_over_all": Text(
        "{indicator}, {period}: peserta lebih banyak daripada sasaran. Periksa apakah orang yang "
        "sama dihitung lebih dari sekali.",
        "{indicator}, {period}: more participants than the target group. Check whether people "
        "were counted more than once.",
    ),
    "indicator_source_missing": Text(
        "{indicator}, {period}: nilai dari luar tanpa sumber.",
        "{indicator}, {period}: a value from elsewhere without its source.",
    ),
    "indicator_parts_missing": Text(
        "{indicator}, {period}: hanya {n} dari {needed} bagian tercatat; tidak dihitung.",
        "{indicator}, {period}: only {n} of {needed} parts are on record; not computed.",
    ),
    "indicator_sum_of_rows": Text(
        "{indicator}, {period}: {n} baris dijumlahkan.",
        "{indicator}, {period}: {n} rows were summed.",
    ),
    "change_not_causal": Text(
        "Perubahan antarperiode bukan bukti sebab-akibat.",
        "A change between periods is no evidence of cause and effect.",
    ),
    "classification_key_missing": Text(
        "Indeks {index} dikosongkan: belum ada {keys}.",
        "The {index} index is left empty: {keys} not given.",
    ),
    "classification_key_unknown": Text(
        "Kunci '{key}' tidak dikenal dan dilewati.", "The key '{key}' is not known; skipped."
    ),
    "classification_open": Text(
        "Tingkat belum dapat ditentukan; kemungkinannya: {levels}.",
        "The level cannot be told yet; it may be: {levels}.",
    ),
    "classification_provisional": Text(
        "Aturan nilai ini ({date}) berasal dari {source}; cocokkan dengan portal sebelum dipakai "
        "resmi.",
        "These scoring rules ({date}) come from {source}; compare with the portal before any "
        "official use.",
    ),
    # -- agreement ---------------------------------------------------------------------------
    "agreement_no_pairs": Text(
        "Tidak ada satuan yang dikodekan oleh dua orang: kesepakatan tidak dapat dihitung.",
        "No unit was coded by two people: agreement cannot be had.",
    ),
    "agreement_no_variation": Text(
        "Semua kode sama: kesepakatan di luar kebetulan tidak dapat dihitung.",
        "All codes are alike: agreement beyond chance cannot be had.",
    ),
    "agreement_units_unpaired": Text(
        "{n} satuan yang dikodekan satu orang saja tidak ikut dihitung.",
        "{n} units coded by one person only are left out.",
    ),
    "agreement_few_units": Text(
        "Hanya {n} satuan: interval dari begitu sedikit satuan kasar (sebaiknya {needed}).",
        "Only {n} units: an interval from so few is coarse ({needed} would be better).",
    ),
    "fleiss_unequal": Text(
        "Kappa Fleiss dikosongkan: jumlah pengode tidak sama di semua satuan.",
        "Fleiss' kappa is left empty: units were not all coded by the same number of people.",
    ),
    "bootstrap_degenerate": Text(
        "{n} dari {of} contoh ulang tanpa keragaman dilewati; interval kasar.",
        "{n} of {of} resamples had no variation and were skipped; the interval is coarse.",
    ),
    # -- survey models ---------------------------------------------------------------------
    **MODEL_DOUBTS,
    # -- lists of people -------------------------------------------------------------------
    **PEOPLE_DOUBTS,
    # -- questionnaires --------------------------------------------------------------------
    **FORM_DOUBTS,
    # -- the server ------------------------------------------------------------------------
    **SERVER_DOUBTS,
}
