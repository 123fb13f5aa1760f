"""How likely a quorum is: each member's turn-out, partially pooled, and how many will come.

Plain numbers and no arrays: pages of the web ask for it too, and their processes stay light.

Turn-out: ``k_i`` of ``n_i`` meetings attended, ``k_i ~ Binomial(n_i, θ_i)``, ``θ_i ~ Beta`` with
mean μ and intraclass correlation ρ = 1/(α + β + 1), both by moments. A member with few meetings
is drawn towards the group, one with many keeps the own rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum


@dataclass(frozen=True, slots=True)
class Turnout:
    """``probability`` per member; ``mean`` μ and ``correlation`` ρ of the group (0–1).

    ρ = 0: members do not differ beyond chance, all get μ. ρ = 1: no pooling.
    """

    probability: tuple[float, ...]
    mean: float
    correlation: float


def pooled_turnout(attended: Sequence[float], invited: Sequence[float]) -> Turnout:
    """Each member's probability of coming to one further meeting (a proportion).

    With N = Σn, p = Σk/N, S = Σ n (k/n − p)²::

        ρ   = (S − p q (m − 1)) / (p q (N − Σn²/N − (m − 1))),  cut to 0–1
        θ_i = (k_i + μ M) / (n_i + M),  M = (1 − ρ)/ρ,  μ = p

    over the m members ever invited; who was never invited gets μ. Where no one or everyone came
    each time μ = (K + ½)/(N + 1): a record of certainty is not certainty. θ_i is the mean of the
    posterior, and so the predictive probability of one meeting.

    Raises :class:`ValueError` when nobody was ever invited, or for counts with k < 0 or k > n.

    Kleinman, J. C. (1973). Proportions with extraneous variance: single and independent samples.
    Journal of the American Statistical Association 68(341), 46–54 (weights n_i).
    """
    k, n = list(map(float, attended)), list(map(float, invited))
    if len(k) != len(n) or any(x < 0 or x > y for x, y in zip(k, n, strict=True)):
        raise ValueError("attended must lie between 0 and invited")
    known = [(x, y) for x, y in zip(k, n, strict=True) if y > 0]
    came, total, m = fsum(k), fsum(n), len(known)
    if not m:
        raise ValueError("nobody was invited")
    p = came / total
    if p in (0.0, 1.0):
        mu = (came + 0.5) / (total + 1)
        return Turnout((mu,) * len(k), mu, 0.0)
    spread = fsum(y * (x / y - p) ** 2 for x, y in known)
    room = total - fsum(y * y for y in n) / total - (m - 1)
    # Everyone invited once at most: between and within members cannot be told apart.
    rho = (spread - p * (1 - p) * (m - 1)) / (p * (1 - p) * room) if room > 1e-9 else 0.0
    rho = min(max(rho, 0.0), 1.0)
    if rho == 0.0:
        return Turnout((p,) * len(k), p, 0.0)
    prior = (1 - rho) / rho
    theta = ((x + p * prior) / (y + prior) if y > 0 else p for x, y in zip(k, n, strict=True))
    return Turnout(tuple(theta), p, rho)


def present_distribution(probability: Sequence[float]) -> list[float]:
    """P(exactly j come), j = 0 … n: the Poisson-binomial distribution, exact.

    Adding one member at a time: ``f ← f·(1 − p) + shift(f)·p``; n² steps, all terms positive, so
    nothing cancels. Members decide independently of each other, which friends and couples do not:
    the tails are somewhat heavier in life. Raises :class:`ValueError` for p outside 0–1.

    Wang, Y. H. (1993). On the number of successes in independent trials. Statistica Sinica 3;
    the recursion: Barlow & Heidtmann 1984, IEEE Transactions on Reliability 33.
    """
    p = list(map(float, probability))
    if not all(0 <= one <= 1 for one in p):
        raise ValueError("a probability lies between 0 and 1")
    f = [1.0]
    for one in p:
        off = 1 - one
        f = [f[0] * off, *(f[j] * off + f[j - 1] * one for j in range(1, len(f))), f[-1] * one]
    return f


def quorum_probability(probability: Sequence[float], needed: int) -> float:
    """P(at least ``needed`` come); 1 for ``needed`` ≤ 0, 0 for more than there are members."""
    f = present_distribution(probability)
    return min(fsum(f[needed:]), 1.0) if needed > 0 else 1.0
