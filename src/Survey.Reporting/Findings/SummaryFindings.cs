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

    /// <summary>
    /// How many results by point and region point clearly one way, the other, or neither: a balance by its range, a share by its change since the round before. Null with fewer than two that can be told, and in words from before this was said.
    /// </summary>
    public Finding? Cells(string id)
    {
        var words = reading.Words;
        var directions = Cube.Points.SelectMany(p => Cube.Regions.Select(r => reading.DirectionOf(p, r.Slug))).Where(d => d is not Direction.None).ToList();
        if (directions.Count < 2 || !words.Has("titles.cells"))
            return null;
        var isNet = reading.Lead?.Measure?.IsNetBalance == true;
        var items = new[]
        {
            (Direction.Forward, isNet ? "titles.cellsAhead" : "titles.cellsHigher", "forward"),
            (Direction.Back, isNet ? "titles.cellsBehind" : "titles.cellsLower", "back"),
            (Direction.Unclear, isNet ? "titles.cellsUnclear" : "titles.cellsSteady", "unclear"),
        }.Select(part => (Count: directions.Count(d => d == part.Item1), Key: part.Item2, What: part.Item3)).Where(part => part.Count > 0)
            .Select(part => (Text: words.Plural(part.Key, part.Count), part.Count, part.What)).ToList();
        return new Sentence(words).Number("all", directions.Count, At("told")).Each("counts", items.ConvertAll(i => new FindingItem(i.Text, [new(i.What, i.Count, i.Text, At(i.What))])))
            .Finding(id, isNet ? "titles.cells" : "titles.cellsCompared", null, 60);

        string At(string what) => CubeCell.Of("cells", CubeCell.NoPoint, "regions", what, Cube.Round);
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
