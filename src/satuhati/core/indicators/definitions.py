"""Outcome indicators as data: code, meaning, unit, numerator, denominator, source of the formula.

The one place to read what an indicator is. Formulas stand in ``docs/methods.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from satuhati.text import Text

Kind = Literal["share", "rate", "growth", "exponential_growth", "score"]

PERCENT = Text("persen", "percent")
PER_THOUSAND = Text("kelahiran per 1.000 perempuan", "births per 1,000 women")
PERCENT_PER_YEAR = Text("persen per tahun", "percent per year")
PUS = Text("pasangan usia subur (PUS)", "couples of reproductive age (PUS)")
RESIDENTS = Text("penduduk", "residents")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. ``kind`` says how numerator and denominator become the value:

    - ``share``: numerator / denominator × 100, the numerator a part of the denominator;
    - ``rate``: numerator / denominator × ``factor``, not a part of it;
    - ``growth``: ((numerator / denominator)^(1/years) − 1) × 100;
    - ``exponential_growth``: ln(numerator / denominator) / years × 100;
    - ``score``: numerator / denominator (a mean on a scale of its own).

    ``strict``: a numerator above the denominator is an error, not only noteworthy.
    """

    code: str
    label: Text
    definition: Text
    unit: Text
    numerator: Text
    denominator: Text
    kind: Kind
    citation: str
    factor: float = 100.0
    strict: bool = True
    higher_is: Literal["better", "worse", "neither"] = "neither"


_UN = "United Nations (1983). Manual X: Indirect techniques for demographic estimation."
_UN_FP = "United Nations (2022). World family planning 2022; SDG indicator metadata 3.7.1."
_WHO = "WHO & UNICEF (2019). Recommendations for anthropometric indicators in children under 5."
_BKKBN = "Kemendukbangga/BKKBN, Kampung Keluarga Berkualitas (portal, SIGA)."
_IBANGGA = "BKKBN (2021). Indeks Pembangunan Keluarga (iBangga)."
_CRVS = "United Nations (2014). Principles and recommendations for a vital statistics system."

AGE_GROUPS = ("15_19", "20_24", "25_29", "30_34", "35_39", "40_44", "45_49")
TFR_PARTS = tuple(f"asfr_{g}" for g in AGE_GROUPS)
IBANGGA_PARTS = ("ibangga_peace", "ibangga_independence", "ibangga_happiness")
POKTAN_PARTS = ("poktan_bkb", "poktan_bkr", "poktan_bkl", "poktan_uppka", "poktan_pikr")


def _asfr(group: str) -> Indicator:
    ages = group.replace("_", "–")
    return Indicator(
        f"asfr_{group}",
        Text(f"Angka kelahiran umur {ages}", f"Birth rate at ages {ages}"),
        Text(
            f"Kelahiran hidup dari perempuan {ages} tahun per 1.000 perempuan umur itu.",
            f"Live births to women aged {ages} per 1,000 women of that age.",
        ),
        PER_THOUSAND,
        Text(f"kelahiran dari perempuan {ages}", f"births to women {ages}"),
        Text(f"perempuan {ages}", f"women {ages}"),
        "rate", _UN, 1000.0, higher_is="worse" if group == "15_19" else "neither",
    )  # fmt: skip


def _poktan(code: str, name: str, target: Text) -> Indicator:
    return Indicator(
        f"poktan_{code}",
        Text(f"Keikutsertaan {name}", f"{name} participation"),
        Text(f"Peserta {name} dari sasarannya.", f"{name} participants of its target group."),
        PERCENT, Text(f"peserta {name}", f"{name} participants"), target,
        "share", _BKKBN, strict=False, higher_is="better",
    )  # fmt: skip


def _civil(code: str, document: Text, base: Text = RESIDENTS) -> Indicator:
    return Indicator(
        code,
        Text(f"Cakupan {document.id}", f"Coverage of {document.en}"),
        Text(f"{base.id} yang memiliki {document.id}.", f"{base.en} who hold {document.en}."),
        PERCENT,
        Text(f"{base.id} dengan {document.id}", f"{base.en} with {document.en}"),
        base, "share", _CRVS, higher_is="better",
    )  # fmt: skip


_TARGETS = {
    "bkb": ("BKB", Text("keluarga dengan balita", "families with under-fives")),
    "bkr": ("BKR", Text("keluarga dengan remaja 10–24", "families with youth 10–24")),
    "bkl": ("BKL", Text("keluarga dengan lansia", "families with elderly")),
    "uppka": ("UPPKA", Text("semua keluarga", "all families")),
    "pikr": ("PIK-R", Text("remaja 10–24", "youth 10–24")),
}

