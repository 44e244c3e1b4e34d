namespace Survey.Domain.Statistics;

/// <summary>
/// <see cref="Count"/> of <see cref="Total"/> organisations; <see cref="Value"/> is 0..1. There is no share of nothing: a total of 0 is refused, so every
/// caller must decide what it shows then.
/// </summary>
public readonly record struct Share
{
    private Share(long count, long total) => (Count, Total) = (count, total);

    public long Count { get; }

    public long Total { get; }

    /// <summary>Count / total.</summary>
    public double Value => (double)Count / Total;

    /// <summary>Whole per cent, halves away from zero, by whole-number arithmetic. For a single share only: parts of one bar take <see cref="LargestRemainder"/>.</summary>
    public int InPercent => (int)(((200 * Count) + Total) / (2 * Total));

    /// <summary>The share of a count in a total of at least 1; the count is 0..total.</summary>
    public static Share Of(long count, long total)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, total);
        return new Share(count, total);
    }
}
