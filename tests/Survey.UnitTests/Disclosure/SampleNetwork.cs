using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Tallies;

namespace Survey.UnitTests.Disclosure;

/// <summary>A seeded network of organisations and what each answered, and the tally of it; small and lopsided on purpose.</summary>
internal sealed class SampleNetwork
{
    private List<Member> members = [];
    private readonly string[] points;
    private readonly Random? blanks;

    public SampleNetwork(int seed)
    {
        var random = new Random(seed);
        // In every second network one of ten ratings is left blank.
        blanks = seed % 2 == 0 ? null : new Random(seed + 77);
        points = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => $"point-{i}")];
        int regions = random.Next(1, 9);
        for (int r = 0; r < regions; r++)
        {
            int size = random.Next(4) switch { 0 => random.Next(0, 6), 1 => random.Next(0, 25), _ => random.Next(0, 90) };
            int mood = random.Next(0, 5);
            for (int i = 0; i < size; i++)
            {
                members.Add(Draw(random, $"region-{r}", mood));
            }
        }
    }

    /// <summary>The same network after one of its organisations corrected what it said: it answered like another one, of any region.</summary>
    public SampleNetwork Corrected(int seed)
    {
        var random = new Random(seed);
        var corrected = (SampleNetwork)MemberwiseClone();
        corrected.members = [.. members];
        if (members.Count > 0)
        {
            int who = random.Next(members.Count);
            corrected.members[who] = members[who] with { Answers = members[random.Next(members.Count)].Answers };
        }

        return corrected;
    }

    /// <summary>The same network counted anew after a correction: one organisation, or every tenth, answered like another, up to three stood in it twice and go, or two were left out and come.</summary>
    public SampleNetwork Changed(int seed)
    {
        var random = new Random(seed);
        var changed = (SampleNetwork)MemberwiseClone();
        changed.members = [.. members];
        switch (members.Count == 0 ? -1 : seed % 4)
        {
            case 0:
                return Corrected(seed);
            case 1:
                changed.members = [.. members.Select((m, i) => random.Next(10) == 0 ? m with { Answers = members[random.Next(members.Count)].Answers } : m)];
                break;
            case 2:
                for (int gone = random.Next(1, 4); gone > 0 && changed.members.Count > 0; gone--)
                {
                    changed.members.RemoveAt(random.Next(changed.members.Count));
                }

                break;
            case 3:
                changed.members.AddRange(Enumerable.Range(0, 2).Select(_ => members[random.Next(members.Count)]));
                break;
        }

        return changed;
    }

    public RoundInput Round(string slug, int shuffle = 0)
    {
        var rows = members.SelectMany(m => m.Answers.Select(a => (m.Region, a.Point, a.Question, a.Choice)))
            .GroupBy(x => x).Select(g => new TallyRow(g.Key.Region, g.Key.Point, g.Key.Question, g.Key.Choice, g.Count()));
        var regions = members.GroupBy(m => m.Region).Select(g => new RegionCount(g.Key, g.Count() + 3, g.Count(), 1, 0, 0));
        var types = members.GroupBy(m => m.Type).Select(g => new GroupCount(g.Key, g.Count() + 2, g.Count()));
        return new RoundInput(
            new RoundTally(slug, SampleRound.DataAsOf, Shuffled(rows, shuffle), Shuffled(regions, shuffle), Shuffled(types, shuffle), [], [], 7, 0, 0),
            SampleRound.Plan(points),
            SampleRound.Questionnaire);
    }

    public IReadOnlyList<MatchedPair> PairsWith(SampleNetwork earlier)
    {
        // The i-th organisation of a region is the same one in both.
        var before = earlier.Numbered();
        return
        [
            .. Numbered().Where(m => before.ContainsKey(m.Key)).SelectMany(m =>
                from now in m.Value.Answers
                join then in before[m.Key].Answers on (now.Point, now.Question) equals (then.Point, then.Question)
                where now.Question is "state" or "change"
                select (m.Value.Region, now.Point, now.Question, then.Choice, now.Choice))
                .GroupBy(x => x)
                .Select(g => new MatchedPair(g.Key.Region, g.Key.Point, g.Key.Question, g.Key.Item4, g.Key.Item5, g.Count())),
        ];
    }

    private Dictionary<(string, int), Member> Numbered() =>
        members.GroupBy(m => m.Region).SelectMany(g => g.Select((m, i) => (Key: (g.Key, i), m))).ToDictionary(x => x.Key, x => x.m);

    private static List<T> Shuffled<T>(IEnumerable<T> rows, int seed)
    {
        var list = rows.ToArray();
        new Random(seed).Shuffle(list);
        return [.. list];
    }

    private Member Draw(Random random, string region, int mood)
    {
        var answers = new List<(string Point, string Question, string Choice)>();
        foreach (string point in points)
        {
            string work = random.Next(3) switch { 0 => "directly", 1 => "follow", _ => "no" };
            answers.Add((point, "work", work));
            if (work == "no")
            {
                continue;
            }
            AddRating("state", Step(random, SampleRound.StateSteps, mood));
            AddRating("change", Step(random, SampleRound.ChangeSteps, mood));
            AddSeveral(answers, random, point, "actions", SampleRound.Deeds);

            void AddRating(string question, string choice)
            {
                if (blanks?.Next(10) is not 0)
                {
                    answers.Add((point, question, choice));
                }
            }
        }
        answers.Add(("", "led", random.Next(4) == 0 ? "yes" : "no"));
        answers.Add(("", "mood", random.Next(9) == 0 ? "good" : "bad"));
        AddSeveral(answers, random, "", "priorities", points);
        return new Member(region, $"type-{random.Next(random.Next(1, 7))}", answers);
    }

    private static void AddSeveral(List<(string, string, string)> answers, Random random, string point, string question, string[] choices)
    {
        if (random.Next(8) == 0)
        {
            return;
        }
        answers.Add((point, question, TallyRow.Answered));
        answers.AddRange(choices.Where((_, i) => random.Next(2 + (2 * i)) == 0).Select(c => (point, question, c)));
    }

    private static string Step(Random random, string[] steps, int mood) =>
        random.Next(9) == 0 ? "dk" : steps[random.Next(2) == 0 ? mood : Math.Min(random.Next(5), random.Next(5))];

    private sealed record Member(string Region, string Type, List<(string Point, string Question, string Choice)> Answers);
}
