namespace Survey.Domain.Statistics;

/// <summary>
/// The range of a difference of two independent figures from their own ranges (method of variance estimates recovery): with d = a - b,
/// low = d - √((a - lowₐ)² + (high_b - b)²), high = d + √((highₐ - a)² + (b - low_b)²). Source: Zou and Donner 2008, Statistics in Medicine 27:1693-1702.
/// </summary>
public static class Mover
{
    /// <summary>The difference of two net balances, -2..+2.</summary>
    public static Difference Of(NetBalance later, NetBalance earlier) => Of(later.Value, later.Range, earlier.Value, earlier.Range);

    internal static Difference Of(double a, Interval rangeOfA, double b, Interval rangeOfB)
    {
        double d = a - b;
        return new Difference(d, new Interval(
            d - Math.Sqrt(Square(a - rangeOfA.Low) + Square(rangeOfB.High - b)),
            d + Math.Sqrt(Square(rangeOfA.High - a) + Square(b - rangeOfB.Low))));
    }

    private static double Square(double x) => x * x;
}
