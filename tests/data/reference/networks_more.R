# Makes networks_more.json: MRQAP by sna on Krackhardt's managers and on made-up matrices.
# Run in this folder: Rscript networks_more.R
suppressMessages({library(network); library(sna)})

read_matrix <- function(name) {
  e <- read.csv(paste0("networks_more.", name, ".csv"))
  m <- matrix(0, 21, 21)
  m[cbind(e$source, e$target)] <- 1
  m
}
advice <- read_matrix("advice")
friendship <- read_matrix("friendship")
reports <- read_matrix("reports")

num <- function(x) {
  out <- formatC(x, digits = 15, format = "g")
  if (length(x) == 1) trimws(out) else paste0("[", paste(trimws(out), collapse = ","), "]")
}
obj <- function(...) {
  x <- list(...)
  paste0("{", paste0('"', names(x), '": ', unlist(x), collapse = ", "), "}")
}
fit <- function(y, x, mode, reps) {
  set.seed(1)
  m <- netlm(y, x, mode = mode, nullhyp = "qapspp", reps = reps)
  rss <- sum(m$residuals^2)
  v <- gvectorize(y, mode = mode)
  v <- v[!is.na(v)]
  obj(coefficients = num(m$coefficients), t = num(m$tstat), p = num(m$pgreqabs),
      r_squared = num(1 - rss / sum((v - mean(v))^2)))
}

# A valued relation of 12 actors, and two to explain it, written out so that any program has them.
set.seed(7)
draw <- function() { m <- matrix(round(rnorm(144), 3), 12, 12); diag(m) <- 0; m }
a <- draw(); b <- draw() + .5 * a; y <- .4 * a - .3 * b + draw()
diag(a) <- 0; diag(b) <- 0; diag(y) <- 0
half <- function(m) round((m + t(m)) / 2, 4)
rows <- function(m) num(as.vector(t(m)))
krackhardt <- list(friendship, reports)

# Two "waves": advice among managers 1-18, then friendship among managers 4-21.
w1 <- advice; w1[19:21, ] <- 0; w1[, 19:21] <- 0
w2 <- friendship; w2[1:3, ] <- 0; w2[, 1:3] <- 0
both <- 4:18
changed <- function(a, b) num(c(sum(a & b), sum(b & !a), sum(a & !b), sum(a & b) / sum(a | b)))
mutual <- function(m) num(grecip(m, measure = "edgewise"))

# Vertex bootstrap as Snijders & Borgatti (1999) describe it, cell by cell: values and errors.
bootstrap <- function(m, reps) {
  n <- nrow(m)
  figures <- function(x) {
    u <- (x | t(x)) * 1
    d <- rowSums(u)
    c(sum(x) / (n * (n - 1)), sum(x * t(x)) / sum(x), sum((u %*% u) * u) / sum(d * (d - 1)))
  }
  set.seed(1)
  drawn <- replicate(reps, {
    i <- sample(n, n, TRUE)
    x <- m[i, i]
    for (h in 2:n) for (k in 1:(h - 1)) if (i[h] == i[k]) {
      p <- sample(n, 2)
      x[h, k] <- m[p[1], p[2]]
      x[k, h] <- m[p[2], p[1]]
    }
    diag(x) <- 0
    figures(x)
  })
  obj(value = num(figures(m)), se = num(apply(drawn, 1, sd)))
}

# Managers 3, 9, 15 and 20 did not answer: NA in their rows; gden counts the cells that are known.
silent <- c(3, 9, 15, 20)
known <- friendship; known[silent, ] <- NA; diag(known) <- 0
mirror <- known
for (i in silent) for (j in setdiff(1:21, silent)) mirror[i, j] <- known[j, i]
closed <- function(m) {
  m[is.na(m)] <- 0
  igraph::transitivity(igraph::as.undirected(igraph::graph_from_adjacency_matrix(m)), "global")
}
rest <- friendship[-silent, -silent]

cat(obj(
  nonresponse = obj(
    density = num(c(gden(known), gden(mirror), gden(rest))),
    transitivity = num(c(closed(known), closed(mirror), closed(rest))),
    reciprocity = num(as.vector(grecip(rest, measure = "edgewise")))
  ),
  bootstrap = obj(advice = bootstrap(advice, 4000), friendship = bootstrap(friendship, 4000)),
  krackhardt = fit(advice, krackhardt, "digraph", 4000),
  one = fit(advice, list(friendship), "digraph", 4000),
  waves = obj(
    all = changed(w1, w2), stable = changed(w1[both, both], w2[both, both]),
    density = num(c(gden(w1[1:18, 1:18]), gden(w2[4:21, 4:21]))),
    reciprocity = paste0("[", mutual(w1[1:18, 1:18]), ",", mutual(w2[4:21, 4:21]), "]"),
    reciprocity_stable = paste0("[", mutual(w1[both, both]), ",", mutual(w2[both, both]), "]")
  ),
  correlation = num(c(gcor(advice, friendship), gcor(advice, reports))),
  valued = obj(y = rows(y), a = rows(a), b = rows(b), fit = fit(y, list(a, b), "digraph", 4000)),
  symmetric = obj(y = rows(half(y)), a = rows(half(a)), b = rows(half(b)),
                  fit = fit(half(y), list(half(a), half(b)), "graph", 4000))
), file = "networks_more.json", sep = "\n")
