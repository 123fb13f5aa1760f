"""Scoring keys of published scales: which item belongs to which scale, direction, range, source.

Only the key: the wording belongs to its authors and is not in this program. Who may use it brings
it along (``satuhati survey instrument write sci2 OUT.xlsx --wording FILE``). Items are numbered as
in the source; their names are the key and the number (``sci2_1``).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from satuhati.text import Text


@dataclass(frozen=True, slots=True)
class KeyScale:
    """One scale of a key; item names, those of them that are reversed, and the answer range."""

    code: str
    items: tuple[str, ...]
    reversed: frozenset[str]
    low: int
    high: int
    label: Text


@dataclass(frozen=True, slots=True)
class ScoringKey:
    """A published instrument: its source, how its authors score it, and its scales."""

    code: str
    title: str
    citation: str
    note: Text
    scales: tuple[KeyScale, ...]

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(i for s in self.scales for i in s.items)


_SOURCES: dict[str, tuple[str, str, Text]] = {
    "sci2": (
        "Sense of Community Index 2",
        "Chavis, D. M., Lee, K. S., & Acosta, J. D. (2008). The Sense of Community (SCI) revised: "
        "The reliability and validity of the SCI-2. 2nd International Community Psychology "
        "Conference, Lisboa",
        Text("24 butir, 0-3; jumlah tiap skala, dan jumlah semuanya. Pertanyaan pendahuluan tidak "
             "dihitung.",
             "24 items, 0-3; the sum of each scale, and of all. The opening question is not "
             "scored."),
    ),
    "bscs": (
        "Brief Sense of Community Scale",
        "Peterson, N. A., Speer, P. W., & McMillan, D. W. (2008). Validation of a brief sense of "
        "community scale. Journal of Community Psychology, 36(1), 61-73",
        Text("8 butir, 1-5; rerata tiap pasang, dan rerata semuanya.",
             "8 items, 1-5; the mean of each pair, and of all."),
    ),
    "ce": (
        "Collective efficacy",
        "Sampson, R. J., Raudenbush, S. W., & Earls, F. (1997). Neighborhoods and violent crime: A "
        "multilevel study of collective efficacy. Science, 277(5328), 918-924",
        Text("Dua skala masing-masing lima butir, 1-5; dua butir kekompakan yang berbunyi negatif "
             "(urutan terakhir) dibalik.",
             "Two scales of five items, 1-5; the two negatively worded items of cohesion (last in "
             "order) are reversed."),
    ),
    "sc_iq": (
        "Social Capital Integrated Questionnaire",
        "Grootaert, C., Narayan, D., Jones, V. N., & Woolcock, M. (2004). Measuring social "
        "capital: An integrated questionnaire. World Bank Working Paper 18",
        Text("Enam bagian, dibaca per pertanyaan; penyusunnya tidak memberi skor gabungan, maka "
             "di sini pun tidak ada: kelompok dan jejaring; kepercayaan dan solidaritas; "
             "tindakan bersama; informasi dan komunikasi; kekompakan dan keterlibatan; "
             "pemberdayaan dan tindakan politik.",
             "Six sections, read question by question; its authors give no composite score, so "
             "there is none here: groups and networks; trust and solidarity; collective action "
             "and cooperation; information and communication; social cohesion and inclusion; "
             "empowerment and political action."),
    ),
    "sascat": (
        "Short Adapted Social Capital Assessment Tool",
        "De Silva, M. J., Harpham, T., Tuan, T., Bartolini, R., Penny, M. E., & Huttly, S. R. "
        "(2006). Psychometric and cognitive validation of a social capital measurement tool in "
        "Peru and Vietnam. Social Science & Medicine, 62(4), 941-953",
        Text("9 butir. Butir 1-3 adalah banyaknya kelompok atau sumber dukungan; 4-9 ya/tidak; "
             "butir 9 dibalik.",
             "9 items. Items 1-3 are numbers of groups or sources of support; 4-9 yes or no; item "
             "9 is reversed."),
    ),
    "wilder": (
        "Wilder Collaboration Factors Inventory",
        "Mattessich, P. W., Murray-Close, M., & Monsey, B. R. (2001). Collaboration: What makes it "
        "work (2nd ed.). Amherst H. Wilder Foundation",
        Text("40 butir, 1-5, dua puluh faktor; rerata tiap faktor. 4,0 ke atas kekuatan; 3,0-3,9 "
             "di tengah; di bawahnya perlu perhatian.",
             "40 items, 1-5, twenty factors; the mean of each. 4.0 and above a strength; 3.0-3.9 "
             "borderline; below that a concern."),
    ),
}  # fmt: skip


@cache
def scoring_keys() -> dict[str, ScoringKey]:
    """All keys by code."""
    text = files("satuhati.schema").joinpath("scoring_keys.csv").read_text(encoding="utf-8")
    scales: dict[str, list[KeyScale]] = {}
    for row in csv.DictReader(text.splitlines()):
        key = row["key"]
        scales.setdefault(key, []).append(
            KeyScale(
                row["scale"],
                tuple(f"{key}_{n}" for n in row["items"].split()),
                frozenset(f"{key}_{n}" for n in row["reversed"].split()),
                int(row["low"]),
                int(row["high"]),
                Text(row["scale_id"], row["scale_en"]),
            )
        )
    return {
        code: ScoringKey(code, title, citation, note, tuple(scales.get(code, ())))
        for code, (title, citation, note) in _SOURCES.items()
    }
