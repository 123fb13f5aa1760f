"""What a report says, sentence by sentence: pure functions from results to plain words.

The sentence comes first, the figure and its uncertainty second. Nothing is computed here that
the results do not already hold; nothing is claimed that they do not support.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from satuhati.core.profile.dossier import Dossier
from satuhati.core.profile.results import (
    Cell,
    Change,
    Evidence,
    Gap,
    KnowledgeGap,
    Light,
    Mirror,
    Profile,
    Voice,
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


# -- verdicts ------------------------------------------------------------------------------------


def takes_part(e: Evidence) -> bool:
    """Whether a piece has a voice in the verdict."""
    return e.scored and e.status == "ok" and (e.value is not None or e.direction is not None)


Rounds = Mapping[str, str]
"""What readers call a round, by its code."""


def _voice_words(voice: Voice, cell: Cell, t: Translator, rounds: Rounds) -> str:
    """``survei (78 dan 71)``; records are named where one method speaks through several."""
    pieces = [
        e for e in cell.evidence
        if e.record == voice.record and e.method == voice.method and takes_part(e)
    ]  # fmt: skip
    name = lower_first(w.method(voice.method, t.lang))
    if sum(v.method == voice.method for v in cell.voices) > 1:
        name = lower_first(w.record(voice.record, t.lang, rounds))
    values = list(dict.fromkeys(short_value(e, t) for e in pieces))
    return f"{name} ({listed(values, t)})" if values else name


def _by_place(cell: Cell, t: Translator, rounds: Rounds) -> list[str]:
    """Voices gathered by place, high first: ``tinggi menurut survei (78)``."""
    out = []
    for place in ("high", "middle", "low", "split"):
        names = [_voice_words(v, cell, t, rounds) for v in cell.voices if v.place == place]
        if names:
            out.append(
                t("{place} by {voices}", place=w.word(w.PLACES, place, t.lang),
                  voices=listed(names, t))
            )  # fmt: skip
    return out


def verdict_word(verdict: str, t: Translator) -> str:
    return w.word(w.VERDICTS, verdict, t.lang)


def why(cell: Cell, measures: Measures, t: Translator, rounds: Rounds | None = None) -> str:
    """Why a cell has its verdict, in words."""
    head = verdict_word(cell.convergence, t)
    if cell.convergence == "no evidence":
        return f"{head}: {no_evidence_reason(cell, measures, t)}"
    places = _by_place(cell, t, rounds or {})
    if not places:  # a verdict without listed voices: say no more than is known
        return f"{head}."
    if cell.convergence == "agreement":
        return t("{head}: {places}. All point the same way.", head=head, places="; ".join(places))
    if cell.convergence == "dissonance":
        if any(v.method == "fieldnotes" and v.place in ("low", "high") for v in cell.voices):
            return t("{head}: {places}. They stand apart.", head=head, places="; ".join(places))
        return t(
            "{head}: {places}. Their ranges do not touch.", head=head, places="; ".join(places)
        )
    if cell.convergence == "silence":
        one = w.method(cell.voices[0].method, t.lang)
        return t(
            "{head}: {places}. Only {method} speaks; nothing else confirms or contradicts it yet.",
            head=head, places="; ".join(places), method=lower_first(one),
        )  # fmt: skip
    kinds = {v.place for v in cell.voices}
    if "split" in kinds:
        return t(
            "{head}: {places}. A record that is split neither confirms nor contradicts.",
            head=head,
            places="; ".join(places),
        )
    if {"low", "high"} <= kinds:
        return t(
            "{head}: {places}. Some are low and some high, but their ranges overlap.",
            head=head, places="; ".join(places),
        )  # fmt: skip
    return t(
        "{head}: {places}. Neighbouring, but not the same.", head=head, places="; ".join(places)
    )


def no_evidence_reason(cell: Cell, measures: Measures, t: Translator) -> str:
    """What is missing in a cell without a voice."""
    scored = [e for e in cell.evidence if e.scored]
    if not scored:
        return t("nothing has been recorded here.")
    told = []
    for e in scored:
        name = lower_first(evidence_label(e, measures, t))
        told.append(f"{name}: {lower_first(status_sentence(e, measures, t)).rstrip('.')}")
    return "; ".join(dict.fromkeys(told)) + "."


def one_source(cell: Cell, t: Translator, rounds: Rounds | None = None) -> str:
    """The one-source test in words; empty where there was nothing to leave out."""
    test = cell.one_source_test
    if test.of == 0:
        return ""
    text = t("One-source test: holds {held} of {of}.", held=test.held, of=test.of)
    if test.changed_by:
        records = [lower_first(w.record(r, t.lang, rounds)) for r in test.changed_by]
        text += " " + t("It changes without {records}.", records=listed(records, t))
    return text


def readings(cell: Cell, t: Translator) -> list[str]:
    """What readers or a meeting made of the proposed verdict, with the reason."""
    out = []
    for r in cell.readings:
        if r.stance == "confirmed":
            said = t("Confirmed by {by} on {date}: {reason}", by=r.by, date=t.date(r.date),
                     reason=r.reason)  # fmt: skip
        elif r.verdict:
            said = t(
                "Contested by {by} on {date}, who read it as “{verdict}”: {reason}",
                by=r.by, date=t.date(r.date), reason=r.reason, verdict=verdict_word(r.verdict, t),
            )  # fmt: skip
        else:
            said = t("Contested by {by} on {date}: {reason}", by=r.by, date=t.date(r.date),
                     reason=r.reason)  # fmt: skip
        out.append(said)
    return out


# -- lamps and summary ---------------------------------------------------------------------------

_LAMP_PHRASES: dict[tuple[str, str], Text] = {
    ("rhythm", "bright"): Text("Pokja bertemu teratur", "the working group meets regularly"),
    ("rhythm", "dim"): Text(
        "Pokja bertemu, tetapi belum teratur", "the working group meets, but not regularly yet"
    ),
    ("rhythm", "unlit"): Text(
        "rapat belum punya irama tetap", "meetings have no steady rhythm yet"
    ),
    ("rhythm", "unknown"): Text(
        "irama rapat belum diketahui", "the rhythm of meetings is not known yet"
    ),
    ("participation", "bright"): Text("kebanyakan anggota hadir", "most members attend"),
    ("participation", "dim"): Text(
        "hanya sebagian anggota hadir", "only some of the members attend"
    ),
    ("participation", "unlit"): Text("sedikit anggota yang hadir", "few members attend"),
    ("participation", "unknown"): Text(
        "keikutsertaan belum diketahui", "participation is not known yet"
    ),
    ("known", "bright"): Text(
        "kebanyakan warga mengenal layanannya", "most residents know its services"
    ),
    ("known", "dim"): Text(
        "hanya sebagian warga mengenal layanannya", "only some residents know its services"
    ),
    ("known", "unlit"): Text(
        "kebanyakan warga belum mengenal layanannya", "most residents do not know its services"
    ),
    ("known", "unknown"): Text(
        "belum diketahui apakah warga mengenal layanannya",
        "whether residents know its services is not known yet",
    ),
}


def lamps_sentence(lights: Iterable[Light], t: Translator) -> str:
    """One sentence or two from the three lamps: what goes well first."""
    good, other = [], []
    for light in lights:
        phrase = _LAMP_PHRASES[(light.name, light.state)](t.lang)
        (good if light.state == "bright" else other).append(phrase)
    if good and other:
        return sentence_case(listed(good, t)) + ". " + t("Yet {phrases}.", phrases=listed(other, t))
    text = listed(good or other, t)
    return sentence_case(text) + "." if text else ""


def heard_cells(profile: Profile) -> tuple[Cell, ...]:
    """All cells, components first."""
    return profile.components + profile.functions


def verdicts_sentence(profile: Profile, t: Translator) -> str:
    """How many cells were heard in two ways or more, and how they came out. Never a total."""
    cells = heard_cells(profile)
    if not cells:
        return ""
    count = {v: sum(c.convergence == v for c in cells) for v in w.VERDICTS}
    twice = count["agreement"] + count["partial agreement"] + count["dissonance"]
    if twice == 0:
        heard = count["silence"]
        if heard == 0:
            return t("Nothing could be said yet: no cell has enough evidence.")
        return t.plural(
            "One cell has evidence, in one way only: it cannot be confirmed yet.",
            "{n} cells have evidence, each in one way only: none can be confirmed yet.",
            heard,
        )
    outcomes = [
        f"{t.number(count[v])} {lower_first(verdict_word(v, t))}"
        for v in ("agreement", "partial agreement", "dissonance")
        if count[v]
    ]
    return t(
        "Of {cells} parts looked at, {twice} were heard in two ways or more: {outcomes}.",
        cells=t.number(len(cells)), twice=t.number(twice), outcomes=listed(outcomes, t),
    )  # fmt: skip


def cell_name(component: str, level: str, population: str, t: Translator) -> str:
    """``Komitmen, perorangan (Pokja)``."""
    return (
        f"{w.component(component, t.lang)}, {lower_first(w.level(level, t.lang))}"
        f" ({w.population(population, t.lang)})"
    )


def conflicts_sentence(profile: Profile, t: Translator) -> str:
    conflicts = [c for c in heard_cells(profile) if c.convergence == "dissonance"]
    if not conflicts:
        return ""
    names = list(dict.fromkeys(lower_first(w.component(c.component, t.lang)) for c in conflicts))
    if len(names) > 4:
        names = [*names[:4], t("others")]
    return t("Ways of knowing contradict each other on {names}.", names=listed(names, t))


def gap_lead(profile: Profile, measures: Measures, t: Translator) -> str:
    """The most certain gap as a sentence."""
    if not profile.gaps:
        return ""
    gap = profile.gaps[0]
    piece = gap_evidence(gap, profile)
    said = (
        sentence(piece, measures, t)
        if piece is not None
        else f"{label(gap.measure, measures, t)}: {t.number(gap.value)}."
    )
    return t("The most certain gap: {said}", said=lower_first(said))


def summary(dossier: Dossier, measures: Measures, t: Translator) -> tuple[str, ...]:
    """Three or four sentences: lamps, verdicts, conflicts, the most certain gap."""
    profile = dossier.profile
    told = (
        lamps_sentence(profile.lights, t),
        conflicts_sentence(profile, t),
        gap_lead(profile, measures, t),
        verdicts_sentence(profile, t),
    )
    out = tuple(s for s in told if s)
    return out or (t("There are no records yet to say anything from."),)


# -- gaps ----------------------------------------------------------------------------------------


def gap_evidence(gap: Gap, profile: Profile) -> Evidence | None:
    """The piece a gap rests on, in whichever cell it is heard."""
    for cell in heard_cells(profile):
        if (cell.component, cell.level) != (gap.component, gap.level):
            continue
        for e in cell.evidence:
            same = e.value is not None and abs(e.value - gap.value) < 1e-9
            if e.measure == gap.measure and e.population == gap.population and same:
                return e
    return None


def gap_figure(gap: Gap, t: Translator) -> str:
    """How far below which target, and how certainly."""
    target = (
        t("the group's own target {target}", target=t.number(gap.target))
        if gap.target_is_own
        else t("the provisional target {target}", target=t.number(gap.target))
    )
    if gap.interval is None:
        return t(
            "{value}: {short} points under {target}.",
            value=t.number(gap.value), short=t.number(gap.shortfall), target=target,
        )  # fmt: skip
    return t(
        "{value}, range {span}: at least {short} points under {target}.",
        value=t.number(gap.value), span=span(gap.interval, t),
        short=t.number(gap.certain_shortfall, decimals_for(gap.certain_shortfall)), target=target,
    )  # fmt: skip


def gap_voices(gap: Gap, t: Translator) -> str:
    text = t("{below} of {voices} records lie below the target.", below=gap.voices_below,
             voices=gap.voices)  # fmt: skip
    if gap.voices > 1:
        text += " " + (
            t("The gap stays if any one record is left out.")
            if gap.survives_one_source
            else t("The gap rests on one record.")
        )
    return text


def knowledge_sentence(gap: KnowledgeGap, measures: Measures, t: Translator) -> str:
    """What is not known and how much is there."""
    name = label(gap.measure, measures, t)
    measure = measures.get(gap.measure)
    unit = COUNTS[measure.counts](t.lang) if measure and measure.counts in COUNTS else ""
    if gap.status == "too few":
        text = t("{name}: {n} of the {needed} {unit} needed.", name=name, n=t.number(gap.n),
                 needed=t.number(gap.needed), unit=unit)  # fmt: skip
        return text.replace("  ", " ")
    if gap.status == "not enough":
        return t("{name}: the range is wider than 40 points.", name=name)
    return t("{name}: not recorded yet.", name=name)


# -- mirrors and changes -------------------------------------------------------------------------


def mirror_sentence(m: Mirror, measures: Measures, t: Translator) -> str:
    """What the group predicted and what was measured."""
    if m.measured is None or m.gap is None:
        return t("The working group predicted {predicted}; it has not been measured yet.",
                 predicted=t.number(m.predicted))  # fmt: skip
    if m.interval is not None and m.interval[0] <= m.predicted <= m.interval[1]:
        return t("The working group predicted {predicted}; measured {measured}. The prediction "
                 "lies inside the range.", predicted=t.number(m.predicted),
                 measured=t.number(m.measured))  # fmt: skip
    if m.gap > 0:
        return t("The working group predicted {predicted}; measured {measured}. It expected more "
                 "than there is.", predicted=t.number(m.predicted),
                 measured=t.number(m.measured))  # fmt: skip
    if m.gap < 0:
        return t("The working group predicted {predicted}; measured {measured}. There is more than "
                 "it expected.", predicted=t.number(m.predicted),
                 measured=t.number(m.measured))  # fmt: skip
    return t("The working group predicted {predicted}; measured {measured}.",
             predicted=t.number(m.predicted), measured=t.number(m.measured))  # fmt: skip


def change_words(change: Change, t: Translator) -> str:
    """Apart or overlapping, and which way; no claim about why."""
    if change.difference is None:
        return t("Cannot be compared yet.")
    size = t.number(abs(change.difference))
    if change.apart is None:
        if change.difference > 0:
            return t("{size} points up; no ranges to compare.", size=size)
        if change.difference < 0:
            return t("{size} points down; no ranges to compare.", size=size)
        return t("Unchanged.")
    if change.apart:
        return (
            t("Up by {size} points; the ranges are apart.", size=size)
            if change.difference > 0
            else t("Down by {size} points; the ranges are apart.", size=size)
        )
    return t("Difference {size} points; the ranges overlap, so it may be chance.", size=size)
