using Survey.Domain.Questionnaires;
using Survey.Domain.Statistics;

namespace Survey.Reporting.Disclosure;

/// <summary>
/// Decides for one question with one answer on which rung each region and the world are published, and rounds what is. Levels: the rungs from the finest,
/// then the number of organisations only, then nothing. A cell takes the finest rung on which every count is 0 or at least the minimum; the
/// <see cref="SubtractionRule"/> then withholds more where a subtraction would tell what is withheld, or would leave a small count fewer than <see cref="DisclosureRules.LeastPossible"/> values
/// (see <see cref="WithheldTable"/>). Where all regions are withheld and that is still so, the world goes to the next rung too.
/// </summary>
internal sealed class RungChoice
{
    private readonly PublishedCounts counts;
    private readonly string point;
    private readonly Question question;
    private readonly DisclosureRules rules;
    private readonly int minimum;
    private readonly Floors floors;
    private readonly IReadOnlyList<IReadOnlyList<RungPart>> rungs;
    private readonly IReadOnlyList<string> substantive;
    private readonly IReadOnlyList<string> dontKnow;

    public RungChoice(PublishedCounts counts, string point, Question question, DisclosureRules rules, Floors? floors = null)
    {
        (this.counts, this.point, this.question, this.rules, this.floors) = (counts, point, question, rules, floors ?? Floors.None);
        minimum = MinimumOf(question, rules);
        substantive = [.. question.SubstantiveChoices.Select(c => c.Code)];
        dontKnow = [.. question.Choices.Where(c => c.Meaning == ChoiceMeaning.DontKnow).Select(c => c.Code)];

        rungs = RungsOf(question);
    }

    /// <summary>
    /// The rungs of a question, finest first: those that it declares, else its choices as they are; who works on a point may also be published as the first choice against all others. Below them is the number only.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<RungPart>> RungsOf(Question question)
    {
        if (question.Rungs.Count > 0)
        {
            return [.. question.Rungs.Select(r => r.Groups.Select(g => new RungPart(g.Code, g.Choices)).ToList())];
        }

        List<RungPart> each = [.. question.SubstantiveChoices.Select(c => new RungPart(c.Code, [c.Code]))];
        return question.Role == QuestionRole.Work && each is [var first, .. { Count: > 1 } others]
            ? [each, [first, new RungPart(string.Join(Together, others.Select(o => o.Code)), [.. others.Select(o => o.Code)])]]
            : [each];
    }

    /// <summary>Stands between the choices' codes in the code of a group that the questionnaire does not name.</summary>
    public const char Together = '+';

    private int CountLevel => rungs.Count;

    private int NothingLevel => rungs.Count + 1;

    /// <summary>The figures without trends.</summary>
    public RatingFigures Figures()
    {
        var regions = Enumerable.Range(0, IsWorldOnly(question) ? 0 : counts.World).ToList();
        int world = Math.Max(Level([counts.World]), floors.Of(counts.World));
        int[] levels = LevelsBelow(world, regions);
        while (world < CountLevel && regions.Count(r => Valid(r) > 0) > 1 && regions.All(r => Valid(r) == 0 || levels[r] > world) && !KeepsEnough(world, [.. regions.Where(r => Valid(r) > 0)], levels))
        {
            levels = LevelsBelow(++world, regions);
        }

        // Don't know is a table of its own with one level, never shown where the number of organisations is not.
        bool worldDontKnow = world < NothingLevel && Asked(counts.World) >= rules.SharesFrom && floors.AllowsDontKnow(counts.World);
        int[] dontKnowLevels = [.. regions.Select(r => levels[r] < NothingLevel && MayShowDontKnow([r]) && floors.AllowsDontKnow(r) ? 0 : 1)];
        SubtractionRule.Apply(dontKnowLevels, worldDontKnow ? 0 : 1, 1, [.. regions.Select(Asked)], (_, sum) => MayShowDontKnow(sum) && KeepsEnoughDontKnow(sum, regions, levels));
        List<int> unsure = [.. regions.Where(r => Asked(r) > 0)];
        worldDontKnow &= unsure.Count < 2 || unsure.Exists(r => dontKnowLevels[r] == 0) || KeepsEnoughDontKnow(unsure, regions, levels);

        return new RatingFigures(
            question.Key,
            question.Measure?.IsNetBalance,
            [.. rungs.Select(r => r.Select(p => p.Code).ToList())],
            Cell(counts.World, world, worldDontKnow),
            [.. regions.Select(r => Cell(r, levels[r], dontKnowLevels[r] == 0))],
            []);
    }

