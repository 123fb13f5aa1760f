"""Small communities for tests of the profile, written table by table."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from satuhati.core.community import CommunityData
from satuhati.core.profile.build import profiles

AS_OF = date(2026, 10, 31)


def community(**tables):
    """A community ``c`` with the rows given, table by table; ids are made up where missing."""
    frames = {"community": pl.DataFrame({"id": ["c"], "name": ["Contoh"]})}
    answers = {}
    for name, rows in tables.items():
        rows = [{"community": "c", "id": f"{name}{i}"} | row for i, row in enumerate(rows)]
        frame = pl.DataFrame(rows, infer_schema_length=None)
        if name.startswith("answers_"):
            answers[name.removeprefix("answers_")] = frame
        else:
            frames[name] = frame
    return CommunityData.of(frames, answers)


def pieces(data, measure, as_of=AS_OF):
    found = profiles(data, as_of)["c"]
    cells = (*found.components, *found.functions)
    all_pieces = [p for c in cells for p in c.evidence]
    all_pieces += [*found.conditioning_influences, *found.outcomes, *found.normative_functions]
    return [p for p in dict.fromkeys(map(id, all_pieces)) for p in [_by_id(all_pieces, p)]
            if p.measure == measure]  # fmt: skip


def _by_id(items, wanted):
    return next(i for i in items if id(i) == wanted)


def piece(data, measure, as_of=AS_OF):
    (only,) = pieces(data, measure, as_of)
    return only


MEMBERS = [
    {"id": f"p{i}", "kind": "person", "sector": "pokja", "sex": "female" if i % 2 else "male"}
    for i in range(10)
]
POSTS = [
    {"id": "chair", "name": "Ketua", "kind": "chair"},
    {"id": "sec", "name": "Sekretaris", "kind": "secretary"},
    *({"id": f"s{i}", "name": f"Seksi {i}", "kind": "section_head", "section": s}
      for i, s in enumerate(["ekonomi", "lingkungan", "keagamaan", "reproduksi"])),
    *({"id": f"m{i}", "name": "Anggota", "kind": "member"} for i in range(4)),
]  # fmt: skip
TERMS = [
    {"actor": f"p{i}", "post": post["id"], "start": date(2023, 1, 1)}
    for i, post in enumerate(POSTS)
]


def meetings(n, *, kind="pokja", series=None, notice=7, first=date(2025, 11, 10), status="held"):
    days = [first + timedelta(days=30 * i) for i in range(n)]
    return [
        {"id": f"{kind}{i}", "kind": kind, "date": d, "status": status, "series": series,
         "notice_on": d - timedelta(days=notice)}
        for i, d in enumerate(days)
    ]  # fmt: skip


def attendance(n_meetings, present):
    return [
        {"id": f"a{m}_{p}", "meeting": f"pokja{m}", "actor": f"p{p}",
         "status": "present" if p in present else "absent"}
        for m in range(n_meetings) for p in range(10)
    ]  # fmt: skip
