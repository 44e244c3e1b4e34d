using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Direction = Survey.Reporting.Charts.Direction;

namespace Survey.Reporting.Findings;

/// <summary>What is said of one region: where it is heading, what moved, where it differs from the world, what members did there and what stood in the way.</summary>
public sealed class RegionFindings(PlanReading reading, string region)
{
    private Cube Cube => reading.Cube;

    /// <summary>The findings in their order; none for a region without any figure.</summary>
    public IReadOnlyList<Finding> InOrder() => FindingRank.Of(Found());

    /// <summary>The points with the highest and the lowest figure of the lead, and whether their ranges overlap; null with none or one.</summary>
    public Finding? Extremes(string id)
    {
        var isNet = reading.Lead?.Measure?.IsNetBalance == true;
        var shown = Cube.Points.Select(p => (p.Point, PlanReading.Figures(p, reading.Lead)?.Cell(region)?.Headline)).Where(p => p.Headline is not null).Select(p => (p.Point, p.Headline!.Value, p.Headline.Low, p.Headline.High)).ToList();
        if (shown.Count < 2)
            return null;
        var (high, low) = (shown.Max(p => p.Value), shown.Min(p => p.Value));
        if (high == low)
            return new Sentence(reading.Words).Figure("figure", high, isNet, At(shown[0].Point)).Finding(id, "regionPage.titleLevel", null, 40);
        return new Sentence(reading.Words)
            .Figure("highest", high, isNet, At(shown.First(p => p.Value == high).Point)).Words("highestPoints", PointsWith(high))
            .Figure("lowest", low, isNet, At(shown.First(p => p.Value == low).Point)).Words("lowestPoints", PointsWith(low))
            .Finding(id, shown.Where(p => p.Value == high).Min(p => p.Low) > shown.Where(p => p.Value == low).Max(p => p.High) ? "glance.extremes" : "glance.extremesOverlap", null, 70);

        string PointsWith(int value) => reading.Words.List([.. shown.Where(p => p.Value == value).Select(p => reading.Words.Quoted(reading.Names.Point(p.Point)))]);
        string At(string point) => CubeCell.Of(reading.Lead!.Key, point, region, isNet ? "net" : "share", Cube.Round);
    }

    /// <summary>On how many points the standing is clearly higher or lower than in the round before, or neither; null where nothing can be compared, where the standing is itself a balance of changes, and in words from before this was said.</summary>
    public Finding? Course(string id)
    {
        if (reading.Standing is not { Measure.IsNetBalance: not true } question || !reading.Words.Has("titles.course"))
            return null;
        var changes = Cube.Points.Select(p => PlanReading.Figures(p, question)?.Trend(region)?.Change).OfType<Change>().ToList();
        if (changes.Count == 0)
            return null;
        var items = new[] { ("titles.higherOn", "higher", 1), ("titles.lowerOn", "lower", -1), ("titles.steadyOn", "steady", 0) }
            .Select(part => (Key: part.Item1, What: part.Item2, Count: changes.Count(c => (c.IsClear ? Math.Sign(c.Value) : 0) == part.Item3))).Where(part => part.Count > 0)
            .Select(part => (Text: reading.Words.Plural(part.Key, part.Count), part.Count, part.What)).ToList();
        return new Sentence(reading.Words).Words("question", reading.Words.In(question.ShortTitle)).Words("round", changes[0].Since)
            .Each("counts", items.ConvertAll(i => new FindingItem(i.Text, [new(i.What, i.Count, i.Text, Points(i.What))])))
            .Finding(id, "titles.course", null, 40);
    }

    private IEnumerable<Finding> Found()
    {
        foreach (var finding in Directions().Concat(Apart()).Concat(reading.Moved("region." + region, region)))
            yield return finding;
        if (reading.FirstMostOften(QuestionRole.Actions, region) is { } did && reading.FirstMostOften(QuestionRole.Barriers, region) is { } met)
        {
            yield return new Sentence(reading.Words).Words("action", did.Label).Count("did", did.Points, "counts.pointsOf", did.Cell).Words("barrier", met.Label).Count("met", met.Points, "counts.pointsOf", met.Cell)
                .Finding($"region.{region}.done", "said.doneHere", null, 40);
        }
    }