    private int[] LevelsBelow(int world, IReadOnlyList<int> regions)
    {
        int[] levels = [.. regions.Select(r => Math.Max(Level([r]), floors.Of(r)))];
        SubtractionRule.Apply(levels, world, NothingLevel, [.. regions.Select(Valid)], (level, sum) => MayFollow(level, sum) && KeepsEnough(level, sum, levels));
        return levels;
    }

    /// <summary>The exact counts behind a cell's headline, for differences between rounds; never published.</summary>
    public SignCounts Exact(int cell) =>
        new(Sum([cell], question.Measure!.Positive), Sum([cell], question.Measure.Negative), Valid(cell));

    /// <summary>
    /// The counts behind a cell that was published: those of now where they still print what was printed, else those nearest to the printed shares (answers were erased or corrected since).
    /// </summary>
    public SignCounts Behind(int cell, RatingCell published, IReadOnlyList<string> groups)
    {
        int rung = rungs.ToList().FindIndex(r => r.Select(p => p.Code).SequenceEqual(groups));
        if (rung < 0 || (Valid(cell) == published.ValidN && LargestRemainder.Percents([.. rungs[rung].Select(part => Sum([cell], part.Choices))]).SequenceEqual(published.Shares!)))
        {
            return Exact(cell);
        }

        long n = published.ValidN!.Value;
        return new(Nearest(question.Measure!.Positive), Nearest(question.Measure.Negative), n);

        long Nearest(IReadOnlyList<string> choices) => (long)Math.Round(n * (Printed(choices, rung, published.Shares!) ?? 0) / 100.0, MidpointRounding.AwayFromZero);
    }

    // Facts about the organisations are asked with the promise that only the share of all of them is published.
    private static bool IsWorldOnly(Question question) =>
        question.Role is QuestionRole.Umbrella or QuestionRole.LedByMigrants or QuestionRole.LedByWomen or QuestionRole.Size;

    /// <summary>The smallest count of a question's groups, and of don't know and the rest, that may be shown.</summary>
    public static int MinimumOf(Question question, DisclosureRules rules) =>
        question.Kind == QuestionKind.Scale || question.Role is QuestionRole.State or QuestionRole.Change ? rules.RatingMinimum : rules.CountMinimum;

    private long Sum(IReadOnlyList<int> cells, IReadOnlyList<string> choices) =>
        cells.Sum(cell => choices.Sum(choice => counts.Of(cell, point, question.Key, choice)));

    private long Valid(int cell) => Sum([cell], substantive);

    private long Asked(int cell) => Valid(cell) + Sum([cell], dontKnow);

    private int Level(IReadOnlyList<int> cells)
    {
        long valid = cells.Sum(Valid);
        if (valid < rules.NothingBelow)
        {
            return NothingLevel;
        }
        if (valid < rules.SharesFrom)
        {
            return CountLevel;
        }
        for (int rung = 0; rung < rungs.Count; rung++)
        {
            if (rungs[rung].All(part => IsNoneOrEnough(Sum(cells, part.Choices), minimum)))
            {
                return rung;
            }
        }
        return CountLevel;
    }

    // A sum in which all say the same would tell what each of those withheld said, however few; unless the world's figure tells it anyway.
    private bool MayFollow(int level, IReadOnlyList<int> cells) =>
        Level(cells) <= level && (level == CountLevel || !IsUnanimous(level, cells) || IsUnanimous(level, [counts.World]));

