using System.Globalization;
using System.Text.Json;
using Survey.Testing;

namespace Survey.IntegrationTests.EndToEnd;

/// <summary>
/// From files to a published PDF, the numbers hold: those of data pack, content and PDF equal the ones that R computed from the same files
/// (tests/data/end-to-end/expected.R, kept as expected.csv), in all three rounds and all four languages. Changes, don't know, several answers and weighted figures are those of expected_more.py beside it.
/// </summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class NumbersTests(DatabaseKind kind)
{
    private static readonly string[] Rounds = ["2024", "2025", "2026"];
    private static readonly string[] Change = ["back-a-lot", "back", "no-change", "advanced", "advanced-a-lot"];
    private static readonly string[] State = ["not-at-all", "a-little", "partly", "largely", "fully"];
    private static readonly string[] Points = ["post2015", "diaspora", "protection", "women-children", "national-law", "governance", "recruitment", "labour-rights"];
    private static readonly string[] Headline = ["n", "value", "low", "high"];

    /// <summary>R's figures: (round, table, point, region) → name → value.</summary>
    private static readonly Dictionary<(string Round, string Table, string Point, string Region), Dictionary<string, int>> Expected =
        File.ReadLines(Repository.File("tests", "data", "end-to-end", "expected.csv")).Skip(2).Select(l => l.Split(','))
            .GroupBy(f => (f[0], f[1], f[2], f[3])).ToDictionary(g => g.Key, g => g.ToDictionary(f => f[4], f => int.Parse(f[5], CultureInfo.InvariantCulture)));

    private NetworkRun run = null!;

    private static IEnumerable<(string Round, string Language)> Editions => Rounds.SelectMany(r => NetworkRun.LanguagesOf(r).Select(l => (r, l)));

    [OneTimeSetUp]
    public async Task MakeAsync() => run = await NetworkRun.OnAsync(kind);

    [Test]
    public void Data_pack_holds_what_R_computed([ValueSource(nameof(Rounds))] string round)
    {
        var ratings = run.Data(round, "ratings").ToLookup(r => (r["question"], r["point"], r["region"]));
        var headlines = run.Data(round, "headlines").ToDictionary(r => (r["question"], r["point"], r["region"]));
        Assert.Multiple(() =>
        {
            foreach (var ((_, table, point, region), figures) in Expected.Where(e => e.Key.Round == round && e.Key.Table != "participation"))
            {
                var key = (table, point, region);
                Assert.That(ratings[key].ToDictionary(r => r["group"], r => int.Parse(r["share"], CultureInfo.InvariantCulture)),
                    Is.EquivalentTo(figures.Where(f => !Headline.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value)), key.ToString());
                Assert.That(ratings[key].Select(r => r["n"]).Distinct(), Is.EqualTo(new[] { Text(figures["n"]) }), key.ToString());
                Assert.That(Headline.Select(h => headlines[key][h]), Is.EqualTo(Headline.Select(h => Text(figures[h]))), key.ToString());
            }
        });
    }

    [Test]
    public void Changes_and_all_other_figures_of_the_world_are_those_computed_from_the_files([ValueSource(nameof(Rounds))] string round)
    {
        var expected = File.ReadLines(Repository.File("tests", "data", "end-to-end", "expected-more.csv")).Skip(2).Select(l => l.Split(',')).Where(f => f[0] == round)
            .GroupBy(f => (Table: f[1], Point: f[2])).ToDictionary(g => g.Key, g => g.ToDictionary(f => f[4], f => f[4] == "change_is_clear" ? f[5] == "1" ? "true" : "false" : f[5]));
        var world = new[] { "ratings", "trends", "headlines", "several" }.ToDictionary(f => f, f => run.Data(round, f).Where(r => r["region"] == "world" && r["round"] == round).ToLookup(r => (Table: r["question"], Point: r["point"])));
        string[] compared = ["change", "change_low", "change_high", "change_overlap_low", "change_overlap_high", "change_is_clear", "matched_n", "matched_up", "matched_down", "matched_same", "matched_change", "matched_low", "matched_high", "matched_mid_p"];
        Assert.That(expected, Has.Count.EqualTo(3 * Points.Length));
        Assert.Multiple(() =>
        {
            foreach (var (key, figures) in expected.Where(e => e.Key.Table != "actions"))
            {
                Assert.That(world["ratings"][key].First()["dont_know_share"], Is.EqualTo(figures["dont_know"]), $"{key} don't know");
                var trend = world["trends"][key].Single();
                Assert.That(compared.Select(c => c + " " + trend[c]), Is.EqualTo(compared.Select(c => c + " " + figures.GetValueOrDefault(c, ""))), $"{key} change");
                foreach (var (name, value) in figures.Where(f => f.Key.StartsWith("weighted", StringComparison.Ordinal) || f.Key == "design_effect"))
                {
                    Assert.That(world["headlines"][key].Single()[name], Is.EqualTo(value), $"{key} {name}");
                }
            }

            foreach (var (key, figures) in expected.Where(e => e.Key.Table == "actions"))
            {
                Assert.That(world["several"][key].Select(r => r["n"]).Distinct(), Is.EqualTo(new[] { figures["n"] }), $"{key} n");
                // A choice that nobody picked has no line in the file; one that all regions withhold may be withheld for the world too.
                var printed = world["several"][key].Where(r => r["share"].Length > 0).ToDictionary(r => r["choice"], r => r["share"]);
                Assert.That(printed, Is.EquivalentTo(printed.Keys.ToDictionary(c => c, c => figures.GetValueOrDefault(c, "0"))), $"{key} shares");
                Assert.That(figures.Keys.Except(printed.Keys).Count(c => c != "n"), Is.LessThan(2), $"{key} withheld");
            }
        });
    }

    [Test]
    public void Response_rates_are_those_that_R_computed([ValueSource(nameof(Rounds))] string round)
    {
        var rows = run.Data(round, "participation").Where(r => r["round"] == round && r["kind"] is "world" or "region" && r["round"] == round)
            .ToDictionary(r => r["code"], r => new[] { r["population"], r["responses"], r["rate"] });
        var expected = Expected.Where(e => e.Key.Round == round && e.Key.Table == "participation").ToDictionary(e => e.Key.Region, e => new[] { "population", "responses", "rate" }.Select(n => Text(e.Value[n])).ToArray());
        Assert.That(rows.Keys, Is.EquivalentTo(expected.Keys));
        Assert.Multiple(() =>
        {
            foreach (var (region, row) in expected)
            {
                Assert.That(rows[region], Is.EqualTo(row), region);
            }
        });
    }

    [TestCaseSource(nameof(Editions))]
    public void Tables_of_content_and_PDF_say_the_same((string Round, string Language) edition)
    {
        var (round, language) = edition;
        var lines = Lines(round, language);
        Assert.Multiple(() =>
        {
            foreach (var (question, choices) in new[] { ("change", Change), ("state", State) })
            {
                AssertTable($"point-protection--{question}-table", region =>
                {
                    var figures = Expected[(round, question, "protection", region)];
                    return [.. choices.Select(c => figures[c]), figures["value"], figures["low"], figures["high"], figures["n"]];
                });
            }

            AssertTable("participation-table", region =>
            {
                var figures = Expected[(round, "participation", "", region)];
                return [figures["population"], figures["responses"], figures["rate"]];
            });
            if (round == "2026")
            {
                AssertTable("annex-point-protection--change-rounds", region => [.. Rounds.Select(r => Expected[(r, "change", "protection", region)]["value"])]);
                AssertTable("annex-point-protection--state-rounds", region => [.. Rounds.Select(r => Expected[(r, "state", "protection", region)]["value"])]);
            }
        });

        // R's figures are the first of the row; what may follow (don't know, last year, the difference) must be in the PDF too.
        void AssertTable(string id, Func<string, List<int>> expected)
        {
            var rows = TableRows(round, language, id);
            Assert.That(rows.Select(r => r.Region), Is.EquivalentTo(new[] { "africa", "asia-pacific", "europe-central-asia", "latin-america-caribbean", "other-regions", "world" }), id);
            foreach (var (region, numbers) in rows)
            {
                var right = expected(region);
                Assert.That(numbers.Take(right.Count), Is.EqualTo(right), $"{id}: {region}");
                Assert.That(lines, Has.Some.EqualTo(InLine(numbers, language)), $"no line of the PDF holds the row {region} of {id}");
            }
        }
    }

    [TestCaseSource(nameof(Editions))]
    public void Summary_gives_every_point_the_balance_that_R_computed((string Round, string Language) edition)
    {
        var summary = Blocks(edition.Round, edition.Language).Single(b => Kind(b) == "summaryList");
        var points = summary.GetProperty("points").EnumerateArray().ToList();
        var lines = Lines(edition.Round, edition.Language);
        Assert.That(points, Has.Count.EqualTo(Points.Length));
        Assert.Multiple(() =>
        {
            foreach (var (point, slug) in points.Zip(Points))
            {
                var figures = Expected[(edition.Round, "change", slug, "world")];
                var shown = new[] { "figure", "range", "base" }.SelectMany(p => PrintedNumbers.Of(point.GetProperty(p).GetString()!)).ToList();
                Assert.That(shown, Is.EqualTo(new[] { figures["value"], figures["low"], figures["high"], figures["n"] }), slug);
                Assert.That(lines, Has.Some.Matches<List<int>>(l => l is not null && !shown.Except(l).Any()), $"no line of the PDF holds the figures of {slug}");
            }
        });
    }

    [Test]
    public void Headline_sentence_of_a_point_holds_its_numbers_in_every_language([ValueSource(typeof(NetworkRun), nameof(NetworkRun.Languages))] string language)
    {
        var findings = Blocks("2026", language).Where(b => Kind(b) == "finding").ToList();
        var text = PrintedNumbers.Solid(PdfFile.Read(run.Pdf("2026", language)).Text());
        Assert.That(findings, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            foreach (var finding in findings)
            {
                var said = finding.GetProperty("text").GetString()!;
                foreach (var number in finding.GetProperty("numbers").EnumerateArray())
                {
                    Assert.That(said, Does.Contain(number.GetProperty("text").GetString()!));
                }

                // Poppler turns the words of a right-to-left line round; the order of a whole sentence is held in the other languages.
                if (language != "ar")
                {
                    Assert.That(text, Does.Contain(PrintedNumbers.Solid(said)));
                }
            }
        });
    }

    [Test]
    public void All_languages_print_the_same_numbers()
    {
        var english = TableNumbers("en");
        Assert.That(english, Has.Count.GreaterThan(30));
        foreach (var language in NetworkRun.Languages)
        {
            Assert.That(TableNumbers(language), Is.EqualTo(english), language);
        }
    }

    [Test]
    public void A_sign_stays_before_its_number_within_Arabic_text()
    {
        // Without an isolate (U+2066 … U+2069) "−5 إلى +91" is laid out with its signs behind the numbers.
        var texts = Blocks("2026", "ar").Where(b => Kind(b) is "table").SelectMany(Cells).SelectMany(r => r)
            .Concat(Blocks("2026", "ar").Where(b => Kind(b) == "finding").Select(b => b.GetProperty("text").GetString()!)).ToList();
        Assert.That(texts, Has.Some.Contains("\u2066\u2212"));
        Assert.That(texts, Has.None.Match("(?<!\u2066)[+\u2212][0-9]"));
    }

    [Test]
    public void No_digit_but_0_to_9_is_printed([ValueSource(typeof(NetworkRun), nameof(NetworkRun.Languages))] string language) =>
        Assert.That(PdfFile.Read(run.Pdf("2026", language)).Text().Where(c => char.IsDigit(c) && !char.IsAsciiDigit(c)), Is.Empty);

    private List<string> TableNumbers(string language) =>
        [.. Blocks("2026", language).Where(b => Kind(b) == "table" && b.GetProperty("id").GetString() != "annex-organisations-table")
            .Select(b => b.GetProperty("id").GetString() + ": " + string.Join(" | ", InOneOrder(b)))];

    /// <summary>The rows' numbers; languages stand by their names, so in another order in each language.</summary>
    private static IEnumerable<string> InOneOrder(JsonElement table)
    {
        var rows = Cells(table).Select(r => string.Join(' ', r.Skip(1).SelectMany(PrintedNumbers.Of)));
        return table.GetProperty("id").GetString() == "participation-languages" ? rows.Order(StringComparer.Ordinal) : rows;
    }

    private List<(string Region, List<int> Numbers)> TableRows(string round, string language, string id)
    {
        var names = run.Data(round, "codebook").Where(r => r["kind"] == "region" && r["language"] == language).OrderByDescending(r => r["label"].Length).ToList();
        var table = Blocks(round, language).Single(b => Kind(b) == "table" && b.GetProperty("id").GetString() == id);
        return [.. Cells(table).Select(r => (names.First(n => PrintedNumbers.Plain(r[0]).StartsWith(n["label"], StringComparison.Ordinal))["code"], r.Skip(1).SelectMany(PrintedNumbers.Of).ToList()))];
    }

    private static List<List<string>> Cells(JsonElement table) =>
        [.. table.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("cells").EnumerateArray().Select(c => c.GetProperty("text").GetString()!).ToList())];

    /// <summary>All blocks, those side by side too.</summary>
    private IEnumerable<JsonElement> Blocks(string round, string language) => run.Content(round, language).GetProperty("blocks").EnumerateArray().SelectMany(Inner);

    private static IEnumerable<JsonElement> Inner(JsonElement block) =>
        Kind(block) == "columns" ? new[] { "first", "second" }.SelectMany(side => block.GetProperty(side).EnumerateArray()) : [block];

    private static string Kind(JsonElement block) => block.GetProperty("kind").GetString()!;

    /// <summary>The numbers of each line of a PDF as it lies on the page.</summary>
    private List<List<int>> Lines(string round, string language) =>
        [.. PdfFile.Read(run.Pdf(round, language)).Layout().Split('\n').Select(l => InLine(PrintedNumbers.Of(l), language)).Where(l => l.Count > 0)];

    /// <summary>A right-to-left line comes out in the order of the page, not of reading: there only what stands in it is compared.</summary>
    private static List<int> InLine(List<int> numbers, string language) => language == "ar" ? [.. numbers.Order()] : numbers;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
