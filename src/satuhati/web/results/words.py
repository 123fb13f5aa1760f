"""Plain sentences and charts of what came out of a round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from satuhati.reports.charts import Point, track
from satuhati.reports.charts_survey import Slice, Stop, likert, over_rounds, reach, swatch, tone
from satuhati.reports.charts_survey import pair as two
from satuhati.reports.svg import Markup
from satuhati.schema.choices import choice_label
from satuhati.text import Translator
from satuhati.web.results.queries import as_told, is_turned, scale_word

ROOMY = 3
"""So many rounds find room for whole words under them."""
MANY = 10
"""From so many scales on, one that seems to have changed may have done so by chance."""


def population(code: str, t: Translator) -> str:
    return choice_label("rounds", "population", code)(t.lang)


def frame(code: str, t: Translator) -> str:
    return choice_label("rounds", "frame", code)(t.lang)


def day(iso: str, t: Translator) -> str:
    return t.date(dt.date.fromisoformat(iso))


# -- scales ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A mean as it is shown: turned where the profile turns it."""

    value: float
    interval: tuple[float, float] | None
    n: int
    census: bool


def as_shown(mean: Mapping[str, Any]) -> Shown | None:
    """The mean of a scale in the direction in which it is told; ``None`` if too few answered."""
    value, ends = as_told(mean["scale"], mean["value"], mean["interval"])
    if value is None:
        return None
    return Shown(value, ends, mean["n"], bool(mean["census"]))


def of_100(value: float, t: Translator) -> str:
    return t("{value} of 100", value=t.number(value))


def range_words(shown: Shown, t: Translator) -> str:
    """How sure the figure is, and how many people it speaks of."""
    n = t.number(shown.n)
    if shown.interval is not None and shown.interval[0] == shown.interval[1]:
        return t("{n} people, who all say the same: no range can be had from that", n=n)
    if shown.interval is not None:
        return t("between {low} and {high}, {n} people", low=t.number(shown.interval[0]),
                 high=t.number(shown.interval[1]), n=n)  # fmt: skip
    if shown.census:
        return t("{n} people, everybody who was to be asked", n=n)
    return t("{n} people", n=n)


def card_sentence(name: str, shown: Shown, t: Translator) -> str:
    """The whole card in one line, for paper and for WhatsApp."""
    return t("{name}: {value} of 100, {range}", name=name, value=t.number(shown.value),
             range=range_words(shown, t))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """A scale of the round on its card."""

    scale: str
    name: str
    shown: Shown
    value: str
    range: str
    sentence: str
    chart: Markup

    @property
    def ranged(self) -> bool:
        """Whether the figure has a range."""
        ends = self.shown.interval
        return ends is not None and ends[0] != ends[1]


def cards(payload: Mapping[str, Any], t: Translator) -> list[Card]:
    """All scales that may be shown, the highest first."""
    found = []
    for mean in payload["results"]["scales"]:
        shown = as_shown(mean)
        if shown is None:
            continue
        name = scale_word(mean["scale"], t)
        sentence = card_sentence(name, shown, t)
        chart = track(
            [Point("survey", shown.value, shown.interval)], sentence, width=320, row=20
        )  # fmt: skip
        found.append(
            Card(mean["scale"], name, shown, of_100(shown.value, t), range_words(shown, t),
                 sentence, chart)
        )  # fmt: skip
    return sorted(found, key=lambda c: -c.shown.value)


def lead(found: Sequence[Card], t: Translator) -> str:
    """What stands out, in one or two sentences; only where the ranges do not touch."""
    if len(found) < 2:
        return ""
    top, low = found[0], found[-1]
    if t.number(top.shown.value) == t.number(low.shown.value):
        return t("All scales stand at {value} of 100.", value=t.number(top.shown.value))
    first = t("Highest: {name}, {value} of 100. Lowest: {other}, {least} of 100.",
              name=top.name, value=t.number(top.shown.value), other=low.name,
              least=t.number(low.shown.value))  # fmt: skip
    a, b = top.shown.interval, low.shown.interval
    if a is not None and b is not None and a[0] <= b[1]:
        return first + " " + t("The two are too close to be told apart with certainty.")
    return first


