"""Classification of a Kampung KB: the scoring tables as data, and the rule of the level.

The tables are a *setting* with its date and source (:data:`SETTING`), not a truth: compare them
with the portal before any official use. Another edition is another :class:`Setting`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from satuhati.errors import Doubt
from satuhati.text import Text

Rule = Literal["steps", "steps_down", "count_true", "pokja"]
INDEXES = ("input", "process", "output")
LEVELS = ("Dasar", "Berkembang", "Mandiri", "Berkelanjutan")
PASSES = 3.0


@dataclass(frozen=True, slots=True)
class Scored:
    """One scored indicator of an index.

    ``keys`` are what the group tells (see :data:`KEYS`). Rules:

    - ``steps``: score 1, plus 1 for each of ``bounds`` that the value is above (a bound written
      ``(10, "at least")`` is reached at 10, ``(20, "above")`` only above 20);
    - ``steps_down``: the same with a value that should be low: a score for each bound it is under
      (``"below"``) or at most (``"at most"``);
    - ``count_true``: score 1 plus the number of ``keys`` answered yes;
    - ``pokja``: 1 none, 2 exists, +1 if it has ``full_size`` members, +1 if half are trained.
    """

    code: str
    index: str
    label: Text
    keys: tuple[str, ...]
    rule: Rule
    bounds: tuple[tuple[float, str], ...] = ()
    highest: int = 4


@dataclass(frozen=True, slots=True)
class Setting:
    """An edition of the scoring tables."""

    date: date
    source: Text
    scored: tuple[Scored, ...]
    full_size: int = 8
    passes: float = PASSES


KEYS: dict[str, Text] = {
    "pokja_exists": Text("Pokja sudah dibentuk", "The working group exists"),
    "pokja_members": Text("Jumlah anggota Pokja", "Members of the working group"),
    "pokja_trained": Text("Anggota Pokja yang sudah dilatih", "Trained members"),
    "funding_sources": Text("Banyaknya sumber dana", "Kinds of funding source"),
    "poktan": Text("Banyaknya jenis poktan", "Kinds of activity group"),
    "secretariat": Text("Ada sekretariat", "A secretariat"),
    "rumah_dataku": Text("Ada Rumah Dataku", "A data house"),
    "pkb": Text("Ada PKB/PLKB pendamping", "A companion field officer"),
    "regulation": Text("Ada peraturan/SK dari pemerintah daerah",
                       "A regulation of the local government"),
    "data_uses": Text("Banyaknya cara data dipakai", "Ways in which data are used"),
    "mechanisms": Text("Mekanisme operasional yang berjalan (0–5)",
                       "Operating mechanisms at work (0–5)"),
    "agencies": Text("Banyaknya lembaga yang terlibat", "Distinct agencies involved"),
    "poktan_participation": Text("Rata-rata keikutsertaan poktan (%)",
                                 "Mean activity-group participation (%)"),
    "cpr": Text("CPR (%)", "CPR (%)"),
    "mkjp": Text("Bagian metode jangka panjang (%)", "Share of long-acting methods (%)"),
    "unmet_need": Text("Unmet need (%)", "Unmet need (%)"),
}  # fmt: skip

YES_NO = frozenset({"pokja_exists", "secretariat", "rumah_dataku", "pkb", "regulation"})
PERCENTS = frozenset({"poktan_participation", "cpr", "mkjp", "unmet_need"})

SETTING = Setting(
    date(2021, 5, 27),
    Text(
        "bahan BKKBN tentang klasifikasi Kampung KB, sebagaimana dirangkum proyek ini (satu "
        "sumber; nilai Pokja menurut ukuran dan pelatihan adalah tafsir kami)",
        "BKKBN's material on the classification of Kampung KB as summarised by this project (one "
        "source; the working group's score by size and training is our reading)",
    ),
    (
        Scored("pokja", "input", Text("Pokja: ada, ukuran, terlatih",
                                      "Working group: exists, size, trained"),
               ("pokja_exists", "pokja_members", "pokja_trained"), "pokja"),
        Scored("funding_sources", "input", Text("Sumber dana", "Funding sources"),
               ("funding_sources",), "steps", ((1, "at least"), (2, "at least"), (4, "above"))),
        Scored("poktan", "input", Text("Kelompok kegiatan", "Activity groups"),
               ("poktan",), "steps", ((1, "at least"), (3, "at least"), (4, "above"))),
        Scored("place", "input", Text("Sekretariat dan Rumah Dataku",
                                      "Secretariat and data house"),
               ("secretariat", "rumah_dataku"), "count_true", highest=3),
        Scored("backing", "input", Text("PKB dan regulasi", "Field officer and regulation"),
               ("pkb", "regulation"), "count_true", highest=3),
        Scored("data_uses", "process", Text("Pemanfaatan data", "Uses of data"),
               ("data_uses",), "steps", ((1, "at least"), (2, "at least"), (3, "above"))),
        Scored("mechanisms", "process", Text("Mekanisme operasional", "Operating mechanisms"),
               ("mechanisms",), "steps", ((1, "at least"), (3, "at least"), (5, "at least"))),
        Scored("agencies", "process", Text("Lembaga yang terlibat", "Agencies involved"),
               ("agencies",), "steps", ((1, "at least"), (4, "at least"), (6, "above"))),
        Scored("poktan_participation", "output",
               Text("Keikutsertaan poktan", "Activity-group participation"),
               ("poktan_participation",), "steps",
               ((10, "at least"), (20, "above"), (30, "above"))),
        Scored("cpr", "output", Text("CPR", "CPR"), ("cpr",), "steps",
               ((30, "at least"), (40, "above"), (50, "above"))),
        Scored("mkjp", "output", Text("MKJP", "Long-acting methods"), ("mkjp",), "steps",
               ((20, "at least"), (22, "above"), (24, "above"))),
        Scored("unmet_need", "output", Text("Unmet need", "Unmet need"), ("unmet_need",),
               "steps_down", ((12, "at most"), (9, "at most"), (6.1, "below"))),
    ),
)  # fmt: skip
"""Classes written with gaps (10–20, 21–30) are read without: a value above 20 is in the next."""


@dataclass(frozen=True, slots=True)
class Score:
    """``score`` of ``highest``; ``None`` with the missing keys named."""

    index: str
    score: int | None
    highest: int
    values: Mapping[str, float | None]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Classification:
    """Index means (1–4), which pass, and the level; ``None`` where keys are missing."""

    input: float | None
    process: float | None
    output: float | None
    level: str | None
    possible_levels: tuple[str, ...]
    passed: Mapping[str, bool | None]
    scores: Mapping[str, Score]
    setting_date: date
    warnings: tuple[Doubt, ...]


def level_of(input_passes: bool, process_passes: bool, output_passes: bool) -> str:
    """The level from the three indexes that pass.

    None or only one = Dasar; input and process only = Berkembang; output and one other =
    Mandiri; all three = Berkelanjutan.
    """
    passed = input_passes + process_passes + output_passes
    if passed <= 1:
        return "Dasar"
    if passed == 3:
        return "Berkelanjutan"
    return "Mandiri" if output_passes else "Berkembang"


def classify(profile: Mapping[str, float | None], setting: Setting = SETTING) -> Classification:
    """Score a profile: ``key → number`` (yes = 1, no = 0, percentages 0–100; ``None``: not told).

    Every indicator scores 1–4 (some at most 3), an index is the mean of its indicators, and
    passes at ≥ 3. An index with a missing key is ``None``. The level is given when it is the same
    however the missing indexes turn out; otherwise ``None``, with the possible levels.
    """
    scores = {s.code: _score(s, profile, setting) for s in setting.scored}
    doubts: list[Doubt] = [
        Doubt("classification_key_unknown", {"key": k}) for k in profile if k not in KEYS
    ]
    means: dict[str, float | None] = {}
    for index in INDEXES:
        own = [s for s in scores.values() if s.index == index]
        missing = [k for s in own for k in s.missing]
        found = [s.score for s in own if s.score is not None]
        means[index] = math.fsum(found) / len(own) if len(found) == len(own) else None
        if missing:
            doubts.append(
                Doubt("classification_key_missing", {"index": index, "keys": ", ".join(missing)})
            )
    passed = {i: None if (m := means[i]) is None else m >= setting.passes for i in INDEXES}
    options = [(p,) if p is not None else (False, True) for p in passed.values()]
    possible = {level_of(*combination) for combination in itertools.product(*options)}
    ordered = tuple(level for level in LEVELS if level in possible)
    if len(ordered) > 1:
        doubts.append(Doubt("classification_open", {"levels": ", ".join(ordered)}))
    return Classification(
        means["input"], means["process"], means["output"],
        ordered[0] if len(ordered) == 1 else None, ordered, passed, scores, setting.date,
        tuple(doubts),
    )  # fmt: skip


def _score(scored: Scored, profile: Mapping[str, float | None], setting: Setting) -> Score:
    values = {k: profile.get(k) for k in scored.keys}
    needed: Sequence[str] = scored.keys
    if scored.rule == "pokja" and values["pokja_exists"] == 0:
        needed = ("pokja_exists",)  # a group that does not exist has no size
    missing = tuple(k for k in needed if values[k] is None)
    score = None
    if not missing:
        score = min(_points(scored, values, setting), scored.highest)
    return Score(scored.index, score, scored.highest, values, missing)


def _points(scored: Scored, values: Mapping[str, float | None], setting: Setting) -> int:
    told = {k: v for k, v in values.items() if v is not None}
    if scored.rule == "count_true":
        return 1 + sum(v > 0 for v in told.values())
    if scored.rule == "pokja":
        if told["pokja_exists"] == 0:
            return 1
        members = told["pokja_members"]
        trained = members > 0 and told["pokja_trained"] * 2 >= members
        return 2 + (members >= setting.full_size) + trained
    value = told[scored.keys[0]]
    return 1 + sum(_reached(value, how, bound) for bound, how in scored.bounds)


def _reached(value: float, how: str, bound: float) -> bool:
    match how:
        case "at least":
            return value >= bound
        case "above":
            return value > bound
        case "at most":
            return value <= bound
        case "below":
            return value < bound
    raise ValueError(how)
