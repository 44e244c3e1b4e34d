using Survey.Reporting.Disclosure;
using static Survey.UnitTests.Disclosure.SampleRound;

namespace Survey.UnitTests.Disclosure;

/// <summary>A version with corrected numbers stands beside the one that it corrects: together they may tell no more than each alone.</summary>
public sealed class CorrectionTests
{
    private static readonly DisclosureRules Rules = new();

    [Test]
    public void A_cell_that_was_coarse_does_not_become_fine()
    {
        var wrong = Round([.. StateRows("x", 2, 8, 10, 10, 10), .. StateRows("y", 1, 9, 10, 10, 10), .. StateRows("z", 20, 20, 20, 20, 20)]);
        var right = Round([.. StateRows("x", 3, 7, 10, 10, 10), .. StateRows("y", 3, 9, 10, 10, 10), .. StateRows("z", 20, 20, 20, 20, 20)]);
        var published = CubeOf(wrong);
        Assert.That(Rungs(CubeOf(right)), Is.EqualTo(new int?[] { 0, 0, 0 }), "alone it could");
        var corrected = DisclosurePass.CorrectedCubeOf(published, right, [], [], Rules);
        Assert.That(Rungs(corrected), Is.EqualTo(Rungs(published)).And.EqualTo(new int?[] { 1, 1, 0 }));
        // The numbers themselves are the corrected ones.
        Assert.That(corrected.Point("a")!.Rating("state")!.World.ValidN, Is.EqualTo(182));
    }

    [Test]
    public void Regions_stay_those_of_before_or_none_are_shown()
    {
        var wrong = Round([.. StateRows("x", 5, 5, 5, 5, 5), .. StateRows("y", 0, 0, 1, 2, 0), .. StateRows("z", 5, 5, 5, 5, 5), .. StateRows("u", 5, 5, 5, 5, 5)], ("x", 25), ("y", 3), ("z", 25), ("u", 26));
        var published = CubeOf(wrong);
        Assert.That(published.Regions.Select(r => r.Slug), Is.EqualTo(new[] { "u", "z", "other-regions" }));
        // With two answers more, y would have stood alone, and x less y been told.
        var right = Round(wrong.Tally.Rows, ("x", 25), ("y", 5), ("z", 25), ("u", 26));
        Assert.That(CubeOf(right).Regions, Has.Count.EqualTo(4));
        Assert.That(DisclosurePass.CorrectedCubeOf(published, right, [], [], Rules).Regions.Select(r => (r.Slug, r.Responses)), Is.EqualTo(new[] { ("u", 26), ("z", 25), ("other-regions", 30) }));
        var fewer = Round(wrong.Tally.Rows, ("x", 25), ("y", 3), ("z", 4), ("u", 26));
        Assert.That(DisclosurePass.CorrectedCubeOf(published, fewer, [], [], Rules).Regions, Is.Empty);
    }

    [Test]
    public void Where_a_region_cannot_be_shown_as_it_was_none_is()
    {
        // Three of x said it then, two now: from 3, and the world's one less, the 2 would follow.
        var published = CubeOf(Round([.. StateRows("x", 3, 7, 10, 10, 10), .. StateRows("y", 5, 9, 10, 10, 10), .. StateRows("z", 20, 20, 20, 20, 20)]));
        Assert.That(Rungs(published), Is.EqualTo(new int?[] { 0, 0, 0 }));
        var corrected = DisclosurePass.CorrectedCubeOf(published, Round([.. StateRows("x", 2, 8, 10, 10, 10), .. StateRows("y", 5, 9, 10, 10, 10), .. StateRows("z", 20, 20, 20, 20, 20)]), [], [], Rules);
        var state = corrected.Point("a")!.Rating("state")!;
        Assert.That(state.Regions.Select(r => (r.Treatment, r.ValidN)), Is.All.EqualTo((CellTreatment.Hidden, (int?)null)));
        Assert.That((state.World.Rung, state.World.ValidN), Is.EqualTo(((int?)0, (int?)184)));
    }

    [Test]
    public void Without_a_correction_it_is_the_same_cube()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            var (now, then) = (new SampleNetwork(seed), new SampleNetwork(seed + (seed % 2 * 5000)));
            var (round, earlier, pairs) = (now.Round("2026"), then.Round("2025"), now.PairsWith(then));
            var published = DisclosurePass.CubeOf(round, [earlier], pairs, Rules);
            Assert.That(CubeJson.Write(DisclosurePass.CorrectedCubeOf(published, round, [earlier], pairs, Rules)), Is.EqualTo(CubeJson.Write(published)), $"seed {seed}");
        }
    }

    [Test]
    public void Nothing_is_shown_that_was_withheld_in_any_network()
    {
        int withheld = 0;
        for (int seed = 1; seed <= 60; seed++)
        {
            var network = new SampleNetwork(seed);
            var (published, right) = (CubeOf(network.Round("2026")), network.Corrected(seed).Round("2026"));
            var corrected = DisclosurePass.CorrectedCubeOf(published, right, [], [], Rules);
            // Who subtracts one version from the other finds regions as they were, or none: what is withheld is withheld in both.
            foreach (var (before, now) in Figures(published).Zip(Figures(corrected)))
            {
                Assert.That(now.Regions.All(c => c.Treatment == CellTreatment.Hidden) || now.Regions.All(c => (c.Rung, c.ValidN is null) == (before.Cell(c.Region)!.Rung, before.Cell(c.Region)!.ValidN is null)), $"seed {seed} {now.Question}");
                foreach (var cell in now.Regions.Append(now.World))
                {
                    var then = before.Cell(cell.Region)!;
                    Assert.That(cell.Rung is null || (then.Rung is { } rung && rung <= cell.Rung), $"seed {seed} {now.Question} {cell.Region}");
                    Assert.That((cell.ValidN is null || then.ValidN is not null, cell.DontKnowShare is null || then.DontKnowShare is not null), Is.EqualTo((true, true)));
                    withheld += then.Shares is null ? 1 : 0;
                }
            }

            foreach (var (before, now) in published.Points.SelectMany(p => p.Several).Concat(published.Several).Zip(corrected.Points.SelectMany(p => p.Several).Concat(corrected.Several)))
            {
                foreach (var cell in now.Regions.Append(now.World))
                {
                    var then = before.Cell(cell.Region)!;
                    Assert.That(cell.AnsweredN is null || then.AnsweredN is not null);
                    Assert.That((cell.Shares ?? []).Select((s, i) => s is null || then.Shares?[i] is not null), Is.All.True, $"seed {seed} {now.Question} {cell.Region}");
                }
            }
        }

        Assert.That(withheld, Is.GreaterThan(100));
    }

    private static IEnumerable<RatingFigures> Figures(Cube cube) => cube.Points.SelectMany(p => p.Ratings).Concat(cube.Ratings);

    private static IEnumerable<int?> Rungs(Cube cube) => cube.Point("a")!.Rating("state")!.Regions.Select(r => r.Rung);
}
