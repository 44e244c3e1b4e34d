using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Tallies;

namespace Survey.Testing.Attack;

/// <summary>
/// The attacker of methods.md 2.7: reads the published files, knows the printed rules, and is given more than is printed: the exact counts behind the rounded per cents. What he concludes of the counts that are withheld is worked out by
/// an integer solver and by rank, apart from the pass. Of two versions of a report he is given by how much every count changed as well, so that no number of changes that is told anywhere could help him further: an answer of the version
/// before stayed, left or is new, and those that left or are new are known.
/// </summary>
public sealed class Attacker
{
    private const int Least = 3;
    private static readonly DisclosureRules Rules = new();

    private readonly RoundInput round;
    private readonly List<(string Point, RatingFigures Figures)>? before;
    private readonly Copy copy;
    private readonly Copy? later;
    // The parts into which the regions of both versions cut the members: by the region's slug in the first and in the later one.
    private readonly Dictionary<string, string[]> pieces;
    private readonly Dictionary<string, string[]> piecesOf, laterPiecesOf;

    private Attacker(RoundInput round, PublishedFiles files, (RoundInput Round, PublishedFiles Files)? later, PublishedFiles? before)
    {
        (this.round, this.before) = (round, before?.Ratings(round.Questionnaire).ToList());
        copy = new Copy(round, files);
        this.later = later is { } second ? new Copy(second.Round, second.Files) : null;
        var placed = copy.Regions.SelectMany(r => r.Value.Select(m => (Region: r.Key, Later: this.later?.RegionOf(m) ?? "", Member: m))).GroupBy(m => (m.Region, m.Later)).ToList();
        pieces = placed.ToDictionary(g => $"{g.Key}", g => g.Select(m => m.Member).ToArray());
        piecesOf = placed.GroupBy(g => g.Key.Region).ToDictionary(g => g.Key, g => g.Select(p => $"{p.Key}").ToArray());
        laterPiecesOf = placed.GroupBy(g => g.Key.Later).ToDictionary(g => g.Key, g => g.Select(p => $"{p.Key}").ToArray());
    }

    /// <summary>A count that is withheld, and what is known of it; <see cref="Alone"/> is what no rule keeps: what the bases alone tell or, of two versions, what the first and the changes tell.</summary>
    public sealed record Attack(string What, IntegerProgram Program, int[] Target, long Truth, IntegerProgram? Alone = null, int[]? AloneTarget = null)
    {
        /// <summary>Whether the count could still be three numbers, or as many as no rule keeps.</summary>
        public bool IsKept() => IsAlone || (!Program.IsDetermined(Target) && Program.CouldBe(Target, Truth, Least)) || IsToldAnyway();

        // The second version says nothing that does not follow from the first and the changes by itself.
        private bool IsAlone => Alone is not null && Program.IsNoMoreThan(Alone);

        private bool IsToldAnyway() => Alone is not null && Enumerable.Range(2, Least - 1).All(n => !Alone.CouldBe(AloneTarget!, Truth, n) || Program.CouldBe(Target, Truth, n));
    }

    /// <summary>The hidden counts of a round that the rules promise to keep, each with all that is known of it.</summary>
    public static IEnumerable<Attack> On(RoundInput round, PublishedFiles files) => new Attacker(round, files, null, null).All();

    /// <summary>The same of a version whose numbers correct those of another, by itself: nothing that is withheld says why, unless all was shown <paramref name="before"/>.</summary>
    public static IEnumerable<Attack> OnCorrection(RoundInput round, PublishedFiles files, PublishedFiles before) => new Attacker(round, files, null, before).All();

    /// <summary>The counts that a version hides and that are small there or in a later one, with all that both tell.</summary>
    public static IEnumerable<Attack> OnBoth(RoundInput round, PublishedFiles files, RoundInput corrected, PublishedFiles correctedFiles) => new Attacker(round, files, (corrected, correctedFiles), null).All();

