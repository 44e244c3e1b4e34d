using Survey.Reporting.Disclosure;
using Survey.Reporting.Tallies;
using static Survey.UnitTests.Disclosure.SampleRound;

namespace Survey.UnitTests.Disclosure;

/// <summary>Expected cells are worked out by hand from the rules.</summary>
public sealed class SeveralChoiceTests
{
    private static SeveralFigures Of(params (string Region, long[] Counts)[] regions) =>
        CubeOf(Round(regions.SelectMany(r => Rows(r.Region, "a", "actions", [TallyRow.Answered, .. Deeds], r.Counts)))).Point("a")!.SeveralOf("actions")!;

    private static string Said(SeveralCell cell) => cell.Treatment switch
    {
        CellTreatment.Hidden => "hidden",
        CellTreatment.CountOnly => $"n={cell.AnsweredN}",
        _ => $"n={cell.AnsweredN} {string.Join(" ", cell.Shares!.Select(s => s is { } share ? $"{share}" : "-"))}",
    };

    [Test]
    public void Shares_are_of_those_who_answered_and_need_not_sum_to_100()
    {
        var figures = Of(("x", [40, 30, 20, 5]), ("y", [50, 45, 0, 5]));
        Assert.That(Said(figures.World), Is.EqualTo("n=90 83 22 11"));
        Assert.That(figures.Regions.Select(Said), Is.EqualTo(new[] { "n=40 75 50 13", "n=50 90 0 10" }));
    }

    [Test]
    public void A_choice_picked_by_few_is_hidden_with_company_and_hidden_everywhere_when_few_in_the_world()
    {
        var figures = Of(("x", [40, 20, 4, 1]), ("y", [50, 20, 20, 2]), ("z", [60, 20, 20, 0]));
        Assert.That(Said(figures.World), Is.EqualTo("n=150 40 29 -"));
        Assert.That(figures.Regions.Select(Said), Is.EqualTo(new[] { "n=40 50 - -", "n=50 40 - -", "n=60 33 33 -" }));
    }

    [Test]
    public void A_choice_that_nearly_all_picked_tells_as_much_as_one_that_few_picked()
    {
        var figures = Of(("x", [40, 36, 20, 20]), ("y", [50, 20, 20, 20]), ("z", [60, 60, 20, 20]));
        Assert.That(figures.Regions.Select(Said), Is.EqualTo(new[] { "n=40 - 50 50", "n=50 - 40 40", "n=60 100 33 33" }));
    }

    [Test]
    public void A_small_base_is_not_worked_out_from_the_others()
    {
        var figures = Of(("x", [8, 5, 5, 5]), ("y", [50, 20, 20, 20]), ("z", [60, 20, 20, 20]));
        Assert.That(figures.Regions.Select(Said), Is.EqualTo(new[] { "n=8", "n=50 - - -", "n=60 33 33 33" }));

        var hidden = Of(("x", [3, 3, 0, 0]), ("y", [50, 20, 20, 20]), ("z", [60, 20, 20, 20]));
        Assert.That(hidden.Regions.Select(Said), Is.EqualTo(new[] { "hidden", "hidden", "n=60 33 33 33" }));
    }

    [Test]
    public void A_sum_of_nobody_takes_company()
    {
        // None of the eight in x and none of the fifty in y picked the first: the world less z would say so of each of the eight.
        var figures = Of(("x", [8, 0, 5, 5]), ("y", [50, 0, 20, 20]), ("z", [60, 20, 20, 20]), ("zz", [70, 20, 20, 20]));
        Assert.That(figures.Regions.Select(Said), Is.EqualTo(new[] { "n=8", "n=50 - - -", "n=60 - 33 33", "n=70 29 29 29" }));
    }

    [Test]
    public void A_world_figure_that_would_pin_down_its_hidden_parts_is_hidden_with_them()
    {
        // Five picked the last choice, in four regions, at least one in each: every region would be known to have one or two.
        var figures = Of(("w", [40, 20, 20, 2]), ("x", [40, 20, 20, 1]), ("y", [40, 20, 20, 1]), ("z", [40, 20, 20, 1]));
        Assert.That(Said(figures.World), Is.EqualTo("n=160 50 50 -"));
        Assert.That(figures.Regions.Select(r => r.Shares![2]), Is.All.Null);
    }

    [Test]
    public void A_base_without_shares_shows_its_number_in_the_world_too()
    {
        Assert.That(Said(Of(("x", [9, 9, 0, 0])).World), Is.EqualTo("n=9"));
        Assert.That(Said(Of(("x", [4, 4, 0, 0])).World), Is.EqualTo("hidden"));
        Assert.That(Said(Of(("x", [0, 0, 0, 0])).World), Is.EqualTo("hidden"));
    }

    [Test]
    public void Priorities_list_the_points_of_the_plan()
    {
        var round = Round(Rows("x", "", "priorities", [TallyRow.Answered, "b", "a"], 20, 15, 5)) with { Plan = Plan("a", "b") };
        var figures = CubeOf(round).SeveralOf("priorities")!;
        Assert.That(figures.Choices, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(Said(figures.World), Is.EqualTo("n=20 25 75"));
    }

    [Test]
    public void What_the_maximum_of_choices_would_tell_takes_a_further_choice()
    {
        // Twelve named three each: 36 less the 35 that would be shown is the one who named the last.
        var round = Round(Rows("x", "", "priorities", [TallyRow.Answered, "a", "b", "c", "d", "e"], 12, 12, 12, 6, 5, 1)) with { Plan = Plan("a", "b", "c", "d", "e") };
        var figures = CubeOf(round).SeveralOf("priorities")!;
        Assert.That(Said(figures.World), Is.EqualTo("n=12 100 100 50 - -"));
        Assert.That(figures.Regions.Select(Said), Is.EqualTo(new[] { "n=12 100 100 50 - -" }));
    }

    [Test]
    public void Two_regions_are_not_withheld_alone_where_the_rules_would_tell_their_counts()
    {
        // Eight picked the first choice in x and y. Both are larger than w, which is shown, so each is withheld for having picked it four times at most: four and four.
        var figures = Of(("w", [15, 7, 7, 7]), ("x", [20, 4, 10, 10]), ("y", [25, 4, 10, 10]), ("z", [30, 15, 15, 15]));
        Assert.That(figures.Regions.Select(Said), Is.EqualTo(new[] { "n=15 - 47 47", "n=20 - 50 50", "n=25 - 40 40", "n=30 50 50 50" }));
    }
}
