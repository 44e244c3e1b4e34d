namespace Survey.Domain.Statistics;

/// <summary>
/// Share of positive less share of negative answers, -1..+1, of n valid answers (don't know is not among them). The range is the adjusted Wald interval:
/// with p₊ = (pos+1)/(n+2), p₋ = (neg+1)/(n+2), b = p₊ - p₋ it is b ± z·√((p₊ + p₋ - b²)/(n+2)), clamped to -1..+1. The plain Wald interval has no
/// width when all answers agree and is not used. Source: Bonett and Price 2012, Journal of Educational and Behavioral Statistics 37:479-488
/// (written for paired proportions; the algebra is the same).
/// </summary>
public readonly record struct NetBalance(double Value, Interval Range)
{
    /// <summary>The balance of <paramref name="positive"/> over <paramref name="negative"/> answers among <paramref name="n"/>, at least one.</summary>
    public static NetBalance Of(long positive, long negative, long n, double z = Normal.Z95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(positive);
        ArgumentOutOfRangeException.ThrowIfNegative(negative);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(positive + negative, n);

        double value = (double)(positive - negative) / n;
        var range = RangeOf(positive, negative, n, z);
        return new NetBalance(value, new Interval(Math.Min(value, range.Low), Math.Max(value, range.High)));
    }

    // The difference is taken before it is divided, so that exchanging the signs gives exactly the mirrored figures. Not of whole numbers where the answers are weighted.
    internal static Interval RangeOf(double positive, double negative, double n, double z = Normal.Z95)
    {
        double centre = (positive - negative) / (n + 2);
        double spread = ((positive + negative + 2) / (n + 2)) - (centre * centre);
        double half = z * Math.Sqrt(spread / (n + 2));
        return new Interval(Math.Max(-1, centre - half), Math.Min(1, centre + half));
    }
}
