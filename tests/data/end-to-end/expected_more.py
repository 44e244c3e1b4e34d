"""Computes more of what the reports must say about answers.csv: changes, matched organisations, don't know, several answers and weighted figures.

    cd tests/data/end-to-end && python3 expected_more.py

Python's standard library, from the files and docs/methods.md, nothing of the product; regions and shares as in expected.R, whose figures it takes as given (expected.csv). Not run by ./test: the result is kept in expected-more.csv.
round, table, point, region, name, value. Changes are against the round before. What is withheld has no row: a matched comparison by its rule, a share of several answers where those who picked it or did not are 1 to 4.
"""
import csv
import math
import re
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)
YEARS = ["2024", "2025", "2026"]
SCALES = {"state": ["not-at-all", "a-little", "partly", "largely", "fully"], "change": ["back-a-lot", "back", "no-change", "advanced", "advanced-a-lot"]}


def sign(question, answer):
    step = SCALES[question].index(answer)
    return 1 if step > 2 else -1 if question == "change" and step < 2 else 0


def half_up(count, total):
    return (200 * count + total) // (2 * total)


def outward(value, low, high):
    return min(value, math.floor(100 * low + 1e-9)), max(value, math.ceil(100 * high - 1e-9))


def wilson(x, n):
    p = x / n
    centre, half = (p + Z * Z / 2 / n) / (1 + Z * Z / n), Z / (1 + Z * Z / n) * math.sqrt(p * (1 - p) / n + Z * Z / 4 / n / n)
    return max(0, centre - half) if x else 0, min(1, centre + half) if x != n else 1


def adjusted(positive, negative, n):  # Bonett and Price 2012: one answer more on each side
    p, q = (positive + 1) / (n + 2), (negative + 1) / (n + 2)
    half = Z * math.sqrt((p + q - (p - q) ** 2) / (n + 2))
    return max(-1, p - q - half), min(1, p - q + half)


def counts(question, answers):
    signs = [sign(question, a) for a in answers]
    return signs.count(1), signs.count(-1), len(signs)


def own(question, positive, negative, n):
    low, high = wilson(positive, n) if question == "state" else adjusted(positive, negative, n)
    mean = (positive - negative) / n
    return mean, min(low, mean), max(high, mean)


def mid_p(up, down):
    n = up + down
    if up == down:
        return 1 - math.comb(n, up) / 2 ** n if n else 1.0
    tail = sum(math.comb(n, k) for k in range(min(up, down) + 1)) / 2 ** n
    return 2 * tail - math.comb(n, min(up, down)) / 2 ** n


def holm(ps):
    adjusted_ps, least = [0.0] * len(ps), 0.0
    for rank, i in enumerate(sorted(range(len(ps)), key=lambda i: ps[i])):
        least = max(least, min(1, (len(ps) - rank) * ps[i]))
        adjusted_ps[i] = least
    return adjusted_ps


def none_or(count, least):
    return count == 0 or count >= least


def read(name):
    with open(name, encoding="utf-8") as f:
        return list(csv.DictReader(line for line in f if not line.startswith("#")))


answers = read("answers.csv")
printed = {(r["round"], r["table"], r["point"], r["region"], r["name"]): int(r["value"]) for r in read("expected.csv")}
points = [c[:-len("_state")] for c in answers[0] if c.endswith("_state")]
given = {y: {r["member"]: r for r in answers if r["round"] == y} for y in YEARS}
out = []


def say(year, table, point, **values):
    for name, value in values.items():
        out.append([year, table, point, "world", name.replace("_", "-") if table == "actions" else name, value])


for year in YEARS:
    for point in points:
        for question, scale in SCALES.items():
            said = [r[f"{point}_{question}"] for r in given[year].values()]
            valid, unsure = sum(a in scale for a in said), said.count("dont-know")
            say(year, question, point, dont_know=half_up(unsure, valid + unsure))

        picked = [r[f"{point}_actions"].split(";") for r in given[year].values() if r[f"{point}_actions"]]
        say(year, "actions", point, n=len(picked))
        for choice in sorted({c for p in picked for c in p}):
            count = sum(choice in p for p in picked)
            if none_or(count, 5) and none_or(len(picked) - count, 5):
                out.append([year, "actions", point, "world", choice, half_up(count, len(picked))])

