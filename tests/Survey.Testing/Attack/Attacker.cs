using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Tallies;

namespace Survey.Testing.Attack;

/// <summary>
/// The attacker of methods.md 2.7: reads the published files, knows the printed rules, and is given more than is printed: the exact counts behind the rounded per cents. What he concludes of the counts that are withheld is worked out by
/// an integer solver and by rank, apart from the pass.
/// </summary>
public sealed class Attacker
{
    private const int Least = 3;
    private static readonly DisclosureRules Rules = new();

    private readonly RoundInput round;
    private readonly PublishedFiles files;
    private readonly Counts counts;
    private readonly List<(string Point, RatingFigures Figures)> ratings;
    private readonly List<(string Point, SeveralFigures Figures)> several;

    private Attacker(RoundInput round, PublishedFiles files)
    {
        (this.round, this.files, counts) = (round, files, new Counts(round, files));
        ratings = [.. files.Ratings(round.Questionnaire)];
        several = [.. files.Several(round.Questionnaire, [.. round.Plan.Points.Select(p => p.Slug)])];
    }

    /// <summary>A count that is withheld, and what is known of it; <see cref="Alone"/> is what the bases alone tell, which no rule keeps.</summary>
    public sealed record Attack(string What, IntegerProgram Program, int[] Target, long Truth, IntegerProgram? Alone = null, int[]? AloneTarget = null)
    {
        /// <summary>Whether the count could still be three numbers, or as many as the bases alone leave.</summary>
        public bool IsKept() => (!Program.IsDetermined(Target) && Program.CouldBe(Target, Truth, Least))
            || (Alone is not null && Enumerable.Range(2, Least - 1).All(n => !Alone.CouldBe(AloneTarget!, Truth, n) || Program.CouldBe(Target, Truth, n)));
    }

    /// <summary>The hidden counts of a round that the rules promise to keep, each with all that is known of it.</summary>
    public static IEnumerable<Attack> On(RoundInput round, PublishedFiles files)
    {
        var attacker = new Attacker(round, files);
        return attacker.ratings.Where(r => r.Figures.Regions.Count > 1 && r.Figures.World.Shares is not null).SelectMany(r => attacker.OnRating(r.Point, r.Figures))
            .Concat(attacker.several.SelectMany(s => attacker.OnSeveral(s.Point, s.Figures)))
            .Concat(attacker.ratings.Select(r => r.Point).Where(p => p.Length > 0).Distinct().SelectMany(attacker.OnDontKnow));
    }

    private IEnumerable<Attack> OnRating(string point, RatingFigures figures)
    {
        var question = round.Questionnaire.Question(figures.Question)!;
        int minimum = MinimumOf(question), last = figures.Rungs.Count - 1;
        string[] choices = [.. question.SubstantiveChoices.Select(c => c.Code)];
        var rows = figures.Regions.Where(r => N(r) > 0).ToList();
        // Where all agree everything is known, and may be.
        if (choices.Count(c => rows.Sum(r => Of(r, c)) > 0) <= 1)
        {
            yield break;
        }

        var program = new IntegerProgram();
        var x = rows.ToDictionary(r => r.Region, r => choices.ToDictionary(c => c, c => program.Unknown(Of(r, c))));
        int[] Group(RatingCell row, string group) => [.. ChoicesOf(question, group).Select(c => x[row.Region][c])];
        foreach (string group in figures.Rungs[figures.World.Rung!.Value])
        {
            program.Know(rows.SelectMany(r => Group(r, group)), rows.Sum(r => ChoicesOf(question, group).Sum(c => Of(r, c))));
        }

        foreach (var row in rows)
        {
            // The base of a hidden region is not printed, but he is given it.
            program.Know(x[row.Region].Values, N(row));
            foreach (string group in row.Rung is { } rung ? figures.Rungs[rung] : [])
            {
                program.Know(Group(row, group), ChoicesOf(question, group).Sum(c => Of(row, c)));
            }
        }

        // Why a region is withheld on the rung below the one it is shown on: a count there is small, or it keeps a smaller one company; the latter never for one larger than one that is shown.
        int Withheld(RatingCell row) => (row.Rung ?? (last + 1)) - 1;
        bool IsShown(RatingCell row, int rung) => row.Rung is { } own && own <= rung;
        IEnumerable<(int[], int)> Small(RatingCell row) => figures.Rungs[Withheld(row)].Select(g => (Group(row, g), minimum));
        var withheld = rows.Where(r => !IsShown(r, figures.World.Rung.Value)).ToList();
        // Who works on a point may be withheld for the sake of don't know, so that nothing is said of its own counts.
        bool isForItself = question.Role != QuestionRole.Work;
        foreach (var row in withheld.Where(r => isForItself && r.Treatment != CellTreatment.Hidden && N(r) >= Rules.SharesFrom && rows.Exists(o => IsShown(o, Withheld(r)) && N(o) < N(r))))
        {
            program.KnowOneIsSmall(Small(row));
        }

        if (withheld.Count > 0 && isForItself)
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
            if (figures.Rungs[rung].Count(g => rows.Sum(r => ChoicesOf(question, g).Sum(c => Of(r, c))) > 0) == 1)
            {
                continue;
            }

            foreach (var row in withheld.Where(r => r.Treatment != CellTreatment.Hidden && !IsShown(r, rung)))
            {
                foreach (string group in figures.Rungs[rung])
                {
                    long truth = ChoicesOf(question, group).Sum(c => Of(row, c));
                    if (truth > 0 && (truth < minimum || N(row) < Rules.SharesFrom) && attacked.Add((row.Region, group)))
                    {
                        yield return new Attack($"{point} {figures.Question} {row.Region} {group}", program, Group(row, group), truth);
                    }
                }
            }
        }

