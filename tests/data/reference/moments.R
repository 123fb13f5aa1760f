# Moments of two published data sets, and what R makes of them.
#
# Run in this folder: Rscript moments.R   (R 4.2; lavaan 0.6-14, survey 4.1). Writes moments.json.
# Models of covariances depend on the data through means and covariances alone, and a design-based
# mean through the totals of its clusters: these are kept, not the data. HolzingerSwineford1939
# (nine tests, 301 pupils of two schools) comes with lavaan, apiclus1 with survey.
suppressPackageStartupMessages({library(lavaan); library(survey)})
num <- function(v) paste0("[", paste(format(as.numeric(v), digits = 17, trim = TRUE), collapse = ", "), "]")
d <- HolzingerSwineford1939; x <- paste0("x", 1:9)
schools <- lapply(levels(factor(d$school)), function(s) {
  p <- as.matrix(d[d$school == s, x]); n <- nrow(p)
  paste0('{"school": "', s, '", "n": ', n, ', "mean": ', num(colMeans(p)), ', "cov": ',
         num(cov(p) * (n - 1) / n), "}")
})
model <- "visual =~ x1 + x2 + x3
          textual =~ x4 + x5 + x6
          speed =~ x7 + x8 + x9"
fit <- function(...) {
  m <- fitMeasures(cfa(model, data = d, ...), c("chisq", "df", "cfi", "tli", "rmsea",
                   "rmsea.ci.lower", "rmsea.ci.upper", "srmr"))
  paste0("{", paste0('"', gsub(".", "_", names(m), fixed = TRUE), '": ',
         format(as.numeric(m), digits = 15, trim = TRUE), collapse = ", "), "}")
}
data(api)
totals <- aggregate(cbind(n = 1, y = api00) ~ dnum, apiclus1, sum)
design <- svydesign(id = ~dnum, weights = ~pw, data = apiclus1, fpc = ~fpc)
m <- svymean(~api00, design)
writeLines(paste0('{"schools": [', paste(schools, collapse = ",\n "), '],\n "whole": ', fit(),
  ',\n "configural": ', fit(group = "school"),
  ',\n "metric": ', fit(group = "school", group.equal = "loadings"),
  ',\n "scalar": ', fit(group = "school", group.equal = c("loadings", "intercepts")),
  ',\n "apiclus1": {"n": ', num(totals$n), ', "sum": ', num(totals$y), ', "weight": ',
  format(apiclus1$pw[1], digits = 15), ', "fpc": ', apiclus1$fpc[1], ', "mean": ',
  format(as.numeric(m), digits = 12), ', "se": ', format(as.numeric(SE(m)), digits = 12),
  ', "df": ', degf(design), "}}"), "moments.json")
