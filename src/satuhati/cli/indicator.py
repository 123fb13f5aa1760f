"""``satuhati indicator``: outcome indicators from counts, and the classification.

Core and formats are imported inside the commands: only a command that runs pays their start-up.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from satuhati.cli._common import (
    Json,
    Lang,
    guarded,
    print_json,
    print_table,
    print_warnings,
    words,
)
from satuhati.errors import Doubt, InputError, Problem
from satuhati.text import Text

if TYPE_CHECKING:
    from satuhati.core.indicators.compute import Count, IndicatorResults
    from satuhati.formats.tables import TextTable
    from satuhati.text import Translator

YES = frozenset({"1", "yes", "y", "ya", "true", "ada"})
NO = frozenset({"0", "no", "n", "tidak", "false"})


def register(app: typer.Typer) -> None:
    indicator = typer.Typer(no_args_is_help=True, help="Indicators and the classification.")
    indicator.command("compute")(compute_command)
    indicator.command("classify")(classify_command)
    app.add_typer(indicator, name="indicator")


@guarded
def compute_command(
    counts: Annotated[
        Path,
        typer.Argument(
            help="indicator, period, numerator, denominator; optionally value, source (for a "
            "figure from elsewhere): .csv, .csv.gz, .parquet."
        ),
    ],
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Indicators per period from counts, always with numerator and denominator.

    A period is a year (2026), a month (2026-11) or, for growth (lpp), a span (2020-2025: five
    years). Rows of one indicator and period are summed. TFR comes from the seven asfr_15_19 …
    asfr_45_49 (numerator births, denominator women). Counts are complete: there is no interval.
    A change between periods is no evidence of cause and effect.

    Example:

    satuhati indicator compute counts.csv --lang en
    """
    from satuhati.core.indicators.compute import compute
    from satuhati.formats.tables import read_table

    t = words(lang)
    table = read_table(counts)
    found = compute(_counts(table))
    doubts = [*table.doubts, *found.warnings]
    if not table.n_rows:
        doubts.append(Doubt("no_rows", {"file": table.name}))
    if json:
        print_json({"indicators": _described(found, t), "warnings": doubts}, t.lang)
        return
    _show_values(found, t)
    print_warnings(doubts, t)


def _counts(table: TextTable) -> list[Count]:
    from satuhati.core.indicators.compute import Count
    from satuhati.core.indicators.definitions import INDICATORS

    entered = "value" in table.cells
    table.require("indicator", "period")
    if not entered:
        table.require("numerator", "denominator")
    codes = table.choices("indicator", INDICATORS)
    table.texts("indicator", required=True)
    periods = table.texts("period", required=True)
    nothing: list[float | None] = [None] * table.n_rows

    def column(name: str) -> list[float | None]:
        if name not in table.cells:
            return nothing
        return [None if v != v else float(v) for v in table.numbers(name, low=0)]

    numerators, denominators = column("numerator"), column("denominator")
    # A growth rate from elsewhere may be negative.
    values = [None if v != v else float(v) for v in table.numbers("value")] if entered else nothing
    sources = table.cells.get("source", [None] * table.n_rows)
    out, problems = [], []
    for i, line in enumerate(table.lines):
        code, n, d = str(codes[i]), numerators[i], denominators[i]
        definition = INDICATORS[code]
        if (
            definition.kind == "share" and definition.strict and values[i] is None
            and n is not None and d is not None and n > d
        ):  # fmt: skip
            problems.append(
                Problem("numerator_exceeds", table.name, line, "numerator",
                        {"numerator": f"{n:g}", "denominator": f"{d:g}"})
            )  # fmt: skip
        out.append(Count(code, str(periods[i]), n, d, values[i], sources[i]))
    if problems:
        raise InputError(problems)
    return out


def _described(found: IndicatorResults, t: Translator) -> dict[str, Any]:
    from satuhati.core.indicators.definitions import INDICATORS
    from satuhati.core.results import plain

    out: dict[str, Any] = {}
    for code, periods in found.indicators.items():
        d = INDICATORS[code]
        out[code] = {
            "label": d.label(t.lang),
            "unit": d.unit(t.lang),
            "definition": d.definition(t.lang),
            "numerator": d.numerator(t.lang),
            "denominator": d.denominator(t.lang),
            "citation": d.citation,
            "periods": {
                p: {**plain(v, t.lang), "unit": d.unit(t.lang)} for p, v in periods.items()
            },
        }
    return out


