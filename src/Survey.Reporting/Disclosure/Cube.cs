namespace Survey.Reporting.Disclosure;

/// <summary>
/// All that may be published of a round, rounded: whole per cents, whole points, whole numbers of organisations. Every output reads this and nothing else,
/// so no output can say more than another. Order is fixed: points and questions as in plan and questionnaire, regions by slug with the merged group last.
/// </summary>
/// <param name="Round">The round's slug.</param>
/// <param name="Plan">The plan's slug.</param>
/// <param name="DataAsOf">The UTC moment to which the counts belong.</param>
/// <param name="Regions">The regions as published, the same in every table; empty when only world figures can be published.</param>
/// <param name="Participation">Who answered.</param>
/// <param name="Points">Figures of the questions asked for each point, in the plan's order.</param>
/// <param name="Ratings">Figures of the other questions with one answer, in the questionnaire's order.</param>
/// <param name="Several">Figures of the other questions with several answers (priorities among them), in the questionnaire's order.</param>
/// <param name="Rules">The numbers that the pass kept to.</param>
public sealed record Cube(
    string Round,
    string Plan,
    DateTime DataAsOf,
    IReadOnlyList<PublishedRegion> Regions,
    Participation Participation,
    IReadOnlyList<PointFigures> Points,
    IReadOnlyList<RatingFigures> Ratings,
    IReadOnlyList<SeveralFigures> Several,
    DisclosureRules Rules)
{
    /// <summary>The slug under which world figures stand beside those of regions.</summary>
    public const string World = "world";

    /// <summary>The figures of this point, or null.</summary>
    public PointFigures? Point(string slug) => Points.FirstOrDefault(p => p.Point == slug);

    /// <summary>The figures of this question outside points, or null.</summary>
    public RatingFigures? Rating(string question) => Ratings.FirstOrDefault(r => r.Question == question);

    /// <summary>The figures of this question with several answers outside points, or null.</summary>
    public SeveralFigures? SeveralOf(string question) => Several.FirstOrDefault(s => s.Question == question);
}

/// <summary>
/// A region as published: one region of the scheme, or <see cref="OtherRegions"/> with all its <see cref="Members"/>. <see cref="RatePercent"/> is
/// responses per population in whole per cent, null without a population.
/// </summary>
public sealed record PublishedRegion(string Slug, IReadOnlyList<string> Members, int Population, int Responses, int? RatePercent)
{
    /// <summary>The slug of the merged small regions.</summary>
    public const string OtherRegions = "other-regions";
}

/// <summary>
/// Organisations of one type or language as published; small groups are merged under <see cref="OtherGroups"/> as small regions are.
/// </summary>
public sealed record PublishedGroup(string Code, IReadOnlyList<string> Members, int Population, int Responses, int? RatePercent)
{
    /// <summary>The code of the merged small groups (not "other", which a questionnaire may use for a choice).</summary>
    public const string OtherGroups = "other-groups";
}

/// <summary>
/// Who answered: <see cref="Drafts"/> are started and never sent (not among the responses), <see cref="Late"/> are among the responses,
/// <see cref="SetAside"/> are not. <see cref="Types"/> or <see cref="Languages"/> are empty when they cannot be shown safely. <see cref="Modes"/> are how the
/// responses came in; a report must name them all, so when none can be counted alone there is one merged group of all.
/// </summary>
public sealed record Participation(
    int Population,
    int Responses,
    int? RatePercent,
    int Drafts,
    int Late,
    int SetAside,
    int Countries,
    IReadOnlyList<PublishedGroup> Types,
    IReadOnlyList<PublishedGroup> Languages,
    IReadOnlyList<PublishedGroup> Modes,
    IReadOnlyList<EarlierParticipation> Earlier);

/// <summary>Who answered in an earlier round, by the regions as they were published then; oldest first in its list.</summary>
public sealed record EarlierParticipation(string Round, int Population, int Responses, int? RatePercent, IReadOnlyList<PublishedRegion> Regions);

/// <summary>The figures of one point, each list in the questionnaire's order.</summary>
public sealed record PointFigures(string Point, IReadOnlyList<RatingFigures> Ratings, IReadOnlyList<SeveralFigures> Several)
{
    /// <summary>The figures of this rating, or null.</summary>
    public RatingFigures? Rating(string question) => Ratings.FirstOrDefault(r => r.Question == question);

    /// <summary>The figures of this question with several answers, or null.</summary>
    public SeveralFigures? SeveralOf(string question) => Several.FirstOrDefault(s => s.Question == question);
}

