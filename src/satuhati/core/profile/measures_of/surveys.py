"""Measures read from survey answers: scales, single items, differences between groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import polars as pl

from satuhati.core.intervals import wilson_expr
from satuhati.core.profile.context import FINDING, Context, finding, no_finding
from satuhati.core.profile.kinds import general
from satuhati.core.surveys.means import group_means
from satuhati.core.surveys.scales import Scale
from satuhati.core.surveys.scoring import percent_expr
from satuhati.schema.measures import Measure

SMALL = 5
"""Counts of people from 1 to 4, or that leave 1 to 4 others, are not told."""

_CONDITION = re.compile(r"(?P<item>\w+)(?P<sign>>=|<)(?P<bound>[\d.]+)")


def latest_rounds(ctx: Context) -> pl.DataFrame:
    """Rounds of the latest wave of each instrument and population, as of the date."""
    newest = pl.col("wave").max().over("community", "instrument", "population")
    return ctx.once("rounds", lambda: ctx["rounds"].filter(pl.col("wave") == newest))


def scale_definitions(ctx: Context) -> Iterator[tuple[str, Scale, tuple[str, ...]]]:
    """Instrument, scale and the communities that define it so, for every scale.

    Communities that share an instrument usually share its items; where they do not, each
    definition is scored by itself. Items of one scale must share a declared range.
    """
    items = ctx["items"].filter(
        pl.col("scale").is_not_null() & pl.col("type").is_in(["likert", "binary", "number"])
    )
    if items.height == 0:
        return
    defined = (
        items.with_columns(pl.col("reversed").fill_null(False))
        .sort("community", "instrument", "scale", "name")
        .group_by("community", "instrument", "scale", maintain_order=True)
        .agg("name", "low", "high", "reversed")
    )
    keys = ["instrument", "scale", "name", "low", "high", "reversed"]
    groups = defined.group_by(keys, maintain_order=True).agg("community")
    for group in groups.iter_rows(named=True):
        low, high = group["low"][0], group["high"][0]
        ends = set(zip(group["low"], group["high"], strict=True))
        if len(ends) > 1 or low is None or high is None or low >= high:
            continue
        names = group["name"]
        turned = frozenset(n for n, r in zip(names, group["reversed"], strict=True) if r)
        scale = Scale(group["scale"], tuple(names), turned, low, high)
        yield group["instrument"], scale, tuple(group["community"])


_DESIGN = ("community", "id", "round", "weight", "stratum", "cluster", "poor")


def _scored(ctx: Context) -> pl.DataFrame:
    """A row per answer and scale of the latest rounds: design, round and percent score."""
    return ctx.once("scored", lambda: _score_all(ctx))


def _score_all(ctx: Context) -> pl.DataFrame:
    scores: dict[str, dict[str, list[pl.Expr]]] = {}
    for instrument, scale, communities in scale_definitions(ctx):
        frame = ctx.answers.get(instrument)
        if frame is None or any(item not in frame.columns for item in scale.items):
            continue
        mine = pl.col("community").is_in(list(communities))
        score = pl.when(mine).then(percent_expr(scale))
        scores.setdefault(instrument, {}).setdefault(scale.name, []).append(score)
    parts = [
        ctx.answers[instrument]
        .select(*_DESIGN, *(pl.coalesce(e).alias(name) for name, e in by_scale.items()))
        .unpivot(index=_DESIGN, variable_name="scale", value_name="score")
        for instrument, by_scale in scores.items()
    ]
    columns = ("community", "population", "frame", "start", "end", "population_size", "anonymous")
    rounds = latest_rounds(ctx).select(*columns, round="id")
    return pl.concat(parts).join(rounds, on=["community", "round"]) if parts else pl.DataFrame()


def _designed(
    rows: pl.DataFrame, value: str, keys: Sequence[str] = ("community", "round")
) -> pl.DataFrame:
    """Means per round (and further keys) under its design, with the round's facts.

    Weights and strata default to none; without a cluster a person is one. The population size is
    used only for a census of the group: there it is the number of its members.
    """
    rows = rows.with_columns(
        w=pl.col("weight").fill_null(1.0),
        h=pl.col("stratum").fill_null(""),
        c=pl.coalesce("cluster", "id"),
        N=pl.when((pl.col("frame") == "census") & (pl.col("population_size") > 0)).then(
            pl.col("population_size")
        ),
    ).filter(pl.col("w") > 0)
    means = group_means(rows, keys, value, "w", "h", "c", "N")
    known = pl.col(value).is_not_null()
    facts = rows.group_by(keys).agg(
        pl.col("population", "frame", "start", "end").first(),
        ids=pl.col("id").filter(known & ~pl.col("anonymous").fill_null(False)).sort(),
        rows=known.sum(),
    )
    return means.join(facts, on=keys).with_columns(
        record=pl.format("survey:{}", "round"), table=pl.lit("answers")
    )


def _tell(count: pl.Expr, of: pl.Expr) -> pl.Expr:
    """The count, unless it or what it leaves is 1 to 4 people."""
    rest = of - count
    small = count.is_between(1, SMALL - 1) | rest.is_between(1, SMALL - 1)
    return pl.when(~small).then(count)


def _scale_findings(ctx: Context) -> None:
    """Compute the findings of every scale at once; each goes into the memo by its code."""
    ctx.memo["scales"] = pl.DataFrame()
    rows = _scored(ctx)
    if rows.height == 0:
        return
    keys = ("community", "round", "scale")
    above = (
        rows.drop_nulls("score")
        .group_by(keys)
        .agg(above=(pl.col("score") > 50).sum().cast(pl.Float64))
    )
    told = (
        _designed(rows, "score", keys)
        .join(above, on=keys, how="left")
        .filter(pl.col("n") > 0)
        .with_columns(
            raw="value",
            numerator=_tell(pl.col("above"), pl.col("n")),
            denominator="n",
        )
    )
    for (code,), part in told.partition_by("scale", as_dict=True, include_key=False).items():
        ctx.memo[f"scale:{code}"] = finding(part)


@general("scale")
def scale_mean(ctx: Context, measure: Measure, code: str) -> pl.DataFrame:
    """Mean percent of maximum possible per round; counts the people above the midpoint."""
    if "scales" not in ctx.memo:
        _scale_findings(ctx)
    found = ctx.memo.get(f"scale:{code}")
    if found is None:
        return no_finding()
    return found.filter(pl.col("population").is_in(list(measure.populations)))


@general("item")
def item_figure(ctx: Context, measure: Measure, of: str) -> pl.DataFrame:
    """A mean or a share of one number item, or a difference of a scale between groups.

    ``of``: ``scale`` (mean), ``scale>=5`` or ``scale<1`` (percent), ``scale:poor`` (percent
    score of poor households minus others).
    """
    if of.endswith(":poor"):
        return _difference(ctx, measure, of.removesuffix(":poor"))
    condition = _CONDITION.fullmatch(of)
    code = condition["item"] if condition else of
    items = ctx["items"].filter((pl.col("scale") == code) & (pl.col("type") == "number"))
    parts = []
    for instrument, name in items.select("instrument", "name").unique(maintain_order=True).rows():
        frame = ctx.answers.get(instrument)
        if frame is not None and name in frame.columns:
            keys = ("community", "id", "round", "weight", "stratum", "cluster")
            parts.append(frame.select(*keys, value=pl.col(name)))
    if not parts:
        return no_finding()
    rounds = latest_rounds(ctx).select(
        "community", "population", "frame", "start", "end", "population_size", "anonymous",
        round="id",
    )  # fmt: skip
    rows = pl.concat(parts).join(rounds, on=["community", "round"], how="inner")
    rows = rows.filter(pl.col("population").is_in(list(measure.populations)))
    if condition is None:
        return finding(_designed(rows, "value").with_columns(raw="value"))
    bound = float(condition["bound"])
    met = pl.col("value") >= bound if condition["sign"] == ">=" else pl.col("value") < bound
    found = _designed(rows.with_columns(met=met.cast(pl.Float64)), "met")
    counted = rows.group_by("community", "round").agg(met=met.sum().cast(pl.Float64))
    found = found.join(counted, on=["community", "round"]).with_columns(
        raw=pl.col("value") * 100,
        lo=pl.col("lo").clip(0, 1) * 100,
        hi=pl.col("hi").clip(0, 1) * 100,
        numerator=_tell(pl.col("met"), pl.col("n")),
        denominator="n",
    )
    # Nobody or everybody: the linearised interval has no width; Wilson's has.
    edge = wilson_expr(pl.col("met"), pl.col("n")).struct
    flat = pl.col("value").is_in([0.0, 1.0]) & ~pl.col("census")
    return finding(
        found.with_columns(
            lo=pl.when(flat).then(edge.field("lo") * 100).otherwise(pl.col("lo")),
            hi=pl.when(flat).then(edge.field("hi") * 100).otherwise(pl.col("hi")),
        )
    )


def _difference(ctx: Context, measure: Measure, code: str) -> pl.DataFrame:
    rows = _scored(ctx)
    if rows.height == 0:
        return no_finding()
    rows = rows.drop_nulls(["score", "poor"]).filter(
        (pl.col("scale") == code) & pl.col("population").is_in(list(measure.populations))
    )
    keys = ["community", "round"]
    by_group = rows.group_by(*keys, "poor").agg(
        pl.col("population", "frame", "start", "end").first(),
        n=pl.len().cast(pl.Int64),
        mean=pl.col("score").mean(),
        se2=pl.col("score").var() / pl.len(),
    )
    poor = by_group.filter(pl.col("poor") & (pl.col("n") >= SMALL))
    others = by_group.filter(~pl.col("poor") & (pl.col("n") >= SMALL))
    both = poor.join(others, on=keys, suffix="_others")
    if both.height == 0:
        return pl.DataFrame(schema=FINDING)
    half = 1.96 * (pl.col("se2") + pl.col("se2_others")).sqrt()
    raw = pl.col("mean") - pl.col("mean_others")
    return finding(
        both.with_columns(
            raw=raw,
            lo=raw - half,
            hi=raw + half,
            n=pl.min_horizontal("n", "n_others"),
            rows=pl.col("n") + pl.col("n_others"),
            ids=pl.lit([], dtype=pl.List(pl.String)),
            record=pl.format("survey:{}", "round"),
            table=pl.lit("answers"),
        )
    )
