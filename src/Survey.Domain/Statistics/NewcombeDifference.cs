namespace Survey.Domain.Statistics;

/// <summary>
/// The difference of two independent shares, -1..+1, with the range that follows from their Wilson intervals, without continuity correction.
/// Source: Newcombe 1998, Statistics in Medicine 17:873-890, method 10.
/// </summary>
public static class NewcombeDifference
{
    /// <summary>Later less earlier.</summary>
    public static Difference Of(Share later, Share earlier, double z = Normal.Z95)
    {
        var d = Mover.Of(
            later.Value, WilsonInterval.Of(later.Count, later.Total, z),
            earlier.Value, WilsonInterval.Of(earlier.Count, earlier.Total, z));
        return d with { Range = new Interval(Math.Max(-1, d.Range.Low), Math.Min(1, d.Range.High)) };
    }
}
