using Survey.Domain.Questionnaires;
using Survey.Domain.Statistics;
using Survey.Reporting.Tallies;

namespace Survey.Reporting.Disclosure;

/// <summary>
/// The rounds beside each other, oldest first. A headline is followed from round to round by the question's key and the point's slug, or what they
/// replace or continue, as <see cref="Comparability"/> finds them; what is not comparable there is a break, and no difference is computed across it.
/// A region has a trend only with rounds in which it stood for the same regions. Which changes are clear is known only when all have been compared: <see cref="Judged"/> comes last.
/// </summary>
internal sealed class Series(IReadOnlyList<RoundFigures> rounds, IReadOnlyList<MatchedPair> matched, DisclosureRules rules)
{
    /// <summary>Below it a change is clear, after adjustment in its family.</summary>
    private const double Level = 0.05;

    // The p of each change, by question, point and region.
    private readonly Dictionary<(string Question, string Point, string Region), double> tested = [];

    private RoundFigures Now => rounds[^1];

    /// <summary>
    /// The figures of one question, for each point, with the changes marked that are clear. Families are the regions of one point, and the world's figures of all points (methods.md, 2.8).
    /// </summary>
    public IReadOnlyList<RatingFigures> Judged(IReadOnlyList<(string Point, RatingFigures Figures)> ofPoints)
    {
        var clear = ofPoints.SelectMany(p => Keys(p)).GroupBy(k => k.Region == Cube.World ? "" : k.Point)
            .SelectMany(family => family.Zip(Holm.Adjust([.. family.Select(k => tested[k])])).Where(t => t.Second < Level).Select(t => t.First)).ToHashSet();
        return [.. ofPoints.Select(p => p.Figures with
        {
            Trends = [.. p.Figures.Trends.Select(t => t.Change is { } change ? t with { Change = change with { IsClear = clear.Contains((p.Figures.Question, p.Point, t.Region)) } } : t)],
        })];

        static IEnumerable<(string Question, string Point, string Region)> Keys((string Point, RatingFigures Figures) of) =>
            of.Figures.Trends.Where(t => t.Change is not null).Select(t => (of.Figures.Question, of.Point, t.Region));
    }

    public IReadOnlyList<EarlierParticipation> EarlierParticipation() =>
    [
        .. rounds.SkipLast(1).Select(r =>
        {
            var regions = r.Input.Tally.Regions;
            int population = regions.Sum(x => x.Population), responses = regions.Sum(x => x.Responses);
            if (r.Input.Published is { } published)
            {
                var then = published.Participation;
                return new EarlierParticipation(r.Round, then.Population, then.Responses, then.RatePercent, published.Regions);
            }

            return new EarlierParticipation(r.Round, population, responses, RegionGrouping.Rate(responses, population), r.Regions);
        }),
    ];

    /// <summary>The trends of world and regions; none for a question without a headline.</summary>
    public IReadOnlyList<Trend> Trends(string point, Question question, RatingFigures figures)
    {
        if (question.Measure is null)
        {
            return [];
        }
        var links = Links(point, question);
        return [.. figures.Regions.Prepend(figures.World).Where(c => c.Headline is not null).Select(c => TrendOf(figures, c, links, question, point))];
    }

    private Trend TrendOf(RatingFigures figures, RatingCell cell, IReadOnlyList<Link> links, Question question, string point)
    {
        var points = new List<TrendPoint> { new(Now.Round, cell.ValidN!.Value, cell.Headline!, false) };
        var region = Now.Regions.FirstOrDefault(r => r.Slug == cell.Region);
        bool isBroken = false;
        Change? change = null;
        foreach (var link in links)
        {
            isBroken |= link.IsBreakAfter;
            bool isSame = cell.Region == Cube.World || (region is not null && link.Round.HasSame(region));
            if (!isSame || link.Figures.Cell(cell.Region) is not { Headline: { } headline, ValidN: { } validN })
            {
                continue;
            }
            if (link.IsLast && !isBroken)
            {
                change = ChangeOf(figures, cell, point, question, link, headline);
            }
            points[0] = points[0] with { IsBreakBefore = isBroken };
            points.Insert(0, new TrendPoint(link.Round.Round, validN, headline, false));
            isBroken = false;
        }
        return new Trend(cell.Region, points, change);
    }

    // From the last round back to the oldest in which the question can be found; a round that did not ask it is passed over.
    private List<Link> Links(string point, Question question)
    {
        var links = new List<Link>();
        var (later, laterPoint, laterKey) = (Now, point, question.Key);
        foreach (var round in rounds.SkipLast(1).Reverse())
        {
            var asked = Comparability.Of(round.Input.Questionnaire, later.Input.Questionnaire).Item(laterKey);
            var placed = laterPoint == RoundFigures.OutsidePoints ? null : Comparability.Of(round.Input.Plan, later.Input.Plan).Item(laterPoint);
            string? slug = laterPoint == RoundFigures.OutsidePoints ? laterPoint : placed?.LastKey;
            if (slug is null || asked?.LastKey is not { } key
                || round.Input.Questionnaire.Question(key) is not { } found || !RoundFigures.HasOneAnswer(found)
                || round.Told(slug, found) is not { } told)
            {
                continue;
            }
            bool isBreak = !asked.IsComparable || placed is { IsComparable: false };
            links.Add(new Link(round, ReferenceEquals(round, rounds[^2]), slug, found, told, isBreak));
            (later, laterPoint, laterKey) = (round, slug, key);
        }
        return links;
    }

