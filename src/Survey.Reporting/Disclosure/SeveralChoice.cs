using Survey.Domain.Statistics;
using Survey.Reporting.Tallies;

namespace Survey.Reporting.Disclosure;

/// <summary>
/// Decides for one question with several answers what is published. Organisations may pick several choices, so each choice
/// is a table of its own: those who picked it and those who did not, by region, with the world as sum. A share is shown where both counts are 0 or at
/// least the minimum and the base carries shares; a choice hidden for the world is hidden everywhere; the <see cref="SubtractionRule"/> withholds the rest.
/// Who knows the rules too is left with at least <see cref="DisclosureRules.LeastPossible"/> possible counts for each that is withheld for being small (see <see cref="WithheldTable"/>).
/// Where a <paramref name="maximum"/> of choices is asked for, all withheld choices of a region together were picked at most that often a head less what is shown: where that would leave too little,
/// the smallest choice shown there is withheld too.
/// </summary>
/// <param name="counts">The round's counts.</param>
/// <param name="point">The point.</param>
/// <param name="question">The question's key.</param>
/// <param name="choices">Its choices.</param>
/// <param name="maximum">How many choices an organisation may pick; null where there is no limit.</param>
/// <param name="rules">The numbers to keep to.</param>
internal sealed class SeveralChoice(PublishedCounts counts, string point, string question, IReadOnlyList<string> choices, int? maximum, DisclosureRules rules)
{
    /// <summary>The figures; what is withheld in those that they correct stays withheld.</summary>
    public SeveralFigures Figures(SeveralFigures? corrected = null)
    {
        var regions = Enumerable.Range(0, counts.World).ToList();
        long[] sizes = [.. regions.Select(Answered)];

        int world = Answered(counts.World) < rules.NothingBelow || corrected?.World.Treatment == CellTreatment.Hidden ? 1 : 0;
        int[] hidden = [.. sizes.Select((n, r) => n < rules.NothingBelow || corrected?.Cell(counts.Slug(r))?.Treatment == CellTreatment.Hidden ? 1 : 0)];
        SubtractionRule.Apply(hidden, world, 1, sizes, (_, sum) => sum.Sum(Answered) >= rules.NothingBelow);

        // Of a version that is corrected the regions are shown as they were, or none is.
        if (corrected is not null && regions.Exists(r => hidden[r] == 1 && corrected.Cell(counts.Slug(r)) is { Treatment: not CellTreatment.Hidden }))
        {
            Array.Fill(hidden, 1);
        }

        var worldShares = new int?[choices.Count];
        var shares = regions.Select(_ => new int?[choices.Count]).ToList();
        for (int c = 0; c < choices.Count; c++)
        {
            string choice = choices[c];
            if (!MayShow([counts.World], choice) || WasWithheld(counts.World, choice))
            {
                continue;
            }
            int[] withheld = [.. regions.Select(r => hidden[r] == 0 && MayShow([r], choice) && !WasWithheld(r, choice) ? 0 : 1)];
            SubtractionRule.Apply(withheld, 0, 1, sizes, (_, sum) => MayFollow(sum, choice, hidden));
            var answering = regions.Where(r => sizes[r] > 0).ToList();
            if (answering.Count > 1 && answering.All(r => withheld[r] == 1) && !MayFollow(answering, choice, hidden))
            {
                continue;
            }
            worldShares[c] = Percent(counts.World, choice);
            if (corrected is not null && regions.Exists(r => withheld[r] == 1 && !WasWithheld(r, choice)))
            {
                continue;
            }

            foreach (int r in regions.Where(r => withheld[r] == 0))
            {
                shares[r][c] = Percent(r, choice);
            }
        }

        KeepMaximum(worldShares, shares, hidden, corrected is not null);

        bool WasWithheld(int cell, string choice) =>
            corrected is not null && (corrected.Choices.Contains(choice) && corrected.Cell(counts.Slug(cell))?.Shares is { } then ? then[corrected.Choices.ToList().IndexOf(choice)] : null) is null;

        return new SeveralFigures(
            question,
            choices,
            Cell(counts.World, world == 1, worldShares),
            [.. regions.Select(r => Cell(r, hidden[r] == 1, shares[r]))]);
    }

    // Ends, for each round of it withholds a share. What is withheld of a version that is corrected is withheld in no region or in all.
    private void KeepMaximum(int?[] world, List<int?[]> shares, int[] hidden, bool isCorrection)
    {
        int[] regions = [.. Enumerable.Range(0, counts.World).Where(r => hidden[r] == 0)];
        while (true)
        {
            if (Smallest(counts.World, world) is { } everywhere)
            {
                Withhold(everywhere);
            }
            else if (regions.FirstOrDefault(r => Smallest(r, shares[r]) is not null, -1) is var region and >= 0)
            {
                int c = Smallest(region, shares[region])!.Value;
                shares[region][c] = null;
                long[] sizes = [.. Enumerable.Range(0, counts.World).Select(Answered)];
                int[] withheld = [.. shares.Select(s => s[c] is null ? 1 : 0)];
                SubtractionRule.Apply(withheld, 0, 1, sizes, (_, sum) => MayFollow(sum, choices[c], hidden));
                var answering = Enumerable.Range(0, counts.World).Where(r => sizes[r] > 0).ToList();
                bool isNone = answering.TrueForAll(r => withheld[r] == 1);
                if (isNone && answering.Count > 1 && !MayFollow(answering, choices[c], hidden))
                {
                    Withhold(c);
                }

                foreach (int r in Enumerable.Range(0, counts.World).Where(r => withheld[r] == 1 || isCorrection))
                {
                    shares[r][c] = null;
                }
            }
            else
            {
                return;
            }
        }

        void Withhold(int choice)
        {
            world[choice] = null;
            shares.ForEach(s => s[choice] = null);
        }
    }

