namespace Survey.Reporting.Disclosure;

/// <summary>
/// Merges small groups of organisations. A group with fewer than <see cref="DisclosureRules.RegionMinimum"/> counted responses joins the merged one, then
/// the next smallest (ties by code) until it has <see cref="DisclosureRules.MergedMinimum"/>. It therefore never stands for one group alone. When nothing
/// is left outside it, it would only repeat the world: the result is empty then. Groups with neither population nor responses are left out.
/// </summary>
internal static class SmallGroups
{
    public static IReadOnlyList<Group> Merge(IEnumerable<Group> groups, string mergedCode, DisclosureRules rules)
    {
        var bySize = groups
            .Where(g => g.Population > 0 || g.Responses > 0)
            .OrderBy(g => g.Responses).ThenBy(g => g.Code, StringComparer.Ordinal)
            .ToList();

        int merged = bySize.Count(g => g.Responses < rules.RegionMinimum);
        while (merged > 0 && merged < bySize.Count && bySize.Take(merged).Sum(g => g.Responses) < rules.MergedMinimum)
        {
            merged++;
        }
        if (merged == bySize.Count)
        {
            return [];
        }

        var result = bySize.Skip(merged).OrderBy(g => g.Code, StringComparer.Ordinal).ToList();
        if (merged > 0)
        {
            var small = bySize.Take(merged).ToList();
            result.Add(new Group(
                mergedCode,
                [.. small.SelectMany(g => g.Members).Order(StringComparer.Ordinal)],
                small.Sum(g => g.Population),
                small.Sum(g => g.Responses)));
        }
        return result;
    }

    internal sealed record Group(string Code, IReadOnlyList<string> Members, int Population, int Responses);
}
