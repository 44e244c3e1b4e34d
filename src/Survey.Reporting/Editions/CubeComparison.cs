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

    private static IEnumerable<(CellPlace Place, int Value)> Cells(Cube cube) =>
    [
        .. Who(cube.Participation),
        .. Regions(cube.Regions, ""),
        .. cube.Points.SelectMany(p => p.Ratings.SelectMany(r => Rating(cube.Round, p.Point, r)).Concat(p.Several.SelectMany(s => Several(p.Point, s)))),
        .. cube.Ratings.SelectMany(r => Rating(cube.Round, "", r)),
        .. cube.Several.SelectMany(s => Several("", s)),
    ];

    private static IEnumerable<(CellPlace, int)> Who(Participation who) =>
    [
        .. People(Cube.World, "", who.Population, who.Responses, who.RatePercent),
        .. Told(new("", "", Cube.World, CellNumber.Drafts, ""), who.Drafts), .. Told(new("", "", Cube.World, CellNumber.Late, ""), who.Late),
        .. Told(new("", "", Cube.World, CellNumber.SetAside, ""), who.SetAside), .. Told(new("", "", Cube.World, CellNumber.Countries, ""), who.Countries),
        .. new[] { ("type", who.Types), ("language", who.Languages), ("mode", who.Modes) }
            .SelectMany(kind => kind.Item2.SelectMany(g => People(Cube.World, $"{kind.Item1} {g.Code}", g.Population, g.Responses, g.RatePercent))),
        .. who.Earlier.SelectMany(e => People(Cube.World, e.Round, e.Population, e.Responses, e.RatePercent).Concat(Regions(e.Regions, e.Round))),
    ];

    private static IEnumerable<(CellPlace, int)> Regions(IReadOnlyList<PublishedRegion> regions, string code) =>
        regions.SelectMany(r => People(r.Slug, code, r.Population, r.Responses, r.RatePercent));

    private static IEnumerable<(CellPlace, int)> People(string region, string code, int population, int responses, int? rate) =>
        [(new("", "", region, CellNumber.Population, code), population), (new("", "", region, CellNumber.Responses, code), responses), .. Told(new("", "", region, CellNumber.Rate, code), rate)];

    private static IEnumerable<(CellPlace, int)> Rating(string round, string point, RatingFigures figures) =>
        figures.Regions.Prepend(figures.World).SelectMany(cell => (IEnumerable<(CellPlace, int)>)
        [
            .. Told(At(cell, CellNumber.Answers), cell.ValidN),
            .. Told(At(cell, CellNumber.Headline), cell.Headline?.Value),
            .. Told(At(cell, CellNumber.Low), cell.Headline?.Low),
            .. Told(At(cell, CellNumber.High), cell.Headline?.High),
            .. Told(At(cell, CellNumber.DontKnow), cell.DontKnowShare),
            .. cell is { Rung: { } rung, Shares: { } shares } ? figures.Rungs[rung].Zip(shares, (code, share) => (At(cell, CellNumber.Share) with { Code = code }, share)) : [],
        ]).Concat(figures.Trends.SelectMany(t => Over(round, t))).Concat(Weighted(figures.Weighted)).Select(c => (c.Item1 with { Point = point, Question = figures.Question, IsNet = c.Item1.What is CellNumber.Headline or CellNumber.Low or CellNumber.High && figures.IsNetBalance == true }, c.Item2));

    /// <summary>Earlier rounds' numbers have the round as their code; this round's stand in its own cell.</summary>
    private static IEnumerable<(CellPlace, int)> Over(string round, Trend trend) =>
    [
        .. trend.Points.Select(p => (Of(trend, CellNumber.IsBreak, p.Round), p.IsBreakBefore ? 1 : 0)),
        .. trend.Points.Where(p => p.Round != round).SelectMany(p => (IEnumerable<(CellPlace, int)>)
        [
            (Of(trend, CellNumber.Answers, p.Round), p.ValidN), (Of(trend, CellNumber.Headline, p.Round), p.Headline.Value), (Of(trend, CellNumber.Low, p.Round), p.Headline.Low), (Of(trend, CellNumber.High, p.Round), p.Headline.High),
        ]),
        .. trend.Change is { } change ? Changed(change).Select(c => (Of(trend, c.What, c.Code), c.Value)) : [],
    ];

    private static IEnumerable<(CellNumber What, string Code, int Value)> Changed(Change change) =>
    [
        (CellNumber.Change, change.Since, change.Value), (CellNumber.ChangeLow, change.Since, change.Low), (CellNumber.ChangeHigh, change.Since, change.High), (CellNumber.IsClear, change.Since, change.IsClear ? 1 : 0),
        .. change.Overlap is { } overlap ? [(CellNumber.OverlapLow, change.Since, overlap.Low), (CellNumber.OverlapHigh, change.Since, overlap.High)] : Array.Empty<(CellNumber, string, int)>(),
        .. change.Matched is { } matched ?
        [
            (CellNumber.Matched, change.Since, matched.Organisations), (CellNumber.MatchedUp, change.Since, matched.Up), (CellNumber.MatchedDown, change.Since, matched.Down), (CellNumber.MatchedSame, change.Since, matched.Same),
            (CellNumber.MatchedValue, change.Since, matched.Value), (CellNumber.MatchedLow, change.Since, matched.Low), (CellNumber.MatchedHigh, change.Since, matched.High), (CellNumber.MidP, change.Since, (int)Math.Round(matched.MidP * 1000)),
        ] : Array.Empty<(CellNumber, string, int)>(),
    ];

    private static IEnumerable<(CellPlace, int)> Weighted(WeightedHeadline? weighted) => weighted is null ? [] :
    [
        (World(CellNumber.Weighted), weighted.Value), (World(CellNumber.WeightedLow), weighted.Low), (World(CellNumber.WeightedHigh), weighted.High),
        (World(CellNumber.DesignEffect), (int)Math.Round(weighted.DesignEffect * 100)), (World(CellNumber.EffectiveAnswers), weighted.EffectiveAnswers),
    ];

    private static CellPlace Of(Trend trend, CellNumber what, string round) => new("", "", trend.Region, what, round);

    private static CellPlace World(CellNumber what) => new("", "", Cube.World, what, "");

    private static CellPlace At(RatingCell cell, CellNumber what) => new("", "", cell.Region, what, "");

    private static IEnumerable<(CellPlace, int)> Several(string point, SeveralFigures figures) =>
        figures.Regions.Prepend(figures.World).SelectMany(cell => (IEnumerable<(CellPlace, int)>)
        [
            .. Told(new(point, figures.Question, cell.Region, CellNumber.Answers, ""), cell.AnsweredN),
            .. figures.Choices.Zip(cell.Shares ?? []).SelectMany(c => Told(new(point, figures.Question, cell.Region, CellNumber.Share, c.First), c.Second)),
        ]);

    private static IEnumerable<(CellPlace, int)> Told(CellPlace place, int? value) => value is { } told ? [(place, told)] : [];
}

