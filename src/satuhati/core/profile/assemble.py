"""Builds the dossier: the fuller figures that a report shows around the profile."""

from __future__ import annotations

from datetime import date

import polars as pl

from satuhati.core.community import CommunityData
from satuhati.core.profile.build import profile
from satuhati.core.profile.context import Context
from satuhati.core.profile.dossier import (
    CommunityFacts,
    Dossier,
)
from satuhati.core.profile.dossier_of.attendance import participation_of
from satuhati.core.profile.dossier_of.awareness import funnels_of
from satuhati.core.profile.dossier_of.network_map import network_of
from satuhati.core.profile.dossier_of.sources import (
    quotations_of,
    reliability_of,
    rounds_of,
    settings_of,
    topics_without_rule,
)


def dossier(data: CommunityData, community: str, as_of: date | None = None) -> Dossier:
    """Everything a report shows of one community. Raises ``KeyError`` if it is not in ``data``."""
    data = data.only(community)
    found = profile(data, community, as_of)
    when = found.as_of or date(1900, 1, 1)
    ctx = Context.of(
        data, pl.DataFrame({"community": [community], "case": [community], "as_of": [when]})
    )
    return Dossier(
        facts=_facts(data),
        profile=found,
        participation=participation_of(ctx, when),
        network=network_of(ctx, community),
        funnels=funnels_of(ctx),
        quotations=quotations_of(ctx),
        reliability=reliability_of(ctx),
        rounds=rounds_of(ctx),
        rows={n: f.height for n, f in data.tables.items() if f.height}
        | {f"answers/{n}": f.height for n, f in data.answers.items() if f.height},
        settings=settings_of(ctx),
        topics_without_rule=topics_without_rule(ctx),
    )


def _facts(data: CommunityData) -> CommunityFacts:
    row = data["community"].row(0, named=True)
    return CommunityFacts(
        code=row["id"],
        name=row["name"],
        place=row["place"],
        decree=row["decree"],
        synthetic=bool(row["synthetic"]),
        kinds=tuple(k for k in ("geographic", "social", "interest") if row[k]),
        context={
            k: row[k]
            for k in ("urban", "economic", "settlement", "initiated_by", "funded_by")
            if row[k] is not None
        },
        adults=row["adults"],
        households=row["households"],
    )