/// <summary>
/// One question with one answer: world, then regions. <see cref="Rungs"/> lists the group codes of each rung, finest first; a cell's
/// <see cref="RatingCell.Rung"/> is an index into it. <see cref="IsNetBalance"/> says what the headline is: a net balance in points (-100..+100) or a
/// share in per cent (0..100); null without a headline. <see cref="Weighted"/> is the world's with each region counting by its members; null where it cannot be told, and in cubes from before it was computed.
/// </summary>
public sealed record RatingFigures(
    string Question,
    bool? IsNetBalance,
    IReadOnlyList<IReadOnlyList<string>> Rungs,
    RatingCell World,
    IReadOnlyList<RatingCell> Regions,
    IReadOnlyList<Trend> Trends,
    WeightedHeadline? Weighted = null)
{
    /// <summary>The cell of this region, of the world for <see cref="Cube.World"/>, or null.</summary>
    public RatingCell? Cell(string region) => region == Cube.World ? World : Regions.FirstOrDefault(c => c.Region == region);

    /// <summary>The trend of this region, of the world for <see cref="Cube.World"/>, or null.</summary>
    public Trend? Trend(string region) => Trends.FirstOrDefault(t => t.Region == region);
}

/// <summary>How much of a cell is published. Which of two hidden cells was hidden for the other's sake is never said.</summary>
public enum CellTreatment
{
    /// <summary>Nothing.</summary>
    Hidden,

    /// <summary>The number of organisations, without shares.</summary>
    CountOnly,

    /// <summary>Shares with the mark "small base".</summary>
    SmallBase,

    /// <summary>Shares.</summary>
    Plain,
}

/// <summary>
/// One region's (or the world's) answers to one rating. <see cref="Shares"/> are whole per cents of <see cref="ValidN"/> in the order of the rung's groups
/// and sum to 100; <see cref="DontKnowShare"/> is a whole per cent of those who rated or said don't know. All but region and treatment are null where
/// they are not published.
/// </summary>
public sealed record RatingCell(
    string Region,
    CellTreatment Treatment,
    int? ValidN,
    int? DontKnowShare,
    int? Rung,
    IReadOnlyList<int>? Shares,
    Headline? Headline);

/// <summary>
/// A headline figure, computed from the printed shares, with its 95% uncertainty range, rounded outward to whole points: the range always holds the value.
/// </summary>
public sealed record Headline(int Value, int Low, int High);

/// <summary>The headline of one region (or the world) round by round, oldest first, this round last; rounds without a published headline are left out.</summary>
public sealed record Trend(string Region, IReadOnlyList<TrendPoint> Points, Change? Change);

/// <summary>One round's headline. <see cref="IsBreakBefore"/>: not comparable with the point before it (wording, scale or choices changed).</summary>
public sealed record TrendPoint(string Round, int ValidN, Headline Headline, bool IsBreakBefore);

/// <summary>
/// The world's headline in which each region counts by its members (see <see cref="Survey.Domain.Statistics.WeightedFigure"/>), in whole points with its 95% range rounded outward; Kish's <see cref="DesignEffect"/> with two decimals, and the
/// whole number of answers of which an unweighted figure would be as precise.
/// </summary>
public sealed record WeightedHeadline(int Value, int Low, int High, double DesignEffect, int EffectiveAnswers);

/// <summary>
/// The difference to the last round, everyone each year: <see cref="Value"/> is the difference of the two printed headlines in points, with its 95% range
/// rounded outward. <see cref="IsClear"/> only when the difference that allows for who answered twice stays below p = .05 after Holm's adjustment in its family: the regions of one point, or the world's figures of all points; otherwise
/// "no clear change". Never across a break. <see cref="Overlap"/> is the range that allows for who answered twice, not adjusted; for the world only, and null where it would tell how few of the matched organisations said what.
/// </summary>
public sealed record Change(string Since, int Value, int Low, int High, bool IsClear, MatchedChange? Matched, OverlapRange? Overlap = null);

/// <summary>A 95% range in whole points, rounded outward, of a change that allows for who answered in both rounds.</summary>
public sealed record OverlapRange(int Low, int High);

/// <summary>
/// How the organisations with a valid answer in both rounds moved: in and out of the headline's choices (share), or along the scale (net balance).
/// <see cref="Value"/> is up less down per organisation in points (for a share: its change among them) with its range; <see cref="MidP"/> that of McNemar's
/// test or the sign test, three decimals. <see cref="Same"/> is always printed beside it.
/// </summary>
public sealed record MatchedChange(int Organisations, int Up, int Down, int Same, int Value, int Low, int High, double MidP);

/// <summary>One question with several answers: world, then regions; <see cref="Choices"/> in the questionnaire's order.</summary>
public sealed record SeveralFigures(string Question, IReadOnlyList<string> Choices, SeveralCell World, IReadOnlyList<SeveralCell> Regions)
{
    /// <summary>The cell of this region, of the world for <see cref="Cube.World"/>, or null.</summary>
    public SeveralCell? Cell(string region) => region == Cube.World ? World : Regions.FirstOrDefault(c => c.Region == region);
}

/// <summary>
/// One region's answers: <see cref="AnsweredN"/> organisations answered the question; <see cref="Shares"/> are whole per cents of them in the order of the
/// figures' choices, null where suppressed. They need not sum to 100 and never stand in a stacked bar.
/// </summary>
public sealed record SeveralCell(string Region, CellTreatment Treatment, int? AnsweredN, IReadOnlyList<int?>? Shares);
