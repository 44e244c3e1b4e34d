namespace Survey.Domain.Statistics;

/// <summary>Valid answers by sign: <see cref="Positive"/> count +1, <see cref="Negative"/> count -1, the rest of <see cref="Total"/> count 0. A share has no negative ones.</summary>
public readonly record struct SignCounts(long Positive, long Negative, long Total)
{
    /// <summary>The mean sign: a share (0..1) or a net balance (-1..+1).</summary>
    public double Mean => (double)(Positive - Negative) / Total;

    /// <summary>The variance of one answer's sign, p₊ + p₋ - mean²; p(1-p) for a share.</summary>
    public double Variance => ((double)(Positive + Negative) / Total) - (Mean * Mean);

    /// <summary>The positive ones among all.</summary>
    public Share Share => Share.Of(Positive, Total);

    /// <summary>The positive ones over the negative ones.</summary>
    public NetBalance Balance => NetBalance.Of(Positive, Negative, Total);
}

/// <summary>
/// The organisations with a valid answer in both rounds: how many, and the sums of their signs then and now and of the two multiplied (for shares the last is the number that said yes in both).
/// </summary>
public readonly record struct MatchedSigns(long Organisations, long Earlier, long Later, long Products)
{
    /// <summary>The covariance of the two signs among them; 0 when nobody answered twice.</summary>
    public double Covariance => Organisations == 0 ? 0 : ((double)Products / Organisations) - ((double)Earlier / Organisations * Later / Organisations);
}

/// <summary>
/// The difference of two shares or net balances of which some organisations answered both times: later less earlier, with its standard error
/// √(v₁/n₁ + v₂/n₂ - 2·m/(n₁n₂)·cov). Uses all answers and what is known of those who answered twice; with nobody in both it is the plain unpooled comparison.
/// Source: the form that Derrick, Toher and White 2015 discuss for partially overlapping samples (Journal of Applied Quantitative Methods 10(3)).
/// </summary>
public readonly record struct OverlapDifference(double Value, double StandardError, double Bound)
{
    /// <summary>Compares two rounds with at least one valid answer each.</summary>
    public static OverlapDifference Of(SignCounts later, SignCounts earlier, MatchedSigns matched)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(later.Total, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(earlier.Total, 1);
        double shared = 2.0 * matched.Organisations / later.Total / earlier.Total * matched.Covariance;
        double variance = (later.Variance / later.Total) + (earlier.Variance / earlier.Total) - shared;
        return new OverlapDifference(later.Mean - earlier.Mean, Math.Sqrt(Math.Max(0, variance)), later.Negative + earlier.Negative == 0 ? 1 : 2);
    }

    /// <summary>Two-sided p of the normal test. Without any spread, as when all agree in both rounds: 1 for no difference, else 0.</summary>
    public double P => StandardError > 0 ? Normal.TwoSidedP(Value / StandardError) : Value == 0 ? 1 : 0;

    /// <summary>Value ± z standard errors, within what a difference can be: ±1 for shares, ±2 for net balances.</summary>
    public Interval Range => new(Math.Max(-Bound, Value - (Normal.Z95 * StandardError)), Math.Min(Bound, Value + (Normal.Z95 * StandardError)));
}
