"""``satuhati survey compare``: what changed between two waves.

Core and formats are imported inside the command: only a command that runs pays their start-up.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from satuhati.cli._common import Json, Lang, guarded, print_json, print_table, print_warnings, words
from satuhati.cli._instruments import Instrument, read_scales
from satuhati.cli._surveys import (
    High,
    Low,
    Scales,
    columns_of,
    invalid,
    not_with,
    of_scale,
    read_items,
    span,
)
from satuhati.errors import Doubt, InputError, Problem
from satuhati.text import Text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from satuhati.core.surveys.scales import Scale
    from satuhati.formats.tables import TextTable
    from satuhati.text import Translator

    FloatArray = npt.NDArray[np.float64]


def register(survey: typer.Typer) -> None:
    survey.command("compare")(compare_command)


@guarded
def compare_command(
    before: Annotated[Path, typer.Argument(help="Answers of the first wave, or of all waves.")],
    after: Annotated[
        Path | None, typer.Argument(help="Answers of the second wave (not with --wave).")
    ] = None,
    scale: Scales = None,
    instrument: Instrument = None,
    person: Annotated[
        str | None,
        typer.Option("--id", help="Column that names the person, where the same were asked twice."),
    ] = None,
    wave: Annotated[
        str | None,
        typer.Option(
            "--wave", help="Column of waves, where one file holds them all, as an export."
        ),
    ] = None,
    low: Low = None,
    high: High = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """What changed between two waves: of the same persons (--id), or of two samples.

    With --id: the mean of the differences, how many persons changed by more than the scale's
    error of measurement, who left and who came. Without: the difference of two means. One file
    with --wave: its first wave against its last.

    Example:

    satuhati survey compare 2025.csv 2026.csv --scale "trust=t1,t2-,t3" --id code --min 1 --max 5

    satuhati survey compare export.csv --wave round_wave --id person_number --instrument standard
    """
    t = words(lang)
    scales, first, answers1, doubts = read_scales(before, scale, instrument, low, high)
    if wave is not None:
        if after is not None:
            raise invalid("--wave", wave, not_with("AFTER"))
        (first, answers1), (second, answers2) = _waves(first, answers1, wave, doubts)
    elif after is None:
        why = Text("beri berkas gelombang berikutnya (AFTER), atau --wave KOLOM",
                   "give the file of the later wave (AFTER), or --wave COLUMN")  # fmt: skip
        raise invalid("AFTER", "–", why)
    else:
        second, answers2 = read_items(after, scales)
        doubts += second.doubts
    ids: tuple[dict[str, int], dict[str, int]] | None = None
    if person is None:
        doubts.append(Doubt("change_not_panel"))
    else:
        ids = (_persons(first, person, doubts), _persons(second, person, doubts))
    result = {s.name: _scale_change(s, answers1, answers2, ids) for s in scales}
    panel = None
    if ids is not None:
        stayed = ids[0].keys() & ids[1].keys()
        panel = {
            "stayed": len(stayed),
            "left": len(ids[0]) - len(stayed),
            "came": len(ids[1]) - len(stayed),
        }
        if panel["left"] or panel["came"]:
            fields = {"left": panel["left"], "came": panel["came"], "both": panel["stayed"]}
            doubts.append(Doubt("change_some_left", fields))
    if json:
        worded = [d.message(t.lang) for d in doubts]
        for name, r in result.items():
            worded += [of_scale(name, d, t) for d in r["warnings"]]
        print_json(
            {"paired": ids is not None, "scales": result, "panel": panel, "warnings": worded},
            t.lang,
        )
        return
    _print_changes(result, panel, t)
    print_warnings(doubts, t)
    for name, r in result.items():
        for doubt in r["warnings"]:
            print(f"! {of_scale(name, doubt, t)}")


def _scale_change(
    scale: Scale,
    before: dict[str, FloatArray],
    after: dict[str, FloatArray],
    ids: tuple[dict[str, int], dict[str, int]] | None,
) -> dict[str, Any]:
    """Both waves scored on one response scale, then their change and who is behind it."""
    import numpy as np

    from satuhati.core.surveys.change import paired_change, reliable_change, unpaired_change
    from satuhati.core.surveys.reliability import reliability
    from satuhati.core.surveys.scoring import response_range, score

    X, Y = columns_of(before, scale), columns_of(after, scale)
    low, high, range_doubts = response_range(np.vstack([X, Y]), scale)
    known = low < high
    one = dataclasses.replace(scale, low=low, high=high) if known else scale
    x, y = score(X, one).mean, score(Y, one).mean
    warnings: list[Doubt] = [*range_doubts]
    reliable = None
    left: float | None = None
    came: float | None = None
    if ids is None:
        change = unpaired_change(x, y)
    else:
        both = [p for p in ids[0] if p in ids[1]]
        at1 = np.array([ids[0][p] for p in both], dtype=np.int64)
        at2 = np.array([ids[1][p] for p in both], dtype=np.int64)
        change = paired_change(x[at1], y[at2])
        left = _mean([x[i] for p, i in ids[0].items() if p not in ids[1]])
        came = _mean([y[i] for p, i in ids[1].items() if p not in ids[0]])
        rows = np.array(sorted(ids[0].values()), dtype=np.int64)
        kept = x[rows][~np.isnan(x[rows])]
        sd = float(np.std(kept, ddof=1)) if len(kept) > 1 else None
        alpha = reliability(X[rows], one, with_omega=False).alpha
        reliable = reliable_change(x[at1], y[at2], sd, alpha)
        if reliable.threshold is None:
            warnings.append(Doubt("change_reliability_unknown"))
    warnings += change.warnings
    percent = 100 / (high - low) if known else None
    return {
        **{f.name: getattr(change, f.name) for f in dataclasses.fields(change)},
        "percent_before": _scaled(change.mean_before, low, percent),
        "percent_after": _scaled(change.mean_after, low, percent),
        "percent_difference": _scaled(change.difference, 0.0, percent),
        "reliable_change": reliable,
        "left_mean": left,
        "came_mean": came,
        "warnings": warnings,
    }


def _print_changes(result: dict[str, Any], panel: dict[str, int] | None, t: Translator) -> None:
    print_table(
        t("Change between two waves"),
        [
            t("Scale"),
            t("Before"),
            t("After"),
            t("Difference"),
            t("95 % interval"),
            t("Effect size"),
            t("Persons before"),
            t("Persons after"),
        ],
        [
            [
                name,
                t.number(r["mean_before"], 2),
                t.number(r["mean_after"], 2),
                t.number(r["difference"], 2),
                span(r["interval"], t, 2),
                t.number(r["effect_size"], 2),
                t.number(r["n_before"]),
                t.number(r["n_after"]),
            ]
            for name, r in result.items()
        ],
        right=(1, 2, 3, 4, 5, 6, 7),
    )
    if panel is None:
        return
    print_table(
        t("Persons who changed by more than the error of measurement"),
        [t("Scale"), t("Least change that counts"), t("Rose"), t("Fell"), t("Neither")],
        [
            [
                name,
                t.number(r["reliable_change"].threshold, 2),
                t.number(r["reliable_change"].rose),
                t.number(r["reliable_change"].fell),
                t.number(r["reliable_change"].unchanged),
            ]
            for name, r in result.items()
        ],
        right=(1, 2, 3, 4),
    )
    print(
        t(
            "Answered twice: {stayed}; left: {left}; came: {came}.",
            stayed=panel["stayed"],
            left=panel["left"],
            came=panel["came"],
        )
    )


def _waves(
    table: TextTable, answers: dict[str, FloatArray], column: str, doubts: list[Doubt]
) -> tuple[tuple[TextTable, dict[str, FloatArray]], tuple[TextTable, dict[str, FloatArray]]]:
    """The first wave of a file and its last; rows without a wave are left out."""
    labels = table.texts(column)
    waves = sorted({w for w in labels if w is not None}, key=_in_order)
    if len(waves) < 2:
        there = ", ".join(waves) or "–"
        why = Text(f"kolom itu harus memuat dua gelombang atau lebih; isinya: {there}",
                   f"the column has to hold two waves or more; it holds: {there}")  # fmt: skip
        raise invalid("--wave", column, why)
    if len(waves) > 2:
        fields = {"first": waves[0], "last": waves[-1], "between": ", ".join(waves[1:-1])}
        doubts.append(Doubt("change_waves_between", fields))
    if without := sum(w is None for w in labels):
        doubts.append(Doubt("change_no_wave", {"n": without}))
    found = []
    for one in (waves[0], waves[-1]):
        rows = [i for i, w in enumerate(labels) if w == one]
        part = dataclasses.replace(
            table,
            cells={name: [cells[i] for i in rows] for name, cells in table.cells.items()},
            lines=[table.lines[i] for i in rows],
            doubts=(),
        )
        found.append((part, {item: x[rows] for item, x in answers.items()}))
    return found[0], found[1]


def _in_order(wave: str) -> tuple[float, str]:
    """Numbers by size, then names by the alphabet."""
    try:
        return float(wave), wave
    except ValueError:
        return float("inf"), wave


def _persons(table: TextTable, column: str, doubts: list[Doubt]) -> dict[str, int]:
    """Where each person's row is; a person twice in one wave is an error."""
    rows: dict[str, int] = {}
    problems: list[Problem] = []
    nameless = 0
    for i, person in enumerate(table.texts(column)):
        if person is None:
            nameless += 1
        elif person in rows:
            first = table.lines[rows[person]]
            fields = {"columns": column, "first": first}
            problems.append(Problem("key_repeated", table.name, table.lines[i], column, fields))
        else:
            rows[person] = i
    if problems:
        raise InputError(problems)
    if nameless:
        doubts.append(Doubt("change_no_id", {"file": table.name, "n": nameless}))
    return rows


def _mean(values: list[Any]) -> float | None:
    known = [float(v) for v in values if v == v]
    return sum(known) / len(known) if known else None


def _scaled(value: float | None, low: float, factor: float | None) -> float | None:
    return None if value is None or factor is None else (value - low) * factor
