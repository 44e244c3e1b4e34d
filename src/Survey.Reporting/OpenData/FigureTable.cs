using Survey.Reporting.Charts;
using Survey.Reporting.Editions;

namespace Survey.Reporting.OpenData;

/// <summary>
/// The numbers behind a figure as a table in long form: what is drawn and printed and no more, so that table, picture and CSV say the same. Columns are named in one way in every
/// language (<see cref="FigureColumn"/>), labels are in the edition's. A cell that is not published is null, never a zero.
/// </summary>
public sealed record FigureTable(IReadOnlyList<FigureColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>The numbers of a chart.</summary>
    public static FigureTable Of(Chart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return chart switch
        {
            DivergingBarsChart bars => Bars(bars.Levels, bars.Rows),
            StackedBarsChart bars => Bars(bars.Levels, bars.Rows),
            DotIntervalChart dots => new([FigureColumn.Row, FigureColumn.Value, FigureColumn.Low, FigureColumn.High, FigureColumn.Base, FigureColumn.Words],
                [.. dots.Rows.Select(r => Row(r.Label, r.Value, r.Low, r.High, r.Base, r.Words))]),
            TrendChart trend => new([FigureColumn.Row, FigureColumn.Round, FigureColumn.Value, FigureColumn.Low, FigureColumn.High, FigureColumn.IsBreakBefore],
                [.. trend.Panels.SelectMany(p => trend.Rounds.Zip(p.Points, (round, at) => Row(p.Label, round, at.Value, at.Low, at.High, at.IsBreakBefore)))]),
            BarsChart bars when bars.Rows.Any(r => r.Earlier is not null) => new([FigureColumn.Row, FigureColumn.Value, FigureColumn.Earlier], [.. bars.Rows.Select(r => Row(r.Label, r.Value, r.Earlier))]),
            BarsChart bars => new([FigureColumn.Row, FigureColumn.Value], [.. bars.Rows.Select(r => Row(r.Label, r.Value))]),
            RegionMapChart map => new([FigureColumn.Row, FigureColumn.Step, FigureColumn.Figure], [.. map.Regions.Select(r => Row(r.Label, r.Class is { } at && at < map.ClassLabels.Count ? map.ClassLabels[at] : null, r.Class is null ? null : r.Text))]),
            _ => throw new InvalidOperationException($"There is no table for figures of the kind {chart.GetType().Name}."),
        };
    }

    /// <summary>The numbers of a heatmap.</summary>
    public static FigureTable Of(HeatmapBlock heatmap)
    {
        ArgumentNullException.ThrowIfNull(heatmap);
        return new([FigureColumn.Row, FigureColumn.Column, FigureColumn.Figure, FigureColumn.Step, FigureColumn.IsSmallBase],
            [.. heatmap.Rows.SelectMany(r => heatmap.ColumnLabels.Zip(r.Cells, (column, cell) => Row(r.Label, column, cell.Class is null ? null : cell.Text, cell.Class is { } at && at + 2 < heatmap.ClassLabels.Count ? heatmap.ClassLabels[at + 2] : null, cell.IsSmallBase)))]);
    }

    /// <summary>As a CSV file.</summary>
    public DataFile ToCsv(string name)
    {
        var csv = new CsvText([.. Columns.Select(NameOf)]);
        foreach (var row in Rows)
        {
            csv.Row([.. row.Select(v => v is string text ? Plain(text) : v)]);
        }

        return csv.ToFile(name);
    }

    /// <summary>A column's name in the file.</summary>
    public static string NameOf(FigureColumn column) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(column.ToString());

    private static FigureTable Bars(IReadOnlyList<ChartLevel> levels, IReadOnlyList<BarRow> rows)
    {
        var words = levels.ToDictionary(l => l.Tone, l => l.Label);
        return new([FigureColumn.Row, FigureColumn.Step, FigureColumn.Share, FigureColumn.Figure, FigureColumn.Base, FigureColumn.DontKnow, FigureColumn.IsSmallBase, FigureColumn.Words],
            [.. rows.SelectMany(r => r.Segments.Count == 0 ? [Row(r.Label, null, null, r.Figure, r.Base, r.DontKnow, r.IsSmallBase, r.Words)]
                : r.Segments.Select(s => Row(r.Label, words.GetValueOrDefault(s.Tone), s.Percent, r.Figure, r.Base, r.DontKnow, r.IsSmallBase, r.Words)))]);
    }

    private static object?[] Row(params object?[] cells) => cells;

    /// <summary>Text without the marks that only steer the direction of reading.</summary>
    private static string Plain(string text) => string.Concat(text.Where(c => c is not (>= '\u2066' and <= '\u2069') and not '\u200E' and not '\u200F'));
}

/// <summary>What a column of a figure's table holds.</summary>
public enum FigureColumn
{
    /// <summary>What the row is about: a region, a point, an action.</summary>
    Row,
    /// <summary>The second heading of a cell: a region.</summary>
    Column,
    /// <summary>The round.</summary>
    Round,
    /// <summary>A step of a rating or a class of figures.</summary>
    Step,
    /// <summary>Whole per cent.</summary>
    Share,
    /// <summary>The value as it is drawn.</summary>
    Value,
    /// <summary>The value of the round before.</summary>
    Earlier,
    /// <summary>The lower end of the 95% uncertainty range.</summary>
    Low,
    /// <summary>Its upper end.</summary>
    High,
    /// <summary>The headline figure as printed.</summary>
    Figure,
    /// <summary>How many answers it rests on, as printed.</summary>
    Base,
    /// <summary>The share that did not know, as printed.</summary>
    DontKnow,
    /// <summary>Whether it rests on few answers.</summary>
    IsSmallBase,
    /// <summary>Not comparable with the value before it.</summary>
    IsBreakBefore,
    /// <summary>What is said in the place of a value.</summary>
    Words,
}
