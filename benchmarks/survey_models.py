"""Polychoric correlations of 40 items x 1,000 persons, beside R's ``lavaan::lavCor``.

Prints medians of the same work on the same data in one run, warm, and their ratio; compares the
correlations too. Without ``Rscript`` and lavaan only our own time is printed. Run:
``OPENBLAS_NUM_THREADS=1 python benchmarks/survey_models.py``.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from satuhati.core.surveys.polychoric import polychoric

PERSONS, ITEMS, RUNS = 1000, 40, 7

R_CODE = """
suppressPackageStartupMessages(library(lavaan))
X <- read.csv(commandArgs(TRUE)[1])
run <- function() suppressWarnings(lavCor(X, ordered = names(X)))
found <- run()
t <- replicate(2, system.time(run())[["elapsed"]])
cat(sprintf("{\\"seconds\\": %.6f, \\"first\\": %.9f, \\"last\\": %.9f}\\n", median(t),
            found[2, 1], found[nrow(found), nrow(found) - 1]))
"""


def main() -> None:
    rng = np.random.default_rng(1)
    latent = rng.normal(size=(PERSONS, ITEMS)) + rng.normal(size=(PERSONS, 1))
    answers = np.digitize(latent, [-1.5, -0.5, 0.5, 1.5]) + 1.0
    polychoric(answers)
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        found = polychoric(answers)
        times.append(time.perf_counter() - start)
    ours = statistics.median(times)
    print(f"polychoric {ITEMS} x {ITEMS} on {PERSONS:,}: {ours:.3f} s warm")
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
    print(
        f"differences: {found.R[1, 0] - theirs['first']:.1e} {found.R[-1, -2] - theirs['last']:.1e}"
    )


if __name__ == "__main__":
    main()
