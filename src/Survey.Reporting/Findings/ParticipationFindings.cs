using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Direction = Survey.Reporting.Charts.Direction;

namespace Survey.Reporting.Findings;

/// <summary>The sentences about who answered. Rates are of a known list of organisations, so they carry no range.</summary>
public sealed class ParticipationFindings(Wording words, EditionNames names, Cube cube)
{
    private readonly Participation _who = cube.Participation;

    /// <summary>Population, responses and rate; there always is a sentence.</summary>
    public Finding Rate(string id)
    {
        if (_who.Responses == 0)
            return new Sentence(words).Number("population", _who.Population).Finding(id, "participation.none", Direction.None, 100);
        var sentence = new Sentence(words).Count("responses", _who.Responses, "counts.organisations").Number("population", _who.Population);
        return _who.RatePercent is { } rate
            ? sentence.Percent("rate", rate).Finding(id, "participation.rate", null, 100)
            : sentence.Finding(id, "participation.answered", null, 100);
    }

    /// <summary>The rate against the round before; null for a first round.</summary>
    public Finding? Against(string id)
    {
        if (_who.RatePercent is not { } now || _who.Earlier.Count == 0 || _who.Earlier[^1] is not { RatePercent: { } then } earlier)
            return null;
        var sentence = new Sentence(words).Words("round", earlier.Round).Percent("then", then).Percent("now", now).Signed("difference", now - then);
        return now == then ? sentence.Finding(id, "participation.same", null, 60)
            : now > then ? sentence.Finding(id, "participation.higher", null, 70)
            : sentence.Finding(id, "participation.lower", null, 70);
    }

    /// <summary>The regions with the highest and the lowest rate; null with fewer than two regions.</summary>
    public Finding? Regions(string id)
    {
        var rated = cube.Regions.Where(r => r.RatePercent is not null).ToList();
        if (rated.Count < 2)
            return null;
        var high = rated.Max(r => r.RatePercent!.Value);
        var low = rated.Min(r => r.RatePercent!.Value);
        return high == low
            ? new Sentence(words).Percent("rate", high).Finding(id, "participation.regionsLevel", null, 50)
            : new Sentence(words).Percent("highest", high).Words("highestRegions", Names(rated, high)).Percent("lowest", low).Words("lowestRegions", Names(rated, low))
                .Finding(id, "participation.regions", null, 60);
    }

    /// <summary>In how many countries and areas those who answered work; null when nobody did.</summary>
    public Finding? Countries(string id) =>
        _who.Countries > 0 ? new Sentence(words).Count("n", _who.Countries, "counts.countries").Finding(id, "participation.countries", null, 50) : null;

    /// <summary>What was started and not sent, late or set aside.</summary>
    public Finding NotCounted(string id) =>
        new Sentence(words).Number("drafts", _who.Drafts).Number("late", _who.Late).Number("setAside", _who.SetAside).Finding(id, "participation.notCounted", null, 40);

    /// <summary>The share led by migrants or by women; null where the questionnaire does not ask or it is not published.</summary>
    public Finding? LedBy(string id, Questionnaire questionnaire, QuestionRole role)
    {
        if (questionnaire.WithRole(role) is not { } question || cube.Rating(question.Key) is not { } figures || LedShare(question, figures) is not { } share || figures.World.ValidN is not { } n)
            return null;
        return new Sentence(words).Percent("share", share).Count("n", n, "counts.organisations")
            .Finding(id, role is QuestionRole.LedByMigrants ? "participation.ledByMigrants" : "participation.ledByWomen", null, 50);
    }

    /// <summary>The printed share that says yes: the measure's positive side, else the choice <c>yes</c>, else none.</summary>
    public static int? LedShare(Question question, RatingFigures figures)
    {
        var reading = RatingReading.Of(question, figures, figures.World);
        return reading?.Positive ?? reading?.Groups.FirstOrDefault(g => g.Group.Code == "yes")?.Percent;
    }

    private string Names(IEnumerable<PublishedRegion> regions, int rate) => words.List([.. regions.Where(r => r.RatePercent == rate).Select(r => names.Region(r.Slug))]);
}
