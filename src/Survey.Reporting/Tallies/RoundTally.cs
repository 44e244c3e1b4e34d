namespace Survey.Reporting.Tallies;

/// <summary>
/// The counts of one round, over counted responses only (last submitted version, not set aside). Unprotected: it never leaves the office but through
/// the disclosure pass. Rows come in any order; a count of 0 may be left out.
/// </summary>
public sealed record RoundTally(
    string Round,
    DateTime DataAsOf,
    IReadOnlyList<TallyRow> Rows,
    IReadOnlyList<RegionCount> Regions,
    IReadOnlyList<GroupCount> Types,
    IReadOnlyList<GroupCount> Languages,
    IReadOnlyList<GroupCount> Modes,
    int CountryCount,
    int LateCount,
    int SetAsideCount);

/// <summary>
/// How many organisations of a region gave this answer; <see cref="Point"/> is "" for questions outside points, <see cref="Choice"/> a choice code
/// (for a question about points: the point's slug). An organisation is in exactly one region.
/// </summary>
public sealed record TallyRow(string Region, string Point, string Question, string Choice, long Count)
{
    /// <summary>
    /// The choice under which a question with several choices counts the organisations that answered it at all: the base of its shares.
    /// </summary>
    public const string Answered = "answered";
}

/// <summary>
/// A region's population (invited, as of the round) and its responses: <see cref="Responses"/> counted, <see cref="Drafts"/> started and never sent,
/// <see cref="Late"/> counted though sent after the close, <see cref="SetAside"/> sent but not counted.
/// </summary>
public sealed record RegionCount(string Region, int Population, int Responses, int Drafts, int Late, int SetAside);

/// <summary>
/// Population and counted responses of organisations with one property (a type, a language), as of the round. For the mode in which answers came in the
/// population is those responses themselves.
/// </summary>
public sealed record GroupCount(string Code, int Population, int Responses);

/// <summary>
/// How many organisations with a counted answer in both rounds answered <see cref="Before"/> in the earlier and <see cref="After"/> in this one.
/// The region is that of this round; the question and the point are named as in this round. Don't know is a choice like any other here.
/// </summary>
public sealed record MatchedPair(string Region, string Point, string Question, string Before, string After, long Count)
{
    /// <summary>The region in which they answered in the earlier round: another one where the organisation moved.</summary>
    public string EarlierRegion { get; init; } = Region;
}
