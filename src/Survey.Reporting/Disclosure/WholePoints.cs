using Survey.Domain.Statistics;

namespace Survey.Reporting.Disclosure;

/// <summary>
/// Ranges in whole points (hundredths). They are rounded outward, so that a printed range is never narrower than the computed one, and always hold the
/// printed value, which comes from shares that were rounded before.
/// </summary>
internal static class WholePoints
{
    // What floating point adds to or takes from a whole number; far below any difference between two ranges.
    private const double Dust = 1e-9;

    public static (int Low, int High) Around(int value, Interval range) => (
        Math.Min(value, (int)Math.Floor((100 * range.Low) + Dust)),
        Math.Max(value, (int)Math.Ceiling((100 * range.High) - Dust)));

    /// <summary>Whole points, halves away from zero, so that gains and losses round alike.</summary>
    public static int Of(double value) => (int)Math.Round(100 * value, MidpointRounding.AwayFromZero);
}
