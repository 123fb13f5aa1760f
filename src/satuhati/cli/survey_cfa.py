"""``satuhati survey cfa``: do the items measure what they are meant to, and alike in all groups?

Core and formats are imported inside the command: only a command that runs pays their start-up.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from satuhati.cli._common import Json, Lang, guarded, print_json, print_table, print_warnings, words
from satuhati.cli._instruments import Instrument, read_scales
from satuhati.cli._surveys import (
    TOO_MANY_ANSWERS,
    Answers,
    invalid,
    matrix,
    not_with,
    once,
    p_value,
    span,
)
from satuhati.errors import Doubt
from satuhati.text import Text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from satuhati.core.surveys.fitted import (
        Confirmatory,
        Fit,
        Invariance,
        Loading,
        RobustFit,
    )
    from satuhati.text import Translator


class MissingRows(StrEnum):
    """What becomes of incomplete rows."""

    listwise = "listwise"
    fiml = "fiml"


def register(survey: typer.Typer) -> None:
    survey.command("cfa")(cfa_command)


@guarded
def cfa_command(
    answers: Answers,
    factor: Annotated[
        list[str] | None,
        typer.Option("--factor", help='"visual=x1,x2,x3": a factor and its items. Repeatable.'),
    ] = None,
    instrument: Instrument = None,
    group: Annotated[
        str | None,
        typer.Option("--group", help="Column of groups in which the model is compared."),
    ] = None,
    ordered: Annotated[
        bool,
        typer.Option("--ordered", help="Few ordered answers: WLSMV on polychoric correlations."),
    ] = False,
    missing: Annotated[
        MissingRows,
        typer.Option("--missing", help="Incomplete rows: left out, or used for what they hold."),
    ] = MissingRows.listwise,
    robust: Annotated[
        bool,
        typer.Option("--robust", help="Also fit and errors that hold if answers are not normal."),
    ] = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Confirmatory factor analysis by maximum likelihood: fit and standardized loadings.

    Factors correlate freely; incomplete rows are left out and counted, or used for what they hold
    (--missing fiml). With --group also the steps of comparability: configural, metric (equal
    loadings), scalar (and intercepts). --robust scales chi-square (Satorra-Bentler; with fiml
    Yuan-Bentler). With --ordered answers are ordered steps, not numbers: fit is shown plain and
    robust (scaled), and groups are compared by thresholds, loadings and intercepts in turn.

    Example:

    satuhati survey cfa answers.csv --factor "trust=t1,t2,t3" --factor "norms=n1,n2,n3"
    """
    from satuhati.core.surveys.cfa import confirm, invariance

    t = words(lang)
    scales, table, numbers, doubts = read_scales(
        answers, factor, instrument, None, None, option="--factor"
    )
    turned = [item for s in scales for item in s.items if item in s.reversed]
    if turned and instrument is None:
        why = Text("tanpa tanda minus: muatan menemukan tandanya sendiri",
                   "no minus: a loading finds its own sign")  # fmt: skip
        raise invalid("--factor", ", ".join(turned), why)
    once([item for s in scales for item in s.items], "--factor")
    factors = {s.name: s.items for s in scales}
    X, items = matrix(numbers), list(numbers)
    if ordered:
        if missing is not MissingRows.listwise:
            raise invalid("--missing", missing.value, not_with("--ordered"))
        try:
            labels = table.texts(group) if group is not None else None
            _ordered(X, items, factors, labels, doubts, t, json=json)
        except ValueError:
            raise invalid("--ordered", ", ".join(items), TOO_MANY_ANSWERS) from None
        return
    labels = table.texts(group) if group is not None else None
    how: dict[str, Any] = {"missing": missing.value, "robust": robust}
    found = confirm(X, items, factors, **how)
    compared = invariance(X, labels, items, factors, **how) if labels is not None else None
    warnings: list[Doubt] = [*doubts, *found.warnings]
    if compared is not None:
        warnings += [d for d in compared.warnings if d not in warnings]
    if json:
        result: dict[str, Any] = {
            **_fit(found.fit, found.robust, robust=robust),
            "omega": found.omega,
            "missing": found.missing,
            "dropped": found.dropped,
            "loadings": found.loadings,
            "factor_correlations": found.factor_correlations,
        }
        if compared is not None:
            result["groups"] = compared.groups
            result["invariance"] = {
                name: {
                    **_fit(fit, compared.robust.get(name), robust=robust),
                    "cfi_drop": compared.cfi_drop.get(name),
                    "difference": _difference(compared, name),
                }
                for name, fit in compared.fits.items()
            }
        print_json({**result, "warnings": warnings}, t.lang)
        return
    _print(found, compared, t)
    print_warnings(warnings, t)