    private IEnumerable<Attack> All() =>
        copy.Ratings.Where(r => r.Figures.Regions.Count > 1 && r.Figures.World.Shares is not null).SelectMany(r => OnRating(r.Point, r.Figures))
            .Concat(copy.Several.SelectMany(s => OnSeveral(s.Point, s.Figures)))
            .Concat(copy.Ratings.Select(r => r.Point).Where(p => p.Length > 0).Distinct().SelectMany(OnDontKnow));

    // Why something is withheld follows from the rules only where no version before is the reason.
    private bool IsExplained => before is null;

    private List<Attack> OnRating(string point, RatingFigures figures)
    {
        var question = round.Questionnaire.Question(figures.Question)!;
        int minimum = MinimumOf(question), last = figures.Rungs.Count - 1;
        string[] choices = [.. question.SubstantiveChoices.Select(c => c.Code)];
        var rows = figures.Regions.Where(r => N(copy, r) > 0).ToList();
        // Where all agree everything is known, and may be.
        if (choices.Count(c => rows.Sum(r => copy.Of(r.Region, point, question.Key, c)) > 0) <= 1)
        {
            return [];
        }

        bool IsShown(RatingCell row, int rung) => row.Rung is { } own && own <= rung;
        var withheld = rows.Where(r => !IsShown(r, figures.World.Rung!.Value)).ToList();
        var (told, target) = Told(later);
        var (alone, _) = later is null ? (null, null) : Told(null);
        var attacks = new List<Attack>();
        // A group that stands on two rungs is attacked once.
        var attacked = new HashSet<(string, string)>();
        for (int rung = figures.World.Rung!.Value; rung <= last; rung++)
        {
            // What all the world says, each region says: the world's figure tells it, and may.
            if (figures.Rungs[rung].Count(g => rows.Sum(r => Sum(copy, r, g)) > 0) == 1)
            {
                continue;
            }

            foreach (var row in withheld.Where(r => r.Treatment != CellTreatment.Hidden && !IsShown(r, rung)))
            {
                foreach (string group in figures.Rungs[rung])
                {
                    if ((IsSmall(copy, row, group) || (later is not null && IsSmall(later, row, group))) && attacked.Add((row.Region, group)))
                    {
                        int[] variables = target(row, group);
                        attacks.Add(new Attack($"{point} {figures.Question} {row.Region} {group}", told, variables, Sum(copy, row, group), alone, variables));
                    }
                }
            }
        }

        return attacks;

        (IntegerProgram Program, Func<RatingCell, string, int[]> Group) Told(Copy? second)
        {
            var program = new IntegerProgram();
            var x = rows.SelectMany(r => Pieces(r.Region)).ToDictionary(p => p, p => choices.ToDictionary(c => c, c => Unknown(program, of => of.Of(pieces[p], point, question.Key, c))));
            int[] Group(IEnumerable<string> of, string group) => [.. of.Where(x.ContainsKey).SelectMany(p => ChoicesOf(question, group).Select(c => x[p][c]))];
            int[] OfRow(RatingCell row, string group) => Group(Pieces(row.Region), group);
            foreach (string group in figures.Rungs[figures.World.Rung!.Value])
            {
                program.Know(Group(x.Keys, group));
            }

            foreach (var row in rows)
            {
                // The base of a hidden region is not printed, but he is given it.
                program.Know(Pieces(row.Region).SelectMany(p => x[p].Values));
                foreach (string group in row.Rung is { } rung ? figures.Rungs[rung] : [])
                {
                    program.Know(OfRow(row, group));
                }
            }

            KnowWhy();
            if (second?.Rating(point, question.Key) is { } then)
            {
                foreach (var cell in then.Regions.Append(then.World))
                {
                    var of = cell.Region == Cube.World ? [.. x.Keys] : LaterPieces(cell.Region).Where(x.ContainsKey).ToList();
                    if (cell.Region != Cube.World)
                    {
                        program.Know(of.SelectMany(p => x[p].Values));
                    }

                    foreach (string group in cell.Rung is { } rung ? then.Rungs[rung] : [])
                    {
                        program.Know(Group(of, group));
                    }
                }
            }

            return (program, OfRow);

            // Why a region is withheld on the rung below the one it is shown on: a count there is small, or it keeps a smaller one company; the latter never for one larger than one that is shown.
            void KnowWhy()
            {
                // Who works on a point may be withheld for the sake of don't know, so that nothing is said of its own counts.
                if (question.Role == QuestionRole.Work || withheld.Count == 0)
                {
                    return;
                }

                int Withheld(RatingCell row) => (row.Rung ?? (last + 1)) - 1;
                IEnumerable<(int[], int)> Small(RatingCell row, int rung) => figures.Rungs[rung].Select(g => (OfRow(row, g), minimum));
                if (!IsExplained)
                {
                    // All was shown before and nothing is now: one of the regions could not be shown as it was.
                    var was = rows.ConvertAll(r => (Row: r, Before: before!.Find(f => f.Point == point && f.Figures.Question == question.Key).Figures?.Cell(r.Region)?.Rung));
                    if (was.TrueForAll(w => w.Before is not null && w.Row.Treatment == CellTreatment.Hidden && N(copy, w.Row) >= Rules.SharesFrom))
                    {
                        program.KnowOneIsSmall(was.SelectMany(w => Small(w.Row, w.Before!.Value)));
                    }

                    return;
                }

                foreach (var row in withheld.Where(r => r.Treatment != CellTreatment.Hidden && N(copy, r) >= Rules.SharesFrom && rows.Exists(o => IsShown(o, Withheld(r)) && N(copy, o) < N(copy, r))))
                {
                    program.KnowOneIsSmall(Small(row, Withheld(row)));
                }

                int coarsest = withheld.Max(Withheld);
                var there = withheld.Where(r => Withheld(r) == coarsest).ToList();
                if (there.TrueForAll(r => r.Treatment != CellTreatment.Hidden && N(copy, r) >= Rules.SharesFrom))
                {
                    program.KnowOneIsSmall(there.SelectMany(r => Small(r, coarsest)));
                }
            }
        }

        bool IsSmall(Copy of, RatingCell row, string group) => Sum(of, row, group) is > 0 and var count && (count < minimum || N(of, row) < Rules.SharesFrom);
        long Sum(Copy of, RatingCell row, string group) => Pieces(row.Region).Sum(p => ChoicesOf(question, group).Sum(c => of.Of(pieces[p], point, question.Key, c)));
        long N(Copy of, RatingCell row) => Pieces(row.Region).Sum(p => choices.Sum(c => of.Of(pieces[p], point, question.Key, c)));
    }

