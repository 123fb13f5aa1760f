"""Rows of answers made such that nobody is named and nobody is found: order, looks, numbers.

What people look like from outside is emptied until every combination of it is shared by enough
answers of its round (k-anonymity by local suppression). Sweeney, L. (2002). k-anonymity: a model
for protecting privacy. International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems
10(5), 557-570.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

BACKGROUND = ("sex", "age_band", "poor", "schooling", "area")
"""What neighbours can see, the most wanted first: the last is emptied first."""
PERSON = "person_number"
_NAMES = re.compile(
    r"(^|_)(umur|usia|age|rt|rw|dusun|lingkungan|alamat|address|kelamin|gender|sex|jk|pekerjaan"
    r"|kerja|job|occupation|agama|religion|suku|ethnic|ethnicity|pendidikan|sekolah|education"
    r"|schooling|jabatan|position|lahir|birth|nik|kawin|nikah|marital|dasawisma|kampung|desa)"
    r"(_|\d|$)"
)
_WORDS = re.compile(
    r"\b(umur|usia|berumur|jenis kelamin|pekerjaan|agama|suku|pendidikan|jabatan|tanggal lahir"
    r"|r[tw] (berapa|mana)|tinggal di r[tw]|nomor r[tw]|alamat|status (per)?(kawin|nikah)an"
    r"|tahun.*\btinggal|lama tinggal"
    r"|age|sex|gender|occupation|religion|ethnicity|education|address|marital"
    r"|years.*\b(live|lived|living))\b"
)


def tells_who(item: Mapping[str, Any]) -> bool:
    """Whether a question of a questionnaire asks what neighbours can see: age, RT, work.

    By its name, or by its wording where it is answered by a number or one of several things.
    Opinions, which belong to scales, may speak of an RT and tell nothing of who answers.
    """
    typed = item["type"] in ("number", "choice")
    if item["type"] == "text" or (item["scale"] and item["type"] != "number"):
        return False
    name = re.sub(r"[^a-z0-9]+", "_", str(item["name"]).casefold())
    if not item["scale"] and _NAMES.search(name):
        return True
    wording = " ".join(str(item[c] or "") for c in ("text_id", "text_en")).casefold()
    return typed and _WORDS.search(wording) is not None


def reordered(rows: list[dict[str, Any]]) -> bytes:
    """Put rows in an order drawn from their own content, in place; the salt of what follows."""
    salt = _salt(rows)
    rows.sort(key=lambda row: _mark(salt, _content(row)))
    return salt


def _content(row: Mapping[str, Any]) -> str:
    """What was answered, without anything that says when or by whom."""
    told = {k: v for k, v in row.items() if k not in ("id", "actor", "community")}
    return json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)


def _salt(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """From all answers together: whoever does not have them all cannot tell an order from it."""
    return hashlib.sha256("\n".join(sorted(map(_content, rows))).encode()).digest()


def _mark(salt: bytes, text: str) -> bytes:
    return hmac.digest(salt, text.encode(), "sha256")


def thin_out(
    rows: list[dict[str, Any]], background: Sequence[str], threshold: int
) -> dict[str, list[bool]]:
    """Empty ``background`` until every combination of it has ``threshold`` rows of its round.

    Variable by variable, the most wanted first, each class of rows is parted by its value.
    Values held by fewer than ``threshold`` rows are emptied; if what is emptied (with rows that
    were empty before) stays under ``threshold`` itself, the smallest remaining value goes too.
    Emptied and unanswered cells are one part, so that neither can be told from its neighbours.
    """
    marks = {name: [False] * len(rows) for name in background}
    for row in rows:
        for name in set(BACKGROUND) - set(background):
            row[name] = None
    classes: dict[Hashable, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        classes[row["round"]].append(i)
    parts = list(classes.values())
    for name in background:
        parted: list[list[int]] = []
        for members in parts:
            by_value: dict[Any, list[int]] = defaultdict(list)
            for i in members:
                by_value[rows[i][name]].append(i)
            empty = by_value.pop(None, [])
            gone: list[int] = []
            full = sorted(by_value.items(), key=lambda kv: (len(kv[1]), str(kv[0])))
            while full and (len(full[0][1]) < threshold or 0 < len(empty) + len(gone) < threshold):
                gone += full.pop(0)[1]
            for i in gone:
                rows[i][name] = None
                marks[name][i] = True
            if empty or gone:
                parted.append(sorted(empty + gone))
            parted += [value for _, value in full]
        parts = parted
    return marks


def number_anew(rows: list[dict[str, Any]], named: set[str], salt: bytes) -> None:
    """Persons, strata and clusters as numbers that mean nothing outside this release."""
    people = {row["actor"] for row in rows if row["round"] in named and row["actor"]}
    order = sorted(people, key=lambda code: _mark(salt, f"person {code}"))
    number = {code: float(n) for n, code in enumerate(order, 1)}
    for row in rows:
        row[PERSON] = number.get(row["actor"]) if row["round"] in named else None
    for name in ("stratum", "cluster"):
        found = {row[name] for row in rows if row[name] is not None}
        ranked = sorted(found, key=lambda code: _mark(salt, f"{name} {code}"))
        numbers = {code: float(n) for n, code in enumerate(ranked, 1)}
        for row in rows:
            row[name] = numbers.get(row[name])