    private IEnumerable<Finding> Directions()
    {
        if (reading.Lead?.Role is not QuestionRole.Change)
            yield break;
        var directions = Cube.Points.Select(p => (p.Point, Direction: reading.DirectionOf(p, region))).Where(d => d.Direction is not Direction.None).ToList();
        if (directions.Count == 0)
            yield break;
        foreach (var (direction, what, key, weight) in new[] { (Direction.Forward, "forward", "said.hereAhead", 90), (Direction.Back, "back", "said.hereBehind", 88) })
        {
            var these = directions.Where(d => d.Direction == direction).Select(d => reading.Words.Quoted(reading.Names.Point(d.Point))).ToList();
            if (these.Count > 0)
            {
                yield return new Sentence(reading.Words).Count("n", these.Count, "counts.pointsOf", Points(what)).Words("points", reading.Words.List(these))
                    .Finding($"region.{region}.{what}", key, direction, weight);
            }
        }

        if (directions.TrueForAll(d => d.Direction is Direction.Unclear))
            yield return new Sentence(reading.Words).Count("n", directions.Count, "counts.pointsOf", Points("unclear")).Finding($"region.{region}.unclear", "said.hereUnclear", Direction.Unclear, 70);
    }

    // Where the region's whole range lies above or below the world's.
    private IEnumerable<Finding> Apart()
    {
        if (reading.Standing is not { } question)
            yield break;
        var isNet = question.Measure?.IsNetBalance == true;
        var shown = Cube.Points.Select(p => (p.Point, Figures: PlanReading.Figures(p, question))).Where(p => p.Figures?.World.Headline is not null && p.Figures.Cell(region)?.Headline is not null)
            .Select(p => (p.Point, Here: p.Figures!.Cell(region)!.Headline!, World: p.Figures.World.Headline!)).ToList();
        if (shown.Count == 0)
            yield break;
        var label = reading.Of(question, PlanReading.Figures(Cube.Point(shown[0].Point)!, question)!, shown[0].Point).PositiveLabel();
        var what = isNet ? "net" : "share";
        var any = false;
        foreach (var (suffix, key, these) in new[]
        {
            ("above", isNet ? "said.hereAboveNet" : "said.hereAbove", shown.Where(p => p.Here.Low > p.World.High).ToList()),
            ("below", isNet ? "said.hereBelowNet" : "said.hereBelow", shown.Where(p => p.Here.High < p.World.Low).ToList()),
        })
        {
            if (these.Count == 0)
                continue;
            any = true;
            yield return new Sentence(reading.Words).Words("label", label).Each("points", these.ConvertAll(p => new FindingItem(
                    reading.Words.Text("said.beside", ("name", reading.Words.Quoted(reading.Names.Point(p.Point))), ("here", reading.Words.Figure(p.Here.Value, isNet)), ("world", reading.Words.Figure(p.World.Value, isNet))),
                    [
                        new("here", p.Here.Value, reading.Words.Figure(p.Here.Value, isNet), CubeCell.Of(question.Key, p.Point, region, what, Cube.Round)),
                        new("world", p.World.Value, reading.Words.Figure(p.World.Value, isNet), CubeCell.Of(question.Key, p.Point, Cube.World, what, Cube.Round)),
                    ])))
                .Finding($"region.{region}.{suffix}", key, null, 80);
        }

        if (!any)
            yield return new Sentence(reading.Words).Finding($"region.{region}.like", "said.hereLike", null, 50);
    }

    private string Points(string what) => CubeCell.Of("points", CubeCell.NoPoint, region, what, Cube.Round);
}
