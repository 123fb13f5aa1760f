"""Indicator values from counts: always with numerator and denominator, never with a cause.

Administrative counts are complete counts: nothing is estimated, so there are no intervals.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from satuhati.core.indicators.definitions import (
    IBANGGA_PARTS,
    INDICATORS,
    TFR_PARTS,
    Indicator,
)
from satuhati.core.results import Interval
from satuhati.errors import Doubt
from satuhati.text import Text

METHOD_COUNTS = "computed from local counts"
METHOD_ENTERED = "entered from elsewhere"
METHOD_PARTS = "computed from its parts"

IBANGGA_CLASSES = (
    ("vulnerable", Text("rentan", "vulnerable")),
    ("developing", Text("berkembang", "developing")),
    ("resilient", Text("tangguh", "resilient")),
)


@dataclass(frozen=True, slots=True)
class Count:
    """One row of counts; ``value`` and ``source`` when the figure comes from elsewhere."""

    indicator: str
    period: str
    numerator: float | None
    denominator: float | None
    value: float | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Difference to the period before, in the indicator's unit. No cause is claimed."""

    since: str
    difference: float
    causal: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """``interval`` is always ``None``: counts are complete, nothing was estimated."""

    value: float | None
    unit: str
    numerator: float | None
    denominator: float | None
    interval: Interval | None
    method: str
    source: str | None = None
    category: str | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class IndicatorResults:
    """``indicators[code][period]``, periods in order."""

    indicators: Mapping[str, Mapping[str, IndicatorValue]]
    warnings: tuple[Doubt, ...]


def growth_geometric(end: float, start: float, years: float) -> float:
    """Population growth ``((Pt / P0)^(1/t) − 1) × 100``, percent per year.

    Raises :class:`ValueError` unless both populations and the years are positive.
    """
    _positive(end, start, years)
    return math.expm1(math.log(end / start) / years) * 100


def growth_exponential(end: float, start: float, years: float) -> float:
    """Population growth ``ln(Pt / P0) / t × 100``, percent per year (errors as geometric)."""
    _positive(end, start, years)
    return math.log(end / start) / years * 100


def _positive(end: float, start: float, years: float) -> None:
    if not (end > 0 and start > 0 and years > 0):
        raise ValueError("populations and years must be positive")


def total_fertility(asfr: Sequence[float]) -> float:
    """``5 × Σ ASFR / 1000``, children per woman, from the seven rates per 1,000 at 15–49.

    Raises :class:`ValueError` unless there are seven.
    """
    if len(asfr) != len(TFR_PARTS):
        raise ValueError("seven age groups are needed")
    return 5 * math.fsum(asfr) / 1000


def ibangga_category(score: float) -> str:
    """``vulnerable`` < 40, ``developing`` 40–70, ``resilient`` > 70 (on 0–100)."""
    if score < 40:
        return "vulnerable"
    return "developing" if score <= 70 else "resilient"


def years_of(period: str) -> float:
    """Length of a growth period: ``2020-2024`` or ``2020/2024`` is 4 years, anything else 1."""
    span = re.fullmatch(r"\s*(\d{4})\s*[-–/]\s*(\d{4})\s*", period)
    if span and int(span[2]) > int(span[1]):
        return float(int(span[2]) - int(span[1]))
    return 1.0


def compute(counts: Sequence[Count]) -> IndicatorResults:
    """Every indicator and period in ``counts``, TFR and iBangga from their parts, and changes.

    Several rows of one indicator and period (areas, groups) are summed, with a warning; a value
    from elsewhere is taken as it is. TFR is computed when all seven ASFR of a period are there
    and iBangga when its three dimensions are, unless entered. Codes must be known
    (:data:`INDICATORS`): ``KeyError`` otherwise.
    """
    doubts: list[Doubt] = []
    grouped: dict[str, dict[str, list[Count]]] = {}
    for count in counts:
        INDICATORS[count.indicator]  # an unknown code is the caller's error
        grouped.setdefault(count.indicator, {}).setdefault(count.period, []).append(count)
    values: dict[str, dict[str, IndicatorValue]] = {}
    for code in INDICATORS:
        for period, rows in grouped.get(code, {}).items():
            values.setdefault(code, {})[period] = _value(INDICATORS[code], period, rows, doubts)
    _from_parts("tfr", TFR_PARTS, values, doubts)
    _from_parts("ibangga", IBANGGA_PARTS, values, doubts)
    out = {c: _with_changes(values[c]) for c in INDICATORS if c in values}
    if any(v.change for periods in out.values() for v in periods.values()):
        doubts.append(Doubt("change_not_causal"))
    return IndicatorResults(out, tuple(doubts))


