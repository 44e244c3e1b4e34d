namespace Survey.Reporting.Disclosure;

/// <summary>
/// What a reader can tell of the counts of one table that are withheld together: a row for each withheld region, a column for each group of choices. Known are the columns' sums (the world less the regions
/// shown), each row's total, and the rules. A row may be known better than by its total, where it is shown on a coarser rung. The reader is taken to know exact counts where only whole per cents are printed, so that the answer errs
/// to the safe side. Columns are bits of a mask.
/// </summary>
internal sealed class WithheldTable
{
    private readonly long[] sums;
    private readonly List<Part> parts = [];

    // What a search may look at; one that would take longer counts as if there were too few values, which withholds more.
    private const int MostSteps = 20_000;
    private int steps;

    /// <param name="sums">The sum of each column over the withheld rows.</param>
    public WithheldTable(IReadOnlyList<long> sums) => this.sums = [.. sums];

    /// <summary>
    /// Something that is known of a row for the rules' sake: on some rung one of its groups (<see cref="Groups"/>, masks of columns) holds a count that is neither 0 nor enough, for else the row would have been shown there.
    /// </summary>
    public readonly record struct Smallness(int Row, IReadOnlyList<int> Groups);

    /// <summary>Adds what is known of a row: that these columns together hold <paramref name="total"/>. The masks of one row do not overlap and cover all columns.</summary>
    public void Add(int row, int mask, long total) => parts.Add(new(row, mask, total));

    /// <summary>
    /// Whether a count could have at least <paramref name="least"/> values. <paramref name="small"/> rows are all known to be <see cref="Smallness"/>; of <paramref name="oneOf"/> at least one is, unless it is empty.
    /// <paramref name="minimum"/> is the smallest count that is enough.
    /// </summary>
    public bool CouldBe(int row, int column, int least, IReadOnlyList<Smallness> small, IReadOnlyList<Smallness> oneOf, int minimum)
    {
        (int found, steps) = (0, 0);
        long most = Math.Min(sums[column], parts.First(p => p.Row == row && (p.Mask & (1 << column)) != 0).Total);
        for (long value = 0; value <= most && found < least && steps < MostSteps; value++)
        {
            if (With(parts, row, 1 << column, value) is { } fixedParts
                && (oneOf.Count == 0 ? IsPossible(fixedParts, small, 0, minimum) : oneOf.Any(one => IsPossible(fixedParts, [.. small, one], 0, minimum))))
            {
                found++;
            }
        }

        return found >= least;
    }

    private bool IsPossible(List<Part> known, IReadOnlyList<Smallness> small, int index, int minimum)
    {
        if (++steps > MostSteps || !Fits(known))
        {
            return false;
        }

        if (index == small.Count)
        {
            return true;
        }

        foreach (int group in small[index].Groups)
        {
            for (int count = 1; count < minimum; count++)
            {
                if (With(known, small[index].Row, group, count) is { } more && IsPossible(more, small, index + 1, minimum))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // What is known once a group of a row's columns holds this count too; null when that contradicts what is known.
    private static List<Part>? With(List<Part> known, int row, int group, long count)
    {
        long rest = count - known.Where(p => p.Row == row && (p.Mask & ~group) == 0).Sum(p => p.Total);
        int cut = known.FindIndex(p => p.Row == row && (p.Mask & group) != 0 && (p.Mask & ~group) != 0);
        if (rest < 0 || (cut < 0 ? rest > 0 : rest > known[cut].Total))
        {
            return null;
        }

        if (cut < 0)
        {
            return known;
        }

        var part = known[cut];
        return [.. known.Where((_, i) => i != cut), part with { Mask = part.Mask & group, Total = rest }, part with { Mask = part.Mask & ~group, Total = part.Total - rest }];
    }

    // Whole numbers that fill rows and columns exist exactly when no set of columns needs more than the rows that reach into it hold (Gale 1957, Pacific Journal of Mathematics 7:1073-1082).
    private bool Fits(List<Part> known)
    {
        for (int set = 1; set < 1 << sums.Length; set++)
        {
            long needed = sums.Where((_, c) => (set & (1 << c)) != 0).Sum(), reach = known.Where(p => (p.Mask & set) != 0).Sum(p => p.Total);
            if (needed > reach)
            {
                return false;
            }
        }

        return true;
    }

    private readonly record struct Part(int Row, int Mask, long Total);
}