    // One system for a question where a maximum of choices is asked for, since that joins them; else one for each choice.
    private IEnumerable<Attack> OnSeveral(string point, SeveralFigures figures)
    {
        var rows = figures.Regions.Where(r => N(copy, r.Region) > 0).ToList();
        int? maximum = round.Questionnaire.Question(figures.Question)!.Maximum;
        var all = Enumerable.Range(0, figures.Choices.Count).ToList();
        return maximum is null ? all.SelectMany(c => Of([c])) : Of(all);

        List<Attack> Of(List<int> choices)
        {
            var (told, target) = Told(choices, later);
            var (alone, _) = later is null ? (null, null) : Told(choices, null);
            return [.. choices.Where(c => rows.Count > 1 || maximum is not null).SelectMany(c => TargetsOf(c).Select(r =>
                new Attack($"{point} {figures.Question} {r.Region} {figures.Choices[c]}", told, target(r, c), Picked(copy, r.Region, c), alone, target(r, c))))];
        }

        // What is attacked of a choice: neither where the world's figure tells all, nor where there is none.
        IEnumerable<SeveralCell> TargetsOf(int c)
        {
            bool isTold = figures.World.Shares?[c] is not null;
            long inWorld = rows.Sum(r => Picked(copy, r.Region, c));
            return (!isTold && maximum is null) || inWorld == 0 || inWorld == rows.Sum(r => N(copy, r.Region)) ? [] : rows.Where(r =>
                r.Shares?[c] is null && r.Treatment != CellTreatment.Hidden && N(copy, r.Region) >= (isTold ? 0 : Rules.SharesFrom) && (IsSmall(copy, r) || (later is not null && IsSmall(later, r))));

            bool IsSmall(Copy of, SeveralCell row) => Math.Min(Picked(of, row.Region, c), N(of, row.Region) - Picked(of, row.Region, c)) is > 0 and var few && few < Rules.CountMinimum;
        }

        (IntegerProgram Program, Func<SeveralCell, int, int[]> Target) Told(List<int> choices, Copy? second)
        {
            var program = new IntegerProgram();
            string[] known = [.. rows.SelectMany(r => Pieces(r.Region))];
            var picked = choices.SelectMany(c => known.Select(p => (Piece: p, Choice: c))).ToDictionary(p => p, p => Unknown(program, of => of.Of(pieces[p.Piece], point, figures.Question, figures.Choices[p.Choice])));
            var not = choices.SelectMany(c => known.Select(p => (Piece: p, Choice: c)))
                .ToDictionary(p => p, p => Unknown(program, of => of.Of(pieces[p.Piece], point, figures.Question, TallyRow.Answered) - of.Of(pieces[p.Piece], point, figures.Question, figures.Choices[p.Choice])));
            foreach (int c in choices)
            {
                KnowOf(figures, c, r => [.. Pieces(r).Where(known.Contains)]);
                KnowWhy(c);
                if (second?.SeveralOf(point, figures.Question) is { } then)
                {
                    KnowOf(then, c, r => [.. LaterPieces(r).Where(known.Contains)]);
                }
            }

            if (maximum is { } most)
            {
                foreach (var row in rows)
                {
                    int unused = Unknown(program, of => (most * N(of, row.Region)) - choices.Sum(c => Picked(of, row.Region, c)));
                    program.Know(choices.SelectMany(c => Pieces(row.Region).Select(p => picked[(p, c)])).Append(unused));
                }
            }

            return (program, (row, c) => [.. Pieces(row.Region).Select(p => picked[(p, c)])]);

            void KnowOf(SeveralFigures of, int c, Func<string, string[]> partsOf)
            {
                int choice = of.Choices.ToList().IndexOf(figures.Choices[c]);
                foreach (var cell in of.Regions.Append(of.World))
                {
                    string[] there = cell.Region == Cube.World ? known : partsOf(cell.Region);
                    if (cell.Region != Cube.World)
                    {
                        program.Know(there.SelectMany(p => new[] { picked[(p, c)], not[(p, c)] }));
                    }

                    if (choice >= 0 && cell.Shares?[choice] is not null)
                    {
                        program.Know(there.Select(p => picked[(p, c)]));
                    }
                }
            }

            void KnowWhy(int c)
            {
                // A choice that is withheld beside others may be so for the maximum's sake, and then need not be small.
                bool isTold = figures.World.Shares?[c] is not null;
                long inWorld = rows.Sum(r => Picked(copy, r.Region, c));
                var withheld = rows.Where(r => r.Shares?[c] is null).ToList();
                bool IsForItself(SeveralCell row) => isTold && (maximum is null || row.Shares?.Count(s => s is null) == 1);
                bool IsForItsBase(SeveralCell row) => row.Treatment == CellTreatment.Hidden || N(copy, row.Region) < Rules.SharesFrom;
                IEnumerable<(int[], int)> Small(SeveralCell row) =>
                    [([.. Pieces(row.Region).Select(p => picked[(p, c)])], Rules.CountMinimum), ([.. Pieces(row.Region).Select(p => not[(p, c)])], Rules.CountMinimum)];
                if (!IsExplained || inWorld == 0 || inWorld == rows.Sum(r => N(copy, r.Region)))
                {
                    return;
                }

                foreach (var row in withheld.Where(r => IsForItself(r) && !IsForItsBase(r) && rows.Exists(o => o.Shares?[c] is not null && N(copy, o.Region) < N(copy, r.Region))))
                {
                    program.KnowOneIsSmall(Small(row));
                }

                if (withheld.Count > 0 && !withheld.Exists(IsForItsBase) && withheld.TrueForAll(IsForItself))
                {
                    program.KnowOneIsSmall(withheld.SelectMany(Small));
                }
            }
        }

        long Picked(Copy of, string region, int choice) => Pieces(region).Sum(p => of.Of(pieces[p], point, figures.Question, figures.Choices[choice]));
        long N(Copy of, string region) => Pieces(region).Sum(p => of.Of(pieces[p], point, figures.Question, TallyRow.Answered));
    }

