using Survey.Domain.Questionnaires;
using Survey.Reporting.Tallies;

namespace Survey.Reporting.Disclosure;

/// <summary>
/// Decides how finely is published who works on a point. Those who do are asked to rate it: from who was asked and the number of valid ratings follows how many said don't know or nothing. So where a region's don't-know share is withheld
/// because one or two said so, the figures on who works there must leave at least <see cref="DisclosureRules.LeastPossible"/> values, to a reader who knows all bases of the point, all sums over regions and why shares are withheld; or at
/// least tell nothing that the bases alone do not tell. Where they would, that region goes to the next rung; then the smallest of the others, and at last the world; and so on with the rung after it.
/// Questions may be asked of different organisations: there is one of these for each set of answers by which they are, and the figures must keep the promise to all.
/// </summary>
internal sealed class WorkChoice
{
    // How far from the truth another spread of the organisations asked is looked for; one that is not found counts as impossible, which withholds more.
    private const int Farthest = 12;

    private readonly PublishedCounts counts;
    private readonly string point;
    private readonly Question work;
    private readonly DisclosureRules rules;
    private readonly IReadOnlySet<string> asked;
    private readonly List<int> regions;
    private readonly List<Rating> ratings = [];
    private readonly long[] least;

    /// <param name="counts">The round's counts.</param>
    /// <param name="point">The point.</param>
    /// <param name="work">Who works on it.</param>
    /// <param name="asked">The answers by which one is asked.</param>
    /// <param name="asking">The questions of the point that are asked of those who work on it, by whichever answers.</param>
    /// <param name="figuresOf">The figures of such a question with one answer.</param>
    /// <param name="isCorrection">Whether a version before is corrected: what is withheld may be so for its sake, and need not be small.</param>
    /// <param name="rules">The numbers to keep to.</param>
    public WorkChoice(PublishedCounts counts, string point, Question work, IReadOnlySet<string> asked, IReadOnlyList<Question> asking, Func<Question, RatingFigures> figuresOf, bool isCorrection, DisclosureRules rules)
    {
        (this.counts, this.point, this.work, this.rules) = (counts, point, work, rules);
        this.asked = asked;
        regions = [.. Enumerable.Range(0, counts.World)];
        least = new long[counts.World];
        // Of whom only some are asked, those who answered are at least as many. Those of a region whose base is withheld count too: the world less the regions shown tells their sum.
        foreach (var question in asking.Where(q => AskedBy(q, work).IsSubsetOf(asked)))
        {
            if (RoundFigures.HasOneAnswer(question))
            {
                var rating = new Rating(
                    figuresOf(question), RungChoice.MinimumOf(question, rules), [.. regions.Select(r => Sum(r, question, question.SubstantiveChoices))],
                    [.. regions.Select(r => Sum(r, question, question.Choices.Where(c => c.Meaning == ChoiceMeaning.DontKnow)))], isCorrection, rules);
                if (AskedBy(question, work).Count == asked.Count)
                {
                    ratings.Add(rating);
                }

                AtLeast(r => rating.Valid[r] + (rating.IsShown(r) ? rating.Unsure[r] : 0));
            }
            else if (question.Kind == QuestionKind.SeveralChoices)
            {
                AtLeast(r => counts.Of(r, point, question.Key, TallyRow.Answered));
            }
        }
    }

