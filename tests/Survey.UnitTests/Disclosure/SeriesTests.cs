using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Tallies;
using static Survey.UnitTests.Disclosure.SampleRound;

namespace Survey.UnitTests.Disclosure;

/// <summary>Rounds beside each other. Ranges are worked values of the statistics tests, rounded outward by hand; "R" was computed with R 4.2.</summary>
public sealed class SeriesTests
{
    private static readonly DisclosureRules Rules = new();

    private static RoundInput In(string slug, RoundInput round, Questionnaire? questionnaire = null) =>
        round with { Tally = round.Tally with { Round = slug }, Questionnaire = questionnaire ?? round.Questionnaire };

    // 56 of 70 largely or fully, after 48 of 80.
    private static RoundInput StateNow => In("2026", Round(StateRows("x", 0, 0, 14, 28, 28)));

    private static RoundInput StateThen => In("2025", Round(StateRows("x", 0, 16, 16, 24, 24)));

    private static Trend WorldTrend(RoundInput now, params RoundInput[] earlier) =>
        DisclosurePass.CubeOf(now, earlier, [], Rules).Point("a")!.Rating("state")!.Trend(Cube.World)!;

    private static string Said(Trend trend) =>
        string.Join(" ", trend.Points.Select(p => $"{(p.IsBreakBefore ? "| " : "")}{p.Round}:{p.Headline.Value}"));

    [Test]
    public void A_share_changes_by_the_difference_of_the_printed_headlines_with_newcombes_range()
    {
        var trend = WorldTrend(StateNow, StateThen);
        Assert.That(Said(trend), Is.EqualTo("2025:60 2026:80"));
        Assert.That(trend.Change, Is.EqualTo(new Change("2025", 20, 5, 34, true, null)), "0.052431 to 0.333873; z 2.746, p .006");
    }

    [Test]
    public void A_net_balance_changes_with_movers_range_and_is_not_clear_when_it_holds_zero()
    {
        var now = In("2026", Round(ChangeRows("x", 4, 4, 12, 20, 10)));
        var then = In("2025", Round(ChangeRows("x", 4, 6, 10, 14, 6)));
        var trend = DisclosurePass.CubeOf(now, [then], [], Rules).Point("a")!.Rating("change")!.Trend("x")!;
        Assert.That(Said(trend), Is.EqualTo("2025:25 2026:44"));
        Assert.That(trend.Change, Is.EqualTo(new Change("2025", 19, -15, 52, false, null)), "-0.140988 to 0.517890");
    }

    [Test]
    public void Matched_organisations_are_tested_with_mcnemar_for_a_share()
    {
        MatchedPair[] pairs = [Pair("state", "s2", "s3", 25), Pair("state", "s4", "s2", 12), Pair("state", "s3", "s4", 28), Pair("state", "dk", "s4", 9)];
        var change = DisclosurePass.CubeOf(StateNow, [StateThen], pairs, Rules).Point("a")!.Rating("state")!.Trend(Cube.World)!.Change!;
        Assert.That(change.Matched, Is.EqualTo(new MatchedChange(65, 25, 12, 28, 20, 1, 38, 0.034)), "R: 0.017350 to 0.370709; mid-p 0.033552");
    }

    [Test]
    public void Matched_organisations_are_tested_with_the_sign_test_along_the_scale_for_a_net_balance()
    {
        var now = In("2026", Round(ChangeRows("x", 4, 4, 12, 20, 10)));
        var then = In("2025", Round(ChangeRows("x", 4, 6, 10, 14, 6)));
        MatchedPair[] pairs = [Pair("change", "p1", "p2", 11), Pair("change", "z", "m1", 4), Pair("change", "z", "z", 9)];
        var change = DisclosurePass.CubeOf(now, [then], pairs, Rules).Point("a")!.Rating("change")!.Trend(Cube.World)!.Change!;
        Assert.That(change.Matched, Is.EqualTo(new MatchedChange(24, 11, 4, 9, 29, -3, 57, 0.077)), "R: -0.023848 to 0.562310; mid-p 0.076813");
    }

