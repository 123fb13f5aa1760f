"""An R script that works alpha and the one-factor models out again from the exported CSV file.

It prints R's figure and ours side by side and ends with an error where they differ. Alpha is
written out in base R; the models are lavaan's.
"""

from __future__ import annotations

from collections.abc import Sequence

from satuhati.core.surveys.release import Release
from satuhati.core.surveys.release_figures import ScaleFigures
from satuhati.formats.guard import guard_name
from satuhati.text import Language, Text

_HEAD = Text(
    "Menghitung ulang alfa dan model satu faktor dari {file}, di samping angka Satu Hati.",
    "Works out alpha and one-factor models again from {file}, beside the figures of Satu Hati.",
)
_RUN = Text("Jalankan di folder berkas itu: Rscript {script}", "Run beside it: Rscript {script}")
_NEEDS = Text(
    "Alfa hanya memerlukan R; model memerlukan paket lavaan.",
    "Alpha needs R alone; the models need the package lavaan.",
)

_BODY = r"""
options(digits = 10)
data <- read.csv(file, check.names = FALSE, encoding = "UTF-8", na.strings = "",
                 stringsAsFactors = FALSE)
differ <- 0
beside <- function(round, scale, what, r, ours, within) {
  same <- (is.na(r) && is.na(ours)) || (!is.na(r) && !is.na(ours) && abs(r - ours) <= within)
  if (!same) differ <<- differ + 1
  cat(sprintf("%-12s %-28s %-10s R %12.6f   Satu Hati %12.6f   %s\n",
              round, scale, what, r, ours, if (same) "=" else "DIFFERS"))
}
# The answers to a scale in a round, reversed items turned, columns called v1, v2 ...
answers <- function(round, items, turned, low, high) {
  x <- data[data$round == round, match(items, names(data)), drop = FALSE]
  x <- as.data.frame(lapply(x, as.numeric))
  for (j in which(turned)) x[[j]] <- low + high - x[[j]]
  names(x) <- paste0("v", seq_along(items))
  x
}
# Cronbach's alpha from pairwise covariances.
alpha <- function(x) {
  x <- x[, sapply(x, function(v) isTRUE(var(v, na.rm = TRUE) > 0)), drop = FALSE]
  k <- ncol(x)
  if (k < 2) return(NA)
  C <- cov(x, use = "pairwise.complete.obs")
  if (anyNA(C) || sum(C) <= 0) return(NA)
  k / (k - 1) * (1 - sum(diag(C)) / sum(C))
}
with_lavaan <- requireNamespace("lavaan", quietly = TRUE)
if (!with_lavaan) cat("lavaan is not installed: the models are left out\n")
# One factor, maximum likelihood, complete rows.
one_factor <- function(round, scale, x, ours) {
  if (!with_lavaan) return(invisible())
  model <- paste("f =~", paste(names(x), collapse = " + "))
  fit <- lavaan::cfa(model, data = x[complete.cases(x), ], std.lv = TRUE)
  m <- lavaan::fitMeasures(fit, c("ntotal", "chisq", "df", "cfi", "rmsea", "srmr"))
  within <- c(ntotal = 0, chisq = 0.005, df = 0, cfi = 0.0005, rmsea = 0.0005, srmr = 0.0005)
  for (what in names(m)) beside(round, scale, what, m[[what]], ours[[what]], within[[what]])
  l <- lavaan::standardizedSolution(fit)
  l <- l$est.std[l$op == "=~"]
  l <- l * sign(sum(l)) * sign(sum(ours$loadings))
  for (j in seq_along(l)) beside(round, scale, paste0("load ", j), l[j], ours$loadings[j], 0.001)
}
"""


def script(found: Release, figures: Sequence[ScaleFigures], file: str, lang: Language) -> str:
    """The script for ``file``, a CSV of this release."""
    fields: dict[str, object] = {"file": file, "script": file.removesuffix(".csv") + ".R"}
    lines = [f"# {found.name(lang)} – {found.place}".replace("\n", " ")]
    lines += [f"# {t.filled(lang, fields)}" for t in (_HEAD, _RUN, _NEEDS)]
    lines += [f"file <- {_text(file)}", _BODY.strip("\n"), ""]
    for one in figures:
        scale = one.scale
        items = _vector([_text(guard_name(item)) for item in scale.items])
        turned = _vector(["TRUE" if key else "FALSE" for key in scale.keys])
        code, name = _text(guard_name(one.round)), _text(scale.name)
        ends = f"{_number(scale.low)}, {_number(scale.high)}"
        lines.append(f"x <- answers({code}, {items},\n             {turned}, {ends})")
        lines.append(f'beside({code}, {name}, "alpha", alpha(x), {_number(one.alpha)}, 1e-6)')
        if one.chisq is not None and one.loadings:
            ours = ", ".join(
                f"{key} = {_number(value)}"
                for key, value in (
                    ("ntotal", one.n_factor), ("chisq", one.chisq), ("df", one.df),
                    ("cfi", one.cfi), ("rmsea", one.rmsea), ("srmr", one.srmr),
                )
            )  # fmt: skip
            loadings = _vector([_number(x) for x in one.loadings])
            lines.append(f"one_factor({code}, {name}, x, list({ours},\n  loadings = {loadings}))")
    lines += [
        "",
        'if (differ > 0) stop(differ, " figures differ") else cat("All figures agree.\\n")',
    ]
    return "\n".join(lines) + "\n"


def _vector(parts: Sequence[str]) -> str:
    return f"c({', '.join(parts)})"


def _number(value: float | None) -> str:
    return "NA" if value is None or value != value else repr(value)


def _text(text: str) -> str:
    """A text of R, in characters that every locale reads."""
    out = []
    for c in text:
        if c in '\\"':
            out.append("\\" + c)
        elif " " <= c <= "~":
            out.append(c)
        else:
            out.append(f"\\u{{{ord(c):x}}}" if c != "\x00" else "")
    return '"' + "".join(out) + '"'
