"""Indicator formulas against published figures; the change is never a cause."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.indicators.compute import (
    Count,
    compute,
    growth_exponential,
    growth_geometric,
    ibangga_category,
    total_fertility,
    years_of,
)
from satuhati.core.indicators.definitions import INDICATORS, TFR_PARTS


def value(code: str, numerator: float, denominator: float, period: str = "2026") -> float | None:
    found = compute([Count(code, period, numerator, denominator)])
    return found.indicators[code][period].value


def test_population_growth_of_indonesia_2010_2020_is_the_published_125_percent():
    # Censuses of May 2010 and September 2020: BPS publishes 1.25 % a year.
    assert round(growth_geometric(270_203_917, 237_641_326, 10 + 4 / 12), 2) == 1.25


def test_growth_doubling():
    assert growth_geometric(200, 100, 1) == pytest.approx(100)
    assert growth_exponential(200, 100, 10) == pytest.approx(6.931472, abs=1e-6)
    with pytest.raises(ValueError, match="positive"):
        growth_geometric(0, 100, 1)


def test_total_fertility_of_the_2017_survey_is_the_published_24():
    # Indonesia DHS 2017, table 5.1: ASFR per 1,000, TFR 2.4.
    assert round(total_fertility([36, 111, 138, 114, 62, 19, 3]), 1) == 2.4
    with pytest.raises(ValueError, match="seven"):
        total_fertility([1, 2, 3])


def test_shares_and_rates():
    assert value("cpr", 330, 500) == pytest.approx(66)
    assert value("mcpr", 300, 500) == pytest.approx(60)
    assert value("unmet_need", 55, 500) == pytest.approx(11)
    assert value("stunting", 43, 200) == pytest.approx(21.5)
    assert value("asfr_15_19", 9, 250) == pytest.approx(36)
    assert value("poktan_bkb", 30, 120) == pytest.approx(25)
    assert value("birth_certificate", 950, 1000) == pytest.approx(95)
    assert value("lpp", 11_000, 10_000, "2020-2025") == pytest.approx(1.92449, abs=1e-5)
    assert value("lpp_exponential", 11_000, 10_000, "2020-2025") == pytest.approx(1.90620, abs=1e-5)


def test_tfr_and_ibangga_come_from_their_parts():
    births = [Count(c, "2026", b, 1000) for c, b in zip(TFR_PARTS, [36, 111, 138, 114, 62, 19, 3],
                                                        strict=True)]  # fmt: skip
    tfr = compute(births).indicators["tfr"]["2026"]
    assert tfr.value == pytest.approx(2.415)
    assert (tfr.numerator, tfr.denominator) == (pytest.approx(2415), 1000)
    some = compute(births[:3])
    assert "tfr" not in some.indicators
    assert [d.code for d in some.warnings] == ["indicator_parts_missing"]
    assert compute(births[:1]).warnings == ()
    scores = {"peace": 6000, "independence": 5000, "happiness": 7000}
    parts = [Count(f"ibangga_{part}", "2026", score, 100) for part, score in scores.items()]
    found = compute(parts).indicators["ibangga"]["2026"]
    assert (found.value, found.category) == (pytest.approx(60), "developing")
    entered = compute([*parts, Count("ibangga", "2026", None, None, 71.0, "BKKBN 2026")])
    assert entered.indicators["ibangga"]["2026"].value == 71
    assert entered.indicators["ibangga"]["2026"].category == "resilient"


def test_ibangga_classes_at_their_bounds():
    assert [ibangga_category(v) for v in (39.99, 40, 70, 70.01)] == [
        "vulnerable", "developing", "developing", "resilient"
    ]  # fmt: skip


def test_change_is_to_the_period_before_and_not_a_cause():
    found = compute([Count("cpr", "2026", 62, 100), Count("cpr", "2024", 55, 100),
                     Count("cpr", "2025", None, 100)])  # fmt: skip
    periods = found.indicators["cpr"]
    assert list(periods) == ["2024", "2025", "2026"]
    assert periods["2024"].change is None
    assert periods["2025"].value is None
    change = periods["2026"].change
    assert (change.since, change.difference, change.causal) == ("2024", pytest.approx(7), False)
    assert {d.code for d in found.warnings} == {"indicator_incomplete", "change_not_causal"}


def test_doubts():
    def codes(*counts: Count) -> set[str]:
        return {d.code for d in compute(list(counts)).warnings}

    assert codes(Count("cpr", "2026", 5, 0)) == {"indicator_zero_denominator"}
    assert codes(Count("lpp", "2026", 0, 10)) == {"indicator_zero_denominator"}
    assert codes(Count("poktan", "2026", 12, 10)) == {"indicator_over_all"}
    assert codes(Count("stunting", "2026", None, None, 18.0)) == {"indicator_source_missing"}
    summed = compute([Count("cpr", "2026", 5, 10), Count("cpr", "2026", 25, 40)])
    assert summed.indicators["cpr"]["2026"].value == pytest.approx(60)
    assert [d.code for d in summed.warnings] == ["indicator_sum_of_rows"]
    with pytest.raises(KeyError):
        compute([Count("nonsense", "2026", 1, 2)])
    assert compute([]).indicators == {}


def test_years_of_a_period():
    assert [years_of(p) for p in ("2020-2025", "2020/2021", "2026", "2026-11", "2025-2020")] == [
        5, 1, 1, 1, 1
    ]  # fmt: skip


def test_every_indicator_is_fully_worded_in_both_languages():
    for code, indicator in INDICATORS.items():
        assert indicator.code == code
        for text in (indicator.label, indicator.definition, indicator.unit, indicator.numerator,
                     indicator.denominator):  # fmt: skip
            assert text.id.strip()
            assert text.en.strip()
        assert indicator.citation


@given(st.floats(1, 1e9), st.floats(-5, 5), st.floats(0.5, 50))
def test_growth_is_the_inverse_of_growing(start, rate, years):
    geometric = start * (1 + rate / 100) ** years
    assert growth_geometric(geometric, start, years) == pytest.approx(rate, abs=1e-8)
    exponential = start * math.exp(rate / 100 * years)
    assert growth_exponential(exponential, start, years) == pytest.approx(rate, abs=1e-8)


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_a_share_lies_between_0_and_100(part, rest):
    assert 0 <= value("cpr", part, part + rest) <= 100
