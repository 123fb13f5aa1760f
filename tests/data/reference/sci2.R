# Reference values for the SCI-2 in 22 communities: four factors and one, robustly.
#
# Run in this folder: Rscript sci2.R   (R 4.2; lavaan 0.6-14). Writes sci2.json. The answers lie one
# folder above; chavis_2 to chavis_25 are the items 1-24 (see the README there).
suppressPackageStartupMessages(library(lavaan))
d <- read.csv(gzfile("../sense_of_community.csv.gz"))[, paste0("chavis_", 2:25)]
part <- function(name, at) paste0(name, " =~ ", paste0("chavis_", at, collapse = " + "))
four <- paste(part("needs", 2:7), part("membership", 8:13), part("influence", 14:19),
              part("connection", 20:25), sep = "\n")
one <- function(model) {
  f <- suppressWarnings(cfa(model, data = d, std.lv = TRUE, estimator = "MLM"))
  m <- fitMeasures(f, c("ntotal", "chisq", "df", "cfi", "tli", "rmsea", "srmr_bentler_nomean",
    "chisq.scaled", "cfi.robust", "tli.robust", "rmsea.robust"))
  r <- lavInspect(f, "cor.lv")
  paste0("{", paste0('"', gsub(".", "_", names(m), fixed = TRUE), '": ',
    format(as.numeric(m), digits = 15, trim = TRUE), collapse = ", "), ', "correlations": [',
    paste(format(as.numeric(r[lower.tri(r)]), digits = 12, trim = TRUE), collapse = ", "), "]}")
}
writeLines(paste0('{"four": ', one(four), ',\n "one": ', one(part("sense", 2:25)), "}"), "sci2.json")