    // Don't know and blanks of all ratings of a point, with who was asked and every base, in one system.
    private IEnumerable<Attack> OnDontKnow(string point)
    {
        if (round.Questionnaire.WithRole(QuestionRole.Work) is not { } work || copy.Rating(point, work.Key) is not { Regions.Count: > 1 })
        {
            yield break;
        }

        var asking = round.Questionnaire.Questions.Where(q => q.When?.Question == work.Key).ToList();
        var told = SystemOf(point, work, asking, isWorkTold: true, later);
        var alone = SystemOf(point, work, asking, isWorkTold: later is not null, null);
        foreach (var (question, region) in told.Kept)
        {
            yield return new Attack($"{point} {question} {region} don't know", told.Program, told.Unsure(question, region), copy.Of(region, point, question, UnsureOf(question)), alone.Program, alone.Unsure(question, region));
        }
    }

    private PointSystem SystemOf(string point, Question work, List<Question> asking, bool isWorkTold, Copy? second)
    {
        var program = new IntegerProgram();
        var unsure = new Dictionary<(string Question, string Piece), int>();
        var system = new PointSystem(program, [], (q, r) => [.. Pieces(r).Select(p => unsure[(q, p)])]);
        string[] regions = [.. copy.Regions.Keys];
        var parts = pieces.Keys.ToDictionary(p => p, p => work.Choices.ToDictionary(c => c.Code, c => Unknown(program, of => of.Of(pieces[p], point, work.Key, c.Code))));
        var silent = pieces.Keys.ToDictionary(p => p, p => Unknown(program, of => of.Responses(pieces[p]) - work.Choices.Sum(c => of.Of(pieces[p], point, work.Key, c.Code))));
        var blank = asking.Where(q => copy.Rating(point, q.Key) is not null || copy.SeveralOf(point, q.Key) is not null).SelectMany(q => pieces.Keys.Select(p => (q.Key, Piece: p, Question: q)))
            .ToDictionary(b => (b.Key, b.Piece), b => Unknown(program, of => Asked(of, b.Question, b.Piece) - Answered(of, b.Question, b.Piece)));
        foreach (string r in regions)
        {
            program.Know(Pieces(r).SelectMany(p => parts[p].Values.Append(silent[p])));
        }

        KnowWork(isWorkTold ? copy : null, Pieces);
        KnowWork(second, LaterPieces);
        foreach (var question in asking)
        {
            KnowBases(copy, Pieces, question);
            if (copy.Rating(point, question.Key) is { } figures)
            {
                AddRating(question, figures);
            }

            if (second is not null)
            {
                KnowBases(second, LaterPieces, question);
            }
        }

        return system;

        long Asked(Copy of, Question question, string p) => work.Choices.Where(c => IsAsked(question, c.Code)).Sum(c => of.Of(pieces[p], point, work.Key, c.Code));
        long Answered(Copy of, Question question, string p) => copy.Rating(point, question.Key) is not null
            ? question.SubstantiveChoices.Sum(c => of.Of(pieces[p], point, question.Key, c.Code)) + of.Of(pieces[p], point, question.Key, UnsureOf(question.Key))
            : of.Of(pieces[p], point, question.Key, TallyRow.Answered);
        int[] NotAsked(Question question, string p) => [.. work.Choices.Where(c => !IsAsked(question, c.Code)).Select(c => parts[p][c.Code]), silent[p]];

        void KnowWork(Copy? of, Func<string, string[]> partsOf)
        {
            if (of?.Rating(point, work.Key) is not { } worked)
            {
                return;
            }

            foreach (var cell in worked.Regions.Append(worked.World).Where(c => c.ValidN is not null))
            {
                var there = cell.Region == Cube.World ? [.. pieces.Keys] : partsOf(cell.Region);
                program.Know(there.Select(p => silent[p]));
                foreach (string group in cell.Rung is { } rung ? worked.Rungs[rung] : [])
                {
                    program.Know(there.SelectMany(p => ChoicesOf(work, group).Select(c => parts[p][c])));
                }
            }
        }

        // Who is not among the valid answers was not asked, does not know or left it out. The base of a hidden region's rating is not printed, but he is given it.
        void KnowBases(Copy of, Func<string, string[]> partsOf, Question question)
        {
            if (of.Rating(point, question.Key) is { } figures)
            {
                foreach (var p in pieces.Keys.Where(p => !unsure.ContainsKey((question.Key, p))))
                {
                    unsure[(question.Key, p)] = Unknown(program, c => c.Of(pieces[p], point, question.Key, UnsureOf(question.Key)));
                }

                foreach (var cell in figures.Regions)
                {
                    program.Know(partsOf(cell.Region).SelectMany(p => NotAsked(question, p).Append(unsure[(question.Key, p)]).Append(blank[(question.Key, p)])));
                }

                foreach (var cell in figures.Regions.Append(figures.World).Where(c => figures.World.DontKnowShare is not null && c.DontKnowShare is not null))
                {
                    program.Know((cell.Region == Cube.World ? [.. pieces.Keys] : partsOf(cell.Region)).Select(p => unsure[(question.Key, p)]));
                }
            }
            else if (of.SeveralOf(point, question.Key) is { } bases)
            {
                foreach (var cell in bases.Regions.Append(bases.World).Where(c => c.AnsweredN is not null))
                {
                    program.Know((cell.Region == Cube.World ? [.. pieces.Keys] : partsOf(cell.Region)).SelectMany(p => NotAsked(question, p).Append(blank[(question.Key, p)])));
                }
            }
        }

        void AddRating(Question question, RatingFigures figures)
        {
            if (figures.World.DontKnowShare is null)
            {
                return;
            }

            int minimum = MinimumOf(question);
            long Valid(string r) => question.SubstantiveChoices.Sum(c => copy.Of(r, point, question.Key, c.Code));
            long Unsure(Copy of, string r) => Pieces(r).Sum(p => of.Of(pieces[p], point, question.Key, UnsureOf(question.Key)));
            long All(string r) => Valid(r) + Unsure(copy, r);
            var cells = regions.Select(r => figures.Cell(r)!).ToList();

            // Why a share is withheld: one or two said so, unless the number of organisations is withheld or is small; or it keeps a smaller one company.
            var hidden = cells.Where(c => c.DontKnowShare is null && All(c.Region) > 0).ToList();
            var small = hidden.Where(c => IsExplained && c.Treatment != CellTreatment.Hidden && All(c.Region) >= Rules.SharesFrom && Valid(c.Region) >= minimum).ToList();
            var larger = small.Where(c => cells.Exists(o => o.DontKnowShare is not null && All(o.Region) > 0 && All(o.Region) < All(c.Region))).ToList();
            foreach (var cell in larger)
            {
                program.KnowOneIsSmall([(system.Unsure(question.Key, cell.Region), minimum)]);
            }

            if (larger.Count == 0 && hidden.Count > 0 && small.Count == hidden.Count)
            {
                program.KnowOneIsSmall(hidden.Select(c => (system.Unsure(question.Key, c.Region), minimum)));
            }

            bool IsFew(Copy of, string r) => Unsure(of, r) is > 0 and var few && few < minimum;
            system.Kept.AddRange(hidden.Where(c => c.ValidN is not null && (IsFew(copy, c.Region) || (later is not null && IsFew(later, c.Region)))).Select(c => (question.Key, c.Region)));
        }

        static bool IsAsked(Question question, string choice) => question.When!.AnyOf is not { Count: > 0 } some || some.Contains(choice);
    }

