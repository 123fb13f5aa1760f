# Freezes the Kaplan-Meier curve of the maintained group of the acute myelogenous leukaemia
# data (Miller 1997, Survival Analysis), with Greenwood's standard error and the log-log
# interval, as survival::survfit computes them; and the same on all 23 patients.
# Run: Rscript survival.R > survival.json
suppressMessages(library(survival))
one <- function(name, d) {
  s <- summary(survfit(Surv(time, status) ~ 1, data = d, conf.type = "log-log"))
  m <- s$table
  show <- function(x) paste(ifelse(is.na(x), "null", sprintf("%.12g", x)), collapse = ", ")
  sprintf(paste0('"%s": {"time": [%s], "event": [%s], "at": [%s], "at_risk": [%s], ',
    '"events": [%s], "survival": [%s], "se": [%s], "lo": [%s], "hi": [%s], ',
    '"median": [%s]}'), name, show(d$time), show(d$status), show(s$time), show(s$n.risk),
    show(s$n.event), show(s$surv), show(ifelse(is.nan(s$std.err), NA, s$std.err)),
    show(s$lower), show(s$upper), show(m[c("median", "0.95LCL", "0.95UCL")]))
}
cat(sprintf('{"version": "%s", %s, %s}\n', as.character(packageVersion("survival")),
  one("maintained", aml[aml$x == "Maintained", ]), one("all", aml)))
