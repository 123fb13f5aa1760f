"""A piece of evidence in words: the sentence first, the figure and its uncertainty second."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Protocol

from satuhati.core.profile.results import (
    Evidence,
)
from satuhati.core.results import Interval
from satuhati.reports import words as w
from satuhati.schema.measures import COUNTS
from satuhati.text import Text, Translator


class MeasureLike(Protocol):
    """What a report needs to know of a measure; ``schema.measures.Measure`` has it."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> Text: ...
    @property
    def method(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def of(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def counts(self) -> str: ...
    @property
    def sentence(self) -> Text: ...
    @property
    def how(self) -> Text: ...
    @property
    def how_to_know(self) -> Text: ...
    @property
    def anchor_low(self) -> float | None: ...
    @property
    def anchor_high(self) -> float | None: ...
    @property
    def source(self) -> str: ...


Measures = Mapping[str, MeasureLike]


# -- small pieces --------------------------------------------------------------------------------


def listed(items: Sequence[str], t: Translator) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    if len(items) == 2:
        return t("{first} and {last}", first=items[0], last=items[1])
    return t("{first}, and {last}", first=", ".join(items[:-1]), last=items[-1])


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Lower-case the first letter unless the word is an abbreviation such as RKM."""
    return text if len(text) > 1 and text[1].isupper() else text[:1].lower() + text[1:]


def span(interval: Interval | None, t: Translator, decimals: int = 0) -> str:
    """``29–47``; an empty string where nothing was estimated."""
    if interval is None:
        return ""
    low, high = interval
    return f"{t.number(low, decimals)}–{t.number(high, decimals)}"


def range_words(interval: Interval | None, t: Translator) -> str:
    return t("Range {span}.", span=span(interval, t)) if interval is not None else ""


def tenths(value: float | None, t: Translator) -> str:
    """A share in tenths, honest at the ends: 4 % is not nought, 97 % is not all."""
    if value is None:
        return "–"
    if 0 < value < 5:
        return t("fewer than 1")
    if 95 <= value < 100:
        return t("more than 9")
    return t.number(math.floor(value / 10 + 0.5))


def counted(n: int, what: str, t: Translator) -> str:
    """``9 meetings``: n with what it counts."""
    unit = COUNTS[what](t.lang) if what in COUNTS else what
    if n == 1 and t.lang == "en":
        unit = _SINGULAR.get(unit, unit.removesuffix("s"))
    return f"{t.number(n)} {unit}"


_SINGULAR = {"people": "person", "activities": "activity"}  # English; Indonesian has one form


def decimals_for(value: float | None) -> int:
    """One decimal for small figures that need it, none for the rest."""
    return 1 if value is not None and abs(value) < 10 and value != int(value) else 0


def label(measure: str, measures: Measures, t: Translator) -> str:
    return measures[measure].label(t.lang) if measure in measures else measure.replace("_", " ")


def evidence_label(e: Evidence, measures: Measures, t: Translator) -> str:
    """The measure, what it is about, and the sampling frame where several could be meant."""
    text = label(e.measure, measures, t)
    about = [x for x in (e.subject_name or e.subject, frame_words(e, t)) if x]
    return f"{text} ({', '.join(about)})" if about else text


def frame_words(e: Evidence, t: Translator) -> str:
    return w.word(w.FRAMES, e.frame, t.lang) if e.frame and e.measure.startswith(
        ("service", "areas")
    ) else ""  # fmt: skip


def period_words(period: tuple[object, object] | None, t: Translator) -> str:
    """``Desember 2025–November 2026``, or one month."""
    if period is None:
        return ""
    first, last = (t.month(p) for p in period)  # type: ignore[arg-type]
    return first if first == last else f"{first}–{last}"


# -- a piece of evidence -------------------------------------------------------------------------


def sentence(e: Evidence, measures: Measures, t: Translator) -> str:
    """What one piece says in plain words."""
    if e.status != "ok" and e.value is None and e.direction is None:
        return status_sentence(e, measures, t)
    if e.direction is not None:
        return direction_sentence(e, t)
    measure = measures.get(e.measure)
    wording = measure.sentence(t.lang) if measure is not None else ""
    if measure is None or not wording:
        return sentence_case(
            t(
                "{label}: {value}.",
                label=evidence_label(e, measures, t),
                value=value_words(e, measures, t),
            )
        )
    share = e.value
    if e.numerator is not None and e.denominator:
        share = 100 * e.numerator / e.denominator
    missing = (
        (e.numerator is None and "{numerator}" in wording)
        or (e.denominator is None and "{denominator}" in wording)
    )  # fmt: skip
    if missing and e.value == 0:
        return nothing_on_record(e, measures, t)
    if missing:
        return sentence_case(
            t(
                "{label}: {value}.",
                label=evidence_label(e, measures, t),
                value=value_words(e, measures, t),
            )
        )
    raw = e.raw if e.raw is not None else e.value
    text = measure.sentence.filled(
        t.lang,
        {
            "tenths": tenths(share, t),
            "percent": t.number(share),
            "value": t.number(raw, decimals_for(raw)),
            "raw": t.number(raw, decimals_for(raw)),
            "raw1": t.number(raw, 1),
            "period": period_words(e.period, t) or e.subject_name or e.subject or "",
            "n": t.number(e.n),
            "numerator": t.number(e.numerator, decimals_for(e.numerator)),
            "denominator": t.number(e.denominator, decimals_for(e.denominator)),
            "subject": e.subject_name or e.subject or "",
        },
    )
    return sentence_case(text.strip())


def nothing_on_record(e: Evidence, measures: Measures, t: Translator) -> str:
    """Nought because nothing is there, which is itself the finding."""
    if e.measure == "regularity":
        return t("No fixed meeting schedule is on record: regularity is 0, whatever was held.")
    return t("{label}: there is none, which counts as 0.", label=evidence_label(e, measures, t))


def direction_sentence(e: Evidence, t: Translator) -> str:
    """Field notes: which way they point, from how many sources, and how many passages say so."""
    said = {
        "supports": t("The field notes support this."),
        "mixed": t("The field notes are mixed."),
        "contradicts": t("The field notes speak against this."),
    }[e.direction or "mixed"]
    passages = [
        f"{t.number(e.counts[key])} {w.word(w.DIRECTIONS, key, t.lang)}"
        for key in ("supports", "mixed", "contradicts")
        if e.counts.get(key)
    ]
    if passages:
        said += " " + t("Passages: {passages}.", passages=listed(passages, t))
    return said


def status_sentence(e: Evidence, measures: Measures, t: Translator) -> str:
    """Why a piece has no figure."""
    measure = measures.get(e.measure)
    if e.status == "too few":
        unit = COUNTS[measure.counts](t.lang) if measure and measure.counts in COUNTS else ""
        return t(
            "Too few to say: {n} of the {needed} {unit} needed.",
            n=t.number(e.n), needed=t.number(e.min_n), unit=unit,
        ).replace("  ", " ")  # fmt: skip
    if e.status == "not enough":
        return t("Not certain enough: the range is wider than 40 points.")
    if e.status == "not applicable":
        return t("Does not apply here.")
    return t("Not recorded yet.")


def unit_words(measure: MeasureLike | None, t: Translator) -> str:
    if measure is None or measure.unit in {"", "0–100", "direction"}:
        return ""
    unit = w.word(w.UNITS, measure.unit, t.lang)
    return unit if unit.startswith(("%", " ")) else f" {unit}"


def value_words(e: Evidence, measures: Measures, t: Translator) -> str:
    """The figure itself: a mean on its scale, a share with its counts, or a raw figure."""
    measure = measures.get(e.measure)
    if e.direction is not None:
        return w.word(w.DIRECTIONS, e.direction, t.lang)
    if e.value is None and e.raw is None:
        return "–"
    if measure is not None and measure.kind == "scale" and e.value is not None:
        return t("scale {value} of 100", value=t.number(e.value))
    raw = e.raw if e.raw is not None else e.value
    own = f"{t.number(raw, decimals_for(raw))}{unit_words(measure, t)}"
    counts = ""
    if e.numerator is not None and e.denominator is not None:
        counts = t(
            "{numerator} of {denominator}",
            numerator=t.number(e.numerator, decimals_for(e.numerator)),
            denominator=t.number(e.denominator, decimals_for(e.denominator)),
        )
        own = f"{own} ({counts})"
    if e.scored and e.value is not None and raw is not None and abs(raw - e.value) >= 0.5:
        return t("{counts}, placed at {value}", counts=own, value=t.number(e.value))
    return own


def own_interval(e: Evidence, measures: Measures) -> Interval | None:
    """The range in the unit in which :func:`value_words` tells the figure: of ten neighbours, not
    of 100. ``None`` where the group placed the figure by anchors of its own."""
    measure = measures.get(e.measure)
    if e.interval is None or measure is None or measure.kind == "scale" or e.scored:
        return e.interval
    low, high = measure.anchor_low, measure.anchor_high
    if e.raw is None or e.value is None or abs(e.raw - e.value) < 0.5 or None in (low, high):
        return e.interval
    assert low is not None
    assert high is not None
    if abs(low + e.value * (high - low) / 100 - e.raw) > 0.01 * abs(high - low):
        return None
    ends = sorted(low + x * (high - low) / 100 for x in e.interval)
    return ends[0], ends[1]


def figure(e: Evidence, measures: Measures, t: Translator) -> str:
    """The figure and its uncertainty: ``38% (82 dari 216). Kisaran 29–47.``"""
    if e.direction is not None or (e.value is None and e.raw is None):
        return ""
    text = sentence_case(value_words(e, measures, t)) + "."
    if e.interval is not None:
        return f"{text} {range_words(e.interval, t)}"
    without = t("Counted, not estimated: no range.")
    return f"{text} {without}" if e.scored else text


def n_words(e: Evidence, measures: Measures, t: Translator) -> str:
    measure = measures.get(e.measure)
    return counted(e.n, measure.counts if measure else "", t).strip()


def short_value(e: Evidence, t: Translator) -> str:
    """For brackets inside a sentence."""
    if e.direction is not None:
        return w.word(w.DIRECTIONS, e.direction, t.lang)
    return t.number(e.value)