    // The choice that is to be withheld next in a cell because the maximum tells too much of those that are; null where it does not.
    private int? Smallest(int cell, int?[] shown)
    {
        int withheld = shown.Count(s => s is null);
        if (maximum is not { } most || withheld == 0 || Answered(cell) < rules.SharesFrom)
        {
            return null;
        }

        long rest = (most * Answered(cell)) - choices.Where((_, c) => shown[c] is not null).Sum(choice => Picked(cell, choice));
        var picked = Enumerable.Range(0, choices.Count).Where(c => shown[c] is not null && Picked(cell, choices[c]) > 0).ToList();
        return rest < withheld + rules.LeastPossible - 1 && picked.Count > 0 ? picked.MinBy(c => (Picked(cell, choices[c]), c)) : null;
    }

    private long Answered(int cell) => counts.Of(cell, point, question, TallyRow.Answered);

    private long Picked(int cell, string choice) => counts.Of(cell, point, question, choice);

    private int Percent(int cell, string choice) => Share.Of(Picked(cell, choice), Answered(cell)).InPercent;

    private bool MayShow(IReadOnlyList<int> cells, string choice)
    {
        long n = cells.Sum(Answered), picked = cells.Sum(cell => Picked(cell, choice));
        return n >= rules.SharesFrom && IsNoneOrEnough(picked) && IsNoneOrEnough(n - picked);
    }

    // A sum of nobody, or of everybody, would tell what each of those withheld did, unless the world's figure tells it anyway.
    private bool MayFollow(IReadOnlyList<int> cells, string choice, int[] hidden)
    {
        long n = cells.Sum(Answered), picked = cells.Sum(cell => Picked(cell, choice)), inWorld = Picked(counts.World, choice);
        return inWorld == 0 || inWorld == Answered(counts.World)
            || (n >= rules.SharesFrom && picked >= rules.CountMinimum && n - picked >= rules.CountMinimum
                && cells.All(cell => Answered(cell) < rules.NothingBelow || MayShow([cell], choice) || PossibleCounts(cell, cells, choice) >= rules.LeastPossible)
                && KeepsEnough(cells, choice, hidden));
    }

    // The same for who also knows which of them the rules withheld for being small.
    private bool KeepsEnough(IReadOnlyList<int> withheld, string choice, int[] hidden)
    {
        var table = new WithheldTable([withheld.Sum(r => Picked(r, choice)), withheld.Sum(r => Answered(r) - Picked(r, choice))]);
        foreach (int r in withheld)
        {
            table.Add(r, 3, Answered(r));
        }

        var small = withheld.Where(r => !IsForItsBase(r) && SubtractionRule.IsLargerThanAny(r, Enumerable.Range(0, counts.World).Except(withheld), Answered)).Select(Smallness).ToList();
        var oneOf = small.Count > 0 || withheld.Any(IsForItsBase) ? [] : withheld.Select(Smallness).ToList();
        return withheld.Where(r => Answered(r) >= rules.NothingBelow && !MayShow([r], choice)).All(r => table.CouldBe(r, 0, rules.LeastPossible, small, oneOf, rules.CountMinimum));

        bool IsForItsBase(int r) => hidden[r] == 1 || Answered(r) < rules.SharesFrom;
        static WithheldTable.Smallness Smallness(int r) => new(r, [1, 2]);
    }

    // What a reader can tell of one of some withheld counts with a known sum: a base that carries shares is withheld for being neither none nor all.
    private long PossibleCounts(int cell, IReadOnlyList<int> cells, string choice)
    {
        long low = 0, high = 0;
        foreach (int other in cells.Where(c => c != cell))
        {
            var (otherLow, otherHigh) = Bounds(other);
            (low, high) = (low + otherLow, high + otherHigh);
        }
        long sum = cells.Sum(c => Picked(c, choice));
        var (least, most) = Bounds(cell);
        return Math.Min(most, sum - low) - Math.Max(least, sum - high) + 1;
    }

    private (long Low, long High) Bounds(int cell)
    {
        long n = Answered(cell);
        return n < rules.SharesFrom ? (0, n) : (1, n - 1);
    }

    private bool IsNoneOrEnough(long count) => count == 0 || count >= rules.CountMinimum;

    private SeveralCell Cell(int cell, bool isHidden, int?[] shares)
    {
        long n = Answered(cell);
        return (isHidden, n) switch
        {
            (true, _) => new SeveralCell(counts.Slug(cell), CellTreatment.Hidden, null, null),
            (_, _) when n < rules.SharesFrom => new SeveralCell(counts.Slug(cell), CellTreatment.CountOnly, (int)n, null),
            (_, _) => new SeveralCell(counts.Slug(cell), n < rules.PlainFrom ? CellTreatment.SmallBase : CellTreatment.Plain, (int)n, shares),
        };
    }
}
