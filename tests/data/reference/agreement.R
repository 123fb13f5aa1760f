# Freezes Cohen's kappa, plain and weighted, as psych computes it.
# Run: Rscript agreement.R > agreement.json
suppressMessages(library(psych))
cohen <- matrix(c(
  0.44, 0.07, 0.09,
  0.05, 0.20, 0.05,
  0.01, 0.03, 0.06), ncol = 3, byrow = TRUE) * 200     # from the help of cohen.kappa
gap <- abs(outer(1:3, 1:3, "-"))
one <- function(w) cohen.kappa(cohen, w = w, n.obs = 200)$weighted.kappa
cat(sprintf(
  '{"psych": "%s", "table": [[%s]], "kappa": %.12f, "linear": %.12f, "quadratic": %.12f}\n',
  as.character(packageVersion("psych")),
  paste(apply(cohen, 1, paste, collapse = ", "), collapse = "], ["),
  cohen.kappa(cohen, n.obs = 200)$kappa, one(gap), one(gap^2)))
