using System.Globalization;
using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Direction = Survey.Reporting.Charts.Direction;

namespace Survey.Reporting.Findings;

/// <summary>
/// The sentences about one rating. Which one is said follows from the printed numbers by fixed rules: a direction is claimed only when the whole range lies
/// on one side of zero, a change only when its range excludes zero; what is not published is said to be too little to show.
/// </summary>
public sealed class RatingFindings(Wording words, EditionNames names, Question question, RatingFigures figures, DisclosureRules rules)
{
    private readonly bool _isNet = figures.IsNetBalance == true;

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
            sentence.Percent("positive", positive).Percent("negative", negative);
            if (!IsAboutChange)
            {
                return sentence.Words("positiveLabel", Label(question.Measure!.Positive)).Words("negativeLabel", Label(question.Measure.Negative))
                    .Finding(id, "rating.net", direction, 80);
            }

            return direction switch
            {
                Direction.Forward when positive > 50 => sentence.Finding(id, "change.forwardMost", direction, 100),
                Direction.Forward => sentence.Finding(id, "change.forward", direction, 90),
                Direction.Back when negative > 50 => sentence.Finding(id, "change.backMost", direction, 100),
                Direction.Back => sentence.Finding(id, "change.back", direction, 90),
                _ when between > 50 => sentence.Percent("between", between).Finding(id, "change.stillMost", direction, 70),
                _ => sentence.Finding(id, "change.divided", direction, 70),
            };
        }

        if (reading.Positive is { } share)
        {
            sentence.Percent("share", share);
            if (IsAboutChange)
                return sentence.Finding(id, "change.positiveOnly", direction, 60);
            sentence.Words("label", PositiveLabel());
            return share switch
            {
                > 50 => sentence.Finding(id, "rating.shareMost", direction, 80),
                < 25 => sentence.Finding(id, "rating.shareFew", direction, 80),
                _ => sentence.Finding(id, "rating.share", direction, 70),
            };
        }

        var most = reading.Groups.Max(g => g.Percent);
        return sentence.Percent("share", most).Words("label", words.Either([.. reading.Groups.Where(g => g.Percent == most).Select(g => words.Quoted(words.In(g.Group.Label)))]))
            .Finding(id, "rating.mostOften", direction, 50);
    }

    /// <summary>The headline figure with range and base; null where none is published.</summary>
    public Finding? Detail(string id, string region)
    {
        if (figures.Cell(region) is not { Headline: { } headline, ValidN: { } n })
            return null;
        return new Sentence(words).Figure("figure", headline.Value, _isNet).Figure("low", headline.Low, _isNet).Figure("high", headline.High, _isNet)
            .Count("n", n, "counts.members")
            .Finding(id, _isNet ? "rating.detailNet" : "rating.detailShare", null, 60);
    }

    /// <summary>How many could not say; null where that is not published or nobody said so.</summary>
    public Finding? DontKnow(string id, string region) =>
        figures.Cell(region) is { DontKnowShare: { } share and > 0 }
            ? new Sentence(words).Percent("share", share).Finding(id, "rating.dontKnow", null, 30)
            : null;

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
            .Figure("then", then.Headline.Value, _isNet).Figure("now", now.Headline.Value, _isNet)
            .Signed("difference", change.Value).Signed("low", change.Low).Signed("high", change.High);
        if (!_isNet)
            sentence.Words("label", PositiveLabel());
        var family = IsAboutChange ? "trend.change" : _isNet ? "trend.net" : "trend.share";
        return change switch
        {
            { IsClear: false } => sentence.Finding(id, family + "Unclear", Direction.Unclear, 50),
            { Value: > 0 } => Allowing(sentence.Finding(id, family + "More", Direction.Forward, 85)),
            _ => Allowing(sentence.Finding(id, family + "Fewer", Direction.Back, 85)),
        };

        // The range is that of everyone each year: where it holds 0, say why the change is clear all the same.
        Finding Allowing(Finding finding) => change.Low > 0 || change.High < 0 || !words.Has("trend.allowsForBoth") ? finding
            : finding with { Text = words.Text("trend.andAllows", ("sentence", finding.Text), ("allows", words.Text("trend.allowsForBoth"))) };
    }

    /// <summary>The same among those who answered in both rounds; null where that is not published.</summary>
    public Finding? Matched(string id, string region) =>
        figures.Trend(region)?.Change is { Matched: { } matched } change
            ? new Sentence(words).Words("round", change.Since).Count("n", matched.Organisations, "counts.membersOf")
                .Number("up", matched.Up).Number("down", matched.Down).Number("same", matched.Same)
                .Finding(id, "trend.matched", null, 40)
            : null;

    /// <summary>How far regions lie apart, and whether that can be relied on; null with fewer than two regions with a figure.</summary>
    public Finding? Regions(string id)
    {
        var shown = figures.Regions.Where(c => c.Headline is not null).ToList();
        if (shown.Count < 2)
            return null;
        var high = shown.Max(c => c.Headline!.Value);
        var low = shown.Min(c => c.Headline!.Value);
        if (high == low)
            return new Sentence(words).Figure("figure", high, _isNet).Finding(id, "regions.level", null, 40);

        var highest = shown.Where(c => c.Headline!.Value == high).ToList();
        var lowest = shown.Where(c => c.Headline!.Value == low).ToList();
        var isApart = highest.Min(c => c.Headline!.Low) > lowest.Max(c => c.Headline!.High);
        return new Sentence(words).Figure("highest", high, _isNet).Words("highestRegions", Names(highest))
            .Figure("lowest", low, _isNet).Words("lowestRegions", Names(lowest))
            .Finding(id, isApart ? "regions.apart" : "regions.overlap", null, 55);
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

    // A base that is large enough is hidden for another reason; which one is never said.
    private Finding TooFew(string id, RatingCell? cell) =>
        cell is { Treatment: CellTreatment.CountOnly, ValidN: { } n }
            ? new Sentence(words).Count("n", n, "counts.answers").Finding(id, n < rules.SharesFrom ? "tooFew.shares" : "tooFew.sharesProtected", Direction.None, 10)
            : new Sentence(words).Finding(id, "tooFew.answers", Direction.None, 0);

    private string Label(IReadOnlyList<string> codes) => words.Either([.. codes.Select(c => words.Quoted(names.Choice(question.Key, c)))]);

    private string Names(List<RatingCell> cells) => words.List([.. cells.Select(c => names.Region(c.Region))]);

    private string Since(string then, string now) => words.Text(
        int.TryParse(then, NumberStyles.None, CultureInfo.InvariantCulture, out var before)
            && int.TryParse(now, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year == before + 1
            ? "trend.lastYear" : "trend.roundBefore",
        ("round", then));
}
