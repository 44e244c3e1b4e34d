using Survey.Domain.Rounds;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;

namespace Survey.Reporting.Jobs;

/// <summary>Which of the eleven items of the methods chapter could not be written, looked at before anything is counted: those that answers decide are left to the run.</summary>
public static class MethodsCheck
{
    /// <summary>The numbers of the items, each once.</summary>
    public static IReadOnlyList<string> Missing(SurveyRound round, RoundDefinition definition, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(round);
        ArgumentNullException.ThrowIfNull(definition);
        var (opened, closed) = EditionSource.DaysOf(round, now);
        var facts = new RoundFacts(round.Slug, round.IsSample, 1, DateOnly.FromDateTime(now), opened, closed, [.. definition.Network.Languages], null, null, null);
        var nobody = new Cube(round.Slug, round.PlanSlug, now, [], new Participation(0, 0, null, 0, 0, 0, 0, [], [], [], []), [], [], [], new DisclosureRules());
        var input = new EditionInput(nobody, definition.Plan, definition.Questionnaire, definition.Network, EditionSource.GeographyOf(definition.Regions), facts, [], [], [], null, []);
        return [.. definition.ReportTexts.Values.SelectMany(texts => ContentBuilder.ProblemsOf(input, texts)).Select(p => p.Code["aapor-".Length..]).Distinct()];
    }
}
