using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Direction = Survey.Reporting.Charts.Direction;

namespace Survey.Reporting.Findings;

/// <summary>What the sentences about points and regions are made from: the words, the edition, the rating that speaks for a point, and the one that says how far it is practice.</summary>
/// <param name="Lead">The rating that speaks for a point; null without any.</param>
/// <param name="State">How far a point is practice, where that is asked beside the lead; else null.</param>
public sealed record PlanReading(Wording Words, EditionNames Names, EditionInput Input, Question? Lead, Question? State)
{
    /// <summary>The cube that is read.</summary>
    public Cube Cube => Input.Cube;

    /// <summary>The rating that carries the trend: state where it is asked, else the lead.</summary>
    public Question? Standing => State ?? Lead;

    /// <summary>The figures of a rating at a point; null where either is not there.</summary>
    public static RatingFigures? Figures(PointFigures point, Question? question) => question is null ? null : point.Rating(question.Key);

    /// <summary>The sentences about one rating at one point.</summary>
    public RatingFindings Of(Question question, RatingFigures figures, string point) => new(Words, Names, question, figures, Cube.Rules, point, Cube.Round);

    /// <summary>The sentences about a question with several answers at one point.</summary>
    public SeveralFindings Of(Question question, SeveralFigures figures, string point) => new(Words, Names, question, figures, point, Cube.Round);

    /// <summary>Where the lead points at a point, in a region or the world.</summary>
    public Direction DirectionOf(PointFigures point, string region) => Figures(point, Lead) is { } figures ? Of(Lead!, figures, point.Point).DirectionOf(region) : Direction.None;

    /// <summary>What was named first at more than half of the plan's points, and at how many; null where nothing was.</summary>
    public (string Label, int Points, string Cell)? FirstMostOften(QuestionRole role, string region)
    {
        if (Input.Questionnaire.WithRole(role) is not { } question)
            return null;
        var firsts = Cube.Points.Select(p => p.SeveralOf(question.Key) is { } several ? Of(question, several, p.Point).Top(region) : null).OfType<SeveralTop>()
            .GroupBy(t => t.Choice, StringComparer.Ordinal).Select(g => (Choice: g.Key, Count: g.Count(), g.First().Label)).OrderByDescending(g => g.Count).ToList();
        if (firsts.Count == 0 || firsts[0].Count * 2 <= Cube.Points.Count)
            return null;
        return (firsts[0].Label, firsts[0].Count, CubeCell.Of("points", CubeCell.NoPoint, region, $"first-{question.Key}-{firsts[0].Choice}", Cube.Round));
    }

    /// <summary>The points at which the standing of a region changed clearly since the round before, one way and the other, or the sentence that none did; nothing without a round before. A net balance is told as one.</summary>
    public IEnumerable<Finding> Moved(string id, string region)
    {
        if (Standing is not { } question)
            yield break;
        var isNet = question.Measure?.IsNetBalance == true;
        var (up, down, none) = (region == Cube.World, isNet) switch
        {
            (true, false) => ("said.planUp", "said.planDown", "said.planStill"),
            (true, true) => ("said.planUpNet", "said.planDownNet", "said.planStillNet"),
            (false, false) => ("said.hereUp", "said.hereDown", "said.hereStill"),
            (false, true) => ("said.hereUpNet", "said.hereDownNet", "said.hereStillNet"),
        };
        var changes = Cube.Points.Select(p => (Point: p, Trend: Figures(p, question)?.Trend(region))).Where(m => m.Trend?.Change is not null).ToList();
        if (changes.Count == 0)
            yield break;
        var since = changes[0].Trend!.Change!.Since;
        var label = Figures(changes[0].Point, question) is { } any ? Of(question, any, changes[0].Point.Point).PositiveLabel() : "";
        var clear = changes.Where(m => m.Trend!.Change!.IsClear).ToList();
        if (clear.Count == 0)
            yield return new Sentence(Words).Words("round", since).Words("label", label).Finding($"{id}.still", none, Direction.Unclear, 55);
        foreach (var (suffix, key, sign) in new[] { ("up", up, 1), ("down", down, -1) })
        {
            var these = clear.Where(m => Math.Sign(m.Trend!.Change!.Value) == sign).ToList();
            if (these.Count > 0)
            {
                yield return new Sentence(Words).Words("round", since).Words("label", label)
                    .Each("points", these.ConvertAll(m => Item(m.Point.Point, m.Trend!)))
                    .Finding($"{id}.moved-{suffix}", key, sign > 0 ? Direction.Forward : Direction.Back, 85);
            }
        }

        FindingItem Item(string point, Trend trend)
        {
            var (now, then) = (trend.Points[^1].Headline.Value, trend.Points.First(p => p.Round == since).Headline.Value);
            var what = isNet ? "net" : "share";
            return new FindingItem(
                Words.Text("said.nowAfter", ("name", Words.Quoted(Names.Point(point))), ("now", Words.Figure(now, isNet)), ("then", Words.Figure(then, isNet))),
                [
                    new("now", now, Words.Figure(now, isNet), CubeCell.Of(question.Key, point, region, what, Cube.Round)),
                    new("then", then, Words.Figure(then, isNet), CubeCell.Of(question.Key, point, region, what, since)),
                ]);
        }
    }
}
