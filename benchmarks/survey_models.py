"""Models of 40 items x 1,000 persons beside R: polychoric correlations (``lavaan::lavCor``),
confirmatory models of 8 factors x 5 items by maximum likelihood, with missing answers, and by WLSMV
(``lavaan::cfa``), and a mixed model beside ``lme4``.

Prints median CPU seconds of the same work on the same data in one run, warm, and their ratio;
compares the figures too; then the whole process of one command line beside ``Rscript``, by the
clock. Without ``Rscript`` and lavaan only our own time is printed. Run:
``OPENBLAS_NUM_THREADS=1 python benchmarks/survey_models.py``.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from satuhati.core.surveys.cfa import confirm
from satuhati.core.surveys.mixed import fit_mixed
from satuhati.core.surveys.ordered import confirm_ordered
from satuhati.core.surveys.polychoric import polychoric

PERSONS, ITEMS, RUNS = 1000, 40, 7
LEAST = {"lavCor": 25, "cfa": 20, "wlsmv": 10}
"""Times faster than R that we hold ourselves to."""

MODEL = """
suppressPackageStartupMessages(library(lavaan))
X <- read.csv(commandArgs(TRUE)[1])
model <- paste(sapply(0:7, function(f) paste0("f", f, " =~ ",
               paste0("x", f * 5 + 0:4, collapse = " + "))), collapse = "\\n")
wlsmv <- function() suppressWarnings(cfa(model, data = X, std.lv = TRUE, ordered = names(X)))
"""
WARM = (
    MODEL
    + """
H <- read.csv(commandArgs(TRUE)[2])
cpu <- function(t) t[["user.self"]] + t[["sys.self"]]
seconds <- function(f, n) median(replicate(n, cpu(system.time(f()))))
run <- function() suppressWarnings(lavCor(X, ordered = names(X)))
fitted <- function() cfa(model, data = X, std.lv = TRUE)
full <- function() cfa(model, data = H, std.lv = TRUE, missing = "fiml")
found <- run(); m <- fitted(); w <- wlsmv(); once <- cpu(system.time(h <- full()))
f <- fitMeasures(w, c("chisq", "chisq.scaled", "cfi.scaled", "rmsea.scaled"))
cat(sprintf(paste0('{"lavCor": %.6f, "first": %.9f, "last": %.9f, "cfa": %.6f, "chisq": %.6f, ',
  '"wlsmv": %.6f, "ordered": [%.6f, %.6f, %.6f, %.6f], "fiml": %.6f, "fiml_chisq": %.6f'),
  seconds(run, 2), found[2, 1], found[nrow(found), nrow(found) - 1], seconds(fitted, 3),
  fitMeasures(m, "chisq"), seconds(wlsmv, 1), f[1], f[2], f[3], f[4], once,
  fitMeasures(h, "chisq")))
if (requireNamespace("lme4", quietly = TRUE)) {
  d <- read.csv(commandArgs(TRUE)[3])
  level <- function() lme4::lmer(y ~ x + (x | g), d)
  l <- level()
  sd <- attr(lme4::VarCorr(l)$g, "stddev")[1]
  cat(sprintf(', "lme4": %.6f, "sd": %.8f', seconds(level, 5), sd))
}
cat("}\\n")
"""
)
WHOLE = MODEL + 'cat(fitMeasures(wlsmv(), "chisq"), "\\n")\n'


def median_time(work: Callable[[], object], runs: int = RUNS) -> float:
    """CPU seconds, as in R's code above: what else the machine does tells on neither."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def answers() -> np.ndarray:
    rng = np.random.default_rng(1)
    common = rng.normal(size=(PERSONS, 8)) + rng.normal(size=(PERSONS, 1))
    latent = rng.normal(size=(PERSONS, ITEMS)) + np.repeat(common, 5, axis=1)
    return np.digitize(latent, [-1.5, -0.5, 0.5, 1.5]) + 1.0


def grouped() -> tuple[np.ndarray, np.ndarray, list[str]]:
    """1,000 answers in 50 groups that differ in level and slope."""
    rng = np.random.default_rng(2)
    at = rng.integers(0, 50, PERSONS)
    x = rng.normal(size=PERSONS)
    y = 3 + rng.normal(size=50)[at] + x * (1 + rng.normal(size=50)[at] / 2)
    return y + rng.normal(size=PERSONS), x, [f"g{g}" for g in at]


def written(path: Path, header: list[str], rows: np.ndarray | list[list[object]]) -> Path:
    lines = [",".join("NA" if v != v else str(v) for v in row) for row in rows]
    path.write_text("\n".join([",".join(header), *lines]) + "\n", "utf-8")
    return path


