"""Bonding, bridging and linking: ties inside a sector, between sectors, across authority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from satuhati.core.networks.network import Network, without_direction


@dataclass(frozen=True, slots=True)
class Bonds:
    """Tied pairs by kind; ``unknown`` lack a sector, or an authority where that decides."""

    bonding: int
    bridging: int
    linking: int
    unknown: int

    @property
    def shares(self) -> tuple[float, float, float] | None:
        """Bonding, bridging and linking of the pairs of known kind; ``None`` if there are none."""
        known = self.bonding + self.bridging + self.linking
        if not known:
            return None
        return self.bonding / known, self.bridging / known, self.linking / known


def bonds(
    network: Network, sectors: Sequence[str | None], authority: Sequence[int | None]
) -> Bonds:
    """Count tied pairs, direction ignored, by what they cross.

    *Linking*: the two differ in formal authority (Woolcock 2001; Szreter & Woolcock 2004: ties
    across explicit gradients of power). *Bonding*: same authority and sector. *Bridging*: same
    authority, another sector (Putnam 2000). Authority decides first; where one of two is not
    known they are taken to stand alike, for most people hold no office. Raises ``ValueError``
    when labels do not match the actors.
    """
    if len(sectors) != network.n or len(authority) != network.n:
        raise ValueError("labels must match the actors one to one")
    counts = {"bonding": 0, "bridging": 0, "linking": 0, "unknown": 0}
    for a, b in without_direction(network).edges.tolist():
        one, other = authority[a], authority[b]
        if one is not None and other is not None and one != other:
            counts["linking"] += 1
        elif sectors[a] is None or sectors[b] is None:
            counts["unknown"] += 1
        else:
            counts["bonding" if sectors[a] == sectors[b] else "bridging"] += 1
    return Bonds(**counts)
