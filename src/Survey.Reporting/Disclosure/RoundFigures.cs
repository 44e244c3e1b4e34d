using Survey.Domain.Questionnaires;
using Survey.Domain.Statistics;

namespace Survey.Reporting.Disclosure;

/// <summary>One round with its regions as published and its counts added up by them.</summary>
internal sealed class RoundFigures
{
    /// <summary>What a tally writes as point for a question that is asked once.</summary>
    public const string OutsidePoints = "";

    private readonly DisclosureRules rules;
    private readonly PublishedCounts counts;

    public RoundFigures(RoundInput input, DisclosureRules rules)
    {
        (Input, this.rules) = (input, rules);
        var listed = input.Tally.Regions.Select(r => r.Region).ToHashSet(StringComparer.Ordinal);
        if (input.Tally.Rows.FirstOrDefault(r => !listed.Contains(r.Region)) is { } stray)
        {
            // The world would hold answers that no region holds: a subtraction would give them away.
            throw new ArgumentException($"The tally of {Round} counts answers of the region {stray.Region}, which it does not list.", nameof(input));
        }
        Regions = RegionGrouping.Of(input.Tally.Regions, rules);
        counts = new PublishedCounts(input.Tally.Rows, Regions);
    }

    public RoundInput Input { get; }

    public string Round => Input.Tally.Round;

    public IReadOnlyList<PublishedRegion> Regions { get; }

    public static bool HasOneAnswer(Question question) => question.Kind is QuestionKind.Scale or QuestionKind.OneChoice;

    public RatingFigures Rating(string point, Question question)
    {
        var choice = new RungChoice(counts, point, question, rules);
        var figures = choice.Figures();
        return figures with { Weighted = choice.Weighted(figures) };
    }

    public SignCounts Exact(string point, Question question, string region) =>
        new RungChoice(counts, point, question, rules).Exact(region == Cube.World ? counts.World : IndexOf(region));

    public SeveralFigures Several(string point, Question question) => new SeveralChoice(
        counts, point, question.Key,
        question.Kind == QuestionKind.Points
            ? [.. Input.Plan.Points.Select(p => p.Slug)]
            : [.. question.Choices.Select(c => c.Code)],
        rules).Figures();

    /// <summary>Whether the region stands for the same regions of the scheme here as there.</summary>
    public bool HasSame(PublishedRegion region) => Regions.Any(r => r.Slug == region.Slug && r.Members.SequenceEqual(region.Members));

    private int IndexOf(string region) => Regions.Select((r, i) => (r, i)).First(x => x.r.Slug == region).i;
}