def _ordered(
    X: npt.NDArray[np.float64],
    items: list[str],
    factors: dict[str, tuple[str, ...]],
    labels: list[str | None] | None,
    doubts: Sequence[Doubt],
    t: Translator,
    *,
    json: bool,
) -> None:
    """Fit ordered answers and print; ``ValueError`` for an item with too many different answers."""
    from satuhati.core.surveys.ordered import confirm_ordered

    found = confirm_ordered(X, items, factors)
    compared = None
    warnings = [*doubts, *found.warnings]
    if labels is not None:
        from satuhati.core.surveys.ordered_groups import invariance_ordered

        compared = invariance_ordered(X, labels, items, factors)
        warnings += [d for d in compared.warnings if d not in warnings]
    if json:
        result: dict[str, Any] = {
            **_both(found.fit, found.scaled),
            "dropped": found.dropped,
            "loadings": found.loadings,
            "factor_correlations": found.factor_correlations,
        }
        if compared is not None:
            result["groups"] = compared.groups
            result["factor_means"] = compared.factor_means
            result["invariance"] = {
                name: {
                    **_both(fit, compared.scaled[name]),
                    "cfi_drop": compared.cfi_drop.get(name),
                }
                for name, fit in compared.fits.items()
            }
        print_json({**result, "warnings": warnings}, t.lang)
        return
    fits = {t("Plain"): found.fit, t("Robust (scaled)"): found.scaled}
    if compared is not None:
        names = {
            "configural": t("Same items (configural)"),
            "thresholds": t("Equal thresholds"),
            "metric": t("Equal loadings (metric)"),
            "scalar": t("Equal intercepts (scalar)"),
        }
        fits |= {names[step]: fit for step, fit in compared.scaled.items()}
    _print_fits(fits, t)
    _print_loadings(found.loadings, found.factor_correlations, t)
    print_warnings(warnings, t)


def _both(fit: Fit, scaled: Fit) -> dict[str, Any]:
    """Plain and scaled fit of ordered answers as the contract names them."""
    robust = ("chisq", "pvalue", "cfi", "tli", "rmsea", "rmsea_interval")
    return {
        **{f.name: getattr(fit, f.name) for f in dataclasses.fields(fit)},
        **{f"{name}_scaled": getattr(scaled, name) for name in robust},
    }


def _fit(fit: Fit, sound: RobustFit | None, *, robust: bool) -> dict[str, Any]:
    """Fit as the contract names it; ``_scaled`` and ``_robust`` figures where asked for."""
    told = {f.name: getattr(fit, f.name) for f in dataclasses.fields(fit)}
    if not robust:
        return told
    # getattr of None has a default: the keys stand, empty, where robust figures cannot be had.
    return {**told, **{name: getattr(sound, f, None) for f, name in ROBUST_KEYS.items()}}


ROBUST_KEYS = {
    "chisq": "chisq_scaled",
    "pvalue": "pvalue_scaled",
    "scaling_factor": "scaling_factor",
    "cfi_scaled": "cfi_scaled",
    "tli_scaled": "tli_scaled",
    "rmsea_scaled": "rmsea_scaled",
    "rmsea_interval_scaled": "rmsea_interval_scaled",
    "cfi": "cfi_robust",
    "tli": "tli_robust",
    "rmsea": "rmsea_robust",
    "rmsea_interval": "rmsea_interval_robust",
}


