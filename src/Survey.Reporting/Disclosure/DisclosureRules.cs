namespace Survey.Reporting.Disclosure;

/// <summary>
/// The numbers of the disclosure pass (all settings, all printed in the annex). Bases are valid bases: don't know and not applicable never help a cell
/// over a threshold.
/// </summary>
/// <param name="NothingBelow">A base below this is not published at all.</param>
/// <param name="SharesFrom">A base below this is published as a number only, without shares.</param>
/// <param name="PlainFrom">A base below this carries the mark "small base".</param>
/// <param name="RatingMinimum">The smallest non-zero count of a published group of a rating, and of don't know and the rest.</param>
/// <param name="CountMinimum">The smallest non-zero count in every other table.</param>
/// <param name="RegionMinimum">A region (or type, or language) with fewer counted responses joins the merged group.</param>
/// <param name="MergedMinimum">The merged group grows until it has this many counted responses.</param>
/// <param name="LeastPossible">A small count that is withheld could be at least this many numbers, for who knows all that is printed and these rules.</param>
/// <param name="MatchedMinimum">Matched figures need at least this many organisations with a valid answer in both rounds.</param>
/// <param name="JoinersMinimum">Matched figures need joiners and leavers each none or at least this many.</param>
public sealed record DisclosureRules(
    int NothingBelow = 5,
    int SharesFrom = 10,
    int PlainFrom = 30,
    int RatingMinimum = 3,
    int CountMinimum = 5,
    int RegionMinimum = 5,
    int MergedMinimum = 10,
    int MatchedMinimum = 10,
    int JoinersMinimum = 5,
    int LeastPossible = 3);
