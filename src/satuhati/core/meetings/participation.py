"""Who takes part: attendance per member, its evenness, and current streaks.

All functions take every community at once, in one Polars frame keyed by ``community``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from satuhati.core.shares import plain_shares, share_with_clusters

STATUSES = ("present", "represented", "excused", "ill", "absent")
"""From best to worst: two rows of one member for one meeting become the better of them."""

TOOK_PART = ("present", "represented")


@dataclass(frozen=True, slots=True)
class Participation:
    """``members``: a row per community and member; ``communities``: a row per community.

    ``members``: ``community, member, invited``, the five statuses as counts, ``attended``
    (present + represented), ``value`` (the rate, a proportion), ``lo``, ``hi`` (Wilson),
    ``consecutive_missed``.

    ``communities``: ``community, members, meetings, invited, attended, value, lo, hi, deff``
    (members as clusters), ``gini, top20_share, median_rate, longest_streak``, ``merged_rows``
    (surplus rows of one member for one meeting), ``unknown_rows`` (no status; not counted).
    """

    members: pl.DataFrame
    communities: pl.DataFrame


def one_row_per_meeting(attendance: pl.DataFrame) -> pl.DataFrame:
    """One row per community, meeting and member: the best status of several.

    A member who was present at one of three sessions of a meeting was present. Rows without a
    status are dropped. ``order`` becomes the meeting's first.
    """
    rank = pl.col("status").replace_strict(
        list(STATUSES), list(range(len(STATUSES))), return_dtype=pl.Int8
    )
    return (
        attendance.filter(pl.col("status").is_not_null())
        .with_columns(
            rank.alias("_rank"), pl.col("order").min().over("community", "meeting").alias("order")
        )
        .group_by("community", "meeting", "member", maintain_order=True)
        .agg(pl.col("order").first(), pl.col("_rank").min(), pl.len().alias("rows"))
        .with_columns(
            pl.col("_rank")
            .replace_strict(list(range(len(STATUSES))), list(STATUSES), return_dtype=pl.String)
            .alias("status")
        )
        .drop("_rank")
    )


def participation(attendance: pl.DataFrame) -> Participation:
    """Attendance of every member of every community.

    ``attendance``: ``community, meeting, member, status`` (one of :data:`STATUSES`, or null: not
    recorded, not counted) and ``order``, which sorts the meetings of a community (an integer or a
    date). Several rows of one member for one meeting are merged by
    :func:`one_row_per_meeting`.

    - rate = (present + represented) / invited; invited = meetings with a recorded status. Excused
      and ill members were not there: they lower the rate, and are counted apart so that a reader
      sees why.
    - ``consecutive_missed``: meetings since the member last took part, among those they were
      invited to, in order; excused and ill count as missed.
    - ``gini`` of the rates × n/(n−1): ``Σ (2i − n − 1) xᵢ / ((n − 1) Σ xᵢ)`` over rates in
      ascending order (0 all alike, 1 one member alone); null with one member or if no one came.
    - ``top20_share``: share of all attendances held by the ⌈0.2 n⌉ members who attended most.
    - the interval of the overall rate takes members as clusters.

    Raises :class:`polars.exceptions.PolarsError` for a status that is not known.

    Gini: Deltas, G. (2003). The small-sample bias of the Gini coefficient. Review of Economics
    and Statistics 85, 226–234. Interval: :func:`satuhati.core.shares.share_with_clusters`.
    """
    rows = one_row_per_meeting(attendance).with_columns(
        pl.col("status").is_in(TOOK_PART).alias("_came"),
        pl.col("order").rank("dense").over("community").cast(pl.Int64).alias("_at"),
    )
    last = pl.col("_at").filter(pl.col("_came")).max().fill_null(0)
    members = rows.group_by("community", "member", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("invited"),
        *[(pl.col("status") == s).sum().cast(pl.Int64).alias(s) for s in STATUSES],
        pl.col("_came").sum().cast(pl.Int64).alias("attended"),
        (pl.col("_at") > last).sum().cast(pl.Int64).alias("consecutive_missed"),
    )
    members = plain_shares(members, "attended", "invited").select(
        "community", "member", "invited", *STATUSES, "attended", "value", "lo", "hi",
        "consecutive_missed",
    )  # fmt: skip
    return Participation(members, _communities(attendance, rows, members))


def _communities(
    attendance: pl.DataFrame, rows: pl.DataFrame, members: pl.DataFrame
) -> pl.DataFrame:
    n = pl.len()
    x = pl.col("value").sort()
    i = pl.int_range(1, n + 1, dtype=pl.Int64)
    gini = ((2 * i - n.cast(pl.Int64) - 1) * x).sum() / ((n - 1) * x.sum())
    top = pl.col("attended").sort(descending=True).head((n + 4) // 5).sum()
    evenness = members.group_by("community").agg(
        n.cast(pl.Int64).alias("members"),
        pl.when((n > 1) & (pl.col("value").sum() > 0)).then(gini).alias("gini"),
        pl.when(pl.col("attended").sum() > 0)
        .then(top / pl.col("attended").sum())
        .alias("top20_share"),
        pl.col("value").median().alias("median_rate"),
        pl.col("consecutive_missed").max().alias("longest_streak"),
    )
    meetings = rows.group_by("community").agg(
        pl.col("meeting").n_unique().cast(pl.Int64).alias("meetings"),
        (pl.col("rows") - 1).sum().cast(pl.Int64).alias("merged_rows"),
    )
    unknown = attendance.group_by("community").agg(
        pl.col("status").is_null().sum().cast(pl.Int64).alias("unknown_rows")
    )
    overall = share_with_clusters(rows, ["community"], "_came", "member").select(
        "community", pl.col("n").alias("invited"),
        pl.col("successes").cast(pl.Int64).alias("attended"), "value", "lo", "hi", "deff",
    )  # fmt: skip
    return (
        unknown.join(meetings, on="community", how="left")
        .join(overall, on="community", how="left")
        .join(evenness, on="community", how="left")
        .with_columns(
            pl.col("members", "meetings", "invited", "attended", "merged_rows").fill_null(0)
        )
        .select(
            "community", "members", "meetings", "invited", "attended", "value", "lo", "hi",
            "deff", "gini", "top20_share", "median_rate", "longest_streak", "merged_rows",
            "unknown_rows",
        )
        .sort("community")
    )  # fmt: skip


def speaking(attendance: pl.DataFrame) -> pl.DataFrame:
    """Who spoke, in the form :func:`participation` takes: of those there, speaking is ``present``.

    ``attendance`` as there, with ``spoke`` (true, false or null: not recorded). Only rows of those
    who were there themselves, at meetings where it was recorded: so a rate is the share of the
    meetings attended in which somebody spoke, and the Gini coefficient that of these shares.
    """
    there = (pl.col("status") == "present") & pl.col("spoke").is_not_null()
    said = pl.when(pl.col("spoke")).then(pl.lit("present")).otherwise(pl.lit("absent"))
    return attendance.filter(there).with_columns(said.alias("status"))


def lorenz(rates: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """The Lorenz curve of rates: the share of members, the least active first, and of their sum.

    ``L(k/n) = Σ_{i≤k} x₍ᵢ₎ / Σ x`` for k = 0 … n, x in ascending order; empty if nobody came. The
    Gini coefficient is ``1 − Σ (L_{k−1} + L_k)/n``; :func:`participation` gives it × n/(n−1).

    Lorenz, M. O. (1905). Methods of measuring the concentration of wealth. Publications of the
    American Statistical Association 9(70), 209–219.
    """
    ordered = sorted(rates)
    total = sum(ordered)
    if not total:
        return ()
    points, so_far = [(0.0, 0.0)], 0.0
    for k, x in enumerate(ordered, 1):
        so_far += x
        points.append((k / len(ordered), so_far / total))
    return tuple(points)


def subgroup_participation(
    members: pl.DataFrame, attributes: pl.DataFrame, columns: Sequence[str]
) -> pl.DataFrame:
    """Attendance of subgroups (section, sector, sex …), every community at once.

    ``members``: :attr:`Participation.members`; ``attributes``: ``community, member`` and the
    ``columns``. A row per community, attribute and group: ``community, attribute, group``
    (null: not known), ``members, n`` (invitations), ``attended, value, lo, hi`` with members as
    clusters. A group none of whose members was ever invited has n = 0 and null figures.
    """
    frames = []
    counts = members.select("community", "member", "invited", "attended")
    for column in columns:  # a handful of attributes; communities stay set-based
        labelled = attributes.select(
            "community", "member", pl.col(column).cast(pl.String).alias("group")
        )
        joined = counts.join(labelled, on=["community", "member"], how="full", coalesce=True)
        shares = share_with_clusters(
            joined, ["community", "group"], "attended", "member", trials="invited"
        )
        everyone = joined.group_by("community", "group").agg(
            pl.len().cast(pl.Int64).alias("members")
        )
        frames.append(
            everyone.join(
                shares, on=["community", "group"], how="left", nulls_equal=True
            ).select(
                "community", pl.lit(column).alias("attribute"), "group", "members",
                pl.col("n").fill_null(0),
                pl.col("successes").cast(pl.Int64).fill_null(0).alias("attended"),
                "value", "lo", "hi",
            )
        )  # fmt: skip
    if not frames:
        return pl.DataFrame(
            schema={
                "community": pl.String, "attribute": pl.String, "group": pl.String,
                "members": pl.Int64, "n": pl.Int64, "attended": pl.Int64,
                "value": pl.Float64, "lo": pl.Float64, "hi": pl.Float64,
            }
        )  # fmt: skip
    return pl.concat(frames).sort("community", "attribute", "group", nulls_last=True)
