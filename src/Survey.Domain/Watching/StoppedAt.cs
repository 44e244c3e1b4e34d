namespace Survey.Domain.Watching;

/// <summary>
/// Where organisations that began and did not send stopped: for each part of the survey, how many answered something in it, and for how many it was the last one.
/// Counts of parts, never of organisations.
/// </summary>
public sealed record StoppedAt<TPart>(TPart Part, int Reached, int Last)
{
    /// <summary>The counts in the order of <paramref name="parts"/>. <paramref name="answered"/> holds the parts of each response by their place in that order.</summary>
    public static IReadOnlyList<StoppedAt<TPart>> Of(IReadOnlyList<TPart> parts, IEnumerable<IReadOnlyCollection<int>> answered)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(answered);
        var (reached, last) = (new int[parts.Count], new int[parts.Count]);
        foreach (var response in answered.Where(a => a.Count > 0))
        {
            foreach (var part in response.Distinct())
            {
                reached[part]++;
            }

            last[response.Max()]++;
        }

        return [.. parts.Select((part, i) => new StoppedAt<TPart>(part, reached[i], last[i]))];
    }
}
