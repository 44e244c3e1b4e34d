using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Survey.Reporting.Findings;

namespace Survey.Reporting.Charts;

/// <summary>The charts of one rating, drawn from the printed numbers alone.</summary>
public sealed class RatingCharts(Wording words, EditionNames names, Question question, RatingFigures figures, DisclosureRules rules)
{
    private readonly RatingFindings _findings = new(words, names, question, figures, rules);
    private readonly bool _isNet = figures.IsNetBalance == true;

    /// <summary>Shares by region, the world last: diverging for a balance, else stacked. Null when no cell has shares or the answers have no order.</summary>
    public Chart? Bars(IReadOnlyList<string> regions)
    {
        var cells = regions.Select(figures.Cell).OfType<RatingCell>().ToList();
        if (figures.IsNetBalance is null || cells.All(c => c.Shares is null))
            return null;
        var rows = cells.ConvertAll(Row);
        var columns = new BarColumns(
            words.Text(_isNet ? "figures.net" : "figures.share"),
            words.Text("figures.answers"),
            cells.Exists(c => c.DontKnowShare is not null) ? words.Text("figures.dontKnow") : null);
        var levels = Levels(cells, rows);
        return _isNet
            ? new DivergingBarsChart(levels, rows, columns, words.Text("figures.axisShare"))
            : new StackedBarsChart(levels, rows, columns, words.Text("figures.axisShare"));
    }

    /// <summary>The headline over the rounds, a panel for each region (or the world) with two rounds or more, all on one scale; null without any.</summary>
    public TrendChart? Trend(IEnumerable<string> regions, IReadOnlyList<string> rounds)
    {
        var panels = regions.Select(figures.Trend).OfType<Trend>().Where(t => t.Points.Count > 1).Select(t => Panel(words, names.Region(t.Region), t, rounds, _isNet)).ToList();
        return panels.Count == 0 ? null
            : new TrendChart(
                _isNet ? ChartScale.Net : ChartScale.Share,
                rounds,
                panels,
                AxisTitle(),
                panels.Exists(p => p.Points.Any(q => q.IsBreakBefore)) ? words.Text("figures.break") : null);
    }

    /// <summary>One line of a trend.</summary>
    public static TrendPanel Panel(Wording words, string label, Trend trend, IReadOnlyList<string> rounds, bool isNet) => new(label,
        [.. rounds.Select(round => trend.Points.FirstOrDefault(p => p.Round == round) is { } point
            ? new TrendPoint(point.Headline.Value, point.Headline.Low, point.Headline.High, words.Figure(point.Headline.Value, isNet), point.IsBreakBefore)
            : new TrendPoint(null, null, null, null, false))]);

    /// <summary>What the headline's axis measures.</summary>
    public string AxisTitle() => words.Text(_isNet ? "figures.axisNet" : "figures.axisShare");

    /// <summary>What the headline measures, in words.</summary>
    public string Measure() => _isNet
        ? words.Text("figures.measureNet")
        : words.Text("figures.measureShare", ("label", _findings.PositiveLabel()));

    private BarRow Row(RatingCell cell)
    {
        var isWorld = cell.Region == Cube.World;
        var label = names.Region(cell.Region);
        var n = cell.ValidN is { } valid ? words.Number(valid) : null;
        var dontKnow = cell.DontKnowShare is { } share ? words.Percent(share) : null;
        if (RatingReading.Of(question, figures, cell) is not { } reading)
            return new BarRow(label, [], null, n, dontKnow, _findings.Instead(cell.Region), false, isWorld);
        var tones = Tones.Of(question, [.. reading.Groups.Select(g => g.Group)]);
        // Groups of one tone lie beside each other and are drawn as one: their printed shares, summed.
        var segments = new List<BarSegment>();
        foreach (var (tone, percent) in tones.Zip(reading.Groups, (tone, group) => (tone, group.Percent)))
        {
            if (segments.Count > 0 && segments[^1].Tone == tone)
                segments[^1] = Segment(tone, segments[^1].Percent + percent);
            else
                segments.Add(Segment(tone, percent));
        }

        var figure = cell.Headline is { } headline ? words.Figure(headline.Value, _isNet) : null;
        return new BarRow(label, segments, figure, n, dontKnow, null, cell.Treatment == CellTreatment.SmallBase, isWorld);
    }

    private BarSegment Segment(LevelTone tone, int percent) => new(tone, percent, words.Number(percent));

    /// <summary>The legend: each tone in use, finest rung first, with the words of the groups that have it.</summary>
    private List<ChartLevel> Levels(IReadOnlyList<RatingCell> cells, List<BarRow> rows)
    {
        var used = rows.SelectMany(r => r.Segments).Select(s => s.Tone).ToHashSet();
        var labels = new List<(LevelTone Tone, List<string> Words)>();
        foreach (var rung in cells.Select(c => c.Rung).OfType<int>().Distinct().Order())
        {
            var groups = RatingReading.GroupsOf(question, figures, rung);
            foreach (var (tone, group) in Tones.Of(question, groups).Zip(groups))
            {
                if (!used.Contains(tone))
                    continue;
                var label = words.In(group.Label);
                if (labels.Find(l => l.Tone == tone) is not { Words: { } known })
                    labels.Add((tone, [label]));
                else if (!known.Contains(label))
                    known.Add(label);
            }
        }

        return [.. labels.Select(l => new ChartLevel(l.Tone, words.Either(l.Words)))];
    }
}
