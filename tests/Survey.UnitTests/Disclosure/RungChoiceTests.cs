using Survey.Reporting.Disclosure;
using Survey.Reporting.Tallies;
using static Survey.UnitTests.Disclosure.SampleRound;

namespace Survey.UnitTests.Disclosure;

/// <summary>Expected cells are worked out by hand from the rules; ranges of headlines with R 4.2 where said.</summary>
public sealed class RungChoiceTests
{
    private static RatingFigures StateOf(params IEnumerable<TallyRow>[] rows) => CubeOf(Round(rows.SelectMany(r => r))).Point("a")!.Rating("state")!;

    private static RatingFigures ChangeOf(params IEnumerable<TallyRow>[] rows) => CubeOf(Round(rows.SelectMany(r => r))).Point("a")!.Rating("change")!;

    private static string Said(RatingCell cell) => cell.Treatment switch
    {
        CellTreatment.Hidden => "hidden",
        CellTreatment.CountOnly => $"n={cell.ValidN}",
        _ => $"n={cell.ValidN} rung {cell.Rung} [{string.Join(" ", cell.Shares!)}]{(cell.Treatment == CellTreatment.SmallBase ? " small" : "")}",
    };

    [TestCase(4, "hidden")]
    [TestCase(5, "n=5")]
    [TestCase(9, "n=9")]
    [TestCase(10, "n=10 rung 0 [0 0 0 0 100] small")]
    [TestCase(29, "n=29 rung 0 [0 0 0 0 100] small")]
    [TestCase(30, "n=30 rung 0 [0 0 0 0 100]")]
    public void The_valid_base_decides_how_much_is_shown(int n, string said)
    {
        var figures = StateOf(StateRows("x", 0, 0, 0, 0, n, 50));
        Assert.That(Said(figures.World), Is.EqualTo(said), "don't know never helps over a threshold");
        Assert.That(Said(figures.Regions.Single()), Is.EqualTo(said));
    }

    [TestCase(new long[] { 3, 3, 3, 3, 3 }, "n=15 rung 0 [20 20 20 20 20] small")]
    [TestCase(new long[] { 2, 3, 3, 3, 3 }, "n=14 rung 1 [36 21 43] small")]
    [TestCase(new long[] { 0, 3, 3, 3, 3 }, "n=12 rung 0 [0 25 25 25 25] small")]
    [TestCase(new long[] { 1, 1, 8, 3, 3 }, "n=16 rung 2 [63 37] small")]
    [TestCase(new long[] { 20, 20, 20, 1, 1 }, "n=62")]
    [TestCase(new long[] { 0, 0, 2, 18, 0 }, "n=20")]
    public void A_rating_takes_the_finest_rung_without_counts_of_one_or_two(long[] counts, string said) =>
        Assert.That(Said(StateOf(StateRows("x", counts)).World), Is.EqualTo(said));

    [Test]
    public void The_next_smallest_region_goes_to_the_rung_of_a_lone_coarser_one()
    {
        var figures = ChangeOf(
            ChangeRows("africa", 5, 5, 10, 5, 5),
            ChangeRows("asia", 6, 6, 11, 6, 6),
            ChangeRows("europe", 9, 9, 9, 9, 9),
            ChangeRows("mena", 2, 4, 5, 4, 3));
        Assert.That(figures.World.Rung, Is.Zero);
        Assert.That(figures.Regions.Select(r => (r.Region, r.Rung)), Is.EqualTo(new[] { ("africa", (int?)1), ("asia", 0), ("europe", 0), ("mena", 1) }));
    }

