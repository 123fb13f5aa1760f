"""Which figures a page of the profile shows, and of which wave. Called by the worker.

Whoever has been shown a figure cannot predict it any more; so it is noted who was shown what.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from satuhati.core.community import CommunityData
from satuhati.core.profile.build import wave_dates
from satuhati.core.profile.dossier import Dossier
from satuhati.core.profile.results import Evidence
from satuhati.core.stored import stored

EVERYTHING = "unduh"
"""The page of the whole report to download."""
OF_SECTION = {
    "keikutsertaan": ("participation", "sections_represented", "regularity", "quorum",
                      "spoke_female", "spoke_male"),
    "layanan": ("service_heard", "service_visited"),
}  # fmt: skip
FIRST = 4
"""So many cells that contradict each other are told on Home, with their figures."""


def figure_key(measure: str, subject: str | None) -> str:
    """A figure by name: ``participation|``, ``service_heard|sigap``."""
    return f"{measure}|{subject or ''}"


def figures_of(data: CommunityData, dossier: Dossier) -> dict[str, Any]:
    """For a snapshot's summary: the wave, the figures each page shows, and the mirrors.

    ``shown`` has, by page, each figure with the wave it was measured in.
    """
    profile = dossier.profile
    now = 1
    for _, wave, end in wave_dates(data).iter_rows():
        if profile.as_of is None or end <= profile.as_of:
            now = max(now, wave)
    counted: dict[str, int] = {}
    for row in data["awareness"].iter_rows(named=True):
        if row["wave"] and (profile.as_of is None or row["date"] <= profile.as_of):
            counted[row["service"]] = max(counted.get(row["service"], 0), row["wave"])

    def told(pieces: Iterable[Evidence]) -> dict[str, int]:
        return {
            figure_key(e.measure, e.subject): counted.get(e.subject or "", now)
            if e.measure.startswith("service_")
            else now
            for e in pieces
            if e.value is not None
        }

    cells = (*profile.components, *profile.functions)
    every = told(e for c in cells for e in c.evidence)
    apart = [c for c in cells if c.convergence == "dissonance"][:FIRST]
    lamps = [light.evidence for light in profile.lights if light.evidence is not None]
    shown = {
        "home": told([*lamps, *(e for c in apart for e in c.evidence)]),
        "matriks": every,
        EVERYTHING: every,
        "celah": _of(every, {g.measure for g in profile.gaps}),
        "perubahan": _of(every, {c.measure for c in profile.changes}),
        "cermin": _of(every, {m.measure for m in profile.mirrors if m.measured is not None}),
        **{key: _of(every, set(names)) for key, names in OF_SECTION.items()},
        **{f"sel/{c.component}/{c.level}/{c.population}": told(c.evidence) for c in cells},
    }
    return {"wave": now, "shown": shown, "mirrors": stored(profile.mirrors)}


def _of(every: dict[str, int], measures: set[str]) -> dict[str, int]:
    return {key: wave for key, wave in every.items() if key.split("|")[0] in measures}
