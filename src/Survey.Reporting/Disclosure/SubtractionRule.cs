namespace Survey.Reporting.Disclosure;

/// <summary>
/// Keeps what is withheld from being worked out as "world less the regions shown". Levels run from the finest to the coarsest; a table published on one
/// level gives away every coarser one. So on each level on which the world stands, the regions withheld there must be none (regions without any answer
/// do not count), or all, or at least two whose sum could itself be published on that level. Until that holds, the next smallest region is
/// withheld too: with a single region withheld this is the plain rule "the next smallest goes to the same rung".
/// </summary>
internal static class SubtractionRule
{
    /// <summary>
    /// Coarsens <paramref name="levels"/> in place. <paramref name="nothing"/> is the level on which nothing is published;
    /// <paramref name="isPublishable"/> says whether the sum of some regions could be published on a level. Ties in size go by the regions' order.
    /// </summary>
    public static void Apply(int[] levels, int world, int nothing, IReadOnlyList<long> sizes, Func<int, IReadOnlyList<int>, bool> isPublishable)
    {
        // From the coarsest level down: withholding a region on one level changes nothing on the coarser ones, so one pass is enough.
        for (int level = nothing - 1; level >= world; level--)
        {
            while (true)
            {
                var withheld = Enumerable.Range(0, levels.Length).Where(i => sizes[i] > 0 && levels[i] > level).ToList();
                var shown = Enumerable.Range(0, levels.Length).Where(i => sizes[i] > 0 && levels[i] <= level).ToList();
                if (withheld.Count == 0 || shown.Count == 0 || (withheld.Count > 1 && isPublishable(level, withheld)))
                {
                    break;
                }
                levels[shown.MinBy(i => (sizes[i], i))] = level + 1;
            }
        }
    }

    /// <summary>
    /// Whether a withheld region is larger than one that is shown: then it was not withheld to keep another company, since the smallest goes first.
    /// </summary>
    public static bool IsLargerThanAny(int region, IEnumerable<int> shown, Func<int, long> size) =>
        shown.Any(o => size(o) > 0 && (size(o), o).CompareTo((size(region), region)) < 0);
}
