using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Findings;
using Survey.Reporting.Tallies;
using static Survey.UnitTests.Disclosure.SampleRound;

namespace Survey.UnitTests.Disclosure;

/// <summary>Who works on a point is asked to rate it: less those who did, that tells who said don't know.</summary>
public sealed class WorkChoiceTests
{
    private static readonly string[] Works = ["directly", "follow", "no"];

    [Test]
    public void Who_was_asked_is_not_told_where_one_said_that_it_does_not_know()
    {
        // As in the sample's report: 41 + 11 were asked in x and 51 rated, so that one said don't know; its share is withheld, and y's with it.
        var work = WorkOf(
            [.. Region("x", [41, 11, 8], [10, 10, 11, 10, 10, 1], 44), .. Region("y", [40, 12, 8], [12, 10, 10, 8, 8, 4], 44), .. Region("z", [50, 20, 20], [15, 12, 15, 12, 10, 6], 60)], ("x", 60), ("y", 60), ("z", 90));
        Assert.That(work.Cell("x")!.Rung, Is.EqualTo(1), "51 rated of 52 who were asked");
        Assert.That(work.Cell("y")!.Rung, Is.EqualTo(1), "for company");
        Assert.That((work.Cell("z")!.Rung, work.World.Rung), Is.EqualTo((0, 0)));
        // What most want to know stays: the share that works on the point.
        Assert.That(work.Cell("x")!.Shares, Is.EqualTo(new[] { 68, 32 }));
        Assert.That(work.Rungs, Is.EqualTo(new[] { Works, ["directly", "follow+no"] }));
    }

    [Test]
    public void Who_was_asked_is_told_where_none_or_enough_did_not_know()
    {
        var work = WorkOf(
            [.. Region("x", [41, 11, 8], [10, 10, 12, 10, 10, 0], 44), .. Region("y", [40, 12, 8], [12, 10, 10, 8, 8, 4], 44), .. Region("z", [50, 20, 20], [15, 12, 15, 12, 10, 6], 60)], ("x", 60), ("y", 60), ("z", 90));
        Assert.That(work.Regions.Select(r => r.Rung), Is.All.Zero);
    }

    [Test]
    public void What_another_question_of_the_point_tells_is_counted()
    {
        // Everybody who was asked said what it did: with the world's figure for who was asked, each region's follows. So that goes too.
        var work = WorkOf(
            [.. Region("x", [41, 11, 8], [10, 10, 11, 10, 10, 1], 52), .. Region("y", [40, 12, 8], [12, 10, 10, 8, 8, 4], 52), .. Region("z", [50, 20, 20], [15, 12, 15, 12, 10, 6], 70)], ("x", 60), ("y", 60), ("z", 90));
        Assert.That(work.Regions.Append(work.World).Select(r => r.Rung), Is.All.EqualTo(1));
    }

    [Test]
    public void What_is_withheld_of_another_question_is_counted_too()
    {
        // All who were asked rated the state or said don't know, two of them; y's figure would tell that none did there. In u and v together eight rated the state and nine the change: at least one did not know, so that x has one at most.
        var work = WorkOf(
            [
                .. Region("x", [2, 11, 7], [3, 3, 5, 1, 0, 1], 11), .. ChangeRows("x", 4, 2, 3, 3, 0, 1), .. Region("y", [8, 6, 7], [1, 1, 4, 0, 8, 0], 13), .. ChangeRows("y", 2, 2, 3, 1, 6, 0),
                .. Region("u", [5, 1, 2], [0, 1, 1, 3, 0, 1], 4), .. ChangeRows("u", 1, 2, 0, 3, 0, 0), .. Region("v", [0, 3, 2], [1, 0, 0, 0, 2, 0], 3), .. ChangeRows("v", 2, 0, 0, 0, 1, 0),
            ], ("x", 20), ("y", 21), ("u", 8), ("v", 5));
        Assert.That((work.Cell("y")!.Rung, work.World.Rung), Is.EqualTo((1, 1)));
    }

    [Test]
    public void Questions_that_are_asked_of_others_are_counted_too()
    {
        // Change is asked only of those who work on the point directly: 41 were in x and 40 rated, so that one said don't know, on whichever rung they stand.
        var round = Round(
            [
                .. Rows("x", "a", "work", Works, 41, 11, 8), .. StateRows("x", 10, 10, 12, 10, 10, 0), .. ChangeRows("x", 8, 8, 8, 8, 8, 1),
                .. Rows("y", "a", "work", Works, 40, 12, 8), .. StateRows("y", 12, 10, 10, 8, 12, 0), .. ChangeRows("y", 8, 8, 8, 8, 5, 3),
                .. Rows("z", "a", "work", Works, 50, 20, 20), .. StateRows("z", 15, 15, 15, 15, 10, 0), .. ChangeRows("z", 10, 10, 10, 8, 6, 6),
            ], ("x", 60), ("y", 60), ("z", 90));
        var work = CubeOf(round with { Questionnaire = With(SampleRound.Change with { When = new Condition("work", ["directly"]) }) }).Point("a")!.Rating("work")!;
        Assert.That(work.Cell("x")!.Rung, Is.Null);
    }

    [Test]
    public void A_region_in_which_few_follow_shows_who_works_on_it()
    {
        // Two that follow, as a count of their own, could not be shown.
        var work = WorkOf([.. Rows("x", "a", "work", Works, 41, 2, 17), .. Rows("y", "a", "work", Works, 30, 3, 27), .. Rows("z", "a", "work", Works, 30, 20, 27)], ("x", 60), ("y", 60), ("z", 77));
        Assert.That(work.Regions.Select(r => r.Rung), Is.EqualTo(new[] { 1, 1, 0 }));
    }

    [Test]
    public void Choices_that_are_shown_together_are_called_by_both_names()
    {
        var work = WorkOf([.. Rows("x", "a", "work", Works, 41, 2, 17), .. Rows("y", "a", "work", Works, 30, 3, 27), .. Rows("z", "a", "work", Works, 30, 20, 27)], ("x", 60), ("y", 60), ("z", 77));
        var group = RatingReading.GroupsOf(Work, work, 1)[^1];
        Assert.That((group.Label.In("en"), string.Join(' ', group.Choices)), Is.EqualTo(("follow / no", "follow no")));
    }

    private static RatingFigures WorkOf(IEnumerable<TallyRow> rows, params (string, int)[] regions) => CubeOf(Round(rows, regions)).Point("a")!.Rating("work")!;

    private static IEnumerable<TallyRow> Region(string region, long[] work, long[] state, long answered) =>
        [.. Rows(region, "a", "work", Works, work), .. StateRows(region, state), .. Rows(region, "a", "actions", [TallyRow.Answered, .. Deeds], answered, 20, 20, 20)];
}
