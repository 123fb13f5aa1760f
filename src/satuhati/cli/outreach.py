"""``satuhati outreach``: who knows the services.

Core and formats are imported inside the commands: only a command that runs pays their start-up.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from satuhati.cli._common import (
    Json,
    Lang,
    guarded,
    print_json,
    print_table,
    print_warnings,
    words,
)
from satuhati.errors import Doubt, InputError, Problem

if TYPE_CHECKING:
    import polars as pl

    from satuhati.core.outreach.cascade import Cascade, Group, Stage
    from satuhati.formats.tables import TextTable
    from satuhati.text import Translator

YES = frozenset({"1", "yes", "y", "ya", "true"})
NO = frozenset({"0", "no", "n", "tidak", "false"})


def register(app: typer.Typer) -> None:
    outreach = typer.Typer(no_args_is_help=True, help="Outreach: who knows the services.")
    outreach.command("cascade")(cascade_command)
    app.add_typer(outreach, name="outreach")


@guarded
def cascade_command(
    awareness: Annotated[
        Path,
        typer.Argument(
            help="Persons (heard, visited, enrolled, continuing as yes/no) or tallies (with a "
            "column asked, and counts): .csv, .csv.gz, .parquet."
        ),
    ],
    service: Annotated[str | None, typer.Option("--service", help="Only this service.")] = None,
    frame: Annotated[str | None, typer.Option("--frame", help="Only this sampling frame.")] = None,
    wave: Annotated[str | None, typer.Option("--wave", help="Only this wave.")] = None,
    threshold: Annotated[
        int, typer.Option("--threshold", min=3, help="Groups under this size stay empty.")
    ] = 5,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Of those asked: who has heard, has visited, is enrolled, still comes.

    Optional columns: area (RT/RW), channel (heard through), frame (sampling frame), service, wave,
    date. Shares are of those asked, with Wilson intervals on people; interval_clustered treats the
    areas as a sample of areas. Frames, services and waves are never pooled: with several, stages
    is null and each stands in by_frame, by_service or by_wave.

    Example:

    satuhati outreach cascade awareness.csv --frame door_to_door
    """
    from satuhati.core.outreach.cascade import cascade
    from satuhati.formats.tables import read_table

    t = words(lang)
    table = read_table(awareness)
    doubts: list[Doubt] = list(table.doubts)
    rows = _rows(table, doubts)
    for name, value in (("service", service), ("frame", frame), ("wave", wave)):
        if value is not None:
            rows = _only(rows, name, value, table)
    if rows.is_empty():
        doubts.append(Doubt("no_rows", {"file": table.name}))
    found = cascade(rows, threshold=threshold)
    if json:
        result: dict[str, Any] = _plain(found)
        result["warnings"] = [*doubts, *found.warnings]
        print_json(result, t.lang)
        return
    _show(found, t, "")
    print_warnings([*doubts, *found.warnings], t)


def _rows(table: TextTable, doubts: list[Doubt]) -> pl.DataFrame:
    import polars as pl

    from satuhati.core.outreach.cascade import (
        SPLITS,
        STAGES,
        complete_persons,
        impossible_rows,
    )

    table.require("heard")
    tallies = "asked" in table.cells
    counts: dict[str, list[int | None]] = {}
    for stage in ("asked", *STAGES) if tallies else STAGES:
        if stage not in table.cells:
            counts[stage] = [None] * table.n_rows
        else:
            counts[stage] = _whole(table, stage) if tallies else _yes_no(table, stage)
    if tallies:
        table.texts("asked", required=True)
    else:
        counts["asked"] = [1] * table.n_rows
    texts = {
        c: list(table.cells.get(c, [None] * table.n_rows)) for c in (*SPLITS, "area", "channel")
    }
    frame = pl.DataFrame(
        {**texts, **counts, "line": list(table.lines)},
        schema={
            **dict.fromkeys(texts, pl.String),
            **dict.fromkeys(("asked", *STAGES), pl.Int64),
            "line": pl.Int64,
        },
    )
    if not tallies:
        frame = complete_persons(frame)
    wrong = impossible_rows(frame)
    if not wrong.is_empty():
        raise InputError(
            [
                Problem("cascade_grows", table.name, table.lines[r["row"]], r["stage"], r)
                for r in wrong.iter_rows(named=True)
            ]
        )
    silent = frame.filter(pl.col("heard").is_null()).height
    if silent:
        doubts.append(Doubt("awareness_unanswered", {"n": silent}))
        frame = frame.filter(pl.col("heard").is_not_null())
    return frame


