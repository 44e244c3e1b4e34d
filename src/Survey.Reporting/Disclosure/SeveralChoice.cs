using Survey.Domain.Statistics;
using Survey.Reporting.Tallies;

namespace Survey.Reporting.Disclosure;

/// <summary>
/// Decides for one question with several answers what is published. Organisations may pick several choices, so no sum over choices is known and each choice
/// is a table of its own: those who picked it and those who did not, by region, with the world as sum. A share is shown where both counts are 0 or at
/// least the minimum and the base carries shares; a choice hidden for the world is hidden everywhere; the <see cref="SubtractionRule"/> withholds the rest.
/// </summary>
internal sealed class SeveralChoice(PublishedCounts counts, string point, string question, IReadOnlyList<string> choices, DisclosureRules rules)
{
    public SeveralFigures Figures()
    {
        var regions = Enumerable.Range(0, counts.World).ToList();
        long[] sizes = [.. regions.Select(Answered)];

        int world = Answered(counts.World) < rules.NothingBelow ? 1 : 0;
        int[] hidden = [.. sizes.Select(n => n < rules.NothingBelow ? 1 : 0)];
        SubtractionRule.Apply(hidden, world, 1, sizes, (_, sum) => sum.Sum(Answered) >= rules.NothingBelow);

        var worldShares = new int?[choices.Count];
        var shares = regions.Select(_ => new int?[choices.Count]).ToList();
        for (int c = 0; c < choices.Count; c++)
        {
            string choice = choices[c];
            if (!MayShow([counts.World], choice))
            {
                continue;
            }
            worldShares[c] = Percent(counts.World, choice);
            int[] withheld = [.. regions.Select(r => hidden[r] == 0 && MayShow([r], choice) ? 0 : 1)];
            SubtractionRule.Apply(withheld, 0, 1, sizes, (_, sum) => MayShow(sum, choice));
            foreach (int r in regions.Where(r => withheld[r] == 0))
            {
                shares[r][c] = Percent(r, choice);
            }
        }

        return new SeveralFigures(
            question,
            choices,
            Cell(counts.World, world == 1, worldShares),
            [.. regions.Select(r => Cell(r, hidden[r] == 1, shares[r]))]);
    }

    private long Answered(int cell) => counts.Of(cell, point, question, TallyRow.Answered);

    private long Picked(int cell, string choice) => counts.Of(cell, point, question, choice);

    private int Percent(int cell, string choice) => Share.Of(Picked(cell, choice), Answered(cell)).InPercent;

    private bool MayShow(IReadOnlyList<int> cells, string choice)
    {
        long n = cells.Sum(Answered), picked = cells.Sum(cell => Picked(cell, choice));
        return n >= rules.SharesFrom && IsNoneOrEnough(picked) && IsNoneOrEnough(n - picked);
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