    /// <summary>The answers to who works on a point by which a question is asked.</summary>
    public static HashSet<string> AskedBy(Question question, Question work) =>
        (question.When!.AnyOf is { Count: > 0 } some ? some : work.Choices.Select(c => c.Code)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The figures on who works on the point, as far as all of <paramref name="choices"/> allow.</summary>
    public static RatingFigures Figures(IReadOnlyList<WorkChoice> choices, RungChoice.Floors floors)
    {
        var first = choices[0];
        var levels = new Dictionary<int, int>(floors.Levels);
        while (true)
        {
            var figures = new RungChoice(first.counts, first.point, first.work, first.rules, floors with { Levels = levels }).Figures();
            if (choices.Select(c => c.Told(figures)).FirstOrDefault(r => r is not null) is not { } region || first.Next(figures, region) is not { } next)
            {
                return figures;
            }

            levels[next.Cell] = next.Level;
        }
    }

    // A region of which the figures on who works there tell too much.
    private int? Told(RatingFigures figures)
    {
        var (told, alone) = (regions.ConvertAll(r => Asked(r, figures.Regions[r])), regions.ConvertAll(r => Asked(r, null)));
        var (world, anyone) = (Asked(counts.World, figures.World), Asked(counts.World, null));
        foreach (var rating in ratings)
        {
            foreach (int r in regions.Where(r => rating.IsKept(r)))
            {
                if (Values(rating, r, told, world) < Math.Min(rules.LeastPossible, Values(rating, r, alone, anyone)))
                {
                    return r;
                }
            }
        }

        return null;
    }

    private (int Cell, int Level)? Next(RatingFigures figures, int region)
    {
        var finest = regions.Append(counts.World).Select(c => (Cell: c, (c == counts.World ? figures.World : figures.Regions[c]).Rung)).Where(c => c.Rung is not null)
            .OrderBy(c => (c.Rung, c.Cell == region ? 0 : 1, c.Cell == counts.World, c.Cell == counts.World ? 0 : counts.Regions[c.Cell].Responses, c.Cell)).ToList();
        return finest is [var next, ..] ? (next.Cell, next.Rung!.Value + 1) : null;
    }

    // Between which numbers a reader finds how many of a cell were asked.
    private (long Low, long High) Asked(int cell, RatingCell? shown)
    {
        long n = cell == counts.World ? counts.Regions.Sum(r => r.Responses) : counts.Regions[cell].Responses;
        var (low, high) = (0L, n);
        if (shown?.Rung is { } rung)
        {
            var groups = RungChoice.RungsOf(work)[rung];
            low = groups.Where(g => g.Choices.All(asked.Contains)).Sum(g => g.Choices.Sum(c => counts.Of(cell, point, work.Key, c)));
            high = work.SubstantiveChoices.Sum(c => counts.Of(cell, point, work.Key, c.Code)) - groups.Where(g => !g.Choices.Any(asked.Contains)).Sum(g => g.Choices.Sum(c => counts.Of(cell, point, work.Key, c)));
        }

        return cell == counts.World ? (low, high) : (Math.Max(low, least[cell]), Math.Max(high, least[cell]));
    }

    // How many numbers the don't knows of a region are found to be possible: for each way in which the organisations asked could be spread otherwise over the regions, a little away from the truth, those that every rating of the point admits.
    private int Values(Rating rating, int region, List<(long Low, long High)> known, (long Low, long High) world)
    {
        var values = new HashSet<long>();
        foreach (long[] spread in Spreads(known, world))
        {
            if (ratings.TrueForAll(r => r == rating || r.IsPossible(spread)))
            {
                values.UnionWith(rating.Possible(region, spread));
                if (values.Count >= rules.LeastPossible)
                {
                    break;
                }
            }
        }

        return values.Count;
    }

    private IEnumerable<long[]> Spreads(List<(long Low, long High)> known, (long Low, long High) world)
    {
        long[] truth = [.. regions.Select(r => asked.Sum(c => counts.Of(r, point, work.Key, c)))];
        yield return truth;
        foreach (int by in Enumerable.Range(1, Farthest).SelectMany(n => new[] { n, -n }))
        {
            foreach (int one in regions)
            {
                // No other: one more or less in all, where the world's figure leaves that open.
                foreach (int other in regions.Prepend(-1).Where(o => o != one))
                {
                    long[] spread = [.. truth];
                    spread[one] += by;
                    if (other >= 0)
                    {
                        spread[other] -= by;
                    }

                    long all = spread.Sum();
                    if (all >= world.Low && all <= world.High && known.Select((k, r) => spread[r] >= k.Low && spread[r] <= k.High).All(k => k))
                    {
                        yield return spread;
                    }
                }
            }
        }
    }

    private void AtLeast(Func<int, long> known)
    {
        foreach (int r in regions)
        {
            least[r] = Math.Max(least[r], known(r));
        }
    }

    private long Sum(int cell, Question question, IEnumerable<Choice> choices) => choices.Sum(c => counts.Of(cell, point, question.Key, c.Code));

    private sealed class Rating
    {
        private readonly RatingFigures figures;
        private readonly int minimum;
        private readonly List<int> hidden = [];
        private readonly HashSet<int> small = [];
        private readonly List<int> oneOf = [];
        private readonly long sum;

        /// <param name="figures">The figures.</param>
        /// <param name="minimum">The smallest count that may be shown.</param>
        /// <param name="valid">The valid answers by region.</param>
        /// <param name="unsure">The don't knows by region.</param>
        /// <param name="isCorrection">Whether nothing follows from what is withheld.</param>
        /// <param name="rules">The numbers to keep to.</param>
        public Rating(RatingFigures figures, int minimum, IReadOnlyList<long> valid, IReadOnlyList<long> unsure, bool isCorrection, DisclosureRules rules)
        {
            (this.figures, this.minimum, Valid, Unsure) = (figures, minimum, valid, unsure);
            hidden.AddRange(Enumerable.Range(0, figures.Regions.Count).Where(r => !IsShown(r) && Asked(r) > 0));
            sum = hidden.Sum(r => unsure[r]);

            // Why a share is withheld is known too: one or two said so, unless the region or its answers are few, or it may keep a smaller one company.
            var forItself = hidden.Where(r => !isCorrection && figures.Regions[r].Treatment != CellTreatment.Hidden && Asked(r) >= rules.SharesFrom && valid[r] >= minimum).ToList();
            small.UnionWith(forItself.Where(r => SubtractionRule.IsLargerThanAny(r, Enumerable.Range(0, figures.Regions.Count).Where(IsShown), Asked)));
            if (small.Count == 0 && forItself.Count == hidden.Count)
            {
                oneOf.AddRange(hidden);
            }

            long Asked(int r) => valid[r] + unsure[r];
        }

        public IReadOnlyList<long> Valid { get; }

        public IReadOnlyList<long> Unsure { get; }

        public bool IsShown(int region) => figures.Regions.ElementAtOrDefault(region)?.DontKnowShare is not null;

        /// <summary>Whether a small number of don't knows is withheld there.</summary>
        public bool IsKept(int region) => figures.Regions.ElementAtOrDefault(region)?.ValidN is not null && !IsShown(region) && Unsure[region] > 0 && Unsure[region] < minimum;

        /// <summary>Whether this spread of organisations asked is possible for all that is shown.</summary>
        public bool IsPossible(long[] spread) => hidden.Count == 0 || Possible(hidden[0], spread).Any();

        /// <summary>What the don't knows of a region could be with this spread.</summary>
        public IEnumerable<long> Possible(int region, long[] spread)
        {
            if (figures.World.DontKnowShare is null)
            {
                return Numbers(Bounds(region));
            }

            var others = hidden.Where(r => r != region).ToList();
            return Numbers(Bounds(region)).Where(v => oneOf.Count == 0 || (v > 0 && v < minimum) ? Fits(others, null, v) : others.Exists(o => Fits(others, o, v)));

            // Whether the others could hold the rest; one of them, if given, a small number.
            bool Fits(List<int> others, int? little, long value)
            {
                var bounds = others.ConvertAll(o => o == little ? Little(Bounds(o)) : Bounds(o));
                return bounds.TrueForAll(b => b.Low <= b.High) && bounds.Sum(b => b.Low) <= sum - value && sum - value <= bounds.Sum(b => b.High);
            }

            (long Low, long High) Bounds(int r) => small.Contains(r) ? Little((0, spread[r] - Valid[r])) : (0, spread[r] - Valid[r]);
            (long Low, long High) Little((long Low, long High) bounds) => (Math.Max(1, bounds.Low), Math.Min(minimum - 1, bounds.High));
            static IEnumerable<long> Numbers((long Low, long High) bounds)
            {
                for (long v = bounds.Low; v <= bounds.High; v++)
                {
                    yield return v;
                }
            }
        }
    }
}
