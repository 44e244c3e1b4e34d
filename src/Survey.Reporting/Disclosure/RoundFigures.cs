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
    private readonly Cube? corrected;

    /// <param name="input">The round.</param>
    /// <param name="rules">The numbers to keep to.</param>
    /// <param name="corrected">The cube of the version that this one corrects: nothing is shown that is withheld there.</param>
    public RoundFigures(RoundInput input, DisclosureRules rules, Cube? corrected = null)
    {
        (Input, this.rules, this.corrected) = (input, rules, corrected);
        var listed = input.Tally.Regions.Select(r => r.Region).ToHashSet(StringComparer.Ordinal);
        if (input.Tally.Rows.FirstOrDefault(r => !listed.Contains(r.Region)) is { } stray)
        {
            // The world would hold answers that no region holds: a subtraction would give them away.
            throw new ArgumentException($"The tally of {Round} counts answers of the region {stray.Region}, which it does not list.", nameof(input));
        }
        Regions = input.Published?.Regions ?? (corrected is null ? RegionGrouping.Of(input.Tally.Regions, rules) : RegionGrouping.As(corrected.Regions, input.Tally.Regions, rules));
        counts = new PublishedCounts(input.Tally.Rows, Regions);
    }

    public RoundInput Input { get; }

    public string Round => Input.Tally.Round;

    public IReadOnlyList<PublishedRegion> Regions { get; }

    public static bool HasOneAnswer(Question question) => question.Kind is QuestionKind.Scale or QuestionKind.OneChoice;

    /// <summary>The figures of a question with one answer; those that were published, where the round's report came out, and none where they were not among them.</summary>
    public RatingFigures? Told(string point, Question question) => Input.Published is not { } published ? Rating(point, question)
        : point == OutsidePoints ? published.Rating(question.Key) : published.Point(point)?.Rating(question.Key);

    public RatingFigures Rating(string point, Question question)
    {
        var published = point == OutsidePoints ? corrected?.Rating(question.Key) : corrected?.Point(point)?.Rating(question.Key);
        var floors = Corrections.FloorsOf(published, question, counts);
        var figures = Rating(point, question, floors);
        return published is not null && Corrections.Raised(floors, figures, question, counts) is { } raised ? Rating(point, question, raised) : figures;
    }

    private RatingFigures Rating(string point, Question question, RungChoice.Floors floors)
    {
        if (question.Role == QuestionRole.Work && Input.Questionnaire.Questions.Where(q => q.When?.Question == question.Key).ToList() is { Count: > 0 } asking)
        {
            var asked = asking.GroupBy(q => string.Join(' ', WorkChoice.AskedBy(q, question).Order(StringComparer.Ordinal)), StringComparer.Ordinal).Select(g => WorkChoice.AskedBy(g.First(), question));
            return WorkChoice.Figures([.. asked.Select(choices => new WorkChoice(counts, point, question, choices, asking, q => Rating(point, q), isCorrection: corrected is not null, rules))], floors);
        }

        var choice = new RungChoice(counts, point, question, rules, floors);
        var figures = choice.Figures();
        return figures with { Weighted = choice.Weighted(figures) };
    }

    /// <summary>The exact counts behind a published headline.</summary>
    public SignCounts Exact(string point, Question question, RatingFigures figures, string region)
    {
        int cell = region == Cube.World ? counts.World : IndexOf(region);
        var choice = new RungChoice(counts, point, question, rules);
        return Input.Published is null ? choice.Exact(cell) : choice.Behind(cell, figures.Cell(region)!, figures.Rungs[figures.Cell(region)!.Rung!.Value]);
    }

    public SeveralFigures Several(string point, Question question) => new SeveralChoice(
        counts, point, question.Key,
        question.Kind == QuestionKind.Points
            ? [.. Input.Plan.Points.Select(p => p.Slug)]
            : [.. question.Choices.Select(c => c.Code)],
        question.Maximum,
        rules).Figures(point == OutsidePoints ? corrected?.SeveralOf(question.Key) : corrected?.Point(point)?.SeveralOf(question.Key));

    /// <summary>Whether the region stands for the same regions of the scheme here as there.</summary>
    public bool HasSame(PublishedRegion region) => Regions.Any(r => r.Slug == region.Slug && r.Members.SequenceEqual(region.Members));

    private int IndexOf(string region) => Regions.Select((r, i) => (r, i)).First(x => x.r.Slug == region).i;
}
