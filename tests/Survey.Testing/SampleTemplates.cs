using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Survey.Domain.Demo;
using Survey.Domain.Geography;
using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Domain.Rounds;
using Survey.Domain.Storage;

namespace Survey.Testing;

/// <summary>The shipped templates as the terms of sample rounds: the last is 2026; a year before the first questionnaire gets the oldest.</summary>
public static class SampleTemplates
{
    private const int Newest = 2026, OldestQuestionnaire = 2024;

    /// <summary>The shipped region scheme.</summary>
    public static RegionScheme Regions { get; } = RegionScheme.Parse(Text("regions", "default"), "default.yaml").Value!;

    /// <summary>The shipped plan, with its optional points.</summary>
    public static Plan Plan { get; } = PlanFile.Parse(Text("plans", "made-8-point"), "made-8-point.yaml").Value!;

    /// <summary>The terms of so many rounds, oldest first.</summary>
    public static IReadOnlyList<SampleTerms> Terms(int rounds) =>
        [.. Years(rounds).Select(year => new SampleTerms(year.ToString(CultureInfo.InvariantCulture), RoundDefinition.Asked(Plan, []), Questionnaire(year), code => Regions.RegionOf(code)?.Slug))];

    /// <summary>What each of so many rounds carries.</summary>
    public static IReadOnlyList<SampleRoundFiles> Files(int rounds) =>
        [.. Years(rounds).Select(year => new SampleRoundFiles("default",
        [
            Template("plan", "made-8-point", Text("plans", "made-8-point")), Template("questionnaire", Name(year), Text("questionnaires", Name(year))), Template("regions", "default", Text("regions", "default")),
        ]))];

    /// <summary>The shipped questionnaire of a year.</summary>
    public static Questionnaire Questionnaire(int year) => QuestionnaireFile.Parse(Text("questionnaires", Name(year)), Name(year)).Value!;

    private static IEnumerable<int> Years(int rounds) => Enumerable.Range(Newest - rounds + 1, rounds);

    private static string Name(int year) => $"made-{Math.Max(year, OldestQuestionnaire)}";

    private static string Text(string folder, string name) => File.ReadAllText(Path.Combine(Repository.Templates, folder, name + ".yaml"));

    private static RoundTemplate Template(string kind, string name, string content) =>
        new() { Kind = kind, Name = name, Content = content, Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))) };
}
