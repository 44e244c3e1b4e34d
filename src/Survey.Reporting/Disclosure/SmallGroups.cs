namespace Survey.Reporting.Disclosure;

/// <summary>
/// Merges small groups of organisations. A group with fewer than <see cref="DisclosureRules.RegionMinimum"/> counted responses joins the merged one, then
/// the next smallest (ties by code) until it has <see cref="DisclosureRules.MergedMinimum"/>, and until who knows this rule, its sum and the groups shown is left with at least <see cref="DisclosureRules.LeastPossible"/> numbers for
/// each of its members. It therefore never stands for one group alone. When nothing
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
        while (merged > 0 && merged < bySize.Count
            && (bySize.Take(merged).Sum(g => g.Responses) is var sum && (sum < rules.MergedMinimum || PossibleNumbers(merged, sum, bySize[merged].Responses, rules) < rules.LeastPossible)))
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

    // The numbers that one of some merged groups could have. The reader cannot tell them apart: small ones, and others up to the smallest that is shown, of which the last was still needed.
    private static int PossibleNumbers(int groups, int sum, int smallestShown, DisclosureRules rules)
    {
        var possible = new HashSet<int>();
        Fill([], 0);
        return possible.Count;

        void Fill(int[] members, int total)
        {
            if (members.Length == groups)
            {
                if (total == sum && (members[^1] < rules.RegionMinimum || total - members[^1] < rules.MergedMinimum))
                {
                    possible.UnionWith(members);
                }

                return;
            }

            // From the smallest up; one as large as the smallest shown would have to come before it by its code.
            int left = groups - members.Length;
            for (int next = members.Length == 0 ? 0 : members[^1]; next < smallestShown && total + (left * next) <= sum && possible.Count < rules.LeastPossible; next++)
            {
                Fill([.. members, next], total + next);
            }
        }
    }

    internal sealed record Group(string Code, IReadOnlyList<string> Members, int Population, int Responses);
}
