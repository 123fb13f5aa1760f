"""From one schema version to the next: pure functions on rows of text.

A package is, to an upgrade, a mapping of file stems (``meetings``, ``answers/sci``) to rows, each
a mapping of column to text (an empty cell is ``""``). ``UPGRADES[n]`` turns version ``n`` into
``n + 1``; none is ever removed, and each version keeps a golden package in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Rows = list[dict[str, str]]
Package = dict[str, Rows]
Upgrade = Callable[[Package], Package]

UPGRADES: Mapping[int, Upgrade] = {}
"""Version 1 is the first; there is nothing older yet."""


def upgraded(
    package: Package, found: int, to: int, registry: Mapping[int, Upgrade] = UPGRADES
) -> Package:
    """The package at version ``to``; the given one is not changed.

    Raises ``KeyError`` (the version) if a step is not registered.
    """
    now = {name: [dict(row) for row in rows] for name, rows in package.items()}
    for version in range(found, to):
        now = registry[version](now)
    return now
