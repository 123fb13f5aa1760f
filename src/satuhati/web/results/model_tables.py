"""Tables of researcher's mode on structure and comparability."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from satuhati.schema.choices import choice_label
from satuhati.text import Translator
from satuhati.web.results.queries import is_turned, scale_word
from satuhati.web.results.tables import Column, Table, doubts

EIGENVALUES = 15
CFI_DROP = 0.010


def structure(payload: Mapping[str, Any], t: Translator) -> list[Table]:
    """How many factors, which items go together, and whether the declared scales hold."""
    found: list[Table] = []
    if payload["exploration"]:
        found += _exploration(payload, t)
    found += _models(payload, t)
    return found


def _exploration(payload: Mapping[str, Any], t: Translator) -> list[Table]:
    e = payload["exploration"]
    parallel, partial = e["parallel"], e["map"]
    said = doubts(e["warnings"], t)
    first = Table(
        "faktor",
        t("How many factors"),
        [
            Column("n", t("People")),
            Column("items", t("Items")),
            Column("parallel", t("Parallel analysis")),
            Column("map", "MAP"),
            Column("kmo", "KMO", decimals=2),
            Column("factors", t("Factors taken")),
            Column("rmsea", "RMSEA"),
            Column("rmsea_interval", t("90 % interval"), "interval"),
            Column("tli", "TLI"),
            Column("srmr", "SRMR"),
        ],
        [[
            e["n"], len(e["items"]), parallel["suggested"] if parallel else None,
            partial["suggested"] if partial else None, e["kmo"], e["nfactors"], e["rmsea"],
            e["rmsea_interval"], e["tli"], e["srmr"],
        ]],
        said,
        ("parallel", "map", "kmo", "efa"),
    )  # fmt: skip
    found = [first]
    if parallel:
        rows = [
            [i, seen, chance]
            for i, (seen, chance) in enumerate(
                zip(parallel["eigenvalues"], parallel["chance"], strict=True), 1
            )
        ][:EIGENVALUES]
        columns = [
            Column("component", t("Component")),
            Column("eigenvalue", t("Eigenvalue"), decimals=2),
            Column("chance", t("95th percentile of chance"), decimals=2),
        ]
        found.append(Table("nilai-eigen", t("Eigenvalues beside chance"), columns, rows,
                           method=("parallel",), folded=True))  # fmt: skip
    if e["loadings"]:
        names = [f"F{i + 1}" for i in range(e["nfactors"])]
        columns = [
            Column("item", t("Item"), "item"),
            Column("text", t("Wording"), "text"),
            *(Column(name, name, decimals=2) for name in names),
            Column("communality", "h²", decimals=2),
        ]
        rows = [
            [item, payload["labels"][item][t.lang], *(loads[n] for n in names),
             e["communality"][item]]
            for item, loads in e["loadings"].items()
        ]  # fmt: skip
        found.append(
            Table("muatan", t("Loadings of the exploratory analysis"), columns, rows,
                  method=("efa",), folded=True,
                  note=t("Minimum residuals, oblique rotation; reversed items turned."))
        )  # fmt: skip
    return found


FIT = ("chisq", "df", "pvalue", "cfi", "tli", "rmsea", "rmsea_interval", "srmr")


def _fit_columns(t: Translator) -> list[Column]:
    return [
        Column("scale", t("Scale"), "text"),
        Column("estimator", t("Estimator"), "text"),
        Column("n", t("People")),
        Column("chisq", "χ²", decimals=2),
        Column("df", "df"),
        Column("p", "p"),
        Column("cfi", "CFI"),
        Column("tli", "TLI"),
        Column("rmsea", "RMSEA"),
        Column("rmsea_interval", t("90 % interval"), "interval"),
        Column("srmr", "SRMR"),
    ]


def _figures(fit: Mapping[str, Any]) -> list[Any]:
    """Fit in the order of the columns; nothing of a model that was not computed."""
    return [fit[k] if fit["chisq"] is not None else None for k in FIT]


def _models(payload: Mapping[str, Any], t: Translator) -> list[Table]:
    fits: list[list[Any]] = []
    loads: list[list[Any]] = []
    said: list[str] = []
    together = payload["together"]
    for model in [*payload["models"], *([together] if together else [])]:
        whole = len(model["scales"]) > 1
        name = t("All scales together") if whole else scale_word(model["scales"][0], t)
        ml, ordered = model["ml"], model["ordered"]
        fits.append([name, "ML", ml["fit"]["n"], *_figures(ml["fit"])])
        said += doubts(ml["warnings"], t, name)
        if ordered:
            fits.append([name, "WLSMV", ordered["scaled"]["n"],
                         *_figures(ordered["scaled"])])  # fmt: skip
            said += list(doubts(ordered["warnings"], t, f"{name} (WLSMV)"))
        for item in {**ml["loadings"], **(ordered["loadings"] if ordered else {})}:
            a = ml["loadings"].get(item)
            b = ordered["loadings"].get(item) if ordered else None
            factor = (a or b or {})["factor"]
            loads.append([
                name, scale_word(factor, t), item, a and a["standardized"], a and a["se"],
                b and b["standardized"], b and b["se"], a and a["residual"],
            ])  # fmt: skip
    if not fits:
        return []
    columns = [
        Column("model", t("Model"), "text"),
        Column("factor", t("Factor"), "text"),
        Column("item", t("Item"), "item"),
        Column("ml", t("Loading, ML"), decimals=2),
        Column("ml_se", "SE", decimals=2),
        Column("wlsmv", t("Loading, WLSMV"), decimals=2),
        Column("wlsmv_se", "SE", decimals=2),
        Column("residual", t("Left over"), decimals=2),
    ]
    found = [
        Table("model", t("Do the declared scales hold?"), _fit_columns(t), fits, said,
              ("cfa", "wlsmv", "fit"),
              note=t("One factor for each scale of four items or more; WLSMV figures are the "
                     "scaled ones. With three items such a model always fits.")),
    ]  # fmt: skip
    if loads:
        found.append(
            Table("muatan-model", t("Loadings of the confirmatory models"), columns, loads,
                  method=("cfa", "wlsmv"), folded=True)
        )  # fmt: skip
    if together and together["ml"]["factor_correlations"]:
        found.append(factor_correlations(together["ml"]["factor_correlations"], t))
    return found


def factor_correlations(cor: Mapping[str, Mapping[str, float | None]], t: Translator) -> Table:
    """Between the factors of scales, each in the direction in which its scale is told."""
    way = {n: -1.0 if is_turned(n) else 1.0 for n in cor}
    columns = [
        Column("scale", t("Scale"), "text"),
        *(Column(n, scale_word(n, t), decimals=2) for n in cor),
    ]
    rows = [
        [
            scale_word(a, t),
            *(None if (r := row[b]) is None else way[a] * way[b] * r for b in cor),
        ]
        for a, row in cor.items()
    ]
    title = t("Correlations of the scales' factors")
    return Table("korelasi", title, columns, rows, method=("cfa",), folded=True)


def comparability(payload: Mapping[str, Any], t: Translator) -> list[Table]:
    """Whether groups understand a scale alike, and which items do not behave alike."""
    by_words = {
        "sex": t("women and men"),
        "population": t("populations"),
        "wave": t("waves"),
    }

    def group(by: str, code: str) -> str:
        if by == "sex":
            return choice_label("actors", "sex", code)(t.lang)
        if by == "population":
            return choice_label("rounds", "population", code)(t.lang)
        return t("wave {n}", n=code)

    rows, items = [], []
    said: list[str] = []
    for c in payload["comparisons"]:
        inv, name = c["invariance"], scale_word(c["scale"], t)
        sizes = ", ".join(f"{group(c['by'], g)} {n}" for g, n in inv["groups"].items())
        rows.append([
            name, by_words[c["by"]], sizes, inv["fits"]["configural"]["cfi"],
            inv["cfi_drop"].get("metric"), inv["cfi_drop"].get("scalar"), _verdict(inv, t),
        ])  # fmt: skip
        said += doubts(
            [d for d in inv["warnings"] if d["code"] != "cfa_small_groups"], t,
            f"{name}, {by_words[c['by']]}",
        )  # fmt: skip
        for item, d in c["dif"]["items"].items():
            items.append([
                name, by_words[c["by"]], item, d["uniform"] and d["uniform"][0],
                d["uniform"] and d["uniform"][2], d["nonuniform"] and d["nonuniform"][0],
                d["nonuniform"] and d["nonuniform"][2], d["r_squared"], _size(d["size"], t),
            ])  # fmt: skip
    if not rows:
        return []
    columns = [
        Column("scale", t("Scale"), "text"),
        Column("between", t("Between"), "text"),
        Column("groups", t("People"), "text"),
        Column("cfi", t("CFI, same form")),
        Column("drop_loadings", t("Fall, same loadings")),
        Column("drop_intercepts", t("Fall, same intercepts")),
        Column("verdict", t("In words"), "text"),
    ]
    each = [
        Column("scale", t("Scale"), "text"),
        Column("between", t("Between"), "text"),
        Column("item", t("Item"), "item"),
        Column("uniform_chisq", t("χ², shifted"), decimals=2),
        Column("uniform_p", "p"),
        Column("nonuniform_chisq", t("χ², turned"), decimals=2),
        Column("nonuniform_p", "p"),
        Column("r_squared", t("Rise of R²")),
        Column("size", t("Size"), "text"),
    ]
    return [
        Table("sebanding", t("Do groups understand the scales alike?"), columns, rows, said,
              ("invariance",),
              note=t("A fall of CFI of more than 0.010 speaks against a step. With fewer than 100 "
                     "people in a group it is shown and not judged.")),
        Table("dif", t("Items between groups (DIF)"), each, items, method=("dif",), folded=True),
    ]  # fmt: skip


def _verdict(inv: Mapping[str, Any], t: Translator) -> str:
    if any(d["code"] == "cfa_small_groups" for d in inv["warnings"]):
        return t("groups too small to judge")
    metric, scalar = inv["cfi_drop"].get("metric"), inv["cfi_drop"].get("scalar")
    if not all(f["converged"] for f in inv["fits"].values()):
        return t("no answer: a model did not converge")
    if metric is not None and metric > CFI_DROP:
        return t("not alike: compare neither means nor connections")
    if scalar is not None and scalar > CFI_DROP:
        return t("alike in connections, not in level: do not compare means")
    return t("alike: means may be compared")


def _size(size: str | None, t: Translator) -> str | None:
    return {
        "negligible": t("negligible"),
        "moderate": t("moderate"),
        "large": t("large"),
    }.get(size or "")
