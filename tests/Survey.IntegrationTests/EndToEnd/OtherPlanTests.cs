using System.Globalization;
using System.Text;
using System.Text.Json;
using Survey.Testing;

namespace Survey.IntegrationTests.EndToEnd;

/// <summary>
/// A plan of three points, another scale and other regions work by adding files alone. Numbers by hand and, for the ranges, by R 4.2:
/// prop.test(12, 20), (10, 20) and (22, 40), each with correct = FALSE.
/// </summary>
[TestFixtureSource(typeof(DatabaseKinds), nameof(DatabaseKinds.Each))]
[NonParallelizable]
internal sealed class OtherPlanTests(DatabaseKind kind)
{
    // Twenty organisations in each half; how often each of the four steps was chosen for the first point.
    private static readonly int[] North = [4, 4, 6, 6], South = [5, 5, 5, 5];
    private static readonly string[] Steps = ["never", "seldom", "often", "always"];

    [Test]
    public async Task A_plan_of_three_points_needs_files_only()
    {
        using var templates = new TemplatesCopy();
        using var folder = new TestFolder();
        await using var database = await TestDatabase.CreateAsync(kind);
        var clock = new StandingClock(new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.Zero));
        await File.WriteAllTextAsync(templates.File("plans/river.yaml"), Plan());
        await File.WriteAllTextAsync(templates.File("questionnaires/river-1.yaml"), Questionnaire());
        await File.WriteAllTextAsync(templates.File("regions/halves.yaml"), Regions());
        await File.WriteAllTextAsync(folder.File("members.csv"), Members());
        await File.WriteAllTextAsync(folder.File("answers.csv"), Answers());
        await File.WriteAllTextAsync(folder.File("mapping.yaml"), "form: wide\nround: {fixed: river-2026}\norganisation: {code: code}\nquestions:\n  practice: {column: \"{point}\"}\n");

        await RunAsync("check", templates.File("plans/river.yaml"), templates.File("questionnaires/river-1.yaml"), templates.File("regions/halves.yaml"));
        var created = await RunAsync("round", "create", "river-2026", "--plan", "river", "--questionnaire", "river-1", "--regions", "halves");
        Assert.That(created.Output, Does.StartWith("Created round river-2026: 3 points, 1 questions, 2 regions."));
        await RunAsync("members", "import", folder.File("members.csv"));
        await RunAsync("round", "open", "river-2026");
        await RunAsync("answers", "import", folder.File("answers.csv"), "--mapping", folder.File("mapping.yaml"));
        await RunAsync("round", "close", "river-2026");
        await RunAsync("report", "build", "river-2026", "--languages", "en", "--out", folder.Path);
        await RunAsync("data", "export", "river-2026", "--out", folder.File("data"));

        var rows = (await File.ReadAllLinesAsync(Path.Combine(folder.File("data"), "headlines.csv"))).Where(l => l.Contains(",water,", StringComparison.Ordinal));
        Assert.That(rows, Is.EquivalentTo(new[]
        {
            // Both halves have as many members and answers: weighted it is 22 of 40, not rounded by steps first, and the design effect is 1.
            "river-2026,water,practice,world,share,plain,40,54,39,70,55,39,70,1",
            "river-2026,water,practice,north,share,small-base,20,60,38,79,,,,",
            "river-2026,water,practice,south,share,small-base,20,50,29,71,,,,",
        }));
        var lines = PdfFile.Read(folder.File("report-river-2026.en.pdf")).Layout().Split('\n').Select(PrintedNumbers.Of).ToList();
        await Assert.MultipleAsync(async () =>
        {
            // Shares, headline, range, answers. 22.5, 22.5, 27.5 and 27.5 are rounded together: the earlier two go up.
            Assert.That(lines, Has.Some.EqualTo(new[] { 20, 20, 30, 30, 60, 38, 79, 20 }));
            Assert.That(lines, Has.Some.EqualTo(new[] { 25, 25, 25, 25, 50, 29, 71, 20 }));
            Assert.That(lines, Has.Some.EqualTo(new[] { 23, 23, 27, 27, 54, 39, 70, 40 }));
            var tally = await RunAsync("tally", "river-2026");
            Assert.That(tally.Lines.Where(l => l.StartsWith("north,water,", StringComparison.Ordinal)),
                Is.EquivalentTo(Steps.Zip(North, (s, n) => string.Create(CultureInfo.InvariantCulture, $"north,water,practice,{s},{n}"))));
        });

