using System.Collections.Concurrent;
using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Tallies;
using Survey.UnitTests.Disclosure;

namespace Survey.UnitTests.Attack;

/// <summary>
/// The attacker of methods.md 2.7: knows the printed rules and, table by table, all counts of one round that are shown; each hidden count below the minimum must still have at least three possible values. He is given more than is printed: the exact
/// counts behind the rounded per cents. What he concludes is worked out by an integer solver and by rank, apart from the pass. PROGRESS_ATTACK sets the number of networks (100 unless said).
/// </summary>
public sealed class AttackTests
{
    private const int Least = 3;
    private static readonly DisclosureRules Rules = new();

    [Test]
    public void No_hidden_count_of_a_hundred_networks_can_be_pinned_down()
    {
        int networks = int.TryParse(Environment.GetEnvironmentVariable("PROGRESS_ATTACK"), out int asked) ? asked : 100;
        var pinned = new ConcurrentBag<string>();
        int attacked = 0;
        Parallel.For(1, networks + 1, seed =>
        {
            var round = new SampleNetwork(seed).Round("2026");
            foreach (var (what, program, target, truth) in Attacks(round, DisclosurePass.CubeOf(round, [], [], Rules)))
            {
                Interlocked.Increment(ref attacked);
                if (program.IsDetermined(target) || !program.CouldBe(target, truth, Least))
                {
                    pinned.Add($"seed {seed} {what} = {truth}");
                }
            }
        });
        TestContext.Out.WriteLine($"{attacked} hidden counts attacked.");
        Assert.That(pinned, Is.Empty);
        Assert.That(attacked, Is.GreaterThan(4 * networks), "there was something to attack");
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

    private static IEnumerable<(string What, IntegerProgram Program, int[] Target, long Truth)> Attacks(RoundInput round, Cube cube)
    {
        var ratings = cube.Points.SelectMany(p => p.Ratings.Select(r => (p.Point, r))).Concat(cube.Ratings.Select(r => ("", r)));
        var several = cube.Points.SelectMany(p => p.Several.Select(s => (p.Point, s))).Concat(cube.Several.Select(s => ("", s)));
        var truth = new Counts(round, cube);
        return ratings.Where(r => r.Item2.Regions.Count > 1 && r.Item2.World.Shares is not null).SelectMany(r => OnRating(truth, r.Item1, r.Item2)).Concat(several.SelectMany(s => OnSeveral(truth, s.Item1, s.Item2)));
    }

    private static IEnumerable<(string, IntegerProgram, int[], long)> OnRating(Counts counts, string point, RatingFigures figures)
    {
        var question = SampleRound.Questionnaire.Question(figures.Question)!;
        int minimum = question.Kind == QuestionKind.Scale ? Rules.RatingMinimum : Rules.CountMinimum, last = figures.Rungs.Count - 1;
        string[] choices = [.. question.SubstantiveChoices.Select(c => c.Code)];
        var rows = figures.Regions.Where(r => N(r) > 0).ToList();
        // Where all agree everything is known, and may be.
        if (choices.Count(c => rows.Sum(r => Of(r, c)) > 0) <= 1)
        {
            yield break;
        }

        var program = new IntegerProgram();
        var x = rows.ToDictionary(r => r.Region, _ => choices.ToDictionary(c => c, _ => program.Unknown()));
        int[] Group(RatingCell row, string group) => [.. group.Split('+').Select(c => x[row.Region][c])];
        foreach (string group in figures.Rungs[figures.World.Rung!.Value])
        {
            program.Know(rows.SelectMany(r => Group(r, group)), rows.Sum(r => group.Split('+').Sum(c => Of(r, c))));
        }

        foreach (var row in rows)
        {
            // The base of a hidden region is not printed, but he is given it.
            program.Know(x[row.Region].Values, N(row));
            foreach (string group in row.Rung is { } rung ? figures.Rungs[rung] : [])
            {
                program.Know(Group(row, group), group.Split('+').Sum(c => Of(row, c)));
            }
        }

        // Why a region is withheld on the rung below the one it is shown on: a count there is small, or it keeps a smaller one company; the latter never for one larger than one that is shown.
        int Withheld(RatingCell row) => (row.Rung ?? (last + 1)) - 1;
        bool IsShown(RatingCell row, int rung) => row.Rung is { } own && own <= rung;
        IEnumerable<(int[], int)> Small(RatingCell row) => figures.Rungs[Withheld(row)].Select(g => (Group(row, g), minimum));
        var withheld = rows.Where(r => !IsShown(r, figures.World.Rung.Value)).ToList();
        foreach (var row in withheld.Where(r => r.Treatment != CellTreatment.Hidden && N(r) >= Rules.SharesFrom && rows.Exists(o => IsShown(o, Withheld(r)) && N(o) < N(r))))
        {
            program.KnowOneIsSmall(Small(row));
        }

        if (withheld.Count > 0)
        {
            int coarsest = withheld.Max(Withheld);
            var there = withheld.Where(r => Withheld(r) == coarsest).ToList();
            if (there.TrueForAll(r => r.Treatment != CellTreatment.Hidden && N(r) >= Rules.SharesFrom))
            {
                program.KnowOneIsSmall(there.SelectMany(Small));
            }
        }

        // A group that stands on two rungs is attacked once.
        var attacked = new HashSet<(string, string)>();
        for (int rung = figures.World.Rung.Value; rung <= last; rung++)
        {
            // What all the world says, each region says: the world's figure tells it, and may.
            if (figures.Rungs[rung].Count(g => rows.Sum(r => g.Split('+').Sum(c => Of(r, c))) > 0) == 1)
            {
                continue;
            }

            foreach (var row in withheld.Where(r => r.Treatment != CellTreatment.Hidden && !IsShown(r, rung)))
            {
                foreach (string group in figures.Rungs[rung])
                {
                    long truth = group.Split('+').Sum(c => Of(row, c));
                    if (truth > 0 && (truth < minimum || N(row) < Rules.SharesFrom) && attacked.Add((row.Region, group)))
                    {
                        yield return ($"{point} {figures.Question} {row.Region} {group}", program, Group(row, group), truth);
                    }
                }
            }
        }

        long Of(RatingCell row, string choice) => counts.Of(row.Region, point, question.Key, choice);
        long N(RatingCell row) => choices.Sum(c => Of(row, c));
    }

    private static IEnumerable<(string, IntegerProgram, int[], long)> OnSeveral(Counts counts, string point, SeveralFigures figures)
    {
        var rows = figures.Regions.Where(r => N(r) > 0).ToList();
        for (int c = 0; c < figures.Choices.Count; c++)
        {
            string choice = figures.Choices[c];
            long inWorld = rows.Sum(r => Of(r, choice));
            if (figures.World.Shares?[c] is null || inWorld == 0 || inWorld == rows.Sum(N) || rows.Count < 2)
            {
                continue;
            }

            var program = new IntegerProgram();
            var picked = rows.ToDictionary(r => r.Region, _ => program.Unknown());
            var not = rows.ToDictionary(r => r.Region, _ => program.Unknown());
            program.Know(picked.Values, inWorld);
            foreach (var row in rows)
            {
                program.Know([picked[row.Region], not[row.Region]], N(row));
                if (row.Shares?[c] is not null)
                {
                    program.Know([picked[row.Region]], Of(row, choice));
                }
            }

            var withheld = rows.Where(r => r.Shares?[c] is null).ToList();
            bool IsForItsBase(SeveralCell row) => row.Treatment == CellTreatment.Hidden || N(row) < Rules.SharesFrom;
            IEnumerable<(int[], int)> Small(SeveralCell row) => [([picked[row.Region]], Rules.CountMinimum), ([not[row.Region]], Rules.CountMinimum)];
            foreach (var row in withheld.Where(r => !IsForItsBase(r) && rows.Exists(o => o.Shares?[c] is not null && N(o) < N(r))))
            {
                program.KnowOneIsSmall(Small(row));
            }

            if (withheld.Count > 0 && !withheld.Exists(IsForItsBase))
            {
                program.KnowOneIsSmall(withheld.SelectMany(Small));
            }

            foreach (var row in withheld.Where(r => r.Treatment != CellTreatment.Hidden && Math.Min(Of(r, choice), N(r) - Of(r, choice)) is > 0 and var few && few < Rules.CountMinimum))
            {
                yield return ($"{point} {figures.Question} {row.Region} {choice}", program, [picked[row.Region]], Of(row, choice));
            }
        }

        long Of(SeveralCell row, string choice) => counts.Of(row.Region, point, figures.Question, choice);
        long N(SeveralCell row) => Of(row, TallyRow.Answered);
    }

    /// <summary>The true counts, by published region.</summary>
    private sealed class Counts(RoundInput round, Cube cube)
    {
        private readonly Dictionary<(string?, string, string, string), long> of = round.Tally.Rows
            .GroupBy(r => (cube.Regions.FirstOrDefault(p => p.Members.Contains(r.Region))?.Slug, r.Point, r.Question, r.Choice)).ToDictionary(g => g.Key, g => g.Sum(r => r.Count));

        public long Of(string region, string point, string question, string choice) => of.GetValueOrDefault((region, point, question, choice));
    }
}
