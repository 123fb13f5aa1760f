# Freezes the variance of a share between clusters, its design effect and the Korn-Graubard
# effective size, as survey computes them, on seeded synthetic attendance.
# Run: Rscript participation.R > participation.json
suppressMessages(library(survey))
set.seed(20)
k <- 12
turnout <- runif(k, .2, .95)
m <- sample(3:18, k, replace = TRUE)
rows <- do.call(rbind, lapply(seq_len(k), function(i)
  data.frame(member = i, came = rbinom(m[i], 1, turnout[i]))))
design <- svydesign(ids = ~member, weights = ~1, data = rows)
mean <- svymean(~came, design)
p <- coef(mean)[[1]]; v <- vcov(mean)[1]; n <- nrow(rows)
neff <- p * (1 - p) / v * (qt(.975, n - 1) / qt(.975, degf(design)))^2
z <- qnorm(.975)
centre <- (p + z^2 / (2 * neff)) / (1 + z^2 / neff)
half <- z * sqrt(p * (1 - p) / neff + z^2 / (4 * neff^2)) / (1 + z^2 / neff)
cat(sprintf(paste0(
  '{"survey": "%s", "member": [%s], "came": [%s], "share": %.12f, "variance": %.14f, ',
  '"deff": %.12f, "n_effective": %.12f, "lo": %.12f, "hi": %.12f}\n'),
  as.character(packageVersion("survey")), paste(rows$member, collapse = ","),
  paste(rows$came, collapse = ","), p, v, v * n / (p * (1 - p)), neff, centre - half, centre + half))
