namespace Survey.Domain.Statistics;

/// <summary>
/// Adjusts the p-values of one family of tests, so that the chance of even one false "clear" among them stays below the level. The k-th smallest of n is multiplied by n - k + 1 (k from 1), is
/// never below the one before it, and never above 1. Source: Holm 1979, Scandinavian Journal of Statistics 6:65-70.
/// </summary>
public static class Holm
{
    /// <summary>The adjusted values, in the order of <paramref name="ps"/>; equal ones are adjusted alike.</summary>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> ps)
    {
        ArgumentNullException.ThrowIfNull(ps);
        var adjusted = new double[ps.Count];
        double least = 0;
        foreach (var (i, rank) in Enumerable.Range(0, ps.Count).OrderBy(i => ps[i]).Select((i, rank) => (i, rank)))
        {
            adjusted[i] = least = Math.Max(least, Math.Min(1, (ps.Count - rank) * ps[i]));
        }

        return adjusted;
    }
}
