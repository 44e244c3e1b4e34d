using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;

namespace Survey.Domain.Demo;

/// <summary>
/// What a round of the sample asks, and where its regions lie. <paramref name="Points"/> are the slugs that the round asks, in the plan's order;
/// <paramref name="RegionOf"/> gives a country's region slug (and that of <c>global</c>) or null for a code that the scheme does not know.
/// Terms are given oldest first, one year apart; the last round is the open one.
/// </summary>
public sealed record SampleTerms(string Slug, Plan Plan, Questionnaire Questionnaire, IReadOnlyList<string> Points, Func<string, string?> RegionOf);
