using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Tallies;

namespace Survey.UnitTests.Disclosure;

/// <summary>
/// What holds for every network, tried over seeded random ones: the thresholds, and that the world less the regions shown is never one region nor a sum
/// that could not be printed itself. The checks are written apart from the pass and read only the cube and the true counts.
/// </summary>
public sealed class DisclosureProperties
{
    private const int Networks = 150;
    private static readonly DisclosureRules Rules = new();

    [Test]
    public void No_cell_is_too_small_and_none_follows_by_subtraction()
    {
        int shownByRegion = 0, coarser = 0;
        for (int seed = 1; seed <= Networks; seed++)
        {
            var round = new SampleNetwork(seed).Round("2026");
            var cube = DisclosurePass.CubeOf(round, [], [], Rules);
            var truth = new Truth(round, cube.Regions);
            foreach (var (point, figures) in cube.Points.SelectMany(p => p.Ratings.Select(r => (p.Point, r))).Concat(cube.Ratings.Select(r => ("", r))))
            {
                CheckRating(truth, point, figures, $"seed {seed} {point} {figures.Question}");
                shownByRegion += figures.Regions.Count(c => c.Shares is not null);
                coarser += figures.Regions.Count(c => c.Treatment != CellTreatment.Hidden && c.Rung != figures.World.Rung);
            }
            foreach (var (point, figures) in cube.Points.SelectMany(p => p.Several.Select(s => (p.Point, s))).Concat(cube.Several.Select(s => ("", s))))
            {
                CheckSeveral(truth, point, figures, $"seed {seed} {point} {figures.Question}");
            }
            foreach (var group in cube.Participation.Types)
            {
                Assert.That(group.Responses, Is.GreaterThanOrEqualTo(group.Code == PublishedGroup.OtherGroups ? 10 : 5));
            }
            foreach (var region in cube.Regions)
            {
                Assert.That(region.Responses, Is.GreaterThanOrEqualTo(region.Slug == PublishedRegion.OtherRegions ? 10 : 5));
            }
        }
        Assert.That(shownByRegion, Is.GreaterThan(500), "the networks try the rules on something");
        Assert.That(coarser, Is.GreaterThan(500));
    }

