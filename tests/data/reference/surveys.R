# Reference values for tests of satuhati.core.surveys and satuhati.core.intervals.
#
# Run in this folder: Rscript surveys.R   (R 4.2; packages psych 2.2.9, GPArotation 2022.10-2,
# survey 4.1-1). Writes surveys.json. The bfi and Thurstone data come with psych; only figures
# computed from them, and Thurstone's published correlations, are kept.
suppressPackageStartupMessages({library(psych); library(survey)})

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
rows <- function(df) lapply(seq_len(nrow(df)), function(i) as.list(df[i, , drop = FALSE]))
quiet <- function(x) suppressMessages(suppressWarnings(x))

# -- intervals -----------------------------------------------------------------------------
wilson <- rows(do.call(rbind, lapply(
  list(c(0, 5), c(7, 20), c(10, 10), c(150, 151), c(3, 7), c(400, 1000), c(1, 1)),
  function(c) {
    ci <- quiet(prop.test(c[1], c[2], correct = FALSE))$conf.int
    data.frame(x = c[1], n = c[2], lo = ci[1], hi = ci[2])
  })))
t <- rows(data.frame(df = c(1, 2, 7, 30, 500), q = qt(.975, c(1, 2, 7, 30, 500))))

# -- reliability ---------------------------------------------------------------------------
describe <- function(data, keys) {
  a <- quiet(alpha(data, keys = keys))
  f <- a$feldt
  items <- data.frame(r_rest = a$item.stats$r.drop, alpha_if_dropped = a$alpha.drop$raw_alpha,
                      mean = a$item.stats$mean, sd = a$item.stats$sd, n = a$item.stats$n)
  list(n = nrow(data), alpha = a$total$raw_alpha, alpha_standardized = a$total$std.alpha,
       feldt = c(as.numeric(f$lower.ci), as.numeric(f$upper.ci)), items = rows(items))
}
data(bfi); data(Thurstone)
A <- bfi[, c("A1", "A2", "A3", "A4", "A5")]
turned <- A; turned$A1 <- 7 - turned$A1
bfi_pairwise <- describe(A, "A1")
bfi_listwise <- describe(na.omit(A), "A1")
bfi_pairwise$omega_one <- quiet(omega(turned, nfactors = 1, plot = FALSE))$omega.tot

# Two items, and ten of four kinds, from the same file.
two <- describe(bfi[, c("N1", "N2")], NULL)
r <- cor(bfi$N1, bfi$N2, use = "pairwise")
two$spearman_brown <- 2 * r / (1 + r)
ten_data <- bfi[, c("N1", "N2", "N3", "N4", "N5", "E1", "E2", "C4", "C5", "O2")]
ten <- quiet(omega(ten_data, nfactors = 3, plot = FALSE, flip = FALSE))

Th <- quiet(omega(Thurstone, nfactors = 3, plot = FALSE))
thurstone <- list(
  correlations = unname(as.matrix(Thurstone)),
  alpha = quiet(alpha(Thurstone))$total$raw_alpha,
  omega_h = Th$omega_h, omega_t = Th$omega.tot,
  omega_one = quiet(omega(Thurstone, nfactors = 1, plot = FALSE))$omega.tot,
  general = as.numeric(Th$schmid$sl[, "g"]), uniqueness = as.numeric(Th$schmid$sl[, "u2"]),
  feldt_213 = {f <- alpha.ci(quiet(alpha(Thurstone))$total$raw_alpha, 213, n.var = 9, digits = 12)
               c(as.numeric(f$lower.ci), as.numeric(f$upper.ci))})

# -- sense of community (Krumbholz 2023, CC BY 4.0, in this repository) ------------------------
soc <- read.csv(gzfile("../sense_of_community.csv.gz"))
soc_scales <- lapply(
  list(chavis = 1:25, chavis_24 = 2:25, omoto = 1:18, jason = 1:9, halamova = 1:22),
  identity)
soc_alpha <- lapply(names(soc_scales), function(name) {
  columns <- paste0(sub("_24", "", name), "_", soc_scales[[name]])
  part <- soc[, columns]
  part <- part[rowSums(!is.na(part)) > 0, ]
  c(list(scale = name), describe(part, NULL),
    list(omega_h = quiet(omega(part, nfactors = 3, plot = FALSE, flip = FALSE))$omega_h))
})

# -- means under a design --------------------------------------------------------------------
# Made-up: 3 strata of RW, 9 clusters of RT, weights, N clusters in each stratum.
made <- data.frame(
  y = c(62, 70, 55, 81, 77, 68, 40, 45, 52, 60, 58, 66, 71, 90, 84, 79, 33, 38, 47, 51, 64, 59),
  w = c(3, 3, 3, 2.5, 2.5, 2.5, 4, 4, 4, 1.5, 1.5, 1.5, 1.5, 2, 2, 2, 5, 5, 5, 2, 2, 2),
  h = c(rep("RW1", 9), rep("RW2", 7), rep("RW3", 6)),
  c = c(1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 7),
  N = c(rep(8, 9), rep(5, 7), rep(12, 6)))
made_lonely <- made[made$c != 5, ]
one <- function(label, data, design) {
  m <- svymean(~y, design, deff = TRUE)
  ci <- confint(m, df = degf(design))
  list(label = label, value = as.numeric(coef(m)), se = as.numeric(SE(m)),
       lo = ci[1], hi = ci[2], df = degf(design),
       deff = if (grepl("w", label)) as.numeric(deff(m)) else NA)
}
options(survey.lonely.psu = "adjust")
means <- list(
  one("-", made, quiet(svydesign(id = ~1, data = made))),
  one("w", made, svydesign(id = ~1, weights = ~w, data = made)),
  one("wh", made, svydesign(id = ~1, weights = ~w, strata = ~h, data = made)),
  one("wc", made, svydesign(id = ~c, weights = ~w, data = made)),
  one("whc", made, svydesign(id = ~c, weights = ~w, strata = ~h, data = made)),
  one("whcN", made, svydesign(id = ~c, weights = ~w, strata = ~h, fpc = ~N, data = made)),
  one("hcN", made, quiet(svydesign(id = ~c, strata = ~h, fpc = ~N, weights = ~one,
                                  data = transform(made, one = 1)))))
lonely <- one("whc", made_lonely,
              svydesign(id = ~c, weights = ~w, strata = ~h, data = made_lonely))

out <- list(
  wilson = wilson, t = t,
  bfi_pairwise = bfi_pairwise, bfi_listwise = bfi_listwise, two = two,
  ten = list(omega_h = ten$omega_h, omega_t = ten$omega.tot),
  thurstone = thurstone, soc = soc_alpha,
  made = lapply(as.list(made), function(v) v), means = means, lonely = lonely)
writeLines(json(out), "surveys.json")
