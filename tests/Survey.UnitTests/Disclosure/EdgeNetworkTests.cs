using Survey.Reporting.Disclosure;
using Survey.Reporting.Tallies;
using static Survey.UnitTests.Disclosure.SampleRound;

namespace Survey.UnitTests.Disclosure;

/// <summary>Networks at the edge: the pass always gives a whole cube, and never says more than it may.</summary>
public sealed class EdgeNetworkTests
{
    [Test]
    public void A_round_that_nobody_answered_has_a_whole_and_silent_cube()
    {
        var cube = CubeOf(Round([], ("africa", 0), ("europe", 0)));
        Assert.That(cube.Regions, Is.Empty);
        Assert.That((cube.Participation.Population, cube.Participation.Responses, cube.Participation.RatePercent), Is.EqualTo((400, 0, (int?)0)));
        Assert.That(cube.Point("a")!.Rating("state")!.World.Treatment, Is.EqualTo(CellTreatment.Hidden));
        Assert.That(cube.Point("a")!.SeveralOf("actions")!.World.Treatment, Is.EqualTo(CellTreatment.Hidden));
        Assert.That(cube.SeveralOf("priorities")!.World.Treatment, Is.EqualTo(CellTreatment.Hidden));
        Assert.That(CubeJson.Write(CubeJson.Read(CubeJson.Write(cube))), Is.EqualTo(CubeJson.Write(cube)));
    }

    [Test]
    public void A_network_without_regions_or_members_has_a_cube()
    {
        var cube = CubeOf(Round([]));
        Assert.That(cube.Regions, Is.Empty);
        Assert.That(cube.Participation.RatePercent, Is.Null);
    }

    [Test]
    public void One_organisation_is_counted_and_not_quoted_in_numbers()
    {
        var cube = CubeOf(Round([.. StateRows("x", 0, 0, 0, 1, 0), .. Rows("x", "a", "actions", [TallyRow.Answered, .. Deeds], 1, 1, 0, 0)], ("x", 1)));
        Assert.That(cube.Regions, Is.Empty);
        Assert.That(cube.Participation.Responses, Is.EqualTo(1));
        Assert.That(cube.Point("a")!.Rating("state")!.World, Is.EqualTo(new RatingCell(Cube.World, CellTreatment.Hidden, null, null, null, null, null)));
        Assert.That(cube.Point("a")!.SeveralOf("actions")!.World.AnsweredN, Is.Null);
    }

    [Test]
    public void A_single_region_shows_what_the_world_shows()
    {
        var state = CubeOf(Round(StateRows("x", 5, 5, 5, 5, 5, 4))).Point("a")!.Rating("state")!;
        Assert.That(state.Regions.Single().Shares, Is.EqualTo(state.World.Shares));
        Assert.That(state.Regions.Single().DontKnowShare, Is.EqualTo(state.World.DontKnowShare).And.EqualTo(14));
    }

    [Test]
    public void When_nobody_knows_nothing_is_rated()
    {
        var state = CubeOf(Round([.. StateRows("x", 0, 0, 0, 0, 0, 40), .. StateRows("y", 0, 0, 0, 0, 0, 50)])).Point("a")!.Rating("state")!;
        Assert.That(state.World.Treatment, Is.EqualTo(CellTreatment.Hidden));
        Assert.That(state.Regions.Select(r => (r.Treatment, r.DontKnowShare)), Is.All.EqualTo((CellTreatment.Hidden, (int?)null)));
    }

    [Test]
    public void When_all_say_the_same_the_range_still_has_a_width()
    {
        // R: Wilson 60/60 is 0.939828 to 1; adjusted balance of (60, 0, 60) is 0.905029 to 1.
        var cube = CubeOf(Round([.. StateRows("x", 0, 0, 0, 0, 60), .. ChangeRows("x", 0, 0, 0, 0, 60)]));
        Assert.That(cube.Point("a")!.Rating("state")!.World.Headline, Is.EqualTo(new Headline(100, 93, 100)));
        Assert.That(cube.Point("a")!.Rating("change")!.World.Headline, Is.EqualTo(new Headline(100, 90, 100)));
    }

    [Test]
    public void A_point_that_nobody_works_on_is_silent_beside_the_others()
    {
        var round = Round(StateRows("x", 5, 5, 5, 5, 5)) with { Plan = Plan("a", "empty") };
        var cube = CubeOf(round);
        Assert.That(cube.Points.Select(p => p.Point), Is.EqualTo(new[] { "a", "empty" }));
        Assert.That(cube.Point("empty")!.Rating("state")!.World.Treatment, Is.EqualTo(CellTreatment.Hidden));
        Assert.That(cube.Point("empty")!.Rating("state")!.Trends, Is.Empty);
        Assert.That(cube.Point("a")!.Rating("state")!.World.ValidN, Is.EqualTo(25));
    }

    [Test]
    public void Answers_from_a_region_that_the_tally_does_not_list_are_refused()
    {
        var round = Round(StateRows("x", 5, 5, 5, 5, 5));
        var stray = round with { Tally = round.Tally with { Regions = [] } };
        Assert.That(() => CubeOf(stray), Throws.ArgumentException);
    }

    [Test]
    public void Types_with_few_responses_are_merged_as_regions_are()
    {
        var round = Round(StateRows("x", 5, 5, 5, 5, 5));
        GroupCount[] types = [new("union", 12, 3), new("ngo", 90, 60), new("faith", 20, 8), new("diaspora", 40, 30)];
        var cube = CubeOf(round with { Tally = round.Tally with { Types = types } });
        Assert.That(
            cube.Participation.Types.Select(t => (t.Code, t.Population, t.Responses, t.RatePercent)),
            Is.EqualTo(new[] { ("diaspora", 40, 30, (int?)75), ("ngo", 90, 60, 67), (PublishedGroup.OtherGroups, 32, 11, 34) }));
    }
}
