using Survey.Domain.Geography;
using Survey.Domain.Networks;
using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Domain.TemplateText;

namespace Survey.Domain.Rounds;

/// <summary>
/// What a round asks, of whom and in which words, read from the templates that were frozen into it. Files on disk have no part in it.
/// <see cref="Plan"/> holds only the points that the round asks: optional ones are left out unless the round names them.
/// </summary>
/// <param name="ReportTexts">The words of the report by language code; the round's languages are its keys.</param>
public sealed record RoundDefinition(
    Plan Plan,
    Questionnaire Questionnaire,
    RegionScheme Regions,
    Network Network,
    IReadOnlyDictionary<string, TextCatalogue> ReportTexts)
{
    /// <summary>The slugs of the points that the round asks, in the plan's order.</summary>
    public IReadOnlyList<string> Points { get; } = [.. Plan.Points.Select(p => p.Slug)];

    /// <summary>Whether this is the code of a place that may be answered.</summary>
    public bool IsCountry(string code) => Regions.Country(code) is not null;

    /// <summary>The plan without the optional points that are not among <paramref name="asked"/>.</summary>
    public static Plan Asked(Plan plan, IReadOnlyCollection<string> asked) =>
        plan with { Points = [.. plan.Points.Where(p => !p.IsOptional || asked.Contains(p.Slug))] };
}
