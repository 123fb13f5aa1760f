"""The registry of computations a row of ``measures.csv`` may name; no code lives in the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import polars as pl

from satuhati.core.profile.context import Context
from satuhati.schema.measures import Measure

Computation = Callable[[Context, Measure, str], pl.DataFrame]
"""(records, measure, parameter after the colon) -> findings of all cases."""


class Registered(NamedTuple):
    kind: str
    name: str


COMPUTATIONS: dict[Registered, Computation] = {}
GENERAL: dict[str, Computation] = {}
"""Kinds whose ``of`` is a parameter rather than a name: ``scale``, ``item``, ``indicator``."""


def registered(kind: str, name: str) -> Callable[[Computation], Computation]:
    """Register a computation under a kind and a name."""

    def enter(function: Computation) -> Computation:
        COMPUTATIONS[Registered(kind, name)] = function
        return function

    return enter


def general(kind: str) -> Callable[[Computation], Computation]:
    """Register the one computation of a kind."""

    def enter(function: Computation) -> Computation:
        GENERAL[kind] = function
        return function

    return enter


def computation(measure: Measure) -> tuple[Computation, str]:
    """The computation a measure names, and its parameter. Raises ``KeyError`` if unknown."""
    if measure.kind in GENERAL:
        return GENERAL[measure.kind], measure.of
    name, _, parameter = measure.of.partition(":")
    return COMPUTATIONS[Registered(measure.kind, name)], parameter