    [Test]
    public void A_change_is_judged_by_what_is_known_of_who_answered_twice()
    {
        // As in the statistics tests: 20 of 50, then 33 of 60, 30 in both: p .088345, range -0.022513 to 0.322513.
        var now = In("2026", Round(StateRows("x", 0, 0, 27, 33, 0)));
        var then = In("2025", Round(StateRows("x", 0, 0, 30, 20, 0)));
        MatchedPair[] pairs = [Pair("state", "s3", "s3", 10), Pair("state", "s3", "s2", 3), Pair("state", "s2", "s3", 9), Pair("state", "s2", "s2", 8), Pair("state", "dk", "s3", 7)];
        var figures = DisclosurePass.CubeOf(now, [then], pairs, Rules).Point("a")!.Rating("state")!;
        Assert.That(figures.Trend(Cube.World)!.Change!.Overlap, Is.EqualTo(new OverlapRange(-3, 33)));
        Assert.That((figures.Trend("x")!.Change!.IsClear, figures.Trend("x")!.Change!.Overlap), Is.EqualTo((false, (OverlapRange?)null)), "Of a region its width would tell how few said what twice.");

        // Two of those who answered twice said yes then and no now: the width would tell that too.
        MatchedPair[] few = [Pair("state", "s3", "s3", 11), Pair("state", "s3", "s2", 2), Pair("state", "s2", "s3", 9), Pair("state", "s2", "s2", 8)];
        Assert.That(DisclosurePass.CubeOf(now, [then], few, Rules).Point("a")!.Rating("state")!.Trend(Cube.World)!.Change!.Overlap, Is.Null);

        // The same answers with all of the 50 among the 60 and nobody changing away: cov .176, se .0553, z 2.712, p .0067 (independent).
        MatchedPair[] same = [Pair("state", "s3", "s3", 20), Pair("state", "s2", "s3", 8), Pair("state", "s2", "s2", 22)];
        var clear = DisclosurePass.CubeOf(now, [then], same, Rules).Point("a")!.Rating("state")!.Trend("x")!.Change!;
        Assert.That((clear.IsClear, clear.Low), Is.EqualTo((true, -4)), "Independent samples would not say so.");

        // Had they answered in another region then, nobody would have answered twice in this one.
        var moved = DisclosurePass.CubeOf(now, [then], [.. same.Select(p => p with { EarlierRegion = "elsewhere" })], Rules).Point("a")!.Rating("state")!.Trend("x")!.Change!;
        Assert.That(moved.IsClear, Is.False);
    }

    [Test]
    public void A_change_that_rounding_hides_is_never_called_clear()
    {
        // 496, then 504 of 1000, all of them twice, eight up and none down: z 2.84, p .0045 (independent); both are printed as 50 per cent.
        var now = In("2026", Round(StateRows("x", 0, 0, 496, 504, 0)));
        var then = In("2025", Round(StateRows("x", 0, 0, 504, 496, 0)));
        MatchedPair[] pairs = [Pair("state", "s3", "s3", 496), Pair("state", "s2", "s3", 8), Pair("state", "s2", "s2", 496)];
        var change = DisclosurePass.CubeOf(now, [then], pairs, Rules).Point("a")!.Rating("state")!.Trend(Cube.World)!.Change!;
        Assert.That((change.Value, change.IsClear), Is.EqualTo((0, false)));
    }

    [Test]
    public void Regions_of_one_point_are_one_family_and_the_worlds_figures_of_all_points_another()
    {
        // p of one region alone: .0317 (60 of 100 after 45 of 100; independent); Holm makes it .063 beside a second region without change.
        var alone = DisclosurePass.CubeOf(In("2026", Round(StateRows("x", 0, 0, 40, 60, 0))), [In("2025", Round(StateRows("x", 0, 0, 55, 45, 0)))], [], Rules).Point("a")!.Rating("state")!;
        Assert.That((alone.Trend("x")!.Change!.IsClear, alone.Trend(Cube.World)!.Change!.IsClear), Is.EqualTo((true, true)));
        var both = DisclosurePass.CubeOf(
            In("2026", Round([.. StateRows("x", 0, 0, 40, 60, 0), .. StateRows("y", 0, 0, 50, 50, 0)])),
            [In("2025", Round([.. StateRows("x", 0, 0, 55, 45, 0), .. StateRows("y", 0, 0, 50, 50, 0)]))], [], Rules).Point("a")!.Rating("state")!;
        Assert.That(both.Trend("x")!.Change!.IsClear, Is.False);

        var points = DisclosurePass.CubeOf(OfTwoPoints("2026", 60), [OfTwoPoints("2025", 45)], [], Rules);
        Assert.That(points.Point("a")!.Rating("state")!.Trend(Cube.World)!.Change!.IsClear, Is.False, "Two points, two figures of the world.");
        Assert.That(points.Point("a")!.Rating("state")!.Trend("x")!.Change!.IsClear, Is.True, "The region is alone at each point.");

        static RoundInput OfTwoPoints(string slug, long yes)
        {
            var round = Round([.. StateRows("x", 0, 0, 100 - yes, yes, 0), .. Rows("x", "b", "state", StateSteps, 0, 0, 50, 50, 0)]);
            return In(slug, round with { Plan = Plan("a", "b") });
        }
    }

