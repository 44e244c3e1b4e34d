using System.Text.Json.Serialization;

namespace Survey.Reporting.Charts;

/// <summary>
/// A chart as data: what is drawn, in which order and with which words, everything a person reads already formatted in the edition's language.
/// Numbers are those that are printed (whole per cents, whole points), so that no coordinate tells more than the text; nothing in a chart is an expression or markup.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DivergingBarsChart), "divergingBars")]
[JsonDerivedType(typeof(StackedBarsChart), "stackedBars")]
[JsonDerivedType(typeof(DotIntervalChart), "dotInterval")]
[JsonDerivedType(typeof(TrendChart), "trend")]
[JsonDerivedType(typeof(BarsChart), "bars")]
[JsonDerivedType(typeof(RegionMapChart), "regionMap")]
public abstract record Chart
{
    private protected Chart() { }
}

/// <summary>Shares of a rating that has a middle, split at that middle (Heiberger and Robbins 2014): back to the one side, forward to the other, half of the neutral answers on each. Bars keep the order given and share one scale.</summary>
/// <param name="Levels">The legend, in order; every tone used by a row must be named here.</param>
/// <param name="AxisTitle">What the axis measures.</param>
public sealed record DivergingBarsChart(
    IReadOnlyList<ChartLevel> Levels,
    IReadOnlyList<BarRow> Rows,
    BarColumns Columns,
    string AxisTitle) : Chart;

/// <summary>Shares of a rating without a middle (how far is this practice), stacked from 0 to 100 per cent.</summary>
/// <param name="Levels">The legend, in order; every tone used by a row must be named here.</param>
public sealed record StackedBarsChart(
    IReadOnlyList<ChartLevel> Levels,
    IReadOnlyList<BarRow> Rows,
    BarColumns Columns,
    string AxisTitle) : Chart;

/// <summary>Estimates with their ranges, one below the other. The mark's shape says on which side of zero the whole range lies.</summary>
/// <param name="Scale">Whether values run around zero (net balance) or from 0 to 100 (share).</param>
/// <param name="Legend">What the marks mean, in order; empty for a share.</param>
/// <param name="RangeHeading">Heads the column of ranges in words; null leaves it out.</param>
/// <param name="BaseHeading">Heads the column of bases; null leaves it out.</param>
public sealed record DotIntervalChart(
    ChartScale Scale,
    IReadOnlyList<DotRow> Rows,
    IReadOnlyList<MarkLabel> Legend,
    string AxisTitle,
    string? RangeHeading,
    string? BaseHeading) : Chart;

/// <summary>One figure over the rounds. One panel is drawn wide, several as small multiples on one scale; a line stops where a round has no value and before a break.</summary>
/// <param name="Rounds">The rounds' labels, oldest first; each panel has one point for each.</param>
/// <param name="BreakLabel">What the mark at a break says; null where no panel has one.</param>
public sealed record TrendChart(
    ChartScale Scale,
    IReadOnlyList<string> Rounds,
    IReadOnlyList<TrendPanel> Panels,
    string AxisTitle,
    string? BreakLabel) : Chart;

/// <summary>Plain bars with the value at the end of each, in the order given.</summary>
/// <param name="Maximum">The scale's end (100 for shares that should be read against the whole); null fits the longest bar.</param>
/// <param name="NowLabel">Names the bars where an earlier round is marked beside them; else null.</param>
/// <param name="EarlierLabel">Names the marks of the earlier round; else null.</param>
public sealed record BarsChart(
    IReadOnlyList<BarsRow> Rows,
    double? Maximum,
    string? NowLabel,
    string? EarlierLabel) : Chart;

/// <summary>A world map that shades regions, never a single country: each country takes its region's class. A region without a class is hatched.</summary>
/// <param name="ClassLabels">The classes from low to high (at most five), as the legend words them.</param>
/// <param name="NoneLabel">What the hatch means.</param>
public sealed record RegionMapChart(
    IReadOnlyList<MapRegion> Regions,
    IReadOnlyList<string> ClassLabels,
    string NoneLabel) : Chart;

