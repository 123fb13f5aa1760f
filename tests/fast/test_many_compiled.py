"""Machine code for many networks says what the arrays say, and is used only where it pays."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satuhati.core.networks import many as module
from satuhati.core.networks.many import ManyNetworks, describe_many
from satuhati.errors import MissingExtraError


def columns(many: ManyNetworks, *, compiled: bool) -> np.ndarray:
    return np.array(astuple(describe_many(many, compiled=compiled)))


@st.composite
def some_networks(draw: st.DrawFn) -> ManyNetworks:
    """Any order, repeated ties, networks without ties or actors, widths about that of a word."""
    sizes = draw(
        st.lists(
            st.one_of(st.integers(0, 9), st.sampled_from([31, 32, 33, 63, 64, 65])),
            min_size=1, max_size=6,
        )
    )  # fmt: skip
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    parts = []
    for k, n in enumerate(sizes):
        if n > 1:
            ties = rng.integers(0, n, (rng.integers(0, 5 * n), 2))
            ties = ties[ties[:, 0] != ties[:, 1]]
            parts.append(np.column_stack([np.full(len(ties), k), ties]))
    rows = np.concatenate([np.zeros((0, 3), dtype=np.int64), *parts])
    rng.shuffle(rows)
    groups = rng.integers(-1, 3, sum(sizes)) if draw(st.booleans()) else None
    return ManyNetworks(np.array(sizes), *rows.T, groups, draw(st.booleans()))


@settings(max_examples=150, deadline=None)
@given(some_networks())
def test_the_same_figures(many: ManyNetworks) -> None:
    np.testing.assert_allclose(
        columns(many, compiled=True), columns(many, compiled=False), rtol=1e-12
    )


@pytest.mark.parametrize(
    ("net", "source", "target"),
    [([0], [0], [0]), ([0], [0], [2]), ([1], [0], [1]), ([0], [-1], [1])],
)
def test_what_does_not_fit_is_refused(net: list[int], source: list[int], target: list[int]) -> None:
    wrong = ManyNetworks(np.array([2]), np.array(net), np.array(source), np.array(target))
    said = []
    for compiled in (True, False):
        with pytest.raises(ValueError, match="tie") as caught:
            describe_many(wrong, compiled=compiled)
        said.append(str(caught.value))
    assert said[0] == said[1]


def test_only_where_it_pays_and_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "satuhati.core.networks.compiled"
    assert module._compiled(1) is (name in sys.modules)
    monkeypatch.delitem(sys.modules, name, raising=False)
    assert not module._compiled(module.COMPILED_FROM - 1)
    assert module._compiled(module.COMPILED_FROM)
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    assert not module._compiled(module.COMPILED_FROM)
    monkeypatch.setitem(sys.modules, name, None)
    one = ManyNetworks(np.array([2]), *np.array([[0], [0], [1]]))
    with pytest.raises(MissingExtraError, match="fast"):
        describe_many(one, compiled=True)


def test_a_few_networks_load_no_compiler() -> None:
    code = (
        "import sys, numpy as np\n"
        "from satuhati.core.networks.many import ManyNetworks, describe_many\n"
        "describe_many(ManyNetworks(np.array([2]), *np.array([[0], [0], [1]])))\n"
        "assert 'numba' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
