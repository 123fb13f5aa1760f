"""MRQAP beside R ``sna`` on the same matrices in the same run.

CPU seconds. R is timed at ``--peer-permutations`` and extrapolated linearly to ``--permutations``;
its fixed cost is taken off by timing 1 permutation too. Needs ``Rscript`` with ``sna``. Run:

    python benchmarks/networks_more.py [--runs 5] [--actors 200] [--permutations 2000]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from satuhati.core.networks.qap import mrqap

SCRIPT = """
suppressMessages({library(network); library(sna)})
a <- commandArgs(TRUE); n <- as.integer(a[2]); reps <- as.integer(a[3])
m <- lapply(0:3, function(i) matrix(scan(paste0(a[1], "/", i), quiet = TRUE), n, n, byrow = TRUE))
cpu <- function(r) sum(system.time(netlm(m[[1]], m[2:4], nullhyp = "qapspp", reps = r))[1:2])
one <- cpu(1); many <- cpu(reps)
cat(one, many, netlm(m[[1]], m[2:4], nullhyp = "classical")$coefficients)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--actors", type=int, default=200)
    parser.add_argument("--permutations", type=int, default=2000)
    parser.add_argument("--peer-permutations", type=int, default=100)
    args = parser.parse_args()
    rng = np.random.default_rng(1)
    matrices = (rng.random((4, args.actors, args.actors)) < 0.1).astype(np.float64)
    for m in matrices:
        np.fill_diagonal(m, 0.0)
    predictors = dict(zip("abc", matrices[1:], strict=True))
    spent = []
    for _ in range(args.runs):
        start = time.process_time()
        result = mrqap(matrices[0], predictors, permutations=args.permutations)
        spent.append(time.process_time() - start)
    ours = statistics.median(spent)
    with tempfile.TemporaryDirectory() as folder:
        for i, m in enumerate(matrices):
            np.savetxt(Path(folder) / str(i), m, fmt="%d")
        out = subprocess.run(
            ["Rscript", "-e", SCRIPT, folder, str(args.actors), str(args.peer_permutations)],
            check=True, capture_output=True, text=True,
        ).stdout.split()  # fmt: skip
    one, many, *coefficients = map(float, out)
    np.testing.assert_allclose(list(result.coefficients.values()), coefficients, atol=1e-5)
    each = (many - one) / (args.peer_permutations - 1)
    theirs = one + each * (args.permutations - 1)
    print(
        f"MRQAP, {args.actors} actors, 3 predictors, {args.permutations} permutations: "
        f"{ours:.2f} s; R sna {theirs:.0f} s (extrapolated from {args.peer_permutations}: "
        f"{many:.1f} s); {theirs / ours:.0f} times"
    )


if __name__ == "__main__":
    main()
