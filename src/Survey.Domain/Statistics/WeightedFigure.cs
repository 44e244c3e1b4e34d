namespace Survey.Domain.Statistics;

/// <summary>A region as a stratum: its members (the population), and the valid answers of those who gave one.</summary>
public readonly record struct Stratum(int Members, SignCounts Answers);

/// <summary>
/// A share or net balance in which each region counts by its members, not by its answers. With N members, n answers, N_h and n_h those of a region: w_h = (N_h/n_h)·(n/N), trimmed to
/// <see cref="LeastWeight"/>..<see cref="MostWeight"/>; W_h = n_h·w_h / Σ n_h·w_h; value Σ W_h·p_h; variance Σ W_h²·v_h/(n_h - 1). <see cref="DesignEffect"/> is Kish's n·Σw²/(Σw)² over answers: how many times more answers the same
/// precision takes. The range is that of the unweighted figure (Wilson; adjusted Wald for a net balance) with the effective number V/variance in place of n, V being the spread of the weighted shares; where nothing
/// varies, with Kish's n / design effect. Sources: Kish 1965, Survey Sampling; Korn and Graubard 1998 for the effective number in a score interval.
/// </summary>
public readonly record struct WeightedFigure(double Value, Interval Range, double StandardError, double DesignEffect, double EffectiveAnswers)
{
    /// <summary>The ends to which weights are trimmed, so that one small region does not carry the world.</summary>
    public const double LeastWeight = 0.3, MostWeight = 3;

    /// <summary>The weighted figure; every stratum has at least two answers and some members.</summary>
    public static WeightedFigure Of(IReadOnlyList<Stratum> strata, bool isNetBalance)
    {
        ArgumentNullException.ThrowIfNull(strata);
        foreach (var stratum in strata)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(stratum.Answers.Total, 2, nameof(strata));
            ArgumentOutOfRangeException.ThrowIfLessThan(stratum.Members, 1, nameof(strata));
        }

        double members = strata.Sum(s => (double)s.Members), answers = strata.Sum(s => (double)s.Answers.Total);
        double[] weights = [.. strata.Select(s => Math.Clamp(s.Members / (double)s.Answers.Total * answers / members, LeastWeight, MostWeight))];
        double sum = Sum((s, w) => s.Answers.Total * w);
        double positive = Sum((s, w) => s.Answers.Positive * w) / sum, negative = Sum((s, w) => s.Answers.Negative * w) / sum;
        double value = positive - negative;
        double variance = Sum((s, w) => Square(s.Answers.Total * w / sum) * s.Answers.Variance / (s.Answers.Total - 1));
        double designEffect = answers * Sum((s, w) => s.Answers.Total * w * w) / (sum * sum);
        double spread = positive + negative - (value * value);
        double effective = variance > 0 ? spread / variance : answers / designEffect;
        var range = isNetBalance ? NetBalance.RangeOf(positive * effective, negative * effective, effective) : WilsonInterval.Of(value, effective);
        return new WeightedFigure(value, range, Math.Sqrt(variance), designEffect, effective);

        double Sum(Func<Stratum, double, double> of) => strata.Zip(weights, of).Sum();
    }

    private static double Square(double x) => x * x;
}
