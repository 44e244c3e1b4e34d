# What the reports on a file in the shape of the Global Open Data Index must print, computed without the product, from the file and docs/methods.md:
#   Rscript tests/data/open-index/expected/report.R FILE > OUT.csv
# For each year: who answered, by published region; for each data set the world's openness (question `state`): shares on the finest rung, n, and the headline
# (high or very high) with its range. The regions are those of counts.R.
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
counts <- readLines(file.path(here, "counts.R"))
eval(parse(text = counts[seq_len(grep("^region.of <-", counts))]))

file <- commandArgs(TRUE)[1]
d <- read.csv(file, colClasses = "character", na.strings = character(), strip.white = TRUE, encoding = "UTF-8")
d <- d[d$dataset %in% c("statistics", "budget", "legislation", "elections", "companies", "emissions", "map", "spending"), ]
d <- unique(d[, c("year", "place_id", "dataset", "score")])
d$region <- region.of[d$place_id]
codes <- c("very-low", "low", "middle", "high", "very-high")
d$state <- as.character(cut(as.numeric(d$score), c(-1, 19, 39, 59, 79, 100), codes))
stopifnot(!anyNA(d), !anyDuplicated(d[, c("year", "place_id", "dataset")]))

# The coarser ways in which a rating may be shown, from questionnaire.yaml.
rungs <- list(setNames(as.list(codes), codes),
  list("low-at-most" = codes[1:2], "middle" = codes[3], "high-at-least" = codes[4:5]),
  list("middle-at-most" = codes[1:3], "high-at-least" = codes[4:5]))
largest.remainder <- function(counts) {
  exact <- 100 * counts
  whole <- exact %/% sum(counts)
  first <- order(-(exact %% sum(counts)), seq_along(counts))[seq_len(100 - sum(whole))]
  whole[first] <- whole[first] + 1
  whole
}
out <- NULL
say <- function(year, table, point, region, values) out <<- rbind(out, data.frame(year, table, point, region, name = names(values), value = unname(values)))
for (year in sort(unique(d$year))) {
  now <- d[d$year == year, ]
  responses <- table(factor(unique(now[, c("place_id", "region")])$region, names(regions)))
  # Regions below 5 join "other regions", and with them the next smallest until it has 10.
  order <- order(responses, names(responses))
  merged <- sum(responses < 5)
  while (merged > 0 && sum(responses[order][seq_len(merged)]) < 10) merged <- merged + 1
  others <- names(responses)[order][seq_len(merged)]
  shown <- tapply(responses, ifelse(names(responses) %in% others, "other-regions", names(responses)), sum)
  for (region in names(shown)) say(year, "participation", "", region, c(population = shown[[region]], responses = shown[[region]]))
  say(year, "participation", "", "world", c(population = sum(responses), responses = sum(responses)))
  for (point in unique(now$dataset)) {
    given <- now$state[now$dataset == point]
    n <- length(given)
    rung <- Find(function(groups) all(vapply(groups, function(g) sum(given %in% g), 0) %in% c(0, 3:n)), rungs)
    stopifnot(n >= 10, !is.null(rung))
    shares <- setNames(largest.remainder(vapply(rung, function(g) sum(given %in% g), 0)), names(rung))
    value <- sum(shares[vapply(rung, function(g) all(g %in% codes[4:5]), NA)])
    x <- sum(given %in% codes[4:5])
    # prop.test's interval without continuity correction is Wilson's.
    range <- suppressWarnings(prop.test(x, n, correct = FALSE)$conf.int)
    range <- c(if (x == 0) 0 else range[1], if (x == n) 1 else range[2])
    say(year, "state", point, "world", c(shares, n = n, headline = value, from = min(value, floor(100 * range[1] + 1e-9)), to = max(value, ceiling(100 * range[2] - 1e-9))))
  }
}
out <- out[order(out$year, out$table, out$point, out$region, method = "radix"), ]
cat("# Source: report.R on ", basename(file), ", ", R.version.string, "\n", sep = "")
write.table(out, "", sep = ",", quote = FALSE, row.names = FALSE)
