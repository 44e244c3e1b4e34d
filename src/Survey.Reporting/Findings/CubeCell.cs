namespace Survey.Reporting.Findings;

/// <summary>
/// Where a number stands in the cube, as <c>question/point/region/what/round</c>: <c>state/protection/world/share/2026</c>. What a question outside points says has
/// <c>-</c> for its point, and the region <c>world</c> is the cube's. A number that counts cells has for its question what it counts:
/// <c>points</c> (how many lie ahead in a region), <c>regions</c>, or <c>cells</c> (points by regions). Every number of a finding has such an address, so that a test can look each of them up.
/// </summary>
public static class CubeCell
{
    /// <summary>Stands for the point where there is none.</summary>
    public const string NoPoint = "-";

    /// <summary>The address.</summary>
    public static string Of(string question, string point, string region, string what, string round) => string.Join('/', question, point, region, what, round);
}
