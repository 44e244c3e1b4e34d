using System.Globalization;

namespace Survey.Web.Pages.Office.Rounds;

/// <summary>A day as a date field sends it, or as a person types it where the browser has none: year, month, day; digits of any script that the office reads.</summary>
public static class RoundDay
{
    private const char ArabicZero = '٠', ArabicNine = '٩';

    public static DateOnly? Read(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var digits = string.Concat(typed.Trim().Select(c => c is >= ArabicZero and <= ArabicNine ? (char)('0' + (c - ArabicZero)) : c));
        return DateOnly.TryParseExact(digits, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2200 ? day : null;
    }
}