# -- differences ----------------------------------------------------------------------------------


def points(value: float, t: Translator) -> str:
    return t.plural("{n} point", "{n} points", round(abs(value)))


def _ends(told: Mapping[str, Any], turned: bool) -> tuple[float, tuple[float, float] | None]:
    value, interval = told["value"], told["interval"]
    ends = (interval[0], interval[1]) if interval else None
    if turned:
        return -value, (-ends[1], -ends[0]) if ends else None
    return value, ends


def _apart(ends: tuple[float, float], t: Translator) -> tuple[str, str]:
    """The range of a certain difference without its sign; so little that it rounds to nothing is
    said to a tenth, for certain it is not nothing."""
    low, high = sorted(abs(end) for end in ends)
    return t.number(low, 0 if round(low) else 1), t.number(high, 0 if round(high) else 1)


def beside_sentence(pair: Mapping[str, Any], t: Translator) -> str:
    """Two populations in a plain sentence: how far apart, and whether that is certain."""
    turned = is_turned(pair["scale"])
    told = pair["difference"]
    first, second = (population(pair[k]["population"], t) for k in ("first", "second"))
    value, ends = _ends(told, turned)
    if told["kind"] == "counted":
        if round(abs(value)) == 0:
            return t("{a} and {b} are equal, counted from everybody.", a=first, b=second)
        higher, lower = (second, first) if value > 0 else (first, second)
        return t("{a} is {points} higher than {b}, counted from everybody.", a=higher,
                 b=lower, points=points(value, t))  # fmt: skip
    if ends is None:
        return t("How certain the difference is cannot be said.")
    if not told["sure"]:
        return t(
            "{a} and {b} cannot be told apart with certainty: the difference lies between {low} "
            "and {high} points.", a=first, b=second, low=t.number(ends[0]), high=t.number(ends[1]),
        )  # fmt: skip
    higher, lower = (second, first) if value > 0 else (first, second)
    low, high = _apart(ends, t)
    return t(
        "{a} is {points} higher than {b} (between {low} and {high}).", a=higher, b=lower,
        points=points(value, t), low=low, high=high,
    )  # fmt: skip


def beside_chart(pair: Mapping[str, Any], t: Translator) -> Markup | None:
    """Both populations on one track."""
    first, second = (as_shown(pair[k]["mean"]) for k in ("first", "second"))
    if first is None or second is None:
        return None
    label = "; ".join(
        f"{population(pair[k]['population'], t)} {of_100(shown.value, t)}"
        for k, shown in (("first", first), ("second", second))
    )
    return two(first.value, first.interval, second.value, second.interval, label)


def beside_lead(pairs: Sequence[Mapping[str, Any]], t: Translator) -> str:
    """On how many scales which population is higher for certain."""
    if len(pairs) < 2 or len({p["second"]["population"] for p in pairs}) > 1:
        return ""
    first, second = (population(pairs[0][k]["population"], t) for k in ("first", "second"))
    certain = [p for p in pairs if p["difference"]["sure"] or p["difference"]["kind"] == "counted"]
    up = sum(_ends(p["difference"], is_turned(p["scale"]))[0] > 0 for p in certain)
    n = t.number(len(pairs))
    if not certain:
        return t("On none of {n} scales can {a} and {b} be told apart for certain.", n=n,
                 a=first, b=second)  # fmt: skip
    if up in (0, len(certain)):
        higher, lower = (second, first) if up else (first, second)
        return t("{a} is higher than {b} for certain on {k} of {n} scales.", a=higher, b=lower,
                 k=t.number(len(certain)), n=n)  # fmt: skip
    return t(
        "Of {n} scales, {a} is higher for certain on {i}, {b} on {j}.", n=n, a=first,
        i=t.number(len(certain) - up), b=second, j=t.number(up),
    )  # fmt: skip