    // Of a count that changed is known by how much: it was at least what was taken from it.
    private int Unknown(IntegerProgram program, Func<Copy, long> count)
    {
        long truth = count(copy);
        return program.Unknown(truth, later is null ? 0 : Math.Max(0, truth - count(later)));
    }

    private string[] Pieces(string region) => piecesOf.GetValueOrDefault(region) ?? [];

    private string[] LaterPieces(string region) => laterPiecesOf.GetValueOrDefault(region) ?? [];

    private string UnsureOf(string question) => round.Questionnaire.Question(question)!.Choices.FirstOrDefault(c => c.Meaning == ChoiceMeaning.DontKnow)?.Code ?? "";

    private static int MinimumOf(Question question) => question.Kind == QuestionKind.Scale || question.Role is QuestionRole.State or QuestionRole.Change ? Rules.RatingMinimum : Rules.CountMinimum;

    private static IReadOnlyList<string> ChoicesOf(Question question, string group) =>
        question.Rungs.SelectMany(r => r.Groups).FirstOrDefault(g => g.Code == group)?.Choices ?? group.Split('+');

    private sealed record PointSystem(IntegerProgram Program, List<(string Question, string Region)> Kept, Func<string, string, int[]> Unsure);

    /// <summary>A version of the report as he has it: what its files say, and the counts behind them by region of the scheme.</summary>
    private sealed class Copy
    {
        private readonly Dictionary<(string Region, string Point, string Question, string Choice), long> counts;
        private readonly Dictionary<string, int> responses;
        private readonly Dictionary<string, string> regionOf;