def _sum(values: Sequence[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return math.fsum(known) if len(known) == len(values) else None


def _value(
    indicator: Indicator, period: str, rows: Sequence[Count], doubts: list[Doubt]
) -> IndicatorValue:
    where = {"indicator": indicator.code, "period": period}
    entered = [r for r in rows if r.value is not None]
    unit = indicator.unit.en
    if entered:
        row = entered[-1]
        if row.source is None:
            doubts.append(Doubt("indicator_source_missing", where))
        return IndicatorValue(
            row.value, unit, row.numerator, row.denominator, None, METHOD_ENTERED, row.source,
            _category(indicator.code, row.value),
        )  # fmt: skip
    if len(rows) > 1:
        doubts.append(Doubt("indicator_sum_of_rows", {**where, "n": len(rows)}))
    numerator = _sum([r.numerator for r in rows])
    denominator = _sum([r.denominator for r in rows])
    value = None
    if numerator is None or denominator is None:
        doubts.append(Doubt("indicator_incomplete", where))
    elif denominator == 0:
        doubts.append(Doubt("indicator_zero_denominator", where))
    else:
        value = _formula(indicator, numerator, denominator, years_of(period))
        if value is None:
            doubts.append(Doubt("indicator_zero_denominator", where))
        if indicator.kind == "share" and numerator > denominator:
            doubts.append(Doubt("indicator_over_all", where))
    sources = sorted({r.source for r in rows if r.source})
    return IndicatorValue(
        value, unit, numerator, denominator, None, METHOD_COUNTS, "; ".join(sources) or None,
        _category(indicator.code, value),
    )  # fmt: skip


def _formula(indicator: Indicator, numerator: float, denominator: float, years: float) -> (
    float | None
):  # fmt: skip
    match indicator.kind:
        case "share" | "rate" | "score":
            return numerator / denominator * indicator.factor
        case "growth":
            return growth_geometric(numerator, denominator, years) if numerator > 0 else None
        case "exponential_growth":
            return growth_exponential(numerator, denominator, years) if numerator > 0 else None


def _category(code: str, value: float | None) -> str | None:
    return ibangga_category(value) if code == "ibangga" and value is not None else None


def _from_parts(
    code: str,
    parts: Sequence[str],
    values: dict[str, dict[str, IndicatorValue]],
    doubts: list[Doubt],
) -> None:
    periods = dict.fromkeys(p for part in parts for p in values.get(part, {}))
    for period in periods:
        if period in values.get(code, {}):
            continue
        found = [
            v.value
            for part in parts
            if (v := values.get(part, {}).get(period)) and v.value is not None
        ]
        if len(found) < len(parts):
            # ASFR 15–19 is an indicator of its own: alone it promises no TFR.
            if len(found) > 1 or code != "tfr":
                doubts.append(
                    Doubt("indicator_parts_missing",
                          {"indicator": code, "period": period, "n": len(found),
                           "needed": len(parts)})
                )  # fmt: skip
            continue
        if code == "tfr":
            numerator, denominator = 5 * math.fsum(found), 1000.0
            value = total_fertility(found)
        else:
            numerator, denominator = math.fsum(found), float(len(found))
            value = numerator / denominator
        values.setdefault(code, {})[period] = IndicatorValue(
            value, INDICATORS[code].unit.en, numerator, denominator, None, METHOD_PARTS, None,
            _category(code, value),
        )  # fmt: skip


def _with_changes(periods: Mapping[str, IndicatorValue]) -> dict[str, IndicatorValue]:
    out: dict[str, IndicatorValue] = {}
    before: tuple[str, float] | None = None
    for period in sorted(periods):
        v = periods[period]
        change = None
        if before is not None and v.value is not None:
            change = Change(before[0], v.value - before[1])
        out[period] = IndicatorValue(
            v.value, v.unit, v.numerator, v.denominator, v.interval, v.method, v.source,
            v.category, change,
        )  # fmt: skip
        if v.value is not None:
            before = (period, v.value)
    return out
