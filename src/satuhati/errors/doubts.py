"""Typed doubts about a figure: worded once, shown beside it, never an exit code."""

from __future__ import annotations

from satuhati.errors.doubts_forms import FORM_DOUBTS
from satuhati.errors.doubts_models import MODEL_DOUBTS
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
    # -- ties ----------------------------------------------------------------------------
    "network_empty": Text(
        "Tidak ada hubungan di antara {n} aktor: ukuran yang memerlukan hubungan dikosongkan.",
        "There are no ties (number of actors: {n}): figures that need ties are left empty.",
    ),
    "network_too_small": Text(
        "Hanya {n} aktor: pemusatan memerlukan sekurangnya tiga, kepadatan dua.",
        "Number of actors: {n}. Centralization needs at least three, density two.",
    ),
    "transitivity_undefined": Text(
        "Transitivitas tidak dapat dihitung: tak seorang aktor pun terhubung dengan dua yang lain.",
        "Transitivity cannot be had: no actor is tied to two others.",
    ),
    "actors_unlisted": Text(
        "Tanpa daftar aktor (--actors), yang tak terhubung tidak diketahui dan tidak dihitung.",
        "Without a list of actors (--actors), those without ties are unknown and not counted.",
    ),
    "ties_undirected": Text(
        "Hubungan dibaca tanpa arah: timbal balik tidak berlaku.",
        "Ties are read without direction: reciprocity does not apply.",
    ),
    "ties_repeated": Text(
        "{n} baris mengulang pasangan yang sudah ada; digabung menjadi satu hubungan.",
        "Rows that repeat a pair already there: {n}; merged into one tie.",
    ),
    "ties_union_relations": Text(
        "Gabungan {n} jenis hubungan ({names}); pilih satu dengan --relation.",
        "The union of {n} relations ({names}); choose one with --relation.",
    ),
    "ties_union_waves": Text(
        "Gabungan {n} gelombang ({names}); pilih satu dengan --wave.",
        "The union of {n} waves ({names}); choose one with --wave.",
    ),
    "ties_unlabelled": Text(
        "{n} baris tanpa isi di kolom '{column}' tidak dipakai.",
        "Rows with nothing in the column '{column}': {n}; not used.",
    ),
    "ties_weights_unused": Text(
        "Bobot diperiksa tetapi tidak dipakai: hubungan dihitung ada atau tidak ada.",
        "Weights are checked but not used: a tie counts as there or not there.",
    ),
    "group_unknown": Text(
        "{n} aktor tanpa kelompok tidak ikut dalam ukuran kelompok.",
        "Actors without a group, left out of the group figures: {n}.",
    ),
    "group_single": Text(
        "Tidak ada dua kelompok yang berbeda: ukuran antarkelompok dikosongkan.",
        "There are no two different groups: figures between groups are left empty.",
    ),
    "group_one_actor": Text(
        "Kelompok dengan satu aktor ({names}) tidak mungkin punya hubungan di dalamnya.",
        "Groups of one actor ({names}) can have no ties inside them.",
    ),
    "group_no_ties": Text(
        "Tidak ada hubungan antaraktor yang kelompoknya diketahui: indeks E-I dikosongkan.",
        "No ties among actors whose group is known: the E-I index is left empty.",
    ),
    "permutations_few": Text(
        "Hanya {n} permutasi: nilai p kasar; pakai sekurangnya {needed}.",
        "Number of permutations: {n}. The p-value is coarse; use at least {needed}.",
    ),
    "permutations_none": Text(
        "Tanpa permutasi tidak ada nilai p.",
        "Without permutations there is no p-value.",
    ),
    "brokerage_not_testable": Text(
        "Nilai z perantara kosong untuk {names}: tidak dapat beragam pada besar kelompok dan "
        "kepadatan ini.",
        "The brokerage z is empty for {names}: with these group sizes and ties it cannot vary.",
    ),
    "graph_actors_lost": Text(
        "Daftar hubungan tidak memuat aktor tanpa hubungan ({n}) dan kolom aktor ({columns}); "
        "tulis juga dengan --actors.",
        "A list of ties does not hold actors without ties ({n}) nor columns of actors ({columns}); "
        "write them too with --actors.",
    ),
    "graph_cells_trimmed": Text(
        "{n} isian kosong, NA, atau berspasi di tepi akan terbaca lain dari CSV.",
        "Cells that are empty, NA or have outer blanks will read otherwise from CSV: {n}.",
    ),
    "graph_direction_lost": Text(
        "CSV tidak memuat arah: baca lagi dengan --undirected.",
        "CSV does not tell direction: read it again with --undirected.",
    ),
    "map_groups_other": Text(
        "{names} bukan salah satu dari lima sektor: digambar sebagai silang kecil.",
        "Not one of the five sectors, and drawn as a small cross: {names}.",
    ),
    "nonresponse_low": Text(
        "Hanya {n} dari {of} orang menjawab ({percent}%): angka yang berbeda antarperlakuan "
        "jangan dipakai.",
        "Only {n} of {of} people answered ({percent}%): do not use figures that differ between "
        "treatments.",
    ),
    "nonresponse_ties": Text(
        "{n} hubungan tercatat dari orang yang tidak menjawab; tidak ikut dihitung.",
        "Ties recorded from people who did not answer: {n}; left out.",
    ),
    "qap_actors_absent": Text(
        "{file}: {n} aktor dari berkas lain ({names}) tidak disebut di sini; dihitung tanpa "
        "hubungan.",
        "{file}: actors of the other files not named here: {n} ({names}); counted as without ties.",
    ),
    "qap_collinear": Text(
        "{names} sepenuhnya ditentukan oleh hubungan sebelumnya: tidak ikut dihitung.",
        "Wholly determined by the relations before it, and left out: {names}.",
    ),
    "qap_constant": Text(
        "{names} tidak beragam (semua pasangan sama): tidak ikut dihitung.",
        "The same for all pairs, and left out: {names}.",
    ),
    "qap_dependent_constant": Text(
        "Hubungan yang hendak diterangkan sama untuk semua pasangan: tidak ada yang dapat "
        "diterangkan.",
        "The relation to explain is the same for all pairs: there is nothing to explain.",
    ),
    "qap_few_actors": Text(
        "Hanya {n} aktor: permutasi yang berbeda terlalu sedikit untuk nilai p "
        "(sekurangnya {needed} aktor).",
        "Number of actors: {n}. Too few different permutations for a p-value (at least {needed} "
        "actors).",
    ),
    "qap_perfect_fit": Text(
        "Hubungan itu diterangkan tanpa sisa: t tidak dapat dihitung.",
        "The relation is explained without remainder: t cannot be had.",
    ),
    "vertex_bootstrap_flat": Text(
        "Semua contoh ulang memberi angka yang sama untuk {names}: selangnya dikosongkan.",
        "All resamples agree on {names}: the interval is left empty.",
    ),
    "vertex_bootstrap_large": Text(
        "{n} aktor terlalu banyak untuk contoh ulang aktor (paling banyak {most}): selang "
        "dikosongkan.",
        "Number of actors: {n}, too many to draw actors again (at most {most}): intervals are "
        "left empty.",
    ),
    "waves_half_left": Text(
        "{n} dari {of} aktor gelombang pertama ({percent}%) tidak ada lagi: kedua gelombang "
        "sebagian besar tentang orang yang berbeda. Baca angka aktor tetap saja.",
        "Of the {of} actors of the first wave {n} are gone ({percent}%): the waves are largely "
        "about different people. Read the figures of stable actors only.",
    ),
    "waves_no_stable": Text(
        "Tidak ada aktor yang ada di kedua gelombang: perubahan hubungan tidak dapat dibaca.",
        "No actor is in both waves: a change of ties cannot be read.",
    ),
    "waves_unlisted": Text(
        "Tanpa daftar aktor kedua gelombang (--actors1, --actors2), aktor tanpa hubungan dianggap "
        "tidak ada di gelombang itu.",
        "Without lists of actors of both waves (--actors1, --actors2), an actor without ties "
        "counts as absent from that wave.",
    ),
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
    "attendance_merged": Text(
        "{n} baris mengulang anggota dan rapat yang sama (misalnya beberapa sesi): digabung, "
        "status terbaik yang dipakai (hadir di satu sesi berarti hadir).",
        "{n} rows repeat a member and meeting (several sessions, say): merged, the best status "
        "counts (present at one session is present).",
    ),
    "attendance_status_missing": Text(
        "{n} baris tanpa status kehadiran tidak dihitung.",
        "{n} rows without an attendance status are not counted.",
    ),
    "attendance_present_read": Text(
        "Tidak ada kolom 'status': kolom 'present' dibaca (Y = hadir, N = tanpa keterangan).",
        "There is no column 'status': 'present' was read (Y = present, N = absent).",
    ),
    "meeting_key_widened": Text(
        "{n} nomor rapat dipakai oleh lebih dari satu panitia: satu rapat = {columns}. "
        "Ubah dengan --meeting-columns.",
        "{n} meeting numbers are used by more than one committee: a meeting = {columns}. "
        "Change it with --meeting-columns.",
    ),
    "gini_undefined": Text(
        "Indeks Gini memerlukan sekurangnya dua anggota dan satu kehadiran.",
        "The Gini index needs at least two members and one attendance.",
    ),
    # -- rhythm ------------------------------------------------------------------------------
    "rhythm_alone": Text(
        "Tidak ada waktu yang memenuhi {limit}: tanyakan waktu lain kepada mereka, atau longgarkan "
        "syarat ini.",
        "No hour meets {limit}: ask them for other hours, or relax this wish.",
    ),
    "rhythm_clash": Text(
        "Tidak ada waktu yang memenuhi semuanya sekaligus: {limits}. Longgarkan salah satunya.",
        "No hour meets all of these together: {limits}. Relax one of them.",
    ),
    "rhythm_nearest": Text(
        "Yang paling dekat: {slot} (harapan hadir {value}); yang belum terpenuhi: {limits}.",
        "The nearest: {slot} (expected present: {value}); not met there: {limits}.",
    ),
    "rhythm_nobody": Text(
        "Menurut jawaban, tak seorang pun bisa datang pada waktu mana pun.",
        "By these answers nobody can come at any hour.",
    ),
    "rhythm_not_proven": Text(
        "Rencana ini terbaik yang ditemukan, belum terbukti terbaik: anggota yang paling "
        "tertinggal {worst}, dan tak ada rencana yang melebihi {bound}.",
        "The best plan found, not proven best: the worst-off member has {worst}, and no plan "
        "exceeds {bound}.",
    ),
    "rhythm_left_out": Text(
        "{n} anggota tidak bisa datang pada tanggal mana pun: {names}. Sapa mereka; mungkin ada "
        "wakil atau cara lain.",
        "Members who can come on none of these dates: {n} ({names}). Talk to them; a deputy or "
        "another way may help.",
    ),
    "rhythm_unanswered": Text(
        "{n} anggota belum menjawab: {names}. Mereka dihitung tidak hadir, tetapi tidak sebagai "
        "yang paling tertinggal.",
        "Members who have not answered: {n} ({names}). They count as not coming, but not as the "
        "worst-off.",
    ),
    "rhythm_no_members": Text(
        "Tanpa daftar anggota (--members), seksi dan yang wajib hadir tidak diperhitungkan.",
        "Without a list of members (--members), sections and required people are not considered.",
    ),
    "rhythm_no_calendar": Text(
        "{file} tidak ditulis: tidak ada jadwal yang bisa diusulkan.",
        "{file} was not written: there is no schedule to propose.",
    ),
    "rhythm_seldom": Text(
        "{n} anggota diperkirakan hadir kurang dari {each} kali dalam setahun: {names}. Sapa "
        "mereka; mungkin ada waktu lain, wakil, atau cara lain.",
        "Members who can expect less than {each} date of the year: {n} ({names}). Talk to them; "
        "another hour, a deputy or another way may help.",
    ),
    "rhythm_all_closed": Text(
        "Semua waktu yang ditanyakan tertutup oleh hal lain (libur, Ramadan, salat, atau hari "
        "setempat): tanyakan waktu lain.",
        "Holidays, Ramadan, prayer or local days: something else has its time at every hour asked "
        "about. Ask for other hours.",
    ),
    "rhythm_shut": Text(
        "Tidak diusulkan karena setiap pekan tertutup: {hours}.",
        "Not proposed, as something else has this time every week: {hours}.",
    ),
    "rhythm_closed": Text(
        "{n} tanggal jatuh pada waktu yang tertutup dan tidak dapat digeser: {dates}. Tiadakan "
        "rapat itu, atau pilih jam lain untuk kali itu.",
        "Dates on a closed time that cannot be moved: {n} ({dates}). Call these meetings off, or "
        "choose another hour for them.",
    ),
    "rhythm_lost": Text(
        "Tidak ada jam yang terbuka pada: {periods}. Periode itu tidak diberi tanggal.",
        "No hour is open in: {periods}. No date was given to that period.",
    ),
    "rhythm_holidays_unknown": Text(
        "Libur nasional dan Ramadan tahun {year} belum diketahui; tanggalnya tidak diperiksa.",
        "National holidays and Ramadan of {year} are not known; the dates were not checked.",
    ),
    "sharing_silent": Text(
        "{n} kelompok belum punya jawaban dari anggotanya: {names}.",
        "Groups none of whose members has answered: {n} ({names}).",
    ),
    "sharing_alone": Text(
        "{group} tidak punya waktu yang memenuhi: {limits}. Tanyakan waktu lain kepada mereka, "
        "atau longgarkan syarat ini.",
        "{group} has no hour that meets: {limits}. Ask them for other hours, or relax this wish.",
    ),
    "sharing_clash": Text(
        "Kelompok ini tidak dapat sekaligus punya waktu: {groups}. Yang dipakai bersama: {shared}. "
        "Cari ruang atau pendamping lain untuk salah satunya, atau tanyakan waktu lain.",
        "These groups cannot all have an hour: {groups}. They share: {shared}. Find another room "
        "or facilitator for one of them, or ask for other hours.",
    ),
    "sharing_unfinished": Text(
        "Belum ditemukan pembagian yang memenuhi semua syarat, dan belum terbukti mustahil. "
        "Longgarkan sebagian syarat.",
        "No plan that meets all wishes was found, nor was it proven that there is none. Relax "
        "some of them.",
    ),
    "sharing_not_proven": Text(
        "Pembagian ini terbaik yang ditemukan, belum terbukti terbaik: harapan hadir {total}, dan "
        "tak ada yang melebihi {bound}.",
        "The best plan found, not proven best: {total} expected present, and none exceeds {bound}.",
    ),
    "turnout_nobody": Text(
        "Belum ada undangan tercatat: peluang kuorum tidak dapat dihitung.",
        "No invitation is on record: the chance of a quorum cannot be had.",
    ),
    "members_never_invited": Text(
        "{n} anggota belum pernah tercatat diundang: {names}.",
        "{n} members were never recorded as invited: {names}.",
    ),
    "members_unlisted": Text(
        "{n} orang di daftar hadir tidak ada di daftar anggota; kelompoknya tidak diketahui.",
        "{n} people on the attendance list are not in the list of members; their group is unknown.",
    ),
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
