using System.Collections.Concurrent;
using Survey.Reporting.Disclosure;
using Survey.Testing.Attack;
using Survey.UnitTests.Disclosure;

namespace Survey.UnitTests.Attack;

/// <summary>
/// What the <see cref="Attacker"/> makes of two versions of one report that stand in public together, the second of which corrects the first (methods.md, 8): a published one and its correction, or a draft that members read and the report.
/// PROGRESS_ATTACK sets the number of networks (100 unless said).
/// </summary>
public sealed class TwoVersionsTests
{
    private static readonly DisclosureRules Rules = new();

    [Test]
    public void Two_versions_together_tell_nothing_that_either_hides()
    {
        int attacked = 0;
        var pinned = new ConcurrentBag<string>();
        // In one a correction told who did not know, since it took what is withheld for small.
        Parallel.ForEach(Enumerable.Range(1, AttackTests.Networks).Union([480]), seed =>
        {
            var network = new SampleNetwork(seed);
            var first = Version.Of(network);
            var second = first.CorrectedBy(network.Changed(seed));
            // Every fifth is corrected twice; the one between was public too, and said less.
            var last = seed % 5 == 0 ? second.CorrectedBy(network.Changed(seed + 1)) : second;
            foreach (var attack in Attacker.OnCorrection(last.Round, last.Files, first.Files).Concat(Attacker.OnBoth(first.Round, first.Files, last.Round, last.Files)))
            {
                Interlocked.Increment(ref attacked);
                if (!attack.Program.HoldsInTruth())
                {
                    pinned.Add($"seed {seed} {attack.What}: the attacker errs");
                }
                else if (!attack.IsKept())
                {
                    pinned.Add($"seed {seed} {attack.What} = {attack.Truth}");
                }
                else if (attack.Alone?.HoldsInTruth() == false)
                {
                    pinned.Add($"seed {seed} {attack.What}: the attacker errs of the first");
                }
            }
        });
        TestContext.Out.WriteLine($"{attacked} hidden counts attacked.");
        Assert.That(pinned, Is.Empty);
        Assert.That(attacked, Is.GreaterThan(8 * AttackTests.Networks), "there was something to attack");
    }

    [Test]
    public void A_version_that_was_counted_without_regard_to_the_one_before_is_caught()
    {
        int pinned = 0;
        for (int seed = 1; seed <= 30; seed++)
        {
            var network = new SampleNetwork(seed);
            var (first, second) = (Version.Of(network), Version.Of(network.Changed(seed)));
            foreach (var attack in Attacker.OnBoth(first.Round, first.Files, second.Round, second.Files))
            {
                Assert.That(attack.Program.HoldsInTruth(), $"seed {seed} {attack.What}: the attacker errs");
                pinned += attack.IsKept() ? 0 : 1;
            }
        }

        TestContext.Out.WriteLine($"{pinned} hidden counts told.");
        Assert.That(pinned, Is.GreaterThan(5), "each alone keeps them, the two together do not");
    }

    private sealed record Version(RoundInput Round, Cube Cube)
    {
        public PublishedFiles Files { get; } = AttackTests.FilesOf(Cube);

        public static Version Of(SampleNetwork network)
        {
            var round = network.Round("2026");
            return new(round, DisclosurePass.CubeOf(round, [], [], Rules));
        }

        public Version CorrectedBy(SampleNetwork network)
        {
            var round = network.Round("2026");
            return new(round, DisclosurePass.CorrectedCubeOf(Cube, round, [], [], Rules));
        }
    }
}
