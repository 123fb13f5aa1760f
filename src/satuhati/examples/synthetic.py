"""Communities made only of dice, for benchmarks and tests: many small ones, or one large one.

Built set-based: every column of every table is drawn once for all communities together.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import polars as pl

from satuhati.core.community import CommunityData
from satuhati.framework import SECTIONS, SECTORS

MEMBERS, MEETINGS, ANSWERS, TIES, ITEMS = 10, 12, 30, 20, 12
_SCALES = ("sense_of_community", "commitment_stakeholder", "commitment_action",
           "collective_efficacy", "trust_organizations", "trust_neighbours", "open_communication",
           "being_heard", "resource_access", "informal_control", "safety",
           "service_satisfaction")  # fmt: skip
_PER_SCALE = 4
_STATUS = np.array(["present", "represented", "excused", "ill", "absent"])
_END = dt.date(2026, 10, 31)


def _codes(prefix: str, n: int) -> pl.Series:
    return pl.Series([f"{prefix}{i:04d}" for i in range(1, n + 1)])


def _each(communities: pl.DataFrame, n: int, prefix: str) -> pl.DataFrame:
    """``n`` rows with ids for every community."""
    return communities.join(pl.DataFrame({"id": _codes(prefix, n)}), how="cross")


def many(n: int, seed: int = 1) -> CommunityData:
    """``n`` small communities ``c0001`` …: 10 members, 12 meetings, 30 answers, 20 ties each."""
    return _made(n, seed, members=MEMBERS, actors=MEMBERS, meetings=MEETINGS, answers=ANSWERS,
                 items=ITEMS, ties=TIES)  # fmt: skip


def large(
    respondents: int = 1000,
    items: int = 60,
    actors: int = 500,
    ties: int = 5000,
    years: int = 10,
    seed: int = 1,
) -> CommunityData:
    """One large community, with a meeting every month for ``years`` years and 25 members."""
    return _made(1, seed, members=min(25, actors), actors=actors, meetings=12 * years,
                 answers=respondents, items=items, ties=ties)  # fmt: skip


def _made(
    n: int, seed: int, *, members: int, actors: int, meetings: int, answers: int, items: int,
    ties: int,
) -> CommunityData:  # fmt: skip
    dice = np.random.default_rng(seed)
    keys = pl.DataFrame({"community": _codes("c", n)})
    months = [_month_before(meetings - 1 - m) for m in range(meetings)]
    start = dt.date(months[0].year, months[0].month, 1)
    tables: dict[str, pl.DataFrame] = {
        "community": keys.select(
            pl.col("community"),
            id=pl.col("community"),
            name=pl.format("Komunitas rekaan {}", "community"),
            synthetic=pl.lit(True),
            geographic=pl.lit(True),
            adults=pl.lit(1200),
            households=pl.lit(400),
        )
    }
    tables["areas"] = _each(keys, 4, "rw").with_columns(
        name=pl.concat_str(pl.lit("RW "), pl.col("id").str.slice(4)), level=pl.lit("rw"),
        adults=pl.lit(300), households=pl.lit(100),
    )  # fmt: skip
    sectors = [s if i >= members else "pokja" for i, s in
               enumerate((list(SECTORS) * (actors // len(SECTORS) + 1))[:actors])]  # fmt: skip
    tables["actors"] = _each(keys, actors, "a").with_columns(
        kind=pl.lit("person"),
        sector=pl.Series(sectors * n),
        area=_drawn(dice, [f"rw{i:04d}" for i in range(1, 5)], n * actors),
        sex=_drawn(dice, ["female", "male"], n * actors),
        age_band=_drawn(dice, ["15-24", "25-39", "40-59", "60+"], n * actors),
    )
    sections = list(SECTIONS)
    posts = ["chair", "secretary"] + ["section_head"] * min(8, members - 2)
    posts += ["member"] * (members - len(posts))
    of_section = [sections[i - 2] if 2 <= i < 10 else None for i in range(members)]
    tables["posts"] = _each(keys, members, "p").with_columns(
        name=pl.format("Jabatan {}", "id"), kind=pl.Series(posts * n),
        section=pl.Series(of_section * n, dtype=pl.String),
    )  # fmt: skip
    tables["terms"] = _each(keys, members, "t").with_columns(
        post=pl.Series([f"p{i:04d}" for i in range(1, members + 1)] * n),
        actor=pl.Series([f"a{i:04d}" for i in range(1, members + 1)] * n),
        start=pl.lit(start),
    )
    tables["meeting_series"] = _each(keys, 1, "s").with_columns(
        name=pl.lit("Rapat bulanan"), kind=pl.lit("pokja"), frequency=pl.lit("monthly"),
        start=pl.lit(start), quorum=pl.lit(0.5),
    )  # fmt: skip
    notice = dice.integers(0, 8, n * meetings)
    tables["meetings"] = (
        _each(keys, meetings, "m")
        .with_columns(series=pl.lit("s0001"), kind=pl.lit("pokja"), status=pl.lit("held"),
                      date=pl.Series(months * n), _notice=pl.Series(notice))
        .with_columns(notice_on=pl.col("date") - pl.duration(days=pl.col("_notice")))
        .drop("_notice")
    )  # fmt: skip
    lines = n * meetings * members
    chance = np.repeat(dice.beta(4, 3, n * members).reshape(n, 1, members), meetings, axis=1)
    rest = dice.integers(1, len(_STATUS), lines)
    came = dice.random(lines) < chance.reshape(-1)
    tables["attendance"] = _each(keys, meetings * members, "n").with_columns(
        meeting=pl.Series(
            [f"m{m:04d}" for m in range(1, meetings + 1) for _ in range(members)] * n
        ),
        actor=pl.Series([f"a{a:04d}" for a in range(1, members + 1)] * (meetings * n)),
        status=pl.Series(_STATUS[np.where(came, 0, rest)]),
    )  # fmt: skip
    _followups(tables, keys, dice, n, members, meetings, months)
    _ties(tables, keys, dice, n, actors, ties)
    return CommunityData.of(tables, _answers(tables, keys, dice, n, answers, items))


def _month_before(back: int) -> dt.date:
    months = _END.year * 12 + _END.month - 1 - back
    return dt.date(months // 12, months % 12 + 1, 13)


def _drawn(dice: np.random.Generator, values: list[str], n: int) -> pl.Series:
    return pl.Series(np.array(values)[dice.integers(0, len(values), n)])


def _followups(
    tables: dict[str, pl.DataFrame], keys: pl.DataFrame, dice: np.random.Generator, n: int,
    members: int, meetings: int, months: list[dt.date],
) -> None:  # fmt: skip
    """One decision with one follow-up for every meeting."""
    meeting = pl.Series([f"m{i:04d}" for i in range(1, meetings + 1)] * n)
    tables["decisions"] = _each(keys, meetings, "d").with_columns(
        meeting=meeting, text=pl.format("Keputusan {}", "id")
    )
    late = dice.integers(-10, 30, n * meetings)
    done = dice.random(n * meetings) < 0.6
    tables["followups"] = (
        _each(keys, meetings, "f")
        .with_columns(
            decision=pl.Series([f"d{i:04d}" for i in range(1, meetings + 1)] * n),
            meeting=meeting,
            text=pl.format("Tugas {}", "id"),
            kind=pl.lit("task"),
            owner=_drawn(dice, [f"a{i:04d}" for i in range(1, members + 1)], n * meetings),
            agreed_on=pl.Series(months * n),
            _late=pl.Series(late),
            _done=pl.Series(done),
        )
        .with_columns(due=pl.col("agreed_on") + pl.duration(days=14))
        .with_columns(
            done_on=pl.when("_done").then(
                pl.min_horizontal(pl.col("due") + pl.duration(days=pl.col("_late")), pl.lit(_END))
            )
        )
        .drop("_late", "_done")
    )


def _ties(
    tables: dict[str, pl.DataFrame], keys: pl.DataFrame, dice: np.random.Generator, n: int,
    actors: int, ties: int,
) -> None:  # fmt: skip
    """``ties`` different ordered pairs for every community, two relations among them."""
    if ties > actors * (actors - 1):
        raise ValueError(f"{actors} actors have no {ties} different ties")
    tables["tie_rounds"] = _each(keys, 1, "r").with_columns(
        wave=pl.lit(1), closed_on=pl.lit(dt.date(2026, 10, 20))
    )
    tables["roster"] = _each(keys, actors, "o").with_columns(
        round=pl.lit("r0001"),
        actor=pl.Series([f"a{i:04d}" for i in range(1, actors + 1)] * n),
        responded=pl.Series(dice.random(n * actors) < 0.88),
    )
    pairs = actors * (actors - 1)
    if ties * 4 < pairs:  # few of many: draw with some to spare and keep the first different ones
        drawn = dice.integers(0, pairs, (n, 2 * ties))
        chosen = np.vstack([list(dict.fromkeys(row.tolist()))[:ties] for row in drawn])
    else:
        chosen = np.argsort(dice.random((n, pairs)), axis=1)[:, :ties]
    flat = chosen.reshape(-1)
    source = flat // (actors - 1)
    target = flat % (actors - 1)
    target = target + (target >= source)
    names = np.array([f"a{i:04d}" for i in range(1, actors + 1)])
    tables["ties"] = _each(keys, ties, "t").with_columns(
        round=pl.lit("r0001"), source=pl.Series(names[source]), target=pl.Series(names[target]),
        relation=_drawn(dice, ["information", "resources", "support"], n * ties),
        origin=pl.lit("reported"),
    )  # fmt: skip


def _answers(
    tables: dict[str, pl.DataFrame], keys: pl.DataFrame, dice: np.random.Generator, n: int,
    answers: int, items: int,
) -> dict[str, pl.DataFrame]:  # fmt: skip
    """Five-point answers with one latent score per person and scale, 2 % of them missing."""
    tables["instruments"] = _each(keys, 1, "i").with_columns(
        name=pl.lit("Suara warga"), population=pl.lit("warga"), id=pl.lit("warga")
    )
    scale = [_SCALES[i // _PER_SCALE % len(_SCALES)] for i in range(items)]
    tables["items"] = _each(keys, items, "q").with_columns(
        instrument=pl.lit("warga"), name=pl.col("id"), type=pl.lit("likert"),
        scale=pl.Series(scale * n), low=pl.lit(1.0), high=pl.lit(5.0), reversed=pl.lit(False),
    )  # fmt: skip
    tables["rounds"] = _each(keys, 1, "s").with_columns(
        instrument=pl.lit("warga"), wave=pl.lit(1), population=pl.lit("warga"),
        start=pl.lit(dt.date(2026, 10, 1)), end=pl.lit(dt.date(2026, 10, 25)),
        frame=pl.lit("random_households"), invited=pl.lit(answers + 5), anonymous=pl.lit(True),
    )  # fmt: skip
    rows = n * answers
    scales = max(1, -(-items // _PER_SCALE))
    latent = 0.7 * dice.standard_normal((rows, scales)) + 0.4 * dice.standard_normal((rows, 1))
    values: dict[str, Any] = {}
    for i in range(items):
        raw = 3.2 + latent[:, i // _PER_SCALE] + 0.8 * dice.standard_normal(rows)
        answer = np.clip(np.rint(raw), 1, 5)
        answer[dice.random(rows) < 0.02] = np.nan
        values[f"q{i + 1:04d}"] = pl.Series(answer).fill_nan(None)
    wide = _each(keys, answers, "w").with_columns(
        round=pl.lit("s0001"),
        area=_drawn(dice, [f"rw{i:04d}" for i in range(1, 5)], rows),
        sex=_drawn(dice, ["female", "male"], rows),
        weight=pl.lit(1.0),
        **values,
    )
    return {"warga": wide}
