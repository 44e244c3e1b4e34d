# Computes what the reports of 2024, 2025 and 2026 must say about answers.csv: plain R from the files and docs/methods.md, nothing of the product.
#   cd tests/data/end-to-end && Rscript expected.R
# For every point the world's figures, for `protection` those of each region too (generate.R deals it so that nothing of it is hidden).
# round, table, point, region, name, value: the shares of a question are its choices' codes, beside them n, value, low and high of the headline.
answers <- read.csv("answers.csv", colClasses = "character", encoding = "UTF-8", check.names = FALSE)
members <- rbind(cbind(read.csv("members.csv", colClasses = "character", encoding = "UTF-8"), since = 2024),
  cbind(read.csv("members-2025.csv", colClasses = "character", encoding = "UTF-8"), since = 2025))
region_of <- c("SN" = "africa", "Kenya" = "africa", "NG" = "africa", "Côte d'Ivoire" = "africa", "Ghana" = "africa", "ZA" = "africa", "Éthiopie" = "africa",
  "UG" = "africa", "PH" = "asia-pacific", "India" = "asia-pacific", "Viet Nam" = "asia-pacific", "BD" = "asia-pacific", "NP" = "asia-pacific",
  "Indonésie" = "asia-pacific", "FJ" = "asia-pacific", "FR" = "europe-central-asia", "Alemania" = "europe-central-asia",
  "Czech Republic" = "europe-central-asia", "XK" = "europe-central-asia", "IT" = "europe-central-asia", "KG" = "europe-central-asia",
  "MX" = "latin-america-caribbean", "Bolivia" = "latin-america-caribbean", "CO" = "latin-america-caribbean", "Brasil" = "latin-america-caribbean",
  "HT" = "latin-america-caribbean", "MA" = "middle-east-north-africa", "لبنان" = "middle-east-north-africa", "JO" = "middle-east-north-africa",
  "US" = "north-america", "CA" = "north-america", "Global" = "global")
stopifnot(all(members$country %in% names(region_of)))
members$region <- region_of[members$country]
answers$region <- members$region[match(answers$member, members$code)]

state <- c("not-at-all", "a-little", "partly", "largely", "fully")
change <- c("back-a-lot", "back", "no-change", "advanced", "advanced-a-lot")
# The coarser ways in which a rating may be shown, from questionnaires/made-2026.yaml.
rungs <- list(
  state = list(setNames(as.list(state), state),
    list("little-or-not" = state[1:2], "partly" = state[3], "largely-or-fully" = state[4:5]),
    list("partly-at-most" = state[1:3], "largely-or-fully" = state[4:5])),
  change = list(setNames(as.list(change), change),
    list("back-any" = change[1:2], "no-change" = change[3], "advanced-any" = change[4:5]),
    list("not-advanced" = change[1:3], "advanced-any" = change[4:5])))

largest_remainder <- function(counts) {
  exact <- 100 * counts
  whole <- exact %/% sum(counts)
  left <- 100 - sum(whole)
  first <- order(-(exact %% sum(counts)), seq_along(counts))[seq_len(left)]
  whole[first] <- whole[first] + 1
  whole
}
half_up <- function(count, total) floor(100 * count / total + 0.5)
outward <- function(value, low, high) c(min(value, floor(100 * low + 1e-9)), max(value, ceiling(100 * high - 1e-9)))
z <- qnorm(0.975)
wilson <- function(x, n) {
  # prop.test's interval without continuity correction is Wilson's.
  range <- suppressWarnings(prop.test(x, n, correct = FALSE)$conf.int)
  c(if (x == 0) 0 else range[1], if (x == n) 1 else range[2])
}
adjusted <- function(positive, negative, n) { # Bonett and Price 2012: one answer more on each side
  p1 <- (positive + 1) / (n + 2)
  p2 <- (negative + 1) / (n + 2)
  half <- z * sqrt((p1 + p2 - (p1 - p2)^2) / (n + 2))
  c(max(-1, p1 - p2 - half), min(1, p1 - p2 + half))
}

out <- NULL
say <- function(round, table, point, region, ...) {
  values <- c(...)
  out <<- rbind(out, data.frame(round, table, point, region, name = names(values), value = unname(values)))
}
for (year in c("2024", "2025", "2026")) {
  population <- table(factor(members$region[members$since <= year], unique(region_of)))
  responses <- table(factor(answers$region[answers$round == year], unique(region_of)))
  # Regions below 5 join "other regions", and with them the next smallest until it has 10.
  order <- order(responses, names(responses))
  merged <- sum(responses < 5)
  while (merged > 0 && sum(responses[order][seq_len(merged)]) < 10) merged <- merged + 1
  others <- names(responses)[order][seq_len(merged)]
  published <- function(r) ifelse(r %in% others, "other-regions", r)
  for (r in unique(published(names(responses)))) {
    p <- sum(population[published(names(population)) == r])
    a <- sum(responses[published(names(responses)) == r])
    say(year, "participation", "", r, population = p, responses = a, rate = half_up(a, p))
  }
  say(year, "participation", "", "world", population = sum(population), responses = sum(responses), rate = half_up(sum(responses), sum(population)))

  here <- answers[answers$round == year, ]
  for (point in sub("_state$", "", grep("_state$", names(answers), value = TRUE))) {
    for (question in c("state", "change")) {
      for (r in c("world", if (point == "protection") unique(published(names(responses))))) {
        given <- here[[paste0(point, "_", question)]][r == "world" | published(here$region) == r]
        choices <- if (question == "state") state else change
        given <- given[given %in% choices]
        n <- length(given)
        rung <- Find(function(groups) all(vapply(groups, function(g) sum(given %in% g), 0) %in% c(0, 3:n)), rungs[[question]])
        stopifnot(n >= 10, !is.null(rung))
        shares <- setNames(largest_remainder(vapply(rung, function(g) sum(given %in% g), 0)), names(rung))
        positive <- names(rung)[vapply(rung, function(g) all(g %in% choices[4:5]), NA)]
        negative <- if (question == "change") names(rung)[vapply(rung, function(g) all(g %in% choices[1:2]), NA)] else character()
        if (question == "state") {
          value <- sum(shares[positive])
          range <- wilson(sum(given %in% choices[4:5]), n)
        } else {
          value <- sum(shares[positive]) - sum(shares[negative])
          range <- adjusted(sum(given %in% choices[4:5]), sum(given %in% choices[1:2]), n)
        }
        range <- outward(value, range[1], range[2])
        say(year, question, point, r, shares, n = n, value = value, low = range[1], high = range[2])
      }
    }
  }
}
writeLines(c(paste0("# Made by expected.R with R ", getRversion(), " from members.csv, members-2025.csv and answers.csv; see there."),
  paste(names(out), collapse = ","), do.call(paste, c(out, sep = ","))), "expected.csv")
