using Survey.Reporting.Disclosure;

namespace Survey.Reporting.Editions;

/// <summary>Which published numbers of two cubes of one round differ, each with its place; one that only one of them publishes has no value on the other side.</summary>
public static class CubeComparison
{
    /// <summary>The differences, in the order of the newer cube, then what only the older one has.</summary>
    public static IReadOnlyList<CellChange> Of(Cube before, Cube after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, now) = (Cells(before).ToDictionary(c => c.Place, c => c.Value), Cells(after).ToList());
        var places = now.Select(c => c.Place).ToHashSet();
        return
        [
            .. now.Where(c => !old.TryGetValue(c.Place, out var then) || then != c.Value).Select(c => new CellChange(c.Place, old.TryGetValue(c.Place, out var then) ? then : null, c.Value)),
            .. old.Where(c => !places.Contains(c.Key)).OrderBy(c => c.Key.Point, StringComparer.Ordinal).ThenBy(c => c.Key.Question, StringComparer.Ordinal).ThenBy(c => c.Key.Region, StringComparer.Ordinal).ThenBy(c => c.Key.What)
                .ThenBy(c => c.Key.Code, StringComparer.Ordinal).Select(c => new CellChange(c.Key, c.Value, null)),
        ];
    }

    private static IEnumerable<(CellPlace Place, int Value)> Cells(Cube cube)
    {
        var who = cube.Participation;
        return
        [
            .. Told(new("", "", Cube.World, CellNumber.Population, ""), who.Population), .. Told(new("", "", Cube.World, CellNumber.Responses, ""), who.Responses), .. Told(new("", "", Cube.World, CellNumber.Rate, ""), who.RatePercent),
            .. cube.Regions.SelectMany(r => (IEnumerable<(CellPlace, int)>)
                [.. Told(new("", "", r.Slug, CellNumber.Population, ""), r.Population), .. Told(new("", "", r.Slug, CellNumber.Responses, ""), r.Responses), .. Told(new("", "", r.Slug, CellNumber.Rate, ""), r.RatePercent)]),
            .. cube.Points.SelectMany(p => p.Ratings.SelectMany(r => Rating(p.Point, r)).Concat(p.Several.SelectMany(s => Several(p.Point, s)))),
            .. cube.Ratings.SelectMany(r => Rating("", r)),
            .. cube.Several.SelectMany(s => Several("", s)),
        ];
    }

    private static IEnumerable<(CellPlace, int)> Rating(string point, RatingFigures figures) =>
        figures.Regions.Prepend(figures.World).SelectMany(cell => (IEnumerable<(CellPlace, int)>)
        [
            .. Told(At(cell, CellNumber.Answers), cell.ValidN),
            .. Told(At(cell, CellNumber.Headline), cell.Headline?.Value),
            .. Told(At(cell, CellNumber.Low), cell.Headline?.Low),
            .. Told(At(cell, CellNumber.High), cell.Headline?.High),
            .. Told(At(cell, CellNumber.DontKnow), cell.DontKnowShare),
            .. cell is { Rung: { } rung, Shares: { } shares } ? figures.Rungs[rung].Zip(shares, (code, share) => (At(cell, CellNumber.Share) with { Code = code }, share)) : [],
        ]).Select(c => (c.Item1 with { Point = point, Question = figures.Question, IsNet = c.Item1.What is CellNumber.Headline or CellNumber.Low or CellNumber.High && figures.IsNetBalance == true }, c.Item2));

    private static CellPlace At(RatingCell cell, CellNumber what) => new("", "", cell.Region, what, "");

    private static IEnumerable<(CellPlace, int)> Several(string point, SeveralFigures figures) =>
        figures.Regions.Prepend(figures.World).SelectMany(cell => (IEnumerable<(CellPlace, int)>)
        [
            .. Told(new(point, figures.Question, cell.Region, CellNumber.Answers, ""), cell.AnsweredN),
            .. figures.Choices.Zip(cell.Shares ?? []).SelectMany(c => Told(new(point, figures.Question, cell.Region, CellNumber.Share, c.First), c.Second)),
        ]);

    private static IEnumerable<(CellPlace, int)> Told(CellPlace place, int? value) => value is { } told ? [(place, told)] : [];
}

/// <summary>Where a published number stands: point and question (empty for participation), region or the world, what it is, and of a share the code of its step or choice.</summary>
public sealed record CellPlace(string Point, string Question, string Region, CellNumber What, string Code)
{
    /// <summary>Whether it is in points with a sign, as a net balance is.</summary>
    public bool IsNet { get; init; }
}

/// <summary>What a published number is. The first three are of participation.</summary>
public enum CellNumber { Population, Responses, Rate, Answers, Headline, Low, High, DontKnow, Share }

/// <summary>A number that differs; null where that version does not publish it.</summary>
public sealed record CellChange(CellPlace Place, int? Before, int? After);