    [Test]
    public void A_worked_table_of_three_regions_is_safe()
    {
        // Progress, same, regress, don't know: Africa 12 9 3 6, Europe 20 14 8 8, MENA 7 2 1 5.
        // MENA falls to two steps (7 against 3) and takes Africa along; their sum 19 11 4 could be printed on three steps.
        var figures = ChangeOf(
            ChangeRows("africa", 0, 3, 9, 12, 0, 6), ChangeRows("europe", 0, 8, 14, 20, 0, 8), ChangeRows("mena", 0, 1, 2, 7, 0, 5));
        Assert.That(Said(figures.World), Is.EqualTo("n=76 rung 0 [0 16 33 51 0]"));
        Assert.That(figures.Regions.Select(Said), Is.EqualTo(new[]
        {
            "n=24 rung 2 [50 50] small", "n=42 rung 0 [0 19 33 48 0]", "n=10 rung 2 [30 70] small",
        }));
        Assert.That(figures.Regions.Select(r => r.DontKnowShare), Is.EqualTo(new int?[] { 20, 16, 33 }));
        Assert.That(figures.World.DontKnowShare, Is.EqualTo(20));
    }

    [Test]
    public void A_region_is_never_hidden_alone()
    {
        var figures = StateOf(
            StateRows("a", 0, 1, 1, 1, 0), StateRows("b", 5, 5, 5, 5, 5), StateRows("c", 6, 6, 6, 6, 6), StateRows("d", 7, 7, 7, 7, 7));
        Assert.That(figures.Regions.Select(r => r.Treatment), Is.EqualTo(new[]
        {
            CellTreatment.Hidden, CellTreatment.Hidden, CellTreatment.Plain, CellTreatment.Plain,
        }));
    }

    [Test]
    public void Two_hidden_regions_take_company_while_their_sum_could_not_be_printed()
    {
        // 1 + 2 organisations: the world less the others would tell how three organisations answered.
        var figures = StateOf(
            StateRows("a", 0, 0, 1, 0, 0), StateRows("b", 0, 2, 0, 0, 0), StateRows("c", 6, 6, 6, 6, 6), StateRows("d", 7, 7, 7, 7, 7));
        Assert.That(figures.Regions.Select(r => r.Treatment), Is.EqualTo(new[]
        {
            CellTreatment.Hidden, CellTreatment.Hidden, CellTreatment.Hidden, CellTreatment.Plain,
        }));
    }

    [Test]
    public void A_region_without_any_answer_to_a_point_needs_no_company()
    {
        var figures = StateOf(StateRows("a", 0, 0, 0, 0, 0), StateRows("b", 5, 5, 5, 5, 5), StateRows("c", 6, 6, 6, 6, 6));
        Assert.That(figures.Regions.Select(r => r.Treatment), Is.EqualTo(new[] { CellTreatment.Hidden, CellTreatment.SmallBase, CellTreatment.Plain }));
    }

    [Test]
    public void A_region_with_its_number_only_is_not_worked_out_by_subtraction()
    {
        var figures = StateOf(StateRows("a", 0, 3, 4, 0, 0), StateRows("b", 5, 5, 5, 5, 5), StateRows("c", 6, 6, 6, 6, 6));
        Assert.That(figures.Regions.Select(Said), Is.EqualTo(new[] { "n=7", "n=25", "n=30 rung 0 [20 20 20 20 20]" }));
    }

    [Test]
    public void A_sum_in_which_all_say_the_same_takes_company()
    {
        // The seven of a and the twelve of b all say "not at all": the world less c and d would tell it of each of the seven.
        var figures = StateOf(
            StateRows("a", 7, 0, 0, 0, 0), StateRows("b", 12, 0, 0, 0, 0), StateRows("c", 6, 6, 6, 6, 6), StateRows("d", 7, 7, 7, 7, 7));
        Assert.That(figures.Regions.Select(Said), Is.EqualTo(new[] { "n=7", "n=12", "n=30", "n=35 rung 0 [20 20 20 20 20]" }));

        var unanimous = StateOf(StateRows("a", 7, 0, 0, 0, 0), StateRows("b", 12, 0, 0, 0, 0), StateRows("c", 30, 0, 0, 0, 0));
        Assert.That(unanimous.Regions.Select(Said), Is.EqualTo(new[] { "n=7", "n=12", "n=30 rung 0 [100 0 0 0 0]" }), "the world says so anyway");
    }

