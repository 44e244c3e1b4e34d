namespace Survey.Domain.Statistics;

/// <summary>
/// The standard normal distribution: quantiles for two-sided ranges and p-values. Quantiles as printed by R 4.2's <c>qnorm</c>.
/// </summary>
public static class Normal
{
    /// <summary>Quantile of a 90% range.</summary>
    public const double Z90 = 1.644853626951472;

    /// <summary>Quantile of a 95% range: the one that the report uses.</summary>
    public const double Z95 = 1.959963984540054;

    /// <summary>Quantile of a 99% range.</summary>
    public const double Z99 = 2.575829303548901;

    /// <summary>
    /// The probability of a value at least as far from 0 as <paramref name="z"/>, erfc(|z|/√2): the power series near 0, the continued fraction of the
    /// tail beyond (Abramowitz and Stegun 7.1.6 and 7.1.14). Absolute error below 1e-12.
    /// </summary>
    public static double TwoSidedP(double z)
    {
        double x = Math.Abs(z) / Math.Sqrt(2);
        if (x < 2.5)
        {
            double term = x, sum = x;
            for (int k = 1; term > sum * 1e-17; k++)
            {
                term *= 2 * x * x / ((2 * k) + 1);
                sum += term;
            }
            return Math.Max(0, 1 - (2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum));
        }

        double tail = x;
        for (int k = 80; k >= 1; k--)
        {
            tail = x + (k / 2.0 / tail);
        }
        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * tail);
    }
}
