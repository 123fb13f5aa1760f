"""The profile of one or many communities: all of them, and all their waves, in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

import polars as pl

from satuhati.core.community import CommunityData
from satuhati.core.profile.cells import (
    cells_of,
    gaps_of,
    knowledge_gaps_of,
    suggestions_of,
)
from satuhati.core.profile.context import SEPARATOR, Context
from satuhati.core.profile.evaluate import (
    evaluate,
    setting_doubts,
    strands_present,
    targets_of,
    with_targets,
)
from satuhati.core.profile.results import (
    Cell,
    Change,
    Evidence,
    Light,
    Mirror,
    Profile,
    Reading,
    WavePoint,
)
from satuhati.errors import Doubt
from satuhati.framework import (
    COMPONENTS,
    CONDITIONING_INFLUENCES,
    FUNCTIONS,
    NORMATIVE_FUNCTIONS,
    OUTCOMES,
)
from satuhati.schema.measures import measures

# Which sampling frame speaks first for residents at large; people met at a service never do.
FRAME_ORDER = ("census", "random_households", "door_to_door", "meeting", "purposive", "other")
NO_DATE = date(1900, 1, 1)


def wave_dates(data: CommunityData) -> pl.DataFrame:
    """When each wave of listening ended: ``community, wave, as_of``."""
    parts = [
        data["rounds"].select("community", "wave", as_of="end"),
        data["tie_rounds"].select("community", "wave", as_of="closed_on"),
        data["awareness"].select("community", "wave", as_of="date"),
    ]
    return (
        pl.concat(parts)
        .drop_nulls()
        .group_by("community", "wave")
        .agg(pl.col("as_of").max())
        .sort("community", "wave")
    )


def profiles(data: CommunityData, as_of: date | None = None) -> dict[str, Profile]:
    """The profile of every community in ``data``, by code.

    ``as_of`` ends the window of all; by default each community's own latest record does. Later
    records are not seen. Earlier waves are computed as they stood when they ended.
    """
    codes = data["community"].select(community="id")
    latest = data.latest_dates()
    now = codes.join(latest, on="community", how="left").with_columns(
        as_of=pl.lit(as_of) if as_of is not None else pl.col("as_of").fill_null(NO_DATE)
    )
    waves = wave_dates(data).join(now.rename({"as_of": "now"}), on="community")
    waves = waves.filter(pl.col("as_of") <= pl.col("now"))
    last = pl.col("wave") == pl.col("wave").max().over("community")
    earlier = waves.filter(~last)
    cases = pl.concat(
        [
            now.select("community", "as_of", case="community"),
            earlier.select(
                "community", "as_of", case=pl.format(f"{{}}{SEPARATOR}{{}}", "community", "wave")
            ),
        ]
    )
    ctx = Context.of(data, cases)
    evidence = evaluate(ctx)
    targets = targets_of(ctx)
    doubts = setting_doubts(ctx)
    present = strands_present(ctx)
    readings = _readings(ctx)
    predictions = _rows_by_community(data["predictions"])
    names = dict(data["community"].select("id", "name").iter_rows())
    last_wave = dict(waves.filter(last).select("community", "wave").iter_rows())
    earlier_waves: dict[str, list[tuple[int, date]]] = defaultdict(list)
    for community, wave, end in earlier.select("community", "wave", "as_of").iter_rows():
        earlier_waves[community].append((wave, end))
    out: dict[str, Profile] = {}
    for code, when in now.select("community", "as_of").iter_rows():
        pieces = with_targets(evidence[code], targets[code])
        points = [
            (wave, end, evidence[f"{code}{SEPARATOR}{wave}"]) for wave, end in earlier_waves[code]
        ]
        points.append((last_wave.get(code, len(points) + 1), when, pieces))
        components = cells_of(pieces, COMPONENTS, targets[code], readings[code])
        functions = cells_of(pieces, FUNCTIONS, targets[code], readings[code])
        cells = (*components, *functions)
        gaps = gaps_of(cells, targets[code])
        conditioning = _of(pieces, CONDITIONING_INFLUENCES)
        dated = when != NO_DATE
        out[code] = Profile(
            community=code,
            name=names.get(code) or code,
            as_of=when if dated else None,
            components=components,
            functions=functions,
            normative_functions=_of(pieces, NORMATIVE_FUNCTIONS),
            conditioning_influences=conditioning,
            outcomes=_of(pieces, OUTCOMES),
            lights=_lights(pieces),
            gaps=gaps,
            knowledge_gaps=knowledge_gaps_of(cells),
            strategies=suggestions_of(gaps, conditioning),
            mirrors=_mirrors(predictions.get(code, []), points, when),
            changes=_changes(points),
            absent_strands=_absent(code, present),
            warnings=(
                *doubts[code],
                *_response_doubts(ctx, code),
                *(() if dated else (Doubt("as_of_unknown"),)),
            ),
        )
    return out


def profile(data: CommunityData, community: str, as_of: date | None = None) -> Profile:
    """The profile of one community. Raises ``KeyError`` if it is not in ``data``."""
    return profiles(data.only(community), as_of)[community]


def _of(pieces: Sequence[Evidence], components: Collection[str]) -> tuple[Evidence, ...]:
    return tuple(p for p in pieces if p.component in components)


def _rows_by_community(frame: pl.DataFrame) -> dict[str, list[dict[str, object]]]:
    out: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in frame.iter_rows(named=True):
        out[row["community"]].append(row)
    return out


def _readings(ctx: Context) -> dict[str, dict[tuple[str, str, str], tuple[Reading, ...]]]:
    out: dict[str, dict[tuple[str, str, str], tuple[Reading, ...]]] = defaultdict(dict)
    for row in ctx["verdicts"].sort("community", "date", "id").iter_rows(named=True):
        key = (row["component"], row["level"], row["population"])
        reading = Reading(row["stance"], row["verdict"], row["by"], row["date"], row["reason"])
        cell = out[row["community"]]
        cell[key] = (*cell.get(key, ()), reading)
    return out


def _absent(code: str, present: dict[str, set[str]]) -> tuple[str, ...]:
    wanted = dict.fromkeys(m.strand for m in measures().values() if m.scored)
    return tuple(s for s in wanted if code not in present.get(s, set()))


def _response_doubts(ctx: Context, code: str) -> tuple[Doubt, ...]:
    roster = ctx.rosters.get(code)
    if roster is None or roster.response >= 1:
        return ()
    fields = {"measure": roster.round, "percent": f"{roster.response * 100:.0f}"}
    return (Doubt("low_response", fields),)


def _spoken(pieces: Sequence[Evidence], measure: str) -> list[Evidence]:
    """Pieces of a measure that speak for residents at large, the best frame first."""
    found = [p for p in pieces if p.measure == measure and p.frame in (None, *FRAME_ORDER)]
    return sorted(found, key=lambda p: FRAME_ORDER.index(p.frame) if p.frame else -1)


def _lights(pieces: Sequence[Evidence]) -> tuple[Light, ...]:
    """The three lamps; the key service that fewest know speaks for *known by residents*."""
    rhythm = next((p for p in pieces if p.measure == "regularity"), None)
    taking_part = next((p for p in pieces if p.measure == "participation"), None)
    heard = _spoken(pieces, "service_heard")
    first_frame: dict[str | None, Evidence] = {}
    for piece in heard:
        if piece.subject not in first_frame or first_frame[piece.subject].status != "ok":
            first_frame[piece.subject] = piece
    known = min(
        first_frame.values(),
        key=lambda p: (p.status != "ok", p.value if p.value is not None else 101.0),
        default=None,
    )
    return (
        _light("rhythm", rhythm),
        _light("participation", taking_part),
        _light("known", known),
    )


def _light(name: str, piece: Evidence | None) -> Light:
    state = "unknown"
    if piece is not None and piece.status == "ok":
        state = {"high": "bright", "middle": "dim", "low": "unlit"}[piece.place or "low"]
    return Light(name, state, piece)  # type: ignore[arg-type]  # both from the closed lists above


WavePieces = Sequence[tuple[int, date, Sequence[Evidence]]]


def _mirrors(
    predictions: list[dict[str, object]], points: WavePieces, now: date
) -> tuple[Mirror, ...]:
    """Each prediction beside what was measured in its wave (or now, where it names none).

    One for a wave that has not been measured waits: the last wave's figure is not its answer.
    """
    by_wave = {wave: pieces for wave, _, pieces in points}
    mirrors = []
    for row in predictions:
        day, predicted = row["date"], row["value"]
        if not isinstance(day, date) or not isinstance(predicted, float) or day > now:
            continue
        wave = row["wave"] if isinstance(row["wave"], int) else None
        pieces = by_wave.get(wave, ()) if wave is not None else points[-1][2]
        code = str(row["measure"])
        seen = [
            p
            for p in _spoken(pieces, code)
            if row["service"] in (None, p.subject) and row["population"] in (None, p.population)
        ]
        piece = next((p for p in seen if p.status == "ok"), seen[0] if seen else None)
        value = piece.value if piece is not None and piece.status == "ok" else None
        people = row["people"]
        mirrors.append(
            Mirror(
                measure=code,
                subject=None if row["service"] is None else str(row["service"]),
                subject_name=piece.subject_name if piece is not None else None,
                wave=wave,
                date=day,
                predicted=predicted,
                measured=value,
                interval=piece.interval if piece is not None and value is not None else None,
                gap=None if value is None else predicted - value,
                people=people if isinstance(people, int) else None,
            )
        )
    return tuple(mirrors)


def _changes(points: WavePieces) -> tuple[Change, ...]:
    """Every figure told in two waves or more. A difference says nothing of its cause."""
    if len(points) < 2:
        return ()
    series: dict[tuple[str, str, str, str], dict[int, tuple[date, Evidence]]] = {}
    for wave, end, pieces in points:
        for piece in pieces:
            if piece.method == "fieldnotes" or piece.value is None:
                continue
            key = (piece.measure, piece.population, piece.subject or "", piece.frame or "")
            series.setdefault(key, {})[wave] = (end, piece)
    changes = []
    for seen in series.values():
        if len(seen) < 2:
            continue
        ordered = [(wave, *seen[wave]) for wave in sorted(seen)]
        first, final = ordered[0][2], ordered[-1][2]
        apart: bool | None = None
        if first.interval and final.interval:
            apart = first.interval[1] < final.interval[0] or final.interval[1] < first.interval[0]
        difference = (
            None
            if first.value is None
            or final.value is None
            or "not enough" in (first.status, final.status)
            else final.value - first.value
        )
        changes.append(
            Change(
                measure=final.measure,
                component=final.component,
                level=final.level,
                population=final.population,
                subject=final.subject,
                subject_name=final.subject_name,
                frame=final.frame,
                points=tuple(
                    WavePoint(wave, end, p.value, p.interval, p.n, p.status)
                    for wave, end, p in ordered
                ),
                difference=difference,
                apart=apart,
            )
        )
    return tuple(changes)


__all__ = ["Cell", "profile", "profiles", "wave_dates"]
