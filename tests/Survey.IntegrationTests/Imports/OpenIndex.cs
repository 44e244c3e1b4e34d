using System.Globalization;
using Survey.Domain.Imports;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;
using Survey.Testing;

namespace Survey.IntegrationTests.Imports;

/// <summary>The Global Open Data Index read as a progress survey: its templates, and rounds made from them.</summary>
internal static class OpenIndex
{
    public static readonly DateTime Moment = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    public static string Text(string name) => File.ReadAllText(Repository.File("tests", "data", "open-index", name));

    public static string MadeUp => Repository.File("tests", "data", "open-index", "made-up.csv");

    /// <summary>The files in its shape: the made-up one, and the real one where it is. It does not come with the product; without it its cases do not exist.</summary>
    public static IReadOnlyList<string> Files { get; } =
        Environment.GetEnvironmentVariable("PROGRESS_REAL_DATA") is { Length: > 0 } real && File.Exists(real) ? [MadeUp, real] : [MadeUp];

    public static AnswersMapping Mapping(string name = "mapping.yaml")
    {
        var parsed = AnswersMapping.Parse(Text(name), name);
        Assert.That(parsed.Problems, Is.Empty);
        return parsed.Value!;
    }

    /// <summary>Makes open rounds of these years.</summary>
    public static async Task MakeRoundsAsync(SurveyDb db, params string[] slugs)
    {
        foreach (var slug in slugs)
        {
            var round = new SurveyRound { Slug = slug, PlanSlug = "open-index", QuestionnaireName = "open-index", RegionsName = "open-index", CreatedAt = Moment };
            foreach (var kind in new[] { TemplateKinds.Plan, TemplateKinds.Questionnaire, TemplateKinds.Regions })
                round.Templates.Add(new RoundTemplate { Kind = kind, Name = "open-index", Content = Text(kind + ".yaml"), Sha256 = new string('0', 64) });
            round.Templates.Add(new RoundTemplate { Kind = TemplateKinds.Network, Name = "network", Content = File.ReadAllText(Path.Combine(Repository.Templates, "network.yaml")), Sha256 = new string('0', 64) });
            round.Open(Moment);
            db.Rounds.Add(round);
        }
        await db.SaveChangesAsync();
    }

    /// <summary>Counts that R computed, as in the database: year, region, point, question, choice, count.</summary>
    public static IReadOnlyList<string> Expected(string name) =>
        [.. File.ReadAllLines(Repository.File("tests", "data", "open-index", "expected", name)).Skip(2).Order(StringComparer.Ordinal)];

    public static string Row(string year, string region, string point, string question, string choice, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{year},{region},{point},{question},{choice},{count}");
}
