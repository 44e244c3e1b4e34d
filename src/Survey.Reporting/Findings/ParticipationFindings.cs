using Survey.Domain.Questionnaires;
using Survey.Reporting.Disclosure;
using Survey.Reporting.Editions;
using Direction = Survey.Reporting.Charts.Direction;

namespace Survey.Reporting.Findings;

/// <summary>The sentences about who answered. Rates are of a known list of organisations, so they carry no range.</summary>
public sealed class ParticipationFindings(Wording words, EditionNames names, Cube cube)
{
    private readonly Participation _who = cube.Participation;

    private string At(string region, string what, string? round = null) => CubeCell.Of("participation", CubeCell.NoPoint, region, what, round ?? cube.Round);

    /// <summary>Population, responses and rate; there always is a sentence.</summary>
    public Finding Rate(string id)
    {
        if (_who.Responses == 0)
            return new Sentence(words).Number("population", _who.Population, At(Cube.World, "population")).Finding(id, "participation.none", Direction.None, 100);
        var sentence = new Sentence(words).Count("responses", _who.Responses, "counts.organisations", At(Cube.World, "responses")).Number("population", _who.Population, At(Cube.World, "population"));
        return _who.RatePercent is { } rate
            ? sentence.Percent("rate", rate, At(Cube.World, "rate")).Finding(id, "participation.rate", null, 100)
            : sentence.Finding(id, "participation.answered", null, 100);
    }

    /// <summary>Who answered in one sentence: how many, from how many countries, out of how many, and the rate beside last round's where there is one.</summary>
    public Finding InShort(string id)
    {
        if (_who.Responses == 0 || _who.Countries == 0 || _who.RatePercent is not { } rate)
            return Rate(id);
        var sentence = new Sentence(words).Count("responses", _who.Responses, "counts.organisations", At(Cube.World, "responses")).Count("countries", _who.Countries, "counts.countries", At(Cube.World, "countries"))
            .Number("population", _who.Population, At(Cube.World, "population")).Percent("rate", rate, At(Cube.World, "rate"));
        return _who.Earlier is [.., { RatePercent: { } then } earlier]
            ? sentence.Words("round", earlier.Round).Percent("then", then, At(Cube.World, "rate", earlier.Round)).Finding(id, "said.whoAndThen", null, 100)
            : sentence.Finding(id, "said.who", null, 100);
    }

    /// <summary>A region's responses and rate, with last round's where the region was the same then.</summary>
    public Finding Region(string id, PublishedRegion region, PublishedRegion? then)
    {
        var sentence = new Sentence(words).Count("responses", region.Responses, "counts.organisations", At(region.Slug, "responses"));
        if (region.RatePercent is not { } rate)
            return sentence.Finding(id, "regionPage.leadPlain", null, 100);
        sentence.Number("population", region.Population, At(region.Slug, "population")).Percent("rate", rate, At(region.Slug, "rate"));
        if (then?.RatePercent is not { } before)
            return sentence.Finding(id, "regionPage.lead", null, 100);
        var round = _who.Earlier[^1].Round;
        return sentence.Clause("lead", "regionPage.lead").Words("round", round).Percent("then", before, At(region.Slug, "rate", round)).Finding(id, "said.rateAndThen", null, 100);
    }

    /// <summary>The rate against the round before; null for a first round.</summary>
    public Finding? Against(string id)
    {
        if (_who.RatePercent is not { } now || _who.Earlier.Count == 0 || _who.Earlier[^1] is not { RatePercent: { } then } earlier)
            return null;
        var sentence = new Sentence(words).Words("round", earlier.Round).Percent("then", then, At(Cube.World, "rate", earlier.Round)).Percent("now", now, At(Cube.World, "rate")).Signed("difference", now - then, At(Cube.World, "rate-difference"));
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
            ? new Sentence(words).Percent("rate", high, At(rated[0].Slug, "rate")).Finding(id, "participation.regionsLevel", null, 50)
            : new Sentence(words).Percent("highest", high, At(rated.First(r => r.RatePercent == high).Slug, "rate")).Words("highestRegions", Names(rated, high)).Percent("lowest", low, At(rated.First(r => r.RatePercent == low).Slug, "rate")).Words("lowestRegions", Names(rated, low))
                .Finding(id, "participation.regions", null, 60);
    }

