"""Figures of rounds from the records. Loads the core: worker only."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils import timezone
from django_scopes import scope

from satuhati.core.community import CommunityData
from satuhati.core.stored import stored
from satuhati.core.surveys.alongside import populations, waves
from satuhati.core.surveys.answered import Answers
from satuhati.core.surveys.rounds import answers_of, round_results
from satuhati.web.profile.package import from_database
from satuhati.web.results import stored as stored_in
from satuhati.web.results.stored import GROUP, STUDY, StoredResults
from satuhati.web.surveys.asked_words import Asked, asked_of
from satuhati.web.surveys.beside import SurveySetup
from satuhati.web.surveys.kept_forms import InstrumentForm
from satuhati.web.surveys.models import Instrument
from satuhati.web.surveys.queries import counted_rounds
from satuhati.web.tenancy.models import Community


@dataclass(frozen=True, slots=True)
class Asking:
    """Rounds put by this server's pages, and what the questionnaires' own forms say."""

    here: tuple[str, ...]
    forms: dict[str, Asked]
    panels: tuple[tuple[str, str], ...] = ()
    """Rounds whose people were asked again, and the round in which they were."""


def data_hash(data: CommunityData, asking: Asking) -> str:
    """Of all that figures of rounds are computed from, after the number of the way."""
    found = hashlib.sha256(repr(asking).encode())
    for name in ("instruments", "items", "rounds", "areas"):
        found.update(data[name].write_csv().encode())
    for name, frame in sorted(data.answers.items()):
        found.update(name.encode())
        found.update(frame.write_csv().encode())
    return f"{stored_in.METHODS}-{found.hexdigest()[:56]}"


def asking_of() -> Asking:
    """How the scope's questionnaires were put: by this server's pages, by a form of their own."""
    setups = list(SurveySetup.objects.order_by("round").values_list("round", "panel_of"))
    forms = InstrumentForm.objects.order_by("instrument").values_list("instrument", flat=True)
    kept = Instrument.objects.filter(public_id__in=list(forms)).order_by("public_id")
    return Asking(
        tuple(code for code, _ in setups),
        {one.public_id: asked_of(one) for one in kept},
        tuple((before, code) for code, before in setups if before),
    )


def group_payload(rounds: dict[str, Answers], code: str, asking: Asking) -> dict[str, Any]:
    """What the group sees of a round."""
    one = rounds[code]
    form = asking.forms.get(one.facts.instrument, Asked())
    scales = one.scales()
    results = round_results(
        one, as_asked_here=code in asking.here, words=form.words,
        conditional=form.conditional,
    )  # fmt: skip
    beside = [p for s in scales if (p := populations(rounds, code, s)) is not None]
    panels = asking.panels
    before = [w for s in scales if (w := waves(rounds, code, s, panels=panels)) is not None]
    found: dict[str, Any] = stored({"results": results, "populations": beside, "waves": before})
    return found


def store_all(community_id: int) -> int:
    """Compute and keep what the group sees of every closed round; how many were computed.

    Rounds whose figures are there for these answers are only marked as seen again.
    """
    community = Community.objects.filter(pk=community_id).first()
    if community is None:
        return 0
    with scope(community=community):
        there = list(counted_rounds().values_list("public_id", flat=True))
        StoredResults.objects.exclude(round__in=there).delete()
        if not there:
            return 0
        data = from_database(community)
        asking = asking_of()
        mark = data_hash(data, asking)
        fresh = StoredResults.objects.filter(data_hash=mark)
        fresh.update(data_version=community.data_version)
        done = set(fresh.filter(kind=GROUP).values_list("round", flat=True))
        rounds = answers_of(data, community.code)
        made = 0
        for code in rounds:
            if code not in done:
                make = partial(group_payload, rounds, code, asking)
                _keep(community, code, GROUP, mark, make)
                made += 1
        return made


def _keep(
    community: Community, code: str, kind: str, mark: str, make: Callable[[], dict[str, Any]]
) -> StoredResults:
    start = time.perf_counter()
    payload = make()
    found: StoredResults
    found, _ = StoredResults.objects.update_or_create(
        community=community, round=code, kind=kind,
        defaults={
            "data_hash": mark, "data_version": community.data_version, "payload": payload,
            "made_at": timezone.now(), "seconds": time.perf_counter() - start,
        },
    )  # fmt: skip
    return found


def store_study(community_id: int, code: str) -> StoredResults | None:
    """Compute and keep what a researcher sees of a round, unless it is there."""
    from satuhati.core.surveys.study import study

    community = Community.objects.filter(pk=community_id).first()
    if community is None:
        return None
    with scope(community=community):
        data = from_database(community)
        mark = data_hash(data, asking_of())
        there: StoredResults | None = StoredResults.objects.filter(round=code, kind=STUDY).first()
        if there is not None and there.data_hash == mark:
            StoredResults.objects.filter(pk=there.pk).update(data_version=community.data_version)
            return there
        rounds = answers_of(data, community.code)
        if code not in rounds:
            return None
        names = dict(data["areas"].select("id", "name").iter_rows())
        return _keep(community, code, STUDY, mark, lambda: stored(study(rounds, code, names)))
