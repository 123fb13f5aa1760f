"""Likely duplicates among people. All people are made up."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.formats.people_list import read_people_text
from satuhati.formats.people_same import PER_PERSON, Known, LikelySame, likely_same
from satuhati.text import LANGUAGES

PHONE = "+6281234567890"
OTHER = "+6281234567891"


def why(one: Known, other: Known, *more: Known) -> str | None:
    found = likely_same([one], [other, *more])
    return next((pair.why.code for pair in found if pair.other == 0), None)


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        (Known("Bu Sekar Misal, S.Pd"), Known("SEKAR MISAL"), "same_name"),
        (Known("Misal Sekar"), Known("Sekar Misal"), "same_name"),
        (Known("H. Bayu"), Known("Pak Bayu"), "same_name"),
        (Known("Nur Hayati"), Known("Nurhayati"), "same_name"),
        (Known("Moch. Bayu"), Known("Muhammad Bayu"), "same_name"),
        (Known("Soetarno Misal"), Known("Sutarno Misal"), "same_name"),
        (Known("M. Bayu"), Known("Muhammad Bayu"), "same_name_longer"),
        (Known("Sekar Misal"), Known("Sekar Misal Contoh"), "same_name_longer"),
        (Known("Nurhayti"), Known("Nurhayati"), "same_name_spelt"),
        (Known("Sekar Lestrai"), Known("Sekar Lestari"), "same_name_spelt"),
        (Known("Sekar"), Known("Sekar Misal"), "same_name_only_one"),
        (Known("Sekar", PHONE), Known("Sekar Misal", PHONE), "same_phone_and_name"),
        (Known("Bayu", PHONE), Known("Sekar", PHONE), "same_phone"),
        (Known("Sekar Misal", PHONE), Known("Sekar Misal", OTHER), "same_name"),
        (Known("Sekar", PHONE), Known("Sekar Misal", OTHER), None),
        (Known("Sekar", rw="01"), Known("Sekar Misal", rw="02"), None),
        (Known("Budi", sex="female"), Known("Budi", sex="male"), None),
        (Known("Budi", PHONE, "female"), Known("Budi", PHONE, "male"), None),
        (Known("Suyanti"), Known("Suyanto"), None),
        (Known("Rina Misal"), Known("Dina Misal"), None),
        (Known("Sekar Misal"), Known("Sekar Contoh"), None),
        (Known("M. Bayu"), Known("M. Sekar"), None),
        (Known("B. S."), Known("Bayu Sekar"), None),
        (Known(""), Known(""), None),
    ],
)  # fmt: skip
def test_pairs_and_their_reasons(one: Known, other: Known, code: str | None) -> None:
    assert why(one, other) == code
    assert why(other, one) == code


def test_a_single_name_of_several_people_is_no_hint() -> None:
    assert why(Known("Sekar"), Known("Sekar Misal"), Known("Sekar Contoh")) is None


def test_a_pasted_list_against_the_register() -> None:
    pasted = read_people_text("Ketua: Bu Sekar 0812-3456-7890\nSekretaris: Pak Bayu Misal").people
    known = [Known("Bayu Misal"), Known("Sekar Contoh", PHONE, "female")]
    assert [(p.one, p.other, p.why.code) for p in likely_same(pasted, known)] == [
        (0, 1, "same_phone_and_name"), (1, 0, "same_name"),
    ]  # fmt: skip


def test_within_one_list_each_pair_comes_once() -> None:
    people = [Known("Sekar Misal"), Known("Bayu"), Known("Bu Sekar Misal")]
    assert [(p.one, p.other) for p in likely_same(people)] == [(0, 2)]


NAMES = st.lists(
    st.sampled_from(["Sekar", "Misal", "Bayu", "Nurhayati", "Nurhayti", "M.", "Sri"]), max_size=3
).map(" ".join)
PEOPLE = st.lists(
    st.builds(Known, NAMES, st.sampled_from(["", "", PHONE, OTHER]),
              st.sampled_from([None, "female", "male"]), st.sampled_from(["", "01", "02"])),
    max_size=12,
)  # fmt: skip


@given(PEOPLE, PEOPLE)
def test_pairs_are_deterministic_and_symmetric(ours: list[Known], theirs: list[Known]) -> None:
    def pairs(found: tuple[LikelySame, ...]) -> set[tuple[int, int, str]]:
        return {(p.one, p.other, p.why.code) for p in found}

    found = likely_same(ours, theirs)
    assert found == likely_same(ours, theirs)
    assert [p.one for p in found] == sorted(p.one for p in found)
    for lang in LANGUAGES:
        assert all("{" not in p.why.message(lang) for p in found)
    if max(len(ours), len(theirs)) <= PER_PERSON:
        turned = {(b, a, code) for a, b, code in pairs(likely_same(theirs, ours))}
        assert pairs(found) == turned


@given(PEOPLE)
def test_everyone_is_like_themselves(people: list[Known]) -> None:
    found = {(p.one, p.other) for p in likely_same(people, people[:PER_PERSON])}
    named = [i for i, p in enumerate(people[:PER_PERSON]) if p.name.strip()]
    assert {(i, i) for i in named} <= found


def test_two_thousand_names_without_all_pairs() -> None:
    draw = random.Random(7)
    parts = ["ba", "di", "ha", "ki", "lu", "mi", "na", "ra", "su", "ta", "wi", "yu"]

    def name() -> str:
        words = ["".join(draw.choices(parts, k=draw.randint(2, 4))) for _ in range(2)]
        return " ".join([draw.choice(["Siti", "Sri", "Nur", ""]), *words])

    def seconds(ours: list[Known], theirs: list[Known]) -> float:
        started = time.process_time()
        assert len(likely_same(ours, theirs)) <= PER_PERSON * len(ours)
        return time.process_time() - started

    ours, theirs = ([Known(name()) for _ in range(2000)] for _ in range(2))
    small = min(seconds(ours[:200], theirs[:200]) for _ in range(3))
    large = min(seconds(ours, theirs) for _ in range(2))
    assert large < 40 * small  # ten times the people; all pairs would take a hundred times
    assert small < 0.5  # about 0.02 s on an idle machine
    same = [Known("Siti")] * 2000
    assert seconds(same, same) < 60 * small