    [Test]
    public void The_order_of_counts_changes_no_byte()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            var (now, then) = (new SampleNetwork(seed), new SampleNetwork(seed + 1000));
            var matched = now.PairsWith(then);
            string first = CubeJson.Write(DisclosurePass.CubeOf(now.Round("2026"), [then.Round("2025")], matched, Rules));
            string second = CubeJson.Write(DisclosurePass.CubeOf(now.Round("2026", 5), [then.Round("2025", 6)], [.. matched.Reverse()], Rules));
            Assert.That(second, Is.EqualTo(first));
            Assert.That(CubeJson.Write(CubeJson.Read(first)), Is.EqualTo(first));
        }
    }

    [Test]
    public void Printed_ranges_hold_their_printed_values_and_differences_add_up()
    {
        int changes = 0, matchedChanges = 0;
        for (int seed = 1; seed <= Networks; seed++)
        {
            var (now, then) = (new SampleNetwork(seed), new SampleNetwork(seed + (seed % 2 * 5000)));
            var cube = DisclosurePass.CubeOf(now.Round("2026"), [then.Round("2025")], now.PairsWith(then), Rules);
            foreach (var figures in cube.Points.SelectMany(p => p.Ratings))
            {
                foreach (var cell in figures.Regions.Append(figures.World).Where(c => c.Shares is not null))
                {
                    Assert.That(cell.Shares!.Sum(), Is.EqualTo(100));
                    Assert.That(cell.Headline is null || (cell.Headline.Low <= cell.Headline.Value && cell.Headline.Value <= cell.Headline.High));
                }
                foreach (var trend in figures.Trends)
                {
                    Assert.That(trend.Points[^1].Headline, Is.EqualTo(figures.Cell(trend.Region)!.Headline));
                    if (trend.Change is not { } change)
                    {
                        continue;
                    }
                    changes++;
                    Assert.That(change.Value, Is.EqualTo(trend.Points[^1].Headline.Value - trend.Points[^2].Headline.Value));
                    Assert.That(change.Value, Is.InRange(change.Low, change.High));
                    Assert.That(change.Overlap is null || (change.Overlap.Low <= change.Value && change.Value <= change.Overlap.High));
                    Assert.That(!change.IsClear || change.Overlap is null || change.Overlap.Low > 0 || change.Overlap.High < 0, "What is clear among many is clear alone.");
                    if (change.Matched is { } matched)
                    {
                        matchedChanges++;
                        Assert.That(matched.Up + matched.Down + matched.Same, Is.EqualTo(matched.Organisations));
                        Assert.That(matched.Organisations, Is.GreaterThanOrEqualTo(10));
                        Assert.That(matched.Value, Is.InRange(matched.Low, matched.High));
                        foreach (int leftOrJoined in new[] { trend.Points[^1].ValidN - matched.Organisations, trend.Points[^2].ValidN - matched.Organisations })
                        {
                            Assert.That(leftOrJoined, Is.Zero.Or.GreaterThanOrEqualTo(5));
                        }
                    }
                }
            }
        }
        Assert.That(changes, Is.GreaterThan(150));
        Assert.That(matchedChanges, Is.GreaterThan(25));
    }

    private static void CheckRating(Truth truth, string point, RatingFigures figures, string what)
    {
        var question = SampleRound.Questionnaire.Question(figures.Question)!;
        int minimum = question.Kind == QuestionKind.Scale ? 3 : 5;
        string[] valid = [.. question.SubstantiveChoices.Select(c => c.Code)];
        string[][] rungs = [.. figures.Rungs.Select(r => r.Select(g => g).ToArray())];
        long[] Groups(IEnumerable<string> regions, int rung) =>
            [.. rungs[rung].Select(g => regions.Sum(r => g.Split('+').Sum(c => truth.Count(r, point, question.Key, c))))];
        long N(IEnumerable<string> regions) => regions.Sum(r => valid.Sum(c => truth.Count(r, point, question.Key, c)));
        int Level(RatingCell cell) => cell.Treatment switch { CellTreatment.Hidden => rungs.Length + 1, CellTreatment.CountOnly => rungs.Length, _ => cell.Rung!.Value };
        bool MayPrint(IReadOnlyList<string> regions, int level) => level == rungs.Length
            ? N(regions) >= 5
            : N(regions) >= 10 && Groups(regions, level).All(n => n == 0 || n >= minimum);

        foreach (var cell in figures.Regions.Append(figures.World))
        {
            if (cell.Treatment == CellTreatment.Hidden)
            {
                Assert.That((cell.ValidN, cell.Shares, cell.Headline, cell.DontKnowShare, cell.Rung), Is.EqualTo(((int?)null, (IReadOnlyList<int>?)null, (Headline?)null, (int?)null, (int?)null)), what);
                continue;
            }
            Assert.That(cell.ValidN, Is.EqualTo(N([cell.Region])), what);
            Assert.That(MayPrint([cell.Region], Level(cell)), what);
            Assert.That(cell.Shares is null, Is.EqualTo(cell.Treatment == CellTreatment.CountOnly), what);
        }

        for (int level = Level(figures.World); level <= rungs.Length; level++)
        {
            bool TellsAll(IReadOnlyList<string> regions) => level < rungs.Length && Groups(regions, level).Count(n => n > 0) == 1;
            CheckDifference(
                figures.Regions, c => c.Region, c => Level(c) <= level, N,
                regions => MayPrint(regions, level) && (!TellsAll(regions) || TellsAll([Cube.World])), what);
        }

        long Unsure(IEnumerable<string> regions) => regions.Sum(r => truth.Count(r, point, question.Key, "dk"));
        long Asked(IEnumerable<string> regions) => N(regions) + Unsure(regions);
        bool MayPrintUnsure(IReadOnlyList<string> regions) => Asked(regions) >= 10 && Unsure(regions) is 0 or >= 3 && N(regions) is 0 or >= 3;
        foreach (var cell in figures.Regions.Where(c => c.DontKnowShare is not null))
        {
            Assert.That(MayPrintUnsure([cell.Region]), what);
        }
        if (figures.World.DontKnowShare is not null)
        {
            CheckDifference(figures.Regions, c => c.Region, c => c.DontKnowShare is not null, Asked, MayPrintUnsure, what);
        }
    }

    private static void CheckSeveral(Truth truth, string point, SeveralFigures figures, string what)
    {
        long N(IEnumerable<string> regions) => regions.Sum(r => truth.Count(r, point, figures.Question, TallyRow.Answered));
        foreach (var cell in figures.Regions.Append(figures.World).Where(c => c.Treatment != CellTreatment.Hidden))
        {
            Assert.That(cell.AnsweredN, Is.EqualTo(N([cell.Region])).And.GreaterThanOrEqualTo(5), what);
        }
        if (figures.World.Treatment != CellTreatment.Hidden)
        {
            CheckDifference(figures.Regions, c => c.Region, c => c.Treatment != CellTreatment.Hidden, N, regions => N(regions) >= 5, what);
        }

        for (int i = 0; i < figures.Choices.Count; i++)
        {
            long Picked(IEnumerable<string> regions) => regions.Sum(r => truth.Count(r, point, figures.Question, figures.Choices[i]));
            bool MayPrint(IReadOnlyList<string> regions) => N(regions) >= 10 && Picked(regions) is 0 or >= 5 && N(regions) - Picked(regions) is 0 or >= 5;
            foreach (var cell in figures.Regions.Append(figures.World).Where(c => c.Shares?[i] is not null))
            {
                Assert.That(MayPrint([cell.Region]), what);
            }
            if (figures.World.Shares?[i] is not null)
            {
                CheckDifference(figures.Regions, c => c.Region, c => c.Shares?[i] is not null, N, MayPrint, what);
                CheckPossibleCounts(figures, i, N, Picked, MayPrint, what);
            }
            else
            {
                Assert.That(figures.Regions.Select(c => c.Shares?[i]), Is.All.Null, what);
            }
        }
    }

    // Every count that could not be shown for its own sake keeps at least three values, tried one by one: with bases below ten anything is possible,
    // above them a withheld count is neither none nor all.
    private static void CheckPossibleCounts(
        SeveralFigures figures, int choice, Func<IEnumerable<string>, long> n, Func<IEnumerable<string>, long> picked, Func<IReadOnlyList<string>, bool> mayPrint, string what)
    {
        long inWorld = picked([Cube.World]);
        string[] withheld = [.. figures.Regions.Where(c => c.Shares?[choice] is null).Select(c => c.Region).Where(r => n([r]) > 0)];
        if (inWorld == 0 || inWorld == n([Cube.World]) || figures.Regions.Count(c => n([c.Region]) > 0) == 1)
        {
            return;
        }
        bool IsPossible(string region, long count) => n([region]) < 10 ? count >= 0 && count <= n([region]) : count >= 1 && count < n([region]);
        HashSet<long> Sums(IEnumerable<string> regions) => regions.Aggregate(
            new HashSet<long> { 0 }, (sums, r) => [.. sums.SelectMany(s => Enumerable.Range(0, (int)n([r]) + 1).Where(c => IsPossible(r, c)).Select(c => s + c))]);

        foreach (string region in withheld.Where(r => n([r]) >= 5 && !mayPrint([r])))
        {
            var others = Sums(withheld.Where(r => r != region));
            int values = Enumerable.Range(0, (int)n([region]) + 1).Count(c => IsPossible(region, c) && others.Contains(picked(withheld) - c));
            Assert.That(values, Is.GreaterThanOrEqualTo(3), $"{what} {figures.Choices[choice]}: {region}");
        }
    }

    // What a reader gets by taking the shown regions from the world: nothing, everything, or two and more that could be printed together.
    private static void CheckDifference<T>(
        IReadOnlyList<T> cells, Func<T, string> region, Func<T, bool> isShown, Func<IEnumerable<string>, long> size, Func<IReadOnlyList<string>, bool> mayPrint, string what)
    {
        var withAnswers = cells.Where(c => size([region(c)]) > 0).ToList();
        var withheld = withAnswers.Where(c => !isShown(c)).Select(region).ToList();
        if (withheld.Count > 0 && withheld.Count < withAnswers.Count)
        {
            Assert.That(withheld, Has.Count.GreaterThan(1), what);
            Assert.That(mayPrint(withheld), $"{what}: {string.Join(",", withheld)}");
        }
    }

    private sealed class Truth
    {
        private readonly Dictionary<(string Region, string Point, string Question, string Choice), long> counts = [];

        public Truth(RoundInput round, IReadOnlyList<PublishedRegion> regions)
        {
            var published = regions.SelectMany(r => r.Members.Select(m => (m, r.Slug))).ToDictionary(x => x.m, x => x.Slug);
            foreach (var row in round.Tally.Rows)
            {
                Add((Cube.World, row.Point, row.Question, row.Choice), row.Count);
                if (published.TryGetValue(row.Region, out string? slug))
                {
                    Add((slug, row.Point, row.Question, row.Choice), row.Count);
                }
            }
        }

        public long Count(string region, string point, string question, string choice) => counts.GetValueOrDefault((region, point, question, choice));

        private void Add((string, string, string, string) key, long count) => counts[key] = counts.GetValueOrDefault(key) + count;
    }
}
