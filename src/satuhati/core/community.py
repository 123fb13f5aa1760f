"""``CommunityData``: the frozen bundle of tables that every analysis starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from satuhati.schema import ANSWER_KEYS, SCHEMA_VERSION, TABLES, Column

POLARS_TYPES: dict[str, pl.DataType] = {
    "text": pl.String(),
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "boolean": pl.Boolean(),
    "date": pl.Date(),
    "time": pl.String(),
    "choice": pl.String(),
    "reference": pl.String(),
}
ITEM_TYPES: dict[str, pl.DataType] = {
    "likert": pl.Float64(),
    "binary": pl.Float64(),
    "number": pl.Float64(),
    "choice": pl.String(),
    "text": pl.String(),
}


def table_schema(columns: tuple[Column, ...]) -> dict[str, pl.DataType]:
    """Polars schema of declared columns, ``community`` first."""
    return {"community": pl.String()} | {c.name: POLARS_TYPES[c.kind] for c in columns}


def empty_table(name: str) -> pl.DataFrame:
    return pl.DataFrame(schema=table_schema(TABLES[name].columns))


@dataclass(frozen=True, slots=True)
class CommunityData:
    """Tables of one or many communities, keyed by ``community``.

    ``tables`` holds every table of the schema (an absent one is there with no rows), each with
    ``community`` and then exactly its declared columns in declared order and type; in table
    ``community`` the key equals ``id``. ``answers`` holds one wide frame per instrument:
    ``community``, the declared answer keys, then the item columns. Rows are sorted by
    (community, id), so equal data are equal frames.

    Build it with :meth:`of`, which fills in, orders, types and sorts; it trusts values (readers
    in ``formats`` validate).
    """

    tables: Mapping[str, pl.DataFrame]
    answers: Mapping[str, pl.DataFrame]
    schema_version: int = SCHEMA_VERSION

    @classmethod
    def of(
        cls,
        tables: Mapping[str, pl.DataFrame],
        answers: Mapping[str, pl.DataFrame] | None = None,
    ) -> CommunityData:
        full: dict[str, pl.DataFrame] = {}
        for name, table in TABLES.items():
            frame = tables.get(name)
            schema = table_schema(table.columns)
            if frame is None or frame.height == 0:
                full[name] = pl.DataFrame(schema=schema)
                continue
            if name == "community" and "community" not in frame.columns:
                frame = frame.with_columns(community=pl.col("id"))
            full[name] = (
                frame.with_columns(pl.lit(None).alias(c) for c in schema if c not in frame.columns)
                .select(pl.col(c).cast(t) for c, t in schema.items())
                .sort("community", "id")
            )
        keys = table_schema(ANSWER_KEYS)
        wide: dict[str, pl.DataFrame] = {}
        for name, frame in sorted((answers or {}).items()):
            frame = frame.with_columns(
                pl.lit(None).alias(c) for c in keys if c not in frame.columns
            )
            items = [c for c in frame.columns if c not in keys]
            wide[name] = frame.select(*(pl.col(c).cast(t) for c, t in keys.items()), *items).sort(
                "community", "id"
            )
        return cls(MappingProxyType(full), MappingProxyType(wide))

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self.tables[table]

    @property
    def communities(self) -> tuple[str, ...]:
        """Codes of all communities, sorted."""
        return tuple(self.tables["community"]["id"].to_list())

    def only(self, community: str) -> CommunityData:
        """The same bundle for one community."""
        mine = pl.col("community") == community
        return CommunityData(
            MappingProxyType({n: f.filter(mine) for n, f in self.tables.items()}),
            MappingProxyType(
                {n: part for n, f in self.answers.items() if (part := f.filter(mine)).height}
            ),
            self.schema_version,
        )

    def equals(self, other: CommunityData) -> bool:
        """Table by table, exactly."""
        return (
            self.tables.keys() == other.tables.keys()
            and self.answers.keys() == other.answers.keys()
            and all(f.equals(other.tables[n]) for n, f in self.tables.items())
            and all(f.equals(other.answers[n]) for n, f in self.answers.items())
        )

    def shifted(self, days: int) -> CommunityData:
        """Every date moved by ``days``; an example can so be made to end today."""

        def moved(frame: pl.DataFrame) -> pl.DataFrame:
            return frame.with_columns(pl.col(pl.Date).dt.offset_by(f"{days}d"))

        return CommunityData(
            MappingProxyType({n: moved(f) for n, f in self.tables.items()}),
            MappingProxyType({n: moved(f) for n, f in self.answers.items()}),
            self.schema_version,
        )

    def latest_dates(self) -> pl.DataFrame:
        """Per community (``community``, ``as_of``): the latest date something is recorded on.

        Dates that look ahead (planned meetings, ends of terms, due dates) do not count. A
        community without any dated record has no row.
        """
        parts = []
        for table, columns in RECORDED_ON.items():
            frame = self.tables[table]
            if table == "meetings":
                frame = frame.filter(pl.col("status") != "planned")
            parts += [frame.select("community", as_of=pl.col(c)) for c in columns]
        return (
            pl.concat(parts).drop_nulls("as_of").group_by("community").agg(pl.col("as_of").max())
        ).sort("community")


# Dates of things that happened, as opposed to planned, due or ending ones.
RECORDED_ON: dict[str, tuple[str, ...]] = {
    "meetings": ("date",),
    "followups": ("agreed_on", "done_on", "dropped_on"),
    "norm_events": ("date",),
    "rounds": ("end",),
    "predictions": ("date",),
    "tie_rounds": ("closed_on",),
    "sources": ("date",),
    "placements": ("date",),
    "awareness": ("date",),
    "voices": ("date", "replied_on", "decided_on"),
    "requests": ("asked_on", "answered_on"),
    "problems": ("named_on",),
    "activities": ("done_on",),
    "confirmed_empty": ("on",),
    "verdicts": ("date",),
}
