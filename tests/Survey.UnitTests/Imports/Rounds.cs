using Survey.Domain.Geography;
using Survey.Domain.Imports;
using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Testing;

namespace Survey.UnitTests.Imports;

/// <summary>Rounds with the shipped templates, and organisations to import for.</summary>
internal static class Rounds
{
    private static readonly Lazy<RegionScheme> Regions = new(() => RegionScheme.Parse(Template("regions", "default"), "regions").Value!);
    private static readonly Lazy<PlaceMatcher> Matcher = new(() => new PlaceMatcher(Regions.Value));

    public static PlaceMatcher Places => Matcher.Value;

    public static ImportRound Of(string slug, params int[] population)
    {
        var plan = PlanFile.Parse(Template("plans", "made-8-point"), "plan").Value!;
        var questionnaire = QuestionnaireFile.Parse(Template("questionnaires", $"made-{slug}"), "questionnaire").Value!;
        return new(slug, [.. plan.Points.Where(p => !p.IsOptional).Select(p => p.Slug)], questionnaire, Regions.Value, Places, population.ToHashSet());
    }

    public static KnownOrganisation Known(int id, string code, string name = "Hope Centre", string country = "KE", params KnownContact[] contacts) =>
        new(id, code, name, Survey.Domain.FoldedText.Of(name), country, "ngo", "en", false, false, contacts);

    private static string Template(string folder, string name) => File.ReadAllText(Path.Combine(Repository.Templates, folder, name + ".yaml"));
}
