"""How sure figures of a picture are: sentences for the group, numbers for who checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from satuhati.text import Translator
from satuhati.web.networks.map_queries import View

FAR = 1.96  # standard deviations from what chance gives


def sentences(view: View, t: Translator) -> list[str]:
    """What a group may take from the figures; of too few answers nothing is said."""
    sure = view.sure
    if sure is None or not view.robust:
        return []
    found = []
    if sure["density"] is not None:
        text = t("Of 100 ties that are possible, {n} exist.",
                 n=t.number(100 * sure["density"], 0 if sure["density"] > 0.1 else 1))  # fmt: skip
        if sure["low"] is not None:
            text += " " + t(
                "Had others like these been asked, it would be about {low} to {high}.",
                low=t.number(100 * sure["low"], 0), high=t.number(100 * sure["high"], 0),
            )  # fmt: skip
        found.append(text)
    if sure["ei"] is not None:
        found.append(_inside(sure, t))
    between = sure["brokerage"].get("liaison")
    if between and between["z"] is not None:
        found.append(_bridging(between, t))
    return found


def _inside(sure: Mapping[str, Any], t: Translator) -> str:
    if sure["ei"] < sure["ei_low"]:
        return t("People are tied inside their own sector more than chance would have it.")
    if sure["ei"] > sure["ei_high"]:
        return t("People are tied to other sectors more than chance would have it.")
    return t("Sectors make no difference here: ties fall inside and between them as by chance.")


def _bridging(one: Mapping[str, Any], t: Translator) -> str:
    if one["z"] > FAR:
        return t("More often than by chance somebody stands between two other sectors.")
    if one["z"] < -FAR:
        return t("Less often than by chance somebody stands between two other sectors.")
    return t("Standing between two other sectors is as frequent as by chance.")


def rows(view: View, t: Translator) -> list[tuple[str, str, str]]:
    """Figure, value, and its interval or what chance gives."""
    sure = view.sure
    if sure is None:
        return []

    def figure(value: float | None, decimals: int = 3) -> str:
        return "–" if value is None else t.number(value, decimals)

    def bounds(low: float | None, high: float | None) -> str:
        return "–" if low is None else f"{figure(low)} … {figure(high)}"

    both = t("{k} of {n}", k=t.number(sure["returned"]), n=t.number(sure["told"]))
    found = []
    if view.picture["origin"] == "reported":
        found.append((t("Ties told by both, of those between two who answered"), both, ""))
    if not view.robust:
        return found
    chance = bounds(sure["ei_low"], sure["ei_high"])
    found += [
        (t("Density"), figure(sure["density"]),
         t("{range} (actors drawn again, 95%)", range=bounds(sure["low"], sure["high"]))
         if sure["low"] is not None else ""),
        (t("Transitivity"), figure(sure["transitivity"]), ""),
        (t("Centralization, ties received"), figure(sure["centralization"]), ""),
        (t("Clusters (Leiden), modularity"),
         f"{figure(sure['clusters'], 0)}; {figure(sure['modularity'])}", ""),
    ]  # fmt: skip
    if sure["ei"] is not None:
        found += [
            (t("E-I index (−1 inside, +1 between)"), figure(sure["ei"]),
             t("by chance {range}; p = {p}", range=chance, p=figure(sure["ei_p"]))),
            (t("Density within groups"), figure(sure["within"]), ""),
            (t("Density between groups"), figure(sure["between"]), ""),
        ]  # fmt: skip
    names = {
        "coordinator": t("Coordinator (inside one group)"),
        "itinerant": t("Itinerant (outsider inside another group)"),
        "representative": t("Representative (from own group outwards)"),
        "gatekeeper": t("Gatekeeper (from outside into own group)"),
        "liaison": t("Liaison (between two other groups)"),
    }
    for role, one in sure["brokerage"].items():
        found.append(
            (names[role], figure(one["times"], 0),
             t("by chance {n}; z = {z}", n=figure(one["chance"], 1), z=figure(one["z"], 2)))
        )  # fmt: skip
    return found


def readings(view: View, t: Translator) -> list[tuple[str, str, str, str]]:
    """Three treatments of those who did not answer, side by side: density, returned, closed."""
    sure = view.sure
    if sure is None or view.picture["origin"] != "reported":
        return []

    def figure(value: float | None) -> str:
        return "–" if value is None else t.number(value, 3)

    names = {
        "available": t("Ties as told"),
        "reconstruction": t("What one side told, taken for both"),
        "deletion": t("Only those who answered"),
    }
    return [
        (
            names[key],
            figure(one["density"]),
            figure(one["reciprocity"]),
            figure(one["transitivity"]),
        )
        for key, one in sure["readings"].items()
    ]