    [Test]
    public void A_region_finer_than_the_world_may_stay_so()
    {
        // The world holds two answers "fully"; neither figure tells where they come from.
        var figures = StateOf(StateRows("a", 9, 9, 9, 9, 0), StateRows("b", 9, 9, 9, 9, 2), StateRows("c", 9, 9, 9, 9, 0));
        Assert.That(figures.World.Rung, Is.EqualTo(1));
        Assert.That(figures.Regions.Select(r => r.Rung), Is.EqualTo(new int?[] { 0, 1, 0 }));
    }

    [Test]
    public void Dont_know_is_shown_only_where_it_and_the_rest_are_none_or_enough()
    {
        var figures = StateOf(
            StateRows("a", 5, 5, 5, 5, 5, 2), StateRows("b", 6, 6, 6, 6, 6, 3), StateRows("c", 7, 7, 7, 7, 7, 0), StateRows("d", 8, 8, 8, 8, 8, 9));
        Assert.That(figures.Regions.Select(r => r.DontKnowShare), Is.EqualTo(new int?[] { null, null, 0, 18 }), "b keeps a company");
        Assert.That(figures.World.DontKnowShare, Is.EqualTo(10), "14 of 144");
    }

    [Test]
    public void A_headline_is_the_sum_of_the_printed_shares()
    {
        // R: prop.test(13, 30, correct = FALSE): 0.2738 to 0.6080. Shares 16.7 23.3 16.7 23.3 20.0 per cent.
        var state = StateOf(StateRows("x", 5, 7, 5, 7, 6)).World;
        Assert.That(state.Shares, Is.EqualTo(new[] { 17, 23, 17, 23, 20 }));
        Assert.That(state.Headline, Is.EqualTo(new Headline(43, 27, 61)));

        // Adjusted range of (20, 10, 40): -0.015876 to 0.492066.
        var change = ChangeOf(ChangeRows("x", 4, 6, 10, 14, 6)).World;
        Assert.That(change.Shares, Is.EqualTo(new[] { 10, 15, 25, 35, 15 }));
        Assert.That(change.Headline, Is.EqualTo(new Headline(25, -2, 50)));
    }

    [Test]
    public void A_rung_that_joins_negative_and_neutral_has_no_net_balance()
    {
        var figures = ChangeOf(ChangeRows("x", 0, 2, 8, 5, 5));
        Assert.That(Said(figures.World), Is.EqualTo("n=20 rung 2 [50 50] small"));
        Assert.That(figures.World.Headline, Is.Null);
    }

    [Test]
    public void A_question_without_rungs_shows_all_choices_or_the_number_only()
    {
        static RatingFigures Mood(long good, long bad) =>
            CubeOf(Round([.. Rows("x", "", "mood", ["good", "bad"], good, bad), .. Rows("y", "", "mood", ["good", "bad"], 10, 10)])).Rating("mood")!;
        Assert.That(Mood(5, 5).Regions.Select(Said), Is.EqualTo(new[] { "n=10 rung 0 [50 50] small", "n=20 rung 0 [50 50] small" }));
        Assert.That(Mood(4, 16).Regions.Select(Said), Is.EqualTo(new[] { "n=20", "n=20" }), "below five is not shown, nor worked out");
    }

    [Test]
    public void Facts_about_organisations_are_shown_for_the_world_only_and_consents_not_at_all()
    {
        var cube = CubeOf(Round([
            .. Rows("x", "", "led", ["yes", "no"], 20, 30), .. Rows("y", "", "led", ["yes", "no"], 20, 30), .. Rows("x", "", "listing", ["yes", "no"], 20, 30)]));
        Assert.That(Said(cube.Rating("led")!.World), Is.EqualTo("n=100 rung 0 [40 60]"));
        Assert.That(cube.Rating("led")!.Regions, Is.Empty);
        Assert.That(cube.Rating("listing"), Is.Null);
    }

