# Makes made-up.csv: invented answers in the shape of the Global Open Data Index and with the same dirt, from a fixed seed.
#   Rscript tests/data/open-index/expected/made-up.R > tests/data/open-index/made-up.csv
# The dirt: a trailing space in a name, names turned round, abbreviated or old, `ko` for Kosovo, territories, rows that stand there twice,
# an empty region (a column that the mapping does not use), a data set that is no point of the plan, places that come and go.
set.seed(20131115)
places <- c(ar = "Argentina", aw = "Aruba", at = "Austria", bo = "Bolivia, Plurinational State of", bf = "Burkina Faso", ca = "Canada",
  cl = "Chile", ci = "Côte d'Ivoire", cz = "Czech Republic", dk = "Denmark", eg = "Egypt", fi = "Finland", de = "Germany", gh = "Ghana",
  gg = "Guernsey", hk = "Hong Kong (S.A.R.)", "in" = "India", ir = "Iran, Islamic Republic of", jm = "Jamaica", jp = "Japan", ke = "Kenya",
  ko = "Kosovo", kr = "Korea, Republic of", lu = "Luxembourg ", mk = "Macedonia, the Former Yugoslav Republic of", mx = "Mexico",
  ma = "Morocco", np = "Nepal", ng = "Nigeria", no = "Norway", pl = "Poland", ru = "Russian Federation", rw = "Rwanda",
  sa = "Saudi Arabia", sg = "Singapore", za = "South Africa", tw = "Taiwan", tr = "Turkey", vi = "Virgin Islands, U.S.",
  vc = "St. Vincent & the Grenadines", us = "United States", zm = "Zambia")
world <- c(ar = "Americas", at = "Europe", de = "Europe", gh = "Africa", jp = "Asia", ke = "Africa", np = "Asia", us = "Americas")
datasets <- c("statistics", "budget", "legislation", "elections", "companies", "emissions", "map", "spending", "timetables")
answers <- c("Yes", "No", "Unsure")
rows <- NULL
for (year in 2015:2013) {
  here <- places[runif(length(places)) < c("2013" = 0.6, "2014" = 0.75, "2015" = 0.95)[as.character(year)] | names(places) %in% c("ko", "lu", "sg")]
  for (id in names(here)) {
    level <- (sum(utf8ToInt(id)) %% 60) + 4 * (year - 2013)
    asked <- datasets[runif(length(datasets)) < 0.96]
    rows <- rbind(rows, data.frame(year = year, place_id = id, place_name = here[[id]], region = ifelse(id %in% names(world), world[id], ""),
      dataset = asked, score = 5 * pmin(20, pmax(0, round((level + rnorm(length(asked), 10, 22)) / 5))),
      openlicense = sample(answers, length(asked), TRUE, c(0.25, 0.55, 0.2)), uptodate = sample(answers, length(asked), TRUE, c(0.5, 0.35, 0.15))))
  }
}
twice <- rows[rows$year == 2013 & rows$place_id %in% c("sg", "lu"), ]
write.csv(rbind(rows, twice), row.names = FALSE, quote = 3:4, fileEncoding = "UTF-8")