for before, year in zip(YEARS, YEARS[1:]):
    for question, scale in SCALES.items():
        tests = []
        for point in points:
            column = f"{point}_{question}"
            then, now = ({m: r[column] for m, r in given[y].items() if r[column] in scale} for y in (before, year))
            a, b = counts(question, now.values()), counts(question, then.values())
            (m1, l1, u1), (m2, l2, u2) = own(question, *a), own(question, *b)
            value = printed[year, question, point, "world", "value"] - printed[before, question, point, "world", "value"]
            low, high = outward(value, m1 - m2 - math.hypot(m1 - l1, u2 - m2), m1 - m2 + math.hypot(u1 - m1, m2 - l2))
            limit = 100 if question == "state" else 200
            say(year, question, point, change=value, change_low=max(low, -limit), change_high=min(high, limit))

            both = [(then[m], now[m]) for m in then if m in now]
            m = len(both)
            pairs = [(sign(question, x), sign(question, y)) for x, y in both]
            spread = [(p + q) / n - ((p - q) / n) ** 2 for p, q, n in (a, b)]
            cov = sum(x * y for x, y in pairs) / m - sum(x for x, _ in pairs) / m * sum(y for _, y in pairs) / m
            error = math.sqrt(spread[0] / a[2] + spread[1] / b[2] - 2 * m / a[2] / b[2] * cov)
            p = 2 * (1 - NormalDist().cdf(abs(m1 - m2) / error))
            same_way = (value > 0) - (value < 0) == (m1 > m2) - (m1 < m2)
            tests.append((point, p if same_way else 1.0))

            steps = [(scale.index(x), scale.index(y)) if question == "change" else (sign(question, x), sign(question, y)) for x, y in both]
            up, down = sum(y > x for x, y in steps), sum(y < x for x, y in steps)
            joined, left = a[2] - m, b[2] - m
            cells = [pairs.count(c) for c in set(pairs)]
            if m < 10 or not none_or(joined, 5) or not none_or(left, 5) or not all(none_or(n, 3) for n in (up, down, m - up - down)) or (not (joined and left) and min(cells) < 3):
                continue
            balance = (up - down) / m
            moved = math.floor(abs(100 * balance) + 0.5) * (1 if balance > 0 else -1)
            matched_low, matched_high = outward(moved, *(f(balance, e) for f, e in zip((min, max), adjusted(up, down, m))))
            say(year, question, point, matched_n=m, matched_up=up, matched_down=down, matched_same=m - up - down,
                matched_change=moved, matched_low=matched_low, matched_high=matched_high, matched_mid_p=round(mid_p(up, down), 3))
            if min(cells) >= 3:
                overlap_low, overlap_high = outward(value, m1 - m2 - Z * error, m1 - m2 + Z * error)
                say(year, question, point, change_overlap_low=overlap_low, change_overlap_high=overlap_high)
        for (point, _), p in zip(tests, holm([p for _, p in tests])):
            say(year, question, point, change_is_clear=int(p < 0.05))

# Weighted: for the point of which every region has its figure. Regions, populations and responses as expected.csv has them.
with open("expected.R", encoding="utf-8") as f:
    text = f.read()
table = dict(pair for pair in re.findall(r'"([^"]+)" = "([a-z-]+)"', text.split("region_of <- c(")[1].split(")\n")[0]))
region_of = {r["code"]: table[r["country"]] for name in ("members.csv", "members-2025.csv") for r in read(name)}
for year in YEARS:
    regions = sorted({k[3] for k in printed if k[:2] == (year, "participation") and k[3] != "world"})
    for question, scale in SCALES.items():
        strata = []
        for region in regions:
            said = [r[f"protection_{question}"] for m, r in given[year].items() if (region_of[m] if region_of[m] in regions else "other-regions") == region]
            strata.append((printed[year, "participation", "", region, "population"], *counts(question, [a for a in said if a in scale])))
        members, n = sum(s[0] for s in strata), sum(s[3] for s in strata)
        weights = [min(3, max(0.3, s[0] / s[3] * n / members)) for s in strata]
        total = sum(w * s[3] for w, s in zip(weights, strata))
        positive, negative = (sum(w * s[i] for w, s in zip(weights, strata)) / total for i in (1, 2))
        mean = positive - negative
        variance = sum((w * s[3] / total) ** 2 * ((s[1] + s[2]) / s[3] - ((s[1] - s[2]) / s[3]) ** 2) / (s[3] - 1) for w, s in zip(weights, strata))
        effective = (positive + negative - mean * mean) / variance
        value = math.floor(abs(100 * mean) + 0.5) * (1 if mean > 0 else -1)
        low, high = outward(value, *(wilson(mean * effective, effective) if question == "state" else adjusted(positive * effective, negative * effective, effective)))
        effect = n * sum(w * w * s[3] for w, s in zip(weights, strata)) / total ** 2
        say(year, question, "protection", weighted=value, weighted_low=low, weighted_high=high, design_effect=math.floor(100 * effect + 0.5) / 100)

with open("expected-more.csv", "w", encoding="utf-8", newline="\n") as f:
    f.write("# Made by expected_more.py from members.csv, members-2025.csv, answers.csv and expected.csv; see there.\nround,table,point,region,name,value\n")
    f.writelines(",".join(map(str, row)) + "\n" for row in out)
