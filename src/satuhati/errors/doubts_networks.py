"""Doubts about networks: ties, groups, brokerage, permutations, waves."""

from __future__ import annotations

from satuhati.text import Text

NETWORK_DOUBTS: dict[str, Text] = {
    # -- ties ----------------------------------------------------------------------------
    "network_empty": Text(
        "Tidak ada hubungan di antara {n} aktor: ukuran yang memerlukan hubungan dikosongkan.",
        "There are no ties (number of actors: {n}): figures that need ties are left empty.",
    ),
    "network_too_small": Text(
        "Hanya {n} aktor: pemusatan memerlukan sekurangnya tiga, kepadatan dua.",
        "Number of actors: {n}. Centralization needs at least three, density two.",
    ),
    "closeness_apart": Text(
        "Pemusatan kedekatan dikosongkan: tidak semua aktor terhubung, langsung atau lewat yang "
        "lain.",
        "Centralization of closeness is left empty: not all actors are joined, directly or through "
        "others.",
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
    "ties_without_direction": Text(
        "{file}: kolom directed mengatakan bahwa ikatan ini tanpa arah; tambahkan --undirected, "
        "supaya tidak dihitung sebagai searah.",
        "{file}: its column directed says that these ties have no direction; add --undirected, so "
        "that they do not count as one-way.",
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
}
