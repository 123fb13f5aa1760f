"""Polychoric correlations of 40 items x 1,000 persons beside R's ``lavaan::lavCor``, and a
confirmatory model of 8 factors x 5 items with standard errors beside ``lavaan::cfa``.

Prints medians of the same work on the same data in one run, warm, and their ratio; compares the
figures too. Without ``Rscript`` and lavaan only our own time is printed. Run:
``OPENBLAS_NUM_THREADS=1 python benchmarks/survey_models.py``.
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

from satuhati.core.surveys.cfa import confirm
from satuhati.core.surveys.polychoric import polychoric

PERSONS, ITEMS, RUNS = 1000, 40, 7

R_CODE = """
suppressPackageStartupMessages(library(lavaan))
X <- read.csv(commandArgs(TRUE)[1])
run <- function() suppressWarnings(lavCor(X, ordered = names(X)))
found <- run()
t <- replicate(2, system.time(run())[["elapsed"]])
model <- paste(sapply(0:7, function(f) paste0("f", f, " =~ ",
               paste0("x", f * 5 + 0:4, collapse = " + "))), collapse = "\\n")
fitted <- function() cfa(model, data = X, std.lv = TRUE)
m <- fitted()
c <- replicate(3, system.time(fitted())[["elapsed"]])
cat(sprintf(paste0("{\\"seconds\\": %.6f, \\"first\\": %.9f, \\"last\\": %.9f, ",
                   "\\"cfa\\": %.6f, \\"chisq\\": %.6f}\\n"), median(t),
             found[2, 1], found[nrow(found), nrow(found) - 1], median(c),
            fitMeasures(m, "chisq")))
"""


def median_time(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    rng = np.random.default_rng(1)
    common = rng.normal(size=(PERSONS, 8)) + rng.normal(size=(PERSONS, 1))
    latent = rng.normal(size=(PERSONS, ITEMS)) + np.repeat(common, 5, axis=1)
    answers = np.digitize(latent, [-1.5, -0.5, 0.5, 1.5]) + 1.0
    found = polychoric(answers)
    ours = median_time(lambda: polychoric(answers))
    items = [f"x{i}" for i in range(ITEMS)]
    factors = {f"f{f}": items[5 * f : 5 * f + 5] for f in range(8)}
    model = confirm(answers, items, factors)
    ours_cfa = median_time(lambda: confirm(answers, items, factors))
    print(f"polychoric {ITEMS} x {ITEMS} on {PERSONS:,}: {ours:.3f} s warm")
    print(f"cfa 8 x 5 on {PERSONS:,}: {ours_cfa:.3f} s warm")
    if not shutil.which("Rscript"):
        print("Rscript is not there: no comparison")
        return
    with tempfile.TemporaryDirectory() as folder:
        data, code = Path(folder) / "x.csv", Path(folder) / "x.R"
        header = ",".join(f"x{i}" for i in range(ITEMS))
        np.savetxt(data, answers, fmt="%d", delimiter=",", header=header, comments="")
        code.write_text(R_CODE, "utf-8")
        done = subprocess.run(["Rscript", str(code), str(data)], capture_output=True, text=True)
    if done.returncode:
        print("lavaan is not there: no comparison")
        return
    theirs = json.loads(done.stdout)
    print(
        f"lavaan lavCor: {theirs['seconds']:.3f} s warm; {theirs['seconds'] / ours:.0f} times ours"
    )
    print(f"lavaan cfa: {theirs['cfa']:.3f} s warm; {theirs['cfa'] / ours_cfa:.0f} times ours")
    print(f"chi-square: {model.fit.chisq:.4f}, lavaan {theirs['chisq']:.4f}")
    print(
        f"differences: {found.R[1, 0] - theirs['first']:.1e} {found.R[-1, -2] - theirs['last']:.1e}"
    )


if __name__ == "__main__":
    main()
