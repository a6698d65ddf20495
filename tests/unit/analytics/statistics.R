# Data sets that ship with R, and R's own answers, a fact a line, for test_statistics.c.
suppressPackageStartupMessages(library(survival))
say <- function(...) cat(paste(sapply(list(...), function(v)
	if (is.character(v)) v else sprintf("%.17g", v)), collapse = " "), "\n", sep = "")

# survfit, survdiff: acute myelogenous leukemia (Miller 1997), veterans' lung cancer (Kalbfleisch and Prentice
# 1980), advanced lung cancer (Loprinzi 1994).
sets <- list(
	aml = data.frame(time = aml$time, event = aml$status, group = as.integer(aml$x) - 1),
	veteran = data.frame(time = veteran$time, event = veteran$status, group = as.integer(veteran$celltype) - 1),
	lung = data.frame(time = lung$time, event = lung$status - 1, group = lung$sex - 1))
for (name in names(sets)) {
	set <- sets[[name]]
	for (i in seq_len(nrow(set))) say("subject", name, set$time[i], set$event[i], set$group[i])
	fit <- survfit(Surv(time, event) ~ 1, data = set, conf.type = "log-log")
	for (i in seq_along(fit$time))
		say("step", name, fit$time[i], fit$n.risk[i], fit$n.event[i], fit$n.censor[i], fit$surv[i],
			fit$lower[i], fit$upper[i])
	say("median", name, summary(fit)$table[["median"]])
	test <- survdiff(Surv(time, event) ~ group, data = set)
	for (i in seq_along(test$exp)) say("group", name, i - 1, test$obs[i], test$exp[i])
	say("test", name, test$chisq, length(test$n) - 1, pchisq(test$chisq, length(test$n) - 1, lower.tail = FALSE))
}

# binom.test: admissions to Berkeley (Bickel 1975), oesophageal cancer (Breslow and Day 1980).
share <- function(events, n) for (level in c(0.95, 0.998)) {
	found <- binom.test(events, n, conf.level = level)$conf.int
	say("share", events, n, level, found[1], found[2])
}
admitted <- apply(UCBAdmissions, c(1, 3), sum)
for (department in colnames(admitted)) share(admitted[1, department], sum(admitted[, department]))
for (i in seq_len(nrow(esoph))) share(esoph$ncases[i], esoph$ncases[i] + esoph$ncontrols[i])

# poisson.test: breaks of warp (Tukey 1977), inventions in a year (McNeil 1977).
rate <- function(events, exposure) {
	found <- poisson.test(events, exposure)$conf.int
	say("rate", events, exposure, 0.95, found[1], found[2])
}
for (breaks in warpbreaks$breaks) rate(breaks, 1.7)
for (count in unique(discoveries)) rate(count, 1)

# pbinom, qbinom: the limits of a funnel (Spiegelhalter 2005, appendix).
limit <- function(p, share, n) {
	r <- qbinom(p, n, share)
	before <- pbinom(r - 1, n, share); reached <- pbinom(r, n, share)
	min(max((r - (reached - p) / (reached - before)) / n, 0), 1)
}
for (n in c(1, 5, 17, 120, 1000, 20464)) for (common in c(0.002, 0.1918, 0.5)) for (level in c(0.95, 0.998))
	say("funnel", common, n, level, limit((1 - level) / 2, common, n), limit((1 + level) / 2, common, n))
