using Survey.Domain.Watching;

namespace Survey.UnitTests.Watching;

/// <summary>Expected numbers were counted by hand.</summary>
internal sealed class WatchingTests
{
    private static readonly DateTime Opened = new(2026, 5, 1, 8, 0, 0, DateTimeKind.Utc), LastYear = new(2025, 4, 1, 0, 0, 0, DateTimeKind.Utc);

    private static MemberStanding Member(string region, DateTime? sentAt = null, bool isStarted = false) => new(region, "SN", "fr", "ngo", isStarted, sentAt);

    [Test]
    public void A_rate_stands_beside_last_years_at_the_same_time_since_the_opening()
    {
        var now = new WatchedRound(Opened, [Member("africa", Opened.AddDays(1)), Member("africa", isStarted: true), Member("africa"), Member("europe")]);
        var then = new WatchedRound(LastYear, [Member("africa", LastYear.AddDays(2)), Member("africa", LastYear.AddDays(2).AddSeconds(1)), Member("mena", LastYear.AddDays(1))]);
        var rates = GroupRate.By(m => m.Region, now, then, TimeSpan.FromDays(2));
        Assert.That(rates, Is.EqualTo(new GroupRate[] { new("africa", 3, 1, 1, 2, 1), new("europe", 1, 0, 0, 0, null) }), "The second answer of last year came a second later.");
        Assert.That((rates[0].Percent, rates[0].PercentThen, rates[1].PercentThen), Is.EqualTo((33, (int?)50, (int?)null)));
    }

    [Test]
    public void What_came_after_the_moment_of_the_figures_is_in_neither_year()
    {
        var now = new WatchedRound(Opened, [Member("africa", Opened.AddDays(2)), Member("africa", Opened.AddDays(2).AddSeconds(1))]);
        Assert.That(GroupRate.By(m => m.Region, now, null, TimeSpan.FromDays(2)).Single().Sent, Is.EqualTo(1));
    }

    // Of A: 3 hidden, and the next smallest with it; of B: two small ones hide each other; of C nothing is small; D is one small country alone.
    [TestCase("A1:3 A2:9 A3:20 B1:2 B2:4 B3:7 C1:5 C2:6 D1:1", "A3 B3 C1 C2")]
    [TestCase("A1:4 A2:1 A3:5", "A3", Description = "Five are hidden together.")]
    [TestCase("A1:4 A2:5", "", Description = "The only other one goes too.")]
    public void A_small_group_cannot_be_had_by_subtraction(string groups, string shown)
    {
        IReadOnlyList<GroupRate> rows = [.. groups.Split(' ').Select(g => new GroupRate(g[..2], int.Parse(g[3..], System.Globalization.CultureInfo.InvariantCulture), 0, 0, 0, null))];
        Assert.That(string.Join(' ', GroupRate.WithoutSmall(rows, key => key[..1], 5).Select(r => r.Key)), Is.EqualTo(shown));
    }

    [Test]
    public void A_group_that_was_small_last_year_has_no_figure_of_it_nor_what_it_could_be_told_from()
    {
        GroupRate[] rows = [new("A1", 6, 0, 2, 1, 1), new("A2", 9, 0, 2, 8, 4), new("B1", 6, 0, 2, 7, 3), new("B2", 3, 0, 1, 2, 1), new("B3", 4, 0, 1, 1, 1), new("C1", 6, 0, 2, 5, 3)];
        Assert.That(GroupRate.WithoutSmall(rows, key => key[..1], 5), Is.EqualTo(new GroupRate[] { new("A1", 6, 0, 2, 0, null), new("A2", 9, 0, 2, 0, null), new("B1", 6, 0, 2, 0, null), new("C1", 6, 0, 2, 5, 3) }));
    }

    [Test]
    public void A_rate_has_no_last_year_where_there_was_no_round() =>
        Assert.That(GroupRate.By(_ => "", new(Opened, [Member("africa")]), null, TimeSpan.FromDays(2)).Single().PercentThen, Is.Null);

    [Test]
    public void A_curve_counts_to_the_end_of_each_day_since_the_opening()
    {
        DateTime[] sent = [Opened.AddDays(-1), Opened.AddHours(23), Opened.AddDays(1), Opened.AddDays(2.5), Opened.AddDays(9)];
        Assert.That(ResponseCurve.Of(sent, Opened, 4), Is.EqualTo(new[] { 2, 3, 4, 4 }));
    }

    // 10 of 100 sent by day 10, all in the last seven days: ten more in a week, none in half a day (10 / 7 x 0.5 = 0.7).
    [TestCase(7, 20)]
    [TestCase(0.5, 10, Description = "Less than one is none.")]
    public void A_region_is_flagged_at_the_lowest_threshold_that_it_will_miss(double left, int expected)
    {
        var now = Opened.AddDays(10);
        DateTime[] sent = [.. Enumerable.Range(0, 10).Select(i => now.AddHours(-i))];
        var outlook = RegionOutlook.Of("africa", 100, sent, Opened, now.AddDays(left), now, [5, 10, 30]);
        Assert.That(outlook, Is.EqualTo(new RegionOutlook("africa", 10, expected, Threshold: 30, Needed: 20)));
    }

    [Test]
    public void A_region_that_has_fallen_silent_is_flagged_although_it_began_well()
    {
        var now = Opened.AddDays(20);
        DateTime[] sent = [.. Enumerable.Repeat(Opened.AddDays(1), 4)];
        Assert.That(RegionOutlook.Of("mena", 40, sent, Opened, now.AddDays(10), now, [5, 10, 30]), Is.EqualTo(new RegionOutlook("mena", 4, 4, 5, 1)));
    }

    [Test]
    public void A_region_is_not_flagged_for_what_it_cannot_reach_nor_too_early_nor_after_the_close()
    {
        var now = Opened.AddDays(20);
        Assert.That(RegionOutlook.Of("north-america", 4, [], Opened, now.AddDays(10), now, [5, 10, 30]), Is.Null, "Four were invited.");
        Assert.That(RegionOutlook.Of("mena", 40, [], Opened, now, Opened.AddDays(1), [5]), Is.Null, "On the second day nobody can tell.");
        Assert.That(RegionOutlook.Of("mena", 40, [], Opened, now, now, [5]), Is.Null, "It is over.");
        Assert.That(RegionOutlook.Of("mena", 7, [.. Enumerable.Repeat(now, 7)], Opened, now.AddDays(10), now, [5, 10]), Is.Null, "All have sent.");
    }

    [Test]
    public void Stopping_is_counted_by_the_last_part_that_holds_an_answer()
    {
        var stopped = StoppedAt<string>.Of(["facts", "one", "two"], [[0], [0, 1], [2, 0], []]);
        Assert.That(stopped, Is.EqualTo(new StoppedAt<string>[] { new("facts", 3, 1), new("one", 1, 1), new("two", 1, 1) }));
    }
}
