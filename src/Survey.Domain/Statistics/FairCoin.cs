namespace Survey.Domain.Statistics;

/// <summary>
/// Two-sided p-values of k against n - k under a fair coin, X ~ Bin(n, 1/2), for the tests on pairs. Nothing thrown, nothing shown: n = 0 gives 1.
/// </summary>
internal static class FairCoin
{
    /// <summary>min(1, 2·P(X ≤ min(a, b))).</summary>
    public static double ExactP(long a, long b) => a == b ? 1 : Math.Min(1, 2 * Tail(a, b).AtMost);

    /// <summary>2·P(X ≤ min) - P(X = min); for a = b it is 1 - P(X = a).</summary>
    public static double MidP(long a, long b)
    {
        if (a + b == 0)
        {
            return 1;
        }
        var (atMost, exactly) = Tail(a, b);
        return a == b ? 1 - exactly : (2 * atMost) - exactly;
    }

    // From the largest term downwards, so that nothing is lost when 2^-n is below the smallest number.
    private static (double AtMost, double Exactly) Tail(long a, long b)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(a);
        ArgumentOutOfRangeException.ThrowIfNegative(b);
        long min = Math.Min(a, b), n = a + b;
        double log = -n * Math.Log(2);
        for (long i = 1; i <= min; i++)
        {
            log += Math.Log((double)(n - min + i) / i);
        }

        double exactly = Math.Exp(log), term = exactly, sum = exactly;
        for (long k = min; k > 0 && term > 0; k--)
        {
            term *= (double)k / (n - k + 1);
            sum += term;
        }
        return (sum, exactly);
    }
}
