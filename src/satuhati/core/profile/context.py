"""What every measure starts from: the records as they stood on a date, all communities at once.

A *case* is a community as of a date. Profiles of several dates (waves) are computed in one pass:
each becomes a case of its own, named ``code`` or ``code␟wave`` in the column ``community``. So
the measures are written once, set-based, and never see a later record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from satuhati.core.community import CommunityData
from satuhati.core.intervals import wilson_expr
from satuhati.core.profile.rosters import Roster, build_rosters
from satuhati.core.shares import share_with_clusters
from satuhati.schema.measures import IntervalRule

SEPARATOR = "\x1f"

# A row is not there yet before this date (null: it always was).
_EXISTS_FROM: dict[str, str] = {
    "terms": "start",
    "assets": "since",
    "meeting_series": "start",
    "meetings": "date",
    "followups": "agreed_on",
    "norms": "since",
    "norm_events": "date",
    "rounds": "end",
    "tie_rounds": "closed_on",
    "sources": "date",
    "placements": "date",
    "services": "started",
    "awareness": "date",
    "voice_channels": "opened",
    "voices": "date",
    "requests": "asked_on",
    "plans": "start",
    "problems": "named_on",
    "confirmed_empty": "on",
    "targets": "set_on",
    "measure_settings": "since",
    "verdicts": "date",
}
# A later date in these columns is not known yet.
_KNOWN_FROM: dict[str, tuple[str, ...]] = {
    "assets": ("used_on",),
    "followups": ("done_on", "dropped_on"),
    "voices": ("replied_on", "decided_on"),
    "requests": ("answered_on",),
    "activities": ("done_on", "money_ended"),
}
# Rows that go when the row they hang on goes, in this order.
_HANGS_ON: tuple[tuple[str, str, str], ...] = (
    ("attendance", "meeting", "meetings"),
    ("decisions", "meeting", "meetings"),
    ("followup_partners", "followup", "followups"),
    ("roster", "round", "tie_rounds"),
    ("ties", "round", "tie_rounds"),
    ("excerpts", "source", "sources"),
    ("codings", "excerpt", "excerpts"),
)

PARTNER_SECTORS = ("pemerintah", "swasta", "lembaga")
# Patrons and advisors stand behind the working group; they are not expected at its meetings.
NOT_EXPECTED = ("patron", "advisor")


def cases_of(data: CommunityData, dates: pl.DataFrame) -> CommunityData:
    """The data repeated for every case.

    ``dates``: ``community, case, as_of``. Row values are untouched but for ``community``, which
    becomes the case.
    """
    cases = dates.select("community", "case")

    def repeated(frame: pl.DataFrame) -> pl.DataFrame:
        if frame.height == 0:
            return frame
        columns = frame.columns
        return (
            frame.join(cases, on="community", how="inner")
            .with_columns(community=pl.col("case"))
            .select(columns)
        )

    if cases.height == data["community"].height and cases["community"].equals(cases["case"]):
        return data
    return CommunityData(
        {n: repeated(f) for n, f in data.tables.items()},
        {n: repeated(f) for n, f in data.answers.items()},
        data.schema_version,
    )


@dataclass(frozen=True)
class Context:
    """Records of all cases as they stood on their date.

    ``dates``: ``community`` (the case) and ``as_of``. Tables by name: ``context["meetings"]``.
    """

    tables: Mapping[str, pl.DataFrame]
    answers: Mapping[str, pl.DataFrame]
    dates: pl.DataFrame
    memo: dict[str, pl.DataFrame] = field(default_factory=dict, repr=False, compare=False)
    """What several measures share and none should compute twice."""

    @classmethod
    def of(cls, data: CommunityData, dates: pl.DataFrame) -> Context:
        """``dates``: ``community, case, as_of``."""
        data = cases_of(data, dates)
        when = dates.select(community="case", as_of="as_of")
        tables = dict(data.tables)
        for name, column in _EXISTS_FROM.items():
            if tables[name].height:
                exists = (pl.col(column) <= pl.col("as_of")).fill_null(name != "tie_rounds")
                tables[name] = _cut(tables[name], when, exists)
        for name, columns in _KNOWN_FROM.items():
            if tables[name].height:
                tables[name] = _hide(tables[name], when, columns)
        for child, column, parent in _HANGS_ON:
            if tables[child].height:
                there = tables[parent].select("community", pl.col("id").alias(column))
                tables[child] = tables[child].join(there, on=["community", column], how="semi")
        rounds = tables["rounds"].select("community", pl.col("id").alias("round"))
        answers = {
            n: f.join(rounds, on=["community", "round"], how="semi")
            for n, f in data.answers.items()
        }
        return cls(tables, answers, when)

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self.tables[table]

    def once(self, name: str, compute: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """What several measures start from, computed by the first that asks."""
        if name not in self.memo:
            self.memo[name] = compute()
        return self.memo[name]

    def within(self, frame: pl.DataFrame, column: str, months: int | None) -> pl.DataFrame:
        """Rows whose date lies in the ``months`` up to the case's date (all, if ``None``)."""
        if months is None or frame.height == 0:
            return frame
        start = pl.col("as_of").dt.offset_by(f"-{months}mo")
        return (
            frame.join(self.dates, on="community")
            .filter((pl.col(column) > start) & (pl.col(column) <= pl.col("as_of")))
            .drop("as_of")
        )

    def dated(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with its case's ``as_of``."""
        return frame.join(self.dates, on="community")

    @cached_property
    def offices(self) -> pl.DataFrame:
        """Terms with their post: ``community, actor, post, kind, section, start, end, deputy``."""
        posts = self["posts"].select("community", "kind", "section", post="id")
        return self["terms"].join(posts, on=["community", "post"], how="inner")

    def in_office(self, frame: pl.DataFrame, actor: str, date: str) -> pl.DataFrame:
        """Rows joined with each office the actor held on the row's date."""
        offices = self.offices.select(
            "community",
            pl.col("actor").alias(actor),
            post_kind="kind",
            section="section",
            term_start="start",
            term_end="end",
        )
        return frame.join(offices, on=["community", actor], how="inner").filter(
            (pl.col("term_start") <= pl.col(date))
            & (pl.col("term_end").is_null() | (pl.col("term_end") >= pl.col(date)))
        )

    @cached_property
    def members_now(self) -> pl.DataFrame:
        """Who is in office on the date: ``community, actor, post_kind, section`` (a row a post)."""
        current = self.dated(self.offices).filter(
            pl.col("end").is_null() | (pl.col("end") >= pl.col("as_of"))
        )
        return current.select("community", "actor", "section", "deputy", "id", post_kind="kind")

    @cached_property
    def chairs(self) -> pl.DataFrame:
        """The chair in office on the date: ``community, actor`` (the earliest, if several)."""
        return (
            self.dated(self.offices)
            .filter(
                (pl.col("kind") == "chair")
                & (pl.col("end").is_null() | (pl.col("end") >= pl.col("as_of")))
            )
            .sort("community", "start", "id")
            .group_by("community", maintain_order=True)
            .agg(pl.col("actor").first())
        )

    @cached_property
    def sectors(self) -> pl.DataFrame:
        """``community, actor, sector, organization``; without a sector, the organisation's."""
        actors = self["actors"]
        organisations = actors.select("community", organization="id", organization_sector="sector")
        return (
            actors.join(organisations, on=["community", "organization"], how="left")
            .with_columns(sector=pl.coalesce("sector", "organization_sector"))
            .select("community", "sector", "organization", "area", "kind", actor="id")
        )

    @cached_property
    def seats(self) -> pl.DataFrame:
        """Every chance to take part: member x held working-group meeting while in office.

        ``community, meeting, date, actor, section, came, status, spoke, id``. A member without a
        row on the attendance list did not come; a meeting without any list is left out, because
        nothing is known of it.
        """
        held = self["meetings"].filter((pl.col("status") == "held") & (pl.col("kind") == "pokja"))
        listed = self["attendance"].select("community", "meeting").unique()
        meetings = held.select("community", "date", meeting="id").join(
            listed, on=["community", "meeting"], how="semi"
        )
        expected = self.offices.filter(~pl.col("kind").is_in(NOT_EXPECTED)).select(
            "community", "actor", "section", "start", "end"
        )
        chances = (
            meetings.join(expected, on="community", how="inner")
            .filter(
                (pl.col("start") <= pl.col("date"))
                & (pl.col("end").is_null() | (pl.col("end") >= pl.col("date")))
            )
            .sort("community", "meeting", "actor", "section", nulls_last=True)
            .unique(["community", "meeting", "actor"], keep="first", maintain_order=True)
        )
        rows = self["attendance"].select("community", "meeting", "actor", "status", "spoke", "id")
        return chances.join(rows, on=["community", "meeting", "actor"], how="left").with_columns(
            came=pl.col("status").is_in(["present", "represented"]).fill_null(False)
        )

    @cached_property
    def rosters(self) -> dict[str, Roster]:
        """The latest closed tie round of each case."""
        return build_rosters(
            self["tie_rounds"],
            self["roster"],
            self["ties"],
            self.sectors.select("community", "actor", "sector", "kind", "area"),
            wards(self["areas"]),
            self.chairs,
            self["consents"],
        )

    @cached_property
    def due_series(self) -> pl.DataFrame:
        """Meeting series alive on the date: ``community, kind``."""
        return (
            self.dated(self["meeting_series"])
            .filter(pl.col("end").is_null() | (pl.col("end") >= pl.col("as_of")))
            .select("community", "kind", "id")
        )

    @cached_property
    def open_channels(self) -> pl.DataFrame:
        """Communities with a channel for residents open on the date: ``community, id``."""
        return (
            self.dated(self["voice_channels"])
            .filter(pl.col("closed").is_null() | (pl.col("closed") >= pl.col("as_of")))
            .select("community", "id")
        )


def wards(areas: pl.DataFrame) -> pl.DataFrame:
    """``community, area, ward, ward_name``: the RW of each area (an RT without one: itself)."""
    named = areas.select("community", ward="id", ward_name="name")
    return (
        areas.with_columns(
            ward=pl.when((pl.col("level") == "rt") & pl.col("parent").is_not_null())
            .then(pl.col("parent"))
            .otherwise(pl.col("id"))
        )
        .select("community", "ward", area="id")
        .join(named, on=["community", "ward"], how="inner")
    )


def _cut(frame: pl.DataFrame, when: pl.DataFrame, exists: pl.Expr) -> pl.DataFrame:
    return frame.join(when, on="community", how="inner").filter(exists).drop("as_of")


def _hide(frame: pl.DataFrame, when: pl.DataFrame, columns: tuple[str, ...]) -> pl.DataFrame:
    hidden = [pl.when(pl.col(c) <= pl.col("as_of")).then(pl.col(c)).alias(c) for c in columns]
    return frame.join(when, on="community", how="inner").with_columns(hidden).drop("as_of")


FINDING: dict[str, pl.DataType] = {
    "community": pl.String(),
    "population": pl.String(),
    "subject": pl.String(),
    "subject_name": pl.String(),
    "frame": pl.String(),
    "record": pl.String(),
    "raw": pl.Float64(),
    "lo": pl.Float64(),
    "hi": pl.Float64(),
    "n": pl.Int64(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "start": pl.Date(),
    "end": pl.Date(),
    "insufficient": pl.Boolean(),
    "direction": pl.String(),
    "reason": pl.String(),
    "supports": pl.Int64(),
    "mixed": pl.Int64(),
    "contradicts": pl.Int64(),
    "table": pl.String(),
    "ids": pl.List(pl.String()),
    "rows": pl.Int64(),
}
"""What a computation returns: a row per case (and population, subject, frame).

``raw, lo, hi`` are in the unit of the measure's anchors (shares in percent); ``population``,
``record`` may be null where the measure itself says them; ``insufficient``: what is recorded
covers too little of those asked."""


def finding(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of the frame that :data:`FINDING` knows; those that are not there are null."""
    return frame.select([c for c in FINDING if c in frame.columns])


def no_finding() -> pl.DataFrame:
    return pl.DataFrame(schema=FINDING)


def share(
    rows: pl.DataFrame,
    interval: IntervalRule,
    *,
    table: str,
    by: tuple[str, ...] = ("community",),
    ok: str = "ok",
    of: str | None = None,
    cluster: str | None = None,
    date: str | None = None,
    n: pl.Expr | None = None,
) -> pl.DataFrame:
    """Percent of rows (or of ``of`` counts) that are ``ok``, per group, as findings.

    ``rows`` has ``by``, ``ok``, ``id`` (null where there is no row behind it). With interval
    ``cluster`` the rows are clustered by ``cluster``; ``wilson`` treats them as draws from a
    lasting process; ``none`` counts all there is.
    """
    if rows.height == 0:
        return no_finding()
    keys = list(by)
    trials = pl.lit(1.0) if of is None else pl.col(of).cast(pl.Float64)
    ids = pl.col("id").drop_nulls()
    totals = rows.group_by(keys).agg(
        numerator=pl.col(ok).cast(pl.Float64).sum(),
        denominator=trials.sum() if of is not None else pl.len().cast(pl.Float64),
        n=(pl.len() if n is None else n).cast(pl.Int64),
        ids=ids.sort(),
        rows=ids.len(),
        start=pl.col(date).min() if date else pl.lit(None),
        end=pl.col(date).max() if date else pl.lit(None),
    )
    totals = totals.filter(pl.col("denominator") > 0).with_columns(
        raw=pl.col("numerator") / pl.col("denominator") * 100, table=pl.lit(table)
    )
    if interval == "wilson":
        bounds = wilson_expr(pl.col("numerator"), pl.col("denominator"))
        totals = totals.with_columns(bounds.alias("bounds")).unnest("bounds")
        totals = totals.with_columns(pl.col("lo", "hi") * 100)
    elif interval == "cluster":
        if cluster is None:
            raise ValueError("a clustered interval needs its cluster")
        found = share_with_clusters(rows, keys, ok, cluster, trials=of)
        totals = totals.join(
            found.select(*keys, pl.col("lo") * 100, pl.col("hi") * 100), on=keys, nulls_equal=True
        )
    return finding(totals)
