"""What a report says, sentence by sentence: pure functions from results to plain words.

The sentence comes first, the figure and its uncertainty second. Nothing is computed here that
the results do not already hold; nothing is claimed that they do not support.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
from satuhati.reports import words as w
from satuhati.reports.sentences import (
    MeasureLike,
    Measures,
    counted,
    decimals_for,
    direction_sentence,
    evidence_label,
    figure,
    frame_words,
    label,
    listed,
    lower_first,
    n_words,
    nothing_on_record,
    own_interval,
    period_words,
    range_words,
    sentence,
    sentence_case,
    short_value,
    span,
    status_sentence,
    tenths,
    unit_words,
    value_words,
)
from satuhati.schema.measures import COUNTS
from satuhati.text import Text, Translator

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
    good: list[str] = []
    other: list[str] = []
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


__all__ = [
    "MeasureLike",
    "Measures",
    "Rounds",
    "cell_name",
    "change_words",
    "conflicts_sentence",
    "counted",
    "decimals_for",
    "direction_sentence",
    "evidence_label",
    "figure",
    "frame_words",
    "gap_evidence",
    "gap_figure",
    "gap_lead",
    "gap_voices",
    "heard_cells",
    "knowledge_sentence",
    "label",
    "lamps_sentence",
    "listed",
    "lower_first",
    "mirror_sentence",
    "n_words",
    "no_evidence_reason",
    "nothing_on_record",
    "one_source",
    "own_interval",
    "period_words",
    "range_words",
    "readings",
    "sentence",
    "sentence_case",
    "short_value",
    "span",
    "status_sentence",
    "summary",
    "takes_part",
    "tenths",
    "unit_words",
    "value_words",
    "verdict_word",
    "verdicts_sentence",
    "why",
]
