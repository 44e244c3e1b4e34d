using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Survey.Domain.Imports;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.IntegrationTests.Imports;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Jobs;
using Survey.Reporting.OpenData;
using Survey.Reporting.Tallies;
using Survey.Testing;
using Survey.Testing.Attack;
using Survey.Testing.Site;

namespace Survey.IntegrationTests.Editions;

/// <summary>Three years of answers from a foreign file: what this year's report says of last year, and what an attacker makes of what is published.</summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
internal sealed class EarlierNumbersTests(DatabaseKind kind)
{
    private static readonly DateTime Now = OpenIndex.Moment.AddDays(1);

    private TestDatabase database = null!;
    private SurveyDb db = null!;

    private static IEnumerable<TestCaseData> Files() => OpenIndex.Files.Select(f => new TestCaseData(f).SetArgDisplayNames(Path.GetFileNameWithoutExtension(f)));

    [SetUp]
    public async Task MakeAsync()
    {
        database = await TestDatabase.CreateAsync(kind);
        db = database.Open();
        await OpenIndex.MakeRoundsAsync(db, "2013", "2014", "2015");
        foreach (var round in await db.Rounds.Include(r => r.Templates).ToListAsync())
        {
            round.Templates.Add(new RoundTemplate { Kind = TemplateKinds.Report, Name = "en", Content = await File.ReadAllTextAsync(Path.Combine(Repository.Templates, "report", "en.yaml")), Sha256 = new string('0', 64) });
        }

        await db.SaveChangesAsync();
    }

    [TearDown]
    public async Task RemoveAsync()
    {
        await db.DisposeAsync();
        await database.DisposeAsync();
    }

    [Test]
    public async Task Last_year_is_what_last_years_report_said()
    {
        await ImportAsync(OpenIndex.MadeUp);
        var (then, now) = (await RoundAsync("2014"), await RoundAsync("2015"));
        var said = await CubeAsync(then);
        // Half of the answers of then are gone since.
        await db.Answers.Where(a => a.RoundId == then.Id && a.ResponseId % 2 == 0).ExecuteDeleteAsync();
        Assert.That(Of(await CubeAsync(now), "2014").Count(t => t.Then != Said(said, t)), Is.GreaterThan(0), "counted again it is another number");

        var version = await StoredEdition.AddAsync(db, then, isPublished: true, number: 1, "en");
        foreach (var json in new[] { CubeJson.Write(said), Older(CubeJson.Write(said)) })
        {
            await db.EditionVersions.Where(v => v.Id == version.Id).ExecuteUpdateAsync(s => s.SetProperty(v => v.Cube, json));
            var cube = await CubeAsync(now);
            var compared = Of(cube, "2014").ToList();
            Assert.That(compared, Has.Count.GreaterThan(5));
            Assert.Multiple(() => compared.ForEach(t => Assert.That(t.Then, Is.EqualTo(Said(said, t)), $"{t.Point} {t.Question} {t.Region}")));
            foreach (var trend in cube.Points.SelectMany(p => p.Ratings).SelectMany(r => r.Trends).Where(t => t.Change is not null))
            {
                Assert.That(trend.Change!.Value, Is.EqualTo(trend.Points[^1].Headline.Value - trend.Points[^2].Headline.Value));
            }

            var who = cube.Participation.Earlier.Single(e => e.Round == "2014");
            Assert.That((who.Population, who.Responses, who.RatePercent), Is.EqualTo((said.Participation.Population, said.Participation.Responses, said.Participation.RatePercent)));
        }
    }

    [TestCaseSource(nameof(Files))]
    public async Task No_hidden_count_of_a_foreign_file_can_be_pinned_down(string file)
    {
        await ImportAsync(file);
        int attacked = 0;
        foreach (string slug in file == OpenIndex.MadeUp ? ["2015"] : new[] { "2013", "2014", "2015" })
        {
            var round = await RoundAsync(slug);
            var definition = RoundDefinition.Of(round);
            var input = await EditionSource.ReadAsync(db, round, definition, null, 1, [], Now, CancellationToken.None);
            var tally = new RoundInput(await TallyReader.ReadAsync(db, round, Now, CancellationToken.None), definition.Plan, definition.Questionnaire);
            foreach (var attack in Attacker.On(tally, new PublishedFiles(DataPack.Of(input, definition.ReportTexts))))
            {
                attacked++;
                Assert.That((attack.Program.HoldsInTruth(), attack.IsKept()), Is.EqualTo((true, true)), $"{slug} {attack.What}");
            }
        }

        TestContext.Out.WriteLine($"{attacked} hidden counts attacked.");
    }

    private async Task ImportAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        var imported = await AnswersImport.RunAsync(db, stream, OpenIndex.Mapping(), new(), OpenIndex.Moment);
        Assert.That(imported.IsWritten, string.Join('\n', imported.Problems));
    }

    private Task<SurveyRound> RoundAsync(string slug) => db.Rounds.AsNoTracking().Include(r => r.Templates).SingleAsync(r => r.Slug == slug);

    private Task<Cube> CubeAsync(SurveyRound round) => EditionSource.CubeAsync(db, round, RoundDefinition.Of(round), Now, CancellationToken.None);

    private static IEnumerable<(string Point, string Question, string Region, (int N, Headline Headline) Then)> Of(Cube cube, string round) =>
        from point in cube.Points
        from figures in point.Ratings
        from trend in figures.Trends
        from at in trend.Points
        where at.Round == round
        select (point.Point, figures.Question, trend.Region, (at.ValidN, at.Headline));

    private static (int N, Headline Headline) Said(Cube cube, (string Point, string Question, string Region, (int, Headline)) of) =>
        cube.Point(of.Point)!.Rating(of.Question)!.Cell(of.Region) is { } cell ? (cell.ValidN!.Value, cell.Headline!) : default;

    // As cubes were written before rules and figures were added.
    private static string Older(string json)
    {
        var cube = JsonNode.Parse(json)!;
        cube["rules"]!.AsObject().Remove("leastPossible");
        foreach (var rating in cube["points"]!.AsArray().SelectMany(p => p!["ratings"]!.AsArray()))
        {
            rating!.AsObject().Remove("weighted");
        }

        return cube.ToJsonString();
    }
}
