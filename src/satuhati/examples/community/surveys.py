"""Three questionnaires, two waves, and what the Pokja predicted beforehand.

Answers come from a latent score for each person and scale: a common part, a part of the RW, a
part of the scale and noise of each item, so that alpha falls between about .7 and .9.
"""

from __future__ import annotations

import random
from typing import Any

from satuhati.examples.community.people import POORER
from satuhati.examples.community.rows import Rows, day
from satuhati.examples.items import LICENCE, items

# Scale: mean of residents, of the Pokja, of partners (0-100); None: not asked.
_MEANS: dict[str, tuple[float, float, float]] = {
    "sense_of_community": (64, 77, 0), "sense_instrumental": (66, 78, 0),
    "commitment_stakeholder": (63, 81, 68), "commitment_action": (57, 76, 66),
    "collective_efficacy": (58, 71, 0), "own_skills": (0, 57, 0), "informal_control": (53, 0, 0),
    "resource_access": (45, 0, 0), "refused_unfairly": (30, 0, 0),
    "trust_organizations": (58, 69, 64), "trust_neighbours": (65, 72, 0),
    "open_communication": (50, 73, 58), "rules_known": (0, 55, 0), "rules_kept": (0, 52, 0),
    "opinions_respected": (0, 77, 0), "being_heard": (37, 0, 0), "joint_action": (31, 0, 0),
    "safety": (61, 0, 0), "opportunity": (46, 0, 0), "service_satisfaction": (62, 0, 0),
    "economic_wellbeing": (44, 0, 0),
}  # fmt: skip
# What a poor household's answers differ by.
_POOR = {"resource_access": -12, "refused_unfairly": 14, "being_heard": -9, "opportunity": -8,
         "economic_wellbeing": -22, "open_communication": -5, "joint_action": -4}  # fmt: skip
# Scales on which a high answer is a bad one do not share the common part.
_APART = {"refused_unfairly": -0.5, "economic_wellbeing": 0.3}
_SECOND_WAVE = {"service_satisfaction": 4, "trust_organizations": 2, "resource_access": 2}
_NAMES = {"warga": "Suara warga", "pokja": "Suara pengurus Pokja", "mitra": "Suara mitra"}

# code, instrument, wave, start, end, frame, invited, answered, population size, mode, note
_ROUNDS = (
    ("w1", "warga", 1, "2025-10-18", "2025-11-16", "random_households", 176, 150, None,
     "interviewer", "Rumah diacak dalam tiap RW; satu orang dewasa tiap rumah."),
    ("w2", "warga", 2, "2026-10-03", "2026-10-25", "random_households", 184, 160, None,
     "interviewer", "Rumah diacak dalam tiap RW; orangnya bukan orang gelombang pertama."),
    ("p1", "pokja", 1, "2025-11-04", "2025-11-17", "census", 25, 20, 25, "paper",
     "Sebagian diisi di depan ketua; jawaban bisa lebih sopan."),
    ("p2", "pokja", 2, "2026-10-06", "2026-10-19", "census", 25, 22, 25, "mixed",
     "Sebagian diisi di depan ketua; jawaban bisa lebih sopan."),
    ("m1", "mitra", 1, "2025-11-04", "2025-11-21", "census", 18, 12, 18, "self",
     "Diisi satu orang untuk tiap lembaga."),
    ("m2", "mitra", 2, "2026-10-06", "2026-10-23", "census", 18, 14, 18, "self",
     "Diisi satu orang untuk tiap lembaga."),
)  # fmt: skip


