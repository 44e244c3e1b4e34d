using System.Globalization;
using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Direction = Survey.Reporting.Charts.Direction;

namespace Survey.Reporting.Findings;

/// <summary>
/// The sentences about one rating. Which one is said follows from the cube by fixed rules: a direction is claimed only when the whole range lies
/// on one side of zero, a change only by its verdict (methods.md, "Between years"); what is not published is said to be too little to show.
/// </summary>
/// <param name="point">The point's slug, by which the numbers are found again in the cube.</param>
/// <param name="round">The slug of the round whose figures these are.</param>
public sealed class RatingFindings(
    Wording words, EditionNames names, Question question, RatingFigures figures, DisclosureRules rules, string point = CubeCell.NoPoint, string round = "")
{
    /// <summary>From this share on a majority is called by its size, and no longer only more than half.</summary>
    private const int LargeMajority = 64;

    /// <summary>From this share on it is worth a sentence that many could not say; the tables tell every share.</summary>
    private const int ManyDontKnow = 10;

    private readonly bool _isNet = figures.IsNetBalance == true;

    /// <summary>What the headline is called in the address of a number.</summary>
    private string Headed => _isNet ? "net" : "share";

    /// <summary>Whether sentences may speak of advancing and going back.</summary>
    private bool IsAboutChange => question.Role is QuestionRole.Change && _isNet;

    /// <summary>Where a cell points: a balance by its range, a share by its change against the last round.</summary>
    public Direction DirectionOf(string region)
    {
        if (figures.Cell(region)?.Headline is not { } headline)
            return Direction.None;
        if (_isNet)
            return headline.Low > 0 ? Direction.Forward : headline.High < 0 ? Direction.Back : Direction.Unclear;
        return figures.Trend(region)?.Change is not { } change ? Direction.None
            : !change.IsClear ? Direction.Unclear
            : change.Value > 0 ? Direction.Forward : Direction.Back;
    }

    /// <summary>The one sentence that sums a cell up; there always is one.</summary>
    public Finding Headline(string id, string region)
    {
        var cell = figures.Cell(region);
        var reading = RatingReading.Of(question, figures, cell);
        var direction = DirectionOf(region);
        if (reading is null || cell is null)
            return TooFew(id, cell);

        var sentence = new Sentence(words);
        if (reading is { Positive: { } positive, Negative: { } negative, Between: { } between })
        {
            sentence.Percent("positive", positive, At(region, "positive")).Percent("negative", negative, At(region, "negative"));
            if (!IsAboutChange)
            {
                return sentence.Words("positiveLabel", Label(question.Measure!.Positive)).Words("negativeLabel", Label(question.Measure.Negative))
                    .Finding(id, "rating.net", direction, 80);
            }

            return direction switch
            {
                Direction.Forward => sentence.Finding(id, "change.forward", direction, 90),
                Direction.Back => sentence.Finding(id, "change.back", direction, 90),
                _ when between > 50 => sentence.Percent("between", between, At(region, "between")).Finding(id, "change.stillMost", direction, 70),
                _ => sentence.Finding(id, "change.divided", direction, 70),
            };
        }

        if (reading.Positive is { } share)
        {
            sentence.Percent("share", share, At(region, "positive"));
            if (IsAboutChange)
                return sentence.Finding(id, "change.positiveOnly", direction, 60);
            sentence.Words("label", PositiveLabel());
            return sentence.Finding(id, "rating.share", direction, share is > 50 or < 25 ? 80 : 70);
        }

        var most = reading.Groups.Max(g => g.Percent);
        return sentence.Percent("share", most, At(region, "most")).Words("label", words.Either([.. reading.Groups.Where(g => g.Percent == most).Select(g => words.Quoted(words.In(g.Group.Label)))]))
            .Finding(id, "rating.mostOften", direction, 50);
    }

    /// <summary>The difference to the round before, everyone each year; null where there is none, with the reason in words across a break.</summary>
    public Finding? Change(string id, string region)
    {
        if (figures.Trend(region) is not { } trend)
            return null;
        if (trend.Change is not { } change)
        {
            return trend.Points.Count > 1 && trend.Points[^1].IsBreakBefore
                ? new Sentence(words).Words("round", trend.Points[^1].Round).Finding(id, "trend.break", null, 30)
                : null;
        }

        if (trend.Points.FirstOrDefault(p => p.Round == change.Since) is not { } then || trend.Points.Count == 0)
            return null;
        var now = trend.Points[^1];
        var sentence = new Sentence(words).Words("since", Since(change.Since, now.Round)).Words("round", change.Since)
            .Figure("then", then.Headline.Value, _isNet, CubeCell.Of(question.Key, point, region, Headed, change.Since)).Figure("now", now.Headline.Value, _isNet, At(region, Headed))
            .Signed("difference", change.Value, At(region, "difference")).Signed("low", change.Low, At(region, "difference-low")).Signed("high", change.High, At(region, "difference-high"));
        if (!_isNet)
            sentence.Words("label", PositiveLabel());
        var family = IsAboutChange ? "trend.change" : _isNet ? "trend.net" : "trend.share";
        return change switch
        {
            { IsClear: false } => Allowing(sentence.Finding(id, family + "Unclear", Direction.Unclear, 50), change),
            { Value: > 0 } => Allowing(sentence.Finding(id, family + "More", Direction.Forward, 72), change),
            _ => Allowing(sentence.Finding(id, family + "Fewer", Direction.Back, 72), change),
        };
    }

    /// <summary>
    /// The headline in one sentence: how large, of whom, in which range, and how it stands to the round before, by the verdict. <paramref name="opening"/> is the text
    /// that begins it, where there are several to choose from by rule. Where no headline is published, what can be said instead.
    /// </summary>
    public Finding Whole(string id, string region, string opening, int weight)
    {
        if (figures.Cell(region) is not { Headline: { } headline, ValidN: { } n } cell)
            return Headline(id, region) with { Weight = 10 };
        var sentence = new Sentence(words).Count("n", n, "counts.membersOf", At(region, "n"));
        if (_isNet)
            return Balance(id, region, cell, headline, sentence, weight);
        var isExact = IsExact(n);
        sentence.Words("size", words.Size(headline.Value, isExact)).Words("label", PositiveLabel())
            .Percent("share", headline.Value, At(region, "share")).Percent("low", headline.Low, At(region, "low")).Percent("high", headline.High, At(region, "high"))
            .Clause("base", (headline.Value, isExact) switch { (0, true) => "said.nobody", (100, true) => "said.everybody", _ => opening });
        var trend = figures.Trend(region);
        if (trend?.Change is not { } change || trend.Points.FirstOrDefault(p => p.Round == change.Since) is not { } then)
        {
            return trend is { Points: [.., { IsBreakBefore: true } last] }
                ? sentence.Words("round", last.Round).Finding(id, "said.broken", null, weight - 10)
                : sentence.Finding(id, "said.alone", null, weight - 10);
        }

        sentence.Words("since", Since(change.Since, trend.Points[^1].Round)).Words("round", change.Since)
            .Percent("then", then.Headline.Value, CubeCell.Of(question.Key, point, region, "share", change.Since))
            .Signed("difference", change.Value, At(region, "difference")).Signed("from", change.Low, At(region, "difference-low")).Signed("to", change.High, At(region, "difference-high"));
        return change switch
        {
            { IsClear: false, Value: 0 } => Allowing(sentence.Finding(id, "said.same", Direction.Unclear, weight - 10), change),
            { IsClear: false } => Allowing(sentence.Finding(id, "said.unclear", Direction.Unclear, weight - 10), change),
            { Value: > 0 } => Allowing(sentence.Finding(id, "said.more", Direction.Forward, weight), change),
            _ => Allowing(sentence.Finding(id, "said.fewer", Direction.Back, weight), change),
        };
    }

    /// <summary>The regions with a clear change since the round before, upwards and downwards.</summary>
    public IEnumerable<Finding> Moved(string id)
    {
        var moved = figures.Regions.Select(c => (Cell: c, Trend: figures.Trend(c.Region))).Where(m => m.Cell.Headline is not null && m.Trend?.Change is { IsClear: true }).ToList();
        foreach (var (suffix, key, direction) in new[] { ("up", IsAboutChange ? "said.movedUpNet" : "said.movedUp", Direction.Forward), ("down", IsAboutChange ? "said.movedDownNet" : "said.movedDown", Direction.Back) })
        {
            var these = moved.Where(m => Math.Sign(m.Trend!.Change!.Value) == (direction == Direction.Forward ? 1 : -1)).ToList();
            if (these.Count == 0 || (_isNet && !IsAboutChange))
                continue;
            var since = these[0].Trend!.Change!.Since;
            yield return new Sentence(words).Words("since", Since(since, these[0].Trend!.Points[^1].Round)).Words("label", PositiveLabel())
                .Each("regions", these.ConvertAll(m => Item(m.Cell.Region, m.Cell.Headline!.Value, m.Trend!.Points.First(p => p.Round == since).Headline.Value, since)))
                .Finding($"{id}.moved-{suffix}", key, direction, 85);
        }

        FindingItem Item(string region, int now, int then, string since) => new(
            words.Text("said.nowAfter", ("name", names.Region(region)), ("now", words.Figure(now, _isNet)), ("then", words.Figure(then, _isNet))),
            [new("now", now, words.Figure(now, _isNet), At(region, Headed)), new("then", then, words.Figure(then, _isNet), CubeCell.Of(question.Key, point, region, Headed, since))]);
    }

    /// <summary>The regions whose whole range lies above or below that of the world.</summary>
    public IEnumerable<Finding> Apart(string id)
    {
        if (figures.World.Headline is not { } world || figures.Regions.Count(c => c.Headline is not null) < 2)
            yield break;
        foreach (var (suffix, key, cells) in new[]
        {
            ("above", _isNet ? "said.aboveNet" : "said.above", figures.Regions.Where(c => c.Headline?.Low > world.High)),
            ("below", _isNet ? "said.belowNet" : "said.below", figures.Regions.Where(c => c.Headline?.High < world.Low)),
        })
        {
            var these = cells.ToList();
            if (these.Count > 0)
            {
                yield return new Sentence(words).Words("label", PositiveLabel())
                    .Each("regions", these.Select(c => Item(c.Region, c.Headline!.Value))).Figure("world", world.Value, _isNet, At(Cube.World, Headed))
                    .Finding($"{id}.{suffix}", key, null, 65);
            }
        }

        FindingItem Item(string region, int value) => new(
            words.Text("said.with", ("name", names.Region(region)), ("value", words.Figure(value, _isNet))), [new("value", value, words.Figure(value, _isNet), At(region, Headed))]);
    }

    /// <summary>The same organisations in both rounds, with range and p; null where that is not published.</summary>
    public Finding? Matched(string id, string region)
    {
        if (figures.Trend(region)?.Change is not { Matched: { } matched } change)
            return null;
        return new Sentence(words).Words("round", change.Since).Words("label", PositiveLabel()).Count("n", matched.Organisations, "counts.membersOf", At(region, "matched-n"))
            .Number("up", matched.Up, At(region, "matched-up")).Number("down", matched.Down, At(region, "matched-down")).Number("same", matched.Same, At(region, "matched-same"))
            .Signed("value", matched.Value, At(region, "matched-value")).Signed("low", matched.Low, At(region, "matched-low")).Signed("high", matched.High, At(region, "matched-high"))
            .Probability("p", matched.MidP, At(region, "matched-p"))
            .Finding(id, _isNet ? "said.matchedNet" : "said.matched", null, 45);
    }

    /// <summary>How many could not say; null where that is not published or few said so.</summary>
    public Finding? DontKnow(string id, string region) =>
        figures.Cell(region) is { DontKnowShare: { } share and >= ManyDontKnow }
            ? new Sentence(words).Percent("share", share, At(region, "dont-know")).Words("question", words.In(question.ShortTitle)).Finding(id, "said.dontKnow", null, 30)
            : null;

    /// <summary>The way over the rounds: this one beside the round before with the verdict, then the first that can be compared. Null with nothing to compare.</summary>
    public Finding? Course(string id, string region)
    {
        if (figures.Trend(region) is not { Points.Count: > 1 } trend)
            return null;
        var start = trend.Points.Count - 1;
        while (start > 0 && !trend.Points[start].IsBreakBefore)
            start--;
        var (first, now) = (trend.Points[start], trend.Points[^1]);
        if (start == trend.Points.Count - 1)
            return new Sentence(words).Words("round", now.Round).Finding(id, "trend.break", null, 35);
        var sentence = new Sentence(words).Words("region", names.Region(region)).Words("round", now.Round).Words("firstRound", first.Round)
            .Figure("now", now.Headline.Value, _isNet, At(region, Headed));
        if (trend.Change is not { } change || trend.Points.FirstOrDefault(p => p.Round == change.Since) is not { } then)
            return First().Finding(id, "said.courseOnly", null, 35);
        sentence.Words("since", then.Round).Figure("then", then.Headline.Value, _isNet, CubeCell.Of(question.Key, point, region, Headed, then.Round))
            .Clause("course", !change.IsClear ? "said.courseSteady" : change.Value > 0 ? "said.courseRose" : "said.courseFell");
        return first.Round == then.Round ? sentence.Finding(id, "said.courseSince", null, 35) : First().Finding(id, "said.courseFrom", null, 35);

        Sentence First() => sentence.Figure("first", first.Headline.Value, _isNet, CubeCell.Of(question.Key, point, region, Headed, first.Round));
    }

    /// <summary>How far regions lie apart, and whether that can be relied on; null with fewer than two regions with a figure.</summary>
    public Finding? Regions(string id)
    {
        var shown = figures.Regions.Where(c => c.Headline is not null).ToList();
        if (shown.Count < 2)
            return null;
        var high = shown.Max(c => c.Headline!.Value);
        var low = shown.Min(c => c.Headline!.Value);
        if (high == low)
            return new Sentence(words).Figure("figure", high, _isNet, At(shown[0].Region, Headed)).Finding(id, "regions.level", null, 40);

        var highest = shown.Where(c => c.Headline!.Value == high).ToList();
        var lowest = shown.Where(c => c.Headline!.Value == low).ToList();
        var isApart = highest.Min(c => c.Headline!.Low) > lowest.Max(c => c.Headline!.High);
        return new Sentence(words).Figure("highest", high, _isNet, At(highest[0].Region, Headed)).Words("highestRegions", Names(highest))
            .Figure("lowest", low, _isNet, At(lowest[0].Region, Headed)).Words("lowestRegions", Names(lowest))
            .Finding(id, isApart ? "regions.apart" : "regions.overlap", null, isApart ? 60 : 40);
    }

    /// <summary>Whether every region shown lies clearly on one side; null otherwise.</summary>
    public Finding? Everywhere(string id)
    {
        var shown = figures.Regions.Where(c => c.Headline is not null).ToList();
        if (!IsAboutChange || shown.Count < 2)
            return null;
        var sentence = new Sentence(words);
        return shown.All(c => c.Headline!.Low > 0) ? sentence.Finding(id, "regions.allForward", Direction.Forward, 75)
            : shown.All(c => c.Headline!.High < 0) ? sentence.Finding(id, "regions.allBack", Direction.Back, 75)
            : null;
    }

    /// <summary>What stands in place of a bar or a dot that is not published.</summary>
    public string Instead(string region) =>
        words.Text(figures.Cell(region) is { Treatment: CellTreatment.CountOnly, ValidN: { } n } && n >= rules.SharesFrom ? "tooFew.protected" : "tooFew.short");

    /// <summary>What the positive side is called, in quotation marks.</summary>
    public string PositiveLabel() =>
        RatingReading.PositiveLabels(question) is { Count: > 0 } labels ? words.Either([.. labels.Select(l => words.Quoted(words.In(l)))]) : words.Quoted(words.In(question.ShortTitle));

    private string At(string region, string what) => CubeCell.Of(question.Key, point, region, what, round);

    // A balance in words by its printed sides, then its figure with range; the shape follows the range and which side is the majority.
    private Finding Balance(string id, string region, RatingCell cell, Headline headline, Sentence sentence, int weight)
    {
        if (RatingReading.Of(question, figures, cell) is not { Positive: { } positive, Negative: { } negative, Between: { } between })
            return Headline(id, region) with { Weight = 10 };
        var direction = DirectionOf(region);
        var isExact = cell.ValidN is { } n && IsExact(n);
        sentence.Percent("positive", positive, At(region, "positive")).Percent("negative", negative, At(region, "negative"))
            .Signed("net", headline.Value, At(region, "net")).Signed("low", headline.Low, At(region, "low")).Signed("high", headline.High, At(region, "high"));
        if (!IsAboutChange)
        {
            return sentence.Words("positiveLabel", Label(question.Measure!.Positive)).Words("negativeLabel", Label(question.Measure.Negative))
                .Finding(id, "said.net", direction, weight);
        }

        return direction switch
        {
            Direction.Forward when positive >= LargeMajority => sentence.Words("size", words.Size(positive, isExact)).Finding(id, negative == 0 ? "said.forwardOnly" : "said.forwardSize", direction, weight),
            Direction.Forward when positive > 50 => sentence.Finding(id, "said.forwardMost", direction, weight),
            Direction.Forward => sentence.Finding(id, "said.forward", direction, weight),
            Direction.Back when negative >= LargeMajority => sentence.Words("size", words.Size(negative, isExact)).Finding(id, positive == 0 ? "said.backOnly" : "said.backSize", direction, weight),
            Direction.Back when negative > 50 => sentence.Finding(id, "said.backMost", direction, weight),
            Direction.Back => sentence.Finding(id, "said.back", direction, weight),
            _ when between > 50 => sentence.Percent("between", between, At(region, "between")).Finding(id, "said.stillMost", direction, weight - 10),
            _ => sentence.Finding(id, "said.divided", direction, weight - 10),
        };
    }

    // The range is that of everyone each year: where it and the verdict seem to disagree, say why.
    private Finding Allowing(Finding finding, Change change) => change.IsClear == (change.Low > 0 || change.High < 0) ? finding
        : finding with { Text = words.Text("trend.andAllows", ("sentence", finding.Text), ("allows", words.Text(change.IsClear ? "trend.allowsForBoth" : "trend.notClearFor"))) };

    // A count that is shown is 0 or at least the minimum: up to so many answers a share of 0 is nobody, and one of 100 everybody, however the shares of a bar were rounded.
    private bool IsExact(int n) => n <= 100 * rules.RatingMinimum;

    // A base that is large enough is hidden for another reason; which one is never said.
    private Finding TooFew(string id, RatingCell? cell) =>
        cell is { Treatment: CellTreatment.CountOnly, ValidN: { } n }
            ? new Sentence(words).Count("n", n, "counts.answers", At(cell.Region, "n")).Finding(id, n < rules.SharesFrom ? "tooFew.shares" : "tooFew.sharesProtected", Direction.None, 10)
            : new Sentence(words).Finding(id, "tooFew.ratings", Direction.None, 0);

    private string Label(IReadOnlyList<string> codes) => words.Either([.. codes.Select(c => words.Quoted(names.Choice(question.Key, c)))]);

    private string Names(List<RatingCell> cells) => words.Chain([.. cells.Select(c => names.Region(c.Region))]);

    private string Since(string then, string now) => words.Text(
        int.TryParse(then, NumberStyles.None, CultureInfo.InvariantCulture, out var before)
            && int.TryParse(now, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year == before + 1
            ? "trend.lastYear" : "trend.roundBefore",
        ("round", then));
}
