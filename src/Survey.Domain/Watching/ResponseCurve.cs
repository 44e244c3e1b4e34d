namespace Survey.Domain.Watching;

/// <summary>
/// Responses over time: how many organisations had sent by the end of each day, a day being 24 hours from the opening on. An answer sent before the opening
/// (from a file) counts from the first day.
/// </summary>
public static class ResponseCurve
{
    /// <summary>The curve of the first <paramref name="days"/> days; the last number is what had come in by then.</summary>
    public static IReadOnlyList<int> Of(IEnumerable<DateTime> sentAt, DateTime openedAt, int days)
    {
        ArgumentNullException.ThrowIfNull(sentAt);
        var counts = new int[days];
        foreach (var sent in sentAt)
        {
            var day = Math.Max(0, DayOf(sent, openedAt));
            if (day < days)
            {
                counts[day]++;
            }
        }

        for (var day = 1; day < days; day++)
        {
            counts[day] += counts[day - 1];
        }

        return counts;
    }

    /// <summary>The number of a moment's day since the opening, 0 for the first 24 hours.</summary>
    public static int DayOf(DateTime moment, DateTime openedAt) => (int)Math.Floor((moment - openedAt).TotalDays);
}