def _whole(table: TextTable, column: str) -> list[int | None]:
    values = table.numbers(column, low=0)
    problems = [
        Problem("value_type", table.name, line, column,
                {"value": f"{v:g}", "expected": "bilangan bulat / a whole number", "example": "12"})
        for line, v in zip(table.lines, values, strict=True)
        if v == v and v != int(v)
    ]  # fmt: skip
    if problems:
        raise InputError(problems)
    return [None if v != v else int(v) for v in values]


def _yes_no(table: TextTable, column: str) -> list[int | None]:
    out: list[int | None] = []
    problems = []
    for line, cell in zip(table.lines, table.cells[column], strict=True):
        word = (cell or "").lower()
        out.append(1 if word in YES else 0 if word in NO else None)
        if cell is not None and out[-1] is None:
            problems.append(
                Problem("value_choice", table.name, line, column,
                        {"value": cell, "choices": "1, 0, ya, tidak, yes, no"})
            )  # fmt: skip
    if problems:
        raise InputError(problems)
    return out


def _only(rows: pl.DataFrame, column: str, value: str, table: TextTable) -> pl.DataFrame:
    import polars as pl

    table.require(column)
    kept = rows.filter(pl.col(column) == value)
    if kept.is_empty():
        known = ", ".join(sorted(v for v in rows[column].unique().to_list() if v is not None))
        raise InputError(
            Problem("option_invalid", fields={
                "option": f"--{column}", "value": value, "why": known or "–"})
        )  # fmt: skip
    return kept


def _plain(found: Cascade) -> dict[str, Any]:
    from satuhati.core.results import plain

    result: dict[str, Any] = plain(found)
    result.pop("warnings")
    for split in ("by_service", "by_frame", "by_wave"):
        parts = getattr(found, split)
        result[split] = {k: _plain(v) for k, v in parts.items()}
    return result


def _stages(t: Translator) -> dict[str, str]:
    return {
        "heard": t("Has heard"),
        "visited": t("Has visited"),
        "enrolled": t("Is enrolled"),
        "continuing": t("Still comes"),
    }


def _show(found: Cascade, t: Translator, title: str) -> None:
    for parts in (found.by_service, found.by_frame, found.by_wave):
        for name, part in parts.items():
            _show(part, t, f"{title} · {name}" if title else name)
    if found.stages is None:
        return
    heard = found.stages.get("heard")
    name = title or t("Awareness")
    if heard is None or heard.share is None:
        print(t("{name}: too few people were asked to show a figure.", name=name))
        return
    print(
        t("{name}: {k} of every 10 people asked have heard ({n} of {of}).",
          name=name, k=t.number(heard.share * 10, 1), n=t.number(heard.n), of=t.number(heard.of))
    )  # fmt: skip
    labels = _stages(t)
    print_table(
        name,
        [t("Stage"), t("People"), t("of those asked"), "95 %", t("of the stage before")],
        ([labels[s], t.number(v.n), *_figures(v, t), _percent(v.conversion, t)]
         for s, v in found.stages.items()),
        right=range(1, 5),
    )  # fmt: skip
    unknown = [a for a, g in found.by_area.items() if g.heard and g.heard.share == 0]
    if unknown:
        print(t("Nobody asked has heard in: {areas}.", areas=", ".join(unknown)))
    _groups(t("By area"), t("Area"), t("Asked"), found.by_area, t)
    _groups(t("By channel, of those who heard"), t("Channel"), t("Heard"), found.by_channel, t)


def _figures(stage: Stage | None, t: Translator) -> tuple[str, str]:
    if stage is None or stage.share is None:
        return "–", "–"
    low, high = stage.interval or (stage.share, stage.share)
    return _percent(stage.share, t), f"{t.number(low * 100)}–{t.number(high * 100)}"


def _percent(value: float | None, t: Translator) -> str:
    return "–" if value is None else f"{t.number(value * 100)} %"


def _groups(
    title: str, first: str, base: str, groups: dict[str, Group] | Any, t: Translator
) -> None:
    if not groups:
        return
    labels = _stages(t)
    rows = []
    for name, g in groups.items():
        if g.status != "ok":
            rows.append([name, t("too few"), *["–"] * 5])
            continue
        stages = (g.visited, g.enrolled, g.continuing)
        rows.append(
            [name, t.number(g.asked), *_figures(g.heard, t), *(_figures(s, t)[0] for s in stages)]
        )
    print_table(
        title,
        [first, base, labels["heard"], "95 %", labels["visited"], labels["enrolled"],
         labels["continuing"]],
        rows,
        right=range(1, 7),
    )  # fmt: skip