def add_surveys(rows: Rows) -> None:
    for code, name in _NAMES.items():
        rows.add("instruments", code, name=name, version="1", population=code,
                 citation=f"Butir sendiri, {LICENCE}")  # fmt: skip
        for item in items(code):
            rows.add("items", f"{code}_{item.code}", instrument=code, name=item.code,
                     type=item.type, scale=item.scale, low=item.low, high=item.high,
                     reversed=item.reversed, text_id=item.text_id,
                     text_en=item.text_en)  # fmt: skip
    for code, instrument, wave, start, end, frame, invited, answered, size, mode, note in _ROUNDS:
        rows.add("rounds", code, instrument=instrument, wave=wave, population=instrument,
                 start=day(start), end=day(end), frame=frame, invited=invited,
                 population_size=size, anonymous=True, mode=mode, note=note)  # fmt: skip
        dice = rows.dice(f"answers/{code}")
        sheets = [
            _residents_sheet(rows, dice, n, wave) if instrument == "warga"
            else _sheet(dice, instrument, wave, _rw_shifts(rows)[""])
            for n in range(answered)
        ]  # fmt: skip
        dice.shuffle(sheets)  # an anonymous round keeps no order of arrival
        rows.answers.setdefault(instrument, []).extend(
            {"id": f"{code}-{n:03d}", "round": code, **sheet} for n, sheet in enumerate(sheets, 1)
        )
    for wave, date, heard, taking_part in ((1, "2025-11-18", 65, 70), (2, "2026-09-29", 60, 65)):
        rows.add("predictions", measure="service_heard", service="sigap", population="warga",
                 wave=wave, date=day(date), value=heard, people=12)  # fmt: skip
        rows.add("predictions", measure="participation", population="pokja", wave=wave,
                 date=day(date), value=taking_part, people=12)  # fmt: skip


def _rw_shifts(rows: Rows) -> dict[str, float]:
    dice = rows.dice("rw")
    return {"": 0.0} | {f"rw{n:02d}": dice.gauss(0, 4) for n in range(1, 11)}


def _residents_sheet(rows: Rows, dice: random.Random, n: int, wave: int) -> dict[str, Any]:
    rw = f"rw{n % 10 + 1:02d}"
    poor = dice.random() < (0.48 if rw in POORER else 0.2)
    age = dice.choices(("15-24", "25-39", "40-59", "60+"), (14, 33, 38, 15))[0]
    low = 3 if poor or age == "60+" else 1
    schooling = dice.choices(
        ("none", "primary", "lower_secondary", "upper_secondary", "tertiary"),
        (2 * low, 10 * low, 18, 46, 18 / low),
    )[0]
    oldest = {"15-24": 24, "25-39": 39, "40-59": 59, "60+": 80}[age]
    years = min(oldest, max(0, round(dice.expovariate(1 / (9 if poor else 17)))))
    known = min(10, max(0, round(2.5 + 1.6 * min(years, 20) ** 0.5 + dice.gauss(0, 1.7))))
    sheet: dict[str, Any] = {
        "area": rw,
        "sex": "female" if dice.random() < 0.54 else "male",
        "age_band": age,
        "schooling": schooling,
        "poor": poor,
        # Adults of the house over their mean: one of them was asked.
        "weight": round(dice.choices((0.8, 0.95, 1.1, 1.25), (2, 4, 3, 1))[0], 2),
        "cluster": rw,
    }
    answers = _sheet(dice, "warga", wave, _rw_shifts(rows)[rw], poor=poor)
    return sheet | answers | {"years": years, "neigh": known}


def _sheet(
    dice: random.Random, instrument: str, wave: int, shift: float, *, poor: bool = False
) -> dict[str, Any]:
    """One person's answers to the items of an instrument."""
    column = ("warga", "pokja", "mitra").index(instrument)
    common = dice.gauss(0, 1)
    tired = dice.random() < 0.04  # someone who leaves much of the form empty
    latent: dict[str, float] = {}
    answers: dict[str, Any] = {}
    for item in items(instrument):
        if item.type == "number":
            continue
        if item.scale not in latent:
            mean = _MEANS[item.scale][column]
            mean += _POOR.get(item.scale, 0) if poor else 0
            mean += _SECOND_WAVE.get(item.scale, 0) if wave == 2 else 0
            pull = _APART.get(item.scale, 1.0)
            spread = 0.85 if instrument == "pokja" else 1.0
            latent[item.scale] = (
                mean + shift + spread * (10 * pull * common + 18 * dice.gauss(0, 1))
            )
        if dice.random() < (0.25 if tired else 0.015):
            answers[item.code] = None
            continue
        value = latent[item.scale]
        if item.type == "binary":
            answers[item.code] = int(value + dice.gauss(0, 16) > 44)
            continue
        value += dice.gauss(0, 13 if instrument == "pokja" else 17)
        level = min(4, max(0, round(value / 25)))
        answers[item.code] = 5 - level if item.reversed else 1 + level
    return answers