def _show_values(found: IndicatorResults, t: Translator) -> None:
    from satuhati.core.indicators.definitions import INDICATORS

    rows = []
    for code, periods in found.indicators.items():
        d = INDICATORS[code]
        latest_period, latest = list(periods.items())[-1]
        if latest.value is not None:
            print(
                t("{label}, {period}: {value} {unit}.", label=d.label(t.lang),
                  period=latest_period, value=t.number(latest.value, 1), unit=d.unit(t.lang))
            )  # fmt: skip
        for period, v in periods.items():
            change = "–" if v.change is None else t.number(v.change.difference, 1)
            rows.append(
                [d.label(t.lang), period, t.number(v.value, 2), t.number(v.numerator),
                 t.number(v.denominator), change, v.source or "–"]
            )  # fmt: skip
    if rows:
        print_table(
            t("Indicators"),
            [t("Indicator"), t("Period"), t("Value"), t("Numerator"), t("Denominator"),
             t("Change"), t("Source")],
            rows,
            right=range(2, 6),
        )  # fmt: skip


@guarded
def classify_command(
    profile: Annotated[
        Path, typer.Argument(help="key, value — one row a key: .csv, .csv.gz, .parquet.")
    ],
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Dasar, Berkembang, Mandiri or Berkelanjutan, with every score explained.

    Keys — yes/no: pokja_exists, secretariat, rumah_dataku, pkb, regulation. Counts: pokja_members,
    pokja_trained, funding_sources, poktan, data_uses, mechanisms (0–5), agencies. Percentages
    0–100: poktan_participation, cpr, mkjp, unmet_need. An index with a key not given stays empty.
    Each indicator scores 1–4, an index is their mean and passes at 3.

    Example:

    satuhati indicator classify profile.csv --lang en
    """
    from satuhati.core.indicators.classification import KEYS, SETTING, classify
    from satuhati.core.results import plain
    from satuhati.formats.tables import read_table

    t = words(lang)
    table = read_table(profile)
    found = classify(_profile(table))
    source = {"date": SETTING.date.isoformat(), "source": SETTING.source(t.lang)}
    doubts = [*table.doubts, *found.warnings, Doubt("classification_provisional", source)]
    labels = {s.code: s.label(t.lang) for s in SETTING.scored}
    if json:
        result = plain(found, t.lang)
        result["scores"] = {c: {"label": labels[c], **v} for c, v in result["scores"].items()}
        result["setting"] = source
        result["warnings"] = doubts
        print_json(result, t.lang)
        return
    if found.level is None:
        print(t("The level cannot be told yet."))
    else:
        print(t("Level: {level}.", level=found.level))
    names = {"input": t("Input"), "process": t("Process"), "output": t("Output")}
    for index, passes in found.passed.items():
        if passes is None:
            print(t("{index}: something is missing.", index=names[index]))
        else:
            mean = t.number(getattr(found, index), 2)
            print(
                t("{index}: {mean}, passes (3 or more).", index=names[index], mean=mean)
                if passes
                else t("{index}: {mean}, does not pass (under 3).", index=names[index], mean=mean)
            )
    print_table(
        t("Scores"),
        [t("Index"), t("Indicator"), t("Told"), t("Score"), t("of at most")],
        (
            [names[s.index], labels[c],
             "; ".join(f"{KEYS[k](t.lang)}: {_told(k, v, t)}" for k, v in s.values.items()),
             t.number(s.score), t.number(s.highest)]
            for c, s in found.scores.items()
        ),
        right=(3, 4),
    )  # fmt: skip
    print_warnings(doubts, t)


def _told(key: str, value: float | None, t: Translator) -> str:
    from satuhati.core.indicators.classification import YES_NO

    if value is None:
        return "–"
    if key in YES_NO:
        return t("yes") if value else t("no")
    return t.number(value, 0 if value == int(value) else 1)


def _profile(table: TextTable) -> dict[str, float | None]:
    from satuhati.core.indicators.classification import KEYS, PERCENTS, YES_NO

    keys = table.texts("key", required=True)
    cells = table.texts("value")
    first: dict[str, int] = {}
    out: dict[str, float | None] = {}
    problems = []
    for line, key, cell in zip(table.lines, keys, cells, strict=True):
        key = str(key)
        if key in first:
            problems.append(
                Problem("row_repeated", table.name, line, "key", {"what": key, "first": first[key]})
            )
        first.setdefault(key, line)
        value = None
        if cell is not None and key in YES_NO:
            word = cell.lower()
            value = 1.0 if word in YES else 0.0 if word in NO else None
            if value is None:
                problems.append(
                    Problem("value_choice", table.name, line, "value",
                            {"value": cell, "choices": "ya, tidak, yes, no"})
                )  # fmt: skip
        elif cell is not None and key in KEYS:
            value = _figure(cell)
            if value is None:
                problems.append(
                    Problem("value_type", table.name, line, "value", {
                        "value": cell, "expected": Text("angka", "a number"), "example": "12"})
                )  # fmt: skip
            else:
                high = 100 if key in PERCENTS else 5 if key == "mechanisms" else float("inf")
                if not 0 <= value <= high:
                    problems.append(
                        Problem("value_range", table.name, line, "value", {
                            "value": cell, "low": 0, "high": f"{high:g}"})
                    )  # fmt: skip
        out[key] = value
    if problems:
        raise InputError(problems)
    return out


def _figure(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if value == value and abs(value) != float("inf") else None
