"""What the figures of researcher's mode rest on: formula, source, and where it is computed.

The same as in ``docs/methods.md``; a test holds the two against each other.
"""

from __future__ import annotations

from dataclasses import dataclass

from satuhati.text import Text


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its name, its formula, its source, its place in the core."""

    name: Text
    formula: str
    source: str
    code: str


METHODS: dict[str, Method] = {
    "alpha": Method(
        Text("Alfa Cronbach", "Cronbach's α"), "k/(k−1)·(1 − tr C/ΣC)", "Cronbach 1951",
        "reliability.cronbach_alpha",
    ),
    "feldt": Method(
        Text("Selang alfa", "Interval of α"), "1 − (1 − α)·F",
        "Feldt 1965; Feldt, Woodruff & Salih 1987", "feldt_interval",
    ),
    "omega": Method(
        Text("Omega total dan hierarkis", "ω total, ω hierarchical"),
        "1 − Σψ/ΣR", "McDonald 1999; Zinbarg et al. 2005", "reliability.omega",
    ),
    "item_rest": Method(
        Text("Korelasi butir-sisa, alfa bila dibuang", "Item-rest r, α if dropped"),
        "from the same covariances", "psych::alpha", "reliabilities",
    ),
    "design_mean": Method(
        Text("Rerata menurut rancangan", "Design mean"), "Σwy/Σw",
        "Woodruff 1971; Lumley 2010", "means.design_mean",
    ),
    "suppression": Method(
        Text("Kelompok kecil disembunyikan", "Small groups stay empty"), "",
        "Cox 1995", "suppression",
    ),
    "parallel": Method(
        Text("Analisis paralel", "Parallel analysis"), "components above the 95th percentile",
        "Horn 1965; Buja & Eyuboglu 1992; Glorfeld 1995", "dimensionality.parallel_analysis",
    ),
    "map": Method(
        Text("MAP", "MAP"), "least mean squared partial correlation", "Velicer 1976",
        "minimum_average_partial",
    ),
    "kmo": Method(Text("KMO", "KMO"), "Σr²/(Σr² + Σq²)", "Kaiser & Rice 1974",
                  "kaiser_meyer_olkin"),
    "efa": Method(
        Text("Faktor eksploratori", "Exploratory factors"), "minres, direct oblimin",
        "Harman & Jones 1966; Jennrich & Sampson 1966", "dimensionality.explore",
    ),
    "cfa": Method(
        Text("Faktor konfirmatori", "Confirmatory factors"), "F = log∣Σ∣ + tr SΣ⁻¹ − log∣S∣ − k",
        "Jöreskog 1969", "cfa.confirm",
    ),
    "wlsmv": Method(
        Text("Jawaban bertingkat (WLSMV)", "Ordered answers in a model (WLSMV)"),
        "F = Σ (ρ − σ)²/γ", "Muthén 1984; Muthén, du Toit & Spisic 1997",
        "ordered.confirm_ordered",
    ),
    "fit": Method(
        Text("CFI, TLI, RMSEA, SRMR", "CFI, TLI, RMSEA, SRMR"),
        "against the model without factors",
        "Bentler 1990; Tucker & Lewis 1973; Browne & Cudeck 1993", "fit.py",
    ),
    "invariance": Method(
        Text("Kesebandingan kelompok", "Comparability of groups"), "ΔCFI ≤ .010",
        "Jöreskog 1971; Cheung & Rensvold 2002", "cfa.invariance",
    ),
    "dif": Method(
        Text("Butir antar kelompok (DIF)", "Items between groups (DIF)"),
        "rise of McFadden's R²", "Swaminathan & Rogers 1990; Zumbo 1999", "dif.item_dif",
    ),
    "icc": Method(
        Text("ICC(1), ICC(2)", "ICC(1), ICC(2)"), "(MSB − MSW)/(MSB + (k − 1)·MSW)",
        "Shrout & Fleiss 1979; Bliese 2000", "aggregation.one_way",
    ),
    "rwg": Method(
        Text("r_wg(j)", "r_wg(j)"), "J(1 − v/σ²)/(J(1 − v/σ²) + v/σ²)",
        "James, Demaree & Wolf 1984; LeBreton & Senter 2008", "aggregation.rwg",
    ),
    "ad": Method(
        Text("AD_M(j)", "AD_M(j)"), "mean absolute deviation from the group's item means",
        "Burke, Finkelstein & Dusig 1999", "aggregation.aggregate",
    ),
}  # fmt: skip
