namespace Survey.Reporting.Editions;

/// <summary>
/// The median time from opening the form to sending it, in whole minutes, of those who did both within a day: a draft that lies for weeks tells nothing of the work.
/// Published only of at least <see cref="Least"/>. The median of an even number is the mean of the middle two (Hyndman and Fan 1996, definition 7, at one half).
/// </summary>
public static class TimeTaken
{
    /// <summary>Of fewer it is not said.</summary>
    public const int Least = 10;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Whole minutes, rounded, at least 1; null of too few.</summary>
    public static int? MedianMinutes(IEnumerable<TimeSpan> times)
    {
        // Less than a minute is no answering: moments that were blurred to their day, or a clock that was set.
        List<TimeSpan> measured = [.. times.Where(t => t >= TimeSpan.FromMinutes(1) && t < Longest).Order()];
        if (measured.Count < Least)
        {
            return null;
        }

        var middle = (measured[(measured.Count - 1) / 2] + measured[measured.Count / 2]) / 2;
        return Math.Max(1, (int)Math.Round(middle.TotalMinutes, MidpointRounding.AwayFromZero));
    }
}
