"""A release as an SPSS file: labels, named values, levels of measurement, missing codes.

Numbers stay numbers; choices become numbers with their words (sex 1, 2 …) in the order of the
codebook. An empty cell becomes one of two codes that no answer can have: *no answer* (or not
asked) and *withheld* (emptied by the rule of small cells). Both are declared as missing, so SPSS,
R and Stata leave them out of every figure. Empty text stays empty.

SPSS bounds: names of 64 bytes that begin with a letter, labels of 256 bytes, names of values of
120 bytes, text of 32,767 bytes. What is longer is cut between characters, with a doubt; the
codebook has the whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from satuhati.core.surveys.release import Release, Variable
from satuhati.errors import Doubt, MissingExtraError
from satuhati.text import Language, Text

MAX_NAME, MAX_LABEL, MAX_VALUE_LABEL, MAX_TEXT = 64, 255, 120, 32_767
NO_ANSWER = Text("Tidak ada jawaban", "No answer")
WITHHELD = Text("Disamarkan (kelompok kecil)", "Withheld (small group)")
_WORDS_OF_SPSS = frozenset(
    ("all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with")
)


@dataclass(frozen=True, slots=True)
class Codes:
    """The two codes of a variable that mean no value."""

    no_answer: float
    withheld: float


def write_sav(found: Release, path: Path, lang: Language) -> tuple[Doubt, ...]:
    """Write ``path``; says what had to be cut. Raises ``MissingExtraError`` without pyreadstat."""
    try:
        import pyreadstat  # the extra "spss"
    except ModuleNotFoundError:
        raise MissingExtraError("spss", "SPSS (.sav)") from None
    names = spss_names([v.name for v in found.variables])
    cut = 0
    columns: list[pl.Series] = []
    labels: list[str | None] = []
    value_labels: dict[str, dict[float, str]] = {}
    missing: dict[str, list[Any]] = {}
    for v, name in zip(found.variables, names, strict=True):
        label, was_cut = as_label(v.label(lang), MAX_LABEL)
        cut += was_cut
        labels.append(label)
        if v.kind == "text":
            texts = found.frame[v.name].fill_null("")
            short = texts.map_elements(lambda x: fitting(x, MAX_TEXT), return_dtype=pl.String)
            cut += int((short != texts).sum())
            columns.append(short.alias(name))
            continue
        coded = codes_of(v)
        empty = missing_codes(found, v)
        marks = found.withheld.get(v.name) or (False,) * found.frame.height
        numbers = [
            (empty.withheld if withheld else empty.no_answer) if x is None else coded.get(x, x)
            for x, withheld in zip(found.frame[v.name].to_list(), marks, strict=True)
        ]
        columns.append(pl.Series(name, numbers, dtype=pl.Float64))
        words = {float(coded.get(x, x)): w(lang) for x, w in v.values.items()}
        words[empty.no_answer] = NO_ANSWER(lang)
        missing[name] = [empty.no_answer]
        if v.withheld:
            words[empty.withheld] = WITHHELD(lang)
            missing[name].append(empty.withheld)
        fitted = {x: as_label(w, MAX_VALUE_LABEL) for x, w in words.items()}
        value_labels[name] = {x: word for x, (word, _) in fitted.items()}
        cut += sum(was_cut for _, was_cut in fitted.values())
    pyreadstat.write_sav(
        pl.DataFrame(columns),
        str(path),
        file_label=as_label(found.name(lang), 64)[0],
        column_labels=labels,
        variable_value_labels=value_labels,
        missing_ranges=missing,
        variable_measure={n: v.measure for n, v in zip(names, found.variables, strict=True)},
        variable_format=_formats(found, names),
        row_compress=True,
    )
    return (Doubt("export_text_cut", {"n": cut, "file": path.name}),) if cut else ()


def codes_of(v: Variable) -> Mapping[Any, float]:
    """The number of each choice: 1, 2 … in the order of the codebook; nothing for numbers."""
    if v.kind != "choice":
        return {}
    return {code: float(n) for n, code in enumerate(v.values, 1)}


def missing_codes(found: Release, v: Variable) -> Codes:
    """-9 and -8, or -99 and -98 and so on where an answer could be as low as that."""
    seen = [x for x in found.frame[v.name].to_list() if isinstance(x, float)]
    possible = [x for x in (*v.values, v.low) if isinstance(x, float)]
    lowest = min([*seen, *possible, 0.0])
    nines = 9.0
    while lowest <= -(nines - 2):
        nines = nines * 10 + 9
    return Codes(-nines, 1 - nines)


def spss_names(names: Sequence[str]) -> list[str]:
    """Names that SPSS takes, one for each and no two alike whatever their case."""
    taken: set[str] = set()
    made = []
    for name in names:
        plain = re.sub(r"[^A-Za-z0-9_]", "_", name)
        if not plain[:1].isalpha() or plain.lower() in _WORDS_OF_SPSS:
            plain = f"v_{plain}"
        plain = plain[:MAX_NAME].rstrip("_") or "v"
        tried, n = plain, 1
        while tried.lower() in taken:
            n += 1
            tried = f"{plain[: MAX_NAME - len(str(n)) - 1]}_{n}"
        taken.add(tried.lower())
        made.append(tried)
    return made


def fitting(text: str, size: int) -> str:
    """The text, cut between characters so that it takes at most ``size`` bytes."""
    raw = text.encode()
    return text if len(raw) <= size else raw[:size].decode(errors="ignore")


def as_label(text: str, size: int) -> tuple[str, bool]:
    """The text on one line without blanks at its ends, and whether it had to be cut."""
    line = " ".join(text.split())
    short = fitting(line, size).rstrip()
    return short, short != line


def _formats(found: Release, names: Sequence[str]) -> dict[str, str]:
    """Whole numbers without decimals; SPSS would show 3,00."""
    shown = {}
    for v, name in zip(found.variables, names, strict=True):
        if v.kind == "text":
            continue
        values = found.frame[v.name].drop_nulls().to_list()
        whole = v.kind == "choice" or all(float(x).is_integer() for x in values)
        shown[name] = "F8.0" if whole else "F12.4"
    return shown
