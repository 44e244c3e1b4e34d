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

    /// <summary>Responses per population in whole per cent; null when the population does not hold them (an import without a member list).</summary>
    internal static int? Rate(int responses, int population) =>
        population < 1 || responses > population ? null : Share.Of(responses, population).InPercent;
}
