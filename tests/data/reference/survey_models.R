# Reference values for the survey models: agreement in groups, factors, confirmatory models.
#
# Run in this folder: Rscript survey_models.R   (R 4.2; packages psych 2.2.9, multilevel 2.7,
# lavaan 0.6-14, GPArotation 2022.10-2). Writes survey_models.json. The bfi data come with psych;
# only figures computed from them are kept.
suppressPackageStartupMessages({library(psych); library(multilevel); library(lavaan)})

json <- function(x) {
  if (is.null(x)) return("null")
  if (is.list(x)) {
    inner <- vapply(x, json, "")
    if (is.null(names(x))) return(paste0("[", paste(inner, collapse = ", "), "]"))
    return(paste0("{", paste0('"', names(x), '": ', inner, collapse = ", "), "}"))
  }
  if (is.matrix(x)) return(json(lapply(seq_len(nrow(x)), function(i) as.numeric(x[i, ]))))
  one <- function(v) {
    if (is.na(v)) "null" else if (is.character(v)) paste0('"', v, '"') else
      if (is.logical(v)) tolower(v) else format(v, digits = 15)
  }
  if (!is.null(names(x))) return(json(as.list(x)))
  if (length(x) == 1) one(x) else paste0("[", paste(vapply(x, one, ""), collapse = ", "), "]")
}
quiet <- function(x) suppressMessages(suppressWarnings(x))

# -- groups: Krumbholz 2023 (CC BY 4.0, in this repository), and Shrout & Fleiss 1979 ------------
soc <- read.csv(gzfile("../sense_of_community.csv.gz"))
groups <- lapply(list(chavis = 2:25, omoto = 1:18, jason = 1:9, halamova = 1:22), function(at) at)
groups <- lapply(names(groups), function(name) {
  part <- soc[, paste0(name, "_", groups[[name]])]
  keep <- rowSums(is.na(part)) == 0
  part <- part[keep, ]; g <- soc$comm[keep]
  fit <- aov(rowMeans(part) ~ as.factor(g))
  r <- rwg.j(part, g, ranvar = 1 / 12)   # uniform from 0 to 1, a slider
  a <- ad.m(part, g)
  list(scale = name, n = nrow(part), groups = length(unique(g)), icc1 = ICC1(fit), icc2 = ICC2(fit),
       rwg_mean = mean(r$rwg.j), rwg_median = median(r$rwg.j), ad_mean = mean(a$AD.M))
})
# A unit of 1: whole answers 1-5, made up, with unequal groups.
made <- data.frame(
  g = c(1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4),
  a = c(4, 5, 4, 4, 2, 3, 2, 5, 5, 4, 5, 5, 1, 2, 3, 2, 2, 1),
  b = c(4, 4, 5, 4, 2, 2, 3, 5, 4, 4, 5, 4, 2, 2, 3, 1, 2, 2),
  c = c(5, 4, 4, 3, 3, 2, 2, 4, 5, 5, 5, 4, 2, 1, 3, 2, 1, 2))
fit <- aov(rowMeans(made[, 2:4]) ~ as.factor(made$g))
made_rwg <- rwg.j(made[, 2:4], made$g, ranvar = 2)
made_skew <- rwg.j(made[, 2:4], made$g, ranvar = 1.34)  # slight skew, five options
made_out <- list(data = lapply(as.list(made), function(v) v),
  icc1 = ICC1(fit), icc2 = ICC2(fit), rwg = made_rwg$rwg.j, rwg_skew = made_skew$rwg.j,
  ad = ad.m(made[, 2:4], made$g)$AD.M)

# -- factors of bfi ---------------------------------------------------------------------------
data(bfi)
big <- bfi[, 1:25]
R <- cor(big, use = "pairwise")
efa <- quiet(fa(R, nfactors = 5, n.obs = 2800, fm = "minres", rotate = "oblimin"))
map <- quiet(vss(R, n = 8, n.obs = 2800, plot = FALSE))$map
set.seed(1)
pa <- quiet(fa.parallel(big, fa = "pc", plot = FALSE, n.iter = 20))
five <- na.omit(bfi[, c("A1", "A2", "A3", "A4", "A5")])
poly <- quiet(lavCor(five, ordered = names(five)))
tau <- quiet(polychoric(five, correct = 0))
fac <- list(
  kmo = KMO(R)$MSA, kmo_items = KMO(R)$MSAi, map = map, parallel_pc = pa$ncomp,
  eigen = eigen(R)$values,
  loadings = unclass(efa$loadings)[, order(colnames(efa$loadings))],
  items = rownames(efa$loadings),
  communality = efa$communality, rmsea = efa$RMSEA[1:3], tli = efa$TLI, rms = efa$rms,
  chisq = efa$STATISTIC, df = efa$dof,
  polychoric = unclass(poly), tau = tau$tau)
fac$loadings <- unname(as.matrix(fac$loadings))

# -- confirmatory models of bfi ----------------------------------------------------------------
part <- na.omit(bfi[, c("A1", "A2", "A3", "A4", "A5", "C1", "C2", "C3", "C4", "C5",
                        "E1", "E2", "E3", "E4", "E5", "gender")])
model <- "agree =~ A1 + A2 + A3 + A4 + A5
          consc =~ C1 + C2 + C3 + C4 + C5
          extra =~ E1 + E2 + E3 + E4 + E5"
fits <- function(m) {
  f <- fitMeasures(m, c("chisq", "df", "pvalue", "cfi", "tli", "rmsea", "rmsea.ci.lower",
                        "rmsea.ci.upper", "srmr", "logl"))
  as.list(setNames(as.numeric(f), gsub(".", "_", names(f), fixed = TRUE)))
}
m <- cfa(model, data = part)
pe <- parameterEstimates(m, standardized = TRUE)
load <- pe[pe$op == "=~", ]
cov <- pe[pe$op == "~~" & pe$lhs %in% c("agree", "consc", "extra") & pe$lhs != pe$rhs, ]
ss <- standardizedSolution(m)
ssl <- ss[ss$op == "=~", ]
ssc <- ss[ss$op == "~~" & ss$lhs %in% c("agree", "consc", "extra") & ss$lhs != ss$rhs, ]
conf <- list(n = nobs(m), fit = fits(m), item = load$rhs, est = load$est, se = load$se,
             std = ssl$est.std, std_se = ssl$se, factor_cor = ssc$est.std, factor_cor_se = ssc$se)
inv <- list(configural = fits(cfa(model, data = part, group = "gender")),
            metric = fits(cfa(model, data = part, group = "gender", group.equal = "loadings")),
            scalar = fits(cfa(model, data = part, group = "gender",
                              group.equal = c("loadings", "intercepts"))))

writeLines(json(list(groups = groups, made = made_out, factors = fac, cfa = conf,
                     invariance = inv)), "survey_models.json")