_ALL = (
    Indicator(
        "lpp",
        Text("Laju pertumbuhan penduduk (geometrik)", "Population growth (geometric)"),
        Text("((Pt / P0)^(1/t) − 1) × 100.", "((Pt / P0)^(1/t) − 1) × 100."),
        PERCENT_PER_YEAR,
        Text("penduduk pada akhir (Pt)", "population at the end (Pt)"),
        Text("penduduk pada awal (P0)", "population at the start (P0)"),
        "growth", _UN,
    ),
    Indicator(
        "lpp_exponential",
        Text("Laju pertumbuhan penduduk (eksponensial)", "Population growth (exponential)"),
        Text("ln(Pt / P0) / t × 100.", "ln(Pt / P0) / t × 100."),
        PERCENT_PER_YEAR,
        Text("penduduk pada akhir (Pt)", "population at the end (Pt)"),
        Text("penduduk pada awal (P0)", "population at the start (P0)"),
        "exponential_growth", _UN,
    ),
    *(_asfr(g) for g in AGE_GROUPS),
    Indicator(
        "tfr",
        Text("Angka kelahiran total (TFR)", "Total fertility rate (TFR)"),
        Text(
            "5 × jumlah ASFR tujuh kelompok umur 15–49 / 1.000.",
            "5 × the sum of the seven ASFR at ages 15–49 / 1,000.",
        ),
        Text("anak per perempuan", "children per woman"),
        Text("5 × jumlah ASFR", "5 × sum of ASFR"), Text("1.000", "1,000"),
        "score", _UN, 1.0,
    ),
    Indicator(
        "cpr",
        Text("Pemakai kontrasepsi, semua cara (CPR)", "Contraceptive prevalence, any method (CPR)"),
        Text("PUS yang memakai cara apa pun.", "Couples using any method."),
        PERCENT, Text("PUS pemakai cara apa pun", "couples using any method"), PUS,
        "share", _UN_FP, higher_is="better",
    ),
    Indicator(
        "mcpr",
        Text("Pemakai kontrasepsi modern (mCPR)", "Modern contraceptive prevalence (mCPR)"),
        Text("PUS yang memakai cara modern.", "Couples using a modern method."),
        PERCENT, Text("PUS pemakai cara modern", "couples using a modern method"), PUS,
        "share", _UN_FP, higher_is="better",
    ),
    Indicator(
        "mkjp",
        Text("Bagian metode jangka panjang (MKJP)", "Share of long-acting methods (MKJP)"),
        Text(
            "Pemakai IUD, implan, MOW, MOP dari pemakai cara modern.",
            "Users of IUD, implant, sterilisation among users of a modern method.",
        ),
        PERCENT,
        Text("pemakai MKJP", "users of a long-acting method"),
        Text("pemakai cara modern", "users of a modern method"),
        "share", _BKKBN, higher_is="better",
    ),
    Indicator(
        "unmet_need",
        Text("Kebutuhan KB yang tidak terpenuhi", "Unmet need for family planning"),
        Text(
            "PUS yang tidak ber-KB padahal ingin menunda atau tidak ingin anak lagi (definisi "
            "pendataan BKKBN: tidak menghitung kegagalan cara atau kehamilan tak diinginkan).",
            "Couples not using a method who want to delay or want no more children (registry "
            "definition: pregnancies not wanted are not counted, unlike in DHS surveys).",
        ),
        PERCENT, Text("PUS tak terpenuhi", "couples with unmet need"), PUS,
        "share", _BKKBN, higher_is="worse",
    ),
    Indicator(
        "stunting",
        Text("Balita pendek (stunting)", "Stunting in under-fives"),
        Text(
            "Anak 0–59 bulan dengan tinggi menurut umur < −2 SD (standar WHO) dari yang diukur.",
            "Children 0–59 months with height-for-age < −2 SD (WHO standard) of those measured.",
        ),
        PERCENT,
        Text("anak pendek", "stunted children"),
        Text("anak diukur", "children measured"),
        "share", _WHO, higher_is="worse",
    ),
    Indicator(
        "ibangga",
        Text("Indeks Pembangunan Keluarga (iBangga)", "Family development index (iBangga)"),
        Text(
            "Rata-rata tiga dimensi: ketenteraman, kemandirian, kebahagiaan. < 40 rentan, "
            "40–70 berkembang, > 70 tangguh.",
            "Mean of three dimensions: peace, independence, happiness. < 40 vulnerable, "
            "40–70 developing, > 70 resilient.",
        ),
        Text("nilai 0–100", "score 0–100"),
        Text("jumlah tiga dimensi", "sum of the three dimensions"), Text("3", "3"),
        "score", _IBANGGA, 1.0, higher_is="better",
    ),
    *(
        Indicator(
            code, label,
            Text("Jumlah nilai keluarga dibagi jumlah keluarga.",
                 "Sum of the families' scores over the number of families."),
            Text("nilai 0–100", "score 0–100"),
            Text("jumlah nilai keluarga", "sum of family scores"), Text("keluarga", "families"),
            "score", _IBANGGA, 1.0, higher_is="better",
        )
        for code, label in zip(
            IBANGGA_PARTS,
            (Text("iBangga: ketenteraman", "iBangga: peace"),
             Text("iBangga: kemandirian", "iBangga: independence"),
             Text("iBangga: kebahagiaan", "iBangga: happiness")),
            strict=True,
        )
    ),
    Indicator(
        "poktan",
        Text("Keikutsertaan kelompok kegiatan", "Activity-group participation"),
        Text("Peserta semua poktan dari sasarannya.",
             "Participants of all activity groups of their target groups."),
        PERCENT, Text("peserta", "participants"), Text("sasaran", "target group"),
        "share", _BKKBN, strict=False, higher_is="better",
    ),
    *(_poktan(code, *target) for code, target in _TARGETS.items()),
    _civil("civil_registration", Text("dokumen kependudukan", "a civil document")),
    _civil("birth_certificate", Text("akta kelahiran", "a birth certificate")),
    _civil("identity_card", Text("KTP", "an identity card"),
           Text("penduduk wajib KTP", "residents due to hold one")),
    _civil("family_card", Text("kartu keluarga", "a family card"), Text("keluarga", "families")),
    _civil("marriage_certificate", Text("buku/akta nikah", "a marriage certificate"),
           Text("pasangan menikah", "married couples")),
)  # fmt: skip

INDICATORS: dict[str, Indicator] = {i.code: i for i in _ALL}
"""Every known indicator by its code."""
