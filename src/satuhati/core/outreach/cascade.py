"""The awareness cascade: of those asked, who has heard, visited, enrolled, and still comes.

A row of ``awareness`` is a person (``asked`` = 1, stages 0 or 1) or a tally of an area (counts).
Sampling frames are never pooled: people met at the posyandu desk know more than those met at
their door. Nor are services, nor waves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from satuhati.core.results import Interval
from satuhati.core.shares import plain_shares, share_with_clusters
from satuhati.core.suppression import THRESHOLD, suppress
from satuhati.errors import Doubt

STAGES = ("heard", "visited", "enrolled", "continuing")
SPLITS = ("service", "frame", "wave")
"""Columns over whose values nothing is pooled, outermost first."""

UNKNOWN = "unknown"
DEFF_NOTEWORTHY = 2.0


def impossible_rows(awareness: pl.DataFrame) -> pl.DataFrame:
    """Rows whose counts grow along the cascade, or exceed those asked.

    Returns ``row`` (position in the frame, from 0), ``stage``, ``count``, ``before`` (the smallest
    earlier known count, which it exceeds).
    """
    before = pl.col("asked")
    found = []
    rows = awareness.with_row_index("row")
    for stage in STAGES:
        found.append(
            rows.filter(pl.col(stage) > before).select(
                pl.col("row").cast(pl.Int64), pl.lit(stage).alias("stage"),
                pl.col(stage).cast(pl.Int64).alias("count"),
                before.cast(pl.Int64).alias("before"),
            )
        )  # fmt: skip
        before = pl.min_horizontal(before, pl.col(stage))  # a missing stage limits nothing
    return pl.concat(found).sort("row")


def complete_persons(awareness: pl.DataFrame) -> pl.DataFrame:
    """Fill what an answer implies: who visits has heard; who has not heard does not visit.

    Stages are 0, 1 or null. A null before a 1 becomes 1; a null after a 0 becomes 0.
    """
    backward = {
        s: pl.when(pl.col(s).is_null() & (pl.max_horizontal(*STAGES[i:]) == 1))
        .then(1)
        .otherwise(pl.col(s))
        for i, s in enumerate(STAGES)
    }
    filled = awareness.with_columns(e.alias(s) for s, e in backward.items())
    forward = {
        s: pl.when(pl.col(s).is_null() & (pl.min_horizontal(*STAGES[: i + 1]) == 0))
        .then(0)
        .otherwise(pl.col(s))
        for i, s in enumerate(STAGES)
    }
    return filled.with_columns(e.alias(s) for s, e in forward.items())


def stage_shares(
    awareness: pl.DataFrame, by: Sequence[str], *, base: str = "asked"
) -> pl.DataFrame:
    """Shares of every stage, for every group of ``by`` at once (communities included).

    ``awareness``: the columns ``by``, ``asked`` and the four stages (counts, null: not asked).
    Returns a row per group and stage, in order: ``by…, stage, of`` (Σ ``base`` over rows where the
    stage is known), ``n``, ``value, lo, hi`` (proportion, Wilson), ``previous`` (Σ of the stage
    before over the same rows) and ``conversion`` (n / previous; null for the first).
    """
    keys = list(by)
    frames = []
    for i, stage in enumerate(STAGES):
        known = awareness.filter(pl.col(stage).is_not_null())
        previous = STAGES[i - 1] if i else base
        sums = [
            pl.col(base).sum().cast(pl.Int64).alias("of"),
            pl.col(stage).sum().cast(pl.Int64).alias("n"),
            pl.col(previous).sum().cast(pl.Int64).alias("previous"),
        ]
        totals = known.group_by(keys).agg(sums) if keys else known.select(sums)
        frames.append(
            plain_shares(totals, "n", "of").select(
                *keys, pl.lit(stage).alias("stage"), pl.lit(i).alias("_i"), "of", "n", "value",
                "lo", "hi", "previous",
                pl.when((pl.col("previous") > 0) & pl.lit(i > 0))
                .then(pl.col("n") / pl.col("previous"))
                .alias("conversion"),
            )
        )  # fmt: skip
    return pl.concat(frames).sort([*keys, "_i"], nulls_last=True).drop("_i")


def clustered_stage_shares(awareness: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """As :func:`stage_shares`, with areas as clusters (see ``share_with_clusters``).

    For a survey of *some* areas that speaks of all of them. Rows without an area count as one.
    Returns ``by…, stage, n`` (asked), ``successes, clusters, value, lo, hi, deff, n_effective``.
    """
    keys = list(by)
    frames = [
        share_with_clusters(
            awareness.with_columns(pl.col("area").fill_null(UNKNOWN)),
            keys, stage, "area", trials="asked",
        ).select(*keys, pl.lit(stage).alias("stage"), pl.exclude(keys))
        for stage in STAGES
    ]  # fmt: skip
    return pl.concat(frames)


@dataclass(frozen=True, slots=True)
class Stage:
    """``n`` of ``of`` people; ``share`` and ``interval`` are proportions.

    ``interval`` is Wilson's, on people: right when every area was visited. When the areas are a
    sample of areas, ``interval_clustered`` is (``None`` with fewer than two areas). ``conversion``
    is the share of those at the stage before.
    """

    n: int | None
    share: float | None
    interval: Interval | None
    of: int | None
    conversion: float | None = None
    interval_clustered: Interval | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """An area (of those asked there) or a channel (of those who heard through it)."""

    status: str
    asked: int | None
    heard: Stage | None
    visited: Stage | None
    enrolled: Stage | None
    continuing: Stage | None


@dataclass(frozen=True, slots=True)
class Cascade:
    """One cascade, or (``stages`` is ``None``) several that must not be pooled."""

    asked: int | None
    stages: Mapping[str, Stage] | None
    by_area: Mapping[str, Group] = field(default_factory=dict)
    by_channel: Mapping[str, Group] = field(default_factory=dict)
    by_service: Mapping[str, Cascade] = field(default_factory=dict)
    by_frame: Mapping[str, Cascade] = field(default_factory=dict)
    by_wave: Mapping[str, Cascade] = field(default_factory=dict)
    warnings: tuple[Doubt, ...] = ()


def cascade(awareness: pl.DataFrame, *, threshold: int = THRESHOLD) -> Cascade:
    """The cascade of one community, by area and by channel, with small groups left empty.

    ``awareness``: ``service, frame, wave, area, channel`` (text, null: not recorded), ``asked``
    and the four stages (non-negative integers, null: not asked; check with
    :func:`impossible_rows` first). Shares are of those asked. With several services, frames or
    waves, ``stages`` is ``None`` and each has its own cascade; values are never pooled.

    Fewer than ``threshold`` people: the figures are left empty ("too few"), and so are as many
    other groups as it takes that a subtraction from the total reveals nothing
    (:mod:`satuhati.core.suppression`). A channel speaks of those who heard through it.

    Raises :class:`ValueError` for a threshold below 3.
    """
    for split in SPLITS:
        values = sorted(awareness[split].cast(pl.String).fill_null(UNKNOWN).unique().to_list())
        if len(values) > 1:
            parts = {
                v: cascade(
                    awareness.filter(pl.col(split).cast(pl.String).fill_null(UNKNOWN) == v)
                    .with_columns(pl.lit(v).alias(split)),
                    threshold=threshold,
                )
                for v in values
            }  # fmt: skip
            doubt = Doubt(f"awareness_{split}s", {"n": len(values), "names": ", ".join(values)})
            inner: list[Doubt] = []
            for part in parts.values():
                inner += [w for w in part.warnings if w not in inner]
            return Cascade(
                None,
                None,
                by_service=parts if split == "service" else {},
                by_frame=parts if split == "frame" else {},
                by_wave=parts if split == "wave" else {},
                warnings=(doubt, *inner),
            )
    return _one_cascade(awareness, threshold)


def _one_cascade(awareness: pl.DataFrame, threshold: int) -> Cascade:
    warnings: list[Doubt] = []
    asked = int(awareness["asked"].sum() or 0)
    if asked < threshold:
        nothing = {s: Stage(None, None, None, None) for s in STAGES}
        too_few = Doubt("awareness_too_few", {"needed": threshold})
        return Cascade(None, nothing, warnings=(too_few,))
    areas = awareness["area"].drop_nulls().n_unique()
    clustered = (
        {r["stage"]: r for r in clustered_stage_shares(awareness, []).iter_rows(named=True)}
        if areas >= 2
        else {}
    )
    stages = {}
    for row in stage_shares(awareness, []).iter_rows(named=True):
        if 0 < row["of"] < threshold:
            stages[row["stage"]] = Stage(None, None, None, None)
            warnings.append(Doubt("awareness_too_few", {"needed": threshold}))
            continue
        stages[row["stage"]] = _stage(row, clustered.get(row["stage"]))
        if not row["of"]:
            warnings.append(Doubt("awareness_stage_missing", {"stage": row["stage"]}))
    for name, row in clustered.items():
        if row["deff"] is not None and row["deff"] >= DEFF_NOTEWORTHY:
            warnings.append(
                Doubt("awareness_areas_differ",
                      {"stage": name, "areas": row["clusters"], "deff": f"{row['deff']:.1f}"})
            )  # fmt: skip
    by_area = _by_area(awareness, threshold) if areas else {}
    by_channel = _by_channel(awareness, threshold)
    for name, groups in (("by_area", by_area), ("by_channel", by_channel)):
        hidden = sum(g.status != "ok" for g in groups.values())
        if hidden:
            warnings.append(
                Doubt("cells_suppressed", {"n": hidden, "table": name, "needed": threshold})
            )
    return Cascade(asked, stages, by_area, by_channel, warnings=tuple(warnings))


def _stage(row: Mapping[str, object], clustered: Mapping[str, object] | None = None) -> Stage:
    if not row["of"]:
        return Stage(None, None, None, None)
    return Stage(
        n=int(str(row["n"])),
        share=_number(row["value"]),
        interval=_interval(row),
        of=int(str(row["of"])),
        conversion=_number(row["conversion"]),
        interval_clustered=_interval(clustered) if clustered else None,
    )


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _interval(row: Mapping[str, object]) -> Interval | None:
    lo, hi = _number(row["lo"]), _number(row["hi"])
    return None if lo is None or hi is None else (lo, hi)


def _by_area(awareness: pl.DataFrame, threshold: int) -> dict[str, Group]:
    rows = awareness.with_columns(pl.col("area").cast(pl.String).fill_null(UNKNOWN))
    shares = stage_shares(rows, ["area"])
    asked = dict(rows.group_by("area").agg(pl.col("asked").sum()).sort("area").iter_rows())
    # A stage asked of few people only is as telling as a group of few people.
    asked_least = shares.filter(pl.col("of") > 0).group_by("area").agg(pl.col("of").min())
    smallest: dict[str, int] = dict(asked_least.iter_rows())
    hidden, _ = suppress(
        {a: min(int(n), smallest.get(a, int(n))) for a, n in asked.items()}, threshold=threshold
    )
    return {
        area: _group(shares.filter(pl.col("area") == area), int(n), area in hidden)
        for area, n in asked.items()
    }


def _by_channel(awareness: pl.DataFrame, threshold: int) -> dict[str, Group]:
    heard = awareness.filter(pl.col("heard") > 0)
    if heard["channel"].drop_nulls().is_empty():
        return {}
    rows = heard.with_columns(pl.col("channel").cast(pl.String).fill_null(UNKNOWN))
    shares = stage_shares(rows, ["channel"], base="heard")
    counts = {
        str(c): int(n)
        for c, n in rows.group_by("channel").agg(pl.col("heard").sum()).sort("channel").iter_rows()
    }
    hidden, _ = suppress(counts, threshold=threshold)
    total = sum(counts.values())
    of_all = plain_shares(
        pl.DataFrame({"channel": list(counts), "n": list(counts.values())}).with_columns(
            pl.lit(total).alias("of"), pl.lit(None, dtype=pl.Float64).alias("conversion")
        ),
        "n",
        "of",
    )
    first = {r["channel"]: _stage(r) for r in of_all.iter_rows(named=True)}
    return {
        c: _group(shares.filter(pl.col("channel") == c), n, c in hidden, first[c])
        for c, n in counts.items()
    }


def _group(shares: pl.DataFrame, asked: int, hidden: bool, heard: Stage | None = None) -> Group:
    if hidden:
        return Group("too few", None, None, None, None, None)
    found = {r["stage"]: _stage(r) for r in shares.iter_rows(named=True)}
    return Group(
        "ok", asked, heard or found.get("heard"),
        *(found.get(s) for s in STAGES[1:]),
    )  # fmt: skip