def _difference(compared: Invariance, name: str) -> dict[str, float | int] | None:
    step = compared.difference.get(name)
    if step is None:
        return None
    return {"chisq": step[0], "df": step[1], "pvalue": step[2]}


def _print(found: Confirmatory, compared: Invariance | None, t: Translator) -> None:
    fits = {t("Whole sample"): found.fit}
    if compared is not None:
        names = {
            "configural": t("Same items (configural)"),
            "metric": t("Equal loadings (metric)"),
            "scalar": t("Equal intercepts (scalar)"),
        }
        fits |= {names[level]: fit for level, fit in compared.fits.items()}
    _print_fits(fits, t)
    robust = {t("Whole sample"): found.robust}
    if compared is not None:
        robust |= {names[level]: one for level, one in compared.robust.items()}
    _print_robust({name: one for name, one in robust.items() if one is not None}, t)
    _print_loadings(found.loadings, found.factor_correlations, t)
    if found.omega:
        print_table(
            t("Reliability of the sum of a factor's items"),
            [t("Factor"), t("Omega")],
            [[name, t.number(omega, 3)] for name, omega in found.omega.items()],
            right=(1,),
        )


def _print_robust(fits: Mapping[str, RobustFit], t: Translator) -> None:
    if not fits:
        return
    print_table(
        t("Fit if answers are not normal (robust)"),
        [
            t("Model"),
            t("Chi-square"),
            t("Scaled by"),
            "p",
            "CFI",
            "TLI",
            "RMSEA",
            t("90 % interval"),
        ],
        [
            [
                name,
                t.number(f.chisq, 2),
                t.number(f.scaling_factor, 3),
                p_value(f.pvalue, t),
                t.number(f.cfi, 3),
                t.number(f.tli, 3),
                t.number(f.rmsea, 3),
                span(f.rmsea_interval, t, 3),
            ]
            for name, f in fits.items()
        ],
        right=range(1, 8),
    )


def _print_fits(fits: Mapping[str, Fit], t: Translator) -> None:
    print_table(
        t("Fit of the model"),
        [
            t("Model"),
            t("Persons"),
            t("Chi-square"),
            "df",
            "p",
            "CFI",
            "TLI",
            "RMSEA",
            t("90 % interval"),
            "SRMR",
        ],
        [[name, *_fit_row(fit, t)] for name, fit in fits.items()],
        right=range(1, 10),
    )


def _print_loadings(
    loadings: Mapping[str, Loading],
    correlations: Mapping[str, Mapping[str, float]],
    t: Translator,
) -> None:
    if not loadings:
        return
    print_table(
        t("Loadings"),
        [t("Item"), t("Factor"), t("Standardized loading"), t("Standard error"), t("Left over")],
        [
            [
                item,
                x.factor,
                t.number(x.standardized, 3),
                t.number(x.se, 3),
                t.number(x.residual, 3),
            ]
            for item, x in loadings.items()
        ],
        right=(2, 3, 4),
    )
    factors = list(correlations)
    if len(factors) > 1:
        print_table(
            t("Correlations of the factors"),
            ["", *factors],
            [[a, *(t.number(correlations[a][b], 2) for b in factors)] for a in factors],
            right=range(1, len(factors) + 1),
        )


def _fit_row(fit: Fit, t: Translator) -> list[str]:
    return [
        t.number(fit.n),
        t.number(fit.chisq, 2),
        t.number(fit.df),
        p_value(fit.pvalue, t),
        t.number(fit.cfi, 3),
        t.number(fit.tli, 3),
        t.number(fit.rmsea, 3),
        span(fit.rmsea_interval, t, 3),
        t.number(fit.srmr, 3),
    ]
