using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Direction = Survey.Reporting.Charts.Direction;

namespace Survey.Reporting.Findings;

/// <summary>The few sentences of the executive summary: the balance over all points, what moved, what was done and met, what comes first next year.</summary>
public sealed class SummaryFindings(PlanReading reading)
{
    private Cube Cube => reading.Cube;

    /// <summary>How many points lie clearly ahead, clearly back, or neither; without a balance how many have a figure at all.</summary>
    public Finding Balance(string id)
    {
        var words = reading.Words;
        var directions = Cube.Points.Select(p => reading.DirectionOf(p, Cube.World)).ToList();
        var shown = Cube.Points.Count(p => PlanReading.Figures(p, reading.Lead)?.World.Headline is not null);
        if (shown == 0)
            return new Sentence(words).Finding(id, "summary.leadNone", null, 100);
        if (reading.Lead?.Measure?.IsNetBalance != true)
            return new Sentence(words).Count("counts", shown, "summary.leadShare", Points("shown")).Finding(id, "said.as", null, 100);
        var counts = new[] { (Direction.Forward, "summary.ahead", "forward"), (Direction.Back, "summary.behind", "back"), (Direction.Unclear, "summary.unclear", "unclear") }
            .Select(part => (Count: directions.Count(d => d == part.Item1), Key: part.Item2, What: part.Item3)).Where(part => part.Count > 0).ToList();
        var items = counts.ConvertAll(c => (Text: words.Plural(c.Key, c.Count), c.Count, c.What));
        return new Sentence(words).Each("list", items.ConvertAll(i => new FindingItem(i.Text, [new(i.What, i.Count, i.Text, Points(i.What))])))
            .Words("counts", words.List(items.ConvertAll(i => i.Text))).Finding(id, "summary.leadNet", null, 100);
    }

    /// <summary>Everything below the lead, heaviest first.</summary>
    public IReadOnlyList<Finding> InOrder() => FindingRank.Of(Found());

    /// <summary>What comes first next year; null where nothing stands out.</summary>
    public Finding? Priority(string id) => reading.Input.Questionnaire.WithRole(QuestionRole.Priorities) is { } question && Cube.SeveralOf(question.Key) is { } figures
        && reading.Of(question, figures, CubeCell.NoPoint).Top(Cube.World) is { } top
        ? new Sentence(reading.Words).Words("point", top.Label).Percent("share", top.Share, top.ShareCell).Count("n", top.Answered, "counts.organisationsOf", top.AnsweredCell)
            .Finding(id, "said.priority", null, 50)
        : null;

    private IEnumerable<Finding> Found()
    {
        yield return new ParticipationFindings(reading.Words, reading.Names, Cube).InShort("summary.who");
        foreach (var moved in reading.Moved("summary", Cube.World))
            yield return moved;
        if (Done() is { } done)
            yield return done;
        if (Priority("summary.priority") is { } priority)
            yield return priority;
    }

    private Finding? Done()
    {
        if (reading.FirstMostOften(QuestionRole.Actions, Cube.World) is not { } did || reading.FirstMostOften(QuestionRole.Barriers, Cube.World) is not { } met)
            return null;
        return new Sentence(reading.Words).Words("action", did.Label).Count("did", did.Points, "counts.pointsOf", did.Cell).Words("barrier", met.Label).Count("met", met.Points, "counts.pointsOf", met.Cell)
            .Finding("summary.done", "said.doneOverall", null, 60);
    }

    private string Points(string what) => CubeCell.Of("points", CubeCell.NoPoint, Cube.World, what, Cube.Round);
}