    [TestCase(5, 2, 2, "nine organisations")]
    [TestCase(2, 20, 20, "two moved up")]
    [TestCase(40, 10, 17, "three joined")]
    [TestCase(40, 16, 20, "more matched than answered is a miscount")]
    public void Matched_figures_are_withheld(long up, long down, long same, string why)
    {
        MatchedPair[] pairs = [Pair("state", "s2", "s3", up), Pair("state", "s3", "s2", down), Pair("state", "s3", "s3", same)];
        var change = DisclosurePass.CubeOf(StateNow, [StateThen], pairs, Rules).Point("a")!.Rating("state")!.Trend(Cube.World)!.Change!;
        Assert.That(change.Matched, Is.Null, why);
    }

    [Test]
    public void No_difference_is_computed_across_a_declared_break()
    {
        var broken = With(State with { Break = true, Since = "2026" });
        var trend = WorldTrend(In("2026", StateNow, broken), StateThen);
        Assert.That(Said(trend), Is.EqualTo("2025:60 | 2026:80"));
        Assert.That(trend.Change, Is.Null);
    }

    [Test]
    public void A_break_stands_where_it_was_declared_and_nowhere_else()
    {
        var since2025 = With(State with { Break = true, Since = "2025" });
        var trend = WorldTrend(In("2026", StateNow, since2025), In("2024", StateThen), In("2025", StateThen, since2025));
        Assert.That(Said(trend), Is.EqualTo("2024:60 | 2025:60 2026:80"));
        Assert.That(trend.Change, Is.Not.Null);
    }

    [Test]
    public void A_break_holds_over_a_round_that_shows_nothing()
    {
        var since2025 = With(State with { Break = true, Since = "2025" });
        var silent = In("2025", Round(StateRows("x", 0, 0, 1, 1, 1)), since2025);
        var trend = WorldTrend(In("2026", StateNow, since2025), In("2024", StateThen), silent);
        Assert.That(Said(trend), Is.EqualTo("2024:60 | 2026:80"));
        Assert.That(trend.Change, Is.Null, "the change is to the last round or to none");
    }

    [Test]
    public void Another_scale_is_a_break_though_nobody_declared_it()
    {
        var other = With(State with { Measure = new Measure(["s4"], []) });
        var trend = WorldTrend(StateNow, In("2025", StateThen, other));
        Assert.That(Said(trend), Is.EqualTo("2025:30 | 2026:80"));
        Assert.That(trend.Change, Is.Null);
    }

    [Test]
    public void A_replaced_question_carries_its_trend_on()
    {
        var renamed = With(State with { Key = "practice", Replaces = "state", Since = "2026" });
        var rows = StateNow.Tally.Rows.Select(r => r with { Question = "practice" });
        var now = In("2026", StateNow with { Tally = StateNow.Tally with { Rows = [.. rows] } }, renamed);
        var trend = DisclosurePass.CubeOf(now, [StateThen], [], Rules).Point("a")!.Rating("practice")!.Trend(Cube.World)!;
        Assert.That(Said(trend), Is.EqualTo("2025:60 2026:80"));
        Assert.That(trend.Change!.Value, Is.EqualTo(20));
    }

    [Test]
    public void A_point_of_a_new_plan_carries_a_trend_on_only_when_it_says_so()
    {
        PlanPoint fresh = Point("a");
        var newPlan = Plan() with { Slug = "next", Points = [fresh] };
        Assert.That(Said(WorldTrend(StateNow with { Plan = newPlan }, StateThen)), Is.EqualTo("2026:80"));

        var continued = newPlan with { Points = [fresh with { Continues = "sample/a" }] };
        Assert.That(Said(WorldTrend(StateNow with { Plan = continued }, StateThen)), Is.EqualTo("2025:60 2026:80"));
    }

    [Test]
    public void A_region_has_a_trend_only_with_rounds_in_which_it_was_the_same()
    {
        var then = In("2025", Round([.. StateRows("x", 0, 16, 16, 24, 24), .. StateRows("y", 5, 5, 5, 5, 5), .. StateRows("z", 9, 9, 9, 9, 9)], ("y", 3)));
        var now = In("2026", Round([.. StateRows("x", 0, 0, 14, 28, 28), .. StateRows("y", 5, 5, 5, 5, 5), .. StateRows("z", 9, 9, 9, 9, 9)]));
        var cube = DisclosurePass.CubeOf(now, [then], [], Rules);
        var state = cube.Point("a")!.Rating("state")!;
        Assert.That(cube.Participation.Earlier.Single().Regions.Select(r => r.Slug), Is.EqualTo(new[] { "z", PublishedRegion.OtherRegions }), "x joined y in 2025");
        Assert.That(Said(state.Trend("x")!), Is.EqualTo("2026:80"));
        Assert.That(Said(state.Trend("z")!), Is.EqualTo("2025:40 2026:40"));
    }

    private static MatchedPair Pair(string question, string before, string after, long count) => new("x", "a", question, before, after, count);
}
