"""The profile finds the three problems of the study, and does not find them in the copy."""

from __future__ import annotations

import pytest

from satuhati.core.profile.build import profile
from satuhati.core.profile.results import Cell, Evidence, Profile
from satuhati.examples.generate import example

COMMITMENT = ("commitment", "individual", "pokja")
REGULARITY = ("planning_decision_governance", "organization", "pokja")
KNOWN = ("information_dissemination", "individual", "warga")


@pytest.fixture(scope="module")
def real() -> Profile:
    return profile(example(), "kdw")


@pytest.fixture(scope="module")
def clean() -> Profile:
    return profile(example(without_problems=True), "kdw")


def _cell(found: Profile, place: tuple[str, str, str]) -> Cell:
    (cell,) = [
        c
        for c in (*found.components, *found.functions)
        if (c.component, c.level, c.population) == place
    ]
    return cell


def _piece(
    found: Profile, place: tuple[str, str, str], measure: str, subject: str | None = None
) -> Evidence:
    """The one sufficient piece of a measure (of the door-to-door count, for a service)."""
    (piece,) = [
        e
        for e in _cell(found, place).evidence
        if e.measure == measure
        and e.status == "ok"
        and (subject is None or (e.subject == subject and e.frame == "door_to_door"))
    ]
    return piece


def test_no_fixed_schedule(real: Profile, clean: Profile) -> None:
    assert _piece(real, REGULARITY, "regularity").value == 0
    assert _piece(clean, REGULARITY, "regularity").value == 100


def test_members_who_stay_away(real: Profile, clean: Profile) -> None:
    """Willing in the survey and absent in the lists: the methods disagree, and say so."""
    away, there = (_piece(p, COMMITMENT, "participation") for p in (real, clean))
    assert away.value is not None
    assert away.value < 40
    assert away.interval is not None
    assert away.interval[1] < 60  # wholly under the group's own target
    assert there.interval is not None
    assert there.interval[0] > 60
    assert _cell(real, COMMITMENT).convergence == "dissonance"
    assert _cell(clean, COMMITMENT).convergence == "agreement"


def test_a_service_that_residents_do_not_know(real: Profile, clean: Profile) -> None:
    unknown, known = (_piece(p, KNOWN, "service_heard", "sigap") for p in (real, clean))
    assert unknown.interval is not None
    assert unknown.interval[1] < 50  # wholly under the group's own target
    assert known.interval is not None
    assert known.interval[0] > 50


def test_all_three_are_gaps_of_one_and_none_of_the_other(real: Profile, clean: Profile) -> None:
    def in_gaps(found: Profile, place: tuple[str, str, str], measure: str) -> bool:
        return any(
            (g.component, g.level, g.population, g.measure) == (*place, measure) for g in found.gaps
        )

    for place, measure in (
        (REGULARITY, "regularity"), (COMMITMENT, "participation"), (KNOWN, "service_heard"),
    ):  # fmt: skip
        assert in_gaps(real, place, measure)
        assert not in_gaps(clean, place, measure)