        long Of(RatingCell row, string choice) => counts.Of(row.Region, point, question.Key, choice);
        long N(RatingCell row) => choices.Sum(c => Of(row, c));
    }

    // One system for a question where a maximum of choices is asked for, since that joins them; else one for each choice.
    private IEnumerable<Attack> OnSeveral(string point, SeveralFigures figures)
    {
        var rows = figures.Regions.Where(r => N(r) > 0).ToList();
        int? maximum = round.Questionnaire.Question(figures.Question)!.Maximum;
        var all = Enumerable.Range(0, figures.Choices.Count).ToList();
        return maximum is null ? all.SelectMany(c => Of([c])) : Of(all);

        List<Attack> Of(List<int> choices)
        {
            var program = new IntegerProgram();
            var picked = choices.SelectMany(c => rows.Select(r => (Cell: (r.Region, c), Unknown: program.Unknown(Picked(r, c))))).ToDictionary(p => p.Cell, p => p.Unknown);
            var attacks = choices.Where(c => rows.Count > 1 || maximum is not null).SelectMany(c => OnChoice(program, c, r => picked[(r.Region, c)])).ToList();
            if (maximum is { } most)
            {
                foreach (var row in rows)
                {
                    int unused = program.Unknown((most * N(row)) - choices.Sum(c => Picked(row, c)));
                    program.Know(choices.Select(c => picked[(row.Region, c)]).Append(unused), most * N(row));
                }
            }

            return attacks;
        }

        List<Attack> OnChoice(IntegerProgram program, int c, Func<SeveralCell, int> picked)
        {
            long inWorld = rows.Sum(r => Picked(r, c));
            var isTold = figures.World.Shares?[c] is not null;
            var not = rows.ToDictionary(r => r.Region, r => program.Unknown(N(r) - Picked(r, c)));
            if (isTold)
            {
                program.Know(rows.Select(picked), inWorld);
            }

            foreach (var row in rows)
            {
                program.Know([picked(row), not[row.Region]], N(row));
                if (row.Shares?[c] is not null)
                {
                    program.Know([picked(row)], Picked(row, c));
                }
            }

            if ((!isTold && maximum is null) || inWorld == 0 || inWorld == rows.Sum(N))
            {
                return [];
            }

            // A choice that is withheld beside others may be so for the maximum's sake, and then need not be small.
            var withheld = rows.Where(r => r.Shares?[c] is null).ToList();
            bool IsForItself(SeveralCell row) => isTold && (maximum is null || row.Shares?.Count(s => s is null) == 1);
            bool IsForItsBase(SeveralCell row) => row.Treatment == CellTreatment.Hidden || N(row) < Rules.SharesFrom;
            IEnumerable<(int[], int)> Small(SeveralCell row) => [([picked(row)], Rules.CountMinimum), ([not[row.Region]], Rules.CountMinimum)];
            foreach (var row in withheld.Where(r => IsForItself(r) && !IsForItsBase(r) && rows.Exists(o => o.Shares?[c] is not null && N(o) < N(r))))
            {
                program.KnowOneIsSmall(Small(row));
            }

            if (withheld.Count > 0 && !withheld.Exists(IsForItsBase) && withheld.TrueForAll(IsForItself))
            {
                program.KnowOneIsSmall(withheld.SelectMany(Small));
            }

            return [.. withheld.Where(r => r.Treatment != CellTreatment.Hidden && N(r) >= (isTold ? 0 : Rules.SharesFrom) && Math.Min(Picked(r, c), N(r) - Picked(r, c)) is > 0 and var few && few < Rules.CountMinimum)
                .Select(row => new Attack($"{point} {figures.Question} {row.Region} {figures.Choices[c]}", program, [picked(row)], Picked(row, c)))];
        }

        long Picked(SeveralCell row, int choice) => counts.Of(row.Region, point, figures.Question, figures.Choices[choice]);
        long N(SeveralCell row) => counts.Of(row.Region, point, figures.Question, TallyRow.Answered);
    }

    // Don't know and blanks of all ratings of a point, with who was asked and every base, in one system.
    private IEnumerable<Attack> OnDontKnow(string point)
    {
        if (round.Questionnaire.WithRole(QuestionRole.Work) is not { } work || ratings.FirstOrDefault(r => r.Point == point && r.Figures.Question == work.Key).Figures is not { } worked || worked.Regions.Count < 2)
        {
            yield break;
        }

        var asking = round.Questionnaire.Questions.Where(q => q.When?.Question == work.Key).ToList();
        var (told, alone) = (SystemOf(point, work, worked, asking), SystemOf(point, work, null, asking));
        foreach (var target in told.Kept)
        {
            yield return new Attack($"{point} {target.Question} {target.Region} don't know", told.Program, [told.Unsure[target]], counts.Of(target.Region, point, target.Question, UnsureOf(target.Question)), alone.Program, [alone.Unsure[target]]);
        }
    }

    private PointSystem SystemOf(string point, Question work, RatingFigures? worked, List<Question> asking)
    {
        var system = new PointSystem(new IntegerProgram(), [], []);
        var program = system.Program;
        string[] regions = [.. files.Regions(round.Tally.Round).Keys];
        var parts = regions.ToDictionary(r => r, r => work.Choices.ToDictionary(c => c.Code, c => program.Unknown(Of(r, work.Key, c.Code))));
        var silent = regions.ToDictionary(r => r, r => program.Unknown(Responses(r) - work.Choices.Sum(c => Of(r, work.Key, c.Code))));
        bool IsAsked(Question question, string choice) => question.When!.AnyOf is not { Count: > 0 } some || some.Contains(choice);
        int[] NotAsked(Question question, string r) => [.. work.Choices.Where(c => !IsAsked(question, c.Code)).Select(c => parts[r][c.Code]), silent[r]];
        foreach (string r in regions)
        {
            program.Know([.. parts[r].Values, silent[r]], Responses(r));
        }

        if (worked is not null)
        {
            foreach (var cell in worked.Regions.Append(worked.World).Where(c => c.ValidN is not null))
            {
                string[] of = cell.Region == Cube.World ? regions : [cell.Region];
                program.Know(of.Select(r => silent[r]), of.Sum(r => Responses(r) - work.Choices.Sum(c => Of(r, work.Key, c.Code))));
                foreach (string group in cell.Rung is { } rung ? worked.Rungs[rung] : [])
                {
                    var choices = ChoicesOf(work, group);
                    program.Know(of.SelectMany(r => choices.Select(c => parts[r][c])), of.Sum(r => choices.Sum(c => Of(r, work.Key, c))));
                }
            }
        }

        foreach (var question in asking)
        {
            if (ratings.FirstOrDefault(r => r.Point == point && r.Figures.Question == question.Key).Figures is { } figures)
            {
                AddRating(question, figures);
            }
            else if (several.FirstOrDefault(s => s.Point == point && s.Figures.Question == question.Key).Figures is { } bases)
            {
                foreach (var cell in bases.Regions.Append(bases.World).Where(c => c.AnsweredN is not null))
                {
                    string[] of = cell.Region == Cube.World ? regions : [cell.Region];
                    int blank = program.Unknown(of.Sum(r => work.Choices.Where(c => IsAsked(question, c.Code)).Sum(c => Of(r, work.Key, c.Code)) - Of(r, question.Key, TallyRow.Answered)));
                    program.Know([.. of.SelectMany(r => NotAsked(question, r)), blank], of.Sum(r => Responses(r) - Of(r, question.Key, TallyRow.Answered)));
                }
            }
        }

        return system;

        void AddRating(Question question, RatingFigures figures)
        {
            string code = UnsureOf(question.Key);
            int minimum = MinimumOf(question);
            long Valid(string r) => question.SubstantiveChoices.Sum(c => Of(r, question.Key, c.Code));
            long Unsure(string r) => Of(r, question.Key, code);
            long Asked(string r) => Valid(r) + Unsure(r);
            var unsure = regions.ToDictionary(r => r, r => program.Unknown(Unsure(r)));
            foreach (string r in regions)
            {
                // The base of a hidden region is not printed, but he is given it.
                int blank = program.Unknown(work.Choices.Where(c => IsAsked(question, c.Code)).Sum(c => Of(r, work.Key, c.Code)) - Asked(r));
                program.Know([.. NotAsked(question, r), unsure[r], blank], Responses(r) - Valid(r));
                system.Unsure[(question.Key, r)] = unsure[r];
            }

            if (figures.World.DontKnowShare is null)
            {
                return;
            }

            program.Know(unsure.Values, regions.Sum(Unsure));
            var cells = regions.Select(r => figures.Cell(r)!).ToList();
            foreach (var cell in cells.Where(c => c.DontKnowShare is not null))
            {
                program.Know([unsure[cell.Region]], Unsure(cell.Region));
            }

            // Why a share is withheld: one or two said so, unless the number of organisations is withheld or is small; or it keeps a smaller one company.
            var hidden = cells.Where(c => c.DontKnowShare is null && Asked(c.Region) > 0).ToList();
            var small = hidden.Where(c => c.Treatment != CellTreatment.Hidden && Asked(c.Region) >= Rules.SharesFrom && Valid(c.Region) >= minimum).ToList();
            var larger = small.Where(c => cells.Exists(o => o.DontKnowShare is not null && Asked(o.Region) > 0 && Asked(o.Region) < Asked(c.Region))).ToList();
            foreach (var cell in larger)
            {
                program.KnowOneIsSmall([([unsure[cell.Region]], minimum)]);
            }

            if (larger.Count == 0 && hidden.Count > 0 && small.Count == hidden.Count)
            {
                program.KnowOneIsSmall(hidden.Select(c => (new[] { unsure[c.Region] }, minimum)));
            }

            system.Kept.AddRange(hidden.Where(c => c.ValidN is not null && Unsure(c.Region) > 0 && Unsure(c.Region) < minimum).Select(c => (question.Key, c.Region)));
        }

        long Of(string region, string question, string choice) => counts.Of(region, point, question, choice);
    }

    private long Responses(string region)
    {
        var members = files.Regions(round.Tally.Round)[region];
        return round.Tally.Regions.Where(r => members.Contains(r.Region)).Sum(r => r.Responses);
    }

    private string UnsureOf(string question) => round.Questionnaire.Question(question)!.Choices.FirstOrDefault(c => c.Meaning == ChoiceMeaning.DontKnow)?.Code ?? "";

    private static int MinimumOf(Question question) => question.Kind == QuestionKind.Scale || question.Role is QuestionRole.State or QuestionRole.Change ? Rules.RatingMinimum : Rules.CountMinimum;

    private static IReadOnlyList<string> ChoicesOf(Question question, string group) =>
        question.Rungs.SelectMany(r => r.Groups).FirstOrDefault(g => g.Code == group)?.Choices ?? group.Split('+');

    private sealed record PointSystem(IntegerProgram Program, Dictionary<(string Question, string Region), int> Unsure, List<(string Question, string Region)> Kept);

    /// <summary>The true counts, by published region.</summary>
    private sealed class Counts(RoundInput round, PublishedFiles files)
    {
        private readonly Dictionary<(string, string, string, string), long> of = Sum(round, files.Regions(round.Tally.Round));

        public long Of(string region, string point, string question, string choice) => of.GetValueOrDefault((region, point, question, choice));

        private static Dictionary<(string, string, string, string), long> Sum(RoundInput round, IReadOnlyDictionary<string, string[]> regions)
        {
            var published = regions.SelectMany(r => r.Value.Select(m => (m, r.Key))).ToDictionary(x => x.m, x => x.Key);
            return round.Tally.Rows.GroupBy(r => (published.GetValueOrDefault(r.Region, ""), r.Point, r.Question, r.Choice)).ToDictionary(g => g.Key, g => g.Sum(r => r.Count));
        }
    }
}