def say(label: str, theirs: float, ours: float, least: int | None = None) -> None:
    ratio = theirs / ours
    held = "" if least is None else f" (asked: {least}; {'held' if ratio >= least else 'NOT HELD'})"
    times = f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}"
    print(f"{label}: {theirs:.3f} s, ours {ours:.4f} s warm; {times} times ours{held}")


def in_r(rscript: str, code: str, folder: Path, *data: Path) -> tuple[str, float] | None:
    script = folder / "x.R"
    script.write_text(code, "utf-8")
    start = time.perf_counter()
    done = subprocess.run(
        [rscript, str(script), *map(str, data)], capture_output=True, text=True, check=False
    )
    return (done.stdout, time.perf_counter() - start) if not done.returncode else None


def main() -> None:
    X = answers()
    H = np.where(np.random.default_rng(3).random(X.shape) < 0.03, np.nan, X)
    y, x, groups = grouped()
    items = [f"x{i}" for i in range(ITEMS)]
    factors = {f"f{f}": items[5 * f : 5 * f + 5] for f in range(8)}
    work: dict[str, Callable[[], Any]] = {
        "lavCor": lambda: polychoric(X),
        "cfa": lambda: confirm(X, items, factors),
        "wlsmv": lambda: confirm_ordered(X, items, factors),
        "fiml": lambda: confirm(H, items, factors, missing="fiml"),
        "lme4": lambda: fit_mixed(y, groups, {"x": x}, slope="x"),
    }
    found = {name: one() for name, one in work.items()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = written(folder / "x.csv", items, X)
        holes = written(folder / "h.csv", items, H)
        table = [[a, b, g] for a, b, g in zip(y.tolist(), x.tolist(), groups, strict=True)]
        mixed = written(folder / "m.csv", ["y", "x", "g"], table)
        rscript = shutil.which("Rscript")
        got = in_r(rscript, WARM, folder, whole, holes, mixed) if rscript else None
        ours = {name: median_time(one) for name, one in work.items()}
        asked = [f"--factor={f}={','.join(of)}" for f, of in factors.items()]
        ours_there = str(Path(sys.executable).with_name("satuhati"))
        command = [ours_there, "survey", "cfa", str(whole), *asked, "--ordered", "--json"]
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        process = time.perf_counter() - start
        theirs_whole = in_r(rscript, WHOLE, folder, whole) if rscript else None
    if got is None:
        for label, seconds in ours.items():
            print(f"{label}: ours {seconds:.4f} s warm; Rscript with lavaan is not there")
        return
    theirs = json.loads(got[0])
    say(f"polychoric {ITEMS} x {ITEMS} on {PERSONS:,}, lavaan lavCor",
        theirs["lavCor"], ours["lavCor"], LEAST["lavCor"])  # fmt: skip
    say("cfa 8 x 5 with standard errors, lavaan", theirs["cfa"], ours["cfa"], LEAST["cfa"])
    say("cfa of ordered answers (WLSMV), lavaan", theirs["wlsmv"], ours["wlsmv"], LEAST["wlsmv"])
    say("cfa with 3 % missing (FIML), lavaan", theirs["fiml"], ours["fiml"])
    if "lme4" in theirs:
        say("mixed model, 50 groups with slopes, lme4", theirs["lme4"], ours["lme4"])
        print(f"  SD of levels {found['lme4'].sd['(intercept)']:.6f}, lme4 {theirs['sd']:.6f}")
    R = found["lavCor"].R
    apart = [R[1, 0] - theirs["first"], R[-1, -2] - theirs["last"]]
    print(f"  differences of correlations: {apart[0]:.1e} {apart[1]:.1e}")
    for label, model in (("chisq", "cfa"), ("fiml_chisq", "fiml")):
        print(f"  chi-square {model}: {found[model].fit.chisq:.4f}, lavaan {theirs[label]:.4f}")
    scaled = found["wlsmv"].scaled
    mine = [found["wlsmv"].fit.chisq, scaled.chisq, scaled.cfi, scaled.rmsea]
    for label, a, b in zip(("chi-square", "scaled", "CFI", "RMSEA"), mine, theirs["ordered"],
                           strict=True):  # fmt: skip
        print(f"  WLSMV {label}: {a:.4f}, lavaan {b:.4f}")
    if theirs_whole:
        print(
            f"whole process, WLSMV: Rscript {theirs_whole[1]:.2f} s, satuhati survey cfa "
            f"{process:.2f} s; {theirs_whole[1] / process:.1f} times ours"
        )


if __name__ == "__main__":
    main()
