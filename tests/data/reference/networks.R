# Makes networks.json: figures of sna and igraph for three published networks.
# Run in this folder: Rscript networks.R
suppressMessages({library(network); library(sna)})

read_net <- function(ties, actors, directed) {
  e <- read.csv(ties, colClasses = "character")
  ids <- read.csv(actors, colClasses = "character")
  m <- matrix(0, nrow(ids), nrow(ids), dimnames = list(ids$id, ids$id))
  m[cbind(e$source, e$target)] <- 1
  if (!directed) m <- pmax(m, t(m))
  list(m = m, actors = ids)
}

num <- function(x) {
  out <- ifelse(is.nan(x) | is.na(x), "null", formatC(x, digits = 15, format = "g"))
  if (length(x) == 1) trimws(out) else paste0("[", paste(trimws(out), collapse = ","), "]")
}
words <- function(x) paste0("[", paste0('"', x, '"', collapse = ","), "]")
obj <- function(...) {
  x <- list(...)
  paste0("{", paste0('"', names(x), '": ', unlist(x), collapse = ", "), "}")
}

figures <- function(net, directed, group = NULL) {
  m <- net$m
  mode <- if (directed) "digraph" else "graph"
  g <- igraph::graph_from_adjacency_matrix(m, mode = if (directed) "directed" else "undirected")
  u <- igraph::as.undirected(g, mode = "collapse")
  d <- dyad.census(m)
  central <- if (directed) obj(
    indegree = num(centralization(m, degree, cmode = "indegree")),
    outdegree = num(centralization(m, degree, cmode = "outdegree")),
    betweenness = num(centralization(m, betweenness))
  ) else obj(
    degree = num(centralization(m, degree, mode = "graph")),
    betweenness = num(centralization(m, betweenness, mode = "graph"))
  )
  parts <- list(
    ids = words(rownames(m)),
    ties = num(if (directed) sum(m) else sum(m) / 2),
    density = num(gden(m, mode = mode)),
    reciprocity_edgewise = num(grecip(m, measure = "edgewise")),
    reciprocity_dyadic = num(grecip(m, measure = "dyadic")),
    transitivity = num(igraph::transitivity(u, type = "global")),
    dyads = num(as.vector(d)),
    centralization = central,
    components = num(components(m, connected = "weak")),
    cutpoints = if (length(igraph::articulation_points(u)))
      words(sort(names(igraph::articulation_points(u)))) else "[]",
    indegree = num(as.vector(colSums(m))),
    outdegree = num(as.vector(rowSums(m))),
    betweenness = num(betweenness(m, gmode = mode)),
    constraint = num(as.vector(igraph::constraint(g))),
    core = num(as.vector(kcores(m, mode = mode)))
  )
  if (!is.null(group)) {
    b <- brokerage(m, net$actors[[group]])
    parts$brokerage <- num(as.vector(b$raw.gli[1:5]))
    parts$brokerage_expected <- num(as.vector(b$exp.gli[1:5]))
    parts$brokerage_sd <- num(as.vector(b$sd.gli[1:5]))
    parts$brokerage_by_actor <- paste0(
      "[", paste(apply(b$raw.nli[, 1:5], 1, num), collapse = ","), "]")
  }
  do.call(obj, parts)
}

florentine <- read_net("networks.florentine_ties.csv", "networks.florentine_actors.csv", FALSE)
sampson <- read_net("networks.sampson_ties.csv", "networks.sampson_actors.csv", TRUE)
arang_dak <- read_net("../arang_dak_ties.csv.gz", "../arang_dak_actors.csv.gz", TRUE)
out <- obj(
  versions = obj(
    sna = paste0('"', packageVersion("sna"), '"'),
    igraph = paste0('"', packageVersion("igraph"), '"')),
  florentine = figures(florentine, FALSE),
  sampson = figures(sampson, TRUE, "faction"),
  arang_dak = figures(arang_dak, TRUE, "ethnicity")
)
writeLines(out, "networks.json")