        public Copy(RoundInput round, PublishedFiles files)
        {
            Ratings = [.. files.Ratings(round.Questionnaire)];
            Several = [.. files.Several(round.Questionnaire, [.. round.Plan.Points.Select(p => p.Slug)])];
            Regions = files.Regions(round.Tally.Round);
            regionOf = Regions.SelectMany(r => r.Value.Select(m => (m, r.Key))).ToDictionary(x => x.m, x => x.Key);
            counts = round.Tally.Rows.GroupBy(r => (r.Region, r.Point, r.Question, r.Choice)).ToDictionary(g => g.Key, g => g.Sum(r => r.Count));
            responses = round.Tally.Regions.ToDictionary(r => r.Region, r => r.Responses);
        }

        public IReadOnlyDictionary<string, string[]> Regions { get; }

        public List<(string Point, RatingFigures Figures)> Ratings { get; }

        public List<(string Point, SeveralFigures Figures)> Several { get; }

        public RatingFigures? Rating(string point, string question) => Ratings.Find(r => r.Point == point && r.Figures.Question == question).Figures;

        public SeveralFigures? SeveralOf(string point, string question) => Several.Find(s => s.Point == point && s.Figures.Question == question).Figures;

        public string? RegionOf(string member) => regionOf.GetValueOrDefault(member);

        public long Of(string[] members, string point, string question, string choice) => members.Sum(m => counts.GetValueOrDefault((m, point, question, choice)));

        public long Of(string region, string point, string question, string choice) => Of(Regions[region], point, question, choice);

        public long Responses(string[] members) => members.Sum(m => responses.GetValueOrDefault(m));
    }
}