    // Whether each small count among those withheld on a rung could still be several numbers. Where all the world says the same there is nothing to keep.
    private bool KeepsEnough(int level, IReadOnlyList<int> withheld, int[] levels)
    {
        if (level >= CountLevel || IsUnanimous(level, [counts.World]))
        {
            return true;
        }

        var columns = rungs[level];
        var table = new WithheldTable([.. columns.Select(c => Sum(withheld, c.Choices))]);
        foreach (int r in withheld)
        {
            foreach (var known in levels[r] < CountLevel ? rungs[levels[r]] : [new RungPart("", substantive)])
            {
                table.Add(r, MaskOf(columns, known), Sum([r], known.Choices));
            }
        }

        // A region that is larger than one shown on the same rung was not withheld for another's sake. Nor can all have been, unless one is withheld for its base.
        var small = withheld.Where(r => IsLargeEnough(r) && levels[r] <= CountLevel && IsLargerThanOneShown(r, Rung(r))).Select(Smallness).ToList();
        int coarsest = withheld.Max(Rung);
        var there = withheld.Where(r => Rung(r) == coarsest).ToList();
        var oneOf = small.Exists(s => there.Contains(s.Row)) || there.Exists(r => !IsLargeEnough(r) || levels[r] > CountLevel) ? [] : there.Select(Smallness).ToList();
        return withheld.Where(r => Valid(r) >= rules.NothingBelow).All(r => columns.Select((c, i) => (Count: Sum([r], c.Choices), i))
            .Where(c => c.Count > 0 && (c.Count < minimum || !IsLargeEnough(r)))
            .All(c => table.CouldBe(r, c.i, rules.LeastPossible, small, oneOf, minimum)));

        bool IsLargeEnough(int r) => Valid(r) >= rules.SharesFrom;
        int Rung(int r) => Math.Min(levels[r], CountLevel) - 1;
        bool IsLargerThanOneShown(int r, int rung) => SubtractionRule.IsLargerThanAny(r, Enumerable.Range(0, levels.Length).Where(o => levels[o] <= rung), Valid);
        WithheldTable.Smallness Smallness(int r) => new(r, [.. rungs[Rung(r)].Select(g => MaskOf(columns, g))]);
    }

    // Of don't know only the sum is known: how many were asked in a region is not printed where its share is not.
    private bool KeepsEnoughDontKnow(IReadOnlyList<int> withheld, IReadOnlyList<int> regions, int[] levels)
    {
        long sum = Sum(withheld, dontKnow);
        var table = new WithheldTable([sum, sum * (withheld.Count - 1)]);
        foreach (int r in withheld)
        {
            table.Add(r, 3, sum);
        }

        bool MayBeForItsBase(int r) => levels[r] >= NothingLevel || Asked(r) < rules.SharesFrom || Valid(r) < minimum;
        var small = withheld.Where(r => !MayBeForItsBase(r) && SubtractionRule.IsLargerThanAny(r, regions.Except(withheld), Asked)).Select(Smallness).ToList();
        var oneOf = small.Count > 0 || withheld.Any(MayBeForItsBase) ? [] : withheld.Select(Smallness).ToList();
        return withheld.Where(r => levels[r] < NothingLevel && Sum([r], dontKnow) is > 0 and var unsure && unsure < minimum).All(r => table.CouldBe(r, 0, rules.LeastPossible, small, oneOf, minimum));

        static WithheldTable.Smallness Smallness(int r) => new(r, [1]);
    }

    private static int MaskOf(IReadOnlyList<RungPart> columns, RungPart group) =>
        columns.Select((c, i) => c.Choices.All(group.Choices.Contains) ? 1 << i : 0).Sum();

    private bool IsUnanimous(int rung, IReadOnlyList<int> cells) => rungs[rung].Count(part => Sum(cells, part.Choices) > 0) == 1;

    private bool MayShowDontKnow(IReadOnlyList<int> cells)
    {
        long valid = cells.Sum(Valid), unsure = Sum(cells, dontKnow);
        return valid + unsure >= rules.SharesFrom && IsNoneOrEnough(unsure, minimum) && IsNoneOrEnough(valid, minimum);
    }

    private static bool IsNoneOrEnough(long count, int minimum) => count == 0 || count >= minimum;

