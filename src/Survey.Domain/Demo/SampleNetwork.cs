using Survey.Domain.Questionnaires;
using Survey.Domain.Responses;

namespace Survey.Domain.Demo;

/// <summary>
/// A made-up network with its rounds, in which nothing is uniform noise: organisations come and go, regions answer more or less readily, points advance or fall,
/// and each organisation keeps its own view from year to year. The same options and terms give the same network on any machine.
/// The organisations are made at once; a round's responses each time they are asked for, so that a large network needs the memory of one round.
/// </summary>
public sealed class SampleNetwork
{
    // In a year about seven in a hundred leave and somewhat more join.
    private const double Leaving = 0.07, Joining = 0.08;

    private static readonly Dictionary<string, double> UsualTypes = new(StringComparer.Ordinal)
    {
        ["ngo"] = 44,
        ["union"] = 10,
        ["faith"] = 14,
        ["diaspora"] = 19,
        ["academic"] = 6,
        ["other"] = 6,
    };

    private readonly SampleOptions options;
    private readonly SampleCorpus corpus;
    private readonly SampleSheets sheets;

    private SampleNetwork(SampleOptions options, IReadOnlyList<SampleTerms> terms, SampleCorpus corpus)
    {
        this.options = options;
        this.corpus = corpus;
        Rounds = terms;
        // A point keeps its place when an older or newer round asks others: places go by the newest round, then by those before it.
        var places = terms.Reverse().SelectMany(t => t.Points).Distinct(StringComparer.Ordinal).Index().ToDictionary(p => p.Item, p => p.Index, StringComparer.Ordinal);
        sheets = new(options.Seed, places, new SampleOpinions(options.Seed), corpus);
        Organisations = MakeOrganisations();
    }

    /// <summary>The terms of the rounds, oldest first.</summary>
    public IReadOnlyList<SampleTerms> Rounds { get; }

    /// <summary>Every organisation that was ever in the network, in the order of its code.</summary>
    public IReadOnlyList<SampleOrganisation> Organisations { get; }

