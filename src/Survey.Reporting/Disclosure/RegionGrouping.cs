using Survey.Domain.Statistics;
using Survey.Reporting.Tallies;

namespace Survey.Reporting.Disclosure;

/// <summary>
/// The regions as published, decided once per round from its counted responses and then the same in every table and chart: regions with too few join
/// <see cref="PublishedRegion.OtherRegions"/>. By slug, the merged group last; empty when only the world can be published.
/// </summary>
public static class RegionGrouping
{
    /// <summary>The published regions of these counts, whatever their order.</summary>
    public static IReadOnlyList<PublishedRegion> Of(IReadOnlyList<RegionCount> regions, DisclosureRules rules) =>
    [
        .. SmallGroups.Merge(
                regions.Select(r => new SmallGroups.Group(r.Region, [r.Region], r.Population, r.Responses)), PublishedRegion.OtherRegions, rules)
            .Select(g => new PublishedRegion(g.Code, g.Members, g.Population, g.Responses, Rate(g.Responses, g.Population))),
    ];

    /// <summary>
    /// The regions of a version that is corrected, with the counts of now, so that two versions cannot be subtracted region from region. A region of the scheme that stood nowhere joins the merged group. Empty, so that only the world is
    /// published, when it has nowhere to go or when one of the regions no longer has enough responses.
    /// </summary>
    public static IReadOnlyList<PublishedRegion> As(IReadOnlyList<PublishedRegion> before, IReadOnlyList<RegionCount> regions, DisclosureRules rules)
    {
        var placed = before.SelectMany(r => r.Members).ToHashSet(StringComparer.Ordinal);
        var strays = regions.Where(r => (r.Population > 0 || r.Responses > 0) && !placed.Contains(r.Region)).Select(r => r.Region).ToList();
        List<PublishedRegion> now = [.. before.Select(b =>
        {
            List<string> members = b.Slug == PublishedRegion.OtherRegions ? [.. b.Members.Concat(strays).Order(StringComparer.Ordinal)] : [.. b.Members];
            var counted = regions.Where(r => members.Contains(r.Region)).ToList();
            int population = counted.Sum(r => r.Population), responses = counted.Sum(r => r.Responses);
            return new PublishedRegion(b.Slug, members, population, responses, Rate(responses, population));
        })];
        bool isEnough = now.TrueForAll(r => r.Responses >= (r.Slug == PublishedRegion.OtherRegions ? rules.MergedMinimum : rules.RegionMinimum));
        return isEnough && (strays.Count == 0 || now.Exists(r => r.Slug == PublishedRegion.OtherRegions)) ? now : [];
    }

    /// <summary>Responses per population in whole per cent; null when the population does not hold them (an import without a member list).</summary>
    internal static int? Rate(int responses, int population) =>
        population < 1 || responses > population ? null : Share.Of(responses, population).InPercent;
}
