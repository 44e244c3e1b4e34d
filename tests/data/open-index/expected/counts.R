# Counts by year, region, point, question and choice of a file in the shape of the Global Open Data Index, computed without the product:
#   Rscript tests/data/open-index/expected/counts.R FILE > OUT.csv
# A place counts once per year and data set; identical repetitions are dropped. Regions are listed here by hand from the continents of
# UN M49 (Kosovo, `ko`, with Europe), independently of regions.yaml. Rows with question "responses" count the places that answered.
regions <- list(
  africa = "bf bj bw ci cm dz eg et gh gn ke ls ly ma ml ne ng rw sd sl sn tg tn tz za zm zw",
  americas = "ag ar aw bb bm bo br bs ca cl co cr dm do ec gd gt gy ht jm kn ky lc ms mx pa pr py sv tc tt us uy vc vi",
  `asia-pacific` = "ae au az bd bh cn cy ge hk id il in iq ir jo jp kg kh kr kw kz lb mm my np nz om ph pk qa sa sg sy th tj tl tr tw",
  europe = "al at ba be bg ch cz de dk es fi fr gb gg gr hr hu ie im is it je lt lu lv md mk mt nl no pl pt ro rs ru se si sk ua ko")
region.of <- unlist(lapply(names(regions), function(r) { ids <- strsplit(regions[[r]], " ")[[1]]; setNames(rep(r, length(ids)), ids) }))

file <- commandArgs(TRUE)[1]
d <- read.csv(file, colClasses = "character", na.strings = character(), strip.white = TRUE, encoding = "UTF-8")
d <- d[d$dataset %in% c("statistics", "budget", "legislation", "elections", "companies", "emissions", "map", "spending"), ]
d <- unique(d[, c("year", "place_id", "dataset", "score", "openlicense", "uptodate")])
stopifnot(!anyDuplicated(d[, c("year", "place_id", "dataset")]), d$place_id %in% names(region.of))
d$region <- region.of[d$place_id]
d$state <- as.character(cut(as.numeric(d$score), c(-1, 19, 39, 59, 79, 100), c("very-low", "low", "middle", "high", "very-high")))
word <- c(Yes = "yes", No = "no", Unsure = "dont-know")
d$`open-licence` <- word[d$openlicense]
d$`up-to-date` <- word[d$uptodate]
stopifnot(!anyNA(d))

count <- function(question) {
  t <- as.data.frame(table(year = d$year, region = d$region, point = d$dataset, choice = d[[question]]), stringsAsFactors = FALSE)
  data.frame(year = t$year, region = t$region, point = t$point, question = question, choice = t$choice, count = t$Freq)
}
places <- unique(d[, c("year", "region", "place_id")])
n <- as.data.frame(table(year = places$year, region = places$region), stringsAsFactors = FALSE)
out <- rbind(count("state"), count("open-licence"), count("up-to-date"),
  data.frame(year = n$year, region = n$region, point = "", question = "responses", choice = "", count = n$Freq))
out <- out[out$count > 0, ]
out <- out[order(out$year, out$region, out$point, out$question, out$choice, method = "radix"), ]
cat("# Source: counts.R on ", basename(file), ", ", R.version.string, "\n", sep = "")
write.table(out, "", sep = ",", quote = FALSE, row.names = FALSE)
