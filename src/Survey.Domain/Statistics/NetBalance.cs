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

        // The difference is taken in whole numbers, so that exchanging the signs gives exactly the mirrored figures.
        double value = (double)(positive - negative) / n;
        double centre = (double)(positive - negative) / (n + 2);
        double spread = ((double)(positive + negative + 2) / (n + 2)) - (centre * centre);
        double half = z * Math.Sqrt(spread / (n + 2));
        return new NetBalance(value, new Interval(
            Math.Min(value, Math.Max(-1, centre - half)),
            Math.Max(value, Math.Min(1, centre + half))));
    }
}
