using Survey.Reporting.Disclosure;
using Survey.Reporting.Tallies;

namespace Survey.UnitTests.Disclosure;

/// <summary>Expected groups are worked out by hand from the rule.</summary>
public sealed class RegionGroupingTests
{
    private static IReadOnlyList<PublishedRegion> Of(params (string Region, int Responses)[] regions) =>
        RegionGrouping.Of([.. regions.Select(r => new RegionCount(r.Region, 20 + r.Responses, r.Responses, 0, 0, 0))], new DisclosureRules());

    private static string Said(IReadOnlyList<PublishedRegion> regions) =>
        string.Join(" ", regions.Select(r => r.Members.Count > 1 || r.Slug == PublishedRegion.OtherRegions ? $"{r.Slug}({string.Join(",", r.Members)})={r.Responses}" : $"{r.Slug}={r.Responses}"));

    [Test]
    public void Regions_stay_apart_when_none_is_small() =>
        Assert.That(Said(Of(("europe", 60), ("africa", 5))), Is.EqualTo("africa=5 europe=60"));

    [Test]
    public void A_small_region_joins_the_next_smallest() =>
        Assert.That(Said(Of(("europe", 60), ("mena", 4), ("asia", 30), ("africa", 45))), Is.EqualTo("africa=45 europe=60 other-regions(asia,mena)=34"));

    [Test]
    public void The_group_grows_until_it_has_ten() =>
        Assert.That(
            Said(Of(("a", 2), ("b", 3), ("c", 5), ("d", 6), ("e", 50), ("f", 51))),
            Is.EqualTo("d=6 e=50 f=51 other-regions(a,b,c)=10"));

    [Test]
    public void Ties_go_by_slug() =>
        Assert.That(Said(Of(("z", 4), ("c", 20), ("b", 20), ("d", 20))), Is.EqualTo("c=20 d=20 other-regions(b,z)=24"));

    [Test]
    public void A_region_that_nobody_answered_from_counts_as_small() =>
        Assert.That(Said(Of(("empty", 0), ("b", 20), ("d", 25), ("e", 30))), Is.EqualTo("d=25 e=30 other-regions(b,empty)=20"));

    [Test]
    public void A_region_without_members_is_left_out() =>
        Assert.That(
            Said(RegionGrouping.Of([new("none", 0, 0, 0, 0, 0), new("a", 30, 12, 0, 0, 0), new("b", 30, 13, 0, 0, 0)], new DisclosureRules())),
            Is.EqualTo("a=12 b=13"));

    [Test]
    public void Nothing_is_published_by_region_when_all_would_be_one_group()
    {
        Assert.That(Of(("a", 4), ("b", 40)), Is.Empty, "the group would be the world");
        Assert.That(Of(("a", 1), ("b", 2), ("c", 3)), Is.Empty);
        Assert.That(Of(("a", 4)), Is.Empty);
        Assert.That(Of(), Is.Empty);
    }

    [Test]
    public void A_single_region_is_the_world_and_says_no_more() =>
        Assert.That(Said(Of(("a", 40))), Is.EqualTo("a=40"));

    [Test]
    public void A_rate_is_in_whole_per_cent_and_missing_without_a_population()
    {
        var regions = RegionGrouping.Of([new("a", 8, 7, 0, 0, 0), new("b", 0, 12, 0, 0, 0)], new DisclosureRules());
        Assert.That(regions.Select(r => r.RatePercent), Is.EqualTo(new int?[] { 88, null }));
    }
}
