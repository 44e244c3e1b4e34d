using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Imports;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.IntegrationTests.Imports;
using Survey.Testing;

namespace Survey.IntegrationTests.EndToEnd;

/// <summary>
/// A file that was made for another purpose goes the whole way: imported with its dirt, counted, protected, printed. The made-up file has the dirt of the real
/// one and is always there; the real one is taken besides where it is. What the report must say was computed by R: tests/data/open-index/expected/report.R.
/// </summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class OpenIndexReportTests(DatabaseKind kind)
{
    private static readonly string[] Headline = ["n", "headline", "from", "to"], Columns = ["n", "value", "low", "high"];

    private static IEnumerable<TestCaseData> Files() => OpenIndex.Files.Select(f => new TestCaseData(f).SetArgDisplayNames(Path.GetFileNameWithoutExtension(f)));

    [TestCaseSource(nameof(Files))]
    public async Task A_foreign_file_becomes_a_report_with_the_numbers_that_R_computed(string file)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        using var folder = new TestFolder();
        var clock = new StandingClock(new DateTimeOffset(OpenIndex.Moment.AddDays(1)));
        await using (var db = database.Open())
        {
            await OpenIndex.MakeRoundsAsync(db, "2013", "2014", "2015");
            foreach (var round in await db.Rounds.Include(r => r.Templates).ToListAsync())
            {
                round.Templates.Add(new RoundTemplate { Kind = TemplateKinds.Report, Name = "en", Content = await File.ReadAllTextAsync(Path.Combine(Repository.Templates, "report", "en.yaml")), Sha256 = new string('0', 64) });
            }

            await db.SaveChangesAsync();
            await using var stream = File.OpenRead(file);
            var imported = await AnswersImport.RunAsync(db, stream, OpenIndex.Mapping(), new(), OpenIndex.Moment);
            Assert.That(imported.IsWritten, string.Join('\n', imported.Problems));
        }

        var built = await CommandRun.OfAsync(clock, "--database", database.Connection, "report", "build", "2015", "--languages", "en", "--out", folder.Path);
        Assert.That(built.ExitCode, Is.Zero, built.Error);

        await using var read = database.Open();
        var files = await read.Artefacts.AsNoTracking().ToDictionaryAsync(a => a.Name, a => a.Bytes);
        var expected = Expected(file);
        var ratings = Rows(files["data/ratings.csv"]).Where(r => r["question"] == "state" && r["region"] == "world").ToLookup(r => r["point"]);
        var headlines = Rows(files["data/headlines.csv"]).Where(r => r["region"] == "world").ToDictionary(r => r["point"]);
        var lines = PdfFile.Read(folder.File("report-2015.en.pdf")).Layout().Split('\n').Select(PrintedNumbers.Of).ToList();
        Assert.Multiple(() =>
        {
            foreach (var (point, figures) in expected.Where(e => e.Key.Table == "state").Select(e => (e.Key.Point, e.Value)))
            {
                Assert.That(ratings[point].ToDictionary(r => r["group"], r => r["share"]), Is.EquivalentTo(figures.Where(f => !Headline.Contains(f.Key))), point);
                Assert.That(Columns.Select(h => headlines[point][h]), Is.EqualTo(Headline.Select(h => figures[h])), point);
                // The row of the world in the point's table: its shares, the headline with its range, and how many answered.
                var row = figures.Where(f => !Headline.Contains(f.Key)).Select(f => f.Value).Concat(new[] { "headline", "from", "to", "n" }.Select(h => figures[h])).Select(v => int.Parse(v, CultureInfo.InvariantCulture)).ToList();
                Assert.That(lines, Has.Some.Matches<List<int>>(l => l!.Take(row.Count).SequenceEqual(row)), $"no line of the PDF holds {point}: {string.Join(' ', row)}");
            }

            foreach (var region in Rows(files["data/participation.csv"]).Where(r => r["round"] == "2015" && r["kind"] is "world" or "region" && r["round"] == "2015"))
            {
                var figures = expected[("participation", "", region["code"])];
                Assert.That((region["population"], region["responses"]), Is.EqualTo((figures["population"], figures["responses"])), region["code"]);
            }
        });
    }

    private static Dictionary<(string Table, string Point, string Region), Dictionary<string, string>> Expected(string file) =>
        File.ReadLines(Repository.File("tests", "data", "open-index", "expected", "report-" + Path.GetFileName(file))).Skip(2).Select(l => l.Split(',')).Where(f => f[0] == "2015")
            .GroupBy(f => (f[1], f[2], f[3])).ToDictionary(g => g.Key, g => g.ToDictionary(f => f[4], f => f[5]));

    // No field of these two files needs quotes.
    private static List<Dictionary<string, string>> Rows(byte[] csv)
    {
        var lines = Encoding.UTF8.GetString(csv).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var columns = lines[0].Split(',');
        return [.. lines.Skip(1).Select(l => columns.Zip(l.Split(',')).ToDictionary(p => p.First, p => p.Second))];
    }
}
