"""Who exchanges what with whom, asked of one roster in two waves."""

from __future__ import annotations

import random

from satuhati.examples.community.rows import Rows, day

_ORGANIZATIONS = ("g01", "g02", "g03", "g05", "s01", "s03", "l01", "l02", "l03", "l05", "l06")
_REPRESENTATIVES = ("r01", "r02", "r03", "r06", "r07", "r09", "r10", "r11", "r12")
_RESIDENTS = ("w03", "w05", "w08", "w09", "w26", "w27", "w31")
# The sections that stay away, and one firm: nobody names them and they name nobody.
_ISOLATES = ("p15", "p16", "p23", "r07")
_SILENT = {1: ("p01", "p14", "p15", "p22", "p23", "r07", "r11"),
           2: ("p14", "p15", "p16", "r06", "r07")}  # fmt: skip

# Chance of a tie by pair of sectors, for information; the other relations are a share of it.
_CHANCE = {
    ("pokja", "pokja"): 0.20, ("pokja", "warga"): 0.14, ("pokja", "pemerintah"): 0.09,
    ("pokja", "lembaga"): 0.10, ("warga", "warga"): 0.24, ("lembaga", "warga"): 0.08,
    ("pemerintah", "pemerintah"): 0.30, ("lembaga", "lembaga"): 0.18,
    ("lembaga", "pemerintah"): 0.10, ("pemerintah", "warga"): 0.06,
}  # fmt: skip
_SHARE = {"information": 1.0, "support": 0.62, "resources": 0.34}
# Whom people go to: the organisation and how often it is named.
_GOTO = {"g03": 0.55, "l06": 0.32, "g01": 0.36, "l01": 0.30, "l03": 0.20, "g05": 0.14, "l02": 0.1,
         "l05": 0.06, "g02": 0.04, "s03": 0.03, "s01": 0.02}  # fmt: skip
_JOINT = (("g01", "l01"), ("g01", "g03"), ("g01", "g02"), ("g03", "l01"), ("l06", "l05"),
          ("l06", "g01"), ("l02", "l06"), ("g02", "g05"), ("l01", "g05"), ("l03", "l02"),
          ("g03", "l06"), ("s03", "g03"))  # fmt: skip


def add_ties(rows: Rows) -> None:
    for wave, start, closed in ((1, "2025-10-25", "2025-11-20"), (2, "2026-10-05", "2026-10-28")):
        code = f"ties{wave}"
        rows.add("tie_rounds", code, wave=wave, start=day(start), closed_on=day(closed),
                 note="Kepercayaan ditanyakan sebagai 'kepada siapa Anda pergi', kepada lembaga.",
                 )  # fmt: skip
        _wave(rows, code, wave)


def _wave(rows: Rows, code: str, wave: int) -> None:
    members = [
        t["actor"] for t in rows.of("terms") if t["end"] is None or t["end"] > day("2025-06-01")
    ]
    people = [*members, *_RESIDENTS, *_REPRESENTATIVES]
    silent = _SILENT[wave]
    for actor in [*people, *_ORGANIZATIONS]:
        rows.add("roster", round=code, actor=actor,
                 responded=actor not in silent and actor != "s01")  # fmt: skip
    # One die for each pair and relation: most ties of wave 1 are there again in wave 2.
    found: set[tuple[str, str, str]] = set()
    actors = {a: rows.row("actors", a) for a in [*people, *_ORGANIZATIONS]}
    for source in people:
        for target in people:
            if source == target or source in silent:
                continue
            dice = rows.dice(f"tie/{source}/{target}")
            for relation, share in _SHARE.items():
                stays, redraw, again = dice.random(), dice.random(), dice.random()
                throw = again if wave == 2 and redraw < 0.3 else stays
                if throw < share * _chance(actors[source], actors[target], relation):
                    found.add((source, target, relation))
        if source not in silent:
            dice = rows.dice(f"goto/{source}/{wave}")
            found |= {(source, o, "goto") for o, p in _GOTO.items()
                      if dice.random() < p * (0.4 if source in _ISOLATES else 1.0)
                      and actors[source].get("organization") != o}  # fmt: skip
    # The chair reaches residents, government and civil society, not the private sector.
    found |= {("p04", a, "information") for a in ("w05", "w27", "r02", "r03", "r09", "r13")}
    found |= {("p04", "r02", "resources"), ("p04", "r09", "support"), ("p05", "r02", "information"),
              ("p07", "r06", "information"), ("p12", "g03", "resources"),
              ("p12", "l06", "resources")}  # fmt: skip
    if wave == 2:
        found |= {("p05", "r03", "resources"), ("p17", "r02", "resources")}
    found |= {(a, b, "collaboration") for a, b in _JOINT[: 9 + 3 * (wave - 1)]}
    listed = {r["actor"] for r in rows.of("roster") if r["round"] == code}
    weigh = rows.dice(f"weights/{wave}")
    for source, target, relation in sorted(found):
        if source in listed and target in listed:
            rows.add("ties", round=code, source=source, target=target, relation=relation,
                     weight=_often(weigh), origin="reported")  # fmt: skip


def _often(dice: random.Random) -> int:
    """1 a few times a year, 2 monthly, 3 weekly."""
    return dice.choices((1, 2, 3), (5, 3, 2))[0]


def _chance(source: dict[str, object], target: dict[str, object], relation: str) -> float:
    if source["id"] in _ISOLATES or target["id"] in _ISOLATES:
        return 0.0
    one, other = sorted((str(source["sector"]), str(target["sector"])))
    chance = _CHANCE.get((one, other), _CHANCE.get((other, one), 0.0))
    here, there = str(source.get("area") or "")[:4], str(target.get("area") or "")[:4]
    if relation == "support":
        known = bool(here and there)
        chance *= 4.6 if known and here == there else 0.16 if known else 0.45
    elif here and here == there:
        chance *= 1.6
    if "p04" in (source["id"], target["id"]):
        chance *= 2.6
    elif "p05" in (source["id"], target["id"]):
        chance *= 1.8
    elif "p14" in (source["id"], target["id"]) or "p22" in (source["id"], target["id"]):
        chance *= 0.3
    return min(chance, 0.9)