    /// <summary>The sample network of these rounds (oldest first; the last one is open, the others are over).</summary>
    public static SampleNetwork Of(SampleOptions options, IReadOnlyList<SampleTerms> rounds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Organisations, SampleOptions.Fewest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Organisations, SampleOptions.Most);
        ArgumentOutOfRangeException.ThrowIfZero(rounds.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rounds.Count, SampleOptions.MostRounds);
        return new(options, rounds, SampleCorpus.Shipped);
    }

    /// <summary>A round's population with its responses, in the order of the organisations' codes.</summary>
    public IReadOnlyList<SampleInvitation> Population(int round)
    {
        var rotation = new SampleRotation(options.Seed, round);
        var quoted = new HashSet<string>(StringComparer.Ordinal);
        return [.. Organisations.Where(o => o.IsIn(round)).Select(o => new SampleInvitation(o, Rounds[round].RegionOf(o.Country)!, Response(o, round, rotation, quoted)))];
    }

    private SampleResponse? Response(SampleOrganisation organisation, int round, SampleRotation rotation, HashSet<string> quoted)
    {
        var terms = Rounds[round];
        var back = Rounds.Count - 1 - round;
        var isOpen = back == 0;
        var draw = SeededStream.Of(options.Seed, "response", organisation.Number, back);
        var area = corpus.Places.Areas.First(a => a.Slug == organisation.Area);
        var willing = area.Rate + Habit(organisation) + Season(area, back) + (0.8 * draw.Normal());
        var arrives = Arrival(draw);
        var isLate = !isOpen && draw.Happens(0.025);
        var sent = isLate ? SampleCalendar.OpenFor + Days(1.5 + (16 * draw.Share())) : SampleCalendar.OpenFor * arrives;
        var hasStarted = willing > 0 || draw.Happens(0.09);
        var hasSent = willing > 0 && !(isOpen && sent > SampleCalendar.OpenSoFar);
        // Some of those who will answer in the last weeks have begun.
        if (!hasStarted || (!hasSent && isOpen && willing > 0 && !draw.Happens(0.3)))
            return null;

        var language = LanguageOf(organisation, terms, draw);
        var pause = draw.Happens(0.35) ? Days(0.5 + (6 * draw.Share())) : TimeSpan.FromMinutes(12 + (int)(30 * draw.Share()));
        if (!hasSent)
        {
            var left = sent > SampleCalendar.OpenSoFar ? SampleCalendar.OpenSoFar * (0.3 + (0.69 * draw.Share())) : sent;
            var begun = sheets.Of(organisation, terms, back, language, draw.Below(terms.Points.Count), toTheEnd: false, 0, rotation).Sheet;
            return new(language, Floor(left * 0.97), Floor(left), [], begun, ReviewState.Unread, null, false, new Dictionary<string, QuoteReview>());
        }

        var started = sent - pause > TimeSpan.Zero ? sent - pause : sent * 0.5;
        var tired = draw.Happens(0.05);
        var points = tired ? 1 + draw.Below(terms.Points.Count) : terms.Points.Count;
        var (sheet, examples) = sheets.Of(organisation, terms, back, language, points, !tired, 0, rotation);
        var submissions = new List<SampleSubmission> { new(Floor(sent), sheet) };
        var end = isOpen ? SampleCalendar.OpenSoFar : isLate ? SampleCalendar.OpenFor + SampleCalendar.FrozenAfter : SampleCalendar.OpenFor;
        var again = sent + Days(0.2 + (6 * draw.Share()));
        if (draw.Happens(0.06) && again < end)
        {
            (sheet, examples) = sheets.Of(organisation, terms, back, language, points, !tired, 1, rotation);
            submissions.Add(new(Floor(again), sheet));
            sent = again;
        }

        // A few of the open round have gone on writing since they sent it.
        var draft = sheet;
        var changed = sent;
        var later = sent + Days(0.1 + (3 * draw.Share()));
        if (isOpen && draw.Happens(0.03) && later < end)
        {
            draft = sheets.Of(organisation, terms, back, language, points, !tired, 2, rotation).Sheet;
            changed = later;
        }

        var (review, reason) = Reviewed(isOpen, draw);
        return new(language, Floor(started), Floor(changed), submissions, draft, review, reason, isLate,
            examples.ToDictionary(e => e.Point, e => OfficeSays(e, organisation, terms, sheet, review, isOpen, draw, quoted), StringComparer.Ordinal));
    }

    /// <summary>An organisation's own readiness to answer, the same in every year.</summary>
    private double Habit(SampleOrganisation organisation) => organisation.Kind switch { "union" => -0.12, "faith" => 0.08, "academic" => 0.15, _ => 0 }
        + (organisation.IsDiscreet ? -0.2 : 0)
        + (0.6 * SeededStream.Of(options.Seed, "habit", organisation.Number).Normal());

    // The survey becomes known: each round is answered more readily than the one before; and areas have better and worse years.
    private double Season(SampleArea area, int back) =>
        (back switch { 0 => 0.24, 1 => 0.04, 2 => -0.10, _ => -0.16 }) + (0.05 * SeededStream.Of(options.Seed, "season:" + area.Slug, back).Normal());

    /// <summary>When in the round a response comes: at once, after the reminder, or in the last days.</summary>
    private static double Arrival(SeededStream draw)
    {
        var wave = draw.Share();
        var within = draw.Share();
        return wave < 0.42 ? 0.004 + (0.28 * within * within) : wave < 0.78 ? 0.40 + (0.24 * within) : 0.72 + (0.27 * within);
    }

    private static string LanguageOf(SampleOrganisation organisation, SampleTerms terms, SeededStream draw)
    {
        var language = draw.Happens(0.04) ? "en" : organisation.Language;
        return terms.Questionnaire.Title.Texts.ContainsKey(language) ? language : "en";
    }

    private (ReviewState Review, string? Reason) Reviewed(bool isOpen, SeededStream draw)
    {
        var reasons = corpus.In("en");
        var drawn = draw.Share();
        var which = draw.Share();
        return drawn < 0.012 ? (ReviewState.SetAside, At(reasons.SetAsideReasons, which))
            : drawn < 0.024 ? (ReviewState.HasQuestion, At(reasons.QuestionReasons, which))
            : isOpen && drawn < 0.6 ? (ReviewState.Unread, null)
            : (ReviewState.Accepted, null);
    }

    private static string? At(IReadOnlyList<string> reasons, double share) => reasons.Count == 0 ? null : reasons[(int)(share * reasons.Count)];

    /// <summary>The office reads quotes as an editor would: what another member said already it leaves out, and it never quotes a discreet organisation.</summary>
    private static QuoteReview OfficeSays(SampleExample example, SampleOrganisation organisation, SampleTerms terms, AnswerSheet sheet, ReviewState review, bool isOpen, SeededStream draw, HashSet<string> quoted)
    {
        var drawn = draw.Share();
        if (terms.Questionnaire.WithRole(QuestionRole.Consent) is not { } consent || sheet.Find(example.Point, consent.Key)?.Choices is not [ConsentCodes.Anonymous or ConsentCodes.Named])
            return QuoteReview.Pending;
        if (organisation.IsDiscreet || review is ReviewState.SetAside || drawn < 0.04)
            return QuoteReview.Rejected;
        if (drawn < (isOpen ? 0.16 : 0.06))
            return QuoteReview.Pending;
        return quoted.Add(example.Core) ? QuoteReview.Approved : QuoteReview.Rejected;
    }

    private List<SampleOrganisation> MakeOrganisations()
    {
        var last = Rounds.Count - 1;
        var members = new List<(SampleArea Area, SampleCountry Country, int First, int Last, int Absent)>();
        var places = Places();
        // Of those who are here now, a fixed part joined in each of the last years, whoever they are; the others were there from the start.
        var joining = Enumerable.Repeat(0, places.Count).ToArray();
        var newcomers = new Queue<int>(SeededStream.Of(options.Seed, "newcomers").Shuffled(Enumerable.Range(0, places.Count)));
        for (var round = last; round > 0; round--)
        {
            for (var left = Whole(newcomers.Count * Joining); left > 0; left--)
                joining[newcomers.Dequeue()] = round;
        }

        foreach (var (area, country) in places)
        {
            var life = SeededStream.Of(options.Seed, "life", members.Count);
            var first = joining[members.Count];
            var absent = first < last - 1 && life.Happens(0.012) ? first + 1 + life.Below(last - first - 1) : -1;
            members.Add((area, country, first, last, absent));
        }

        var now = members.ToArray();
        for (var round = 0; round < last; round++)
        {
            for (var left = Whole(options.Organisations * Leaving); left > 0; left--)
            {
                var life = SeededStream.Of(options.Seed, "left", round, left);
                var (area, country, _, _, _) = life.Pick(now);
                var first = round;
                while (first > 0 && !life.Happens(Joining))
                    first--;
                members.Add((area, country, first, round, -1));
            }
        }

        // The office numbers its members as they join.
        var order = SeededStream.Of(options.Seed, "order").Shuffled(members).OrderBy(m => m.First).ToList();
        var digits = order.Count > 9999 ? "D6" : "D4";
        var type = Rounds[^1].Questionnaire.WithRole(QuestionRole.Type);
        var names = new HashSet<string>(StringComparer.Ordinal);
        return [.. order.Select((m, i) => Make(i, "M" + (i + 1).ToString(digits, System.Globalization.CultureInfo.InvariantCulture), m, type, names))];
    }

    private SampleOrganisation Make(int number, string code, (SampleArea Area, SampleCountry Country, int First, int Last, int Absent) member, Question? type, HashSet<string> names)
    {
        var draw = SeededStream.Of(options.Seed, "organisation", number);
        var (typeCode, kind) = Type(type, member.Area.Slug, draw);
        var name = DoorText.Clean(corpus.Names.Next(member.Country.NameLanguage, member.Area.Slug == "global" ? "global" : kind, member.Country.Places, draw, names));
        var language = member.Country.Language;
        var desks = corpus.In(language).Contacts;
        var address = code.ToLowerInvariant();
        var contacts = new List<SampleContact> { new(draw.Pick(desks), $"office.{address}@example.org", language) };
        if (draw.Happens(0.3))
            contacts.Add(new(draw.Pick(desks), $"team.{address}@example.org", draw.Happens(0.15) ? "en" : language));
        var isDiscreet = draw.Happens(member.Area.Slug is "middle-east" ? 0.08 : 0.015);
        return new(number, code, name, member.Country.Code, member.Area.Slug, typeCode, kind, language, isDiscreet, member.First, member.Last, member.Absent, contacts);
    }

    private static (string Code, string Kind) Type(Question? question, string area, SeededStream draw)
    {
        Choice[] types = [.. question?.SubstantiveChoices ?? []];
        if (types.Length == 0)
            return ("", "ngo");
        var at = draw.Weighted([.. types.Select(t => UsualTypes.GetValueOrDefault(Kind(t.Code), 10) * (Kind(t.Code), area) switch
        {
            ("diaspora", "europe" or "north-america") => 1.9,
            ("union", "asia") => 1.6,
            ("faith", "africa" or "latin-america") => 1.3,
            _ => 1,
        })]);
        var kind = Kind(types[at].Code);
        return (types[at].Code, kind is "other" ? "ngo" : kind);
    }

    private static string Kind(string type) =>
        type.Contains("union", StringComparison.Ordinal) ? "union"
        : type.Contains("faith", StringComparison.Ordinal) ? "faith"
        : type.Contains("diaspora", StringComparison.Ordinal) || type.Contains("migrant", StringComparison.Ordinal) ? "diaspora"
        : type.Contains("academ", StringComparison.Ordinal) || type.Contains("research", StringComparison.Ordinal) ? "academic"
        : type is "other" ? "other"
        : "ngo";

    /// <summary>The country of each organisation that is in the newest round: by area, then at least one in each country while there are enough, the rest by weight.</summary>
    private List<(SampleArea Area, SampleCountry Country)> Places()
    {
        var areas = corpus.Places.Areas
            .Select(a => a with { Countries = [.. a.Countries.Where(c => Rounds.All(r => r.RegionOf(c.Code) is not null))] })
            .Where(a => a.Countries.Count > 0).ToList();
        if (areas.Count == 0)
            throw new InvalidOperationException("The region scheme knows none of the countries of the sample network.");
        var places = new List<(SampleArea, SampleCountry)>();
        var inArea = Shares(options.Organisations, [.. areas.Select(a => (double)a.Share)]);
        for (var a = 0; a < areas.Count; a++)
        {
            var countries = areas[a].Countries;
            var sure = inArea[a] >= countries.Count ? 1 : 0;
            var rest = Shares(inArea[a] - (sure * countries.Count), [.. countries.Select(c => (double)c.Weight)]);
            for (var c = 0; c < countries.Count; c++)
            {
                for (var i = 0; i < rest[c] + sure; i++)
                    places.Add((areas[a], countries[c]));
            }
        }

        return places;
    }

    /// <summary>A number split by weights into whole parts that add up to it: largest remainders first, then the earlier.</summary>
    private static int[] Shares(int number, double[] weights)
    {
        var total = weights.Sum();
        double[] exact = [.. weights.Select(w => number * w / total)];
        int[] parts = [.. exact.Select(Whole)];
        foreach (var i in Enumerable.Range(0, weights.Length).OrderByDescending(i => exact[i] - parts[i]).ThenBy(i => i).Take(number - parts.Sum()).ToList())
            parts[i]++;
        return parts;
    }

    private static int Whole(double number) => (int)number;

    private static TimeSpan Days(double days) => new((long)(days * TimeSpan.TicksPerDay));

    // Whole seconds, so that both databases keep the moment as it is.
    private static TimeSpan Floor(TimeSpan time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond));
}