    // Of A and B only the number is shown, and their sum (0, 9, 12, 3, 0) follows. Withheld on every rung, one of them has one or two "advanced", so the other has two or one: both are known but for their order.
    [Test]
    public void Two_regions_are_not_withheld_alone_where_the_rules_would_tell_their_counts()
    {
        var round = Round([.. ChangeRows("A", 0, 5, 6, 1, 0), .. ChangeRows("B", 0, 4, 6, 2, 0), .. ChangeRows("C", 3, 5, 7, 10, 5)]);
        var change = CubeOf(round).Point("a")!.Rating("change")!;
        Assert.That(change.Regions.Select(r => r.Treatment), Is.All.EqualTo(CellTreatment.CountOnly));
        Assert.That(change.World.Rung, Is.Zero);
    }

    [Test]
    public void Two_regions_are_withheld_alone_where_their_counts_stay_open()
    {
        // The sum (3, 9, 12, 6, 3) leaves A's single "advanced a little" anything from 0 to 6.
        var round = Round([.. ChangeRows("A", 2, 5, 6, 1, 1), .. ChangeRows("B", 1, 4, 6, 5, 2), .. ChangeRows("C", 3, 5, 7, 10, 5)]);
        var change = CubeOf(round).Point("a")!.Rating("change")!;
        Assert.That(change.Cell("C")!.Rung, Is.Zero);
        Assert.That(change.Cell("A")!.Rung, Is.Not.Zero);
    }

    [Test]
    public void All_regions_of_a_small_network_withheld_take_the_world_to_the_next_rung_where_the_rules_would_tell_their_counts()
    {
        var round = Round([.. ChangeRows("A", 0, 5, 6, 1, 0), .. ChangeRows("B", 0, 4, 6, 2, 0)]);
        var change = CubeOf(round).Point("a")!.Rating("change")!;
        Assert.That(change.Regions.Select(r => r.Treatment), Is.All.EqualTo(CellTreatment.CountOnly));
        Assert.That(change.World.Treatment, Is.EqualTo(CellTreatment.CountOnly));
    }

    [Test]
    public void The_worlds_headline_stands_a_second_time_with_each_region_counting_by_its_members()
    {
        // 40 of 100 and 10 of 50, each out of 200 members: half of .40 and half of .20; weights .75 and 1.5.
        var state = StateOf(StateRows("x", 0, 30, 30, 20, 20), StateRows("y", 0, 20, 20, 5, 5));
        Assert.That(state.Weighted, Is.EqualTo(new WeightedHeadline(30, 23, 38, 1.13, 147)), "independent: variance .001422, effective number 147.6, Wilson .232 to .379; design effect 1.125");
    }

    [Test]
    public void Regions_without_a_figure_of_their_own_count_together_and_none_is_given_where_they_are_few()
    {
        // y and z are withheld: 8 and 12 answers of 400 members, 8 of them largely or fully; weight of x 200/100, of the others 400/20, times 120/600.
        var together = StateOf(StateRows("x", 0, 30, 30, 20, 20), StateRows("y", 0, 2, 2, 2, 2), StateRows("z", 0, 4, 4, 2, 2));
        Assert.That(together.Regions.Count(r => r.Headline is not null), Is.EqualTo(1));
        Assert.That(together.Weighted!.Value, Is.EqualTo(40));
        var few = StateOf(StateRows("x", 0, 30, 30, 20, 20), StateRows("y", 0, 2, 2, 2, 2));
        Assert.That(few.Weighted, Is.Null);
        Assert.That(StateOf(StateRows("x", 0, 30, 30, 20, 20)).Weighted, Is.Null);
    }
}
