"""No valid record makes the profile fail, whatever odd things a community writes down."""

from __future__ import annotations

import json

from community_strategies import communities
from hypothesis import given, settings

from satuhati.core.profile.assemble import dossier
from satuhati.core.profile.build import profiles
from satuhati.core.profile.verdict import verdict
from satuhati.core.results import plain


@settings(max_examples=25)
@given(communities())
def test_any_valid_community_has_a_profile(data):
    found = profiles(data)
    assert set(found) == set(data.communities)
    for code, profile in found.items():
        json.dumps(plain(profile), allow_nan=False)
        for cell in (*profile.components, *profile.functions):
            assert cell.convergence == verdict(cell.voices)
            for piece in cell.evidence:
                assert piece.value is None or 0 <= piece.value <= 100
        json.dumps(plain(dossier(data, code)), allow_nan=False)