    /// <summary>In how many of these regions at least half of those invited answered, as the printed rates say; null with fewer than two regions with a rate, and in words from before this was said.</summary>
    public Finding? Half(string id, IEnumerable<PublishedRegion> regions)
    {
        var rated = regions.Where(r => r.RatePercent is not null).ToList();
        if (rated.Count < 2 || !words.Has("titles.half"))
            return null;
        var half = rated.Count(r => r.RatePercent >= 50);
        var sentence = new Sentence(words).Number("all", rated.Count, CubeCell.Of("regions", CubeCell.NoPoint, Cube.World, "rated", cube.Round));
        return half == 0 ? sentence.Finding(id, "titles.halfNowhere", null, 60)
            : half == rated.Count ? sentence.Finding(id, "titles.halfEverywhere", null, 60)
            : sentence.Count("half", half, "titles.inRegions", CubeCell.Of("regions", CubeCell.NoPoint, Cube.World, "half", cube.Round)).Finding(id, "titles.half", null, 60);
    }

    /// <summary>In how many countries and areas those who answered work; null when nobody did.</summary>
    public Finding? Countries(string id) =>
        _who.Countries > 0 ? new Sentence(words).Count("n", _who.Countries, "counts.countries", At(Cube.World, "countries")).Finding(id, "participation.countries", null, 50) : null;

    /// <summary>What was started and not sent, late or set aside.</summary>
    public Finding NotCounted(string id)
    {
        var sentence = new Sentence(words).Number("drafts", _who.Drafts, At(Cube.World, "drafts")).Number("setAside", _who.SetAside, At(Cube.World, "set-aside"));
        // Words that were frozen before there were some without late answers name these always.
        var isAlone = _who.Late == 0 && words.Has("participation.notCountedAlone");
        if (!isAlone)
            sentence.Number("late", _who.Late, At(Cube.World, "late"));
        return sentence.Finding(id, isAlone ? "participation.notCountedAlone" : words.Has("participation.notCountedLate") ? "participation.notCountedLate" : "participation.notCounted", null, 40);
    }

    /// <summary>The share led by migrants or by women; null where the questionnaire does not ask or it is not published.</summary>
    public Finding? LedBy(string id, Questionnaire questionnaire, QuestionRole role)
    {
        if (questionnaire.WithRole(role) is not { } question || cube.Rating(question.Key) is not { } figures || LedShare(question, figures) is not { } share || figures.World.ValidN is not { } n)
            return null;
        return new Sentence(words).Percent("share", share, CubeCell.Of(question.Key, CubeCell.NoPoint, Cube.World, "yes", cube.Round)).Count("n", n, "counts.organisations", CubeCell.Of(question.Key, CubeCell.NoPoint, Cube.World, "n", cube.Round))
            .Finding(id, role is QuestionRole.LedByMigrants ? "participation.ledByMigrants" : "participation.ledByWomen", null, 50);
    }

    /// <summary>The printed share that says yes: the measure's positive side, else the choice <c>yes</c>, else none.</summary>
    public static int? LedShare(Question question, RatingFigures figures)
    {
        var reading = RatingReading.Of(question, figures, figures.World);
        return reading?.Positive ?? reading?.Groups.FirstOrDefault(g => g.Group.Code == "yes")?.Percent;
    }

    private string Names(IEnumerable<PublishedRegion> regions, int rate) => words.Chain([.. regions.Where(r => r.RatePercent == rate).Select(r => names.Region(r.Slug))]);
}