/// <summary>A colour, and for coarser steps a texture, with a fixed meaning in every chart of an edition.</summary>
public enum LevelTone
{
    /// <summary>Change: gone back a lot (-2).</summary>
    StronglyBack,
    /// <summary>Change: gone back (-1).</summary>
    Back,
    /// <summary>Change: not changed (0).</summary>
    Neutral,
    /// <summary>Change: advanced (+1).</summary>
    Forward,
    /// <summary>Change: advanced a lot (+2).</summary>
    StronglyForward,
    /// <summary>Change on three steps: gone back, a little or a lot.</summary>
    BackTogether,
    /// <summary>Change on three or two steps: advanced, a little or a lot.</summary>
    ForwardTogether,
    /// <summary>Change on two steps: not advanced (back or not changed).</summary>
    NotForward,
    /// <summary>State: not at all (0).</summary>
    Step0,
    /// <summary>State: a little (1).</summary>
    Step1,
    /// <summary>State: partly (2).</summary>
    Step2,
    /// <summary>State: largely (3).</summary>
    Step3,
    /// <summary>State: fully (4).</summary>
    Step4,
    /// <summary>State on three steps: not at all or a little (0-1).</summary>
    LowTogether,
    /// <summary>State on three or two steps: largely or fully (3-4).</summary>
    HighTogether,
    /// <summary>State on two steps: not largely (0-2).</summary>
    NotHigh,
}

/// <summary>Whether values run around zero or from nothing to all.</summary>
public enum ChartScale
{
    /// <summary>Whole points from -100 to +100.</summary>
    Net,
    /// <summary>Whole per cents from 0 to 100.</summary>
    Share,
}

/// <summary>Which way a figure points, as its own mark (shape and colour) says it.</summary>
public enum Direction
{
    /// <summary>The whole range lies above zero, or the change is clear and upwards.</summary>
    Forward,
    /// <summary>The whole range lies below zero, or the change is clear and downwards.</summary>
    Back,
    /// <summary>The range takes in zero: no clear change, which is not "no change".</summary>
    Unclear,
    /// <summary>Too few answers to say, or nothing to compare with.</summary>
    None,
}

/// <summary>A legend entry: a tone and its words.</summary>
public sealed record ChartLevel(LevelTone Tone, string Label);

/// <summary>A legend entry: a mark and its words.</summary>
public sealed record MarkLabel(Direction Direction, string Label);

/// <summary>One part of a bar in whole per cents; the label is set in it where it fits.</summary>
public sealed record BarSegment(LevelTone Tone, int Percent, string Label);

/// <summary>
/// One bar. Its segments sum to 100 whatever the number of steps (five, three or two), or there are none and <paramref name="Words"/> says why ("too few answers to show").
/// </summary>
/// <param name="Figure">The headline figure in words, at the end of the row ("+14", "38 %"); null where it may not be shown.</param>
/// <param name="Base">How many answers the shares rest on, in words.</param>
/// <param name="DontKnow">The share of "don't know" on its own base, in words; null leaves the cell empty.</param>
/// <param name="Words">Set in place of a bar, or null.</param>
public sealed record BarRow(
    string Label,
    IReadOnlyList<BarSegment> Segments,
    string? Figure,
    string? Base,
    string? DontKnow,
    string? Words,
    bool IsSmallBase,
    bool IsTotal);

/// <summary>Headings of the columns at the end of the bars; a null heading leaves its column out.</summary>
public sealed record BarColumns(string? Figure, string? Base, string? DontKnow);

/// <summary>An estimate and its range. Without a value only the words are set.</summary>
public sealed record DotRow(
    string Label,
    int? Value,
    int? Low,
    int? High,
    string? ValueText,
    string? RangeText,
    string? Base,
    Direction Direction,
    string? Words,
    bool IsTotal);

/// <summary>One line of a trend; as many points as the chart has rounds.</summary>
public sealed record TrendPanel(string Label, IReadOnlyList<TrendPoint> Points);

/// <summary>A round's value with its range; null where there is none. A break means that it cannot be compared with the round before, so no line joins them.</summary>
public sealed record TrendPoint(int? Value, int? Low, int? High, string? Text, bool IsBreakBefore);

/// <summary>One plain bar; an earlier round's value is marked beside it when given.</summary>
public sealed record BarsRow(string Label, double Value, string Text, double? Earlier = null, bool IsTotal = false);

/// <summary>A region of the map: its countries (ISO 3166-1 alpha-2, and XK), its class (0 is the lowest; null: hidden or none) and what its own legend line says.</summary>
public sealed record MapRegion(string Label, int? Class, string Text, IReadOnlyList<string> Countries);
