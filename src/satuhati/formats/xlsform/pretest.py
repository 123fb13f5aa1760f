"""What is done before a questionnaire is used for the first time: the pretest, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from satuhati.text import Text


@dataclass(frozen=True, slots=True)
class Step:
    code: str
    title: Text
    how: Text
    source: str


PRETEST: tuple[Step, ...] = (
    Step(
        "translation",
        Text("Terjemahan", "Translation"),
        Text(
            "Dua orang menerjemahkan sendiri-sendiri, lalu bersama memilih kalimat yang paling "
            "wajar diucapkan warga.",
            "Two people translate apart from each other, then together choose the wording that "
            "residents would say most naturally.",
        ),
        "Harkness, van de Vijver & Mohler 2003",
    ),
    Step(
        "back_translation",
        Text("Terjemahan balik", "Back-translation"),
        Text(
            "Orang ketiga, yang belum melihat aslinya, menerjemahkan kembali; tiap beda arti "
            "dibetulkan dan dicatat.",
            "A third person who has not seen the original translates it back; every difference of "
            "meaning is mended and noted.",
        ),
        "Brislin 1970",
    ),
    Step(
        "experts",
        Text("Dibaca yang paham", "Read by those who know"),
        Text(
            "Tiga sampai lima orang (kader, PKB, peneliti) menilai tiap butir: jelas, perlu, "
            "pantas, dan tentang yang dimaksud.",
            "Three to five people (volunteer, field officer, researcher) judge each item: clear, "
            "needed, fitting, and about what is meant.",
        ),
        "Lynn 1986",
    ),
    Step(
        "cognitive",
        Text("Wawancara kognitif", "Cognitive interviews"),
        Text(
            "Lima sampai sepuluh warga, perempuan dan laki-laki, tua dan muda, menjawab sambil "
            "menceritakan apa yang mereka pahami dan pikirkan. Ubah butir, ulangi sampai tidak "
            "ada salah paham baru.",
            "Five to ten residents, women and men, old and young, answer while saying what they "
            "understand and think. Change items and repeat until no new misunderstanding comes up.",
        ),
        "Willis 2005",
    ),
    Step(
        "pilot",
        Text("Uji coba", "Pilot"),
        Text(
            "Sekurangnya 30 orang di luar sampel nanti, dengan cara yang sama. Lihat: lama "
            "mengisi, butir yang banyak dikosongkan, jawaban yang semuanya sama, butir yang "
            "tidak sejalan dengan skalanya (satuhati survey reliability).",
            "At least 30 people outside the later sample, in the same way. Look at: time taken, "
            "items often left empty, answers that are all the same, items that do not go with "
            "their scale (satuhati survey reliability).",
        ),
        "Presser et al. 2004",
    ),
    Step(
        "consent",
        Text("Persetujuan dan perlindungan", "Consent and protection"),
        Text(
            "Tujuan, siapa yang melihat jawaban, dan hak untuk melewati atau menarik jawaban "
            "dimengerti oleh mereka yang ikut uji coba.",
            "Those in the pilot understood the purpose, who sees the answers, and that answers "
            "may be left out or withdrawn.",
        ),
        "UU 27/2022",
    ),
    Step(
        "version",
        Text("Versi dikunci", "The version is fixed"),
        Text(
            "Kalimat akhir diberi nomor versi dan tidak diubah selama putaran berjalan; sesudah "
            "berubah, versinya naik.",
            "The final wording gets a version number and does not change while a round is open; "
            "once it changes, the version goes up.",
        ),
        "AERA, APA & NCME 2014",
    ),
)
