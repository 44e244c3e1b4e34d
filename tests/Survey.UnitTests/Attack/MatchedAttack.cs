using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Tallies;
using Survey.Testing.Attack;
using Survey.UnitTests.Disclosure;

namespace Survey.UnitTests.Attack;

/// <summary>
/// The attacker's view of the organisations that answered in both rounds, for one question and point: how many said each choice then and each now, with those who joined and those who left, against what both reports print of the world.
/// </summary>
internal sealed class MatchedAttack
{
    public MatchedAttack(RoundInput now, RoundInput then, IReadOnlyList<MatchedPair> pairs, IReadOnlyDictionary<string, string> row, PublishedFiles files, PublishedFiles last)
    {
        var (point, question) = (row["point"], SampleRound.Questionnaire.Question(row["question"])!);
        string[] choices = [.. question.SubstantiveChoices.Select(c => c.Code)];
        var both = choices.SelectMany(b => choices.Select(a => (b, a))).ToDictionary(p => p, p => Both(p.b, p.a));
        var known = both.ToDictionary(p => p.Key, p => Program.Unknown(p.Value));
        var joined = choices.ToDictionary(c => c, c => Program.Unknown(All(now, c) - both.Where(p => p.Key.a == c).Sum(p => p.Value)));
        var left = choices.ToDictionary(c => c, c => Program.Unknown(All(then, c) - both.Where(p => p.Key.b == c).Sum(p => p.Value)));

        foreach (string[] group in Groups(files))
        {
            Program.Know(group.SelectMany(a => choices.Select(b => known[(b, a)]).Append(joined[a])), group.Sum(c => All(now, c)));
        }

        foreach (string[] group in Groups(last))
        {
            Program.Know(group.SelectMany(b => choices.Select(a => known[(b, a)]).Append(left[b])), group.Sum(c => All(then, c)));
        }

        Program.Know(known.Values, both.Values.Sum());
        foreach (int direction in new[] { -1, 0, 1 })
        {
            var moved = known.Where(k => Math.Sign(Step(k.Key.a) - Step(k.Key.b)) == direction).ToList();
            Program.Know(moved.Select(k => k.Value), moved.Sum(k => both[k.Key]));
        }

        // On the headline's sides, as the report has them.
        foreach (var cell in known.GroupBy(k => (Side(k.Key.b), Side(k.Key.a))))
        {
            long truth = cell.Sum(k => both[k.Key]);
            if (truth is 1 or 2)
            {
                Small.Add(([.. cell.Select(k => k.Value)], truth));
            }
        }

        long Both(string before, string after) => pairs.Where(p => p.Point == point && p.Question == question.Key && p.Before == before && p.After == after).Sum(p => p.Count);
        long All(RoundInput round, string choice) => round.Tally.Rows.Where(r => r.Point == point && r.Question == question.Key && r.Choice == choice).Sum(r => r.Count);
        int Side(string choice) => question.Measure!.Positive.Contains(choice) ? 1 : question.Measure.Negative.Contains(choice) ? -1 : 0;
        int Step(string choice) => question.Measure!.IsNetBalance ? Array.IndexOf(choices, choice) : Side(choice);
        IEnumerable<string[]> Groups(PublishedFiles of) =>
            of.Ratings(SampleRound.Questionnaire).Single(r => r.Point == point && r.Figures.Question == question.Key).Figures is { World.Rung: { } rung } figures ? figures.Rungs[rung].Select(g => g.Split('+')) : [];
    }

    public IntegerProgram Program { get; } = new();

    /// <summary>How many stood on one side then and on one now, where these are one or two, and what is known of it.</summary>
    public List<(int[] Target, long Truth)> Small { get; } = [];
}
