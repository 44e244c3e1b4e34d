namespace Survey.Domain.Watching;

/// <summary>
/// Where a region will be at the close at the pace of the last seven days, and the lowest threshold of small bases that it will then miss although enough
/// organisations were invited to reach it. <see cref="Needed"/> is how many more than now it takes.
/// </summary>
public sealed record RegionOutlook(string Region, int Sent, int Expected, int Threshold, int Needed)
{
    /// <summary>Days over which the pace is taken.</summary>
    public const int PaceDays = 7;

    /// <summary>
    /// The outlook of a region that will miss a threshold; null for one that will not, and where it is too early (before the third day) or too late (after the close) to say.
    /// </summary>
    /// <param name="thresholds">In rising order.</param>
    public static RegionOutlook? Of(string region, int invited, IReadOnlyCollection<DateTime> sentAt, DateTime openedAt, DateTime closesAt, DateTime now, IReadOnlyList<int> thresholds)
    {
        ArgumentNullException.ThrowIfNull(sentAt);
        ArgumentNullException.ThrowIfNull(thresholds);
        var gone = (now - openedAt).TotalDays;
        var left = (closesAt - now).TotalDays;
        if (gone < 2 || left <= 0)
        {
            return null;
        }

        var days = Math.Min(PaceDays, gone);
        var lately = sentAt.Count(s => s > now.AddDays(-days) && s <= now);
        // Whole organisations: what is not quite one more is none.
        var expected = Math.Min(invited, sentAt.Count + (int)Math.Floor(lately / days * left));
        foreach (var threshold in thresholds.Where(t => t <= invited))
        {
            if (expected < threshold)
            {
                return new(region, sentAt.Count, expected, threshold, threshold - sentAt.Count);
            }
        }

        return null;
    }
}
