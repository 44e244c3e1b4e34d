namespace Survey.Domain.Statistics;

/// <summary>
/// Whole per cents that sum to exactly 100: every part is rounded down, the points left over go to the largest remainders, ties to the earlier part
/// (Hamilton's method). Parts of 0 stay 0. Whole-number arithmetic throughout, so no machine rounds differently.
/// </summary>
public static class LargestRemainder
{
    /// <summary>The per cents of these counts, in their order. Their sum must be at least 1.</summary>
    public static IReadOnlyList<int> Percents(IReadOnlyList<long> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        long total = 0;
        foreach (long count in counts)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(counts));
            total += count;
        }
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1, nameof(counts));

        var percents = counts.Select(c => (int)(100 * c / total)).ToArray();
        int left = 100 - percents.Sum();
        foreach (int i in Enumerable.Range(0, counts.Count).OrderByDescending(i => 100 * counts[i] % total).ThenBy(i => i).Take(left))
        {
            percents[i]++;
        }
        return percents;
    }
}
