using Survey.Domain.Questionnaires;
using Survey.Reporting.Tallies;

namespace Survey.Reporting.Disclosure;

/// <summary>
/// What a version with corrected numbers may not say for the sake of the version before it, which stays public: a cell that was withheld or coarse then and fine now would tell, but for the correction, what was withheld; and one that is
/// withheld now and was fine then follows from what it was and how the world's figure changed. So the regions of a question are shown as they were, or none of them is.
/// </summary>
internal static class Corrections
{
    /// <summary>How coarse each cell must be at least: as it was. No floors where the question was not published, for there is nothing to compare with.</summary>
    public static RungChoice.Floors FloorsOf(RatingFigures? published, Question question, PublishedCounts counts)
    {
        if (published is null)
        {
            return RungChoice.Floors.None;
        }

        var cells = Enumerable.Range(0, counts.World + 1).Select(c => (Index: c, Cell: published.Cell(counts.Slug(c)))).ToList();
        return new RungChoice.Floors(cells.ToDictionary(c => c.Index, c => LevelOf(c.Cell, published, question)), cells.Where(c => c.Cell?.DontKnowShare is null).Select(c => c.Index).ToHashSet());
    }

    /// <summary>The floors with all regions withheld, or all their don't-know shares, where one of them could not be shown as it was; null where all were.</summary>
    public static RungChoice.Floors? Raised(RungChoice.Floors floors, RatingFigures figures, Question question, PublishedCounts counts)
    {
        var regions = Enumerable.Range(0, figures.Regions.Count).ToList();
        int nothing = RungChoice.RungsOf(question).Count + 1;
        bool isCoarser = regions.Exists(r => LevelOf(figures.Regions[r], figures, question) > floors.Of(r)), saysLess = regions.Exists(r => figures.Regions[r].DontKnowShare is null && floors.AllowsDontKnow(r));
        return !isCoarser && !saysLess ? null : new RungChoice.Floors(
            isCoarser ? regions.ToDictionary(r => r, _ => nothing).Append(new(counts.World, floors.Of(counts.World))).ToDictionary() : floors.Levels,
            new HashSet<int>([.. floors.WithoutDontKnow, .. regions]));
    }

    private static int LevelOf(RatingCell? cell, RatingFigures of, Question question)
    {
        var rungs = RungChoice.RungsOf(question);
        if (cell is null or { Treatment: CellTreatment.Hidden })
        {
            return rungs.Count + 1;
        }

        int rung = cell.Rung is { } then ? rungs.ToList().FindIndex(r => r.Select(p => p.Code).SequenceEqual(of.Rungs[then])) : -1;
        return rung < 0 ? rungs.Count : rung;
    }

    /// <summary>The groups of then with the counts of now; none when one is new or too small.</summary>
    public static List<PublishedGroup> GroupsAs(IReadOnlyList<PublishedGroup> published, IReadOnlyList<GroupCount> groups, DisclosureRules rules)
    {
        var placed = published.SelectMany(g => g.Members).ToHashSet(StringComparer.Ordinal);
        List<PublishedGroup> now = [.. published.Select(p =>
        {
            var counted = groups.Where(g => p.Members.Contains(g.Code)).ToList();
            int population = counted.Sum(g => g.Population), responses = counted.Sum(g => g.Responses);
            return p with { Population = population, Responses = responses, RatePercent = RegionGrouping.Rate(responses, population) };
        })];
        return groups.All(g => g is { Population: 0, Responses: 0 } || placed.Contains(g.Code))
            && now.TrueForAll(g => g.Responses >= (g.Code == PublishedGroup.OtherGroups && g.Members.Count > 1 ? rules.MergedMinimum : rules.RegionMinimum)) ? now : [];
    }

    /// <summary>The cube without comparisons of the same organisations, and without weighted figures, that the version before did not print.</summary>
    public static Cube WithoutNewComparisons(Cube cube, Cube published) => cube with
    {
        Points = [.. cube.Points.Select(p => p with { Ratings = [.. p.Ratings.Select(r => Without(r, published.Point(p.Point)?.Rating(r.Question)))] })],
        Ratings = [.. cube.Ratings.Select(r => Without(r, published.Rating(r.Question)))],
    };

    private static RatingFigures Without(RatingFigures figures, RatingFigures? published) => figures with
    {
        Weighted = published?.Weighted is null ? null : figures.Weighted,
        Trends = [.. figures.Trends.Select(t => published?.Trend(t.Region)?.Change is var then && t.Change is { } now
            ? t with { Change = now with { Matched = then?.Matched is null ? null : now.Matched, Overlap = then?.Overlap is null ? null : now.Overlap } } : t)],
    };
}