        async Task<CommandRun> RunAsync(params string[] arguments)
        {
            var run = await CommandRun.OfAsync(clock, [.. arguments, "--database", database.Connection]);
            Assert.That(run.ExitCode, Is.Zero, string.Join(' ', arguments) + "\n" + run.Error);
            return run;
        }
    }

    /// <summary>A text in the network's four languages; this plan's are all the same.</summary>
    private static string Words(string text) => JsonSerializer.Serialize(new { en = text, fr = text, es = text, ar = text });

    private static string Plan() => $$"""
        slug: river
        title: {{Words("Three promises to the river")}}
        shortTitle: {{Words("Three promises")}}
        status: {en: official, fr: provisional, es: provisional, ar: provisional}
        points:
          - {slug: water, number: 1, title: {{Words("Clean water")}}, shortTitle: {{Words("Water")}}}
          - {slug: banks, number: 2, title: {{Words("Green banks")}}, shortTitle: {{Words("Banks")}}}
          - {slug: fish, number: 3, title: {{Words("Free fish")}}, shortTitle: {{Words("Fish")}}}

        """;

    private static string Questionnaire() => $$"""
        name: river-1
        title: {{Words("River survey")}}
        minutes: 5
        status: {en: official, fr: provisional, es: provisional, ar: provisional}
        sections:
          - slug: points
            perPoint: true
            title: {{Words("Point by point")}}
            questions:
              - key: practice
                kind: scale
                role: state
                text: {{Words("How often is this promise kept?")}}
                shortTitle: {{Words("Kept")}}
                choices:
                  - {code: never, value: 0, label: {{Words("Never")}}}
                  - {code: seldom, value: 1, label: {{Words("Seldom")}}}
                  - {code: often, value: 2, label: {{Words("Often")}}}
                  - {code: always, value: 3, label: {{Words("Always")}}}
                measure: {positive: [often, always]}
                rungs:
                  - groups: each-choice
                  - groups:
                      - {code: seldom-at-most, choices: [never, seldom], label: {{Words("Seldom at most")}}}
                      - {code: often-at-least, choices: [often, always], label: {{Words("Often at least")}}}

        """;

    private static string Regions() => $$"""
        scheme: halves
        version: 1
        status: {en: official, fr: provisional, es: provisional, ar: provisional}
        title: {{Words("Halves")}}
        regions:
          - {slug: north, title: {{Words("Upstream")}}}
          - {slug: south, title: {{Words("Downstream")}}}
        countries:
          - {code: CH, alpha3: CHE, numeric: "756", region: north, name: {{Words("Switzerland")}}}
          - {code: NL, alpha3: NLD, numeric: "528", region: south, name: {{Words("Netherlands")}}}

        """;

    private static string Members()
    {
        var text = new StringBuilder("code,name,country\n");
        for (var i = 0; i < 40; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"r{i:00},Rowers {i},{(i < 20 ? "Switzerland" : "NL")}\n");
        }

        return text.ToString();
    }

    private static string Answers()
    {
        var water = North.Concat(South).Select((count, i) => Enumerable.Repeat(Steps[i % 4], count)).SelectMany(s => s).ToList();
        var text = new StringBuilder("code,water,banks,fish\n");
        for (var i = 0; i < 40; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"r{i:00},{water[i]},{Steps[i % 4]},{Steps[i / 10]}\n");
        }

        return text.ToString();
    }
}