def step_sentence(step: Mapping[str, Any], scale: str, t: Translator) -> str:
    """From one round to the next in a plain sentence."""
    if step["kind"] == "frames":
        return t("People were found in different ways, so the two rounds are not subtracted.")
    if step["value"] is None:
        return t("Too few answered both times.")
    value, ends = _ends(step, is_turned(scale))
    if step["kind"] == "counted":
        if round(abs(value)) == 0:
            return t("As before, counted from everybody.")
        return (
            t("Up {points}, counted from everybody.", points=points(value, t))
            if value > 0
            else t("Down {points}, counted from everybody.", points=points(value, t))
        )
    if ends is None:
        return t("How certain the change is cannot be said.")
    among = " " + t("Among the same {n} people.", n=t.number(step["n"])) if step["n"] else ""
    if step["sure"]:
        low, high = _apart(ends, t)
        fields = {"points": points(value, t), "low": low, "high": high}
        return (
            t("Up {points} (between {low} and {high}): a change that is certain.", **fields)
            if value > 0
            else t("Down {points} (between {low} and {high}): a change that is certain.", **fields)
        ) + among
    return (
        t(
            "{sign}{points} (between {low} and {high}): no change that is certain. Less than "
            "{least} cannot be told from chance here.",
            sign="+" if round(value) > 0 else "\N{MINUS SIGN}" if round(value) < 0 else "",
            points=points(value, t),
            low=t.number(ends[0]),
            high=t.number(ends[1]),
            least=points(step["detectable"], t),
        )
        + among
    )


def waves_lead(found: Sequence[Mapping[str, Any]], t: Translator) -> str:
    """How many scales changed for certain, and that one in twenty seems to by chance."""
    n, certain = len(found), sum(w["steps"][-1]["sure"] is True for w in found)
    counted = all(w["steps"][-1]["kind"] in ("counted", "frames") for w in found)
    if counted:
        return ""
    if not certain:
        return t("None of the {n} scales changed for certain.", n=t.number(n))
    first = t("{k} of the {n} scales changed for certain.", k=t.number(certain), n=t.number(n))
    if n < MANY:
        return first
    return first + " " + t("With so many scales one may seem to change by chance alone.")


def waves_chart(found: Mapping[str, Any], t: Translator) -> Markup:
    """The scale from round to round; the line is full where the change is certain."""
    stops, said, words = [], [], []
    for i, place in enumerate(found["places"]):
        shown = as_shown(place["mean"])
        assert shown is not None
        step = found["steps"][i] if i < len(found["steps"]) else None
        link = None
        if step is not None and step["kind"] != "frames" and step["value"] is not None:
            link = "sure" if step["sure"] or step["kind"] == "counted" else "unsure"
        date = dt.date.fromisoformat(place["end"])
        below: tuple[str, ...] = (t.month(date), t("{n} people", n=t.number(shown.n)))
        if len(found["places"]) > ROOMY:
            below = (t.month(date)[:3], str(date.year), t.number(shown.n))
        stops.append(Stop(below, shown.value, shown.interval, link))
        said.append(t.number(shown.value))
        words.append(f"{t.date(date)}: {of_100(shown.value, t)}, {range_words(shown, t)}")
    return over_rounds(stops, "; ".join(words), said=said)


# -- questions ------------------------------------------------------------------------------------


@dataclass(slots=True)
class Bar:
    """A question with its answers as a picture, and the same as a table."""

    item: Mapping[str, Any]
    text: str
    other_text: str
    rows: list[tuple[str, int | None, float | None]] = field(default_factory=list)
    chart: Markup | None = None
    note: str = ""
    merged: bool = False
    """Some answers are told together, because fewer than five gave one of them."""


