"""Scale texts: parsed, refused with a reason, and an inverse that comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satuhati.core.surveys.scales import Scale, parse_scale
from satuhati.errors import InputError

names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_. ]{0,8}[A-Za-z0-9_]", fullmatch=True)


def test_minus_marks_a_reversed_item():
    scale = parse_scale("A=A1-, A2 ,A3", 1, 6)
    assert scale == Scale("A", ("A1", "A2", "A3"), frozenset({"A1"}), 1, 6)
    assert scale.keys == (True, False, False)


@given(names, st.lists(st.tuples(names, st.booleans()), min_size=1, unique_by=lambda p: p[0]))
def test_written_scale_parses_back(name, items):
    text = f"{name}=" + ",".join(item + "-" * turned for item, turned in items)
    scale = parse_scale(text)
    assert scale.name == name
    assert list(zip(scale.items, scale.keys, strict=True)) == items


@given(st.text(max_size=40))
def test_no_text_raises_anything_but_our_error(text):
    try:
        scale = parse_scale(text)
    except InputError:
        return
    assert scale.items
    assert not scale.name.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(
    ("text", "low", "high", "why"),
    [
        ("A1,A2", None, None, "NAME="),
        ("=A1,A2", None, None, "NAME="),
        ("A=", None, None, "NAME="),
        ("A=A1,,A2", None, None, "NAME="),
        ("A=-", None, None, "NAME="),
        ("A=A1,A1-", None, None, "twice"),
        ("@A=A1,A2", None, None, "begin with"),
        ("A=A1,A2", 5, 1, "below"),
        ("A=A1,A2", 1, 1, "below"),
        ("A=A1,A2", float("nan"), 1, "numbers"),
        ("A=A1,A2", 0, float("inf"), "numbers"),
    ],
)
def test_refused_with_the_reason(text, low, high, why):
    with pytest.raises(InputError) as caught:
        parse_scale(text, low, high)
    assert why in caught.value.report("en")


@pytest.mark.parametrize(
    "fields",
    [
        {"items": ()},
        {"items": ("a", "a")},
        {"items": ("a",), "reversed": frozenset({"b"})},
        {"items": ("a",), "low": 3, "high": 1},
        {"items": ("a",), "low": float("nan")},
    ],
)
def test_a_scale_that_makes_no_sense_cannot_be_built(fields):
    with pytest.raises(ValueError, match=r"scale|item"):
        Scale("A", **fields)
