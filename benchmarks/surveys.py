"""Alpha and item statistics of 8 scales x 1,000 persons, beside R's ``psych::alpha``.

Prints medians of the same work on the same data in one run, and their ratio; compares the alphas
too. Without ``Rscript`` and psych only our own time is printed. Also: means of 1,000 communities
at once. Run: ``OPENBLAS_NUM_THREADS=1 python benchmarks/surveys.py``.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from satuhati.core.surveys.means import group_means
from satuhati.core.surveys.reliability import reliabilities
from satuhati.core.surveys.scales import Scale

PERSONS, SCALES, ITEMS, RUNS = 1000, 8, 8, 15

R_CODE = """
suppressPackageStartupMessages(library(psych))
X <- read.csv(commandArgs(TRUE)[1])
scales <- lapply(1:{scales}, function(s) X[, ((s - 1) * {items} + 1):(s * {items})])
run <- function() lapply(scales, function(d) suppressWarnings(suppressMessages(alpha(d))))
found <- run()
times <- replicate({runs}, {{t <- proc.time(); run(); as.numeric((proc.time() - t)[1:2])}})
cat(sprintf('{{"median": %.9f, "alphas": [%s]}}', median(colSums(times)),
            paste(sprintf("%.12f", sapply(found, function(a) a$total$raw_alpha)), collapse = ", ")))
"""


def answers() -> tuple[np.ndarray, list[str], list[Scale]]:
    rng = np.random.default_rng(7)
    blocks = []
    for _ in range(SCALES):
        trait = rng.normal(size=(PERSONS, 1))
        raw = 3 + trait + rng.normal(size=(PERSONS, ITEMS))
        blocks.append(np.clip(np.round(raw), 1, 5))
    X = np.hstack(blocks)
    X[rng.random(X.shape) < 0.03] = np.nan
    columns = [f"s{s}_{i}" for s in range(SCALES) for i in range(ITEMS)]
    scales = [
        Scale(f"s{s}", tuple(columns[s * ITEMS : (s + 1) * ITEMS]), low=1, high=5)
        for s in range(SCALES)
    ]
    return X, columns, scales


def median_cpu(work: Callable[[], object]) -> float:
    """Median CPU seconds (all threads); several calls a run, as one is under the clock's grain."""
    work()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        for _ in range(10):
            work()
        times.append((time.process_time() - start) / 10)
    return statistics.median(times)


def psych(X: np.ndarray, columns: list[str]) -> tuple[float, list[float]] | None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        data, script = Path(folder, "answers.csv"), Path(folder, "alpha.R")
        pl.DataFrame(X, schema=columns).fill_nan(None).write_csv(data, null_value="NA")
        script.write_text(R_CODE.format(scales=SCALES, items=ITEMS, runs=RUNS), "utf-8")
        done = subprocess.run(
            [rscript, str(script), str(data)], capture_output=True, text=True, check=False
        )
    if done.returncode:
        return None
    found = json.loads(done.stdout)
    return found["median"], found["alphas"]


def communities(n: int = 1000, persons: int = 60) -> pl.DataFrame:
    rng = np.random.default_rng(8)
    size = n * persons
    return pl.DataFrame(
        {
            "community": np.repeat(np.arange(n), persons),
            "score": rng.uniform(0, 100, size),
            "weight": rng.uniform(0.5, 2, size),
            "stratum": rng.integers(0, 4, size),
            "cluster": rng.integers(0, 12, size),
        }
    )


def main() -> None:
    X, columns, scales = answers()
    print(f"{SCALES} scales of {ITEMS} items x {PERSONS} persons, 3 % missing; median CPU seconds")
    plain = median_cpu(lambda: reliabilities(X, columns, scales, with_omega=False))
    print(f"  satuhati, alpha + interval + item statistics  {plain:10.5f}")
    print(
        "  satuhati, the same and omega                 "
        f" {median_cpu(lambda: reliabilities(X, columns, scales)):10.5f}"
    )
    peer = psych(X, columns)
    if peer is None:
        print("  psych::alpha: Rscript with psych is not installed")
    else:
        seconds, alphas = peer
        ours = reliabilities(X, columns, scales, with_omega=False)
        apart = max(abs((ours[s.name].alpha or 0) - a) for s, a in zip(scales, alphas, strict=True))
        print(f"  psych::alpha                                  {seconds:10.5f}")
        print(f"  ratio                                         {seconds / plain:10.1f}")
        print(f"  largest difference in alpha                   {apart:10.1e}")
    frame = communities()
    simple = median_cpu(lambda: group_means(frame, ["community"], "score"))
    design = median_cpu(
        lambda: group_means(frame, ["community"], "score", "weight", "stratum", "cluster")
    )
    print(f"means of 1,000 communities x 60 persons: simple {simple:.4f}, full design {design:.4f}")


if __name__ == "__main__":
    main()
