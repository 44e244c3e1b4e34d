using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Domain.Rounds;

namespace Survey.Domain.Demo;

/// <summary>
/// What a round of the sample asks, and where its regions lie. <paramref name="Plan"/> holds only the points that the round asks;
/// <paramref name="RegionOf"/> gives a country's region slug (and that of <c>global</c>) or null for a code that the scheme does not know.
/// Terms are given oldest first, one year apart; the last round is the open one.
/// </summary>
public sealed record SampleTerms(string Slug, Plan Plan, Questionnaire Questionnaire, Func<string, string?> RegionOf)
{
    /// <summary>The slugs of the points that the round asks, in the plan's order.</summary>
    public IReadOnlyList<string> Points { get; } = [.. Plan.Points.Select(p => p.Slug)];

    /// <summary>The terms of a round with these frozen templates.</summary>
    public static SampleTerms Of(string slug, RoundDefinition definition) =>
        new(slug, definition.Plan, definition.Questionnaire, code => definition.Regions.RegionOf(code)?.Slug);
}
