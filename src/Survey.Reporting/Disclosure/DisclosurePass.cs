using Survey.Domain.Plans;
using Survey.Domain.Questionnaires;
using Survey.Reporting.Tallies;

namespace Survey.Reporting.Disclosure;

/// <summary>
/// The one pass from counts to the cube. It reads nothing but its arguments: the same counts in any order give the same cube.
/// The walk: merge small regions once; for each question choose what each region may show and withhold what a subtraction would give away; round; then
/// put the rounds beside each other. Everything after it knows rounded figures only.
/// </summary>
public static class DisclosurePass
{
    /// <summary>
    /// The cube of a round. <paramref name="earlier"/> are the rounds before it, oldest first, for trends (pilots are not among them); each goes through the
    /// same pass, so nothing of it appears here that could not have been published then. <paramref name="matched"/> pairs the answers with those of the
    /// last of them.
    /// </summary>
    public static Cube CubeOf(RoundInput round, IReadOnlyList<RoundInput> earlier, IReadOnlyList<MatchedPair> matched, DisclosureRules rules) => CubeOf(round, earlier, matched, rules, null);

    /// <summary>
    /// The cube of a version with corrected numbers, which will stand beside the version that it corrects. So that the two together tell no more than each alone, it has the regions and groups of <paramref name="published"/> and shows
    /// nothing finer: what was withheld stays so, and where a region could not be shown as it was, none is shown for that question. Where a region or group of then is now too small, none are shown at all.
    /// </summary>
    public static Cube CorrectedCubeOf(Cube published, RoundInput round, IReadOnlyList<RoundInput> earlier, IReadOnlyList<MatchedPair> matched, DisclosureRules rules)
    {
        ArgumentNullException.ThrowIfNull(published);
        return Corrections.WithoutNewComparisons(CubeOf(round, earlier, matched, rules, published), published);
    }

    private static Cube CubeOf(RoundInput round, IReadOnlyList<RoundInput> earlier, IReadOnlyList<MatchedPair> matched, DisclosureRules rules, Cube? corrected)
    {
        var now = new RoundFigures(round, rules, corrected);
        var series = new Series([.. earlier.Select(e => new RoundFigures(e, rules)), now], matched, rules);
        var perPoint = PublishedQuestions(round.Questionnaire, isPerPoint: true);
        var once = PublishedQuestions(round.Questionnaire, isPerPoint: false);

        return new Cube(
            round.Tally.Round,
            round.Plan.Slug,
            round.Tally.DataAsOf,
            now.Regions,
            ParticipationOf(round.Tally, series, rules, corrected?.Participation),
            [.. round.Plan.Points.Zip(Ratings([.. round.Plan.Points.Select(p => p.Slug)], perPoint, now, series), (p, ratings) => new PointFigures(p.Slug, ratings, Several(p.Slug, perPoint, now)))],
            Ratings([RoundFigures.OutsidePoints], once, now, series)[0],
            Several(RoundFigures.OutsidePoints, once, now),
            rules);
    }

    // For each point the figures of all questions.
    private static List<List<RatingFigures>> Ratings(IReadOnlyList<string> points, IEnumerable<Question> questions, RoundFigures now, Series series)
    {
        var byQuestion = questions.Where(RoundFigures.HasOneAnswer).Select(q => series.Judged([.. points.Select(p =>
        {
            var figures = now.Rating(p, q);
            return (p, figures with { Trends = series.Trends(p, q, figures) });
        })])).ToList();
        return [.. points.Select((_, i) => byQuestion.ConvertAll(q => q[i]))];
    }

    private static List<SeveralFigures> Several(string point, IEnumerable<Question> questions, RoundFigures now) =>
        [.. questions.Where(q => q.Kind is QuestionKind.SeveralChoices or QuestionKind.Points).Select(q => now.Several(point, q))];

    // Consent and listing say how answers may be used, not how things are; the type of organisation is in the participation, by the population's data.
    private static List<Question> PublishedQuestions(Questionnaire questionnaire, bool isPerPoint) =>
    [
        .. questionnaire.Sections.Where(s => s.IsPerPoint == isPerPoint).SelectMany(s => s.Questions)
            .Where(q => q.Role is not (QuestionRole.Consent or QuestionRole.Listing or QuestionRole.Type)),
    ];

    private static Participation ParticipationOf(RoundTally tally, Series series, DisclosureRules rules, Participation? corrected)
    {
        var all = tally.Regions;
        int population = all.Sum(r => r.Population), responses = all.Sum(r => r.Responses);
        return new Participation(
            population,
            responses,
            RegionGrouping.Rate(responses, population),
            all.Sum(r => r.Drafts),
            tally.LateCount,
            tally.SetAsideCount,
            tally.CountryCount,
            Groups(tally.Types, rules, corrected?.Types),
            Groups(tally.Languages, rules, corrected?.Languages),
            Modes(tally.Modes, rules, corrected?.Modes),
            series.EarlierParticipation());
    }

    private static List<PublishedGroup> Modes(IReadOnlyList<GroupCount> modes, DisclosureRules rules, IReadOnlyList<PublishedGroup>? corrected)
    {
        var groups = Groups(modes, rules, corrected);
        if (groups.Count == 0 && modes.Sum(m => m.Responses) is > 0 and var all)
        {
            // The sum is that of all responses, which stands in the participation anyway.
            groups.Add(new PublishedGroup(PublishedGroup.OtherGroups, [.. modes.Where(m => m.Responses > 0).Select(m => m.Code).Order(StringComparer.Ordinal)], all, all, null));
        }

        return [.. groups.Select(g => g with { RatePercent = null })];
    }

    private static List<PublishedGroup> Groups(IReadOnlyList<GroupCount> groups, DisclosureRules rules, IReadOnlyList<PublishedGroup>? corrected) => corrected is not null ? Corrections.GroupsAs(corrected, groups, rules) :
    [
        .. SmallGroups.Merge(
                groups.Select(g => new SmallGroups.Group(g.Code, [g.Code], g.Population, g.Responses)), PublishedGroup.OtherGroups, rules)
            .Select(g => new PublishedGroup(g.Code, g.Members, g.Population, g.Responses, RegionGrouping.Rate(g.Responses, g.Population))),
    ];
}