/// <summary>Where a published number stands: point and question (empty for participation), region or the world, what it is, and of a share the code of its step or choice (of others see <see cref="CellNumber"/>).</summary>
public sealed record CellPlace(string Point, string Question, string Region, CellNumber What, string Code)
{
    /// <summary>Whether it is in points with a sign, as a net balance is.</summary>
    public bool IsNet { get; init; }
}

/// <summary>
/// What a published number is. The code of one that is no share names a group of who answered (<c>type CODE</c>, <c>language CODE</c>, <c>mode CODE</c>) or an earlier round; it is empty for this round's own. The mid-p is in thousandths, the
/// design effect in hundredths, and what is true or not is 1 or 0.
/// </summary>
public enum CellNumber
{
    Population, Responses, Rate, Drafts, Late, SetAside, Countries,
    Answers, Headline, Low, High, DontKnow, Share, IsBreak,
    Change, ChangeLow, ChangeHigh, IsClear, OverlapLow, OverlapHigh,
    Matched, MatchedUp, MatchedDown, MatchedSame, MatchedValue, MatchedLow, MatchedHigh, MidP,
    Weighted, WeightedLow, WeightedHigh, DesignEffect, EffectiveAnswers,
}

/// <summary>A number that differs; null where that version does not publish it.</summary>
public sealed record CellChange(CellPlace Place, int? Before, int? After);
