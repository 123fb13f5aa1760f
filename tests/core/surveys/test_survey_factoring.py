"""Minres, quartimin and Schmid-Leiman against psych on Thurstone's nine variables."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from satuhati.core.surveys import factoring

REFERENCE = json.loads(
    (Path(__file__).parents[2] / "data" / "reference" / "surveys.json").read_text("utf-8")
)
THURSTONE = REFERENCE["thurstone"]
R = np.array(THURSTONE["correlations"])


def test_minres_finds_a_known_single_factor():
    loadings = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    made = np.outer(loadings, loadings)
    np.fill_diagonal(made, 1)
    found = factoring.minres(made, 1)
    np.testing.assert_allclose(found.loadings[:, 0], loadings, atol=1e-5)
    np.testing.assert_allclose(found.uniqueness, 1 - loadings**2, atol=1e-5)
    assert found.converged
    assert not found.heywood


def test_quartimin_recovers_a_simple_structure_with_correlated_factors():
    pattern = np.array([[0.8, 0], [0.7, 0], [0.6, 0], [0, 0.9], [0, 0.7], [0, 0.5]])
    phi = np.array([[1, 0.4], [0.4, 1]])
    made = pattern @ phi @ pattern.T
    np.fill_diagonal(made, 1)
    found = factoring.quartimin(factoring.minres(made, 2).loadings)
    order = np.argsort(-np.abs(found.loadings[0]))
    turned = found.loadings[:, order]
    np.testing.assert_allclose(np.abs(turned), pattern, atol=1e-4)
    assert abs(found.phi[0, 1]) == pytest.approx(0.4, abs=1e-4)
    assert found.converged
    # Rotation changes neither the common part nor the length of the factors.
    np.testing.assert_allclose(
        found.loadings @ found.phi @ found.loadings.T, pattern @ phi @ pattern.T, atol=1e-5
    )
    np.testing.assert_allclose(np.diagonal(found.phi), 1)


def test_schmid_leiman_equals_psych_on_thurstone():
    found = factoring.schmid_leiman(R, 3)
    assert np.abs(found.general) == pytest.approx(THURSTONE["general"], abs=2e-4)
    assert found.uniqueness == pytest.approx(THURSTONE["uniqueness"], abs=2e-4)
    assert found.converged
    assert not found.heywood


def test_heywood_case_is_said():
    # An item correlated 1 with the factor the others barely share.
    made = np.array([[1, 0.9, 0.9], [0.9, 1, 0.3], [0.9, 0.3, 1]])
    assert factoring.minres(made, 1).heywood


def test_number_of_factors_is_checked():
    with pytest.raises(ValueError, match="number of factors"):
        factoring.minres(R, 9)
    with pytest.raises(ValueError, match="at least three"):
        factoring.schmid_leiman(R, 2)
