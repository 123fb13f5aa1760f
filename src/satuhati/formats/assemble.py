"""Raw tables to :class:`CommunityData`: types, codes, references; every problem, not the first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from satuhati.core.community import ITEM_TYPES, POLARS_TYPES, CommunityData, table_schema
from satuhati.errors import Doubt, InputError, Problem
from satuhati.formats import checks
from satuhati.formats.cells import INVISIBLE, Spec, typed, where
from satuhati.formats.checks import ROW
from satuhati.formats.headers import Seen
from satuhati.formats.rawtable import RawTable
from satuhati.formats.written import shown
from satuhati.schema import ANSWER_KEYS, TABLES, Column
from satuhati.schema.choices import choice_list, choice_words

Answers = dict[str, RawTable]


@dataclass(slots=True)
class _Work:
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def assemble(
    raws: Mapping[str, RawTable],
    answers: Mapping[str, RawTable],
    *,
    default_code: str,
    broken: frozenset[str] = frozenset(),
    problems: Sequence[Problem] = (),
    doubts: Sequence[Doubt] = (),
    titles: Mapping[str, str] | None = None,
) -> tuple[CommunityData, tuple[Doubt, ...]]:
    """Type, check and bundle raw tables.

    Where table ``community`` has no row, a community is named after the ``community`` column of
    the other tables, or else ``default_code``, with a doubt. ``broken`` names tables whose file
    could not be read (their references go unchecked); ``problems`` and ``doubts`` are what the
    reader met before; ``titles`` say how tables are called where that is not their code.
    Raises :class:`InputError` with every problem.
    """
    work = _Work(list(problems), [*doubts])
    frames = {
        name: _table(raws[name], TABLES[name].columns, name, work)
        for name in TABLES
        if name in raws
    }
    for raw in (*raws.values(), *answers.values()):
        work.doubts.extend(raw.doubts)
    items = frames.get("items")
    wide: dict[str, pl.DataFrame] = {}
    bounds: dict[str, dict[str, dict[checks.Bounds, list[int]]]] = {}
    if items is not None:
        bounds = {i: checks.item_bounds(i, items) for i in answers}
        work.problems.extend(checks.item_types(items, raws["items"]))
    for instrument, raw in answers.items():
        wide[instrument] = _answers(instrument, raw, items, bounds.get(instrument, {}), work)
    columns_seen = {r.name: r.titles for r in (*raws.values(), *answers.values()) if r.titles}
    seen = Seen(columns_seen, titles or {})
    raws = dict(raws)
    unplaced = _communities(frames, wide, raws, answers, default_code, "community" in broken, work)
    codes = checks.Codes({n: f for n, f in frames.items() if n not in unplaced})
    for name, frame in frames.items():
        work.problems.extend(checks.row_checks(name, frame, raws[name]))
        columns = TABLES[name].columns
        work.problems.extend(checks.reference_checks(columns, frame, raws[name], codes))
    known = set() if "instruments" not in frames else set(frames["instruments"]["id"])
    for instrument, frame in wide.items():
        raw = answers[instrument]
        if instrument not in known and "instruments" not in broken:
            unknown = Problem("answers_unknown_instrument", raw.name, fields={"id": instrument})
            work.problems.append(unknown)
        work.problems.extend(checks.row_checks(instrument_key(instrument), frame, raw))
        work.problems.extend(checks.reference_checks(ANSWER_KEYS, frame, raw, codes))
        if items is not None:
            items = frames["items"]  # now with its community
            work.problems.extend(checks.answer_ranges(frame, items, bounds[instrument], raw))
        _twice(frame, raw, work)
    if work.problems:
        raise InputError(sorted(map(seen.problem, work.problems), key=_place))
    present = frames | {f"answers/{n}": f for n, f in wide.items()}
    for table, referring in checks.absent_targets(present).items():
        if table not in broken:
            places = ", ".join(seen.column(*r) for r in referring)
            fields = {"table": table, "columns": places}
            work.doubts.append(Doubt("references_unchecked", fields))
    data = CommunityData.of(
        {n: f.drop(ROW) for n, f in frames.items()}, {n: f.drop(ROW) for n, f in wide.items()}
    )
    return data, tuple(map(seen.doubt, work.doubts))


def instrument_key(instrument: str) -> str:
    """The name under which answers are checked; no table is called this."""
    return f"answers/{instrument}"


def _place(problem: Problem) -> tuple[str, int, str]:
    return (problem.file or "", problem.row or 0, problem.column or "")


def _table(raw: RawTable, columns: tuple[Column, ...], table: str, work: _Work) -> pl.DataFrame:
    """The declared columns, typed; with ``community`` if the file has it, and ``ROW``."""
    header = raw.cells.columns
    known = {c.name for c in columns} | {"community"}
    for name in header:
        if name not in known and not table.startswith("answers/"):
            work.doubts.append(Doubt("column_unknown", {"file": raw.name, "column": shown(name)}))
    specs = [Spec("community", "reference")] if "community" in header else []
    absent = []
    kinds = table_schema(columns)
    for c in columns:
        if c.name in header:
            kind = "reference" if c.name == "id" else c.kind
            specs.append(_spec(c, kind, table))
            continue
        absent.append(pl.lit(None, kinds[c.name]).alias(c.name))
        if c.required:
            missing = Problem("column_missing", raw.name, 1, c.name, {"name": c.name})
            work.problems.append(missing)
    frame = _typed(raw, specs, work)
    rows = pl.Series(ROW, range(raw.height), dtype=pl.Int64)
    return pl.DataFrame([*frame.get_columns(), rows]).with_columns(absent)


def _spec(c: Column, kind: str, table: str) -> Spec:
    if not c.choices:
        return Spec(c.name, kind, c.required, (), c.low, c.high)
    table = table.partition("/")[0]
    words, said = choice_words(table, c), choice_list(table, c)
    return Spec(c.name, kind, c.required, c.choices, words=words, said=said)


def _typed(raw: RawTable, specs: Sequence[Spec], work: _Work) -> pl.DataFrame:
    if not raw.height:
        return pl.DataFrame(schema={s.name: POLARS_TYPES[s.kind] for s in specs})
    result = typed(raw.cells, specs, file=raw.name, decimal_comma=raw.decimal_comma)
    work.problems += [
        Problem(f.code, raw.name, raw.lines[f.row], f.column, f.fields) for f in result.faults
    ]
    work.doubts += result.doubts
    return result.frame


def _answers(
    instrument: str,
    raw: RawTable,
    items: pl.DataFrame | None,
    bounds: Mapping[str, Mapping[checks.Bounds, list[int]]],
    work: _Work,
) -> pl.DataFrame:
    frame = _table(raw, ANSWER_KEYS, instrument_key(instrument), work)
    declared: dict[str, str] = {}
    if items is not None:
        mine = items.filter(pl.col("instrument") == instrument).drop_nulls(["name", "type"])
        declared = dict(mine.select("name", "type").iter_rows())
    specs = []
    for name in raw.header:
        if name in checks.RESERVED:
            continue
        if name not in declared:
            fields = {"file": raw.name, "column": shown(name)}
            work.doubts.append(Doubt("answer_column_undeclared", fields))
            continue
        kind = "number" if ITEM_TYPES[declared[name]] == pl.Float64() else "text"
        ends = list(bounds.get(name, {}))
        low, high = ends[0] if len(ends) == 1 else (None, None)
        specs.append(Spec(name, kind, low=low, high=high))
    missing = [shown(n) for n in declared if n not in raw.header]
    if missing:
        fields = {"file": raw.name, "names": ", ".join(missing)}
        work.doubts.append(Doubt("item_column_missing", fields))
    return frame.hstack(_typed(raw, specs, work)) if specs else frame


def _communities(
    frames: dict[str, pl.DataFrame],
    wide: dict[str, pl.DataFrame],
    raws: dict[str, RawTable],
    answers: Mapping[str, RawTable],
    default_code: str,
    broken: bool,
    work: _Work,
) -> set[str]:
    """Give every row its community, and table ``community`` a row for each.

    Returns the tables whose rows could not be placed.
    """
    unplaced: set[str] = set()
    own = frames.get("community")
    known: list[str] = [] if own is None else own["id"].drop_nulls().unique().sort().to_list()
    places = [(frames, n, raws[n]) for n in frames if n != "community"]
    places += [(wide, n, answers[n]) for n in wide]
    if not known and not broken:
        known = _named_after(frames, places, default_code, work)
        if known:
            raws["community"] = RawTable("community", frames["community"], range(len(known)))
            own = None
    only = known[0] if len(known) == 1 else default_code if broken else None
    for group, name, raw in places:
        frame = group[name]
        if "community" not in frame.columns:
            if only is None and frame.height:
                unplaced.add(name)
                fields: dict[str, object] = {"n": len(known)}
                work.problems.append(
                    Problem("community_column_missing", raw.name, 1, "community", fields)
                )
            group[name] = frame.select(pl.lit(only, pl.String).alias("community"), pl.all())
            continue
        if only is not None:
            frame = frame.with_columns(pl.col("community").fill_null(only))
        group[name] = frame
        if broken:
            continue
        for i in where(frame["community"].is_null()):
            work.problems.append(Problem("value_required", raw.name, raw.lines[i], "community"))
        strange = ~frame["community"].is_in(pl.Series(known, dtype=pl.String).implode())
        for i in where(strange):
            fields = {"id": shown(frame["community"][i]), "table": "community"}
            work.problems.append(
                Problem("reference_unknown", raw.name, raw.lines[i], "community", fields)
            )
    if own is not None and own.height:
        if "community" in own.columns:
            raw = raws["community"]
            for i in where(own["community"] != own["id"]):
                fields = {"id": shown(own["community"][i]), "table": "community"}
                work.problems.append(
                    Problem("reference_unknown", raw.name, raw.lines[i], "community", fields)
                )
        frames["community"] = own.with_columns(community=pl.col("id"))
    elif own is not None and "community" not in own.columns:
        frames["community"] = own.with_columns(community=pl.lit(None, pl.String))
    return unplaced


def _named_after(
    frames: dict[str, pl.DataFrame],
    places: Sequence[tuple[dict[str, pl.DataFrame], str, RawTable]],
    default_code: str,
    work: _Work,
) -> list[str]:
    """Communities of a package whose table ``community`` is absent or empty."""
    filled = [group[name] for group, name, _ in places if group[name].height]
    codes: set[str] = set()
    bare = False
    for frame in filled:
        if "community" in frame.columns:
            codes.update(frame["community"].drop_nulls())
            bare = bare or frame["community"].null_count() > 0
        else:
            bare = True
    if bare and not codes:
        codes = {re.sub(INVISIBLE, " ", default_code).strip() or "komunitas"}
    known = sorted(codes)
    if known:
        names = ", ".join(shown(c) for c in known[:5]) + (" …" if len(known) > 5 else "")
        work.doubts.append(Doubt("community_absent", {"names": names}))
        rows = {"community": known, "id": known, "name": known, ROW: range(len(known))}
        frames["community"] = pl.DataFrame(rows)
    return known


def _twice(frame: pl.DataFrame, raw: RawTable, work: _Work) -> None:
    keys = ["community", "round", "actor"]
    named = frame.select(keys).drop_nulls()
    again = named.height - named.unique().height
    if again:
        work.doubts.append(Doubt("answers_repeated", {"file": raw.name, "n": again}))