    /// <summary>
    /// The world's headline with each region counting by its members. Strata are the regions with a headline of their own; all others are one stratum, whose answers follow from the world's and theirs, so that nothing is told
    /// that is not known; members of regions without any answer count with the smallest stratum. Null where there are no two strata, or the one of the others is too small to carry shares.
    /// </summary>
    public WeightedHeadline? Weighted(RatingFigures figures)
    {
        if (figures.World.Headline is null)
        {
            return null;
        }

        var strata = new List<Stratum>();
        var others = new List<int>();
        foreach (var (cell, r) in figures.Regions.Select((c, r) => (c, r)))
        {
            if (cell.Headline is null)
            {
                others.Add(r);
            }
            else
            {
                strata.Add(StratumOf([r]));
            }
        }

        if (others.Sum(Valid) > 0)
        {
            strata.Add(StratumOf(others));
        }
        else if (strata.Count > 0 && others.Sum(r => counts.Regions[r].Population) is > 0 and var silent)
        {
            // Members of whom none answered count with the smallest stratum.
            int smallest = strata.IndexOf(strata.MinBy(s => s.Answers.Total));
            strata[smallest] = strata[smallest] with { Members = strata[smallest].Members + silent };
        }

        if (strata.Count < 2 || strata.Exists(s => s.Answers.Total < rules.SharesFrom || s.Members == 0))
        {
            return null;
        }

        var weighted = WeightedFigure.Of(strata, question.Measure!.IsNetBalance);
        int value = WholePoints.Of(weighted.Value);
        var (low, high) = WholePoints.Around(value, weighted.Range);
        return new WeightedHeadline(value, low, high, Math.Round(weighted.DesignEffect, 2, MidpointRounding.AwayFromZero), (int)Math.Floor(weighted.EffectiveAnswers));

        Stratum StratumOf(IReadOnlyList<int> cells) =>
            new(cells.Sum(r => counts.Regions[r].Population), new(Sum(cells, question.Measure!.Positive), Sum(cells, question.Measure.Negative), cells.Sum(Valid)));
    }

    private RatingCell Cell(int cell, int level, bool showsDontKnow)
    {
        string slug = counts.Slug(cell);
        if (level == NothingLevel)
        {
            return new RatingCell(slug, CellTreatment.Hidden, null, null, null, null, null);
        }

        long valid = Valid(cell);
        int? unsure = showsDontKnow && dontKnow.Count > 0 ? Share.Of(Sum([cell], dontKnow), Asked(cell)).InPercent : null;
        if (level == CountLevel)
        {
            return new RatingCell(slug, CellTreatment.CountOnly, (int)valid, unsure, null, null, null);
        }

        var shares = LargestRemainder.Percents([.. rungs[level].Select(part => Sum([cell], part.Choices))]);
        var treatment = valid < rules.PlainFrom ? CellTreatment.SmallBase : CellTreatment.Plain;
        return new RatingCell(slug, treatment, (int)valid, unsure, level, shares, HeadlineOf(cell, level, shares));
    }

    // The value is the sum of the printed shares, so that a reader who adds them up finds it.
    private Headline? HeadlineOf(int cell, int rung, IReadOnlyList<int> shares)
    {
        if (question.Measure is not { } measure
            || Printed(measure.Positive, rung, shares) is not { } positive
            || Printed(measure.Negative, rung, shares) is not { } negative)
        {
            return null;
        }
        var exact = Exact(cell);
        var range = measure.IsNetBalance ? exact.Balance.Range : WilsonInterval.Of(exact.Positive, exact.Total);
        var (low, high) = WholePoints.Around(positive - negative, range);
        return new Headline(positive - negative, low, high);
    }

    // Null when the choices are not whole groups of this rung: it has no such headline.
    private int? Printed(IReadOnlyList<string> choices, int rung, IReadOnlyList<int> shares)
    {
        int sum = 0;
        for (int i = 0; i < shares.Count; i++)
        {
            var part = rungs[rung][i].Choices;
            int inside = part.Count(choices.Contains);
            if (inside == part.Count)
            {
                sum += shares[i];
            }
            else if (inside > 0)
            {
                return null;
            }
        }
        return sum;
    }

    /// <summary>Choices that are published together on a rung.</summary>
    internal sealed record RungPart(string Code, IReadOnlyList<string> Choices);

    /// <summary>How coarse cells must be at least, by their numbers; and those whose don't-know share stays withheld.</summary>
    internal sealed record Floors(IReadOnlyDictionary<int, int> Levels, IReadOnlySet<int> WithoutDontKnow)
    {
        public static Floors None { get; } = new(new Dictionary<int, int>(), new HashSet<int>());

        public int Of(int cell) => Levels.GetValueOrDefault(cell);

        public bool AllowsDontKnow(int cell) => !WithoutDontKnow.Contains(cell);
    }
}