    private Change ChangeOf(RatingFigures figures, RatingCell cell, string point, Question question, Link then, Headline before)
    {
        var nowExact = Now.Exact(point, question, figures, cell.Region);
        var thenExact = then.Round.Exact(then.Point, then.Question, then.Figures, cell.Region);
        var difference = question.Measure!.IsNetBalance
            ? Mover.Of(nowExact.Balance, thenExact.Balance)
            : NewcombeDifference.Of(nowExact.Share, thenExact.Share);
        var pairs = Pairs(point, question, then, cell.Region, SignsOf);
        var overlap = OverlapDifference.Of(nowExact, thenExact, SumsOf(pairs));
        int value = cell.Headline!.Value - before.Value;
        // Never clear where the printed difference does not say so, being the difference of two rounded figures.
        tested[(question.Key, point, cell.Region)] = Math.Sign(value) == Math.Sign(overlap.Value) ? overlap.P : 1;
        var (low, high) = WholePoints.Around(value, difference.Range);
        var (overlapLow, overlapHigh) = WholePoints.Around(value, overlap.Range);
        var same = cell.Region == Cube.World ? MatchedOf(point, question, then, nowExact.Total, thenExact.Total) : null;
        // From the width of this range follows how many said what in both rounds: it is printed only where that could be.
        bool mayTell = same is not null && pairs.Values.All(n => IsNoneOrEnough(n, rules.RatingMinimum));
        return new Change(then.Round.Round, value, low, high, IsClear: false, same, mayTell ? new OverlapRange(overlapLow, overlapHigh) : null);
    }

    // How many of those who answered in both rounds, and in this region in both, stood where then and now.
    private Dictionary<(int Before, int After), long> Pairs(string point, Question question, Link then, string region, Func<Question, Dictionary<string, int>> placesOf)
    {
        var members = region == Cube.World ? null : Now.Regions.Single(r => r.Slug == region).Members;
        var (places, placesThen) = (placesOf(question), placesOf(then.Question));
        var pairs = new Dictionary<(int, int), long>();
        foreach (var pair in matched)
        {
            if (pair.Point == point && pair.Question == question.Key && (members is null || (members.Contains(pair.Region) && members.Contains(pair.EarlierRegion)))
                && placesThen.TryGetValue(pair.Before, out int before) && places.TryGetValue(pair.After, out int after))
            {
                pairs[(before, after)] = pairs.GetValueOrDefault((before, after)) + pair.Count;
            }
        }

        return pairs;
    }

    private static MatchedSigns SumsOf(Dictionary<(int Before, int After), long> pairs) => new(
        pairs.Values.Sum(), pairs.Sum(p => p.Key.Before * p.Value), pairs.Sum(p => p.Key.After * p.Value), pairs.Sum(p => p.Key.Before * p.Key.After * p.Value));

    // For the world only: by region the joiners and leavers would have to be protected across regions as well.
    private MatchedChange? MatchedOf(string point, Question question, Link then, long validNow, long validThen)
    {
        var (pairs, signs) = (Pairs(point, question, then, Cube.World, StepsOf), Pairs(point, question, then, Cube.World, SignsOf));
        long up = pairs.Sum(p => p.Key.After > p.Key.Before ? p.Value : 0), down = pairs.Sum(p => p.Key.After < p.Key.Before ? p.Value : 0), m = pairs.Values.Sum(), same = m - up - down;
        if (m < rules.MatchedMinimum
            || !IsNoneOrEnough(validNow - m, rules.JoinersMinimum) || !IsNoneOrEnough(validThen - m, rules.JoinersMinimum)
            || !new[] { up, down, same }.All(n => IsNoneOrEnough(n, rules.RatingMinimum))
            // Where nobody joined, or nobody left, what all said in a year is what the matched said: how many said the same both times then follows too.
            || ((validNow == m || validThen == m) && !signs.Values.All(n => IsNoneOrEnough(n, rules.RatingMinimum))))
        {
            return null;
        }
        var moved = NetBalance.Of(up, down, m);
        double midP = question.Measure!.IsNetBalance ? new SignTest(up, down, same).MidP : new McNemar(up, down).MidP;
        int value = WholePoints.Of(moved.Value);
        var (low, high) = WholePoints.Around(value, moved.Range);
        return new MatchedChange((int)m, (int)up, (int)down, (int)same, value, low, high, Math.Round(midP, 3));
    }

    // A share moves in and out of its positive choices; a balance moves along the scale.
    private static Dictionary<string, int> StepsOf(Question question) =>
        question.Measure!.IsNetBalance && question.SubstantiveChoices.All(c => c.Value is not null)
            ? question.SubstantiveChoices.ToDictionary(c => c.Code, c => c.Value!.Value)
            : SignsOf(question);

    private static Dictionary<string, int> SignsOf(Question question) => question.SubstantiveChoices.ToDictionary(
        c => c.Code, c => question.Measure!.Positive.Contains(c.Code) ? 1 : question.Measure.Negative.Contains(c.Code) ? -1 : 0);

    private static bool IsNoneOrEnough(long count, int minimum) => count == 0 || count >= minimum;

    private sealed record Link(RoundFigures Round, bool IsLast, string Point, Question Question, RatingFigures Figures, bool IsBreakAfter);
}