def option_word(item: Mapping[str, Any], option: str, t: Translator) -> str:
    """An answer in words; a step without words of its own is its number."""
    words = dict(item["words"])
    return str(words[option][t.lang]) if option in words else option


def part_word(item: Mapping[str, Any], options: Sequence[str], t: Translator) -> str:
    """Several answers told together: the first to the last."""
    if not options:
        return t("other answers")
    first, last = option_word(item, options[0], t), option_word(item, options[-1], t)
    if len(options) == 1:
        return first
    if len(options) == 2:
        return t("{a} or {b}", a=first, b=last.lower() if last != options[-1] else last)
    return t("{a} to {b}", a=first, b=last.lower() if last != options[-1] else last)


def steps_of(item: Mapping[str, Any]) -> list[str]:
    """The steps of a question that is answered on a scale, in order."""
    if item["type"] not in ("likert", "binary"):
        return []
    return [option for part in item["parts"] for option in part["options"]]


def bars(items: Sequence[Mapping[str, Any]], t: Translator) -> list[Bar]:
    """Questions with their answers; those on a scale share one middle line."""
    sliced = [(item, _slices(item, t), len(steps_of(item))) for item in items]
    reached = [reach(s, k) for _, s, k in sliced if s]
    extent = (max(r[0] for r in reached), max(r[1] for r in reached)) if reached else None
    found = []
    for item, slices, k in sliced:
        own, other = item["text"][t.lang], item["text"]["en" if t.lang == "id" else "id"]
        bar = Bar(item, own, other if other != own else "")
        for part in item["parts"]:
            bar.rows.append((part_word(item, part["options"], t), part["n"], part["share"]))
        if slices:
            told = ", ".join(
                f"{word} {t.number(100 * share)}%" for word, _, share in bar.rows
                if share is not None
            )  # fmt: skip
            bar.chart = likert(slices, k, f"{own} {told}", extent=extent)
            bar.merged = any(len(p["options"]) > 1 for p in item["parts"])
        elif item["mean"] is not None:
            bar.note = _number_words(item, t)
        elif item.get("several") and item["parts"]:
            bar.note = t("One may give several answers.")
        elif not item["parts"]:
            bar.note = t("Fewer than five answered this question, so it is not shown.")
        found.append(bar)
    return found


def _number_words(item: Mapping[str, Any], t: Translator) -> str:
    mean = t.number(item["mean"], 1)
    if item["interval"] and item["interval"][0] != item["interval"][1]:
        low, high = (t.number(end, 1) for end in item["interval"])
        return t("On average {mean}, between {low} and {high}.", mean=mean, low=low, high=high)
    return t("On average {mean}.", mean=mean)


def _slices(item: Mapping[str, Any], t: Translator) -> list[Slice]:
    at, found = 0, []
    if not steps_of(item):
        return []
    for part in item["parts"]:
        size = len(part["options"])
        found.append(
            Slice(at, at + size - 1, part["share"], f"{t.number(100 * part['share'])}%")
        )  # fmt: skip
        at += size
    return found


@dataclass(frozen=True, slots=True)
class Legend:
    """The fillings of the bars of a page and what they mean."""

    word: str
    mark: Markup


def legend(items: Sequence[Mapping[str, Any]], t: Translator) -> list[Legend]:
    """The steps of the first question on a scale; those told together have their own line."""
    first = next((i for i in items if len(steps_of(i)) > 2), None) or next(
        (i for i in items if steps_of(i)), None
    )
    if first is None:
        return []
    steps = steps_of(first)
    k = len(steps)
    found = [Legend(option_word(first, s, t), swatch(i, i, k)) for i, s in enumerate(steps)]
    mixed = any(
        tone(a, b, k) == "mixed"
        for item in items
        if len(steps_of(item)) == k
        for a, b in ((s.first, s.last) for s in _slices(item, t))
        if a != b
    )
    if mixed:
        found.append(Legend(t("several answers together"), swatch(0, k - 1, k)))
    return found
