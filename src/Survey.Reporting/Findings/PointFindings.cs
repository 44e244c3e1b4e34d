using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Direction = Survey.Reporting.Charts.Direction;

namespace Survey.Reporting.Findings;

/// <summary>
/// All that is said of one point: how far it is practice and since when, how it changed, which regions moved or differ, what members did and what stood in the way.
/// Which opening a sentence has follows from the point's rank and its place among the points, so that neighbours read differently and the same numbers always read alike.
/// </summary>
public sealed class PointFindings(PlanReading reading, PointFigures point)
{
    private const int FewestToRank = 3;

    /// <summary>A plan of more points than this has shorter lines in the summary, so that it stays on its page.</summary>
    private const int MostLongLines = 8;

    private Cube Cube => reading.Cube;

    /// <summary>The findings in the order in which they are said; the first is the chapter's lead. There always is one.</summary>
    public IReadOnlyList<Finding> InOrder()
    {
        var findings = Found().ToList();
        if (findings.Count == 0)
            findings.Add(new Sentence(reading.Words).Finding($"{point.Point}.none", "tooFew.noRating", Direction.None, 0));
        return FindingRank.Of(findings);
    }

    /// <summary>One line for the summary: how far the point is practice, beside the round before, and where it is heading.</summary>
    public Finding InShort()
    {
        var id = $"summary.{point.Point}";
        if (reading.Lead is not { } lead || PlanReading.Figures(point, lead) is not { } change)
            return new Sentence(reading.Words).Finding(id, "tooFew.noRating", Direction.None, 0);
        if (PlanReading.Figures(point, reading.State) is not { World.Headline: { } headline } state)
            return reading.Of(lead, change, point.Point).Headline(id, Cube.World);
        var direction = reading.DirectionOf(point, Cube.World);
        var sentence = new Sentence(reading.Words).Words("label", reading.Of(reading.State!, state, point.Point).PositiveLabel())
            .Percent("share", headline.Value, At("share", Cube.Round));
        var trend = state.Trend(Cube.World);
        if (trend?.Change is { } since && trend.Points.FirstOrDefault(p => p.Round == since.Since) is { } then)
        {
            sentence.Words("round", since.Since).Percent("then", then.Headline.Value, At("share", since.Since))
                .Clause("state", (Cube.Points.Count > MostLongLines, since) switch
                {
                    (true, { IsClear: false }) => "said.briefUnclear",
                    (true, { Value: > 0 }) => "said.briefUp",
                    (true, _) => "said.briefDown",
                    (false, { IsClear: false }) => "said.shortUnclear",
                    (false, { Value: > 0 }) => "said.shortUp",
                    _ => "said.shortDown",
                });
        }
        else
        {
            sentence.Clause("state", "said.shortAlone");
        }

        return sentence.Finding(id, direction switch
        {
            Direction.Forward => "said.shortForward",
            Direction.Back => "said.shortBack",
            Direction.Unclear => "said.shortNoDirection",
            _ => "said.shortOnly",
        }, direction, 100);

        string At(string what, string round) => CubeCell.Of(reading.State!.Key, point.Point, Cube.World, what, round);
    }

    private IEnumerable<Finding> Found()
    {
        foreach (var (question, isStanding) in new[] { (reading.State, true), (reading.Lead, reading.State is null) })
        {
            if (question is null || PlanReading.Figures(point, question) is not { } figures)
                continue;
            var findings = reading.Of(question, figures, point.Point);
            var id = $"{point.Point}.{question.Key}";
            yield return findings.Whole($"{id}.world", Cube.World, Opening(question, figures), isStanding ? 100 : 90);
            if (!isStanding && findings.Change($"{id}.since", Cube.World) is { } since)
                yield return since;
            foreach (var moved in findings.Moved(id))
                yield return isStanding ? moved : moved with { Weight = 70 };
            // Change is told apart by its bars; which regions differ in how far a point is practice is said here.
            if (isStanding)
            {
                foreach (var apart in findings.Apart(id))
                    yield return apart;
            }

            foreach (var more in new[] { findings.Matched($"{id}.matched", Cube.World), findings.DontKnow($"{id}.dont-know", Cube.World) })
            {
                if (more is not null)
                    yield return more;
            }
        }

        if (Joined() is { } joined)
            yield return joined;
    }

    // The point whose whole range lies above or below those of all others, every one of them shown, is said to have the highest or lowest result; the others open in one of two ways, by turns.
    private string Opening(Question question, RatingFigures figures)
    {
        var shown = Cube.Points.Select(p => (p.Point, PlanReading.Figures(p, question)?.World.Headline)).Where(p => p.Headline is not null).ToList();
        if (shown.Count >= FewestToRank && shown.Count == Cube.Points.Count && figures.World.Headline is { Low: var low, High: var high })
        {
            if (shown.TrueForAll(p => p.Point == point.Point || p.Headline!.High < low))
                return "said.shareHighest";
            if (shown.TrueForAll(p => p.Point == point.Point || p.Headline!.Low > high))
                return "said.shareLowest";
        }

        return shown.FindIndex(p => p.Point == point.Point) % 2 == 0 ? "said.shareFirst" : "said.shareSecond";
    }

    /// <summary>Which action and which obstacle most members named, side by side; null where either may not be told.</summary>
    private Finding? Joined() => Top(QuestionRole.Actions) is { } did && Top(QuestionRole.Barriers) is { } met
        ? new Sentence(reading.Words)
            .Words("action", did.Label).Percent("did", did.Share, did.ShareCell).Number("didOf", did.Answered, did.AnsweredCell)
            .Words("barrier", met.Label).Percent("met", met.Share, met.ShareCell).Count("metOf", met.Answered, "counts.organisationsOf", met.AnsweredCell)
            .Finding($"{point.Point}.joined", "said.joined", null, 75)
        : null;

    private SeveralTop? Top(QuestionRole role) => reading.Input.Questionnaire.WithRole(role) is { } question && point.SeveralOf(question.Key) is { } figures
        ? reading.Of(question, figures, point.Point).Top(Cube.World) : null;
}
