namespace Survey.Domain.Statistics;

/// <summary>
/// The score interval of a share, without continuity correction: centre (p + z²/2n) / (1 + z²/n), half width z / (1 + z²/n) · √(p(1-p)/n + z²/4n²).
/// Exactly 0 below when nobody said so and exactly 1 above when everybody did. Source: Wilson 1927, JASA 22:209-212 (not the "plus four" interval that
/// some packages call by this name).
/// </summary>
public static class WilsonInterval
{
    /// <summary>The range of <paramref name="count"/> in <paramref name="n"/> organisations, at least one.</summary>
    public static Interval Of(long count, long n, double z = Normal.Z95) => Of(Share.Of(count, n), n, z);

    /// <summary>
    /// The range when the <paramref name="n"/> answers are out of a list of <paramref name="members"/>: n is taken as n(N-1)/(N-n); null when everybody
    /// answered, for then nothing is uncertain. Claims that who did not answer is like who did; the report does not use it unasked.
    /// </summary>
    public static Interval? OfMembers(long count, long n, long members, double z = Normal.Z95)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, members);
        return n == members ? null : Of(Share.Of(count, n), n * (members - 1.0) / (members - n), z);
    }

    private static Interval Of(Share share, double n, double z)
    {
        var range = Of(share.Value, n, z);
        return new Interval(share.Count == 0 ? 0 : range.Low, share.Count == share.Total ? 1 : range.High);
    }

    /// <summary>The range of a share <paramref name="p"/> (0..1) of an effective number of answers, which need not be whole.</summary>
    internal static Interval Of(double p, double n, double z = Normal.Z95)
    {
        double scale = 1 + (z * z / n);
        double centre = (p + (z * z / (2 * n))) / scale;
        double half = z / scale * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n)));
        return new Interval(Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
