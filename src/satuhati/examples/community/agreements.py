"""Consents, the group's own targets, and verdicts read together."""

from __future__ import annotations

from satuhati.examples.community.rows import Rows, day

# Asked, and not given: they stay on the map without a name.
_NO_CONSENT = frozenset({"p18", "w31"})


def add_agreements(rows: Rows) -> None:
    named = sorted({r["actor"] for r in rows.of("roster")})
    for actor in named:
        if rows.row("actors", actor)["kind"] == "person" and actor not in _NO_CONSENT:
            rows.add("consents", actor=actor, strand="ties", purpose_version="1",
                     given_on=day("2025-10-20"), guardian=False)  # fmt: skip
    for actor in sorted({s["actor"] for s in rows.of("sources") if s["actor"]}):
        rows.add("consents", actor=actor, strand="notes", purpose_version="1",
                 given_on=day("2025-09-29"), guardian=False)  # fmt: skip
    for actor, withdrawn in (("p04", None), ("p19", None), ("w26", "2026-03-02")):
        rows.add("consents", actor=actor, strand="photos", purpose_version="1", guardian=False,
                 given_on=day("2024-05-18"),
                 withdrawn_on=day(withdrawn) if withdrawn else None)  # fmt: skip
    rows.add("targets", component="commitment", level="individual", population="pokja",
             measure="participation", value=60, set_on=day("2025-12-13"),
             by="Musyawarah baca profil")  # fmt: skip
    rows.add("targets", component="information_dissemination", level="individual",
             population="warga", value=50, set_on=day("2025-12-13"),
             by="Musyawarah baca profil")  # fmt: skip
    clean = rows.clean
    rows.add(
        "verdicts",
        component="commitment",
        level="individual",
        population="pokja",
        proposed="agreement" if clean else "dissonance",
        stance="confirmed",
        verdict="agreement" if clean else "dissonance",
        meeting="baca1",
        by="Musyawarah baca profil",
        date=day("2025-12-13"),
        reason="Kami bilang mau, dan memang datang: daftar hadir menunjukkannya."
        if clean
        else "Kami bilang mau, tetapi daftar hadir berkata lain; dua seksi memang tidak datang.",
    )
    rows.add(
        "verdicts",
        component="trust",
        level="individual",
        population="warga",
        proposed="agreement",
        stance="contested",
        verdict="partial agreement",
        meeting="baca1",
        by="Musyawarah baca profil",
        date=day("2025-12-13"),
        reason="Wakil RW 07 dan RW 09 menyatakan warga mereka belum ditanya terbuka; "
        "kepercayaan di RW 05 tidak berlaku untuk semua.",
    )
