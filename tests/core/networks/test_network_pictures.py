"""Pictures of rounds: one place per actor, what is counted, what is left out and said."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from satuhati.core.networks.pictures import ClosedRound, Pictures, Spot, Told, pictures

SECTORS = {"a": "pokja", "b": "pokja", "c": "warga", "d": "warga", "e": "swasta", "f": "swasta"}


def one(ties: list[Told], asked: dict[str, bool] | None = None, wave: int = 1) -> ClosedRound:
    everybody = dict.fromkeys("abcdef", True) if asked is None else asked
    return ClosedRound(wave, "2026-10-28", everybody, ties)


def spots(found: Pictures, n: int = 0) -> dict[str, Spot]:
    return {s.id: s for s in found.pictures[n].spots}


LINE = [Told("a", "b", "information"), Told("b", "c", "information"), Told("c", "d", "support"),
        Told("d", "e", "support")]  # fmt: skip


def test_a_line_of_five_and_one_alone() -> None:
    found = pictures([one(LINE)], SECTORS)
    picture, who = found.pictures[0], spots(found)
    assert (picture.asked, picture.answered, picture.rate, picture.robust) == (6, 6, 1.0, True)
    assert (picture.alone, picture.parts) == (1, 2)
    assert picture.density == pytest.approx(4 / 30)
    # Five on a line: ten pairs, of which the middle one takes part in four and cuts four.
    assert (who["c"].pairs, who["c"].kept) == (6, 2)
    assert (who["a"].pairs, who["a"].kept) == (6, 6)
    assert (who["f"].pairs, who["f"].kept) == (10, 10)
    assert who["c"].betweenness == 4.0
    assert who["c"].sectors == ("pokja",)
    assert who["d"].sectors == ("swasta",)
    assert who["c"].could == 2
    assert (who["c"].named, who["c"].names, who["c"].contacts) == (1, 1, 2)
    assert who["b"].only_way == ("pokja",)
    assert who["e"].only_way == ("swasta",)
    assert who["d"].only_way == ("swasta",)
    assert who["a"].only_way == ()


def test_flows_are_apart_and_of_what_respondents_could_say() -> None:
    asked = {**dict.fromkeys("abcdef", True), "b": False}
    found = pictures([one([*LINE, Told("a", "c", "information")], asked)], SECTORS)
    flows = {(f.relation, f.first, f.second): (f.ties, f.possible)
             for f in found.pictures[0].flows}  # fmt: skip
    assert flows["information", "pokja", "warga"] == (1, 2)  # of a alone; b did not answer
    assert flows["information", "pokja", "pokja"] == (1, 1)
    assert flows["support", "warga", "swasta"] == (1, 4)
    assert flows["support", "pokja", "warga"] == (0, 2)


def test_silence_is_no_missing_tie() -> None:
    asked = {**dict.fromkeys("abcdef", True), "e": False, "f": False}
    work = Told("f", "a", "resources", 1.0, "work")
    reported, done = pictures([one([*LINE, work], asked)], SECTORS).pictures
    # f was silent and nobody named them: nothing is known, so they do not count as alone.
    assert reported.alone == 0
    assert reported.density == pytest.approx(4 / 20)  # four answered, five others each
    assert reported.sure[""].density == reported.density
    assert reported.sure[""].within == pytest.approx(2 / 4)
    assert reported.sure[""].between == pytest.approx(2 / 16)
    # What work put on record stands, whoever answered.
    flows = {(f.relation, f.first, f.second): (f.ties, f.possible) for f in done.flows}
    assert flows["resources", "swasta", "pokja"] == (1, 4)
    assert done.alone == 4
    assert done.density == pytest.approx(1 / 30)


def test_a_tie_of_who_was_silent_once_is_neither_new_nor_gone() -> None:
    silent = {**dict.fromkeys("abcdef", True), "c": False}
    again = [t for t in LINE if t.source != "c"]
    change = pictures([one(LINE), one(again, silent, 2)], SECTORS).changes[0]
    assert (change.stable, change.twice) == (6, 5)
    assert (change.kept, change.new, change.gone, change.jaccard) == (3, 0, 0, 1.0)


def test_what_cannot_be_a_tie_is_left_out_and_counted() -> None:
    bad = [
        Told("a", "a", "information"), Told("a", "b", "information", 0.0),
        Told("a", "c", "information", -2.0), Told("a", "d", "information", float("nan")),
        Told("a", "stranger", "information"), Told("b", "c", "information"),
        Told("a", "b", "goto"),
    ]  # fmt: skip
    found = pictures([one([*LINE, *bad])], SECTORS)
    assert found.pictures[0].left_out == {"self": 1, "weight": 3, "outside": 1, "repeated": 1}
    assert found.pictures[0].arcs == pictures([one(LINE)], SECTORS).pictures[0].arcs
    assert "goto" not in found.pictures[0].arcs


def test_work_is_a_picture_of_its_own() -> None:
    work = Told("a", "f", "collaboration", 2.0, "work")
    found = pictures([one([*LINE, work])], SECTORS)
    assert [p.origin for p in found.pictures] == ["reported", "work"]
    assert spots(found)["f"].contacts == 0
    assert spots(found, 1)["f"].contacts == 1
    assert found.pictures[1].arcs == {"collaboration": ((0, 5, 2.0),)}


def test_too_few_answers_are_marked() -> None:
    asked = dict(zip("abcdef", (True, True, False, False, False, False), strict=True))
    picture = pictures([one(LINE, asked)], SECTORS).pictures[0]
    assert picture.rate == pytest.approx(1 / 3)
    assert not picture.robust
    # Two told ties, of ten pairs they could speak of; among the two of them one of two.
    assert picture.densities["available"] == pytest.approx(2 / 10)
    assert picture.densities["deletion"] == pytest.approx(1 / 2)


def test_places_are_the_same_in_every_wave_and_every_run() -> None:
    second = one([Told("a", "f", "support")], dict.fromkeys("abf", True), 2)
    found = pictures([one(LINE), second], SECTORS)
    assert found == pictures([one(LINE), second], SECTORS)
    assert set(found.places) == set("abcdef")
    assert all(0 <= v <= 1 for spot in found.places.values() for v in spot)
    change = found.changes[0]
    assert (change.joined, change.left, change.half_left, change.stable) == (0, 3, True, 3)
    assert (change.kept, change.new, change.gone, change.jaccard) == (0, 1, 1, 0.0)


@pytest.mark.parametrize(
    ("asked", "ties", "parts", "alone"),
    [
        ({}, [], 0, 0),
        ({"a": True}, [], 1, 1),
        ({"a": True, "b": True}, [], 2, 2),
        ({}, [Told("a", "b", "support"), Told("c", "d", "support")], 2, 0),
    ],
    ids=["nothing", "one", "no ties", "two parts, no roster"],
)
def test_edges_of_the_map(asked: dict[str, bool], ties: list[Told], parts: int, alone: int) -> None:
    found = pictures([one(ties, asked)], SECTORS)
    assert (found.pictures[0].parts, found.pictures[0].alone) == (parts, alone)
    # What is stored is JSON without NaN.
    json.dumps(asdict(found), allow_nan=False)


def test_no_round() -> None:
    assert pictures([], SECTORS) == Pictures({}, {}, (), ())
