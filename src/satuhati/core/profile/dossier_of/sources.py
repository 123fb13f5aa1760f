"""What the profile rests on: passages, reliability, rounds, settings."""

from __future__ import annotations

import polars as pl

from satuhati.core.profile.context import Context
from satuhati.core.profile.dossier import (
    Quotation,
    RoundQuality,
    ScaleReliability,
)
from satuhati.core.profile.measures_of.notes import coded_passages
from satuhati.core.profile.measures_of.surveys import scale_definitions
from satuhati.core.suppression import THRESHOLD
from satuhati.core.surveys.reliability import reliability
from satuhati.schema.measures import measures
from satuhati.schema.meetings import NORM_TOPICS


def quotations_of(ctx: Context) -> tuple[Quotation, ...]:
    """Passages once each (the first coder's), the clearest directions first."""
    rows = coded_passages(ctx).drop_nulls(["component", "level"])
    if rows.height == 0:
        return ()
    order = pl.col("direction").replace_strict(
        {"contradicts": 0, "supports": 1, "mixed": 2}, return_dtype=pl.Int64
    )
    rows = rows.sort("component", "level", "excerpt", "coder", "id").unique(
        ["component", "level", "excerpt"], keep="first", maintain_order=True
    )
    rows = rows.sort("component", "level", order, "date", "id")
    return tuple(
        Quotation(
            component=r["component"],
            level=r["level"],
            population=r["population"],
            direction=r["direction"],
            text=r["text"],
            source_kind=r["source_kind"],
            source_title=r["source_title"],
            date=r["date"],
            coding=r["id"],
        )
        for r in rows.iter_rows(named=True)
    )


def reliability_of(ctx: Context) -> tuple[ScaleReliability, ...]:
    """Alpha and omega of every scale of every round with enough answers."""
    rounds = ctx["rounds"].sort("wave", "id")
    out = []
    for instrument, scale, _ in scale_definitions(ctx):
        frame = ctx.answers.get(instrument)
        if frame is None or any(i not in frame.columns for i in scale.items):
            continue
        if len(scale.items) < 2:
            continue  # no alpha for one item
        for r in rounds.filter(pl.col("instrument") == instrument).iter_rows(named=True):
            answers = frame.filter(pl.col("round") == r["id"]).select(scale.items).to_numpy()
            if answers.shape[0] < THRESHOLD:
                continue
            found = reliability(answers, scale)
            out.append(
                ScaleReliability(
                    instrument=instrument,
                    round=r["id"],
                    wave=r["wave"],
                    population=r["population"],
                    scale=scale.name,
                    n=found.n,
                    n_items=found.n_items,
                    alpha=found.alpha,
                    alpha_interval=found.alpha_interval,
                    omega_total=found.omega_total,
                    missing_rate=float((answers != answers).mean()),
                )
            )
    return tuple(sorted(out, key=lambda s: (s.instrument, s.scale, s.wave)))


def rounds_of(ctx: Context) -> tuple[RoundQuality, ...]:
    out = []
    instruments = dict(ctx["instruments"].select("id", "name").iter_rows())
    for r in ctx["rounds"].sort("wave", "id").iter_rows(named=True):
        frame = ctx.answers.get(r["instrument"])
        answered = 0 if frame is None else frame.filter(pl.col("round") == r["id"]).height
        out.append(
            RoundQuality(
                kind="survey",
                code=r["id"],
                label=instruments.get(r["instrument"]) or r["instrument"],
                wave=r["wave"],
                population=r["population"],
                frame=r["frame"],
                start=r["start"],
                end=r["end"],
                invited=r["invited"],
                answered=answered,
                note=r["note"],
            )
        )
    for r in ctx["tie_rounds"].sort("wave", "id").iter_rows(named=True):
        asked = ctx["roster"].filter(pl.col("round") == r["id"])
        out.append(
            RoundQuality(
                kind="ties",
                code=r["id"],
                label=r["id"],
                wave=r["wave"],
                population=None,
                frame="census" if asked.height else None,
                start=r["start"],
                end=r["closed_on"],
                invited=asked.height or None,
                answered=int(asked["responded"].sum() or 0),
                note=r["note"],
            )
        )
    return tuple(out)


def settings_of(ctx: Context) -> tuple[dict[str, str], ...]:
    """What the group set for itself, to be printed with the profile."""
    out = []
    for r in ctx["targets"].sort("set_on", "id").iter_rows(named=True):
        out.append(
            {
                "kind": "target",
                "measure": r["measure"] or "",
                "component": r["component"] or "",
                "level": r["level"] or "",
                "population": r["population"] or "",
                "value": f"{r['value']:g}",
                "date": r["set_on"].isoformat(),
                "by": r["by"] or "",
            }
        )
    for r in ctx["measure_settings"].sort("since", "id").iter_rows(named=True):
        if r["measure"] in measures():
            out.append(
                {
                    "kind": "measure",
                    "measure": r["measure"],
                    "enabled": "no" if r["enabled"] is False else "yes",
                    "date": r["since"].isoformat(),
                    "by": r["by"],
                    "reason": r["reason"],
                }
            )
    return tuple(out)


def topics_without_rule(ctx: Context) -> tuple[str, ...]:
    """Topics of the schema that no written rule in force speaks of, if norms are on record."""
    norms = ctx.dated(ctx["norms"])
    if norms.height == 0:
        return ()
    ruled = norms.filter(
        (pl.col("kind") == "written")
        & (pl.col("until").is_null() | (pl.col("until") >= pl.col("as_of")))
    )["topic"].to_list()
    return tuple(t for t in NORM_TOPICS if t != "other" and t not in ruled)
