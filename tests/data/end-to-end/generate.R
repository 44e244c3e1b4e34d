# Makes members.csv, members-2025.csv and answers.csv: an invented network of 124 organisations in three rounds, from a fixed seed.
#   cd tests/data/end-to-end && Rscript generate.R
# The point `protection` is dealt so that every count of a region is 0 or at least 3: no rule of disclosure hides anything of it, and its
# distribution can be compared region by region. Everything else falls as it falls.
set.seed(20260504)
rounds <- c(2024, 2025, 2026)
points <- c("post2015", "diaspora", "protection", "women-children", "national-law", "governance", "recruitment", "labour-rights")
state <- c("not-at-all", "a-little", "partly", "largely", "fully")
change <- c("back-a-lot", "back", "no-change", "advanced", "advanced-a-lot")
actions <- c("advocacy", "services", "research", "awareness", "coalition", "litigation", "training", "other")
# Countries are written as member lists write them: codes, names in four languages, old names.
places <- list(
  "africa" = c("SN", "Kenya", "NG", "Côte d'Ivoire", "Ghana", "ZA", "Éthiopie", "UG"),
  "asia-pacific" = c("PH", "India", "Viet Nam", "BD", "NP", "Indonésie", "FJ"),
  "europe-central-asia" = c("FR", "Alemania", "Czech Republic", "XK", "IT", "KG"),
  "latin-america-caribbean" = c("MX", "Bolivia", "CO", "Brasil", "HT"),
  "middle-east-north-africa" = c("MA", "لبنان", "JO"),
  "north-america" = c("US", "CA"),
  "global" = c("Global"))
members <- c("africa" = 36, "asia-pacific" = 30, "europe-central-asia" = 22, "latin-america-caribbean" = 18,
  "middle-east-north-africa" = 9, "north-america" = 4, "global" = 5)
joined <- c("africa" = 4, "asia-pacific" = 2)
answer <- list( # responses by region and round
  "africa" = c(24, 27, 31), "asia-pacific" = c(20, 21, 24), "europe-central-asia" = c(16, 17, 18), "latin-america-caribbean" = c(12, 13, 14),
  "middle-east-north-africa" = c(7, 8, 8), "north-america" = c(2, 3, 3), "global" = c(3, 4, 4))
shown <- c("africa", "asia-pacific", "europe-central-asia", "latin-america-caribbean", "other-regions")
speaks <- c("africa" = "fr", "asia-pacific" = "en", "europe-central-asia" = "en", "latin-america-caribbean" = "es",
  "middle-east-north-africa" = "ar", "north-america" = "en", "global" = "en")

all <- NULL
for (region in names(members)) {
  n <- members[[region]]
  all <- rbind(all, data.frame(region = region, country = rep_len(places[[region]], n), language = speaks[[region]],
    type = sample(c("ngo", "trade-union", "faith-based", "diaspora", "academic"), n, TRUE, c(5, 2, 2, 2, 1))))
}
all$code <- sprintf("m%03d", seq_len(nrow(all)))
all$name <- sprintf("Organisation %03d", seq_len(nrow(all)))
new <- unlist(lapply(names(joined), function(r) tail(which(all$region == r), joined[[r]])))
columns <- c("code", "name", "country", "type", "language")
write.csv(all[-new, columns], "members.csv", row.names = FALSE, quote = 2:3, fileEncoding = "UTF-8")
write.csv(all[new, columns], "members-2025.csv", row.names = FALSE, quote = 2:3, fileEncoding = "UTF-8")

deal <- function(n, chances) { # n answers over five choices, each given by nobody or by at least three
  repeat {
    counts <- as.vector(rmultinom(1, n, chances))
    if (all(counts == 0 | counts >= 3) && sum(counts > 0) > 2) return(counts)
  }
}
rows <- NULL
for (year in seq_along(rounds)) {
  who <- unlist(lapply(names(answer), function(r) {
    there <- which(all$region == r & !(year == 1 & seq_len(nrow(all)) %in% new))
    sort(sample(there, answer[[r]][year]))
  }))
  sheet <- data.frame(round = rounds[year], member = all$code[who], type = all$type[who], listing = sample(c("yes", "no", ""), length(who), TRUE, c(6, 2, 2)))
  for (point in points) {
    work <- sample(c("directly", "follow", "no"), length(who), TRUE, c(5, 4, 1))
    lean <- match(point, points) / 4 - 1.2 + year / 4
    s <- sample(c(state, "dont-know"), length(who), TRUE, c(5 - lean, 6 - lean, 6, 4 + lean, 2 + lean / 2, 2))
    h <- sample(c(change, "dont-know"), length(who), TRUE, c(3 - lean, 5 - lean, 6, 6 + lean, 3 + lean, 2))
    if (point == "protection") {
      group <- ifelse(all$region[who] %in% shown, all$region[who], "other-regions")
      for (g in shown) {
        here <- sample(which(group == g))
        none <- if (length(here) > 13) 3 else 0
        idle <- if (length(here) > 16) 2 else 0
        valid <- length(here) - none - idle
        lean <- match(g, shown) / 10 + year / 12
        work[here] <- c(rep("no", idle), sample(c("directly", "follow"), valid + none, TRUE))
        s[here] <- c(rep("", idle), rep("dont-know", none), rep(state, deal(valid, c(.25, .3, .2, .15, .1) + c(-1, -1, 0, 1, 1) * lean / 6)))
        h[here] <- c(rep("", idle), rep(change, deal(valid, c(.15, .3, .25, .2, .1) + c(-1, -1, 0, 1, 1) * lean / 8)), rep("dont-know", none))
      }
    }
    idle <- work == "no"
    did <- replicate(length(who), paste(sample(actions, sample(0:3, 1), prob = 8:1), collapse = ";"))
    sheet[[paste0(point, "_work")]] <- work
    sheet[[paste0(point, "_state")]] <- ifelse(idle, "", s)
    sheet[[paste0(point, "_change")]] <- ifelse(idle, "", h)
    sheet[[paste0(point, "_actions")]] <- ifelse(idle, "", did)
  }
  # Six organisations tell an example of `protection` in the newest round: tests put other words in their place.
  told <- if (year == 3) head(which(sheet$protection_work != "no"), 6) else integer()
  sheet$example <- replace(rep("", nrow(sheet)), told, paste("Example", seq_along(told)))
  sheet$consent <- replace(rep("", nrow(sheet)), told, rep_len(c("named", "anonymous"), length(told)))
  rows <- rbind(rows, sheet)
}
write.csv(rows, "answers.csv", row.names = FALSE, quote = FALSE, fileEncoding = "UTF-8")
