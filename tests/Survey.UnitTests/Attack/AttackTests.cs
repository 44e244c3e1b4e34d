using System.Collections.Concurrent;
using Survey.Reporting.Disclosure;
using Survey.Reporting.OpenData;
using Survey.Reporting.Tallies;
using Survey.Testing.Attack;
using Survey.UnitTests.Disclosure;

namespace Survey.UnitTests.Attack;

/// <summary>
/// What the <see cref="Attacker"/> makes of the files of random networks: each hidden count below the minimum must still have at least three possible values. PROGRESS_ATTACK sets the number of networks (100 unless said).
/// </summary>
public sealed class AttackTests
{
    private static readonly DisclosureRules Rules = new();

    /// <summary>How many networks to try.</summary>
    internal static int Networks => int.TryParse(Environment.GetEnvironmentVariable("PROGRESS_ATTACK"), out int asked) ? asked : 100;

    [Test]
    public void No_hidden_count_of_a_hundred_networks_can_be_pinned_down()
    {
        var pinned = new ConcurrentBag<string>();
        int attacked = 0;
        // One told who did not know by how many of the regions withheld answered another question.
        Parallel.ForEach(Enumerable.Range(1, Networks).Union([882]), seed =>
        {
            var round = new SampleNetwork(seed).Round("2026");
            foreach (var attack in Attacker.On(round, FilesOf(DisclosurePass.CubeOf(round, [], [], Rules))))
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
            }
        });
        TestContext.Out.WriteLine($"{attacked} hidden counts attacked.");
        Assert.That(pinned, Is.Empty);
        Assert.That(attacked, Is.GreaterThan(4 * Networks), "there was something to attack");
    }

    [Test]
    public void A_maximum_of_choices_pins_nothing_down()
    {
        // All name three of seven points, some of which hardly anybody names.
        string[] points = [.. Enumerable.Range(0, 7).Select(i => $"p{i}")];
        int attacked = 0;
        for (int seed = 1; seed <= 40; seed++)
        {
            var random = new Random(seed);
            var rows = new List<TallyRow>();
            int regions = random.Next(1, 5);
            for (int r = 0; r < regions; r++)
            {
                int n = random.Next(10, 50);
                rows.Add(new TallyRow($"r{r}", "", "priorities", TallyRow.Answered, n));
                rows.AddRange(Enumerable.Range(0, n).SelectMany(_ => points.OrderBy(p => random.NextDouble() * (1 + (Array.IndexOf(points, p) * Array.IndexOf(points, p)))).Take(3)).GroupBy(p => p).Select(g => new TallyRow($"r{r}", "", "priorities", g.Key, g.Count())));
            }

            var round = SampleRound.Round(rows) with { Plan = SampleRound.Plan(points) };
            foreach (var attack in Attacker.On(round, FilesOf(SampleRound.CubeOf(round))))
            {
                attacked++;
                Assert.That(attack.Program.HoldsInTruth(), $"seed {seed} {attack.What}: the attacker errs");
                Assert.That(attack.IsKept(), $"seed {seed} {attack.What} = {attack.Truth}");
            }
        }

        TestContext.Out.WriteLine($"{attacked} hidden counts attacked.");
        Assert.That(attacked, Is.GreaterThan(40));
    }

    [Test]
    public void What_is_said_of_last_year_is_what_was_said_then()
    {
        int same = 0;
        for (int seed = 1; seed <= 60; seed++)
        {
            var (now, then) = (new SampleNetwork(seed), new SampleNetwork(seed + (seed % 2 * 5000)));
            var (round, before) = (now.Round("2026"), then.Round("2025"));
            var published = DisclosurePass.CubeOf(before, [], [], Rules);
            // One organisation of then gave other answers since: nobody may find it by comparing the two reports.
            var counted = then.Corrected(seed).Round("2025") with { Published = published };
            var (files, last) = (FilesOf(DisclosurePass.CubeOf(round, [counted], now.PairsWith(then), Rules)), FilesOf(published));
            var said = last.Headlines.ToDictionary(r => (r["point"], r["question"], r["region"]), r => (r["n"], r["value"], r["low"], r["high"]));
            foreach (var row in files.Trends.Where(r => r["round"] == "2025"))
            {
                Assert.That((row["n"], row["value"], row["low"], row["high"]), Is.EqualTo(said[(row["point"], row["question"], row["region"])]), $"seed {seed}");
                same++;
            }

            Assert.That(files.Participation.Where(r => r["round"] == "2025").Select(Row), Is.EqualTo(last.Participation.Where(r => r["kind"] is "world" or "region").Select(Row)), $"seed {seed}");
        }

        Assert.That(same, Is.GreaterThan(100));
        static string Row(IReadOnlyDictionary<string, string> row) => string.Join(',', row.Values);
    }

    [Test]
    public void Nobody_who_answered_twice_can_be_told()
    {
        // Who joined, who left, and what all said in either year, put together: how many said this then and that now could still be three numbers where it is one or two.
        int attacked = 0;
        var told = new ConcurrentBag<string>();
        Parallel.For(1, 301, seed =>
        {
            var (now, then) = (new SampleNetwork(seed), new SampleNetwork(seed + (seed % 2 * 5000)));
            var (round, before, pairs) = (now.Round("2026"), then.Round("2025"), now.PairsWith(then));
            var files = FilesOf(DisclosurePass.CubeOf(round, [before], pairs, Rules));
            var last = FilesOf(DisclosurePass.CubeOf(before, [], [], Rules));
            foreach (var row in files.Trends.Where(r => r["matched_n"].Length > 0))
            {
                var attack = new MatchedAttack(round, before, pairs, row, files, last);
                if (!attack.Program.HoldsInTruth())
                {
                    told.Add($"seed {seed}: the attacker errs");
                }

                foreach (var (target, truth) in attack.Small)
                {
                    Interlocked.Increment(ref attacked);
                    if (!attack.Program.CouldBe(target, truth, 3))
                    {
                        told.Add($"seed {seed} {row["point"]} {row["question"]} {truth}");
                    }
                }
            }
        });

        Assert.That(told, Is.Empty);
        TestContext.Out.WriteLine($"{attacked} small numbers of organisations that answered twice attacked.");
        Assert.That(attacked, Is.GreaterThan(20));
    }

    [Test]
    public void Responses_of_a_small_region_or_type_cannot_be_told_from_the_group_that_it_joined()
    {
        int attacked = 0;
        for (int seed = 1; seed <= 400; seed++)
        {
            var random = new Random(seed);
            RegionCount[] regions = [.. Enumerable.Range(0, random.Next(3, 7)).Select(i => (i, n: random.Next(random.Next(3, 16)))).Select(r => new RegionCount($"r{r.i}", 40, r.n, 0, 0, 0))];
            var published = RegionGrouping.Of(regions, Rules);
            if (published.FirstOrDefault(r => r.Slug == PublishedRegion.OtherRegions) is not { Members.Count: < 5 } merged)
            {
                continue;
            }

            var possible = merged.Members.ToDictionary(m => m, _ => new HashSet<int>());
            foreach (int[] guess in Guesses(merged.Members.Count, merged.Responses))
            {
                var guessed = merged.Members.Zip(guess).ToDictionary(g => g.First, g => g.Second);
                var again = RegionGrouping.Of([.. regions.Select(r => r with { Responses = guessed.GetValueOrDefault(r.Region, r.Responses) })], Rules);
                if (again.Select(r => (r.Slug, string.Join(' ', r.Members), r.Responses)).SequenceEqual(published.Select(r => (r.Slug, string.Join(' ', r.Members), r.Responses))))
                {
                    guessed.ToList().ForEach(g => possible[g.Key].Add(g.Value));
                }
            }

            foreach (var region in regions.Where(r => r.Responses is > 0 and < 5 && possible.ContainsKey(r.Region)))
            {
                attacked++;
                Assert.That(possible[region.Region], Has.Count.AtLeast(3), $"seed {seed}: {string.Join(' ', regions.Select(r => r.Responses))}");
            }
        }

        Assert.That(attacked, Is.GreaterThan(100));

        static IEnumerable<int[]> Guesses(int members, int sum) =>
            members == 1 ? [[sum]] : Enumerable.Range(0, sum + 1).SelectMany(first => Guesses(members - 1, sum - first).Select(rest => (int[])[first, .. rest]));
    }

    [Test]
    public void The_solver_pins_what_can_be_pinned()
    {
        // methods.md 2.7: with only the small counts and Africa/Same hidden each is known to one; the small ones alone are known exactly.
        long[][] table = [[12, 9, 3, 6], [20, 14, 8, 8], [7, 2, 1, 5]];
        Assert.That(Widths(table, [(0, 2), (2, 1), (2, 2)]), Is.All.EqualTo(1));
        Assert.That(Widths(table, [(0, 2), (2, 1), (2, 2), (0, 1)]), Is.All.EqualTo(2));
        Assert.That(Widths(table, [(0, 2), (2, 1), (2, 2), (0, 1), (0, 3), (2, 3)]), Is.All.AtLeast(3));

        // How many values each hidden count can have, up to three, where all are at least 1 and every sum is known.
        static List<int> Widths(long[][] table, (int Row, int Column)[] hidden)
        {
            var program = new IntegerProgram();
            var cells = table.Select(r => r.Select(_ => program.Unknown()).ToArray()).ToArray();
            for (int r = 0; r < table.Length; r++)
            {
                program.Know(cells[r], table[r].Sum());
                for (int c = 0; c < table[r].Length; c++)
                {
                    if (!hidden.Contains((r, c)))
                    {
                        program.Know([cells[r][c]], table[r][c]);
                    }
                    else
                    {
                        program.KnowOneIsSmall([([cells[r][c]], 1000)]);
                    }
                }
            }

            for (int c = 0; c < table[0].Length; c++)
            {
                program.Know(cells.Select(r => r[c]), table.Sum(r => r[c]));
            }

            return [.. hidden.Where(h => table[h.Row][h.Column] < 5).Select(h => Enumerable.Range(1, 3).Last(n => program.CouldBe([cells[h.Row][h.Column]], table[h.Row][h.Column], n)))];
        }
    }

    [Test]
    public void Numbers_between_two_that_are_possible_may_not_be()
    {
        // Of two regions of twenty, seventeen picked in all; each withheld for having picked, or not picked, one to four times: one has 1 and the other 16.
        var program = new IntegerProgram();
        int a = program.Unknown(), b = program.Unknown(), notA = program.Unknown(), notB = program.Unknown();
        program.Know([a, b], 17);
        program.Know([a, notA], 20);
        program.Know([b, notB], 20);
        program.KnowOneIsSmall([([a], 5), ([notA], 5)]);
        program.KnowOneIsSmall([([b], 5), ([notB], 5)]);
        Assert.That((program.CouldBe([a], 16, 2), program.CouldBe([a], 16, 3), program.CouldBe([a], 1, 2), program.CouldBe([a], 1, 3)), Is.EqualTo((true, false, true, false)));
    }

    internal static PublishedFiles FilesOf(Cube cube) => new(DataPack.FiguresOf(cube));
}
