using System.Globalization;

namespace Survey.Domain.Networks;

/// <summary>How well two colours can be told apart: the contrast ratio of WCAG 2.2 (relative luminance of sRGB), 1 to 21.</summary>
public static class Contrast
{
    /// <summary>The ratio between two colours written <c>#RRGGBB</c>, in either order.</summary>
    public static double Ratio(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour) =>
        0.2126 * Channel(colour, 1) + 0.7152 * Channel(colour, 3) + 0.0722 * Channel(colour, 5);

    private static double Channel(string colour, int at)
    {
        var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
