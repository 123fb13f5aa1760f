"""Bootstrap of 20 scales x 2,000 draws beside ``scipy.stats.bootstrap``, and the graded response
model of 40 items x 10,000 persons beside ``girth``.

Prints CPU seconds of the same work on the same data in one run, warm, and their ratio; compares the
figures too. Without girth (``pip install girth``) only our own time is printed. Run:
``OPENBLAS_NUM_THREADS=1 python benchmarks/survey_items.py``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
from scipy import stats

from satuhati.core.surveys.graded import graded
from satuhati.core.surveys.resampling import bootstrap_scales
from satuhati.core.surveys.scales import Scale

SCALES, ITEMS, PERSONS, DRAWS = 20, 5, 1000, 2000
LEAST = {"bootstrap": 4, "graded": 2}


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def verdict(ratio: float, least: int) -> str:
    return f"{ratio:.1f} times ours (asked: {least}; {'held' if ratio >= least else 'NOT HELD'})"


def alpha(*items: np.ndarray, axis: int = -1) -> np.ndarray:
    S = np.stack(items)
    own, total = S.var(axis=axis, ddof=1).sum(axis=0), S.sum(axis=0).var(axis=axis, ddof=1)
    return ITEMS / (ITEMS - 1) * (1 - own / total)


def bootstrap() -> None:
    rng = np.random.default_rng(1)
    trait = np.repeat(rng.normal(size=(PERSONS, SCALES)), ITEMS, axis=1)
    X = np.clip(np.round(3 + 0.8 * trait + rng.normal(size=trait.shape)), 1, 5)
    columns = [f"i{i}" for i in range(SCALES * ITEMS)]
    blocks = [slice(s * ITEMS, (s + 1) * ITEMS) for s in range(SCALES)]
    scales = [Scale(f"s{s}", tuple(columns[at]), low=1, high=5) for s, at in enumerate(blocks)]
    means = np.column_stack([X[:, at].mean(axis=1) for at in blocks])
    work = {
        "alpha and mean, ours": lambda: bootstrap_scales(X, columns, scales, resamples=DRAWS),
        "mean, ours": lambda: bootstrap_scales(
            X, columns, scales, resamples=DRAWS, with_alpha=False
        ),
        "alpha, scipy": lambda: [
            stats.bootstrap(tuple(X[:, at].T), alpha, paired=True, vectorized=True,
                            n_resamples=DRAWS, method="BCa", rng=1)
            for at in blocks
        ],
        "mean, scipy": lambda: stats.bootstrap(
            (means,), np.mean, axis=0, n_resamples=DRAWS, method="BCa", batch=200, rng=1
        ),
    }  # fmt: skip
    for name in ("alpha and mean, ours", "mean, ours"):
        work[name]()
    print(f"bootstrap of {SCALES} scales x {DRAWS:,} draws, {PERSONS:,} persons, BCa")
    found = {name: cpu(one) for name, one in work.items()}
    for name, (seconds, _) in found.items():
        print(f"  {name:22}{seconds:9.3f} s")
    for name, ours in (("alpha, scipy", "alpha and mean, ours"), ("mean, scipy", "mean, ours")):
        print(f"  {name}: {verdict(found[name][0] / found[ours][0], LEAST['bootstrap'])}")
    mine = found["alpha and mean, ours"][1]["s0"].alpha.interval
    peer = found["alpha, scipy"][1][0].confidence_interval
    print(f"  first scale: {mine[0]:.3f}-{mine[1]:.3f}, scipy {peer.low:.3f}-{peer.high:.3f}")


def response_model() -> None:
    rng = np.random.default_rng(3)
    n, k = 10_000, 40
    a = rng.uniform(0.8, 2.2, k)
    b = np.sort(rng.normal(size=(k, 4)), axis=1) + np.arange(4) * 0.3 - 0.45
    trait = rng.normal(size=n)
    above = 1 / (1 + np.exp(-a[None, :, None] * (trait[:, None, None] - b[None])))
    X = (rng.random((n, k, 1)) < above).sum(axis=2) + 1
    items = [f"i{i}" for i in range(k)]
    ours, found = cpu(lambda: graded(X, items))
    print(f"graded response model, {n:,} persons x {k} items: ours {ours:.2f} s")
    try:
        grm_mml = import_module("girth").grm_mml  # no dependency of ours
    except ImportError:
        print("  girth is not there: no comparison")
        return
    theirs, peer = cpu(lambda: grm_mml(X.T))
    slopes = np.array([item.a for item in found.items.values()])
    apart = float(np.abs(slopes - peer["Discrimination"]).max())
    print(f"  girth {theirs:.2f} s: {verdict(theirs / ours, LEAST['graded'])}")
    print(f"  largest difference of a slope {apart:.4f} (asked: .01)")


if __name__ == "__main__":
    bootstrap()
    response_model()
