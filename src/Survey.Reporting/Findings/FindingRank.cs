namespace Survey.Reporting.Findings;

/// <summary>The order in which the findings of one point or region are said: by weight, the heaviest first; of equal weight in the order in which they were found.</summary>
public static class FindingRank
{
    /// <summary>The findings in their order; each id once.</summary>
    public static IReadOnlyList<Finding> Of(IEnumerable<Finding> findings) => [.. findings.DistinctBy(f => f.Id).OrderByDescending(f => f.Weight)];
}
